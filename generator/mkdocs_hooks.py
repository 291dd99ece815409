"""MkDocs' hooks: thin calls into the build, so that `mkdocs build` and `mkdocs serve` give the whole site."""

import logging
import sys
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator import mkdocs_build as build
from generator.frame import pages
from generator.problems import SetupError


def on_startup(command: str, dirty: bool) -> None:
    """Quieten MkDocs; being here also makes it keep this module between the rebuilds of `mkdocs serve`."""
    logging.getLogger("mkdocs.commands.build").addFilter(is_news)


def is_news(record: logging.LogRecord) -> bool:
    """Whether a message says more than that a frame, which is never a page of the site, became none."""
    return not record.getMessage().startswith("Page skipped: ")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load and check the records; a build with errors ends here, before anything is written."""
    try:
        return build.configure(config)
    except SetupError as error:
        raise Abort(str(error)) from error


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Every hand-written page in every language, one frame for each kind of page, and our own theme files."""
    return pages.choose_files(files, config)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give the page its language and address."""
    return pages.describe_page(markdown, page, config)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let nothing through that Markdown does not write."""
    return pages.clean_page(html, page)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the theme our filters."""
    env.filters.update(pages.theme_filters())
    return env


def on_page_context(context: dict[str, object], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, object]:
    """Give the theme the words of the page's language."""
    return {**context, **pages.theme_context(page, config)}


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep a rendered frame for the records; it is not a page of the site."""
    try:
        return pages.keep_frame(output, page, config)
    except SetupError as error:
        raise Abort(str(error)) from error


def on_post_build(config: MkDocsConfig) -> None:
    """Fill the frames and, outside a preview, put the site into its place."""
    try:
        build.finish(config)
    except SetupError as error:
        raise Abort(str(error)) from error


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Watch the records, the words and the templates as well."""
    for folder in build.watched(pages.memory_of(config).plan.project):
        if Path(folder).exists():
            server.watch(str(folder))
    sys.stderr.write(f"The preview is at {server.url} and follows every saved file. Ctrl-C stops it.\n")
    return server
