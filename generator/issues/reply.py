"""What the author of an issue is told: always in the same words; what comes from the issue stands in code spans."""

from collections.abc import Iterator

from generator.forms.issue import MISTAKE
from generator.inert import code
from generator.issues.propose import Proposal

MARK = "<!-- partners: reply -->"
"""By this the workflow finds its own comment, to write it anew."""
READY = (
    "Thank you. This passed every check, and a pull request shows the record as it would be. "
    "Staff of the district read every line before anything is published; then this issue closes by itself."
)
REFUSED = (
    "Thank you. Something has to be put right before this can be taken. "
    "Edit the issue (the three dots above your text), and tell us with a comment when you are done."
)
THANKS = "Thank you for telling us. Staff of the district look at it and answer here."
WHOLE = "In the whole"


def reply(proposal: Proposal) -> str:
    """The reply as Markdown, ended by a line feed."""
    return "\n".join((MARK, "", *_lines(proposal))) + "\n"


def _lines(proposal: Proposal) -> Iterator[str]:
    if proposal.complaints:
        yield REFUSED
        yield ""
        for each in proposal.complaints:
            words = sentences(each.message, each.hint)
            yield f"- **{each.question or WHOLE}**: {words if each.is_ours else code(words)}"
    else:
        yield THANKS if proposal.form == MISTAKE.name else READY
    if proposal.notes:
        yield ""
        yield from (f"- {note}" for note in proposal.notes)


def sentences(message: str, hint: str) -> str:
    """What is wrong and what to do, as two sentences; the second may end with an example, and so without a stop."""
    if not hint:
        return message
    return f"{message}{'' if message.endswith(('.', '?', '!')) else '.'} {hint[0].upper()}{hint[1:]}"
