"""A child's age or grade is seen in every language of the form, at the desk and before a story is public."""

import pytest

from generator.desk.marked import findings
from generator.nominations.ages import WHAT, ages


@pytest.mark.parametrize(
    "text",
    [
        "María, de 7 años, ya lee.",
        "Mateo está en tercer grado.",
        "Em Minh, 8 tuổi, biết đọc.",
        "Em học lớp 3.",
        "Si Juan, 7 taong gulang, ay nagbabasa.",
        "Nasa baitang 4 siya.",
        "Ayaan oo 7 jir ah ayaa akhriya.",
        "Caaltuun umurii waggaa 9 dha.",
        "مايا، ٧ سنوات، تقرأ.",
        "هي في الصف الثالث.",
        "ሳራ 7 ዓመቷ ነው።",
        "የ3ኛ ክፍል ተማሪ ነች።",
        "小明7岁了。",
        "她今年十二歲。",
        "他上三年级。",
    ],
)
def test_an_age_or_a_grade_is_seen(text: str) -> None:
    assert WHAT in findings(text)
    (start, end, _), *_ = ages(text)
    assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "They have come for 7 years, and 120 families read.",
        "Llevan 25 años aquí.",
        "2,500 años",
        "他们来了二十年。",
        "منذ 25 سنة",
        "In 2026-27 they gave 18 bags.",
        "",
    ],
)
def test_what_is_no_childs_age_is_not(text: str) -> None:
    assert tuple(ages(text)) == ()
