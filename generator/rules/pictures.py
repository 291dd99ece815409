"""Rules about logos and photos, and the words that stand for them."""

from collections.abc import Iterator

from generator.model import Partner, Story
from generator.records.folders import BY_NAME
from generator.records.load import Loaded
from generator.rules.records import is_lost, records
from generator.rules.rule import Finding, Subject
from generator.source import Route

LOGOS = "partners/logos"
PHOTOS = "recognition/photos"


def logo_without_words(subject: Subject[Partner]) -> Iterator[Finding]:
    """A logo has "logo_alt": what people who cannot see it hear instead."""
    if subject.record.logo and not subject.record.logo_alt:
        yield Finding(
            route=("logo",),
            message='the logo has no "logo_alt"',
            hint=f"write for example: logo_alt: Logo of {subject.record.name}",
        )


def missing_picture(loaded: Loaded) -> Iterator[Finding]:
    """A logo lies in partners/logos/, a photo in recognition/photos/, under the name that the record gives."""
    present = {file.path for file in loaded.pictures}
    for path, route, picture in named(loaded):
        if picture not in present and not is_lost(loaded, picture):
            folder, _, name = picture.rpartition("/")
            yield Finding(
                path=path,
                route=route,
                message=f"there is no {picture}",
                hint=f"put the picture into {folder}/ as {name}; capitals count",
            )


def unused_picture(loaded: Loaded) -> Iterator[Finding]:
    """A picture that no record names is taken out."""
    if loaded.strays or any(loaded.is_bad(file) for kind in BY_NAME for file in loaded.files_of(kind)):
        return  # a record that could not be read may name it
    shown = {picture for _, _, picture in named(loaded)}
    for file in loaded.pictures:
        if file.path not in shown:
            yield Finding(
                path=file.path,
                message="no record names this picture",
                hint="delete it, or name it in its record",
            )


def named(loaded: Loaded) -> Iterator[tuple[str, Route, str]]:
    """Record, route and path of every picture that a record names."""
    for path, partner in records(loaded, Partner):
        if partner.logo:
            yield path, ("logo",), f"{LOGOS}/{partner.logo}"
    for path, story in records(loaded, Story):
        for number, photo in enumerate(story.photos):
            yield path, ("photos", number, "file"), f"{PHOTOS}/{photo.file}"
