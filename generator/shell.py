"""The frame of each kind of page: MkDocs renders it once per language, and every record is filled into it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from generator.pages.page import FRAMES, Page, SiteFile
from generator.problems import SetupError

SECTIONS = ("find", "schools", "recognition", "get-involved", "about", "saved")
"""Entries of the header's navigation, by the first part of their address."""
WRITTEN = ("get-involved", "about")
"""Those of them that are hand-written pages: where a district has none, the header does without."""
TOKEN = re.compile(r"@@dp:([a-z-]+)@@")
BARE = frozenset(("embed",))
"""Frames of pages that stand inside other sites' pages, and so have no header, no footer and nothing to share."""
AT_ROOT = {"notfound": "404.html", "chooser": "index.html"}
"""Pages that lie at the site's root, with their paths; their frames are made one folder deep."""


def token(slot: str) -> str:
    """What stands in a frame where a page's own words will be."""
    return f"@@dp:{slot}@@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A rendered page of the theme, split at its slots: text, slot, text, slot … text."""

    parts: tuple[str, ...]


def cut(html: str, name: str, languages: int) -> Frame:
    """The frame in a rendered page of a site in so many languages; a SetupError when a slot is missing or too frequent.

    Title and description stand in the head and in the data for sharing; `rest` once per language in the switcher and,
    on a site whose address is known, in the canonical address, the alternates and the data for sharing. A bare frame
    has a title and a body.
    """
    parts = tuple(TOKEN.split(html))
    counts = {slot: parts[1::2].count(slot) for slot in set(parts[1::2])}
    links = languages if languages > 1 else 0  # a site in one language has no switcher
    wanted = {"title": 2, "description": 2, "head": 1, "body": 1, "rest": links} | {
        current(s): int(s not in WRITTEN) for s in SECTIONS
    }
    wanted = {"title": 1, "body": 1} if name in BARE else wanted
    for slot, least in wanted.items():
        is_fixed = slot in ("head", "body")
        if counts.get(slot, 0) < least or (is_fixed and counts[slot] != least):
            raise SetupError(
                f"generator/theme: the frame {name} has the slot {slot} {counts.get(slot, 0)} times instead of {least}"
            )
    if strange := sorted(set(counts) - set(wanted)):
        raise SetupError(f"generator/theme: the frame {name} has unknown slots: {', '.join(strange)}")
    return Frame(parts=parts)


def current(section: str) -> str:
    """The slot that marks a section of the navigation as the current one."""
    return f"current-{section}"


def fill(frame: Frame, page: Page) -> str:
    """The page's HTML: the frame with the page's title, description, address, head and body in its slots."""
    values = {
        "title": escape(page.title),
        "description": escape(page.description),
        "rest": page.rest,
        "head": page.head,
        "body": page.body,
    }
    values |= {current(s): ' aria-current="true"' if s == page.section else "" for s in SECTIONS}
    parts = frame.parts
    return "".join(values[part] if index % 2 else part for index, part in enumerate(parts))


def framed(pages: Iterable[Page], frames: Mapping[tuple[str, str], Frame], base: str) -> Iterator[SiteFile]:
    """Each page as a file of the site. `base` is the path at which the site is served (`/` or `/directory/`)."""
    for page in pages:
        html = fill(frames[page.language, page.frame], page)
        path = AT_ROOT.get(page.frame, page.path)
        if page.frame == "notfound":
            html = html.replace('="../', f'="{base}')
        elif page.frame == "chooser":
            html = html.replace('="../', '="./')
        yield SiteFile(path=path, content=html.encode())


def frame_address(language: str, frame: str) -> str:
    """The Markdown file that MkDocs is shown for a frame: at the depth of its kind, where no record can be."""
    return "frame/" * (FRAMES[frame] - 1) + f"{frame}-{language}.md"


def frame_meta(language: str, frame: str, direction: str) -> dict[str, object]:
    """The front matter of a frame: slots where a page has its own words."""
    slots = {slot: token(slot) for slot in ("title", "description", "rest", "head")}
    marks = {section: token(current(section)) for section in SECTIONS}
    template = {"template": "embed.html"} if frame in BARE else {}
    return {"lang": language, "direction": direction, "frame": frame, "current": marks, **slots, **template}
