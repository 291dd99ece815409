"""Phone numbers as links that a phone can dial."""

import re
from functools import lru_cache

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
    parse,
)

COUNTRY = "US"
"""Numbers without a country code are numbers of this country, as the prices are in its currency."""
SERVICE = re.compile("[2-9]11|988")
"""Numbers that every phone of that country dials as they are: 211, 911, and 988 for people in despair."""
SHORT = re.compile("[2-9][0-9]{4,5}")
"""Numbers of that country that only take text messages, as 741741."""


@lru_cache(maxsize=4096)
def dial(phone: str) -> str:
    """The number as a `tel:` address in E.164 with its extension (RFC 3966); empty when it is no number to dial.

    A number without its area code is none: it would reach somebody else, or nobody.
    """
    if SERVICE.fullmatch(phone):
        return f"tel:{phone}"
    try:
        number = parse(phone, COUNTRY)
    except NumberParseException:
        return ""
    if is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return ""
    extension = f";ext={number.extension}" if number.extension else ""
    return f"tel:{format_number(number, PhoneNumberFormat.E164)}{extension}"


def texting(phone: str) -> str:
    """The number as an `sms:` address (RFC 5724), which has no extension; empty when it is no number to send to."""
    if SHORT.fullmatch(phone):
        return f"sms:{phone}"
    return dial(phone).partition(";")[0].replace("tel:", "sms:", 1)
