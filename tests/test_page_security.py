"""Every kind of page in Chromium: no policy is broken, nobody else is asked, and nothing is left on the device."""

import re
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from shutil import copytree
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from generator.building.rendering import render
from generator.plan import prepare
from tests.golden_tree import CASE
from tests.invented import checked
from tests.reading import one_of_each_kind
from tests.serving import Server
from tests.waiting import becomes

pytestmark = pytest.mark.browser
LISTEN = """document.addEventListener(
  'securitypolicyviolation', event => console.error(`BROKEN ${event.violatedDirective} ${event.blockedURI}`),
)"""
STORES = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie,
  ...(await indexedDB.databases()).map(({name}) => name),
].filter(Boolean)"""
SMALLEST_MODULE = "new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])"
"""The smallest module of WebAssembly."""


class Watched:
    """A browser that notes what pages say when a policy stops them, and every address that they ask for."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.asked: list[str] = []
        self.broken: list[str] = []
        context.add_init_script(LISTEN)
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("console", lambda message: self.hear(message.text))

    def hear(self, text: str) -> None:
        """Keep what is about a policy."""
        if text.startswith("BROKEN") or "Content Security Policy" in text:
            self.broken.append(text)


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    """A fresh browser."""
    context = chromium.new_context(viewport={"width": 400, "height": 800})
    yield Watched(context)
    context.close()


def kinds(site: Path, language: str) -> Iterator[str]:
    """One page of each kind, and one at a former address."""
    yield from one_of_each_kind(site, language)
    moved = (
        p for p in sorted(site.glob(f"{language}/**/index.html")) if 'http-equiv="refresh"' in p.read_text("utf-8")
    )
    yield from (f"{path.parent.relative_to(site).as_posix()}/" for path in list(moved)[:1])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_breaks_its_policy_asks_elsewhere_or_leaves_anything(
    riverbend_site: Path, watched: Watched, serve: Callable[[Path], str], language: str
) -> None:
    address = serve(riverbend_site)
    page = watched.context.new_page()
    kept: dict[str, list[str]] = {}
    for path in kinds(riverbend_site, language):
        page.goto(address + path, wait_until="networkidle")
        assert page.title()
        if found := page.evaluate(STORES):
            kept[path] = found
    assert watched.broken == []
    assert [url for url in watched.asked if not url.startswith((address, "data:image/"))] == []
    assert watched.context.cookies() == []
    assert kept == {}


def test_filters_and_search_run_within_the_finder_s_policy(
    riverbend_site: Path, watched: Watched, serve: Callable[[Path], str]
) -> None:
    address = serve(riverbend_site)
    page = watched.context.new_page()
    page.goto(f"{address}en/find/")
    found = page.locator("#dp-found")
    before = found.inner_text()
    page.locator('details[data-group="need"] summary').click()
    page.locator('details[data-group="need"] input:enabled').first.check()
    expect(found).not_to_have_text(before)
    with page.expect_request("**/pagefind/**/*.pf_index*"):
        page.get_by_role("searchbox").fill("homework")
    page.get_by_role("searchbox").fill("food")
    page.wait_for_url("**q=food**")
    expect(page.locator("#dp-results")).not_to_have_attribute("aria-busy", "true")
    expect(found).to_have_text(re.compile(r"\d"))
    assert watched.broken == []
    assert [url for url in watched.asked if not url.startswith((address, "data:image/"))] == []
    assert watched.context.cookies() == []
    assert page.evaluate(STORES) == []


@pytest.mark.parametrize(
    "deed",
    [
        "() => { const s = document.createElement('script'); s.textContent = 'window.x = 1'; document.head.append(s) }",
        "() => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.x = 1\">') }",
        "() => { document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">') }",
        "() => { document.body.insertAdjacentHTML('beforeend', '<iframe src=\"https://example.org/\"></iframe>') }",
        "() => { document.body.insertAdjacentHTML('beforeend', '<img src=\"https://example.org/x.png\">') }",
        "() => { document.head.insertAdjacentHTML('beforeend', '<base href=\"https://example.org/\">') }",
        "() => void fetch('https://example.org/').catch(() => 0)",
    ],
)
@pytest.mark.parametrize("path", ["en/", "en/find/", "404.html"])
def test_what_an_attacker_would_do_is_stopped_and_would_be_noticed_here(
    riverbend_site: Path, watched: Watched, serve: Callable[[Path], str], path: str, deed: str
) -> None:
    page = watched.context.new_page()
    page.goto(serve(riverbend_site) + path)
    page.evaluate(deed)
    becomes(page, lambda: bool(watched.broken), True)
    assert page.evaluate("window.x") is None


def test_only_the_finder_may_run_what_search_needs(
    riverbend_site: Path, watched: Watched, serve: Callable[[Path], str]
) -> None:
    address = serve(riverbend_site)
    page = watched.context.new_page()
    runs = f"() => WebAssembly.compile({SMALLEST_MODULE}).then(() => true, () => false)"
    page.goto(f"{address}en/find/")
    assert page.evaluate(runs) is True
    page.goto(f"{address}en/about/")
    assert page.evaluate(runs) is False


# --- The page for addresses that do not exist ---


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[str]:
    """The address of a site that is served below a path and answers as GitHub Pages does: with 404.html, anywhere."""
    district = copytree(repository / CASE, tmp_path_factory.mktemp("below") / "district")
    record = district / "district/district.yml"
    text = record.read_text("utf-8").replace("https://partners.example.org/", "https://pages.example.org/directory/")
    record.write_text(text, encoding="utf-8")
    site = district.parent / "site"
    render(prepare(checked(district)), site)

    class Handler(SimpleHTTPRequestHandler):
        """Serves the site below /directory/."""

        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, directory=str(site), **named)

        def translate_path(self, path: str) -> str:
            """The file at an address; outside of the site there is none."""
            inside = urlsplit(path).path
            return super().translate_path(inside[10:] if inside.startswith("/directory/") else "/none")

        def send_error(self, code: int, *given: Any, **named: Any) -> None:
            """Answer with the site's own page."""
            content = (site / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = Server(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/directory/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["nothing", "en/nothing/", "es/partners/a/b/c/d/e/", "x.html"])
def test_a_lost_reader_finds_search_and_every_language_at_any_depth_without_scripts(
    below: str, chromium: Browser, path: str
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    answer = page.goto(below + path)
    assert answer
    assert answer.status == 404
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "the stylesheet was found"
    for language, words in (("en", "We cannot find this page"), ("es", "No encontramos"), ("ar", "لم نعثر")):
        line = page.locator(f'main li:has(> a[hreflang="{language}"])')
        assert words in line.inner_text()
        assert line.locator("a").get_attribute("href") == f"/directory/{language}/"
    links: list[str] = page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
    ours = sorted({link for link in links if link.startswith("http://127.0.0.1") and "#" not in link})
    assert any("/need/" in link for link in ours)
    assert {link: page.request.get(link).status for link in ours} == dict.fromkeys(ours, 200)
    page.get_by_role("searchbox").fill("comida")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url(f"{below}en/find/?q=comida")
    context.close()
