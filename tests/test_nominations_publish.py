"""What leaves the vault: allowed fields only, nothing personal, photos without metadata, on a branch if wanted."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from generator.nominations.audit import findings
from generator.nominations.publishing import ALLOWED, ALLOWED_IN, Public, outline, release, schedule
from generator.nominations.released import branch, difference, write
from generator.nominations.season import Refused
from generator.problems import SetupError
from generator.schema.shapes import load_shapes
from generator.source import parse
from tests.hostile_mapping import ABSENT, CORPUS, MANIFEST, Case, cases, content_of, mapped, to_story
from tests.repositories import git
from tests.seasons import SCHEMAS, Office, office, refusal
from tests.test_nominations_season import STORY

DAY = date(2027, 3, 1)
WITHOUT_CORPUS = pytest.mark.skipif(not MANIFEST.is_file(), reason=ABSENT)


@pytest.fixture
def here(tmp_path: Path) -> Office:
    """A vault with one nomination that is recognised, and a consent for everything."""
    made = office(tmp_path)
    made.recognised(1)
    made.consent("N-2027-0001", "story", "quote", "photo", whom="Sam Okonjo")
    return made


def scheduled(here: Office, given: dict[str, Any], **other: Any) -> None:
    """A story of the one nomination, scheduled."""
    way = {"by": "cory", "slug": "every-week", "given": given, "consent": "C-2027-0001", "day": DAY, "photos": None}
    here.do(schedule, SCHEMAS, "N-2027-0001", **{**way, **other})


def told(here: Office, **given: Any) -> str:
    """Why a story with some fields is refused; "" when it is not."""
    return refusal(lambda: scheduled(here, {**STORY, **given}))


def released(here: Office) -> Public:
    """The public files of the story on its day."""
    here.today = DAY
    public: Public = here.do(release, SCHEMAS, "N-2027-0001", by="cory")
    return public


def test_every_field_of_a_story_is_allowed_or_written_here(repository: Path) -> None:
    """A new field of stories is not public until somebody has put it on the list, or decided that it never is."""
    fields = {field.name: field for field in load_shapes(repository / "schema")["story"].fields}
    own = {"status", "published", "nominated_via", "consent"}
    assert set(fields) == {*ALLOWED, *ALLOWED_IN, *own}
    for name, keys in ALLOWED_IN.items():
        assert {field.name for field in fields[name].fields} == set(keys)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"story": "Thank you, Neighbor Number1, for telling us."}, "the nominator's name stands in story"),
        ({"summary": "Told by NEIGHBOR  number1."}, "the nominator's name stands in summary"),
        ({"story": "Write to neighbor1@example.org."}, "an e-mail address stands in this text"),
        ({"story": "Call 206-555-0101 for more."}, "a phone number stands in this text"),
        ({"story": "Their number is 555 55 50101, they said."}, "the nominator's phone number stands in story"),
        ({"story": "Thank you, Neighbor **Number1**, for telling us."}, "the nominator's name stands in story"),
        ({"story": "[Neighbor](https://example.org) Number1 told us."}, "the nominator's name stands in story"),
        ({"story": "Neighbor&nbsp;Number1 told us."}, "the nominator's name stands in story"),
        ({"summary": "Told by Number1, Neighbor."}, "the nominator's name stands in summary"),
        (
            {"sources": [{"url": "https://example.org/neighbor-number1"}]},
            "the nominator's name stands in sources 1 url",
        ),
        ({"story": "“Em Minh, 8 tuổi, biết đọc.”"}, "an age or a grade stands in story, in another language"),
        ({"title": "What Sam Okonjo saw"}, "the name of who gave the consent C-2027-0001 stands in title"),
        ({"story": "Maya, 7, said that she reads now."}, "a child"),
        ({"story": "Maria Lopez in 4th grade loved it."}, "in one sentence with a child's age or grade in story"),
        (
            {"story": "They came. Then Maria L. sang in grade 4."},
            "in one sentence with a child's age or grade in story",
        ),
        ({"summary": "At school, Đào Minh read aloud in second grade."}, "age or grade in summary"),
        ({"story": "Her student number is 1234567, and she reads."}, "a student's number"),
        ({"story": "It is about 4471203, who reads now."}, "a long number stands in story"),
        ({"what_sustained_it": ["name (at) example (dot) org"]}, "an e-mail address in disguise"),
        ({"schools": ["elsewhere"]}, 'no school "elsewhere"'),
        ({"summary": "x" * 300}, "summary: "),
    ],
)
def test_what_is_personal_or_broken_keeps_a_story_back(given: dict[str, Any], sentence: str, here: Office) -> None:
    said = told(here, **given)
    assert sentence in said
    for private in ("neighbor1@example.org", "Neighbor Number1", "Okonjo", "555", "4471203"):
        assert private not in said


@pytest.mark.parametrize(
    "text",
    [
        "With Partner 1, School 0 taught 4th grade students. On Mondays a fifth grader read Spanish.",
        "Every fourth grade class came. Then Alex Rivera cooked. A seven-year-old sang.",
        "Families of grades 3 to 5 came to Friday dinners, from kindergarten to 8th grade.",
    ],
)
def test_grades_may_stand_where_nobody_is_named(text: str, here: Office) -> None:
    assert told(here, story=text) == ""


@pytest.mark.parametrize(
    ("name", "text"), [("王小明", "谢谢王小明女士。"), ("አበበ", "እናመሰግናለን አበበ።"), ("علي", "وعلي شكرنا.")]
)
def test_short_names_of_other_scripts_are_found_too(name: str, text: str, tmp_path: Path) -> None:
    here = office(tmp_path)
    here.recognised(1, nominator={"name": name})
    here.consent("N-2027-0001", "story")
    assert "the nominator's name stands in story" in told(here, story=text)


@pytest.mark.parametrize(
    ("slug", "file", "sentence"),
    [
        ("thanks-neighbor-number1", "a.jpg", "the nominator's name stands in the address"),
        ("every-week", "number1-neighbor.jpg", "the nominator's name stands in photos 1 file"),
    ],
)
def test_no_name_stands_in_an_address_or_the_name_of_a_file(slug: str, file: str, sentence: str, here: Office) -> None:
    Image.new("RGB", (40, 30)).save(here.root.parent / file)
    consent = {"scope": ["photo"], "ref": "C-2027-0001", "expires": "2029-06-30"}
    story = {**STORY, "photos": [{"file": file, "alt": "Grown-ups read", "consent": consent}]}
    assert sentence in refusal(lambda: scheduled(here, story, slug=slug, photos=here.root.parent))


def test_no_story_takes_the_place_of_one_that_was_taken_back(here: Office) -> None:
    season = here.season()
    season = replace(season, directory=replace(season.directory, withdrawn=("2026-27/every-week",)))
    way: dict[str, Any] = {"by": "cory", "given": STORY, "consent": "C-2027-0001", "day": DAY, "photos": None}
    told = refusal(lambda: schedule(season, SCHEMAS, "N-2027-0001", slug="every-week", **way))
    assert "there is another story 2026-27/every-week" in told
    assert refusal(lambda: schedule(season, SCHEMAS, "N-2027-0001", slug="each-week", **way)) == ""


def test_a_name_may_stand_where_its_consent_says_so(here: Office) -> None:
    quote = {"words": "My son reads to me now.", "role": "Parent", "name": "Sam Okonjo"}
    consent = {"scope": ["name"], "ref": "C-2027-0002", "expires": "2029-06-30"}
    assert "Okonjo" not in told(here, quotes=[{**quote, "consent": {**consent, "ref": "C-2027-0001"}}])
    here.consent("N-2027-0001", "name", "quote", whom="Sam Okonjo")
    scheduled(here, {**STORY, "quotes": [{**quote, "consent": consent}]})
    assert b"Sam Okonjo" in b"".join(filter(None, released(here).files.values()))


def test_numbers_that_count_something_may_stand(here: Office) -> None:
    assert told(here, story="They gave $1,250,000 and 4,500 bags, in 2026-27, to 120 families.") == ""


def test_the_outline_holds_no_word_of_the_nomination(here: Office) -> None:
    text = str(outline(here.season(), here.season().nomination("N-2027-0001")))
    assert "every week" not in text
    assert "Neighbor" not in text


def test_metadata_and_what_hangs_behind_a_picture_stay_in_the_vault(here: Office, tmp_path: Path) -> None:
    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("Comment", "canary_private")
    Image.new("RGB", (40, 30), (1, 2, 3)).save(tmp_path / "a.png", pnginfo=hidden)
    with (tmp_path / "a.png").open("ab") as file:
        file.write(b"canary_private")
    consent = {"scope": ["photo"], "ref": "C-2027-0001", "expires": "2029-06-30"}
    photos = [{"file": "a.png", "alt": "Grown-ups read", "consent": consent}]
    scheduled(here, {**STORY, "photos": photos}, photos=tmp_path)
    (tmp_path / "a.png").unlink()
    scheduled(here, {**STORY, "title": "Another title", "photos": photos})  # the photo is kept from the first time
    content = released(here).files["recognition/photos/a.png"]
    assert content is not None
    assert b"canary_private" not in content


def test_a_photo_that_the_story_has_no_more_leaves_the_vault(here: Office, tmp_path: Path) -> None:
    Image.new("RGB", (40, 30)).save(tmp_path / "a.png")
    consent = {"scope": ["photo"], "ref": "C-2027-0001", "expires": "2029-06-30"}
    photos = [{"file": "a.png", "alt": "Grown-ups read", "consent": consent}]
    scheduled(here, {**STORY, "photos": photos}, photos=tmp_path)
    assert list(here.folder.glob("pictures/*/*"))
    scheduled(here, STORY)
    assert not list(here.folder.glob("pictures/*/*"))
    assert list(findings(here.vault())) == []
    assert set(released(here).files) == {"recognition/2026-27/every-week.yml"}


@WITHOUT_CORPUS
@pytest.mark.parametrize("case", cases("asset"), ids=lambda case: case.name)
def test_hostile_pictures_have_their_verdict(case: Case, here: Office, tmp_path: Path) -> None:
    raw = content_of(case, tmp_path / "made")
    name = f"photo{Path(case.file).suffix}"
    (tmp_path / name).write_bytes(raw)
    consent = {"scope": ["photo"], "ref": "C-2027-0001", "expires": "2029-06-30"}
    story = {**STORY, "photos": [{"file": name, "alt": "Grown-ups read", "consent": consent}]}
    said = refusal(lambda: scheduled(here, story, photos=tmp_path))
    assert bool(said) == (case.expected == "reject"), said
    if not said:
        content = released(here).files[f"recognition/photos/{name}"] or b""
        for hidden in (b"Exif", b"GPS", b"tEXt", b"zTXt", b"iTXt", b"<script", b"CANARY"):
            assert hidden not in content


OURS = ("published", "nominated_via", "consent", "school_year", "partners", "sources")
"""Fields of the corpus that `publish` or the nomination decide; the attacks on these have tests of their own."""
PASSES = {"_base/2026-harbor-literacy", "privacy/embargo", "privacy/comment-leak", "privacy/no-consent"}
PASSES |= {"privacy/consent-hash-email"}
"""Good ones, and those whose attack cannot come this way: comments are not copied, consents not typed."""


@WITHOUT_CORPUS
@pytest.mark.parametrize("case", cases("recognition"), ids=lambda case: case.name)
def test_hostile_stories_do_not_leave_the_vault(case: Case, here: Office, tmp_path: Path) -> None:
    document, problems = parse(mapped((CORPUS / case.file).read_bytes(), to_story), relative="story.yml")
    if document is None:
        assert case.expected == "reject", problems
        return
    given = {key: value for key, value in document.data.items() if key not in OURS}
    given.pop("schools", None)
    if given.get("status") == "published":
        del given["status"]
    said = refusal(lambda: scheduled(here, given))
    assert "canary" not in said.lower()
    assert (said == "") == (case.name in PASSES), said
    if not said and "embargo" not in case.attack:  # the words of that one become public, on their day
        public = b"".join(filter(None, released(here).files.values()))
        assert b"canary_private" not in public.lower()
        assert b"nominator" not in public


def test_an_embargoed_story_stays_until_its_day(here: Office) -> None:
    scheduled(here, STORY, day=date(2029, 1, 1))
    assert "until then it stays here" in refusal(lambda: released(here))
    assert not list(here.root.rglob("*.yml"))


def test_a_made_up_consent_is_refused(here: Office) -> None:
    hashed = "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b"
    said = refusal(lambda: scheduled(here, STORY, consent=hashed))
    assert "has no consent" in said


def test_a_photo_that_was_exchanged_in_the_vault_is_not_released(here: Office, tmp_path: Path) -> None:
    Image.new("RGB", (40, 30)).save(tmp_path / "a.png")
    consent = {"scope": ["photo"], "ref": "C-2027-0001", "expires": "2029-06-30"}
    photos = [{"file": "a.png", "alt": "Grown-ups read", "consent": consent}]
    scheduled(here, {**STORY, "photos": photos}, photos=tmp_path)
    (here.folder / "pictures/N-2027-0001/a.png").write_bytes(b"other")
    with pytest.raises(Refused, match="not the one that was scheduled"):
        released(here)


# The public tree


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A public tree in a folder of a repository, with a story in it."""
    root = tmp_path / "repository/public"
    (root / "recognition/2026-27").mkdir(parents=True)
    (root / "recognition/2026-27/old.yml").write_text("title: Old\n", "utf-8")
    git(tmp_path / "repository", "init", "-q", "-b", "main")
    for key in ("name", "email"):
        git(root, "config", f"user.{key}", "x@example.org")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")
    return root


PUBLIC = Public(
    files={
        "recognition/2026-27/new.yml": b"title: New\n",
        "recognition/2026-27/old.yml": None,
        "recognition/x.yml": b"a\n",
    }
)


def test_a_branch_holds_the_files_and_nothing_else_changes(tree: Path) -> None:
    (tree / "unsaved.txt").write_text("mine", "utf-8")
    (tree / "recognition/2026-27/old.yml").write_text("title: Old, edited\n", "utf-8")
    (tree.parent / ".git/hooks/pre-commit").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    status = git(tree, "status", "--porcelain")
    commit = branch(tree, PUBLIC, "thanks", "recognition: thank a partner")
    assert git(tree, "status", "--porcelain") == status
    assert git(tree, "branch", "--show-current") == "main"
    changed = git(tree, "diff", "--name-status", "main", "thanks").splitlines()
    assert changed == [
        "A\tpublic/recognition/2026-27/new.yml",
        "D\tpublic/recognition/2026-27/old.yml",
        "A\tpublic/recognition/x.yml",
    ]
    assert git(tree, "rev-parse", "thanks") == commit
    with pytest.raises(Refused, match=r"a branch .* already"):
        branch(tree, PUBLIC, "thanks", "x")


def test_a_branch_without_a_change_or_a_repository_is_refused(tree: Path, tmp_path: Path) -> None:
    same = Public(files={"recognition/2026-27/old.yml": b"title: Old\n"})
    with pytest.raises(Refused, match="nothing to propose"):
        branch(tree, same, "thanks", "x")
    with pytest.raises(Refused, match="rev-parse"):
        branch(tmp_path, same, "thanks", "x")
    with pytest.raises(Refused, match="git"):
        branch(tree, PUBLIC, "..bad name", "x")


@pytest.mark.parametrize("name", ["--force", "-D", "--edit-description", "HEAD", "../../config", "a..b", "x.lock"])
def test_no_name_of_a_branch_is_an_option_or_a_way_out(name: str, tree: Path) -> None:
    before = git(tree, "for-each-ref")
    with pytest.raises(Refused, match="branch"):
        branch(tree, PUBLIC, name, "x")
    assert git(tree, "for-each-ref") == before


def test_a_branch_is_made_in_the_public_tree_whatever_runs_the_command(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a hook of another repository, such as the vault's, git is told of that one."""
    (tmp_path / "vault").mkdir()
    git(tmp_path / "vault", "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "vault/.git"))
    commit = branch(tree, PUBLIC, "thanks", "x")
    monkeypatch.delenv("GIT_DIR")
    assert git(tree, "rev-parse", "thanks") == commit


def test_the_difference_is_what_is_written(tree: Path) -> None:
    lines = list(difference(tree, PUBLIC))
    assert "-title: Old" in lines
    assert "+title: New" in lines
    assert write(tree, PUBLIC) == tuple(sorted(PUBLIC.files))
    assert list(difference(tree, PUBLIC)) == []
    assert write(tree, PUBLIC) == ()


def test_nothing_is_written_through_a_link(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "target.yml").write_text("x", "utf-8")
    (tree / "recognition/x.yml").symlink_to(tmp_path / "target.yml")
    with pytest.raises(SetupError, match="symbolic link"):
        write(tree, PUBLIC)
    assert (tmp_path / "target.yml").read_text("utf-8") == "x"


def test_nothing_in_a_difference_acts_on_the_terminal(tree: Path) -> None:
    lines = "\n".join(difference(tree, Public(files={"recognition/x.yml": b"a: \x1b[31mred\xe2\x80\xaex\n"})))
    assert "\x1b" not in lines
    assert "\u202e" not in lines
