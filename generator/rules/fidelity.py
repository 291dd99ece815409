"""Rules about what no translation may lose, be it a record's or a hand-written page's."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.records.folders import TRANSLATED_PAGE, TRANSLATION
from generator.records.load import Loaded
from generator.records.written import Written, blocks
from generator.rules.rule import Finding
from generator.vocabulary import load_vocabulary
from generator.words import fidelity
from generator.words.fidelity import Fault
from generator.words.texts import texts_of

Look = Callable[[str, str], Fault | None]
"""What is wrong with words (the second text) that stand for the English (the first)."""
IN_FRONT = ("title", "description")
"""What a hand-written page says beside its Markdown."""


class _Words(Struct):
    """What is looked at of a translated text."""

    text: str
    source: str


_WORDS = msgspec.json.Decoder(dict[str, _Words])


def wrong_script(loaded: Loaded) -> Iterator[Finding]:
    """A translation is in the letters of its language; names may stay in Latin ones."""
    doubtful = [file.path for file in loaded.files_of(TRANSLATION) if not loaded.is_settled(file.path)]
    pages = tuple(_pages(loaded))
    scripts = _scripts(loaded.project.schema) if doubtful or pages else {}
    for path in doubtful:
        script = scripts.get(path.split("/")[1], "")
        for field, words in _words_in(loaded, path).items():
            if fault := fidelity.wrong_script(words.text, script):
                yield _finding(path, field, fault)
    for path, english, page in pages:
        yield from _in_page(path, english, page, partial(_script_fault, scripts.get(path.split("/")[1], "")))


def _script_fault(script: str, _english: str, words: str) -> Fault | None:
    return fidelity.wrong_script(words, script)


def lost_link(loaded: Loaded) -> Iterator[Finding]:
    """A translation has every web and e-mail address, telephone number and tag of its English, and no other tag."""
    return chain(_in_records(loaded, fidelity.lost_link), _in_fresh_pages(loaded, fidelity.lost_link))


def lost_number(loaded: Loaded) -> Iterator[Finding]:
    """A translation has every number of its English, in the digits of whatever script."""
    return chain(_in_records(loaded, fidelity.lost_number), _in_fresh_pages(loaded, fidelity.lost_number))


def _in_records(loaded: Loaded, look: Look) -> Iterator[Finding]:
    """A finding for each translated text of a record with a fault; what stands for a former English may differ."""
    for paths, record in _doubtful(loaded):
        known = {text.path: text.english for text in texts_of(record)}
        for path in paths:
            for field, words in _words_in(loaded, path).items():
                english = known.get(field, "")
                if english and (fault := look(english, words.text)) and is_fresh(words.source, english):
                    yield _finding(path, field, fault)


def _doubtful(loaded: Loaded) -> Iterator[tuple[list[str], Struct]]:
    """Each record with those of its translations that have to be looked at, because either has changed."""
    found: dict[str, list[str]] = {}
    for file in loaded.files_of(TRANSLATION):
        record = file.path.split("/", 2)[2]
        if record in loaded.changed or not loaded.is_settled(file.path):
            found.setdefault(record.removesuffix(".yml"), []).append(file.path)
    for group in loaded.by_kind.values() if found else ():
        yield from ((found[address], group[address]) for address in found.keys() & group.keys())


def _words_in(loaded: Loaded, path: str) -> Mapping[str, _Words]:
    return _WORDS.decode(loaded.records.get(path, b"{}"))


def _finding(path: str, field: str, fault: Fault) -> Finding:
    return Finding(path=path, route=(field, "text"), message=fault.message, hint=fault.hint)


def _in_fresh_pages(loaded: Loaded, look: Look) -> Iterator[Finding]:
    """A finding for each translated page with a fault, if it stands for today's English."""
    for path, english, page in _pages(loaded):
        if is_fresh(str(page.front.data.get("source")), english.markdown):
            yield from _in_page(path, english, page, look)


def _pages(loaded: Loaded) -> Iterator[tuple[str, Written, Written]]:
    """Each translated page that has to be looked at: its path, the English, and the page itself."""
    for file in loaded.pages:
        original = file.path.split("/", 2)[-1]
        is_settled = loaded.is_settled(file.path) and original not in loaded.changed
        if file.kind == TRANSLATED_PAGE and not is_settled and {file.path, original} <= loaded.written.keys():
            yield file.path, loaded.written[original], loaded.written[file.path]


def _in_page(path: str, english: Written, page: Written, look: Look) -> Iterator[Finding]:
    """A finding for the front matter and for the Markdown of a page, where there is a fault."""
    for key in IN_FRONT:
        texts = (str(each.front.data.get(key, "")) for each in (english, page))
        if all(pair := tuple(texts)) and (fault := look(*pair)):
            at = page.front.locate((key,))
            yield Finding(path=path, spot=(at.line, at.column), message=fault.message, hint=fault.hint)
    if fault := look(english.markdown, page.markdown):
        yield Finding(path=path, spot=_spot(english, page, look), message=fault.message, hint=fault.hint)


def _spot(english: Written, page: Written, look: Look) -> tuple[int, int]:
    """Line and column of the first paragraph with a fault, if the English has as many; else of the first one."""
    own, other = (list(blocks(each.body.text)) for each in (page, english))
    pairs = zip(other, own, strict=True) if len(own) == len(other) else ()
    line = next((line for (_, _, text), (line, _, words) in pairs if look(text, words)), own[0][0] if own else 1)
    return line, 1


def _scripts(schema: Path) -> Mapping[str, str]:
    """The script of each language; reading the one vocabulary takes a tenth of the time that all take."""
    return {term.id: term.script for term in load_vocabulary(schema / "vocabularies/languages.yml").terms}


def is_fresh(source: str, english: str) -> bool:
    """Whether a fingerprint is that of today's English."""
    from generator.languages import fingerprint  # brings Babel, and most checks find no fault

    return source == fingerprint(english)
