"""Whatever a hostile record holds, `partners diff` tells of it: nothing acts, nothing private is repeated."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator.compare.summary import as_json, as_markdown, as_text
from tests.hostile_mapping import ABSENT, MANIFEST, Case, cases, content_of, district, file_name, write_case
from tests.test_diff import compared

pytestmark = pytest.mark.skipif(not MANIFEST.is_file(), reason=ABSENT)
READABLE = 250  # bytes of a name that file systems take
HELD_BACK = ("embargoed story", "draft published", "withdrawn story")
"""Stories that only the site keeps back; who reviews them has to read them."""


def live(markdown: str) -> list[str]:
    """What GitHub would make something of."""
    tokens = [
        t
        for block in MarkdownIt("commonmark").enable("table").parse(markdown)
        for t in (block, *(block.children or ()))
    ]
    kinds = [t.type for t in tokens if t.type in ("image", "link_open", "html_block")]
    html = [t.content for t in tokens if t.type == "html_inline" and t.content != "<br>"]
    words = [t.content for t in tokens if t.type == "text" and re.search(r"[@#<>\[\]`]|://", t.content)]
    return kinds + html + words


@pytest.mark.parametrize("case", cases("record", "recognition"), ids=lambda case: case.name)
def test_a_hostile_record_is_told_of_and_does_nothing(case: Case, tmp_path: Path) -> None:
    raw = content_of(case, tmp_path / "made")
    name = file_name(case, raw) if case.stage == "record" else ""
    if "/" in name or len(name.encode()) > READABLE:
        return  # no file system takes it, so no file can have it
    district(tmp_path / "before", with_partner=True)
    write_case(case, district(tmp_path / "after", with_partner=True), name, raw)
    found = compared(tmp_path, str(tmp_path / "before"), str(tmp_path / "after"))
    assert live(as_markdown(found)) == []
    told = "\n".join((as_markdown(found), *as_text(found, lambda style, text: text), as_json(found, "a", "b")))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)
    if case.expected == "reject" and case.attack not in HELD_BACK:
        assert "canary_private" not in told.lower()
