"""Rules about permission: to tell a story, to show words, names and pictures, and for how long."""

from collections.abc import Iterator
from datetime import timedelta

from generator.model import Consent, Story
from generator.records.load import Loaded
from generator.rules.records import records
from generator.rules.rule import Finding, Subject
from generator.source import Route

NOTICE_DAYS = 30

_LOST = {"quotes": "the name is left out of the site", "photos": "the photo is left out of the site"}


def uncovered_consent(subject: Subject[Story]) -> Iterator[Finding]:
    """A consent covers what it is given for: a name needs the scope "name", a photo "photo", a story "story"."""
    story = subject.record
    for route, consent in _consents(story):
        needed = {"quotes": "name", "photos": "photo"}.get(str(route[0]), "story")
        is_used = needed != "name" or bool(story.quotes[int(route[1])].name)
        if is_used and needed not in consent.scope:
            yield Finding(
                route=(*route, "scope"),
                message=f'this consent does not cover "{needed}"',
                hint=f'ask for it, then add "{needed}" to the scope; or leave the {needed} out',
            )


def expired_consent(loaded: Loaded) -> Iterator[Finding]:
    """A consent that has run out is renewed, or what it was given for is taken out."""
    for path, route, consent in _all_consents(loaded):
        if consent.expires < loaded.today:
            lost = _LOST.get(str(route[0]), "the story is left out of the site")
            yield Finding(
                path=path,
                route=(*route, "expires"),
                message=f"this consent ran out on {consent.expires}; {lost}",
                hint="renew the consent and write its new number and end, or delete what it was for",
            )


def expiring_consent(loaded: Loaded) -> Iterator[Finding]:
    """A consent that runs out within 30 days is renewed in time."""
    soon = loaded.today + timedelta(days=NOTICE_DAYS)
    for path, route, consent in _all_consents(loaded):
        if loaded.today <= consent.expires <= soon:
            yield Finding(
                path=path,
                route=(*route, "expires"),
                message=f"this consent runs out on {consent.expires}",
                hint="ask for a new one now",
            )


def _all_consents(loaded: Loaded) -> Iterator[tuple[str, Route, Consent]]:
    for path, story in records(loaded, Story):
        if story.status == "published":
            for route, consent in _consents(story):
                yield path, route, consent


def _consents(story: Story) -> Iterator[tuple[Route, Consent]]:
    """Every consent of a story with its route."""
    if story.consent:
        yield ("consent",), story.consent
    for number, quote in enumerate(story.quotes):
        if quote.consent:
            yield ("quotes", number, "consent"), quote.consent
    for number, photo in enumerate(story.photos):
        yield ("photos", number, "consent"), photo.consent
