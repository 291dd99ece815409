"""Phone numbers as links that a phone can dial."""

from functools import lru_cache

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_possible_number, parse

COUNTRY = "US"
"""Numbers without a country code are numbers of this country, as the prices are in its currency."""


@lru_cache(maxsize=4096)
def dial(phone: str) -> str:
    """The number as a `tel:` address in E.164 with its extension (RFC 3966); empty when it is no number to dial."""
    try:
        number = parse(phone, COUNTRY)
    except NumberParseException:
        return ""
    if not is_possible_number(number):
        return ""
    extension = f";ext={number.extension}" if number.extension else ""
    return f"tel:{format_number(number, PhoneNumberFormat.E164)}{extension}"
