"""A run of MkDocs: to build a site, to preview it, and what each of its hooks does when it is run by itself."""

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from generator.build import Built, Plan, complete, prepare
from generator.check import check
from generator.clock import today_in
from generator.folders import DATA_FOLDERS, SOFTWARE, Project
from generator.mkdocs_markdown import PlainMarkdown
from generator.mkdocs_pages import MEMORY, THEME, Memory, memory_of
from generator.problems import SetupError
from generator.publish import publish, staging
from generator.report import report


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


def render(plan: Plan, out: Path) -> Built:
    """Build the whole site of a plan into `out`; the old site stands there until the new one is complete."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with staging(out) as folder:
        pages = pages_folder(plan.project, folder)
        memory = Memory(plan, None)
        said = Said()
        try:
            config = load_config(str(SOFTWARE / "mkdocs.yml"), site_dir=str(folder / "site"), docs_dir=str(pages))
            config.extra[MEMORY] = memory
            mkdocs_build(config)
        except (MkDocsException, Abort) as error:
            raise SetupError(broken(error, said)) from error
        finally:
            said.close()
        if memory.built is None:
            raise SetupError("mkdocs.yml: the hook generator/mkdocs_hooks.py is missing, so no record was written")
        publish(folder / "site", out)
    return memory.built


def pages_folder(project: Project, spare: Path) -> Path:
    """The hand-written pages, or an empty folder below `spare` for a district that has none."""
    if project.pages.is_dir():
        return project.pages
    (spare / "pages").mkdir()
    return spare / "pages"


def preview(project: Project, address: str, *, opens: bool) -> None:
    """Serve a project's site and rebuild it whenever a file is saved; returns when the person stops it."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with TemporaryDirectory() as empty:
        pages = pages_folder(project, Path(empty))
        said = Said()
        try:
            serve(
                str(SOFTWARE / "mkdocs.yml"),
                open_in_browser=opens,
                dev_addr=address,
                docs_dir=str(pages),
                extra={"root": str(project.root)},
            )
        except (MkDocsException, Abort) as error:
            raise SetupError(broken(error, said)) from error
        finally:
            said.close()


def broken(error: Exception, said: Said) -> str:
    """One line for a failure inside MkDocs: what it said of it before it gave up, else what it gave up with."""
    if isinstance(error.__cause__, SetupError):
        return str(error.__cause__)
    words = " ".join(" ".join(said.errors or [str(error)]).split())
    return f"mkdocs.yml: {words}" if isinstance(error, ConfigurationError | Abort) else words


def configure(config: MkDocsConfig) -> MkDocsConfig:
    """Load the records, and build beside the site instead of over it."""
    if MEMORY not in config.extra:
        config.extra[MEMORY] = plan_for_mkdocs(config)
    district = memory_of(config).plan.directory.district
    config.site_name = f"{district.short_name} {district.department}"
    config.site_url = config.site_url if memory_of(config).is_preview else district.site_url
    config.theme.static_templates.clear()
    config.markdown_extensions = [*config.markdown_extensions, PlainMarkdown()]
    return config


def plan_for_mkdocs(config: MkDocsConfig) -> Memory:
    """The plan of `mkdocs build` and `mkdocs serve`, made from the folder of mkdocs.yml."""
    host, port = config.dev_addr
    is_preview = (config.site_url or "").startswith(f"http://{host}:{port}/")  # set by `mkdocs serve`
    project = Project(root=Path(config.extra.get("root") or Path(config.config_file_path).parent))
    checked = check(project, today=today_in(project), cache_folder=project.root / ".cache")
    if checked.problems:
        sys.stderr.write(report(checked.problems, records=len(checked.loaded.files)))
    if not checked.is_good and not is_preview:
        raise SetupError("nothing was built, because records have errors")
    memory = Memory(prepare(checked), None if is_preview else Path(config.site_dir))
    memory.is_preview = is_preview
    if memory.out:
        config.site_dir = str(memory.stack.enter_context(staging(memory.out)) / "site")
    return memory


def finish(config: MkDocsConfig) -> None:
    """Write the records' pages; a build of its own puts the site into place here."""
    memory = memory_of(config)
    memory.built = complete(memory.plan, memory.frames, Path(config.site_dir))
    if memory.out:
        publish(Path(config.site_dir), memory.out)
        memory.stack.close()


def watched(config: MkDocsConfig) -> Iterator[Path]:
    """Folders whose changes a preview shows."""
    root = memory_of(config).plan.project.root
    yield from (root / name for name in (*DATA_FOLDERS, "schema", "pages"))
    yield from (SOFTWARE / "generator/templates", THEME)
