"""What the ledger says, whether the vault is as it says, and the numbers of a season."""

import re
from dataclasses import replace

from werkzeug import Response

from generator.desk.visit import Objection, Visit, shown
from generator.nominations.audit import findings, lines, notices
from generator.nominations.report import report as counted
from generator.nominations.season import unknown_ties
from generator.nominations.view import KEEPERS
from generator.text import visible

HEAD = re.compile(r"[0-9]{1,9}: *[0-9a-fA-F]{16,64}")
NEWEST = 200
"""So many steps stand on a page."""


def audit(visit: Visit) -> Response:
    """Every step, the newest first, and what is not as the ledger says; reasons for coordinators and the chair."""
    vault, wanted = visit.season.vault, visit.request.args
    number, head = wanted.get("of", "").strip(), wanted.get("head", "").strip()
    steps = [line for line in lines(vault) if number in ("", line.entry.of)]
    is_head = not head or HEAD.fullmatch(head)
    if not is_head:
        fault = f'a head looks like "{vault.ledger.short_head}"; copy it whole'
        visit = replace(visit, objections=(Objection(sentence=fault, field="head"),))
    values = {
        "findings": tuple(map(visible, findings(vault, head=head if is_head else ""))),
        "notices": tuple(map(visible, (*notices(vault), *unknown_ties(visit.season)))),
        "steps": steps[::-1] if wanted.get("every") else steps[: -NEWEST - 1 : -1],
        "count": len(steps),
        "every": len(vault.ledger.entries),
        "head": vault.ledger.short_head,
        "asked": head,
        "of": number,
        "may_see_grounds": bool(KEEPERS.intersection(visit.person.roles)),
        "names": {person.id: person.name for person in vault.settings.staff},
    }
    return shown(visit, "audit.html", values)


def report(visit: Visit) -> Response:
    """The numbers of a school year, or of all, without anything personal."""
    season = visit.season
    year = visit.request.args.get("year", "")
    schools = {school.slug: school.name for school in season.directory.schools.values()}
    languages = {term.id: term.label for term in season.directory.vocabularies["languages"].terms}
    values = {
        "found": counted(season, year),
        "year": year,
        "years": sorted({each.school_year for each in season.nominations.values() if each.school_year}),
        "school_names": schools,
        "language_names": languages,
    }
    return shown(visit, "report.html", values)
