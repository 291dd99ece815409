"""The English that old words were made from, found in git."""

from pathlib import Path

import pytest

from generator.languages import fingerprint
from generator.translate.former import former_english
from tests.repositories import git
from tests.translating import PARTNER, SIDECAR, district, own_words, work, write

BUDDIES = f"{PARTNER}#programs/reading-buddies/summary"
TODAY = "A grown-up reads with your child every week."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own_words(monkeypatch)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    return district(tmp_path / "below/riverbend")


def commit(folder: Path, english: str) -> None:
    """Commit the partner with another summary of its program."""
    path = folder / f"{PARTNER}.yml"
    text = path.read_text("utf-8")
    write(folder, f"{PARTNER}.yml", text.replace(TODAY, english))
    git(folder, "add", ".")
    git(folder, "commit", "-m", english)
    path.write_text(text, "utf-8")


def translated_from(folder: Path, english: str) -> dict[str, str]:
    """What is found when the Spanish words were made from that English."""
    text = (folder / SIDECAR).read_text("utf-8")
    write(folder, SIDECAR, text.replace("1a2b3c4d", fingerprint(english)))
    return former_english(folder, work(folder).values())


@pytest.mark.parametrize("top", [".", "..", "../.."])
def test_the_former_english_is_found_wherever_the_repository_begins(top: str, folder: Path) -> None:
    git(folder / top, "init")
    for english in ("A volunteer reads with your child.", "Somebody reads.", TODAY):
        commit(folder, english)
    assert translated_from(folder, "A volunteer reads with your child.") == {
        BUDDIES: "A volunteer reads with your child."
    }


def test_an_english_that_was_never_committed_is_not_guessed(folder: Path) -> None:
    git(folder, "init")
    commit(folder, TODAY)
    assert translated_from(folder, "Something else.") == {}


def test_a_version_that_cannot_be_read_and_a_deletion_do_no_harm(folder: Path) -> None:
    git(folder, "init")
    commit(folder, "A volunteer reads.")
    text = (folder / f"{PARTNER}.yml").read_text("utf-8")
    for content in ("programs: [\n", "programs: none\n", "programs: [reading-buddies]\n", ""):
        write(folder, f"{PARTNER}.yml", content)
        git(folder, "add", ".")
        git(folder, "commit", "-m", "broken")
    git(folder, "rm", f"{PARTNER}.yml")
    git(folder, "commit", "-m", "deleted")
    write(folder, f"{PARTNER}.yml", text)
    assert translated_from(folder, "A volunteer reads.") == {BUDDIES: "A volunteer reads."}


def test_without_git_nothing_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert translated_from(folder, "A volunteer reads.") == {}
    monkeypatch.setenv("PATH", "")
    assert former_english(folder, work(folder).values()) == {}
