"""What an earlier check found is used while nothing changed, and never when anything did."""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from generator import check as check_module
from generator.check import Checked, check
from generator.records import cache as cache_module
from generator.records import folders as folders_module
from generator.records import load as load_module
from generator.records import store as store_module
from generator.records.cache import Cache, digest, read_cache, records_file, version_of, write_cache
from generator.records.folders import SOFTWARE, Found, Project
from generator.records.verdicts import Verdict
from tests.factories import RIVERBEND, TODAY


@dataclass
class Bench:
    """A district's folder whose checks are counted: which files were read, and how often the whole set was checked."""

    root: Path
    read: list[str] = field(default_factory=list)
    whole: int = 0

    def check(self, today: date = TODAY) -> Checked:
        """Check with a cache; what is read is noted afresh."""
        self.read.clear()
        self.whole = 0
        return check(Project(root=self.root), today=today, cache_folder=self.root / ".cache")

    def change(self, path: str, old: str, new: str) -> None:
        """Change a file."""
        text = (self.root / path).read_text("utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new), "utf-8")
        age(self.root / path)


def age(path: Path) -> None:
    """Let a file look as if it had been written a while ago; a change is then seen by its times alone."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 10_000_000_000))


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The invented district, checked once, with nothing changed since."""
    shutil.copytree(RIVERBEND, tmp_path / "riverbend")
    bench = Bench(tmp_path / "riverbend")
    real_read, real_set = load_module.read_chunk, check_module.check_set

    def reading(project: Project, inspect: object, version: str, files: Sequence[Found]) -> list[Verdict]:
        bench.read.extend(file.path for file in files)
        return real_read(project, inspect, version, files)  # type: ignore[arg-type]

    def checking(loaded: load_module.Loaded) -> object:
        bench.whole += 1
        return real_set(loaded)

    monkeypatch.setattr(load_module, "read_chunk", reading)
    monkeypatch.setattr(check_module, "check_set", checking)
    monkeypatch.setattr(folders_module, "UNSURE_NS", -1_000_000_000)  # the copies above were written a moment ago
    assert bench.check().problems == ()
    return bench


def data_of(checked: Checked) -> dict[str, object]:
    return {path: msgspec.json.decode(raw) for path, raw in checked.loaded.records.items()}


def test_the_first_check_reads_everything(bench: Bench) -> None:
    shutil.rmtree(bench.root / ".cache")
    bench.check()
    assert len(bench.read) == 9
    assert bench.whole == 1


def test_an_unchanged_project_is_not_read_again(bench: Bench) -> None:
    first = bench.check()
    assert bench.read == []
    assert bench.whole == 0
    assert first.problems == ()
    assert len(first.loaded.records) == 9
    assert first.loaded.directory is not None
    assert list(first.loaded.directory.partners) == ["river-readers"]


def test_of_a_changed_project_only_the_changed_file_is_read(bench: Bench) -> None:
    bench.change("partners/river-readers.yml", "name: River Readers", "name: Stream Readers")
    checked = bench.check()
    assert bench.read == ["partners/river-readers.yml"]
    assert bench.whole == 1
    assert checked.loaded.directory is not None
    assert checked.loaded.directory.partners["river-readers"].name == "Stream Readers"
    bench.check()
    assert bench.read == []


def test_problems_are_remembered_exactly(bench: Bench) -> None:
    bench.change("partners/river-readers.yml", "website: https://river-", "website: https://user@river-")
    bench.change("partners/river-readers.yml", "schools: [lincoln-elementary]", "schools: [lincoln]")
    bench.change("district/schools/riverbend-middle.yml", "longitude: -71.1", "longitude: 71.1")
    first = bench.check()
    assert len({problem.rule for problem in first.problems}) >= 2
    again = bench.check()
    assert bench.read == []
    assert bench.whole == 0
    assert again.problems == first.problems


def test_a_mended_file_is_good_again(bench: Bench) -> None:
    bench.change("partners/river-readers.yml", "kind: community-organization", "kind: comunity")
    assert not bench.check().is_good
    bench.change("partners/river-readers.yml", "kind: comunity", "kind: community-organization")
    checked = bench.check()
    assert checked.problems == ()
    assert "partners/river-readers.yml" in checked.loaded.records


def test_a_deleted_file_is_forgotten(bench: Bench) -> None:
    (bench.root / "partners/river-readers.yml").unlink()
    checked = bench.check()
    assert bench.read == []
    assert {problem.rule for problem in checked.problems} == {"unknown-partner"}
    assert "partners/river-readers.yml" not in checked.loaded.records


def test_a_new_file_is_read(bench: Bench) -> None:
    shutil.copyfile(bench.root / "partners/river-readers.yml", bench.root / "partners/readers.yml")
    bench.check()
    assert bench.read == ["partners/readers.yml"]


def test_another_day_is_checked_without_reading(bench: Bench) -> None:
    later = bench.check(TODAY + timedelta(days=300))
    assert bench.read == []
    assert bench.whole == 1
    assert {problem.rule for problem in later.problems} == {"expired-agreement", "past-registration"}
    assert len(later.loaded.records) == 9
    assert bench.check().problems == ()


def test_a_picture_is_looked_at_again_when_it_changes(bench: Bench) -> None:
    (bench.root / "partners/logos").mkdir()
    (bench.root / "partners/logos/club.png").write_bytes(b"<html>")
    first = bench.check()
    assert {problem.rule for problem in first.problems} == {"bad-picture", "unused-picture"}
    assert bench.check().problems == first.problems
    assert bench.read == []
    good = Path(__file__).parent / "cases/rules/unused-picture/bad/partners/logos/harbor-tutors.png"
    shutil.copyfile(good, bench.root / "partners/logos/club.png")
    assert {problem.rule for problem in bench.check().problems} == {"unused-picture"}


def breaking() -> dict[str, Callable[[Path], object]]:
    """Ways in which a cache may be broken, or somebody else's."""
    return {
        "no checks": lambda folder: (folder / "checks.json").unlink(),
        "cut off": lambda folder: (folder / "checks.json").write_bytes((folder / "checks.json").read_bytes()[:-9]),
        "empty": lambda folder: (folder / "checks.json").write_bytes(b""),
        "another program's": lambda folder: (folder / "checks.json").write_bytes(b'{"cache": true}'),
        "another shape": lambda folder: (folder / "checks.json").write_bytes(b'{"version": [], "entries": 1}'),
        "no JSON": lambda folder: (folder / "checks.json").write_bytes(b"\x80\x04pickle"),
        "no UTF-8": lambda folder: (folder / "checks.json").write_bytes(b'{"version": "\xff"}'),
        "nested": lambda folder: (folder / "checks.json").write_bytes(b"[" * 100_000),
        "a folder": lambda folder: ((folder / "checks.json").unlink(), (folder / "checks.json").mkdir()),
        "no records": lambda folder: [path.unlink() for path in folder.glob("records-*")],
    }


ANOTHER = "The cache in .cache was made by another version; everything is read again."
DAMAGED = "The cache in .cache is damaged; everything is read again."
TOLD = {
    "no checks": "",
    "another shape": ANOTHER,
    "nested": ANOTHER,
    "another program's": ANOTHER,
    "a folder": "The cache in .cache cannot be written (is a directory); the next check reads everything again.",
}
"""What people are told of a cache that is broken in such a way, if it is not that it is damaged."""


@pytest.mark.parametrize("way", breaking())
def test_a_broken_cache_is_made_anew_and_people_are_told_once(bench: Bench, way: str) -> None:
    good = data_of(bench.check())
    breaking()[way](bench.root / ".cache")
    checked = bench.check()
    assert len(bench.read) == 9
    assert checked.problems == ()
    assert data_of(checked) == good
    assert checked.notice == TOLD.get(way, DAMAGED)
    if way != "a folder":
        assert bench.check().notice == ""
        assert bench.read == []


def test_a_first_check_and_an_unchanged_project_need_no_words(bench: Bench) -> None:
    assert bench.check().notice == ""
    shutil.rmtree(bench.root / ".cache")
    assert bench.check().notice == ""


def test_a_folder_that_cannot_be_written_costs_only_time(bench: Bench) -> None:
    good = data_of(bench.check())
    shutil.rmtree(bench.root / ".cache")
    (bench.root / ".cache").write_bytes(b"")
    for _ in range(2):
        checked = bench.check()
        assert len(bench.read) == 9
        assert checked.notice.startswith("The cache in .cache cannot be written (")
        assert data_of(checked) == good
        assert checked.loaded.directory is not None


@pytest.mark.parametrize("content", [b"", b"{}", b"not JSON", b'{"slug": "river-readers", "name": "Evil Twin"}'])
def test_records_that_are_not_those_of_the_check_are_not_used(bench: Bench, content: bytes) -> None:
    good = data_of(bench.check())
    (stored,) = (bench.root / ".cache").glob("records-*")
    stored.write_bytes(content)
    checked = bench.check()
    assert data_of(checked) == good
    assert checked.notice == DAMAGED


@pytest.mark.parametrize("later", [0, 100])
def test_a_record_that_was_tampered_with_is_read_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, later: int
) -> None:
    monkeypatch.setattr(store_module, "LATER", later)
    good = data_of(bench.check())
    (stored,) = (bench.root / ".cache").glob("records-*")
    stored.write_bytes(stored.read_bytes().replace(b"River Readers", b"Liver Readers"))
    assert data_of(bench.check()) == good
    assert bench.read == ["partners/river-readers.yml"]
    bench.change("district/schools/lincoln-elementary.yml", "name: Lincoln", "name: Old Lincoln")
    assert data_of(bench.check())["partners/river-readers.yml"] == good["partners/river-readers.yml"]
    assert data_of(bench.check()) == data_of(check(Project(root=bench.root), today=TODAY))


def test_a_cache_of_another_version_is_not_used(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_module, "version_of", lambda schema: "another")
    assert bench.check().notice == ANOTHER
    assert len(bench.read) == 9


def test_the_cache_of_another_folder_is_not_used(bench: Bench, tmp_path: Path) -> None:
    shutil.copytree(bench.root, tmp_path / "copy")
    copy = Bench(tmp_path / "copy", bench.read)
    copy.check()
    assert len(bench.read) == 9


def test_a_schema_of_ones_own_counts_for_the_version(tmp_path: Path) -> None:
    shutil.copytree(SOFTWARE / "schema", tmp_path / "schema")
    before = version_of(tmp_path / "schema")
    assert before == version_of(tmp_path / "schema")
    age(tmp_path / "schema/vocabularies/grades.yml")
    assert version_of(tmp_path / "schema") != before


@pytest.mark.parametrize("path", ["translations/es/interface.po", "requirements.txt", "generator/records/load.py"])
def test_words_and_packages_count_for_the_version(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (path, "schema/common.schema.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SOFTWARE / name, tmp_path / name)
    monkeypatch.setattr(cache_module, "SOFTWARE", tmp_path)
    before = version_of(tmp_path / "schema")
    assert before == version_of(tmp_path / "schema")
    age(tmp_path / path)
    cache_module.code_marks.cache_clear()  # the code is that of the next process
    assert version_of(tmp_path / "schema") != before


def test_a_process_that_lives_on_stays_at_the_version_that_it_has_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator/code.py").write_text("old")
    monkeypatch.setattr(cache_module, "SOFTWARE", tmp_path)
    before = version_of(tmp_path / "schema")
    (tmp_path / "generator/code.py").write_text("another")
    assert version_of(tmp_path / "schema") == before


def test_the_version_by_content_is_the_same_wherever_the_software_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = set()
    for name in ("a", "b"):
        shutil.copytree(SOFTWARE / "schema", tmp_path / name / "schema", copy_function=shutil.copyfile)
        (tmp_path / name / "generator/records").mkdir(parents=True)
        shutil.copyfile(SOFTWARE / "generator/records/cache.py", tmp_path / name / "generator/records/cache.py")
        monkeypatch.setattr(cache_module, "SOFTWARE", tmp_path / name)
        found.add(cache_module.version_everywhere(tmp_path / name / "schema"))
    assert len(found) == 1
    for path in ("generator/records/cache.py", "schema/vocabularies/grades.yml", "schema/event.schema.json"):
        (tmp_path / "b" / path).write_text("changed")
        found.add(cache_module.version_everywhere(tmp_path / "b/schema"))
    assert len(found) == 4


def test_a_sealed_file_is_read_as_it_was_written_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / ".cache/kept"
    assert cache_module.read_sealed(path) is None
    cache_module.write_sealed(path, b"")
    assert cache_module.read_sealed(path) == b""
    cache_module.write_sealed(path, b"content")
    assert cache_module.read_sealed(path) == b"content"
    whole = path.read_bytes()
    for spoiled in (b"", whole[:-1], whole[1:], whole + b" ", whole[:-1] + b"s", b"\0" * 40):
        path.write_bytes(spoiled)
        with pytest.raises(ValueError, match="not as it was written"):
            cache_module.read_sealed(path)


def test_a_file_written_a_moment_ago_is_not_trusted(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders_module, "UNSURE_NS", 60_000_000_000)
    bench.check()
    assert len(bench.read) == 9
    bench.check()
    assert len(bench.read) == 9


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    told = "The cache in taken cannot be written (file exists); the next check reads everything again."
    assert write_cache(tmp_path / "taken", Cache(version="1")) == told
    assert "no such file" in write_cache(tmp_path / "missing" / "deeper", Cache(version="1"))
    assert read_cache(tmp_path / "missing", "1") == (Cache(version="1"), "")


@pytest.mark.parametrize("later", [0, 2, 100])
def test_one_edit_after_the_other_is_remembered_as_it_was_read(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, later: int
) -> None:
    monkeypatch.setattr(store_module, "LATER", later)
    names = ("River Readers", "Stream Readers", "Brook Readers", "Lake Readers", "Pond Readers")
    edits = [("partners/river-readers.yml", f"name: {old}", f"name: {new}") for old, new in pairwise(names)]
    edits.insert(2, ("district/schools/lincoln-elementary.yml", "name: Lincoln", "name: Old Lincoln"))
    for path, old, new in edits:
        bench.change(path, old, new)
        checked = bench.check()
        assert bench.read == [path]
        assert data_of(checked) == data_of(check(Project(root=bench.root), today=TODAY))
        assert data_of(bench.check()) == data_of(checked)
        assert bench.read == []


SIDECAR = "translations/es/partners/river-readers.yml"
WORDS = "{text: Leemos., source: 1a2b3c4d, by: human, on: 2026-09-01}"
PARTNER = "partners/river-readers.yml"


def test_translations_are_looked_at_again_when_they_or_their_record_change(bench: Bench) -> None:
    def rules() -> set[str]:
        checked = bench.check()
        assert checked.problems == check(Project(root=bench.root), today=TODAY).problems
        return {problem.rule for problem in checked.problems}

    (bench.root / SIDECAR).parent.mkdir(parents=True)
    (bench.root / SIDECAR).write_text(f"programs/reading-buddies/summary: {WORDS}\n", "utf-8")
    assert rules() == set()
    bench.change(PARTNER, "website: https", "# website: https")
    assert rules() == set()
    bench.change(PARTNER, "slug: reading-buddies", "slug: reading-friends")
    assert rules() == {"orphan-translation"}
    bench.change("district/schools/lincoln-elementary.yml", "name: Lincoln", "name: Old Lincoln")
    assert rules() == {"orphan-translation"}
    bench.change(SIDECAR, "reading-buddies", "reading-friends")
    assert rules() == set()
    bench.change(SIDECAR, "Leemos.", '"Leemos.\\nMucho."')
    assert rules() == {"broken-line"}
    bench.change(PARTNER, "# website: https", "website: https")
    assert rules() == {"broken-line"}
    bench.change(SIDECAR, "\\nMucho", "")
    assert rules() == set()
    (bench.root / PARTNER).rename(bench.root / "partners/readers.yml")
    assert "orphan-translation" in rules()


def turned(path: str, one: str, other: str) -> Callable[[Path], None]:
    """An edit that exchanges two texts of a file, there and back."""

    def edit(root: Path) -> None:
        file = root / path
        if file.exists():
            text = file.read_text("utf-8")
            file.write_text(text.replace(one, other) if one in text else text.replace(other, one), "utf-8")

    return edit


def put(path: str, like: str, text: str = "") -> Callable[[Path], None]:
    """An edit that puts a file there, or takes it away."""

    def edit(root: Path) -> None:
        file = root / path
        if file.exists():
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text or (RIVERBEND / like).read_text("utf-8"), "utf-8")

    return edit


EDITS = {
    "a name": turned(PARTNER, "name: River Readers", "name: Stream Readers"),
    "a program": turned(PARTNER, "slug: reading-buddies", "slug: reading-friends"),
    "an error": turned(PARTNER, "kind: community-organization", "kind: comunity"),
    "a partner": put(PARTNER, PARTNER),
    "its twin": put("partners/readers.yml", PARTNER),
    "a school": put("district/schools/lincoln-elementary.yml", "district/schools/lincoln-elementary.yml"),
    "a sidecar": put(SIDECAR, "", f"programs/reading-buddies/summary: {WORDS}\nsummary: {WORDS}\n"),
    "its words": turned(SIDECAR, "Leemos.", '"Leemos.\\n"'),
    "its fields": turned(SIDECAR, "\nsummary:", "\nsumary:"),
    "an orphan": put("translations/es/partners/readers.yml", "", f"summary: {WORDS}\n"),
    "languages": turned("district/district.yml", "languages: [en]", "languages: [en, so, es]"),
}


@settings(max_examples=25, deadline=None)
@given(some.lists(some.sampled_from(sorted(EDITS)), min_size=2, max_size=6), some.sampled_from([0, 1, 100]))
def test_after_any_edits_a_check_says_what_one_without_a_cache_says(edits: list[str], later: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(folders_module, "UNSURE_NS", -1_000_000_000)
        patch.setattr(store_module, "LATER", later)
        root = Path(shutil.copytree(RIVERBEND, Path(folder) / "riverbend"))
        for edit in edits:
            EDITS[edit](root)
            known = check(Project(root=root), today=TODAY, cache_folder=root / ".cache")
            anew = check(Project(root=root), today=TODAY)
            assert known.notice == ""
            assert known.problems == anew.problems
            assert data_of(known) == data_of(anew)
            assert known.loaded.by_kind == anew.loaded.by_kind
            told, told_anew = known.loaded.translations, anew.loaded.translations
            assert {record: told.digest(record) for _, record in told} == {
                record: told_anew.digest(record) for _, record in told_anew
            }


@pytest.mark.parametrize("later", [0, 100])
def test_an_unchanged_sidecar_is_not_read_until_its_words_are_shown(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, later: int
) -> None:
    monkeypatch.setattr(store_module, "LATER", later)
    (bench.root / SIDECAR).parent.mkdir(parents=True)
    (bench.root / SIDECAR).write_text(f"summary: {WORDS}\n", "utf-8")
    bench.check()
    bench.change("district/schools/lincoln-elementary.yml", "name: Lincoln", "name: Old Lincoln")
    read: list[str] = []
    real = store_module.Records.__getitem__
    monkeypatch.setattr(
        store_module.Records, "__getitem__", lambda self, path: (read.append(path), real(self, path))[1]
    )
    directory = bench.check().loaded.directory
    assert directory is not None
    known = directory.translations.digest("partners/river-readers")
    assert known != b""
    assert read.count(SIDECAR) == (later == 0)  # a new file of records takes all of them along
    found = directory.translation("es", "partners/river-readers", "summary")
    assert found is not None
    assert found.text == "Leemos."
    bench.change(SIDECAR, "Leemos.", "Leemos mucho.")
    after = bench.check().loaded.directory
    assert after is not None
    assert after.translations.digest("partners/river-readers") != known


def test_only_the_latest_records_are_kept(bench: Bench) -> None:
    bench.change("partners/river-readers.yml", "name: River Readers", "name: Stream Readers")
    bench.check()
    folder = bench.root / ".cache"
    cache, notice = read_cache(folder, version_of(SOFTWARE / "schema"))
    assert notice == ""
    names = [path.name for path in sorted(folder.iterdir())]
    assert names == [".gitignore", "checks.json", f"records-{cache.stored}.jsonl"]
    lines = records_file(folder, cache.stored).read_bytes().splitlines(keepends=True)
    assert cache.stored == digest(b"".join(lines))
    assert {msgspec.json.decode(line)["slug"] for line in lines} >= {"river-readers", "lincoln-elementary"}
    assert set(cache.later) == {"partners/river-readers.yml"}
