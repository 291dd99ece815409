"""The reader for a file, by what is in it: a table of text, a workbook, or a package of Open Referral HSDS or Ohana."""

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from zipfile import is_zipfile

from generator.intake.delimited import open_csv
from generator.intake.kinds import other_kind
from generator.intake.table import Table
from generator.intake.workbook import open_workbook
from generator.problems import SetupError

_WORKBOOKS = (".xlsx", ".xlsm", ".xltx")
_TABLES = (".csv", ".tsv", ".txt", ".tab")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody has said about a file; "" leaves it to the reader."""

    separator: str = ""
    encoding: str = "utf-8"
    sheet: str = ""


def open_table(path: Path, stack: ExitStack, *, wanted: Collection[str], told: Told) -> Table:
    """The rows of a file, read as long as `stack` is open; raises SetupError when it holds none."""
    if path.is_dir() or path.suffix.lower() == ".json":
        from generator.intake.hsds import open_package  # most files are none

        return open_package(path, stack)
    is_workbook = path.suffix.lower() in _WORKBOOKS or (path.suffix.lower() not in _TABLES and is_zipfile(path))
    if kind := other_kind(path, is_workbook=is_workbook):
        raise SetupError(f"{path.name}: {kind}")
    if is_workbook:
        return open_workbook(path, stack, wanted=wanted, sheet=told.sheet)
    if told.sheet:
        raise SetupError(f"{path.name}: this is no workbook, so it has no sheet")
    return open_csv(path, stack, wanted=wanted, separator=told.separator, encoding=told.encoding)
