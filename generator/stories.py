"""Which stories may be shown on a day, and which of their photos and names: what has been released, with consent."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TypedDict

import msgspec
from msgspec import Struct

from generator.model import Quote, Story


class Shown(TypedDict):
    """Stories of a day by `school-year/slug`, newest first, and the addresses of those that are no longer shown."""

    stories: Mapping[str, Story]
    withdrawn: tuple[str, ...]


def stories_on(records: Mapping[str, Struct], today: date) -> Shown:
    """The stories among records by their address that may be shown on a day.

    One that was taken back, or whose own consent has run out, leaves nothing but its address.
    """
    released = [
        (address.removeprefix("recognition/"), story)
        for address, story in records.items()
        if isinstance(story, Story) and story.published <= today
    ]
    newest = sorted(released, key=lambda pair: (-pair[1].published.toordinal(), pair[0]))
    return Shown(
        stories=MappingProxyType({a: consented(s, today) for a, s in newest if may_be_shown(s, today)}),
        withdrawn=tuple(sorted(address for address, story in newest if not may_be_shown(story, today))),
    )


def may_be_shown(story: Story, today: date) -> bool:
    """Whether nobody has taken the story back, and the consent to tell it holds where it needed one."""
    return story.status == "published" and (story.consent is None or story.consent.expires >= today)


def consented(story: Story, today: date) -> Story:
    """The story without the photos and names whose consent has run out."""
    photos = tuple(photo for photo in story.photos if photo.consent.expires >= today)
    return msgspec.structs.replace(story, photos=photos, quotes=tuple(named(quote, today) for quote in story.quotes))


def named(quote: Quote, today: date) -> Quote:
    """The quote, without its name when no consent to show it holds."""
    may_name = quote.consent is not None and quote.consent.expires >= today
    return quote if may_name else msgspec.structs.replace(quote, name="", consent=None)
