"""What a link to a page shows where people share it: the picture of its kind, and how Open Graph names its language."""

from collections.abc import Mapping

from babel.core import get_global
from msgspec import Struct

from generator.languages import N_

HOME = "US"
"""The country in which a language is taken to be written if it is at home there, too."""
SPOKEN_HERE = frozenset(("en", "es"))


class Picture(Struct, frozen=True):
    """A picture without words below `assets/`, 1200 by 630 pixels, and what is to be seen in it."""

    path: str
    words: str


SITE = Picture("share/site.png", N_("Drawing: two paths that meet under the sun"))
PROGRAM = Picture("share/program.png", N_("Drawing: a hand that holds a heart"))
SCHOOL = Picture("share/school.png", N_("Drawing: a school building"))
EVENT = Picture("share/event.png", N_("Drawing: a page of a calendar"))
STORY = Picture("share/story.png", N_("Drawing: a star"))
PICTURES: Mapping[str, Picture] = {
    "finder": PROGRAM,
    "browse": PROGRAM,
    "browse-more": PROGRAM,
    "program": PROGRAM,
    "school": SCHOOL,
    "event": EVENT,
    "story": STORY,
}
"""The picture of each kind of page; all others show that of the site."""


def picture_of(frame: str) -> Picture:
    """The picture that a link to a page of a kind shows."""
    return PICTURES.get(frame, SITE)


def open_graph_code(language: str) -> str:
    """The language with a country, as in `am_ET`; empty where CLDR knows no country for it.

    Format: https://ogp.me, `og:locale`. The country is where most of its writers live (CLDR's likely subtags).
    """
    code = language.partition("-")[0]
    if code in SPOKEN_HERE:
        return f"{code}_{HOME}"
    likely = get_global("likely_subtags")
    country = (likely.get(language.replace("-", "_")) or likely.get(code, "")).rpartition("_")[2]
    return f"{code}_{country}" if len(country) == len(HOME) and country.isupper() else ""
