"""A run of MkDocs that makes the shell of a site."""

import logging
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from generator.frame.kept import Shell
from generator.frame.pages import MEMORY, Memory
from generator.plan import Plan
from generator.problems import SetupError
from generator.records.folders import SOFTWARE, Project


class Said(logging.Handler):
    """What MkDocs says while it works: warnings go to standard error, errors are kept for the one line at the end."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        logging.getLogger("mkdocs").addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep or print one message."""
        if record.levelno >= logging.ERROR:
            self.errors.append(record.getMessage())
        else:
            sys.stderr.write(f"{record.getMessage()}\n")

    def close(self) -> None:
        """Listen no more."""
        logging.getLogger("mkdocs").removeHandler(self)
        super().close()


def make_shell(plan: Plan) -> Shell:
    """Let MkDocs render the frames, the hand-written pages and the theme's files of a plan."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    memory = Memory(plan)
    with TemporaryDirectory() as folder:
        pages = pages_folder(plan.project, Path(folder))
        said = Said()
        try:
            config = load_config(str(SOFTWARE / "mkdocs.yml"), site_dir=f"{folder}/site", docs_dir=str(pages))
            config.extra[MEMORY] = memory
            mkdocs_build(config)
        except (MkDocsException, Abort) as error:
            raise SetupError(broken(error, said)) from error
        finally:
            said.close()
    if memory.shell is None:
        raise SetupError("mkdocs.yml: the hook generator/mkdocs_hooks.py is missing, so no record was written")
    return memory.shell


def pages_folder(project: Project, spare: Path) -> Path:
    """The hand-written pages, or an empty folder below `spare` for a district that has none."""
    if project.pages.is_dir():
        return project.pages
    (spare / "pages").mkdir()
    return spare / "pages"


def broken(error: Exception, said: Said) -> str:
    """One line for a failure inside MkDocs: what it said of it before it gave up, else what it gave up with."""
    if isinstance(error.__cause__, SetupError):
        return str(error.__cause__)
    words = " ".join(" ".join(said.errors or [str(error)]).split())
    return f"mkdocs.yml: {words}" if isinstance(error, ConfigurationError | Abort) else words
