"""The accessibility statement of every site: its figures are those of the last run, and claim nothing else."""

import re
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import pytest

from generator.accessibility import FILE, Results, read_results, written
from generator.building.rendering import render
from generator.plan import prepare
from generator.problems import SetupError
from tests.accessible import axe
from tests.accessible.__main__ import checker_version, digest_of_checks, results_of
from tests.accessible.kinds import LANGUAGES, Site, makers
from tests.accessible.states import STATES
from tests.accessible.tasks import TASKS
from tests.invented import checked, setting, write_district

RUN_AGAIN = "run make accessibility, which makes the checks and writes generator/accessibility.json"


def statement(site: Path, language: str) -> str:
    """The statement's page."""
    return (site / language / "accessibility/index.html").read_text("utf-8")


def test_the_results_are_those_of_the_checks_as_they_are(repository: Path) -> None:
    assert read_results().checks == digest_of_checks(repository), RUN_AGAIN


def test_the_results_claim_nothing_that_is_not_checked(repository: Path) -> None:
    results = read_results()
    assert set(results.tasks) == set(TASKS), RUN_AGAIN
    assert set(results.states) == set(STATES), RUN_AGAIN
    assert set(results.languages) == set(LANGUAGES), RUN_AGAIN
    assert set(results.kinds) <= {*makers(repository), "written"}, RUN_AGAIN
    assert results.violations == results.html_errors == 0
    assert results.tools["axe-core"] == axe.version(), RUN_AGAIN
    assert results.tools["Nu Html Checker"] == checker_version(repository), RUN_AGAIN


def test_another_check_makes_the_results_old(repository: Path, tmp_path: Path) -> None:
    from shutil import copytree

    copytree(repository / "tests", tmp_path / "tests", ignore=lambda *_: ["golden", "cases", "node_modules"])
    before = digest_of_checks(tmp_path)
    assert before == digest_of_checks(repository)
    states = tmp_path / "tests/accessible/states.py"
    states.write_text(states.read_text("utf-8") + "\n", "utf-8")
    assert digest_of_checks(tmp_path) != before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statement_says_the_figures_of_the_last_run(accessible_site: Site, language: str) -> None:
    page, results = statement(accessible_site.folder, language), read_results()
    said = {f"{results.looks:,}", f"{len(results.kinds)}", f"{len(results.tasks)}", f"{results.html_pages:,}"}
    assert said <= set(re.findall(r"[0-9][0-9,]*", page.partition('id="checked"')[2].partition('id="tell"')[0]))
    assert all(f"{tool} {results.tools[tool]}" in page for tool in ("axe-core", "Nu Html Checker"))
    assert "tel:" in page.partition('id="tell"')[2].partition("</main>")[0]
    assert f'href="../../{language}/languages/"' in page.partition("<main")[2].partition("</main>")[0]


def test_the_page_about_data_leads_to_the_languages(accessible_site: Site) -> None:
    page = (accessible_site.folder / "ar/data/index.html").read_text("utf-8")
    assert 'href="../../ar/languages/"' in page.partition("<main")[2].partition("</main>")[0]


def test_a_district_without_a_word_of_its_own_has_the_statement(tmp_path: Path) -> None:
    district = write_district(tmp_path / "district", setting(partners=2, schools=2, languages=("en", "ar")))
    rmtree(district / "pages")
    rmtree(district / "translations/ar/pages", ignore_errors=True)
    render(prepare(checked(district), has_search=False), tmp_path / "site")
    for language, title in (("en", "Accessibility"), ("ar", "إمكانية الوصول")):
        page = statement(tmp_path / "site", language)
        assert re.findall("<h1[^>]*>([^<]+)</h1>", page) == [title]
        assert f'href="../../{language}/accessibility/"' in page.partition("<footer")[2]
        assert 'id="tell"' in page


@pytest.mark.parametrize("text", ["", "{", '{"on": "yesterday"}', '{"unknown": 1}'])
def test_results_that_cannot_be_read_say_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "accessibility.json").write_text(text, "utf-8")
    with pytest.raises(SetupError, match="run make accessibility"):
        read_results(tmp_path / "accessibility.json")


def test_results_are_written_as_they_are_read() -> None:
    assert written(read_results()) == FILE.read_bytes()


def test_figures_come_from_what_tests_recorded(repository: Path) -> None:
    recorded: dict[str, list[object]] = {
        "language": ["en", "ar"],
        "kinds": [["home.page"], ["home.page", "map.page"]],
        "states": [["list, kept"]],
        "looks": [4, 8],
        "violations": [0, 0],
        "task": ["call", "map", "call"],
        "html_pages": [7],
        "html_errors": [0],
    }
    found: Results = results_of(recorded, repository, "1.2")
    assert (found.looks, found.kinds, found.tasks) == (12, ("home.page", "map.page"), ("call", "map"))
    assert found.tools["Chromium"] == "1.2"


def test_a_check_that_did_not_run_counts_as_missed(make_report: Callable[..., pytest.TestReport]) -> None:
    from tests.accessible.__main__ import Run

    run = Run()
    run.pytest_runtest_logreport(make_report("skipped"))
    run.pytest_runtest_logreport(make_report("passed", ("looks", 4)))
    assert run.missed == ["a test: skipped"]
    assert run.recorded == {"looks": [4]}


@pytest.fixture
def make_report() -> Callable[..., pytest.TestReport]:
    """A function that makes the report of a test with an outcome and what it recorded."""

    def report(outcome: str, *properties: tuple[str, object]) -> pytest.TestReport:
        return pytest.TestReport(
            "a test",
            ("a", 1, "a"),
            {},
            outcome,
            None,
            "call",
            user_properties=list(properties),  # type: ignore[arg-type]
        )

    return report
