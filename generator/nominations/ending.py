"""How a story leaves the site: taken back by somebody, or because no consent for it holds any more."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from generator.nominations import gates
from generator.nominations.acts import change_of, refuse
from generator.nominations.keeping import consents_gone, without_words
from generator.nominations.model import Nomination, State, Step, draft_path, picture_path
from generator.nominations.personal import text_of
from generator.nominations.publishing import PHOTOS, Public, texts_of
from generator.nominations.season import Refused, Season
from generator.vault.storage import Change

TAKEN_BACK = {"title": "A story that was taken back", "summary": "This story was taken back.", "story": "Taken back."}
KEPT = ("title", "summary", "status", "partners", "school_year", "story", "published", "nominated_via", "consent")
"""The fields of a story that was taken back, in order: whom it thanked, when, and no word of it."""


def withdraw(
    season: Season, root: Path, number: str, *, by: str, reason: str, unmerged: bool = False
) -> tuple[Change, Public]:
    """Take a story back: its page then says so, and its words and photos leave the tree (not git's history).

    `unmerged` says that its branch was given up, so that it stands in no tree.
    """
    nomination = season.nomination(number)
    refuse((*gates.state(nomination, "withdraw"), *gates.role(season.person(by), "coordinator"), *gates.reason(reason)))
    _refuse_without_story(nomination)
    step = Step(by=by, on=season.today, reason=reason, outcome="withdrawn")
    change = _ended(season, "withdraw", nomination, "withdrawn", step)
    is_there = nomination.is_public or _stands_in(root, nomination)
    public = taken_back(season, root, nomination) if is_there and not unmerged else Public()
    return _without_draft(season, change, nomination), public


def expire(season: Season, root: Path, number: str, *, by: str) -> tuple[Change, Public]:
    """End a published story whose consent has run out, or that rests on one that was taken back."""
    nomination = season.nomination(number)
    refuse((*gates.state(nomination, "expire"), *gates.role(season.person(by), "coordinator")))
    _refuse_without_story(nomination)
    why = over(season, nomination)
    if not why:
        raise Refused(f"the consent for the story of {number} still holds; if it has to go anyway, take it back")
    step = Step(by=by, on=season.today, reason=why, outcome="expired")
    change = _ended(season, "expire", nomination, "expired", step)
    return _without_draft(season, change, nomination), taken_back(season, root, nomination)


def _stands_in(root: Path, nomination: Nomination) -> bool:
    """Whether the story's file is in a tree, as when publishing was stopped before it was on record."""
    path = root / f"recognition/{nomination.story}.yml"
    if not nomination.story or path.is_symlink() or not path.is_file():
        return False
    return texts_of(path.read_text("utf-8", errors="replace")).get("nominated_via") == nomination.number


def _refuse_without_story(nomination: Nomination) -> None:
    if nomination.state == "anonymised" and not nomination.is_public:
        raise Refused(f"{nomination.number} has no story that could be taken back")


def _ended(season: Season, act: str, nomination: Nomination, state: State, step: Step) -> Change:
    """The change that ends a story; of one that is anonymised, the consents go as well, and no reason is kept."""
    if nomination.state != "anonymised":
        return change_of(act, step.by, replace(nomination, state=state, ended=step))
    ended = replace(nomination, ended=without_words(step))
    change = change_of(act, step.by, ended)
    files = {**change.files, **consents_gone(season, ended)}
    return Change(act=act, by=step.by, of=change.of, state=change.state, files=files)


def over(season: Season, nomination: Nomination) -> str:
    """Why a story may not be shown any more; empty while a consent holds and none that it names was taken back."""
    own = {each.number: each for each in season.consents_of(nomination)}
    for ref in named_in(season, nomination):
        if (consent := own.get(ref)) and consent.withdrawn:
            return f"the consent {ref}, on which it rests, was taken back on {consent.withdrawn}"
    consents = [each for each in own.values() if "story" in each.scope]
    if any(each.covers("story", season.today) for each in consents):
        return ""
    last = max((each.withdrawn or each.expires for each in consents), default=None)
    return f"no consent for the story holds since {last}" if last else "there is no consent for the story"


def named_in(season: Season, nomination: Nomination) -> tuple[str, ...]:
    """The numbers of the consents that a story names: as it is public now, else as it was released."""
    public = season.directory.stories.get(nomination.story)
    if public is not None and public.nominated_via == nomination.number:
        consents = (public.consent, *(q.consent for q in public.quotes), *(p.consent for p in public.photos))
        return tuple(each.ref for each in consents if each)
    draft = season.draft_of(nomination)
    story = draft.story if draft else {}
    places = (story, *story.get("quotes", ()), *story.get("photos", ()))
    return tuple(str(each["consent"].get("ref", "")) for each in places if each.get("consent"))


def _without_draft(season: Season, change: Change, nomination: Nomination) -> Change:
    """The change, which also removes the story and its photos that waited in the vault."""
    draft = season.draft_of(nomination)
    if draft is None:
        return change
    gone = {picture_path(nomination.number, file): None for file in draft.pictures}
    return Change(
        act=change.act,
        by=change.by,
        of=change.of,
        state=change.state,
        files={**change.files, draft_path(nomination.number): None},
        pictures=gone,
    )


def taken_back(season: Season, root: Path, nomination: Nomination) -> Public:
    """The public tree without a story's words, translations and photos; a notice stays in its place."""
    path = root / f"recognition/{nomination.story}.yml"
    if not path.is_file():
        raise Refused(
            f"the story of {nomination.number} is not in this tree: take one that has it, after its pull request was "
            "merged; or, if its branch was given up, say that the story stands nowhere"
        )
    former = texts_of(path.read_text("utf-8", errors="replace"))
    record = {**former, **TAKEN_BACK, "status": "withdrawn"}
    text = text_of({name: record[name] for name in KEPT if name in record})
    files: dict[str, bytes | None] = {f"recognition/{nomination.story}.yml": text.encode()}
    for gone in _goes_along(season, root, nomination, former):
        files[gone] = None
    return Public(files=files)


def _goes_along(season: Season, root: Path, nomination: Nomination, former: dict[str, Any]) -> Iterator[str]:
    """The story's photos that no other story shows, and its translations."""
    stories = season.directory.stories.items()
    others = {photo.file for address, story in stories if address != nomination.story for photo in story.photos}
    photos = (str(each.get("file")) for each in former.get("photos", ()) if isinstance(each, dict))
    yield from (f"{PHOTOS}/{file}" for file in photos if file not in others)
    for path in sorted(root.glob(f"translations/*/recognition/{nomination.story}.yml")):
        yield path.relative_to(root).as_posix()
