"""What many tests share: the repository's folder, a folder served over HTTP, and Chromium."""

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.invented import DAY_SECONDS
from tests.serving import Server
from tests.waiting import PATIENCE_MS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.accessible.kinds import Site

# By default hypothesis fails a test that takes long once; a busy machine must not. Each run looks at the same examples,
# so that a change fails by what it changes; `--hypothesis-profile=curious` looks at others each time.
settings.register_profile("curious", deadline=None, derandomize=False)
settings.register_profile("patient", deadline=None, derandomize=True)
settings.load_profile("patient")

PLAIN = re.compile(rb"[\t\n\r -~]*")
REPOSITORY = Path(__file__).resolve().parent.parent
FOREIGN = (
    *("CLICOLOR_FORCE", "FORCE_COLOR"),
    *("GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_WORK_TREE"),
)
SURROUNDINGS = {
    "SOURCE_DATE_EPOCH": DAY_SECONDS,
    "GIT_CONFIG_COUNT": "3",
    "GIT_CONFIG_KEY_0": "commit.gpgSign",
    "GIT_CONFIG_VALUE_0": "false",
    "GIT_CONFIG_KEY_1": "tag.gpgSign",
    "GIT_CONFIG_VALUE_1": "false",
    "GIT_CONFIG_KEY_2": "safe.directory",
    "GIT_CONFIG_VALUE_2": str(REPOSITORY),
}
LONG = ("test_build", "test_html", "test_incremental", "test_indexing", "test_kept", "test_publish", "test_workers")
"""Files that take long without a browser."""
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Chromium heeds only the last list of these, so this one repeats Playwright's, which are on its first lines. The others
# are two pages for the address bar that each new window would load: half the work of opening a page, and never seen.
FEATURES_OFF = (
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay"),
    *("MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
    "ThirdPartyStoragePartitioning",
    *("WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxPopup"),
)
CHROMIUM_FLAGS = (
    f"--disable-features={','.join(FEATURES_OFF)}",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--force-color-profile=srgb",
    # Nothing outside this machine is ever reached: a page that needs it shows so by failing.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def pytest_configure() -> None:
    """Makes all that tests start the same, whoever starts them and whenever.

    It has the day of the invented district, no colours are forced on it, and git signs nothing, reads whoever's
    repository this is, and knows of no hook in which somebody runs the tests. It hears Ctrl-C, with which tests stop
    commands: what a shell has started with "&" is deaf to it, and its children would be.
    """
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ.update(SURROUNDINGS)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with the files that take long, so that at the end no process waits for another that has just begun one."""
    long = {item.path for item in items if item.get_closest_marker("browser") or item.path.stem in LONG}
    items.sort(key=lambda item: item.path not in long)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """How a case is named that holds bytes which are no plain text: by its argument.

    Packed bytes may hold the time, and the processes of one run must find the same tests.
    """
    return argname if isinstance(val, bytes) and not PLAIN.fullmatch(val) else None


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of this repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def riverbend_site(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """The site of the invented district, built once for the tests of one process."""
    from tests.golden_tree import site_of_case

    return site_of_case(repository, tmp_path_factory.mktemp("riverbend"))


@pytest.fixture(scope="session")
def accessible_site(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> "Site":
    """The site of the invented district in many scripts with a page of each kind, built once for a process."""
    from tests.accessible.kinds import built

    return built(repository, tmp_path_factory.mktemp("accessible"))


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """The machine's own Chromium, started once. Without one: skips, or fails with PARTNERS_REQUIRE_BROWSER=1."""
    from playwright.sync_api import expect, sync_playwright

    program = os.environ.get("PARTNERS_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if program is None:
        _without_chromium("no Chromium here: install it (Debian: apt-get install chromium) or set PARTNERS_CHROMIUM")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: "Browser") -> Iterator["Page"]:
    """A fresh page of 1280 × 800 pixels with no cookies, no storage, no motion, and no worker that starts meanwhile."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 800}, reduced_motion="reduce", service_workers="block"
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """A function that serves a folder on a free port of this machine and returns its address, ending in "/"."""
    servers: list[Server] = []

    def start(folder: Path) -> str:
        server = Server(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line for each request."""

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def _without_chromium(reason: str) -> None:
    if os.environ.get("PARTNERS_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
