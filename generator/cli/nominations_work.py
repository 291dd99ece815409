"""Commands of a season's work: look through, score, decide, ask for consent."""

import click

from generator.cli.vaults import Access, done, dry_run, with_vault, working
from generator.nominations import acts
from generator.nominations.season import Refused

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command(
    epilog="""\b
Examples:
  partners nominations triage N-2027-0003 --partner river-food-bank --school lincoln-elementary
  partners nominations triage N-2027-0004 --set-aside "A restaurant's advertisement, not a partnership."
"""
)
@click.argument("number")
@click.option("--partner", "partners", multiple=True, help="Slug of a partner that is meant; repeatable.")
@click.option("--school", "schools", multiple=True, help="Slug of a school; repeatable.")
@click.option("--school-year", default="", help="The school year that it is about.")
@click.option("--set-aside", default="", metavar="REASON", help="It goes no further, and why.")
@with_vault()
@dry_run
def triage(
    access: Access,
    number: str,
    partners: tuple[str, ...],
    schools: tuple[str, ...],
    school_year: str,
    set_aside: str,
    dry_run: bool,
) -> None:
    """Say which partners and schools a nomination means, or set it aside. For coordinators."""
    with working(access) as season:
        change = acts.triage(
            season,
            number,
            by=access.by,
            partners=partners,
            schools=schools,
            school_year=school_year,
            set_aside=set_aside,
        )
        done(access, season, change, is_dry=dry_run)


def to_scores(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, int]:
    """Scores from `criterion=number`."""
    found: dict[str, int] = {}
    for each in given:
        slug, sign, number = each.partition("=")
        if not sign or not number.strip().isdecimal():
            raise click.BadParameter(f'"{each}": write criterion=number, such as impact=4')
        found[slug.strip()] = int(number)
    return found


@click.command(
    epilog="""\b
Examples:
  partners nominations review N-2027-0003 --score impact=4 --score partnership=5 --score what-sustains-it=4 \\
      --reason "The school's own numbers show it."
  partners nominations review N-2027-0003 --stand-back "My sister works there."
"""
)
@click.argument("number")
@click.option("--score", "scores", multiple=True, callback=to_scores, help="criterion=number, for every criterion.")
@click.option("--reason", default="", help="Why, for those who decide.")
@click.option("--stand-back", default="", metavar="REASON", help="You do not judge it, and why.")
@with_vault()
@dry_run
def review(access: Access, number: str, scores: dict[str, int], reason: str, stand_back: str, dry_run: bool) -> None:
    """Score a nomination. Nobody sees your scores, nor you those of others, before all reviews are in."""
    if stand_back and (scores or reason):
        raise click.UsageError("--stand-back goes without --score and --reason: who stands back does not judge")
    with working(access) as season:
        if stand_back:
            change = acts.stand_back(season, number, by=access.by, conflict=stand_back)
        else:
            change = acts.review(season, number, by=access.by, scores=scores, reason=reason)
        done(access, season, change, is_dry=dry_run)


@click.command(
    epilog="""\b
Examples:
  partners nominations decide N-2027-0003 --recognise --reason "Both reviewers saw lasting change."
  partners nominations decide N-2027-0004 --decline --reason "Too early: it began in March."
"""
)
@click.argument("number")
@click.option("--recognise", is_flag=True, help="Thank the partner publicly.")
@click.option("--decline", is_flag=True, help="Do not.")
@click.option("--reason", default="", help="Why; it is kept beside what the scores say.")
@with_vault()
@dry_run
def decide(access: Access, number: str, recognise: bool, decline: bool, reason: str, dry_run: bool) -> None:
    """Decide about a nomination whose reviews are in. For the chair."""
    if recognise and decline:
        raise click.UsageError("give --recognise or --decline, not both")
    with working(access) as season:
        if not (recognise or decline):
            raise Refused("the decision is missing")
        outcome = "recognise" if recognise else "decline"
        change = acts.decide(season, number, by=access.by, outcome=outcome, reason=reason)
        done(access, season, change, is_dry=dry_run, advice=acts.advice(season, season.nomination(number)))


@click.command(
    epilog="""\b
Examples:
  partners nominations consent N-2027-0003 --asked
  partners nominations consent N-2027-0003 --whom "Alex Rivera" --how "signed form of May 3" \\
      --scope story --scope quote --expires 2029-06-30
  partners nominations consent C-2027-0001 --taken-back
"""
)
@click.argument("number")
@click.option("--asked", is_flag=True, help="Everybody was asked.")
@click.option("--whom", default="", help="Who gave it; it never leaves the vault.")
@click.option("--how", default="", help="How it was given, such as: signed form of May 3.")
@click.option("--scope", "scope", multiple=True, help="What it covers: story, quote, name, photo …; repeatable.")
@click.option("--expires", type=DAY, help="The last day on which it holds.")
@click.option("--taken-back", is_flag=True, help="Somebody takes the consent of this number (C-…) back.")
@with_vault()
@dry_run
def consent(
    access: Access,
    number: str,
    asked: bool,
    whom: str,
    how: str,
    scope: tuple[str, ...],
    expires: object,
    taken_back: bool,
    dry_run: bool,
) -> None:
    """Note that consent was asked for, given, or taken back. For coordinators."""
    is_given = bool(whom or how or scope or expires)
    if asked + taken_back + is_given > 1:
        raise click.UsageError(
            "one at a time: --asked, or --taken-back, or what was given with --whom, --how and others"
        )
    with working(access) as season:
        if taken_back:
            change = acts.take_back_consent(season, number, by=access.by)
            told = "What rests on it may not be shown any more: partners nominations expire"
            done(access, season, change, is_dry=dry_run, advice=told)
        elif asked:
            done(access, season, acts.ask_consent(season, number, by=access.by), is_dry=dry_run)
        else:
            day = getattr(expires, "date", lambda: None)()
            change, ref = acts.give_consent(season, number, by=access.by, whom=whom, how=how, scope=scope, expires=day)
            done(access, season, change, is_dry=dry_run, consent=ref)
