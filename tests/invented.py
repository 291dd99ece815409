"""An invented district for tests, made by the sample command's own functions."""

from datetime import date
from pathlib import Path

from generator.check import Checked, check
from generator.records.folders import SOFTWARE, Project
from generator.sample.files import SampleFile, files
from generator.sample.folder import replace
from generator.sample.setting import Setting
from generator.schema.shapes import load_shapes
from generator.vocabulary import load_vocabularies

DAY = date(2026, 11, 2)
DAY_SECONDS = "1793620800"  # noon of that day, UTC, for SOURCE_DATE_EPOCH


def setting(
    *, partners: int = 12, schools: int = 6, languages: tuple[str, ...] = ("en", "es", "ar"), seed: int = 1
) -> Setting:
    """The setting of a small district on `DAY`."""
    return Setting(
        partners=partners,
        schools=schools,
        languages=languages,
        seed=seed,
        today=DAY,
        vocabularies=load_vocabularies(SOFTWARE / "schema/vocabularies"),
    )


def sample_files(wanted: Setting) -> dict[str, SampleFile]:
    """Every file of the district by its path."""
    return {file.path: file for file in files(wanted, load_shapes(SOFTWARE / "schema"))}


def write_district(folder: Path, wanted: Setting) -> Path:
    """Write the district into a folder, and return it."""
    replace(folder, "partners sample", files(wanted, load_shapes(SOFTWARE / "schema")))
    return folder


def checked(folder: Path) -> Checked:
    """The check of a district's folder on `DAY`."""
    return check(Project(root=folder), today=DAY)
