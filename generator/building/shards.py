"""A site built in parts, each of them by itself and perhaps on another machine, and joined afterwards.

A shard is a folder with every N-th page of a site and `shard.json`, which tells what it is a part of; the first one
also holds what is no page of a record. Joined, they are byte for byte the site that one build makes.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from generator import __version__
from generator.building.tree import Tree
from generator.building.whole import (
    Built,
    built,
    count_texts,
    listed,
    listed_in,
    units_of,
    write_pages,
    write_pictures,
    write_shell,
    write_tables,
)
from generator.directory import Directory
from generator.frame.kept import Shell
from generator.manifest import NAME as MANIFEST
from generator.manifest import shown, stay_inside
from generator.plan import Plan, Progress
from generator.problems import SetupError
from generator.staging.publish import publish, staging
from generator.timing import Timings

NAME = "shard.json"
PAGES_EACH = 100_000
"""So many pages a shard has at most: a machine with two cores writes them in some minutes."""
MOST = 128
"""A run of GitHub Actions may have 256 jobs."""
MOST_PARTS = 9999
"""More parts than this nobody can ask for."""
SHARED = ("site_url", "languages", "records")
"""What all parts of a site say alike, beside the number of parts and what they are parts of."""
PAGES_A_PROGRAM = 2
"""Pages in each language for every program, partners' pages and lists included; rounded up."""


class Shard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One part of a site: the `number`-th `of` so many, counted from 1.

    `plan` stands for the whole site: parts of one site have the same. `files` are the digests of this part's files by
    path, `searched` those of them that search finds, `listed` those that search engines may list.
    """

    version: str
    plan: str
    number: int
    of: int
    site_url: str
    languages: tuple[str, ...]
    records: tuple[str, ...]
    files: dict[str, str]
    searched: tuple[str, ...]
    listed: tuple[str, ...]


def wanted(directory: Directory) -> int:
    """In how many parts a site is built well."""
    pages = len(directory.offers) * PAGES_A_PROGRAM * len(directory.district.languages)
    return max(1, min(MOST, -(-pages // PAGES_EACH)))


def write_shard(plan: Plan, shell: Shell, common: str, out: Path, number: int, of: int) -> Built:
    """Build one part of a plan's site into `out`."""
    with plan.timings.stage("planning"):
        units, keys = units_of(plan, count_texts(plan, {}))
        whole = sha256(b"".join((common.encode(), *keys.values()))).hexdigest()
        mine = units[number - 1 :: of]
    with staging(out) as begin:
        tree = Tree(begin())
        with plan.timings.stage("pages"):
            write_pages(plan, shell, mine, keys, tree)
        if number == 1:
            with plan.timings.stage("other files"):
                write_shell(shell, tree, is_preview=plan.is_preview)
                write_pictures(plan, tree)
                write_tables(plan, tree)
        shard = Shard(
            version=__version__,
            plan=whole,
            number=number,
            of=of,
            site_url=plan.site_url,
            languages=plan.languages,
            records=shown(plan.directory),
            files=tree.files,
            searched=tuple(tree.searched),
            listed=(*listed(plan, mine), *(listed_in(shell) if number == 1 else ())),
        )
        tree.stage.write(NAME, msgspec.json.encode(shard))
        publish(tree.stage)
    return built(tree, plan.languages)


def merge(out: Path, folders: Sequence[Path], *, has_search: bool, progress: Progress, timings: Timings) -> Built:
    """Join the parts of a site into `out`; a SetupError names one that is lost, doubled, spoiled or of another site."""
    if out.resolve() in [folder.resolve() for folder in folders]:
        raise SetupError(f"{out} is one of the parts, and they are to be kept: name another folder for the site")
    with timings.stage("reading"):
        shards = tuple(map(read_shard, folders))
        refuse_incomplete(shards, folders)
    first = shards[0]
    with staging(out) as begin:
        tree = Tree(begin())
        with timings.stage("joining"):
            for number, (shard, folder) in enumerate(zip(shards, folders, strict=True)):
                progress("Joining", number, len(shards))
                take(shard, folder, tree)
        with timings.stage("other files"):
            tree.invite(first.site_url, [path for shard in shards for path in shard.listed])
        with timings.stage("search"):
            if has_search:
                tree.index(first.languages, progress)
        with timings.stage("manifest"):
            tree.finish(first.records)
        publish(tree.stage)
    return built(tree, first.languages)


def read_shard(folder: Path) -> Shard:
    """What a folder is a part of."""
    try:
        shard = msgspec.json.decode((folder / NAME).read_bytes(), type=Shard)
    except OSError as error:
        raise SetupError(f"{folder}: there is no {NAME}, so this is no part of a site") from error
    except (ValueError, RecursionError) as error:
        raise SetupError(f"{folder / NAME}: cannot be read: {error}; build this part again") from error
    if not stay_inside(shard.files):
        raise SetupError(f"{folder / NAME}: names files outside of the folder; build this part again")
    if not is_sound(shard):
        raise SetupError(f"{folder / NAME}: what it says does not fit together; build this part again")
    return shard


def is_sound(shard: Shard) -> bool:
    """Whether what a part says of itself can be true."""
    folders = {path.partition("/")[0] for path in shard.searched}
    return (
        1 <= shard.number <= shard.of <= MOST_PARTS
        and shard.files.keys() >= {*shard.searched, *shard.listed}
        and folders.issubset(shard.languages)
        and not {NAME, MANIFEST} & shard.files.keys()
    )


def refuse_incomplete(shards: Sequence[Shard], folders: Sequence[Path]) -> None:
    """Raise SetupError unless these are all the parts of one site, each once."""
    first = shards[0]
    for shard, folder in zip(shards, folders, strict=True):
        if shard.version != first.version:
            raise SetupError(
                f"{folder} was built by version {shard.version}, {folders[0]} by {first.version}: build all with one"
            )
        if not is_beside(shard, first):
            raise SetupError(
                f"{folder} is a part of another site than {folders[0]}: records, day, software or number of parts "
                "differ; build all parts from the same"
            )
    places: dict[int, Path] = {}
    for shard, folder in zip(shards, folders, strict=True):
        if shard.number in places:
            raise SetupError(f"{folder} and {places[shard.number]} are both part {shard.number}: leave one out")
        places[shard.number] = folder
    if lost := [f"{number}/{first.of}" for number in range(1, first.of + 1) if number not in places]:
        raise SetupError(f"parts are missing: {', '.join(lost)}; build them with --shard")


def is_beside(one: Shard, other: Shard) -> bool:
    """Whether two parts are of one site."""
    return all(getattr(one, field) == getattr(other, field) for field in ("plan", "of", *SHARED))


def take(shard: Shard, folder: Path, tree: Tree) -> None:
    """Write the files of a part into a tree; a SetupError names one that is lost or spoiled."""
    searched = frozenset(shard.searched)
    for path, digest in shard.files.items():
        try:
            content = (folder / path).read_bytes()
        except OSError as error:
            raise SetupError(f"{folder / path}: this file of the part is missing; build the part again") from error
        if sha256(content).hexdigest() != digest:
            raise SetupError(f"{folder / path}: this file of the part was changed; build the part again")
        if path in tree.files:
            raise SetupError(f"{folder / path}: another part has this file, too; build the parts again")
        tree.stage.write(path, content)
        tree.add(path, digest, is_found=path in searched)
