"""How long a phone on a slow line waits for the finder and for answers in words, beside other ways to search."""

import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from statistics import median

import click
from pagefind_bin import get_executable

from benchmarks.builds import build, sample, say
from benchmarks.district import District
from benchmarks.peers.mkdocs import HOME, OUT_OF_NAVIGATION, write
from benchmarks.peers.peer import Contents
from benchmarks.phone.line import served
from benchmarks.phone.visit import Visit, Way, chromium, visit
from benchmarks.process import run
from benchmarks.table import NOTHING, Bench, Row, Table

WORDS = ("homework", "food")
MOST_FOR_PEERS = 500
"""Partners; with more, the peers only take long to build."""
FINDER = Way(
    path="en/find/",
    is_ready="() => document.querySelector('#dp-finder[data-live]') !== null",
    box="#dp-query",
    answer="""before => {
        const list = document.getElementById('dp-results');
        const chip = document.querySelector('#dp-chips button')?.textContent ?? '';
        const now = list.ariaBusy || !list.children.length || !chip ? '' : chip;
        return before === '' ? now : now !== '' && now !== before;
    }""",
    choice='[data-facet="cost"] input',
)
MATERIAL = Way(
    path="en/",
    is_ready="() => document.readyState === 'complete'",
    box=".md-search__input",
    answer="""before => {
        const now = document.querySelector('.md-search-result__item a')?.href ?? '';
        return before === '' ? now : now !== '' && now !== before;
    }""",
)
COMPONENTS = Way(
    path="en/",
    is_ready="() => document.querySelector('pagefind-input input') !== null",
    box="pagefind-input input",
    answer="""before => {
        const now = document.querySelector('pagefind-results a')?.href ?? '';
        return before === '' ? now : now !== '' && now !== before;
    }""",
)
ELEMENTS = """<link rel="stylesheet" href="../pagefind/pagefind-component-ui.css">
<script type="module" src="../pagefind/pagefind-component-ui.js"></script>
<pagefind-input></pagefind-input><pagefind-summary></pagefind-summary><pagefind-results></pagefind-results>
</article>"""


def measure(bench: Bench, sizes: tuple[District, ...]) -> Iterator[Row]:
    """A row for each way to search and size; the ways take turns."""
    for district in sizes:
        folder = sample(district, bench.scratch)
        say(f"phone, building {district.name}")
        build(folder)
        sites = {"this project": (folder / "site", FINDER)}
        if district.partners <= MOST_FOR_PEERS:
            sites |= peers(folder, district, bench.limit_s)
        visits: dict[str, list[Visit]] = {name: [] for name in sites}
        with chromium() as browser:
            for number in range(bench.runs):
                for name, (site, way) in sites.items():
                    say(f"phone, {name}, {district.name}, run {number + 1} of {bench.runs}")
                    with served(site) as line:
                        visits[name].append(visit(browser, line, way, WORDS))
        for name, several in visits.items():
            yield row(name, district, several)


def peers(folder: Path, district: District, limit_s: float) -> dict[str, tuple[Path, Way]]:
    """The same programs, partners and schools in Material with its own search, and with Pagefind's elements."""
    work = folder / "phone"
    contents = Contents(folder=folder, languages=district.languages)
    for word, plugins in (("lunr", ["search"]), ("pagefind", [])):
        write(OUT_OF_NAVIGATION | {"plugins": plugins}, word, work, contents)
        done(("-m", "mkdocs", "build", "--quiet", "--config-file", f"{word}.yml"), work / HOME, limit_s)
    site = work / HOME / "sites/pagefind"
    start = site / "en/index.html"
    start.write_text(start.read_text("utf-8").replace("</article>", ELEMENTS, 1), "utf-8")
    index = run((str(get_executable()), "--site", str(site), "--silent"), folder=work, limit_s=limit_s)
    if index.fault:
        raise click.ClickException(f"pagefind failed:\n{index.fault}")
    return {
        "Material and its own search (lunr)": (work / HOME / "sites/lunr", MATERIAL),
        "Material and Pagefind's components": (copytree(site, work / "components"), COMPONENTS),
    }


def done(arguments: tuple[str, ...], folder: Path, limit_s: float) -> None:
    """Run MkDocs; a failing one ends the benchmark."""
    result = run((sys.executable, *arguments), folder=folder, limit_s=limit_s)
    if result.fault:
        raise click.ClickException(f"mkdocs failed:\n{result.fault}")


def row(name: str, district: District, visits: list[Visit]) -> Row:
    """The medians of some visits, with the fastest and the slowest."""
    choices = [each.choice_s * 1000 for each in visits if each.choice_s is not None]
    return (
        name,
        district.name,
        kilobytes(each.page_bytes for each in visits),
        spread([each.usable_s for each in visits]),
        kilobytes(each.answer_bytes for each in visits),
        spread([each.first_s for each in visits]),
        spread([each.second_s for each in visits]),
        spread(choices, 0),
        str(len(visits)),
    )


def spread(values: list[float], digits: int = 2) -> str:
    """The median, and in brackets the least and the most."""
    if not values:
        return NOTHING
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def kilobytes(sizes: Iterator[int]) -> str:
    """The median of some bytes, in thousands."""
    return f"{median(sizes) / 1000:.0f}"


PHONE = Table(
    word="phone",
    title="On a phone with a slow line",
    explanation="""\
Chromium, 360 pixels wide, with its processor slowed four times (DevTools protocol), at a line of 400 kilobits a second
that lets 400 ms go by before each answer; nothing is known to it before. The line is a server of this benchmark, which
packs as static hosts do: what Chromium slows down by itself does not include what workers ask for. The processor is
slowed for pages, not for workers, in which ours and both peers search: real phones take longer there, alike for all.

“Usable” is the finder when its filters answer, and with the peers the box to search in. The first answer counts from
the focus of the box, with one word in it, to results; KB are those of the page, then of both answers together, heads of
answers included. A choice is a tap on a filter, until the browser has drawn what it changes, as Chromium's Event Timing
tells in steps of 8 ms. Peers have no filters, and no lists of programs on that page: they show a box only, so that
their page may be lighter and still say less. Their pages are those of the comparison above. The districts have 60
schools, and two to three programs a partner.

Where we lose: Material's own search has its whole index with the page, and answers at once; that page grows with every
program, and it finds no synonyms and, in most of our languages, no endings. The goals are 3 s until the finder is
usable, 7 s for the first answer, 2 s for the next, and 100 ms for a choice.""",
    columns=(
        "<way",
        "partners × languages",
        "page, KB",
        "usable, s",
        "answers, KB",
        "first answer, s",
        "second answer, s",
        "choice, ms",
        "runs",
    ),
    sizes=(District(partners=108), District(partners=1800)),
    measure=measure,
)
