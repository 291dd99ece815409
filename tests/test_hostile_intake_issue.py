"""Every hostile issue gets its verdict; its nominal headings are exchanged for those of our form."""

import re
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

import pytest

from generator.forms.issue import CONFIRM, NO_RESPONSE, PARTNER
from generator.forms.questions import PROMISES
from generator.issues.propose import propose
from generator.issues.reply import reply
from generator.records.folders import Project
from generator.source import parse
from tests.factories import RIVERBEND, TODAY
from tests.hostile_mapping import ABSENT, MANIFEST, Case, cases, content_of

pytestmark = pytest.mark.skipif(not MANIFEST.is_file(), reason=ABSENT)

OURS: Mapping[str, str] = {
    "Organisation name": "Name of the organization",
    "Short summary": "What families get, in one sentence",
    "Description": "More about the organization",
    "Website": "Web address",
    "Categories": "What it helps with",
    "Confirm": CONFIRM,
}
ADDED: Mapping[str, str] = {
    "Kind of organization": "Community organization",
    "Web page where this can be read": "https://harborfoodbank.example.org/about",
}
TICKED = "\n".join(f"- [X] {promise}" for promise in PROMISES)


def as_ours(text: str) -> str:
    """The issue with our headings in our order; what stands below each, headings in it included, stays as it is.

    A heading that is there twice, or that we do not have, stays where it is: that is the attack.
    """
    parts = re.split(r"^(?=### )", text, flags=re.MULTILINE)
    known: dict[str, str] = {}
    rest = ""
    last = ""
    for part in parts:
        heading = part.partition("\n")[0].removeprefix("### ").strip()
        ours = OURS.get(heading, "")
        body = part.partition("\n")[2]
        if ours and ours not in known:
            after = "\n".join(line for line in body.split("\n") if not line.startswith("- ["))
            known[ours] = f"\n{TICKED}\n{after}" if ours == CONFIRM else body
            last = ours
        elif heading == "Preferred contact language":  # a field that our form does not have
            continue
        elif last:
            known[last] += f"### {ours or heading}\n{body}"
        else:
            rest += part
    if not known:
        return text
    headings = PARTNER.headings
    return rest + "".join(f"### {h}\n\n{known.get(h, ADDED.get(h, NO_RESPONSE)).strip()}\n\n" for h in headings)


@pytest.fixture
def district(tmp_path: Path) -> Project:
    """The invented district."""
    return Project(root=Path(copytree(RIVERBEND, tmp_path / "riverbend")))


@pytest.mark.parametrize("case", cases("issue"), ids=lambda case: case.name)
def test_each_issue_gets_its_verdict(case: Case, district: Project, tmp_path: Path) -> None:
    text = content_of(case, tmp_path / "made").decode("utf-8")
    proposal = propose(district, as_ours(text), today=TODAY)
    answer = reply(proposal)
    assert not re.search("CANARY|closes #|@example", answer)
    if case.expected == "reject":
        assert proposal.complaints
        assert proposal.text == ""
        return
    assert proposal.complaints == ()
    document, _ = parse(proposal.text, relative=proposal.path)
    assert document is not None
    assert "CANARY" not in proposal.text
    assert document.data["name"] == "Harbor Food Bank"


def test_the_same_issue_without_an_attack_is_taken(district: Project) -> None:
    parts = {
        "Organisation name": "Harbor Food Bank",
        "Short summary": "Food.",
        "Categories": "Food",
        "Confirm": "- [X] a",
    }
    text = "".join(f"### {heading}\n\n{words}\n\n" for heading, words in parts.items())
    proposal = propose(district, as_ours(text), today=TODAY)
    assert proposal.complaints == ()
    assert proposal.path == "partners/harbor-food-bank.yml"
