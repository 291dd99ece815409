"""A school's partners on the school's own site: a small page for an iframe, and the lines to copy."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec import structs
from playwright.sync_api import Browser, expect

from generator.directory import Directory
from generator.model import Partner, Partnership
from generator.pages import embed, schools
from tests.finder_district import OAK, directory, partner, rendered, school
from tests.waiting import becomes

SITE = "https://partners.example.org/"
MOST_BYTES = 10_000
"""What the page and its stylesheet may weigh together, packed."""
LANGUAGES = ("en", "es", "ar")
HOSTILE = "Oak \"><script>alert(1)</script> ' & School"


class Iframes(HTMLParser):
    """The attributes of every iframe in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        self.found += [dict(attrs)] if tag == "iframe" else []


def at_oak(slug: str, **fields: object) -> Partner:
    """A partner of the school Oak."""
    return partner(slug, partnership=Partnership(schools=("oak",)), **fields)


def whole(*partners: Partner, name: str = "Oak Elementary", site: str = SITE) -> Directory:
    """A district with one school whose site has an address."""
    known = directory(partners, (school("oak", OAK, name=name),))
    return replace(known, district=structs.replace(known.district, site_url=site))


def test_it_shows_names_and_one_sentence_and_every_link_leaves_the_iframe() -> None:
    body = rendered(embed.units, whole(at_oak("river-kitchen", summary="Food & more.")))["embed/oak/"].body
    links = re.findall(r"<a ([^>]*)>", body)
    assert len(links) == 2
    assert all('target="_top"' in link for link in links)
    assert 'href="../../../en/partners/river-kitchen/"' in links[0]
    assert 'href="../../../en/schools/oak/"' in links[1]
    assert "Food &amp; more." in body
    assert "Oak Elementary" in body


def test_partners_of_every_school_come_after_and_all_in_all_there_are_few() -> None:
    own = tuple(at_oak(f"own-{number:02}") for number in range(embed.ROWS - 2))
    others = tuple(partner(f"all-{number:02}", partnership=Partnership(district_wide=True)) for number in range(5))
    body = rendered(embed.units, whole(*own, *others))["embed/oak/"].body
    assert body.count("<li>") == embed.ROWS
    assert body.index("own-27") < body.index("Partners of every school") < body.index("all-01")
    assert "all-02" not in body


def test_a_school_without_partners_says_so() -> None:
    assert "No partner is listed for this school yet." in rendered(embed.units, whole())["embed/oak/"].body


def test_the_lines_are_an_iframe_whatever_the_school_is_called() -> None:
    page = rendered(embed.units, whole(name=HOSTILE))["schools/oak/embed/"]
    assert "iframe" not in Iframes(page.body).tags
    (shown,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.body, re.DOTALL)
    read = Iframes(unescape(shown))
    assert read.tags == ["iframe"]
    (attributes,) = read.found
    assert attributes["src"] == f"{SITE}en/embed/oak/"
    assert attributes["title"] == f"Partners of this school · {HOSTILE}"
    assert attributes["lang"] == "en"
    assert "style" not in attributes
    assert not [name for name in attributes if name.startswith("on")]


def test_without_an_address_of_the_site_there_is_nothing_to_copy_and_no_way_there() -> None:
    known = whole(at_oak("river-kitchen"), site="")
    assert rendered(embed.units, known) == {}
    assert "oak/embed/" not in rendered(schools.units, known)["schools/oak/"].body
    shown = rendered(schools.units, whole(at_oak("river-kitchen")))["schools/oak/"].body
    assert shown.count('href="../../../en/schools/oak/embed/"') == 1


def test_neither_page_is_listed_or_found_by_search(riverbend_site: Path) -> None:
    listed = "".join(path.read_text("utf-8") for path in riverbend_site.glob("sitemap-*.xml"))
    assert "/embed/" not in listed
    for pattern in ("*/embed/*/index.html", "*/schools/*/embed/index.html"):
        found = sorted(riverbend_site.glob(pattern))
        assert len(found) >= len(LANGUAGES)
        for path in found:
            html = path.read_text("utf-8")
            assert '<meta name="robots" content="noindex">' in html
            assert "data-pagefind-body" not in html


def test_each_school_has_lines_in_every_language_that_lead_to_pages_that_are_there(riverbend_site: Path) -> None:
    for path in riverbend_site.glob("*/schools/*/embed/index.html"):
        shown = re.findall(r"<textarea[^>]*>(.*?)</textarea>", path.read_text("utf-8"), re.DOTALL)
        iframes = [Iframes(unescape(lines)).found[0] for lines in shown]
        assert [iframe["lang"] for iframe in iframes] == list(LANGUAGES)
        assert len({iframe["title"] for iframe in iframes}) == len(LANGUAGES)
        for iframe in iframes:
            assert (riverbend_site / str(iframe["src"]).removeprefix(SITE) / "index.html").is_file()


def test_it_is_light_and_has_neither_script_nor_frame_of_ours(riverbend_site: Path) -> None:
    style = len(gzip.compress((riverbend_site / "assets/embed.css").read_bytes(), 9))
    for path in riverbend_site.glob("*/embed/*/index.html"):
        html = path.read_text("utf-8")
        assert len(gzip.compress(html.encode(), 9)) + style <= MOST_BYTES
        assert not {"script", "header", "nav", "form", "img"} & set(Iframes(html).tags)
        assert re.findall(r'<link [^>]*href="([^"]*)"', html) == ["../../../assets/embed.css"]


def test_a_full_page_in_ethiopic_is_light_enough(repository: Path) -> None:
    summary = "".join(chr(0x1200 + (number * 37 + number // 9) % 0x150) for number in range(140))
    several = (
        at_oak(f"p-{n}", name=f"{n} {summary[n : n + 40]}", summary=f"{summary[n:]} {n * 7919}") for n in range(40)
    )
    body = rendered(embed.units, whole(*several))["embed/oak/"].body
    style = (repository / "generator/theme/assets/embed.css").read_bytes()
    frame = (repository / "generator/theme/embed.html").read_bytes()
    assert sum(len(gzip.compress(part, 9)) for part in (body.encode(), style, frame)) <= MOST_BYTES


def test_its_colors_are_the_district_s_own(repository: Path) -> None:
    assets = repository / "generator/theme/assets"
    styles = [(assets / name).read_text("utf-8").partition("@media")[0] for name in ("dp.css", "embed.css")]
    colors = [dict(re.findall(r"(--dp-(?:brand|link|ink|paper|sand)): (#\w+)", style)) for style in styles]
    assert len(colors[0]) == 5
    assert colors[0] == colors[1]


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_school_s_page_shows_it_and_a_link_opens_in_the_whole_window(
    riverbend_site: Path, chromium: Browser, serve: Callable[[Path], str], tmp_path: Path, language: str
) -> None:
    address = serve(riverbend_site)
    slug = sorted(path.name for path in riverbend_site.glob(f"{language}/embed/*"))[0]
    context = chromium.new_context(viewport={"width": 360, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}{language}/schools/{slug}/embed/")
    lines = page.locator(f"#lines-{language}").input_value().replace(SITE, address)
    host = '<!doctype html><meta charset="utf-8"><title>School</title><link rel="icon" href="data:,"><h1>Oak</h1>'
    (tmp_path / "index.html").write_text(f"{host}{lines}", encoding="utf-8")
    page.goto(serve(tmp_path))
    del asked[:]
    page.reload()
    inner = page.frame_locator("iframe")
    expect(inner.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    expected = {f"{address}assets/embed.css", f"{address}{language}/embed/{slug}/"}
    becomes(page, lambda: {url for url in asked if url.startswith(address)}, expected)
    frame = page.frames[-1]
    frame.wait_for_load_state()
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    inner.locator("a").first.click()
    page.wait_for_url(f"{address}{language}/partners/**")
    assert said == []
    assert context.cookies() == []
    context.close()
