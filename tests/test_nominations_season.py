"""A whole season: 40 nominations, three reviewers and a chair; two tamperings are found."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.check import check
from generator.model import Recognition, Window
from generator.nominations import acts
from generator.nominations.audit import findings, lines
from generator.nominations.ending import withdraw
from generator.nominations.keeping import anonymise
from generator.nominations.publishing import release, schedule
from generator.nominations.released import write
from generator.nominations.report import FEW, report
from generator.nominations.view import whole
from generator.records.folders import Project
from generator.vault.storage import Change, commit
from tests.seasons import REASON, SCHEMAS, SCORES, STAFF, Office, arrival, office, refusal

STORY: dict[str, Any] = {
    "title": "Every week for two years",
    "summary": "Volunteers came every week.",
    "story": "They came every week, and **120 families** read together.",
    "impact": [{"figure": 120, "unit": "families", "what": "read together"}],
}


def photo(path: Path) -> None:
    """A photo with a place and a camera in it."""
    image = Image.new("RGB", (1600, 900), (90, 120, 150))
    exif = Image.Exif()
    exif[0x010F] = "Invented Camera 3000"
    exif[0x8825] = {1: "N", 2: (42.0, 21.0, 0.0)}
    image.save(path, exif=exif)


def publish(here: Office, number: str, slug: str, **given: Any) -> dict[str, bytes | None]:
    """A story scheduled for the day and released on it; the public files, written."""
    ref = here.consent(number, "story", "photo")
    story = {**STORY, **given}
    for each in story.get("photos", ()):
        each["consent"] = {"scope": ["photo"], "ref": ref, "expires": "2029-06-30"}
    day = date.fromordinal(here.today.toordinal() + 7)
    way = {"by": "cory", "slug": slug, "given": story, "consent": ref, "day": day, "photos": here.root.parent}
    here.do(schedule, SCHEMAS, number, **way)
    assert "until then it stays here" in refusal(lambda: release(here.season(), SCHEMAS, number, by="cory"))
    here.pass_days(7)
    public = here.do(release, SCHEMAS, number, by="cory")
    write(here.root, public)
    return dict(public.files)


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office at the end of the season."""
    here = office(tmp_path_factory.mktemp("season"))
    outcomes = here.take(*(arrival(number) for number in range(40)))
    assert [each.number for each in outcomes] == [f"N-2027-{number:04}" for number in range(1, 41)]
    assert {each.verdict for each in here.take(*(arrival(number) for number in range(40)))} == {"known"}
    here.pass_days(3)
    for number in range(1, 41):
        code = f"N-2027-{number:04}"
        if number > 36:
            here.triage(code, set_aside="An advertisement, and no partnership.")
            continue
        here.triage(code, partners=(f"partner-{(number - 1) % 8}",), schools=(f"school-{(number - 1) % 4}",))
    for number in range(1, 31):
        code = f"N-2027-{number:04}"
        here.review(code, "rae", impact=5 if number % 3 == 0 else 4)
        here.review(code, "rob", impact=2 if number % 10 == 0 else 4)
    for number in (10, 20, 30):
        here.review(f"N-2027-{number:04}", "ren" if number != 17 else "chai", impact=3)
    here.pass_days(14)
    for number in range(1, 25):
        here.decide(f"N-2027-{number:04}", "recognise" if number <= 6 else "decline")
    photo(here.root.parent / "reading.jpg")
    photos = [{"file": "reading.jpg", "alt": "Grown-ups read a picture book aloud"}]
    publish(here, "N-2027-0002", "every-week", photos=photos)
    publish(here, "N-2027-0003", "twice-a-week")
    publish(here, "N-2027-0004", "on-fridays")
    public = here.do(withdraw, here.root, "N-2027-0003", by="cory", reason="The family asked us to.")
    write(here.root, public)
    here.do(anonymise, "N-2027-0005", by="cory", reason="The sender asked for it.")
    return here


def test_the_books_are_whole(season: Office) -> None:
    assert list(findings(season.vault())) == []


def test_what_is_public_is_three_stories_one_of_them_taken_back(season: Office) -> None:
    there = sorted(p.relative_to(season.root).as_posix() for p in season.root.rglob("*") if p.is_file())
    assert there == [
        "recognition/2026-27/every-week.yml",
        "recognition/2026-27/on-fridays.yml",
        "recognition/2026-27/twice-a-week.yml",
        "recognition/photos/reading.jpg",
    ]
    taken_back = (season.root / "recognition/2026-27/twice-a-week.yml").read_text("utf-8")
    assert "status: withdrawn" in taken_back
    assert "families" not in taken_back


def test_nothing_of_the_vault_is_in_the_public_files(season: Office) -> None:
    whole = b"".join(p.read_bytes() for p in season.root.rglob("*") if p.is_file())
    for private in (b"Neighbor", b"neighbor", b"555-", b"Sam Okonjo", b"signed form", b"rae", b"chai", REASON.encode()):
        assert private not in whole


def test_the_photo_has_lost_where_it_was_taken(season: Office) -> None:
    with Image.open(season.root / "recognition/photos/reading.jpg") as image:
        assert not image.getexif()
        assert max(image.size) == 1200
    assert b"Invented Camera" not in (season.root / "recognition/photos/reading.jpg").read_bytes()


def test_the_stories_pass_the_check_of_every_record(season: Office, repository: Path) -> None:
    for address in ("every-week", "on-fridays", "twice-a-week"):
        text = (season.root / f"recognition/2026-27/{address}.yml").read_text("utf-8")
        assert "nominated_via: N-2027-" in text
    checked = check(Project(root=season.root), today=season.today)
    rules = {problem.rule for problem in checked.problems if problem.at.path.startswith("recognition/")}
    assert rules <= {"unknown-partner", "unknown-school"}  # the partners of this test are in no file


def test_what_was_anonymised_says_nothing_any_more(season: Office) -> None:
    text = (season.folder / "nominations/N-2027-0005.yml").read_text("utf-8")
    for private in ("Neighbor", "neighbor", "555", "every week", REASON, "school-", "language"):
        assert private not in text
    assert not list((season.folder / "reviews/N-2027-0005").glob("*.yml"))
    assert season.state("N-2027-0005") == "anonymised"
    acts_of = [line.entry.act for line in lines(season.vault()) if line.entry.of == "N-2027-0005"]
    assert acts_of == ["import", "triage", "review", "review", "decide", "anonymise"]


def test_the_ledger_names_no_person_and_no_words(season: Office) -> None:
    ledger = (season.folder / "ledger.jsonl").read_text("utf-8")
    for private in ("Neighbor", "example.org", "555-", "Sam", REASON, "week", "Okafor"):
        assert private not in ledger


def test_the_audit_says_who_decided_what_on_which_grounds(season: Office) -> None:
    found = [line for line in lines(season.vault()) if line.entry.act == "decide" and line.entry.of == "N-2027-0007"]
    assert [(line.entry.by, line.grounds) for line in found] == [("chai", f"decline: {REASON}")]


def test_the_report_counts_and_points_at_nobody(season: Office) -> None:
    found = report(season.season(), "2026-27")
    assert (found["nominated"], found["decided"], found["recognised"], found["published"]) == (40, 24, FEW, FEW)
    assert found["days_to_decision"] == {"median": 17, "longest": 17}
    assert sum(isinstance(number, str) for number in found["by_school"].values()) != 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("came every week", "came every day"), "was changed by hand"),
        (lambda text: text.replace("state: declined", "").replace("partner-6", "partner-7"), "was changed by hand"),
    ],
)
def test_two_tamperings_are_found(season: Office, tmp_path: Path, change: Any, told: str) -> None:
    import shutil

    copy = Office(folder=tmp_path / "vault", root=season.root, today=season.today)
    shutil.copytree(season.folder, copy.folder)
    path = copy.folder / "nominations/N-2027-0007.yml"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    found = list(findings(copy.vault()))
    assert len(found) == 1
    assert found[0].startswith("nominations/N-2027-0007.yml: ")
    assert told in found[0]


def test_scores_stay_hidden_until_all_are_in(tmp_path: Path) -> None:
    here = office(tmp_path)
    code = here.nominate(1)
    here.triage(code, partners=("partner-1",))
    here.review(code, "rae", impact=5)
    for viewer in ("rob", "cory", "chai"):
        shown = whole(here.season(), here.season().nomination(code), here.season().person(viewer))
        assert shown["seen_reviews"] == []
        assert "mean" not in shown
    own = whole(here.season(), here.season().nomination(code), here.season().person("rae"))
    assert [each["by"] for each in own["seen_reviews"]] == ["rae"]
    here.review(code, "rob", impact=3)  # two apart: one more is called, and all stay hidden
    for viewer in ("ren", "rae", "chai"):
        shown = whole(here.season(), here.season().nomination(code), here.season().person(viewer))
        assert {each["by"] for each in shown["seen_reviews"]} <= {viewer}
    assert "one more review is called" in refusal(lambda: here.decide(code))
    here.review(code, "ren", impact=4)
    shown = whole(here.season(), here.season().nomination(code), here.season().person("rae"))
    assert {each["by"] for each in shown["seen_reviews"]} == {"rae", "rob", "ren"}
    assert "have been shown" in refusal(lambda: here.review(code, "rae", impact=1))
    here.decide(code)


def test_who_only_looks_sees_no_scores(tmp_path: Path) -> None:
    here = office(tmp_path)
    code = here.nominate(1)
    here.triage(code, partners=("partner-1",))
    here.review(code, "rae")
    here.review(code, "rob")
    shown = whole(here.season(), here.season().nomination(code), here.season().person("ren"))
    assert shown["seen_reviews"] == []
    assert "nominator" not in shown["answers"]


def test_who_stands_back_does_not_count(tmp_path: Path) -> None:
    here = office(tmp_path)
    code = here.nominate(1)
    here.triage(code, partners=("partner-1",))
    here.do(acts.stand_back, code, by="ren", conflict="My sister works there.")
    here.review(code, "rae")
    assert "1 of 2 independent reviews" in refusal(lambda: here.decide(code))
    here.review(code, "rob")
    here.decide(code)


def test_the_same_reviewer_does_not_count_twice(tmp_path: Path) -> None:
    here = office(tmp_path)
    code = here.nominate(1)
    here.triage(code, partners=("partner-1",))
    here.review(code, "rae")
    here.review(code, "rae", impact=5)
    assert "1 of 2 independent reviews" in refusal(lambda: here.decide(code))


def test_whoever_has_seen_or_may_guess_others_scores_changes_none(tmp_path: Path) -> None:
    """Neither when one more review is called, nor when somebody stands back after all were shown."""
    here = office(tmp_path, staff=STAFF + "  - {id: rey, name: Rey Achterberg, roles: [reviewer]}\n")
    code = here.nominate(1)
    here.triage(code, partners=("partner-1",))
    here.review(code, "rae", impact=5)
    here.review(code, "rob", impact=2)
    assert "it is not changed any more" in refusal(lambda: here.review(code, "rae", impact=2))
    here.review(code, "ren", impact=4)
    here.do(acts.stand_back, code, by="rob", conflict="My sister works there.")
    here.do(acts.stand_back, code, by="ren", conflict="I have volunteered there.")
    assert "it is not changed any more" in refusal(lambda: here.review(code, "rae", impact=2))
    assert "the scores were open to chai" in refusal(lambda: here.review(code, "chai", impact=5))
    here.review(code, "rey", impact=5)
    here.decide(code)


def test_reviewers_read_no_signature(tmp_path: Path) -> None:
    """An e-mail that somebody has signed does not tell reviewers who sent it."""
    here = office(tmp_path)
    sender = {"name": "Ana Okonjo", "email": "ana.okonjo@example.org", "phone": "(206) 555-0142"}
    text = "They read. Bananas were given.\nWarmly,\nANA  okonjo, Ana.Okonjo@example.org, 206.555.0142"
    code = here.nominate(1, nominator=sender, what=text, difference="I am Ana Okonjo.")
    here.triage(code, partners=("partner-1",))
    season = here.season()
    shown = whole(season, season.nomination(code), season.person("rae"))["answers"]
    assert shown["what"] == ("They read. Bananas were given.\nWarmly,\n(the sender), (the sender), 206.(the sender)")
    assert shown["difference"] == "I am (the sender)."
    assert whole(season, season.nomination(code), season.person("cory"))["answers"]["what"] == text


def test_after_somebody_stood_back_staff_can_still_correct_whom_it_means(tmp_path: Path) -> None:
    here = office(tmp_path)
    code = here.nominate(1)
    here.triage(code, partners=("partner-1",))
    here.do(acts.stand_back, code, by="rae", conflict="My sister works there.")
    here.triage(code, partners=("partner-2",))
    assert here.season().nomination(code).partners == ("partner-2",)


def test_no_number_is_given_twice_when_a_year_has_no_more(tmp_path: Path) -> None:
    here = office(tmp_path)
    last = "nominations/N-2027-9998.yml"
    change = Change(act="import", by="cory", of="N-2027-9998", state="received", noted={last: ""})
    commit(here.vault(), change, here.now)
    assert here.nominate(1) == "N-2027-9999"
    before = len(here.vault().ledger.entries)
    assert "N-2027-9999 is the last number of this year" in refusal(lambda: here.take(arrival(2), arrival(3)))
    assert len(here.vault().ledger.entries) == before
    here.today = date(2028, 1, 2)
    assert here.nominate(4) == "N-2028-0001"


def test_a_window_says_for_which_school_year(tmp_path: Path) -> None:
    here = office(tmp_path)
    window = Window(school_year="2025-26", opens=date(2027, 1, 15), closes=date(2027, 3, 15))
    here.rubric = Recognition(windows=(window,))
    one = here.nominate(1, school_year="")
    here.today = date(2027, 3, 16)
    two = here.nominate(2, school_year="")
    found = here.season().nominations
    assert (found[one].school_year, found[two].school_year) == ("2025-26", "2026-27")


def test_a_score_that_is_missing_or_no_score_is_named(tmp_path: Path) -> None:
    here = office(tmp_path)
    code = here.nominate(1)
    here.triage(code, partners=("partner-1",))
    told = refusal(lambda: here.do(acts.review, code, by="rae", scores={"impact": 9, "looks": 3}, reason=REASON))
    assert 'the score for "partnership" is missing' in told
    assert '9 is no score for "impact"' in told
    assert '"looks" is no criterion' in told
    assert "the reason is missing" in refusal(lambda: here.do(acts.review, code, by="rae", scores=SCORES, reason=""))
