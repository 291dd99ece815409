"""A YAML text with every kind of value, and short ways to read one."""

from generator.problems import Problem
from generator.source import Document, parse

GOOD = """\
# yaml-language-server: $schema=../schema/partner.schema.json
name: Riverbend Reading Club
also_known_as: [RRC, "The Readers"]
founded: 01998
hours: 10:00
answer: no
started: 2026-02-30
nothing: ~
empty:
quoted: "~"
word: Null
contacts:
  - role: 'Founder''s office'
    phone: +1 555 010 0199
    languages: [en, es]
description: |
  We read # together.

  - at school
programs:
  - slug: evenings
    name: >-
      Evenings and
      mornings
"""


def document(text: str | bytes) -> Document:
    found, problems = parse(text, relative="partners/club.yml")
    assert problems == ()
    assert found is not None
    return found


def problems(text: str | bytes) -> tuple[Problem, ...]:
    found, faults = parse(text, relative="partners/club.yml")
    assert found is None
    assert faults
    return faults


def problem(text: str | bytes) -> Problem:
    (only,) = problems(text)
    return only
