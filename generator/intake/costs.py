"""Numbers and costs in dollars as people write them."""

import re
from collections.abc import Mapping
from typing import Any

from generator.text import fold
from generator.vocabulary import Vocabulary

_DOLLARS = re.compile(r"^\$ ?| ?(?:\$|usd|dollars?)$", re.IGNORECASE)
_PRICE = re.compile(r"\$? ?[0-9][0-9.,]*(?: ?(?:\$|usd\b|dollars?\b))?", re.IGNORECASE)


def number_of(words: str, decimal: str = "", *, is_price: bool) -> float | int:
    """A number with or without a sign of dollars; `decimal` tells what stands before the cents, "comma" or a point.

    Raises ValueError, with words for people, for what is none or may be another one.
    """
    bare = _DOLLARS.sub("", words)
    point, thousands = (",", ".") if decimal == "comma" else (".", ",")
    places = "{1,2}" if is_price else "+"  # 12.500 may be twelve and a half, or thousands
    cents = rf"(?:{re.escape(point)}[0-9]{places})?"
    if not re.fullmatch(rf"-?(?:[1-9][0-9]{{0,2}}(?:{re.escape(thousands)}[0-9]{{3}})+|0|[1-9][0-9]*){cents}", bare):
        hint = f' with a "{point}" before the cents' if re.search("[0-9][.,][0-9]", bare) else ""
        told = "; the map can say decimal: comma" if point == "." and re.search(",[0-9]{1,2}$", bare) else ""
        raise ValueError(f"is no number{hint}{told}")
    number = float(bare.replace(thousands, "").replace(point, "."))
    return int(number) if number == int(number) else number


def cost_of(words: str, vocabularies: Mapping[str, Vocabulary], decimal: str = "") -> dict[str, Any]:
    """A cost from "Free", "$25 a week", or the price alone, of which 0 is free; ValueError as `number_of` has it."""
    kind = vocabularies["cost-kinds"].by_word.get(fold(words))
    if kind and not kind.retired:
        return {"kind": kind.id}
    price = _PRICE.match(words)
    rest = words[price.end() :].strip().removeprefix("/").strip() if price else ""
    period = vocabularies["cost-periods"].by_word.get(fold(rest))
    if not price or (rest and (period is None or period.retired)):
        raise ValueError("is no cost such as Free or $25 a week")
    amount = number_of(price[0], decimal, is_price=True)
    if not amount:
        return {"kind": "free"}
    return {"kind": "fee", "amount": amount, **({"per": period.id} if period else {})}
