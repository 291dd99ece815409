"""Who works with a vault, and who can open it: vault.yml, which staff write by hand."""

from pathlib import Path

from msgspec import Struct, convert

from generator.nearest import nearest
from generator.problems import Problem, SetupError
from generator.schema import Schemas
from generator.source import Document, parse
from generator.vault.files import read_private

SETTINGS = "vault.yml"
COORDINATOR, REVIEWER, CHAIR = "coordinator", "reviewer", "chair"


class Person(Struct, frozen=True, kw_only=True):
    """A member of staff; `id` is the short name that the ledger knows, and `affiliations` are partners' slugs."""

    id: str
    name: str
    roles: tuple[str, ...]
    email: str = ""
    affiliations: tuple[str, ...] = ()
    left: bool = False


class Settings(Struct, frozen=True, kw_only=True):
    """What vault.yml says; with `recipients` (public keys of age) the vault's files are sealed."""

    salt: str
    staff: tuple[Person, ...]
    recipients: tuple[str, ...] = ()

    def person(self, short_name: str) -> Person:
        """The member of staff of that short name; SetupError when there is none."""
        found = next((each for each in self.staff if each.id == short_name), None)
        if found is None or found.left:
            near = nearest(short_name, [each.id for each in self.staff if not each.left])
            hint = f'; did you mean "{near}"?' if near else ""
            raise SetupError(f'"{short_name}" is nobody who works with this vault, as vault.yml says{hint}')
        return found

    def holders(self, role: str) -> tuple[Person, ...]:
        """Everybody who has a role and has not left."""
        return tuple(each for each in self.staff if role in each.roles and not each.left)


def read_settings(folder: Path, schemas: Schemas) -> tuple[Settings, Document]:
    """The settings of a vault and the file they stand in; SetupError says what is wrong with it."""
    content = read_private(folder, SETTINGS)
    if content is None:
        raise SetupError(f"{folder}: this is no vault (it has no {SETTINGS}); begin one: partners nominations init")
    return settings_of(content, schemas)


def settings_of(content: bytes, schemas: Schemas) -> tuple[Settings, Document]:
    """The settings in the content of a file; SetupError says what is wrong with it."""
    document, problems = parse(content, relative=SETTINGS)
    if document is None:
        raise SetupError(_first(problems))
    data = schemas.coerce("vault", document.data)
    if problems := schemas.check("vault", document, data):
        raise SetupError(_first(problems))
    settings = convert(data, Settings)
    ids = [each.id for each in settings.staff]
    twice = next((each for each in ids if ids.count(each) > 1), "")
    if twice:
        raise SetupError(f'{SETTINGS}: "{twice}" stands there twice; each person has a short name of their own')
    return settings, document


def _first(problems: tuple[Problem, ...]) -> str:
    """The first of several problems in one line."""
    problem = problems[0]
    place = f"{problem.at.path}:{problem.at.line}" if problem.at.line else problem.at.path
    hint = f"; {problem.hint}" if problem.hint else ""
    return f"{place}: {problem.message}{hint}"
