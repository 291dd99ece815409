"""A season as the vault has it on a day: every nomination with its reviews and consents, and the district's rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from generator.directory import Directory
from generator.model import Recognition
from generator.nearest import nearest
from generator.nominations.model import (
    Draft,
    Nomination,
    Permission,
    Review,
    draft_path,
    held,
)
from generator.problems import SetupError
from generator.vault.settings import Person
from generator.vault.storage import Vault, has_new_settings, names, read_data

YML = ".yml"
LAST_NUMBER = 9999


class Refused(Exception):  # noqa: N818 - not an error: somebody asked for what the rules do not allow yet
    """A gate that is closed: what is missing, one sentence each."""

    def __init__(self, *missing: str) -> None:
        """The sentences, in the order in which they are to be mended."""
        super().__init__("\n".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """All that gates have to know. Reviews are by nomination, in the order of reviewers' short names."""

    vault: Vault
    directory: Directory
    rubric: Recognition
    today: date
    nominations: Mapping[str, Nomination]
    reviews: Mapping[str, tuple[Review, ...]]
    consents: Mapping[str, Permission]

    def nomination(self, number: str) -> Nomination:
        """The nomination of that number; SetupError when there is none."""
        if number not in self.nominations:
            near = nearest(number, tuple(self.nominations))
            raise SetupError(f'there is no nomination "{number}"' + (f'; did you mean "{near}"?' if near else ""))
        return self.nominations[number]

    def person(self, short_name: str) -> Person:
        """The member of staff of that short name."""
        return self.vault.settings.person(short_name)

    def reviews_of(self, nomination: Nomination) -> tuple[Review, ...]:
        """Every review of a nomination."""
        return self.reviews.get(nomination.number, ())

    def consents_of(self, nomination: Nomination) -> tuple[Permission, ...]:
        """Every consent for a nomination, by number."""
        return tuple(each for each in self.consents.values() if each.of == nomination.number)

    def draft_of(self, nomination: Nomination) -> Draft | None:
        """The story of a nomination that waits for its day."""
        path = draft_path(nomination.number)
        data = read_data(self.vault, path)
        return held(Draft, data, path) if data else None


def open_season(vault: Vault, directory: Directory, today: date) -> Season:
    """The season of a vault; SetupError when a file is not as the ledger says."""
    if has_new_settings(vault):
        raise SetupError("vault.yml was edited; put it on record first: partners nominations settings")
    reviews: dict[str, list[Review]] = {}
    for path, data in _files(vault, "reviews"):
        reviews.setdefault(path.split("/")[1], []).append(held(Review, data, path))
    nominations = {_stem(path): held(Nomination, data, path) for path, data in _files(vault, "nominations")}
    consents = {_stem(path): held(Permission, data, path) for path, data in _files(vault, "consents")}
    return Season(
        vault=vault,
        directory=directory,
        rubric=directory.recognition or Recognition(),
        today=today,
        nominations=MappingProxyType(nominations),
        reviews=MappingProxyType({number: tuple(each) for number, each in reviews.items()}),
        consents=MappingProxyType(consents),
    )


def _files(vault: Vault, folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(path, data) of every file that the ledger knows in a folder, or that lies there."""
    known = {path for path in vault.ledger.digests if path.startswith(f"{folder}/")}
    for path in sorted(known.union(names(vault, folder))):
        data = read_data(vault, path)
        if data is not None:
            yield path, data


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(YML)


def unknown_ties(season: Season) -> Iterator[str]:
    """A sentence for each tie of a member of staff to a partner that the directory does not have."""
    known = season.directory.partners
    for person in season.vault.settings.staff:
        for slug in person.affiliations:
            if slug not in known and not person.left:
                near = nearest(slug, tuple(known))
                yield (
                    f'vault.yml says that {person.id} has ties to "{slug}", and the directory has no such partner'
                    + (f' (did you mean "{near}"?)' if near else "")
                    + ": until that is mended, it keeps nobody from judging"
                )


def next_numbers(season: Season, letter: str) -> Iterator[str]:
    """The next numbers of nominations ("N") or consents ("C") of this year; none is ever given twice.

    Refused when there is none left: a number has four digits wherever it stands.
    """
    start = f"{letter}-{season.today.year}-"
    folder = {"N": "nominations/", "C": "consents/"}[letter]
    paths = (path for entry in season.vault.ledger.entries for path in entry.files)
    used = [int(path[-8:-4]) for path in paths if path.startswith(folder + start)]
    yield from (f"{start}{count:04}" for count in range(max(used, default=0) + 1, LAST_NUMBER + 1))
    raise Refused(f"{start}{LAST_NUMBER} is the last number of this year; take the rest into a vault of its own")
