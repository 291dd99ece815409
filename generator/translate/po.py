"""PO files for translators (GNU gettext), written and read by Babel: Poedit, Weblate and most other tools take them."""

from datetime import UTC, datetime
from io import BytesIO

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.pofile import write_po

from generator import __version__
from generator.problems import SetupError
from generator.translate.plurals import set_plurals
from generator.translate.row import Row, Sheet
from generator.translate.work import Work
from generator.words.interface import strings
from generator.words.po import Slip, parse
from generator.words.translations import INTERFACE


def write(sheet: Sheet) -> bytes:
    """A sheet as a PO file. What a machine wrote and what is old is fuzzy, so that a person looks at it."""
    day = datetime.fromisoformat(sheet.on).replace(tzinfo=UTC)
    catalogue = Catalog(
        locale=sheet.language.replace("-", "_"),
        project="Partner directory",
        version=__version__,
        creation_date=day,
        revision_date=day,
        last_translator="nobody yet",
        header_comment=f"# Texts to translate: {sheet.language}. Leave what you do not know empty.",
        fuzzy=False,
    )
    set_plurals(catalogue, sheet.language)
    for work in sheet.work:
        former = sheet.former.get(work.key)
        message = catalogue.add(
            work.english if len(work.english) > 1 else work.english[0],
            work.words if len(work.english) > 1 else "".join(work.words),
            locations=[(work.path, 0)],
            flags=flags(work),
            auto_comments=sheet.notes(work),
            context=work.key,
            previous_id=(former,) if former else (),
        )
        if work.store != INTERFACE:
            message.flags.discard("python-format")  # which "50 % off" looks like
    file = BytesIO()
    write_po(file, catalogue, width=110, include_lineno=False, include_previous=True)
    return file.getvalue()


def flags(work: Work) -> tuple[str, ...]:
    """What tools have to know of a text; `max-length` is Weblate's word."""
    return (f"max-length:{work.limit}", *(("fuzzy",) if work.state in ("stale", "machine") else ()))


def read(content: bytes, name: str) -> tuple[str, tuple[Row, ...]]:
    """The language of a PO file and its rows; the line is that of the message. Raises SetupError."""
    catalogue = parse(content)
    if isinstance(catalogue, Slip):
        hint = f"; {catalogue.hint}" if catalogue.hint else ""
        raise SetupError(f"{name}:{catalogue.line}: cannot read this PO file: {catalogue.message}{hint}")
    language = str(catalogue.locale_identifier or "").replace("_", "-")
    return language, tuple(row_of(message) for message in catalogue if message.id)


def row_of(message: Message) -> Row:
    """A message as a row; one without our context keeps an empty key."""
    return Row(
        key=message.context or "",
        english=strings(message.id),
        words=tuple(strings(message.string)),
        line=message.lineno or 0,
        is_unsure=message.fuzzy,
        is_confirmed=not message.fuzzy,
    )
