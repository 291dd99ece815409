"""What forms say of an answer that does not fit: the words of the checks, with gaps, by the name of what is wrong."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from generator.forms.questions import Question
from generator.forms.site import SITE_FORMS, SiteForm, ways
from generator.objections import OBJECTIONS, Objection
from generator.schema.shapes import load_shapes
from generator.schema.wording import ADVICE, NOUNS

FORMATS = ("web-address", "phone-number", "email-address", "calendar-date", "local-time")
"""The forms of text that an answer can miss."""
FOR_STAFF = frozenset(("student-data", "credential-in-url"))
"""Objections whose hints speak of what is public already; nothing on a form is."""
FOR_FILES = "strange-character"
"""What the loader says of a value that came from no form."""
UNSEEN = Objection("%(value)s holds a character that nobody can see", "delete these words and type them again")
BETTER = Objection("", 'did you mean "%(better)s"?')


def _not(form: str) -> Objection:
    return Objection(f"%(value)s is not {NOUNS[form]}", f"{ADVICE[form]}, for example: %(example)s")


WORDS: Mapping[str, Objection] = MappingProxyType(
    {
        **{
            name: said._replace(hint="") if name in FOR_STAFF else said
            for name, said in OBJECTIONS.items()
            if name != FOR_FILES
        },
        **{f"not-{form}": _not(form) for form in FORMATS},
        "better": BETTER,
        "unseen": UNSEEN,
    }
)
"""Everything that forms may have to say."""
ELSEWHERE = ("phone-in-text", "email-in-text", "disguised-email")
"""Objections whose hints say where a record has such things."""
LEAVE_OUT = OBJECTIONS["mark-of-frame"].hint


def words_of(form: SiteForm) -> dict[str, Objection]:
    """What a form may have to say; one that becomes no record has no other place for phone numbers and addresses."""
    if form.record == "partner":
        return dict(WORDS)
    return {**WORDS, **{name: WORDS[name]._replace(hint=LEAVE_OUT) for name in ELSEWHERE}}


def explanation(form: SiteForm, question: Question, folder: Path) -> str:
    """What stands below a question, in English: its own help, or what the schema in `folder` says; mostly nothing."""
    if question.help or not question.is_explained:
        return question.help
    field = load_shapes(folder)[form.record].at(*ways(form)[question])
    return field.description


def messages(folder: Path) -> Iterator[tuple[str, str]]:
    """The English words of all objections and explanations, to be translated, each with the file that has it."""
    for said in WORDS.values():
        yield from ((words, "generator/objections.py") for words in said if words)
    for form in SITE_FORMS:
        for question in ways(form):
            if question.is_explained and (words := explanation(form, question, folder)):
                yield words, f"schema/{form.record}.schema.json"
