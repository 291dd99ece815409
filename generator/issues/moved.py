"""Places that have another address than before, and so another position."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from generator.text import fold

POSITION = ("latitude", "longitude")
MOVED = (
    "A place has another address now, so its position on the map was taken out. "
    "Staff set it anew, and see whether bus lines and access are still right."
)


def without_old_positions(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Take out of `after` each position whose place had another address in `before`; whether there was one.

    Forms ask for addresses, not for positions, and a wrong one would send families to the wrong door.
    """
    known: dict[tuple[str, ...], set[str]] = {}
    for place, position in _placed(before):
        known.setdefault(position, set()).add(_address(place))
    moved = [place for place, position in _placed(after) if _is_elsewhere(_address(place), known.get(position, set()))]
    for place in moved:
        for key in POSITION:
            place.pop(key, None)
    return bool(moved)


def _is_elsewhere(address: str, former: Set[str]) -> bool:
    return bool(address and former - {""}) and address not in former


def _address(place: Mapping[str, Any]) -> str:
    return fold(str(place.get("address", "")))


def _placed(record: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """The places of all programs that have a position, each with it."""
    for program in _listed(record.get("programs")):
        where = program.get("where")
        for place in _listed(where.get("places")) if isinstance(where, dict) else ():
            position = tuple(str(place.get(key, "")) for key in POSITION)
            if any(position):
                yield place, position


def _listed(value: Any) -> Sequence[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else ()
