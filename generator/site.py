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

MOST_IN_SITEMAP = 50_000
"""What the protocol allows in one file."""
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


def invitation_paths(site_url: str, count: int) -> tuple[str, ...]:
    """The files for search engines about so many pages: without an address of the site, there is no sitemap."""
    parts = -(-count // MOST_IN_SITEMAP)
    numbered = tuple(f"sitemap-{number}.xml" for number in range(1, parts + 1)) if parts > 1 else ()
    return ("robots.txt", "sitemap.xml", *numbered) if site_url else ("robots.txt",)


def invitations(addresses: Iterable[str], site_url: str, templates: Environment) -> Iterator[SiteFile]:
    """The invitation to search engines, and every address of the site, as the sitemaps protocol 0.9 has it."""
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {site_url.rstrip('/')}/sitemap.xml"] if site_url else [])]
    yield SiteFile(path="robots.txt", content=("\n".join(lines) + "\n").encode())
    if not site_url:
        return
    start = f"{site_url.rstrip('/')}/"
    ordered = sorted(addresses)
    paths = invitation_paths(site_url, len(ordered))[2:]
    for number, path in enumerate(paths or ("sitemap.xml",)):
        part = ordered[number * MOST_IN_SITEMAP : (number + 1) * MOST_IN_SITEMAP]
        yield sitemap(path, "sitemap.xml", start, part, templates)
    if paths:
        yield sitemap("sitemap.xml", "sitemap-index.xml", start, paths, templates)


def sitemap(path: str, template: str, start: str, addresses: Iterable[str], templates: Environment) -> SiteFile:
    """A file of addresses below the site's own."""
    text = templates.get_template(template).render(start=start, addresses=addresses)
    return SiteFile(path=path, content=text.encode())
