"""A new district in the place of another: nothing is lost that git does not have, and the rest is complete."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.new import new
from generator.drafts.adopt import STARTER
from generator.problems import SetupError
from generator.records.folders import SOFTWARE
from tests.invented import DAY_SECONDS, checked, setting, write_district
from tests.repositories import git

NAME = "Fir Valley School District"
FILLED = {
    "short_name:": "short_name: Fir Valley",
    "department:": "department: Partnerships",
    "time_zone:": "time_zone: America/Chicago",
    "  - role:": "  - role: Front desk\n    email: desk@example.org",
    "  south:": "  south: 41.0",
    "  west:": "  west: -96.5",
    "  north:": "  north: 41.5",
    "  east:": "  east: -96.0",
}


def run(folder: Path, *words: str) -> Result:
    return CliRunner(env={"SOURCE_DATE_EPOCH": DAY_SECONDS}).invoke(new, ["district", *words, "--root", str(folder)])


def files(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {path for path in found if not path.startswith(".git/")}


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A district in git, with interface words and a program of its own beside the data."""
    if shutil.which("git") is None:
        pytest.skip("no git here")
    folder = write_district(tmp_path / "riverbend", setting(partners=3, schools=2))
    (folder / "translations/es/interface.po").write_text("", "utf-8")
    (folder / "notes.txt").write_text("keep\n", "utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "All of it")
    return folder


def fill_in(folder: Path) -> None:
    """Give every empty field of the draft its value, as a person would."""
    path = folder / "district/district.yml"
    lines = [FILLED.get(line, line) for line in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def test_nothing_happens_without_replace(district: Path) -> None:
    before = files(district)
    refused = run(district, NAME)
    assert refused.exit_code == 2
    assert " in partners/, " in refused.output.replace("\n", " ")
    assert "--replace" in refused.output
    assert files(district) == before
    assert git(district, "status", "--porcelain") == ""


def test_a_replaced_district_is_complete_when_it_is_filled_in(district: Path) -> None:
    kept = {path for path in files(district) if path.endswith(("interface.po", "notes.txt", ".sample"))}
    result = run(district, NAME, "--replace")
    assert result.exit_code == 0, result.output
    pages = {f"pages/{path.name}" for path in STARTER.iterdir()}
    assert len(pages) == 6
    assert files(district) == kept | pages | {"district/district.yml"}
    assert not (district / "partners").exists()
    assert {problem.at.path for problem in checked(district).problems} == {"district/district.yml"}
    fill_in(district)
    assert checked(district).problems == ()


def test_what_was_removed_comes_back(district: Path) -> None:
    before = files(district)
    output = run(district, NAME, "--replace").output
    assert "They come back with:  git restore ." in output
    git(district, "restore", ".")
    assert before <= files(district)
    assert git(district, "status", "--porcelain", "--untracked-files=no") == ""


@pytest.mark.parametrize("how", ["changed", "new", "ignored", "staged", "no history"])
def test_what_git_does_not_have_is_never_removed(district: Path, how: str) -> None:
    path = min((district / "partners").glob("*.yml"))
    if how == "changed":
        path.write_text("name: changed\n", "utf-8")
    elif how == "no history":
        shutil.rmtree(district / ".git")
    else:
        path = district / "partners/mine.yml"
        path.write_text("name: mine\n", "utf-8")
    if how == "ignored":
        (district / ".gitignore").write_text("mine.yml\n", "utf-8")
    if how == "staged":
        git(district, "add", "partners/mine.yml")
    before = files(district)
    refused = run(district, NAME, "--replace")
    assert isinstance(refused.exception, SetupError)
    assert str(refused.exception).startswith("nothing was removed, because git ")
    assert how == "no history" or f"partners/{path.name}" in str(refused.exception)
    assert files(district) == before


def test_a_folder_below_a_checkout_works_too(district: Path) -> None:
    folder = district / "below"
    folder.mkdir()
    for name in ("partners", "district", "pages"):
        shutil.move(district / name, folder / name)
    git(district, "add", "-A")
    git(district, "commit", "-qm", "Move it")
    assert run(folder, NAME, "--replace").exit_code == 0
    assert (district / "recognition").exists()
    (folder / "district/district.yml").write_text("changed", "utf-8")
    assert isinstance(run(folder, NAME, "--replace").exception, SetupError)


def test_an_empty_folder_needs_neither_git_nor_replace(tmp_path: Path) -> None:
    result = run(tmp_path, NAME)
    assert result.exit_code == 0, result.output
    fill_in(tmp_path)
    assert checked(tmp_path).problems == ()
    assert f"The district keeps this directory: {NAME}." in (tmp_path / "pages/about.md").read_text("utf-8")


def test_the_starting_pages_name_no_district() -> None:
    for page in STARTER.iterdir():
        text = page.read_text("utf-8").lower()
        assert not {word for word in ("seattle", "sps", "riverbend", "community partnerships") if word in text}, page
        assert text.startswith("---\ntitle: ")
    linked = {"about", "get-involved"}  # in the site's header
    assert linked <= {page.stem for page in STARTER.iterdir()} <= {page.stem for page in (SOFTWARE / "pages").iterdir()}
