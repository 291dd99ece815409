"""Which records differ between two trees, and how."""

import msgspec

from generator.compare.difference import (
    KIND_NAMES,
    TITLES,
    Difference,
    Names,
    Outcome,
    Reader,
    Side,
    data_at,
    shown,
    side_of,
    slug_of,
)
from generator.compare.fields import At, differences
from generator.compare.texts import page as page_difference
from generator.compare.texts import text_name
from generator.compare.texts import translation as translation_difference
from generator.compare.trees import Tree
from generator.compare.values import Sayer, english
from generator.languages import fingerprint
from generator.model.common import from_record
from generator.records.folders import BY_NAME, PICTURE, TRANSLATION, WRITTEN, kind_of
from generator.words.texts import texts_of
from generator.words.translations import path_of


def compare(base: Tree, head: Tree, reader: Reader) -> tuple[Difference, ...]:
    """Every difference between two trees: records, then translations and pages, then other files; each by path."""
    names = Names(trees=(head, base))
    sayer = Sayer(locale=english(reader.schemas.vocabularies), record_name=names.name)
    paths = sorted(p for p in base.ids.keys() | head.ids.keys() if base.ids.get(p) != head.ids.get(p))
    renamed = _renamed(base, head, paths)
    gone = set(renamed.values())
    found = [_difference(base, head, p, renamed.get(p, ""), reader, sayer) for p in paths if p not in gone]
    strange = [_strange(path) for path in sorted(head.strange - base.strange)]
    return tuple(sorted((*found, *strange), key=lambda each: (_rank(each.kind), each.path)))


def _rank(kind: str) -> int:
    return 0 if kind in BY_NAME else 1 if kind != "file" else 2


def _strange(path: str) -> Difference:
    note = "a link, a submodule or something else that is no plain file; it was not looked at"
    return Difference(path=path, kind="file", name=path, outcome="added", note=note)


def _renamed(base: Tree, head: Tree, paths: list[str]) -> dict[str, str]:
    """The former path of each new record that names in `former_slugs` one that is gone."""
    gone = {path for path in paths if path not in head.ids and kind_of(path) in BY_NAME}
    found: dict[str, str] = {}
    for path in paths:
        if gone and path not in base.ids and kind_of(path) in BY_NAME:
            former = data_at(head, path).get("former_slugs", ())
            folder = path.rpartition("/")[0]
            known = (f"{folder}/{slug}.yml" for slug in (former if isinstance(former, list) else ()))
            old = next((each for each in known if each in gone - set(found.values())), "")
            if old:
                found[path] = old
    return found


def _difference(base: Tree, head: Tree, path: str, former: str, reader: Reader, sayer: Sayer) -> Difference:
    """How the file at a path differs."""
    kind = kind_of(path) if path.endswith((".yml", ".md")) else PICTURE if kind_of(path) == PICTURE else None
    outcome: Outcome = (
        "renamed" if former else "added" if path not in base.ids else "changed" if path in head.ids else "removed"
    )
    if kind in WRITTEN and kind:
        return page_difference(base, head, path, kind, outcome)
    if kind is None or kind == PICTURE:
        return Difference(path=path, kind=KIND_NAMES[kind or ""], name=path.rpartition("/")[2], outcome=outcome)
    old, new = (side_of(tree, at, kind, reader) for tree, at in ((base, former or path), (head, path)))
    if kind == TRANSLATION:
        return translation_difference(head, path, old, new, outcome, reader)
    changes = (
        ()
        if outcome == "removed" or (new.problems and not new.data)
        else tuple(differences(sayer, reader.shapes[kind].fields, old.data, new.data, At()))
    )
    now = new if any(key in new.data for key in TITLES) else old
    same = outcome == "changed" and not changes and not new.problems
    return Difference(
        path=path,
        kind=kind,
        name=now.name,
        outcome=outcome,
        former=former,
        changes=shown(changes, new.problems),
        stale=_stale(head, path, kind, old, new, reader),
        problems=new.problems if outcome != "removed" else (),
        note="only comments, order or layout" if same else "",
    )


def _stale(head: Tree, path: str, kind: str, old: Side, new: Side, reader: Reader) -> dict[str, tuple[str, ...]]:
    """By language, the texts whose translation still stands for the English that was there before."""
    texts = [_english(kind, side) for side in (old, new)]
    changed = {at for at in texts[0].keys() & texts[1].keys() if texts[0][at] != texts[1][at]}
    found: dict[str, tuple[str, ...]] = {}
    for language in sorted({p.split("/")[1] for p in head.ids if p.startswith("translations/") and p.count("/") > 2}):
        sidecar = data_at(head, path_of(language, path.removesuffix(".yml"))) if changed else {}
        fields = [at for at, each in sidecar.items() if at in changed and isinstance(each, dict)]
        stale = [at for at in fields if sidecar[at].get("source") == fingerprint(texts[0][at])]
        if stale:
            known = reader.schemas.vocabularies["languages"].get(language)
            found[known.label if known else language] = tuple(text_name(at, new.data) for at in sorted(stale))
    return found


def _english(kind: str, side: Side) -> dict[str, str]:
    """The texts of a record by their address; none when it does not fit its schema."""
    try:
        record = from_record(BY_NAME[kind].record, slug_of(side.path), dict(side.data)) if side.data else None
    except msgspec.ValidationError:
        return {}
    return {text.path: text.english for text in texts_of(record)} if record else {}
