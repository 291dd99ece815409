"""A story as the site will show it: the site's own page, frame and stylesheet, with the story among the others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from generator import site
from generator.building.rendering import shell_of
from generator.check import Checked
from generator.frame.kept import Shell
from generator.model import Story
from generator.plan import Plan, prepare
from generator.press import Press
from generator.stories import consented


def plan_with(checked: Checked, address: str, story: Story, day: date) -> Plan:
    """The plan of the site in which a story stands on a day, at its address."""
    plan = prepare(checked)
    others = {known: each for known, each in plan.directory.stories.items() if known != address}
    stories = MappingProxyType({address: consented(story, day), **others})
    return replace(plan, directory=replace(plan.directory, stories=stories), today=max(day, plan.today))


def pages(plan: Plan, address: str) -> Mapping[str, bytes]:
    """The story's page in each language of the site, by its path."""
    wanted = f"recognition/{address}/"
    unit = next(each for each in site.units(plan.directory, plan.today) if each.address == wanted)
    return {file.path: file.content for file in Press(plan, shell(plan).frames).files(unit)}


def shell(plan: Plan) -> Shell:
    """The frames and assets of the site; they are made once, and kept where a build keeps them."""
    return shell_of(plan, lambda words: None)
