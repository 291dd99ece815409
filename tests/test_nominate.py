"""The form with which people thank a partner: when it is there, and that staff take in exactly what it writes."""

import gzip
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from generator.building.rendering import render
from generator.directory import Directory
from generator.forms.nomination import NOMINATION_FORM, RELATIONS
from generator.forms.table import address_of
from generator.frame.lean import lean
from generator.jwk import new_pair, public_part
from generator.model import Recognition, SealingKey
from generator.model.recognition import Window
from generator.nominations.arrivals import Arrival, arrivals
from generator.pages import nominate, partners, recognition
from generator.pages.cards import Deck
from generator.plan import prepare
from generator.records.folders import SOFTWARE
from generator.schema.shapes import load_shapes
from generator.schema.wording import as_yaml
from generator.site import sections
from generator.vault.keys import key_path, keys_of
from generator.vault.storage import Change
from tests.factories import story
from tests.finder_district import TODAY, directory, partner, rendered, school
from tests.golden_tree import CASE
from tests.invented import checked
from tests.seasons import Office, office
from tests.test_nominations_import import desk
from tests.test_suggest_browser import RULES, downloaded, offered
from tests.test_vault import sealed as sealed_office

PAIR = new_pair()
RULE_FILE = f"""\
email: thanks@district.example.org
key: {as_yaml(public_part(PAIR))}
keep_months: 6
sources:
  - document: Riverbend board papers
    seen: 2026-10-03
"""
PATH = "recognition/nominate/"
MUSEUM = "nurirfolm-museum"
DATALIST = f'<datalist id="dp-partners" data-file="{nominate.PARTNERS}"></datalist>'
STRANGE = '<img src=x onerror="document.title=1"> # : - {{7*7}} "yes" \\ اختبار 你好'
OPEN = Recognition(email="thanks@district.example.org")


def district(rules: Recognition | None) -> Directory:
    """A district with a partner, a school and a story, and its rules for nominations."""
    known = directory((partner("mill"),), (school("oak", None),))
    told = story()
    return replace(known, recognition=rules, stories={f"{told.school_year}/{told.slug}": told})


def window(opens: date, closes: date) -> Recognition:
    """Rules with one window."""
    return Recognition(
        email="thanks@district.example.org", windows=(Window(school_year="2026-27", opens=opens, closes=closes),)
    )


def linking(known: Directory) -> list[str]:
    """The pages that lead to the form."""
    pages = rendered(recognition.units, known) | rendered(partners.units, known)
    return [address for address, page in pages.items() if PATH in page.body]


def test_a_district_without_rules_has_no_form_and_no_link() -> None:
    known = district(None)
    assert rendered(nominate.units, known) == {}
    assert linking(known) == []
    assert "nominate" not in sections(known)


def test_while_it_is_open_other_pages_lead_to_it() -> None:
    known = district(OPEN)
    body = rendered(nominate.units, known)[PATH].body
    assert 'data-email="thanks@district.example.org"' in body
    assert "data-repository" not in body  # never in public
    assert {"recognition/", "partners/mill/"} < set(linking(known))
    assert len(linking(known)) == 3
    assert "nominate" in sections(known)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (Recognition(), "does not take nominations on this site"),
        (window(date(2020, 1, 1), date(2020, 2, 1)), "Nominations are closed now. Please ask the staff."),
        (window(date(2090, 1, 1), date(2090, 2, 1)), "They open on"),
    ],
)
def test_otherwise_the_page_says_so_and_nothing_leads_to_it(rules: Recognition, words: str) -> None:
    known = district(rules)
    page = rendered(nominate.units, known)
    assert set(page) == {PATH}
    assert words in page[PATH].body
    assert "<form" not in page[PATH].body
    assert "suggest.js" not in page[PATH].head
    assert linking(known) == []


@pytest.mark.parametrize("key", [None, SealingKey(**public_part(PAIR))], ids=["no key", "key"])
def test_it_says_whether_a_file_can_be_sealed(key: SealingKey | None) -> None:
    body = rendered(nominate.units, district(replace_key(key)))[PATH].body
    assert ("This page does not encrypt anything." in body) is (key is None)
    assert ("for this district takes no sealed files" in body) is (key is None)
    assert ("for this page was not opened with https" in body) is (key is not None)
    assert (f'data-key="{PAIR["x"]} {PAIR["y"]} {PAIR["kid"]}"' in body) is (key is not None)
    assert PAIR["d"] not in body


def replace_key(key: SealingKey | None) -> Recognition:
    """The rules of a district that takes nominations, with a key or without."""
    return Recognition(email="thanks@district.example.org", key=key)


def test_the_names_of_many_partners_have_a_file_of_their_own() -> None:
    few = rendered(nominate.units, district(OPEN))
    assert '<option value="Mill">' in few[PATH].body
    known = replace(district(OPEN), partners={f"p-{n}": partner(f"p-{n}") for n in range(nominate.LISTED + 1)})
    pages = list(nominate.units(known, TODAY, Deck(known, TODAY)))
    assert [unit.address for unit in pages] == [PATH, address_of(NOMINATION_FORM), nominate.PARTNERS]
    body = rendered(nominate.units, known)[PATH].body
    assert f'data-file="{nominate.PARTNERS}"' in body
    assert '<option value="P' not in body


def test_the_form_lets_people_be_what_the_schema_knows() -> None:
    field = load_shapes(SOFTWARE / "schema")["nomination"].at("relation")
    assert tuple(each for each, _ in RELATIONS) == field.choices


def test_sealing_costs_little(repository: Path) -> None:
    paths = [f"assets/suggest-{name}.js" for name in ("nominate", "seal")]
    scripts = [lean(path, (repository / "generator/theme" / path).read_bytes()) for path in paths]
    assert sum(len(gzip.compress(script, mtime=0)) for script in scripts) < 2_000


def test_search_engines_hear_of_it_only_where_nominations_are_taken() -> None:
    for rules, is_listed in ((Recognition(), False), (OPEN, True)):
        known = district(rules)
        assert next(nominate.units(known, TODAY, Deck(known, TODAY))).is_listed is is_listed


def test_the_last_day_still_counts() -> None:
    assert nominate.takes_nominations(district(window(date(2020, 1, 1), TODAY)), TODAY)
    assert not nominate.takes_nominations(district(window(date(2020, 1, 1), date(2020, 1, 2))), TODAY)


@pytest.fixture(scope="module")
def site(repository: Path, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """The address of the invented district's site, with rules for nominations."""
    folder = tmp_path_factory.mktemp("nominate")
    copy = Path(copytree(repository / CASE, folder / "district", ignore=ignore_patterns(".cache")))
    (copy / "district/recognition.yml").write_text(RULE_FILE, "utf-8")
    render(prepare(checked(copy), has_search=False), folder / "site")
    return serve(folder / "site")


@pytest.fixture
def opened(page: Page, site: str) -> Iterator[Callable[..., Page]]:
    """A function that opens the form; the test fails on any error and on any request to elsewhere."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith((site, "blob:")) else errors.append(sent.url))

    def go(language: str = "en", asked: str = "") -> Page:
        page.goto(f"{site}{language}/{PATH}{asked}")
        page.locator("[type=submit]").wait_for()
        return page

    yield go
    assert errors == []


def fill(page: Page, what: str = "They came.\n\n> every week\n---\n-- \nform: nomination") -> None:
    """A nomination with something in every field."""
    page.locator("#a-organization").fill(STRANGE)
    page.locator("#a-schools-0").select_option("flatonbanna-middle-school")
    page.locator("#a-what").fill(what)
    page.locator("#a-difference").fill("200 meals, every Friday.")
    page.locator("#a-nominator-name").fill("Neighbor One")
    page.locator("#a-nominator-email").fill("neighbor@example.org")
    page.locator("#a-nominator-phone").fill("(555) 555-0142")
    page.locator("#a-relation").select_option("neighbor")
    page.locator("#a-affiliated").check()
    page.locator("#a-may_ask").check()
    page.locator("[data-promise]").check()


def come(folder: Path, name: str, content: bytes) -> Arrival:
    """What staff take in of a file."""
    (folder / name).write_bytes(content)
    (found,) = arrivals(folder / name, desk())
    return found


WANTED: dict[str, Any] = {
    "form": "nomination",
    "language": "en",
    "organization": STRANGE,
    "schools": ["flatonbanna-middle-school"],
    "what": "They came.\n\n> every week\n---\n--\nform: nomination",
    "difference": "200 meals, every Friday.",
    "relation": "neighbor",
    "affiliated": True,
    "nominator": {"name": "Neighbor One", "email": "neighbor@example.org", "phone": "(555) 555-0142"},
    "may_ask": True,
}


@pytest.fixture
def without_cryptography(page: Page) -> None:
    """The page is as it would be if it were not served by https."""
    page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })")


@pytest.mark.browser
def test_what_nobody_sees_is_taken_out_of_what_was_pasted(opened: Callable[..., Page]) -> None:
    page = opened()
    fill(page, "\u200bRain\u202e or\u2028shine\ufeff \U0001f469\u200d\U0001f373")
    page.locator("#a-organization").fill("\u2066Partner\u2069 One\xad")
    page.locator("[type=submit]").click()
    page.locator("#dp-ways").wait_for()
    expect(page.locator("#a-what")).to_have_value("Rain or\nshine \U0001f469\u200d\U0001f373")
    expect(page.locator("#a-organization")).to_have_value("Partner One\xad")
    assert "Rain or\n  shine" in (page.locator("#dp-shown").text_content() or "")


@pytest.mark.browser
@pytest.mark.usefixtures("without_cryptography")
def test_file_and_e_mail_are_taken_in_as_they_were_written(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened()
    fill(page)
    page.locator("[type=submit]").click()
    ways = offered(page)
    name, text = downloaded(page)
    assert name.endswith(".nomination.yml")
    expect(page.get_by_text("This file is not sealed, for this page was not opened with https.")).to_be_visible()
    expect(page.get_by_role("button", name="Save a sealed file")).to_have_count(0)
    mail = urlsplit(ways["Send it by e-mail"])
    assert mail.path == "thanks@district.example.org"
    (body,) = parse_qs(mail.query)["body"]
    letter = EmailMessage()
    letter["From"] = "Neighbor One <neighbor@example.org>"
    letter.set_content(body.replace("\r\n", "\n"))
    for file, content in ((name, text.encode()), ("mail.txt", body.encode()), ("mail.eml", letter.as_bytes())):
        found = come(tmp_path, file, content)
        assert found.fault == ""
        assert {key: value for key, value in found.data.items() if key != "sent"} == WANTED
        assert str(found.data["sent"]).startswith("20")
    assert not any("issues" in address or "/new/" in address for address in ways.values())
    assert page.title().startswith("Thank a partner")


def saved(page: Page) -> tuple[str, bytes]:
    """Name and content of the sealed file."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save a sealed file").click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


@pytest.mark.browser
@pytest.mark.parametrize("make", [office, sealed_office], ids=["plain", "sealed"])
def test_what_the_browser_seals_goes_into_the_vault(make: Any, opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened()
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url.rpartition("/")[2]))
    fill(page)
    page.locator("[type=submit]").click()
    page.locator("#dp-ways").wait_for()
    expect(page.get_by_text("This e-mail is not sealed.")).to_be_visible()
    expect(page.locator("#dp-ways-list a[download]")).to_have_count(0)
    assert "suggest-seal.js" not in asked
    name, content = saved(page)
    assert re.fullmatch(r"nomination-20\d\d-\d\d-\d\d\.jwe", name)
    assert asked == ["suggest-seal.js"]
    mail = page.get_by_role("link", name="Write an e-mail, and attach the file")
    (body,) = parse_qs(urlsplit(mail.get_attribute("href") or "").query)["body"]
    assert body == f"The nomination is in the attached file: {name}"
    here: Office = make(tmp_path)
    here.do(lambda season: Change(act="key", by="cory", of="vault", files={key_path(PAIR["kid"]): dict(PAIR)}))
    (tmp_path / name).write_bytes(content)
    (found,) = arrivals(tmp_path / name, replace(desk(), keys=lambda: keys_of(here.vault())))
    assert (found.fault, found.place) == ("", name)
    assert {key: value for key, value in found.data.items() if key != "sent"} == WANTED
    assert here.take(found)[0].verdict == "taken"


@pytest.mark.browser
def test_both_sides_agree_on_the_key_of_rfc_7518(opened: Callable[..., Page]) -> None:
    """Appendix C: what Alice derives from her key of the moment and Bob's."""
    curve = {"kty": "EC", "crv": "P-256"}
    alice = (
        "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
        "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps",
        "0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo",
    )
    bob = ("weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ", "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck")
    derived = opened().evaluate(
        """async ([own, theirs]) => {
          const { agreed } = await import("/assets/suggest-seal.js");
          const curve = { name: "ECDH", namedCurve: "P-256" };
          const key = await crypto.subtle.importKey("jwk", own, curve, false, ["deriveBits"]);
          const other = await crypto.subtle.importKey("jwk", theirs, curve, false, []);
          const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, key, 256);
          return [...new Uint8Array(await agreed(secret, "A128GCM", 128, "Alice", "Bob"))];
        }""",
        [curve | dict(zip("xyd", key, strict=False)) for key in (alice, bob)],
    )
    assert urlsafe_b64encode(bytes(derived)) == b"VqqN6vgjbSBcIijNcacQGg=="


@pytest.mark.browser
def test_what_cannot_be_sealed_is_said_and_nothing_is_saved(opened: Callable[..., Page]) -> None:
    page = opened()
    page.route("**/suggest-seal.js", lambda route: route.abort())
    fill(page, "words " * 900)
    page.locator("[type=submit]").click()
    page.locator("#dp-ways").wait_for()
    seal = page.get_by_role("button", name="Save a sealed file")
    expect(seal).to_be_visible()
    expect(page.get_by_role("link", name="Send it by e-mail")).to_have_count(0)  # it is too long for that
    seal.click()
    page.get_by_text("The file could not be sealed. Please try again").wait_for()
    expect(page.get_by_role("link", name="Write an e-mail, and attach the file")).to_have_count(0)


def whom(page: Page, name: str) -> str | None:
    """The partner that a nomination is said to mean, by its short name."""
    page.locator("#a-organization").fill(name)
    page.locator("#a-what").fill("They came.")
    page.locator("[data-promise]").check()
    page.locator("[type=submit]").click()
    page.locator("#dp-ways").wait_for()
    found = re.search(r"^listed_as: (.+)$", page.locator("#dp-shown").text_content() or "", re.MULTILINE)
    return found and found[1]


@pytest.mark.browser
def test_a_partner_that_is_chosen_is_told_and_any_other_name_is_let_be(opened: Callable[..., Page]) -> None:
    page = opened()
    expect(page.locator('#dp-partners option[value="Nurirfolm Museum"]')).to_have_count(1)
    assert whom(page, "nurirfolm  museum ") == MUSEUM
    assert whom(page, "Nurirfolm Muse") is None
    opened(asked=f"?partner={MUSEUM}")
    assert whom(page, page.locator("#a-organization").input_value()) == MUSEUM


@pytest.mark.browser
def test_many_partners_are_asked_for_when_they_are_wanted(opened: Callable[..., Page], page: Page) -> None:
    def with_file(route: Route) -> None:
        text = re.sub(r"(?s)<datalist.*</datalist>", DATALIST, route.fetch().text())
        route.fulfill(body=text, content_type="text/html; charset=utf-8")

    names = {"one": "Hamburg Readers", "two": "قراء النهر", "three": "Twins", "four": "twins"}
    page.route(f"**/en/{PATH}", with_file)
    page.route("**/forms/partners.json", lambda route: route.fulfill(json=names))
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url.rpartition("/")[2]))
    opened()
    assert "partners.json" not in asked
    page.locator("#a-organization").focus()
    page.locator("#dp-partners option").nth(3).wait_for(state="attached")
    assert [whom(page, name) for name in names.values()] == ["one", "two", None, None]


@pytest.mark.browser
def test_a_child_is_warned_about_and_long_text_is_refused(opened: Callable[..., Page]) -> None:
    page = opened("es")
    fill(page, "We love Maya, 7, who comes every day.")
    page.locator("[type=submit]").click()
    page.locator("#dp-ways").wait_for()
    expect(page.locator("#dp-look li")).to_have_count(1)
    wrong = page.locator("#a-what-wrong")
    page.locator("#a-what").fill("Call 555-555-0142.")
    page.locator("[type=submit]").click()
    expect(wrong).to_have_text(re.compile(r"Quítelo\.$"))  # there is no other place for it
    page.locator("#a-what").fill("words " * 1_666)
    page.locator("[type=submit]").click()
    expect(wrong).to_contain_text("el máximo es")
    expect(page.locator("#a-what[aria-invalid=true]")).to_have_count(1)
    expect(page.locator("#dp-ways")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.usefixtures("without_cryptography")
def test_a_long_nomination_goes_as_a_file_that_is_attached(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened("ar")
    fill(page, "شكرًا لكم " * 500)
    page.locator("[type=submit]").click()
    page.locator("#dp-ways").wait_for()
    found = come(tmp_path, "x.nomination.yml", downloaded(page)[1].encode())
    assert (found.fault, found.data["language"]) == ("", "ar")
    assert found.data["what"] == ("شكرًا لكم " * 500).strip()
    assert "form%3A%20nomination" not in (page.locator('#dp-ways-list a[href^="mailto:"]').get_attribute("href") or "")


@pytest.mark.browser
def test_whom_to_thank_comes_from_the_partners_page_and_the_draft_can_go(
    opened: Callable[..., Page], page: Page, site: str
) -> None:
    page.goto(f"{site}en/partners/{MUSEUM}/")
    page.get_by_role("link", name="Thank this partner").click()
    name = page.locator("#a-organization")
    expect(name).to_have_value("Nurirfolm Museum")
    page.locator("#a-what").fill("They came.")
    page.get_by_text("Your draft is kept").wait_for()
    opened(asked=f"?partner={MUSEUM}")
    expect(page.locator("#a-what")).to_have_value("They came.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete the draft").press("Enter")
    expect(page.locator("#a-what")).to_have_value("")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('dp-draft')).length") == 0
    opened(asked="?partner=../../x%3Cscript%3E")
    expect(name).to_have_value("")


@pytest.mark.browser
def test_with_the_keyboard_alone_and_without_storage(opened: Callable[..., Page], page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })")
    opened()
    page.locator("#a-organization").focus()
    page.keyboard.type("Mill")
    for _ in range(4):  # the school, its two buttons, then what they did
        page.keyboard.press("Tab")
    expect(page.locator("#a-what")).to_be_focused()
    page.keyboard.type("They came.")
    page.get_by_text("This browser cannot keep a draft").wait_for()
    while page.evaluate("document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
        if page.evaluate("'promise' in document.activeElement.dataset"):
            page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#dp-ways-title")).to_be_focused()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_form_is_accessible_and_fits(opened: Callable[..., Page], page: Page, language: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    opened(language)
    page.locator("[type=submit]").click()
    expect(page.locator("#dp-faults h2")).to_be_focused()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_without_javascript_it_can_be_printed_and_people_are_named(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}en/{PATH}")
    expect(page.get_by_text("Without JavaScript, print this page")).to_be_visible()
    expect(page.locator("main").get_by_role("button")).to_have_count(0)
    expect(page.locator("main").get_by_role("link", name="thanks@district.example.org")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#a-what")).to_be_visible()
    context.close()
