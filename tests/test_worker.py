"""The service worker's version: it follows what pages look like, and nothing else."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from generator.problems import SetupError
from generator.worker import filled

FILES = {"assets/dp.css": b"a {}", "assets/page.js": b"1", "assets/share/site.png": b"P", "en/about/index.html": b"<p>"}


@pytest.fixture
def source(repository: Path) -> bytes:
    """The worker as it is written."""
    return (repository / "generator/theme/sw.js").read_bytes()


def version(script: bytes) -> str:
    """The version that a worker says it has."""
    (found,) = re.findall(r'^const VERSION = "(\w+)";$', script.decode(), re.MULTILINE)
    return str(found)


def test_it_knows_the_digest_of_each_file_that_a_phone_keeps(source: bytes) -> None:
    script = filled(source, FILES).decode()
    (files,) = re.findall(r"^const FILES = (\{.*?\});$", script, re.MULTILINE | re.DOTALL)
    assert json.loads(files) == {path: sha256(FILES[path]).hexdigest() for path in ("assets/dp.css", "assets/page.js")}


def test_records_change_no_version(source: bytes) -> None:
    changed = FILES | {"en/about/index.html": b"<p>New", "en/new/index.html": b"", "assets/share/site.png": b"Q"}
    assert filled(source, FILES) == filled(source, dict(reversed(changed.items())))


@pytest.mark.parametrize("change", [{"assets/dp.css": b"b {}"}, {"assets/new.js": b"2"}])
def test_style_and_scripts_change_it(source: bytes, change: dict[str, bytes]) -> None:
    assert version(filled(source, FILES)) != version(filled(source, FILES | change))
    assert len(version(filled(source, FILES))) == 16


def test_the_worker_itself_changes_it(source: bytes) -> None:
    assert version(filled(source, FILES)) != version(filled(source + b"\n", FILES))


def test_a_worker_without_its_lines_is_refused() -> None:
    with pytest.raises(SetupError, match=r"sw\.js: the line"):
        filled(b"self.addEventListener('fetch', () => {});", FILES)
