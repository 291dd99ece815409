"""MkDocs and Material as the renderer of frames and hand-written pages: the one module that knows of them."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from generator.build import Built, Plan, complete, frames_of, prepare, publish, staging
from generator.check import check
from generator.clock import today_in
from generator.folders import DATA_FOLDERS, SOFTWARE, Project
from generator.languages import ENGLISH, N_, Locale
from generator.pages.phone import dial
from generator.pages.render import translated
from generator.problems import SetupError
from generator.report import report
from generator.shell import SECTIONS, Frame, cut, frame_address, frame_meta, token

PICTURES = (".png", ".jpg", ".webp", ".svg")
THEME = SOFTWARE / "generator/theme"
NAVIGATION = (
    ("find", "find/", N_("Find programs")),
    ("schools", "schools/", N_("Schools")),
    ("recognition", "recognition/", N_("Stories")),
    ("get-involved", "get-involved/", N_("Get involved")),
    ("about", "about/", N_("About")),
)
"""The header's entries: section, address below the language, and words."""
MEMORY = "partner_directory"
"""The key of `config.extra` under which the plan and the frames travel through MkDocs' hooks."""


class Memory:
    """What one run of MkDocs has to remember between its hooks."""

    def __init__(self, plan: Plan, out: Path | None) -> None:
        self.plan = plan
        self.out = out
        self.frames: dict[tuple[str, str], Frame] = {}
        self.built: Built | None = None
        self.is_preview = False
        self.stack = ExitStack()
        self.written: dict[str, list[dict[str, str]]] = {locale.language: [] for locale in plan.locales}
        """Hand-written pages outside the navigation, by language: their address, title, and the title's language."""


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


def memory_of(config: MkDocsConfig) -> Memory:
    """What this run remembers."""
    memory: Memory = config.extra[MEMORY]
    return memory


def configure(config: MkDocsConfig) -> MkDocsConfig:
    """Load the records, and build beside the site instead of over it."""
    if MEMORY not in config.extra:
        config.extra[MEMORY] = plan_for_mkdocs(config)
    district = memory_of(config).plan.directory.district
    config.site_name = f"{district.short_name} {district.department}"
    config.site_url = config.site_url or district.site_url
    config.theme.static_templates.clear()
    return config


def plan_for_mkdocs(config: MkDocsConfig) -> Memory:
    """The plan of `mkdocs build` and `mkdocs serve`, made from the folder of mkdocs.yml."""
    is_preview = bool(config.site_url)  # mkdocs.yml names no address; only `mkdocs serve` sets its own
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


def choose_files(files: Files, config: MkDocsConfig) -> Files:
    """The pictures of hand-written pages, our theme's own files, each page in each language, and the frames."""
    plan = memory_of(config).plan
    kept = [f for f in files if is_ours(f)]
    written = sorted(f.src_uri for f in files.documentation_pages())
    for locale in plan.locales:
        kept.extend(generated(config, f"{locale.language}/{n}", page_text(plan, locale, n)) for n in written)
    kept.extend(generated(config, frame_address(*frame), token("body")) for frame in frames_of(plan))
    return Files(kept)


def is_ours(file: File) -> bool:
    """Whether a static file belongs to our site: our theme's, or a picture beside the hand-written pages."""
    if file.is_documentation_page() or file.src_dir is None:
        return False
    if Path(file.src_dir).resolve() == THEME:
        return not file.src_uri.endswith(".html")
    return "material" not in Path(file.src_dir).parts and file.src_uri.endswith(PICTURES)


def generated(config: MkDocsConfig, path: str, content: str) -> File:
    """A page for MkDocs that exists in memory only."""
    return File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)


def page_text(plan: Plan, locale: Locale, name: str) -> str:
    """A hand-written page in a language, or in English when nobody has translated it."""
    translated_page = plan.project.root / "translations" / locale.language / "pages" / name
    path = translated_page if translated_page.is_file() else plan.project.pages / name
    return path.read_text(encoding="utf-8")


def describe_page(markdown: str, page: Page, config: MkDocsConfig) -> str:
    """Put language, direction and address into the page's front matter; frames get their slots there."""
    plan = memory_of(config).plan
    frames = {frame_address(*frame): frame for frame in frames_of(plan)}
    language, kind = frames.get(page.file.src_uri, (page.url.partition("/")[0], ""))
    direction = next(locale.direction for locale in plan.locales if locale.language == language)
    if kind:
        page.meta.update(frame_meta(language, kind, direction))
        return markdown
    rest = page.url.partition("/")[2]
    own = plan.project.root / "translations" / language / "pages" / f"{rest.strip('/')}.md"
    page.meta.setdefault("title", page.title or rest.strip("/"))
    page.meta.setdefault("description", "")
    spoken = language if own.is_file() else ENGLISH
    if all(rest != address for _section, address, _label in NAVIGATION):
        entry = {"href": rest, "label": str(page.meta["title"]), "language": spoken}
        memory_of(config).written[language].append(entry)
    page.meta.update(
        lang=language,
        direction=direction,
        rest=rest,
        head="",
        body_language=spoken,
        current={s: ' aria-current="true"' if s == page.meta.get("section") else "" for s in SECTIONS},
    )
    return markdown


def theme_filters() -> dict[str, Callable[..., Any]]:
    """Filters of the theme's templates beside Jinja's own."""
    return {"dial": dial}


def theme_context(page: Page, config: MkDocsConfig) -> dict[str, Any]:
    """What the theme's templates may use: `_` and `ngettext`'s words, the locale, the languages, the district."""
    memory = memory_of(config)
    locale = next(locale for locale in memory.plan.locales if locale.language == page.meta["lang"])
    languages = [
        {"code": each.language, "name": each.name, "direction": each.direction} for each in memory.plan.locales
    ]
    words = partial(translated, locale.gettext)
    dp = {
        "language": locale.language,
        "languages": languages,
        "nav": [{"key": key, "href": rest, "label": words(label)} for key, rest, label in NAVIGATION],
        "footer": memory.written[locale.language],
        "t": words,
        "locale": locale,
        "district": memory.plan.directory.district,
        "preview": memory.is_preview,
        "base": memory.plan.base,
    }
    return {"dp": dp, "_": words}


def keep_frame(output: str, page: Page, config: MkDocsConfig) -> str:
    """Cut a frame at its slots and keep it, leaving no page; other pages pass."""
    memory = memory_of(config)
    frame = page.meta.get("frame")
    if not frame:
        return output
    memory.frames[page.meta["lang"], frame] = cut(output, frame, len(memory.plan.locales))
    return ""


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
