"""Rows out of CSV files and workbooks: what people see there, or the reason why a row or file cannot be read."""

import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.intake.delimited import is_formula
from generator.intake.encodings import ENCODINGS, mended
from generator.intake.readers import Told, open_table
from generator.intake.shown import shown
from generator.intake.table import Row, Table, fault_of
from generator.problems import SetupError
from tests.workbooks import parts, sheet, workbook, write

WANTED = ("Name", "Website")


def read(path: Path, *, told: Told | None = None, wanted: tuple[str, ...] = WANTED) -> tuple[Table, list[Row]]:
    with ExitStack() as stack:
        table = open_table(path, stack, wanted=wanted, told=told or Told())
        return table, list(table.rows)


def csv_file(folder: Path, content: str | bytes, name: str = "answers.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(path: Path, told: Told | None = None) -> list[tuple[str, ...]]:
    return [row.cells for row in read(path, told=told)[1]]


def fault(table: Table, row: Row) -> str:
    return fault_of(row, table.headings, range(len(table.headings)))[0]


@pytest.mark.parametrize("mark", (",", ";", "\t", "|"))
@pytest.mark.parametrize("start", ("", "\ufeff"))
@pytest.mark.parametrize("end", ("\n", "\r\n"))
def test_separators_marks_and_line_ends_are_found_out(tmp_path: Path, mark: str, start: str, end: str) -> None:
    text = start + mark.join(("Name", "Website")) + end + mark.join(('"A, B; C"', "x.example")) + end
    table, rows = read(csv_file(tmp_path, text))
    assert table.headings == ("Name", "Website")
    assert [(row.line, row.cells) for row in rows] == [(2, ("A, B; C", "x.example"))]


def test_the_headings_of_the_map_decide_between_separators(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Name;Website, if any;Focus, all\nA;b,c;d\n")
    assert read(path, wanted=("Name",))[0].headings == ("Name", "Website, if any", "Focus, all")


def test_two_likely_separators_have_to_be_told(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "a;b,c\nd;e,f\n")
    with pytest.raises(SetupError, match="--separator"):
        read(path, wanted=())
    assert read(path, wanted=(), told=Told(separator=","))[0].headings == ("a;b", "c")


def test_excels_own_hint_is_heard(tmp_path: Path) -> None:
    assert cells(csv_file(tmp_path, "sep=;\nName;Website\nA, B;c\n")) == [("A, B", "c")]


def test_a_row_of_several_lines_is_one_row(tmp_path: Path) -> None:
    _, rows = read(csv_file(tmp_path, 'Name,Website\n"A\nB",c\nD,e\n'))
    assert [(row.line, row.cells) for row in rows] == [(2, ("A\nB", "c")), (4, ("D", "e"))]


def test_too_few_and_too_many_cells_are_faults(tmp_path: Path) -> None:
    table, rows = read(csv_file(tmp_path, "Name,Website\nA\nB,c,d\nE,f\n"))
    assert [bool(fault(table, row)) for row in rows] == [True, True, False]


def test_long_cells_and_unseen_letters_count_only_where_a_column_is_wanted(tmp_path: Path) -> None:
    table, rows = read(csv_file(tmp_path, f"Name,Website\nA,{'x' * 10_001}\nB\x07,c\nD\u202e,e\n"))
    assert "10,001 characters" in fault(table, rows[0])
    assert fault_of(rows[0], table.headings, (0,)) == ("", "")
    assert "control character" in fault(table, rows[1])
    assert "right-to-left override" in fault(table, rows[2])


@pytest.mark.parametrize(
    ("content", "told"),
    (
        ('Name,Website\n"A,b\nC,d\n', "never closed"),
        ('Name,Website\n"A" B,c\n', "quotation mark"),
        (f"Name,Website\n{'x' * 200_000},c\n", "131,072"),
        ("", "empty"),
        ("\n\n", "empty"),
        ("%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04rest", "ZIP file"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel workbook"),
        ("<!DOCTYPE html><table>", "a web page"),
        ("Name,Website\nA\x00,b\n", "NUL"),
        ("Name,Website\n".encode("utf-16"), "UTF-16"),
        (b"N\xe4me,Website\nA,b\n", "not UTF-8"),
    ),
)
def test_what_is_no_table_is_refused_whole(tmp_path: Path, content: str | bytes, told: str) -> None:
    with pytest.raises(SetupError, match=told):
        read(csv_file(tmp_path, content))


def test_a_quotation_mark_that_swallowed_rows_is_noticed(tmp_path: Path) -> None:
    table, rows = read(csv_file(tmp_path, 'Name,Website,C,D\n"A,b,c,d\nE,f,g,h",x,y,z\nI,j,k,l\n'))
    assert "closed only on line 3" in fault(table, rows[0])
    assert not fault(table, rows[1])


def test_utf16_is_read_when_told(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Name\tWebsite\nNiño\tb\n".encode("utf-16"))
    assert cells(path, Told(encoding="utf-16")) == [("Niño", "b")]
    with pytest.raises(SetupError, match="does not begin as UTF-16"):
        read(csv_file(tmp_path, "Name,Website\n"), told=Told(encoding="utf-16"))


MIXED = "Name,Website\nNiño,a\n".encode() + "Peña,b\n".encode("cp1252") + "NiÃ±ez,c\nPlain,d\n".encode()


def test_rows_in_other_encodings_are_named(tmp_path: Path) -> None:
    table, rows = read(csv_file(tmp_path, MIXED))
    faults = [fault(table, row) for row in rows]
    assert [bool(each) for each in faults] == [False, True, True, False]
    assert "0xF1" in faults[1]
    assert "wrong encoding" in faults[2]


def test_rows_in_other_encodings_are_repaired_when_told(tmp_path: Path) -> None:
    _, rows = read(csv_file(tmp_path, MIXED), told=Told(encoding="mixed"))
    assert [row.cells[0] for row in rows] == ["Niño", "Peña", "Niñez", "Plain"]
    assert [bool(row.note) for row in rows] == [False, True, True, False]


def test_a_whole_file_in_windows_1252(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Name,Website\nPeña “A”,b\n".encode("cp1252") + b"\x81,c\n")
    table, rows = read(path, told=Told(encoding="windows-1252"))
    assert rows[0].cells == ("Peña “A”", "b")
    assert "0x81" in fault(table, rows[1])


@pytest.mark.parametrize("word", ("Niño", "Straße", "Ελλάδα", "السلام", "café", "日本"))
def test_what_was_never_spoilt_is_not_mended(word: str) -> None:
    assert mended(word) == ""
    if all(ord(letter) < 0x100 for letter in word):
        assert mended(word.encode().decode("cp1252")) == word


@pytest.mark.parametrize(
    ("cell", "is_one"),
    (("=1+1", True), ("@SUM(A1)", True), ("-A1", True), ("-5", False), ("+1 206-555-0100", False), ("-", False)),
)
def test_formulas_are_told_from_numbers(cell: str, is_one: bool) -> None:
    assert is_formula(cell) is is_one


@pytest.mark.parametrize(
    ("number", "form", "seen"),
    (
        ("46297", "m/d/yyyy", "2026-10-02"),
        ("46297", "[$-409]d\\-mmm\\-yy;@", "2026-10-02"),
        ("46297.625", "yyyy-mm-dd hh:mm", "2026-10-02T15:00"),
        ("0.6458333333333334", "h:mm AM/PM", "15:30"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("1234", "00000", "01234"),
        ("981010001", "00000-0000", "98101-0001"),
        ("2065550100", "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "(206) 555-0100"),
        ("5550100", "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "555-0100"),
        ("25", '"$"#,##0.00', "25.00"),
        ("-3.5", "#,##0.0;(#,##0.0)", "-3.5"),
        ("0.5", "0%", "50%"),
        ("12.30", "0.##", "12.3"),
        ("3", "General", "3"),
        ("0.1", "", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("1E+20", "General", "100000000000000000000"),
        ("1.5", "# ?/?", "1.5"),
        ("7", '0 "days"', "7"),
        ("12345", "@", "12345"),
    ),
)
def test_numbers_are_read_as_they_are_shown(number: str, form: str, seen: str) -> None:
    assert shown(number, form) == seen


@pytest.mark.parametrize("number", ("60", "-1", "3000000", "x", "nan", "1e999"))
def test_there_are_no_other_days(number: str) -> None:
    with pytest.raises(ValueError):
        shown(number, "yyyy-mm-dd")


def test_a_workbook_is_read_as_it_is_shown(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["Name", "Website", "Zip", "Begins"],
            ["A & B", None, (1234, "00000"), (46297, "m/d/yy")],
            [None, "x", 5, None],
        ],
    )
    table, rows = read(path)
    assert table.headings == ("Name", "Website", "Zip", "Begins")
    assert [(row.line, row.cells) for row in rows] == [
        (2, ("A & B", "", "01234", "2026-10-02")),
        (3, ("", "x", "5", "")),
    ]


def test_days_since_1904(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Name", "Website"], ["A", (44835, "m/d/yy")]], from_1904=True)
    assert cells(path) == [("A", "2026-10-02")]


def test_titles_above_the_headings_are_passed_over_and_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Our partners"], [None], ["Name", "Website"], ["A", "b"]])
    table, rows = read(path)
    assert table.headings == ("Name", "Website")
    assert [row.line for row in rows] == [4]
    assert "row 1, above the headings" in table.unused
    assert read(path, wanted=())[0].headings == ("Name", "Website")


def test_cells_merged_downwards_count_for_each_row(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [["Name", "Website", "Program"], ["A", "x", "One"], [None, None, "Two"], ["B", "y", "Three"]],
        merged=("A2:A3",),
    )
    table, rows = read(path)
    assert [row.cells[0] for row in rows] == ["A", "A", "B"]
    assert rows[1].notes[0].startswith("merged")
    assert not any(fault(table, row) for row in rows)


def test_cells_merged_sideways_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Name", "Website"], ["A", None], ["B", "c"]], merged=("A2:B2",))
    table, rows = read(path)
    assert ["merged" in fault(table, row) for row in rows] == [True, False]


def test_formulas_are_not_calculated(tmp_path: Path) -> None:
    extra = (
        '<row r="3"><c r="A3" t="str"><f>"B"&amp;"C"</f><v>BC</v></c><c r="B3"><f>1+1</f></c></row>'
        '<row r="4"><c r="A4" t="str"><f>"D"</f><v>D</v></c><c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    table, rows = read(workbook(tmp_path / "a.xlsx", [["Name", "Website"], ["A", "b"]], extra=extra))
    assert rows[1].cells[0] == "BC"
    assert "formula" in rows[1].notes[0]
    assert "without a result" in fault(table, rows[1])
    assert "#DIV/0!" in fault(table, rows[2])


def test_of_several_sheets_the_one_with_the_headings_is_taken(tmp_path: Path) -> None:
    formats: list[str] = []
    notes, answers = sheet([["Read me"]], formats), sheet([["Name", "Website"], ["A", "b"]], formats)
    path = write(tmp_path / "a.xlsx", parts({"Notes": notes, "Answers": answers}, formats))
    table, rows = read(path)
    assert [row.cells for row in rows] == [("A", "b")]
    assert table.unused == ('the sheet "Notes"',)
    assert read(path, told=Told(sheet="Notes"))[0].headings == ("Read me",)
    with pytest.raises(SetupError, match='"Notes", "Answers"'):
        read(path, told=Told(sheet="Missing"))
    with pytest.raises(SetupError, match="which sheet"):
        read(path, wanted=())


def test_shared_texts_leave_out_how_they_are_spoken(tmp_path: Path) -> None:
    made = parts({"A": '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'})
    made["xl/sharedStrings.xml"] = "<sst><si><r><t>東</t></r><r><t>京</t></r><rPh><t>とうきょう</t></rPh></si></sst>"
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="t" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
    )
    assert read(write(tmp_path / "a.xlsx", made))[0].headings == ("東京",)


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>'
)
ELSEWHERE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'


@pytest.mark.parametrize("xml", (BOMB, ELSEWHERE, "<worksheet", "", "<worksheet><sheetData/></worksheet>"))
def test_strange_sheets_are_refused(tmp_path: Path, xml: str) -> None:
    path = write(tmp_path / "a.xlsx", parts({"A": xml}))
    with pytest.raises(SetupError, match=r"document type|cannot be read|empty"):
        read(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", parts({"A": f"<worksheet>{' ' * 20_000_000}</worksheet>"}))
    assert path.stat().st_size < 100_000
    with pytest.raises(SetupError, match="packed as no spreadsheet"):
        read(path)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"Name,Website\nA,b\n")
    with pytest.raises(SetupError, match=r"no Excel workbook.*end in \.csv"):
        read(path)
    write(path, {"something/else.xml": "<a/>"})
    with pytest.raises(SetupError, match="lacks its part"):
        read(path)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize("name", ("a.csv", "a.xlsx", "a.xls", "a"))
@pytest.mark.parametrize(
    ("content", "told"),
    (
        (b"%PDF-1.7", "a PDF"),
        (OLE + b"Workbook".ljust(70_000), "old Excel workbook"),
        (OLE.ljust(65_530) + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"PK\x03\x04rest", "ZIP file"),
    ),
)
def test_other_kinds_of_files_are_named_whatever_they_are_called(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    with pytest.raises(SetupError, match=told):
        read(csv_file(tmp_path, content, name))


@pytest.mark.parametrize(
    ("part", "told"),
    (
        ("content.xml", "LibreOffice"),
        ("xl/workbook.bin", "XLSB"),
        ("word/document.xml", "Word"),
        ("Index/Document.iwa", "Numbers"),
    ),
)
def test_packed_files_of_other_programs_are_named(tmp_path: Path, part: str, told: str) -> None:
    for name in ("a.xlsx", "a.ods", "a.csv"):
        with pytest.raises(SetupError, match=f"{told}.*save it as XLSX"):
            read(write(tmp_path / name, {part: "<a/>"}))


def test_a_workbook_that_is_called_a_csv_file_is_told_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Name", "Website"], ["A", "b"]]).rename(tmp_path / "a.csv")
    with pytest.raises(SetupError, match=r"end in \.xlsx"):
        read(path)


def test_a_reader_says_how_it_read(tmp_path: Path) -> None:
    table, _ = read(csv_file(tmp_path, "Name;Website\nA;b\n"))
    assert table.read_as == "UTF-8, columns separated by semicolon"
    table, _ = read(workbook(tmp_path / "a.xlsx", [["Title"], ["Name", "Website"], ["A", "b"]]))
    assert table.read_as == 'the sheet "Answers", with headings in row 2'


@pytest.mark.parametrize(
    ("content", "told"),
    (
        ("Name,Website\nNiño,a\n".encode(), ""),
        ("Name,Website\nJosé Niño,a\n".encode("cp1252"), "Windows-1252: then it holds “José”"),
        ("Name,Website\nNiño,a\n".encode() + "Peña,b\n".encode("cp1252"), "while others are: 1. Say --encoding mixed"),
        ("Name,Website\n東京,a\n".encode("shift-jis"), "neither UTF-8 nor Windows-1252"),
    ),
)
def test_what_the_encoding_may_be_is_said_and_never_guessed(tmp_path: Path, content: bytes, told: str) -> None:
    table, rows = read(csv_file(tmp_path, content))
    assert bool(fault(table, rows[-1])) == bool(told)
    assert re.search(told, table.advice()) if told else table.advice() == ""


def test_utf16_without_its_mark_is_told(tmp_path: Path) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        with pytest.raises(SetupError, match="UTF-16 without its mark"):
            read(csv_file(tmp_path, "Name,Website\nA,b\n".encode(encoding)))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from((b"Name", b"a", b",", b";", b'"', b"\n", b"\r", b"\r\n", b"\xe9", b"\xc3\xa9", b"\t", b"=1"))
        | st.binary(max_size=3)
    ),
    st.sampled_from(ENCODINGS),
)
def test_any_bytes_are_a_table_or_a_reason(tmp_path: Path, pieces: list[bytes], encoding: str) -> None:
    path = csv_file(tmp_path, b"".join(pieces))
    try:
        table, rows = read(path, told=Told(encoding=encoding))
    except SetupError as error:
        assert "\n" not in str(error)
    else:
        assert all(fault_of(row, table.headings, range(len(table.headings))) for row in rows)


CELLS = st.builds(
    '<c r="{}" t="{}" s="{}"><f/><v>{}</v></c>'.format,
    st.sampled_from(("A1", "B1", "A2", "C9", "ZZZ1", "", "1A")),
    st.sampled_from(("s", "n", "b", "e", "str", "inlineStr", "d", "?")),
    st.sampled_from(("0", "7", "-1", "x")),
    st.sampled_from(("", "0", "-1", "1e999", "nan", "46297", "Name", "99999999999999999999")),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        CELLS
        | st.sampled_from(
            ("<row>", "</row>", '<row r="0">', '<row r="3" hidden="1">', '<mergeCell ref="A1:Z9"/>', "<v>")
        )
    )
)
def test_any_sheet_is_a_table_or_a_reason(tmp_path: Path, pieces: list[str]) -> None:
    xml = f"<worksheet><sheetData><row>{CELL}</row><row>{''.join(pieces)}</row></sheetData></worksheet>"
    try:
        table, rows = read(write(tmp_path / "a.xlsx", parts({"A": xml}, ["yyyy-mm-dd"])))
    except SetupError as error:
        assert "\n" not in str(error)
    else:
        assert all(fault_of(row, table.headings, range(len(table.headings))) for row in rows)


CELL = '<c r="A1" t="inlineStr"><is><t>Name</t></is></c>'
