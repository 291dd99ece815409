"""The manifest of a site: written, read back, refused when it is none; and the brake that compares two of them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import manifest
from generator.manifest import Manifest, brake, encode, last_manifest, read_manifest, shown, vanished
from generator.problems import SetupError
from tests.factories import directory, event, partner, school, story

HASH = "0" * 64
SITE = Manifest(version="0.1.0", records=("partners/a",), files={"en/index.html": HASH, "robots.txt": HASH})


def written(folder: Path, content: bytes) -> Path:
    path = folder / manifest.NAME
    path.write_bytes(content)
    return path


@given(
    st.dictionaries(st.from_regex(r"[a-z0-9-]{1,9}(?:/[a-zA-Zé0-9 _.-]{1,9}x)?", fullmatch=True), st.just(HASH)),
    st.sets(st.from_regex(r"(?:partners|district/schools)/[a-z0-9-]{1,9}", fullmatch=True)),
)
def test_what_was_written_is_read_back(files: dict[str, str], records: set[str]) -> None:
    site = Manifest(version="0.1.0", records=tuple(sorted(records)), files=files)
    backwards = Manifest(version="0.1.0", records=site.records, files=dict(reversed(files.items())))
    assert encode(site) == encode(backwards)
    assert json.loads(encode(site)) == {"version": "0.1.0", "records": sorted(records), "files": files}


def test_a_manifest_is_read_back_from_its_file(tmp_path: Path) -> None:
    assert read_manifest(written(tmp_path, encode(SITE))) == SITE


def test_each_file_stands_on_a_line_of_its_own() -> None:
    assert f'  "en/index.html": "{HASH}",\n  "robots.txt": "{HASH}"\n' in encode(SITE).decode()


FOREIGN = {
    "empty": b"",
    "broken": encode(SITE)[:-9],
    "another program's": b'{"name": "Riverbend", "icons": [], "start_url": "/"}',
    "a list": b"[]",
    "files of another kind": b'{"version": "1", "records": [], "files": ["robots.txt"]}',
    "no digest": b'{"version": "1", "records": [], "files": {"robots.txt": 7}}',
    "not UTF-8": b'{"version": "\xff", "records": [], "files": {}}',
    "deep": b"[" * 100_000,
    "a record elsewhere": b'{"version": "1", "records": ["../partners/a"], "files": {}}',
    "a record that is none": b'{"version": "1", "records": ["partners/a\\u001b[31m"], "files": {}}',
    **{
        f"a file at {path}": json.dumps({"version": "1", "records": [], "files": {"a": "", path: HASH}}).encode()
        for path in ("/etc/passwd", "../a", "a/../../b", "..", "a/..", "", "a\\b", "a\0b")
    },
}


@pytest.mark.parametrize("case", FOREIGN)
def test_what_is_no_manifest_is_none(case: str, tmp_path: Path) -> None:
    assert read_manifest(written(tmp_path, FOREIGN[case])) is None


def test_what_is_no_file_is_no_manifest(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "missing.json") is None
    assert read_manifest(Path("/dev/zero")) is None


def test_only_where_nothing_is_there_is_a_site_the_first(tmp_path: Path) -> None:
    assert last_manifest(tmp_path / "missing.json") is None
    assert last_manifest(written(tmp_path, encode(SITE))) == SITE
    (tmp_path / "link.json").symlink_to(tmp_path / "missing.json")
    for path in (written(tmp_path, b"<!doctype html>"), tmp_path, tmp_path / "link.json"):
        with pytest.raises(SetupError, match="--allow-loss"):
            last_manifest(path)


def test_a_manifest_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, encode(SITE))
    monkeypatch.setattr(manifest, "LIMIT_BYTES", len(encode(SITE)))
    assert read_manifest(path) == SITE
    monkeypatch.setattr(manifest, "LIMIT_BYTES", len(encode(SITE)) - 1)
    assert read_manifest(path) is None


def test_every_record_that_a_site_shows_is_listed() -> None:
    whole = directory(
        partners=(partner("b"), partner("a")),
        schools=(school("oak"),),
        stories=(story("thanks", school_year="2025-26"),),
        events=(event("fair"),),
    )
    assert shown(whole) == (
        "district/district",
        "district/events/fair",
        "district/schools/oak",
        "partners/a",
        "partners/b",
        "recognition/2025-26/thanks",
    )


def before(number: int) -> Manifest:
    """A site of so many partners."""
    return Manifest(version="1", records=tuple(f"partners/p{n:03}" for n in range(number)), files={})


def after(numbers: range) -> list[str]:
    return [f"p{n:03}" for n in numbers]


def test_a_tenth_may_vanish_and_no_more() -> None:
    tenth = directory(partners=tuple(map(partner, after(range(30, 300)))))
    brake(before(300), tenth)
    more = directory(partners=tuple(map(partner, after(range(31, 300)))))
    with pytest.raises(
        SetupError, match=r"31 of the 300 records .* partners/p000, partners/p001, .* ….*--allow-loss"
    ) as refusal:
        brake(before(300), more)
    assert "\n" not in str(refusal.value)
    brake(before(300), more, allows_loss=True)


def test_of_few_records_one_is_more_than_a_tenth() -> None:
    with pytest.raises(SetupError, match="1 of the 9 records"):
        brake(before(9), directory(partners=tuple(map(partner, after(range(8))))))
    brake(before(10), directory(partners=tuple(map(partner, after(range(9))))))


def test_without_an_earlier_site_nothing_can_vanish() -> None:
    brake(None, directory())
    brake(before(0), directory())


def test_new_records_make_up_for_nothing() -> None:
    new = directory(partners=tuple(map(partner, after(range(5, 500)))))
    assert vanished(before(10), new) == tuple(f"partners/p{n:03}" for n in range(5))
    with pytest.raises(SetupError):
        brake(before(10), new)


def test_what_was_renamed_has_not_vanished() -> None:
    site = Manifest(version="1", records=("district/schools/elm", "partners/old"), files={})
    oak, new = school("oak", former_slugs=("elm",)), partner("new", former_slugs=("old",))
    assert vanished(site, directory(partners=(new,), schools=(oak,))) == ()
    oak, new = school("oak", former_slugs=("old",)), partner("new", former_slugs=("elm",))
    assert vanished(site, directory(partners=(new,), schools=(oak,))) == site.records


def test_a_story_taken_back_has_not_vanished() -> None:
    site = Manifest(version="1", records=("recognition/2025-26/thanks",), files={})
    assert vanished(site, directory()) == site.records
    assert vanished(site, replace(directory(), withdrawn=("2025-26/thanks",))) == ()
