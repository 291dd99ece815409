"""`make bless`: accepts what the generator writes now as what the tests expect. Read the diff before committing it."""

from collections.abc import Callable
from pathlib import Path

from generator import catalogue
from generator.issues.templates import templates
from generator.schema import write_enums
from generator.schema.shapes import load_shapes
from generator.vocabulary import load_vocabularies
from tests import golden_tree
from tests.rules_page import PAGE, rules_page
from tests.scale_page import PAGE as SCALE_PAGE
from tests.scale_page import scale_page

Step = Callable[[Path], tuple[str, ...]]
"""Brings one kind of expected file up to date, given the repository's folder; returns what it rewrote."""


def terms(repository: Path) -> tuple[str, ...]:
    """The lists of terms inside the schemas, which editors read, from the vocabularies."""
    return tuple(f"schema/{name}" for name in write_enums(repository / "schema"))


def words(repository: Path) -> tuple[str, ...]:
    """The interface's words to translate, from templates, code and vocabularies."""
    folder = repository / "translations"
    before = {path: path.read_bytes() for path in folder.rglob("interface.po*")}
    paths = catalogue.update(folder)
    return tuple(path.relative_to(repository).as_posix() for path in paths if path.read_bytes() != before.get(path))


def rules(repository: Path) -> tuple[str, ...]:
    """The page that lists every rule, from the rules' own sentences."""
    page, text = repository / PAGE, rules_page()
    if page.is_file() and page.read_text("utf-8") == text:
        return ()
    page.write_text(text, "utf-8")
    return (PAGE,)


def scale(repository: Path) -> tuple[str, ...]:
    """The tables of what large sites cost, from the figures on the same page."""
    page = repository / SCALE_PAGE
    text = page.read_text("utf-8")
    if text == scale_page(text):
        return ()
    page.write_text(scale_page(text), "utf-8")
    return (SCALE_PAGE,)


def golden(repository: Path) -> tuple[str, ...]:
    """The site of the invented district, as it is built now."""
    return golden_tree.bless(repository)


def forms(repository: Path) -> tuple[str, ...]:
    """The issue forms, from their questions, the schema and the vocabularies."""
    schema = repository / "schema"
    made = templates(load_shapes(schema)["partner"], load_vocabularies(schema / "vocabularies"))
    old = {path: (repository / path).read_text("utf-8") for path in made if (repository / path).is_file()}
    changed = {path: text for path, text in made.items() if old.get(path) != text}
    for path, text in changed.items():
        (repository / path).write_text(text, "utf-8", newline="\n")
    return tuple(changed)


STEPS: tuple[Step, ...] = (terms, forms, words, rules, scale, golden)


def main() -> None:
    """Run every step and say which files changed."""
    repository = Path(__file__).resolve().parent.parent
    changed = [name for step in STEPS for name in step(repository)]
    for name in changed:
        print(f"rewrote {name}")
    print("Read the diff before you commit it." if changed else "Everything was as expected already.")


if __name__ == "__main__":
    main()
