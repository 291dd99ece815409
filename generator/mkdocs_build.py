"""A run of MkDocs: to make the shell of a site, and what each of its hooks does when MkDocs is run by itself."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from generator.build import complete
from generator.check import check
from generator.clock import today_in
from generator.frames import THEME, Shell, files_below
from generator.lean import lean
from generator.mkdocs_markdown import PlainMarkdown
from generator.mkdocs_pages import MEMORY, Memory, memory_of
from generator.plan import Plan, prepare
from generator.problems import SetupError
from generator.records.folders import DATA_FOLDERS, SOFTWARE, Project
from generator.report import report
from generator.staging.publish import publish, staging
from generator.staging.stage import Stage


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


def configure(config: MkDocsConfig) -> MkDocsConfig:
    """Load the records, unless it is the shell that is wanted, and say what is to be done in the end."""
    if MEMORY not in config.extra:
        config.extra[MEMORY] = memory_for_mkdocs(config)
    plan = memory_of(config).plan
    config.site_name = f"{plan.directory.district.short_name} {plan.directory.district.department}"
    if not config.site_url or not plan.is_preview:
        config.site_url = plan.site_url
    config.theme.static_templates.clear()
    config.markdown_extensions = [*config.markdown_extensions, PlainMarkdown()]
    return config


def memory_for_mkdocs(config: MkDocsConfig) -> Memory:
    """The plan of `mkdocs build` and `mkdocs serve`, made from the folder of mkdocs.yml, and what they end with."""
    host, port = config.dev_addr
    is_preview = (config.site_url or "").startswith(f"http://{host}:{port}/")  # set by `mkdocs serve`
    project = Project(root=Path(config.extra.get("root") or Path(config.config_file_path).parent))
    checked = check(project, today=today_in(project), cache_folder=project.cache)
    if checked.notice:
        sys.stderr.write(f"{checked.notice}\n")
    if checked.problems:
        sys.stderr.write(report(checked.problems, records=len(checked.loaded.files)))
    if not checked.is_good and not is_preview:
        raise SetupError("nothing was built, because records have errors")
    memory = Memory(prepare(checked, is_preview=is_preview))
    if is_preview:
        memory.finish = partial(finish_preview, memory.plan, Path(config.site_dir))
    else:
        begin = memory.stack.enter_context(staging(Path(config.site_dir)))
        config.site_dir = memory.stack.enter_context(TemporaryDirectory())
        memory.finish = partial(finish_site, memory.plan, begin)
    return memory


def finish_site(plan: Plan, begin: Callable[[], Stage], shell: Shell) -> None:
    """Write the whole site and put it into its place."""
    _, _, stage = complete(plan, shell, begin, common="")
    publish(stage)


def finish_preview(plan: Plan, folder: Path, shell: Shell) -> None:
    """Write the whole site into the folder that MkDocs serves."""
    with TemporaryDirectory() as scratch:
        stage = Stage(out=folder, folder=folder, scratch=Path(scratch), is_filled=False, log=-1, process=os.getpid())
        complete(plan, shell, lambda: stage, common="")


def finish(config: MkDocsConfig) -> None:
    """Take what MkDocs has written, and do what the run is to end with."""
    memory = memory_of(config)
    folder = Path(config.site_dir)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files_below(folder))}
    published = {path: lean(path, content) for path, content in files.items()}
    memory.shell = Shell(frames=memory.frames, files=published)
    memory.finish(memory.shell)
    memory.stack.close()


def watched(project: Project) -> Iterator[Path]:
    """Folders whose changes a preview shows."""
    yield from (project.root / name for name in (*DATA_FOLDERS, "schema", "pages"))
    yield from (SOFTWARE / "generator/templates", THEME)
