"""Words written into the three stores of translation, each file whole or not at all."""

from collections.abc import Iterable
from pathlib import Path

from generator.catalogue import as_po
from generator.problems import SetupError
from generator.records.written import FENCE, read_written
from generator.serialize import serialize
from generator.source import LIMIT_BYTES, read
from generator.source.amend import amended
from generator.source.whole import write_whole
from generator.translate.accept import Taken
from generator.translate.work import BODY, message_key
from generator.words.interface import MACHINE_MADE, is_lacking, is_machine_made, mark_of, marked, read_words
from generator.words.translations import INTERFACE, PAGES

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
        if len(content) > LIMIT_BYTES and not path.endswith(".po"):
            raise SetupError(
                f"{path} would have {len(content):,} bytes, and {LIMIT_BYTES:,} are read; shorten its texts"
            )
    for path, content in contents.items():
        write_whole(root / path, content)
    return tuple(contents)


def sidecar(root: Path, path: str, taken: Iterable[Taken]) -> bytes:
    """The words of a record with others in their place, comments and order kept."""
    fields = {
        each.work.field: {"text": each.words[0], "source": each.source, "by": each.by, "on": each.on} for each in taken
    }
    if not (root / path).exists():
        return serialize(fields, schema=f"{'../' * path.count('/')}{SCHEMA}").encode()
    document, problems = read(root / path, relative=path)
    if document is None:
        raise SetupError(f"{path}:{problems[0].at.line}: {problems[0].message}; mend this file first")
    text = amended(document, {**document.data, **fields})
    if text is None:
        raise SetupError(f"{path}: no words can be put into this file as it is; write it with one line for each key")
    return text.encode()


def page(root: Path, path: str, taken: Iterable[Taken]) -> bytes:
    """A hand-written page with other words, the comments of its front matter kept.

    With a new text it stands for the English of that text; `accept` gives a new page all of its texts.
    """
    parts = {each.work.field: each for each in taken}
    words = {name: each.words[0] for name, each in parts.items() if name != BODY}
    body = parts.get(BODY)
    facts = {"source": body.source, "by": body.by, "on": body.on} if body else {}
    old, problems = read_written(root / path, relative=path) if (root / path).exists() else (None, ())
    if problems:
        raise SetupError(f"{path}:{problems[0].at.line}: {problems[0].message}; mend this page first")
    front = {**(old.front.data if old else {}), **words, **facts}
    head = amended(old.front, front) if old else serialize(front)
    if head is None:
        raise SetupError(f"{path}: no words can be put into its front matter; write it with one line for each key")
    markdown = body.words[0] if body else old.markdown.strip("\n") if old else ""
    return f"{FENCE}\n{head.strip()}\n{FENCE}\n\n{markdown}\n".encode()


def catalogue(root: Path, path: str, taken: Iterable[Taken]) -> bytes:
    """The interface's words with others in their place; each changed message tells whose its words are."""
    language = path.split("/")[1]
    if not (root / path).exists():
        raise SetupError(f"{path} does not exist yet; begin it with: partners translate start {language}")
    words = read_words(root / path, language)
    messages = {message_key(message): message for message in words if message.id}
    for each in taken:
        message = messages.get(each.work.key)
        if message is None:
            raise SetupError(f'{path} lacks the message "{each.work.english[0]}"; run `make bless` first')
        message.string = each.words if message.pluralizable else each.words[0]
        message.flags.discard("fuzzy")
        message.user_comments = marked(message.user_comments, each.by, each.on)
    whose = [mark_of(message, words)[0] for message in messages.values() if not is_lacking(message, words)]
    if "machine" not in whose:
        words.last_translator = CHECKED if is_machine_made(words.last_translator) else words.last_translator
        lines = words.header_comment.split("\n")
        words.header_comment = "\n".join(line for line in lines if MACHINE_MADE not in line)
    return as_po(words)
