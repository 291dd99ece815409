"""What the fields of records are called when somebody speaks of them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "also_known_as": "Other names",
        "former_slugs": "Former addresses",
        "slug": "Address",
        "logo_alt": "What the logo shows",
        "social": "Pages on social media",
        "focus": "Focus areas",
        "culturally_specific": "Communities",
        "founded": "Founded in",
        "give": "Page for gifts",
        "verified": "Last check",
        "partnership": "Partnership",
        "partnership/since": "Partner since",
        "partnership/status": "State of the partnership",
        "partnership/schools": "Partner schools",
        "partnership/district_wide": "Works with all schools",
        "partnership/agreement/signed": "Agreement signed",
        "partnership/agreement/ends": "End of the agreement",
        "partnership/alignment": "Goals it works for",
        "partnership/requirements/principal_approval": "Principal's approval",
        "partnership/requirements/background_checks": "Background checks",
        "partnership/requirements/insurance": "Insurance",
        "partnership/requirements/data_agreement": "Data agreement",
        "partnership/requirements/annual_report": "Annual report",
        "volunteer": "Openings for volunteers",
        "audience": "Who it is for",
        "eligibility": "Who can come",
        "cost/help": "Help with the cost",
        "when/seasons": "Seasons",
        "when/sessions": "Days and times",
        "when/register_by": "Last day to sign up",
        "when/breaks_in_service": "Days without it",
        "where/schools": "Schools",
        "where/places": "Places",
        "where/online": "Online",
        "getting_there/bus_from": "Bus from",
        "getting_there/note": "Way there",
        "interpretation": "Interpreters",
        "access": "Access for people with disabilities",
        "bring": "What to bring",
        "join": "How to join",
        "sms": "Number for text messages",
        "capacity": "Places for people",
        "online": "Online",
        "register": "Page to sign up",
        "register_by": "Last day to sign up",
        "what_sustained_it": "What kept it going",
        "nominated_via": "Nomination",
        "published": "First day shown",
        "heard": "What was heard",
        "done": "What was done",
        "held": "When people were asked",
        "needs": "Needs",
        "enrollment/low_income": "Students with low income",
        "enrollment/homeless": "Students without a steady home",
        "enrollment/as_of": "Numbers of students as of",
        "enrollment/source": "Source of the numbers",
        "site_url": "Address of the site",
        "url": "Web address",
        "nominate": "Page to nominate",
        "spoken": "Languages spoken in the district",
    }
)
"""The names of fields whose keys do not say it, by the last keys of their path."""
PARTS_OF: Mapping[str, str] = MappingProxyType(
    {
        "programs": "Program",
        "goals": "Goal",
        "actions": "Action",
        "policies": "Policy",
        "criteria": "Criterion",
        "regions": "Region",
    }
)
"""What one thing of a list is called whose things have addresses of their own."""


def name_of(names: Iterable[str]) -> str:
    """What people call the field at a path of keys: ("programs", "when", "register_by") is "Last day to sign up"."""
    path = tuple(names)
    for start in range(len(path)):
        if known := NAMES.get("/".join(path[start:])):
            return known if start == 0 or len(path) - start > 1 else _below(path[:start], known)
    last = path[-1].replace("_", " ")
    return _below(path[:-1], last[:1].upper() + last[1:])


def _below(holders: tuple[str, ...], name: str) -> str:
    """The name with that of the group that holds it, unless the group is known by a name of its own."""
    group = holders[-1] if holders else ""
    return name if group in ("", *PARTS_OF) else f"{name_of((group,))}: {name[:1].lower()}{name[1:]}"
