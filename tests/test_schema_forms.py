"""Web addresses, e-mail addresses and phone numbers that a record may hold, to both validators alike."""

import pytest

from tests.schema_records import PARTNER, SCHEMAS, document

CONTACT = "contacts: [{{role: Office, {}}}]"

GOOD = (
    *(f'website: "{url}"' for url in ("https://x.org", "http://x.org", "https://x.org:65535/a?b#c", "https://x.org./")),
    *(f'website: "{url}"' for url in ("https://bücher.example/ä", "https://a-b.c-d.example.org")),
    *(CONTACT.format(f'phone: "{n}"') for n in ("206-555-0142", "(206) 555-0142 ext. 5", "206-555-0142 x5", "211")),
    *(CONTACT.format(f'email: "{a}"') for a in ("a.b+c@example.org", "o'neil@example.org", "a_b-c@x-y.example.org")),
)
BAD = (
    *(f'website: "{url}"' for url in ("https://.org", "https://x..org", "https://x.org:99999", "https://x.org:0")),
    *(f'website: "{url}"' for url in ("https://", "https://.", "https://x.org..", "https://x.org:", "ftp://x.org")),
    *(CONTACT.format(f'phone: "{n}"') for n in ("206-555-0142 x", "206-555-0142 ext. 5 or 6", "x5", "call us")),
    *(CONTACT.format(f'email: "{a}"') for a in ("a%26bcc%3Dx@b.org", "a@b", "a@.org", "a@b..org", "@b.org")),
)


def verdicts(line: str) -> tuple[bool, bool]:
    """Whether the fast and the explaining validator take a partner with this line."""
    schema = SCHEMAS["partner"]
    data = SCHEMAS.coerce("partner", document(f"{PARTNER}{line}\n").data)
    return schema.fast.is_valid(data), schema.explaining.is_valid(data)


@pytest.mark.parametrize("line", GOOD)
def test_what_works_is_taken(line: str) -> None:
    assert verdicts(line) == (True, True)


@pytest.mark.parametrize("line", BAD)
def test_what_leads_nowhere_is_refused(line: str) -> None:
    assert verdicts(line) == (False, False)
