"""Files for translators: written in one of three formats, and read by their endings."""

from pathlib import Path

from generator.problems import SetupError
from generator.translate import po, table, xliff
from generator.translate.row import Row, Sheet

ENDINGS = {".po": "po", ".csv": "csv", ".xlf": "xliff", ".xliff": "xliff"}
LIMIT_BYTES = 32_000_000
"""More than all texts of a large district, and little enough to read at once."""
_WRITERS = {"po": po.write, "csv": table.write, "xliff": xliff.write}
_READERS = {"po": po.read, "csv": table.read, "xliff": xliff.read}


def write(sheet: Sheet, form: str) -> bytes:
    """A sheet as `po`, `csv` or `xliff`."""
    return _WRITERS[form](sheet)


def read(file: Path) -> tuple[str, tuple[Row, ...]]:
    """The language that a file tells, "" for none, and its rows. Raises SetupError."""
    form = ENDINGS.get(file.suffix.lower())
    if form is None:
        raise SetupError(f"{file}: its name ends in none of {', '.join(ENDINGS)}")
    if (size := file.stat().st_size) > LIMIT_BYTES:
        raise SetupError(f"{file}: this file has {size:,} bytes; split it into parts of {LIMIT_BYTES:,} at most")
    if not size:
        raise SetupError(f"{file}: this file is empty")
    return _READERS[form](file.read_bytes(), str(file))
