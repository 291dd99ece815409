"""A sheet: everything that a peer's page of a partner, a program or a school says, in the words of one language."""

from msgspec import Struct


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A name or a sentence, what it leads to (a link out of the site, or the route of another sheet), and more."""

    text: str
    href: str = ""
    route: str = ""
    more: str = ""


def dial(phone: str) -> str:
    """The link that calls a number; empty without one."""
    digits = "".join(character for character in phone if character.isdigit())
    return f"tel:{digits}" if digits else ""


class Fact(Struct, frozen=True, kw_only=True):
    """A label with what is known under it."""

    label: str
    value: str


class Time(Struct, frozen=True, kw_only=True):
    """A row of the table of times: days of the week, hours, dates."""

    days: str
    hours: str
    dates: str


class Sheet(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One page; `route` is its address in every language, such as `partners/river-food-bank/weekend-bags`.

    `areas` are labels, `checked` says when somebody last looked, `by` is who runs a program. `steps` tell how to join;
    `programs` are a partner's, `needs` a school's. `about` is Markdown.
    """

    language: str
    direction: str
    route: str
    title: str
    summary: str
    areas: tuple[str, ...] = ()
    checked: str = ""
    by: Line | None = None
    steps: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Line, ...] = ()
    programs: tuple[Line, ...] = ()
    needs: tuple[Line, ...] = ()
    contacts: tuple[Line, ...] = ()
    sources: tuple[Line, ...] = ()
    about: str = ""
