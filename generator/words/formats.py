"""How languages write dates, times of day, lists and distances where CLDR is poor, or families here write otherwise.

Everything else is CLDR's (through Babel). All days are of the Gregorian calendar, and all digits are Western, in
Arabic as well: so telephone numbers, prices and addresses stand on the same page, and so public services in the
United States print them. Numbers have commas and points as prices do, or “1.200 families” and “$1,200” would stand
side by side.

Sources, beside CLDR 48: glibc's locales `om_ET`, `ti_ER`, `so_SO` and `am_ET` for months and parts of the day; words
for miles as in our own catalogues (`translations/<language>/interface.po`), so that a page has one word for one thing.

- Amharic, Tigrinya: months have the names that they bear in the Gregorian calendar; those of Tigrinya are Eritrea's.
  Clocks count from midnight. Noon and midnight are named, because “12:00 in the morning” is 6 AM to those who count
  from sunrise, and so is every part of the day.
- Oromo: CLDR has no word for “and”, no mile, and spells some months unlike any book.
- Somali: CLDR's GH and GD are seldom seen; notices say subaxnimo, galabnimo, habeennimo.
- Vietnamese, Chinese: parts of the day as people say them (CLDR's flexible day periods); SA and CH, 上午12:00 and
  下午12:00 are read wrongly.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """What one language writes in its own way; what is empty is CLDR's.

    `months` are the names of the twelve months inside a date. `date` and `month` are patterns for a day and for a
    month, with `{day}`, `{month}` and `{year}`. `hours` tells from which time of day (`HH:MM`) on which pattern holds,
    with `{}` for the clock's `3:30`. `comma` stands between several things, `last` before the last one. `miles` has
    `{}` for the number.
    """

    months: tuple[str, ...] = ()
    date: str = ""
    month: str = ""
    hours: tuple[tuple[str, str], ...] = ()
    comma: str = ""
    last: str = ""
    miles: str = ""


def names(words: str) -> tuple[str, ...]:
    """The words, one by one."""
    return tuple(words.split())


LEFT_TO_RIGHT = (
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"  # an e-mail address
    r"|(?<![\w.-])\+?(?:[0-9]{1,3}[ .-])?(?:\([0-9]{3}\) ?|[0-9]{3}[ .-])[0-9]{3}[ .-][0-9]{4}(?![\w-])"  # a phone
    r"|(?<![\w-])20[0-9]{2}[-\u2013][0-9]{2}(?![\w-])"  # a school year
    r"|(?<![\w$])\$[0-9][0-9,]*(?:\.[0-9]{2})?"  # a price
)
"""What keeps its own order inside words that run from right to left."""
_LEFT_TO_RIGHT = re.compile(LEFT_TO_RIGHT)
_TAG = re.compile(r"(<[^>]*>)")
MONTHS = 12
CHINESE_HOURS = (
    ("00:00", "午夜{}"),
    ("00:01", "凌晨{}"),
    ("05:00", "早上{}"),
    ("08:00", "上午{}"),
    ("12:00", "中午{}"),
    ("13:00", "下午{}"),
    ("19:00", "晚上{}"),
)
FORMATS: Mapping[str, Formats] = MappingProxyType(
    {
        "ar": Formats(
            hours=(
                ("00:00", "{} منتصف الليل"),
                ("00:01", "{} ص"),
                ("12:00", "{} ظهرًا"),
                ("12:01", "{} م"),
            )
        ),
        "am": Formats(
            months=names("ጃንዋሪ ፌብሩዋሪ ማርች ኤፕሪል ሜይ ጁን ጁላይ ኦገስት ሴፕቴምበር ኦክቶበር ኖቬምበር ዲሴምበር"),
            date="{month} {day}፣ {year}",
            month="{month} {year}",
            hours=(
                ("00:00", "እኩለ ሌሊት {}"),
                ("00:01", "ሌሊት {}"),
                ("06:00", "ጥዋት {}"),
                ("12:00", "ቀትር {}"),
                ("12:01", "ከሰዓት {}"),
                ("18:00", "ምሽት {}"),
            ),
            miles="{} ማይል",
        ),
        "ti": Formats(
            months=names("ጥሪ ለካቲት መጋቢት ሚያዝያ ግንቦት ሰነ ሓምለ ነሓሰ መስከረም ጥቅምቲ ሕዳር ታሕሳስ"),
            date="{month} {day}፣ {year}",
            month="{month} {year}",
            hours=(
                ("00:00", "ፍርቂ ለይቲ {}"),
                ("00:01", "{} ቅ.ቀ."),
                ("12:00", "ፍርቂ መዓልቲ {}"),
                ("12:01", "{} ድ.ቀ."),
            ),
            miles="{} ማይል",
        ),
        "om": Formats(
            months=names(
                "Amajjii Guraandhala Bitooteessa Ebla Caamsaa Waxabajjii "
                "Adooleessa Hagayya Fuulbana Onkololeessa Sadaasa Muddee"
            ),
            date="{month} {day}, {year}",
            month="{month} {year}",
            hours=(
                ("00:00", "halkan walakkaa {}"),
                ("00:01", "{} WD"),
                ("12:00", "guyyaa walakkaa {}"),
                ("12:01", "{} WB"),
            ),
            comma=", ",
            last=" fi ",
            miles="maayilii {}",
        ),
        "so": Formats(
            hours=(
                ("00:00", "{} habeennimo"),
                ("05:00", "{} subaxnimo"),
                ("12:00", "{} duhurnimo"),
                ("13:00", "{} galabnimo"),
                ("18:00", "{} habeennimo"),
            ),
            miles="{} mayl",
        ),
        "tl": Formats(
            hours=(
                ("00:00", "{} ng hatinggabi"),
                ("00:01", "{} AM"),
                ("12:00", "{} ng tanghali"),
                ("12:01", "{} PM"),
            )
        ),
        "vi": Formats(
            months=tuple(f"tháng {number}" for number in range(1, MONTHS + 1)),
            date="{day} {month} năm {year}",
            month="{month} năm {year}",
            hours=(
                ("00:00", "{} nửa đêm"),
                ("00:01", "{} đêm"),
                ("04:00", "{} sáng"),
                ("12:00", "{} trưa"),
                ("13:00", "{} chiều"),
                ("18:00", "{} tối"),
                ("22:00", "{} đêm"),
            ),
            miles="{} dặm",
        ),
        "zh-Hans": Formats(hours=CHINESE_HOURS, miles="{}英里"),
        "zh-Hant": Formats(hours=CHINESE_HOURS, miles="{}英里"),
    }
)
"""By language; one that is not here has CLDR's formats throughout."""
CLDR = Formats()


def clock_in(hours: tuple[tuple[str, str], ...], text: str) -> str:
    """A time of day (`HH:MM`) as the pattern says that holds then: `15:30` → “3:30 chiều”."""
    pattern = [pattern for start, pattern in hours if start <= text][-1]
    hour, minute = text.split(":")
    return pattern.format(f"{int(hour) % MONTHS or MONTHS}:{minute}")


def joined(items: tuple[str, ...], comma: str, last: str) -> str:
    """Several things as a list in words."""
    *first, end = items
    return f"{comma.join(first)}{last}{end}" if first else end


def isolated(text: str) -> str:
    """Words that run from right to left, in which telephone numbers, prices and the like keep their own order."""
    return _LEFT_TO_RIGHT.sub("\N{LEFT-TO-RIGHT ISOLATE}\\g<0>\N{POP DIRECTIONAL ISOLATE}", text)


def isolated_html(html: str) -> str:
    """The same for HTML, whose tags stay as they are."""
    return "".join(isolated(part) if number % 2 == 0 else part for number, part in enumerate(_TAG.split(html)))
