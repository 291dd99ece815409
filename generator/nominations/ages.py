"""A child's age or grade in the languages of nominations: beside a name, it can tell who is meant."""

import re
import unicodedata
from collections.abc import Iterator

WHAT = "age or grade that may be a child's"
_AGE = r"(?<![\w.,-])(?:[3-9]|1[0-8])"
_GRADE = "(?:1[0-2]|[1-9])"
_HAN = "[一二三四五六七八九十]"
_PATTERNS = (
    rf"{_AGE} ?a[nñ](?:it)?os\b",  # Spanish
    r"\b(?:primer|segundo|tercer|cuarto|quinto|sexto|s[eé]ptimo|octavo|noveno|d[eé]cimo) (?:grado|a[nñ]o)\b",
    rf"{_AGE} ?tuổi\b|\blớp {_GRADE}\b",  # Vietnamese
    rf"{_AGE} (?:na )?(?:taong gulang|taon)\b|\bika-?{_GRADE} (?:na )?baitang\b|\bbaitang {_GRADE}\b",  # Tagalog
    rf"{_AGE} (?:sano )?jir\b|\bfasalka {_GRADE}(?:aad)?\b",  # Somali
    rf"\b(?:umurii|umriin|waggaa) (?:[3-9]|1[0-8])\b|\bkutaa {_GRADE}\b",  # Oromo
    rf"{_AGE} ?(?:سنوات|سنة|سنه|عام|أعوام|اعوام)|الصف ال[اثخسر]",  # Arabic
    rf"{_AGE} ?[ዓአ]መ[ትተቱቷ]|{_GRADE}(?:ኛ|ተኛ|ይ)? ?ክፍል",  # Amharic, Tigrinya
    rf"(?:(?:[3-9]|1[0-8])|{_HAN}{{1,2}}) ?[岁歲]|{_HAN} ?年[级級]",  # Chinese
)
_ANY = re.compile("|".join(_PATTERNS), re.IGNORECASE)


def ages(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what it is) of each age or grade in a text, in other languages than English."""
    plain = text if text.isascii() else "".join(map(_digit, text))
    yield from ((found.start(), found.end(), WHAT) for found in _ANY.finditer(plain))


def _digit(letter: str) -> str:
    """A digit of any script as 0-9; other letters as they are."""
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
