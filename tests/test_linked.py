"""What search engines are told: true in every language, and never able to leave the element that it stands in."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from generator.audit.pages import page_problems
from generator.directory import Directory
from generator.languages import fingerprint
from generator.model import (
    Ages,
    Contact,
    Cost,
    Event,
    Grades,
    Partner,
    Partnership,
    Place,
    Session,
    When,
    Where,
)
from generator.pages import events, partners, schools
from generator.pages.data import harmless
from generator.pages.page import Page
from generator.words.translations import Translation
from tests.finder_district import OAK, SOURCES, directory, locale, partner, program, rendered, school

POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
SITE = "https://partners.example.org/riverbend"
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    "{{ 7 * 7 }} {% raw %}",
    "\\u003c/script>",
    '"}, {"@type": "Person',
    "\u2028\u2029&lt;",
)


class Scripts(HTMLParser):
    """Every script of a page, with its attributes and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str | None], str]] = []
        self.is_inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a script."""
        self.is_inside = tag == "script"
        self.found += [(dict(attrs), "")] if self.is_inside else []

    def handle_endtag(self, tag: str) -> None:
        """End whatever it was."""
        self.is_inside = False

    def handle_data(self, data: str) -> None:
        """Gather the text of a script."""
        if self.is_inside:
            attributes, before = self.found.pop()
            self.found.append((attributes, before + data))


def data_of(page: Page) -> dict[str, Any]:
    """The one block of data in a page's head, read by another reader than its writer."""
    ((attributes, text),) = Scripts(page.head).found
    assert attributes == {"type": "application/ld+json"}
    found: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    assert found["@context"] == "https://schema.org"
    return found


def whole(*partners: Partner, site: str = SITE, **fields: Any) -> Directory:
    """A district whose site has an address."""
    known = directory(partners, (school("oak", OAK, address="1 Mill Road"),), **fields)
    return replace(known, district=structs.replace(known.district, site_url=site))


def a_program(**fields: Any) -> dict[str, Any]:
    """The data of a program of which this is known."""
    pages = rendered(partners.units, whole(partner("river-kitchen", program("weekend-bags", **fields))))
    return data_of(pages["partners/river-kitchen/weekend-bags/"])


texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1),
    st.lists(st.sampled_from((*HOSTILE, "<", ">", "&", '"', "'", "\\", "/", "script", "--", "!", " ")), min_size=1).map(
        "".join
    ),
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(name=texts, summary=texts, label=texts, language=st.sampled_from(("en", "ar")))
def test_no_record_breaks_out_of_its_data(name: str, summary: str, label: str, language: str) -> None:
    club = program("club", name=name, summary=summary, where=Where(places=(Place(name=label, address=label),)))
    pages = rendered(partners.units, whole(partner("a", club, name=label, summary=summary)), language)
    said = summary if language == "en" else {"@language": "en", "@value": summary}
    about = data_of(pages["partners/a/club/"])
    assert (about["name"], about["description"], about["provider"]["name"]) == (name, said, label)
    assert about["availableChannel"]["serviceLocation"][0]["address"] == label
    about = data_of(pages["partners/a/"])
    assert (about["name"], about["description"]) == (label, said)
    assert list(page_problems("page.html", POLICY + pages["partners/a/club/"].head)) == []


@given(st.recursive(st.none() | st.floats() | texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner)))
def test_data_hold_no_sign_that_ends_a_script_and_no_number_that_is_none(value: Any) -> None:
    text = harmless(value)
    assert not set("<>&\u2028\u2029") & set(text)
    json.loads(text, parse_constant=pytest.fail)


def test_a_partner() -> None:
    contacts = (Contact(role="Front desk", name="Ann Example", phone="555-0100", languages=("en", "so")),)
    known = partner(
        "river-kitchen",
        kind="public-agency",
        also_known_as=("The Kitchen",),
        website="https://kitchen.example.org/",
        founded=1998,
        logo="river-kitchen.png",
        logo_alt="A pot",
        contacts=contacts,
        partnership=Partnership(district_wide=True),
    )
    assert data_of(rendered(partners.units, whole(known))["partners/river-kitchen/"]) == {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "@id": f"{SITE}/en/partners/river-kitchen/#about",
        "name": "River Kitchen",
        "alternateName": ["The Kitchen"],
        "description": "River Kitchen helps.",
        "url": "https://kitchen.example.org/",
        "logo": f"{SITE}/media/partners/logos/river-kitchen.png",
        "foundingDate": "1998",
        "areaServed": {"@type": "AdministrativeArea", "name": "Riverbend Public Schools"},
        "contactPoint": [
            {
                "@type": "ContactPoint",
                "contactType": "Front desk",
                "telephone": "555-0100",
                "availableLanguage": ["en", "so"],
            }
        ],
        "mainEntityOfPage": {
            "@type": "WebPage",
            "@id": f"{SITE}/en/partners/river-kitchen/",
            "inLanguage": "en",
        },
    }


def test_a_program() -> None:
    about = a_program(
        focus=("food",),
        grades=Grades(first="K", last="5"),
        ages=Ages(youngest=5),
        audience=("families",),
        cost=Cost(kind="fee", amount=12.5, per="week"),
        languages=("en", "ase"),
        when=When(sessions=(Session(days=("mon", "fri"), opens="15:30", closes="17:00", starts=date(2026, 9, 8)),)),
        where=Where(schools=("oak",), places=(Place(name="Old Mill", latitude=45.1, longitude=-100.0),)),
    )
    assert about["@type"] == "Service"
    assert about["serviceType"] == ["Food"]
    assert about["provider"] == {
        "@type": "Organization",
        "@id": f"{SITE}/en/partners/river-kitchen/#about",
        "name": "River Kitchen",
    }
    assert about["audience"] == {
        "@type": "PeopleAudience",
        "audienceType": ["Kindergarten to Grade 5", "Families"],
        "suggestedMinAge": 5,
    }
    assert about["availableLanguage"] == ["en", "ase"]
    assert about["offers"]["priceSpecification"] == {
        "@type": "UnitPriceSpecification",
        "price": "12.50",
        "priceCurrency": "USD",
        "unitText": "a week",
    }
    assert about["hoursAvailable"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": ["Monday", "Friday"],
            "opens": "15:30",
            "closes": "17:00",
            "validFrom": "2026-09-08",
        }
    ]
    places = about["availableChannel"]["serviceLocation"]
    assert [(place["@type"], place["name"]) for place in places] == [
        ("ElementarySchool", "Oak Elementary"),
        ("Place", "Old Mill"),
    ]


@pytest.mark.parametrize(
    ("cost", "offer"),
    [
        (Cost(kind="free"), {"price": "0", "priceCurrency": "USD"}),
        (Cost(kind="fee", amount=25), {"price": "25", "priceCurrency": "USD"}),
        (Cost(kind="fee", amount=1_000_000), {"price": "1000000", "priceCurrency": "USD"}),
        (Cost(kind="fee"), {"description": "You pay a fee"}),
        (Cost(kind="sliding", amount=25), {"description": "Pay what you can"}),
        (Cost(kind="varies"), {"description": "It depends"}),
    ],
)
def test_a_price_is_told_only_where_it_is_the_same_for_all(cost: Cost, offer: dict[str, str]) -> None:
    assert a_program(cost=cost)["offers"] == {"@type": "Offer", **offer}


def test_nothing_is_told_that_nobody_knows() -> None:
    about = a_program(focus=())
    assert set(about) == {
        "@context", "@type", "@id", "name", "description", "provider", "areaServed", "mainEntityOfPage",
    }  # fmt: skip


def test_words_are_of_the_language_of_the_page_or_say_of_which() -> None:
    summary = "Ropa y comida."
    spoken = Translation(
        text=summary, source=fingerprint("Weekend bags in Riverbend."), by="human", on=date(2026, 9, 1)
    )
    known = whole(
        partner("river-kitchen", program("weekend-bags", focus=("food",))),
        translations={("es", "partners/river-kitchen"): {"programs/weekend-bags/summary": spoken}},
    )
    spanish = locale(known, "es", Path(__file__).parent.parent / "translations")
    pages = rendered(partners.units, known, spanish)
    about = data_of(pages["partners/river-kitchen/weekend-bags/"])
    assert about["description"] == summary
    assert about["serviceType"] == [spanish.term("focus-areas", "food")] != ["Food"]
    assert about["mainEntityOfPage"]["inLanguage"] == "es"
    assert about["mainEntityOfPage"]["@id"] == f"{SITE}/es/partners/river-kitchen/weekend-bags/"
    assert about["@id"] == f"{SITE}/en/partners/river-kitchen/weekend-bags/#about"
    partner_data = data_of(pages["partners/river-kitchen/"])
    assert partner_data["description"] == {"@language": "en", "@value": "River Kitchen helps."}


def test_without_an_address_of_the_site_nothing_claims_one() -> None:
    pages = rendered(partners.units, whole(partner("a", program("b"), logo="a.png", logo_alt="A"), site=""))
    for page in (pages["partners/a/"], pages["partners/a/b/"]):
        assert "@id" not in data_of(page)
        assert data_of(page)["mainEntityOfPage"] == {"@type": "WebPage", "inLanguage": "en"}
    assert "logo" not in data_of(pages["partners/a/"])


def test_what_a_former_partner_did_is_no_offer_any_more() -> None:
    pages = rendered(partners.units, whole(partner("a", program("b"), partnership=Partnership(status="ended"))))
    assert "ld+json" not in pages["partners/a/b/"].head
    assert data_of(pages["partners/a/"])["name"] == "A"


def an_event(**fields: Any) -> dict[str, Any]:
    """The data of an event of which this is known."""
    known = {"slug": "night", "title": "Family night", "summary": "Come and eat.", "kind": "workshop"}
    event = Event(**{**known, "starts": "2026-11-02T17:30", "sources": SOURCES, **fields})
    held = replace(whole(partner("a")), events=MappingProxyType({"night": event}))
    return data_of(rendered(events.units, held)["events/night/"])


def test_an_event_is_at_a_time_that_holds_everywhere() -> None:
    about = an_event(ends="2026-11-02T19:00", place=Place(name="Hall"), languages=("en",), partners=("a",))
    assert (about["@type"], about["name"]) == ("Event", "Family night")
    assert (about["startDate"], about["endDate"]) == ("2026-11-02T17:30-06:00", "2026-11-02T19:00-06:00")
    assert an_event(starts="2026-07-01T09:00")["startDate"] == "2026-07-01T09:00-05:00"
    assert about["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert about["location"] == [{"@type": "Place", "name": "Hall"}]
    assert about["contributor"] == [{"@type": "Organization", "name": "A"}]


@pytest.mark.parametrize(
    ("fields", "mode"),
    [
        ({"online": "https://meet.example.org/1"}, "Online"),
        ({"online": "https://meet.example.org/1", "place": Place(name="Hall")}, "Mixed"),
    ],
)
def test_where_an_event_can_be_met(fields: dict[str, Any], mode: str) -> None:
    about = an_event(**fields)
    assert about["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert about["location"][-1] == {"@type": "VirtualLocation", "url": "https://meet.example.org/1"}


def test_nobody_is_told_where_an_event_is_that_says_no_place() -> None:
    assert not {"location", "eventAttendanceMode"} & set(an_event())


def test_a_school() -> None:
    about = data_of(rendered(schools.units, whole())["schools/oak/"])
    assert (about["@type"], about["name"], about["address"]) == ("ElementarySchool", "Oak Elementary", "1 Mill Road")
    assert about["geo"] == {"@type": "GeoCoordinates", "latitude": OAK[0], "longitude": OAK[1]}
    assert about["parentOrganization"]["name"] == "Riverbend Public Schools"


def test_every_page_of_a_record_has_its_data_and_no_other_script(riverbend_site: Path) -> None:
    kinds: dict[str, set[str]] = {}
    for path in riverbend_site.glob("*/*/**/index.html"):
        html = path.read_text("utf-8")
        for attributes, text in Scripts(html).found:
            if "src" not in attributes:
                assert attributes == {"type": "application/ld+json"}
                section = path.relative_to(riverbend_site).parts[1]
                kinds.setdefault(section, set()).add(json.loads(text)["@type"])
                assert re.search(r"[<>&]", text) is None
    assert set(kinds) == {"partners", "schools", "events", "recognition"}
    assert kinds["recognition"] == {"Article"}
    assert kinds["events"] == {"Event"}
    assert "Service" in kinds["partners"]
