"""A corpus of hostile and control records, rewritten field by field for our schemas so that each attack survives.

The corpus, where there is one beside the repository, uses nominal field names (`categories`, `consent_ref`). They are
exchanged in the text itself: the value's own bytes, its YAML and what is wrong with it stay.
"""

import importlib.util
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from generator.records.folders import Project
from generator.text import slugify
from tests.factories import RIVERBEND

CORPUS = Path(__file__).resolve().parent.parent / ".." / "shared" / "hostile"
MANIFEST = CORPUS / "manifest.json"
ABSENT = "the corpus of hostile files is not beside this repository"
USUAL = "harbor-food-bank"
YEAR = "2025-26"

Segments = list[tuple[str, str]]
"""The top-level fields of a file in order, each with everything after its colon; other lines come under ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One entry of the corpus's manifest."""

    file: str
    attack: str
    stage: str
    expected: str
    note: str
    generate: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        """Its file without ending."""
        return self.file.split(".")[0]

    @property
    def stem(self) -> str:
        """The last part of its name, as a slug."""
        return slugify(self.name.rpartition("/")[2])


def cases(*stages: str) -> list[Case]:
    """The cases of some stages; none where there is no corpus."""
    if not MANIFEST.is_file():
        return []
    listed = json.loads(MANIFEST.read_text("utf-8"))["cases"]
    return [Case(**case) for case in listed if case["stage"] in stages]


def materialize() -> ModuleType:
    """The corpus's own module, which makes large files and file trees."""
    spec = importlib.util.spec_from_file_location("materialize", CORPUS / "materialize.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def content_of(case: Case, folder: Path) -> bytes:
    """The case as the corpus has it; large ones are made in `folder`."""
    if case.generate is None:
        return (CORPUS / case.file).read_bytes()
    listed = {"file": case.file, "generate": case.generate}
    return Path(materialize().build_gen(listed, folder)).read_bytes()


def segments(text: str) -> Segments:
    """The top-level fields of a nominal record; nothing is parsed."""
    found: Segments = []
    for line in text.splitlines(keepends=True) if "\x85" not in text and "\u2028" not in text else _lines(text):
        key = re.match(r"(\w+):(?=[ \n])", line)
        if key:
            found.append((key[1], line[key.end() :]))
        elif line[:1].strip() or not found:
            found.append(("", line))
        else:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def _lines(text: str) -> list[str]:
    """Lines that end with a line feed only; some records hide other line breaks."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def nested(key: str, rest: str, indent: int) -> str:
    """A field with its value, moved to the right; what continued on other lines moves with it."""
    first, _, more = f"{' ' * indent}{key}:{rest}".partition("\n")
    return "\n".join([first, *(" " * indent + line if line else line for line in more.split("\n"))]).rstrip(" ")


def to_partner(found: Segments, *, keeps_id: bool = False) -> str:
    """A nominal record as a partner. Fields that have moved come where the first of their group stood."""
    given = dict(found)
    blocks: dict[str, Callable[[], str]] = {
        "email": lambda: contacts(given),
        "phone": lambda: contacts(given) if "email" not in given else "",
        "schools": lambda: "partnership:\n" + nested("schools", given["schools"], 2),
        "zip": lambda: programs(given),
        "hours": lambda: programs(given) if "zip" not in given else "",
        "address": lambda: programs(given) if not {"zip", "hours"} & given.keys() else "",
        "geo": lambda: programs(given) if not {"zip", "hours", "address"} & given.keys() else "",
        "updated": lambda: "verified:\n" + nested("on", given["updated"], 2) + "  by: staff\n",
    }
    lines = [
        "" if key == "id" and not keeps_id else blocks[key]() if key in blocks else as_it_is(key, rest)
        for key, rest in found
    ]
    return "".join(lines) + "kind: community-organization\nsources:\n  - document: Invented for the tests\n"


def as_it_is(key: str, rest: str) -> str:
    """A field under its name in our schemas; what we do not know stays, to be refused."""
    ours = {"categories": "focus", "publish_on": "published"}.get(key, key)
    return f"{ours}:{rest}" if key else rest


def contacts(given: Mapping[str, str]) -> str:
    fields = [nested(key, given[key], 4) for key in ("email", "phone") if key in given]
    return "contacts:\n  - role: Office\n" + "".join(fields)


def programs(given: Mapping[str, str]) -> str:
    """A program that holds the time and the places."""
    lines = ["programs:\n  - slug: weekend-bags\n    name: Weekend bags\n    summary: Food.\n    focus: [food]\n"]
    if "hours" in given:
        usual = re.fullmatch(r' "Mon ([0-9:]+)-([0-9:]+)"\n', given["hours"])
        lines.append("    when:\n      sessions:\n        - days: [mon]\n")
        lines.append(
            f'          from: "{usual[1]}"\n          to: "{usual[2]}"\n'
            if usual
            else nested("from", given["hours"], 10)
        )
    places = [nested("address", given[key], 10) for key in ("zip", "address") if key in given]
    places += [position(given["geo"])] if "geo" in given else []
    if places:
        lines.append("    where:\n      places:\n")
        lines.extend(f"        - name: Hall\n{place}" for place in places)
    return "".join(lines)


def position(rest: str) -> str:
    """Latitude and longitude from `{lat: …, lon: …}`."""
    both = re.fullmatch(r" \{lat: (.*), lon: (.*)\}\n", rest)
    return f"          latitude: {both[1]}\n          longitude: {both[2]}\n" if both else nested("latitude", rest, 10)


def to_story(found: Segments) -> str:
    """A nominal recognition as a story that came from a nomination."""
    blocks: dict[str, Callable[[str], str]] = {
        "id": lambda rest: "",
        "partner": lambda rest: f"partners:\n  -{rest}",
        "date": lambda rest: "sources:\n  - document: Invented for the tests\n" + nested("seen", rest, 4),
        "nominator_role": lambda rest: "nominated_via: N-2026-0001\n",
        "consent_ref": lambda rest: f"consent:\n  scope: [story]\n  expires: 2028-06-30\n  ref:{rest}",
        "photo": lambda rest: f"photos:\n  -{rest}",
    }
    lines = [blocks[key](rest) if key in blocks else as_it_is(key, rest) for key, rest in found]
    return "".join(lines) + f"summary: Families and volunteers read.\nschool_year: {YEAR}\n"


def mapped(raw: bytes, to_ours: Callable[[Segments], str]) -> bytes:
    """A nominal file as one of ours, in the same encoding and the same outer form."""
    encoding = "utf-16" if raw.startswith(b"\xff\xfe") else "utf-8"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return raw
    return _mapped_text(text, to_ours).encode(encoding)


def _mapped_text(text: str, to_ours: Callable[[Segments], str]) -> str:
    if text.startswith("{"):  # JSON, which is YAML too
        fields = [(key, f" {json.dumps(value, ensure_ascii=False)}\n") for key, value in json.loads(text).items()]
        return json.dumps(yaml.load(to_ours(fields), yaml.BaseLoader), ensure_ascii=False)
    if text.startswith("- "):  # a list of one record
        inner = _mapped_text(re.sub(r"(?m)^(?:- |  )", "", text), to_ours)
        return "- " + re.sub(r"(?m)^(?=.)", "  ", inner)[2:]
    found = segments(text)
    return to_ours(found) if any(key for key, _ in found) else text


def nominal(raw: bytes) -> dict[str, Any]:
    """The values of a nominal record as its author means them: every scalar as the text that stands there."""
    values: dict[str, Any] = yaml.load(raw, yaml.BaseLoader)
    return values


def district(folder: Path, *, with_partner: bool = False) -> Path:
    """Riverbend in English and Spanish, with the corpus's own partner if asked for."""
    shutil.copytree(RIVERBEND, folder, dirs_exist_ok=True)
    file = folder / "district/district.yml"
    file.write_text(file.read_text("utf-8").replace("languages: [en]", "languages: [en, es]"), "utf-8")
    if with_partner:
        raw = (CORPUS / "_base" / f"{USUAL}.yml").read_bytes()
        (folder / f"partners/{USUAL}.yml").write_bytes(mapped(raw, to_partner))
    return folder


def file_name(case: Case, raw: bytes) -> str:
    """The name that a case wants for its file: its `id`, because with us the name of the file is the id."""
    if not case.file.startswith("fs/id-") or "differs" in case.attack:
        return case.stem if case.file.startswith("_base/") else USUAL
    return str(nominal(raw)["id"])


def write_case(case: Case, folder: Path, name: str, raw: bytes) -> str:
    """Put a case into a district, and return its path there."""
    if case.stage == "recognition":
        path, content = f"recognition/{YEAR}/reading-nights-at-lincoln.yml", mapped(raw, to_story)
    else:
        keeps_id = "differs" in case.attack
        path, content = f"partners/{name}.yml", mapped(raw, lambda found: to_partner(found, keeps_id=keeps_id))
    (folder / path).write_bytes(content)
    return path


def lay_out(case: Case, folder: Path) -> None:
    """Build a case's tree of files in a district, its records mapped."""
    materialize().build_layout(CORPUS / case.file, folder)
    for entry in json.loads((CORPUS / case.file).read_text("utf-8"))["files"]:
        for number in range(entry.get("count", 1)):
            path = folder / (entry["path"].format(n=number) if "count" in entry else entry["path"])
            if "base" in entry:
                path.chmod(0o644)
                path.write_bytes(mapped(path.read_bytes(), to_partner))
                path.chmod(entry.get("mode", 0o644))


def sanitized_project(folder: Path) -> Project:
    """One district with every case that may be published, each as a record of its own with a name of its own.

    Its site must show no live markup and no private value; `XSS_CANARY` may stand there as plain text.
    """
    district(folder, with_partner=True)
    for case, raw in _publishable(folder):
        if case.stage == "recognition":
            path, content = f"recognition/{YEAR}/{case.stem}.yml", mapped(raw, to_story)
        else:
            path, content = f"partners/{case.stem}.yml", _own_name(mapped(raw, to_partner), case.stem)
        (folder / path).write_bytes(content)
    return Project(root=folder)


def _publishable(folder: Path) -> Iterator[tuple[Case, bytes]]:
    for case in cases("record", "recognition"):
        if case.expected in ("accept", "sanitize") and case.stem != USUAL:
            yield case, content_of(case, folder.parent / "made")


def _own_name(content: bytes, stem: str) -> bytes:
    """The record with another name and website than the corpus's usual ones, so that it is no duplicate."""
    named = content.replace(b"Harbor Community Food Bank", f"Harbor Food Bank of {stem}".encode(), 1)
    return named.replace(b"https://harborfoodbank.example.org/", f"https://{stem}.example.org/".encode(), 1)
