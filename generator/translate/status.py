"""How far a project is translated: what is done, by whom, what is old, and what is missing, in each language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.translate.work import OPEN, Work, tally
from generator.words.translations import STATES, STORES


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of one store in one language.

    `counts` has the number of texts by state, `words_to_do` the English words of those that are missing or stale,
    `oldest` the day of the oldest translation that is stale, None when none is.
    """

    language: str
    store: str
    counts: Mapping[str, int]
    words_to_do: int
    oldest: date | None

    @property
    def total(self) -> int:
        """All texts of the store."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """The texts whose words, be they a machine's, stand for today's English."""
        return self.total - sum(self.counts[state] for state in OPEN)


def status(language: str, work: Iterable[Work]) -> tuple[Status, ...]:
    """The state of each store that has texts."""
    groups: dict[str, list[Work]] = {store: [] for store in STORES}
    for each in work:
        groups[each.store].append(each)
    return tuple(status_of(language, store, group) for store, group in groups.items() if group)


def status_of(language: str, store: str, group: list[Work]) -> Status:
    """The state of one store."""
    days = [work.on for work in group if work.state == "stale" and work.on]
    return Status(
        language=language,
        store=store,
        counts=tally(tuple(group)),
        words_to_do=sum(work.size for work in group if work.state in OPEN),
        oldest=min(days, default=None),
    )


def as_text(found: Iterable[Status], names: Mapping[str, str]) -> str:
    """The statuses as a table for people."""
    head = ("language", "", *STATES, "words to do", "oldest stale")
    rows = [
        (
            f"{names[each.language]} ({each.language})",
            each.store,
            *(f"{each.counts[state]:,}" if each.counts[state] else "–" for state in STATES),
            f"{each.words_to_do:,}",
            str(each.oldest or "–"),
        )
        for each in found
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = []
    before = ""
    for row in (head, *rows):
        cells = ("" if row[0] == before else row[0], *row[1:])
        before = row[0]
        shown = (c.ljust(w) if n < 2 else c.rjust(w) for n, (c, w) in enumerate(zip(cells, widths, strict=True)))
        lines.append("  ".join(shown).rstrip())
    return "\n".join(lines)


def as_data(each: Status) -> dict[str, object]:
    """A status for machines."""
    return {
        "language": each.language,
        "store": each.store,
        "total": each.total,
        **each.counts,
        "words_to_do": each.words_to_do,
        "oldest_stale": each.oldest.isoformat() if each.oldest else None,
    }
