"""Options and habits that several commands share."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from generator.records.folders import Project

AnyCommand = TypeVar("AnyCommand", bound=Callable[..., object])


def to_project(_: click.Context, __: click.Parameter, folder: Path) -> Project:
    """The project in the folder that the option names."""
    return Project(root=folder.resolve())


def to_district(context: click.Context, option: click.Parameter, folder: Path) -> Project:
    """The project in the folder that the option names, which must be a district's already."""
    if not any((folder / name).is_dir() for name in ("district", "partners")):
        told = f"{folder.resolve()} holds neither partners/ nor district/; go to the folder that does, or name it"
        raise click.BadParameter(told, context, option)
    return to_project(context, option, folder)


def rooted(to: Callable[[click.Context, click.Parameter, Path], Project]) -> Callable[[AnyCommand], AnyCommand]:
    """The option `--root`, as the parameter `project`."""
    return click.option(
        "--root",
        "project",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=".",
        show_default="this folder",
        callback=to,
        help="The district's folder: the one that holds partners/ and district/.",
    )


root = rooted(to_project)
district_root = rooted(to_district)


def wants_colour() -> bool:
    """Whether to print colours: on a terminal, unless NO_COLOR is set (no-color.org); FORCE_COLOR insists."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def processors() -> int:
    """How many processes this machine runs at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


jobs = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=processors,
    show_default="one for each processor",
    help="How many processes work on pages.",
)

quarantine = click.option("--quarantine", is_flag=True, help="Leave bad records out, name them, and build the rest.")
allow_loss = click.option("--allow-loss", is_flag=True, help="Build even if more than a tenth of the records vanish.")


def printed(help: str, *formats: str) -> Callable[[AnyCommand], AnyCommand]:
    """The option `--format`, as the parameter `form`: text for people, or one of the other formats."""
    choice = click.Choice(["text", *formats])
    return click.option("--format", "form", type=choice, default="text", show_default=True, help=help)


site_report = printed("Problems for people, or as annotations of a workflow run.", "github")
text_or_json = printed("For people or machines.", "json")
