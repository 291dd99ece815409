"""One web address, asked as little as it takes: HEAD, GET where that tells nothing, and never a private machine.

Addresses are strangers' data. The name is looked up once, and the connection goes to exactly the addresses that were
looked at, so that no second answer of a name server leads elsewhere; every redirect goes through the same gate.
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

State = Literal["fine", "moved", "gone", "silent", "refused", "unsure"]
FOUND = range(200, 300)
REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)
GONE = (404, 410)
BUSY = (502, 503, 504)
PORTS = {"http": 80, "https": 443}
SAFE = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How to ask: seconds, tries and redirects; `may_ask` is the gate for addresses of machines (IP) and ports."""

    user_agent: str
    timeout_s: float = 15
    longest_s: float = 45
    tries: int = 3
    pause_s: float = 2
    redirects: int = 5
    may_ask: Callable[[str, int], bool] = lambda ip, port: is_public(ip, port)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What an address answered: its status (0 without an answer), where it leads now, and why in words."""

    url: str
    state: State
    status: int = 0
    to: str = ""
    why: str = ""

    @property
    def is_broken(self) -> bool:
        """Whether a person should look: no such page, or a machine that says nothing or may not be asked."""
        return self.state in ("gone", "silent", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: the status, and the place that it names."""

    status: int
    location: str = ""


class Refused(Exception):  # noqa: N818 - no error: an address that is not asked
    """An address that leads to no public machine."""


def is_public(ip: str, port: int) -> bool:
    """Whether a machine is on the public internet, and the port one of the web's."""
    address = ipaddress.ip_address(ip)
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return port in PORTS.values() and all(each.is_global and not each.is_multicast for each in (address, inner) if each)


def visit(url: str, manners: Manners, sleep: Callable[[float], None]) -> Visit:
    """What an address answers, after some tries; raises nothing."""
    found = Visit(url=url, state="silent")
    for number in range(manners.tries):
        if number:
            sleep(manners.pause_s * 2 ** (number - 1))
        found = _once(url, manners)
        if found.state != "silent" and found.status not in BUSY:
            break
    return found


def _once(url: str, manners: Manners) -> Visit:
    """One try, redirects followed."""
    at = url
    statuses: list[int] = []
    try:
        for _ in range(manners.redirects + 1):
            answer = _answer(at, manners)
            if answer.status not in REDIRECTS or not answer.location:
                return _judged(url, at, answer, statuses)
            statuses.append(answer.status)
            at = urljoin(at, answer.location)
    except Refused as refused:
        return Visit(url=url, state="refused", to=at if at != url else "", why=str(refused))
    except ssl.SSLCertVerificationError:
        return Visit(url=url, state="gone", why="its certificate does not hold, and browsers warn of it")
    except socket.gaierror:
        return Visit(url=url, state="silent", why="there is no machine of this name")
    except (OSError, HTTPException, UnicodeError):
        return Visit(url=url, state="silent", why="it does not answer")
    return Visit(url=url, state="gone", why="it leads in circles")


def _judged(url: str, at: str, answer: Answer, statuses: list[int]) -> Visit:
    """What the last answer means."""
    found = Visit(url=url, state="unsure", status=answer.status, to=at if at != url else "")
    if answer.status in FOUND:
        moved = bool(statuses) and all(status in FOR_GOOD for status in statuses)
        return replace(found, state="moved" if moved else "fine")
    if answer.status in GONE:
        return replace(found, state="gone", why="there is no such page")
    return replace(found, why=f"it answers {answer.status} to us, perhaps not to people")


def _answer(url: str, manners: Manners) -> Answer:
    """The answer to HEAD, or to GET where HEAD was not taken well; the page itself is not read."""
    answer = _asked("HEAD", url, manners)
    return answer if answer.status in (*FOUND, *REDIRECTS, 429) else _asked("GET", url, manners)


def _asked(method: str, url: str, manners: Manners) -> Answer:
    with _connection(url, manners) as connection:
        parts = urlsplit(url)
        path = quote(parts.path or "/", safe=SAFE) + (f"?{quote(parts.query, safe=SAFE)}" if parts.query else "")
        connection.request(
            method, path, headers={"User-Agent": manners.user_agent, "Accept": "*/*", "Connection": "close"}
        )
        response = connection.getresponse()
        return Answer(status=response.status, location=response.headers.get("Location", ""))


@contextmanager
def _connection(url: str, manners: Manners) -> Iterator[HTTPConnection]:
    """A connection to one of the machines that the address names, cut when it takes too long in all."""
    parts = urlsplit(url)
    try:
        port, host = parts.port or PORTS[parts.scheme], (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, KeyError) as error:
        raise Refused("this is no web address") from error
    if not host or parts.username is not None:
        raise Refused("this is no web address")
    machine = _machine(host, port, manners)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(host, port, timeout=manners.timeout_s)
    plain = socket.create_connection((machine, port), manners.timeout_s)
    guard = threading.Timer(manners.longest_s, _cut, (plain,))
    guard.daemon = True
    guard.start()
    try:
        is_safe = parts.scheme == "https"
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if is_safe else plain
        yield connection
    finally:
        guard.cancel()
        connection.close()
        plain.close()


def _cut(connection: socket.socket) -> None:
    """End a connection on which another thread waits."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _machine(host: str, port: int, manners: Manners) -> str:
    """The first machine of a name; Refused if any of them may not be asked."""
    machines = [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not machines or not all(manners.may_ask(machine.partition("%")[0], port) for machine in machines):
        raise Refused("it leads to a machine that is not on the public internet")
    return machines[0]
