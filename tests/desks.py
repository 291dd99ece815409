"""A review desk for tests: an invented district, a vault with staff and nominations, and a browser without a face."""

import http.client
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree, ignore_patterns
from threading import Thread
from typing import Any
from urllib.parse import urlencode, urlsplit

from generator.desk.serving import Opened, open_desk
from generator.records.folders import Project
from tests.golden_tree import CASE
from tests.invented import DAY
from tests.seasons import Office, office

PARTNER, OTHER = "daboldow-theater", "luvimharrow-native-youth"
STAFF = f"""\
staff:
  - {{id: cory, name: Cory Okafor, email: cory@district.example.org, roles: [coordinator]}}
  - {{id: rae, name: Rae Lindqvist, email: rae@district.example.org, roles: [reviewer]}}
  - {{id: rob, name: Rob Tanaka, email: rob@district.example.org, roles: [reviewer]}}
  - {{id: ren, name: Ren Castillo, email: ren@district.example.org, roles: [reviewer]}}
  - {{id: ali, name: Ali Moreau, email: ali@district.example.org, roles: [reviewer], affiliations: [{PARTNER}]}}
  - {{id: tea, name: Tea Nguyen, email: tea@district.example.org, roles: [reviewer]}}
  - {{id: chai, name: Chai Rivera, email: chai@district.example.org, roles: [chair]}}
"""


@dataclass(kw_only=True)
class RealOffice(Office):
    """An office beside the invented district itself, which is read from the disk."""

    @property
    def directory(self) -> Any:
        """The district's records."""
        from tests.invented import checked

        return checked(self.root).loaded.directory


def real_office(folder: Path, repository: Path) -> RealOffice:
    """A new vault with staff, beside a copy of the invented district, on its day."""
    made = office(folder, staff=STAFF, today=DAY)
    made.root.rmdir()
    copytree(repository / CASE, made.root, ignore=ignore_patterns(".cache"))
    return RealOffice(folder=made.folder, root=made.root, today=DAY)


@dataclass(kw_only=True)
class Answer:
    """What a desk answered."""

    status: int
    headers: Mapping[str, str]
    body: str
    content: bytes = b""


@dataclass(kw_only=True)
class Client:
    """A browser without a face: it keeps the cookie, and sends what a browser sends unless it is told otherwise."""

    opened: Opened
    told: list[str]
    cookie: str = ""
    key: str = ""
    seen: str = "0"
    last: list[Answer] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The beginning of the desk's paths."""
        return self.opened.desk.base

    @property
    def origin(self) -> str:
        """The desk's origin."""
        return self.opened.desk.origin

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str | None] = {}) -> Answer:
        """One request; a header that is None is not sent."""
        wanted: dict[str, str | None] = {"Host": urlsplit(self.origin).netloc, "Cookie": self.cookie or None}
        if method == "POST":
            wanted |= {"Origin": self.origin, "Content-Type": "application/x-www-form-urlencoded"}
            wanted["Content-Length"] = str(len(body or b""))
        wanted |= headers
        connection = http.client.HTTPConnection("127.0.0.1", self.opened.server.server_port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in wanted.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        return Answer(
            status=response.status,
            headers=dict(response.getheaders()),
            body=content.decode("utf-8", "replace"),
            content=content,
        )

    def enter(self, address: str = "") -> Answer:
        """Use the printed address."""
        split = urlsplit(address or self.opened.address)
        answer = self.ask("GET", f"{split.path}?{split.query}")
        if "Set-Cookie" in answer.headers:
            self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return answer

    def get(self, path: str) -> Answer:
        """A page of the desk; its form's hidden fields are kept."""
        answer = self.ask("GET", f"{self.base}/{path}")
        for name, attribute in (("form-key", "key"), ("seen", "seen")):
            found = re.search(rf'name="{name}" value="([^"]*)"', answer.body)
            if found:
                setattr(self, attribute, found[1])
        return answer

    def send(self, path: str, fields: Mapping[str, str | list[str]], headers: Mapping[str, str | None] = {}) -> Answer:
        """The form of a page, with the hidden fields of the page that was asked for last."""
        body = urlencode({"form-key": self.key, "seen": self.seen, **fields}, doseq=True).encode()
        return self.ask("POST", f"{self.base}/{path}", body, headers)


@contextmanager
def desk(here: Office, by: str, *, idle_minutes: float = 60) -> Iterator[Client]:
    """A desk that listens, and a client that has not entered yet."""
    told: list[str] = []
    opened = open_desk(
        Project(root=here.root), here.folder, by=by, identity=None, port=0, idle_minutes=idle_minutes, tell=told.append
    )
    thread = Thread(target=opened.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Client(opened=opened, told=told)
    finally:
        opened.server.shutdown()
        thread.join()
        opened.server.server_close()


@contextmanager
def at_desk(here: Office, by: str) -> Iterator[Client]:
    """A client who has entered."""
    with desk(here, by) as client:
        client.enter()
        client.get("")
        yield client
