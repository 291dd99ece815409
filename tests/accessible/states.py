"""What pages become while they are used: each state has a page, and what somebody does on it, in whatever language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAVED = "luvimharrow-native-youth/coffee-at-school,nurirfolm-museum/paint-lab"
PROGRAM = "partners/luvimharrow-native-youth/coffee-at-school/"
ANSWERED = """() => {
  const note = document.getElementById("dp-found").textContent;
  const isBusy = document.getElementById("dp-results").ariaBusy === "true";
  return /\\d|[٠-٩]/.test(note) && document.querySelector("#dp-chips button") && !isBusy;
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The address of a page below its language, what brings it into the state, and a selector of what is to be seen."""

    path: str
    enter: Callable[["Page"], object]
    seen: str


def nothing(page: "Page") -> None:
    """The address alone is enough."""


def open_filters(page: "Page") -> None:
    """Open every filter of the finder."""
    for summary in page.locator("details.dp-facet > summary").all():
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()


def wait_for_answer(page: "Page") -> None:
    """Wait until the search has said what it found."""
    page.wait_for_function(ANSWERED)
    page.wait_for_load_state("networkidle")


def open_all(selector: str) -> Callable[["Page"], None]:
    """What opens everything that is folded away and fits a selector."""

    def act(page: "Page") -> None:
        page.wait_for_selector(selector)
        for summary in page.locator(f"{selector} > summary").all():
            summary.click()

    return act


def save_and_share(page: "Page") -> None:
    """Keep the program of the page, and open the ways to send it."""
    page.locator(".dp-save").first.click()
    open_all("details.dp-share")(page)


def save_all(page: "Page") -> None:
    """Keep all programs of the link."""
    page.locator("#dp-save-all").click()
    page.locator("#dp-own .dp-card").nth(1).wait_for()


def show_code(page: "Page") -> None:
    """Keep the programs, offer every way to send them, and show their code."""
    save_all(page)
    page.locator("#dp-show-code").click()
    page.locator("#dp-code :is(svg, canvas, img)").wait_for()
    open_all("details.dp-share")(page)


def unsave(page: "Page") -> None:
    """Keep the programs, and take one of them back."""
    save_all(page)
    page.locator("#dp-own .dp-card button").first.click()


STATES: Mapping[str, State] = MappingProxyType(
    {
        "languages open": State(path="", enter=open_all(".dp-languages__menu"), seen=".dp-languages__menu[open]"),
        "finder, filters open": State(path="find/", enter=open_filters, seen=".dp-facet[open] input"),
        "finder, filters chosen": State(path="find/?grade=5&cost=free", enter=open_filters, seen="#dp-chips button"),
        "finder, near a school": State(
            path="find/?school=ralomdale-elementary-school", enter=open_filters, seen="#dp-chips button"
        ),
        "finder, nothing fits": State(path="find/?grade=pk&cost=fee&day=sat", enter=nothing, seen="#dp-none"),
        "finder, words found": State(path="find/?q=paint", enter=wait_for_answer, seen="#dp-results .dp-card"),
        "finder, words not found": State(path="find/?q=qqqqzzzz", enter=wait_for_answer, seen="#dp-none"),
        "program, kept, ways to send": State(path=PROGRAM, enter=save_and_share, seen="details.dp-share[open]"),
        "list, sent by somebody": State(path=f"saved/#p={SAVED}", enter=nothing, seen="#dp-save-all"),
        "list, kept": State(path=f"saved/#p={SAVED}", enter=save_all, seen="#dp-own .dp-card"),
        "list, code and ways to send": State(path=f"saved/#p={SAVED}", enter=show_code, seen="#dp-code > *"),
        "list, one taken back": State(path=f"saved/#p={SAVED}", enter=unsave, seen="#dp-own button"),
        "list, empty": State(path="saved/", enter=nothing, seen="#dp-none-saved"),
    }
)
