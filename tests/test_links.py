"""Links of records are asked politely, and nothing inside a private network ever is."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from typing import ClassVar

import pytest

from generator.cli.links import as_json, as_text, issues
from generator.links.addresses import addresses
from generator.links.rounds import Clockwork, is_offline, round_of
from generator.links.visit import Manners, State, Visit, is_public, visit
from tests.factories import RIVERBEND
from tests.invented import checked
from tests.test_cli import partners


class Site(BaseHTTPRequestHandler):
    """A site whose every path answers in its own way; `asked` keeps the questions."""

    asked: ClassVar[list[tuple[str, str]]] = []
    agents: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        self.answer()

    def do_HEAD(self) -> None:
        self.answer()

    def answer(self) -> None:
        """Answer with the status that the path names, from the second or third question on where it says so."""
        self.asked.append((self.command, self.path))
        self.agents.add(self.headers.get("User-Agent", ""))
        parts = self.path.strip("/").split("/")
        times = sum(path == self.path for _, path in self.asked)
        status = int(parts[0]) if parts[0].isdecimal() else 200
        if parts[0] == "get-only":
            status = 405 if self.command == "HEAD" else 200
        elif parts[0] == "later":
            status = 503 if times <= 2 else 200
        self.send_response(status)
        if status in (301, 302, 308):
            target = "/".join(parts[1:])
            self.send_header("Location", target if "://" in target else f"/{target}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a local site."""
    Site.asked.clear()
    Site.agents.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


MANNERS = Manners(user_agent="test", timeout_s=5, may_ask=lambda ip, port: True)
SLEPT: list[float] = []


def asked(url: str, manners: Manners = MANNERS) -> Visit:
    SLEPT.clear()
    return visit(url, manners, SLEPT.append)


@pytest.mark.parametrize(
    ("path", "state", "questions"),
    [
        ("/", "fine", ["HEAD"]),
        ("/204", "fine", ["HEAD"]),
        ("/get-only", "fine", ["HEAD", "GET"]),
        ("/404", "gone", ["HEAD", "GET"]),
        ("/410", "gone", ["HEAD", "GET"]),
        ("/403", "unsure", ["HEAD", "GET"]),
        ("/429", "unsure", ["HEAD"]),
        ("/500", "unsure", ["HEAD", "GET"]),
        ("/later", "fine", ["HEAD", "GET", "HEAD"]),
        ("/302/a", "fine", ["HEAD", "HEAD"]),
        ("/301/a", "moved", ["HEAD", "HEAD"]),
        ("/301/302/a", "fine", ["HEAD", "HEAD", "HEAD"]),
        ("/308/404", "gone", ["HEAD", "HEAD", "GET"]),
        ("/302" * 9 + "/a", "gone", ["HEAD"] * 6),
    ],
)
def test_each_answer_has_its_meaning_and_no_more_questions_than_it_takes(
    site: str, path: str, state: str, questions: list[str]
) -> None:
    found = asked(site + path)
    assert (found.state, [method for method, _ in Site.asked]) == (state, questions)
    assert Site.agents == {"test"}
    assert found.is_broken == (state == "gone")


def test_a_busy_site_is_asked_again_after_longer_and_longer_pauses(site: str) -> None:
    assert asked(f"{site}/503").state == "unsure"
    assert SLEPT == [2, 4]
    assert asked("http://127.0.0.1:9/").state == "silent"
    assert SLEPT == [2, 4]


def test_a_site_that_says_nothing_is_left_after_a_while() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        found = asked(url, Manners(user_agent="test", timeout_s=0.2, tries=2, may_ask=lambda ip, port: True))
    assert (found.state, found.is_broken) == ("silent", True)


def test_a_site_that_never_ends_its_answer_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as slow:

        def drip() -> None:
            connection, _ = slow.accept()
            with connection:
                try:
                    for _ in range(2_000):
                        connection.sendall(b"X")
                        stopped.wait(0.02)
                except OSError:
                    return

        stopped = threading.Event()
        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        manners = Manners(user_agent="t", timeout_s=5, longest_s=0.3, tries=1, may_ask=lambda ip, port: True)
        assert asked(f"http://127.0.0.1:{slow.getsockname()[1]}/", manners).state in ("silent", "unsure")
        stopped.set()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://[::ffff:10.0.0.1]/",
        "https://93.184.215.14:22/",
        "ftp://example.org/",
        "http://a@example.org/",
        "http://example.org:99999/",
        "file:///etc/passwd",
        "http:///",
        "http://" + "a" * 70 + ".example.org/",
    ],
)
def test_nothing_private_is_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> socket.socket:
        raise AssertionError("it was asked")

    monkeypatch.setattr(socket, "create_connection", connect)
    found = asked(url, Manners(user_agent="test", tries=1))
    assert found.state in ("refused", "silent")
    assert found.is_broken


def test_a_redirect_to_a_private_machine_is_not_followed(site: str) -> None:
    port = site.rpartition(":")[2]

    def only_site(ip: str, number: int) -> bool:
        return (ip, str(number)) == ("127.0.0.1", port)

    found = asked(f"{site}/302/http://127.0.0.1:9/secret", Manners(user_agent="test", may_ask=only_site))
    assert (found.state, found.to) == ("refused", "http://127.0.0.1:9/secret")


def test_a_name_that_answers_twice_is_asked_at_the_machine_that_was_looked_at(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(("127.0.0.1", "10.0.0.1"))

    def lookup(host: str, port: int, *_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(2, 1, 6, "", (next(answers) if host == "rebind.example.org" else host, port))]

    monkeypatch.setattr("generator.links.visit.socket.getaddrinfo", lookup)
    connected: list[str] = []
    real: Callable[..., socket.socket] = socket.create_connection

    def connect(where: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(where[0])
        return real(("127.0.0.1", where[1]), timeout)

    monkeypatch.setattr("generator.links.visit.socket.create_connection", connect)
    assert asked(site.replace("127.0.0.1", "rebind.example.org") + "/").state == "fine"
    assert connected == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("ip", "port", "wanted"),
    [
        ("93.184.215.14", 443, True),
        ("93.184.215.14", 80, True),
        ("93.184.215.14", 8080, False),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 443, True),
        ("192.168.1.1", 443, False),
        ("100.64.0.1", 443, False),
        ("224.0.0.1", 443, False),
        ("0.0.0.0", 80, False),
        ("fe80::1", 443, False),
        ("::ffff:127.0.0.1", 443, False),
        ("2002:7f00:1::", 443, False),
    ],
)
def test_which_machines_are_public(ip: str, port: int, wanted: bool) -> None:
    assert is_public(ip, port) is wanted


def test_every_address_is_asked_once_with_pauses_for_each_host(site: str) -> None:
    records = {
        "partners/a.yml": [f"{site}/", f"{site}/404#part", f"{site}/404"],
        "partners/b.yml": [f"{site}/404", f"{site}/301/a"],
    }
    slept: list[float] = []
    told: list[tuple[int, int]] = []
    clockwork = Clockwork(sleep=slept.append, delay_s=7)
    found = round_of(records, MANNERS, clockwork, lambda *numbers: told.append(numbers))
    assert [path for method, path in Site.asked if method == "HEAD"] == ["/", "/404", "/301/a", "/a"]
    assert slept == [7, 7]
    assert told[-1] == (3, 3)
    (first, second) = issues(found)
    assert (first["title"], second["title"]) == (
        "Links that lead nowhere: partners/a",
        "Links that lead nowhere: partners/b",
    )
    assert f"`{site}/301/a` has moved for good to `{site}/a`" in second["body"]
    assert "1 lead nowhere" in "\n".join(as_text(found))
    assert json.loads(as_json(found))["partners/b.yml"][0]["status"] == 404


def test_addresses_come_from_fields_and_texts(tmp_path: Path) -> None:
    folder = Path(copytree(RIVERBEND, tmp_path / "riverbend"))
    path = folder / "partners/river-readers.yml"
    words = "description: See **https://e.example.org/a.** Or [us](https://f.example.org/x)."
    text = path.read_text("utf-8").replace("focus: [reading]\nregions", f"{words}\nfocus: [reading]\nregions")
    path.write_text(text, "utf-8")
    found = addresses(checked(folder).loaded)["partners/river-readers.yml"]
    assert found == ("https://river-readers.example.org/", "https://e.example.org/a", "https://f.example.org/x")


def test_a_path_without_links_is_a_wrong_use(tmp_path: Path) -> None:
    folder = Path(copytree(RIVERBEND, tmp_path / "riverbend"))
    assert partners("links", "partners/nobody.yml", cwd=folder).returncode == 2


@pytest.mark.parametrize(
    ("states", "is_so"),
    (
        ((("silent", 0),) * 3, True),
        ((("silent", 0),) * 2, False),  # two may be gone
        ((("silent", 0), ("silent", 0), ("silent", 0), ("gone", 404)), False),
        ((("refused", 0),) * 5, False),  # nobody was asked
    ),
)
def test_a_computer_without_a_way_to_the_internet_blames_no_link(
    states: tuple[tuple[State, int], ...], is_so: bool
) -> None:
    asked = (Visit(url=f"https://p{n}.example.org/a", state=state, status=s) for n, (state, s) in enumerate(states))
    assert is_offline(asked) is is_so


def test_addresses_of_one_host_count_once() -> None:
    assert not is_offline(Visit(url=f"https://p.example.org/{n}", state="silent") for n in range(5))
