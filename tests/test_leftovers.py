"""Nothing of a nomination is left where nobody looks: half-written files, drafts, and what people put into a vault."""

import os
from pathlib import Path

import pytest

from generator.nominations.audit import findings, notices
from generator.nominations.keeping import anonymise
from generator.problems import SetupError
from generator.vault.drafts import draft_path, keep_fields
from generator.vault.files import SOON_SECONDS
from tests.seasons import Office, office

WORDS = "Words of somebody"


@pytest.fixture
def here(tmp_path: Path) -> Office:
    """A vault with a nomination."""
    made = office(tmp_path)
    made.nominate(1, what=f"{WORDS} who came.")
    return made


def holds(here: Office) -> list[str]:
    """The files of the vault in which the words stand."""
    paths = (path for path in here.folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(here.folder).as_posix() for path in paths if WORDS.encode() in path.read_bytes())


def test_drafts_go_in_one_step_with_what_is_anonymised(here: Office) -> None:
    """They are part of the change, so that no crash leaves them behind."""
    for who in ("rae", "rob"):
        keep_fields(here.vault(), draft_path("N-2027-0001", who, "review"), {"reason": (WORDS,)})
    assert len(holds(here)) == 3
    here.do(anonymise, "N-2027-0001", by="cory", reason="The sender asked for it.")
    assert holds(here) == []
    assert list(findings(here.vault())) == []


def test_what_a_stopped_command_has_left_half_written_is_swept_away(here: Office) -> None:
    draft = here.folder / ".drafts/N-2027-0001/rae"
    draft.mkdir(parents=True)
    photos = here.folder / ".k3v9.new"
    photos.mkdir()
    for path in (draft / ".review.new", here.folder / "..pending.new", photos / "a.jpg"):
        path.write_text(WORDS, "utf-8")
    here.nominate(2)
    assert len(holds(here)) == 3  # somebody may be writing them now; the note of a change was written anew
    for path in (draft / ".review.new", photos):
        os.utime(path, (0, path.stat().st_mtime - 2 * SOON_SECONDS))
    here.nominate(3)
    assert holds(here) == ["nominations/N-2027-0001.yml"]
    assert not photos.exists()


@pytest.mark.parametrize(
    "name",
    ["answers.csv", "nominations/.N-2027-0001.yml.swp", "nominations/N-2027-0001.yml.age", "old/nominations/N-1.yml"],
)
def test_what_no_step_deletes_is_told(name: str, here: Office) -> None:
    assert list(notices(here.vault())) == []
    (here.folder / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    (here.folder / name).write_text(WORDS, "utf-8")
    assert [each.partition(":")[0] for each in notices(here.vault())] == [name]


def test_a_plain_copy_in_a_sealed_vault_is_told(tmp_path: Path) -> None:
    from tests.test_vault import sealed

    here = sealed(tmp_path)
    here.nominate(1)
    assert list(notices(here.vault())) == []
    (here.folder / "nominations/N-2027-0001.yml").write_text(WORDS, "utf-8")
    assert "N-2027-0001.yml: this is no file of the vault" in "".join(notices(here.vault()))


def test_a_second_name_of_a_file_is_told(here: Office, tmp_path: Path) -> None:
    (tmp_path / "copy.yml").hardlink_to(here.folder / "nominations/N-2027-0001.yml")
    assert "N-2027-0001.yml: this file has another name on the disk" in "".join(notices(here.vault()))


def test_folders_are_not_followed_deeper_than_any_file_lies(here: Office) -> None:
    (here.folder / "nominations/a/b/c/d/e/f").mkdir(parents=True)
    assert list(findings(here.vault())) == ["nominations/a/b/c/d: the file was put there by hand"]


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_lock_that_is_no_file_is_told(kind: str, here: Office, tmp_path: Path) -> None:
    lock = here.folder / ".lock"
    lock.unlink()
    if kind == "link":
        lock.symlink_to(tmp_path / "elsewhere")
    else:
        os.mkfifo(lock)
    with pytest.raises(SetupError, match=r"\.lock: "):
        here.nominate(2)
    assert not (tmp_path / "elsewhere").exists()
