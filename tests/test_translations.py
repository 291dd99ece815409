"""What a reader in another language is told of the words on a page: whose they are, and which stand in English."""

from datetime import date

import pytest

from generator.directory import Directory
from generator.folders import KINDS
from generator.languages import Locale, Words, fingerprint
from generator.model import Step
from generator.pages import finder, partners
from generator.pages.render import spoken_environment
from generator.search.facets import FACETS, label, values
from generator.texts import TEXTS, texts_of
from generator.translations import Translation
from tests.finder_district import directory, locale, partner, program, rendered

UNTRANSLATED = "nobody has translated them yet"
UNCHECKED = "nobody has checked their translation yet"
MACHINE = "A computer translated parts"
STALE = "has changed since it was translated"


def note(*words: Words) -> str:
    """The note on a Spanish page with these words."""
    return str(spoken_environment(spanish()).get_template("spoken.html").module.translation_note(words))  # type: ignore[attr-defined]


def spanish(whole: Directory | None = None) -> Locale:
    """Spanish."""
    return locale(whole or directory([]), "es")


DAY = date(2026, 9, 1)
WHERE = ("es", "district/district")
REGION = next(facet for facet in FACETS if facet.key == "region")
NOTES = {
    ("es", "human"): (),
    ("es", "reviewed"): (),
    ("es", "machine"): (MACHINE,),
    ("es", "stale"): (STALE,),
    ("en", "missing"): (UNTRANSLATED,),
    ("en", "machine"): (UNCHECKED,),
    ("en", "stale"): (UNCHECKED,),
}


@pytest.mark.parametrize(("language", "state"), NOTES)
def test_a_note_tells_what_is_shown(language: str, state: str) -> None:
    own = Words(text="Leemos.", language="es", state="human")
    shown = note(own, Words(text="…", language=language, state=state))
    told = {sentence for sentence in (UNTRANSLATED, UNCHECKED, MACHINE, STALE) if sentence in shown}
    assert told == set(NOTES[language, state])


def translated(english: str, by: str) -> Translation:
    """Spanish words for an English text."""
    return Translation(text="Leemos.", source=fingerprint(english), by=by, on=date(2026, 9, 1))


def test_a_machine_made_step_is_english_and_said_to_be() -> None:
    given = partner("river-kitchen", program("weekend-bags", join=(Step(do="Call us."),)))
    (field,) = (text for text in texts_of(given) if text.path.endswith("join/0/do"))
    fields = {text.path: translated(text.english, "human") for text in texts_of(given)}
    fields[field.path] = translated(field.english, "machine")
    whole = directory([given], translations={("es", f"partners/{given.slug}"): fields})
    words = spanish(whole).words(f"partners/{given.slug}", field.path, field.english, is_critical=True)
    assert (words.text, words.language, words.state) == ("Call us.", "en", "machine")
    assert UNCHECKED in note(words)
    assert MACHINE not in note(words)


def test_every_kind_of_record_says_what_it_has_to_translate() -> None:
    assert set(TEXTS) == {kind.record for kind in KINDS}


def test_a_region_is_told_in_the_readers_language() -> None:
    there = {"regions/south/name": Translation(text="Lado sur", source=fingerprint("South side"), by="human", on=DAY)}
    given = partner("river-kitchen", program("tea"), regions=("south", "north"))
    whole = directory([given], translations={WHERE: there})
    here = spanish(whole)
    south, north = (value for value in values(REGION, whole) if value.region)
    assert (label(here, south), label(here, north)) == ("Lado sur", "North side")
    body = rendered(partners.units, whole, "es")["partners/river-kitchen/"].body
    assert "<dd>Lado sur</dd>" in body
    assert '<dd><span lang="en" dir="ltr">North side</span></dd>' in body
    body = rendered(finder.units, whole, "es")["find/"].body
    assert '<span class="dp-option">Lado sur</span>' in body
    assert '<span class="dp-option"><span lang="en" dir="ltr">North side</span></span>' in body
