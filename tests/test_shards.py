"""Parts of a site: joined, they are the site that one build makes; what does not belong together is refused."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.audit.site import audit
from generator.building import shards
from generator.building.rendering import render, render_shard
from generator.building.shards import MOST, NAME, PAGES_A_PROGRAM, merge, wanted
from generator.cli import partners
from generator.plan import Plan, in_silence, prepare
from generator.problems import SetupError
from generator.timing import Timings
from tests.finder_district import directory, partner, program
from tests.golden_tree import CASE
from tests.invented import DAY, checked
from tests.trees import Tree, beside, tree

PARTS = 3


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Plan:
    """An invented district in three languages, to be built."""
    district = shutil.copytree(repository / CASE, tmp_path_factory.mktemp("shards") / "riverbend")
    return prepare(checked(district))


@pytest.fixture(scope="module")
def whole(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Its site with search, from one build."""
    folder = tmp_path_factory.mktemp("whole") / "site"
    render(plan, folder)
    return tree(folder)


@pytest.fixture(scope="module")
def built(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the parts of its site, `1` to `3`."""
    folder = tmp_path_factory.mktemp("parts")
    parts(plan, folder, PARTS)
    return folder


@pytest.fixture
def copies(built: Path, tmp_path: Path) -> tuple[Path, ...]:
    """Copies of the parts, to be spoiled."""
    return tuple(Path(shutil.copytree(built / f"{n}", tmp_path / f"part-{n}")) for n in range(1, PARTS + 1))


def parts(plan: Plan, folder: Path, of: int) -> tuple[Path, ...]:
    """All the parts of a site, built below a folder."""
    folders = tuple(folder / str(number) for number in range(1, of + 1))
    for number, part in enumerate(folders, start=1):
        render_shard(plan, part, number, of)
    return folders


def join(out: Path, folders: tuple[Path, ...], *, has_search: bool = False) -> Tree:
    """The site that parts make together."""
    merge(out, folders, has_search=has_search, progress=in_silence, timings=Timings())
    return tree(out)


def refused(out: Path, folders: tuple[Path, ...]) -> str:
    """Why some folders cannot be joined; a site that stands there stays as it is."""
    out.mkdir()
    (out / "robots.txt").write_text("old")
    with pytest.raises(SetupError) as failure:
        join(out, folders)
    assert tree(out) == {"robots.txt": b"old"}
    assert beside(out) <= {"site", "lock"}  # what was begun is the next site's draft
    return str(failure.value)


def rewrite(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what a part says of itself."""
    said = json.loads((folder / NAME).read_bytes())
    change(said)
    (folder / NAME).write_text(json.dumps(said))


def without_search(files: Tree) -> Tree:
    """The pages and pictures of a site."""
    return {path: content for path, content in files.items() if "/pagefind/" not in path and path != "manifest.json"}


# --- The same site ---


@pytest.mark.parametrize("of", [1, 2, 7])
def test_parts_make_the_site_that_one_build_makes(plan: Plan, whole: Tree, tmp_path: Path, of: int) -> None:
    plain = replace(plan, has_search=False)
    render(plain, tmp_path / "alone")
    joined = join(tmp_path / "site", parts(plain, tmp_path / "parts", of))
    assert joined == tree(tmp_path / "alone")
    assert without_search(joined) == without_search(whole)


def test_joined_parts_are_indexed_as_one(whole: Tree, copies: tuple[Path, ...], tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert join(out, copies[::-1], has_search=True) == whole
    assert audit(out) == ()
    assert join(out, copies, has_search=True) == whole


def test_every_file_is_in_one_part(plan: Plan, whole: Tree, built: Path) -> None:
    found = [path for n in range(1, PARTS + 1) for path in tree(built / str(n)) if path != NAME]
    assert sorted(found) == sorted(set(found))
    sitemaps = {"sitemap.xml", *(f"sitemap-{language}.xml" for language in plan.languages)}
    assert set(found) == set(without_search(whole)) - {"robots.txt", *sitemaps}
    sizes = [len(tree(built / str(n))) for n in range(1, PARTS + 1)]
    assert min(sizes) > len(found) / PARTS * 0.8


def test_more_parts_than_pages_leave_some_without_a_page(plan: Plan, tmp_path: Path) -> None:
    render_shard(plan, tmp_path / "part", 9999, 9999)
    assert list(tree(tmp_path / "part")) == [NAME]


def test_parts_of_two_machines_belong_together(
    plan: Plan, copies: tuple[Path, ...], tmp_path: Path, whole: Tree
) -> None:
    """Elsewhere the records have other times, and nothing is kept."""
    moved = shutil.copytree(
        plan.project.root, tmp_path / "moved", ignore=shutil.ignore_patterns(".cache"), copy_function=shutil.copyfile
    )
    render_shard(prepare(checked(moved)), tmp_path / "other", 2, PARTS)
    assert tree(tmp_path / "other") == tree(copies[1])
    assert without_search(join(tmp_path / "site", (copies[0], tmp_path / "other", copies[2]))) == without_search(whole)


def test_a_part_takes_the_place_of_an_earlier_one(plan: Plan, built: Path, tmp_path: Path) -> None:
    for number in (2, 1):
        render_shard(plan, tmp_path / "part", number, PARTS)
        assert tree(tmp_path / "part") == tree(built / str(number))


def test_large_directories_are_built_in_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    def of(programs: int) -> int:
        named = (program(f"p{number}") for number in range(programs))
        return wanted(directory((partner("river-kitchen", *named),)))

    monkeypatch.setattr(shards, "PAGES_EACH", 10 * PAGES_A_PROGRAM * 3)  # ten programs in three languages
    assert [of(programs) for programs in (0, 1, 10, 11, 10 * MOST, 20 * MOST)] == [1, 1, 1, 2, MOST, MOST]


# --- What does not belong together ---


def test_a_lost_part_is_named(copies: tuple[Path, ...], tmp_path: Path) -> None:
    assert "parts are missing: 1/3, 3/3" in refused(tmp_path / "site", copies[1:2])


def test_a_part_that_is_there_twice_is_named(copies: tuple[Path, ...], tmp_path: Path) -> None:
    again = Path(shutil.copytree(copies[0], tmp_path / "again"))
    message = refused(tmp_path / "site", (*copies, again))
    assert f"{again} and {copies[0]} are both part 1" in message


def test_a_part_is_not_replaced_by_the_site(copies: tuple[Path, ...]) -> None:
    before = tree(copies[0])
    with pytest.raises(SetupError, match="is one of the parts"):
        merge(copies[0], copies, has_search=False, progress=in_silence, timings=Timings())
    assert tree(copies[0]) == before


def test_parts_of_two_versions_are_refused(copies: tuple[Path, ...], tmp_path: Path) -> None:
    rewrite(copies[2], lambda said: said.update(version="0.0.1"))
    assert f"{copies[2]} was built by version 0.0.1" in refused(tmp_path / "site", copies)


@pytest.mark.parametrize("change", ["record", "day", "languages", "vocabulary", "number of parts"])
def test_parts_of_two_sites_are_refused(
    plan: Plan, copies: tuple[Path, ...], tmp_path: Path, repository: Path, change: str
) -> None:
    district = Path(shutil.copytree(plan.project.root, tmp_path / "riverbend"))
    record = min((district / "partners").glob("*.yml"))
    if change == "record":
        record.write_text(record.read_text().replace("\nsummary: ", "\nsummary: New. ", 1))
    if change == "vocabulary":
        shutil.copytree(repository / "schema", district / "schema")
        terms = district / "schema/vocabularies/cost-kinds.yml"
        terms.write_text(terms.read_text().replace("label: Free,", "label: Gratis,"))
    other = prepare(checked(district), languages=("en", "ar") if change == "languages" else ())
    if change == "day":
        other = replace(other, today=DAY + timedelta(days=400))
    render_shard(other, tmp_path / "other", 2, PARTS + (change == "number of parts"))
    message = refused(tmp_path / "site", (copies[0], tmp_path / "other", copies[2]))
    assert f"{tmp_path / 'other'} is a part of another site than {copies[0]}" in message


def test_a_spoiled_file_is_named(copies: tuple[Path, ...], tmp_path: Path) -> None:
    page = max((copies[1] / "en").rglob("*.html"))
    page.write_bytes(page.read_bytes() + b" ")
    assert f"{page}: this file of the part was changed" in refused(tmp_path / "site", copies)


def test_a_lost_file_is_named(copies: tuple[Path, ...], tmp_path: Path) -> None:
    page = max((copies[1] / "en").rglob("*.html"))
    page.unlink()
    assert f"{page}: this file of the part is missing" in refused(tmp_path / "site", copies)


def test_a_file_of_two_parts_is_named(copies: tuple[Path, ...], tmp_path: Path) -> None:
    files = json.loads((copies[0] / NAME).read_bytes())["files"]
    path = "en/index.html" if "en/index.html" in files else min(files)
    (copies[1] / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(copies[0] / path, copies[1] / path)
    rewrite(copies[1], lambda said: said["files"].update({path: files[path]}))
    assert f"{copies[1] / path}: another part has this file, too" in refused(tmp_path / "site", copies)


def test_a_file_that_the_part_does_not_list_is_left_out(copies: tuple[Path, ...], tmp_path: Path, whole: Tree) -> None:
    (copies[1] / "en/mine.html").write_text("mine")
    assert without_search(join(tmp_path / "site", copies)) == without_search(whole)


@pytest.mark.parametrize(
    "path", ["../outside.html", "/etc/hostname", "en/../../outside.html", "en\\outside.html", "a//b"]
)
def test_a_path_that_leads_outside_is_refused(copies: tuple[Path, ...], tmp_path: Path, path: str) -> None:
    (tmp_path / "outside.html").write_text("mine")
    rewrite(copies[1], lambda said: said["files"].update({path: "0" * 64}))
    assert f"{copies[1] / NAME}: names files outside of the folder" in refused(tmp_path / "site", copies)


SPOILED: tuple[dict[str, Any], ...] = (
    {"number": 0},
    {"number": 4},
    {"of": 0},
    {"of": 10**12, "number": 10**11},
    {"languages": ["en"]},
    {"searched": ["en/nowhere/index.html"]},
    {"listed": ["en/nowhere/index.html"]},
    {"files": {"manifest.json": "0" * 64}, "searched": [], "listed": []},
    {"files": {NAME: "0" * 64}, "searched": [], "listed": []},
)


@pytest.mark.parametrize("spoiled", SPOILED)
def test_what_cannot_be_true_is_refused(copies: tuple[Path, ...], tmp_path: Path, spoiled: dict[str, Any]) -> None:
    rewrite(copies[1], lambda said: said.update(spoiled))
    assert f"{copies[1] / NAME}: what it says does not fit together" in refused(tmp_path / "site", copies)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"{}", b"\xff\xfe", b'{"version": 1}', b'{"version": "\xff"}', b"[" * 100_000]
)
def test_a_broken_description_is_refused(copies: tuple[Path, ...], tmp_path: Path, content: bytes) -> None:
    (copies[1] / NAME).write_bytes(content)
    assert f"{copies[1] / NAME}: cannot be read" in refused(tmp_path / "site", copies)


def test_a_description_with_more_than_we_know_is_refused(copies: tuple[Path, ...], tmp_path: Path) -> None:
    rewrite(copies[1], lambda said: said.update(further=1))
    assert f"{copies[1] / NAME}: cannot be read" in refused(tmp_path / "site", copies)


def test_a_folder_that_is_no_part_is_refused(copies: tuple[Path, ...], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    message = refused(tmp_path / "site", (*copies[:2], tmp_path / "empty"))
    assert message == f"{tmp_path / 'empty'}: there is no {NAME}, so this is no part of a site"


# --- The commands ---


@pytest.mark.parametrize("part", ["0/3", "4/3", "x", "1", "1/0", "-1/3", "1/3/5", "1.0/3", "1/99999", "²/3", " 1/3"])
def test_a_part_that_cannot_be_is_a_wrong_use(repository: Path, tmp_path: Path, part: str) -> None:
    command = ["build", "--root", str(repository / CASE), "--out", str(tmp_path / "part"), "--shard", part]
    done = CliRunner().invoke(partners, command)
    assert done.exit_code == 2
    assert "--shard needs K/N, such as 2/4" in done.output
    assert not list(tmp_path.iterdir())


def test_parts_are_not_joined_into_a_folder_that_is_no_site(copies: tuple[Path, ...], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("mine")
    for out in ("mine", "mine/letter.txt"):
        done = CliRunner().invoke(partners, ["merge", str(tmp_path / out), *map(str, copies)])
        assert done.exit_code == 2
        assert "is not an earlier site" in done.output
    assert tree(tmp_path / "mine") == {"letter.txt": b"mine"}


def test_nothing_to_join_is_a_wrong_use(tmp_path: Path) -> None:
    assert CliRunner().invoke(partners, ["merge", str(tmp_path / "site")]).exit_code == 2
    assert CliRunner().invoke(partners, ["merge", str(tmp_path / "site"), str(tmp_path / "nowhere")]).exit_code == 2


def test_the_commands_build_parts_and_join_them(
    plan: Plan, whole: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793620800")
    parts = [str(tmp_path / name) for name in ("one", "two")]
    for number, part in enumerate(parts, start=1):
        command = ["build", "--root", str(plan.project.root), "--out", part, "--shard", f"{number}/2", "--jobs", "1"]
        done = CliRunner().invoke(partners, command)
        assert done.exit_code == 0, done.output
        assert f"Part {number} of 2 is in {part}\nJoin all parts:  partners merge SITE PART…" in done.output
    done = CliRunner().invoke(partners, ["merge", str(tmp_path / "site"), *parts, "--no-search", "--timings"])
    assert done.exit_code == 0, done.output
    assert f"Joined 2 parts into {sum(path.endswith('.html') for path in whole):,} pages in 3 languages." in done.output
    assert "joining " in done.output
    assert without_search(tree(tmp_path / "site")) == without_search(whole)
    assert json.loads((tmp_path / "site/manifest.json").read_bytes())["records"]
