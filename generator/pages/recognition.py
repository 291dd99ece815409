"""Pages of stories: the gallery, each one, and the place of those that are no longer shown."""

from collections.abc import Iterator, Mapping
from datetime import date

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct, structs

from generator.directory import Directory
from generator.model import Photo, School, Story
from generator.pages import gallery, linked
from generator.pages.cards import Deck
from generator.pages.data import district_of
from generator.pages.nominate import takes_nominations
from generator.pages.page import Page
from generator.pages.records import PartnerRow, partner_row, story_record
from generator.pages.slots import Slots
from generator.pages.texts import spoken
from generator.pages.unit import Unit
from generator.pictures import Size, narrower
from generator.words.texts import story_texts

NARROW = "narrow"
"""The folder, below `media/`, of photos for phones."""


class ThankedPartner(Struct, frozen=True):
    """A partner that a story thanks, and its first focus area."""

    row: PartnerRow
    area: str


class Shown(Struct, frozen=True):
    """A photo with its size in pixels, and that for phones; None where it is not known, or not another one."""

    photo: Photo
    size: Size | None
    narrow: Size | None


class StoryView(Struct, frozen=True, kw_only=True):
    """A story with those it thanks.

    `newer` and `older` are its neighbors among the stories of its school year. `is_open` tells that the
    form for nominations is.
    """

    story: Story
    partners: tuple[ThankedPartner, ...]
    schools: tuple[School, ...]
    photos: tuple[Shown, ...]
    newer: Story | None
    older: Story | None
    is_open: bool = False

    @property
    def speaks(self) -> tuple[str, ...]:
        """The records whose texts it says."""
        stories = (self.story, *filter(None, (self.newer, self.older)))
        return (*map(story_record, stories), *(thanked.row.record for thanked in self.partners))


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The gallery, each story, and a page without any words of it for each that is no longer shown."""
    is_open = takes_nominations(directory, today)
    yield from gallery.units(directory, is_open=is_open)
    for stories in directory.stories_by_year.values():
        for story, newer, older in zip(stories, (None, *stories), (*stories[1:], None), strict=False):
            view = structs.replace(story_view(story, newer, older, directory), is_open=is_open)
            yield Unit(address=f"{story_record(story)}/", page=story_page, view=view, speaks=view.speaks)
    for address in directory.withdrawn:
        yield Unit(address=f"recognition/{address}/", page=tombstone, view=address, is_listed=False)


def story_view(story: Story, newer: Story | None, older: Story | None, directory: Directory) -> StoryView:
    """What the page of a story shows."""
    partners = (directory.partners[slug] for slug in story.partners if slug in directory.partners)
    return StoryView(
        story=story,
        partners=tuple(ThankedPartner(partner_row(partner), partner.focus[0]) for partner in partners),
        schools=tuple(directory.schools[slug] for slug in story.schools if slug in directory.schools),
        photos=tuple(shown(photo, directory.sizes) for photo in story.photos),
        newer=newer,
        older=older,
    )


def shown(photo: Photo, sizes: Mapping[str, Size]) -> Shown:
    """A photo as the page needs it."""
    size = sizes.get(photo.path)
    return Shown(photo, size, narrower(size) if size else None)


def story_page(view: StoryView, slots: Slots, templates: Environment) -> Page:
    """One story: what changed, in figures and words, and whom to thank."""
    story, root = view.story, "../../../../"
    words = spoken(slots, story_record(story), story_texts(story))
    rest = f"{story_record(story)}/"
    about = linked.article(story, words, [each.row for each in view.partners], slots, district_of(templates))
    data = linked.block(about, rest, slots, templates)
    return Page(
        frame="story",
        rest=rest,
        title=words["title"].text,
        description=words["summary"].text,
        body=templates.get_template("story.html").render(root=root, view=view, story=story, words=words, narrow=NARROW),
        head=Markup("").join((data, gallery.feed_links(root, templates))),
        section="recognition",
    )


def tombstone(view: str, slots: Slots, templates: Environment) -> Page:
    """What stands at the address of a story that may not be shown any more: nothing of the story."""
    return Page(
        frame="story",
        rest=f"recognition/{view}/",
        title=slots.gettext("This story is no longer shown"),
        description=slots.gettext("The permission to show it has ended, or somebody asked us to take it back."),
        body=templates.get_template("withdrawn.html").render(root="../../../../"),
        head=templates.get_template("unlisted.html").render(),
        section="recognition",
    )
