"""The page of a story: figures drawn and in words, quotes by role, photos while they may be shown, and the way on."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import feedparser
import pytest
from msgspec import structs
from PIL import Image

from generator.audit.site import audit
from generator.building.rendering import render
from generator.directory import Directory
from generator.languages import fingerprint
from generator.model import Consent, Impact, Photo, Quote, Source, Story
from generator.pages import home, partners, recognition, schools
from generator.pages.page import Page
from generator.plan import prepare
from generator.words.translations import Translation
from tests.factories import story
from tests.finder_district import TODAY, directory, partner, program, rendered, school
from tests.invented import DAY, checked
from tests.test_linked import data_of

YEAR = "recognition/2025-26"
HERE = f"{YEAR}/reading-nights/"
CONSENT = Consent(scope=("photo",), ref="C-2026-0001", expires=date(2028, 6, 30))
IMAGE = re.compile(r'<img class="dp-photo"[^>]*>')


def whole(*stories: Story, **fields: Any) -> Directory:
    """A district with two partners, a school and stories, the newest first."""
    known = directory((partner("river-readers"), partner("mill")), (school("oak", None),), **fields)
    return replace(known, stories=MappingProxyType({f"{each.school_year}/{each.slug}": each for each in stories}))


def page_of(told: Story, language: str = "en", **fields: Any) -> Page:
    """The page of a story that is the only one."""
    return rendered(recognition.units, whole(told, **fields), language)[HERE]


def test_every_figure_is_drawn_and_stands_in_words_beside_it() -> None:
    impact = (
        Impact(figure=143, unit="families", what="read together"),
        Impact(figure=85, unit="percent", what="came back", qualifier="more-than"),
        Impact(figure=300_000, unit="diapers", what="were given"),
        Impact(figure=0.5, unit="hours", what="were enough"),
    )
    body = page_of(story(impact=impact)).body
    text = " ".join(re.sub(r"<[^>]+>", " ", body).split())
    for words in ("143 families read together", "more than 85% came back", "300,000 diapers were given"):
        assert words in text
    assert body.count('<svg class="dp-dots"') == 2
    assert body.count('<svg class="dp-bar"') == 1
    assert body.count("<svg") == body.count('aria-hidden="true" focusable="false"')
    assert "Each dot stands for 2,000." in body
    names = re.findall(r'<pattern id="([^"]+)"', body)
    assert len({*names}) == len(names) == 2
    assert set(re.findall(r"url\(#([^)]+)\)", body)) == {*names}


def test_speakers_are_named_by_role_and_by_name_only_with_consent() -> None:
    named = Quote(words="Thanks", role="Principal", name="Robin Example", consent=CONSENT)
    body = page_of(story(quotes=(named, Quote(words="We laugh more.", role="Parent")))).body
    assert body.count("<figure") == body.count("<blockquote>") == body.count("<figcaption>") == 2
    assert '<figcaption><bdi translate="no">Robin Example</bdi>, Principal</figcaption>' in body
    assert "<figcaption>Parent</figcaption>" in body
    assert "C-2026-0001" not in body


def test_a_photo_has_words_its_size_and_a_narrower_copy() -> None:
    photos = tuple(
        Photo(file=f"{name}.jpg", alt="Two people read", consent=CONSENT) for name in ("wide", "small", "new")
    )
    known = replace(
        whole(story(photos=photos)),
        sizes={"recognition/photos/wide.jpg": (1200, 800), "recognition/photos/small.jpg": (300, 200)},
    )
    wide, small, unknown = IMAGE.findall(rendered(recognition.units, known)[HERE].body)
    assert 'src="../../../../media/recognition/photos/wide.jpg"' in wide
    assert "media/narrow/recognition/photos/wide.jpg 600w, ../../../../media/recognition/photos/wide.jpg 1200w" in wide
    assert 'width="1200" height="800"' in wide
    assert 'width="300" height="200"' in small
    assert "srcset" not in small + unknown
    assert "width" not in unknown
    for image in (wide, small, unknown):
        assert 'alt="Two people read"' in image
        assert 'loading="lazy"' in image


def test_stories_of_a_year_lead_to_each_other_and_nowhere_else() -> None:
    told = [story(f"story-{n}", title=f"Number {n}", published=date(2026, 6, 9 - n)) for n in range(4)]
    pages = rendered(recognition.units, whole(*told, story("alone", school_year="2019-20")))
    links = {
        page.rest: re.findall(r'class="dp-card__name"><a href="[./]*en/(recognition/[^"]+)"', page.body)
        for page in pages.values()
    }
    chain = [f"{YEAR}/story-{n}/" for n in range(4)]
    assert links[chain[0]] == [chain[1]]
    assert links[chain[3]] == [chain[2]]
    for (before, here), (_, after) in zip(pairwise(chain), pairwise(chain[1:]), strict=False):
        assert links[here] == [before, after]
    assert links["recognition/2019-20/alone/"] == []
    assert 'href="../../../../en/recognition/"' in pages["recognition/2019-20/alone/"].body


def test_partners_schools_and_stories_lead_to_each_other() -> None:
    told = story(partners=("river-readers", "gone"), schools=("oak", "lost"), sources=(Source(document="A report"),))
    known = whole(told)
    body = rendered(recognition.units, known)[HERE].body
    for address in ("partners/river-readers/", "schools/oak/"):
        assert f'href="../../../../en/{address}"' in body
    assert "partners/gone" not in body
    assert "schools/lost" not in body
    assert "A report" in body
    for page in (
        rendered(partners.units, known)["partners/river-readers/"],
        rendered(schools.units, known)["schools/oak/"],
        rendered(home.units, known)[""],
    ):
        assert f'en/{HERE}"' in page.body
    assert f'en/{HERE}"' not in rendered(partners.units, known)["partners/mill/"].body


def test_a_partner_that_is_thanked_often_keeps_its_pages_light() -> None:
    told = [story(f"story-{n}", schools=("oak",), published=date(2026, 6, 30 - n)) for n in range(9)]
    known = whole(*told)
    bags = replace(known, partners=MappingProxyType({"river-readers": partner("river-readers", program("bags"))}))
    for page in (
        rendered(partners.units, known)["partners/river-readers/"],
        rendered(schools.units, known)["schools/oak/"],
    ):
        assert [f"story-{n}" for n in range(9)] == list(dict.fromkeys(re.findall(r"/(story-\d)/", page.body)))
        assert page.body.count("dp-card__name") == 6 + page.body.count("en/partners/river-readers/bags/")
    body = rendered(partners.units, bags)["partners/river-readers/bags/"].body
    assert re.findall(r"/(story-\d)/", body) == ["story-0", "story-1", "story-2"]
    assert 'en/partners/river-readers/#stories">Stories about' in body
    assert 'id="stories"' in rendered(partners.units, bags)["partners/river-readers/"].body


def test_search_engines_are_told_what_the_page_tells() -> None:
    known = whole(story(quotes=(Quote(words="Thanks", role="Principal", name="Robin Example", consent=CONSENT),)))
    site = structs.replace(known.district, site_url="https://partners.example.org/")
    about = data_of(rendered(recognition.units, replace(known, district=site))[HERE])
    assert (about["@type"], about["headline"], about["description"]) == ("Article", "Reading nights", "Families read.")
    assert about["datePublished"] == "2026-06-01"
    assert about["author"]["name"] == "Riverbend Public Schools"
    assert about["about"] == [
        {
            "@type": "Organization",
            "@id": "https://partners.example.org/en/partners/river-readers/#about",
            "name": "River Readers",
        }
    ]
    assert about["mainEntityOfPage"]["@id"] == f"https://partners.example.org/en/{HERE}"
    assert "Robin" not in json.dumps(about)


def test_words_in_another_language_say_so() -> None:
    words = Translation(text="Noches", source=fingerprint("Reading nights"), by="human", on=TODAY)
    told = story(
        quotes=(Quote(words="Thanks", role="Principal"),), impact=(Impact(figure=3, unit="days", what="more"),)
    )
    page = page_of(told, "es", translations={("es", HERE[:-1]): {"title": words}})
    assert "<h1>Noches</h1>" in page.body
    assert '<p class="dp-lead" lang="en" dir="ltr">Families read.</p>' in page.body
    assert '<span lang="en" dir="ltr">Thanks</span>' in page.body
    assert '<p class="dp-number" lang="en" dir="ltr">' in page.body
    assert data_of(page)["description"] == {"@language": "en", "@value": "Families read."}


# --- On a built site ---


@pytest.fixture
def district(repository: Path, tmp_path: Path) -> Path:
    """The invented district, to be changed."""
    ignored = shutil.ignore_patterns(".cache")
    return shutil.copytree(repository / "tests/cases/riverbend", tmp_path / "riverbend", ignore=ignored)


def built(district: Path, out: Path) -> Path:
    """Its site."""
    render(prepare(checked(district), has_search=False), out)
    return out


def the_story(district: Path) -> Path:
    """The file of the story with a photo."""
    return next(path for path in district.glob("recognition/*/*.yml") if "photos:" in path.read_text("utf-8"))


def test_a_large_photo_is_published_twice_without_what_is_hidden_in_it(district: Path, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "CANARY"
    photo = district / "recognition/photos/story-1.png"
    Image.new("RGB", (800, 1000), "teal").save(photo, exif=exif)
    site = built(district, tmp_path / "site")
    sizes = {}
    for folder in ("media", "media/narrow"):
        published = site / folder / "recognition/photos/story-1.png"
        assert b"CANARY" not in published.read_bytes()
        with Image.open(published) as image:
            sizes[folder] = image.size
            assert not image.getexif()
    assert sizes == {"media": (1000, 800), "media/narrow": (600, 480)}
    page = site / "en" / the_story(district).relative_to(district).with_suffix("") / "index.html"
    (image,) = IMAGE.findall(page.read_text("utf-8"))
    assert 'width="1000" height="800"' in image
    for address in re.findall(r'(?:\.\./)+(media/[^" ]+)', image):
        assert (site / address).is_file()
    assert audit(site) == ()


def test_a_photo_goes_everywhere_when_its_consent_has_run_out(district: Path, tmp_path: Path) -> None:
    told = the_story(district)
    text = told.read_text("utf-8")
    before = built(district, tmp_path / "site")
    assert (before / "media/recognition/photos/story-1.png").is_file()
    told.write_text(re.sub(r"(?m)(expires: )\d{4}-\d\d-\d\d", rf"\g<1>{DAY.replace(year=DAY.year - 1)}", text), "utf-8")
    after = built(district, tmp_path / "site")
    assert not list((after / "media").rglob("story-1.*"))
    for path in (path for path in after.rglob("*") if path.suffix in (".html", ".xml", ".json")):
        assert "story-1.png" not in path.read_text("utf-8"), path


@pytest.mark.parametrize("why", ["taken back", "run out"])
def test_a_story_that_may_not_be_shown_leaves_every_list_at_the_next_build(
    district: Path, tmp_path: Path, why: str
) -> None:
    told = the_story(district)
    name = told.stem
    address = told.relative_to(district / "recognition").with_suffix("").as_posix()
    site = built(district, tmp_path / "site")
    assert name in (site / "en/recognition/feed.xml").read_text("utf-8")
    over = f"consent: {{scope: [story], ref: C-2025-0009, expires: {DAY.replace(year=DAY.year - 1)}}}\n"
    text = told.read_text("utf-8")
    if why == "taken back":
        told.write_text(text.replace("school_year:", "status: withdrawn\nschool_year:"), "utf-8")
    else:
        told.write_text(re.sub(r"(?m)^consent:.*\n(?:  .*\n)*", over, text), "utf-8")
    built(district, site)
    tombstones = {f"{language}/recognition/{address}/index.html" for language in ("en", "es", "ar")}
    for path in site.rglob("*"):
        if path.suffix in (".html", ".xml", ".json") and path.name != "manifest.json":
            own = path.relative_to(site).as_posix()
            assert name not in path.read_text("utf-8") or own in tombstones, own
    for own in tombstones:
        html = (site / own).read_text("utf-8")
        assert "noindex" in html
    assert "This story is no longer shown" in (site / f"en/recognition/{address}/index.html").read_text("utf-8")
    assert not feedparser.parse((site / "en/recognition/feed.xml").read_bytes()).bozo
