"""Slugs, sort keys, search folding, excerpts and escapes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import SLUG_LIMIT, excerpt, fold, is_slug, nfc, reserved, slugify, sort_key, visible


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Riverbend Food Bank", "riverbend-food-bank"),
        ("Bend's Café & Río", "bends-cafe-and-rio"),
        ("Bend’s Café", "bends-cafe"),
        ("Đồng Tâm", "dong-tam"),
        ("Straße Łódź Œuvre", "strasse-lodz-oeuvre"),
        ("4-H / After  School!", "4-h-after-school"),
        ("日本語学校", ""),
        ("", ""),
        ("a" * 80, "a" * 64),
        ("reading " * 12, "reading-reading-reading-reading-reading-reading-reading-reading"),
    ],
)
def test_slugify(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text(max_size=200))
def test_slugify_gives_a_slug_or_nothing(name: str) -> None:
    slug = slugify(name)
    assert slug == "" or is_slug(slug)
    assert slugify(slug) == slug


@pytest.mark.parametrize("text", ["a", "a-b", "2026-fair", "x" * SLUG_LIMIT])
def test_slugs(text: str) -> None:
    assert is_slug(text)


@pytest.mark.parametrize(
    "text",
    ["", "A", "a--b", "-a", "a-", "a_b", "a.b", "a\n", "a b", "é", "..", "a/b", "a\\b", "%2e", "x" * (SLUG_LIMIT + 1)],
)
def test_not_slugs(text: str) -> None:
    assert not is_slug(text)


@pytest.mark.parametrize("slug", ["index", "404", "pagefind", "con", "com1", "lpt9", "frame", "es", "zh-hant"])
def test_reserved(slug: str) -> None:
    assert reserved(slug, ("en", "es", "zh-Hant"))


@pytest.mark.parametrize("slug", ["fr", "com0", "com10", "riverbend", "contest"])
def test_not_reserved(slug: str) -> None:
    assert not reserved(slug, ("en", "es", "zh-Hant"))


def test_sort_key_puts_names_where_readers_look() -> None:
    names = ["Zoo", "élan", "Eagle", "Ängel", "apple", "Đồng", "Dog", "'Quiet' Room", "rose"]
    expected = ["Ängel", "apple", "Dog", "Đồng", "Eagle", "élan", "'Quiet' Room", "rose", "Zoo"]
    assert sorted(names, key=lambda name: sort_key(name).lstrip("'")) == expected
    assert sort_key("ÉLAN") == sort_key("elan")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café Ñandú", "cafe nandu"),
        ("ĐỒNG tâm", "dong tam"),
        ("Straße", "STRASSE"),
        ("أُسْرَة إلى", "اسره الي"),
        ("مـــدرسة", "مدرسه"),
        ("ሓበሻ ሠላም ዐይን ፀሐይ", "ሀበሻ ሰላም አይን ጸሀይ"),
        ("ኃይል ኻያ", "ሀይል ሀያ"),
        ("ёлка", "елка"),
        ("٣٤ ५", "34 5"),
        ("O’Brien", "o'brien"),
        ("after–school", "after-school"),
        ("ｗｉｄｅ", "wide"),
        ("co\u00adop  room\n2", "coop room 2"),
        ("ሰላም፡ዓለም", "ሰላም አለም"),
    ],
)
def test_fold_makes_spellings_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("йод", "иод"), ("がく", "かく"), ("की", "का"), ("가", "나")])
def test_fold_keeps_letters_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_fold_of_a_fold_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two three", 8, "one two…"),
        ("one, two, three", 6, "one…"),
        ("one\n  two", 20, "one two"),
        ("日本語日本語日本語", 5, "日本語日…"),
        ("a " + "b" * 30, 12, "a bbbbbbbbb…"),
        ("हिन्दीहिन्दी", 3, "हि…"),
        ("हिन्दीहिन्दी", 2, "…"),  # not a letter without its vowel
        ("anything", 0, ""),
        ("anything", 1, "…"),
    ],
)
def test_excerpt(text: str, limit: int, expected: str) -> None:
    assert excerpt(text, limit) == expected


@given(st.text(), st.integers(0, 60))
def test_excerpt_fits(text: str, limit: int) -> None:
    short = excerpt(text, limit)
    assert len(short) <= limit
    assert "\n" not in short


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain é 日本 👩‍👧 می‌خواهم", "plain é 日本 👩‍👧 می‌خواهم"),
        ("a\u202eb", "a\\u202eb"),
        ("a\n\t\r\x00\x1b[2J", "a\\n\\t\\r\\u0000\\u001b[2J"),
        ("\U000e0041", "\\U000e0041"),
        ("\u00a0\u3164\u2028\ufeff", "\\u00a0\\u3164\\u2028\\ufeff"),
        ("\ud800", "\\ud800"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(st.text(st.characters()))
def test_visible_leaves_nothing_that_acts(text: str) -> None:
    for letter in visible(text):
        assert unicodedata.category(letter) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(letter) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def test_nfc_composes() -> None:
    assert nfc("e\u0301") == "é"
