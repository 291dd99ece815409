"""What MkDocs is given to render, and what its theme may use: frames, hand-written pages, words and navigation."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from generator import site
from generator.accessibility import read_results
from generator.coverage import page_state
from generator.frame.kept import THEME, Shell
from generator.frame.markdown import cleaned
from generator.frame.social import open_graph_code, picture_of
from generator.languages import ENGLISH, N_, Locale
from generator.pages.page import FRAMES
from generator.pages.phone import dial
from generator.pages.saying import translated
from generator.plan import Plan
from generator.records.written import Written
from generator.shell import SECTIONS, WRITTEN, Frame, cut, frame_address, frame_meta, token

STATEMENT = "accessibility.md"
"""What a district writes of its own about accessibility, if it does: the theme adds the results of the checks."""
STATEMENT_TITLE = N_("Accessibility")
STATEMENT_LEAD = N_("What we aim for, and how to tell us of a barrier.")
PICTURES = (".png", ".jpg", ".webp")
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
    """What one run of MkDocs has to remember between its hooks.

    `finish` is called with the shell at the end; it does nothing in a run that only makes the shell.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.checked = read_results()
        self.frames: dict[tuple[str, str], Frame] = {}
        self.shell: Shell | None = None
        self.finish: Callable[[Shell], None] = lambda shell: None
        self.stack = ExitStack()
        self.written: dict[str, list[dict[str, str]]] = {locale.language: [] for locale in plan.locales}
        """Hand-written pages outside the navigation, by language: their address, title, and the title's language."""


def memory_of(config: MkDocsConfig) -> Memory:
    """What this run remembers."""
    memory: Memory = config.extra[MEMORY]
    return memory


def choose_files(files: Files, config: MkDocsConfig) -> Files:
    """The pictures of hand-written pages, our theme's own files, each page in each language, and the frames."""
    plan = memory_of(config).plan
    kept = [f for f in files if is_ours(f)]
    for locale in plan.locales:
        texts = {name: no_meta(markdown_of(plan, locale, name)) for name in names_of(plan)}
        kept.extend(generated(config, f"{locale.language}/{name}", text) for name, text in texts.items())
    kept.extend(generated(config, frame_address(*frame), token("body")) for frame in frames_of(plan))
    return Files(kept)


def names_of(plan: Plan) -> tuple[str, ...]:
    """The hand-written pages of a site, and the accessibility statement, which a site has without one as well."""
    names = {path.removeprefix("pages/") for path in plan.written if path.startswith("pages/")}
    return tuple(sorted({*names, STATEMENT}))


def markdown_of(plan: Plan, locale: Locale, name: str) -> str:
    """What people wrote on a page in a language; nothing on a statement for which the theme has all words."""
    return chosen(plan, locale, name)[0].markdown if f"pages/{name}" in plan.written else ""


def frames_of(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Every frame that the site needs, as (language, kind of page)."""
    return tuple((language, frame) for language in plan.languages for frame in FRAMES)


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


def chosen(plan: Plan, locale: Locale, name: str) -> tuple[Written, str]:
    """A hand-written page in a language, or in English when nobody has translated it, and the language it is in."""
    own = plan.written.get(f"translations/{locale.language}/pages/{name}")
    return (own, locale.language) if own else (plan.written[f"pages/{name}"], ENGLISH)


def no_meta(markdown: str) -> str:
    """The text of a page for MkDocs, which would otherwise look for settings of its own at the beginning."""
    return f"---\nread: elsewhere\n---\n{markdown}"


def describe_page(markdown: str, page: Page, config: MkDocsConfig) -> str:
    """Put language, direction and address into the page's front matter; frames get their slots there.

    Of the front matter in the file, only title, description and section count.
    """
    plan = memory_of(config).plan
    frames = {frame_address(*frame): frame for frame in frames_of(plan)}
    language, kind = frames.get(page.file.src_uri, (page.url.partition("/")[0], ""))
    direction = next(locale.direction for locale in plan.locales if locale.language == language)
    if kind:
        page.meta.update(frame_meta(language, kind, direction))
        return markdown
    name = page.file.src_uri.partition("/")[2]
    locale = next(locale for locale in plan.locales if locale.language == language)
    rest = page.url.partition("/")[2]
    own = own_meta(plan, locale, name) if f"pages/{name}" in plan.written else statement_meta(locale)
    page.meta.clear()
    page.meta.update(own, lang=language, direction=direction, rest=rest, head="")
    if all(rest != address for _section, address, _label in NAVIGATION):
        entry = {"href": rest, "label": own["title"], "language": own["body_language"]}
        memory_of(config).written[language].append(entry)
    return markdown


def own_meta(plan: Plan, locale: Locale, name: str) -> dict[str, Any]:
    """What the theme has to know of a hand-written page: its words, their language, and how far they can be trusted."""
    own, spoken = chosen(plan, locale, name)
    english = plan.written[f"pages/{name}"]
    is_old = spoken != ENGLISH and page_state(english, own) == "stale"
    return {
        **{key: str(own.front.data.get(key, "")) for key in ("title", "description")},
        "body_language": spoken,
        "file": f"pages/{name}" if spoken == ENGLISH else f"translations/{spoken}/pages/{name}",
        "old_since": date.fromisoformat(str(own.front.data["on"])) if is_old else None,
        "is_machine_made": own.front.data.get("by") == "machine",
        "current": current_section(str(english.front.data.get("section", section_of(name)))),
    }


def statement_meta(locale: Locale) -> dict[str, Any]:
    """The same of an accessibility statement to which the district adds nothing."""
    return {
        "title": locale.gettext(STATEMENT_TITLE),
        "description": locale.gettext(STATEMENT_LEAD),
        "body_language": locale.language,
        "file": "",
        "old_since": None,
        "is_machine_made": False,
        "current": current_section("about"),
    }


def section_of(name: str) -> str:
    """The section of a page that says none: its own, where an entry of the navigation leads to it."""
    return next((section for section, address, _label in NAVIGATION if address == f"{name.removesuffix('.md')}/"), "")


def current_section(section: str) -> dict[str, str]:
    """The marks of the navigation's entries: one of them is current, or none."""
    return {each: ' aria-current="true"' if each == section else "" for each in SECTIONS}


def theme_filters() -> dict[str, Callable[..., Any]]:
    """Filters of the theme's templates beside Jinja's own."""
    return {"dial": dial}


def theme_context(page: Page, config: MkDocsConfig) -> dict[str, Any]:
    """What the theme's templates may use: `_` and `ngettext`'s words, the locale, the languages, the district."""
    memory = memory_of(config)
    locale = next(locale for locale in memory.plan.locales if locale.language == page.meta["lang"])
    languages = [
        {
            "code": each.language,
            "name": each.name,
            "direction": each.direction,
            "open_graph": open_graph_code(each.language),
        }
        for each in memory.plan.locales
    ]
    words = partial(translated, locale.gettext)
    dp = {
        "languages": languages,
        "nav": [
            {"key": key, "href": rest, "label": words(label)}
            for key, rest, label in NAVIGATION
            if key not in WRITTEN or f"pages/{key}.md" in memory.plan.written
        ],
        "footer": memory.written[locale.language],
        "locale": locale,
        "district": memory.plan.directory.district,
        "sections": site.sections(memory.plan.directory),
        "preview": memory.plan.is_preview,
        "picture": picture_of(str(page.meta.get("frame", ""))),
        "checked": memory.checked,
    }
    return {"dp": dp, "_": words}


def clean_page(html: str, page: Page) -> str:
    """The HTML of a hand-written page with nothing in it that Markdown does not write."""
    return html if page.meta.get("frame") else cleaned(html)


def keep_frame(output: str, page: Page, config: MkDocsConfig) -> str:
    """Cut a frame at its slots and keep it, leaving no page; other pages pass."""
    memory = memory_of(config)
    frame = page.meta.get("frame")
    if not frame:
        return output
    memory.frames[page.meta["lang"], frame] = cut(output, frame, len(memory.plan.locales))
    return ""
