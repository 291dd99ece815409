"""The vault's own keys, to which browsers seal what they save: each is a file like any other, and none is replaced."""

from collections.abc import Mapping

from generator.jwk import new_pair
from generator.problems import SetupError
from generator.vault.storage import Change, Vault, read_data

FOLDER = "keys"


def key_path(name: str) -> str:
    """The file of a key."""
    return f"{FOLDER}/{name}.yml"


def names_of_keys(vault: Vault) -> tuple[str, ...]:
    """The names of all keys, in the order in which they were made."""
    paths = (path for entry in vault.ledger.entries for path in entry.files if path.startswith(f"{FOLDER}/"))
    there = vault.ledger.digests
    return tuple(path[len(FOLDER) + 1 : -len(".yml")] for path in dict.fromkeys(paths) if path in there)


def keys_of(vault: Vault) -> dict[str, Mapping[str, str]]:
    """Every private key by its name, in the order in which they were made."""
    found: dict[str, Mapping[str, str]] = {}
    for name in names_of_keys(vault):
        data = read_data(vault, key_path(name))
        if data is None or not all(isinstance(each, str) for each in data.values()):
            raise SetupError(f"{key_path(name)}: this is no key")
        found[name] = {part: text for part, text in data.items() if part != "salt"}
    return found


def made(*, by: str) -> tuple[Change, Mapping[str, str]]:
    """The change that puts a new key into a vault, and the key."""
    key = new_pair()
    return Change(act="key", by=by, of="vault", files={key_path(key["kid"]): dict(key)}), key
