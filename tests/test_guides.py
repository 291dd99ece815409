"""The guides show pictures that can be taken anew, and name commands that exist."""

import re
from pathlib import Path

import click
import pytest
from PIL import Image

from generator.cli import partners
from tests.screenshots import MOST_BYTES, PICTURES, SHOTS

GUIDES = ("docs/guides/partners.md", "docs/guides/staff.md")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
COMMAND = re.compile(r"(?:^|`|&& )partners ([a-z]+)(?: ([a-z]+))?([^`\n#]*)", re.MULTILINE)
OPTION = re.compile(r"(?<= )--[a-z-]+")


@pytest.fixture(scope="module", params=GUIDES)
def guide(request: pytest.FixtureRequest, repository: Path) -> Path:
    return repository / request.param


def pictures(guide: Path) -> list[tuple[str, Path]]:
    """The words and the place of each picture of a guide."""
    return [(words, (guide.parent / place).resolve()) for words, place in PICTURE.findall(guide.read_text("utf-8"))]


def test_every_picture_is_there_and_described(guide: Path) -> None:
    found = pictures(guide)
    assert len(found) > 3
    for words, place in found:
        assert place.parent == PICTURES
        assert place.stem in SHOTS
        assert len(words.split()) > 4, f"{place.name} needs words for those who do not see it"


def test_every_picture_that_is_taken_is_shown_and_small(repository: Path) -> None:
    shown = {place.stem for guide in GUIDES for _, place in pictures(repository / guide)}
    assert shown == set(SHOTS)
    assert {path.stem for path in PICTURES.iterdir()} == set(SHOTS)
    for name, shot in SHOTS.items():
        file = PICTURES / f"{name}.png"
        assert file.stat().st_size <= MOST_BYTES
        with Image.open(file) as picture:
            assert picture.size == shot.window if not shot.part else picture.width <= shot.window[0]


def test_every_command_and_option_exists(guide: Path) -> None:
    text = guide.read_text("utf-8")
    for name, below, rest in COMMAND.findall(text):
        command = partners.get_command(click.Context(partners), name)
        assert command is not None, f"partners {name}"
        below_it = command.get_command(click.Context(command), below) if isinstance(command, click.Group) else None
        known = {option for parameter in (below_it or command).params for option in parameter.opts}
        assert set(OPTION.findall(rest)) <= known, f"partners {name} {below}{rest}"
    assert "partners.md" in guide.name or len(COMMAND.findall(text)) > 8


def test_the_readme_leads_to_the_guides(repository: Path) -> None:
    text = (repository / "README.md").read_text("utf-8")
    assert all(f"]({guide})" in text for guide in GUIDES)
