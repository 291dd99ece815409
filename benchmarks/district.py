"""The invented districts to measure with: anybody can make the same ones again."""

import re
from dataclasses import dataclass

LANGUAGES = ("en", "es", "ar", "vi", "so", "am", "zh-Hant", "ti")
SCHOOLS = 60
"""In every district, so that a larger one has more partners and nothing else."""
SEED = 1
SIZE = re.compile(r"([1-9][0-9]{0,5})(?:[x×*]([1-9]))?")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class District:
    """An invented district; the same numbers always give the same one."""

    partners: int
    count: int = 1  # of languages

    @property
    def name(self) -> str:
        """Its size as the tables have it: partners × languages."""
        return f"{self.partners:,} × {self.count}"

    @property
    def word(self) -> str:
        """Its size as the command line has it, and its folder."""
        return f"{self.partners}x{self.count}"

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of its languages, English first."""
        return LANGUAGES[: self.count]


def district(size: str) -> District:
    """The district of a size such as `500x8` or `500`; ValueError says what is wrong with it."""
    found = SIZE.fullmatch(size.strip())
    count = int(found[2] or 1) if found else 0
    if not found or count > len(LANGUAGES):
        raise ValueError(
            f'"{size}" is no size: write partners x languages, such as 500x8; at most {len(LANGUAGES)} languages'
        )
    return District(partners=int(found[1]), count=count)
