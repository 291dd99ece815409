"""The review desk in a browser: one whole review, by several people at desks of their own, much of it by keyboard."""

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from generator.building.rendering import render
from generator.check import check
from generator.cli import partners
from generator.nominations.audit import findings
from generator.plan import prepare
from generator.records.folders import Project
from tests.accessible import axe
from tests.desks import OTHER, PARTNER, Client, RealOffice, desk, real_office
from tests.invented import DAY, DAY_SECONDS

pytestmark = pytest.mark.browser
NUMBER = "N-2026-0001"
WIDTHS, SCHEMES = (1280, 320), ("light", "dark")
CSV = """Which partner do you want to thank?,What did they do? Please name no child.,In which school year?,Your name.
Daboldow Theatre,"They opened the stage to our school, every Tuesday.",2026-27,Robin Neighbor
"""
CUT = """() => [...document.querySelectorAll("h1, h2, label, legend, button, a, th, td, summary")].filter((node) => {
  const style = getComputedStyle(node);
  return node.getClientRects().length && style.clipPath === "none" && style.display !== "inline"
    && node.scrollWidth > node.clientWidth + 1;
}).map((node) => node.textContent.trim().slice(0, 60))"""


@dataclass(kw_only=True)
class Person:
    """Somebody at a desk, in a browser of their own."""

    client: Client
    page: Page

    def open(self, path: str) -> None:
        """Go to a page of the desk."""
        self.page.goto(f"{self.client.origin}{self.client.base}/{path}")

    def hears(self, words: str) -> None:
        """Wait until the page says something."""
        expect(self.page.locator("body")).to_contain_text(words)

    def says(self) -> str:
        """What the page says."""
        return self.page.locator("body").inner_text()


@pytest.fixture(autouse=True, scope="module")
def day() -> Iterator[None]:
    """The day of the invented district, for everything that looks at the clock."""
    patch = pytest.MonkeyPatch()
    patch.setenv("SOURCE_DATE_EPOCH", DAY_SECONDS)
    yield
    patch.undo()


@pytest.fixture
def seats(chromium: Browser) -> Iterator[ExitStack]:
    """Where people sit down; they leave at the end."""
    with ExitStack() as stack:
        yield stack


def sit(stack: ExitStack, browser: Browser, here: RealOffice, by: str, *, scripts: bool = False) -> Person:
    """Somebody who has opened the printed address, in a browser without scripts unless they are wanted."""
    client = stack.enter_context(desk(here, by))
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=scripts)
    context.set_default_timeout(20_000)
    stack.callback(context.close)
    page = context.new_page()
    page.goto(client.opened.address)
    expect(page).not_to_have_url(re.compile("token"))
    return Person(client=client, page=page)


def command(here: RealOffice, by: str, *words: str) -> str:
    """What a command of `partners nominations` says."""
    given = ["nominations", *words, "--vault", str(here.folder), "--root", str(here.root), "--as", by]
    done = CliRunner().invoke(partners, given)
    assert done.exit_code == 0, done.output
    return done.output


def test_one_whole_review(tmp_path: Path, repository: Path, chromium: Browser, seats: ExitStack) -> None:
    here = real_office(tmp_path, repository)
    (tmp_path / "answers.csv").write_text(CSV, "utf-8")
    assert "1 of 1 were taken" in command(here, "cory", "import", str(tmp_path / "answers.csv"))
    cory = sit(seats, chromium, here, "cory")
    look_through(cory)
    assert here.season().nomination(NUMBER).partners == (PARTNER,)
    rae, rob = sit(seats, chromium, here, "rae", scripts=True), sit(seats, chromium, here, "rob")
    score_by_keyboard(rae)
    assert here.state(NUMBER) == "in-review"
    stand_back(sit(seats, chromium, here, "ren"))
    score(rob, impact=2)
    rae.open(f"n/{NUMBER}/")
    rae.hears("2 of 3 are in")
    assert "Rob Tanaka" not in rae.says() and "Too little" not in rae.says()
    affiliated = sit(seats, chromium, here, "ali")
    affiliated.open(f"n/{NUMBER}/review")
    affiliated.hears(f"ali is affiliated with {PARTNER}, and does not judge it")
    score(sit_as_third(seats, chromium, here), impact=4)
    rae.open(f"n/{NUMBER}/")
    rae.hears("Rob Tanaka")
    rae.hears("Too little")
    decide(sit(seats, chromium, here, "chai"))
    assert here.state(NUMBER) == "decided"
    ask_for_consent(cory)
    write_story(cory)
    assert here.state(NUMBER) == "scheduled"
    publish(cory)
    assert here.state(NUMBER) == "published"
    assert list(findings(here.vault())) == []
    cory.open("audit")
    cory.hears("every file is as the last of them left it")
    shows_in_site(here, tmp_path / "site")


def look_through(cory: Person) -> None:
    """The coordinator says who is meant; the first try lacks it, and says so."""
    page = cory.page
    page.get_by_role("link", name=NUMBER).click()
    page.get_by_role("link", name="Look through").click()
    page.get_by_role("button", name="Put it on record").click()
    page.get_by_role("link", name="Say whether it goes to reviewers").click()
    page.get_by_text("It goes to the reviewers.").click()
    page.get_by_role("button", name="Put it on record").click()
    cory.hears("which partner is meant is missing")
    expect(page.get_by_label("It goes to the reviewers.")).to_be_checked()  # what was filled in stays
    page.get_by_label("Daboldow Theater").check()
    page.get_by_role("button", name="Put it on record").click()
    cory.hears("It was looked through.")


def comes(page: Page, awaited: Locator) -> None:
    """Wait for something on the next page, and for the rest of that page."""
    expect(awaited).to_be_visible()
    page.wait_for_load_state()


def score_by_keyboard(rae: Person) -> None:
    """A reviewer scores without a mouse: question, refusal, draft, hand in."""
    page, key = rae.page, rae.page.keyboard
    rae.open("")
    press_until(page, "a", NUMBER)
    key.press("Enter")
    page.wait_for_url(f"**/n/{NUMBER}/")
    press_until(page, "a", "Review")
    key.press("Enter")
    page.wait_for_url("**/review")
    expect(page.get_by_label("Why these scores?")).to_have_count(0)  # the rubric opens after the question only
    press_until(page, "input", "no")
    key.press("Space")
    press_until(page, "button", "Go on")
    key.press("Enter")
    comes(page, page.get_by_label("Why these scores?"))
    press_until(page, "button", "Hand the scores in")
    key.press("Enter")
    comes(page, page.get_by_role("alert"))
    expect(page.get_by_role("alert")).to_be_focused()  # once it is drawn
    key.press("Tab")
    key.press("Enter")  # follows the first error to its group
    for score in ("5", "4", "4"):
        press_until(page, "input", "1")
        key.press("Space")
        for _ in range(int(score) - 1):
            key.press("ArrowDown")
    press_until(page, "textarea", "")
    key.type("The school's own numbers show it.")
    key.press("Tab")
    key.press("Tab")
    key.press("Enter")
    comes(page, page.get_by_text("Your draft is kept"))
    press_until(page, "button", "Hand the scores in")
    key.press("Enter")
    page.get_by_text("Your scores are in.").wait_for()


def press_until(page: Page, tag: str, words: str) -> None:
    """Press Tab until an element of that kind has the focus whose words or value begin so."""
    told = """([tag, words]) => {
      const node = document.activeElement;
      const said = tag === "input" ? node.value : tag === "textarea" ? "" : node.textContent.trim();
      return node.localName === tag && said.startsWith(words) && node.type !== "checkbox";
    }"""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(told, [tag, words]):
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none", f"{tag} {words} does not show that it has the focus"
            return
    raise AssertionError(f"no {tag} with {words} can be reached by Tab")


def score(person: Person, *, impact: int) -> None:
    """A reviewer scores with the mouse and without scripts."""
    page = person.page
    person.open(f"n/{NUMBER}/review")
    page.get_by_text("No.", exact=True).click()
    page.get_by_role("button", name="Go on").click()
    for slug, mark in (("impact", impact), ("partnership", 4), ("what-sustains-it", 4)):
        page.locator(f'input[name="score-{slug}"][value="{mark}"]').check()
    page.get_by_label("Why these scores?").fill("Too little is told of what changed." if impact < 3 else "Well told.")
    page.get_by_role("button", name="Hand the scores in").click()
    person.hears("Your scores are in")


def stand_back(ren: Person) -> None:
    """A reviewer has something to do with it; without saying what, the desk asks."""
    page = ren.page
    ren.open(f"n/{NUMBER}/review")
    page.get_by_text("Yes, or it could look so.").click()
    page.get_by_role("button", name="Go on").click()
    ren.hears("the reason is missing")
    page.get_by_label("If yes: what is it?").fill("My sister works there.")
    page.get_by_role("button", name="Go on").click()
    ren.hears("You have stood back.")


def sit_as_third(stack: ExitStack, browser: Browser, here: RealOffice) -> Person:
    """The reviewer who is called because the first two are far apart."""
    third = sit(stack, browser, here, "tea")
    expect(third.page.locator("section", has_text="Waiting for you").first).to_contain_text(NUMBER)
    return third


def decide(chai: Person) -> None:
    """The chair sees the scores side by side, and gives a reason."""
    page = chai.page
    chai.open(f"n/{NUMBER}/decision")
    chai.hears("Too little is told")
    chai.hears("The furthest apart in one criterion: 3")
    page.get_by_text("Recognise.").click()
    page.get_by_role("button", name="Decide").click()
    chai.hears("the reason is missing")
    page.get_by_label("Why?").fill("Lasting change, by all three.")
    page.get_by_role("button", name="Decide").click()
    chai.hears("The decision is on record.")


def ask_for_consent(cory: Person) -> None:
    """Consent is asked for and given, to tell the story and to show a photo."""
    page = cory.page
    cory.open(f"n/{NUMBER}/consent")
    page.get_by_role("button", name="Everybody was asked today").click()
    cory.hears("No: The story may be told.")
    page.get_by_label("Who gives it?").fill("Sam Okonjo")
    page.get_by_label("How was it given?").fill("signed form of November 2")
    for scope in ("story", "photo", "quote"):
        page.locator(f'input[name="scope"][value="{scope}"]').check()
    page.get_by_label("Last day on which it holds").fill("2029-06-30")
    page.get_by_role("button", name="Put it on record").click()
    cory.hears("Yes: The story may be told.")


def write_story(cory: Person) -> None:
    """The story is written, refused for a child's name, looked at, and scheduled."""
    page = cory.page
    cory.open(f"n/{NUMBER}/story")
    page.get_by_label("Headline").fill("Every Tuesday on stage")
    page.get_by_label("What changed, in one plain sentence").fill("A whole school plays theater now.")
    page.get_by_role("textbox", name="The story").fill("My son Mateo, 7, plays now.")
    page.get_by_label("Number", exact=True).first.fill("120")
    page.get_by_label("It counts").first.select_option("families")
    page.get_by_label("What they did or got").first.fill("played together")
    page.get_by_label("Words 1").fill("I was never so proud.")
    page.get_by_label("Who said it, without a name").first.fill("Parent")
    page.locator('input[type="file"]').first.set_input_files(
        {"name": "On Stage.JPEG", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_label("What it shows").first.fill("A stage with an open curtain")
    page.get_by_label("Consent of everyone in it").first.select_option("C-2026-0001")
    page.get_by_role("button", name="Keep, and look at it").click()
    cory.hears("Your draft is kept")
    cory.hears("must be mended")
    cory.hears("the consent to tell the story is not chosen yet")
    cory.hears("a name beside an age, a grade or a parent")
    page.get_by_role("textbox", name="The story").fill("They opened the stage, and **120 families** played.")
    page.locator("#slug").fill("every-tuesday-on-stage")
    page.locator("#day").fill(DAY.isoformat())
    page.get_by_role("button", name="Schedule it").click()
    cory.hears("the consent to tell the story is missing")
    expect(page.locator("#title")).to_have_value("Every Tuesday on stage")
    page.locator("#consent").select_option("C-2026-0001")
    page.get_by_role("button", name="Keep, and look at it").click()
    look_at_preview(cory)
    page.get_by_role("button", name="Schedule it").click()
    cory.hears("The story is scheduled.")


def look_at_preview(cory: Person) -> None:
    """The preview is the site's own page with its stylesheet and the photo, and nothing of it runs."""
    frame = cory.page.frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text("Every Tuesday on stage")
    expect(frame.locator(".dp-panel").first).to_contain_text("120")
    expect(frame.locator(".dp-header")).to_have_css("background-color", "rgb(11, 93, 78)")
    frame.locator("img.dp-photo").scroll_into_view_if_needed()
    expect(frame.locator("img.dp-photo")).to_have_js_property("naturalWidth", 40)


def publish(cory: Person) -> None:
    """The exact difference is shown, and then written."""
    page = cory.page
    cory.hears("+title: Every Tuesday on stage")
    cory.hears("new recognition/photos/on-stage.jpg (40 × 30 pixels")
    page.get_by_text("The files as they lie there").click()
    page.get_by_role("button", name="Publish").click()
    cory.hears("The story is in the public tree.")


def shows_in_site(here: RealOffice, site: Path) -> None:
    """The story is a page of the site that is built next, without anything about who nominated."""
    found = check(Project(root=here.root), today=DAY)
    assert not [each for each in found.problems if each.is_error]
    render(prepare(found), site)
    html = (site / "en/recognition/2026-27/every-tuesday-on-stage/index.html").read_text("utf-8")
    assert "Every Tuesday on stage" in html and "120" in html
    assert "every-tuesday-on-stage" in (site / f"en/partners/{PARTNER}/index.html").read_text("utf-8")
    image = Image.open(site / "media/recognition/photos/on-stage.jpg")
    assert not image.getexif()
    for path in site.rglob("*"):
        if path.is_file():
            assert b"Robin Neighbor" not in path.read_bytes() and b"Sam Okonjo" not in path.read_bytes()


def photo() -> bytes:
    """A small photo with a camera and a place in it."""
    image, exif, written = Image.new("RGB", (40, 30), (90, 120, 150)), Image.Exif(), BytesIO()
    exif[0x010F] = "Invented Camera 3000"
    image.save(written, format="JPEG", exif=exif)
    return written.getvalue()


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> RealOffice:
    """An office in the middle of a season: something on every page of the desk."""
    here = real_office(tmp_path_factory.mktemp("busy"), repository)
    long = "My son Mateo, 7, reads now: (555) 555-0100, https://example.org/a/very/long/address/indeed?x=1 " * 3
    given = ({"organization": "Daboldow Theatre", "what": long}, {"what": "They came."}, {"what": "They stayed."}, {})
    first, second, third, _ = (here.nominate(number, **each) for number, each in enumerate(given))
    for number in (first, second, third):
        here.triage(number, partners=(PARTNER if number == first else OTHER,))
    for number in (first, second):
        here.review(number, "rae")
        here.review(number, "rob", impact=3)
    here.decide(second)
    here.consent(second, "story", "quote")
    return here


EVERY = (
    ("cory", ("", "incoming", "report", "audit", "n/N-2026-0001/", "n/N-2026-0004/triage", "n/N-2026-0002/consent")),
    ("cory", ("n/N-2026-0002/story", "n/N-2026-0001/ending", "n/N-2026-0001/story", "?state=published")),
    ("ren", ("", "n/N-2026-0003/review", "n/N-2026-0001/review")),
    ("chai", ("n/N-2026-0001/decision", "n/N-2026-0001/")),
)


@pytest.mark.parametrize(("by", "paths"), EVERY)
def test_every_page_is_accessible(
    busy: RealOffice, chromium: Browser, by: str, paths: tuple[str, ...], seats: ExitStack
) -> None:
    client = seats.enter_context(desk(busy, by))
    client.enter()
    name, _, value = client.cookie.partition("=")
    for scheme in SCHEMES:
        for width in WIDTHS:
            context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
            seats.callback(context.close)
            context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": client.base + "/"}])
            page = context.new_page()
            said: list[str] = []
            page.on("console", lambda message, said=said: said.append(message.text))
            for path in paths:
                page.goto(f"{client.origin}{client.base}/{path}")
                looked_at(page, f"{path} at {width} px, {scheme}")
                if "review" in path and page.get_by_text("Go on").count():
                    page.get_by_role("button", name="Go on").click()
                    page.get_by_role("alert").wait_for()
                    page.wait_for_load_state()  # its styles, too
                    looked_at(page, f"{path}, refused, at {width} px, {scheme}")
            assert not [each for each in said if "Content Security Policy" in each], said


def looked_at(page: Page, where: str) -> None:
    """A page that axe finds no fault with, and in which nothing is cut or sticks out."""
    assert page.title().endswith("Review desk"), where
    axe.inject(page)
    assert axe.violations(page) == [], where
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, where
    assert page.evaluate(CUT) == [], where


def test_a_page_of_another_site_gets_nothing(busy: RealOffice, chromium: Browser, seats: ExitStack) -> None:
    """A foreign page on this computer, in the same browser, can neither read, frame nor send."""
    person = sit(seats, chromium, busy, "cory", scripts=True)
    other = seats.enter_context(desk(busy, "rae"))
    page = person.page.context.new_page()
    page.goto(f"{other.origin}/nowhere")
    target = f"{person.client.origin}{person.client.base}/"
    read = page.evaluate(
        "async (at) => { try { return (await fetch(at, {credentials: 'include'})).status } catch { return 0 } }", target
    )
    assert read == 0
    sent = page.evaluate(
        """(at) => new Promise((done) => {
          const form = Object.assign(document.createElement("form"), {method: "post", action: at});
          document.body.append(form);
          document.addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective));
          form.submit();
          setTimeout(() => done("sent"), 2000);
        })""",
        f"{target}leave",
    )
    assert sent in ("form-action", "sent")
    person.open("")
    person.hears("Nominations")


def test_ctrl_c_ends_it_cleanly(busy: RealOffice, repository: Path) -> None:
    words = ["nominations", "desk", "--vault", str(busy.folder), "--as", "rae", "--root", str(busy.root)]
    desk_ = Popen(
        [sys.executable, "-u", "-m", "generator", *words],
        cwd=repository,
        stdout=PIPE,
        stderr=PIPE,
        text=True,
        bufsize=1,
    )
    assert desk_.stdout is not None
    told = [desk_.stdout.readline() for _ in range(3)]
    desk_.send_signal(signal.SIGINT)
    out, wrong = desk_.communicate(timeout=60)
    assert desk_.returncode == 0, wrong
    assert "http://127.0.0.1:" in "".join(told) and "The desk is closed." in out
    assert "Traceback" not in wrong


def test_nobody_unknown_gets_a_desk(busy: RealOffice) -> None:
    given = ["nominations", "desk", "--vault", str(busy.folder), "--root", str(busy.root), "--as", "nobody"]
    done = CliRunner().invoke(partners, given)
    assert done.exit_code != 0 and "nobody who works with this vault" in str(done.exception)
