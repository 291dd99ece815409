"""What is said of a value that does not fit, with gaps for the value: by the checks, and by the forms on the site."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Objection(NamedTuple):
    """What is wrong, and what to do about it; `%(name)s` and the like are gaps."""

    message: str
    hint: str = ""


OBJECTIONS: Mapping[str, Objection] = MappingProxyType(
    {
        "missing": Objection('"%(name)s" is missing', "add it, for example: %(example)s"),
        "missing-below": Objection('"%(name)s" is missing under "%(group)s"', "add it, for example: %(example)s"),
        "too-long": Objection('"%(name)s" has %(length)s characters; the most is %(most)s', "shorten it by %(excess)s"),
        "no-words": Objection("%(value)s holds no letter and no digit", "write it in words"),
        "several-lines": Objection("this text has several lines, and only one fits here", "write it on one line"),
        "strange-character": Objection("this text holds a character that cannot be shown", "type the text again"),
        "no-such-day": Objection("%(value)s is not a day of the calendar", "check the day and the month"),
        "not-a-number": Objection("%(value)s is not a number", "use digits only, at most 15, for example: %(example)s"),
        "not-whole": Objection(
            "%(value)s is not a whole number", "use digits only, at most 15, for example: %(example)s"
        ),
        "too-small": Objection("%(value)s is too small", "write a number from %(low)s to %(high)s"),
        "too-large": Objection("%(value)s is too large", "write a number from %(low)s to %(high)s"),
        "repeated": Objection("%(value)s is in this list already", "delete one of the two"),
        "reversed": Objection(
            '"%(last)s" comes before "%(first)s": %(end)s, %(start)s', "perhaps the two changed places"
        ),
        "no-time-between": Objection('"%(last)s" is the same as "%(first)s": %(end)s', "check both, or leave them out"),
        "late-registration": Objection(
            "the last day to register is after the last session, which ends on %(day)s", "check both days"
        ),
        "price-of-free": Objection(
            "this costs something, although it is said to be free", 'delete the amount, or write "kind: fee"'
        ),
        "fee-without-amount": Objection(
            "a fee without its amount", 'add "amount" in dollars and "per"; where it differs, write "kind: varies"'
        ),
        "phone-in-text": Objection(
            "a phone number stands in this text",
            'move it to "contacts", or to the "phone" or "email" of a step to join',
        ),
        "email-in-text": Objection(
            "an e-mail address stands in this text",
            'move it to "contacts", or to the "phone" or "email" of a step to join',
        ),
        "disguised-email": Objection(
            "this looks like an e-mail address in disguise", "delete it, or write it as it is under contacts"
        ),
        "student-data": Objection(
            "this looks like a student's number or a date of birth",
            "delete it here, tell the department's privacy officer, and clean git's history",
        ),
        "minor": Objection(
            "a name beside an age, a grade or a parent: a child could be found by it",
            'write "a seven-year-old" or "a fifth grader" without the name',
        ),
        "private-host": Objection(
            "this address leads to a single machine or into a private network",
            "give the address that everybody can open",
        ),
        "credential-in-url": Objection(
            "this address carries a key, token or password",
            "give the address of the public page, and have the key changed: it can be read in git for ever",
        ),
        "insecure-link": Objection(
            "on the way to this address, others can read and change what people see",
            "write https:// if the site offers it",
        ),
        "user-in-url": Objection(
            'the part before the "@" hides where this address leads',
            'delete everything between "//" and "@", the "@" too',
        ),
        "link-shortener": Objection(
            "%(host)s hides where this address leads", "open it, and write the address that you arrive at"
        ),
        "mark-of-frame": Objection('this text holds "%(mark)s"', "leave it out"),
    }
)
"""By name; the rules of the checks that are named alike say these words."""
