"""The frame: cut at its slots, filled with pages, and refused when the theme lost or doubled a slot."""

import pytest

from generator.pages.page import FRAMES, Page
from generator.problems import SetupError
from generator.shell import SECTIONS, current, cut, fill, frame_address, framed, token

LANGUAGES = 2


def frame(**changes: int) -> str:
    """A frame with every slot as often as it must be there; `changes` gives other numbers."""
    counts = {"title": 2, "description": 2, "head": 1, "body": 1, "rest": LANGUAGES}
    counts |= {current(section): 1 for section in SECTIONS}
    counts |= {slot.replace("_", "-"): count for slot, count in changes.items()}
    return "<html>" + " ".join(f"{slot}: {token(slot)}" * count for slot, count in counts.items()) + "</html>"


def page(**changes: str) -> Page:
    """A page of the kind `record`."""
    words = {"title": "Food & more", "description": 'Says "hello"', "body": "<p>Body</p>", "rest": "partners/a/"}
    return Page(**{"language": "en", "frame": "record", "head": "", "section": "find", **words, **changes})


def test_a_page_fills_its_frame_and_only_its_texts_are_escaped() -> None:
    html = fill(cut(frame(), "record", LANGUAGES), page())
    assert "@@dp:" not in html
    assert html.count("Food &amp; more") == 2
    assert html.count("Says &quot;hello&quot;") == 2
    assert "<p>Body</p>" in html
    assert html.count("partners/a/") == LANGUAGES


def test_the_section_of_the_page_is_marked_and_no_other() -> None:
    html = fill(cut(frame(), "record", LANGUAGES), page(section="schools"))
    assert html.count('aria-current="true"') == 1
    assert 'current-schools:  aria-current="true"' in html


def test_words_of_a_page_that_look_like_a_slot_stay_words() -> None:
    html = fill(cut(frame(), "record", LANGUAGES), page(title=token("body"), body=token("title")))
    assert html.count("<p>") == 0
    assert token("body") in html
    assert token("title") in html


@pytest.mark.parametrize(
    "changes", [{"body": 0}, {"body": 2}, {"head": 0}, {"title": 1}, {"rest": 1}, {"current_find": 0}]
)
def test_a_theme_that_lost_or_doubled_a_slot_is_refused(changes: dict[str, int]) -> None:
    with pytest.raises(SetupError, match=next(iter(changes)).replace("_", "-")):
        cut(frame(**changes), "record", LANGUAGES)


def test_a_site_in_one_language_needs_no_switcher() -> None:
    assert fill(cut(frame(rest=0), "record", 1), page()).count("partners/a/") == 0


def test_an_unknown_slot_is_refused() -> None:
    with pytest.raises(SetupError, match="unknown slots: footer"):
        cut(frame() + token("footer"), "record", LANGUAGES)


def test_pages_at_the_root_have_links_that_hold_there() -> None:
    frames = {("en", kind): cut(frame() + '<a href="../en/">', kind, LANGUAGES) for kind in ("notfound", "chooser")}
    files = list(framed([page(frame="notfound"), page(frame="chooser")], frames, "/directory/"))
    assert [file.path for file in files] == ["404.html", "index.html"]
    assert b'href="/directory/en/"' in files[0].content
    assert b'href="./en/"' in files[1].content


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_lies_as_deep_as_its_pages(kind: str) -> None:
    address = frame_address("en", kind)
    assert address.count("/") + 1 == FRAMES[kind]
