"""Rules about web addresses, in fields and inside texts."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from generator.objections import OBJECTIONS
from generator.rules.rule import Finding, Subject

_PRIVATE_ENDINGS = (
    ".corp",
    ".home",
    ".home.arpa",
    ".internal",
    ".intranet",
    ".lan",
    ".local",
    ".localdomain",
    ".localhost",
    ".private",
)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PARAMETER = re.compile(r"(?:^|[?&#;/])([\w.%-]+)=([^&#;]+)")
_OWNER = "(?:access|api|auth|aws|client|id|oauth|private|refresh|security|session)[_-]?"
_CREDENTIAL = re.compile(
    rf"(?:x-(?:amz|goog)-)?(?:{_OWNER})*"
    r"(?:auth|credentials?|jwt|keyid|accesskeyid|passcode|passwd|password|pwd|secret|sig|signature|token)"
    rf"|(?:{_OWNER})+key|(?:j|php)?sess(?:ion)?[_-]?id",
    re.IGNORECASE,
)
# These may as well be a summer session, a bus pass or a key word: only the value can tell.
_PERHAPS_CREDENTIAL = re.compile("key|pass|session", re.IGNORECASE)
_SECRET = re.compile(r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[\w.~+/=-]{16,}")
_SHORTENER = re.compile(
    r"(?:adf|bit|buff|cutt|ow|rebrand|t)\.ly|(?:is|v)\.gd|tiny\.(?:cc|one)|(?:bitly|tinyurl)\.com|goo\.gl|lnkd\.in"
    r"|qrco\.de|rb\.gy|s\.id|shorturl\.at|surl\.li|t\.co|trib\.al|urlz\.fr"
)
_LABELLED = re.compile(r"\[([^\[\]]*)\]\(\s*<?https?://([^/?#\s<>()]+)", re.IGNORECASE)
_INSECURE = "http://"
_LABEL = 200  # characters of a link's words that are looked at
_HOST_IN_LABEL = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?![\w@])", re.IGNORECASE)

PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "number": _NUMBER,
        "parameter": _PARAMETER,
        "credential": _CREDENTIAL,
        "perhaps": _PERHAPS_CREDENTIAL,
        "secret": _SECRET,
        "shortener": _SHORTENER,
        "privateEnding": re.compile("|".join(map(re.escape, _PRIVATE_ENDINGS))),
    }
)
"""What the forms on the site look for as well, by the name that their script has for it."""


def private_host(subject: Subject[Any]) -> Iterator[Finding]:
    """A web address leads to a public site with a name: not to a machine's number, nor into a private network."""
    for link in subject.links:
        if _is_private(link.host):
            yield Finding(
                route=link.route,
                message=OBJECTIONS["private-host"].message,
                hint=OBJECTIONS["private-host"].hint,
            )


def _is_private(host: str) -> bool:
    """Whether the host is a number, has no dot, or ends like the names of private networks.

    A host whose last part is a number is an IP address to browsers (WHATWG URL, "ends in a number checker").
    """
    last = host.rpartition(".")[2]
    return "." not in host or host.startswith("[") or bool(_NUMBER.fullmatch(last)) or host.endswith(_PRIVATE_ENDINGS)


def credential_in_url(subject: Subject[Any]) -> Iterator[Finding]:
    """A web address carries no key, token or password: whoever reads it could use it."""
    for link in subject.links:
        if "=" in link.rest and any(_is_credential(*pair) for pair in _PARAMETER.findall(link.rest)):
            yield Finding(
                route=link.route,
                message=OBJECTIONS["credential-in-url"].message,
                hint=OBJECTIONS["credential-in-url"].hint,
                is_private=True,
            )


def _is_credential(name: str, value: str) -> bool:
    """Whether a parameter of an address is a secret, by its name, or by its value where the name leaves it open."""
    if _PERHAPS_CREDENTIAL.fullmatch(name):
        return bool(_SECRET.fullmatch(value))
    return bool(_CREDENTIAL.fullmatch(name))


def insecure_link(subject: Subject[Any]) -> Iterator[Finding]:
    """A web address begins with https://, unless the site has no such address."""
    for route, text in subject.texts if _INSECURE in subject.document.text.lower() else ():
        if _INSECURE in text.lower():
            yield Finding(
                route=route,
                message=OBJECTIONS["insecure-link"].message,
                hint=OBJECTIONS["insecure-link"].hint,
            )


def user_in_url(subject: Subject[Any]) -> Iterator[Finding]:
    """A web address has no name before its host, as in https://district.example@other.example."""
    for link in subject.links:
        if link.user:
            yield Finding(
                route=link.route,
                message=OBJECTIONS["user-in-url"].message,
                hint=OBJECTIONS["user-in-url"].hint,
                is_private=True,
            )


def lookalike_host(subject: Subject[Any]) -> Iterator[Finding]:
    """A host with other letters than a to z is looked at twice: it may imitate another."""
    for link in subject.links:
        host = link.host
        if not host.isascii() or "xn--" in host:
            yield Finding(
                route=link.route,
                message=f'the host "{_shown(host)}" has letters that can look like others',
                hint="make sure that it is the site which is meant",
            )


def _shown(host: str) -> str:
    """The host as it would look, letters of other scripts spelled out."""
    try:
        host = host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host
    return "".join(c if c.isascii() else f"{{{unicodedata.name(c, 'unknown letter').lower()}}}" for c in host)


def link_shortener(subject: Subject[Any]) -> Iterator[Finding]:
    """A web address is the whole one, so that people see where it leads."""
    for link in subject.links:
        host = link.host.removeprefix("www.")
        if _SHORTENER.fullmatch(host):
            yield Finding(
                route=link.route,
                message=OBJECTIONS["link-shortener"].message % {"host": host},
                hint=OBJECTIONS["link-shortener"].hint,
            )


def misleading_link(subject: Subject[Any]) -> Iterator[Finding]:
    """A link whose words are a web address leads to that address."""
    for route, text in subject.words if "](" in subject.blob else ():
        if "](" in text:
            for label, target in _LABELLED.findall(text):
                named = _HOST_IN_LABEL.search(label[:_LABEL])
                if named and not _is_within(target, named[1]):
                    yield Finding(
                        route=route,
                        message=f'the words say "{named[1]}", but the link leads elsewhere',
                        hint="let the words say what people find there",
                    )


def _is_within(host: str, named: str) -> bool:
    """Whether a host is the named one or belongs to it, `www.` aside."""
    host, named = host.lower().removeprefix("www."), named.lower().removeprefix("www.")
    return host == named or host.endswith(f".{named}")
