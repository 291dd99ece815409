"""What MkDocs' hooks do: they give a run of MkDocs its records, and end it with a shell or with the whole site."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config.defaults import MkDocsConfig

from generator.building.whole import complete
from generator.check import check
from generator.clock import today_in
from generator.frame.kept import THEME, Shell, files_below
from generator.frame.lean import lean
from generator.frame.markdown import PlainMarkdown
from generator.frame.pages import MEMORY, Memory, memory_of
from generator.plan import Plan, prepare
from generator.problems import SetupError
from generator.records.folders import DATA_FOLDERS, SOFTWARE, Project
from generator.report import report
from generator.staging.publish import publish, staging
from generator.staging.stage import Stage


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
