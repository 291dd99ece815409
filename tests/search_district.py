"""An invented district for golden queries: sixty programs over all focus areas, each in seven languages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.building.rendering import render
from generator.directory import Directory
from generator.languages import fingerprint
from generator.model import Cost
from generator.plan import Plan
from generator.records.folders import Project
from generator.words.translations import Translation
from tests.finder_district import TODAY, directory, locale, partner, program

CASES = Path(__file__).resolve().parent / "cases/search/programs.yml"
LANGUAGES = ("en", "es", "so", "vi", "zh-Hant", "am", "ar")


def cases() -> Mapping[str, Mapping[str, Any]]:
    """The programs by slug: name, focus, cost, audience, and a sentence by language."""
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(CASES.read_text("utf-8"))
    return found


def district() -> Directory:
    """The whole; each program has a partner of the same name, and translations by people."""
    partners = []
    translations = {}
    for slug, case in cases().items():
        offered = program(
            slug,
            name=case["name"],
            summary=case["en"],
            focus=tuple(case["focus"]),
            cost=Cost(kind=case["cost"]),
            audience=tuple(case["audience"]),
        )
        summary = f"{case['name']} works with families in Riverbend."
        partners.append(
            partner(slug, offered, name=f"{case['name']} Partners", summary=summary, focus=tuple(case["focus"]))
        )
        for language in LANGUAGES[1:]:
            entry = Translation(text=case[language], source=fingerprint(case["en"]), by="human", on=TODAY)
            translations[language, f"partners/{slug}"] = {f"programs/{slug}/summary": entry}
    return directory(partners, translations=translations)


def build(repository: Path, out: Path) -> None:
    """The district's site with its search indexes."""
    whole = district()
    locales = tuple(locale(whole, language, repository / "translations") for language in LANGUAGES)
    render(Plan(project=Project(root=repository), directory=whole, locales=locales, today=TODAY), out)
