"""What is written to whoever has to confirm a record: an issue or an e-mail, filled in."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from generator.fresh.due import Due
from generator.inert import code
from generator.languages import Locale
from generator.model import District

LABEL = "review-due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An issue, its address with everything filled in, and the same as an e-mail; empty where that cannot be.

    The title holds nothing but fixed words and the slug, by which a workflow tells whether the issue is open already.
    """

    title: str
    body: str
    issue_url: str
    mailto: str
    label: str = LABEL


def letter(due: Due, district: District, locale: Locale) -> Letter:
    """The letter about one record."""
    title = f"Is this record still right: partners/{due.slug}"
    told = f"It was last confirmed on {locale.date(due.confirmed)}" if due.confirmed else "Nobody has confirmed it yet"
    who = {"partner": " by the partner", "staff": " by district staff"}.get(due.by, "")
    aged = " It no longer comes up in search results by default." if due.is_aged else ""
    places = _places(due, district)
    body = "\n".join(
        (
            f"This is about the record of {code(due.name)} in the directory. {told}{who}.{aged}",
            "",
            *((*(f"- {name}: {url}" for name, url in places), "") if places else ()),
            "Is everything there still right: what it costs, when and where it takes place, how to join, whom to call?",
            "",
            f"- If all is right, answer: all is right. Staff record it with `partners verify {due.slug} --by partner`.",
            "- If something has changed, say what, or use the form *Change to a record*.",
        )
    )
    return Letter(
        title=title,
        body=f"{body}\n",
        issue_url=_issue_url(district.repository, title, body),
        mailto=_mailto(due, district, places) if due.email else "",
    )


def _places(due: Due, district: District) -> tuple[tuple[str, str], ...]:
    """Where the record can be seen, by name."""
    page = f"{district.site_url.rstrip('/')}/en/partners/{due.slug}/" if district.site_url else ""
    file = f"{district.repository.rstrip('/')}/blob/main/partners/{due.slug}.yml" if district.repository else ""
    return tuple((name, url) for name, url in (("Its page", page), ("Its record", file)) if url)


def _issue_url(repository: str, title: str, body: str) -> str:
    if not repository:
        return ""
    asked = urlencode({"title": title, "labels": LABEL, "body": body}, quote_via=quote)
    return f"{repository.rstrip('/')}/issues/new?{asked}"


def _mailto(due: Due, district: District, places: tuple[tuple[str, str], ...]) -> str:
    """An e-mail to the partner, for a person to read again and send."""
    subject = f"{district.short_name}: is your page in our directory still right?"
    lines = (
        "Hello,",
        "",
        f"families find {' '.join(due.name.split())} in the partner directory of {district.name}.",
        *(f"{name}: {url}" for name, url in places),
        "",
        "Is everything there still right: what it costs, when and where it takes place, how to join, whom to call?",
        'If so, please answer "all is right". If not, tell us what has changed.',
        "",
        f"Thank you, {district.department}",
    )
    words = urlencode({"subject": subject, "body": "\r\n".join(lines)}, quote_via=quote)
    return f"mailto:{quote(due.email, safe='@+')}?{words}"
