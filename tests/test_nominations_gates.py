"""Each gate that is closed refuses, with the sentence that says what is missing, and writes nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.nominations import acts
from generator.nominations.audit import findings
from generator.nominations.ending import expire, over, withdraw
from generator.nominations.gates import BEFORE
from generator.nominations.keeping import anonymise, is_due, months_after
from generator.nominations.publishing import release, schedule
from generator.nominations.released import write
from generator.nominations.report import FEW, counts
from generator.nominations.season import Season, unknown_ties
from generator.nominations.view import next_step, queue
from generator.problems import SetupError
from generator.vault.storage import Change, commit, settings_digest
from tests.seasons import REASON, SCHEMAS, SCORES, STAFF, Office, office, refusal
from tests.test_nominations_season import STORY

Step = Callable[[Office], object]


@pytest.fixture
def here(tmp_path: Path) -> Office:
    """A vault with staff."""
    return office(tmp_path)


def triaged(here: Office, partner: str = "partner-1", **given: Any) -> str:
    """A nomination that reviewers have before them."""
    code = here.nominate(1, **given)
    here.triage(code, partners=(partner,))
    return code


def reviewed(here: Office, **scores: int) -> str:
    """A nomination with two reviews, the second with other scores."""
    code = triaged(here)
    here.review(code, "rae")
    here.review(code, "rob", **scores)
    return code


def scheduled(here: Office, *scope: str, **given: Any) -> dict[str, Any]:
    """What schedules a nomination that is recognised and consented to; a test takes something away."""
    code = here.recognised()
    ref = here.consent(code, *scope)
    way = {"by": "cory", "slug": "every-week", "given": STORY, "consent": ref, "day": date(2027, 3, 1), "photos": None}
    return {"number": code, **way, **given}


def schedule_it(here: Office, *scope: str, **given: Any) -> object:
    """A story scheduled, if every gate is open."""
    way = scheduled(here, *scope, **given)
    return here.do(schedule, SCHEMAS, way.pop("number"), **way)


def as_nominator(here: Office, **sender: str) -> str:
    """A nomination that a reviewer has sent."""
    return triaged(here, nominator=sender)


def with_quote(consent: dict[str, Any] | None = None, **quote: str) -> dict[str, Any]:
    """A story with somebody's words."""
    told: dict[str, Any] = {"words": "My son reads to me now.", "role": "Parent", **quote}
    return {**STORY, "quotes": [{**told, **({"consent": consent} if consent else {})}]}


CLOSED: dict[str, tuple[Step, str]] = {
    "triage by a reviewer": (
        lambda h: h.do(acts.triage, h.nominate(), by="rae", partners=("partner-0",)),
        "no coordinator",
    ),
    "triage without a partner": (
        lambda h: h.triage(h.nominate(organization="Elsewhere")),
        "which partner is meant is missing",
    ),
    "triage of an unknown partner": (lambda h: h.triage(h.nominate(), partners=("x",)), 'no partner "x"; add it first'),
    "triage of an unknown school": (
        lambda h: h.triage(h.nominate(), partners=("partner-0",), schools=("x",)),
        'no school "x"',
    ),
    "triage with a school year that is none": (
        lambda h: h.triage(h.nominate(), partners=("partner-0",), school_year="soon"),
        '"soon" is no school year; write it as 2026-27',
    ),
    "triage after a review": (
        lambda h: h.triage(reviewed(h)),
        "can be looked through only before anybody has scored it",
    ),
    "setting aside without a reason": (lambda h: h.triage(h.nominate(), set_aside="no"), "the reason is missing"),
    "review before triage": (
        lambda h: h.review(h.nominate(), "rae"),
        "is received, and can be reviewed only after it was looked through",
    ),
    "review by no reviewer": (lambda h: h.review(triaged(h), "cory"), "cory is no reviewer"),
    "review by an affiliate": (lambda h: h.review(triaged(h, "partner-0"), "ren"), "ren is affiliated with partner-0"),
    "review by the nominator": (
        lambda h: h.review(as_nominator(h, email="RAE@district.example.org"), "rae"),
        "rae sent this nomination",
    ),
    "review by the nominator's name": (
        lambda h: h.review(as_nominator(h, name="rob  TANAKA"), "rob"),
        "rob sent this nomination",
    ),
    "review by the nominator's other address": (
        lambda h: h.review(as_nominator(h, email="rae+thanks@district.example.org"), "rae"),
        "rae sent this nomination",
    ),
    "review by the nominator's name in another order": (
        lambda h: h.review(as_nominator(h, name="Lindqvist, Ms. Rae B."), "rae"),
        "rae sent this nomination",
    ),
    "scoring anew after having seen the others' scores": (
        lambda h: (h.do(acts.stand_back, code := reviewed(h), by="rob", conflict=REASON), h.review(code, "rob")),
        "who stood back then does not score any more",
    ),
    "scoring by a chair who could see the scores": (
        lambda h: (h.do(acts.stand_back, code := reviewed(h), by="rob", conflict=REASON), h.review(code, "chai")),
        "the scores were open to chai",
    ),
    "decision by a chair who stood back": (
        lambda h: (
            h.do(acts.stand_back, code := triaged(h), by="chai", conflict=REASON),
            both(h, code),
            h.decide(code),
        ),
        "chai stood back from this nomination",
    ),
    "decision on the review of somebody with a tie": (
        lambda h: (code := reviewed(h), tie(h, "rae", "partner-1"), h.decide(code)),
        "rae is affiliated with partner-1, and does not judge it; their review is in",
    ),
    "review of what was set aside": (lambda h: h.review(set_aside(h), "rae"), "was set aside"),
    "review without a reason": (
        lambda h: h.do(acts.review, triaged(h), by="rae", scores=SCORES, reason="good"),
        "the reason is missing",
    ),
    "standing back without a reason": (
        lambda h: h.do(acts.stand_back, triaged(h), by="ren", conflict=""),
        "the reason is missing",
    ),
    "a third review that nobody called": (lambda h: h.review(reviewed(h), "ren"), "all reviews are in"),
    "decision without reviews": (lambda h: h.decide(triaged(h)), "can be decided only after reviewers have scored it"),
    "decision after one review": (
        lambda h: (h.review(code := triaged(h), "rae"), h.decide(code)),
        "1 of 2 independent reviews are in",
    ),
    "decision while reviewers are apart": (
        lambda h: h.decide(reviewed(h, impact=2)),
        "are 2 or more apart, so one more review is called",
    ),
    "decision by no chair": (
        lambda h: h.do(acts.decide, reviewed(h), by="cory", outcome="recognise", reason=REASON),
        "cory is no chair",
    ),
    "decision by a reviewer of it": (
        lambda h: (h.review(code := triaged(h), "chai"), h.review(code, "rae"), h.decide(code)),
        "chai has reviewed this nomination",
    ),
    "decision without a reason": (lambda h: h.decide(reviewed(h), reason=" "), "the reason is missing"),
    "consent before a decision": (lambda h: h.consent(reviewed(h)), "can take a consent only after it was decided"),
    "consent after declining": (lambda h: (h.decide(code := reviewed(h), "decline"), h.consent(code)), "was declined"),
    "consent by nobody": (lambda h: h.consent(h.recognised(), whom=""), "who gave the consent is missing"),
    "consent for something unknown": (lambda h: h.consent(h.recognised(), "everything"), '"everything" is no scope'),
    "consent that is over": (lambda h: h.consent(h.recognised(), until=date(2020, 1, 1)), "is over already"),
    "a consent taken back twice": (
        lambda h: [h.do(acts.take_back_consent, ref, by="cory") for ref in [h.consent(h.recognised())] * 2],
        "was taken back on 2027-02-01 already",
    ),
    "a story before consent": (
        lambda h: h.do(
            schedule,
            SCHEMAS,
            h.recognised(),
            by="cory",
            slug="a",
            given=STORY,
            consent="",
            day=date(2027, 3, 1),
            photos=None,
        ),
        "can be scheduled only after consent was asked for",
    ),
    "a story without a day": (lambda h: schedule_it(h, day=None), "the day is missing"),
    "a story without its consent": (lambda h: schedule_it(h, consent=""), "the consent to tell the story is missing"),
    "a story with another's consent": (lambda h: schedule_it(h, consent="C-2027-0009"), "has no consent C-2027-0009"),
    "a consent that ends before": (
        lambda h: schedule_it(h, day=date(2030, 1, 1)),
        "ends on 2029-06-30, before 2030-01-01",
    ),
    "a consent for something else": (lambda h: with_consent(h, "photo"), 'this consent does not cover "story"'),
    "a story without an address": (lambda h: schedule_it(h, slug="Every Week"), "the story needs an address"),
    "a name without consent": (
        lambda h: schedule_it(h, given=with_quote(name="Alex Rivera", consent=claim("C-2027-0001", "name"))),
        'does not cover "name"',
    ),
    "words under a consent for a name only": (
        lambda h: schedule_it(
            h, "story", "name", given=with_quote(name="Alex Rivera", consent=claim("C-2027-0001", "name"))
        ),
        'does not cover "quote"',
    ),
    "a claim beyond the consent": (
        lambda h: schedule_it(h, given=with_quote(consent=claim("C-2027-0001", "story", "2031-01-01"))),
        "claims more than the consent C-2027-0001 says",
    ),
    "a quote with nobody's consent": (
        lambda h: schedule_it(h, given=with_quote(consent=claim("C-2027-0042", "quote"))),
        "this nomination has none of that number",
    ),
    "a photo that is not there": (
        lambda h: schedule_it(h, "story", "photo", given=with_photo("C-2027-0001")),
        "the photo a.jpg is missing: no such file was given",
    ),
    "a partner that was not nominated": (
        lambda h: schedule_it(h, given={**STORY, "partners": ["partner-2"]}),
        "partner-2 was not nominated",
    ),
    "a field that is never public": (
        lambda h: schedule_it(h, given={**STORY, "nominator": "x"}),
        '"nominator" is none of the fields',
    ),
    "a field that publish writes itself": (
        lambda h: schedule_it(h, given={**STORY, "published": "2020-01-01"}),
        '"published" is none',
    ),
    "words of the outline": (
        lambda h: schedule_it(h, given={**STORY, "summary": "Say in one plain sentence what changed."}),
        "still holds what the outline says",
    ),
    "release without a story": (
        lambda h: h.do(release, SCHEMAS, consented(h), by="cory"),
        "can be published only when its story is written and scheduled",
    ),
    "release before its day": (
        lambda h: (schedule_it(h), h.do(release, SCHEMAS, "N-2027-0001", by="cory")),
        "its day is 2027-03-01",
    ),
    "release after the consent was taken back": (lambda h: too_late(h), "was taken back on 2027-02-01"),
    "withdrawal of nothing": (
        lambda h: h.do(withdraw, h.root, h.nominate(), by="cory", reason=REASON),
        "can be withdrawn only while its story is scheduled or published",
    ),
    "withdrawal without a reason": (
        lambda h: (schedule_it(h), h.do(withdraw, h.root, "N-2027-0001", by="cory", reason="")),
        "the reason is missing",
    ),
    "withdrawal where the story is not": (
        lambda h: (without_story(h, live(h)), h.do(withdraw, h.root, "N-2027-0001", by="cory", reason=REASON)),
        "is not in this tree",
    ),
    "end of what still holds": (lambda h: (live(h), h.do(expire, h.root, "N-2027-0001", by="cory")), "still holds"),
    "anonymising twice": (
        lambda h: [h.do(anonymise, code, by="cory", reason=REASON) for code in [h.nominate()] * 2],
        "is anonymised, and can be anonymised only once",
    ),
    "anonymising by a reviewer": (
        lambda h: h.do(anonymise, h.nominate(), by="rae", reason=REASON),
        "rae is no coordinator",
    ),
}


def both(here: Office, code: str) -> None:
    """Two reviews."""
    here.review(code, "rae")
    here.review(code, "rob")


def tie(here: Office, who: str, partner: str) -> None:
    """Somebody's affiliation, put on record when it became known."""
    path = here.folder / "vault.yml"
    text = re.sub(rf"(id: {who},.*?)}}", rf"\1, affiliations: [{partner}]}}", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    noted = {"vault.yml": settings_digest(here.vault())}
    commit(here.vault(), Change(act="settings", by="cory", of="vault", noted=noted), here.now)


def set_aside(here: Office) -> str:
    """A nomination that goes no further."""
    code = here.nominate()
    here.triage(code, set_aside="An advertisement, no partnership.")
    return code


def consented(here: Office) -> str:
    """A nomination with a consent and no story."""
    code = here.recognised()
    here.consent(code)
    return code


def claim(ref: str, scope: str, until: str = "2029-06-30") -> dict[str, Any]:
    """A consent as a story names it."""
    return {"scope": [scope], "ref": ref, "expires": until}


def with_photo(ref: str) -> dict[str, Any]:
    """A story with a photo."""
    return {**STORY, "photos": [{"file": "a.jpg", "alt": "Grown-ups read", "consent": claim(ref, "photo")}]}


def with_consent(here: Office, scope: str) -> None:
    """A story whose consent is for something else."""
    code = here.recognised()
    ref = here.consent(code, scope)
    way: dict[str, Any] = {
        "by": "cory",
        "slug": "a",
        "given": STORY,
        "consent": ref,
        "day": date(2027, 3, 1),
        "photos": None,
    }
    here.do(schedule, SCHEMAS, code, **way)


def live(here: Office) -> str:
    """A published story."""
    schedule_it(here)
    here.today = date(2027, 3, 1)
    write(here.root, here.do(release, SCHEMAS, "N-2027-0001", by="cory"))
    return "N-2027-0001"


def without_story(here: Office, number: str) -> None:
    """A tree without the story, as on a branch that was never merged."""
    (here.root / f"recognition/{here.season().nomination(number).story}.yml").unlink()


def too_late(here: Office) -> None:
    """A story whose consent is taken back while it waits."""
    schedule_it(here)
    here.do(acts.take_back_consent, "C-2027-0001", by="cory")
    here.today = date(2027, 3, 1)
    here.do(release, SCHEMAS, "N-2027-0001", by="cory")


@pytest.mark.parametrize("name", CLOSED)
def test_a_closed_gate_says_what_is_missing(name: str, here: Office) -> None:
    step, sentence = CLOSED[name]
    assert sentence in refusal(lambda: step(here))


@pytest.mark.parametrize("act", BEFORE)
def test_no_step_is_taken_in_another_state(act: str, here: Office) -> None:
    """A nomination that was just received lets nothing pass but triage and anonymising."""
    steps: dict[str, Callable[[Season], object]] = {
        "review": lambda s: acts.review(s, "N-2027-0001", by="rae", scores=SCORES, reason=REASON),
        "decide": lambda s: acts.decide(s, "N-2027-0001", by="chai", outcome="recognise", reason=REASON),
        "consent": lambda s: acts.ask_consent(s, "N-2027-0001", by="cory"),
        "schedule": lambda s: schedule(
            s, SCHEMAS, "N-2027-0001", by="cory", slug="a", given=STORY, consent="", day=None, photos=None
        ),
        "publish": lambda s: release(s, SCHEMAS, "N-2027-0001", by="cory"),
        "withdraw": lambda s: withdraw(s, here.root, "N-2027-0001", by="cory", reason=REASON),
        "expire": lambda s: expire(s, here.root, "N-2027-0001", by="cory"),
        "triage": lambda s: acts.triage(s, "N-2027-0001", by="cory", partners=("partner-1",)),
        "anonymise": lambda s: anonymise(s, "N-2027-0001", by="cory", reason=REASON),
    }
    here.nominate(1)
    told = refusal(lambda: steps[act](here.season()))
    assert ("can" in told and " only " in told) == (act not in ("triage", "anonymise"))


def test_a_refused_step_writes_nothing(here: Office) -> None:
    code = triaged(here)
    before = {path: path.read_bytes() for path in here.folder.rglob("*") if path.is_file() and path.name != ".lock"}
    assert refusal(lambda: here.decide(code))
    after = {path: path.read_bytes() for path in here.folder.rglob("*") if path.is_file() and path.name != ".lock"}
    assert before == after


def test_a_third_reviewer_scores_after_two_were_far_apart_though_a_coordinator(tmp_path: Path) -> None:
    """Scores that are far apart are shown to nobody, so somebody who coordinates may give the third."""
    here = office(tmp_path, staff=STAFF.replace("roles: [coordinator]", "roles: [coordinator, reviewer]"))
    code = reviewed(here, impact=1)
    here.review(code, "cory")
    here.decide(code)


def test_who_stands_back_frees_a_decision_from_a_tie(here: Office) -> None:
    code = reviewed(here)
    tie(here, "rae", "partner-1")
    here.do(acts.stand_back, code, by="rae", conflict=REASON)
    here.review(code, "ren")
    here.decide(code)


def test_everything_that_is_missing_is_said_at_once(here: Office) -> None:
    code = reviewed(here, impact=1)
    told = refusal(lambda: here.do(acts.decide, code, by="rae", outcome="recognise", reason=""))
    assert len(told.split("\n")) == 4


def test_who_is_not_on_the_staff_is_told_so(here: Office) -> None:
    code = triaged(here)
    with pytest.raises(SetupError, match=r'"rai" is nobody who works with this vault.*did you mean'):
        here.review(code, "rai")


def test_who_has_left_does_not_review(tmp_path: Path) -> None:
    left = STAFF.replace("id: rae,", "id: rae, left: true,")
    here = office(tmp_path, staff=left)
    code = triaged(here)
    with pytest.raises(SetupError, match="nobody who works"):
        here.review(code, "rae")


def test_staff_that_nobody_put_on_record_is_not_believed(here: Office) -> None:
    path = here.folder / "vault.yml"
    path.write_text(path.read_text("utf-8").replace("affiliations: [partner-0]", "affiliations: []"), "utf-8")
    with pytest.raises(SetupError, match=r"vault\.yml was edited"):
        here.season()


def test_what_waits_for_whom(here: Office) -> None:
    one, two = here.nominate(2), triaged(here)
    people = {
        name: [n.number for n in queue(here.season(), here.season().person(name))] for name in ("cory", "rae", "chai")
    }
    assert people == {"cory": [one], "rae": [two], "chai": [two]}
    here.review(two, "rae")
    assert [n.number for n in queue(here.season(), here.season().person("rae"))] == []


def test_nobody_is_called_to_judge_what_they_may_not(tmp_path: Path) -> None:
    staff = STAFF.replace("id: chai, name: Chai Rivera", "id: chai, name: Neighbor Number1")
    here = office(tmp_path, staff=staff.replace("[chair, reviewer]", "[chair, reviewer], affiliations: [partner-1]"))
    own, other = here.nominate(0), here.nominate(1)
    for code, slug in ((own, "partner-0"), (other, "partner-1")):
        here.triage(code, partners=(slug,))
    waiting = {name: [n.number for n in queue(here.season(), here.season().person(name))] for name in ("ren", "chai")}
    assert waiting == {"ren": [other], "chai": [own]}
    for code in (own, other):
        here.review(code, "rob")
        here.review(code, "rae")
    assert [n.number for n in queue(here.season(), here.season().person("chai"))] == [own]


def test_a_consent_that_runs_out_ends_the_story(here: Office) -> None:
    code = live(here)
    here.today = date(2029, 7, 1)
    here.do(expire, here.root, code, by="cory")
    assert here.state(code) == "expired"
    assert "no consent for the story holds since 2029-06-30" in str(here.season().nomination(code).ended)


def test_what_is_kept_is_kept_as_long_as_the_rules_say(here: Office) -> None:
    code = set_aside(here)
    assert months_after(date(2027, 2, 1), 12) == date(2028, 3, 1)
    assert months_after(date(2027, 12, 31), 1) == date(2028, 2, 1)
    here.today = date(2028, 2, 29)
    assert not is_due(here.season(), here.season().nomination(code))
    here.today = date(2028, 3, 1)
    assert is_due(here.season(), here.season().nomination(code))
    assert next_step(here.season(), here.season().nomination(code)) == "anonymise"


def test_a_public_story_is_not_due_and_keeps_its_consents(here: Office) -> None:
    code = live(here)
    here.today = date(2029, 6, 1)
    assert not is_due(here.season(), here.season().nomination(code))
    here.do(anonymise, code, by="cory", reason="The sender asked for it.")
    assert (here.folder / "consents/C-2027-0001.yml").is_file()
    here.do(withdraw, here.root, code, by="cory", reason="The partner asked for it.")
    assert here.state(code) == "anonymised"
    assert not here.season().nomination(code).is_public


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ("a" * 12 + "b" * 11, {"a": 12, "b": 11}),
        ("a" * 12 + "b" * 3, {"a": "not told", "b": FEW}),
        ("a" * 30 + "b" * 12 + "c" * 3, {"a": 30, "b": "not told", "c": FEW}),
        ("a" * 30 + "b" * 4 + "c" * 3, {"a": 30, "b": FEW, "c": FEW}),
        ("a" * 3, {"a": FEW}),
        ("", {}),
    ],
)
def test_no_small_number_is_told_nor_found_by_subtracting(values: str, told: dict[str, object]) -> None:
    assert counts(values) == told


def story_of(scope: str, ref: str) -> dict[str, Any]:
    """A story with a quote or a photo under a consent of its own."""
    return with_quote(consent=claim(ref, "quote")) if scope == "quote" else with_photo(ref)


@pytest.mark.parametrize("scope", ["quote", "photo"])
def test_a_consent_that_is_taken_back_ends_the_story_that_names_it(scope: str, here: Office) -> None:
    code = here.recognised()
    own, other = here.consent(code), here.consent(code, scope, whom="Pia Example")
    Image.new("RGB", (40, 30)).save(here.root.parent / "a.jpg")
    way: dict[str, Any] = {"by": "cory", "slug": "a", "consent": own, "day": here.today, "photos": here.root.parent}
    here.do(schedule, SCHEMAS, code, given=story_of(scope, other), **way)
    write(here.root, here.do(release, SCHEMAS, code, by="cory"))
    assert over(here.season(), here.season().nomination(code)) == ""
    here.do(acts.take_back_consent, other, by="cory")
    here.do(expire, here.root, code, by="cory")
    assert here.state(code) == "expired"
    assert other in str(here.season().nomination(code).ended)
    assert "Pia" not in "".join(path.read_text("utf-8") for path in here.root.rglob("*.yml"))


def test_a_story_that_may_not_be_shown_waits_for_the_coordinator(here: Office) -> None:
    code = live(here)
    season = here.season()
    assert next_step(season, season.nomination(code)) == ""
    here.do(acts.take_back_consent, "C-2027-0001", by="cory")
    season = here.season()
    assert next_step(season, season.nomination(code)) == "end the story"
    assert [each.number for each in queue(season, season.person("cory"))] == [code]


def test_a_story_ends_with_its_own_consent_though_somebody_else_gave_another(here: Office) -> None:
    code = live(here)
    here.consent(code, "story", whom="Somebody Else")
    here.do(acts.take_back_consent, "C-2027-0001", by="cory")
    here.do(expire, here.root, code, by="cory")
    assert here.state(code) == "expired"


def test_a_story_that_was_written_and_never_put_on_record_is_taken_back_too(here: Office) -> None:
    """The power failed between the public tree and the ledger."""
    schedule_it(here)
    here.today = date(2027, 3, 1)
    write(here.root, release(here.season(), SCHEMAS, "N-2027-0001", by="cory")[1])
    assert here.state("N-2027-0001") == "scheduled"
    write(here.root, here.do(withdraw, here.root, "N-2027-0001", by="cory", reason=REASON))
    (path,) = here.root.rglob("*.yml")
    assert "status: withdrawn" in path.read_text("utf-8")
    assert "120 families" not in path.read_text("utf-8")


def test_what_a_story_names_in_public_counts(here: Office) -> None:
    """A photo that was taken out of the public file rests on no consent any more."""
    code = live(here)
    other = here.consent(code, "photo", whom="Pia Example")
    here.do(acts.take_back_consent, other, by="cory")
    assert over(here.season(), here.season().nomination(code)) == ""


@pytest.mark.parametrize("how", ["withdraw", "expire"])
def test_when_the_story_of_an_anonymised_nomination_ends_consents_and_reasons_go(how: str, here: Office) -> None:
    code = live(here)
    here.do(anonymise, code, by="cory", reason="The sender asked for it.")
    if how == "withdraw":
        here.do(withdraw, here.root, code, by="cory", reason="Sam Okonjo has called us.")
    else:
        here.today = date(2029, 7, 1)
        here.do(expire, here.root, code, by="cory")
    assert here.state(code) == "anonymised"
    assert not here.season().nomination(code).is_public
    assert "Okonjo" not in "".join(path.read_text("utf-8") for path in here.folder.rglob("*.*") if path.is_file())
    assert list(findings(here.vault())) == []
    assert "has no story" in refusal(lambda: here.do(expire, here.root, code, by="cory"))


def test_a_tie_to_a_partner_that_is_misspelled_is_told(here: Office) -> None:
    season = here.season()
    assert list(unknown_ties(season)) == []
    others = replace(season.directory, partners={"partner-00": season.directory.partners["partner-0"]})
    (told,) = unknown_ties(replace(season, directory=others))
    assert told.startswith('vault.yml says that ren has ties to "partner-0"')
    assert 'did you mean "partner-00"?' in told
