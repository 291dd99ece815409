"""docs/scale.md, its two reckoned tables written from the measured figures that stand above them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from generator.building.shards import MOST, PAGES_A_PROGRAM, PAGES_EACH
from generator.manifest import LIMIT_BYTES
from generator.pages.finder import WHOLE_LIST

PAGE = "docs/scale.md"
FIGURE = re.compile(r"^\| `([a-z-]+)` \|[^|]*\| ([0-9.]+) \|", re.MULTILINE)
SITES = ((600, 3), (1_500, 5), (2_500, 10), (10_000, 10), (100_000, 10), (1_000_000, 10))
"""Programs and languages."""
LANGUAGES = 10
"""Of the directory whose limits are reckoned."""
SET_UP_MINUTES = 1
PROCESSORS = 4
PAID_PROCESSORS = 2
DOLLARS_A_MINUTE = 0.006
JOBS_AT_ONCE = 20
JOB_MINUTES = 360
RUNNER_GB = 16
DISK_GB = 14
COPIES = 2
"""Of the site, on the machine that joins its parts."""
PAGES_GB = 1
FOLDER_FILES = 3_000
GIT_GB = 10
KB, MB, GB = 1e3, 1e6, 1e9

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site of so many programs in so many languages, by the measured figures; work is in minutes of a processor."""

    programs: int
    languages: int
    figures: Figures

    @property
    def partners(self) -> float:
        """Partners that offer them."""
        return self.programs / self.figures["programs"]

    @property
    def pages(self) -> float:
        """Pages in all languages."""
        return self.programs * self.languages * self.figures["pages"]

    @property
    def size_gb(self) -> float:
        """What it takes on a disk."""
        return self.pages * page_bytes(self.figures, self.languages) / GB

    @property
    def parts(self) -> int:
        """In how many parts it is built."""
        return max(1, min(MOST, ceil(self.programs * self.languages * PAGES_A_PROGRAM / PAGES_EACH)))

    @property
    def check(self) -> float:
        """Work of every part, however small."""
        each = self.figures["check-ms"] + self.languages * self.figures["check-language-ms"]
        return self.partners * each / 60e3

    @property
    def write(self) -> float:
        """Work of writing the pages of one part."""
        each = self.figures["write-ms"] + self.figures["write-all-ms"] / self.languages
        return self.pages / self.parts * each / 60e3

    @property
    def shared(self) -> float:
        """Work of the last job that all its processors share: search and gate."""
        return self.pages * (self.figures["search-ms"] + self.figures["gate-ms"]) / 60e3

    @property
    def alone(self) -> float:
        """Work of the last job that one processor does: joining the parts."""
        return self.pages * self.figures["join-ms"] / 60e3

    def jobs(self, processors: int) -> tuple[float, float, float]:
        """Minutes of the first job, of one part and of the last job."""
        return (
            SET_UP_MINUTES + self.check / processors,
            SET_UP_MINUTES + (self.check + self.write) / processors,
            SET_UP_MINUTES + self.alone + self.shared / processors,
        )

    @property
    def disk_gb(self) -> float:
        """What the last job needs of a disk."""
        return self.size_gb * COPIES

    @property
    def memory_gb(self) -> float:
        """What the last job needs of memory, when it indexes one language at a time."""
        return self.programs * self.figures["searched"] * self.figures["index-kb"] * KB / GB

    @property
    def fits(self) -> bool:
        """Whether a standard runner can do the last job."""
        is_small = self.disk_gb <= DISK_GB and self.memory_gb <= RUNNER_GB
        return is_small and self.jobs(PAID_PROCESSORS)[-1] <= JOB_MINUTES

    @property
    def work(self) -> float:
        """All work of a run."""
        return self.check + self.parts * (self.check + self.write) + self.alone + self.shared

    @property
    def minutes(self) -> float:
        """From the first job to the last, for a public repository; nobody waits for a machine."""
        first, part, last = self.jobs(PROCESSORS)
        return first + ceil(self.parts / JOBS_AT_ONCE) * part + last

    @property
    def paid(self) -> int:
        """Minutes that a private repository pays, the deployment's included."""
        first, part, last = self.jobs(PAID_PROCESSORS)
        return ceil(first) + self.parts * ceil(part) + ceil(last) + 1


def scale_page(text: str) -> str:
    """The page with its reckoned tables as its measured figures have them."""
    figures = {name: float(value) for name, value in FIGURE.findall(text)}
    text = replaced(text, "costs", costs(figures))
    return replaced(text, "limits", limits(figures))


def replaced(text: str, name: str, lines: Iterator[str]) -> str:
    """The text with other lines between the two marks of a table."""
    before, mark, rest = text.partition(f"<!-- {name}: written by make bless -->\n")
    _, end, after = rest.partition("<!-- end -->")
    table = "".join(f"{line}\n" for line in lines)
    return f"{before}{mark}\n{table}\n{end}{after}"


def costs(figures: Figures) -> Iterator[str]:
    """The table of what sites cost."""
    yield (
        "| programs × languages | pages | site | packed | parts | work, minutes | one part, minutes "
        "| last job, minutes | its disk | its memory | all, minutes | minutes paid | dollars |"
    )
    yield f"|{'--:|' * 13}"
    for programs, languages in SITES:
        site = Site(programs=programs, languages=languages, figures=figures)
        _, part, last = site.jobs(PROCESSORS)
        cells = (
            f"{programs:,} × {languages}",
            rounded(site.pages),
            size(site.size_gb),
            size(site.size_gb * figures["packed"] / 100),
            str(site.parts),
            rounded(site.work),
            rounded(part),
            rounded(last),
            size(site.disk_gb),
            size(site.memory_gb),
            *(
                (rounded(site.minutes), f"{site.paid:,}", f"{site.paid * DOLLARS_A_MINUTE:,.2f}")
                if site.fits
                else "–––"
            ),
        )
        yield f"| {' | '.join(cells)} |"


def limits(figures: Figures) -> Iterator[str]:
    """The table of what a growing directory meets, from the smallest."""
    programs, pages = figures["programs"], figures["pages"] * LANGUAGES
    page_size, shared = page_bytes(figures, LANGUAGES), figures["search-ms"] + figures["gate-ms"]
    met = (
        (WHOLE_LIST, "the finder shows only its first 100 programs as cards", "our own threshold"),
        (FOLDER_FILES * programs, "3,000 files in `partners/`", "GitHub's recommendation"),
        (PAGES_GB * GB / page_size / pages, "a site of 1 GB", "limit of GitHub Pages"),
        (PAGES_EACH / PAGES_A_PROGRAM / LANGUAGES, "more than one part", "our own threshold"),
        (DISK_GB * GB / COPIES / page_size / pages, "14 GB of disk where parts are joined", "standard runner"),
        (
            RUNNER_GB * GB / (figures["index-kb"] * KB) / figures["searched"],
            "16 GB of memory for the index of one language",
            "standard runner, public repository",
        ),
        (
            LIMIT_BYTES / figures["manifest-bytes"] / figures["files"] / pages,
            "a manifest of 200 MB: no brake any more",
            "our own limit",
        ),
        (
            JOB_MINUTES * 60e3 / (figures["join-ms"] + shared / PROCESSORS) / pages,
            "6 hours for the last job",
            "limit of GitHub's runners",
        ),
        (
            PAGES_EACH * MOST / PAGES_A_PROGRAM / LANGUAGES,
            "128 parts: they get larger than 100,000 pages from here",
            "our own limit",
        ),
        (
            RUNNER_GB * GB / (figures["plan-kb"] * KB) * programs,
            "16 GB of memory for the records of every part",
            "standard runner, public repository",
        ),
        (GIT_GB * GB / (figures["git-kb"] * KB) * programs, "10 GB of repository", "GitHub's recommendation"),
    )
    yield "| programs | what is met | whose limit |"
    yield "|--:|---|---|"
    yield from (f"| {rounded(number)} | {what} | {whose} |" for number, what, whose in sorted(met))


def page_bytes(figures: Figures, languages: int) -> float:
    """What a page takes of the site."""
    return (figures["page-kb"] + languages * figures["page-language-kb"]) * KB


def rounded(number: float) -> str:
    """A number with the two digits that can be trusted."""
    if number < 10:
        return f"{number:.1f}"
    step = 10 ** max(0, len(str(int(number))) - 2)
    return f"{round(number / step) * step:,}"


def size(size_gb: float) -> str:
    """A size in the unit that reads best."""
    return f"{rounded(size_gb * GB / MB)} MB" if size_gb < 1 else f"{rounded(size_gb)} GB"
