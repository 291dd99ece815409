"""A small district that is being translated, with words of the site that are its own, and short ways to its texts."""

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from generator.check import check
from generator.languages import fingerprint
from generator.records.folders import Project
from generator.records.load import Loaded
from generator.translate.accept import Accepted, Terms, accept
from generator.translate.judge import judge
from generator.translate.keep import keep
from generator.translate.row import Row, Sheet
from generator.translate.work import Work, all_work, script_of
from tests.factories import RIVERBEND, TODAY

SIDECAR = "translations/es/partners/river-readers.yml"
CATALOGUE = "translations/es/interface.po"
PAGE = "translations/es/pages/help.md"
PARTNER = "partners/river-readers"
COMMENTS = ("# yaml-language-server", "# Read aloud to a mother", "# first of all", "# not checked", "# nothing")
"""Comments of the sidecar, which stay whoever writes its words."""
HELP = "pages/help"
HEADER = """\
# Words of an invented site.
msgid ""
msgstr ""
"Project-Id-Version: Riverbend 1\\n"
"Last-Translator: {translator}\\n"
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
TEMPLATE = HEADER.format(translator="nobody", language="") + (
    'msgid "%(count)s school"\nmsgid_plural "%(count)s schools"\nmsgstr[0] ""\nmsgstr[1] ""\n\n'
    'msgid "About %(name)s"\nmsgstr ""\n\nmsgid "Share"\nmsgstr ""\n\n'
    'msgctxt "focus-areas"\nmsgid "Food"\nmsgstr ""\n'
)
WORDS = HEADER.format(translator="machine, not yet checked by a native reader", language="es") + (
    'msgid "%(count)s school"\nmsgid_plural "%(count)s schools"\n'
    'msgstr[0] "%(count)s escuela"\nmsgstr[1] "%(count)s escuelas"\n\n'
    '# Looks like a title.\nmsgid "About %(name)s"\nmsgstr "Acerca de %(name)s"\n\nmsgid "Share"\nmsgstr ""\n\n'
    'msgctxt "focus-areas"\nmsgid "Food"\nmsgstr "Comida"\n'
)
ENGLISH_PAGE = """\
---
title: Help
description: Whom to ask.
---

# Help

Write to office@riverbend.example.org or call (206) 555-0122, from 9 to 5.
"""
SPANISH_PAGE = """\
---
# The title is short on purpose.
title: Ayuda
description: A quién preguntar.
source: {source}
by: {by}
on: 2026-09-01
---

# Ayuda

Escriba a office@riverbend.example.org o llame al (206) 555-0122, de 9 a 5.
"""
SPANISH = f"""\
# yaml-language-server: $schema=../../../schema/translation.schema.json
# Read aloud to a mother before it was sent.
summary: # first of all
  text: Leen con niños.
  source: {fingerprint("Volunteers read with children.")}
  by: machine   # not checked
  on: 2026-09-01
programs/reading-buddies/summary:
  {{text: Un adulto lee con su hija o hijo., source: 1a2b3c4d, by: human, on: 2026-08-01}}
# nothing below
"""


def district(folder: Path) -> Path:
    """The district of Riverbend, partly translated into Spanish."""
    shutil.copytree(RIVERBEND, folder, dirs_exist_ok=True)
    write(folder, "translations/interface.pot", TEMPLATE)
    write(folder, CATALOGUE, WORDS)
    write(folder, SIDECAR, SPANISH)
    write(folder, f"{HELP}.md", ENGLISH_PAGE)
    write_page(folder)
    return folder


def write_page(folder: Path, *, by: str = "machine", source: str = "") -> None:
    """The Spanish page, for today's English unless another fingerprint is given."""
    today = fingerprint(ENGLISH_PAGE.split("\n---\n", 1)[1])
    write(folder, PAGE, SPANISH_PAGE.format(source=source or today, by=by))


def write(folder: Path, path: str, content: str) -> None:
    """Write a file of the district."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(content, "utf-8")


def own_words(patch: pytest.MonkeyPatch) -> None:
    """Let each district have its own words of the site, as the software has."""
    patch.setattr(Project, "catalogues", property(lambda project: project.root / "translations"))


def loaded(folder: Path) -> Loaded:
    """The district's records."""
    found = check(Project(root=folder), today=TODAY).loaded
    assert found.directory is not None
    return found


def work(folder: Path, language: str = "es") -> dict[str, Work]:
    """Every text by its key."""
    return {each.key: each for each in all_work(loaded(folder), language)}


def sheet(folder: Path, language: str = "es", *, states: Iterable[str] = (), keys: Iterable[str] = ()) -> Sheet:
    """What is given to a translator: all texts, or those in some states or with some keys."""
    wanted = frozenset(states) | frozenset(keys)
    found = (each for each in work(folder, language).values() if not wanted or {each.state, each.key} & wanted)
    return Sheet(language=language, on="2026-10-01", work=tuple(found), glossary={"volunteer": "voluntario"}, former={})


def terms(folder: Path, language: str = "es", *, by: str = "", may_replace: bool = False) -> Terms:
    """The usual terms of an import."""
    found = loaded(folder)
    script = script_of(found, language)
    return Terms(script=script, by=by, on=date(2026, 10, 1), may_replace=may_replace, judge=judge(found.project))


def taken(
    folder: Path, rows: Iterable[Row], language: str = "es", *, by: str = "", may_replace: bool = False
) -> Accepted:
    """What an import makes of some rows, which it writes."""
    accepted = accept(rows, work(folder, language), terms(folder, language, by=by, may_replace=may_replace))
    keep(folder, accepted.taken)
    return accepted


def row(folder: Path, key: str, *words: str, language: str = "es", **marks: bool) -> Row:
    """A row for a text as it stands, with other words."""
    return Row(key=key, english=work(folder, language)[key].english, words=words, line=7, **marks)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
