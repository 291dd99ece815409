"""Rules about what has two ends: grades, ages, hours, dates and the district's bounds."""

from collections.abc import Iterator
from typing import Any

from generator.model.common import GRADES
from generator.objections import OBJECTIONS
from generator.rules.rule import Finding, Subject

# What begins a span, by what ends it.
_FIRST = {"to": ("from",), "ends": ("starts", "signed"), "max": ("min",), "north": ("south",), "east": ("west",)}


def reversed_span(subject: Subject[Any]) -> Iterator[Finding]:
    """What has two ends must end after it begins: grades, ages, hours, dates, agreements, the district's bounds."""
    spans = [(route, group, key) for route, group in subject.groups for key in group if key in _FIRST]
    for route, span, last in spans:
        for first in _FIRST[last]:
            if first in span and _is_reversed(span[first], span[last]):
                said = OBJECTIONS["no-time-between" if span[first] == span[last] else "reversed"]
                yield Finding(
                    route=(*route, last),
                    message=said.message % {"last": last, "first": first, "end": span[last], "start": span[first]},
                    hint=said.hint,
                )


def _is_reversed(first: Any, last: Any) -> bool:
    """Whether the second value lies before the first; hours may not be equal either."""
    if not isinstance(first, str) or not isinstance(last, str):
        return False
    if first in GRADES and last in GRADES:
        return GRADES.index(first) > GRADES.index(last)
    if ":" in first and "-" not in first:
        return first >= last
    try:
        return float(first) > float(last)
    except ValueError:
        return first > last  # dates as YYYY-MM-DD sort as text
