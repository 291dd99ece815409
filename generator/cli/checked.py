"""The records that a command works on, checked, with what earlier checks knew."""

import click

from generator.check import Checked, check
from generator.clock import today_in
from generator.records.folders import Project


def checked_project(project: Project) -> Checked:
    """The project, checked today; says why the check was slow, if it could have been fast."""
    checked = check(project, today=today_in(project), cache_folder=project.cache)
    if checked.notice:
        click.echo(checked.notice, err=True)
    return checked
