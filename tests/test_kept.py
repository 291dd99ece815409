"""What builds keep for the next one: spoiled, foreign, older or unwritable, it costs time and a word, never a page."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from generator.building.rendering import render
from generator.building.whole import Built
from generator.check import check
from generator.plan import prepare
from generator.records.cache import read_sealed, write_sealed
from generator.records.folders import Project
from tests.golden_tree import CASE
from tests.invented import DAY, DAY_SECONDS
from tests.trees import Tree, tree

LANGUAGES = "en,es"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> tuple[Path, Tree]:
    """A district with its site, built twice, and that site."""
    folder = tmp_path_factory.mktemp("kept")
    district = Path(
        shutil.copytree(repository / CASE, folder / "then/riverbend", ignore=shutil.ignore_patterns(".cache"))
    )
    now = Path(shutil.copytree(district, folder / "now/riverbend"))
    build(now)
    build(now)
    shutil.rmtree(folder / "then")
    shutil.copytree(folder / "now", folder / "then")
    return folder, tree(now / "site")


@pytest.fixture
def district(prepared: tuple[Path, Tree]) -> Path:
    """The district as it was, with its cache and its site."""
    folder, _ = prepared
    shutil.rmtree(folder / "now")
    return Path(shutil.copytree(folder / "then", folder / "now")) / "riverbend"


@pytest.fixture
def site(prepared: tuple[Path, Tree]) -> Tree:
    """Its site as it has to be."""
    return prepared[1]


def build(district: Path) -> tuple[Built, list[str]]:
    """Build the site of a district in two languages; returns what was built, and what the person was told."""
    told: list[str] = []
    checked = check(Project(root=district), today=DAY, cache_folder=district / ".cache")
    if checked.notice:
        told.append(checked.notice)
    plan = prepare(checked, languages=tuple(LANGUAGES.split(",")), has_search=False)
    return render(plan, district / "site", told.append), told


# --- Spoiled caches ---

Spoil = Callable[[Path], object]
SPOILED: dict[str, Spoil] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "foreign": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 9),
    "text": lambda path: path.write_text("mine"),
    "deep": lambda path: path.write_bytes(b"[" * 200_000),
    "one bit": lambda path: path.write_bytes(path.read_bytes()[:-9] + b"\xff" + path.read_bytes()[-8:]),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}
KEPT = ("checks.json", "frames.msgpack", "site-*.msgpack")


@pytest.mark.parametrize("how", SPOILED)
@pytest.mark.parametrize("name", KEPT)
def test_a_spoiled_cache_costs_one_notice(district: Path, site: Tree, name: str, how: str) -> None:
    (path,) = (district / ".cache").glob(name)
    SPOILED[how](path)
    _, told = build(district)
    assert tree(district / "site") == site
    assert len(told) == 1
    assert told[0].count("\n") == 0
    _, told = build(district)
    assert tree(district / "site") == site
    assert bool(told) == (how == "a folder")


@pytest.mark.parametrize("how", SPOILED)
def test_spoiled_templates_are_compiled_again(
    district: Path, site: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for spoil in (SPOILED[how], lambda _: None):
        shutil.rmtree(district / "site")
        build(district)
        assert tree(district / "site") == site
        kept = list(tmp_path.glob("_jinja2-cache-*/partners-*"))
        assert len(kept) > 20
        for path in kept:
            spoil(path)


def test_templates_that_cannot_be_kept_are_no_harm(
    district: Path, site: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"_jinja2-cache-{os.getuid()}").write_text("mine")
    shutil.rmtree(district / "site")
    build(district)
    assert tree(district / "site") == site
    assert [path.name for path in tmp_path.iterdir()] == [f"_jinja2-cache-{os.getuid()}"]


def older(path: Path, **fields: object) -> None:
    """Let another version have written a sealed file."""
    known = msgspec.msgpack.decode(read_sealed(path) or b"")
    write_sealed(path, msgspec.msgpack.encode({**known, **fields}))


@pytest.mark.parametrize(("name", "field"), [("frames.msgpack", "parts"), ("site-*.msgpack", "units")])
def test_a_cache_of_another_form_costs_one_notice(district: Path, site: Tree, name: str, field: str) -> None:
    (path,) = (district / ".cache").glob(name)
    older(path, **{field: ["another", "form"]})
    _, told = build(district)
    assert tree(district / "site") == site
    assert len(told) == 1
    assert build(district)[1] == []


@pytest.mark.parametrize(("name", "field"), [("frames.msgpack", "key"), ("site-*.msgpack", "common")])
def test_a_cache_of_something_else_is_not_used(district: Path, site: Tree, name: str, field: str) -> None:
    (path,) = (district / ".cache").glob(name)
    older(path, **{field: "another"})
    assert build(district)[1] == []
    assert tree(district / "site") == site


def test_spoiled_records_are_read_again(district: Path, site: Tree) -> None:
    (path,) = (district / ".cache").glob("records-*")
    path.write_bytes(path.read_bytes().replace(b"Glanulven", b"Flanulven"))
    (district / ".cache/frames.msgpack").unlink()
    record = min((district / "partners").glob("*.yml"))
    record.touch()
    build(district)
    assert tree(district / "site") == site


def test_without_a_cache_everything_is_made_anew(district: Path, site: Tree) -> None:
    shutil.rmtree(district / ".cache")
    assert build(district)[1] == []
    assert tree(district / "site") == site


def test_a_file_in_the_place_of_the_cache_costs_one_notice(district: Path, site: Tree) -> None:
    shutil.rmtree(district / ".cache")
    (district / ".cache").write_text("mine")
    for _ in range(2):
        _, told = build(district)
        assert tree(district / "site") == site
        assert len(told) == 1
        assert "cannot be written" in told[0]
    assert (district / ".cache").read_text() == "mine"


def test_a_cache_that_cannot_be_written_costs_one_notice(
    district: Path, site: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*words: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("generator.records.cache.NamedTemporaryFile", refused)
    record = min((district / "partners").glob("*.yml"))
    text = record.read_text()
    for summary in ("One.", "Two."):
        record.write_text(text.replace("\nsummary: ", f"\nsummary: {summary} ", 1))
        _, told = build(district)
        assert len(told) == 1
        assert "cannot be written (permission denied)" in told[0]
        assert f"{summary} ".encode() in tree(district / "site")[f"en/partners/{record.stem}/index.html"]
    record.write_text(text)
    build(district)
    assert tree(district / "site") == site


# --- Somebody has been in the site ---


def page(district: Path) -> Path:
    """One of the pages."""
    return max((district / "site/en/partners").glob("*/index.html"))


MEDDLED: dict[str, Callable[[Path], object]] = {
    "a page is deleted": lambda district: page(district).unlink(),
    "a page is edited": lambda district: page(district).write_bytes(page(district).read_bytes() + b"<!-- mine -->"),
    "a page is emptied": lambda district: page(district).write_bytes(b""),
    "a page is replaced": lambda district: removed(page(district)).write_text("mine"),
    "a page is a folder": lambda district: removed(page(district)).mkdir(),
    "a page leads elsewhere": lambda district: removed(page(district)).symlink_to("/etc/hostname"),
    "a folder is deleted": lambda district: shutil.rmtree(district / "site/es"),
    "a file is added": lambda district: (district / "site/mine.html").write_text("mine"),
    "a folder is added": lambda district: (district / "site/mine/more").mkdir(parents=True),
    "the manifest is deleted": lambda district: (district / "site/manifest.json").unlink(),
    "the manifest is edited": lambda district: edit_manifest(district / "site/manifest.json"),
    "the manifest is cut short": lambda district: cut_manifest(district / "site/manifest.json"),
    "the site is deleted": lambda district: shutil.rmtree(district / "site"),
    "the spare is deleted": lambda district: shutil.rmtree(district / ".site.spare"),
    "the site was moved away and back": lambda district: copied(district / "site"),
}


def removed(path: Path) -> Path:
    """The path of a file that is there no more."""
    path.unlink()
    return path


def edit_manifest(path: Path) -> None:
    """Let a manifest lie about its site."""
    said = json.loads(path.read_bytes())
    said["files"].pop(next(iter(said["files"])))
    path.write_text(json.dumps(said))


def cut_manifest(path: Path) -> None:
    """Lose the end of a manifest."""
    path.write_bytes(path.read_bytes()[:-2])


def copied(folder: Path) -> None:
    """Put a copy in the place of a folder; its files have no times in common with it."""
    shutil.copytree(folder, folder.with_name("copy"), copy_function=shutil.copyfile)
    shutil.rmtree(folder)
    folder.with_name("copy").rename(folder)


@pytest.mark.parametrize("what", MEDDLED)
def test_whatever_happened_to_the_site_it_is_right_again(district: Path, site: Tree, what: str) -> None:
    MEDDLED[what](district)
    for _ in range(3):  # the site that stands now is the draft of the next but one
        build(district)
        assert tree(district / "site") == site
        assert {path.name for path in district.iterdir() if "site" in path.name} <= {"site", ".site.spare"}


def test_two_sites_of_a_district_are_kept_apart(district: Path, site: Tree) -> None:
    for languages, out in (("en", "other"), ("en,es", "site"), ("en", "other"), ("en,es", "site")):
        checked = check(Project(root=district), today=DAY, cache_folder=district / ".cache")
        plan = prepare(checked, languages=tuple(languages.split(",")), has_search=False)
        built = render(plan, district / out)
        assert built.languages == len(languages.split(","))
    assert built.written == 0
    assert tree(district / "site") == site
    assert not (district / "other/es").exists()


# --- Another version of the software ---


@pytest.fixture(scope="module")
def software(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """A copy of this software, to be developed."""
    folder = tmp_path_factory.mktemp("software")
    for name in ("generator", "schema", "translations"):
        shutil.copytree(repository / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copy(repository / name, folder)
    return folder


@pytest.fixture(scope="module")
def developed(software: Path, tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[Path]:
    """A district whose site that software builds whenever it has changed."""
    district = Path(shutil.copytree(repository / CASE, tmp_path_factory.mktemp("developed") / "riverbend"))
    run(software, district)
    yield district


def run(software: Path, district: Path, *words: str) -> str:
    """Build the site of a district with some version of the software; returns what the command says."""
    command = [sys.executable, "-m", "generator", "build", "--no-search", "--languages", LANGUAGES, *words]
    environment = {**os.environ, "PYTHONPATH": str(software), "SOURCE_DATE_EPOCH": DAY_SECONDS}
    done = subprocess.run(
        command, cwd=district, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


CHANGES = {
    "a template": ("generator/templates/schools.html", "<h1", "<h1 data-new"),
    "a style": ("generator/theme/assets/dp.css", "body", "body, .new"),
    "the frame": ("generator/theme/base.html", "<body", "<body data-new"),
    "a label": ("schema/vocabularies/cost-kinds.yml", "label: Free,", "label: Gratis,"),
    "a schema": ("schema/event.schema.json", '"description": "', '"description": "New: '),
    "a message": ("translations/es/interface.po", 'msgstr "Costo"', 'msgstr "Costo nuevo"'),
    "the code": ("generator/pages/home.py", "Find programs for your child", "Find new programs for your child"),
    "the version": ("generator/__init__.py", '__version__ = "', '__version__ = "9.'),
    "the packages": ("requirements.txt", "# ", "# New: "),
    "the settings of MkDocs": ("mkdocs.yml", "  - tables", "  - tables\n  - attr_list"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_another_version_leaves_nothing_of_the_last(software: Path, developed: Path, tmp_path: Path, what: str) -> None:
    name, old, new = CHANGES[what]
    path = software / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    before = tree(developed / "site")
    run(software, developed)
    after = tree(developed / "site")
    moved = shutil.copytree(developed, tmp_path / "moved", ignore=shutil.ignore_patterns(".cache", "site", ".site*"))
    run(software, moved)
    assert after == tree(moved / "site")
    if what not in ("the packages", "the settings of MkDocs"):
        assert after != before


def test_fresh_forgets_everything(software: Path, developed: Path, tmp_path: Path) -> None:
    """What nobody can see is mended, too: a page that was edited behind the back of its time and size."""
    run(software, developed)
    (developed / ".cache").rename(tmp_path / "cache")
    (developed / ".cache").symlink_to(tmp_path / "cache")  # as somebody has it whose disk is small
    before = tree(developed / "site")
    edited = page(developed)
    status = edited.stat()
    edited.write_bytes(edited.read_bytes().replace(b"<h1", b"<h2", 1))
    os.utime(edited, ns=(status.st_atime_ns, status.st_mtime_ns))
    run(software, developed)
    assert tree(developed / "site") != before
    words = run(software, developed, "--fresh")
    assert "written anew" not in words
    assert tree(developed / "site") == before
