"""The records of a district as frozen values, built only from data that the schema has passed."""

from generator.model.common import (
    Ages,
    Consent,
    Contact,
    Cost,
    Grades,
    Needed,
    Place,
    Source,
    Verified,
)
from generator.model.district import Bounds, District, InterpreterLine, Region, SchoolYear
from generator.model.engagement import Event, Initiative, Measure, Observation, Resource, Voice
from generator.model.outline import Outline
from generator.model.partner import Agreement, Alignment, Opening, Partner, Partnership, Requirements
from generator.model.plan import Action, Criterion, Goal, Policies, Policy, Priorities, Support
from generator.model.program import Break, GettingThere, Program, Session, Status, Step, When, Where
from generator.model.recognition import Anchor, Recognition, RubricCriterion, SealingKey, Window
from generator.model.school import Codes, Enrollment, Need, School
from generator.model.story import Impact, Photo, Quote, Story

__all__ = [
    "Action",
    "Ages",
    "Agreement",
    "Alignment",
    "Anchor",
    "Bounds",
    "Break",
    "Codes",
    "Consent",
    "Contact",
    "Cost",
    "Criterion",
    "District",
    "Enrollment",
    "Event",
    "GettingThere",
    "Goal",
    "Grades",
    "Impact",
    "Initiative",
    "InterpreterLine",
    "Measure",
    "Need",
    "Needed",
    "Observation",
    "Opening",
    "Outline",
    "Partner",
    "Partnership",
    "Photo",
    "Place",
    "Policies",
    "Policy",
    "Priorities",
    "Program",
    "Quote",
    "Recognition",
    "Region",
    "Requirements",
    "Resource",
    "RubricCriterion",
    "School",
    "SchoolYear",
    "SealingKey",
    "Session",
    "Source",
    "Status",
    "Step",
    "Story",
    "Support",
    "Verified",
    "Voice",
    "When",
    "Where",
    "Window",
]
