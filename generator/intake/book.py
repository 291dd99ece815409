"""What all sheets of a workbook (XLSX, ECMA-376) share: their names, texts, and formats of cells."""

from dataclasses import dataclass

from generator.intake.package import Package
from generator.intake.shown import BUILT_IN

_TEXT_LIMIT = 40_000  # characters of a cell; Excel allows 32,767


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a workbook, and the part that holds it."""

    name: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What all sheets of a workbook share: texts, formats of cells by number, and how its days are counted."""

    package: Package
    sheets: tuple[Sheet, ...]
    texts: list[str]
    formats: list[str]
    from_1904: bool


def book_of(package: Package) -> Book:
    """The workbook of an open file."""
    main = next((part for kind, part in package.related("").values() if kind == "officeDocument"), "xl/workbook.xml")
    related = package.related(main)
    sheets: list[Sheet] = []
    dates: list[bool] = []

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "sheet":
            key = next((value for name, value in given.items() if name.endswith(":id")), "")
            kind, part = related.get(key, ("", ""))
            if kind == "worksheet":
                sheets.append(Sheet(name=given.get("name", ""), part=part))
        elif tag == "workbookPr":
            dates.append(given.get("date1904") in ("1", "true"))

    for _ in package.read(main, start):
        pass
    parts = dict(related.values())
    texts = _texts(package, parts["sharedStrings"]) if "sharedStrings" in parts else []
    formats = _formats(package, parts["styles"]) if "styles" in parts else []
    return Book(package=package, sheets=tuple(sheets), texts=texts, formats=formats, from_1904=any(dates))


def _texts(package: Package, part: str) -> list[str]:
    """The texts that cells name by number; how they are to be spoken (rPh) is left out."""
    texts: list[str] = []
    state = {"t": False, "rPh": False}
    pieces: list[str] = []

    def start(tag: str, given: dict[str, str]) -> None:
        if tag in state:
            state[tag] = True

    def end(tag: str) -> None:
        if tag in state:
            state[tag] = False
        elif tag == "si":
            texts.append("".join(pieces)[:_TEXT_LIMIT])
            pieces.clear()

    def text(words: str) -> None:
        if state["t"] and not state["rPh"]:
            pieces.append(words)

    for _ in package.read(part, start, end, text):
        pass
    return texts


def _formats(package: Package, part: str) -> list[str]:
    """The number format of every style of a cell."""
    own: dict[int, str] = {}
    styles: list[int] = []
    inside: list[str] = []

    def start(tag: str, given: dict[str, str]) -> None:
        inside.append(tag)
        if tag == "numFmt":
            own[number(given.get("numFmtId"))] = given.get("formatCode", "")
        elif tag == "xf" and "cellXfs" in inside:
            styles.append(number(given.get("numFmtId")))

    for _ in package.read(part, start, lambda _: inside.__delitem__(-1)):
        pass
    return [own.get(style, BUILT_IN.get(style, "")) for style in styles]


def number(text: str | None) -> int:
    """A number that a workbook gives to one of its things; 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
