"""Pages to put into a frame, and files that stand for themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

NO_FRAME = ""
"""The frame of what is no page, but a file of its own in each language."""
FRAMES: Mapping[str, int] = {
    "home": 1,
    "finder": 2,
    "list": 2,
    "browse": 3,
    "browse-more": 4,
    "record": 3,
    "school": 3,
    "event": 3,
    "embed": 3,
    "form": 3,
    "program": 4,
    "story": 4,
    "school-more": 4,
    "notfound": 1,
    "chooser": 1,
}
"""Every kind of page with its depth: how many folders its address has, language included (`notfound` and
`chooser` are made one folder deep and lie at the root). Relative links in the frame
hold because all pages of a kind lie at one depth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """A file of the site; `path` is relative to its root, with `/`."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page in one language, still without its frame; or in all of them, before slots are filled (no `language`).

    `rest` is the address after the language (`partners/river-food-bank/`), the same in every language; `body` and
    `head` are HTML from our own templates; `title` and `description` are plain text. `section` names the entry of the
    header's navigation to mark (`find`, `schools`, `recognition`, `get-involved`, `about`, `saved`), or is empty.
    `old_rest` is the address at which a page lies that only leads on to `rest`.
    """

    frame: str
    rest: str
    title: str
    description: str
    body: str
    language: str = ""
    head: str = ""
    section: str = ""
    old_rest: str = ""

    @property
    def path(self) -> str:
        """Where the page is written, relative to the site's root."""
        name = "index.html" if self.frame else ""
        return f"{self.language}/{self.old_rest or self.rest}{name}"


def file(rest: str, content: str) -> Page:
    """A file of its own in every language, at `rest` below it; `content` is what stands in it."""
    return Page(frame=NO_FRAME, rest=rest, title="", description="", body=content)
