"""Plural forms of languages that the usual tables leave out."""

from types import MappingProxyType

from babel.messages import Catalog

FORMS = MappingProxyType(
    {
        "am": "nplurals=2; plural=(n > 1);",
        "ti": "nplurals=2; plural=(n > 1);",
        "tl": "nplurals=2; plural=(n > 1);",
        "yue": "nplurals=1; plural=0;",
    }
)
"""What the header of a PO file says, where Babel's own "one, and all others" is wrong (from Unicode CLDR)."""


def set_plurals(catalogue: Catalog, language: str) -> None:
    """Give a catalogue the plural forms of its language; what Babel knows stays."""
    if language in FORMS:
        catalogue.mime_headers = [("Plural-Forms", FORMS[language])]
