"""A program: what a partner offers, to whom, when, where, at what cost, and how to join."""

from datetime import date

from msgspec import Struct

from generator.model.common import Ages, Contact, Cost, Grades, Place


class Status(Struct, frozen=True, kw_only=True, gc=False):
    """Whether there is room, as of a day (vocabulary `program-status`)."""

    state: str
    as_of: date


class Session(Struct, frozen=True, kw_only=True, gc=False, rename={"opens": "from", "closes": "to"}):
    """A regular time: days of the week, hours as `HH:MM` local time, and the dates between which it runs."""

    days: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    starts: date | None = None
    ends: date | None = None
    note: str = ""


class Break(Struct, frozen=True, kw_only=True, gc=False):
    """Days without the program, both ends included."""

    starts: date
    ends: date | None = None
    note: str = ""


class When(Struct, frozen=True, kw_only=True, gc=False):
    """The seasons, the regular times, the last day to register, and the days without the program."""

    seasons: tuple[str, ...] = ()
    sessions: tuple[Session, ...] = ()
    register_by: date | None = None
    breaks_in_service: tuple[Break, ...] = ()


class Where(Struct, frozen=True, kw_only=True, gc=False):
    """At schools (slugs), at other places, or online."""

    schools: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    online: bool = False


class GettingThere(Struct, frozen=True, kw_only=True, gc=False):
    """Schools (slugs) from which a bus goes, and a note."""

    bus_from: tuple[str, ...] = ()
    note: str = ""


class Step(Struct, frozen=True, kw_only=True, gc=False):
    """One step of how to join: a sentence, with a link, a number to call or to text, or an e-mail address."""

    do: str
    url: str = ""
    phone: str = ""
    sms: str = ""
    email: str = ""


class Program(Struct, frozen=True, kw_only=True, gc=False):
    """What a partner offers (a `service` in Open Referral HSDS)."""

    slug: str
    name: str
    summary: str
    focus: tuple[str, ...]
    description: str = ""
    status: Status | None = None
    grades: Grades | None = None
    ages: Ages | None = None
    audience: tuple[str, ...] = ()
    eligibility: str = ""
    cost: Cost | None = None
    when: When = When()
    where: Where = Where()
    getting_there: GettingThere = GettingThere()
    languages: tuple[str, ...] = ()
    interpretation: str = ""
    access: tuple[str, ...] = ()
    meals: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    join: tuple[Step, ...] = ()
    capacity: int | None = None
    contacts: tuple[Contact, ...] = ()
    former_slugs: tuple[str, ...] = ()
