"""Rules about what things cost."""

from collections.abc import Iterator

from generator.model import Cost, Event, Partner
from generator.objections import OBJECTIONS
from generator.rules.rule import Finding, Subject
from generator.source import Route


def price_of_free(subject: Subject[Partner | Event]) -> Iterator[Finding]:
    """What is free has no price."""
    for route, cost in _costs(subject.record):
        if cost.kind == "free" and cost.amount:
            yield Finding(
                route=(*route, "amount"),
                message=OBJECTIONS["price-of-free"].message,
                hint=OBJECTIONS["price-of-free"].hint,
            )


def fee_without_amount(subject: Subject[Partner | Event]) -> Iterator[Finding]:
    """Where there is a fee, families are told how much."""
    for route, cost in _costs(subject.record):
        if cost.kind == "fee" and cost.amount is None:
            yield Finding(
                route=(*route, "kind"),
                message=OBJECTIONS["fee-without-amount"].message,
                hint=OBJECTIONS["fee-without-amount"].hint,
            )


def _costs(record: Partner | Event) -> Iterator[tuple[Route, Cost]]:
    """Every cost in the record with its route."""
    if isinstance(record, Event):
        if record.cost:
            yield ("cost",), record.cost
        return
    for number, program in enumerate(record.programs):
        if program.cost:
            yield ("programs", number, "cost"), program.cost
