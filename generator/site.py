"""What a site consists of: which projections run, in which order, and the files beside the pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module
from itertools import groupby
from urllib.parse import urlsplit

from jinja2 import Environment

from generator.directory import Directory
from generator.pages import nominate, volunteering
from generator.pages.cards import Deck
from generator.pages.page import SiteFile
from generator.pages.unit import Unit

Projection = Callable[[Directory, date, Deck], Iterator[Unit]]

MOST_IN_SITEMAP = 50_000
"""What the protocol allows in one file."""
SITEMAPS = "sitemap"
"""What the names of all sitemaps begin with, and of no language's folder."""
PROJECTIONS = (
    "chooser",
    "home",
    "finder",
    "saved",
    "browse",
    "partners",
    "schools",
    "map",
    "sheets",
    "embed",
    "recognition",
    "feeds",
    "initiatives",
    "events",
    "volunteering",
    "goals",
    "resources",
    "voices",
    "dictionary",
    "suggest",
    "nominate",
    "moved",
    "notfound",
)
"""Modules of `generator.pages` in the order of writing; each yields the pages to be rendered."""


def units(directory: Directory, today: date) -> Iterator[Unit]:
    """Every page that comes from records, still to be rendered."""
    deck = Deck(directory, today)
    for name in PROJECTIONS:
        projection: Projection = import_module(f"generator.pages.{name}").units
        yield from projection(directory, today, deck)


def sections(directory: Directory) -> tuple[str, ...]:
    """The addresses of those pages that only some districts have: what the footer may lead to."""
    there = {
        "priorities": bool(directory.priorities or directory.policies or directory.measures),
        "voices": bool(directory.voices),
        "resources": bool(directory.resources),
        "map": directory.is_mapped,
        "nominate": nominate.is_told(directory),
        "volunteer": volunteering.is_told(directory),
    }
    return tuple(section for section, is_there in there.items() if is_there)


def pictures(directory: Directory) -> tuple[str, ...]:
    """Every picture that a page shows, by its path in the project; it is published below `media/`."""
    logos = {f"partners/logos/{p.logo}" for p in directory.partners.values() if p.logo}
    return tuple(sorted({*logos, *photos(directory)}))


def photos(directory: Directory) -> tuple[str, ...]:
    """Every photo of a story that a page shows, in the same way."""
    return tuple(sorted({photo.path for story in directory.stories.values() for photo in story.photos}))


def base_path(site_url: str) -> str:
    """The path at which the site is served, with a slash at both ends: `/` or `/directory/`."""
    path = urlsplit(site_url).path.strip("/")
    return f"/{path}/" if path else "/"


def sitemap_paths(addresses: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The sitemap of each language, or more of them where it has many addresses, with the addresses in it."""
    found: dict[str, tuple[str, ...]] = {}
    for language, group in groupby(sorted(addresses), key=lambda address: address.partition("/")[0]):
        several = tuple(group)
        parts = range(0, len(several), MOST_IN_SITEMAP)
        for number, start in enumerate(parts, start=1):
            path = f"{SITEMAPS}-{language}.xml" if len(parts) == 1 else f"{SITEMAPS}-{language}-{number}.xml"
            found[path] = several[start : start + MOST_IN_SITEMAP]
    return found


def invitations(addresses: Iterable[str], site_url: str, templates: Environment) -> Iterator[SiteFile]:
    """The invitation to search engines, and every address of the site by language, as the sitemaps protocol 0.9 has it.

    Without an address of the site there is no sitemap.
    """
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {site_url.rstrip('/')}/sitemap.xml"] if site_url else [])]
    yield SiteFile(path="robots.txt", content=("\n".join(lines) + "\n").encode())
    if not site_url:
        return
    start = f"{site_url.rstrip('/')}/"
    sitemaps = sitemap_paths(addresses)
    yield sitemap("sitemap.xml", "sitemap-index.xml", start, sitemaps, templates)
    for path, several in sitemaps.items():
        yield sitemap(path, "sitemap.xml", start, several, templates)


def sitemap(path: str, template: str, start: str, addresses: Iterable[str], templates: Environment) -> SiteFile:
    """A file of addresses below the site's own."""
    text = templates.get_template(template).render(start=start, addresses=addresses)
    return SiteFile(path=path, content=text.encode())
