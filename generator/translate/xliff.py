"""XLIFF 1.2 files for translators (docs.oasis-open.org/xliff/v1.2/os/xliff-core.html), as agencies' tools take them."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from generator import __version__
from generator.problems import SetupError
from generator.translate.row import Row, Sheet, form_keys

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STATES = {"missing": "new", "stale": "needs-translation", "machine": "needs-review-translation"}
"""Our states in the words of XLIFF; what people wrote is final."""
SENT = ("new", "needs-translation")
"""States that only we write, before any work: agencies' tools that know states change them, others leave them."""
UNSURE = frozenset((*SENT, "needs-review-translation", "needs-review-adaptation", "needs-review-l10n"))
"""States of what is not finished (the standard's list)."""


def write(sheet: Sheet) -> bytes:
    """A sheet as XLIFF: one file element, one trans-unit for each form of a text."""
    root = Element("xliff", {"version": "1.2", "xmlns": NAMESPACE})
    head = {"original": "translations", "source-language": "en", "target-language": sheet.language}
    file = SubElement(root, "file", {**head, "datatype": "plaintext", "date": f"{sheet.on}T00:00:00Z"})
    tool = {"tool-id": "partners", "tool-name": "partners translate", "tool-version": __version__}
    SubElement(SubElement(file, "header"), "tool", tool)
    body = SubElement(file, "body")
    for work in sheet.work:
        for key, english, words in form_keys(work):
            unit = SubElement(body, "trans-unit", {"id": key, "maxwidth": str(work.limit), "size-unit": "char"})
            unit.set(SPACE, "preserve")
            SubElement(unit, "source").text = english
            target = SubElement(unit, "target", {"state": STATES.get(work.state, "final")})
            target.text = words
            for note in sheet.notes(work):
                SubElement(unit, "note", {"from": "developer"}).text = note
            if former := sheet.former.get(work.key):
                other = SubElement(unit, "alt-trans", {"alttranstype": "previous-version"})
                SubElement(other, "source").text = former
                SubElement(other, "target").text = words
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def read(content: bytes, name: str) -> tuple[str, tuple[Row, ...]]:
    """The language of an XLIFF file and its rows. Raises SetupError; a file with a document type is refused."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SetupError(f"{name}:{line}: this file is not UTF-8; export it as UTF-8") from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise SetupError(f"{name}: an XLIFF file has no document type; take out the line <!DOCTYPE …>")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        what = str(error).partition(":")[0]
        raise SetupError(f"{name}:{error.position[0]}: cannot read this XLIFF file: {what}") from error
    files = root.findall(f"{{{NAMESPACE}}}file")
    if not files:
        raise SetupError(f"{name}: this is no XLIFF 1.2 file")
    languages = {file.get("target-language", "") for file in files}
    if len(languages) > 1:
        raise SetupError(f"{name}: its parts are in several languages: {', '.join(sorted(languages))}")
    return languages.pop(), tuple(row_of(unit) for file in files for unit in file.iter(f"{{{NAMESPACE}}}trans-unit"))


def row_of(unit: Element) -> Row:
    """A trans-unit as a row."""
    source, target = unit.find(f"{{{NAMESPACE}}}source"), unit.find(f"{{{NAMESPACE}}}target")
    english = "".join(source.itertext()) if source is not None else ""
    words = "".join(target.itertext()) if target is not None else ""
    state = target.get("state", "") if target is not None else ""
    is_unsure = state in UNSURE and unit.get("approved") != "yes"
    return Row(
        key=unit.get("id", ""),
        english=(english,),
        words=(words,),
        is_unsure=is_unsure,
        has_old_mark=state in SENT,
        is_confirmed=not is_unsure,
    )
