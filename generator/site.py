"""What a site consists of: which projections run, in which order, and the files beside the pages."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib import import_module
from urllib.parse import urlsplit

from jinja2 import Environment

from generator.directory import Directory
from generator.pages.cards import Deck
from generator.pages.page import SiteFile
from generator.pages.unit import Unit

Projection = Callable[[Directory, date, Deck], Iterator[Unit]]

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
"""Modules of `generator.pages` in the order of writing; each yields the pages to be rendered."""


def units(directory: Directory, today: date) -> Iterator[Unit]:
    """Every page that comes from records, still to be rendered."""
    deck = Deck(directory)
    for name in PROJECTIONS:
        projection: Projection = import_module(f"generator.pages.{name}").units
        yield from projection(directory, today, deck)


def sections(directory: Directory) -> tuple[str, ...]:
    """The addresses of those pages that only some districts have: what the footer may lead to."""
    there = {
        "priorities": bool(directory.priorities or directory.policies or directory.measures),
        "voices": bool(directory.voices),
        "resources": bool(directory.resources),
    }
    return tuple(section for section, is_there in there.items() if is_there)


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
