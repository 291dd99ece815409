"""docs/scale.md: what is reckoned there follows from what was measured, and from the constants of the software."""

from pathlib import Path

import pytest
import yaml

from tests.scale_page import FIGURE, JOB_MINUTES, PAGE, Site, costs, limits, rounded, scale_page, size

FIGURES = {
    "programs": 2,
    "pages": 1.5,
    "searched": 1,
    "page-kb": 10,
    "page-language-kb": 1,
    "packed": 10,
    "check-ms": 6,
    "check-language-ms": 3,
    "write-ms": 1,
    "write-all-ms": 4,
    "join-ms": 1,
    "search-ms": 2,
    "gate-ms": 5,
    "plan-kb": 30,
    "index-kb": 100,
    "manifest-bytes": 100,
    "git-kb": 10,
    "files": 1,
}


@pytest.fixture
def page(repository: Path) -> str:
    """The page as it stands."""
    return (repository / PAGE).read_text("utf-8")


def test_the_tables_follow_from_the_figures(page: str) -> None:
    assert page == scale_page(page), "run `make bless`"


def test_every_figure_is_measured_once(page: str) -> None:
    names = [name for name, _ in FIGURE.findall(page)]
    assert len(names) == len(set(names))
    assert set(FIGURES) <= set(names)


def test_another_figure_changes_the_tables(page: str) -> None:
    changed = page.replace("| `gate-ms` | work of the last gate for each page | ", "| `gate-ms` | of each page | 9")
    assert changed != page
    assert scale_page(changed) != changed


def test_a_site_is_reckoned_as_the_page_says() -> None:
    site = Site(programs=60_000, languages=4, figures=FIGURES)
    assert (site.partners, site.pages, site.parts) == (30_000, 360_000, 5)
    assert site.size_gb == pytest.approx(360_000 * 14e3 / 1e9)
    assert site.check == pytest.approx(30_000 * 18e-3 / 60)
    assert site.write == pytest.approx(72_000 * 2e-3 / 60)
    assert (site.alone, site.shared) == (pytest.approx(6), pytest.approx(42))
    assert site.jobs(4) == (pytest.approx(1 + 9 / 4), pytest.approx(1 + 11.4 / 4), pytest.approx(1 + 6 + 42 / 4))
    assert site.work == pytest.approx(9 + 5 * 11.4 + 48)
    assert site.minutes == pytest.approx(sum(site.jobs(4)))
    assert site.paid == 6 + 5 * 7 + 28 + 1
    assert site.fits


@pytest.mark.parametrize("what", ["page-kb", "index-kb", "gate-ms"])
def test_what_fits_no_standard_runner_has_no_price(what: str) -> None:
    assert "–" not in "".join(costs(FIGURES)).partition("| 100,000 ×")[0]
    assert "| – | – | – |" in next(row for row in costs(FIGURES | {what: 10_000}) if row.startswith("| 2,500 ×"))


def test_limits_stand_in_the_order_in_which_they_are_met() -> None:
    numbers = [float(row.split("|")[1].replace(",", "")) for row in tuple(limits(FIGURES))[2:]]
    assert numbers == sorted(numbers)
    assert len(numbers) > 5


def test_no_job_of_the_workflow_may_take_longer_than_one_that_is_reckoned(repository: Path) -> None:
    jobs = yaml.safe_load((repository / ".github/workflows/publish.yml").read_text("utf-8"))["jobs"]
    assert all(job["timeout-minutes"] <= JOB_MINUTES for job in jobs.values())


@pytest.mark.parametrize(
    ("number", "words"), [(0.44, "0.4"), (9.94, "9.9"), (98.6, "99"), (123, "120"), (126_500, "130,000")]
)
def test_numbers_have_the_digits_that_can_be_trusted(number: float, words: str) -> None:
    assert rounded(number) == words


def test_sizes() -> None:
    assert [size(gb) for gb in (0.0531, 0.934, 3.52, 354)] == ["53 MB", "930 MB", "3.5 GB", "350 GB"]
