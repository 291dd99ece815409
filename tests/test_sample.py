"""The invented district: complete, clean, and the same bytes for the same numbers."""

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from struct import unpack
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from generator.check import check
from generator.cli.sample import sample
from generator.languages import fingerprint
from generator.model import Partner, Story
from generator.problems import SetupError
from generator.records.folders import KINDS, SOFTWARE, Project
from generator.sample.files import SampleFile
from generator.sample.folder import is_free, replace
from generator.sample.names import VARIETY, coined, syllables
from generator.sample.setting import words
from generator.sample.translation import STATES, pseudo
from generator.schema.shapes import Field, load_shapes
from generator.source import parse
from tests.invented import checked, sample_files, setting, write_district


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_district(tmp_path_factory.mktemp("sample"), setting(partners=60, schools=12))


@pytest.fixture(scope="module")
def many() -> dict[str, SampleFile]:
    """The files of a district with some hundred partners, in English."""
    return sample_files(setting(partners=600, schools=60, languages=("en",)))


def run(*words: str) -> Result:
    return CliRunner().invoke(sample, list(words))


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def data_of(path: Path) -> dict[str, Any]:
    document, problems = parse(path.read_bytes(), relative=path.name)
    assert document is not None, problems
    return document.data


def test_sixty_partners_pass_the_check_without_a_warning(district: Path) -> None:
    assert checked(district).problems == ()


@pytest.mark.parametrize(("partners", "schools", "seed"), [(1, 1, 0), (2, 3, 77), (25, 40, 12345), (7, 2, -3)])
def test_every_size_and_seed_passes(tmp_path: Path, partners: int, schools: int, seed: int) -> None:
    wanted = setting(partners=partners, schools=schools, seed=seed, languages=("en",))
    assert checked(write_district(tmp_path, wanted)).problems == ()


def test_it_stays_clean_for_months(district: Path) -> None:
    assert check(Project(root=district), today=date(2027, 3, 1)).problems == ()


def test_every_kind_of_record_is_there(district: Path) -> None:
    loaded = checked(district).loaded
    assert {kind.name for kind in KINDS} <= {file.kind for file in loaded.files}
    assert len(loaded.by_kind["partner"]) == 60
    assert len(loaded.by_kind["school"]) == 12
    assert len(loaded.by_kind["story"]) == 6
    assert (district / "pages/about.md").is_file()
    assert loaded.pictures


def test_records_use_every_field_and_leave_out_every_optional_one(many: dict[str, SampleFile]) -> None:
    """Every field of every kind is present somewhere; every field that may be absent is absent somewhere."""
    shapes = load_shapes(SOFTWARE / "schema")
    present: Counter[str] = Counter()
    owners: Counter[str] = Counter()
    for file in many.values():
        if file.kind in shapes and file.path.endswith(".yml"):
            document, _ = parse(file.content, relative=file.path)
            assert document is not None
            count(file.kind, document.data, shapes[file.kind].fields, present, owners)
    missing = [path for path in paths(shapes) if not present[path]]
    optional = [path for path, field in paths(shapes).items() if is_optional(path, field)]
    always = [path for path in optional if present[path] == owners[path]]
    assert missing == []
    assert always == []


def paths(shapes: Any) -> dict[str, Field]:
    """Every field of the partners, schools and stories by its path."""

    def below(start: str, fields: tuple[Field, ...]) -> Any:
        for field in fields:
            yield f"{start}/{field.name}", field
            yield from below(f"{start}/{field.name}", field.fields)

    kinds = ("partner", "school", "story", "event")
    return {path: field for kind in kinds for path, field in below(kind, shapes[kind].fields)}


def is_optional(path: str, field: Field) -> bool:
    """Whether the sample is to leave the field out at times: not where it is the point of its group."""
    name = path.rpartition("/")[2]
    owner = path.rpartition("/")[0].rpartition("/")[2]
    return not field.is_required and not (owner in POINT and name in POINT[owner])


POINT = {
    "sources": ("seen",),
    "source": ("seen",),
    "agreement": ("signed",),
    "codes": ("district",),
    "partner": ("programs",),
    "getting_there": ("bus_from",),
    "ages": ("min",),
    "sessions": ("from", "to"),
}


def count(start: str, data: Any, fields: tuple[Field, ...], present: Counter[str], owners: Counter[str]) -> None:
    for field in fields:
        path = f"{start}/{field.name}"
        owners[path] += 1
        if field.name in data:
            present[path] += 1
            values = data[field.name] if isinstance(data[field.name], list) else [data[field.name]]
            for value in values if field.fields else ():
                count(path, value, field.fields, present, owners)


def test_every_term_is_used(many: dict[str, SampleFile]) -> None:
    """Some hundred partners use the whole breadth of the vocabularies, retired terms left out."""
    text = b"\n".join(file.content for file in many.values() if file.kind != "picture")
    used = set(re.findall(r"[A-Za-z0-9-]+", text.decode()))
    for name, vocabulary in setting().vocabularies.items():
        assert {term.id for term in vocabulary.current} - used == set(), name


def test_stories_are_of_several_years_and_never_embargoed(many: dict[str, SampleFile]) -> None:
    stories = [file for file in many.values() if file.kind == "story"]
    folders = {file.path.split("/")[1] for file in stories}
    texts = [file.content.decode() for file in stories]
    assert folders == {"2023-24", "2024-25", "2025-26", "2026-27"}
    assert len(stories) == 60
    assert any("status: withdrawn" in text for text in texts)
    assert all(re.search(r"^published: (\S+)$", text, re.MULTILINE)[1] <= "2026-11-02" for text in texts)  # type: ignore[index]


def test_translations_are_in_every_state(district: Path) -> None:
    loaded = checked(district).loaded
    by: Counter[str] = Counter()
    for language, address in loaded.translations:
        fields = loaded.translations.get(language, address)
        assert language in ("es", "ar")
        english = data_of(district / f"{address}.yml")
        for path, words_ in fields.items():
            if path == "summary":
                by[words_.by if words_.source == fingerprint(english["summary"]) else "stale"] += 1
            assert "⟦" in words_.text
    untranslated = set(loaded.by_kind["partner"]) - {address for _, address in loaded.translations}
    assert set(by) == {"human", "reviewed", "machine", "stale"}
    assert len(STATES) == 5
    assert len({address for _, address in loaded.translations}) > 60
    assert len(untranslated) < 60


def test_pseudo_words_keep_links_and_numbers() -> None:
    letters = ("Arab", str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابثدهفجحيخكلمنوصقرستعطغشضز"))
    text = pseudo("See [our page](https://x.example.org/a) or call (555) 555-0142.\n\n- one\n- two", letters)
    assert "](https://x.example.org/a)" in text
    assert "(555) 555-0142" in text
    assert text.endswith("\n\n- ⟦ونه⟧\n- ⟦تغو⟧")


def test_the_same_numbers_write_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    for name in ("0", "4242"):
        command = [
            sys.executable,
            "-m",
            "generator",
            "sample",
            str(tmp_path / name),
            "--partners",
            "8",
            "--schools",
            "3",
        ]
        environment = os.environ | {"PYTHONHASHSEED": name, "TZ": "Asia/Tokyo" if name == "0" else "UTC", "LC_ALL": "C"}
        subprocess.run(command, cwd=SOFTWARE, env=environment, check=True, capture_output=True)
    assert contents(tmp_path / "0") == contents(tmp_path / "4242")


def test_more_partners_change_nothing_about_the_others() -> None:
    few, many = sample_files(setting(partners=5)), sample_files(setting(partners=9))
    same = [path for path in few if path.startswith("partners/")]
    assert len([path for path in same if path.endswith(".yml")]) == 5
    assert all(few[path] == many[path] for path in same)


def test_another_seed_makes_another_district() -> None:
    one, two = sample_files(setting(seed=1)), sample_files(setting(seed=2))
    assert not {path for path in one if path.startswith("partners/")} & set(two)


def test_names_differ_in_two_syllables_at_least() -> None:
    known = syllables(words("names"))
    names = [coined(known, number) for number in range(VARIETY**2)]
    assert len(set(names)) == VARIETY**2
    assert len(set(map(str.lower, names))) == VARIETY**2
    assert coined(known, VARIETY**2).split(" of ")[0] == names[0]


def test_pictures_are_png_of_moderate_size(district: Path) -> None:
    for picture in checked(district).loaded.pictures:
        path = district / picture.path
        assert path.stat().st_size < 40_000
        with Image.open(path) as image:
            image.load()
            assert image.size == unpack(">II", path.read_bytes()[16:24])


@pytest.mark.parametrize(("name", "quote"), [("riverbend", ""), ("my district", "'")])
def test_the_command_says_what_it_wrote_and_what_comes_next(tmp_path: Path, name: str, quote: str) -> None:
    folder = tmp_path / name
    result = run(str(folder), "--partners", "3", "--schools", "2", "--languages", "es,en,es")
    assert result.exit_code == 0, result.output
    assert "Wrote 3 partners, 2 schools, 3 stories" in result.stdout
    assert f"Next:  partners build --root {quote}{folder}{quote}" in result.stdout
    assert "languages: [en, es]" in (folder / "district/district.yml").read_text("utf-8")


def test_an_earlier_sample_is_replaced_and_other_files_stay(tmp_path: Path) -> None:
    assert run(str(tmp_path), "--partners", "5", "--schools", "3").exit_code == 0
    (tmp_path / "partners/my-own.yml").write_text("name: Mine\n", "utf-8")
    (tmp_path / "notes.txt").write_text("keep\n", "utf-8")
    assert run(str(tmp_path), "--partners", "4", "--schools", "2", "--seed", "9", "--languages", "en").exit_code == 0
    kept = contents(tmp_path)
    kept.pop("partners/my-own.yml")
    kept.pop("notes.txt")
    fresh = tmp_path.parent / f"{tmp_path.name}-fresh"
    assert run(str(fresh), "--partners", "4", "--schools", "2", "--seed", "9", "--languages", "en").exit_code == 0
    assert kept == contents(fresh)


def test_a_folder_with_other_files_is_refused_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")
    refused = run(str(tmp_path), "--partners", "1", "--schools", "1")
    assert refused.exit_code == 2
    assert "holds other files" in refused.output
    assert list(contents(tmp_path)) == ["thesis.txt"]
    assert run(str(tmp_path), "--partners", "1", "--schools", "1", "--force").exit_code == 0
    assert (tmp_path / "thesis.txt").read_text("utf-8") == "mine"


SMALL = ("--partners", "1", "--schools", "1", "--languages", "en")


@pytest.mark.parametrize("options", [(), ("--force",)])
def test_files_that_no_sample_wrote_are_never_overwritten(tmp_path: Path, options: tuple[str, ...]) -> None:
    mine = dict.fromkeys(("district/district.yml", "pages/about.md", "partners/my-own.yml"), b"mine")
    for name, content in mine.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    refused = run(str(tmp_path), *SMALL, *options)
    assert refused.exit_code != 0
    assert contents(tmp_path) == mine
    if options:
        assert "district/district.yml, pages/about.md; nothing was written" in str(refused.exception)


def test_a_file_of_ones_own_in_a_sample_is_never_overwritten(tmp_path: Path) -> None:
    assert run(str(tmp_path), *SMALL).exit_code == 0
    larger = sample_files(setting(partners=1, schools=9, languages=("en",)))
    new = min(path for path in larger if not (tmp_path / path).exists())
    (tmp_path / new).write_text("mine", "utf-8")
    before = contents(tmp_path)
    refused = run(str(tmp_path), "--partners", "1", "--schools", "9", "--languages", "en", "--force")
    assert new in str(refused.exception)
    assert contents(tmp_path) == before


def test_edited_files_of_an_earlier_sample_are_lost_only_by_force(tmp_path: Path) -> None:
    assert run(str(tmp_path), *SMALL).exit_code == 0
    fresh = contents(tmp_path)
    partner = next(path for path in fresh if path.startswith("partners/") and path.endswith(".yml"))
    for path in ("pages/about.md", partner):
        (tmp_path / path).write_text("edited", "utf-8")
    (tmp_path / "pages/contact.md").unlink()  # what was deleted may come back
    before = contents(tmp_path)
    refused = run(str(tmp_path), *SMALL, "--seed", "2")
    assert refused.exit_code == 2
    assert f"pages/about.md, {partner}." in refused.output.replace("\n", " ")
    assert contents(tmp_path) == before
    assert run(str(tmp_path), *SMALL, "--force").exit_code == 0
    assert contents(tmp_path) == fresh
    assert run(str(tmp_path), *SMALL).exit_code == 0  # nothing is edited any more


def test_many_edited_files_are_named_in_part(tmp_path: Path) -> None:
    assert run(str(tmp_path), *SMALL).exit_code == 0
    for path in (tmp_path / "pages").iterdir():
        path.write_text("edited", "utf-8")
    output = run(str(tmp_path), *SMALL).output
    assert "pages/about.md, pages/accessibility.md, pages/contact.md and 4 more" in output


def test_half_a_file_is_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.write_bytes

    def half(path: Path, content: bytes) -> int:
        whole(path, content[: len(content) // 2])
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    assert isinstance(run(str(tmp_path), *SMALL).exception, OSError)
    monkeypatch.undo()
    assert list(contents(tmp_path)) == [".sample"]
    assert run(str(tmp_path), *SMALL).exit_code == 0


def test_a_tampered_mark_removes_nothing(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine", "utf-8")
    folder = tmp_path / "district"
    assert run(str(folder), "--partners", "1", "--schools", "1").exit_code == 0
    for line in ("../outside.txt", "/etc/hostname", "partners/../../outside.txt", "README.md"):
        (folder / ".sample").write_text(f"partners sample\n{line}\n", "utf-8")
        assert run(str(folder), "--partners", "1", "--schools", "1").exit_code == 2
        assert run(str(folder), "--partners", "1", "--schools", "1", "--force").exit_code == 0
    assert outside.read_text("utf-8") == "mine"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = tmp_path / "district"
    folder.mkdir()
    (folder / "partners").symlink_to(elsewhere)
    result = run(str(folder), "--partners", "1", "--schools", "1", "--force")
    assert isinstance(result.exception, SetupError)
    assert "something else is in the way" in str(result.exception)
    assert list(elsewhere.iterdir()) == []


def test_an_interrupted_sample_is_still_a_sample(tmp_path: Path) -> None:
    def interrupted() -> Any:
        yield from list(sample_files(setting(partners=1)).values())[:3]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace(tmp_path, "partners sample", interrupted())
    assert len(contents(tmp_path)) == 4
    assert is_free(tmp_path)


@pytest.mark.parametrize(
    ("options", "words_"),
    [
        (["--languages", "en,xx"], 'there is no language "xx"'),
        (["--languages", "spanish"], 'Did you mean "es"?'),
        (["--partners", "0"], "not in the range"),
        (["--on", "yesterday"], "does not match"),
    ],
)
def test_wrong_use_is_said_in_one_line(tmp_path: Path, options: list[str], words_: str) -> None:
    result = run(str(tmp_path / "x"), *options)
    assert result.exit_code == 2
    assert words_ in result.output
    assert not (tmp_path / "x").exists()


def test_partners_and_stories_are_read_as_records(district: Path) -> None:
    loaded = checked(district).loaded
    programs = [program for p in loaded.by_kind["partner"].values() if isinstance(p, Partner) for program in p.programs]
    assert 2 * 60 <= len(programs) <= 4 * 60
    assert all(isinstance(story, Story) for story in loaded.by_kind["story"].values())
