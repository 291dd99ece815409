"""Every rule over texts that are long and made to be searched for long; `python -m tests.hard_texts` tells the slow."""

from collections.abc import Iterator
from time import perf_counter

from generator.rules import EVERY_RECORD
from generator.rules.rule import subject
from generator.source import Document

LENGTH = 60_000  # characters, about what a file can hold
PARTS = (
    *(
        "a",
        "A",
        "a.",
        "Aa ",
        "é",
        "\u0430",
        "#",
        "# ",
        "@",
        "a@",
        "a@a.",
        "1",
        "1 ",
        "(1",
        "+1 ",
        "-",
        "'",
        " ",
        "\x1f",
    ),
    *("[", "[a](", "[a.", "http://", "http://a?", "a=", "=", "&", "?", "&key", "token", "&token="),
    *(" at ", "(at)", "a(at)a", "dot", "a at a dot ", "born ", "call ", "student id ", "# nominat"),
    *("Aa, ", "Aa (", "my son ", "seven years old ", "fifth grader ", "who is ", "Aa, who is "),
    *("food ", "e", "ed ", ". "),
)


def texts(part: str) -> Iterator[str]:
    """Long texts of one part, bare and as the words of a link."""
    long = part * (LENGTH // len(part))
    yield long
    yield f"[{long}.co](https://example.org/)"


def main() -> None:
    """Run every rule over every text."""
    for part in PARTS:
        for text in texts(part):
            document = Document(path="x.yml", data={"name": text, "story": text}, text=f"# {text}\nname: x\n")
            looked_at = subject("story", document, None)
            for rule in EVERY_RECORD:
                started = perf_counter()
                list(rule.check(looked_at))
                if perf_counter() - started > 1:
                    print(f"{part!r} takes {rule.name} {perf_counter() - started:.1f} seconds")


if __name__ == "__main__":
    main()
