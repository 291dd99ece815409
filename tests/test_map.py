"""The map: marks, names and numbers for given records, the page in HTML, and the same page in Chromium."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from gzip import compress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from generator import site
from generator.directory import MILE_KM, Directory, distance_km
from generator.model import Bounds, Outline, Place, Where
from generator.pages import finder, home, map, partners, schools
from generator.pages.cards import Deck
from generator.pages.drawing import MOST_PLACES, Chart, Elsewhere, Spot, draw, rows_of
from generator.pages.page import Page
from tests.finder_district import CEDAR, OAK, PINE, TODAY, directory, partner, program, rendered, riverbend, school
from tests.test_pages import HOSTILE
from tests.waiting import becomes

BOUNDS = Bounds(south=44, west=-101, north=46, east=-99)
NEAR_OAK = (45.0005, -100.0)
FAR = (45.1, -100.1)


def spot(slug: str, at: tuple[float, float] | None, count: int = 0, **fields: str) -> Spot:
    """A school."""
    return Spot(
        **{"slug": slug, "name": f"{slug.title()} Elementary", "label": slug.title(), "region": "", **fields},
        count=count,
        at=at,
    )


def elsewhere(route: str, at: tuple[float, float], place: str = "Hall") -> Elsewhere:
    """A program that is not at a school."""
    return Elsewhere(place=place, route=route, program=route.title(), at=at)


def chart(*spots: Spot, others: tuple[Elsewhere, ...] = (), outline: Outline | None = None) -> Chart:
    """What a map is drawn from."""
    return Chart(bounds=BOUNDS, spots=spots, elsewhere=others, outline=outline)


def at_hall(slug: str, at: tuple[float, float], name: str = "Hall") -> Any:
    """A program at a place."""
    return program(slug, where=Where(places=(Place(name=name, latitude=at[0], longitude=at[1]),)))


def whole(*programs: Any, **fields: Any) -> Directory:
    """Two schools, and a partner with such programs."""
    known = (school("oak", OAK, "south", short_name="Oak"), school("pine", PINE, "north"))
    return directory((partner("river", *programs),), known, **fields)


def body(district: Directory, language: str = "en") -> str:
    """The page of the map."""
    return rendered(map.units, district, language)["map/"].body


def test_each_school_with_room_has_its_name_and_a_link() -> None:
    drawing = draw(chart(spot("oak", OAK, 2), spot("pine", PINE)))
    assert [(mark.spots[0].slug, mark.number, mark.is_empty) for mark in drawing.marks] == [
        ("pine", None, True),
        ("oak", None, False),
    ]
    assert all(mark.side for mark in drawing.marks)


def test_schools_too_near_to_each_other_share_a_number() -> None:
    drawing = draw(chart(spot("elm", NEAR_OAK), spot("oak", OAK), spot("pine", PINE)))
    assert [([each.slug for each in mark.spots], mark.number) for mark in drawing.marks] == [
        (["pine"], None),
        (["elm", "oak"], 1),
    ]


def test_programs_near_a_school_are_counted_with_it_and_others_by_place() -> None:
    others = (elsewhere("a/b", NEAR_OAK), elsewhere("c/d", FAR), elsewhere("e/f", FAR), elsewhere("e/f", FAR, "Room"))
    drawing = draw(chart(spot("oak", OAK), spot("pine", PINE), others=others))
    marks = {mark.spots[0].slug if mark.spots else "": mark for mark in drawing.marks}
    assert [each.route for each in marks["oak"].elsewhere] == ["a/b"]
    assert not marks["oak"].is_empty
    assert [each.route for each in marks[""].elsewhere] == ["c/d", "e/f"]
    assert marks[""].number is None


def test_the_list_names_the_nearest_school_with_its_distance() -> None:
    drawing = draw(chart(spot("pine", PINE), spot("oak", OAK), others=(elsewhere("c/d", FAR), elsewhere("a/b", OAK))))
    rows = rows_of(drawing)
    assert [(row.nearest.slug, row.elsewhere[0].route) for row in rows] == [("oak", "a/b"), ("oak", "c/d")]
    assert rows[1].distance_km == pytest.approx(distance_km(OAK, FAR), abs=0.001)


def test_very_many_places_are_gathered_further() -> None:
    grid = tuple(elsewhere(f"a/{n}", (44.1 + n // 40 * 0.045, -100.95 + n % 40 * 0.045)) for n in range(1600))
    drawing = draw(chart(spot("oak", OAK), others=grid))
    others = [mark for mark in drawing.marks if not mark.spots]
    assert 10 < len(others) <= MOST_PLACES
    assert {each.route for mark in drawing.marks for each in mark.elsewhere} == {each.route for each in grid}


def test_an_outline_is_cut_to_the_bounds_and_drawn() -> None:
    ring = ((43.0, -100.5), (47.0, -100.5), (47.0, -99.5), (43.0, -99.5))
    drawing = draw(chart(spot("oak", OAK), outline=Outline(attribution="City", rings=(ring,))))
    assert re.fullmatch(r"M\d+ \d+l(-?\d+ -?\d+ ?)+z", drawing.outline)
    assert drawing.height == 1400  # 2° of latitude: all of the bounds
    assert draw(chart(spot("oak", OAK))).outline == ""


def test_the_bar_is_as_long_as_it_says() -> None:
    drawing = draw(chart(spot("oak", OAK), spot("cedar", CEDAR)))
    (upper, lower) = (mark.point[1] for mark in drawing.marks)
    per_mile = (lower - upper) / (distance_km(OAK, CEDAR) / MILE_KM)
    assert drawing.bar == pytest.approx(per_mile * drawing.bar_km / MILE_KM, abs=2)


def test_the_drawing_is_the_same_whatever_the_order() -> None:
    several = [spot(f"s{n}", (44.5 + n * 0.01, -100 + n % 7 * 0.02), n % 3) for n in range(60)]
    first = draw(chart(*several))
    assert draw(chart(*several)) == first
    assert sorted(mark.number for mark in first.marks if mark.number) == list(
        range(1, 1 + sum(1 for mark in first.marks if mark.number))
    )


def test_there_is_a_map_only_where_a_school_has_a_position() -> None:
    without = directory((partner("river", at_hall("a", OAK)),), (school("oak", None),))
    assert rendered(map.units, without) == {}
    assert "map" not in site.sections(without)
    assert "map" in site.sections(whole())
    outside = directory((), (school("oak", (10.0, 10.0)),))
    assert rendered(map.units, outside) == {}


def test_the_page_says_in_lists_what_the_drawing_shows() -> None:
    text = body(whole(at_hall("meals", FAR, "Library"), program("club", where=Where(schools=("oak",)))))
    assert "<title>Oak Elementary: 1 program</title>" in text
    assert "<title>Library: 1 program</title>" in text
    assert '<a href="../partners/river/meals/" transform=' in text
    assert text.count('href="../schools/oak/"') == 3  # its mark, the list of schools, and the place near it
    assert "miles from" in text
    assert "North side" in text


def test_a_school_without_position_is_in_the_list_and_said_to_be() -> None:
    known = (school("oak", OAK), school("elm", None))
    text = body(directory((), known))
    assert re.search(r'<li><a href="../schools/elm/">.*not on the map', text)
    assert 'id="at-elm"' not in text


def test_a_short_name_stands_on_the_map_only_if_the_whole_one_holds_it() -> None:
    known = (school("oak", OAK, short_name="Oak"), school("pine", PINE, short_name="P.S. 7"))
    text = body(directory((), known))
    assert ">Oak</text>" in text
    assert ">Pine Elementary</text>" in text
    assert "P.S. 7" not in text


def test_names_are_escaped_everywhere() -> None:
    known = (school("oak", OAK, name=HOSTILE, short_name=""), school("elm", NEAR_OAK, name=HOSTILE))
    hall = at_hall("meals", FAR, HOSTILE)
    outline = Outline(attribution=HOSTILE, rings=((OAK, CEDAR, (45.0, -99.9)),))
    text = body(directory((partner("river", hall),), known, outline=outline))
    assert "<script" not in text
    assert HOSTILE not in text


def test_who_drew_the_outline_is_said() -> None:
    outline = Outline(attribution="City of Riverbend, CC0 1.0", rings=((OAK, CEDAR, (45.0, -99.9)),))
    text = body(whole(outline=outline))
    assert "Outline:" in text
    assert "City of Riverbend, CC0 1.0" in text
    elsewhere_ = Outline(attribution="Nobody", rings=(((1.0, 1.0), (1.0, 2.0), (2.0, 2.0)),))
    assert "Nobody" not in body(whole(outline=elsewhere_))


def test_words_differ_between_languages_and_the_drawing_does_not() -> None:
    def drawn(text: str) -> list[str]:
        return re.findall(r'transform="[^"]+"| d="[^"]+"|viewBox="[^"]+"', text)

    district = whole(at_hall("meals", FAR))
    assert drawn(body(district)) == drawn(body(district, "ar"))


def pages_of(units: Callable[..., Any], district: Directory) -> Mapping[str, Page]:
    """The pages of a projection."""
    return rendered(units, district)


@pytest.mark.parametrize(("units", "address"), [(home.units, ""), (schools.units, "schools/"), (finder.units, "find/")])
def test_other_pages_lead_to_it_where_it_is(units: Callable[..., Any], address: str) -> None:
    assert "en/map/" in pages_of(units, whole())[address].body
    assert "en/map/" not in pages_of(units, directory((), (school("oak", None),)))[address].body


def test_a_school_and_its_programs_lead_to_its_mark() -> None:
    district = whole(program("club", where=Where(schools=("oak",))))
    assert 'en/map/#at-oak"' in pages_of(schools.units, district)["schools/oak/"].body
    assert 'en/map/#at-oak"' in pages_of(partners.units, district)["partners/river/club/"].body
    assert 'id="at-oak"' in body(district)


def test_the_page_is_made_anew_only_when_something_on_it_changes() -> None:
    def key(district: Directory) -> bytes:
        (unit,) = map.units(district, TODAY, Deck(district, TODAY))
        return unit.key(lambda record: b"")

    before = whole(at_hall("meals", FAR))
    assert key(before) == key(whole(at_hall("meals", FAR)))
    assert key(before) != key(whole(at_hall("meals", CEDAR)))
    assert key(before) != key(whole(at_hall("meals", FAR), program("club", where=Where(schools=("oak",)))))
    described = replace(before, partners={"river": partner("river", at_hall("meals", FAR), description="More.")})
    assert key(before) == key(described)


def test_a_hundred_schools_are_light() -> None:
    several = tuple(
        school(f"s-{n}", (44.2 + n // 10 * 0.15, -100.8 + n % 10 * 0.15 + n // 10 * 0.01)) for n in range(106)
    )
    text = body(directory((), several))
    drawing = text[text.index('<svg class="dp-map__canvas"') : text.rindex("</svg>")]
    assert len(compress(drawing.encode(), 9)) <= 20_000
    assert len(compress(text.encode(), 9)) <= 30_000  # 10 KB are the frame's and the stylesheets'


# --- In Chromium ---


@pytest.fixture
def tab(riverbend_site: Path, page: Tab, serve: Callable[[Path], str]) -> Tab:
    """The map of the invented district."""
    page.goto(f"{serve(riverbend_site)}en/map/")
    return page


BOXES = """() => [...document.querySelectorAll('.dp-map__canvas a')].map(a => {
  const whole = a.getBoundingClientRect(), mark = a.querySelector('use').getBoundingClientRect();
  const name = a.querySelector('.dp-map__name')?.getBoundingClientRect();
  const of = b => b && [b.left, b.top, b.right, b.bottom];
  return {width: whole.width, height: whole.height, mark: of(mark), name: of(name)};
})"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_marks_can_be_pressed_and_names_cover_nothing(tab: Tab, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    boxes = tab.evaluate(BOXES)
    assert len(boxes) > 3
    assert all(box["width"] >= 23.9 and box["height"] >= 23.9 for box in boxes)

    def meet(a: list[float] | None, b: list[float] | None) -> bool:
        return bool(a and b and a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])

    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert not meet(one["mark"], other["mark"])
            assert not meet(one["name"], other["mark"])
            assert not meet(one["mark"], other["name"])
            assert not meet(one["name"], other["name"])


@pytest.mark.browser
def test_every_mark_has_a_name_that_holds_what_is_seen(tab: Tab) -> None:
    links = tab.locator(".dp-map__canvas a")
    for number in range(links.count()):
        link = links.nth(number)
        title, seen = link.locator("title").inner_html(), link.locator("text").text_content() or ""
        assert seen in title or not link.locator(".dp-map__name").count()
    tree = tab.locator(".dp-map__pan").aria_snapshot()
    assert tree.count('link "') == links.count()
    assert 'link ""' not in tree


@pytest.mark.browser
def test_the_keyboard_reaches_every_mark_from_north_to_south_and_the_list(tab: Tab) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.locator(".dp-map__pan").focus()
    count = tab.locator(".dp-map__canvas a").count()
    ups = []
    for _ in range(count):
        tab.keyboard.press("Tab")
        seen = tab.evaluate("""() => { const a = document.activeElement, b = a.getBoundingClientRect();
          return {isMark: !!a.closest('.dp-map__canvas'), up: b.top + scrollY, left: b.left, right: b.right,
                  ring: getComputedStyle(a.querySelector('use')).strokeWidth}; }""")
        assert seen["isMark"]
        assert seen["ring"] == "5px"
        assert seen["right"] > 0
        assert seen["left"] < 320
        ups.append(seen["up"])
    assert all(later - earlier > -80 for earlier, later in pairwise(ups))
    tab.keyboard.press("Tab")
    assert tab.evaluate("!document.activeElement.closest('.dp-map__canvas')")


@pytest.mark.browser
def test_the_box_moves_sideways_by_keys(tab: Tab) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    pan = tab.locator(".dp-map__pan")
    pan.focus()
    expect(pan).to_have_js_property("scrollLeft", 0)
    tab.keyboard.press("ArrowRight")
    expect(pan).not_to_have_js_property("scrollLeft", 0)


@pytest.mark.browser
def test_a_link_to_a_school_shows_its_mark(tab: Tab) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    slug = tab.locator(".dp-map__canvas g[id]").last.get_attribute("id")
    tab.goto(f"{tab.url}#{slug}")
    mark = tab.locator(":target a use")

    def is_in_sight() -> bool:
        left, top = mark.evaluate("mark => [mark.getBoundingClientRect()].map(box => [box.left, box.top])[0]")
        return bool(0 <= left <= 320 and 0 <= top <= 640)

    becomes(tab, is_in_sight, True)


@pytest.mark.browser
def test_without_styles_of_its_own_other_pages_ask_for_nothing_more(
    riverbend_site: Path, chromium: Browser, serve: Callable[[Path], str]
) -> None:
    address = serve(riverbend_site)
    tab = chromium.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    tab.goto(f"{address}en/map/")
    assert len([url for url in asked if url.endswith(".css")]) == 2
    asked.clear()
    tab.goto(f"{address}en/schools/")
    assert "assets/map.css" not in asked
    tab.close()


def test_riverbend_has_a_map() -> None:
    assert "map/" in rendered(map.units, riverbend())
