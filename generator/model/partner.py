"""A partner: an organisation that works with the district's schools, with its programs."""

from datetime import date

from msgspec import Struct

from generator.model.common import Ages, Contact, Needed, Source, Verified
from generator.model.program import Program


class Agreement(Struct, frozen=True, kw_only=True, gc=False):
    """The partnership agreement's dates."""

    signed: date | None = None
    ends: date | None = None


class Alignment(Struct, frozen=True, kw_only=True, gc=False):
    """A claim to serve one of the district's priorities; without measure and evidence, the partner's own statement."""

    priority: str
    claim: str
    measure: str = ""
    evidence: str = ""
    confirmed_on: date | None = None


class Requirements(Struct, frozen=True, kw_only=True, gc=False):
    """The policy's checklist; None where nobody has said."""

    principal_approval: Needed | None = None
    background_checks: Needed | None = None
    insurance: Needed | None = None
    data_agreement: Needed | None = None
    annual_report: Needed | None = None


class Partnership(Struct, frozen=True, kw_only=True, gc=False):
    """What partner and district have agreed; `since` is a year, a month or a day (`1998`, `2021-09`, `2021-09-01`)."""

    since: str = ""
    status: str = ""
    initiatives: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    district_wide: bool = False
    agreement: Agreement = Agreement()
    tier: str = ""
    alignment: tuple[Alignment, ...] = ()
    requirements: Requirements = Requirements()

    @property
    def is_over(self) -> bool:
        """Whether partner and district no longer work together."""
        return self.status == "ended"


class Opening(Struct, frozen=True, kw_only=True, gc=False):
    """A way to volunteer."""

    title: str
    summary: str = ""
    time: str = ""
    ages: Ages | None = None
    background_check: bool | None = None
    apply: str = ""
    until: date | None = None


class Partner(Struct, frozen=True, kw_only=True, gc=False):
    """An organisation that works with the district's schools (an `organization` in Open Referral HSDS)."""

    slug: str
    name: str
    kind: str
    summary: str
    focus: tuple[str, ...]
    sources: tuple[Source, ...]
    also_known_as: tuple[str, ...] = ()
    former_slugs: tuple[str, ...] = ()
    description: str = ""
    website: str = ""
    social: tuple[str, ...] = ()
    logo: str = ""
    logo_alt: str = ""
    founded: int | None = None
    contacts: tuple[Contact, ...] = ()
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    culturally_specific: tuple[str, ...] = ()
    partnership: Partnership = Partnership()
    volunteer: tuple[Opening, ...] = ()
    give: str = ""
    programs: tuple[Program, ...] = ()
    verified: Verified | None = None
