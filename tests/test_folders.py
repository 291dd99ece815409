"""Which files of a project are records: found by where they lie and what they are called, links never followed."""

import os
import shutil
from pathlib import Path

import pytest

from generator.problems import Problem
from generator.records.folders import (
    BY_NAME,
    KINDS,
    PICTURE,
    SOFTWARE,
    TRANSLATION,
    Found,
    Project,
    find_records,
    kind_of,
)
from generator.text import is_slug
from tests.factories import RIVERBEND


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the invented district."""
    shutil.copytree(RIVERBEND, tmp_path / "riverbend")
    return tmp_path / "riverbend"


def put(root: Path, path: str, text: str = "name: x\n") -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def problems(root: Path, *languages: str) -> dict[str, str]:
    """The rule of every problem by its path."""
    return {problem.at.path: problem.rule for problem in find_records(Project(root=root), languages)[1]}


def problem(root: Path) -> Problem:
    """The only problem."""
    (found,) = find_records(Project(root=root))[1]
    return found


def test_every_kind_is_found_where_it_lives(root: Path) -> None:
    put(root, "district/resources/library.yml")
    put(root, "district/measures/reading.yml")
    put(root, "district/policy.yml")
    put(root, "district/recognition.yml")
    put(root, "translations/zh-Hant/partners/river-readers.yml")
    put(root, "partners/logos/river-readers.png")
    files, found = find_records(Project(root=root))
    assert found == ()
    assert {file.kind for file in files} == {*BY_NAME, TRANSLATION, PICTURE}
    assert [file.path for file in files] == sorted(file.path for file in files)
    assert Found(kind="partner", path="partners/river-readers.yml", slug="river-readers") in {
        Found(kind=file.kind, path=file.path, slug=file.slug) for file in files
    }


def test_the_address_is_the_path_without_ending() -> None:
    found = Found(kind="story", path="recognition/2025-26/reading-nights.yml", slug="reading-nights")
    assert found.address == "recognition/2025-26/reading-nights"


def test_addresses_decide_the_order_so_that_a_suffix_comes_after(root: Path) -> None:
    put(root, "partners/river-readers-2.yml")
    partners = [file.slug for file in find_records(Project(root=root))[0] if file.kind == "partner"]
    assert partners == ["river-readers", "river-readers-2"]


def test_welcome_files_that_are_no_records(root: Path) -> None:
    welcome = ("partners/README.md", "translations/es/interface.po", "translations/interface.pot")
    for path in (*welcome, "translations/es/pages/about.md", "translations/es/README.md"):
        put(root, path)
    assert problems(root) == {}


STRANGE = {
    "partners/harbor.yaml": "unexpected-file",
    "partners/sub/harbor.yml": "unexpected-file",
    "partners/.harbor.yml.swp": "unexpected-file",
    "partners/harbor.yml~": "unexpected-file",
    "partners/.DS_Store": "unexpected-file",
    "partners/evil.html": "unexpected-file",
    "partners/logos/Logo.PNG": "unexpected-file",
    "partners/logos/logo.svg": "unexpected-file",
    "recognition/harbor.yml": "unexpected-file",
    "recognition/2025/harbor.yml": "unexpected-file",
    "recognition/2025-26/sub/harbor.yml": "unexpected-file",
    "recognition/nominations/N-1.yml": "unexpected-file",
    "district/other.yml": "unexpected-file",
    "district/others/harbor.yml": "unexpected-file",
    "translations/es.yml": "unexpected-file",
    "translations/es/notes.txt": "unexpected-file",
    "partners/Harbor.yml": "bad-file-name",
    "partners/harbor--bank.yml": "bad-file-name",
    "partners/-harbor.yml": "bad-file-name",
    "partners/harbor bank.yml": "bad-file-name",
    "partners/café.yml": "bad-file-name",
    "partners/cafe\u0301.yml": "bad-file-name",
    "partners/.yml": "bad-file-name",
    "partners/..yml": "bad-file-name",
    f"partners/{'a' * 65}.yml": "bad-file-name",
    "partners/index.yml": "bad-file-name",
    "partners/con.yml": "bad-file-name",
    "partners/lpt1.yml": "bad-file-name",
    "partners/es.yml": "bad-file-name",
    "partners/zh-hant.yml": "bad-file-name",
}


@pytest.mark.parametrize("path", STRANGE)
def test_a_strange_file_is_a_problem_and_no_record(root: Path, path: str) -> None:
    put(root, path)
    files, found = find_records(Project(root=root), ("en", "es", "zh-Hant"))
    assert [(p.at.path, p.rule, p.severity) for p in found] == [(path, STRANGE[path], "error")]
    assert all(p.message and p.hint for p in found)
    assert path not in {file.path for file in files}


def test_a_suggested_name_is_a_good_one(root: Path) -> None:
    put(root, "partners/Café Niño & Co.yml")
    assert problem(root).hint == "rename it to cafe-nino-and-co.yml"


def test_names_that_cannot_be_shown_are_spelled_out(root: Path) -> None:
    put(root, "partners/a\nb.yml")
    (root / "partners" / os.fsdecode(b"\xff.yml")).write_bytes(b"")
    for found in find_records(Project(root=root))[1]:
        assert found.at.path.isprintable()
        assert found.at.path.encode("utf-8")
    assert set(problems(root)) == {"partners/a\\nb.yml", "partners/\\udcff.yml"}


def test_links_are_never_followed(root: Path, tmp_path: Path) -> None:
    put(tmp_path, "outside/secret.yml")
    (root / "partners/more").symlink_to(tmp_path / "outside")
    (root / "partners/secret.yml").symlink_to(tmp_path / "outside/secret.yml")
    (root / "partners/logos").mkdir()
    (root / "partners/logos/a.png").symlink_to("/proc/self/environ")
    (root / "district/schools/gone.yml").symlink_to("nowhere")
    files, found = find_records(Project(root=root))
    assert {p.rule for p in found} == {"symbolic-link"}
    assert len(found) == 4
    assert not any("secret" in file.path or "more" in file.path or "gone" in file.path for file in files)


def test_a_data_folder_may_not_be_a_link(root: Path, tmp_path: Path) -> None:
    shutil.move(root / "partners", tmp_path / "elsewhere")
    (root / "partners").symlink_to(tmp_path / "elsewhere")
    files, _ = find_records(Project(root=root))
    assert problems(root) == {"partners": "symbolic-link"}
    assert not any(file.kind == "partner" for file in files)


def test_a_folder_named_like_a_record(root: Path) -> None:
    (root / "partners/trap.yml").mkdir()
    assert problems(root) == {"partners/trap.yml": "not-a-file"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_opened(root: Path) -> None:
    os.mkfifo(root / "partners/pipe.yml")
    assert problems(root) == {"partners/pipe.yml": "not-a-file"}


def test_a_file_where_a_data_folder_belongs(root: Path) -> None:
    shutil.rmtree(root / "partners")
    put(root, "partners")
    assert problems(root) == {"partners": "unreadable"}


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is unreadable for root")
def test_a_folder_that_cannot_be_listed(root: Path) -> None:
    (root / "partners").chmod(0)
    found = problems(root)
    (root / "partners").chmod(0o755)
    assert found == {"partners": "unreadable"}


def test_folders_below_folders_come_to_an_end(root: Path) -> None:
    deep = root / "partners" / Path(*["a"] * 400)
    deep.mkdir(parents=True)
    (deep / "x.yml").write_text("name: x\n", "utf-8")
    assert problem(root).rule == "unexpected-folder"


def test_an_empty_project_has_no_files_and_no_problems(tmp_path: Path) -> None:
    assert find_records(Project(root=tmp_path)) == ((), ())


def test_a_district_may_not_bring_its_own_configuration(root: Path) -> None:
    put(root, "mkdocs.yml", "hooks: [evil.py]\n")
    assert problems(root) == {"mkdocs.yml": "foreign-configuration"}


def test_the_software_keeps_its_own_configuration() -> None:
    assert "mkdocs.yml" not in problems(SOFTWARE)


def test_schemas_are_the_districts_own_or_else_the_softwares(root: Path) -> None:
    assert Project(root=root).schema == SOFTWARE / "schema"
    (root / "schema").mkdir()
    assert Project(root=root).schema == root / "schema"
    assert Project(root=root).catalogues == SOFTWARE / "translations"


def test_kinds_are_told_by_place() -> None:
    homes = {kind.name: f"{kind.folder.replace('*', '2025-26')}/{kind.file or 'some-slug.yml'}" for kind in KINDS}
    assert {name: kind_of(path) for name, path in homes.items()} == {name: name for name in homes}
    assert kind_of("recognition/*/some-slug.yml") is None
    assert kind_of("2025-26/some-slug.yml") is None
    assert kind_of("partners/some-slug.yml/other.yml") is None


@pytest.mark.parametrize("name", ("-", "a-", "a_b", "a.b", "A", "é", "", " ", "a\n", "a" * 65))
def test_only_slugs_are_names(root: Path, name: str) -> None:
    assert not is_slug(name)
    put(root, f"partners/{name}.yml")
    assert set(problems(root).values()) == {"bad-file-name"}
