"""A desk that listens on this computer, until its person stops it."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from generator.desk.app import application
from generator.desk.place import Desk, directory_of
from generator.desk.sessions import Sessions
from generator.nominations.season import open_season
from generator.problems import SetupError
from generator.records.folders import Project
from generator.schema import load_schemas
from generator.vault.drafts import forget, numbers
from generator.vault.storage import open_vault

HOST = "127.0.0.1"
PATIENCE_SECONDS = 30
"""So long may a browser take to send a request."""


class Handler(WSGIRequestHandler):
    """Reads requests; says nothing of them, because their addresses tell of nominations."""

    timeout = PATIENCE_SECONDS
    server_version = "desk"
    sys_version = ""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def log_error(self, format: str, *args: object) -> None:
        """Say nothing."""

    def version_string(self) -> str:
        """No name and no version of any software."""
        return "desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A desk that listens, and the address that lets its person in, once."""

    desk: Desk
    server: BaseWSGIServer
    address: str


def open_desk(
    project: Project,
    folder: Path,
    *,
    by: str,
    identity: Path | None,
    port: int,
    idle_minutes: float,
    tell: Callable[[str], None],
) -> Opened:
    """A desk for a person of a vault's staff, on a port of this computer (0: any that is free).

    `tell` gets a new address whenever the last session has ended. SetupError when the vault cannot be used.
    """
    schemas = load_schemas(project.schema)
    base = f"/desk-{secrets.token_hex(8)}"
    server = _server(port)
    origin = f"http://{HOST}:{server.server_port}"
    sessions = Sessions(idle_minutes * 60, time.monotonic, lambda token: tell(_address(origin, base, token)))
    desk = Desk(
        project=project,
        folder=folder,
        identity=identity,
        by=by,
        schemas=schemas,
        origin=origin,
        base=base,
        sessions=sessions,
    )
    _look(desk)
    server.app = application(desk)
    return Opened(desk=desk, server=server, address=_address(origin, base, sessions.invite()))


def _server(port: int) -> BaseWSGIServer:
    """A server that reads one request in each thread."""
    try:
        return make_server(HOST, port, _closed, threaded=True, request_handler=Handler)
    except (OSError, OverflowError, SystemExit) as error:
        raise SetupError(
            f"cannot listen at {HOST}:{port}; choose another port, or any that is free: --port 0"
        ) from error


def _closed(environ: object, start: Callable[..., object]) -> list[bytes]:
    """The answer before the desk is open."""
    start("503 Service Unavailable", [])
    return []


def _address(origin: str, base: str, token: str) -> str:
    return f"{origin}{base}/enter?token={token}"


def _look(desk: Desk) -> None:
    """Refuse a vault that no page could show, or a person it does not know; forget drafts of what is anonymised."""
    vault = open_vault(desk.folder, root=desk.project.root, schemas=desk.schemas, identity=desk.identity)
    season = open_season(vault, directory_of(desk), desk.today)
    season.person(desk.by)
    for number in numbers(vault):
        nomination = season.nominations.get(number)
        if nomination is None or nomination.state == "anonymised":
            forget(vault, number)


def serve(opened: Opened) -> None:
    """Answer requests until somebody presses Ctrl-C; a step that is being taken is finished first."""
    try:
        opened.server.serve_forever()
    finally:
        with opened.desk.busy:
            opened.server.server_close()
