"""What differs in words that stand in files of their own: translations and hand-written pages."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.compare.difference import KIND_NAMES, Difference, Outcome, Reader, Side, data_at, shown
from generator.compare.fields import Change
from generator.compare.trees import Tree
from generator.compare.values import label
from generator.compare.words import pieces
from generator.records.folders import TRANSLATED, TRANSLATION
from generator.records.written import FENCE
from generator.source import parse


def text_name(address: str, record: Mapping[str, Any]) -> str:
    """What people call the text at an address such as `programs/homework-club/join/0/do`."""
    path = address.split("/")
    things = record.get(path[0], ()) if len(path) > 2 else ()
    known = [each for each in things if isinstance(each, dict) and each.get("slug") == path[1]] if things else []
    keys = path[2:] if known else path
    number = next((int(key) + 1 for key in keys if key.isdecimal()), 0)
    named = label(tuple(keys[:-1] if number and not keys[-1].isdecimal() else keys))
    words = f"{named} ({number})" if number else named
    return f"{words} of {known[0].get('name') or known[0].get('title') or path[1]}" if known else words


def translation(head: Tree, path: str, old: Side, new: Side, outcome: Outcome, reader: Reader) -> Difference:
    """How the words of a record in another language differ, text by text."""
    match = TRANSLATED.fullmatch(path)
    language, record = (match[1], match[2]) if match else ("", path)
    data = data_at(head, record)
    term = reader.schemas.vocabularies["languages"].get(language)
    name = Side(path=record, data=data).name
    return Difference(
        path=path,
        kind=KIND_NAMES[TRANSLATION],
        name=f"{name}, in {term.label if term else language}",
        outcome=outcome,
        changes=shown(_texts(old.data, new.data, data), new.problems) if outcome != "removed" else (),
        problems=new.problems,
    )


def _texts(old: Mapping[str, Any], new: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[Change]:
    for at in sorted(old.keys() | new.keys()):
        first, last = (_entry(side, at) for side in (old, new))
        before, after = first.get("text", ""), last.get("text", "")
        change = Change(field=text_name(at, record), path=at, before=before, after=after)
        if before != after:
            yield replace(change, pieces=pieces(before, after) if before and after else ())
        elif first.get("by") != last.get("by"):
            yield replace(change, before=f"made by: {first.get('by')}", after=f"made by: {last.get('by')}")
        elif first != last:
            yield replace(change, before="", after="checked against today's English")


def _entry(side: Mapping[str, Any], at: str) -> dict[str, str]:
    """One translated text with what is known of it."""
    entry = side.get(at)
    return {key: str(value) for key, value in entry.items()} if isinstance(entry, dict) else {}


def page(base: Tree, head: Tree, path: str, kind: str, outcome: Outcome) -> Difference:
    """How a hand-written page differs: its front matter and its text."""
    old, new = (_parts(tree, path) for tree in (base, head))
    keys = [*dict.fromkeys((*old, *new))] if outcome != "removed" else []
    changes = tuple(
        Change(
            field=label((key,)),
            path=key,
            before=old.get(key, ""),
            after=new.get(key, ""),
            pieces=pieces(old[key], new[key]) if old.get(key) and new.get(key) else (),
        )
        for key in keys
        if old.get(key, "") != new.get(key, "")
    )
    name = (new or old).get("title", path)
    return Difference(path=path, kind=KIND_NAMES[kind], name=name, outcome=outcome, changes=changes)


def _parts(tree: Tree, path: str) -> dict[str, str]:
    """The front matter of a page and its Markdown under "text"; only this when there is no front matter."""
    content = tree.read(path).decode("utf-8", "replace").replace("\r\n", "\n") if path in tree.ids else ""
    front, fence, body = content.removeprefix(f"{FENCE}\n").partition(f"\n{FENCE}\n")
    document = parse(f"{front}\n", relative=path)[0] if fence and content.startswith(FENCE) else None
    if document is None:
        return {"text": content} if content else {}
    return {key: str(value) for key, value in document.data.items()} | {"text": body.strip("\n")}
