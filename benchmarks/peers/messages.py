"""The words of Hugo's pages from the records, and how each language joins, counts and dates, in Hugo's own forms."""

import re
from collections.abc import Callable
from functools import partial

from babel.units import format_unit

from generator.languages import Locale

MESSAGES = {
    "about_partner": "About this partner",
    "access": "Access",
    "age": "Age %(age)s",
    "ages": "Ages %(youngest)s to %(oldest)s",
    "ages_from": "Age %(age)s and older",
    "ages_until": "Up to age %(age)s",
    "agreement": "Agreement",
    "alignment": "How it fits the district's goals",
    "all_partners": "All partners",
    "all_schools_label": "All schools",
    "also": "Also called",
    "annual_report": "Yearly report",
    "as_of": "as of %(day)s",
    "ask_partner": "Ask %(partner)s how to join.",
    "ask_school": "Ask at your child's school how to join.",
    "at_this_school": "at this school",
    "background_check": "Volunteers have a background check.",
    "background_checks": "Background checks",
    "bring": "What to bring",
    "bus": "A bus goes there from these schools:",
    "call": "Call",
    "call_name": "Call %(name)s",
    "call_number": "Call %(number)s",
    "capacity": "Places",
    "checked_partner": "Checked by the partner in %(month)s",
    "checked_staff": "Checked by district staff in %(month)s",
    "comma": ", ",
    "contact_languages": "Languages: %(languages)s",
    "cost": "Cost",
    "data_agreement": "Agreement on student data",
    "directions": "Directions",
    "directions_to": "Directions to %(place)s",
    "ended": "This partnership has ended",
    "english_learners": "Learning English",
    "every_school": "Every school in the district",
    "evidence": "See the evidence",
    "fewer": "Fewer than %(count)s",
    "food": "Food",
    "founded": "Founded",
    "from": "From %(day)s",
    "gaps": "No program on these days",
    "give": "Give money or things",
    "help": "Help this partner",
    "homeless": "Without a steady home",
    "insurance": "Insurance",
    "join_name": "How to join %(name)s",
    "languages": "Languages",
    "list_summary": "See what each program costs, when it is and how to join.",
    "look_at_all": "Look at all programs",
    "low_income": "From families with low incomes",
    "made_with": "Made with and for",
    "measured": "Measured by: %(measure)s",
    "mistake_on": "A mistake on the page: %(title)s",
    "near_note": "Nearest first, in a straight line.",
    "none_here": "We know of no program in this building yet.",
    "note_machine": "A computer translated parts of this page. No person has checked them yet.",
    "note_missing": "Parts of this page are in English, because nobody has translated them yet.",
    "note_stale": "The English of this page has changed since it was translated.",
    "note_unchecked": "Parts of this page are in English, because nobody has checked their translation yet.",
    "online": "Online",
    "others": "Or choose another: %(facet)s",
    "partners_everywhere": "Partners of every school",
    "partners_here": "Partners of this school",
    "partnership": "Partnership",
    "principal_approval": "The principal agrees",
    "read": "read on %(day)s",
    "register_by": "Sign up by %(day)s",
    "requirements": "What the district asks of partners",
    "run_by": "Run by %(partner)s",
    "school_summary": "%(level)s: programs at the school and within a mile.",
    "school_website": "School website",
    "see_near": "See all programs near this school",
    "see_partners": "See all partners",
    "send": "Send an e-mail",
    "sign_up": "Sign up to help",
    "since": "Partner since",
    "source": "Source:",
    "sources_only": "From public sources. Please ask before you go.",
    "sources_read": "From public sources, read in %(month)s. Please ask before you go.",
    "stated": "Stated by the partner",
    "stretch": "%(first)s to %(last)s",
    "students": "All students",
    "students_heading": "Students",
    "students_with_disabilities": "With disabilities",
    "tier": "Kind of support",
    "told_as_of": "As of %(day)s.",
    "unanswered": "Missing: no program here helps with this yet.",
    "until": "Until %(day)s",
    "website": "Open the website",
    "when": "When",
    "where": "Where",
    "who": "Who can come",
    "who_for": "Who it is for",
    "without_place_note": "They do not say where they meet. Ask the partner.",
    "write": "E-mail",
    "write_name": "E-mail %(name)s",
}
"""The words by the names that the layouts have for them; those of `frame` and `hugo_lists` are there, too."""
NUMBERED = {
    "answers": ("%(count)s program here helps with this.", "%(count)s programs here help with this."),
    "more_places": ("%(name)s and %(count)s more place", "%(name)s and %(count)s more places"),
    "near": ("%(count)s more within a mile", "%(count)s more within a mile"),
    "programs_here": ("%(count)s program at this school", "%(count)s programs at this school"),
    "without_place": (
        "%(count)s program from partners of this school",
        "%(count)s programs from partners of this school",
    ),
}
"""The same for numbers of things: for one, and for several."""
MANY = 100
"""A number that every language here says in its commonest form."""
TRIED = range(202)
"""Numbers of which every plural form of a language has one."""
FIELD = re.compile(r"'([^']*)'|(M+|L+|y+)")
PART = re.compile(r"\{[01]\}")
VALUE = re.compile(r"%\((\w+)\)s")


def filled(message: str) -> str:
    """A message with its values to be filled in as Hugo does it."""
    return VALUE.sub(r"{{ .\1 }}", message)


def words(locale: Locale) -> dict[str, object]:
    """Everything that the layouts say in a language."""
    said: dict[str, object] = {key: filled(locale.gettext(message)) for key, message in MESSAGES.items()}
    said |= {key: forms(locale, partial(locale.ngettext, one, many)) for key, (one, many) in NUMBERED.items()}
    return said | joints(locale) | {"miles": forms(locale, partial(far, locale))}


def forms(locale: Locale, told: Callable[[int], str]) -> dict[str, str]:
    """What is told of a number of things, by the names of the language's plural forms (one, few, many, other …).

    Hugo takes anything called `count` for the number that decides, so the one that is written is called `total`.
    """
    found = {str(locale.cldr.plural_form(number)): told(number) for number in TRIED} | {"other": told(MANY)}
    return {form: filled(message.replace("%(count)s", "%(total)s")) for form, message in found.items()}


def far(locale: Locale, number: int) -> str:
    """So many miles, with the number to be filled in."""
    return format_unit(number, "mile", length="long", locale=locale.cldr).replace(str(number), "%(count)s")


def joints(locale: Locale) -> dict[str, str]:
    """How several things stand in a list: two of them, the last of more after all others, and what is between those."""
    patterns = locale.cldr.list_patterns["standard"]
    between = patterns["middle"].replace("{0}", "").replace("{1}", "")
    ends = {"list_pair": patterns["2"], "list_last": patterns["end"]}
    return {name: PART.sub("%s", pattern) for name, pattern in ends.items()} | {"list_between": between}


def month_layout(locale: Locale) -> str:
    """A month and its year in CLDR's form (`MMMM 'de' y`) as Hugo writes such forms (`January de 2006`)."""
    pattern = str(locale.cldr.datetime_skeletons["yMMMM"].pattern)
    return FIELD.sub(lambda field: month_field(field[1], field[2]), pattern)


def month_field(quoted: str | None, letters: str | None) -> str:
    """Words as they are, else what Hugo has for a field of a date."""
    if letters is None:
        return quoted or ""
    if letters.startswith("y"):
        return "2006"
    return "January" if len(letters) > len("MMM") else "1"
