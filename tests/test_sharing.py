"""What a link shows where people share it, which address is a page's own, and what search engines are invited to."""

import re
import struct
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

import pytest

from generator.frame import social
from generator.frame.social import open_graph_code, picture_of
from generator.pages.page import FRAMES
from generator.pages.render import templates
from generator.site import MOST_IN_SITEMAP, invitations, sitemap_paths

SITE = "https://partners.example.org/"
LANGUAGES = ("en", "es", "ar")
TAG = re.compile(r'<(?:meta (?:property|name)|link rel)="([^"]+)"([^>]*)>')
ADDRESS = re.compile(r'(?:content|href)="([^"]*)"')
LOCATION = re.compile(r"<loc>([^<]+)</loc>")
PICTURE_BYTES = 40_000


def tags(html: str) -> Iterator[tuple[str, str]]:
    """What a page's head says of it, as pairs of name and value; `alternate` has the language before its address.

    Feeds, which are alternates of another type, are left out.
    """
    head = html.partition("</head>")[0]
    for name, rest in TAG.findall(head):
        found = ADDRESS.search(rest)
        language = re.search(r'hreflang="([^"]+)"', rest)
        if found and not (name == "alternate" and " type=" in rest):
            yield name, f"{language[1]} {found[1]}" if language else unescape(found[1])


def pages(site: Path) -> Mapping[str, str]:
    """Every page in a language by its address: neither former addresses nor what stands in other sites' pages."""
    found = {p.parent.relative_to(site).as_posix() + "/": p.read_text("utf-8") for p in site.glob("*/**/index.html")}
    return {a: html for a, html in found.items() if 'http-equiv="refresh"' not in html and "/embed/" not in f"/{a}"}


def test_every_page_says_what_a_link_to_it_shows(riverbend_site: Path) -> None:
    for address, html in pages(riverbend_site).items():
        said = dict(tags(html))
        assert said["og:title"], address
        assert said["og:description"] == said["description"] != "", address
        assert said["og:url"] == said["canonical"] == f"{SITE}{address}"
        assert said["og:locale"] == {"en": "en_US", "es": "es_US", "ar": "ar_EG"}[address.partition("/")[0]]
        assert said["twitter:card"] == "summary_large_image"
        assert said["og:image:alt"] == said["twitter:image:alt"] != "", address
        assert (riverbend_site / said["og:image"].removeprefix(SITE)).is_file(), address


def test_other_languages_are_named_and_the_page_itself_is_among_its_alternates(riverbend_site: Path) -> None:
    for address, html in pages(riverbend_site).items():
        language, _, rest = address.partition("/")
        named = [value for name, value in tags(html) if name == "alternate"]
        expected = [f"{code} {SITE}{code}/{rest}" for code in LANGUAGES]
        assert named == [*expected, f"x-default {SITE}en/{rest}"]
        others = {open_graph_code(code) for code in LANGUAGES if code != language}
        assert {value for name, value in tags(html) if name == "og:locale:alternate"} == others
        for code in LANGUAGES:
            assert (riverbend_site / code / rest / "index.html").is_file(), address


def test_pictures_tell_kinds_of_pages_apart_in_the_language_of_the_page(riverbend_site: Path) -> None:
    shown: dict[str, set[str]] = {}
    for address, html in pages(riverbend_site).items():
        language, first, *_ = address.split("/")
        if language == "en":
            shown.setdefault(first, set()).add(dict(tags(html))["og:image"].rpartition("/")[2])
    assert shown["need"] == {"program.png"}
    assert shown["partners"] == {"site.png", "program.png"}
    assert shown["events"] == {"site.png", "event.png"}
    assert shown["recognition"] == {"site.png", "story.png"}
    words = {code: dict(tags((riverbend_site / code / "find/index.html").read_text("utf-8"))) for code in LANGUAGES}
    assert len({said["og:image:alt"] for said in words.values()}) == len(LANGUAGES)


@pytest.mark.parametrize("picture", sorted({*social.PICTURES.values(), social.SITE}, key=lambda picture: picture.path))
def test_a_picture_is_of_the_size_that_is_said_and_light(picture: social.Picture, repository: Path) -> None:
    content = (repository / "generator/theme/assets" / picture.path).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (1200, 630)
    assert len(content) < PICTURE_BYTES
    assert (repository / "docs/images/share" / picture.path.partition("/")[2].replace(".png", ".svg")).is_file()


def test_only_kinds_of_pages_that_exist_have_pictures() -> None:
    assert set(social.PICTURES) <= set(FRAMES)
    assert picture_of("list") == picture_of("") == social.SITE


@pytest.mark.parametrize(
    ("language", "code"),
    [("am", "am_ET"), ("om", "om_ET"), ("so", "so_SO"), ("ti", "ti_ET"), ("vi", "vi_VN"), ("ru", "ru_RU")]
    + [("zh-Hant", "zh_TW"), ("zh-Hans", "zh_CN"), ("es", "es_US"), ("en", "en_US"), ("xx-none", "")],
)
def test_a_language_has_the_country_of_its_writers(language: str, code: str) -> None:
    assert open_graph_code(language) == code


def test_pages_at_the_root_claim_no_address_of_their_own(riverbend_site: Path) -> None:
    lost = dict(tags((riverbend_site / "404.html").read_text("utf-8")))
    assert not {"canonical", "og:url", "alternate"} & set(lost)
    assert lost["robots"] == "noindex"
    assert dict(tags((riverbend_site / "index.html").read_text("utf-8")))["canonical"] == f"{SITE}en/"


def test_each_language_has_a_sitemap_of_addresses_that_are_their_own(riverbend_site: Path) -> None:
    whole = (riverbend_site / "sitemap.xml").read_text("utf-8")
    assert LOCATION.findall(whole) == [f"{SITE}sitemap-{language}.xml" for language in sorted(LANGUAGES)]
    assert f"Sitemap: {SITE}sitemap.xml" in (riverbend_site / "robots.txt").read_text("utf-8")
    known = pages(riverbend_site)
    listed: list[str] = []
    for language in LANGUAGES:
        found = LOCATION.findall((riverbend_site / f"sitemap-{language}.xml").read_text("utf-8"))
        assert all(location.startswith(f"{SITE}{language}/") for location in found)
        listed += found
    assert len(set(listed)) == len(listed)
    for location in listed:
        said = dict(tags(known[location.removeprefix(SITE)]))
        assert said["canonical"] == location
        assert "robots" not in said
    unlisted = {f"{SITE}{address}" for address in known} - set(listed)
    assert all('name="robots" content="noindex"' in known[address.removeprefix(SITE)] for address in unlisted)


def test_a_language_with_many_addresses_has_several_sitemaps() -> None:
    many = [f"en/partners/p-{number}/" for number in range(MOST_IN_SITEMAP + 1)]
    found = sitemap_paths([*many, "zh-Hant/", "es/"])
    assert {path: len(addresses) for path, addresses in found.items()} == {
        "sitemap-en-1.xml": MOST_IN_SITEMAP,
        "sitemap-en-2.xml": 1,
        "sitemap-es.xml": 1,
        "sitemap-zh-Hant.xml": 1,
    }
    files = {file.path: file.content for file in invitations(many, SITE, templates(None))}
    assert list(files) == ["robots.txt", "sitemap.xml", "sitemap-en-1.xml", "sitemap-en-2.xml"]
    assert files["sitemap.xml"].count(b"<loc>") == 2


def test_without_an_address_of_the_site_there_is_no_sitemap() -> None:
    assert [file.path for file in invitations(["en/"], "", templates(None))] == ["robots.txt"]
