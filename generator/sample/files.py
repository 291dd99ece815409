"""Every file of the invented district, in the order in which they are written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.languages import ENGLISH, fingerprint
from generator.sample import district, engagement, story
from generator.sample.partner import partner
from generator.sample.picture import pattern
from generator.sample.school import school
from generator.sample.setting import Setting
from generator.sample.translation import letters_of, pseudo, sidecar
from generator.schema.shapes import Shape, in_order
from generator.serialize import serialize
from generator.text import slugify

Record = Mapping[str, Any]

TRANSLATED_PAGES = ("about", "contact")
"""Hand-written pages that exist in every language; the others are shown in English."""
LOGO_CELL_PX = 16
PHOTO_CELL_PX = 64
_FRONT_MATTER = re.compile(r"---\n(.*?)---\n\n(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFile:
    """A file of the district; `path` is relative to its folder, with `/`; `kind` is that of its record, or `page`,
    `picture`, `translation`."""

    kind: str
    path: str
    content: bytes


def files(setting: Setting, shapes: Mapping[str, Shape]) -> Iterator[SampleFile]:
    """Every file: first the district's own, the partners last, because they are many."""
    yield from _pages(setting)
    for number, (kind, address, record) in enumerate(_records(setting)):
        yield _record_file(kind, address, record, shapes[kind])
        for language in setting.languages:
            if language != ENGLISH and kind not in ("priorities", "policy", "recognition"):
                translated = sidecar(setting, language, number, record)
                if translated:
                    path = f"translations/{language}/{address}"
                    yield _record_file("translation", path, translated, shapes["translation"])
        picture = _picture(setting, kind, record)
        if picture:
            yield picture


def _records(setting: Setting) -> Iterator[tuple[str, str, Record]]:
    """(kind, address, record) of every record."""
    yield "district", "district/district", district.district(setting)
    yield "priorities", "district/priorities", district.priorities(setting)
    yield "policy", "district/policy", district.policy(setting)
    yield "recognition", "district/recognition", district.recognition(setting)
    for kind, folder, records in (
        ("initiative", "initiatives", engagement.initiatives(setting)),
        ("event", "events", engagement.events(setting)),
        ("resource", "resources", engagement.resources(setting)),
        ("voice", "voices", engagement.voices(setting)),
        ("measure", "measures", engagement.measures(setting)),
    ):
        for slug, record in records:
            yield kind, f"district/{folder}/{slug}", record
    for number, place in enumerate(setting.school_places):
        yield "school", f"district/schools/{place.slug}", school(setting, number)
    for number in range(story.count(setting)):
        yield "story", *story.story(setting, number)
    for number, name in enumerate(setting.partner_names):
        yield "partner", f"partners/{slugify(name)}", partner(setting, number)


def _record_file(kind: str, address: str, record: Record, shape: Shape) -> SampleFile:
    above = "../" * address.count("/")
    fields = shape.fields if kind != "translation" else ()
    text = serialize(in_order(record, fields), schema=f"{above}schema/{kind}.schema.json")
    return SampleFile(kind=kind, path=f"{address}.yml", content=text.encode())


def _picture(setting: Setting, kind: str, record: Record) -> SampleFile | None:
    """The picture that a record names, if any."""
    if kind == "partner" and "logo" in record:
        path, cell_px = f"partners/logos/{record['logo']}", LOGO_CELL_PX
    elif kind == "story" and "photos" in record:
        path, cell_px = f"recognition/photos/{record['photos'][0]['file']}", PHOTO_CELL_PX
    else:
        return None
    return SampleFile(kind="picture", path=path, content=pattern(setting.random(path), cell_px=cell_px))


def _pages(setting: Setting) -> Iterator[SampleFile]:
    """The hand-written pages, and some of them in the other languages."""
    for name, text in setting.pages.items():
        yield SampleFile(kind="page", path=f"pages/{name}.md", content=text.encode())
        for language in setting.languages:
            if language != ENGLISH and name in TRANSLATED_PAGES:
                path = f"translations/{language}/pages/{name}.md"
                yield SampleFile(kind="page", path=path, content=_translated(setting, language, text).encode())


def _translated(setting: Setting, language: str, text: str) -> str:
    """A hand-written page in pseudo-words, with the fingerprint of the English below its front matter."""
    found = _FRONT_MATTER.fullmatch(text)
    if found is None:
        raise ValueError("a hand-written page begins with its front matter")
    letters = letters_of(setting, language)
    pairs = (line.partition(": ") for line in found[1].splitlines())
    head = "".join(f'{key}: "{pseudo(words, letters)}"\n' for key, _, words in pairs)
    source = f"source: {fingerprint(found[2])}\nby: machine\non: {setting.day(-20)}\n"
    return f"---\n{head}{source}---\n\n{pseudo(found[2], letters)}"
