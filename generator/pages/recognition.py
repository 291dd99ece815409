"""Pages of stories: all, those of a school year, each one, and the place of those taken back."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct

from generator.directory import Directory
from generator.model import School, Story
from generator.pages import saying
from generator.pages.cards import Deck
from generator.pages.page import Page
from generator.pages.records import PartnerRow, partner_row, story_record
from generator.pages.slots import Slots
from generator.pages.texts import spoken
from generator.pages.unit import Unit
from generator.search.keywords import other_names
from generator.texts import story_texts

OTHERS = 3
"""Further stories at the end of one."""


class Gallery(Struct, frozen=True):
    """Stories by school year; `year` when there is only one."""

    years: tuple[tuple[str, tuple[Story, ...]], ...]
    year: str = ""


class ThankedPartner(Struct, frozen=True):
    """A partner that a story thanks, and its first focus area."""

    row: PartnerRow
    area: str


class StoryView(Struct, frozen=True, kw_only=True):
    """A story with those it thanks, and others to read; `names` are what else its partners are called."""

    story: Story
    partners: tuple[ThankedPartner, ...]
    schools: tuple[School, ...]
    others: tuple[Story, ...]
    names: tuple[str, ...]


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The gallery, each school year, each story, and a page without any words of it for each that was taken back."""
    years = tuple(directory.stories_by_year.items())
    yield gallery_unit("recognition/", Gallery(years))
    for year, stories in years:
        yield gallery_unit(f"recognition/{year}/", Gallery(((year, stories),), year))
    for story in directory.stories.values():
        view = story_view(story, directory)
        rows = (thanked.row.record for thanked in view.partners)
        speaks = (story_record(story), *rows, *map(story_record, view.others))
        yield Unit(address=f"{story_record(story)}/", page=story_page, view=view, speaks=speaks)
    for address in directory.withdrawn:
        yield Unit(address=f"recognition/{address}/", page=tombstone, view=address, is_listed=False)


def gallery_unit(address: str, view: Gallery) -> Unit:
    """A page of stories."""
    speaks = tuple(story_record(story) for _, stories in view.years for story in stories)
    return Unit(address=address, page=gallery, view=view, speaks=speaks)


def gallery(view: Gallery, slots: Slots, templates: Environment) -> Page:
    """Stories as cards: of all years, or of one."""
    year = view.year
    body = templates.get_template("recognition.html").render(
        root="../../../" if year else "../../", years=view.years, year=year
    )
    title = slots.gettext("Stories of partners we thank")
    return Page(
        frame="record" if year else "list",
        rest=f"recognition/{year}/" if year else "recognition/",
        title=slots.said("Stories of %(year)s", year=slots.apart(year)) if year else title,
        description=slots.gettext("What community partners changed for children."),
        body=body,
        head=feed_links("../../../" if year else "../../", templates),
        section="recognition",
    )


def feed_links(root: str, templates: Environment) -> Markup:
    """What tells readers of feeds where these stories are, for the head of a page."""
    return Markup(templates.get_template("feed-links.html").render(root=root))  # our own template, which escapes


def story_view(story: Story, directory: Directory) -> StoryView:
    """What the page of a story shows."""
    newest = islice(directory.stories.values(), OTHERS + 1)
    partners = (directory.partners[slug] for slug in story.partners if slug in directory.partners)
    return StoryView(
        story=story,
        partners=tuple(ThankedPartner(partner_row(partner), partner.focus[0]) for partner in partners),
        schools=tuple(directory.schools[slug] for slug in story.schools if slug in directory.schools),
        others=tuple(other for other in newest if other is not story)[:OTHERS],
        names=other_names(story, directory),
    )


def story_page(view: StoryView, slots: Slots, templates: Environment) -> Page:
    """One story: what changed, in figures and words, and whom to thank."""
    story = view.story
    words = spoken(slots, story_record(story), story_texts(story))
    body = templates.get_template("story.html").render(
        root="../../../../",
        story=story,
        words=words,
        partners=view.partners,
        schools=view.schools,
        others=view.others,
    )
    return Page(
        frame="story",
        rest=f"{story_record(story)}/",
        title=words["title"].text,
        description=words["summary"].text,
        body=body,
        head=Markup("").join(
            (slots.slot(saying.search_words, story, view.names), feed_links("../../../../", templates))
        ),
        section="recognition",
    )


def tombstone(view: str, slots: Slots, templates: Environment) -> Page:
    """What stands at the address of a story that was taken back: nothing of the story."""
    return Page(
        frame="story",
        rest=f"recognition/{view}/",
        title=slots.gettext("This story was taken back"),
        description=slots.gettext("Somebody asked us to stop showing it, and we did."),
        body=templates.get_template("withdrawn.html").render(root="../../../../"),
        head=templates.get_template("unlisted.html").render(),
        section="recognition",
    )
