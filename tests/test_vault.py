"""A vault keeps what it is given, apart from the public tree, and every change by hand shows."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.nominations import acts
from generator.nominations.audit import findings, notices
from generator.problems import SetupError
from generator.vault import files as vault_files
from generator.vault import storage
from generator.vault.apart import together
from generator.vault.canonical import canonical, digest
from generator.vault.ledger import read_ledger
from generator.vault.owner import alone
from generator.vault.storage import Change, commit, complete, create, read_data
from tests.repositories import git
from tests.seasons import SCHEMAS, STAFF, Office, arrival, office, put_on_record


def test_the_canonical_form_is_that_of_rfc_8785() -> None:
    """The sorting example of the standard (3.2.3), and its escapes (3.2.2.2)."""
    keys = {"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One"}
    keys |= {"\U0001f600": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}
    names = ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign"]
    assert list(json.loads(canonical(keys)).values()) == [*names, "Emoji: Grinning Face", keys["\ufb33"]]
    assert canonical({"b": '\u20ac$\u000f\nA\'B"\\"/', "a": 1}) == '{"a":1,"b":"€$\\u000f\\nA\'B\\"\\\\\\"/"}'.encode()


@pytest.mark.parametrize("value", [1.5, None, True, b"x", {"a": {"b": 0.1}}])
def test_only_what_has_one_form_is_digested(value: object) -> None:
    with pytest.raises(TypeError):
        digest(value)


@pytest.fixture
def here(tmp_path: Path) -> Office:
    """A vault with three nominations, one of them triaged."""
    made = office(tmp_path)
    made.take(*(arrival(number) for number in range(3)))
    made.triage("N-2027-0001", partners=("partner-1",))
    return made


def ledger_of(here: Office) -> Path:
    """The ledger's file."""
    return here.folder / "ledger.jsonl"


def edited(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Office], None]:
    """A tampering with the ledger's lines."""

    def tamper(here: Office) -> None:
        path = ledger_of(here)
        path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))

    return tamper


def forge(here: Office) -> None:
    """A new line with a right digest of its own, put in the place of an old one."""
    from msgspec import structs

    from generator.vault.ledger import Ledger, chained, line

    ledger = read_ledger(ledger_of(here).read_bytes())
    entries = ledger.entries
    other = chained(Ledger(entries=entries[:2]), structs.replace(entries[2], by="rae"))
    edited(lambda lines: [*lines[:2], line(other), *lines[3:]])(here)


def swap_contents(here: Office) -> None:
    """Two nominations that change places."""
    one, two = (here.folder / f"nominations/N-2027-000{n}.yml" for n in (2, 3))
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


TAMPERINGS: dict[str, Callable[[Office], object]] = {
    "a line is edited": edited(lambda lines: [*lines[:2], lines[2].replace(b'"by":"cory"', b'"by":"rae"'), *lines[3:]]),
    "a line is deleted": edited(lambda lines: [*lines[:2], *lines[3:]]),
    "the first line is deleted": edited(lambda lines: lines[1:]),
    "two lines change places": edited(lambda lines: [lines[0], lines[2], lines[1], *lines[3:]]),
    "a line is doubled": edited(lambda lines: [*lines[:3], lines[2], *lines[3:]]),
    "the last line is deleted": edited(lambda lines: lines[:-1]),
    "the last line is cut": edited(lambda lines: [*lines[:-1], lines[-1][:-9]]),
    "a line is spaced out": edited(lambda lines: [lines[0].replace(b'":', b'": '), *lines[1:]]),
    "a line is foreign": edited(lambda lines: [*lines, b"{}\n"]),
    "an empty line is added": edited(lambda lines: [*lines[:2], b"\n", *lines[2:]]),
    "a line is forged": forge,
    "the ledger is gone": lambda here: ledger_of(here).unlink(),
    "a file is edited": lambda here: replace_in(here.folder / "nominations/N-2027-0002.yml", "every week", "each week"),
    "a file is gone": lambda here: (here.folder / "nominations/N-2027-0002.yml").unlink(),
    "a file is new": lambda here: (here.folder / "nominations/N-2027-0009.yml").write_text("number: x\n", "utf-8"),
    "a file is older": lambda here: replace_in(here.folder / "nominations/N-2027-0001.yml", "triaged", "received"),
    "a file has another salt": lambda here: replace_in(
        here.folder / "nominations/N-2027-0002.yml", "salt: ", "salt: 0"
    ),
    "files change places": swap_contents,
    "a file is spoilt": lambda here: (here.folder / "nominations/N-2027-0002.yml").write_bytes(b"\xff\xfe{["),
    "the staff is edited": lambda here: replace_in(
        here.folder / "vault.yml", "affiliations: [partner-0]", "left: false"
    ),
    "a photo is added": lambda here: put(here.folder / "pictures/N-2027-0001/x.jpg", b"x"),
}


def replace_in(path: Path, old: str, new: str) -> None:
    """Edit a file by hand."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def put(path: Path, content: bytes) -> None:
    """Put a file there by hand."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_tampering_shows(name: str, here: Office) -> None:
    assert list(findings(here.vault())) == []
    TAMPERINGS[name](here)
    assert list(findings(here.vault())) != []


def test_only_space_and_comments_are_no_tampering(here: Office) -> None:
    """What counts is what a file says: an editor's line ends or a note beside it change nothing that was decided."""
    path = here.folder / "nominations/N-2027-0002.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"# looked at\r\n")
    assert list(findings(here.vault())) == []


def test_a_broken_ledger_takes_no_more_lines_and_a_changed_file_is_not_worked_with(here: Office) -> None:
    TAMPERINGS["a file is edited"](here)
    with pytest.raises(SetupError, match="not as the ledger says"):
        here.season()
    TAMPERINGS["a line is edited"](here)
    with pytest.raises(SetupError):
        here.nominate(7)


@pytest.mark.parametrize(
    ("act", "by", "state", "told"),
    [
        ("decide", "chai", "decided", "decide cannot follow"),
        ("decide", "chai", "decided", "was decided with 1 of 2 reviews of others"),
        ("publish", "cory", "published", "publish cannot follow"),
        ("publish", "cory", "published", "without any consent"),
        ("triage", "cory", "published", "triage cannot make"),
        ("import", "cory", "received", "import cannot follow"),
    ],
)
def test_a_step_that_no_gate_lets_pass_shows_in_a_chain_that_is_whole(
    act: str, by: str, state: str, told: str, here: Office
) -> None:
    if "reviews of others" in told:
        here.review("N-2027-0001", "rae")
    path = "nominations/N-2027-0001.yml"
    data = {**(read_data(here.vault(), path) or {}), "state": state}
    commit(here.vault(), Change(act=act, by=by, of="N-2027-0001", state=state, files={path: data}), here.now)
    assert here.vault().ledger.faults == ()
    assert any(told in found for found in findings(here.vault()))


def test_who_stood_back_is_no_reviewer_of_a_decision(here: Office) -> None:
    """A chain that is whole, with a step that no gate would have let pass."""
    here.review("N-2027-0001", "rae")
    here.do(acts.stand_back, "N-2027-0001", by="rob", conflict="My sister works there.")
    path = "nominations/N-2027-0001.yml"
    data = {**(read_data(here.vault(), path) or {}), "state": "decided"}
    change = Change(act="decide", by="chai", of="N-2027-0001", state="decided", files={path: data})
    commit(here.vault(), change, here.now)
    assert "was decided with 1 of 2 reviews of others" in "".join(findings(here.vault()))


def test_a_head_that_was_kept_shows_that_lines_were_rewritten_or_cut_off(here: Office) -> None:
    """A ledger and files put back together as they once were are whole in themselves: only a head tells."""
    before = {path: path.read_bytes() for path in here.folder.rglob("*") if path.is_file()}
    here.triage("N-2027-0002", partners=("partner-2",))
    head = here.vault().ledger.short_head
    assert list(findings(here.vault(), head=head)) == []
    for path, content in before.items():
        path.write_bytes(content)
    assert list(findings(here.vault())) == []
    assert "lines are gone" in "".join(findings(here.vault(), head=head))
    here.triage("N-2027-0003", partners=("partner-3",))
    assert "the ledger was rewritten" in "".join(findings(here.vault(), head=head))
    assert "a head looks like" in "".join(findings(here.vault(), head="yes"))


@pytest.mark.parametrize("head", ["9" * 5000 + ":" + "a" * 64, "²:" + "a" * 64, ":", "1:", "-1:" + "a" * 64])
def test_a_head_that_is_none_is_told(head: str, here: Office) -> None:
    assert "a head looks like" in "".join(findings(here.vault(), head=head))


def test_a_ledger_and_a_change_may_grow_long(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many nominations, or many photos, must not make a vault that nothing can open."""
    monkeypatch.setattr(vault_files.read_private, "__kwdefaults__", {"limit_bytes": 2_000})
    for number in range(2, 4):
        here.triage(f"N-2027-000{number}", partners=("partner-2",))
    assert ledger_of(here).stat().st_size > 2_000
    assert list(findings(here.vault())) == []


def test_git_shows_that_the_ledger_was_rewritten(here: Office) -> None:
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "vault")):
        git(here.folder, *words)
    assert ".lock" not in git(here.folder, "ls-files")
    here.triage("N-2027-0002", partners=("partner-2",))
    assert list(findings(here.vault())) == []
    edited(lambda lines: lines[:3])(here)
    assert any("the ledger was rewritten" in found for found in findings(here.vault()))


def test_in_a_hook_of_another_repository_git_is_asked_about_the_vault(
    here: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "vault"), ("init", "-q", str(tmp_path / "other"))):
        git(here.folder, *words)
    edited(lambda lines: lines[:3])(here)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    assert any("the ledger was rewritten" in found for found in findings(here.vault()))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files to others")
def test_what_git_does_not_tell_is_said(here: Office) -> None:
    git(here.folder, "init", "-q")
    assert list(notices(here.vault())) == []
    os.chown(here.folder, 4242, 4242)
    os.chown(here.folder / ".git", 4242, 4242)
    assert "git does not tell" in "".join(notices(here.vault()))


def test_two_short_names_of_one_person_are_told(here: Office) -> None:
    assert list(notices(here.vault())) == []
    replace_in(here.folder / "vault.yml", "rob@district.example.org", "Rae@district.example.org")
    (told,) = notices(here.vault())
    assert "rae and rob have one e-mail address" in told


def test_nobody_else_may_read(here: Office) -> None:
    here.review("N-2027-0001", "rae")
    for path in (here.folder, *here.folder.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_the_same_words_never_have_the_same_digest(tmp_path: Path) -> None:
    here = office(tmp_path)
    here.nominate(1)
    first = here.vault().ledger.digests["nominations/N-2027-0001.yml"]
    here.triage("N-2027-0001", partners=("partner-1",))
    here.triage("N-2027-0001", partners=("partner-1",))
    digests = [each.files.get("nominations/N-2027-0001.yml") for each in here.vault().ledger.entries]
    assert len({first, *filter(None, digests)}) == 3


def test_links_in_a_vault_are_refused(here: Office, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (here.folder / "nominations").rename(elsewhere)
    (here.folder / "nominations").symlink_to(elsewhere)
    with pytest.raises(SetupError, match="this is a link"):
        here.season()
    (here.folder / "nominations").unlink()
    elsewhere.rename(here.folder / "nominations")
    one = here.folder / "nominations/N-2027-0001.yml"
    one.rename(tmp_path / "one")
    one.symlink_to(tmp_path / "one")
    with pytest.raises(SetupError, match="symbolic link"):
        here.season()


# Two at once, and killed


def test_two_at_once_wait_and_are_told_who_has_it(here: Office) -> None:
    code = "\n".join(
        (
            "import sys, time; from pathlib import Path; from generator.vault.owner import alone",
            "with alone(Path(sys.argv[1]), 'rae'):",
            "    print('in', flush=True); time.sleep(120)",
        )
    )
    with subprocess.Popen([sys.executable, "-c", code, str(here.folder)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"in\n"
        with (
            pytest.raises(SetupError, match=r"somebody else is changing this vault \(rae, process"),
            alone(here.folder, "rob", patience_seconds=0.2),
        ):
            pass
        other.send_signal(signal.SIGKILL)
        other.wait()
        with alone(here.folder, "rob", patience_seconds=5):  # what a killed command held is free
            pass


def test_two_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    here = office(tmp_path)
    code = "\n".join(
        (
            "import sys; from pathlib import Path; from tests.seasons import Office",
            "here = Office(folder=Path(sys.argv[1]), root=Path(sys.argv[2]))",
            "for number in range(int(sys.argv[3]), int(sys.argv[3]) + 5): here.nominate(number)",
        )
    )
    command = [sys.executable, "-c", code, str(here.folder), str(here.root)]
    runs = [subprocess.Popen([*command, str(start)], cwd=Path(__file__).parent.parent) for start in (0, 50)]
    assert [run.wait(timeout=120) for run in runs] == [0, 0]
    assert len(here.season().nominations) == 10
    assert list(findings(here.vault())) == []


class Stopped(BaseException):
    """The power goes out."""


@pytest.mark.parametrize("is_sealed", [False, True], ids=["plain", "sealed"])
def test_stopped_at_any_moment_a_change_is_there_whole_or_not_at_all(
    is_sealed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power fails at every single point at which something reaches the disk; the next command finds all in order."""
    here = sealed(tmp_path) if is_sealed else office(tmp_path)
    code = here.nominate(1)
    here.triage(code, partners=("partner-1",))
    reached = 0
    for point in range(40):
        state, count = here.state(code), len(here.vault().ledger.entries)
        left = point

        def fail(*_: object) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Stopped

        with monkeypatch.context() as patched:
            for name in ("fsync",):
                patched.setattr(vault_files.os, name, fail)
            try:
                here.review(code, "rae", impact=1 + point % 5)
            except Stopped:
                reached += 1
            else:
                break
        here.do(acts.stand_back, code, by="ren", conflict=f"I know them, since year {point}.")
        assert list(findings(here.vault())) == [], point
        assert len(here.vault().ledger.entries) - count in (1, 2)
        assert here.state(code) in (state, "in-review")
    assert reached >= 6


def test_a_note_of_a_change_that_comes_back_later_takes_nothing_away(
    here: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A synchronised folder or a backup brings the note back after others have worked on."""
    notes: list[bytes] = []
    begin = storage.begin
    monkeypatch.setattr(storage, "begin", lambda folder, content: (notes.append(content), begin(folder, content)))
    here.triage("N-2027-0002", partners=("partner-2",))
    here.review("N-2027-0001", "rae")
    before = ledger_of(here).read_bytes()
    (here.folder / ".pending").write_bytes(notes[0])
    assert here.state("N-2027-0001") == "in-review"
    assert complete(here.vault())
    assert ledger_of(here).read_bytes() == before
    assert list(findings(here.vault())) == []
    foreign = json.loads(notes[0]) | {"lines": notes[0].decode()}
    (here.folder / ".pending").write_text(json.dumps(foreign), "utf-8")
    with pytest.raises(SetupError, match="not what this software wrote"):
        complete(here.vault())
    longer = json.loads(notes[0]) | {"head": "0" * 64}
    (here.folder / ".pending").write_text(json.dumps(longer), "utf-8")
    with pytest.raises(SetupError, match="not the one to which an interrupted change belongs"):
        complete(here.vault())
    assert ledger_of(here).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (".git/config", None),
        ("vault.yml", None),
        ("ledger.jsonl", None),
        (".gitattributes", None),
        ("../public/x.yml", None),
        ("nominations/N-2027-0009.yml", "forged\n"),
    ],
)
def test_a_note_of_a_change_that_somebody_put_there_is_not_carried_out(
    name: str, lines: str | None, here: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a vault that is shared by git, a note could set up git itself, on another computer."""
    notes: list[bytes] = []
    monkeypatch.setattr(storage, "carry_out", lambda *_: None)
    monkeypatch.setattr(storage, "begin", lambda _, content: notes.append(content))
    here.triage("N-2027-0002", partners=("partner-2",))
    monkeypatch.undo()
    note = json.loads(notes[0])
    forged = {**note, "files": {name: "eA=="}, "lines": lines or note["lines"]}
    (here.folder / ".pending").write_text(json.dumps(forged), "utf-8")
    before = ledger_of(here).read_bytes()
    with pytest.raises(SetupError, match="not what this software wrote"):
        here.nominate(4)
    assert ledger_of(here).read_bytes() == before
    assert not (here.folder / name).exists() or (here.folder / name).read_bytes() != b"x"
    (here.folder / ".pending").write_bytes(notes[0])
    here.nominate(4)
    assert here.state("N-2027-0002") == "triaged"


def test_killed_at_any_instant_nothing_is_lost(tmp_path: Path) -> None:
    """A process that takes nominations in is killed in the middle of its work, again and again."""
    here = office(tmp_path)
    code = "\n".join(
        (
            "import sys; from pathlib import Path; from tests.seasons import Office",
            "here = Office(folder=Path(sys.argv[1]), root=Path(sys.argv[2]))",
            "print('begun', flush=True)",
            "for number in range(int(sys.argv[3]), 10_000):",
            "    here.nominate(number)",
            "    print('taken', flush=True)",
        )
    )
    repository = Path(__file__).parent.parent
    for turn in range(5):
        command = [sys.executable, "-c", code, str(here.folder), str(here.root), str(turn * 1000)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=repository) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n"
            if turn == 0:
                assert process.stdout.readline() == b"taken\n"
            time.sleep(0.3 + 0.07 * turn)
            process.kill()
        complete(here.vault())
        assert list(findings(here.vault())) == []
    assert here.season().nominations


def test_a_command_that_was_killed_is_told_and_repaired(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    import generator.vault.storage as storage

    def stop(*_: object) -> None:
        raise Stopped

    with monkeypatch.context() as patched, pytest.raises(Stopped):
        patched.setattr(storage, "carry_out", stop)
        here.triage("N-2027-0002", partners=("partner-2",))
    assert any("stopped in the middle" in found for found in findings(here.vault()))
    assert here.state("N-2027-0002") == "received"
    assert storage.complete(here.vault())
    assert list(findings(here.vault())) == []
    assert here.state("N-2027-0002") == "triaged"


def test_a_clock_that_goes_back_is_refused(here: Office) -> None:
    here.pass_days(-2)
    with pytest.raises(SetupError, match="set the clock"):
        here.nominate(9)


# Sealed


def sealed(tmp_path: Path) -> Office:
    """A vault whose files only the holder of a key can open."""
    import pyrage

    tmp_path.mkdir(exist_ok=True)
    identity = pyrage.x25519.Identity.generate()
    key = tmp_path / "key.txt"
    key.write_text(f"# a key\n{identity}\n", "utf-8")
    made = Office(folder=tmp_path / "vault", root=tmp_path / "public", identity=key)
    made.root.mkdir()
    first = {"id": "cory", "name": "Cory Okafor", "roles": ["coordinator"]}
    settings = {"staff": [first], "recipients": [str(identity.to_public())]}
    put_on_record(made, create(made.folder, settings, "cory", made.now, root=made.root, schemas=SCHEMAS), STAFF)
    return made


def test_a_vault_is_sealed_from_its_beginning_to_its_end(here: Office, tmp_path: Path) -> None:
    """Keys that are put into vault.yml later would leave what lies there plain; without them new files would be."""
    replace_in(here.folder / "vault.yml", "staff:", f"recipients: [age1{'q' * 58}]\nstaff:")
    with pytest.raises(SetupError, match="this vault was begun without"):
        here.vault()
    other = sealed(tmp_path / "other")
    other.nominate(1)
    text = (other.folder / "vault.yml").read_text("utf-8")
    (other.folder / "vault.yml").write_text(text[: text.index("recipients:")], "utf-8")
    with pytest.raises(SetupError, match="this vault is sealed; put them back"):
        other.vault()


def test_a_sealed_vault_says_nothing_without_its_key(tmp_path: Path) -> None:
    here = sealed(tmp_path)
    code = here.nominate(1)
    here.triage(code, partners=("partner-1",))
    assert list(findings(here.vault())) == []
    whole = b"".join(p.read_bytes() for p in here.folder.rglob("*") if p.is_file() and p.name != "vault.yml")
    for private in (b"Neighbor", b"every week", b"partner-1"):
        assert private not in whole
    here.identity = None
    with pytest.raises(SetupError, match="--identity"):
        here.season()


def test_a_sealed_file_that_was_exchanged_shows(tmp_path: Path) -> None:
    here = sealed(tmp_path)
    one, two = (here.folder / f"nominations/{here.nominate(number)}.yml.age" for number in (1, 2))
    former = one.read_bytes()
    one.write_bytes(two.read_bytes())
    assert len(list(findings(here.vault()))) == 1
    one.write_bytes(former[:-1])
    assert len(list(findings(here.vault()))) == 1
    one.unlink()
    one.symlink_to(two)
    assert len(list(findings(here.vault()))) == 1


def test_a_wrong_key_and_no_key_are_told(tmp_path: Path) -> None:
    import pyrage

    here = sealed(tmp_path)
    here.nominate(1)
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()), "utf-8")
    here.identity = other
    with pytest.raises(SetupError, match="does not open it"):
        here.season()
    other.write_text("nothing", "utf-8")
    with pytest.raises(SetupError, match="no secret key"):
        here.season()


# Apart from the public tree


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A public tree in git."""
    root = tmp_path / "public"
    for folder in ("partners", "district", "recognition"):
        (root / folder).mkdir(parents=True)
    (root / "district/district.yml").write_text("name: x\n", "utf-8")
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("commit", "-qm", "x"),
        ("remote", "add", "o", "https://example.org/x"),
    ):
        git(root, *words)
    return root


def linked(public: Path, tmp_path: Path) -> Path:
    """A link that leads into the public tree."""
    (public / "inside").mkdir()
    (tmp_path / "link").symlink_to(public / "inside")
    return tmp_path / "link"


def worktree(public: Path, tmp_path: Path) -> Path:
    """A folder in another worktree of the public repository."""
    git(public, "worktree", "add", "-q", str(tmp_path / "tree"))
    return tmp_path / "tree/vault"


def repository(tmp_path: Path, remote: str, *config: tuple[str, str]) -> Path:
    """A folder in a repository of its own that is pushed somewhere."""
    folder = tmp_path / "own"
    folder.mkdir()
    git(folder, "init", "-q")
    for name, value in (("remote.o.url", remote), *config):
        git(folder, "config", name, value)
    return folder


def other_tree(public: Path, tmp_path: Path) -> Path:
    """A folder in a copy of the public tree that git knows nothing of."""
    (tmp_path / "copy/partners").mkdir(parents=True)
    (tmp_path / "copy/recognition").mkdir()
    return tmp_path / "copy/private/vault"


PLACES: dict[str, tuple[Callable[[Path, Path], Path], str]] = {
    "itself": (lambda public, _: public, "inside the public tree"),
    "in it": (lambda public, _: public / "vault", "inside the public tree"),
    "deep in it": (lambda public, _: public / "a/b/vault", "inside the public tree"),
    "by dots": (lambda public, tmp_path: tmp_path / "x/../public/vault", "inside the public tree"),
    "by a link": (linked, "inside the public tree"),
    "around it": (lambda _, tmp_path: tmp_path, "the public tree lies inside it"),
    "a worktree": (worktree, "belongs to the public tree's git repository"),
    "a copy": (other_tree, "looks like a public tree"),
    "pushed there": (lambda _, tmp_path: repository(tmp_path, "https://example.org/x.git"), "pushed to the same place"),
    "pushed there by another way": (
        lambda _, tmp_path: repository(tmp_path, "git@Example.org:x.git"),
        "pushed to the same place",
    ),
    "pushed there under a short name": (
        lambda _, tmp_path: repository(tmp_path, "short:x", ("url.ssh://git@example.org:22/.insteadOf", "short:")),
        "pushed to the same place",
    ),
    "pushed there by a branch": (
        lambda _, tmp_path: repository(tmp_path, "x", ("branch.main.remote", "https://me@example.org/x/")),
        "pushed to the same place",
    ),
    "pushed into it": (lambda public, tmp_path: repository(tmp_path, f"file://{public}/.git"), "pushed to the same"),
    "pulled from": (lambda public, tmp_path: source_of(public, tmp_path), "is fetched from it"),
}


def source_of(public: Path, tmp_path: Path) -> Path:
    """A repository from which the public tree is fetched."""
    folder = repository(tmp_path, "https://example.org/private")
    git(public, "remote", "add", "other", "../own")
    return folder


@pytest.mark.parametrize("place", PLACES)
def test_a_vault_and_a_public_tree_lie_apart(place: str, public: Path, tmp_path: Path) -> None:
    make, reason = PLACES[place]
    vault = make(public, tmp_path)
    assert reason in together(vault, public)
    with pytest.raises(SetupError, match="outside everything public"):
        create(vault, {"staff": []}, "x", Office(folder=vault, root=public).now, root=public, schemas=SCHEMAS)
    assert not (vault / "vault.yml").exists()


@pytest.mark.parametrize(
    ("person", "more"), [({"id": "A b"}, {}), ({"roles": []}, {}), ({}, {"recipients": ["age1" + "q" * 58]})]
)
def test_nothing_is_begun_that_cannot_be_a_vault(
    person: dict[str, object], more: dict[str, object], public: Path, tmp_path: Path
) -> None:
    first = {"id": "cory", "name": "Cory Okafor", "roles": ["coordinator"], **person}
    now = Office(folder=tmp_path, root=public).now
    with pytest.raises(SetupError):
        create(tmp_path / "vault", {"staff": [first], **more}, "cory", now, root=public, schemas=SCHEMAS)
    assert not (tmp_path / "vault").exists()


def test_a_vault_beside_is_welcome(public: Path, tmp_path: Path) -> None:
    assert together(tmp_path / "vault", public) == ""
    assert together(repository(tmp_path, "https://example.org/private"), public) == ""


def test_a_vault_begins_in_an_empty_folder(tmp_path: Path) -> None:
    here = Office(folder=tmp_path / "vault", root=tmp_path / "public")
    here.folder.mkdir()
    (here.folder / "old.txt").write_text("x", "utf-8")
    with pytest.raises(SetupError, match="new or empty folder"):
        create(here.folder, {"staff": []}, "x", here.now, root=here.root, schemas=SCHEMAS)


def test_a_name_that_leads_out_of_the_vault_is_refused(here: Office) -> None:
    for name in ("../x", "a/../../x", "/etc/passwd", "a//b", ""):
        with pytest.raises(SetupError):
            read_data(here.vault(), name)
