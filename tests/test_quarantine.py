"""Each bad record among 300 good ones: strictly, only that file is named; in quarantine, the 300 are published."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from generator.check import Checked, check
from generator.cli.build import say_what_is_wrong
from generator.directory import Directory
from generator.manifest import NAME, Manifest, encode, shown
from generator.quarantine import PARTS, TWINS, quarantined
from generator.records.folders import Project
from generator.rules import SET
from tests import hostile_mapping as corpus
from tests.factories import RIVERBEND, TODAY
from tests.test_hostile import LARGE_BYTES, noon
from tests.test_rules import cases as rule_cases
from tests.test_rules import files_of

REPOSITORY = Path(__file__).resolve().parent.parent
GOOD = {f"partners/good-{number}.yml" for number in range(300)}
DISTRICT = "district/district.yml"


class Town:
    """An invented district with 300 partners beside its own, in a folder that each test leaves as it found it."""

    def __init__(self, folder: Path) -> None:
        self.project = Project(root=folder)
        shutil.copytree(RIVERBEND, folder)
        text = (RIVERBEND / "partners/river-readers.yml").read_text("utf-8")
        for path in GOOD:
            name = Path(path).stem.replace("-", " ").title()
            own = text.replace("River Readers", name).replace("river-readers", Path(path).stem)
            own = own.replace("also_known_as: [Riverbend Reading Friends]\nformer_slugs: [reading-club]\n", "")
            (folder / path).write_text(own, "utf-8")
        self.whole = self.shown()

    def check(self) -> Checked:
        """The strict check; files that have not changed since the last one are not read again."""
        return check(self.project, today=TODAY, cache_folder=self.project.root / ".cache")

    def shown(self) -> frozenset[str]:
        """The addresses of the records that a site of the good district shows."""
        directory = self.check().loaded.directory
        assert directory is not None
        return frozenset(shown(directory))

    @contextmanager
    def with_files(self, files: Mapping[str, bytes | None]) -> Iterator[Checked]:
        """The strict check of the district while some files are other ones, or not there."""
        before = {path: file.read_bytes() for path in files if (file := self.project.root / path).is_file()}
        try:
            for path, content in files.items():
                self.put(path, content)
            yield self.check()
        finally:
            for path in files:
                self.put(path, before.get(path))

    @contextmanager
    def restored(self) -> Iterator[None]:
        """Remove in the end whatever has come into the folder since."""
        before = {*self.project.root.rglob("*")}
        try:
            yield
        finally:
            for new in sorted({*self.project.root.rglob("*")} - before, reverse=True):
                if new.is_dir() and not new.is_symlink():
                    new.rmdir()
                else:
                    new.unlink()

    def put(self, path: str, content: bytes | None) -> None:
        """Write a file, or remove it."""
        file = self.project.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            file.unlink(missing_ok=True)
        else:
            file.write_bytes(content)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """The district, written once."""
    return Town(tmp_path_factory.mktemp("town") / "riverbend")


def errors(checked: Checked) -> set[str]:
    """The files that have errors."""
    return {problem.at.path for problem in checked.problems if problem.is_error}


def rest(strict: Checked) -> tuple[Directory, tuple[str, ...]]:
    """The records that a quarantine leaves, and what it leaves out."""
    done = quarantined(strict)
    assert done.is_good
    assert done.loaded.directory is not None
    return done.loaded.directory, done.left_out


def files_in(left_out: tuple[str, ...]) -> set[str]:
    """The files that are left out, or parts of them."""
    return {name.partition(" (")[0] for name in left_out}


def good(number: int, extra: str = "") -> str:
    """The text of a partner like the 300, with more lines."""
    text = (RIVERBEND / "partners/river-readers.yml").read_text("utf-8")
    text = re.sub(r"(?m)^(also_known_as|former_slugs): .*\n", "", text).replace("river-readers", f"new-{number}")
    return text.replace("River Readers", f"New {number}") + extra


@pytest.mark.parametrize(
    "case", [c for c in rule_cases() if c.name[:3] == "bad"], ids=lambda c: f"{c.parent.name}/{c.stem}"
)
def test_what_a_rule_finds_is_left_out_and_nothing_else(case: Path, town: Town) -> None:
    files = {name: path.read_bytes() for name, path in files_of(case).items()}
    with town.with_files(files) as strict:
        assert errors(strict) <= set(files)
        if DISTRICT in errors(strict):
            assert not quarantined(strict).is_good
            return
        directory, left_out = rest(strict)
        assert files_in(left_out) == errors(strict)
        gone = town.whole - {*shown(directory)}
        assert gone <= {path.removesuffix(".yml") for path in errors(strict)}
        assert not gone or case.parent.name not in PARTS


BAD = [c for c in corpus.cases("record", "recognition") if c.expected == "reject"]


@pytest.mark.skipif(not corpus.MANIFEST.is_file(), reason=corpus.ABSENT)
@pytest.mark.parametrize("case", BAD, ids=lambda c: c.name)
def test_a_hostile_record_is_left_out_and_nothing_else(case: corpus.Case, town: Town, tmp_path: Path) -> None:
    raw = corpus.content_of(case, tmp_path / "made")
    name = corpus.file_name(case, raw)
    if "/" in name or len(name.encode()) > 250 or len(raw) > LARGE_BYTES * 100:
        pytest.skip("no file can have that name, or it is too large to be read at all")
    folder = corpus.district(tmp_path / "riverbend", with_partner=case.stage == "recognition")
    path = corpus.write_case(case, folder, name, raw)
    added = (DISTRICT, path, *(["partners/harbor-food-bank.yml"] if case.stage == "recognition" else []))
    with town.with_files({each: (folder / each).read_bytes() for each in added}) as strict:
        named = {path.replace("\n", "\\n")}
        assert errors(strict) == named
        directory, left_out = rest(strict)
        assert {*left_out} == named
        assert town.whole - {path.removesuffix(".yml")} <= {*shown(directory)}
        assert path.removesuffix(".yml") not in shown(directory)


@pytest.mark.skipif(not corpus.MANIFEST.is_file(), reason=corpus.ABSENT)
@pytest.mark.parametrize("case", [c for c in corpus.cases("layout") if c.expected == "reject"], ids=lambda c: c.name)
def test_a_strange_tree_costs_no_good_record(case: corpus.Case, town: Town) -> None:
    if case.attack == "unreadable file" and hasattr(os, "geteuid") and os.geteuid() == 0:
        pytest.skip("nothing is unreadable for root")
    planted = {entry["path"] for entry in json.loads((corpus.MANIFEST.parent / case.file).read_text("utf-8"))["files"]}
    with town.restored():
        corpus.lay_out(case, town.project.root)
        strict = town.check()
        assert set() < errors(strict) <= planted
        directory, left_out = rest(strict)
        assert files_in(left_out) == errors(strict)
        assert town.whole <= {*shown(directory)}


def test_what_is_good_is_left_as_it_is(town: Town) -> None:
    strict = town.check()
    assert quarantined(strict) is strict
    assert strict.left_out == ()


def test_the_tables_name_rules_that_exist() -> None:
    assert {*PARTS, *TWINS} <= {rule.name for rule in SET if rule.severity == "error"}


WITHOUT_A_SITE: dict[str, dict[str, bytes | None]] = {
    "the district's record is bad": {DISTRICT: b"name: ["},
    "the district's record is missing": {DISTRICT: None},
    "something strange lies beside the pages": {"pages/evil/picture.png": b""},
}


@pytest.mark.parametrize("why", WITHOUT_A_SITE)
def test_without_some_things_there_is_no_site(why: str, town: Town) -> None:
    with town.with_files(WITHOUT_A_SITE[why]) as strict:
        assert not strict.is_good
        assert quarantined(strict) is strict


@pytest.mark.parametrize("path", ["partners", "district/schools", "recognition/2025-26", "pages"])
def test_a_folder_that_is_a_link_is_more_than_a_bad_record(path: str, town: Town, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(RIVERBEND, tmp_path / "riverbend"))
    elsewhere = tmp_path / "elsewhere"
    if (folder / path).exists():
        (folder / path).rename(elsewhere)
    (folder / path).symlink_to(elsewhere)
    strict = check(Project(root=folder), today=TODAY)
    assert errors(strict) == {path}
    assert quarantined(strict) is strict


NAMED = (
    "partners/river-readers.yml",
    "district/schools/lincoln-elementary.yml",
    "district/initiatives/reading-together.yml",
)


@pytest.mark.parametrize("path", [*NAMED, "district/priorities.yml"])
@pytest.mark.parametrize("how", ["broken", "misnamed", "linked"])
def test_what_names_a_record_that_is_left_out_stays(path: str, how: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(RIVERBEND, tmp_path / "riverbend"))
    whole = {*shown(rest_of(folder))}
    bad = folder / path
    if how == "broken":
        bad.write_text("name: [", "utf-8")
    elif how == "linked":
        bad.rename(tmp_path / "elsewhere.yml")
        bad.symlink_to(tmp_path / "elsewhere.yml")
    else:
        bad = bad.rename(bad.with_suffix(".yaml"))
    strict = check(Project(root=folder), today=TODAY)
    assert errors(strict) == {bad.relative_to(folder).as_posix()}
    assert whole - {*shown(rest(strict)[0])} == {path.removesuffix(".yml")}


def rest_of(folder: Path) -> Directory:
    """The records of a good district."""
    directory = check(Project(root=folder), today=TODAY).loaded.directory
    assert directory is not None
    return directory


def test_of_two_alike_the_one_stays_that_is_good_beside_that(town: Town) -> None:
    twin = good(1).encode()
    bad = twin.replace(b"lincoln-elementary", b"no-such-school")
    with town.with_files({"partners/a.yml": bad, "partners/new-1.yml": twin, "partners/z.yml": twin}) as strict:
        directory, left_out = rest(strict)
        assert left_out == ("partners/a.yml", "partners/z.yml")
        assert "new-1" in directory.partners
        assert rest(town.check())[1] == left_out  # with what the first check knew


def test_of_former_addresses_only_the_taken_one_is_lost(town: Town) -> None:
    path, text = "partners/youngest.yml", good(1, "former_slugs: [once, reading-club, good-7, before]\n")
    with town.with_files({path: text.encode()}) as strict:
        directory, left_out = rest(strict)
        assert left_out == (f"{path} (former_slugs/2)", f"{path} (former_slugs/3)")
        assert directory.partners["youngest"].former_slugs == ("once", "before")
        assert directory.partners["river-readers"].former_slugs == ("reading-club",)


PICTURES = {
    "missing": None,
    "no picture": b"<html>",
    "cut short": (RIVERBEND / "../riverbend/recognition/photos/story-1.png").read_bytes()[:-900],
}


@pytest.mark.parametrize("why", PICTURES)
def test_without_its_picture_a_record_is_still_shown(why: str, town: Town) -> None:
    path = "partners/logos/new-1.png"
    text = good(1, "logo: new-1.png\nlogo_alt: A book\n").encode()
    with town.with_files({"partners/new-1.yml": text, path: PICTURES[why]}) as strict:
        assert errors(strict) == {path if PICTURES[why] else "partners/new-1.yml"}
        directory, left_out = rest(strict)
        assert {*left_out} == {"partners/new-1.yml (logo)", *([path] if PICTURES[why] else [])}
        assert directory.partners["new-1"].logo == ""


def test_of_many_photos_the_bad_ones_are_left_out(town: Town) -> None:
    path = "recognition/2025-26/photos.yml"
    story = next(RIVERBEND.glob("recognition/2025-26/*.yml")).read_text("utf-8")
    photo = "  - {file: FILE, alt: Readers, consent: {scope: [photo], expires: 2027-06-30, ref: C-2026-0001}}\n"
    photos = "".join(photo.replace("FILE", f"{name}.png") for name in ("gone", "there", "bad", "lost"))
    files = {
        path: re.sub(r"(?m)^photos:\n(?:  .*\n)*", "", story).encode() + f"photos:\n{photos}".encode(),
        "recognition/photos/there.png": (RIVERBEND / "../riverbend/recognition/photos/story-1.png").read_bytes(),
        "recognition/photos/bad.png": b"none",
    }
    with town.with_files(files) as strict:
        directory, left_out = rest(strict)
        photo_names = [f"{path} (photos/{number})" for number in (1, 3, 4)]
        assert left_out == (*photo_names, "recognition/photos/bad.png")
        assert [each.file for each in directory.stories["2025-26/photos"].photos] == ["there.png"]


def test_of_a_translation_only_the_bad_words_are_left_out(town: Town) -> None:
    words = "{{text: {}, source: 1a2b3c4d, by: human, on: 2026-09-01}}"
    program = "programs/reading-buddies/summary"
    lines = {program: words.format("Leemos."), "give": words.format("Nada."), "summary": words.format('"Uno\\ndos"')}
    path = "translations/es/partners/river-readers.yml"
    content = "".join(f"{key}: {value}\n" for key, value in lines.items()).encode()
    with town.with_files({path: content}) as strict:
        directory, left_out = rest(strict)
        assert left_out == (f"{path} (give)", f"{path} (summary)")
        assert directory.translation("es", "partners/river-readers", program) is not None
        assert directory.translation("es", "partners/river-readers", "summary") is None


def partners(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would, on the day of these tests."""
    command = [sys.executable, "-m", "generator", *words]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1", "SOURCE_DATE_EPOCH": noon()}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_what_is_left_out_cannot_act_as_a_command(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    name = "partners/##[add-mask]\x1b[31m.yml"
    say_what_is_wrong(replace(town.check(), left_out=(name,)), "github")
    told = capsys.readouterr().err
    assert "add-mask" in told
    assert "##[" not in told
    assert "\x1b" not in told


@pytest.fixture(scope="module")
def spoiled(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same district elsewhere, with one bad partner."""
    folder = tmp_path_factory.mktemp("spoiled") / "riverbend"
    shutil.copytree(town.project.root, folder, ignore=shutil.ignore_patterns(".cache"))
    bad = folder / "partners/river-readers.yml"
    bad.write_text(bad.read_text("utf-8").replace("kind: community", "kind: CANARY", 1), "utf-8")
    return folder


def test_a_strict_build_names_only_the_bad_record(spoiled: Path, tmp_path: Path) -> None:
    done = partners("build", "--no-search", "--out", str(tmp_path / "site"), folder=spoiled)
    assert done.returncode == 1
    assert set(re.findall(r"(?m)^(\S+\.yml):", done.stderr)) == {"partners/river-readers.yml"}
    assert "Nothing was built" in done.stderr
    assert not (tmp_path / "site").exists()


def test_a_build_in_quarantine_has_all_the_others(spoiled: Path, tmp_path: Path) -> None:
    words = ("build", "--no-search", "--quarantine", "--last", "published.json", "--format", "github")
    done = partners(*words, "--out", str(tmp_path / "site"), folder=spoiled)
    assert done.returncode == 0, done.stderr
    assert "::error file=partners/river-readers.yml,line=" in done.stderr
    assert "\n  partners/river-readers.yml\n" in done.stderr
    assert "published.json: no manifest" in done.stderr
    pages = {page.parent.name for page in (tmp_path / "site/en/partners").glob("*/index.html")}
    assert {Path(path).stem for path in GOOD} <= pages
    assert "river-readers" not in pages
    story = next(RIVERBEND.glob("recognition/*/*.yml")).relative_to(RIVERBEND).with_suffix("")
    assert "partners/river-readers" not in (tmp_path / "site/en" / story / "index.html").read_text("utf-8")


def test_a_build_that_would_lose_too_much_leaves_the_site_alone(town: Town, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(town.project.root, tmp_path / "riverbend", ignore=shutil.ignore_patterns(".cache")))
    (folder / "site").mkdir()
    (folder / "site/robots.txt").write_text("old", "utf-8")
    before = Manifest(version="1", records=tuple(sorted(town.whole)), files={"robots.txt": "0" * 64})
    (folder / "site" / NAME).write_bytes(encode(before))
    for path in [*sorted(GOOD)][:31]:
        (folder / path).unlink()
    for words in ((), ("--quarantine",)):
        done = partners("build", "--no-search", *words, folder=folder)
        assert done.returncode == 1
        assert f"31 of the {len(town.whole)} records of the last site would vanish" in done.stderr
        assert "partners/good-0, partners/good-1, " in done.stderr
        assert "--allow-loss" in done.stderr
        assert (folder / "site/robots.txt").read_text("utf-8") == "old"
    assert partners("build", "--no-search", "--allow-loss", folder=folder).returncode == 0
    assert (folder / "site/en/partners/good-99/index.html").is_file()
    assert not (folder / "site/en/partners/good-1").exists()
