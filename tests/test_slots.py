"""Texts with slots: what a page says is written once, and each language fills in what it would have said by itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from markupsafe import Markup

from generator.directory import Translation
from generator.languages import Locale, fingerprint
from generator.model import Cost, Grades
from generator.pages import facts, partners
from generator.pages.cards import Deck
from generator.pages.page import FRAMES, Page
from generator.pages.render import environment, spoken_environment
from generator.pages.saying import HOLE
from generator.pages.skeleton import END, MARK, Slot
from generator.pages.slots import FULL, Slots
from generator.pages.speaker import Speaker
from generator.shell import Frame, fill
from generator.source.characters import forbidden
from tests.finder_district import TODAY, directory, partner, press, program, riverbend
from tests.printing import LANGUAGES, spoken

STRANGE = """<b>Tom & "Jerry's" %(name)s</b>"""
ESCAPED = "&lt;b&gt;Tom &amp; &#34;Jerry&#39;s&#34; %(name)s&lt;/b&gt;"
DAY = date(2026, 10, 3)
RIVER = "partners/river"


class Paper:
    """Slots, and the languages that fill them."""

    def __init__(self, translations: Mapping[Any, Any] | None = None) -> None:
        whole = directory((partner("river", program("bags")),), translations=translations or {})
        self.locales = spoken(whole, *LANGUAGES)
        self.slots = Slots(self.locales[0])
        self.templates = environment(self.slots, whole.district)
        self.speakers = tuple(Speaker(here, spoken_environment(here)) for here in self.locales)

    def html(self, text: str) -> tuple[str, ...]:
        """A text that is HTML, in each language."""
        return tuple(speaker.html(self.slots.cut(text)) for speaker in self.speakers)

    def plain(self, text: str) -> tuple[str, ...]:
        """A text that is no HTML, in each language."""
        return tuple(speaker.plain(self.slots.cut(text)) for speaker in self.speakers)

    def written(self, template: str, **values: object) -> tuple[str, ...]:
        """What a template makes of values, in each language."""
        return self.html(self.templates.from_string(template).render(values))


@pytest.fixture
def paper() -> Paper:
    """Empty slots."""
    return Paper()


# --- What is said ---


@pytest.mark.parametrize(
    "say",
    [
        lambda here: here.gettext("Programs"),
        lambda here: here.term("focus-areas", "food"),
        lambda here: here.hint("tiers", "lead"),
        lambda here: here.date(DAY),
        lambda here: here.month(DAY),
        lambda here: here.partial_date("2021-09"),
        lambda here: here.clock("15:30"),
        lambda here: here.number(12_345.5),
        lambda here: here.percent(84),
        lambda here: here.money(12.5),
        lambda here: here.apart("2026-27"),
        lambda here: here.miles(3),
        lambda here: here.grades(Grades(first="K", last="5")),
        lambda here: here.listed(("a", "b", "c")),
        lambda here: here.direction,
        lambda here: here.language,
    ],
)
def test_each_language_says_what_it_would_say_by_itself(paper: Paper, say: Any) -> None:
    assert paper.plain(say(paper.slots)) == tuple(map(say, paper.locales))


def test_words_stand_in_words_however_deep(paper: Paper) -> None:
    def say(here: Locale) -> str:
        days = here.listed((here.term("days", "mon"), f"({here.date(DAY)})", "x"))
        price = here.said("%(first)s to %(last)s", first=here.money(5), last=here.said("Age %(age)s", age=days))
        return here.said("Run by %(partner)s", partner=f"{price}!")

    assert paper.plain(say(paper.slots)) == tuple(map(say, paper.locales))
    assert len(set(paper.plain(say(paper.slots)))) == len(LANGUAGES)


def test_several_things_are_said_one_by_one(paper: Paper) -> None:
    given = (Grades(first="K", last="5"), None, ("caregivers", "educators"))
    said = paper.slots.fact(facts.who_words, *given)
    assert [paper.plain(each) for each in said] == list(
        zip(*(facts.who_words(here, *given) for here in paper.locales), strict=True)
    )
    said = paper.slots.terms("seasons", ("summer", "school-year"))
    assert [paper.plain(each) for each in said] == list(
        zip(*(here.terms("seasons", ("summer", "school-year")) for here in paper.locales), strict=True)
    )


def test_where_nothing_is_to_be_said_a_page_can_tell(paper: Paper) -> None:
    assert paper.slots.fact(facts.who_words, None, None, ()) == ()
    assert paper.slots.fact(facts.day_words, ()) == ""
    assert paper.slots.listed(()) == ""
    assert paper.slots.hint("days", "mon") == ""
    assert not paper.slots.words(RIVER, "summary", "")
    assert paper.slots.words(RIVER, "summary", "River helps.")
    assert paper.slots.fact(facts.cost_words, Cost(kind="free"))


def test_what_many_pages_say_is_one_slot(paper: Paper) -> None:
    before = len(paper.slots.slots)
    for _ in range(3):
        paper.written("{{ _('Programs') }}{{ term('days', 'mon') }}{{ term('days', 'tue') }}")
    assert len(paper.slots.slots) == before + 3


# --- Escaping ---


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        ("{{ name }}", ESCAPED),
        ('<p title="{{ name }}">', f'<p title="{ESCAPED}">'),
        ("{{ locale.listed((name, name)) }}", f"{ESCAPED} and {ESCAPED}"),
        ('{{ _("Run by %(partner)s", partner=name) }}', f"Run by {ESCAPED}"),
        ('<a aria-label="{{ _("Call %(name)s", name=name) }}">', f'<a aria-label="Call {ESCAPED}">'),
        ('{{ _("Run by %(partner)s", partner=locale.listed((name,))) }}', f"Run by {ESCAPED}"),
        ("{{ term('days', name) }}", ESCAPED),
        ("{{ spoken('text', locale.words('partners/river', 'summary', name)) }}", ESCAPED),
        ("<p{{ spoken('tongue', locale.words('partners/river', 'summary', name)) }}>", "<p>"),
        ("{% set b %}<b>{{ name }}</b>{% endset %}{{ _('Call %(name)s', name=b) }}", f"Call <b>{ESCAPED}</b>"),
        ("{% set b %}<b>{{ _('Cost') }}</b>{% endset %}{{ _('Call %(name)s', name=b) }}", "Call <b>Cost</b>"),
    ],
)  # fmt: skip
def test_strangers_words_are_escaped_once_wherever_they_stand(paper: Paper, template: str, wanted: str) -> None:
    assert paper.written(template, name=STRANGE)[0] == wanted


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(
    "template",
    [
        "{{ ngettext('%(name)s and %(count)s more place', '%(name)s and %(count)s more places', 2, name=name) }}",
        "{{ _('Run by %(partner)s', partner=name) }}",
    ],
)
def test_words_that_look_like_html_are_not_taken_for_it(paper: Paper, template: str, first: int) -> None:
    names = (Markup("<b>x</b>"), "<b>x</b>")
    for name in (names[first], names[1 - first]):
        found = paper.written(template, name=name)[0]
        assert ("<b>" in found) is isinstance(name, Markup)


def test_a_list_in_words_is_plain_text(paper: Paper) -> None:
    for name in (Markup("<b>x</b>"), "<b>x</b>"):
        assert paper.written("{{ locale.listed((name,)) }}", name=name)[0] == "&lt;b&gt;x&lt;/b&gt;"


def test_a_title_is_plain_until_it_stands_in_the_frame(paper: Paper) -> None:
    said = paper.slots.said("Run by %(partner)s", partner=STRANGE)
    title = paper.plain(said)[0]
    assert title == f"Run by {STRANGE}"
    frame = Frame(parts=("<title>", "title", '</title><meta content="', "description", '">'))
    page = Page(frame="home", rest="", title=title, description=title, body="")
    assert frame.parts and FRAMES[page.frame]
    assert STRANGE not in fill(frame, page)
    assert fill(frame, page).count("&lt;b&gt;Tom &amp; &quot;Jerry") == 2


def test_no_record_can_hold_what_stands_for_a_slot() -> None:
    assert [found for _, found in forbidden(f"a{MARK}0{END}b{HOLE}")] == [MARK, END, HOLE]


# --- Words of records ---


def test_a_records_words_are_in_the_language_that_has_them() -> None:
    words = Translation(text="El <río> ayuda.", source=fingerprint("River helps."), by="human", on=DAY)
    paper = Paper({("es", RIVER): {"summary": words}})
    summary = paper.slots.words(RIVER, "summary", "River helps.")
    template = "<p{{ spoken('tongue', summary) }}>{{ summary.text }}</p>{{ spoken('text', summary) }}"
    assert paper.written(template, summary=summary) == (
        "<p>River helps.</p>River helps.",
        "<p>El &lt;río&gt; ayuda.</p>El &lt;río&gt; ayuda.",
        '<p lang="en" dir="ltr">River helps.</p><span lang="en" dir="ltr">River helps.</span>',
    )
    assert paper.slots.asked == {RIVER}


@pytest.mark.parametrize(("by", "is_shown"), [("machine", False), ("human", True)])
def test_critical_words_are_shown_when_a_person_wrote_them(by: str, is_shown: bool) -> None:
    words = Translation(text="Llame.", source=fingerprint("Call."), by=by, on=DAY)
    paper = Paper({("es", RIVER): {"join": words}})
    said = paper.plain(paper.slots.words(RIVER, "join", "Call.", is_critical=True).text)
    assert said == ("Call.", "Llame." if is_shown else "Call.", "Call.")


def test_the_note_on_translations_is_that_of_each_language() -> None:
    words = Translation(text="El río ayuda.", source=fingerprint("River helps."), by="machine", on=DAY)
    paper = Paper({("es", RIVER): {"summary": words}})
    template = paper.templates.from_string("{{ translation_note() }}<b>{{ text(said) }}</b>")
    said = paper.slots.words(RIVER, "summary", "River helps.")
    body = paper.slots.cut(template.render(said=said))
    empty = Page(frame="list", rest="", title="", description="", body="")
    notes = [speaker.page(empty, (), (), (), body).body for speaker in paper.speakers]
    assert [note.count("<p") for note in notes] == [0, 1, 1]
    assert notes[1].index("computadora") < notes[1].index("El río ayuda.")


# --- What nothing may depend on ---


def test_a_token_takes_no_values(paper: Paper) -> None:
    token: Any = paper.slots.gettext("Run by %(partner)s")
    with pytest.raises(TypeError, match="fill them with"):
        token % {"partner": "River"}


@pytest.mark.parametrize(
    "ask", ["locale.language == 'en'", "locale.language != 'en'", "term('days', 'mon') == 'Monday'"]
)
def test_no_template_can_decide_by_words_that_are_not_known_yet(paper: Paper, ask: str) -> None:
    with pytest.raises(TypeError, match="not known yet"):
        paper.written(f"{{% if {ask} %}}x{{% endif %}}")


def test_words_that_are_not_known_yet_have_no_order(paper: Paper) -> None:
    with pytest.raises(TypeError, match="sort by what is the same"):
        paper.written("{{ [term('days', 'mon'), term('days', 'tue')] | sort | join }}")


def test_a_card_that_was_written_before_still_tells_whose_words_it_says(paper: Paper) -> None:
    def write() -> str:
        return paper.slots.words(RIVER, "summary", "River helps.").text

    for _ in range(2):
        paper.slots.asked.clear()
        paper.slots.card("river", write, "")
        assert paper.slots.asked == {RIVER}


@pytest.mark.parametrize("field", ["language", "state"])
def test_no_page_can_ask_how_far_words_are_translated(paper: Paper, field: str) -> None:
    words = paper.slots.words(RIVER, "summary", "River helps.")
    with pytest.raises(TypeError, match="not known yet"):
        paper.written(f"{{{{ words.{field} == 'en' }}}}", words=words)
    with pytest.raises(TypeError, match=r"only spoken\.html can tell"):
        paper.written(f"{{{{ words.{field} }}}}", words=words)


def test_the_same_token_equals_itself(paper: Paper) -> None:
    monday, tuesday = paper.slots.term("days", "mon"), paper.slots.term("days", "tue")
    assert monday == paper.slots.term("days", "mon")
    assert monday != tuesday
    assert {monday: 1}[paper.slots.term("days", "mon")] == 1


# --- Cards ---


def cards(paper: Paper, *distances: float | None) -> tuple[str, ...]:
    """A card as often as there are distances, in each language."""
    (card,) = Deck(riverbend(), TODAY).pile(
        offer for offer in riverbend().offers if offer.program.slug == "weekend-bags"
    )
    template = "".join(f"{{{{ card(shown, '../', distance_km={distance}) }}}}\n" for distance in distances)
    return paper.written(template.strip(), shown=card)


def test_a_card_says_how_far_away_it_is_only_where_a_page_wants_it(paper: Paper) -> None:
    (alone,) = {cards(paper, None)[0] for _ in range(2)}
    here, near, far = (cards(paper, distance)[0] for distance in (0, 1.609344, 4))
    place = '<bdi translate="no">Oak Elementary</bdi>'
    assert f"{place}</li>" in alone
    assert alone.replace(place, f"{place} · at this school") == here
    assert alone.replace(place, f"{place} · 1 mile") == near
    assert alone.replace(place, f"{place} · 2.5 miles") == far
    assert "\n".join((alone, near, alone, far)) == cards(paper, None, 1.609344, None, 4)[0]
    assert len(paper.slots.cards) == 1


def test_a_card_is_in_the_language_of_its_page(paper: Paper) -> None:
    english, spanish, arabic = cards(paper, 4)
    assert "School-year" not in spanish
    assert "2,5 millas" in spanish or "2.5 millas" in spanish
    assert f'href="../{LANGUAGES[2]}/partners/river-kitchen/weekend-bags/"' in arabic
    assert not {MARK, END, HOLE} & set(english + spanish + arabic)


def test_a_card_of_another_depth_or_level_is_another_card(paper: Paper) -> None:
    (card,) = Deck(riverbend(), TODAY).pile(riverbend().offers[:1])
    deep, high = (
        paper.written(f"{{{{ card(shown, {how}) }}}}", shown=card)[0] for how in ("'../../'", "'../', level=2")
    )
    assert 'href="../../en/partners/' in deep
    assert "<h3" in deep
    assert "<h2" in high
    assert len(paper.slots.cards) == 2


# --- Pages ---


def test_starting_anew_between_pages_changes_none() -> None:
    whole = riverbend()
    printer = press(whole, *spoken(whole, *LANGUAGES))
    units = tuple(partners.units(whole, TODAY, Deck(whole, TODAY)))
    once = [tuple(printer.pages(unit)) for unit in units]
    for unit, pages in zip(units, once, strict=True):
        printer.slots.forget()
        assert tuple(printer.pages(unit)) == pages


def test_a_process_starts_anew_when_it_has_said_much() -> None:
    whole = riverbend()
    printer = press(whole, *spoken(whole, *LANGUAGES))
    unit = next(iter(partners.units(whole, TODAY, Deck(whole, TODAY))))
    pages = tuple(printer.pages(unit))
    printer.slots.slots.extend([Slot(str, ())] * FULL)
    assert tuple(printer.pages(unit)) == pages
    assert len(printer.slots.slots) < FULL


def test_all_that_a_page_says_is_known_at_its_end() -> None:
    whole = riverbend()
    printer = press(whole, *spoken(whole, *LANGUAGES))
    for unit in partners.units(whole, TODAY, Deck(whole, TODAY)):
        for page in printer.pages(unit):
            assert not {MARK, END, HOLE} & set(page.title + page.description + page.head + page.body)
            assert isinstance(page.title, str) and not isinstance(page.title, Markup)


@pytest.mark.parametrize("template", ["{{ said.text }}", "{{ text(said) }}", "{{ rich(said) }}"])
def test_numbers_keep_their_order_inside_words_from_right_to_left(template: str) -> None:
    english = "In 2025-26 it cost $25; call [us](https://example.org/2025-26) at 555-218-5124."
    arabic = "في 2025-26 بـ $25، اتصل [بنا](https://example.org/2025-26) على 555-218-5124."
    words = Translation(text=arabic, source=fingerprint(english), by="human", on=DAY)
    paper = Paper({("ar", RIVER): {"summary": words}})
    english_said, _, arabic_said = paper.written(template, said=paper.slots.words(RIVER, "summary", english))
    assert "\u2066" not in english_said
    for number in ("2025-26", "$25", "555-218-5124"):
        assert f"\u2066{number}\u2069" in arabic_said
    assert "rich" not in template or 'href="https://example.org/2025-26"' in arabic_said
