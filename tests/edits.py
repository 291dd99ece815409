"""Edits of a district, as people make them: something is changed, added, renamed, deleted, spoiled, or days go by."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from generator.languages import fingerprint
from generator.serialize import serialize
from generator.source import Route, read
from generator.text import slugify
from tests.invented import DAY

WORDS = ("Reading on the river", "Lunch & <milk>", "Café für alle", "بيت الكتب", "河 市", "“Homework” 100 %", "A b c")
TEXTS = ("summary", "description", "name", "title", "story", "note", "role", "claim", "logo_alt", "what", "bring")
MANY = ("partners", "recognition/*", "district/schools", "district/events", "district/initiatives", "district/voices")
"""The folders of records of which there are several."""
DATE = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
MESSAGE = re.compile(r'^msgstr "([^"\\%{}]+)"$', re.MULTILINE)
COSTS = ({"kind": "free"}, {"kind": "sliding"}, {"kind": "fee", "amount": "12.5", "per": "week"})
FIELDS = ("logo", "website", "description", "volunteer", "programs", "contacts", "places", "needs", "photos", "impact")


@dataclass(kw_only=True)
class Desk:
    """A district that somebody edits: its folder, and whatever else decides what its site will be.

    `words` is the folder of the interface's catalogues; `languages` are those wanted, all if none is named.
    """

    root: Path
    words: Path
    today: date = DAY
    languages: tuple[str, ...] = ()
    has_search: bool = False

    def files(self, *patterns: str) -> list[Path]:
        """The files that some patterns find, in the order of their names."""
        return sorted(path for pattern in patterns for path in self.root.glob(pattern) if path.is_file())

    @property
    def records(self) -> list[Path]:
        """Every record."""
        return self.files("partners/*.yml", "recognition/*/*.yml", "district/*.yml", "district/*/*.yml")

    def read(self, path: Path) -> dict[str, Any]:
        """The data of a file as texts, lists and mappings; none when it cannot be read."""
        document, _ = read(path, relative=path.relative_to(self.root).as_posix())
        return document.data if document else {}

    def change(self, path: Path, change: Callable[[dict[str, Any]], object]) -> None:
        """Change the data of a file."""
        data = self.read(path)
        change(data)
        path.write_text(serialize(data), "utf-8")


Edit = Callable[[Desk, Random], None]
"""What somebody does to a district; chance decides where, and how. Nothing happens where there is nothing to change."""


def one(chance: Random, things: list[Any]) -> list[Any]:
    """One of the things by chance; none of none."""
    return [chance.choice(things)] if things else []


def leaves(value: Any, route: Route = ()) -> Iterator[tuple[Route, str]]:
    """Every text in a record's data, with the way to it."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in items:
        if isinstance(part, str):
            yield (*route, key), part
        else:
            yield from leaves(part, (*route, key))


def rewrite(desk: Desk, chance: Random, wanted: Callable[[Route, str], bool], words: Callable[[str], str]) -> None:
    """Put other words into the place of one of the texts that are wanted, in one of the records."""
    places = [(path, *leaf) for path in desk.records for leaf in leaves(desk.read(path)) if wanted(*leaf)]
    for path, route, text in one(chance, places):

        def put(data: Any, route: Route = route, text: str = text) -> None:
            for key in route[:-1]:
                data = data[key]
            data[route[-1]] = words(text)

        desk.change(path, put)


def change_text(desk: Desk, chance: Random) -> None:
    """Say something in other words."""
    rewrite(desk, chance, lambda route, _: route[-1] in TEXTS or "bring" in route, lambda _: chance.choice(WORDS))


def change_phone(desk: Desk, chance: Random) -> None:
    """Give another number."""
    number = f"(555) 010-{chance.randrange(10_000):04}"
    rewrite(desk, chance, lambda route, _: route[-1] == "phone", lambda _: number)


def change_date(desk: Desk, chance: Random) -> None:
    """Move a date, or an event with its hour, to another day."""
    shift = timedelta(days=chance.choice((-400, -30, -1, 1, 30, 400)))

    def moved(text: str) -> str:
        return f"{date.fromisoformat(text[:10]) + shift}{text[10:]}"

    rewrite(desk, chance, lambda _, text: DATE.match(text) is not None, moved)


def change_fields(desk: Desk, chance: Random) -> None:
    """Drop one of a record's fields."""
    for path in one(chance, desk.records):
        for field in one(chance, sorted(set(FIELDS) & set(desk.read(path)))):
            desk.change(path, lambda data, field=field: data.pop(field))


def change_program(desk: Desk, chance: Random) -> None:
    """Change the price of a program; add, drop, rename one, or change their order."""

    def change(data: dict[str, Any]) -> None:
        programs = data["programs"]
        program = chance.choice(programs)
        match chance.randrange(5):
            case 0:
                program["cost"] = chance.choice(COSTS)
            case 1:
                programs.append({**program, "slug": f"{program['slug']}-too", "name": f"{program['name']} too"})
            case 2:
                programs.remove(program)
            case 3:
                program.setdefault("former_slugs", []).append(program["slug"])
                program["slug"] = f"{program['slug']}-new"
            case 4:
                programs.reverse()

    for path in one(chance, [path for path in desk.files("partners/*.yml") if desk.read(path).get("programs")]):
        desk.change(path, change)


def add(desk: Desk, chance: Random) -> None:
    """Add a record that is much like another one."""
    name = f"{chance.choice(WORDS[:3])} {chance.randrange(100)}"
    for path in one(chance, desk.files(*(f"{folder}/*.yml" for folder in MANY))):
        new = path.with_name(f"{slugify(name)}.yml")
        if new != path:
            shutil.copy(path, new)
        desk.change(new, lambda data: data.update({"name" if "name" in data else "title": name}))


def delete(desk: Desk, chance: Random) -> None:
    """Delete a record, a translation, a picture, or a hand-written page that no header leads to."""
    pages = desk.files("pages/privacy.md", "pages/data.md", "translations/*/pages/*.md")
    pictures = desk.files("partners/logos/*", "recognition/photos/*")
    several = desk.files(*(f"{folder}/*.yml" for folder in (*MANY, "translations/*/*", "translations/*/*/*")))
    for path in one(chance, chance.choice([pages, pictures, several, several])):
        path.unlink()


def rename(desk: Desk, chance: Random) -> None:
    """Rename a partner or a school, which leaves its former address behind, and usually whoever names it."""
    for path in one(chance, desk.files("partners/*.yml", "district/schools/*.yml")):
        old, new = path.stem, f"{path.stem[:40]}-{chance.randrange(10)}"
        if chance.randrange(4):
            for record in desk.records:
                record.write_text(record.read_text("utf-8").replace(old, new), "utf-8")
        desk.change(path, lambda data, old=old: data.setdefault("former_slugs", []).append(old))
        path.rename(path.with_name(f"{new}.yml"))


def take_back(desk: Desk, chance: Random) -> None:
    """Take a story back, or release it again."""
    status = chance.choice(("withdrawn", "withdrawn", "published"))
    for path in one(chance, desk.files("recognition/*/*.yml")):
        desk.change(path, lambda data: data.update(status=status))


def translate(desk: Desk, chance: Random) -> None:
    """Translate a text of a record anew, let its translation be older than the English, or drop it."""
    for path in one(chance, desk.files("translations/*/[!p]*/**/*.yml", "translations/*/partners/*.yml")):

        def change(data: dict[str, Any]) -> None:
            for field in one(chance, sorted(data)):
                match chance.randrange(4):
                    case 0:
                        data[field]["text"] = f"{chance.choice(WORDS)} {chance.randrange(100)}"
                    case 1:
                        data[field]["source"] = "00000000"
                    case 2:
                        data[field]["by"] = chance.choice(("human", "reviewed", "machine"))
                    case 3:
                        del data[field]

        desk.change(path, change)


def begin_translation(desk: Desk, chance: Random) -> None:
    """Translate the summary of a partner that has one."""
    for path in one(chance, desk.files("partners/*.yml")):
        if summary := desk.read(path).get("summary"):
            folder = desk.root / "translations" / chance.choice(("es", "ar")) / "partners"
            words = {"text": chance.choice(WORDS), "source": fingerprint(summary), "by": "human", "on": "2026-10-01"}
            (folder / path.name).write_text(serialize({"summary": words}), "utf-8")


def write_page(desk: Desk, chance: Random) -> None:
    """Change a hand-written page or its translation, or add one."""
    for path in one(chance, desk.files("pages/*.md", "translations/*/pages/*.md")):
        if chance.randrange(3):
            path.write_text(f"{path.read_text('utf-8')}\n\n{chance.choice(WORDS)}\n", "utf-8")
        else:
            shutil.copy(path, path.with_name(f"page-{chance.randrange(3)}.md"))


def paint(desk: Desk, chance: Random) -> None:
    """Give a picture another colour."""
    for path in one(chance, desk.files("partners/logos/*", "recognition/photos/*")):
        Image.new("RGB", (40, 40), (chance.randrange(256), 80, 80)).save(path)


def change_district(desk: Desk, chance: Random) -> None:
    """Change what every page shows: the address of the site, its languages, the office, a region."""
    changes: tuple[dict[str, Any], ...] = (
        {"site_url": f"https://riverbend-{chance.randrange(3)}.example.org/here/"},
        {"languages": chance.choice((["en", "ar", "es"], ["en", "es"], ["ar", "en"], ["en", "es", "ar"]))},
        {"contacts": [{"role": chance.choice(WORDS), "phone": f"(555) 010-{chance.randrange(10_000):04}"}]},
        {"short_name": chance.choice(WORDS)},
        {"interpreter_note": chance.choice(WORDS)},
        {"spoken": ["en", "so"]},
    )
    change = chance.choice(changes)
    desk.change(desk.root / "district/district.yml", lambda data: data.update(change))


def change_term(desk: Desk, chance: Random) -> None:
    """Change what a term of the district's own vocabularies is called, or its order among the others."""
    for path in one(chance, desk.files("schema/vocabularies/focus-areas.yml", "schema/vocabularies/cost-kinds.yml")):

        def change(data: dict[str, Any]) -> None:
            term = chance.choice(data["terms"])
            term[chance.choice(("label", "hint"))] = f"{chance.choice(WORDS)} {chance.randrange(100)}"
            if not chance.randrange(3):
                data["terms"].reverse()

        desk.change(path, change)


def change_message(desk: Desk, chance: Random) -> None:
    """Change a message of the interface."""
    for path in one(chance, sorted(desk.words.glob("*/interface.po"))):
        text = path.read_text("utf-8")
        for found in one(chance, list(MESSAGE.finditer(text))):
            path.write_text(f"{text[: found.end() - 1]} {chance.randrange(100)}{text[found.end() - 1 :]}", "utf-8")


def let_days_pass(desk: Desk, chance: Random) -> None:
    """Wait until the day that a record names has come or is over, or look at an earlier one."""
    found = [text[:10] for path in desk.records for _, text in leaves(desk.read(path)) if DATE.match(text)]
    for day in one(chance, found):
        desk.today = date.fromisoformat(day) + timedelta(days=chance.randrange(2))


def choose_languages(desk: Desk, chance: Random) -> None:
    """Build only some languages, or all of them again."""
    desk.languages = chance.choice(((), (), ("en",), ("es", "ar"), ("en", "es")))


def break_record(desk: Desk, chance: Random) -> None:
    """Leave a record half-written."""
    for path in one(chance, desk.files(*(f"{folder}/*.yml" for folder in MANY))):
        path.write_text("name: [", "utf-8")


def save_again(desk: Desk, chance: Random) -> None:
    """Save files as they are."""
    for path in desk.files("partners/*", "partners/logos/*", "district/district.yml", "pages/*"):
        path.write_bytes(path.read_bytes())


def spoil_cache(desk: Desk, chance: Random) -> None:
    """Change a byte of what earlier builds have left, cut it short, or delete it."""
    for path in one(chance, desk.files(".cache/*")):
        content = bytearray(path.read_bytes())
        match chance.randrange(3):
            case 0 if content:
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
                path.write_bytes(content)
            case 1:
                path.write_bytes(content[: chance.randrange(len(content) + 1)])
            case _:
                path.unlink()


def spoil_site(desk: Desk, chance: Random) -> None:
    """Change or delete a file of the site, or put one into its uppermost folder."""
    for path in one(chance, desk.files("site/**/*")):
        match chance.randrange(3):
            case 0:
                path.write_bytes(path.read_bytes() + b"<!-- mine -->")
            case 1:
                path.unlink()
            case 2:
                (desk.root / "site/notes.txt").write_text("mine")


def toggle_search(desk: Desk, chance: Random) -> None:
    """Build with an index for search, or without."""
    desk.has_search = not desk.has_search


OF_FEW: tuple[Edit, ...] = (
    change_text,
    change_phone,
    change_date,
    change_fields,
    change_program,
    add,
    delete,
    rename,
    take_back,
    translate,
    begin_translation,
    paint,
    save_again,
)
"""Edits that touch some of the pages."""
OF_ALL: tuple[Edit, ...] = (
    write_page,
    change_district,
    change_term,
    change_message,
    let_days_pass,
    choose_languages,
    break_record,
    spoil_cache,
    spoil_site,
)
"""Edits that may touch all of them."""
