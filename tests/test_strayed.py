"""Nothing of a vault passes into a public tree or its history unseen, and what was found is not repeated."""

import base64
import bz2
import gzip
import lzma
import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from generator.problems import SetupError
from generator.vault.signs import LIMIT_BYTES, fault
from generator.vault.storage import MARK
from generator.vault.strayed import read_bait, strayed
from tests.repositories import git
from tests.seasons import Office, office


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A vault with a nomination that is recognised and consented to."""
    here = office(tmp_path_factory.mktemp("vault"))
    here.consent(here.recognised(), "story")
    return here


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A public tree in git, with a record."""
    root = tmp_path / "tree"
    (root / "partners").mkdir(parents=True)
    (root / "partners/river-readers.yml").write_text("name: River Readers\n", "utf-8")
    git(root, "init", "-q")
    commit(root)
    return root


def commit(root: Path) -> None:
    """Everything committed."""
    git(root, "add", "-Af")
    git(root, "commit", "-qm", "x")


def every_file(vault: Office) -> list[Path]:
    """The vault's files other than git's."""
    return sorted(path for path in vault.folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def test_every_file_of_a_vault_is_known_under_any_name(vault: Office) -> None:
    for path in every_file(vault):
        assert fault("partners/harmless.yml", path.read_bytes()), path
        assert fault(path.relative_to(vault.folder).as_posix(), b""), path


def test_a_sealed_file_is_known_too(vault: Office, tmp_path: Path) -> None:
    from tests.test_vault import sealed

    here = sealed(tmp_path)
    here.nominate(1)
    for path in sorted((here.folder / "nominations").iterdir()):
        assert fault("partners/logos/x.png", path.read_bytes())
        assert fault(path.name, b"")


@pytest.mark.parametrize(
    "content",
    [
        b"form: nomination\nnominator:\n  name: x\n",
        b'{"form": "nomination",\n "nominator": {"name": "x"}}',
        b"title: x\nnominator: y\n",
    ],
)
def test_a_nomination_with_its_sender_is_known(content: bytes) -> None:
    assert fault("recognition/x.txt", content)
    assert fault("anywhere.json", content)


PART = "Invented-and-no-key-but-as-long-as-one-is-43"


@pytest.mark.parametrize(
    "content",
    [
        f"key:\n  kty: EC\n  crv: P-256\n  x: {PART}\n  d: {PART}\n",
        f"key: {{d: '{PART}', kty: EC}}\n",
        f'{{"keys":[{{"kty":"EC","x":"{PART}","d":"{PART}"}}]}}',
        f"{{\r\n 'd' : '{PART}',\r\n 'kty' : 'EC' }}",
    ],
)
def test_a_private_key_is_known_wherever_it_lies(content: str) -> None:
    for path in ("district/recognition.yml", "docs/x.md", "tests/x.json"):
        assert "private key" in fault(path, content.encode())


def test_a_file_of_a_vault_is_known_without_its_first_line_too(vault: Office) -> None:
    for path in every_file(vault):
        if path.suffix == ".yml":
            assert fault("docs/harmless.md", path.read_bytes().partition(b"\n")[2]), path


def zipped(content: bytes) -> bytes:
    """An archive with one file, always the same bytes: workers must find the same tests, named by them."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("a.txt"), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


@pytest.mark.parametrize(
    "packed",
    [
        zipped,
        gzip.compress,
        bz2.compress,
        lzma.compress,
        base64.b64encode,
        lambda content: base64.b64encode(b"x" + content),
        lambda content: base64.b64encode(b"xy" + content),
        lambda content: content.decode().encode("utf-16"),
        lambda content: b"\n".join(b"> " + line for line in content.split(b"\n")),
        lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"),
    ],
)
def test_a_file_of_a_vault_is_known_packed_and_encoded(packed: Callable[[bytes], bytes], vault: Office) -> None:
    content = packed((vault.folder / "nominations/N-2027-0001.yml").read_bytes())
    assert fault("partners/logos/x.png", content) == "this is a file of a vault of nominations"


@pytest.mark.parametrize(
    "content",
    [
        b"form: nomination\norganization: River\nwhat: They helped my daughter.\n",
        b'{"language": "en", "form": "nomination", "what": "x"}',
        b"{a: 1, 'nominator': {name: x}}",
        b"organization,what,nominator.name\nRiver,They read.,x\n",
        b"Timestamp,Which partner do you want to thank?,What did they do? Please name no child.\n",
        zipped(b"<t>Which partner do you want to thank?</t><t>What did they do? Please name no child.</t>"),
        b'{"files": {"nominations/N-2027-0001.yml": "YWJj"}}',
        b"From: Neighbor One <one@example.org>\nTo: thanks@district.example.org\nSubject: x\n\nThey read.\n",
    ],
)
def test_what_comes_in_is_known_without_a_sender(content: bytes) -> None:
    assert fault("answers.txt", content)


@pytest.mark.parametrize("path", ["n-2027-0001.YML", "LEDGER.JSONL", "x.Nomination.yml", "a/Vault.yml", "x.MSG"])
def test_names_are_known_in_any_case(path: str) -> None:
    assert fault(path, b"")


@pytest.mark.parametrize("start", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", zipped(b"x")[:30], b"\x1f\x8bx"])
def test_what_nobody_can_look_into_does_not_belong_here(start: bytes, request: pytest.FixtureRequest) -> None:
    assert request.node.name.rpartition("[")[2].startswith("start"), "packed bytes are in no name: they may change"
    assert "nobody can look into" in fault("x.bin", start)


def test_no_content_takes_long_however_large_it_unpacks() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"{number}.txt", b"\0" * LIMIT_BYTES)
    assert "nobody can look into" in fault("x.bin", made.getvalue())


def test_a_secret_key_of_age_is_known() -> None:
    assert "private key" in fault("docs/x.md", b"AGE-SECRET-KEY-" + b"1" + b"Q" * 58)


def test_what_a_browser_has_sealed_is_known() -> None:
    assert fault("partners/logos/x.png", f"eyJ{PART}..{PART[:16]}.{PART}.{PART[:22]}".encode())
    assert fault("x.jwe", b"")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("district/recognition.yml", f"key:\n  kty: EC\n  x: {PART}\n  y: {PART}\n  kid: {PART}\n".encode()),
        ("partners/river.yml", b"name: River\n"),
        ("recognition/2026-27/x.yml", b"title: x\nnominated_via: N-2026-0001\nconsent: {ref: C-2026-0001}\n"),
        ("docs/recognition.md", b"a nominator: somebody\nnominations/N-2026-0001.yml\n"),
        ("district/resources/vaults.yml", b"title: Vaults in gymnastics\n"),
        ("generator/nominations/model.py", b"nominator: Nominator\n"),
    ],
)
def test_what_is_public_is_let_pass(path: str, content: bytes) -> None:
    assert fault(path, content) == ""


def test_the_repository_itself_is_clean(repository: Path) -> None:
    assert list(strayed(repository, history=False)) == []


def test_scripts_of_a_built_site_are_let_pass(repository: Path) -> None:
    scripts = sorted((repository / "generator/theme/assets").glob("*.js"))
    assert scripts
    assert [each.name for each in scripts if fault(f"site/assets/{each.name}", each.read_bytes())] == []


def test_what_lies_in_the_tree_is_found_and_not_repeated(vault: Office, tree: Path) -> None:
    private = every_file(vault)
    for number, path in enumerate(private):
        (tree / f"partners/{number}.yml").write_bytes(path.read_bytes())
    found = list(strayed(tree, history=False))
    assert len(found) == len(private)
    assert not any("Neighbor" in line or "example.org" in line for line in found)


def test_a_link_to_something_that_never_ends_is_not_followed(tree: Path) -> None:
    os.mkfifo(tree.parent / "pipe")
    (tree / "partners/x.yml").symlink_to(tree.parent / "pipe")
    assert list(strayed(tree, history=False)) == []


def as_commit(root: Path, content: bytes) -> None:
    git(root, "commit", "-q", "--allow-empty", "--cleanup=verbatim", "-F", "-", given=content)


def as_tag(root: Path, content: bytes) -> None:
    git(root, "tag", "-a", "old", "--cleanup=verbatim", "-F", "-", given=content)


def as_tagged_content(root: Path, content: bytes) -> None:
    git(root, "tag", "old", git(root, "hash-object", "-w", "--stdin", given=content))


def as_note(root: Path, content: bytes) -> None:
    git(root, "notes", "add", "-F", "-", given=content)


def as_stash(root: Path, content: bytes) -> None:
    (root / "partners/x.yml").write_bytes(content)
    git(root, "stash", "-u")


def under_two_names(root: Path, _: bytes) -> None:
    """The same content as something harmless, and once with a name that tells."""
    (root / "docs").mkdir()
    for name in ("docs/a.md", "ledger.jsonl"):
        (root / name).write_text("the same\n", "utf-8")
    commit(root)
    git(root, "rm", "-q", "ledger.jsonl")
    commit(root)


@pytest.mark.parametrize("way", [as_commit, as_tag, as_tagged_content, as_note, as_stash, under_two_names])
def test_whatever_git_keeps_is_looked_at(way: Callable[[Path, bytes], None], vault: Office, tree: Path) -> None:
    way(tree, (vault.folder / "nominations/N-2027-0001.yml").read_bytes())
    assert list(strayed(tree, history=False)) == []
    assert len(list(strayed(tree, history=True))) == 1


LEAVE: dict[str, Callable[[Path], object]] = {
    "deleted later": lambda root: (git(root, "rm", "-q", "--cached", "-r", "notes"), commit_rest(root))[0],
    "on another branch": lambda root: git(root, "switch", "-q", "-c", "other", "HEAD~1"),
    "in a tag": lambda root: (git(root, "tag", "old"), git(root, "reset", "-q", "--hard", "HEAD~1"))[0],
}


def commit_rest(root: Path) -> None:
    """What was taken out of the index, committed and deleted."""
    git(root, "commit", "-qm", "gone")
    git(root, "clean", "-fdq")


@pytest.mark.parametrize("way", LEAVE)
def test_what_was_ever_committed_is_found(way: str, vault: Office, tree: Path) -> None:
    (tree / "notes").mkdir()
    (tree / "notes/list.txt").write_bytes((vault.folder / "nominations/N-2027-0001.yml").read_bytes())
    commit(tree)
    LEAVE[way](tree)
    assert list(strayed(tree, history=False)) == []
    (found,) = strayed(tree, history=True)
    assert "notes/list.txt in the history" in found


def test_only_what_is_new_is_looked_at_when_a_base_is_given(vault: Office, tree: Path) -> None:
    (tree / "old.txt").write_text(f"{MARK}\n", "utf-8")
    commit(tree)
    git(tree, "tag", "base")
    git(tree, "rm", "-q", "old.txt")
    (tree / "new.txt").write_text("nothing\n", "utf-8")
    commit(tree)
    assert list(strayed(tree, history=True, base="base")) == []
    assert len(list(strayed(tree, history=True))) == 1
    with pytest.raises(SetupError, match="no commit"):
        list(strayed(tree, history=True, base="nowhere"))


def test_half_a_history_is_not_taken_for_the_whole(tree: Path, tmp_path: Path) -> None:
    (tree / "more.txt").write_text("x", "utf-8")
    commit(tree)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tree}", "shallow")
    with pytest.raises(SetupError, match="only a part of the history"):
        list(strayed(tmp_path / "shallow", history=True))


def test_words_laid_out_as_bait_are_found_and_never_printed(tree: Path, tmp_path: Path) -> None:
    bait = tmp_path / "bait.txt"
    bait.write_text("canary-7f3a90be11\n", "utf-8")
    (tree / "partners/x.yml").write_bytes(b"\0" * 100_000 + b"canary-7f3a90be11")
    (found,) = strayed(tree, history=False, bait=read_bait(bait))
    assert found.startswith("partners/x.yml: a word stands in it")
    assert "canary" not in found
    bait.write_text("short\n", "utf-8")
    with pytest.raises(SetupError, match="at least 12 characters"):
        read_bait(bait)


def test_a_huge_file_takes_no_more_than_its_beginning(tree: Path) -> None:
    with (tree / "partners/huge.bin").open("wb") as file:
        file.truncate(LIMIT_BYTES * 20)
    commit(tree)
    assert list(strayed(tree, history=True)) == []


def test_without_git_the_whole_folder_is_looked_at(vault: Office, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/x.md").write_text(f"# notes\n{MARK}\n", "utf-8")
    assert len(list(strayed(tmp_path / "plain", history=False))) == 1
    with pytest.raises(SetupError, match="no git history"):
        list(strayed(tmp_path / "plain", history=True))


def test_the_check_of_every_proposal_looks(repository: Path) -> None:
    workflow = (repository / ".github/workflows/check.yml").read_text("utf-8")
    assert "partners nominations guard --history" in workflow
    assert "fetch-depth: 0" in workflow
