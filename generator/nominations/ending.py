"""How a story leaves the site: taken back by somebody, or because no consent for it holds any more."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from generator.nominations import gates
from generator.nominations.acts import change_of, refuse
from generator.nominations.model import Nomination, Step, draft_path, picture_path
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
    if nomination.state == "anonymised" and not nomination.is_public:
        raise Refused(f"{number} has no story that could be withdrawn")
    state = nomination.state if nomination.state == "anonymised" else "withdrawn"
    ended = replace(nomination, state=state, ended=Step(by=by, on=season.today, reason=reason, outcome="withdrawn"))
    change = change_of("withdraw", by, ended)
    public = taken_back(season, root, nomination) if nomination.is_public and not unmerged else Public()
    return _without_draft(season, change, nomination), public


def expire(season: Season, root: Path, number: str, *, by: str) -> tuple[Change, Public]:
    """End a published story whose consent has run out or was taken back."""
    nomination = season.nomination(number)
    refuse((*gates.state(nomination, "expire"), *gates.role(season.person(by), "coordinator")))
    why = over(season, nomination)
    if not why:
        raise Refused(f"the consent for the story of {number} still holds; to take it down anyway: withdraw")
    ended = Step(by=by, on=season.today, reason=why, outcome="expired")
    change = change_of("expire", by, replace(nomination, state="expired", ended=ended))
    return _without_draft(season, change, nomination), taken_back(season, root, nomination)


def over(season: Season, nomination: Nomination) -> str:
    """Why a story may not be shown any more; empty while a consent for it holds."""
    consents = [each for each in season.consents_of(nomination) if "story" in each.scope]
    if any(each.covers("story", season.today) for each in consents):
        return ""
    last = max((each.withdrawn or each.expires for each in consents), default=None)
    return f"no consent for the story holds since {last}" if last else "there is no consent for the story"


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
