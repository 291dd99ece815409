"""Options of the commands that work with a vault, and the way in: opened, locked, refused in sentences."""

import functools
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.check import check, directory_in
from generator.cli.hints import with_option
from generator.cli.options import root, text_or_json
from generator.clock import moment, today_in
from generator.directory import Directory
from generator.nominations.season import Refused, Season, open_season
from generator.records.folders import Project
from generator.report import safe
from generator.schema import Schemas, load_schemas
from generator.vault.drafts import forget
from generator.vault.storage import Change, Vault, changing, commit, open_vault

JSON_VERSION = 1
Command = TypeVar("Command", bound=Callable[..., Any])

vault_option = click.option(
    "--vault",
    type=click.Path(path_type=Path),
    envvar="PARTNERS_VAULT",
    show_envvar=True,
    required=True,
    help="The private folder.",
)
identity_option = click.option(
    "--identity",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="PARTNERS_VAULT_IDENTITY",
    show_envvar=True,
    help="The file with the secret key of a sealed vault.",
)
staff_option = click.option(
    "--as",
    "by",
    envvar="PARTNERS_STAFF",
    show_envvar=True,
    required=True,
    help="Your short name in vault.yml.",
)
dry_run = click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who works with which vault beside which public tree, and in which form the answer is wanted."""

    folder: Path
    identity: Path | None
    project: Project
    by: str
    form: str
    today: date

    @functools.cached_property
    def schemas(self) -> Schemas:
        """The schemas of the project."""
        return load_schemas(self.project.schema)


def with_vault(*, needs_staff: bool = True) -> Callable[[Command], Command]:
    """Give a command the options of a vault, as its first argument `access`; what is refused ends it with 1."""

    def decorated(command: Command) -> Command:
        @functools.wraps(command)
        def run(vault: Path, identity: Path | None, project: Project, form: str, by: str = "", **given: Any) -> None:
            today = today_in(project)
            access = Access(folder=vault, identity=identity, project=project, by=by, form=form, today=today)
            try:
                command(access, **given)
            except Refused as refused:
                say_refused(refused, form)

        wrapped: Any = run
        for option in (text_or_json, root, *((staff_option,) if needs_staff else ()), identity_option, vault_option):
            wrapped = option(wrapped)
        return wrapped  # type: ignore[no-any-return]

    return decorated


def say_refused(refused: Refused, form: str) -> None:
    """Say what is missing, and leave."""
    if form == "json":
        say_json({"refused": list(refused.missing)})
    else:
        for sentence in refused.missing:
            click.echo(f"{click.style('refused:', fg='red')} {safe(with_option(sentence))}", err=True)
    sys.exit(1)


def say_json(answer: Mapping[str, Any]) -> None:
    """Print an answer for machines."""

    def plain(value: Any) -> Any:
        return dict(value) if isinstance(value, Mapping) else str(value)

    click.echo(json.dumps({"version": JSON_VERSION, **answer}, indent=2, default=plain))


def directory_of(access: Access) -> Directory:
    """The public records."""
    return directory_in(check(access.project, today=access.today, cache_folder=access.project.cache))


def opened(access: Access) -> Vault:
    """The vault, to be read only."""
    return open_vault(access.folder, root=access.project.root, schemas=access.schemas, identity=access.identity)


def reading(access: Access) -> Season:
    """The season, to be read only; between two changes, never in the middle of one."""
    directory = directory_of(access)
    with changing(access.folder, access.by or "a reader", **_way(access)) as vault:
        return open_season(vault, directory, access.today)


def _way(access: Access) -> dict[str, Any]:
    """How a vault is opened."""
    return {"root": access.project.root, "schemas": access.schemas, "identity": access.identity}


@contextmanager
def working(access: Access) -> Iterator[Season]:
    """The season of a vault that nobody else can change meanwhile; the person has to be of the staff."""
    directory = directory_of(access)
    with changing(access.folder, access.by, **_way(access)) as vault:
        vault.settings.person(access.by)
        yield open_season(vault, directory, access.today)


def kept(season: Season, change: Change, *, is_dry: bool) -> Season:
    """Commit a change unless it is a dry run; the season with its vault as it is then.

    With what is anonymised, drafts about it go as well.
    """
    if is_dry:
        return season
    season = replace(season, vault=commit(season.vault, change, moment()))
    if change.act == "anonymise":
        forget(season.vault, change.of)
    return season


def done(access: Access, season: Season, change: Change, *, is_dry: bool, **told: Any) -> None:
    """Commit a change unless it is a dry run, and say so."""
    season = kept(season, change, is_dry=is_dry)
    if access.form == "json":
        head = {} if is_dry else {"head": season.vault.ledger.short_head}
        answer = {"done": not is_dry, "act": change.act, "of": change.of, "state": change.state}
        say_json({**answer, **told, **head})
    else:
        for words in told.values():
            for line in words if isinstance(words, list | tuple) else [words]:
                click.echo(safe(str(line)))
        click.echo(f"{change.of}: {change.act}{' would make it ' if is_dry else ', now '}{change.state}")
        if is_dry:
            click.echo("Nothing was written.")
