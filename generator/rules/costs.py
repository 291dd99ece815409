"""Rules about what things cost."""

from collections.abc import Iterator
from typing import Any

from generator.rules.rule import Finding, Subject


def price_of_free(subject: Subject[Any]) -> Iterator[Finding]:
    """What is free has no price."""
    for route, group in subject.groups:
        if route and route[-1] == "cost" and group.get("kind") == "free" and float(group.get("amount", 0)) > 0:
            yield Finding(
                route=(*route, "amount"),
                message="this costs something, although it is said to be free",
                hint='delete the amount, or write "kind: fee"',
            )


def fee_without_amount(subject: Subject[Any]) -> Iterator[Finding]:
    """Where there is a fee, families are told how much."""
    for route, group in subject.groups:
        if route and route[-1] == "cost" and group.get("kind") == "fee" and "amount" not in group:
            yield Finding(
                route=(*route, "kind"),
                message="a fee without its amount",
                hint='add "amount" in dollars and "per"; where it differs, write "kind: varies"',
            )
