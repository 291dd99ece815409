"""What records say in other languages, and what a reader is told of it: whose words these are, which are English."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from hypothesis import given as always
from hypothesis import strategies as some

from generator.directory import Directory
from generator.languages import Locale, Words, fingerprint
from generator.model import Step
from generator.pages import browse, finder, partners
from generator.pages.render import spoken_environment
from generator.pages.speaker import Speaker
from generator.records.folders import KINDS
from generator.search.facets import FACETS, label, values
from generator.words import translations as translations_module
from generator.words.texts import TEXTS, texts_of
from generator.words.translations import Translation, Translations, path_of
from tests.finder_district import directory, locale, partner, program, rendered

UNTRANSLATED = "nobody has translated them yet"
UNCHECKED = "nobody has checked their translation yet"
MACHINE = "A computer translated parts"
STALE = "Their English has changed since"


def note(*words: Words) -> str:
    """The note on a Spanish page with these words."""
    speaker = Speaker(spanish(), spoken_environment(spanish()))
    speaker.whose.update((each.state, each.language != "es", each.on) for each in words)
    return speaker.note()


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
    shown = note(own, Words(text="…", language=language, state=state, on=DAY))
    told = {sentence for sentence in (UNTRANSLATED, UNCHECKED, MACHINE, STALE) if sentence in shown}
    assert told == set(NOTES[language, state])


def test_one_calm_paragraph_tells_everything_with_the_oldest_day() -> None:
    old = [Words(text="…", language="es", state="stale", on=date(2026, month, 1)) for month in (9, 3, 5)]
    others = [Words(text="…", language=language, state="machine") for language in ("es", "en")]
    shown = note(*old, *others, Words(text="…", language="en", state="missing"))
    assert shown.count("<p") == 1
    assert "1 de marzo de 2026" in shown
    assert "translated them or checked their translation yet" in shown
    assert UNCHECKED not in shown
    assert UNTRANSLATED not in shown


def in_spanish(by: str, summary: str = "Leemos.") -> Mapping[tuple[str, str], Mapping[str, Translation]]:
    """The Spanish sidecar of a partner whose program has such a summary."""
    fields = {"programs/tea/summary": translated(summary, by), "summary": translated("Help near home.", "human")}
    return {("es", "partners/river-kitchen"): fields}


@pytest.mark.parametrize(("by", "is_told"), [("machine", True), ("human", False)])
def test_a_page_that_only_lists_a_record_tells_whose_its_words_are(by: str, is_told: bool) -> None:
    """A card is said once and stands on many pages; each of them has the note, and before the card."""
    tea = program("tea", summary="We drink tea.")
    given = partner("river-kitchen", tea, summary="Help near home.")
    whole = directory([given], translations=in_spanish(by, "We drink tea."))
    pages = [*rendered(finder.units, whole, "es").values(), *rendered(browse.units, whole, "es").values()]
    assert len(pages) > 3
    for page in pages:
        assert page.body.count(MACHINE) == is_told
        assert not is_told or page.body.index(MACHINE) < page.body.index("Leemos.")


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


# --- Sidecars, decoded when they are asked for ---

Known = dict[tuple[str, str], dict[str, Translation]]
RECORDS = ("partners/a", "partners/b", "district/schools/a")
FIELDS = some.dictionaries(
    some.sampled_from(("summary", "title")),
    some.builds(
        Translation,
        text=some.text(max_size=3),
        source=some.sampled_from(("1a2b3c4d", "5e6f7a8b")),
        by=some.sampled_from(("human", "machine")),
        on=some.dates(date(2026, 1, 1), date(2026, 1, 3)),
    ),
).map(lambda fields: dict(sorted(fields.items())))
KNOWN = some.dictionaries(some.tuples(some.sampled_from(("es", "zh-Hant")), some.sampled_from(RECORDS)), FIELDS)


def of_record(known: Known, record: str) -> Known:
    """The sidecars of one record."""
    return {place: fields for place, fields in known.items() if place[1] == record}


@always(KNOWN, KNOWN)
def test_the_digest_of_a_record_differs_exactly_when_a_sidecar_does(one: Known, other: Known) -> None:
    first, second = (
        Translations.of(one),
        Translations.of({place: other[place] for place in sorted(other, reverse=True)}),
    )
    for record in RECORDS:
        is_same = of_record(one, record) == of_record(other, record)
        assert (first.digest(record) == second.digest(record)) == is_same
        assert (first.digest(record) == b"") == (not of_record(one, record))


@always(KNOWN)
def test_what_is_put_in_comes_out(known: Known) -> None:
    told = Translations.of(known)
    assert set(told) == known.keys()
    assert told.languages == tuple(sorted({language for language, _ in known}))
    assert {place: told.get(*place) for place in told} == known
    assert told.get("so", "partners/a") == {}


class Counted(Mapping[str, bytes]):
    """Sidecars, counting how often each is read."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.reads: Counter[str] = Counter()

    def __getitem__(self, path: str) -> bytes:
        self.reads[path] += 1
        return self.files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def test_a_sidecar_is_read_once_and_only_when_it_is_asked_for() -> None:
    sidecar = b'{"summary":{"text":"Hola","source":"1a2b3c4d","by":"human","on":"2026-09-01"}}'
    files = Counted({path_of("es", record): sidecar for record in RECORDS} | {"partners/a.yml": b"{}"})
    told = Translations(sidecars=files, digest_of=lambda path: "x" if path in files.files else "")
    assert all(told.digest(record) for record in RECORDS)
    assert not files.reads
    for _ in range(3):
        assert told.get("es", "partners/a")["summary"].text == "Hola"
        assert told.get("es", "partners/none") == {}
    assert files.reads == {path_of("es", "partners/a"): 1, path_of("es", "partners/none"): 1}


def test_only_some_sidecars_are_kept_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translations_module, "KEPT", 2)
    files = Counted({path_of("es", record): b"{}" for record in RECORDS})
    told = Translations(sidecars=files)
    for record in (*RECORDS, RECORDS[0]):
        told.get("es", record)
    assert files.reads[path_of("es", RECORDS[0])] == 2
