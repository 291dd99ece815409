"""Excel workbooks for tests, written part by part, so that a test can spoil any of them."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Cell = str | int | float | tuple[object, str]
"""A text, a number, or a number with the format in which it is shown."""


def letters(column: int) -> str:
    """The name of a column, from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def sheet(
    rows: Sequence[Sequence[Cell | None]], formats: list[str], *, merged: Sequence[str] = (), extra: str = ""
) -> str:
    """The XML of a sheet; formats that its cells need are added to the list. `extra` stands among the rows."""
    lines = []
    for number, cells in enumerate(rows, 1):
        made = "".join(
            _cell(f"{letters(column)}{number}", cell, formats) for column, cell in enumerate(cells) if cell is not None
        )
        lines.append(f'<row r="{number}">{made}</row>')
    merges = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
    after = f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merged else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}{extra}</sheetData>{after}</worksheet>'


def _cell(place: str, cell: Cell, formats: list[str]) -> str:
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    value, form = cell if isinstance(cell, tuple) else (cell, "General")
    if form not in formats:
        formats.append(form)
    return f'<c r="{place}" s="{formats.index(form)}"><v>{value}</v></c>'


def parts(sheets: Mapping[str, str], formats: Sequence[str] = (), *, from_1904: bool = False) -> dict[str, str]:
    """The parts of a workbook by name."""
    names = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    numbers = "".join(f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(f)}/>' for n, f in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(formats)))
    date = '<workbookPr date1904="1"/>' if from_1904 else ""
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{date}<sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}<Relationship Id="s" '
        f'Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{numbers}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
    }


def write(path: Path, contents: Mapping[str, str]) -> Path:
    """A workbook of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, xml in contents.items():
            file.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return path


def workbook(
    path: Path,
    rows: Sequence[Sequence[Cell | None]],
    *,
    merged: Sequence[str] = (),
    extra: str = "",
    from_1904: bool = False,
) -> Path:
    """A workbook with one sheet of these rows."""
    formats: list[str] = []
    xml = sheet(rows, formats, merged=merged, extra=extra)
    return write(path, parts({"Answers": xml}, formats, from_1904=from_1904))
