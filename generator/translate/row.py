"""What stands in a file for translators: one row for each form of each text, whatever the file's format."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.translate.glossary import terms_in
from generator.translate.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is given to a translator: the texts of one language, with what helps to translate them.

    `former` holds the English that stale words were made from, by key, where it is known.
    """

    language: str
    on: str
    work: tuple[Work, ...]
    glossary: Mapping[str, str]
    former: Mapping[str, str]

    def notes(self, work: Work) -> tuple[str, ...]:
        """What a translator has to know of a text, a sentence each."""
        return tuple(self._notes(work))

    def _notes(self, work: Work) -> Iterator[str]:
        yield work.note
        yield f"at most {work.limit:,} characters" + ("" if work.is_long else ", one line")
        if work.is_critical:
            yield "families act on it: shown only when a person has checked it"
        if terms := terms_in(work.english[0], self.glossary):
            yield "glossary: " + "; ".join(f"{term} = {words}" for term, words in terms.items())
        if work.state == "stale":
            yield f"the English changed after this was translated on {work.on}"
        if work.by == "machine" and work.state != "stale":
            yield "a machine wrote this: check it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One text as it came back: the words, and the English that they stand for.

    `line` is where it stands in the file, 0 where that is not known. `is_unsure` is set where it is marked as not
    finished, `has_old_mark` where that mark may be the one with which it was sent out, because some tools leave it.
    `is_confirmed` is set where words that were there before are marked as right.
    """

    key: str
    english: tuple[str, ...]
    words: tuple[str, ...]
    line: int = 0
    is_unsure: bool = False
    has_old_mark: bool = False
    is_confirmed: bool = False


def form_keys(work: Work) -> Iterator[tuple[str, str, str]]:
    """(key, English, words) of each form of a text, for formats that have no plurals: `interface#3f9a1c2e/0`."""
    for number in range(work.forms):
        key = work.key if len(work.english) == 1 else f"{work.key}/{number}"
        english = work.english[0] if number == 0 and work.forms > 1 else work.english[-1]
        yield key, english, work.words[number] if work.words else ""


def whole(rows: Iterable[Row], plurals: Mapping[str, Work]) -> Iterator[Row]:
    """The rows with the forms of each plural joined again into one, at the place of the first."""
    forms: dict[str, list[Row]] = {}
    for row in rows:
        key, slash, number = row.key.rpartition("/")
        if slash and key in plurals and number.isdigit():
            forms.setdefault(key, []).append(row)
        else:
            forms[f"{row.key}\x00{len(forms)}"] = [row]  # doubled rows are told apart, and reported later
    for key, group in forms.items():
        if key in plurals:
            ordered = sorted(group, key=lambda row: int(row.key.rpartition("/")[2]))
            yield Row(
                key=key,
                english=plurals[key].english,
                words=tuple(row.words[0] for row in ordered),
                line=group[0].line,
                is_unsure=any(row.is_unsure for row in group),
                has_old_mark=all(row.has_old_mark for row in group),
                is_confirmed=all(row.is_confirmed for row in group),
            )
        else:
            yield group[0]
