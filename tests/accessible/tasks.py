"""Twelve tasks that people do here by keyboard alone; each raises an error when it cannot be done."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from playwright.sync_api import Error

from tests.accessible.keyboard import LostError, press, tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

Task = Callable[["Page", str], None]
"""Does a task, given a page and the address of the site in a language, with a slash at its end."""
SCHOOL = "schools/ralomdale-elementary-school/"
PROGRAM = "partners/luvimharrow-native-youth/coffee-at-school/"


def expect(page: "Page", condition: str, message: str) -> None:
    """Wait for what a task is to lead to; raises LostError when it does not come."""
    try:
        page.wait_for_function(condition)
    except Error as error:
        raise LostError(f"{page.url}: {message}") from error


def follow(page: "Page", selector: str, address: str) -> None:
    """Go to a link by keyboard and follow it."""
    tab_to(page, selector)
    press_and_go(page, address)


def press_and_go(page: "Page", address: str) -> None:
    """Press Enter on what has focus, and wait for the page to which it leads."""
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: address in url)
    page.wait_for_load_state("load")


def choose_grade(page: "Page", home: str) -> None:
    """Open the finder and choose grade 5; focus stays, and the count is told."""
    page.goto(f"{home}find/")
    before = page.locator("#dp-found").inner_text()
    tab_to(page, "[data-group=grade] summary")
    press(page, "Enter")
    tab_to(page, "input[value='5']")
    press(page, "Space")
    expect(page, "() => location.search === '?grade=5'", "the choice is not in the address")
    changed = f"() => document.getElementById('dp-found').innerText !== {json.dumps(before)}"
    expect(page, changed, "the count of programs does not change")
    expect(
        page,
        "() => document.activeElement.matches('input:checked') && "
        "document.getElementById('dp-found').closest('[role=status]') !== null",
        "focus is lost, or the count is not told",
    )


def skip_to_the_content(page: "Page", home: str) -> None:
    """The first press of Tab offers to skip the header; after that, focus goes on inside the content."""
    page.goto(home)
    press(page, "Tab", "Enter", "Tab")
    is_inside = "() => document.getElementById('content').contains(document.activeElement)"
    expect(page, is_inside, "what comes after the skip link is not in the content")


def change_language(page: "Page", home: str) -> None:
    """Choose a grade, then another language: the filters stay."""
    choose_grade(page, home)
    tab_to(page, ".dp-languages__menu summary", key="Shift+Tab")
    press(page, "Enter")
    follow(page, ".dp-languages__link[hreflang=es]", "/es/find/?grade=5")
    expect(page, "() => document.querySelector('#dp-chips button')", "the filters are lost")


def clear_a_chip(page: "Page", home: str) -> None:
    """Take a choice back; focus stays where the choices are."""
    page.goto(f"{home}find/?grade=5&cost=free")
    tab_to(page, "#dp-chips button")
    press(page, "Enter")
    expect(page, "() => location.search === '?cost=free'", "the choice is still there")
    is_near = "() => document.activeElement.closest('#dp-chips, .dp-outcome') !== null"
    expect(page, is_near, "focus is lost with the choice that was taken back")


def search_in_own_words(page: "Page", home: str) -> None:
    """Type words on the start page; the finder shows what has them."""
    page.goto(home)
    tab_to(page, "input[type=search]")
    page.keyboard.type("paint")
    press_and_go(page, "/find/?q=paint")
    expect(
        page,
        "() => document.querySelector('#dp-results .dp-card, #dp-english .dp-card')?.checkVisibility()",
        "nothing is found",
    )


def call_about_a_program(page: "Page", home: str) -> None:
    """From a result to its page, and there to the telephone number."""
    page.goto(f"{home}find/?grade=5")
    follow(page, "#dp-results .dp-card__name a", "/partners/")
    tab_to(page, "main a[href^='tel:']")


def save_and_open_the_list(page: "Page", home: str) -> None:
    """Save a program and open the list that has it."""
    page.goto(f"{home}{PROGRAM}")
    tab_to(page, "button.dp-save")
    press(page, "Space")
    expect(page, "() => document.activeElement.getAttribute('aria-pressed') === 'true'", "nothing is saved")
    tab_to(page, "#dp-saved-entry a", key="Shift+Tab")
    press_and_go(page, "/saved/")
    expect(page, "() => document.querySelector('#dp-own .dp-card')?.checkVisibility()", "the list is empty")
    tab_to(page, "#dp-own .dp-card__name a")


def use_the_map_and_its_list(page: "Page", home: str) -> None:
    """Follow a mark of the map, go back, and reach the same by the list below."""
    page.goto(f"{home}map/")
    tab_to(page, ".dp-map__canvas a[href^='../schools/']")
    school = page.evaluate("document.activeElement.getAttribute('href')").removeprefix("..")
    press_and_go(page, school)
    page.goto(f"{home}map/")
    follow(page, "a[href='#list']", "#list")
    follow(page, f"main ul a[href='..{school}']", school)


def print_a_flyer(page: "Page", home: str) -> None:
    """From a school to its sheet for the counter, and there to the button that prints it."""
    page.add_init_script("window.print = () => { window.printed = true; };")
    page.goto(f"{home}{SCHOOL}")
    follow(page, "main a[href$='sheet/']", "/sheet/")
    tab_to(page, "main button")
    press(page, "Enter")
    expect(page, "() => window.printed", "the button does not print")


def get_involved(page: "Page", home: str) -> None:
    """From the start to the page about taking part, and on to whom to write."""
    page.goto(home)
    follow(page, ".dp-nav__link[href$='get-involved/']", "/get-involved/")
    tab_to(page, "main a")
    tab_to(page, "a[href^='mailto:']")


def find_the_way_from_a_missing_page(page: "Page", home: str) -> None:
    """At an address that does not exist, search."""
    page.goto(f"{home.rstrip('/').rpartition('/')[0]}/404.html")
    tab_to(page, "main input[type=search]")
    page.keyboard.type("paint")
    press_and_go(page, "/find/?q=paint")


def send_a_program(page: "Page", home: str) -> None:
    """Open the ways to send a program, and take the one that copies its link."""
    page.goto(f"{home}{PROGRAM}")
    tab_to(page, "details.dp-share summary")
    press(page, "Enter")
    tab_to(page, "[data-do=copy]")
    press(page, "Enter")
    expect(page, "() => document.querySelector('.dp-status')?.textContent.trim()", "nothing is said of the copied link")


TASKS: Mapping[str, Task] = MappingProxyType(
    {
        "skip-to-content": skip_to_the_content,
        "change-language": change_language,
        "choose-grade": choose_grade,
        "clear-filter": clear_a_chip,
        "search": search_in_own_words,
        "call": call_about_a_program,
        "save": save_and_open_the_list,
        "map": use_the_map_and_its_list,
        "print-flyer": print_a_flyer,
        "get-involved": get_involved,
        "missing-page": find_the_way_from_a_missing_page,
        "send": send_a_program,
    }
)
