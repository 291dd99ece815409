"""A story between the form in which staff write it and the record that becomes public: the allowed fields only."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.desk.forms import Fields, line, rows, several, text
from generator.nominations.model import Draft, Nomination
from generator.nominations.publishing import outline
from generator.nominations.season import Season

LINES = ("title", "summary", "school_year")
ROWS = ("impact", "sustained", "quote", "photo", "source")
"""Groups of which a story can have several."""
MOST = 12
PARTS: Mapping[str, tuple[str, ...]] = {
    "impact": ("figure", "unit", "qualifier", "what"),
    "sustained": ("text",),
    "quote": ("words", "role", "name", "consent"),
    "photo": ("file", "alt", "consent"),
    "source": ("url", "document", "seen"),
}
"""The fields of a row of each group."""
LISTS: Mapping[str, str] = {
    "impact": "impact",
    "sustained": "what_sustained_it",
    "quote": "quotes",
    "photo": "photos",
    "source": "sources",
}
NAMES = frozenset((*LINES, "story", "slug", "day", "consent", "partners", "schools", "focus"))


def kept_names(fields: Fields) -> dict[str, tuple[str, ...]]:
    """The fields of a story among those of a form."""
    groups = tuple(f"{group}-" for group in ROWS)
    return {name: values for name, values in fields.items() if name in NAMES or name.startswith(groups)}


def given(season: Season, nomination: Nomination, fields: Fields) -> dict[str, Any]:
    """The record as staff have written it; what is empty is left out."""
    found: dict[str, Any] = {name: line(fields, name) for name in LINES}
    found["story"] = text(fields, "story")
    for name in ("partners", "schools", "focus"):
        found[name] = list(several(fields, name))
    for group, name in LISTS.items():
        found[name] = [
            each for number in rows(fields, group) if (each := _row(season, nomination, fields, group, number))
        ]
    return {name: value for name, value in found.items() if value}


def _row(season: Season, nomination: Nomination, fields: Fields, group: str, number: int) -> Any:
    """One row of a group; a consent is named by its number, and the rest of it is filled in."""
    values = {part: text(fields, f"{group}-{number}-{part}") for part in PARTS[group]}
    if group == "sustained":
        return " ".join(values["text"].split())
    found: dict[str, Any] = {part: value for part, value in values.items() if value}
    if ref := found.get("consent"):
        found["consent"] = _consent(season, nomination, ref)
    return found


def _consent(season: Season, nomination: Nomination, ref: str) -> dict[str, Any]:
    """A consent as a story names it; an unknown number stays alone, and is refused later."""
    known = next((each for each in season.consents_of(nomination) if each.number == ref), None)
    if known is None:
        return {"ref": ref, "scope": ["story"], "expires": season.today.isoformat()}
    return {"scope": list(known.scope), "ref": ref, "expires": known.expires.isoformat()}


def first_fields(season: Season, nomination: Nomination, draft: Draft | None) -> dict[str, tuple[str, ...]]:
    """The form as it begins: the story that is scheduled, else an outline."""
    story = draft.story if draft else outline(season, nomination)
    found: dict[str, tuple[str, ...]] = {name: (value,) for name, value in _texts(story)}
    found["story"] = (str(story.get("story", "")) if draft else "",)
    found["summary"] = (str(story.get("summary", "")) if draft else "",)
    for name in ("partners", "schools", "focus"):
        found[name] = tuple(map(str, story.get(name, ())))
    if draft:
        found["slug"] = (draft.address.rpartition("/")[2],)
        found["day"] = (str(nomination.publish_on or ""),)
        found["consent"] = (str(story.get("consent", {}).get("ref", "")),)
    return found


def _texts(story: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, value) of the lines of a story, and of every row."""
    yield from ((name, str(story.get(name, ""))) for name in LINES)
    for group, name in LISTS.items():
        for number, each in enumerate(story.get(name, ()), start=1):
            parts = {"text": each} if group == "sustained" else each
            for part in PARTS[group]:
                value = parts.get(part, "")
                yield f"{group}-{number}-{part}", str(value.get("ref", "") if isinstance(value, dict) else value)


def shown_rows(fields: Fields, more: str) -> dict[str, tuple[int, ...]]:
    """The numbers of the rows of each group that the form shows: one more than are filled in, two where asked for."""
    found = {}
    for group in ROWS:
        last = max(rows(fields, group), default=0)
        found[group] = tuple(range(1, min(last + 1 + (more == group), MOST) + 1))
    return found
