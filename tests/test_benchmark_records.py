"""The Hugo that works from the records: what it is given, and, where it is installed, that it says what ours says."""

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from benchmarks.builds import REPOSITORY
from benchmarks.peers import frame, hugo_lists, hugo_records, lists
from benchmarks.peers.hugo_records import HUGO_RECORDS
from benchmarks.peers.install import Installed, provide
from benchmarks.peers.merged import plain
from benchmarks.peers.messages import MESSAGES, NUMBERED, far, forms, joints, month_layout
from benchmarks.peers.peer import Contents
from benchmarks.peers.tables import tables
from benchmarks.process import run
from generator.directory import MILE_KM
from generator.languages import Locale, load_locale
from generator.model import Partner
from generator.pages import facts
from generator.pages.schools import NEAREST
from tests.invented import setting, write_district

TWO = ("en", "es")
TAG = re.compile(r"<[^>]+>")
SAID = re.compile(r'\bT "(\w+)"')
COMPUTED = {"checked_partner", "checked_staff", "note_machine", "note_stale"} | {
    *("principal_approval", "background_checks", "insurance", "data_agreement", "annual_report"),
    *("students", "low_income", "english_learners", "students_with_disabilities", "homeless"),
}
"""Words whose names the layouts put together."""


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    folder = write_district(tmp_path_factory.mktemp("district"), setting(partners=8, schools=6, languages=TWO))
    return Contents(folder=folder, languages=TWO)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, contents: Contents) -> Path:
    """The folder with the project."""
    folder = tmp_path_factory.mktemp("projects")
    HUGO_RECORDS.write(folder, contents)
    return folder / HUGO_RECORDS.home


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    """The folder with what Hugo makes of it."""
    tool = provide(HUGO_RECORDS.tool, REPOSITORY / ".cache/peers", may_install=False)
    if not isinstance(tool, Installed):
        pytest.skip(f"{HUGO_RECORDS.name}: {tool.reason}")
    done = run((*tool.command, *HUGO_RECORDS.arguments), folder=project, limit_s=60)
    assert (done.fault, done.output.strip()) == ("", "")
    return project / HUGO_RECORDS.output


def read(project: Path, path: str) -> tuple[dict, str]:
    """The front matter and the body of a content file."""
    _, front, body = (project / "content" / path).read_text("utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def records(contents: Contents) -> Iterator[tuple[str, dict]]:
    """Every route with its record as its file says it."""
    for partner in contents.records.partners:
        yield f"partners/{partner.slug}", plain(partner)
        yield from ((f"partners/{partner.slug}/{program.slug}", plain(program)) for program in partner.programs)
    yield from ((f"schools/{school.slug}", plain(school)) for school in contents.records.schools)


def test_each_record_has_a_file_for_each_language(project: Path, contents: Contents) -> None:
    found = {path.relative_to(project / "content").as_posix() for path in (project / "content").rglob("*.md")}
    assert found == {f"{language}/{route}.md" for language in TWO for route, _ in records(contents)}
    assert len(found) == contents.pages


def test_english_front_matter_is_the_record_as_it_is(project: Path, contents: Contents) -> None:
    for route, record in records(contents):
        given, about = read(project, f"en/{route}.md")
        programs = record.pop("programs", [])
        assert about.strip() == record.pop("description", "").strip()
        assert {"slug": record["slug"], **given["record"]} == record
        assert given["title"] == record["name"]
        assert (given["english"], given["doubts"]) == ({}, [])
        assert given["programs"] == [program["slug"] for program in programs]


def test_values_are_raw(project: Path, contents: Contents) -> None:
    programs = [read(project, f"en/{route}.md")[0]["record"] for route, _ in records(contents) if route.count("/") == 2]
    assert any(isinstance(p["cost"]["amount"], float) for p in programs if "amount" in p.get("cost", {}))
    assert all(isinstance(p["status"]["as_of"], date) for p in programs if "status" in p)
    assert {kind for p in programs if (kind := p.get("cost", {}).get("kind"))} <= {"free", "sliding", "fee", "varies"}
    assert not any("card" in program or "facts" in program for program in programs)


def test_words_of_a_language_stand_in_the_record_and_english_ones_are_told(project: Path, contents: Contents) -> None:
    (spanish,) = (locale for locale in contents.locales if locale.language == "es")
    translated = stood_in = 0
    for partner in contents.records.partners:
        given, _ = read(project, f"es/partners/{partner.slug}.md")
        said = spanish.words(f"partners/{partner.slug}", "summary", partner.summary)
        assert given["record"]["summary"] == said.text
        assert ("summary" in given["english"]) == (said.language == "en")
        for number, contact in enumerate(partner.contacts):
            path = f"contacts/{number}/role"
            said = spanish.words(f"partners/{partner.slug}", path, contact.role, is_critical=True)
            assert given["record"]["contacts"][number]["role"] == said.text
            assert given["english"].get(path) == (said.state if said.language == "en" else None)
        translated += "summary" not in given["english"]
        stood_in += len(given["english"])
    assert translated
    assert stood_in


def test_lists_are_made_from_values_and_days(project: Path, contents: Contents) -> None:
    known = lists.entries(contents.deck)
    taxonomies = set(hugo_lists.settings(contents)["taxonomies"])
    for route, _ in records(contents):
        given, _ = read(project, f"en/{route}.md")
        assert taxonomies & set(given) == (taxonomies if route in known else set())
        assert not {"weight", "card"} & set(given)
    for offer, _ in contents.deck.listed:
        given, _ = read(project, f"en/partners/{offer.route}.md")
        checked = offer.partner.verified
        assert given.get("date") == (checked.on.isoformat() if checked else None)


def test_layouts_say_all_words_and_no_others(project: Path) -> None:
    layouts = (project / "layouts").rglob("*.html")
    used = {word for path in layouts for word in SAID.findall(path.read_text("utf-8"))}
    said = json.loads((project / "i18n/es.json").read_text("utf-8"))
    assert used - set(said) == set()
    assert {*MESSAGES, *NUMBERED} - used - COMPUTED == set()
    assert set(MESSAGES) & {*frame.WORDS, *hugo_lists.WORDS} == set()
    assert not any("%(" in text for text in said.values() if isinstance(text, str))


def test_partials_exist_and_are_used(project: Path) -> None:
    text = "".join(path.read_text("utf-8") for path in (project / "layouts").rglob("*.html"))
    used = set(re.findall(r'\bpartial(?:Cached)? "([\w-]+\.html)"', text))
    assert used == {path.name for path in (project / "layouts/_partials").glob("*.html")}


def test_every_term_has_a_label_and_a_place(contents: Contents) -> None:
    english, spanish = (tables(contents.deck.directory, locale) for locale in contents.locales)
    days = english["terms"]["days"]
    assert [day["label"] for day in sorted(days.values(), key=lambda day: day["order"])][:2] == ["Monday", "Tuesday"]
    assert spanish["terms"]["days"]["mon"]["label"] != days["mon"]["label"]
    grade = english["facets"]["grade"]
    orders = [value["order"] for value in grade["values"].values()]
    assert grade["values"]["ask"]["order"] >= len(english["terms"]["grades"])
    assert sorted(orders) == orders
    assert set(english["facets"]) == set(hugo_lists.settings(contents)["taxonomies"])


@pytest.mark.parametrize(
    ("language", "month", "pair", "one"),
    [
        ("en", "January 2006", "%s and %s", "%(count)s mile"),
        ("es", "January de 2006", "%s y %s", "%(count)s milla"),
        ("so", "January 2006", "%s iyo %s", "%(count)s meyl"),
        ("zh-Hant", "2006年1月", "%s和%s", "%(count)s mile"),
    ],
)
def test_forms_of_a_language(contents: Contents, language: str, month: str, pair: str, one: str) -> None:
    locale = load_locale(language, contents.deck.directory, contents.project.catalogues)
    assert (month_layout(locale), joints(locale)["list_pair"], far(locale, 1)) == (month, pair, one)


def test_plural_forms_have_hugos_names(contents: Contents) -> None:
    arabic = load_locale("ar", contents.deck.directory, contents.project.catalogues)
    assert set(forms(arabic, str)) == {"zero", "one", "two", "few", "many", "other"}
    english = contents.locales[0]
    assert forms(english, lambda n: "%(count)s dog" if n == 1 else "%(count)s dogs") == {
        "one": "{{ .total }} dog",
        "other": "{{ .total }} dogs",
    }


def words(site: Path, language: str, route: str) -> str:
    """What the main part of a page says, without spaces around elements."""
    text = (site / language / route / "index.html").read_text("utf-8").partition("<main")[2].partition("</main")[0]
    return html.unescape(TAG.sub("", text))


def told(locale: Locale, partner: Partner, number: int) -> Iterator[str]:
    """What our own page of a program says of it."""
    program = partner.programs[number]
    yield from facts.who_words(locale, program.grades, program.ages, program.audience)
    yield from facts.when_words(locale, program.when)
    yield from facts.language_words(locale, program.languages, program.interpretation)
    yield locale.listed(locale.terms("access", program.access)) if program.access else ""
    yield facts.cost_words(locale, program.cost) if program.cost else ""
    yield locale.date(program.status.as_of) if program.status else ""
    yield locale.month(partner.verified.on) if partner.verified else ""
    for session in program.when.sessions:
        yield facts.day_words(locale, session.days)
        yield facts.span_words(locale, session.starts, session.ends)


def test_hugo_finds_the_same_facts(site: Path, contents: Contents) -> None:
    found = 0
    for locale in contents.locales:
        for partner in contents.records.partners:
            for number, program in enumerate(partner.programs):
                page = words(site, locale.language, f"partners/{partner.slug}/{program.slug}")
                wanted = tuple(filter(None, told(locale, partner, number)))
                assert [text for text in wanted if text not in page] == []
                found += len(wanted)
    assert found


def test_hugo_finds_the_programs_near_a_school(site: Path, contents: Contents) -> None:
    directory, found = contents.deck.directory, 0
    for school in directory.schools.values():
        page = (site / "en/schools" / school.slug / "index.html").read_text("utf-8")
        near = page.partition('id="near"')[2].partition("</section>")[0]
        wanted = [n for n in directory.nearest(school, within_km=MILE_KM) if contents.deck.is_listed(n.offer)]
        shown = re.findall(r'<h3 class="dp-card__name"><a href="/en/partners/([^"]+)/">', near)
        assert set(shown) == {each.offer.route for each in wanted[:NEAREST]}
        found += len(wanted)
    assert found


def test_no_page_shows_what_a_template_could_not_say(site: Path) -> None:
    pages = tuple(site.rglob("index.html"))
    assert pages
    for page in pages:
        assert not re.search(r"no value|ZgotmplZ|%!|&lt;nil", page.read_text("utf-8")), page


def test_settings_name_each_locale(contents: Contents) -> None:
    languages = hugo_records.settings(contents)["languages"]
    assert {code: each["locale"] for code, each in languages.items()} == {"en": "en-US", "es": "es-US"}
