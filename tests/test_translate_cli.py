"""`partners translate`: what people type, and what they are told."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.translate import translate
from generator.records.folders import Project
from tests.test_cli import partners
from tests.translating import CATALOGUE, PARTNER, SIDECAR, district, files, own_words, work, write

DAY_SECONDS = "1790856000"  # noon of October 1, 2026, UTC
CLAIM = f"{PARTNER}#partnership/alignment/0/claim"
COMMANDS = ("status", "export", "import", "check", "start")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own_words(monkeypatch)
    folder = district(tmp_path / "riverbend")
    text = (folder / "district/district.yml").read_text("utf-8")
    write(folder, "district/district.yml", text.replace("languages: [en]", "languages: [en, es]"))
    monkeypatch.chdir(tmp_path)
    return folder


def run(folder: Path, *words: str) -> Result:
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": DAY_SECONDS, "NO_COLOR": "1"})
    result = runner.invoke(translate, [*words, "--root", str(folder)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def kept(folder: Path) -> dict[str, bytes]:
    """Every file but those of the cache."""
    return {path: content for path, content in files(folder).items() if not path.startswith(".cache")}


def translated(path: Path, key: str, words: str) -> None:
    """Write words for a text into an exported PO file."""
    pattern = re.compile(rf'(msgctxt "{re.escape(key)}"\nmsgid "[^\n]*"\nmsgstr ")[^\n]*"')
    text, count = pattern.subn(rf'\g<1>{words}"', path.read_text("utf-8"))
    assert count == 1
    path.write_text(text, "utf-8")


def examples(command: str) -> list[str]:
    """The examples that a command's help shows, without the program's name and without what explains them."""
    told = CliRunner().invoke(translate, [command, "--help"]).output.split("Examples:")[1]
    found = re.findall(r"partners translate (.+?)(?:   .*| > .*)?$", told, re.MULTILINE)
    return [line for line in found if line.startswith(command)]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_the_help_work(command: str, folder: Path, tmp_path: Path) -> None:
    assert len(examples(command)) >= 2
    work_file = tmp_path / "to-translate-es.po"
    run(folder, "export", "es", "--out", str(work_file))
    for name in ("from-the-agency.xlf", "words.csv"):
        run(folder, "export", "so", "--xliff" if name.endswith("xlf") else "--csv", "--out", str(tmp_path / name))
    for line in examples(command):
        done = run(folder, *line.split())
        assert done.exit_code == 0 if command != "check" else done.exit_code in (0, 1), (line, done.output)


def test_status_for_people_and_for_machines(folder: Path) -> None:
    text = run(folder, "status").output
    assert re.search(r"^Spanish \(es\)\s+interface\s+–\s+–\s+3\s+–\s+1\s+1\s+–$", text, re.MULTILINE)
    data = json.loads(run(folder, "status", "--format", "json").output)
    assert {each["language"] for each in data} == {"es"}
    assert all(
        each["total"] == sum(each[s] for s in ("human", "reviewed", "machine", "stale", "missing")) for each in data
    )
    assert "Somali (so)" in run(folder, "status", "--language", "so").output


def test_out_to_a_translator_and_back(folder: Path, tmp_path: Path) -> None:
    told = run(folder, "export", "es").output
    assert told.startswith("to-translate-es.po: ")
    assert "partners translate import to-translate-es.po" in told
    path = tmp_path / "to-translate-es.po"
    translated(path, CLAIM, "Leemos con niños cada semana.")
    before = kept(folder)
    dry = run(folder, "import", str(path), "--dry-run")
    assert "1 taken" in dry.output
    assert dry.output.endswith("Nothing was written.\n")
    assert kept(folder) == before
    done = run(folder, "import", str(path))
    assert done.exit_code == 0
    assert f"1 file written: {SIDECAR}" in done.output
    assert work(folder)[CLAIM].state == "human"
    assert [path for path, content in kept(folder).items() if before.get(path) != content] == [SIDECAR]


def test_what_is_refused_is_told_by_line_and_the_rest_is_taken(folder: Path, tmp_path: Path) -> None:
    run(folder, "export", "es", "--store", "records")
    path = tmp_path / "to-translate-es.po"
    translated(path, CLAIM, "Leemos con <b>niños</b> cada semana.")
    translated(path, f"{PARTNER}#contacts/0/role", "Oficina")
    done = run(folder, "import", str(path))
    assert done.exit_code == 1
    line = path.read_text("utf-8").split("\n").index(f'msgctxt "{CLAIM}"') + 2
    assert f'{path}:{line}: refused: {CLAIM}: the English has no "</b>"' in done.output
    assert work(folder)[f"{PARTNER}#contacts/0/role"].state == "human"
    data = json.loads(run(folder, "import", str(path), "--format", "json", "--dry-run").output)
    assert data["counts"]["refused"] == 1
    assert data["files"] == []


def test_an_export_holds_what_was_asked_for(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    for words, count in (
        (("--store", "pages", "--state", "machine"), 3),
        (("--limit", "2"), 2),
        (("--store", "interface"), 1),
    ):
        run(folder, "export", "es", "--csv", "--out", str(path), *words)
        assert path.read_text("utf-8-sig").count(",es,") == count
    assert run(folder, "export", "es", "--out", "-").output.startswith("# Texts to translate: es.")
    nothing = run(folder, "export", "es", "--state", "reviewed")
    assert (nothing.exit_code, "Nothing to do: no text is reviewed in es." in nothing.output) == (0, True)


def test_check_tells_files_and_lines(folder: Path) -> None:
    text = (folder / CATALOGUE).read_text("utf-8")
    write(folder, CATALOGUE, text.replace("Acerca de %(name)s", "Acerca de %(nombre)s"))
    write(folder, SIDECAR, (folder / SIDECAR).read_text("utf-8").replace("summary: #", "sumary: #"))
    done = run(folder, "check")
    assert done.exit_code == 1
    assert f"{CATALOGUE}:16:1: broken-catalogue:" in done.output
    assert re.search(rf"{SIDECAR}:\d+:\d+: orphan-translation:", done.output)
    assert "::error file=" in run(folder, "check", "--format", "github").output
    assert run(folder, "check", "--language", "so").exit_code == 0


def test_a_language_is_begun_once(folder: Path) -> None:
    told = run(folder, "start", "fr").output
    assert "translations/fr/interface.po: written" in told
    assert run(folder, "status", "--language", "fr").exit_code == 0
    before = kept(folder)
    assert "is there already" in run(folder, "start", "fr").output
    assert kept(folder) == before


def test_a_district_in_its_own_folder_cannot_begin_words_of_the_software(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Project, "catalogues", property(lambda project: Path("/")))
    before = kept(folder)
    assert "in the folder of the software" in run(folder, "start", "fr").output
    assert kept(folder) == before


@pytest.mark.parametrize(
    "words",
    [
        ("start", "xx"),
        ("start", "en"),
        ("import", "no.po"),
        ("export",),
        ("export", "es", "--state", "bad"),
        ("export", "es", "--limit", "0"),
    ],
)
def test_wrong_use_is_told(words: tuple[str, ...], folder: Path) -> None:
    done = run(folder, *words)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


PO = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "a"\nmsgstr "{}"\n'
BAD = {
    "binary.po": b"\x89PNG\r\n\x1a\n\x00",
    "latin.po": PO.format("es", "niño").encode("latin-1"),
    "empty.po": b"",
    "empty.csv": b"",
    "empty.xlf": b"",
    "words.txt": b"a",
    "words": b"a",
    "type.xlf": b'<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>',
    "half.xlf": b"<xliff",
    "latin.csv": "key,english,translation\na,b,niño\n".encode("latin-1"),
    "columns.csv": b"a,b\n",
    "mexico.po": PO.format("es_MX", "b").encode(),
    "none.csv": b"key,english,translation\na,b,c\n",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gives_one_clear_line(name: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    before = kept(folder)
    done = partners("translate", "import", name, "--root", str(folder), cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    lines = [line for line in done.stderr.split("\n") if name in line]
    assert len(lines) == 1
    assert "Traceback" not in done.stderr
    assert kept(folder) == before


def test_a_file_in_another_language_is_not_taken(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "work.po").write_text(PO.format("so", "b"), "utf-8")
    done = run(folder, "import", str(tmp_path / "work.po"), "--language", "es")
    assert (done.exit_code, "is in so, not in es" in done.output) == (2, True)
    (tmp_path / "work.po").write_text(PO.format("es_MX", "b"), "utf-8")
    assert run(folder, "import", str(tmp_path / "work.po"), "--language", "es").exit_code == 1  # read, and refused


def test_what_the_page_for_translators_tells_to_type_works(folder: Path, tmp_path: Path, repository: Path) -> None:
    page = (repository / "docs/translators.md").read_text("utf-8")
    lines = re.findall(r"^ *partners translate (.+?)(?: +#.*)?$", page, re.MULTILINE)
    assert {line.split()[0] for line in lines} == {"status", "export", "import", "check"}
    for line in lines:
        done = run(folder, *line.split())
        assert done.exit_code in ((0, 1) if line.startswith("check") else (0,)), (line, done.output)
    assert (tmp_path / "to-translate-so.csv").exists()
