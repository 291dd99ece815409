"""From a plan to a site in its place, with nothing done twice."""

from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

import msgspec

from generator.building.shards import write_shard
from generator.building.state import read_state, write_state
from generator.building.tree import Before
from generator.building.whole import Built, common_digest, complete
from generator.check import without_collector
from generator.frame.kept import Shell, key_of, read_shell, write_shell
from generator.manifest import NAME, Manifest
from generator.plan import Plan
from generator.records.cache import version_everywhere, version_of
from generator.staging.publish import publish, staging

Notice = Callable[[str], None]
"""Told in a sentence why something takes longer than it might."""


@without_collector()
def render(plan: Plan, out: Path, notice: Notice = lambda words: None) -> Built:
    """Build the whole site of a plan into `out`; the old site stands there until the new one is complete."""
    with plan.timings.stage("frames"):
        shell = shell_of(plan, notice)
        common = common_digest(plan, shell, version_of(plan.project.schema))
    with plan.timings.stage("last build"):
        before = last_build(plan, out, common, notice)
    with ExitStack() as stack:
        with plan.timings.stage("staging"):
            begin = stack.enter_context(staging(out, before.files | {NAME: before.state.manifest} if before else None))
        built, state, stage = complete(plan, shell, begin, common, before)
        with plan.timings.stage("publishing"):
            publish(stage)
            write_state(plan.project.cache, out, state)
    return built


@without_collector()
def render_shard(plan: Plan, out: Path, number: int, of: int, notice: Notice = lambda words: None) -> Built:
    """Build one part of the site of a plan into `out`; `merge` joins the parts."""
    with plan.timings.stage("frames"):
        shell = shell_of(plan, notice)
        common = common_digest(plan, shell, version_everywhere(plan.project.schema))
    return write_shard(plan, shell, common, out, number, of)


def shell_of(plan: Plan, notice: Notice) -> Shell:
    """The frames and all else that MkDocs makes of a plan, made now unless it is known."""
    key = key_of(plan)
    known, trouble = read_shell(plan.project.cache, key)
    if trouble:
        notice(trouble)
    if known is not None:
        return known
    from generator.frame.run import make_shell  # slow to import, and seldom needed

    shell = make_shell(plan)
    write_shell(plan.project.cache, key, shell)
    return shell


def last_build(plan: Plan, out: Path, common: str, notice: Notice) -> Before | None:
    """The last build into `out`, as far as this one can go on from there."""
    state, trouble = read_state(plan.project.cache, out)
    if trouble:
        notice(trouble)
    if state is None or state.common != common:
        return None
    try:
        content = (out / NAME).read_bytes()
    except OSError:
        return None
    if sha256(content).hexdigest() != state.manifest:
        return None
    return Before(state, msgspec.json.decode(content, type=Manifest).files)
