"""Rules about schools alone."""

from collections.abc import Iterator

from generator.model import School
from generator.rules.rule import Finding, Subject

GROUPS = ("low_income", "english_learners", "students_with_disabilities", "homeless")


def impossible_enrollment(subject: Subject[School]) -> Iterator[Finding]:
    """No group of students is larger than the school."""
    enrollment = subject.record.enrollment
    for name in GROUPS if enrollment else ():
        number = getattr(enrollment, name)
        if enrollment and number is not None and number > enrollment.students:
            yield Finding(
                route=("enrollment", name),
                message=f"{number} of {enrollment.students} students is more than all of them",
                hint="write the number of students, not a percentage; check both",
            )
