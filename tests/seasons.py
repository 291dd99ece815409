"""A vault of invented staff and nominations for tests, worked with as the commands do."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from generator.directory import Directory
from generator.model import Recognition
from generator.nominations import acts
from generator.nominations.arrivals import Arrival
from generator.nominations.inbox import Outcome, taken
from generator.nominations.season import Refused, Season, open_season
from generator.records.folders import SOFTWARE
from generator.schema import Schemas, load_schemas
from generator.vault.storage import Change, Vault, changing, commit, create, open_vault
from tests.factories import directory, partner, school

STAFF = """\
staff:
  - {id: cory, name: Cory Okafor, email: cory@district.example.org, roles: [coordinator]}
  - {id: rae, name: Rae Lindqvist, email: rae@district.example.org, roles: [reviewer]}
  - {id: rob, name: Rob Tanaka, email: rob@district.example.org, roles: [reviewer]}
  - {id: ren, name: Ren Castillo, email: ren@district.example.org, roles: [reviewer], affiliations: [partner-0]}
  - {id: chai, name: Chai Rivera, email: chai@district.example.org, roles: [chair, reviewer]}
"""
SCORES = {"impact": 4, "partnership": 4, "what-sustains-it": 4}
REASON = "The school's own words show it."
SCHEMAS = load_schemas(SOFTWARE / "schema")
PARTNERS = tuple(partner(f"partner-{number}") for number in range(8))
SCHOOLS = tuple(school(f"school-{number}") for number in range(4))


@dataclass(kw_only=True)
class Office:
    """A vault beside a public tree, on a day that tests can move on."""

    folder: Path
    root: Path
    today: date = date(2027, 2, 1)
    identity: Path | None = None
    rubric: Recognition = field(default_factory=Recognition)
    schemas: Schemas = SCHEMAS

    @property
    def now(self) -> datetime:
        """Noon of the day."""
        return datetime(self.today.year, self.today.month, self.today.day, 12, tzinfo=UTC)

    @property
    def directory(self) -> Directory:
        """The public records."""
        return replace(directory(partners=PARTNERS, schools=SCHOOLS), recognition=self.rubric)

    def vault(self) -> Vault:
        """The vault as it is on the disk."""
        return open_vault(self.folder, root=self.root, schemas=self.schemas, identity=self.identity)

    def season(self) -> Season:
        """The season as it is on the disk."""
        return open_season(self.vault(), self.directory, self.today)

    def do(self, step: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """A step as a command takes it: the change is made under the lock and committed; what else it gave."""
        way: dict[str, Any] = {"root": self.root, "schemas": self.schemas, "identity": self.identity}
        with changing(self.folder, "test", **way) as vault:
            made = step(open_season(vault, self.directory, self.today), *given, **named)
            change, *others = made if isinstance(made, tuple) else (made,)
            commit(vault, change, self.now)
        return others[0] if others else None

    def take(self, *arrivals: Arrival) -> list[Outcome]:
        """Nominations taken in."""
        way: dict[str, Any] = {"root": self.root, "schemas": self.schemas, "identity": self.identity}
        with changing(self.folder, "test", **way) as vault:
            outcomes = list(taken(open_season(vault, self.directory, self.today), arrivals, by="cory"))
            for each in outcomes:
                vault = commit(vault, each.change, self.now) if each.change else vault
        return outcomes

    def pass_days(self, days: int) -> None:
        """Later."""
        self.today += timedelta(days=days)

    def state(self, number: str) -> str:
        """What a nomination is now."""
        return self.season().nomination(number).state

    # The steps of a season, as short as tests want them.

    def nominate(self, number: int = 0, **given: Any) -> str:
        """One nomination taken in; its number."""
        outcome = self.take(arrival(number, **given))[0]
        assert outcome.verdict == "taken", outcome
        return outcome.number

    def triage(self, number: str, **given: Any) -> None:
        """Looked through by the coordinator."""
        self.do(acts.triage, number, by="cory", **given)

    def review(self, number: str, by: str, **scores: int) -> None:
        """Scored; criteria are named with underscores."""
        told = {**SCORES, **{slug.replace("_", "-"): score for slug, score in scores.items()}}
        self.do(acts.review, number, by=by, scores=told, reason=REASON)

    def decide(self, number: str, outcome: str = "recognise", reason: str = REASON) -> None:
        """Decided by the chair."""
        self.do(acts.decide, number, by="chai", outcome=outcome, reason=reason)

    def consent(self, number: str, *scope: str, whom: str = "Sam Okonjo", until: date = date(2029, 6, 30)) -> str:
        """A consent given; its number."""
        ref: str = self.do(
            acts.give_consent, number, by="cory", whom=whom, how="signed form", scope=scope or ("story",), expires=until
        )
        return ref

    def recognised(self, number: int = 1, **given: Any) -> str:
        """A nomination that the chair has decided to recognise."""
        code = self.nominate(number, **given)
        self.triage(code, partners=(f"partner-{number % 8}",), schools=("school-0",))
        self.review(code, "rae")
        self.review(code, "rob")
        self.decide(code)
        return code


def arrival(number: int = 0, **given: Any) -> Arrival:
    """What an invented neighbour sent."""
    sender = {
        "name": f"Neighbor Number{number}",
        "email": f"neighbor{number}@example.org",
        "phone": f"555-555-01{number:02}",
    }
    data = {
        "form": "nomination",
        "organization": f"Partner {number % 8}",
        "what": f"They came every week ({number}).",
        "schools": [f"School {number % 4}"],
        "school_year": "2026-27",
        "language": ("en", "es", "so")[number % 3],
        "nominator": sender,
    }
    return Arrival(place=f"row {number}", came_by="table", data={**data, **given})


def office(folder: Path, *, staff: str = STAFF, today: date = date(2027, 2, 1)) -> Office:
    """A new vault with staff, beside an empty public tree."""
    made = Office(folder=folder / "vault", root=folder / "public", today=today)
    made.root.mkdir(parents=True)
    begun = create(
        made.folder,
        {"staff": [{"id": "cory", "name": "Cory Okafor", "roles": ["coordinator"]}]},
        "cory",
        made.now,
        root=made.root,
        schemas=SCHEMAS,
    )
    put_on_record(made, begun, staff)
    return made


def put_on_record(made: Office, begun: Vault, staff: str) -> None:
    """The staff written into vault.yml, and noted."""
    path = begun.folder / "vault.yml"
    text = path.read_text("utf-8")
    path.write_text(
        text[: text.index("staff:")] + staff + text[text.index("recipients:") :]
        if "recipients:" in text
        else text[: text.index("staff:")] + staff,
        "utf-8",
    )
    from generator.vault.storage import settings_digest

    vault = made.vault()
    commit(vault, Change(act="settings", by="cory", of="vault", noted={"vault.yml": settings_digest(vault)}), made.now)


def refusal(call: Callable[[], object]) -> str:
    """The sentences with which something is refused, a line each; "" when it is not."""
    try:
        call()
    except Refused as refused:
        return "\n".join(refused.missing)
    return ""
