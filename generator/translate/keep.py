"""Words written into the three stores of translation, each file whole or not at all."""

from collections.abc import Iterable
from pathlib import Path
from shutil import copymode

from generator.catalogue import as_po
from generator.interface import is_lacking, is_machine_made, mark_of, marked, read_words
from generator.problems import SetupError
from generator.serialize import serialize
from generator.source import read
from generator.source.splice import with_entries, with_values
from generator.translate.accept import Taken
from generator.translate.work import BODY, INTERFACE, PAGES, message_key
from generator.written import FENCE, read_written

SCHEMA = "schema/translation.schema.json"
CHECKED = "people; see the comment of each message"
"""The last translator of a catalogue in which no word is a machine's any more."""


def keep(root: Path, taken: Iterable[Taken]) -> tuple[str, ...]:
    """Write words where they belong; the paths of the files that changed. Raises SetupError before any is written."""
    groups: dict[str, list[Taken]] = {}
    for each in taken:
        groups.setdefault(each.work.path, []).append(each)
    makers = {INTERFACE: catalogue, PAGES: page, "records": sidecar}
    contents = {path: makers[group[0].work.store](root, path, group) for path, group in groups.items()}
    for path, content in contents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        put(root / path, content)
    return tuple(contents)


def put(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, with the rights that it has had."""
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_bytes(content)
        if path.exists():
            copymode(path, new)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def sidecar(root: Path, path: str, taken: Iterable[Taken]) -> bytes:
    """The words of a record with others in their place, comments and order kept."""
    fields = {
        each.work.field: {"text": each.words[0], "source": each.source, "by": each.by, "on": each.on.isoformat()}
        for each in taken
    }
    if not (root / path).exists():
        return serialize(fields, schema=f"{'../' * path.count('/')}{SCHEMA}").encode()
    document, problems = read(root / path, relative=path)
    if document is None:
        raise SetupError(f"{path}:{problems[0].at.line}: {problems[0].message}; mend this file first")
    return with_entries(document, fields).encode()


def page(root: Path, path: str, taken: Iterable[Taken]) -> bytes:
    """A hand-written page with other words; a new one needs all of its texts."""
    parts = {each.work.field: each for each in taken}
    old = read_written(root / path, relative=path)[0] if (root / path).exists() else None
    first = next(iter(parts.values()))
    if old is None and BODY not in parts:
        raise SetupError(f"{path}: a page begins with its text; import {first.work.record}#{BODY} too")
    words = {name: each.words[0] for name, each in parts.items() if name != BODY}
    facts = {"source": first.source, "by": first.by, "on": first.on.isoformat()} if BODY in parts else {}
    front = {**(old.front.data if old else {}), **words, **facts}
    head = with_values(old.front, front).strip("\n") if old else serialize(front).strip("\n")
    body = parts[BODY].words[0] if BODY in parts else old.markdown.strip("\n") if old else ""
    return f"{FENCE}\n{head}\n{FENCE}\n\n{body}\n".encode()


def catalogue(root: Path, path: str, taken: Iterable[Taken]) -> bytes:
    """The interface's words with others in their place; each changed message tells whose its words are."""
    file = root / path
    if not file.exists():
        raise SetupError(f"{path} does not exist yet; begin it with: partners translate start {path.split('/')[1]}")
    language = path.split("/")[1]
    words = read_words(file, language)
    messages = {message_key(message): message for message in words if message.id}
    for each in taken:
        message = messages[each.work.key]
        message.string = each.words if message.pluralizable else each.words[0]
        message.flags.discard("fuzzy")
        message.user_comments = marked(message.user_comments, each.by, each.on)
    told = [mark_of(message, words)[0] for message in messages.values() if not is_lacking(message, words)]
    if is_machine_made(words.last_translator) and "machine" not in told:
        words.last_translator = CHECKED
    return as_po(words)
