"""Files of answers that somebody has brought to the desk: what is in them, before anything of it is taken in."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.desk.forms import Fields, line
from generator.desk.photos import private_folder
from generator.desk.place import Incoming
from generator.desk.visit import Visit
from generator.intake.delimited import SEPARATORS
from generator.intake.encodings import ENCODINGS
from generator.intake.mapping import Column, Map, Target, target_of
from generator.intake.readers import Told, open_table
from generator.nominations.arrivals import Arrival, arrivals, is_table
from generator.nominations.arrivals import Desk as Reader
from generator.nominations.columns import known_words, plain
from generator.nominations.season import Refused
from generator.nominations.understood import understood
from generator.problems import SetupError
from generator.text import slugify
from generator.vault.keys import keys_of

FILE_BYTES = 5_000_000
MOST = 50
LEFT = "-"
"""What stands in the form for a column that is not taken."""
BELOW = "below, under “How the files are written”"
SAID: Mapping[str, str] = {
    "with --separator": BELOW,
    "one with --sheet": f"one {BELOW}",
    "say --encoding": f"choose {BELOW}:",
    "Say --encoding": f"Choose {BELOW}:",
    "add --encoding": f"choose {BELOW}:",
    "or --encoding": "or",
    "leave --encoding out": f"choose another {BELOW}",
}
"""What readers of tables say to the command line, and what they say at the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column of a file: its field of the form, its words, and what is taken from it (LEFT is nothing)."""

    field: str
    words: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look at files has found: the columns of each table, every nomination, and what cannot be read."""

    columns: Mapping[str, tuple[Heading, ...]] = field(default_factory=dict)
    arrivals: tuple[Arrival, ...] = ()
    missing: tuple[str, ...] = ()


def held(visit: Visit) -> Mapping[str, bytes]:
    """The files that this session has brought."""
    known = visit.desk.memory.incoming
    return known.files if known.session == visit.session.secret else {}


def bring(visit: Visit) -> Mapping[str, bytes]:
    """The files of a form, which take the place of those that were brought before; they are kept in memory only."""
    new: dict[str, bytes] = {}
    for number, file in enumerate(visit.request.files.getlist("files"), start=1):
        if not file.filename:
            continue
        if number > MOST:
            raise Refused(f"more than {MOST} files came at once: bring some of them later")
        content = file.stream.read(FILE_BYTES + 1)
        if len(content) > FILE_BYTES:
            raise Refused(f"file {number} is larger than {FILE_BYTES / 1e6:.0f} MB")
        new[plain_name(file.filename, number)] = content
    if new:
        visit.desk.memory.incoming = Incoming(session=visit.session.secret, files=new)
    if not held(visit):
        raise Refused("the file is missing: choose one or several")
    return held(visit)


def plain_name(name: str, number: int) -> str:
    """A name under which a file can lie in a folder: its own words and endings, and nothing that leads elsewhere."""
    stem, *endings = name.replace("\\", "/").rpartition("/")[2].split(".")
    kept = filter(None, (slugify(each)[:20] for each in endings[-3:]))
    return ".".join((f"{number}-{slugify(stem)[:40] or 'file'}", *kept))


def look(visit: Visit, files: Mapping[str, bytes], fields: Fields) -> Looked:
    """What is in the files, with the columns that somebody has chosen."""
    found = Looked()
    with private_folder(visit.desk) as folder:
        for number, (name, content) in enumerate(files.items()):
            path = folder / name
            path.write_bytes(content)
            found = _with(path, f"column-{number}", reader(visit, fields), fields, found)
            path.unlink()
    return found


def _with(path: Path, start: str, wanted: Reader, fields: Fields, found: Looked) -> Looked:
    """What was found, and what is in one more file."""
    try:
        columns = tuple(_columns(path, start, wanted, fields)) if is_table(path) else ()
        found = replace(found, columns={**found.columns, path.name: columns} if columns else found.columns)
        wanted = replace(wanted, plan=Map(columns=tuple(_taken(columns, wanted))))
        return replace(found, arrivals=(*found.arrivals, *arrivals(path, wanted)))
    except Refused as refused:
        return replace(found, missing=(*found.missing, *map(at_desk, refused.missing)))
    except SetupError as error:
        return replace(found, missing=(*found.missing, at_desk(f"{error}")))


def _columns(path: Path, start: str, wanted: Reader, fields: Fields) -> Iterator[Heading]:
    """The columns of a table, as somebody has chosen, else as their headings tell."""
    known = known_words(wanted.shape)
    with ExitStack() as stack:
        table = open_table(path, stack, wanted=(), told=wanted.told)
        for number, words in enumerate(table.headings):
            name = f"{start}-{number}"
            yield Heading(field=name, words=words, path=line(fields, name) or known.get(plain(words), LEFT))


def _taken(columns: tuple[Heading, ...], wanted: Reader) -> Iterator[Column]:
    """The columns that are taken; one that has the same words as others is told by its number among them."""
    for place, each in enumerate(columns):
        if each.path != LEFT:
            same = [other for other in columns if other.words == each.words]
            number = sum(other.words == each.words for other in columns[: place + 1]) if len(same) > 1 else 0
            yield Column(heading=each.words, target=_target(each, wanted), number=number)


def _target(each: Heading, wanted: Reader) -> Target:
    """The field that a column is chosen for."""
    try:
        return target_of(each.path, wanted.shape)
    except LookupError as error:
        raise Refused(f"{error}") from error


def reader(visit: Visit, fields: Fields) -> Reader:
    """What reads the files, as somebody has said that they are written."""
    desk, vault = visit.desk, visit.season.vault
    told = Told(
        separator=SEPARATORS.get(line(fields, "separator"), ""),
        encoding=line(fields, "encoding") if line(fields, "encoding") in ENCODINGS else "utf-8",
        sheet=line(fields, "sheet"),
    )
    return understood(
        desk.project.schema, desk.schemas, plan=Map(), told=told, identity=desk.identity, keys=lambda: keys_of(vault)
    )


def at_desk(sentence: str) -> str:
    """What a reader of tables says, without the options of the command line."""
    for words, instead in SAID.items():
        sentence = sentence.replace(words, instead)
    return sentence
