"""The data dictionary page: complete, and its links lead somewhere."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.directory import Directory
from generator.languages import load_locale
from generator.model import Bounds, Contact, District
from generator.pages import dictionary
from generator.pages.dictionary import example
from generator.pages.page import Page
from generator.records.folders import KINDS
from generator.schema.shapes import Field, load_shapes
from generator.vocabulary import load_vocabularies
from tests.finder_district import rendered


@pytest.fixture(scope="module")
def directory(repository: Path) -> Directory:
    district = District(
        slug="district",
        name="Riverbend School District",
        short_name="Riverbend",
        department="Partnerships",
        time_zone="America/Los_Angeles",
        contacts=(Contact(role="Desk", email="desk@example.org"),),
        languages=("en", "ar"),
        bounds=Bounds(south=44, west=-140, north=44.2, east=-139.7),
    )
    return Directory(district=district, vocabularies=load_vocabularies(repository / "schema/vocabularies"))


@pytest.fixture(params=["en", "ar"])
def page(request: pytest.FixtureRequest, directory: Directory, repository: Path) -> Page:
    locale = load_locale(request.param, directory, repository / "translations")
    return rendered(dictionary.units, directory, locale)["data-dictionary/"]


class Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(html)
    return parser.found


def every(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from every(field.fields)


def test_address_and_frame(page: Page) -> None:
    assert (page.frame, page.rest, page.section) == ("list", "data-dictionary/", "about")


def test_every_kind_and_field_is_described(page: Page, repository: Path) -> None:
    shapes = load_shapes(repository / "schema")
    for kind in KINDS:
        assert f'id="{kind.name}"' in page.body
        for field in shapes[kind.name].fields:
            assert f'id="{kind.name}-{field.name}"' in page.body
        for field in every(shapes[kind.name].fields):
            assert f">{field.name}</code>" in page.body
            words = re.sub("[“”\"'&<>].*", "", field.description)  # the beginning, up to what HTML escapes
            assert words in page.body


def test_every_term_is_listed(page: Page, directory: Directory) -> None:
    for vocabulary in directory.vocabularies.values():
        assert f'id="list-{vocabulary.name}"' in page.body
        for term in vocabulary.terms:
            assert f">{term.id}</code>" in page.body


def test_ids_are_unique_and_links_lead_to_them(page: Page) -> None:
    found = elements(page.body)
    ids = Counter(attributes["id"] for _, attributes in found if "id" in attributes)
    targets = {str(attributes["href"])[1:] for tag, attributes in found if tag == "a"}
    assert [name for name, count in ids.items() if count > 1] == []
    assert targets and targets <= set(ids)


def test_english_is_marked_in_other_languages(page: Page) -> None:
    description = "Year in which it began."
    marked = f'<span lang="en" dir="ltr">{description}</span>'
    assert (marked in page.body) is (page.language != "en")
    assert description in page.body


def test_what_several_kinds_share_is_shown_once(page: Page) -> None:
    assert 'id="part-contacts-role"' in page.body
    assert 'id="partner-contacts-role"' not in page.body
    assert 'href="#part-contacts"' in page.body


def test_examples_are_yaml() -> None:
    field = Field(name="grades", form="group", description="", examples=({"from": "K"},))
    assert example(field) == "grades: {from: K}"
    assert (
        example(Field(name="focus", form="term", description="", examples=(["food", "arts"],))) == "focus: [food, arts]"
    )
    assert example(Field(name="note", form="line", description="")) == ""
