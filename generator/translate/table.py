"""CSV files for translators: one row for each form of a text, for spreadsheets and for agencies."""

import csv
from io import StringIO

from generator.problems import SetupError
from generator.translate.row import Row, Sheet, form_keys

COLUMNS = ("key", "english", "translation", "state", "language", "former_english", "notes")
NEEDED = ("key", "english", "translation")
CONFIRMED = ("human", "reviewed")
"""Who writes one of these into the column "state" says that the words are right as they are."""
SEPARATORS = ",;\t"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
"""With these a cell begins that a spreadsheet may take for a formula: it gets an apostrophe before it, as do cells that
begin with an apostrophe."""
_LONGEST_CELL = 65_536


def write(sheet: Sheet) -> bytes:
    """A sheet as CSV in UTF-8, with the mark by which spreadsheets know that encoding."""
    file = StringIO(newline="")
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for work in sheet.work:
        former = sheet.former.get(work.key, "")
        for key, english, words in form_keys(work):
            cells = (key, english, words, work.state, sheet.language, former, "; ".join(sheet.notes(work)))
            table.writerow(map(safe, cells))
    return file.getvalue().encode("utf-8-sig")


def read(content: bytes, name: str) -> tuple[str, tuple[Row, ...]]:
    """The language of a CSV file, "" when no row names it, and its rows, each with its line. Raises SetupError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].count(b"\n") + 1
        hint = 'save it as "CSV UTF-8"'
        raise SetupError(f"{name}:{before}: this file is not UTF-8; {hint}") from error
    csv.field_size_limit(_LONGEST_CELL)
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    table = csv.DictReader(StringIO(text, newline=""), delimiter=separator)
    lacks = [column for column in NEEDED if column not in (table.fieldnames or ())]
    if lacks:
        raise SetupError(f'{name}:1: there is no column "{lacks[0]}"; the columns are {", ".join(COLUMNS)}')
    rows, languages = [], set()
    try:
        for cells in table:
            rows.append(row_of(cells, table.line_num))
            languages.add(cells.get("language") or "")
    except csv.Error as error:
        raise SetupError(f"{name}:{table.line_num + 1}: cannot read this row: {error}") from error
    languages.discard("")
    if len(languages) > 1:
        raise SetupError(f"{name}: its rows are in several languages: {', '.join(sorted(languages))}")
    return next(iter(languages), ""), tuple(rows)


def row_of(cells: dict[str, str | None], line: int) -> Row:
    """A row of the table; `line` is the last one that it takes in the file."""
    key, english, words = (plain(cells.get(column) or "") for column in NEEDED)
    return Row(
        key=key.strip(),
        english=(english,),
        words=(words,),
        line=line - words.count("\n") - english.count("\n"),
        is_confirmed=(cells.get("state") or "").strip().lower() in CONFIRMED,
    )


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def plain(cell: str) -> str:
    """The text of a cell that was made safe."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell
