"""Pages without a connection: the service worker in Chromium, on a site that can be cut off, slowed and changed."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.building.rendering import render
from generator.plan import Plan
from generator.records.folders import Project
from tests import serving
from tests.finder_district import TODAY, locale, riverbend
from tests.waiting import PATIENCE_MS

pytestmark = pytest.mark.browser
HOMEWORK = "en/partners/cedar-club/homework-club/"
WORKER = "/partners-of-riverbend/sw.js"
BAGS = "en/partners/river-kitchen/weekend-bags/"
KEYS = """async part => (await Promise.all((await caches.keys()).filter(name => name.includes(part)).map(
    async name => (await (await caches.open(name)).keys()).map(({url}) => new URL(url).pathname)))).flat().sort()"""

HOLDS = "async ([url, words]) => (await (await caches.match(url))?.text())?.includes(words) ?? false"


class Server:
    """A site at a path of its own. `down` breaks all answers off, `slow` holds pages back until `over`, `late_s` is how
    many seconds the worker's script takes to come.
    """

    def __init__(self, folder: Path) -> None:
        self.down = Event()
        self.slow = Event()
        self.over = Event()
        self.late_s = 0.0
        self.asked: list[str] = []
        known = self

        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

            def end_headers(self) -> None:
                """Lets no browser answer by itself."""
                self.send_header("Cache-Control", "no-cache")
                super().end_headers()

            def do_GET(self) -> None:
                known.asked.append(self.path)
                if known.down.is_set():
                    self.close_connection = True
                    self.connection.close()
                    return
                if known.slow.is_set() and self.path.endswith("/"):
                    known.over.wait()
                if self.path == WORKER:
                    sleep(known.late_s)
                super().do_GET()

            def do_HEAD(self) -> None:
                self.do_GET()

        self.server = serving.Server(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.server.handle_error = lambda *given: None  # type: ignore[method-assign]  # a line that is cut is no news
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/partners-of-riverbend/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Riverbend's site in two languages."""
    whole = riverbend()
    out = tmp_path_factory.mktemp("offline") / "site"
    locales = tuple(locale(whole, language, repository / "translations") for language in ("en", "ar"))
    plan = Plan(project=Project(root=repository), directory=whole, locales=locales, today=TODAY, has_search=False)
    render(plan, out)
    return out


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "partners-of-riverbend"))


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """It is served."""
    made = Server(folder.parent)
    yield made
    made.over.set()
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that knows nothing yet."""
    made = chromium.new_context()
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, server: Server) -> Page:
    """A page at the site's finder, whose worker has begun and has kept what it keeps at once."""
    page = context.new_page()
    page.goto(f"{server.address}en/find/")
    settled(page, "shell", 3)
    return page


def cached(page: Page, part: str = "") -> list[str]:
    """The paths in the caches whose names have a part."""
    paths = page.evaluate(KEYS, part)
    return [path.removeprefix("/partners-of-riverbend/") for path in paths]


def settled(page: Page, part: str, count: int) -> None:
    """Waits until caches hold so many files."""
    until(page, lambda: len(cached(page, part)) == count, f"{count} files in {part}")


def until(page: Page, is_so: Callable[[], bool], what: str) -> None:
    """Waits for something that only several questions to the browser can tell."""
    for _ in range(600):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it never came to {what}: {cached(page)}")


def version(page: Page) -> set[str]:
    """The versions of which something is kept."""
    return {name.split()[2] for name in page.evaluate("caches.keys()")}


def publish(folder: Path, mark: str) -> None:
    """A new version of the site: another style, and pages that say so."""
    style = folder / "assets/dp.css"
    worker = folder / "sw.js"
    old = sha256(style.read_bytes()).hexdigest()
    write(style, style.read_bytes() + f"/* {mark} */".encode())
    script = worker.read_text("utf-8").replace(old, sha256(style.read_bytes()).hexdigest())
    write(worker, re.sub(r'const VERSION = "\w+"', f'const VERSION = "{mark:0<16}"', script).encode())
    for path in folder.rglob("index.html"):
        write(path, path.read_bytes().replace(b"</title>", f" {mark}</title>".encode()))


def write(path: Path, content: bytes) -> None:
    """Writes a file so that a browser that asks whether it has changed is told that it has."""
    later = path.stat().st_mtime + 10
    path.write_bytes(content)
    os.utime(path, (later, later))


def test_what_was_seen_is_there_without_a_connection(page: Page, server: Server) -> None:
    page.goto(f"{server.address}{HOMEWORK}")
    settled(page, "seen", 1)
    server.down.set()
    page.goto(f"{server.address}en/")
    page.goto(f"{server.address}{HOMEWORK}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Homework club")
    said = r"^Saved copy from \w+ \d+, 20\d\d.*There is no connection, or it is slow\.$"
    expect(page.locator(".dp-copy")).to_have_text(re.compile(said))
    assert page.evaluate("getComputedStyle(document.querySelector('.dp-header')).backgroundColor") == "rgb(11, 93, 78)"


def test_the_finder_works_without_a_connection(page: Page, server: Server) -> None:
    server.down.set()
    page.goto(f"{server.address}en/find/?cost=free")
    expect(page.locator("#dp-found")).to_have_text(re.compile("^Programs found: 4"))
    page.get_by_role("button", name="Save: Coats").click()
    page.get_by_role("link", name="Saved (1)").click()
    page.wait_for_selector("#dp-own .dp-card")
    page.goto(f"{server.address}en/find/?q=coat")
    page.get_by_text("Search does not answer.").wait_for()
    expect(page.locator("#dp-results .dp-card__name")).to_have_text(["Coats"])


def test_saved_programs_are_kept_and_let_go(page: Page, server: Server) -> None:
    page.get_by_role("button", name="Save: Coats").click()
    page.get_by_role("button", name="Save: Weekend bags").click()
    settled(page, "kept", 2)
    page.get_by_role("button", name="Save: Weekend bags").click()
    settled(page, "kept", 1)
    server.down.set()
    page.goto(f"{server.address}en/partners/coat-agency/coats/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Coats")


def test_a_page_that_is_not_kept_leads_to_the_saved_list(page: Page, server: Server) -> None:
    server.down.set()
    page.goto(f"{server.address}{BAGS}")
    page.get_by_text("There is no connection. The page that you want is not kept").wait_for()
    assert page.url.startswith(f"{server.address}en/saved/#offline=")
    server.down.clear()
    page.get_by_role("link", name="Try again").click()
    page.wait_for_url(f"**/{BAGS}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Weekend bags")


def test_a_slow_line_shows_the_copy(page: Page, server: Server) -> None:
    server.slow.set()
    page.goto(f"{server.address}en/find/")
    page.locator(".dp-copy").wait_for()


def test_a_connection_shows_what_is_new_and_no_banner(page: Page, server: Server, folder: Path) -> None:
    path = folder / "en/find/index.html"
    write(path, path.read_bytes().replace(b"</title>", b" anew</title>"))
    page.goto(f"{server.address}en/find/")
    assert page.title().endswith("anew")
    until(page, lambda: page.evaluate(HOLDS, [f"{server.address}en/find/", " anew</title>"]), "the new page")
    expect(page.locator(".dp-copy")).to_have_count(0)
    server.down.set()
    page.goto(f"{server.address}en/find/")
    assert page.title().endswith("anew")


def test_at_most_sixty_pages_are_kept_the_oldest_go(page: Page, server: Server, folder: Path) -> None:
    for number in range(65):
        copy = folder / f"en/copy-{number}/index.html"
        copy.parent.mkdir()
        shutil.copy(folder / "en/schools/index.html", copy)
    for number in range(65):
        page.goto(f"{server.address}en/copy-{number}/", wait_until="commit")
        until(page, lambda path=f"en/copy-{number}/": path in cached(page, "seen"), f"copy {number}")  # type: ignore[misc]
    settled(page, "seen", 60)
    seen = cached(page, "seen")
    assert "en/copy-64/" in seen
    assert "en/copy-0/" not in seen
    assert len(cached(page, "shell")) == 3


def test_a_page_that_is_gone_is_forgotten(page: Page, server: Server, folder: Path) -> None:
    page.goto(f"{server.address}{HOMEWORK}")
    settled(page, "seen", 1)
    shutil.rmtree(folder / HOMEWORK)
    page.goto(f"{server.address}{HOMEWORK}")
    page.goto(f"{server.address}en/")
    settled(page, "seen", 0)


@pytest.mark.parametrize("late_s", [0, 0.3])
def test_a_new_version_takes_the_place_of_the_old_one(page: Page, server: Server, folder: Path, late_s: float) -> None:
    server.late_s = late_s  # so that a page tells the worker what to keep while another takes its place
    page.get_by_role("button", name="Save: Coats").click()
    settled(page, "kept", 1)
    page.goto(f"{server.address}{HOMEWORK}")
    settled(page, "seen", 1)
    (old,) = version(page)
    publish(folder, "second")
    page.goto(f"{server.address}en/")
    until(page, lambda: old not in version(page), "the second version")
    assert version(page) == {"second0000000000"}
    settled(page, "kept", 1)
    settled(page, "shell", 3)
    server.down.set()
    page.goto(f"{server.address}en/partners/coat-agency/coats/")
    assert page.title().endswith("second")
    assert page.evaluate(
        "async () => (await (await fetch('../../../../assets/dp.css')).text()).endsWith('/* second */')"
    )
    page.goto(f"{server.address}{HOMEWORK}")
    page.wait_for_url("**#offline=**")  # seen under the old version only


def test_an_update_half_way_keeps_the_old_version_whole(page: Page, server: Server, folder: Path) -> None:
    (old,) = version(page)
    style = (folder / "assets/dp.css").read_bytes()
    publish(folder, "second")
    write(folder / "assets/dp.css", style)  # the new style has not come yet
    asked = server.asked.count(WORKER)
    page.goto(f"{server.address}{HOMEWORK}")
    assert page.title().endswith("second")
    until(page, lambda: server.asked.count(WORKER) > asked, "a look whether the site is still of the old version")
    page.wait_for_timeout(1500)
    assert HOMEWORK not in cached(page)  # a new page is not kept beside the old style
    server.down.set()
    page.goto(f"{server.address}en/find/")
    assert not page.title().endswith("second")
    assert old in version(page)


def test_a_wrong_clock_is_borne(chromium: Browser, server: Server) -> None:
    context = chromium.new_context()
    context.set_default_timeout(20_000)
    context.clock.install(time="1999-01-01T00:00:00Z")
    context.clock.resume()
    page = context.new_page()
    page.goto(f"{server.address}en/find/")
    settled(page, "shell", 3)
    server.down.set()
    page.goto(f"{server.address}en/find/")
    expect(page.locator(".dp-copy")).to_contain_text("20")
    context.close()


def test_the_banner_is_in_the_language_of_the_page(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    page.goto(f"{server.address}ar/find/")
    settled(page, "shell", 3)
    server.down.set()
    page.goto(f"{server.address}ar/find/")
    banner = page.locator(".dp-copy")
    expect(banner).to_have_text(re.compile(r"\d{4}"))
    expect(banner).not_to_contain_text("%(")


def test_a_phone_that_saves_data_fetches_no_finder_ahead(context: BrowserContext, server: Server) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page = context.new_page()
    page.goto(f"{server.address}en/")
    settled(page, "shell", 1)
    assert cached(page, "shell") == ["en/saved/"]


def test_where_no_worker_may_be_the_site_does_without(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(service_workers="block")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server.address}en/find/")
    page.wait_for_timeout(2500)
    button = page.get_by_role("button", name="Save: Coats")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert errors == []
    context.close()


def test_a_preview_has_no_worker_and_sends_an_old_one_away(
    context: BrowserContext, page: Page, server: Server, folder: Path, repository: Path, tmp_path: Path
) -> None:
    whole = riverbend()
    shutil.rmtree(folder)
    plan = Plan(
        project=Project(root=repository),
        directory=whole,
        locales=(locale(whole, "en", repository / "translations"),),
        today=TODAY,
        has_search=False,
        is_preview=True,
    )
    render(plan, folder)
    assert not (folder / "sw.js").exists()
    page.goto(f"{server.address}en/")
    count = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
    until(page, lambda: page.evaluate(count) == 0, "no worker")
    assert context.cookies() == []


def test_another_site_at_the_same_host_keeps_its_own(page: Page, server: Server, folder: Path) -> None:
    shutil.copytree(folder, folder.parent / "another-site")
    page.get_by_role("button", name="Save: Coats").click()
    page.goto(server.address.replace("partners-of-riverbend", "another-site") + "en/find/")
    until(page, lambda: "dp /another-site/" in " ".join(page.evaluate("caches.keys()")), "another site's caches")
    expect(page.get_by_role("button", name="Save: Coats")).to_have_attribute("aria-pressed", "false")
    assert "dp /partners-of-riverbend/" in " ".join(page.evaluate("caches.keys()"))
