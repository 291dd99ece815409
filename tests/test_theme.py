"""The theme: every slot of the frame, the page's language and direction, nothing inline, nothing from elsewhere."""

import gzip
import re
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from material import templates as material

from generator.frame.pages import NAVIGATION, section_of
from generator.frame.social import open_graph_code, picture_of
from generator.pages.phone import dial
from generator.pages.render import TEMPLATES
from generator.pages.saying import translated
from generator.shell import cut, frame_meta, token
from tests.finder_district import directory, locale

THEME = TEMPLATES.parent / "theme"
CSS = (THEME / "assets" / "dp.css").read_text(encoding="utf-8")
LANGUAGES = ("en", "es", "ar")
OURS = (*sorted(THEME.rglob("*.html")), *sorted(TEMPLATES.rglob("*.html")), *sorted(TEMPLATES.rglob("*.svg")))
CSS_LIMIT_BYTES = 9_000


def rendered(language: str, site_url: str, **meta: Any) -> str:
    """The theme's page as MkDocs renders it, without MkDocs: for a frame, or with `meta` for a hand-written page."""
    # As MkDocs has it: nothing is escaped, and Material's own templates stand behind ours.
    environment = Environment(loader=FileSystemLoader([THEME, Path(material.__file__).parent]), autoescape=False)
    environment.filters["dial"] = dial
    whole = directory(())
    here = locale(whole, language)
    words = partial(translated, here.gettext)
    spoken = [locale(whole, code) for code in LANGUAGES]
    dp = {
        "languages": [
            {
                "code": each.language,
                "name": each.name,
                "direction": each.direction,
                "open_graph": open_graph_code(each.language),
            }
            for each in spoken
        ],
        "nav": [{"key": key, "href": rest, "label": label} for key, rest, label in NAVIGATION],
        "footer": [{"href": "contact/", "label": "Contact"}, {"href": "buses/", "label": "Buses & <trains>"}],
        "locale": here,
        "district": whole.district,
        "preview": False,
        "picture": picture_of("record"),
    }
    content = f"<p>{token('body')}</p>"
    page = SimpleNamespace(meta=meta or frame_meta(language, "record", here.direction), content=content, title="")
    return environment.get_template("main.html").render(
        page=page, dp=dp, _=words, base_url="../../..", config=SimpleNamespace(site_url=site_url)
    )


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("site_url", ["", "https://partners.example.org/directory"])
def test_the_frame_has_every_slot_as_often_as_the_shell_wants_it(site_url: str) -> None:
    html = rendered("en", site_url)
    slots = cut(html, "record", len(LANGUAGES)).parts[1::2]
    # The switcher; where the site has an address also the alternates, x-default, canonical, for sharing and for print.
    assert slots.count("rest") == len(LANGUAGES) + (len(LANGUAGES) + 4 if site_url else 0)
    assert slots.count("title") == slots.count("description") == 2


def test_the_body_is_not_inside_a_paragraph() -> None:
    assert f"<p>{token('body')}" not in rendered("en", "")


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_language_and_direction_stand_on_the_root_element(language: str, direction: str) -> None:
    root = next(attributes for tag, attributes in Elements(rendered(language, "")).found if tag == "html")
    assert root == {"lang": language, "dir": direction}


def test_absolute_addresses_only_where_the_site_has_one() -> None:
    known = Elements(rendered("es", "https://partners.example.org/directory")).found
    links = [attributes for tag, attributes in known if tag == "link"]
    canonical = next(link["href"] for link in links if link["rel"] == "canonical")
    assert canonical == f"https://partners.example.org/directory/es/{token('rest')}"
    assert {link["hreflang"] for link in links if link["rel"] == "alternate"} == {*LANGUAGES, "x-default"}
    assert all(str(link["href"]).startswith("https://") for link in links if link["rel"] == "alternate")
    assert "canonical" not in rendered("es", "")


def test_the_switcher_leads_to_the_same_page_and_marks_this_language() -> None:
    elements = Elements(rendered("es", "")).found
    links = {a["hreflang"]: a for tag, a in elements if tag == "a" and "hreflang" in a}
    assert list(links) == list(LANGUAGES)
    assert all(a["lang"] == code and a["href"] == f"../../../{code}/{token('rest')}" for code, a in links.items())
    assert [code for code, a in links.items() if "aria-current" in a] == ["es"]


def test_nothing_is_inline_and_nothing_comes_from_elsewhere() -> None:
    for tag, attributes in Elements(rendered("en", "")).found:
        assert tag not in ("style", "iframe", "object", "embed"), f"<{tag}> in the frame"
        assert tag != "script" or attributes.get("src"), "a script stands in the frame"
        assert not [name for name in attributes if name == "style" or name.startswith("on")], attributes
        loaded = attributes.get("src") or (attributes.get("href") if tag == "link" else "") or ""
        assert not loaded.startswith(("http:", "https:", "//")), loaded


def test_the_content_security_policy_allows_nothing_inline() -> None:
    policy = next(
        str(a["content"])
        for _, a in Elements(rendered("en", "")).found
        if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy


def test_a_hand_written_page_in_english_says_so_elsewhere() -> None:
    meta = {"lang": "ar", "direction": "rtl", "title": "About <us>", "rest": "about/", "body_language": "en"}
    html = rendered(
        "ar", "", **meta, current=dict.fromkeys(("find", "schools", "recognition", "get-involved", "about"), "")
    )
    article = next(attributes for tag, attributes in Elements(html).found if tag == "article")
    assert (article["lang"], article["dir"]) == ("en", "ltr")
    assert "<title>About &lt;us&gt; ·" in html
    assert "Buses &amp; &lt;trains&gt;" in html


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_no_template_has_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), path
    data = '<script type="application/ld+json">'
    assert all("src=" in script or script == data for script in re.findall(r"<script[^>]*>", text)), path


# --- The stylesheet ---


def test_the_stylesheet_stays_small() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) <= CSS_LIMIT_BYTES


@pytest.mark.parametrize(
    "forbidden",
    [
        r"!important",
        r"@import",
        r"https?://(?!www\.w3\.org/2000/svg)",
        r"(?:margin|padding|border)-(?:left|right|top|bottom)\b",
        r"(?<![-\w])(?:left|right|top|bottom)\s*:",
        r"text-align:\s*(?:left|right)",
        r"(?<![-\w])(?:min-|max-)?(?:width|height)\s*:(?![^(){}]*\))",
    ],
)
def test_the_stylesheet_mirrors_by_itself_and_loads_nothing(forbidden: str) -> None:
    assert not re.findall(forbidden, CSS)


def test_every_class_of_ours_begins_with_our_prefix() -> None:
    without_data = re.sub(r"url\([^)]*\)", "", re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL))
    classes = set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", without_data))
    assert {name for name in classes if not name.startswith("dp-")} == set()


def colours(block: str) -> dict[str, str]:
    """Custom properties that are plain colours, in a piece of the stylesheet."""
    return dict(re.findall(r"--dp-([a-z-]+):\s*(#[0-9a-f]{6})", block))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours `#rrggbb`, as WCAG 2.2 defines it."""

    def light(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


DARK_AT = CSS.index("prefers-color-scheme: dark")
LIGHT = colours(CSS[:DARK_AT])
SCHEMES = {"light": LIGHT, "dark": {**LIGHT, **colours(CSS[DARK_AT : CSS.index("/* --- Ground --- */")])}}
WORDS = ("ink", "link", "muted", "coral", "gold", "sky", "plum")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "sand"])
@pytest.mark.parametrize("colour", [*WORDS, "line"])
def test_words_and_borders_have_enough_contrast(scheme: str, ground: str, colour: str) -> None:
    known = SCHEMES[scheme]
    assert contrast(known[colour], known[ground]) >= (3 if colour == "line" else 4.5)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_on_the_brand_have_enough_contrast(scheme: str) -> None:
    assert contrast(SCHEMES[scheme]["on-brand"], SCHEMES[scheme]["brand"]) >= 4.5


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_on_getting_involved_leads_to_what_the_site_has(language: str) -> None:
    meta = {"title": "Get involved", "description": "", "lang": language, "direction": "ltr", "head": "", "frame": ""}
    meta |= {"body_language": language, "file": "pages/get-involved.md", "old_since": None, "is_machine_made": False}
    current = dict.fromkeys(("find", "schools", "recognition", "get-involved", "about", "saved"), "")
    html = rendered(language, "", **meta, rest="get-involved/", current=current)
    part = html[html.index('id="take-part"') :]
    assert [
        f"/{language}/{rest}" in part[: part.index("</section>")] for rest in ("events/", "recognition/", "suggest/")
    ] == [True] * 3
    assert 'id="take-part"' not in rendered(language, "", **meta, rest="about/", current=current)


def test_a_page_that_the_navigation_leads_to_is_current_there() -> None:
    assert [section_of(f"{name}.md") for name in ("about", "get-involved", "privacy")] == ["about", "get-involved", ""]


def test_type_has_four_sizes() -> None:
    """Small, plain, large, huge; the one number of a story stands out above them, and paper has a size of its own."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", CSS)
    own = {":root", "html", ".dp-number__figure .dp-figure__number"}
    sizes = {
        size
        for selector, declarations in rules
        for size in re.findall(r"font-size: ([^;]+);", declarations)
        if not any(each in selector for each in own)
    }
    assert sizes - {"12pt", "1em"} == {"var(--dp-small)", "1rem", "var(--dp-large)", "var(--dp-huge)"}
