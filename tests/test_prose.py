"""Prose as HTML: what is offered works, everything else is shown as text, and no link lies about its target."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from generator.prose import prose

REL = 'rel="nofollow ugc noopener noreferrer"'


def link(href: str, text: str, after: str = "") -> str:
    return f'<p><a href="{href}" {REL}>{text}</a>{after}</p>\n'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>\n"),
        ("one\ntwo", "<p>one\ntwo</p>\n"),
        ("**a** *b* __c__ _d_", "<p><strong>a</strong> <em>b</em> <strong>c</strong> <em>d</em></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"),
        ("\\*not emphasis\\*", "<p>*not emphasis*</p>\n"),
        ("50% off, * not a list, snake_case_name", "<p>50% off, * not a list, snake_case_name</p>\n"),
        ("", ""),
    ],
)
def test_offered_syntax(text: str, html: str) -> None:
    assert prose(text) == html
    assert isinstance(prose(text), Markup)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# Heading", "# Heading"),
        ("Title\n=====", "Title\n====="),
        ("> quote", "&gt; quote"),
        ("`code`", "`code`"),
        ("```\ncode\n```", "```\ncode\n```"),
        ("    indented", "indented"),
        ("---", "---"),
        ("| a |\n|---|\n| b |", "| a |\n|---|\n| b |"),
        ("~~gone~~", "~~gone~~"),
        ("&lt;b&gt; &amp;", "&amp;lt;b&amp;gt; &amp;amp;"),
        ("AT&T <3 a < b > c", "AT&amp;T &lt;3 a &lt; b &gt; c"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("</div></main><!-- x -->", "&lt;/div&gt;&lt;/main&gt;&lt;!-- x --&gt;"),
        ("<https://example.org>", "&lt;https://example.org&gt;"),
        ("https://example.org", "https://example.org"),
        ("para\n{: onclick=alert(1) #id }", "para\n{: onclick=alert(1) #id }"),
        (":smile: :material-x: {{ macro }} --8&lt;--", ":smile: :material-x: {{ macro }} --8&amp;lt;--"),
        ("[a]() [b]( )", "[a]() [b]()"),
        ("[^1] and [a][1]", "[^1] and [a][1]"),
        ('[1]: javascript:alert(1) "x"', '[1]: javascript:alert(1) "x"'),
    ],
)
def test_other_syntax_is_shown(text: str, shown: str) -> None:
    assert prose(text) == f"<p>{shown}</p>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](https://example.org/x?y=1&z#w)", link("https://example.org/x?y=1&amp;z#w", "a")),
        ("[a](http://example.org)", link("http://example.org", "a")),
        ("[a](https://example.org:8080/)", link("https://example.org:8080/", "a")),
        ('[a](https://example.org "title")', link("https://example.org", "a")),
        ("[**a**](https://example.org)", link("https://example.org", "<strong>a</strong>")),
        ('[a](https://example.org/"onclick="x)', link("https://example.org/%22onclick=%22x", "a")),
        ("[](https://example.org)", link("https://example.org", "example.org")),
        ("[ ](https://example.org)", link("https://example.org", " example.org")),
    ],
)
def test_links(text: str, html: str) -> None:
    assert prose(text) == html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org",
        "//example.org",
        "/relative",
        "#fragment",
        "x.html",
        "https://user@example.org",
        "https://user:word@example.org/",
        "https://example.org\\@evil.example/",
        "https:\\\\evil.example",
        "https://ex%61mple.org",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https:example.org",
        "https:///example.org",
        "mailto:a@example.org",
        "tel:+15550100199",
    ],
)
def test_other_targets_are_no_links(target: str) -> None:
    html = prose(f"[text]({target})")
    assert "<a" not in html
    assert "[text](" in html


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("[www.school.org](https://evil.example/)", " (evil.example)"),
        ("[https://example.org/a](https://evil.example/example.org)", " (evil.example)"),
        ("[Go to example.org now](https://evil.example)", " (evil.example)"),
        ("[**example**.org](https://evil.example)", " (evil.example)"),
        ("[x\u2024example\u3002org](https://evil.example)", " (evil.example)"),
        ("[sub.example.org](https://example.org)", " (example.org)"),
        ("[example.org.evil.example](https://example.org)", " (example.org)"),
        ("[example.org](https://notexample.org)", " (notexample.org)"),
        ("[school](https://xn--dstrict-o4a.example.org/)", " (xn--dstrict-o4a.example.org)"),
        ("[dístrict.example.org](https://dístrict.example.org/)", " (xn--dstrict-7ya.example.org)"),
        ("[example.org](https://example.org/x)", ""),
        ("[www.example.org](https://example.org/x)", ""),
        ("[Example.ORG](https://www.example.org/x)", ""),
        ("[example.org](https://blog.example.org)", ""),
        ("[how it works](https://example.org)", ""),
    ],
)
def test_a_link_that_could_mislead_shows_its_host(text: str, after: str) -> None:
    assert prose(text).endswith(f"</a>{after}</p>\n")


def test_deep_lists_lose_no_words() -> None:
    html = prose("- " * 3_000 + "deep")
    assert html.count("<ul>") == 3
    assert html.count("- ") == 2_997
    assert "deep" in html
    nested = "\n".join(f"{'  ' * level}- level{level}" for level in range(40))
    assert all(f"level{level}" in prose(nested) for level in range(40))


class Tags(HTMLParser):
    """Every tag of some HTML with its attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment came through: {data}")


PIECES = st.sampled_from(
    ["[a](", "https://example.org", "javascript:alert(1)", ")", "](", "[", "]", "!", "<", ">", "<script>", "<a href=",
     '"', "'", "*", "**", "_", "`", "\n", "\n\n", "- ", "1. ", "    ", "\\", "&#106;", "&lt;", "data:", "//", "#", "|",
     ">", "onclick=", "<!--", "-->", "tel:1", "mailto:a@example.org", "xn--a", "\u202e", "日本", "example.org"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=3), max_size=40))
@settings(max_examples=400)
def test_nothing_else_ever_comes_out(pieces: list[str]) -> None:
    text = "".join(pieces)
    result = Tags(prose(text))
    for tag, attributes in result.found:
        assert tag in {"p", "ul", "ol", "li", "em", "strong", "a"}
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else {"start"} if tag == "ol" else set())
        if tag == "a":
            assert attributes["rel"] == "nofollow ugc noopener noreferrer"
            assert re.fullmatch("https?:.+", attributes["href"] or "", re.IGNORECASE)
    if "](" not in text:  # without links, every letter can be read
        assert set(re.findall(r"[^\W\d_]", text)) <= set(result.words)
