"""By what something of a vault is known, whatever it is called: its name, its content, also packed or encoded."""

import bz2
import gzip
import lzma
import re
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import IO, Any

from generator.vault.storage import MARK

LIMIT_BYTES = 4_000_000
"""So much of each file is looked at, and of each file in an archive; more than any file of a vault has."""
MOST_MEMBERS = 2_000
MOST_BYTES = 50_000_000
"""So many files of an archive are looked at, and so many bytes of them."""
CODE = ("generator/", "schema/", "tests/", "docs/", "benchmarks/", ".github/")
"""Folders that speak of nominations without holding any."""
_PATHS = re.compile(
    r"(?:^|/)(?:[NC]-20[0-9]{2}-[0-9]{4}(?:\.ya?ml)?(?:\.age)?(?:/|$)|ledger\.jsonl$|vault\.ya?ml$|\.pending(?:\.age)?$)"
    r"|\.(?:age|eml|jwe|mbox|msg|nomination\.ya?ml)$",
    re.IGNORECASE,
)
_BEGUN = MARK[:17].encode()
# Every repetition is bounded, so that no content takes long.
_KEY_START = rb"(?:^|[{,])[\s\"'>-]{0,60}"
_VAULT = re.compile(
    rb"^[>\s]{0,60}(?:\xef\xbb\xbf)?%s|\0%s" % (re.escape(_BEGUN), re.escape(_BEGUN))
    + rb"|\Aage-encryption\.org/v1|^-----BEGIN AGE ENCRYPTED FILE-----|^\s{0,60}\{\"act\":\s*\"[a-z]+\",\s*\"at\":\s*\""
    + rb"|\AeyJ[\w-]{20,}\.\.[\w-]{16}\."
    + rb"|%ssalt[\"']?\s*:\s*[\"']?[0-9a-f]{32}\b" % _KEY_START,
    re.MULTILINE,
)
_ENCODED = tuple(b64encode(b"\0" * shift + _BEGUN)[4 if shift else 0 : -4] for shift in range(3))
"""How a file's first line looks in base64, wherever its first byte falls among three."""
_JWK = re.compile(rb"\bkty[\"']?\s*:")
_JWK_SECRET = re.compile(rb"(?<![\w.-])[\"']?d[\"']?\s*:\s*[\"']?[\w-]{42}")
_AGE_SECRET = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{20}")
_SENDER = re.compile(rb"%snominator(?:[\"']?\s*:|\.(?:name|email|phone)\b)" % _KEY_START, re.MULTILINE)
_FORM = re.compile(rb"%sform[\"']?\s*:\s*[\"']?nomination\b" % _KEY_START, re.MULTILINE)
_ANSWERS = re.compile(rb"Which partner do you want to thank\?.{1,400}What did they do\?")
_OWN_FILE = re.compile(rb"\b(?:nominations|reviews|consents|stories|pictures)/[NC]-20[0-9]{2}-[0-9]{4}\b")
_LETTER = re.compile(
    rb"\A(?=.{0,20000}^From: )(?=.{0,20000}^To: )(?:[A-Za-z][\w-]*:[^\n]*\n)", re.MULTILINE | re.DOTALL
)
_OPEN: Mapping[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\0": lzma.open,
}
"""How a packed file begins, and what reads it."""
_CLOSED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How files begin that nothing here can read: 7-Zip, RAR, Zstandard, Office documents of before 2007."""
SEALED_OFF = "nobody can look into this archive or document, so it does not belong into a public tree"


def fault(path: str, content: bytes, bait: Iterable[bytes] = ()) -> str:
    """Why a file belongs to a vault and to no public tree; empty when it does not."""
    if _PATHS.search(path):
        return "a file of such a name belongs to a vault of nominations"
    words, is_code = tuple(bait), path.startswith(CODE)
    for each in _readings(content):
        if reason := SEALED_OFF if each is None else _said(each, words, is_code=is_code):
            return reason
    return ""


def _said(content: bytes, bait: tuple[bytes, ...], *, is_code: bool) -> str:
    """What a content is that is neither packed nor encoded."""
    if _VAULT.search(content) or any(each in content for each in _ENCODED):
        return "this is a file of a vault of nominations"
    if _AGE_SECRET.search(content) or (_JWK.search(content) and _JWK_SECRET.search(content)):
        return "this is a private key: whoever has it can open what was sealed to it, so make another one"
    if not is_code and (_SENDER.search(content) or _FORM.search(content)):
        return "this is a nomination, with who sent it"
    if not is_code and (_ANSWERS.search(content) or _OWN_FILE.search(content)):
        return "this has answers to the form for nominations, or files of a vault"
    if not is_code and _LETTER.match(content):
        return "this is an e-mail, and those are private"
    if any(word in content for word in bait):
        return "a word stands in it that stands in the vault only"
    return ""


def _readings(content: bytes) -> Iterator[bytes | None]:
    """A content as it is, as text of two bytes a letter, and unpacked; None for what cannot be looked into."""
    yield content
    if b"\0" in content:
        yield content.replace(b"\0", b"")
    if content.startswith(_CLOSED):
        yield None
    try:
        if content.startswith(b"PK\x03\x04"):
            yield from _members(content)
        for start, reader in _OPEN.items():
            if content.startswith(start):
                with reader(BytesIO(content)) as file:
                    yield file.read(LIMIT_BYTES)
    except (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, lzma.LZMAError):
        yield None


def _members(content: bytes) -> Iterator[bytes | None]:
    """The files of an archive, with their names before them."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        left = MOST_BYTES
        for number, member in enumerate(archive.infolist()):
            if number == MOST_MEMBERS or left <= 0:
                yield None
                return
            if _PATHS.search(member.filename):
                yield MARK.encode()
            with archive.open(member) as file:
                read = file.read(LIMIT_BYTES)
            left -= len(read)
            yield read
