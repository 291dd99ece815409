"""A school of the district, with what it needs and whom it serves."""

from msgspec import Struct

from generator.model.common import Grades, Source


class Codes(Struct, frozen=True, kw_only=True, gc=False):
    """The school's numbers with the district and with the state."""

    district: str = ""
    state: str = ""


class Need(Struct, frozen=True, kw_only=True, gc=False):
    """Support that the school is looking for."""

    focus: str
    grades: Grades | None = None
    season: str = ""
    priority: str = ""
    note: str = ""


class Enrollment(Struct, frozen=True, kw_only=True, gc=False):
    """Numbers of students as of a time; a number under 10 is never shown."""

    students: int
    as_of: str
    source: Source
    low_income: int | None = None
    english_learners: int | None = None
    students_with_disabilities: int | None = None
    homeless: int | None = None


class School(Struct, frozen=True, kw_only=True, gc=False):
    """A school; its position in degrees (WGS 84) is None when it is not known."""

    slug: str
    name: str
    level: str
    sources: tuple[Source, ...]
    short_name: str = ""
    also_known_as: tuple[str, ...] = ()
    former_slugs: tuple[str, ...] = ()
    type: str = ""
    grades: Grades | None = None
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    region: str = ""
    phone: str = ""
    website: str = ""
    codes: Codes = Codes()
    needs: tuple[Need, ...] = ()
    enrollment: Enrollment | None = None
