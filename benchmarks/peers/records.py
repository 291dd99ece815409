"""The records of an invented district as its files have them, with their translations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, convert

from generator.model import District, Partner, School
from generator.problems import SetupError
from generator.records.folders import SOFTWARE
from generator.source import read
from generator.vocabulary import Vocabulary, load_vocabularies
from generator.words.interface import read_catalogue

ENGLISH = "en"

Record = TypeVar("Record", bound=Struct)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What the peers' pages are made from: the district, its partners and schools in the order of their files."""

    district: District
    partners: tuple[Partner, ...]
    schools: tuple[School, ...]

    @property
    def pages(self) -> int:
        """How many pages a family reads in one language: partners, their programs and schools."""
        return len(self.partners) + sum(len(partner.programs) for partner in self.partners) + len(self.schools)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One language of the district: the interface's words, the labels of terms and the records' own words."""

    language: str
    name: str
    direction: str
    folder: Path
    catalogue: NullTranslations
    vocabularies: Mapping[str, Vocabulary]

    def say(self, message: str) -> str:
        """The interface's words, or the English of them."""
        return self.catalogue.gettext(message)

    def terms(self, vocabulary: str, *ids: str) -> str:
        """The labels of terms, with commas between them."""
        known = self.vocabularies[vocabulary]
        return ", ".join(self.catalogue.pgettext(vocabulary, known.by_id[i].label) for i in ids if i in known.by_id)

    def translations(self, record: str) -> dict[str, str]:
        """The translated texts of a record such as `partners/river-food-bank`, by their paths in it."""
        file = self.folder / "translations" / self.language / f"{record}.yml"
        if self.language == ENGLISH or not file.is_file():
            return {}
        return {path: field["text"] for path, field in data(file).items()}


def read_records(folder: Path) -> Records:
    """The records of a district's folder."""
    (district,) = records(folder / "district", District, "district.yml")
    return Records(
        district=district,
        partners=tuple(records(folder / "partners", Partner)),
        schools=tuple(records(folder / "district/schools", School)),
    )


def records(folder: Path, kind: type[Record], pattern: str = "*.yml") -> Iterator[Record]:
    """The records of a folder, by file."""
    for file in sorted(folder.glob(pattern)):
        yield convert({**data(file), "slug": file.stem}, kind, strict=False)


def data(file: Path) -> dict[str, Any]:
    """What a file of the sample says; a SetupError when it cannot be read, which no sample should ever cause."""
    document, problems = read(file, relative=file.name)
    if document is None:
        raise SetupError(f"{file}: {problems[0].message}")
    return document.data


def speaker(folder: Path, language: str) -> Speaker:
    """A language of the district in that folder."""
    vocabularies = load_vocabularies(SOFTWARE / "schema/vocabularies")
    known = vocabularies["languages"].by_id[language]
    return Speaker(
        language=language,
        name=known.endonym or known.label,
        direction=known.direction or "ltr",
        folder=folder,
        catalogue=read_catalogue(SOFTWARE / "translations" / language / "interface.po", language),
        vocabularies=vocabularies,
    )
