"""Printing: a page is written once for all languages, from nothing but its view and the words it names."""

import gc
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import BuiltinFunctionType, FunctionType, ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import catalogue
from generator.directory import Directory, Translation
from generator.languages import fingerprint
from generator.model import Cost, Grades, Partner, When, Where
from generator.pages import browse, finder, partners, saying, schools
from generator.pages.cards import Deck
from generator.pages.unit import Unit
from generator.press import ALWAYS
from generator.words.texts import texts_of
from tests.finder_district import OAK, TODAY, directory, partner, press, program, school, session
from tests.printing import LANGUAGES, by_place, case, case_units, spoken

Translations = Mapping[tuple[str, str, str], Translation]
"""By (language, record's address, path)."""


# --- In every language the same decisions ---


def silent_units() -> tuple[Unit, ...]:
    """Every page but those that speak to readers of all languages of the site, in the site's order of them."""
    return tuple(unit for unit in case_units() if unit.page and not SPEAKS_TO_ALL.fullmatch(unit.address))


SPEAKS_TO_ALL = re.compile(r"404\.html|schools/[^/]+/embed/|calendars/.+")


def test_no_page_depends_on_which_language_came_first() -> None:
    units = silent_units()
    wanted = by_place(press(case(), *spoken(case(), "en", "es", "ar")), units)
    assert by_place(press(case(), *spoken(case(), "es", "en", "ar")), units) == wanted
    assert by_place(press(case(), *spoken(case(), "ar", "es", "en")), units) == wanted
    assert len(wanted) == 3 * len(units) > 2 * len(case_units())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_alone_is_as_among_others(language: str) -> None:
    together = by_place(press(case(), *spoken(case(), *LANGUAGES)), silent_units())
    alone = by_place(press(case(), *spoken(case(), language)), silent_units())
    assert alone == {place: page for place, page in together.items() if place[0] == language}


NAMES = st.text(alphabet="ab <>&\"'%(){}é学م", min_size=1, max_size=9)
COSTS = (None, Cost(kind="free"), Cost(kind="fee", amount=2.5, per="week", help="Ask & <see>."))
TIMES = (When(), When(seasons=("summer", "school-year")), When(sessions=(session("mon", "tue", "wed", opens="15:30"),)))
PROGRAMS = st.fixed_dictionaries(
    {
        "name": NAMES,
        "summary": NAMES,
        "cost": st.sampled_from(COSTS),
        "grades": st.sampled_from((None, Grades(first="K", last="5"))),
        "audience": st.sampled_from(((), ("caregivers", "educators"))),
        "languages": st.sampled_from(((), ("en", "so"))),
        "bring": st.lists(NAMES, max_size=2).map(tuple),
        "when": st.sampled_from(TIMES),
        "where": st.sampled_from((Where(), Where(schools=("oak",)), Where(schools=("oak",), online=True))),
    }
)
PARTNERS = st.builds(
    lambda programs, **fields: partner("river", *(program(f"p{n}", **p) for n, p in enumerate(programs)), **fields),
    st.lists(PROGRAMS, max_size=3),
    name=NAMES,
    summary=NAMES,
    description=st.one_of(st.just(""), NAMES),
    regions=st.sampled_from(((), ("south", "north"))),
)
STATES = st.sampled_from(("", "human", "machine", "stale"))


class Printers:
    """Presses for all languages at once and for each alone, which find the translations of the moment."""

    def __init__(self) -> None:
        self.known: Translations = {}
        whole = directory(())
        here = [replace(each, translation=self.translation) for each in spoken(whole, *LANGUAGES)]
        self.together = press(whole, *here)
        self.alone = tuple(press(whole, each) for each in here)

    def translation(self, language: str, record: str, path: str) -> Translation | None:
        """See Directory."""
        return self.known.get((language, record, path))

    def forget(self) -> None:
        """No page is remembered."""
        for printer in (self.together, *self.alone):
            printer.slots.forget()


@pytest.fixture(scope="module")
def printers() -> Printers:
    """The presses, whose templates are compiled once."""
    return Printers()


def translated(given: Partner, states: Iterator[str]) -> Iterator[tuple[tuple[str, str, str], Translation]]:
    """Translations of some of a partner's texts."""
    for language in ("es", "ar"):
        for text in texts_of(given):
            if state := next(states):
                source = "00000000" if state == "stale" else fingerprint(text.english)
                words = f"<{language}> {text.english}"
                by = "human" if state == "stale" else state
                yield (language, "partners/river", text.path), Translation(text=words, source=source, by=by, on=TODAY)


@given(partner=PARTNERS, data=st.data())
@settings(max_examples=25)
def test_any_partner_is_the_same_together_and_alone(printers: Printers, partner: Partner, data: st.DataObject) -> None:
    whole = directory((partner,), (school("oak", OAK, "south"),))
    printers.known = dict(translated(partner, iter(lambda: data.draw(STATES), None)))  # type: ignore[arg-type]
    printers.forget()
    deck = Deck(whole, TODAY)
    units = [unit for module in (partners, schools, finder, browse) for unit in module.units(whole, TODAY, deck)]
    together = by_place(printers.together, units)
    for printer, language in zip(printers.alone, LANGUAGES, strict=True):
        alone = by_place(printer, units)
        assert alone == {place: page for place, page in together.items() if place[0] == language}


# --- A view is all that a page knows ---


def test_a_page_knows_nothing_but_its_view_and_the_words_it_names() -> None:
    wanted = by_place(press(case(), *spoken(case(), *LANGUAGES)), case_units())
    allowed: set[str] = set()

    def translation(language: str, record: str, path: str) -> Translation | None:
        assert record in allowed, f"{record} is asked for"
        return case().translation(language, record, path)

    here = [replace(each, translation=translation) for each in spoken(case(), *LANGUAGES)]
    printer = press(case(), *here)
    for unit in case_units():
        printer.slots.forget()  # a card that another page left could hide what this one asks for
        allowed.clear()
        allowed.update(unit.speaks, ALWAYS)
        for place, page in by_place(printer, [unit]).items():
            assert page == wanted[place]


def test_no_view_holds_the_directory() -> None:
    for unit in case_units():
        assert getattr(unit.page, "__closure__", None) is None
        assert not any(isinstance(thing, Directory) for thing in reached(unit.view)), unit.address


def reached(start: object) -> Iterator[object]:
    """Everything that can be reached from a value, modules, classes and functions left out."""
    seen: dict[int, object] = {}
    waiting = [start]
    while waiting:
        thing = waiting.pop()
        if id(thing) not in seen and not isinstance(thing, type | ModuleType | FunctionType | BuiltinFunctionType):
            seen[id(thing)] = thing
            waiting.extend(gc.get_referents(thing))
    return iter(seen.values())


def test_a_page_that_shows_words_it_does_not_name_is_refused() -> None:
    printer = press(case(), *spoken(case(), "es"))
    units = [unit for unit in case_units() if set(unit.speaks) - ALWAYS]
    assert len(units) > 100
    for unit in units:
        printer.slots.forget()
        with pytest.raises(AssertionError, match=f"^{unit.address} shows words of .* and does not say so$"):
            tuple(printer.pages(replace(unit, speaks=())))


MESSAGES = (saying.message, saying.filled, saying.translation, saying.quoted, saying.number_of)


def test_every_message_of_a_page_is_one_that_translators_are_asked_for() -> None:
    printer = press(case(), *spoken(case(), "en"))
    by_place(printer, case_units())
    said = {slot.values[0] for slot in printer.slots.slots if slot.say in MESSAGES}
    assert len(said) > 150
    english = {message.id[0] if message.pluralizable else message.id for message in catalogue.template()}
    assert said - english == set()
