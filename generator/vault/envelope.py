"""What a browser has sealed for a vault: a compact JWE (RFC 7516), by ECDH-ES on P-256 and A256GCM (RFC 7518)."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any

from generator.text import excerpt, visible

ENDING = ".jwe"
ALGORITHM, ENCRYPTION = "ECDH-ES", "A256GCM"
LIMIT_BYTES = 400_000
HEADER_BYTES = 1_000
PARTS = 5
_SEALED = re.compile(rb"\s*eyJ[\w-]+\.\.[\w-]+\.[\w-]*\.[\w-]+\s*", re.ASCII)
_HEADER = frozenset(("alg", "enc", "epk", "kid"))
_SHOWN = 60


def opened(content: bytes, keys: Mapping[str, Mapping[str, str]]) -> tuple[bytes, str]:
    """What a sealed file holds, and what is wrong with it ("" when nothing is); `keys` are private, by their names."""
    text = content.strip()
    if len(text) > LIMIT_BYTES:
        return b"", f"this is longer than anything that the form seals ({LIMIT_BYTES:,} bytes at the most)"
    parts = text.split(b".")
    if len(parts) != PARTS:
        return b"", "this is no sealed file, or only a piece of one: it has five parts with dots between them"
    header = _header(parts[0])
    if fault := _fault(header, keys):
        return b"", fault
    return _decrypted(text, keys[header["kid"]])


def is_sealed(content: bytes) -> bool:
    """Whether a file is a sealed one, whatever it is called."""
    return _SEALED.fullmatch(content) is not None


def _header(part: bytes) -> dict[str, Any]:
    """What a sealed file says of itself; nothing when that cannot be read."""
    try:
        found = json.loads(urlsafe_b64decode(part + b"=" * (-len(part) % 4))) if len(part) <= HEADER_BYTES else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _fault(header: Mapping[str, Any], keys: Mapping[str, Mapping[str, str]]) -> str:
    """Why something with such a header is not opened."""
    if "zip" in header:
        return "it is packed (zip), and nothing packed is opened: a small file may hold a huge one"
    for name, wanted in (("alg", ALGORITHM), ("enc", ENCRYPTION)):
        if header.get(name) != wanted:
            return f'the form seals with "{wanted}", and this says {name}: {_shown(header.get(name, "nothing"))}'
    if strange := sorted(header.keys() - _HEADER):
        return f"the form does not write {_shown(strange[0])} into what it seals"
    kid = header.get("kid")
    if not isinstance(kid, str) or kid not in keys:
        known = (
            f" (perhaps in one of another year); the keys here are: {', '.join(keys)}"
            if keys
            else ", which has none: partners nominations key"
        )
        return f"it is sealed to the key {_shown(kid)}, which is not in this vault{known}"
    return ""


def _decrypted(text: bytes, key: Mapping[str, str]) -> tuple[bytes, str]:
    from joserfc.errors import JoseError  # a library of machine code; most vaults have no keys
    from joserfc.jwe import JWERegistry, decrypt_compact
    from joserfc.jwk import ECKey

    registry = JWERegistry(algorithms=(ALGORITHM, ENCRYPTION))
    registry.max_ciphertext_length = LIMIT_BYTES
    private = ECKey.import_key({name: key[name] for name in ("kty", "crv", "x", "y", "d")})
    try:
        found = decrypt_compact(text, private, registry=registry)
    except (JoseError, ValueError, TypeError, LookupError, AttributeError):  # what strangers' headers do to a library
        return b"", "it was changed or cut off after it was sealed, so it cannot be opened; ask for it again"
    return found.plaintext or b"", ""


def _shown(value: object) -> str:
    """A value as a message repeats it."""
    return f'"{excerpt(visible(str(value)), _SHOWN)}"'
