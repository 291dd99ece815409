"""What a site consists of: which projections run, in which order, and the files beside the pages."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib import import_module
from urllib.parse import urlsplit

from jinja2 import Environment

from generator.directory import Directory
from generator.languages import Locale
from generator.pages.page import Page, SiteFile

Projection = Callable[[Directory, Locale, Environment, date], Iterator[Page]]

PROJECTIONS = (
    "chooser",
    "home",
    "finder",
    "browse",
    "partners",
    "schools",
    "recognition",
    "initiatives",
    "events",
    "goals",
    "resources",
    "voices",
    "dictionary",
    "moved",
    "notfound",
)
"""Modules of `generator.pages` in the order of writing; each yields the pages of one language."""


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """Every page of one language that comes from records."""
    for name in PROJECTIONS:
        projection: Projection = import_module(f"generator.pages.{name}").pages
        yield from projection(directory, locale, templates, today)


def pictures(directory: Directory) -> tuple[str, ...]:
    """Every picture that a page shows, by its path in the project; it is published below `media/`."""
    logos = {f"partners/logos/{p.logo}" for p in directory.partners.values() if p.logo}
    photos = {f"recognition/photos/{photo.file}" for s in directory.stories.values() for photo in s.photos}
    return tuple(sorted(logos | photos))


def base_path(site_url: str) -> str:
    """The path at which the site is served, with a slash at both ends: `/` or `/directory/`."""
    path = urlsplit(site_url).path.strip("/")
    return f"/{path}/" if path else "/"


def robots(site_url: str) -> SiteFile:
    """The invitation to search engines; names the sitemap once the site has an address."""
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {site_url.rstrip('/')}/sitemap.xml"] if site_url else [])]
    return SiteFile(path="robots.txt", content=("\n".join(lines) + "\n").encode())


def sitemap(addresses: Iterable[str], site_url: str, templates: Environment) -> SiteFile:
    """Every address of the site for search engines, as the sitemaps protocol 0.9 has it."""
    text = templates.get_template("sitemap.xml").render(start=f"{site_url.rstrip('/')}/", addresses=sorted(addresses))
    return SiteFile(path="sitemap.xml", content=text.encode())
