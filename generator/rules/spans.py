"""Rules about what has two ends: grades, ages, hours, dates and the district's bounds."""

from collections.abc import Iterator
from typing import Any

from generator.model.common import GRADES
from generator.rules.rule import Finding, Subject

_ENDS = (("from", "to"), ("starts", "ends"), ("min", "max"), ("signed", "ends"), ("south", "north"), ("west", "east"))


def reversed_span(subject: Subject[Any]) -> Iterator[Finding]:
    """What has two ends must end after it begins: grades, ages, hours, dates, agreements, the district's bounds."""
    for route, group in subject.groups:
        for first, last in _ENDS:
            if last in group and first in group and _is_reversed(group[first], group[last]):
                yield Finding(
                    route=(*route, last),
                    message=f'"{last}" comes before "{first}": {group[last]}, {group[first]}',
                    hint="perhaps the two changed places",
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
