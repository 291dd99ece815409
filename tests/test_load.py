"""From a project's folders to its directory: every problem told, and only good records let in."""

import os
import shutil
import signal
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from generator.directory import Directory
from generator.problems import Place, Problem, SetupError
from generator.records import verdicts
from generator.records.cache import Cache
from generator.records.folders import SOFTWARE, Project
from generator.records.load import Loaded, in_time, load
from generator.source import Document
from tests.factories import RIVERBEND, TODAY, event

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the invented district."""
    shutil.copytree(RIVERBEND, tmp_path / "riverbend")
    return tmp_path / "riverbend"


def nothing(kind: str, document: Document, record: msgspec.Struct | None) -> Iterable[Problem]:
    """No rules: loading alone is looked at."""
    return ()


def loaded(root: Path, today: date = TODAY) -> Loaded:
    return load(Project(root=root), today=today, inspect=nothing, cache=Cache())


def directory(root: Path, today: date = TODAY) -> Directory:
    whole = loaded(root, today).directory
    assert whole is not None
    return whole


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def test_the_district_becomes_a_directory(root: Path) -> None:
    whole = directory(root)
    assert whole.district.name == "Riverbend School District"
    assert list(whole.partners) == ["river-readers"]
    assert list(whole.schools) == ["lincoln-elementary", "riverbend-middle"]
    assert list(whole.stories) == ["2025-26/reading-nights"]
    assert list(whole.initiatives) == ["reading-together"]
    assert list(whole.events) == ["partner-breakfast"]
    assert list(whole.voices) == ["family-survey"]
    assert whole.priorities is not None
    assert whole.policies is None
    assert whole.vocabularies["grades"].get("K") is not None
    assert whole.partners["river-readers"].programs[0].cost is not None


def test_nothing_is_wrong_with_it(root: Path) -> None:
    found = loaded(root)
    assert found.problems == ()
    assert len(found.records) == len(found.files) == 9


def test_a_bad_record_is_left_out_and_the_rest_stays(root: Path) -> None:
    put(root, "partners/harbor.yml", "name: Harbor\n")
    put(root, "partners/broken.yml", "name: [\n")
    found = loaded(root)
    assert {p.at.path for p in found.problems} == {"partners/harbor.yml", "partners/broken.yml"}
    assert list(directory(root).partners) == ["river-readers"]
    assert not {"partners/harbor.yml", "partners/broken.yml"} & set(found.records)


def test_what_a_rule_finds_keeps_the_record_out_only_if_it_is_an_error(root: Path) -> None:
    def strict(kind: str, document: Document, record: msgspec.Struct | None) -> Iterable[Problem]:
        at = Place(path=document.path)
        if kind in ("partner", "school"):
            severity = "error" if kind == "partner" else "warning"
            yield Problem(at=at, rule="test", message="wrong", severity=severity)  # type: ignore[arg-type]

    found = load(Project(root=root), today=TODAY, inspect=strict, cache=Cache())
    assert {(p.at.path, p.severity) for p in found.problems} == {
        ("partners/river-readers.yml", "error"),
        ("district/schools/lincoln-elementary.yml", "warning"),
        ("district/schools/riverbend-middle.yml", "warning"),
    }
    assert found.directory is not None
    assert (len(found.directory.partners), len(found.directory.schools)) == (0, 2)


def test_rules_see_every_record_and_translations_without_one(root: Path) -> None:
    put(root, "translations/es/partners/x.yml", "name: {text: Hola, source: 1a2b3c4d, by: human, on: 2026-09-01}\n")
    seen: dict[str, tuple[str, str]] = {}

    def look(kind: str, document: Document, record: msgspec.Struct | None) -> Iterable[Problem]:
        seen[document.path] = (kind, type(record).__name__)
        return ()

    load(Project(root=root), today=TODAY, inspect=look, cache=Cache())
    assert seen["partners/river-readers.yml"] == ("partner", "Partner")
    assert seen["recognition/2025-26/reading-nights.yml"] == ("story", "Story")
    assert seen["translations/es/partners/x.yml"] == ("translation", "NoneType")
    assert len(seen) == 10


def test_translations_are_found_by_language_and_record(root: Path) -> None:
    words = "{text: Leemos., source: 1a2b3c4d, by: reviewed, on: 2026-09-01}"
    put(root, "translations/zh-Hant/partners/river-readers.yml", f"programs/reading-buddies/summary: {words}\n")
    put(root, "translations/es/recognition/2025-26/reading-nights.yml", f"title: {words}\n")
    whole = directory(root)
    found = whole.translation("zh-Hant", "partners/river-readers", "programs/reading-buddies/summary")
    assert found is not None
    assert (found.text, found.by, found.on) == ("Leemos.", "reviewed", date(2026, 9, 1))
    assert whole.translation("es", "recognition/2025-26/reading-nights", "title") is not None


@pytest.mark.parametrize("path", ["partners/logos/club.png", "recognition/photos/club.jpg"])
def test_a_bad_picture_is_a_problem_and_no_record(root: Path, path: str) -> None:
    put(root, path, "<script>")
    found = loaded(root)
    assert [(p.at.path, p.rule) for p in found.problems] == [(path, "bad-picture")]
    assert [picture.path for picture in found.pictures] == [path]
    assert path not in found.records
    assert path not in {file.path for file in found.files}


def test_without_a_district_there_is_no_directory(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    assert found.directory is None
    assert [(p.at.path, p.rule) for p in found.problems] == [("district/district.yml", "missing-district")]
    assert found.records == {}


def test_with_a_bad_district_there_is_no_directory(root: Path) -> None:
    put(root, "district/district.yml", "name: Riverbend\n")
    found = loaded(root)
    assert found.directory is None
    assert {p.at.path for p in found.problems} == {"district/district.yml"}


@pytest.mark.parametrize("languages", ["[en, {a: b}, [c]]", "en", "{en: es}", "[]", ""])
def test_strange_languages_do_not_stop_the_reading(root: Path, languages: str) -> None:
    text = (root / "district/district.yml").read_text("utf-8")
    put(root, "district/district.yml", text.replace("languages: [en]", f"languages: {languages}"))
    found = loaded(root)
    assert "district/district.yml" in {p.at.path for p in found.problems} or languages == "[en]"


def test_the_districts_languages_are_reserved(root: Path) -> None:
    text = (root / "district/district.yml").read_text("utf-8")
    put(root, "district/district.yml", text.replace("languages: [en]", "languages: [en, so]"))
    shutil.copyfile(root / "partners/river-readers.yml", root / "partners/so.yml")
    assert [(p.at.path, p.rule) for p in loaded(root).problems] == [("partners/so.yml", "bad-file-name")]


def test_a_missing_schema_is_one_sentence(root: Path) -> None:
    shutil.copytree(SOFTWARE / "schema", root / "schema")
    (root / "schema/partner.schema.json").unlink()
    with pytest.raises(SetupError, match=r"schema/partner\.schema\.json is missing"):
        loaded(root)


def test_missing_vocabularies_are_one_sentence(root: Path) -> None:
    (root / "schema").mkdir()
    with pytest.raises(SetupError, match=r"vocabularies"):
        loaded(root)


def test_many_files_are_shared_and_come_out_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (root / "partners/river-readers.yml").read_text("utf-8")
    for number in range(40):
        put(root, f"partners/readers-{number}.yml", text if number % 7 else "name: x\n")
    alone = loaded(root)
    monkeypatch.setattr(verdicts, "SHARED_FROM", 10)
    monkeypatch.setattr(verdicts, "CHUNK", 9)
    shared = loaded(root)
    assert {path: bytes(raw) for path, raw in shared.records.items()} == {p: bytes(r) for p, r in alone.records.items()}
    assert shared.problems == alone.problems
    assert shared.problems


def deadly(kind: str, document: Document, record: msgspec.Struct | None) -> Iterable[Problem]:
    """A rule that kills whatever process looks at the district's own record."""
    if kind == "district":
        os.kill(os.getpid(), signal.SIGKILL)
    return ()


def test_a_killed_process_is_one_sentence_and_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "SHARED_FROM", 1)
    folder = root / ".cache"
    with pytest.raises(SetupError, match="was killed"):
        load(Project(root=root), today=TODAY, inspect=deadly, cache=Cache(), cache_folder=folder)
    assert [path.name for path in folder.iterdir()] == [".gitignore"]


def test_progress_is_told(root: Path) -> None:
    told: list[Sequence[int]] = []
    load(
        Project(root=root),
        today=TODAY,
        inspect=nothing,
        cache=Cache(),
        tell=lambda done, total: told.append((done, total)),
    )
    assert told[0] == (0, 9)


def test_partners_come_by_name_whatever_its_capitals_and_accents(root: Path) -> None:
    text = (root / "partners/river-readers.yml").read_text("utf-8").replace("[reading-club]", "[]")
    for number, name in enumerate(("zebra", "Élan", "eland", "Apple")):
        put(root, f"partners/p-{number}.yml", text.replace("name: River Readers", f"name: {name}"))
    names = [partner.name for partner in directory(root).partners.values()]
    assert names == ["Apple", "Élan", "eland", "River Readers", "zebra"]


def test_events_come_in_the_order_of_time() -> None:
    late, early = event("a", starts="2026-10-20T18:00"), event("b", starts="2026-10-20T08:00")
    assert list(in_time({"x": late, "y": early})) == ["b", "a"]
