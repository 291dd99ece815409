"""`partners show`: the record, what is linked to it, and what to say when there is none."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.show import KIND_NAMES, show
from generator.directory import schools_of
from generator.languages import fingerprint
from generator.model import Partner, Story
from generator.problems import SetupError
from generator.records.folders import KINDS
from tests.invented import DAY_SECONDS, checked, setting, write_district


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_district(tmp_path_factory.mktemp("show"), setting(partners=20))


def run(district: Path, *words: str) -> Result:
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": DAY_SECONDS, "NO_COLOR": "1"})
    return runner.invoke(show, [*words, "--root", str(district)])


def shown(district: Path, *words: str) -> dict[str, object]:
    result = run(district, *words, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.output)
    return found


def partners(district: Path) -> list[Partner]:
    return [p for p in checked(district).loaded.by_kind["partner"].values() if isinstance(p, Partner)]


def test_every_kind_can_be_shown(district: Path) -> None:
    loaded = checked(district).loaded
    assert set(KIND_NAMES) == {kind.name for kind in KINDS} | {"program"}
    for kind in KINDS:
        file = next(file for file in loaded.files if file.kind == kind.name)
        slug = file.address.removeprefix("recognition/") if kind.name == "story" else file.slug
        found = shown(district, kind.name, slug)
        assert (found["kind"], found["path"], found["slug"]) == (kind.name, file.path, slug)
        assert run(district, kind.name, slug).exit_code == 0


def test_a_kind_with_one_record_needs_no_slug(district: Path) -> None:
    assert shown(district, "district")["name"] == "Riverbend School District"
    assert shown(district, "policy")["name"] == "Policies"


def test_a_partner_with_its_links(district: Path) -> None:
    partner = next(p for p in partners(district) if schools_of(p) and p.partnership.initiatives)
    found = shown(district, "partner", partner.slug)
    links = {heading: [link["slug"] for link in links] for heading, links in found["links"].items()}  # type: ignore[attr-defined]
    assert links["Programs"] == [f"{partner.slug}/{program.slug}" for program in partner.programs]
    assert links["Schools"] == list(schools_of(partner))
    assert links["Initiatives"] == list(partner.partnership.initiatives)
    assert found["record"]["name"] == partner.name  # type: ignore[index]
    assert "slug" not in found["record"]  # type: ignore[operator]
    text = run(district, "partner", partner.slug).output
    assert f"partner in partners/{partner.slug}.yml" in text
    assert f"https://partners.example.org/en/partners/{partner.slug}/" in text
    assert f"Programs ({len(partner.programs)})" in text


def test_links_lead_both_ways(district: Path) -> None:
    for story in checked(district).loaded.by_kind["story"].values():
        assert isinstance(story, Story)
        slug = f"{story.school_year}/{story.slug}"
        for name, heading in (("partner", "Partners"), ("school", "Schools")):
            there = shown(district, "story", slug)["links"]
            for link in there.get(heading, ()):  # type: ignore[attr-defined]
                back = shown(district, name, link["slug"])["links"]
                assert slug in [each["slug"] for each in back["Stories"]]  # type: ignore[index]


def test_a_program_by_its_slug_alone(district: Path) -> None:
    slugs = [program.slug for p in partners(district) for program in p.programs]
    single = next(slug for slug in slugs if slugs.count(slug) == 1)
    double = next(slug for slug in slugs if slugs.count(slug) > 1)
    found = shown(district, "program", single)
    assert str(found["slug"]).endswith(f"/{single}")
    assert shown(district, "program", str(found["slug"])) == found
    result = run(district, "program", double)
    assert result.exit_code == 2
    assert re.search(rf'there are [0-9]+ programs "{double}": [a-z0-9-]+/{double}', result.output)


def test_a_story_by_its_slug_alone(district: Path) -> None:
    story = next(iter(checked(district).loaded.by_kind["story"].values()))
    assert shown(district, "story", story.slug)["slug"] == f"{story.school_year}/{story.slug}"  # type: ignore[attr-defined]


def test_translations_are_counted_by_state(district: Path) -> None:
    states: set[str] = set()
    for partner in partners(district):
        counted = shown(district, "partner", partner.slug)["translations"]
        assert set(counted) == {"es", "ar"}  # type: ignore[call-overload]
        totals = {sum(counts.values()) for counts in counted.values()}  # type: ignore[attr-defined]
        assert len(totals) == 1  # every text has one state in every language
        states.update(*counted.values())  # type: ignore[attr-defined]
    assert states == {"human", "reviewed", "machine", "stale", "missing"}


def test_words_in_a_language(district: Path) -> None:
    for partner in partners(district):
        found = shown(district, "partner", partner.slug, "--language", "ar")
        summary = found["words"]["summary"]  # type: ignore[index]
        is_english = summary["language"] == "en"
        assert is_english is (summary["state"] == "missing")
        assert (summary["text"] == partner.summary) is is_english
        assert summary["source"] == fingerprint(partner.summary)
        assert bool(re.search("[\u0600-\u06ff]", summary["text"])) is not is_english


def test_words_are_shown_as_the_site_shows_them(district: Path) -> None:
    words = [
        word
        for partner in partners(district)
        for path, word in shown(district, "partner", partner.slug, "--language", "ar")["words"].items()  # type: ignore[attr-defined]
        if path.endswith("/do")
    ]
    assert {word["language"] for word in words if word["state"] == "machine"} == {"en"}
    assert {word["language"] for word in words if word["state"] == "human"} == {"ar"}
    told = [run(district, "partner", partner.slug, "--language", "ar").output for partner in partners(district)]
    assert any("/do (machine, shown in English; source: " in each for each in told)
    assert not any("(missing; " in each for each in told)


def test_an_unknown_language_is_a_wrong_use(district: Path) -> None:
    result = run(district, "district", "--language", "vi")
    assert result.exit_code == 2
    assert 'the site has no "vi", only en, es, ar' in result.output


def test_an_unknown_slug_gets_a_hint(district: Path) -> None:
    slug = partners(district)[0].slug
    result = run(district, "partner", slug[:-1])
    assert result.exit_code == 2
    assert f'there is no partner "{slug[:-1]}". Did you mean "{slug}"?' in result.output
    assert 'there is no school "q".\n' in run(district, "school", "q").output
    assert "which event? Give its SLUG, such as " in run(district, "event").output


def test_a_former_slug_says_the_new_one(tmp_path: Path) -> None:
    folder = write_district(tmp_path, setting(partners=60))
    partner = next(p for p in partners(folder) if p.former_slugs)
    result = run(folder, "partner", partner.former_slugs[0])
    assert result.exit_code == 2
    assert f'is now called "{partner.slug}"' in result.output


def test_a_record_with_errors_is_named(tmp_path: Path) -> None:
    folder = write_district(tmp_path, setting(partners=2, schools=2))
    path = min((folder / "partners").glob("*.yml"))
    path.write_text(path.read_text("utf-8").replace("kind: ", "kin: ", 1), "utf-8")
    result = run(folder, "partner", path.stem)
    assert isinstance(result.exception, SetupError)
    assert f"partners/{path.name} has errors" in str(result.exception)


def test_help_has_examples() -> None:
    output = CliRunner().invoke(show, ["--help"]).output
    assert "Examples:" in output
    assert "partners show partner river-food-bank" in output
