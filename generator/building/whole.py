"""A site from a plan: pages that changed written, search indexed where they did, and every file accounted for."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from generator import site
from generator.building.printing import printed
from generator.building.state import SEARCHED, State
from generator.building.tree import Before, Tree
from generator.coverage import count_records, coverage
from generator.frame.kept import TEMPLATES, Shell
from generator.languages import ENGLISH
from generator.manifest import shown
from generator.pages import languages
from generator.pages.languages import Languages
from generator.pages.recognition import NARROW
from generator.pages.unit import Unit
from generator.pictures import NARROW_PX, WIDEST_PX, clean, fault, narrower
from generator.plan import Plan
from generator.press import Press
from generator.problems import SetupError
from generator.search.tables import NAME as TABLES
from generator.search.tables import tables
from generator.staging.stage import Stage
from generator.worker import NAME as WORKER
from generator.worker import filled

DIGEST = sha256().digest_size
"""Bytes of a SHA-256."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made: numbers of pages and languages, and how many of the pages are not as they were."""

    pages: int
    languages: int
    written: int


def common_digest(plan: Plan, shell: Shell, version: str) -> str:
    """A text that differs whenever something does that every page shares; `version` stands for the software."""
    directory = plan.directory
    seen = sha256(version.encode())
    for path in sorted(path for path in TEMPLATES.rglob("*") if path.is_file()):
        seen.update(path.name.encode() + path.read_bytes())
    seen.update(shell.digest.encode())
    seen.update(msgspec.json.encode(directory.district))
    seen.update(directory.translations.digest("district/district"))
    seen.update(repr((plan.languages, plan.base, plan.site_url)).encode())
    return seen.hexdigest()


def complete(
    plan: Plan, shell: Shell, begin: Callable[[], Stage], common: str, before: Before | None = None
) -> tuple[Built, State, Stage]:
    """Begin a stage and bring it to what the plan says; a filled one holds the files of `before`."""
    timings = plan.timings
    with timings.stage("planning"):
        counted = count_texts(plan, before.state.counted if before else {})
        units, keys = units_of(plan, counted)
    with timings.stage("staging"):
        tree = Tree(begin(), before)
    with timings.stage("pages"):
        marks = write_pages(plan, shell, units, keys, tree)
    with timings.stage("other files"):
        write_shell(shell, tree, is_preview=plan.is_preview)
        write_pictures(plan, tree)
        write_tables(plan, tree)
        tree.invite(plan.site_url, (*listed(plan, units), *listed_in(shell)))
    with timings.stage("search"):
        searched = tree.index(plan.languages, plan.progress) if plan.has_search else {}
    with timings.stage("manifest"):
        manifest = tree.finish(shown(plan.directory))
    state = State(
        common=common,
        manifest=manifest,
        units={address: key + marks[address] for address, key in keys.items()},
        stamps=tree.stamps,
        searched=searched,
        counted=counted,
    )
    return built(tree, plan.languages), state, tree.stage


def built(tree: Tree, languages: Sequence[str]) -> Built:
    """The numbers of a finished tree."""
    pages = sum(path.endswith(".html") for path in tree.files)
    return Built(pages=pages, languages=len(languages), written=tree.written)


def count_texts(plan: Plan, known: Mapping[str, bytes]) -> dict[str, bytes]:
    """How far the texts of each record are translated; what an earlier build has counted is not counted again."""
    return count_records(plan.directory, plan.languages, known, plan.digest_of, plan.spoken)


def languages_of(plan: Plan, counted: Mapping[str, bytes]) -> Languages:
    """What the page of languages shows."""
    rows = coverage(plan.locales, plan.written, counted, plan.messages)
    named = (code for code in plan.languages if code != ENGLISH)
    known = plan.directory.vocabularies["languages"]
    emails = (contact.email for contact in plan.directory.district.contacts if contact.email)
    return Languages(
        rows=rows,
        names={code: term for code in named if (term := known.get(code))},
        help="contact/" if "pages/contact.md" in plan.written else next(emails, ""),
    )


def units_of(plan: Plan, counted: Mapping[str, bytes]) -> tuple[tuple[Unit, ...], dict[str, bytes]]:
    """The pages of a plan's records, still to be rendered, and their keys by address.

    `counted` tells how far the records' texts are translated.
    """
    units = (*site.units(plan.directory, plan.today), *languages.units(languages_of(plan, counted)))
    keys = {unit.address: unit.key(plan.spoken) for unit in units}
    if len(keys) != len(units):
        (twice, _), *_ = Counter(unit.address for unit in units).most_common(1)
        raise SetupError(f"two pages have the same address: {twice}")
    return units, keys


def write_pages(
    plan: Plan, shell: Shell, units: Iterable[Unit], keys: Mapping[str, bytes], tree: Tree
) -> dict[str, bytes]:
    """Write the pages whose key is not that of the last build; returns what marks units that search finds."""
    marks: dict[str, bytes] = {}
    dirty: list[Unit] = []
    before = tree.before.state.units if tree.before else {}
    for unit in units:
        key = keys[unit.address]
        known = before.get(unit.address, b"")
        if known.startswith(key):
            mark = marks[unit.address] = known.removeprefix(key)  # a key may itself end like a mark
            tree.leave(unit.paths(plan.languages), are_found=mark == SEARCHED)
        else:
            dirty.append(unit)
    press = Press(plan, shell.frames)
    # Paths and digests in words take up far more room, and the processes that print need it.
    done = tuple(printed(press, dirty, tree.stage, jobs=plan.jobs, progress=plan.progress))
    for unit, (digests, is_found) in done:
        marks[unit.address] = SEARCHED if is_found else b""
        for number, path in enumerate(unit.paths(plan.languages)):
            tree.add(path, digests[number * DIGEST : (number + 1) * DIGEST].hex(), is_found=is_found)
    return marks


def write_shell(shell: Shell, tree: Tree, *, is_preview: bool) -> None:
    """Write what MkDocs made. A preview has no worker, so that a page is always what was just written."""
    for path, content in shell.files.items():
        if path != WORKER:
            tree.write(path, content)
        elif not is_preview:
            tree.write(path, filled(content, shell.files))


def write_pictures(plan: Plan, tree: Tree) -> None:
    """Write the pictures that pages show; a SetupError names one that cannot be decoded."""
    sizes = plan.directory.sizes
    for name in site.pictures(plan.directory):
        is_wide = name in sizes and narrower(sizes[name]) is not None
        widths = {f"media/{name}": WIDEST_PX, **({f"media/{NARROW}/{name}": NARROW_PX} if is_wide else {})}
        source = plan.project.root / name
        if plan.is_preview and fault(source):
            continue  # only a preview goes on without it
        if not tree.keep(tuple(widths), stamp_of(source)):
            try:
                for path, width_px in widths.items():
                    tree.write(path, clean(source, width_px))
            except ValueError as error:
                raise SetupError(str(error)) from error


def write_tables(plan: Plan, tree: Tree) -> None:
    """Write what the search box has to know of each language."""
    for locale in plan.locales:
        tree.write(f"{locale.language}/{TABLES}", tables(locale))


def stamp_of(path: Path) -> str:
    """A text that differs whenever a file of the project does."""
    found = path.stat()
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ino}"


def listed(plan: Plan, units: Iterable[Unit]) -> tuple[str, ...]:
    """The paths of the pages of records that search engines may list."""
    return tuple([path for unit in units if unit.is_listed for path in unit.paths(plan.languages)])


def listed_in(shell: Shell) -> tuple[str, ...]:
    """The paths of the hand-written pages; search engines may list all of them."""
    return tuple(path for path in shell.files if path.endswith("/index.html"))
