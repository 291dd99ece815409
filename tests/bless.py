"""`make bless`: accepts what the generator writes now as what the tests expect. Read the diff before committing it."""

from collections.abc import Callable
from pathlib import Path

from generator.schema import write_enums

Step = Callable[[Path], tuple[str, ...]]
"""Brings one kind of expected file up to date, given the repository's folder; returns what it rewrote."""


def terms(repository: Path) -> tuple[str, ...]:
    """The lists of terms inside the schemas, which editors read, from the vocabularies."""
    return write_enums(repository / "schema")


STEPS: tuple[Step, ...] = (terms,)


def main() -> None:
    """Run every step and say which files changed."""
    repository = Path(__file__).resolve().parent.parent
    changed = [name for step in STEPS for name in step(repository)]
    for name in changed:
        print(f"rewrote {name}")
    print("Read the diff before you commit it." if changed else "Everything was as expected already.")


if __name__ == "__main__":
    main()
