"""The story of a nomination: written in a form, looked at as the site will show it, scheduled for a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from werkzeug import Response

from generator.desk import preview as site_page
from generator.desk.forms import Fields, count, fields_of, line, objections, text
from generator.desk.nomination import evidence
from generator.desk.photos import KINDS, MARK, taken, unfolded, waiting
from generator.desk.place import checked, done, working
from generator.desk.telling import ROWS, first_fields, given, kept_names, shown_rows
from generator.desk.visit import Visit, on_to, plain, shown
from generator.model import Story
from generator.model.common import from_record
from generator.nominations import gates
from generator.nominations.acts import refuse
from generator.nominations.personal import in_words, problems_of, text_of, told
from generator.nominations.publishing import schedule, texts_of
from generator.nominations.season import Refused
from generator.text import is_slug
from generator.vault.drafts import draft_path, drafts, forget, keep_fields, kept_fields

FORM = "story"
DRAFT_SLUG = "preview"
STAND_IN = "C-0000-0000"
"""The number of no consent."""
PLACES = (
    ('"title" is missing', "title"),
    ('"summary" is missing', "summary"),
    ('"story" is missing', "story"),
    ("the day is missing", "day"),
    ("needs an address", "slug"),
    ("another story", "slug"),
    ("consent to tell the story", "consent"),
    ("the story rests", "consent"),
    ("quote", "quote-1-words"),
    ("photo", "photo-1-upload"),
    ("impact", "impact-1-figure"),
    ("what sustained it", "sustained-1-text"),
    ("sources", "source-1-url"),
    ("an address", "slug"),
    ("title", "title"),
    ("summary", "summary"),
    ("school", "school_year"),
    ("story", "story"),
)
"""Words of a refusal, and the field that it is about; the first that fits."""


def show(visit: Visit) -> Response:
    """The form with what was begun, and the story as it will look."""
    refuse((*gates.state(visit.nomination, "schedule"), *gates.role(visit.person, "coordinator")))
    return form(visit, known(visit))


def known(visit: Visit) -> Fields:
    """What was begun at this desk, else the story that is scheduled, else an outline."""
    path = draft_path(visit.number, visit.person.id, FORM)
    begun = kept_fields(visit.season.vault, path)
    return begun or first_fields(visit.season, visit.nomination, visit.season.draft_of(visit.nomination))


def form(visit: Visit, fields: Fields) -> Response:
    """The form with what stands in its fields, and what is still in the way."""
    season = visit.season
    terms = season.directory.vocabularies
    words = {name: [(t.id, t.label) for t in terms[name].current] for name in ("impact-units", "qualifiers")}
    consents = [each for each in season.consents_of(visit.nomination) if not each.withdrawn]
    record, faults = rough(visit, fields)
    values: Mapping[str, Any] = {
        **evidence(visit),
        "fields": fields,
        "rows": shown_rows(fields, text(fields, "more")),
        "groups": ROWS,
        "units": words["impact-units"],
        "qualifiers": words["qualifiers"],
        "areas": [(term.id, term.label, "") for term in terms["focus-areas"].current],
        "offered": [
            (each.number, f"{each.number}: {', '.join(each.scope)}, until {each.expires} ({each.whom})")
            for each in consents
        ],
        "waiting": sorted(waiting(season, visit.number, visit.person.id)),
        "problems": faults,
        "has_preview": record is not None,
        "page": preview_path(visit) if record else "",
    }
    return shown(visit, "story.html", values)


def rough(visit: Visit, fields: Fields) -> tuple[Story | None, tuple[str, ...]]:
    """The story as far as it can be shown, and what must be mended in it; gates are not asked."""
    season, nomination = visit.season, visit.nomination
    story = given(season, nomination, fields)
    story["photos"] = [each for each in story.get("photos", ()) if each.get("consent")]
    day = day_of(fields) or season.today
    ref = line(fields, "consent")
    consent = next((each for each in season.consents_of(nomination) if each.number == ref), None)
    scope, expires = (consent.scope, consent.expires) if consent else (("story",), day)
    # Without a consent one stands in, so that everything else is looked at.
    story["consent"] = {"scope": list(scope), "ref": ref if consent else STAND_IN, "expires": expires.isoformat()}
    story = {name: value for name, value in story.items() if value}
    story |= {"published": day.isoformat(), "nominated_via": visit.number}
    address = address_of(fields)
    text_ = text_of(story)
    problems = problems_of(visit.desk.schemas, address, text_)
    missing = () if consent else ("the consent to tell the story is not chosen yet",)
    faults = missing + tuple(in_words(problem, text_) for problem in problems)
    try:
        data = visit.desk.schemas.coerce("story", texts_of(text_))
        record = from_record(Story, address.rpartition("/")[2], data)
    except (ValueError, TypeError, KeyError):
        return None, faults
    return record, (*faults, *told(season, nomination, record, texts_of(text_)))


def day_of(fields: Fields) -> date | None:
    """The first day on which the story is to be shown; None when it is none."""
    try:
        return date.fromisoformat(text(fields, "day"))
    except ValueError:
        return None


def address_of(fields: Fields) -> str:
    """Where the preview stands: at the story's address, as far as that is known."""
    slug, year = line(fields, "slug"), line(fields, "school_year")
    return f"{year if is_slug(year) else '2000-01'}/{slug if is_slug(slug) else DRAFT_SLUG}"


def preview_path(visit: Visit) -> str:
    """The path of the preview's page in the site's first language."""
    first = visit.season.directory.district.languages[0]
    return f"{first}/recognition/{address_of(known(visit))}/"


def send(visit: Visit) -> Response:
    """Keep the story as a draft, or schedule it."""
    refuse((*gates.state(visit.nomination, "schedule"), *gates.role(visit.person, "coordinator")))
    fields = fields_of(visit.request)
    step, by = text(fields, "step"), visit.person.id
    kept = kept_names(fields)
    more = text(fields, "more")
    try:
        new = taken(visit.request, visit.desk, visit.season.vault, visit.number, by)
        kept |= {name: (file,) for name, file in new.items()}
        keep_fields(visit.season.vault, draft_path(visit.number, by, FORM), kept)
        if step != "schedule" or more:
            if more in ROWS:
                return form(visit, {**kept, "more": (more,)})
            return on_to(visit, f"n/{visit.number}/story", "draft")
        _schedule(visit, kept, count(fields, "seen") or 0)
    except Refused as refused:
        return form(replace(visit, objections=objections(refused.missing, PLACES)), kept)
    return on_to(visit, f"n/{visit.number}/publish", "schedule")


def _schedule(visit: Visit, fields: Fields, seen: int) -> None:
    by = visit.person.id
    with working(visit.desk, number=visit.number, seen=seen) as season:
        photos = waiting(season, visit.number, by)
        with unfolded(visit.desk, photos) as folder:
            change, _ = schedule(
                season,
                visit.desk.schemas,
                visit.number,
                by=by,
                slug=line(fields, "slug"),
                given=given(season, season.nomination(visit.number), fields),
                consent=line(fields, "consent"),
                day=day_of(fields),
                photos=folder,
            )
        done(season, change)
        for path in drafts(season.vault, visit.number):
            name = path.rpartition("/")[2]
            if name == FORM or name.startswith(MARK):
                forget(season.vault, visit.number, by, name)


def preview(visit: Visit) -> Response:
    """A page, a stylesheet or a photo of the preview: what the site would give at that path, and nothing else."""
    refuse(gates.role(visit.person, "coordinator"))
    if visit.rest.startswith("media/recognition/photos/"):
        name = visit.rest.rpartition("/")[2]
        content = waiting(visit.season, visit.number, visit.person.id).get(name)
        kind = KINDS.get("." + name.rpartition(".")[2], "")
        return Response(content, mimetype=kind) if content and kind else _nothing()
    fields = known(visit)
    record, _ = rough(visit, fields)
    if record is None:
        return _nothing()
    plan = site_page.plan_with(checked(visit.desk), address_of(fields), record, visit.season.today)
    if visit.rest.startswith("assets/"):
        content = site_page.shell(plan).files.get(visit.rest)
        return Response(content, mimetype=_kind(visit.rest)) if content else _nothing()
    page = site_page.pages(plan, address_of(fields)).get(visit.rest + "index.html")
    return Response(page, mimetype="text/html") if page else _nothing()


def _kind(path: str) -> str:
    return {"css": "text/css", "svg": "image/svg+xml", "png": "image/png"}.get(path.rpartition(".")[2], "text/plain")


def _nothing() -> Response:
    return plain("outside.html", "This is a preview of one page; other pages of the site are not shown here.", 404)
