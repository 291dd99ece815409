"""How the command line gives what a refusal says is missing: the sentence with the option behind it."""

OPTIONS = (
    ("which partner is meant is missing", "--partner SLUG"),
    ("the decision is missing", "--recognise or --decline"),
    ("who gave the consent is missing", "--whom NAME"),
    ("how it was given is missing", "--how WORDS"),
    ("what it covers is missing", "--scope story --scope quote"),
    ("until when it holds is missing", "--expires 2029-06-30"),
    ("the day is missing: from when on", "--on 2027-05-03"),
    ("the consent to tell the story is missing", "--consent C-2027-0001"),
    ("the story needs an address", "--slug reading-nights"),
    ("choose another address", "--slug"),
    ("is missing: no such file was given", "--photos FOLDER"),
    ("say that the story stands nowhere", "withdraw --unmerged"),
    ("choose another name for the branch", "--branch"),
    ("git is not installed", "leave out --branch"),
    ("say which column it is", "--map MAP.yml"),
    ("save the file as CSV UTF-8", "--encoding windows-1252"),
    ("say in the map which is meant", "--map MAP.yml"),
    ("was stopped in the middle", "audit --repair does as well"),
    ("stands back from it first", "review --stand-back REASON"),
    ("the score for", "--score criterion=4"),
    ("the reason is missing", "--reason WORDS"),
)
"""(words of a sentence, option that gives what it misses)."""


def with_option(sentence: str) -> str:
    """A sentence with the option by which a command gets what is missing; as it is where there is none."""
    option = next((option for words, option in OPTIONS if words in sentence), "")
    return f"{sentence} ({option})" if option else sentence
