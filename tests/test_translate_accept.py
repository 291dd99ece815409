"""What becomes of each text that comes back: taken, refused with a reason, or left as it was."""

from pathlib import Path

import pytest

from generator.translate.accept import accept
from generator.translate.row import Row
from tests.translating import (
    HELP,
    PARTNER,
    district,
    own_words,
    row,
    taken,
    terms,
    work,
    write_page,
)

SUMMARY = f"{PARTNER}#summary"
BUDDIES = f"{PARTNER}#programs/reading-buddies/summary"
CLAIM = f"{PARTNER}#partnership/alignment/0/claim"
IMPACT = "recognition/2025-26/reading-nights#story"
TITLE, DESCRIPTION, TEXT = (f"{HELP}#{name}" for name in ("title", "description", "text"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own_words(monkeypatch)
    return district(tmp_path)


def outcome(folder: Path, found: Row, language: str = "es", *, by: str = "", may_replace: bool = False) -> str:
    """What becomes of one row, with the reason of a refusal."""
    accepted = taken(folder, [found], language, by=by, may_replace=may_replace)
    (verdict,) = accepted.verdicts
    assert bool(verdict.why) == (verdict.outcome == "refused")
    assert "\n" not in verdict.why + verdict.hint
    return f"{verdict.outcome}: {verdict.why}" if verdict.why else verdict.outcome


def whose(folder: Path, key: str) -> tuple[str, str]:
    """State and words of a text."""
    found = work(folder)[key]
    return found.state, "|".join(found.words)


def key_of(folder: Path, english: str) -> str:
    """The key of a message of the site."""
    return next(key for key, each in work(folder).items() if each.english[0] == english)


def test_new_words_are_human(folder: Path) -> None:
    assert outcome(folder, row(folder, CLAIM, "Leemos con niños cada semana.")) == "taken"
    assert whose(folder, CLAIM) == ("human", "Leemos con niños cada semana.")


def test_a_machines_words_are_reviewed_when_confirmed_or_mended(folder: Path) -> None:
    assert outcome(folder, row(folder, SUMMARY, "Leen con niños.")) == "same"
    assert outcome(folder, row(folder, SUMMARY, "Leen con niños.", is_confirmed=True)) == "taken"
    assert whose(folder, SUMMARY) == ("reviewed", "Leen con niños.")
    assert outcome(folder, row(folder, SUMMARY, "Leen con niños.", is_confirmed=True)) == "same"


def test_mended_words_of_a_machine_are_reviewed(folder: Path) -> None:
    assert outcome(folder, row(folder, SUMMARY, "Leen con las niñas y los niños.")) == "taken"
    assert whose(folder, SUMMARY)[0] == "reviewed"


def test_old_words_become_human_again(folder: Path) -> None:
    assert outcome(folder, row(folder, BUDDIES, "Una persona adulta lee con su hija o hijo cada semana.")) == "taken"
    assert whose(folder, BUDDIES)[0] == "human"


def test_old_words_may_be_confirmed(folder: Path) -> None:
    same = row(folder, BUDDIES, "Un adulto lee con su hija o hijo.", is_confirmed=True)
    assert outcome(folder, same) == "taken"
    assert whose(folder, BUDDIES) == ("human", "Un adulto lee con su hija o hijo.")


def test_what_people_wrote_is_not_replaced_unasked(folder: Path) -> None:
    outcome(folder, row(folder, CLAIM, "Leemos con niños cada semana."))
    other = row(folder, CLAIM, "Leemos cada semana.")
    assert outcome(folder, other).startswith("refused: these words would replace others by people on 2026-10-01")
    assert outcome(folder, other, by="machine").startswith("refused")
    assert outcome(folder, other, may_replace=True) == "taken"


def test_a_machine_does_not_replace_old_words_of_people(folder: Path) -> None:
    new = row(folder, BUDDIES, "Una persona adulta lee con su hija.")
    assert outcome(folder, new, by="machine").startswith("refused: these words would replace others by people")
    assert outcome(folder, new, by="machine", may_replace=True) == "taken"
    assert whose(folder, BUDDIES)[0] == "machine"


def test_whose_words_are_can_be_said(folder: Path) -> None:
    assert outcome(folder, row(folder, SUMMARY, "Leen con niños."), by="machine") == "same"
    assert outcome(folder, row(folder, SUMMARY, "Leen con niños."), by="human") == "taken"
    assert whose(folder, SUMMARY)[0] == "human"


def test_empty_and_unfinished_words_are_left(folder: Path) -> None:
    assert outcome(folder, row(folder, CLAIM, " ")) == "empty"
    assert outcome(folder, row(folder, SUMMARY, "Leen.", is_unsure=True)) == "unsure"
    assert outcome(folder, row(folder, SUMMARY, "Leen con niños.", is_unsure=True, has_old_mark=True)) == "unsure"
    assert outcome(folder, row(folder, SUMMARY, "Leen con muchos niños.", is_unsure=True, has_old_mark=True)) == "taken"


def test_words_for_a_former_english_are_taken_as_old(folder: Path) -> None:
    former = Row(key=CLAIM, english=("We read every day.",), words=("Leemos cada día.",))
    assert outcome(folder, former) == "old"
    assert whose(folder, CLAIM) == ("stale", "Leemos cada día.")


def test_words_for_a_former_english_do_not_replace_newer_ones(folder: Path) -> None:
    former = Row(key=SUMMARY, english=("Volunteers read.",), words=("Leen.",))
    assert outcome(folder, former) == "refused: the English has changed since the file was written"


def test_spaces_and_letters_in_two_parts_are_evened_out(folder: Path) -> None:
    assert outcome(folder, row(folder, CLAIM, " Leemos con nin\u0303os cada semana. \r\n")) == "taken"
    assert whose(folder, CLAIM)[1] == "Leemos con niños cada semana."


REFUSED = {
    "number": (IMPACT, "Leen con **muchas familias**.", "the number 120 of the English is not in the translation"),
    "markup": (CLAIM, "Leemos con <b>niños</b> cada semana.", 'the English has no "</b>"'),
    "script": (CLAIM, "Мы читаем с детьми каждую неделю.", "these are not Latin letters"),
    "length": (CLAIM, "Leemos. " * 60, "the translation is many times as long as its English"),
    "lines": (CLAIM, "Leemos con niños\ncada semana.", "this text has one line"),
    "direction": (
        CLAIM,
        "Leemos con \u202eniños cada semana.",
        "an invisible right-to-left override (U+202E) stands here",
    ),
    "control": (CLAIM, "Leemos con\x07 niños cada semana.", "a control character (U+0007) stands here"),
}


@pytest.mark.parametrize("slip", REFUSED)
def test_a_slip_is_refused_with_its_reason(slip: str, folder: Path) -> None:
    key, words, why = REFUSED[slip]
    assert outcome(folder, row(folder, key, words)) == f"refused: {why}"
    assert whose(folder, key)[0] == "missing"


def test_a_page_keeps_its_links_and_telephone_numbers(folder: Path) -> None:
    write_page(folder, by="human", source="1a2b3c4d")
    good = work(folder)[TEXT].words[0]
    for lost, why in (
        ("office@riverbend.example.org", 'the translation has lost "office@riverbend.example.org"'),
        ("(206) 555-0122", 'the translation has lost the telephone number "(206) 555-0122"'),
        ("# Ayuda", 'the translation has lost "# heading"'),
    ):
        assert outcome(folder, row(folder, TEXT, good.replace(lost, "Ayuda"))) == f"refused: {why}"


def test_slips_in_messages_of_the_site_are_refused(folder: Path) -> None:
    about, schools = key_of(folder, "About %(name)s"), key_of(folder, "%(count)s school")
    assert "has lost" in outcome(folder, row(folder, about, "Acerca de este lugar"))
    assert "asks for" in outcome(folder, row(folder, schools, "%(cuenta)s escuela", "%(count)s escuelas"))
    assert "2 forms of a plural, here are 1" in outcome(folder, row(folder, schools, "%(count)s escuelas"))
    assert "one form of the plural is empty" in outcome(folder, row(folder, schools, "una escuela", ""))
    assert outcome(folder, row(folder, schools, "una escuela", "%(count)s escuelas")) == "taken"
    assert whose(folder, schools) == ("reviewed", "una escuela|%(count)s escuelas")


def test_a_message_may_stay_as_it_is_in_every_script(folder: Path) -> None:
    share = key_of(folder, "Share")
    found = work(folder, "ar")[share]
    one = Row(key=share, english=found.english, words=("Share",))
    verdicts = accept([one], work(folder, "ar"), terms(folder, "ar")).verdicts
    assert [verdict.outcome for verdict in verdicts] == ["taken"]


def test_what_belongs_nowhere_is_refused_with_the_nearest_text_of_the_same_record(folder: Path) -> None:
    def hint(key: str) -> str:
        (verdict,) = accept([Row(key=key, english=("x",), words=("y",))], work(folder), terms(folder)).verdicts
        assert verdict.outcome == "refused"
        return verdict.hint

    assert hint(f"{PARTNER}#sumary") == f'did you mean "{SUMMARY}"?'
    for far in (f"{PARTNER}#qqqqqq", "partners/river-reader#summary", "interface#00000000", "nothing"):
        assert hint(far) == "it may have been changed or deleted; export again"
    assert "must keep contexts" in hint("")


def test_a_text_twice_in_a_file_is_refused_once(folder: Path) -> None:
    one, two = row(folder, CLAIM, "Leemos con niños."), row(folder, CLAIM, "Leemos.")
    first, second = taken(folder, [one, two]).verdicts
    assert (first.outcome, second.outcome) == ("taken", "refused")
    assert second.why == "this text stands in the file twice, on line 7"


def outcomes(folder: Path, *rows: Row, language: str = "es") -> list[str]:
    return [verdict.outcome for verdict in taken(folder, rows, language).verdicts]


def test_a_page_is_taken_whole_or_not_at_all(folder: Path) -> None:
    before = {path: path.read_bytes() for path in (folder / "translations/es/pages").iterdir()}
    text = row(folder, TEXT, work(folder)[TEXT].words[0], is_confirmed=True)
    title = row(folder, TITLE, "Ayuda", is_confirmed=True)
    description = row(folder, DESCRIPTION, "A quién preguntar.", is_confirmed=True)
    unsure = row(folder, DESCRIPTION, "A quién preguntar.", is_unsure=True)
    assert outcomes(folder, text) == ["waits"]
    assert outcomes(folder, title) == ["waits"]
    assert outcomes(folder, title, unsure, text) == ["waits", "unsure", "waits"]
    assert {path: path.read_bytes() for path in (folder / "translations/es/pages").iterdir()} == before
    assert outcomes(folder, title, description, text) == ["taken"] * 3
    assert {whose(folder, key)[0] for key in (TITLE, DESCRIPTION, TEXT)} == {"reviewed"}


def test_a_better_title_needs_no_other_text(folder: Path) -> None:
    assert outcomes(folder, row(folder, TITLE, "Ayuda y preguntas")) == ["taken"]
    assert whose(folder, TITLE) == ("machine", "Ayuda y preguntas")  # as the page says of itself
    write_page(folder, by="human", source="1a2b3c4d")
    assert outcomes(folder, row(folder, TITLE, "Preguntas")) == ["waits"]


def test_a_new_page_needs_all_of_its_texts(folder: Path) -> None:
    rows = [
        row(folder, TITLE, "مساعدة", language="ar"),
        row(folder, DESCRIPTION, "من تسأل.", language="ar"),
        row(folder, TEXT, "# مساعدة\n\noffice@riverbend.example.org أو (206) 555-0122 من 9 إلى 5.", language="ar"),
    ]
    assert outcomes(folder, *rows[:2], language="ar") == ["waits", "waits"]
    assert not (folder / "translations/ar").exists()
    assert outcomes(folder, *rows, language="ar") == ["taken"] * 3
    assert {work(folder, "ar")[key].state for key in (TITLE, DESCRIPTION, TEXT)} == {"human"}
