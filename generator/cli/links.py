"""`partners links`: which links of the records lead nowhere any more."""

import json
import sys
import time
from collections.abc import Iterator, Mapping

import click

from generator.cli.checked import checked_project
from generator.cli.options import district_root, printed
from generator.inert import code
from generator.links.addresses import addresses
from generator.links.rounds import Clockwork, is_offline, round_of
from generator.links.visit import Manners, Visit
from generator.records.folders import Project
from generator.report import safe

LABEL = "dead-link"
OFFLINE = 3
"""Exit code when nothing can be told of any link."""


@click.command(
    epilog="""\b
Examples:
  partners links
  partners links partners/river-food-bank.yml
  partners links --format issues       one issue for each record, as JSON on a line

Exit codes: 0 all lead somewhere, 1 some do not, 2 wrong use, 3 no way to the internet.
"""
)
@click.argument("paths", nargs=-1)
@district_root
@printed("For people, for machines, or as issues to open.", "json", "issues")
@click.option(
    "--delay",
    type=click.FloatRange(0, 60),
    default=1.0,
    show_default=True,
    help="Seconds between two questions to a host.",
)
def links(paths: tuple[str, ...], project: Project, form: str, delay: float) -> None:
    """Ask every web address of the records (or of the records at PATHS) whether it is still there.

    Politely: HEAD first, one question at a time to each host, three tries. What a site does not tell machines (403,
    429 and the like) is no fault. Nothing inside a private network is ever asked.
    """
    loaded = checked_project(project).loaded
    known = {path: urls for path, urls in addresses(loaded).items() if not paths or path in paths}
    if paths and not known:
        raise click.UsageError(f"{', '.join(paths)}: there is no record with a link here")
    repository = loaded.directory.district.repository if loaded.directory else ""
    manners = Manners(user_agent=f"partners-directory link check (once a week; {repository or 'a school district'})")
    found = round_of(known, manners, Clockwork(sleep=time.sleep, delay_s=delay), tell)
    if is_offline(visit for visits in found.values() for visit in visits):
        click.echo(
            "partners: no machine answered at all, so nothing is said of any link: there is no way from", err=True
        )
        click.echo("here to the internet. Try again where there is one.", err=True)
        sys.exit(OFFLINE)
    if form == "json":
        click.echo(as_json(found))
    elif form == "issues":
        click.echo("".join(f"{json.dumps(each)}\n" for each in issues(found)), nl=False)
    else:
        click.echo("\n".join(as_text(found)))
    sys.exit(1 if any(visit.is_broken for visits in found.values() for visit in visits) else 0)


def tell(done: int, of: int) -> None:
    """Say how far it is, where somebody is waiting."""
    if sys.stderr.isatty():
        click.echo(f"\r{done:,} of {of:,} addresses", nl=done == of, err=True)


def as_text(found: Mapping[str, tuple[Visit, ...]]) -> Iterator[str]:
    """Lines for people, by record; what is fine is only counted."""
    every = {visit.url: visit for visits in found.values() for visit in visits}
    for path, visits in found.items():
        told = [visit for visit in visits if visit.is_broken or visit.state == "moved"]
        if told:
            yield path
            yield from (f"  {words(visit, safe(visit.url), safe(visit.to))}" for visit in told)
    broken = sum(visit.is_broken for visit in every.values())
    unsure = sum(visit.state == "unsure" for visit in every.values())
    yield f"{len(every):,} addresses: {broken:,} lead nowhere, {unsure:,} do not tell machines."


def words(visit: Visit, url: str, to: str) -> str:
    """What to say of an address."""
    if visit.state == "moved":
        return f"{url} has moved for good to {to}"
    status = f" ({visit.status})" if visit.status else ""
    return f"{url}{f' leads to {to}' if to else ''}: {visit.why}{status}"


def as_json(found: Mapping[str, tuple[Visit, ...]]) -> str:
    """Everything, for machines."""
    told = {
        path: [{"url": v.url, "state": v.state, "status": v.status, "to": v.to, "why": v.why} for v in visits]
        for path, visits in found.items()
    }
    return json.dumps(told, indent=2)


def issues(found: Mapping[str, tuple[Visit, ...]]) -> Iterator[dict[str, str]]:
    """One issue for each record that has links to look at; the title is fixed but for the record's path."""
    for path, visits in found.items():
        broken = [visit for visit in visits if visit.is_broken]
        if broken:
            moved = [visit for visit in visits if visit.state == "moved"]
            lines = [f"- {words(visit, code(visit.url), code(visit.to))}" for visit in (*broken, *moved)]
            body = "\n".join((f"The weekly look at the links of {code(path)} found:", "", *lines, ""))
            yield {"title": f"Links that lead nowhere: {path.removesuffix('.yml')}", "label": LABEL, "body": body}
