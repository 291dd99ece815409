"""Files that only the holder of a key can read: age (https://age-encryption.org/v1)."""

from collections.abc import Sequence
from pathlib import Path

from generator.problems import SetupError

ENDING = ".age"
_SECRET = "AGE-SECRET-KEY-"


def sealed(content: bytes, recipients: Sequence[str]) -> bytes:
    """The content so that each of the recipients (public keys, `age1…`) can open it."""
    import pyrage  # a library of machine code; most vaults are plain

    try:
        keys = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
    except pyrage.RecipientError as error:
        raise SetupError("vault.yml: a recipient is not a public key of age; one begins with age1") from error
    return bytes(pyrage.encrypt(content, keys))


def unsealed(content: bytes, identity: Path | None, *, name: str) -> bytes:
    """The content of a sealed file, opened with the secret key in the file `identity`."""
    import pyrage

    if identity is None:
        raise SetupError(f"{name} is sealed: give the file with the vault's secret key, --identity FILE")
    try:
        lines = identity.read_text("utf-8").splitlines()
        keys = [pyrage.x25519.Identity.from_str(each.strip()) for each in lines if each.strip().startswith(_SECRET)]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise SetupError(f"{identity}: this is no file with a secret key of age") from error
    if not keys:
        raise SetupError(f"{identity}: there is no secret key in this file; its line begins with {_SECRET}")
    try:
        return bytes(pyrage.decrypt(content, keys))
    except pyrage.DecryptError as error:
        raise SetupError(f"{name}: this key does not open it, or the file is damaged") from error
