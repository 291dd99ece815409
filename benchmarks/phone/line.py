"""A site served as a static host serves it, over a line of a chosen speed, with every request counted.

Chromium can slow a line down itself, but only for a page: what a worker of the page asks for would come at full speed.
"""

import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import unquote, urlsplit

GZIP_LEVEL = 6
"""What hosts use that compress while they answer."""
PACKED = frozenset((".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".xml", ".webmanifest"))
"""Endings of files that hosts compress. Pagefind's files are packed already."""
CACHED_S = 600
PACKET_BYTES = 1_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered: the path that was asked for, and all bytes of the answer, its head included."""

    path: str
    size_bytes: int


@dataclass(slots=True, kw_only=True)
class Line:
    """A served site, its `address` ending in "/". What is asked for stands in `answers`, in the order of the ends.

    `bytes_per_s` is shared by all connections, in the direction to the phone; `delay_s` goes by before each answer.
    None and 0 are no limits. Both may be changed while the line is in use.
    """

    address: str
    bytes_per_s: float | None = None
    delay_s: float = 0
    answers: list[Answer] = field(default_factory=list)
    free_at: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def forget(self) -> None:
        """Count from here on."""
        self.answers.clear()

    @property
    def size_bytes(self) -> int:
        """Bytes of all answers since then."""
        return sum(answer.size_bytes for answer in self.answers)

    def wait(self, size_bytes: int) -> None:
        """Until so many bytes have gone over the line."""
        if self.bytes_per_s is None:
            return
        with self.lock:
            self.free_at = max(time.monotonic(), self.free_at) + size_bytes / self.bytes_per_s
            until = self.free_at
        time.sleep(max(0.0, until - time.monotonic()))


class Handler(SimpleHTTPRequestHandler):
    """Answers as static hosts do: packed, with a time to keep and a mark to ask again with."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *given: object, line: Line, known: dict[str, bytes], **named: str) -> None:
        self.line = line
        self.known = known
        super().__init__(*given, **named)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """One file."""
        path = Path(self.translate_path(unquote(urlsplit(self.path).path)))
        file = path / "index.html" if path.is_dir() else path
        time.sleep(self.line.delay_s)
        if not file.is_file():
            self.answer(HTTPStatus.NOT_FOUND, {}, b"")
            return
        body = self.packed(file)
        mark = f'"{sha256(body).hexdigest()[:16]}"'
        head = {"ETag": mark, "Cache-Control": f"max-age={CACHED_S}"}
        if self.headers.get("If-None-Match") == mark:
            self.answer(HTTPStatus.NOT_MODIFIED, head, b"")
            return
        head |= {"Content-Type": self.guess_type(file), "Last-Modified": formatdate(file.stat().st_mtime, usegmt=True)}
        if file.suffix in PACKED:
            head |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self.answer(HTTPStatus.OK, head, body)

    def packed(self, file: Path) -> bytes:
        """The bytes of a file as they go over the line."""
        key = str(file)
        if key not in self.known:
            content = file.read_bytes()
            is_packed = file.suffix in PACKED
            self.known[key] = gzip.compress(content, GZIP_LEVEL, mtime=0) if is_packed else content
        return self.known[key]

    def answer(self, status: HTTPStatus, head: dict[str, str], body: bytes) -> None:
        """Send head and body at the speed of the line, and count them."""
        lines = (f"HTTP/1.1 {status.value} {status.phrase}", f"Date: {self.date_time_string()}")
        heads = "\r\n".join((*lines, *map(": ".join, ({"Content-Length": str(len(body))} | head).items()), "", ""))
        content = heads.encode("ascii") + (b"" if self.command == "HEAD" else body)
        self.line.answers.append(Answer(path=urlsplit(self.path).path, size_bytes=len(content)))
        for place in range(0, len(content), PACKET_BYTES):
            packet = content[place : place + PACKET_BYTES]
            self.line.wait(len(packet))
            self.wfile.write(packet)
        self.wfile.flush()

    def do_HEAD(self) -> None:
        """The head of the answer only."""
        self.do_GET()

    def log_message(self, format: str, *given: object) -> None:
        """Says nothing."""

    def handle(self) -> None:
        """A browser that hangs up is no news."""
        with suppress(ConnectionError):
            super().handle()


@contextmanager
def served(folder: Path) -> Iterator[Line]:
    """A line to the site in `folder`, without limits."""
    line = Line(address="")
    handler = partial(Handler, line=line, known={}, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        line.address = f"http://127.0.0.1:{server.server_address[1]}/"
        Thread(target=server.serve_forever, daemon=True).start()
        yield line
        server.shutdown()
