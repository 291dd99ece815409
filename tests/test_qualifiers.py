"""How exact a number is: the words stand where each language puts them."""

import pytest
from markupsafe import Markup

from generator.model import Impact
from generator.pages.render import spoken_environment
from tests.finder_district import ROOT, locale, vocabularies
from tests.printing import case


def said(language: str, qualifier: str) -> str:
    """A number of families with how exact it is, as plain text."""
    macros = spoken_environment(locale(case(), language, ROOT / "translations")).get_template("spoken.html").module
    figure = macros.figure(Impact(figure=143, unit="families", what="got books", qualifier=qualifier))
    return " ".join(Markup(figure).striptags().split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "more than 143 families"),
        ("es", "más de 143 familias"),
        ("am", "ከ143 ቤተሰቦች በላይ"),
        ("om", "143 maatiiwwan ol"),
    ],
)
def test_more_than_stands_where_the_language_puts_it(language: str, words: str) -> None:
    assert said(language, "more-than") == words


def test_every_qualifier_says_something_of_its_own() -> None:
    terms = [term.id for term in vocabularies()["qualifiers"].terms]
    assert len({said("en", term) for term in (*terms, "")}) == len(terms) + 1
    assert all("143" in said(language, term) for language in ("am", "om", "zh-Hant") for term in terms)
