"""Every kind of page in two more scripts: axe finds nothing, and nothing is cut."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accessible.kinds import Site
from tests.test_accessibility import look_at_all

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["zh-Hant", "am"])
def test_axe_finds_nothing_and_nothing_is_cut(
    accessible_site: Site,
    chromium: "Browser",
    serve: Callable[[Path], str],
    record_property: Callable[[str, object], None],
    language: str,
) -> None:
    look_at_all(accessible_site, chromium, serve(accessible_site.folder), language, record_property)
