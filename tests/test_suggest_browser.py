"""The forms of the site as people use them: in Chromium, on the invented district; the loader reads what is sent."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from shutil import copytree, ignore_patterns
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from generator.frame.lean import lean
from generator.issues.filed import propose_file
from generator.issues.propose import Proposal, propose
from generator.records.folders import Project
from tests.golden_tree import CASE

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 2)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
MUSEUM = "nurirfolm-museum"
LAB = "paint-lab"
STRANGE = '<img src=x onerror="document.title=1">"\'${7*7}{{7*7}}@@'


@pytest.fixture(scope="module")
def site(riverbend_site: Path, serve: Callable[[Path], str]) -> str:
    """The site's address."""
    return serve(riverbend_site)


@pytest.fixture
def project(repository: Path, tmp_path: Path) -> Project:
    """The records of the site."""
    return Project(root=Path(copytree(repository / CASE, tmp_path / "district", ignore=ignore_patterns(".cache"))))


@pytest.fixture
def opened(page: Page, site: str) -> Iterator[Callable[[str], Page]]:
    """A function that opens a form when it is ready; the test fails on any error or any request to elsewhere."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("request", lambda sent: None if sent.url.startswith((site, "blob:")) else errors.append(sent.url))

    def go(path: str) -> Page:
        page.goto(f"{site}{path}")
        page.locator("[type=submit]").wait_for()
        return page

    yield go
    assert [error for error in errors if "404" not in error] == []


def fill_partner(page: Page, name: str = "Harbor Toy Library") -> None:
    """The least that a new partner needs."""
    page.locator("#a-name").fill(name)
    page.locator("#a-kind").select_option("community-organization")
    page.locator("#a-summary").fill("Free toys to borrow.")
    page.locator("#a-focus input[value=arts]").check()
    page.locator("#a-sources-0-url").fill("https://example.org/toys")


KEPT = "Your draft is kept in this browser until you delete it."
DRAFTS = "() => JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith('dp-draft')))"
IN_SIGHT = """box => {
  const [own, list] = [box, box.closest("ul")].map(node => node.getBoundingClientRect());
  return own.top >= list.top && own.bottom <= list.bottom;
}"""


def promise(page: Page) -> None:
    for box in page.locator("[data-promise]").all():
        box.check()


def part(page: Page, title: str) -> Locator:
    """The line that opens and closes a part of a form."""
    return page.locator("summary", has=page.get_by_role("heading", name=title, exact=True))


def check(page: Page) -> None:
    page.locator("[type=submit]").click()


def offered(page: Page) -> dict[str, str]:
    """The ways to send, by their first words, with their addresses."""
    page.locator("#dp-ways").wait_for()
    links = page.locator("#dp-ways-list a").all()
    return {link.inner_text(): link.get_attribute("href") or "" for link in links}


def downloaded(page: Page) -> tuple[str, str]:
    """Name and text of the file that is offered."""
    with page.expect_download() as waiting:
        page.locator("#dp-ways-list a[download]").click()
    path = waiting.value.path()
    return waiting.value.suggested_filename, path.read_text("utf-8")


def taken(project: Project, file: tuple[str, str]) -> Proposal:
    proposal = propose_file(project, *file, today=TODAY)
    assert proposal.complaints == ()
    return proposal


def test_a_new_partner_is_a_file_that_the_loader_takes(opened: Callable[[str], Page], project: Project) -> None:
    page = opened("en/suggest/partner/")
    fill_partner(page)
    page.locator("#a-description").fill("We lend toys.\n\n- No papers are needed.  ")
    page.get_by_role("button", name="Add another: People to ask").click()
    page.locator("#a-contacts-1-role").fill("Desk")
    page.locator("#a-contacts-1-phone").fill("(555) 555-0142")
    page.locator("#a-partnership-schools-0").select_option("flatonbanna-middle-school")
    promise(page)
    check(page)
    name, text = downloaded(page)
    assert name == "harbor-toy-library.yml"
    proposal = taken(project, (name, text))
    assert proposal.text == text  # byte for byte what the loader's own serializer writes
    assert (
        "\n  - {role: Desk, phone: (555) 555-0142}\n" in text or "\n  - role: Desk\n    phone: (555) 555-0142\n" in text
    )
    (project.root / proposal.path).write_text(text, "utf-8")
    assert "schools: [flatonbanna-middle-school]" in text


def test_every_way_holds_the_same(opened: Callable[[str], Page], project: Project) -> None:
    page = opened("en/suggest/partner/")
    fill_partner(page)
    promise(page)
    check(page)
    ways = offered(page)
    _, text = downloaded(page)
    mail = urlsplit(ways["Send it by e-mail"])
    assert mail.path == "partnerships@district.example.org"
    assert unquote(parse_qs(mail.query)["body"][0]).replace("\r\n", "\n").endswith(text)
    file = next(address for address in ways.values() if "/new/main?" in address)
    assert parse_qs(urlsplit(file).query) == {"filename": ["partners/harbor-toy-library.yml"], "value": [text]}
    issue = next(address for address in ways.values() if "/issues/new?" in address)
    proposal = propose(project, parse_qs(urlsplit(issue).query)["body"][0], today=TODAY)
    assert proposal.complaints == ()
    assert proposal.text == text


def test_a_record_is_filled_in_and_only_what_changed_is_proposed(
    opened: Callable[[str], Page], project: Project
) -> None:
    page = opened(f"en/suggest/program/?record={MUSEUM}&program={LAB}")
    page.get_by_role("heading", name="Suggest a change: Paint Lab").wait_for()
    promise(page)
    check(page)
    expect(page.get_by_text("You have not changed anything yet.")).to_be_visible()
    page.locator("#a-summary").fill("Make a play, and show it.")
    page.locator("#a-cost-kind").select_option("fee")
    page.locator("#a-cost-amount").fill("25")
    page.locator("#a-cost-per").select_option("week")
    check(page)
    name, text = downloaded(page)
    assert name == f"{MUSEUM}-{LAB}.proposal.yml"
    before = (project.root / f"partners/{MUSEUM}.yml").read_text("utf-8").splitlines()
    after = taken(project, (name, text)).text.splitlines()
    new = [line.strip() for line in after if line not in before]
    assert "summary: Make a play, and show it." in new
    assert all(line.startswith(("summary:", "cost:", "kind:", "amount:", "per:")) for line in new)
    for address in offered(page).values():
        if "/issues/new?" in address:
            told = propose(project, parse_qs(urlsplit(address).query)["body"][0], today=TODAY)
            assert told.complaints == ()


def test_whether_families_can_join_has_the_day_of_the_answer(
    opened: Callable[[str], Page], page: Page, project: Project
) -> None:
    page.clock.set_fixed_time(f"{TODAY}T12:00:00")
    opened(f"en/suggest/program/?record={MUSEUM}&program={LAB}")
    page.locator("#a-status-state").select_option("waitlist")
    expect(page.locator("#a-status-as_of")).to_have_value(TODAY.isoformat())
    promise(page)
    check(page)
    assert f"status: {{state: waitlist, as_of: {TODAY}}}" in taken(project, downloaded(page)).text
    (issue,) = (address for address in offered(page).values() if "/issues/new?" in address)
    told = propose(project, parse_qs(urlsplit(issue).query)["body"][0], today=TODAY)
    assert f"status: {{state: waitlist, as_of: {TODAY}}}" in told.text
    page.locator("#a-status-state").select_option("")
    expect(page.locator("#a-status-as_of")).to_have_value("")


def test_what_is_ticked_far_down_in_a_list_is_in_sight(opened: Callable[[str], Page]) -> None:
    page = opened("en/suggest/partner/?record=daboldow-theater")
    assert page.locator("#a-focus input[value=substance-use]").evaluate(IN_SIGHT)


def test_rows_keep_what_the_form_does_not_ask(opened: Callable[[str], Page], project: Project) -> None:
    page = opened(f"en/suggest/partner/?record={MUSEUM}")
    page.locator("#a-contacts-0-phone").fill("(555) 555-0199")
    page.locator("#a-sources [data-path]").last.fill("https://example.org/more")
    promise(page)
    check(page)
    proposal = taken(project, downloaded(page))
    before = (project.root / f"partners/{MUSEUM}.yml").read_text("utf-8")
    assert proposal.text.count("seen:") == before.count("seen:")
    assert "(555) 555-0199" in proposal.text


def test_sources_that_are_no_pages_stay(opened: Callable[[str], Page], project: Project) -> None:
    for slug, pages in (("daboldow-theater", 1), ("bagingette-mosque-outreach", 0)):
        page = opened(f"en/suggest/partner/?record={slug}")
        shown = [box.input_value() for box in page.locator("#a-sources [data-path]").all()]
        assert len([address for address in shown if address]) == pages
        promise(page)
        check(page)
        expect(page.get_by_text("You have not changed anything yet.")).to_be_visible()
        page.locator("#a-sources-0-url").fill("https://example.org/newer")
        check(page)
        before = (project.root / f"partners/{slug}.yml").read_text("utf-8").splitlines()
        after = taken(project, downloaded(page)).text.splitlines()
        assert "  - document: Letter of 2026" in after
        assert {line.strip(" -") for line in before} - {line.strip(" -") for line in after} <= {
            "url: https://daboldow.example.org/about"
        }
        page.get_by_text(KEPT).wait_for()
        kept = page.evaluate(DRAFTS)
        page.locator("#a-sources-0-url").fill("")
        page.wait_for_function(f"kept => ({DRAFTS})() !== kept", arg=kept)
        page.reload()  # with the draft
        page.locator("[type=submit]").wait_for()


def test_a_new_program_of_a_known_partner(opened: Callable[[str], Page], project: Project) -> None:
    page = opened(f"en/suggest/program/?record={MUSEUM}")
    expect(page.locator("h1")).to_have_text("Propose a new program of Nurirfolm Museum")
    expect(page.locator("#a-partner")).not_to_be_visible()
    page.locator("#a-name").fill("Toy Hour")
    page.locator("#a-summary").fill("Play with new toys.")
    page.locator("#a-focus input[value=arts]").check()
    part(page, "When").click()
    page.locator("#a-when-sessions-0-days input[value=mon]").check()
    page.locator("#a-when-sessions-0-from").fill("15:30")
    page.locator("#a-when-sessions-0-to").fill("17:00")
    page.locator("#a-join-0-do").fill("Call us")
    page.locator("#a-join-0-phone").fill("(555) 555-0142")
    promise(page)
    check(page)
    proposal = taken(project, downloaded(page))
    assert "- slug: toy-hour" in proposal.text
    assert 'from: "15:30"' in proposal.text or "from: 15:30" in proposal.text


def test_what_is_wrong_is_said_above_and_at_the_question(opened: Callable[[str], Page]) -> None:
    page = opened("en/suggest/partner/")
    fill_partner(page)
    page.locator("#a-website").fill("example.org")
    page.locator("#a-summary").fill("x" * 10_000)
    check(page)
    summary = page.locator("#dp-faults")
    expect(page.get_by_role("heading", name="Please look at this first", exact=True)).to_be_focused()
    expect(summary).to_contain_text('"What families get, in one sentence" has 10,000 characters; the most is 200.')
    box = page.locator("#a-website")
    expect(box).to_have_attribute("aria-invalid", "true")
    described = (box.get_attribute("aria-describedby") or "").split()[-1]
    expect(page.locator(f"#{described}")).to_contain_text('Did you mean "https://example.org"?')
    summary.get_by_role("link", name="is not a web address").click()
    expect(box).to_be_focused()
    expect(page.locator("#dp-ways")).not_to_be_visible()
    expect(summary.get_by_role("link")).to_have_count(4)  # two answers and two promises


def test_warnings_do_not_keep_anybody_back(opened: Callable[[str], Page]) -> None:
    page = opened("en/suggest/partner/")
    fill_partner(page)
    page.locator("#a-description").fill("Call us at 206-555-0142 on Mondays.")
    promise(page)
    check(page)
    offered(page)
    expect(page.locator("#dp-look")).to_contain_text("A phone number stands in this text")


def test_a_draft_is_kept_and_deleted(opened: Callable[[str], Page]) -> None:
    page = opened("en/suggest/partner/")
    page.locator("#a-name").fill("Harbor Toy Library")
    page.get_by_text(KEPT).wait_for()
    page = opened("es/suggest/partner/")
    name = page.locator("#a-name")
    expect(name).to_have_value("Harbor Toy Library")
    page.once("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog"):
        page.locator("#dp-forget").click()
    expect(name).to_have_value("Harbor Toy Library")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#dp-forget").click()
    expect(name).to_have_value("")
    page = opened("en/suggest/partner/")
    expect(name).to_have_value("")
    assert page.evaluate(DRAFTS) == "[]"


def test_a_draft_takes_nothing_back_that_the_record_says_by_now(opened: Callable[[str], Page], page: Page) -> None:
    opened(f"en/suggest/program/?record={MUSEUM}&program={LAB}")
    page.locator("#a-name").fill("Painting Lab")
    page.get_by_text(KEPT).wait_for()

    def newer(route: Route) -> None:
        text = route.fetch().text()
        route.fulfill(body=text.replace("Make a play from the first word", "Make two plays from the first word"))

    page.route(f"**/records/{MUSEUM}.json", newer)
    opened(f"en/suggest/program/?record={MUSEUM}&program={LAB}")
    expect(page.locator("#a-name")).to_have_value("Painting Lab")
    expect(page.locator("#a-summary")).to_have_value(re.compile("^Make two plays"))
    promise(page)
    check(page)
    _, text = downloaded(page)
    assert [line.strip() for line in text.splitlines() if "field:" in line] == ["- field: name"]


def test_a_full_or_blocked_storage_is_said(opened: Callable[[str], Page], page: Page) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")
    opened("en/suggest/partner/")
    page.locator("#a-name").fill("Harbor")
    page.get_by_text("This browser cannot keep a draft.").wait_for()


def test_a_spoiled_draft_is_ignored(opened: Callable[[str], Page], page: Page) -> None:
    page.add_init_script('localStorage.setItem(\'dp-draft / partner  \', \'{"data": {"name": [1], "contacts": 5}}\');')
    opened("en/suggest/partner/")
    expect(page.locator("#a-contacts-0-role")).to_have_value("")


def test_strange_words_are_only_words(opened: Callable[[str], Page], project: Project) -> None:
    page = opened("en/suggest/partner/")
    fill_partner(page, f"Toys {STRANGE}")
    page.locator("#a-description").fill(STRANGE)
    promise(page)
    check(page)
    ways = offered(page)
    expect(page.locator("#dp-ways img")).to_have_count(0)
    assert STRANGE in (page.locator("#dp-shown").text_content() or "").replace('\\"', '"').replace("''", "'")
    assert all("<" not in address for address in ways.values())
    assert "onerror" not in page.title()
    taken(project, downloaded(page))


def test_an_unknown_record_is_said(opened: Callable[[str], Page]) -> None:
    page = opened("en/suggest/partner/?record=nobody-here")
    note = page.locator("#dp-form-note")
    expect(note).to_contain_text("The directory has no such record: nobody-here.")
    opened(f"en/suggest/program/?record={MUSEUM}&program=nothing")
    expect(note).to_contain_text("nothing")
    opened("en/suggest/partner/?record=../../x%3Cscript%3E")
    expect(note).to_contain_text("<script>")


def test_a_mistake_names_its_page(opened: Callable[[str], Page], site: str, page: Page, project: Project) -> None:
    page.goto(f"{site}en/partners/{MUSEUM}/")
    page.get_by_role("link", name="Report a mistake on this page").click()
    page.wait_for_url("**/suggest/mistake/**")
    page.locator("[type=submit]").wait_for()
    expect(page.locator("#a-page")).to_have_value(f"{site}en/partners/{MUSEUM}/")
    page.locator("#a-wrong").fill("The phone number is old.")
    promise(page)
    check(page)
    ways = offered(page)
    assert "The phone number is old." in unquote(ways["Send it by e-mail"])
    issue = next(address for address in ways.values() if "/issues/new?" in address)
    proposal = propose(project, parse_qs(urlsplit(issue).query)["body"][0], today=TODAY)
    assert (proposal.form, proposal.complaints) == ("mistake", ())


def test_what_no_e_mail_holds_is_a_file_and_the_e_mail_says_so(opened: Callable[[str], Page]) -> None:
    page = opened("ar/suggest/mistake/")
    words = "رقم الهاتف قديم. " * 80
    page.locator("#a-page").fill("الصفحة الأولى")
    page.locator("#a-wrong").fill(words)
    promise(page)
    check(page)
    mail = next(address for address in offered(page).values() if address.startswith("mailto:"))
    assert len(mail) < 2000
    assert "mistake.txt" in unquote(mail)
    assert "الصفحة الأولى" in unquote(mail)
    assert unquote(mail).endswith("…")
    expect(page.get_by_text("نزّلوا الملف أولًا")).to_be_visible()
    name, text = downloaded(page)
    assert name == "mistake.txt"
    assert words.strip() in text
    page = opened("en/suggest/partner/")
    fill_partner(page)
    page.locator("#a-description").fill("We lend toys to families. " * 70)
    promise(page)
    check(page)
    mail = unquote(next(address for address in offered(page).values() if address.startswith("mailto:")))
    assert "harbor-toy-library.yml" in mail
    assert "Free toys to borrow." in mail


def test_a_page_elsewhere_is_not_named(opened: Callable[[str], Page], site: str) -> None:
    page = opened("en/suggest/mistake/?page=https://elsewhere.example/x")
    expect(page.locator("#a-page")).to_have_value("")


def test_links_lead_to_the_record(site: str, page: Page) -> None:
    page.goto(f"{site}en/partners/{MUSEUM}/{LAB}/")
    link = page.get_by_role("link", name="Suggest a change").first
    assert (link.get_attribute("href") or "").endswith(f"en/suggest/program/?record={MUSEUM}&program={LAB}")
    edit = page.get_by_role("link", name="Edit this record").get_attribute("href")
    assert edit == f"https://git.example.org/riverbend/partners/edit/main/partners/{MUSEUM}.yml"


def test_the_keyboard_is_enough(opened: Callable[[str], Page]) -> None:
    page = opened("en/suggest/mistake/")
    page.locator("#a-page").focus()
    page.keyboard.type("Start page")
    page.keyboard.press("Tab")
    page.keyboard.type("A word is missing.")
    for _ in range(2):
        page.keyboard.press("Tab")
    for _ in range(2):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#dp-ways-title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Send it by e-mail", exact=True)).to_be_focused()


def test_rows_come_and_go_by_keyboard_and_say_their_number(opened: Callable[[str], Page]) -> None:
    page = opened("en/suggest/partner/")
    add = page.get_by_role("button", name="Add another: Web pages where this can be read")
    add.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#a-sources-1-url")).to_be_focused()
    expect(page.get_by_role("group", name="Web pages where this can be read, number 2")).to_have_count(1)
    page.locator("#a-sources-1-url").fill("https://example.org/b")
    page.get_by_role("button", name="Remove: Web pages where this can be read, number 1").press("Enter")
    expect(page.locator("#a-sources-0-url")).to_be_focused()
    expect(page.locator("#a-sources-0-url")).to_have_value("https://example.org/b")
    expect(page.locator("#a-sources-1-url")).to_have_count(0)
    assert page.locator("[id]").evaluate_all("all => all.length === new Set(all.map(one => one.id)).size")


def test_parts_that_may_stay_empty_are_folded_until_somebody_wants_them(opened: Callable[[str], Page]) -> None:
    page = opened("en/suggest/program/")
    page.set_viewport_size({"width": 320, "height": 640})
    folded = page.locator("form details")
    assert folded.evaluate_all("all => all.map(part => part.open)") == [False] * 5
    assert page.evaluate("document.documentElement.scrollHeight") < 7_000
    amount = page.locator("#a-cost-amount")
    expect(amount).not_to_be_visible()
    part(page, "Cost").press("Enter")
    amount.fill("ten")
    part(page, "Cost").press("Space")
    expect(amount).not_to_be_visible()
    check(page)
    expect(amount).to_be_visible()
    expect(page.locator("#a-where-online")).not_to_be_visible()
    page.locator("#dp-faults").get_by_role("link", name="Price in dollars").click()
    expect(amount).to_be_focused()


def test_a_record_and_paper_have_their_parts_open(opened: Callable[[str], Page], page: Page) -> None:
    opened(f"en/suggest/program/?record={MUSEUM}&program={LAB}")
    page.get_by_role("heading", name="Suggest a change").wait_for()
    opens = page.locator("form details").evaluate_all("all => all.map(part => part.open)")
    filled = page.locator("form details").evaluate_all(
        "all => all.map(part => [...part.querySelectorAll('[data-path]')].some(one => one.checked || "
        "(one.type !== 'checkbox' && one.value !== '')))"
    )
    assert opens == filled
    assert True in opens
    opened("en/suggest/program/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("#a-cost-amount")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#a-cost-amount")).not_to_be_visible()


def test_without_javascript_there_is_a_form_to_print_and_people_to_tell(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}en/suggest/program/")
    assert page.get_by_text("Without JavaScript, print this page").is_visible()
    assert page.locator("main").get_by_role("button").count() == 0
    assert page.locator("main").get_by_role("link", name="partnerships@district.example.org").is_visible()
    assert page.locator("main").get_by_text("(555) 555-0100").is_visible()
    page.emulate_media(media="print")
    expect(page.locator("#a-name")).to_be_visible()
    expect(page.locator("#a-cost-amount")).to_be_visible()
    context.close()


def test_without_its_file_the_form_says_whom_to_tell(page: Page, site: str) -> None:
    page.route("**/forms/partner.json", lambda route: route.abort())
    page.goto(f"{site}en/suggest/partner/")
    page.get_by_text("The form cannot be checked right now. Please write to us or call us.").wait_for()


def test_a_record_that_cannot_be_read_is_not_said_to_be_missing(page: Page, site: str) -> None:
    page.route("**/records/*.json", lambda route: route.abort())
    page.goto(f"{site}en/suggest/partner/?record={MUSEUM}")
    page.get_by_text("The form cannot be checked right now. Please write to us or call us.").wait_for()
    expect(page.locator("[type=submit]")).not_to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["en/suggest/partner/", "ar/suggest/program/", "en/suggest/", "es/suggest/mistake/"])
def test_pages_are_accessible_and_fit(
    opened: Callable[[str], Page], page: Page, site: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    if path == "en/suggest/":
        page.goto(f"{site}{path}")
    else:
        opened(path)
        check(page)
        expect(page.locator("#dp-faults h2")).to_be_focused()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_forms_know_of_a_record_is_what_they_ask(riverbend_site: Path) -> None:
    known = json.loads((riverbend_site / f"records/{MUSEUM}.json").read_text("utf-8"))
    assert not {"verified", "social", "logo", "volunteer", "slug"} & set(known)
    assert not {"capacity", "former_slugs"} & set(known["programs"][0])


def test_the_scripts_of_a_form_are_small(repository: Path) -> None:
    paths = [f"assets/{name}.js" for name in ("suggest", "suggest-ways", "form", "form-rules", "form-yaml")]
    scripts = [lean(path, (repository / "generator/theme" / path).read_bytes()) for path in paths]
    assert sum(len(gzip.compress(script, mtime=0)) for script in scripts) < 15_500
