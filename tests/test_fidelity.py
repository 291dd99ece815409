"""What a translation may not lose, and what it may write in its own way."""

import pytest

from generator.words.fidelity import faults, lost_link, lost_number, odd_length, wrong_script

KEPT = {
    "digits of another script": ("Open 9 to 12.", "من ٩ إلى ١٢."),
    "separators": ("1,000 families, 2.5 miles", "1.000 familias, 2,5 millas"),
    "order": ("On May 3, 2026", "3 mayo 2026"),
    "narrow space": ("1,000 families", "1\u202f000 familles"),
    "twice": ("Grades 3 to 5", "3, 4, 5 – 5"),
    "zeros": ("Room 007", "Sala 7"),
    "telephone in another form": ("Call (206) 555-0122.", "Llame al +1 206 555 0122."),
    "address in Chinese": ("See https://riverbend.example.org/a.", "請看https://riverbend.example.org/a。"),
    "e-mail in Chinese": ("Write to a@riverbend.example.org", "寫信到a@riverbend.example.org吧"),
    "link": ("[Us](about.md)", "[Nosotros](about.md)"),
    "no number": ("Two friends", "Dos amigas"),
}
LOST = {
    "number": ("Open 9 to 12.", "Abierto de 9 a 10.", "the number 12 "),
    "the shortest of several": ("2,400 in 12 schools", "muchas", "the number 12 "),
    "address": (
        "See https://riverbend.example.org/a",
        "Vea https://riverbend.example.org/b",
        "riverbend.example.org/a",
    ),
    "e-mail": ("Write to a@riverbend.example.org", "Escriba a b@riverbend.example.org", "a@riverbend.example.org"),
    "telephone": ("Call (206) 555-0122.", "Llame al 206 555 0212.", "telephone number"),
    "target": ("[Us](about.md)", "[Nosotros](sobre.md)", "](about.md)"),
    "code": ("Type `make`", "Escriba `hacer`", "`make`"),
    "tag": ("<b>now</b>", "ahora", "b>"),
    "another tag": ("now", "<i>ahora</i>", 'the English has no "</i>"'),
    "heading": ("## Now\n\ntext", "Ahora\n\ntexto", "## heading"),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_is_no_fault(name: str) -> None:
    english, words = KEPT[name]
    assert lost_link(english, words) is None
    assert lost_number(english, words) is None


@pytest.mark.parametrize("name", LOST)
def test_what_is_lost_is_told(name: str) -> None:
    english, words, told = LOST[name]
    (fault,) = [each for each in (lost_link(english, words), lost_number(english, words)) if each]
    assert told in fault.message
    assert fault.hint


def test_numbers_of_addresses_are_the_addresses_matter() -> None:
    english = "Call (206) 555-0122 or see https://riverbend.example.org/2026, room 4."
    assert lost_number(english, "Sala 4") is None
    lost = lost_number(english, "Sala")
    assert lost is not None
    assert "the number 4 " in lost.message


IN_SCRIPT = (
    ("Học sinh được giúp đỡ miễn phí ạ", "Latn"),
    ("CSV", "Arab"),
    ("مجانا: Seattle Public Schools", "Arab"),
    ("ነጻ", "Ethi"),
    ("Ayuda “gratis” — 50 % 😀", "Latn"),
    ("學校的學生可以得到免費的幫助", "Hant"),
    ("学校的学生可以得到免费的帮助", "Hans"),
    ("我們每星期都在旧金山和孩子們一起閱讀,歡迎大家", "Hant"),
    ("https://riverbend.example.org/about", "Arab"),
    ("%(count)s", "Ethi"),
    ("anything at all", "Zzzz"),
)
OTHER_SCRIPT = (
    ("Free for kids", "Arab"),
    ("Бесплатно для детей", "Latn"),
    ("ነጻ ለልጆች ሁሉ", "Latn"),
    ("学校的学生可以得到免费的帮助", "Hant"),
    ("學校的學生可以得到免費的幫助", "Hans"),
    ("مجانا للأطفال", "Ethi"),
)


@pytest.mark.parametrize(("words", "script"), IN_SCRIPT)
def test_words_in_their_script(words: str, script: str) -> None:
    assert wrong_script(words, script) is None


@pytest.mark.parametrize(("words", "script"), OTHER_SCRIPT)
def test_words_in_another_script(words: str, script: str) -> None:
    assert wrong_script(words, script) is not None


def test_a_translation_is_about_as_long_as_its_english() -> None:
    assert odd_length("Free", "Sin costo alguno para las familias") is None
    assert odd_length("Free", "Sin costo. " * 20) is not None
    assert odd_length("We read with children. " * 10, "Leemos.") is not None
    assert odd_length("We read with children. " * 10, "我們每星期都和孩子們一起閱讀,歡迎所有家庭參加。") is None


def test_all_faults_are_told_together() -> None:
    found = list(faults("Open 9 to 12 at https://riverbend.example.org", "Открыто", "Latn"))
    assert len(found) == 3
