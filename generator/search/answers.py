"""What a program answers to each question of a family: slugs of grades, needs, costs, schools, times, languages.

Records leave out what nobody knows. A program without data for a facet is neither a match nor ruled out: it gets the
value `ask` (“Not given: ask the partner”), has a page of its own under it, and the finder shows it below the matches,
saying so. A program that serves every school or needs no way there gets `any`, which matches whatever is chosen.
"""

from collections.abc import Iterable

from generator.directory import Directory, Offer
from generator.model import Ages, Session
from generator.model.common import GRADES
from generator.vocabulary import Vocabulary, slug_of

ASK = "ask"
ANY = "any"
ELSEWHERE = "elsewhere"
BABIES = "babies"
PRESCHOOL_AGE = 3
GROWN_UPS = frozenset(("caregivers", "educators", "partners"))
INTERPRETED = frozenset(("always", "on-request", "phone"))
"""Terms of `interpretation` with which a family may come with a language that is not listed."""
BEFORE_SCHOOL_ENDS = "09:30"
AFTER_SCHOOL_FROM = "13:00"
EVENING_FROM = "17:00"
"""A session counts as evening from here on; one that starts between 17:00 and 18:00 is after school as well."""
AFTER_SCHOOL_UNTIL = "18:00"
WEEKEND = frozenset(("sat", "sun"))


def grades_of(directory: Directory, offer: Offer) -> Iterable[str]:
    """Every grade of the span; without one, the grades of the ages; `adult` for programs only for grown-ups."""
    program = offer.program
    if program.grades:
        return map(slug_of, program.grades.each())
    if program.ages:
        return map(slug_of, grades_of_ages(program.ages))
    return ("adult",) if program.audience and GROWN_UPS.issuperset(program.audience) else ()


def grades_of_ages(ages: Ages) -> tuple[str, ...]:
    """The grades in which children of these ages usually are: kindergarten at 5, grade 12 at 17, adults after that.

    `babies` stands for the years before preschool.
    """
    if ages.youngest is None and ages.oldest is None:
        return ()
    youngest = ages.youngest or 0
    oldest = 99 if ages.oldest is None else ages.oldest
    usual = {grade: (age, age) for age, grade in enumerate(GRADES[1:-1], start=5)}
    spans = {"PK": (PRESCHOOL_AGE, 4), **usual, "adult": (18, 99)}
    found = tuple(grade for grade, (first, last) in spans.items() if youngest <= last and oldest >= first)
    return (BABIES, *found) if takes_babies(ages) else found


def takes_babies(ages: Ages) -> bool:
    """Whether children are welcome before preschool: a lowest age says so, or a highest one that leaves no others."""
    return any(age is not None and age < PRESCHOOL_AGE for age in (ages.youngest, ages.oldest))


def needs_of(directory: Directory, offer: Offer) -> Iterable[str]:
    """The focus areas with the broader ones: reading is tutoring too."""
    return with_broader(directory.vocabularies["focus-areas"], offer.program.focus)


def costs_of(directory: Directory, offer: Offer) -> Iterable[str]:
    """The kind of cost."""
    return (slug_of(offer.program.cost.kind),) if offer.program.cost else ()


def schools_of(directory: Directory, offer: Offer) -> Iterable[str]:
    """The schools where it takes place, `any` when it is online, `elsewhere` when its places are no schools.

    Where no place is given, the schools that the partner works with. Nothing when only the partner knows where it is:
    no place is given, or none with a position.
    """
    where = offer.program.where
    if where.online:
        return (*where.schools, ANY)
    if where.schools:
        return where.schools
    if where.places:
        return (ELSEWHERE,) if any(place.latitude is not None for place in where.places) else ()
    return (ANY,) if offer.partner.partnership.district_wide else offer.partner.partnership.schools


def regions_of(directory: Directory, offer: Offer) -> Iterable[str]:
    """The regions of its schools, else those that the partner serves; `any` as for schools."""
    at = tuple(schools_of(directory, offer))
    found = dict.fromkeys(directory.schools[slug].region for slug in at if slug in directory.schools)
    return (*(filter(None, found)), ANY) if ANY in at else tuple(filter(None, found)) or offer.partner.regions


def times_of(directory: Directory, offer: Offer) -> Iterable[str]:
    """Days of the week, and before school, after school, evening and weekend as the hours tell.

    A program whose focus is after school, and that gives no hours, counts as after school.
    """
    program = offer.program
    found = set[str]().union(*map(session_times, program.when.sessions))
    if "after-school" in program.focus and not any(session.opens for session in program.when.sessions):
        found.add("after-school")
    return sorted(found)


def session_times(session: Session) -> frozenset[str]:
    """The days of a session and what its hours make of it."""
    found = set(session.days)
    if WEEKEND & found:
        found.add("weekend")
    if session.opens and session.opens >= EVENING_FROM:
        found.add("evening")
    if not session.days or set(session.days) - WEEKEND:
        if AFTER_SCHOOL_FROM <= session.opens < AFTER_SCHOOL_UNTIL:
            found.add("after-school")
        if session.closes and session.closes <= BEFORE_SCHOOL_ENDS:
            found.add("before-school")
    return frozenset(found)


def languages_of(directory: Directory, offer: Offer) -> Iterable[str]:
    """The languages spoken in the program, else at the partner; with an interpreter, others on asking."""
    spoken = tuple(map(slug_of, offer.program.languages or offer.partner.languages))
    return (*spoken, ASK) if spoken and offer.program.interpretation in INTERPRETED else spoken


def access_of(directory: Directory, offer: Offer) -> Iterable[str]:
    """What makes the program or one of its places work for people with disabilities, with the broader terms."""
    program = offer.program
    named = (*program.access, *(term for place in program.where.places for term in place.access))
    return with_broader(directory.vocabularies["access"], named)


def ways_of(directory: Directory, offer: Offer) -> Iterable[str]:
    """How one can get there: a bus from a school, a stop nearby, or online from home."""
    program = offer.program
    ways = {
        "bus": bool(program.getting_there.bus_from),
        "transit": any(place.transit for place in program.where.places),
        "online": program.where.online,
    }
    return (way for way, is_there in ways.items() if is_there)


def seasons_of(directory: Directory, offer: Offer) -> Iterable[str]:
    """The seasons in which it runs."""
    return map(slug_of, offer.program.when.seasons)


def with_broader(vocabulary: Vocabulary, terms: Iterable[str]) -> tuple[str, ...]:
    """The slugs of the terms and of every broader one, each once."""
    chains = vocabulary.chains
    return tuple(dict.fromkeys([slug for term in terms for slug in chains.get(term) or (slug_of(term),)]))
