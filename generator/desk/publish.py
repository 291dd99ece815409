"""Publishing: the exact difference in the public tree, the day, and then the files or a branch with them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from werkzeug import Response

from generator.desk.forms import Fields, count, fields_of, line, objections, text
from generator.desk.nomination import evidence
from generator.desk.place import done, working
from generator.desk.visit import Visit, on_to, shown
from generator.nominations import gates
from generator.nominations.acts import refuse
from generator.nominations.model import Draft
from generator.nominations.personal import text_of
from generator.nominations.publishing import PHOTOS, Public, content_of_former, release
from generator.nominations.released import branch, difference, write
from generator.nominations.season import Refused, Season

BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,80}")
SUBJECT = "recognition: thank a partner"


def show(visit: Visit) -> Response:
    """The difference, and whatever is still missing."""
    refuse(gates.role(visit.person, "coordinator"))
    if visit.nomination.state != "scheduled":
        raise Refused(
            f"{visit.number} is {visit.nomination.state}; a story is written and scheduled first, then published"
        )
    return form(visit, {})


def form(visit: Visit, fields: Fields) -> Response:
    """The page with what is missing today, if anything is."""
    season, nomination = visit.season, visit.nomination
    draft = season.draft_of(nomination)
    values: Mapping[str, Any] = {
        **evidence(visit),
        "lines": _lines(visit, draft) if draft else (),
        "missing": _missing(visit, season),
        "fields": {"branch": line(fields, "branch") or f"thank-{(draft.address if draft else '').rpartition('/')[2]}"},
        "address": draft.address if draft else "",
        "language": season.directory.district.languages[0],
    }
    return shown(visit, "publish.html", values)


def _lines(visit: Visit, draft: Draft) -> tuple[str, ...]:
    """The difference that the story will make, photos included."""
    photos = {f"{PHOTOS}/{file}": each for file, each in content_of_former(visit.season, visit.nomination).items()}
    files: dict[str, bytes | None] = {f"recognition/{draft.address}.yml": text_of(draft.story).encode(), **photos}
    return tuple(difference(visit.desk.project.root, Public(files=files)))


def _missing(visit: Visit, season: Season) -> tuple[str, ...]:
    """What the gates say today."""
    try:
        release(season, visit.desk.schemas, visit.number, by=visit.person.id)
    except Refused as refused:
        return refused.missing
    return ()


def send(visit: Visit) -> Response:
    """Write the story into the public tree or a branch, then the ledger."""
    fields = fields_of(visit.request)
    wants_branch = text(fields, "where") == "branch"
    root = visit.desk.project.root
    try:
        with working(visit.desk, number=visit.number, seen=count(fields, "seen") or 0) as season:
            change, public = release(season, visit.desk.schemas, visit.number, by=visit.person.id)
            if text(fields, "where") not in ("branch", "files"):
                raise Refused("where to is missing: a branch, or the files as they lie there")
            if wants_branch:
                branch(root, public, named(line(fields, "branch")), SUBJECT)
            else:
                write(root, public)
            done(season, change)
    except Refused as refused:
        places = (("where to", "where"), ("branch", "branch"))
        return form(replace(visit, objections=objections(refused.missing, places)), fields)
    return on_to(visit, f"n/{visit.number}/", "branch" if wants_branch else "publish")


def named(name: str) -> str:
    """The name of a branch; Refused when git would not take it, or take it for an option."""
    if not BRANCH.fullmatch(name) or ".." in name or "//" in name or name.endswith((".", "/", ".lock")):
        raise Refused("the branch needs a name of letters, digits and hyphens, such as thanks-in-may")
    return name
