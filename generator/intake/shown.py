"""What a spreadsheet shows for a number: as a date, with its zeros in front, or rounded, by the cell's format."""

import re
from datetime import datetime, timedelta
from math import isfinite
from types import MappingProxyType

# Formats that workbooks name by number alone (ECMA-376 part 1, 18.8.30).
_DAY, _HOUR, _WHOLE, _CENTS = "yyyy-mm-dd", "hh:mm", "#,##0", "#,##0.00"
BUILT_IN = MappingProxyType(
    dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 59)), _DAY)
    | dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 46, 47), _HOUR)
    | dict.fromkeys((3, 37, 38), _WHOLE)
    | dict.fromkeys((4, 39, 40), _CENTS)
    | {1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 12: "# ?/?", 13: "# ??/??", 22: f"{_DAY} {_HOUR}", 49: "@"}
)
_QUOTED = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[\$[^\]]*\]|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color\d+)\]', re.I
)
_CONDITION = re.compile(r"\[(<=|>=|<|>|=)(-?[0-9.]+)\]")
_DIGITS = 15  # that a spreadsheet keeps
_FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_NO_SUCH_DAY = 60  # 29 February 1900, which spreadsheets count and the calendar does not
_LAST_DAY = 2_958_466  # the day after 9999-12-31


def shown(text: str, form: str, *, from_1904: bool = False) -> str:
    """The number that stands in a cell (as XML has it) as people see it; dates and times as ISO 8601 writes them.

    Signs of currency and thousands are left out. Raises ValueError for what is no number, or no day.
    """
    number = float(text)
    if not isfinite(number):
        raise ValueError("this is no number")
    section = _section(form, number)
    plain = _QUOTED.sub("", section)
    if _is_date(plain):
        return _date(number, plain, from_1904=from_1904)
    if "%" in plain:
        return f"{_rounded(number * 100, plain)}%"
    if _is_template(section):
        return _filled(number, section)
    return _rounded(number, plain)


def _section(form: str, number: float) -> str:
    """The part of a format that is for this number: positive; negative; zero, or by conditions in brackets."""
    parts: list[str] = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', form)
    for part in parts:
        found = _CONDITION.search(part)
        if found and _holds(number, found[1], float(found[2])):
            return part.replace(found[0], "")
    rest = [part for part in parts if not _CONDITION.search(part)]
    has_minus = len(rest) > 1 and number < 0 and len(rest) == len(parts)
    return f"{rest[has_minus]}" if rest else ""


def _holds(number: float, sign: str, limit: float) -> bool:
    return {
        "<=": number <= limit,
        ">=": number >= limit,
        "<": number < limit,
        ">": number > limit,
        "=": number == limit,
    }[sign]


def _is_date(plain: str) -> bool:
    without = re.sub(r"general|[#0?.,/ ]|AM/PM|A/P", "", plain, flags=re.IGNORECASE)
    return re.search(r"[ymdhs]", without, re.IGNORECASE) is not None and "#" not in plain


def _date(number: float, plain: str, *, from_1904: bool) -> str:
    """A serial number of days as a date, a time of day or both, as the format asks."""
    if not 0 <= number < _LAST_DAY or (int(number) == _NO_SUCH_DAY and not from_1904):
        raise ValueError("there is no such day")
    days = number + (1 if number < _NO_SUCH_DAY and not from_1904 else 0)
    moment = _FIRST_DAY[from_1904] + timedelta(seconds=round(days * 86_400))
    has_day = re.search(r"[yd]|m{3}", plain, re.IGNORECASE) is not None
    if not has_day and number < 1:
        return moment.strftime("%H:%M")
    return moment.strftime("%Y-%m-%dT%H:%M") if moment.hour or moment.minute else moment.strftime("%Y-%m-%d")


def _is_template(section: str) -> bool:
    """Whether a format puts digits into a pattern, as for ZIP codes and telephone numbers: 00000, (###) ###-####."""
    bare = re.sub(r'["\\]', "", section)
    if re.fullmatch(r"0{2,}", bare):
        return True
    return re.fullmatch(r"[0#() -]*[0#][() -]+[0#][0#() -]*", bare) is not None


def _filled(number: float, section: str) -> str:
    """The digits of a whole number in the places of a pattern, from its end."""
    digits = list(str(abs(round(number))))
    made: list[str] = []
    for sign in reversed(re.sub(r'["\\]', "", section)):
        if sign not in "0#":
            made.append(sign)
        elif digits:
            made.append(digits.pop())
        elif sign == "0":
            made.append("0")
    return ("".join(digits) + "".join(reversed(made))).strip()


def _rounded(number: float, plain: str) -> str:
    """The number with as many digits after the point as its format shows; all of them where it does not say."""
    if re.search("[0#]", plain) and "/" not in plain and not re.search("E[+-]", plain):
        places = re.search(r"\.([0#?]+)", plain)
        fixed = places[1] if places else ""
        text = f"{number:.{len(fixed)}f}"
        spare = len(fixed) - fixed.count("0")
        while spare and text.endswith("0"):
            text, spare = text[:-1], spare - 1
        return str(text.rstrip("."))
    return _plain(number)


def _plain(number: float) -> str:
    if number == int(number) and abs(number) < 10**_DIGITS:
        return str(int(number))
    short = f"{number:.{_DIGITS}g}"
    return f"{float(short):f}".rstrip("0").rstrip(".") if "e" in short else short
