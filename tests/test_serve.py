"""The preview: a saved YAML file shows up, a bad one is told and leaves the rest standing."""

import gc
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import SystemRandom

import pytest

from generator.cli import INTERRUPTED
from generator.preview import tidy

REPOSITORY = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60


PORTS = range(20_000, 32_000)
"""Below those that a system gives by itself, of which another test may be given one in the meantime."""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    for port in SystemRandom().sample(PORTS, 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    pytest.fail("no port is free")


def eventually(address: str, words: str) -> str:
    """The page at an address as soon as it holds the words; fails when they do not come."""
    text = ""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                text = answer.read().decode()
        except urllib.error.HTTPError as error:
            text = error.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            text = ""
        if words in text:
            return text
        time.sleep(0.2)
    pytest.fail(f"{address} never said {words!r}; the last answer was: {text[-500:]}")


def told(log: Path, words: str) -> None:
    """Wait until the preview has said the words; fails when they do not come."""
    end = time.monotonic() + PATIENCE_SECONDS
    while words not in log.read_text():
        if time.monotonic() > end:
            pytest.fail(f"the preview never said {words!r}, only: {log.read_text()[-500:]}")
        time.sleep(0.2)


@pytest.fixture
def preview(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, str]]:
    """An invented district under preview, with the options of the test: its folder and the preview's address."""
    district = Path(shutil.copytree(REPOSITORY / "tests/cases/district", tmp_path / "riverbend"))
    port = free_port()
    command = [sys.executable, "-m", "generator", "serve", "--root", str(district), "--address", f"127.0.0.1:{port}"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    log = (tmp_path / "log").open("w")
    process = subprocess.Popen(
        [*command, *getattr(request, "param", ())], env=environment, stdout=log, stderr=log, cwd=district
    )
    yield district, f"http://127.0.0.1:{port}/"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=PATIENCE_SECONDS) == INTERRUPTED
    log.close()
    said = (tmp_path / "log").read_text()
    assert "Traceback" not in said
    assert said.endswith("Stopped.\n")


def test_a_saved_file_shows_up(preview: tuple[Path, str]) -> None:
    district, address = preview
    record = next((district / "partners").glob("*.yml"))
    page = f"{address}en/partners/{record.stem}/"
    text = eventually(page, "<h1>")
    assert "livereload" in text
    assert "Content-Security-Policy" not in text
    good = record.read_text()
    record.write_text(good.replace("\nname: ", "\nname: Newly named ", 1))
    eventually(page, "Newly named ")
    record.write_text("name: [")
    told(district.parent / "log", f"partners/{record.name}:2:1: yaml-syntax")
    eventually(f"{address}en/partners/", "<h1>")
    assert "We cannot find this page" in eventually(page, "")
    record.write_text(good.replace("\nname: ", "\nname: Good again ", 1))
    eventually(page, "Good again ")
    assert f"The preview is at {address}" in (district.parent / "log").read_text()
    assert (district / ".cache/preview/site/en/pagefind/pagefind.js").is_file()
    assert not (district / "site").exists()


@pytest.mark.parametrize("preview", [("--no-search",)], indirect=True)
def test_a_preview_without_search_writes_only_what_changed(preview: tuple[Path, str]) -> None:
    district, address = preview
    record = next((district / "partners").glob("*.yml"))
    page = f"{address}en/partners/{record.stem}/"
    eventually(page, "<h1>")
    record.write_text(record.read_text().replace("\nname: ", "\nname: Newly named ", 1))
    eventually(page, "Newly named ")
    said = re.findall(r"Up to date: (\d+) of (\d+) pages written", (district.parent / "log").read_text())
    (first, pages), (second, _), *_ = said
    assert int(first) == int(pages) > int(second) * 2 > 0
    assert not list((district / ".cache/preview/site").glob("*/pagefind"))


def test_a_district_without_its_own_record_can_be_mended(preview: tuple[Path, str]) -> None:
    district, address = preview
    eventually(f"{address}en/", "<h1")
    record = district / "district/district.yml"
    good = record.read_text()
    record.write_text("name: [")
    told(district.parent / "log", "see them with: partners check\nThe preview stays as it was.")
    eventually(f"{address}en/", "<h1")
    record.write_text(good.replace("\nname: ", "\nname: Newly ", 1))
    eventually(f"{address}en/", "Newly ")


def test_the_memory_of_past_builds_is_given_back() -> None:
    class Circle:
        """What only the collector can find."""

        def __init__(self) -> None:
            self.own = self

    circle = weakref.ref(Circle())
    gc.freeze()
    gc.collect()
    assert circle() is not None
    tidy()
    assert circle() is None
