"""The invented district itself, with its priorities and policies."""

from generator.sample.chance import maybe, whole
from generator.sample.common import Record, phone
from generator.sample.setting import EAST, NORTH, SOUTH, WEST, Setting, given
from generator.text import slugify

NAME = "Riverbend School District"
PAPER = "Riverbend board papers"


def district(setting: Setting) -> Record:
    """district/district.yml."""
    random = setting.random("district")
    others = [code for code in setting.languages if code != "en"]
    lines = [given(language=code, phone=phone(random), note="Weekdays 8 to 4" if maybe(random, 0.5) else "")
             for code in others]  # fmt: skip
    return given(
        name=NAME,
        short_name="Riverbend Schools",
        department="School and Community Partnerships",
        website="https://district.example.org/partnerships",
        site_url="https://partners.example.org/",
        repository="https://git.example.org/riverbend/partners",
        time_zone="America/Los_Angeles",
        contacts=[
            {"role": "Partnerships desk", "email": "partnerships@district.example.org", "phone": "(555) 555-0100"},
            {"role": "Family line", "phone": "(555) 555-0101", "languages": list(setting.languages)},
        ],
        interpreter_lines=lines,
        interpreter_note="Say the name of your language and stay on the line.",
        languages=list(setting.languages),
        spoken=list(dict.fromkeys((*setting.languages, *setting.terms["languages"][:9]))),
        school_years=[
            {"year": setting.year(ago), "starts": setting.first_day(ago), "ends": setting.last_day(ago)}
            for ago in (3, 2, 1, 0, -1)
        ],
        regions=[{"slug": slugify(name), "name": name} for name in setting.names["regions"]],
        bounds={"south": SOUTH, "west": WEST, "north": NORTH, "east": EAST},
        nominate="https://forms.example.org/nominate",
        sources=[{"document": PAPER, "seen": setting.day(-30)}],
    )


def priorities(setting: Setting) -> Record:
    """district/priorities.yml."""
    return {
        "title": "Riverbend Together",
        "adopted": setting.first_day(1),
        "summary": "Four goals that schools and partners share.",
        "goals": [goal(words) for words in setting.sentences["goals"]],
        "metrics": ["Share of partnerships in line with policy", "Share of schools with a partner for each goal"],
        "sources": [{"document": PAPER, "seen": setting.day(-40)}],
    }


def goal(words: dict[str, str]) -> Record:
    """A goal with one action."""
    return {
        "slug": words["slug"],
        "name": words["name"],
        "summary": f"{words['name']}. Partners help where schools ask for it.",
        "focus": [words["focus"]],
        "actions": [{"slug": words["step"], "name": words["action"]}],
    }


def policy(setting: Setting) -> Record:
    """district/policy.yml."""
    areas = setting.vocabularies["focus-areas"].current
    random = setting.random("policy")
    chosen = [area for area in areas if maybe(random, 0.3)] or [areas[0]]
    return {
        "policies": [
            {
                "slug": "policy-777",
                "code": "777",
                "title": "School and Community Partnerships",
                "url": "https://district.example.org/policies/777",
                "summary": "Partners support students, and they follow a few rules.",
                "supports": [{"name": area.label, "focus": area.id} for area in chosen],
                "criteria": [
                    {"slug": "serves-students", "section": "A.1", "text": "The work serves students of the district."},
                    {"slug": "is-insured", "section": "A.2", "text": "The partner is insured."},
                ],
            },
            {
                "slug": "policy-778",
                "code": "778",
                "title": "Families and Schools",
                "summary": "Families have a say in what partners do at their school.",
                "criteria": [{"slug": "asks-families", "text": "Families were asked before the work began."}],
            },
        ],
        "sources": [{"document": PAPER, "seen": setting.day(-whole(random, 20, 60))}],
    }


def recognition(setting: Setting) -> Record:
    """district/recognition.yml."""
    anchors = [{"score": 1, "text": "Nothing of it is told."}, {"score": 5, "text": "It is told with numbers."}]
    named = (("impact", "Impact", "What changed for students?"), ("reach", "Reach", "Whom did it reach?"))
    criteria = [
        {"slug": slug, "name": name, "question": question, "anchors": anchors} for slug, name, question in named
    ]
    year = setting.first_day(0).year
    window = {
        "school_year": f"{year}-{(year + 1) % 100:02}",
        "opens": f"{year + 1}-02-01",
        "closes": f"{year + 1}-03-31",
    }
    return {
        "criteria": [{**criteria[0], "weight": 2}, criteria[1]],
        "lowest": 1,
        "highest": 5,
        "reviewers": 2,
        "spread": 2,
        "recommended_from": 3.5,
        "windows": [window],
        "keep_months": 12,
        "keep_published_months": 24,
        "sources": [{"document": PAPER, "seen": setting.day(-30)}],
    }
