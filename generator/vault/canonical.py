"""One form of bytes for data, whatever file it stood in, so that a digest tells whether it changed."""

import json
from hashlib import sha256
from typing import Any


def canonical(value: Any) -> bytes:
    """The data as JSON in the form of RFC 8785: no spaces, keys in the order of UTF-16, letters as they are.

    Data here are texts, whole numbers, lists and mappings, so the standard's form of fractions is not needed; another
    value raises TypeError.
    """
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal digits."""
    return sha256(canonical(value)).hexdigest()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=_units)}
    if isinstance(value, list | tuple):
        return [_ordered(each) for each in value]
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TypeError(f"nothing but texts, whole numbers, lists and mappings is digested, not {type(value).__name__}")


def _units(key: str) -> bytes:
    """What RFC 8785 sorts by: the UTF-16 code units of a key."""
    return key.encode("utf-16-be", "surrogatepass")
