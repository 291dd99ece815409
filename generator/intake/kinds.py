"""What a file is that is no table, by what it begins with, so that a refusal can say what to do."""

import mmap
import zipfile
from pathlib import Path

_HEAD_BYTES = 65_536
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_BEGINNINGS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<table", "a web page"),
    (b"<?xml", "an XML file"),
)
_PARTS = (
    ("xl/workbook.bin", "an Excel workbook in its binary form (XLSB)"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("content.xml", "a document of LibreOffice (such as ODS)"),
    ("Index/Document.iwa", "a spreadsheet of Apple Numbers"),
)
_SAVE = "open it and save it as XLSX or as CSV UTF-8"


def other_kind(path: Path, *, is_workbook: bool) -> str:
    """What a file is, with what to do about it, where that is not what is about to be read; else empty.

    `is_workbook` tells that it is to be read as XLSX, and not as text.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(_OLE):
        return _of_ole(path)
    if head.startswith(_ZIP):
        return _of_zip(path, is_workbook=is_workbook)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kind = next((kind for mark, kind in _BEGINNINGS if start.startswith(mark.lower())), "")
    if kind:
        return f"this is {kind}, whatever its name says; give a CSV, XLSX or HSDS file"
    return (
        "this is no Excel workbook, whatever its name says; let the name of a CSV file end in .csv"
        if is_workbook
        else ""
    )


def _of_ole(path: Path) -> str:
    """A container of older Microsoft Office: a workbook of 2003 (XLS), or one of today behind a password."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        is_locked = content.find(_LOCKED) >= 0
    if is_locked:
        return "this workbook is locked with a password; open it, take the password off, and save it again"
    return f"this is an old Excel workbook (XLS); {_SAVE}"


def _of_zip(path: Path, *, is_workbook: bool) -> str:
    try:
        with zipfile.ZipFile(path) as file:
            names = frozenset(file.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return f"this is a damaged workbook or another ZIP file; {_SAVE}"
    kind = next((kind for part, kind in _PARTS if part in names), "")
    if kind:
        return f"this is {kind}; {_SAVE}"
    return "" if is_workbook else "this is an Excel workbook or another ZIP file; let its name end in .xlsx"
