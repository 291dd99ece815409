"""The golden tree: the site of an invented district as it is meant to be, small enough to read in a review.

`tests/cases/riverbend/` is built; `tests/golden/riverbend/` holds what came out:

- `pages/`: some pages of each kind whole, more of them in English, but for header and footer;
- `frames/`: each header and footer once, with `{rest}` for the address of the page it is on;
- `site.txt`: every file of the site, with the fingerprint of each page that is not kept, header and footer left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory

from generator.building.rendering import render
from generator.plan import prepare
from tests.invented import checked

CASE = "tests/cases/riverbend"
GOLDEN = "tests/golden/riverbend"
KEPT = {"en": 2}
"""Pages of one kind that are kept whole, by language; in the others one."""
ENGLISH_ONLY = ("data-dictionary/", "suggest/")
"""Large pages that differ little between languages."""

_CHROME = re.compile(r'<(header|footer) class="dp-\1">.*?</\1>', re.DOTALL)
_OWN_ADDRESS = re.compile(
    r'(dp-languages__link" href="(?:\.\./)*[\w-]+/|dp-printed">[^<]*<bdi[^>]*>[\w.-]+/[\w-]+/)([^"<]*)'
)
"""Where the address of a page stands in its own header and footer."""
_HASH = re.compile(r"(?<=_)[0-9a-f]{6,}(?=\.pf_)")  # in the names of the search index
_DIFF_LINES = 30
_FILES_SHOWN = 6


def built(repository: Path) -> dict[str, str]:
    """What the golden tree should hold now, by path below its folder: the invented district is built for it."""
    with TemporaryDirectory() as folder:
        return tree_of(site_of_case(repository, Path(folder)))


def site_of_case(repository: Path, folder: Path) -> Path:
    """The site of the invented district, built in a folder where nothing of an earlier build is known."""
    district = copytree(repository / CASE, folder / "district", ignore=ignore_patterns(".cache"))
    render(prepare(checked(district)), folder / "site")
    return folder / "site"


def kept(repository: Path) -> dict[str, str]:
    """What the golden tree holds, by path below its folder."""
    folder = repository / GOLDEN
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def bless(repository: Path) -> tuple[str, ...]:
    """Make the golden tree what is built now; returns the paths that changed."""
    before, now = kept(repository), built(repository)
    changed = tuple(sorted(path for path in {*before, *now} if before.get(path) != now.get(path)))
    for path in changed:
        file = repository / GOLDEN / path
        if path in now:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(now[path], encoding="utf-8", newline="\n")
        else:
            file.unlink()
    return tuple(f"{GOLDEN}/{path}" for path in changed)


def tree_of(site: Path) -> dict[str, str]:
    """A built site in the form of the golden tree."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = {name: (site / name).read_text("utf-8") for name in names if name.endswith((".html", ".xml", "robots.txt"))}
    frames: dict[str, str] = {}
    whole = set(chosen(tuple(pages)))
    tree = {f"pages/{name}": without_chrome(name, pages[name], frames) for name in pages if name in whole}
    others = {name: without_chrome(name, text, frames) for name, text in pages.items() if name not in whole}
    listed = "\n".join(lines(names, others))
    return dict(sorted({**tree, **{v: k for k, v in frames.items()}, "site.txt": f"{listed}\n"}.items()))


def chosen(names: tuple[str, ...]) -> Iterator[str]:
    """The pages that are kept whole: the first of each kind, in English the first two."""
    seen: Counter[tuple[str, str]] = Counter()
    for name in names:
        language, _, rest = name.partition("/")
        kind = (language, kind_of(rest))
        seen[kind] += 1
        is_large = language != "en" and rest.startswith(ENGLISH_ONLY)
        if seen[kind] <= KEPT.get(language, 1) and not is_large:
            yield name


def kind_of(rest: str) -> str:
    """What sort of page an address below the language is: its first part, and how deep it lies."""
    first, *below = rest.split("/")
    return f"{first}/{len(below)}"


def lines(names: list[str], fingerprinted: Mapping[str, str]) -> Iterator[str]:
    """The list of a site's files; those whose names change with their content are counted."""
    counted: Counter[str] = Counter()
    for name in names:
        if _HASH.search(name):
            counted[_HASH.sub("…", name)] += 1
        elif name in fingerprinted:
            yield f"{name} {sha256(fingerprinted[name].encode()).hexdigest()[:12]}"
        else:
            yield name
    yield from (f"{name} × {count}" for name, count in sorted(counted.items()))


def without_chrome(name: str, page: str, frames: dict[str, str]) -> str:
    """The page with a name in the place of its header and footer; `frames` gains them, as path by text."""
    language = name.partition("/")[0] if "/" in name else "root"

    def shortened(found: re.Match[str]) -> str:
        text = _OWN_ADDRESS.sub(r"\1{rest}", found[0])
        known = frames.get(text)
        if known is None:
            number = sum(path.startswith(f"frames/{found[1]}-{language}-") for path in frames.values()) + 1
            known = frames[text] = f"frames/{found[1]}-{language}-{number}.html"
        return f"<!-- {known} -->"

    return _CHROME.sub(shortened, page)


def differences(wanted: Mapping[str, str], found: Mapping[str, str]) -> str:
    """What differs between two trees, as short unified diffs; empty when nothing does."""
    changed = [path for path in sorted({*wanted, *found}) if wanted.get(path) != found.get(path)]
    parts = [difference(path, wanted.get(path), found.get(path)) for path in changed[:_FILES_SHOWN]]
    more = [f"… and {len(changed) - _FILES_SHOWN} more files: {', '.join(changed[_FILES_SHOWN:][:40])}"]
    return "\n".join(parts + (more if len(changed) > _FILES_SHOWN else []))


def difference(path: str, wanted: str | None, found: str | None) -> str:
    """One file's difference in a few lines."""
    if wanted is None:
        return f"{path}: this file is new"
    if found is None:
        return f"{path}: this file is gone"
    diff = list(unified_diff(wanted.splitlines(), found.splitlines(), f"golden/{path}", f"built/{path}", "", "", 1, ""))
    cut = [f"… {len(diff) - _DIFF_LINES} more lines"] if len(diff) > _DIFF_LINES else []
    return "\n".join(line[:200] for line in diff[:_DIFF_LINES] + cut)
