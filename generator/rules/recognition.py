"""Rules about how a district judges nominations."""

from collections.abc import Iterator

from msgspec import to_builtins

from generator.jwk import thumbprint
from generator.model import Recognition
from generator.rules.rule import Finding, Subject


def unanchored_criterion(subject: Subject[Recognition]) -> Iterator[Finding]:
    """Of every criterion it is said what the lowest and the highest score mean, and of no score that does not exist."""
    rubric = subject.record
    if "criteria" not in subject.document.data:
        yield from _unlike_the_usual(subject)
        return
    for number, criterion in enumerate(rubric.criteria):
        scores = [anchor.score for anchor in criterion.anchors]
        for missing in {rubric.lowest, rubric.highest}.difference(scores):
            yield Finding(
                route=("criteria", number, "anchors"),
                message=f'nothing says what the score {missing} means for "{criterion.slug}"',
                hint="add an anchor with this score",
            )
        for place, score in enumerate(scores):
            if not rubric.lowest <= score <= rubric.highest:
                yield Finding(
                    route=("criteria", number, "anchors", place, "score"),
                    message=f"there is no score {score}: scores go from {rubric.lowest} to {rubric.highest}",
                    hint="write a score that exists",
                )


def _unlike_the_usual(subject: Subject[Recognition]) -> Iterator[Finding]:
    """Other scores than those for which the generator's own criteria have anchors."""
    usual = Recognition()
    for name in ("lowest", "highest"):
        wanted = getattr(usual, name)
        if getattr(subject.record, name) != wanted:
            yield Finding(
                route=(name,),
                message='nothing says what this score means: "criteria" is missing, and the usual ones go no further',
                hint=f'write "{name}: {wanted}", or criteria with anchors of your own',
            )


def unreachable_score(subject: Subject[Recognition]) -> Iterator[Finding]:
    """Scores can be as far apart as calls one more reviewer, and as high as speaks for a recognition."""
    rubric, data = subject.record, subject.document.data
    width = rubric.highest - rubric.lowest
    if rubric.spread > width:
        yield Finding(
            route=("spread",) if "spread" in data else (),
            message=f"no two scores are {rubric.spread} apart, so one more reviewer would never be called",
            hint=f'scores go from {rubric.lowest} to {rubric.highest}; write a "spread" from 1 to {width}',
        )
    if rubric.recommended_from > rubric.highest:
        yield Finding(
            route=("recommended_from",) if "recommended_from" in data else (),
            message=f"no mean is {rubric.recommended_from:g}, so scores would never speak for a recognition",
            hint=f'scores go from {rubric.lowest} to {rubric.highest}; write a "recommended_from" between them',
        )


def unopened_window(subject: Subject[Recognition]) -> Iterator[Finding]:
    """Nominations close after they open."""
    for number, window in enumerate(subject.record.windows):
        if window.closes < window.opens:
            yield Finding(
                route=("windows", number, "closes"),
                message=f"nominations close on {window.closes}, before they open on {window.opens}",
                hint="perhaps the two changed places",
            )


def private_key(subject: Subject[Recognition]) -> Iterator[Finding]:
    """The private part of the key to which nominations are sealed never stands in a public file."""
    if "d" in subject.document.data.get("key", {}):
        yield Finding(
            route=("key", "d"),
            message="this is the private part of a key: whoever has it can open every nomination",
            hint="take it out of the history as well, and make another key: partners nominations key --another",
            is_private=True,
        )


def broken_key(subject: Subject[Recognition]) -> Iterator[Finding]:
    """The key to which nominations are sealed is a point of the curve P-256, under the name that follows from it."""
    key = subject.record.key
    if key is None:
        return
    name = thumbprint(to_builtins(key))
    if not name:
        yield Finding(
            route=("key", "x"),
            message="x and y are no point of the curve P-256, so nothing can be sealed to this key",
            hint="copy the key again: partners nominations key --show",
            is_private=True,
        )
    elif name != key.kid:
        yield Finding(
            route=("key", "kid"),
            message="this is not the name of this key",
            hint=f'did you mean "{name}"?',
            is_private=True,  # on the same line may stand what is private
        )
