"""Public keys to which a browser seals, as JSON Web Keys (RFC 7517) on the curve P-256."""

from collections.abc import Mapping

PUBLIC = ("kty", "crv", "x", "y")
"""The parts of a public key; its name `kid` is made of them, and the private key has `d` besides."""


def new_pair() -> dict[str, str]:
    """A new private key with its public parts and its name."""
    from joserfc.jwk import ECKey  # slow to import, and most districts seal nothing

    key = ECKey.generate_key("P-256", private=True)
    data = {name: str(value) for name, value in key.as_dict(private=True).items()}
    return {**{name: data[name] for name in PUBLIC}, "kid": key.thumbprint(), "d": data["d"]}


def public_part(key: Mapping[str, str]) -> dict[str, str]:
    """What of a key everybody may know."""
    return {name: key[name] for name in (*PUBLIC, "kid")}


def thumbprint(key: Mapping[str, str]) -> str:
    """The name of a key by its public parts (RFC 7638); "" when these are no point of the curve in its one form."""
    from joserfc.jwk import ECKey

    public = {name: key[name] for name in PUBLIC}
    try:
        point = ECKey.import_key(dict(public))
        told = ECKey.import_key(point.raw_value).as_dict(private=False)
    except ValueError:
        return ""
    return point.thumbprint() if told == public else ""
