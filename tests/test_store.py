"""Data of records stay on the disk until somebody asks for them, and what the disk loses is read from the source."""

from collections.abc import Mapping
from errno import ENOSPC
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from generator.records.cache import Cache, Entry, digest, records_file, write_cache
from generator.records.pile import PART, Pile, new_pile
from generator.records.store import Records, joined, open_records

DATA = {"partners/a.yml": b'{"name":"A"}', "partners/b.yml": b'{"name":"B"}', "translations/es/partners/a.yml": b"{}"}


def piled(pile: Pile, data: Mapping[str, bytes]) -> dict[str, Entry]:
    """The entries of data that were put on a pile."""
    return {path: Entry(7, (), digest(raw), *pile.add(path, raw)) for path, raw in data.items()}


def records(pile: Pile, entries: Mapping[str, Entry], again: Mapping[str, bytes] = {}) -> Records:
    """What can be read of them; `again` are the sources."""
    return Records(entries=entries, later=pile.later, file=pile.file, again=again.get)


@pytest.mark.parametrize("folder", [".cache", None, "missing/deeper"])
def test_what_is_put_on_a_pile_can_be_read_at_once(tmp_path: Path, folder: str | None) -> None:
    pile = new_pile(tmp_path / folder if folder else None)
    known = records(pile, piled(pile, DATA))
    assert dict(known) == DATA
    assert pile.later == {}
    assert (pile.fault is None) == (folder != "missing/deeper")
    assert "partners/c.yml" not in known
    assert known.get("partners/c.yml") is None
    assert known.digest("partners/c.yml") == ""


class Small(FileIO):
    """A file on a disk with room for one record."""

    def write(self, content: Any, /) -> int:
        if self.tell():
            raise OSError(ENOSPC, "No space left on device")
        return super().write(content)


def test_from_where_the_disk_is_full_data_stay_in_memory_and_are_not_kept(tmp_path: Path) -> None:
    with Small(tmp_path / f"{PART}1", "w+b") as file:
        pile = Pile(file=file)
        known = records(pile, piled(pile, DATA))
        assert dict(known) == DATA
        assert set(pile.later) == DATA.keys() - {"partners/a.yml"}
        told = write_cache(tmp_path, Cache(version="1"), pile)
        assert dict(known) == DATA
    assert "cannot be written (no space left on device); the next check reads everything again." in told
    assert list(tmp_path.iterdir()) == []


def test_a_record_without_data_is_none(tmp_path: Path) -> None:
    pile = Pile()
    entries = piled(pile, DATA) | {"partners/b.yml": Entry(7)}
    known = records(pile, entries)
    assert set(known) == DATA.keys() - {"partners/b.yml"}
    assert len(known) == 2
    assert known.get("partners/b.yml") is None


def test_what_is_lost_is_read_again_or_left_out(tmp_path: Path) -> None:
    pile = new_pile(tmp_path)
    entries = piled(pile, DATA)
    assert pile.file is not None
    pile.file.truncate(20)
    known = records(pile, entries, {"partners/b.yml": b'{"name":"Be"}'})
    assert known["partners/a.yml"] == DATA["partners/a.yml"]
    assert known["partners/b.yml"] == b'{"name":"Be"}'
    assert known.get("translations/es/partners/a.yml") is None


def test_a_new_pile_takes_the_old_records_along(tmp_path: Path) -> None:
    first = new_pile(tmp_path)
    entries = piled(first, DATA)
    assert write_cache(tmp_path, Cache(version="1"), first) == ""
    cache = Cache(version="1", stored=first.digest, size=first.size)
    old = open_records(tmp_path, cache, {p: e for p, e in entries.items() if p != "partners/b.yml"}, lambda path: None)
    second = new_pile(tmp_path)
    fresh = piled(second, {"partners/b.yml": b'{"name":"Bee"}'})
    known = joined(old, fresh, second)
    expected = DATA | {"partners/b.yml": b'{"name":"Bee"}'}
    assert dict(known) == expected
    assert write_cache(tmp_path, Cache(version="1"), second) == ""
    assert dict(known) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "checks.json",
        records_file(tmp_path, second.digest).name,
    ]


def test_a_moved_record_that_had_to_be_read_again_is_not_trusted(tmp_path: Path) -> None:
    gone = Records(
        entries=piled(Pile(), DATA),
        later={},
        file=None,
        again={"partners/a.yml": b"{}", "partners/b.yml": DATA["partners/b.yml"]}.get,
    )
    known = joined(gone, {}, new_pile(tmp_path))
    stamps = {path: entry.stamp for path, entry in known.entries.items()}
    assert stamps == {"partners/a.yml": 0, "partners/b.yml": 7, "translations/es/partners/a.yml": 0}
    assert dict(known) == {"partners/a.yml": b"{}", "partners/b.yml": DATA["partners/b.yml"]}


def test_an_interrupted_pile_leaves_no_file(tmp_path: Path) -> None:
    pile = new_pile(tmp_path)
    assert [path.name[: len(PART)] for path in tmp_path.iterdir()] == [PART]
    pile.drop()
    assert list(tmp_path.iterdir()) == []
