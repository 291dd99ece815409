"""One request of somebody at the desk, and the pages that answer it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug import Request, Response
from werkzeug.utils import redirect

from generator.desk.guard import FORM
from generator.desk.place import Desk, last_line
from generator.desk.sessions import Session
from generator.nominations.model import STATES as WORDS
from generator.nominations.model import Nomination
from generator.nominations.season import Season
from generator.vault.settings import Person

TEMPLATES = Path(__file__).parent / "templates"
STATES: Mapping[str, str] = {state: words.capitalize() for state, words in WORDS.items()}
"""The states in the order of a season, as they stand by themselves."""
HEADINGS: Mapping[int, str] = {
    200: "The desk is closed",
    404: "There is no such page",
    413: "This is too large",
    500: "The desk cannot go on",
}
"""What is said above a page outside the desk, by its status."""
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A sentence that refuses what was asked, and the field that it is about; "" for the form as a whole."""

    sentence: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request with everything that is known when its page begins; `number` of the nomination that it names."""

    desk: Desk
    request: Request
    session: Session
    season: Season
    person: Person
    number: str = ""
    rest: str = ""
    objections: Sequence[Objection] = field(default=())

    @property
    def nomination(self) -> Nomination:
        """The nomination that the address names."""
        return self.season.nomination(self.number)


@cache
def templates() -> Environment:
    """The desk's templates: everything is escaped, and a name that is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(states=STATES, form_key=FORM)
    return made


def shown(visit: Visit, template: str, values: Mapping[str, Any] = NOTHING, *, status: int = 0) -> Response:
    """A page of the desk; one with objections says so by its status as well."""
    known = {
        "base": visit.desk.base,
        "person": visit.person,
        "vault": visit.desk.folder.name,
        "key": visit.session.form,
        "seen": last_line(visit.season, visit.number) if visit.number else 0,
        "objections": visit.objections,
        "faults": {each.field: each.sentence for each in reversed(visit.objections) if each.field},
        "number": visit.number,
        "done": visit.request.args.get("done", ""),
        "today": visit.season.today,
    }
    html = templates().get_template(template).render({**known, **values})
    return Response(html, status=status or (422 if visit.objections else 200), mimetype="text/html")


def plain(template: str, sentence: str, status: int) -> Response:
    """A page for whoever is not at the desk: no word of the vault."""
    html = templates().get_template(template).render(sentence=sentence, heading=HEADINGS.get(status, "Not at the desk"))
    return Response(html, status=status, mimetype="text/html")


def on_to(visit: Visit, path: str, done: str = "") -> Response:
    """Send the browser on to another page of the desk; `done` is what that page says was done."""
    return redirect(f"{visit.desk.base}/{path}{f'?done={done}' if done else ''}", 303)
