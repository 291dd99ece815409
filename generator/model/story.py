"""A recognition story: a public thank-you to partners, shown on their pages and at their schools."""

from datetime import date
from typing import Literal

from msgspec import Struct

from generator.model.common import Consent, Source


class Impact(Struct, frozen=True, kw_only=True, gc=False):
    """One figure of what a partnership did: number, unit (vocabulary `impact-units`), and what was counted."""

    figure: float
    unit: str
    what: str
    qualifier: str = ""


class Quote(Struct, frozen=True, kw_only=True, gc=False):
    """Somebody's words, by role; a name only with consent."""

    words: str
    role: str
    name: str = ""
    consent: Consent | None = None


class Photo(Struct, frozen=True, kw_only=True, gc=False):
    """A picture with its words for those who cannot see it, shown while its consent lasts."""

    file: str
    alt: str
    consent: Consent

    @property
    def slug(self) -> str:
        """What the photo's words are translated by, wherever it stands in the list: its file's name without ending."""
        return self.file.rpartition(".")[0]

    @property
    def path(self) -> str:
        """Where its file lies in the project."""
        return f"recognition/photos/{self.file}"


class Story(Struct, frozen=True, kw_only=True, gc=False):
    """A public thank-you to partners; `published` is the first day on which it is shown, district local time."""

    slug: str
    title: str
    summary: str
    partners: tuple[str, ...]
    school_year: str
    story: str
    published: date
    status: Literal["published", "withdrawn"] = "published"
    schools: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    impact: tuple[Impact, ...] = ()
    what_sustained_it: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    photos: tuple[Photo, ...] = ()
    nominated_via: str = ""
    consent: Consent | None = None
    sources: tuple[Source, ...] = ()
