"""A district that is edited and built again and again, beside clean builds of the same."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from generator.building.rendering import render
from generator.building.whole import Built
from generator.check import check
from generator.manifest import NAME
from generator.plan import prepare
from generator.quarantine import quarantined
from generator.records.folders import Project
from tests.edits import Desk
from tests.invented import setting, write_district
from tests.trees import Tree, tree


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """A folder with a district, its site and the software's words, and a copy of all of it as it was in the beginning.

    The district has vocabularies of its own, so that they can be edited.
    """

    folder: Path

    @property
    def desk(self) -> Desk:
        """The district, ready to be edited."""
        return Desk(root=self.folder / "now/riverbend", words=self.folder / "now/software/translations")

    def restore(self) -> Desk:
        """Bring everything back to the beginning, caches and site included."""
        shutil.rmtree(self.folder / "now", ignore_errors=True)
        shutil.copytree(self.folder / "then", self.folder / "now", symlinks=True)
        return self.desk

    def keep(self) -> None:
        """Take everything as it is now for the beginning."""
        shutil.copytree(self.folder / "now", self.folder / "then", symlinks=True)

    def clean(self, desk: Desk) -> Tree:
        """The site of the district, built elsewhere with nothing known."""
        elsewhere = self.folder / "clean"
        shutil.rmtree(elsewhere, ignore_errors=True)
        shutil.copytree(desk.root, elsewhere / "moved", ignore=shutil.ignore_patterns(".cache", "site", ".site*"))
        build(desk, elsewhere / "moved")
        return tree(elsewhere / "moved/site")


@contextmanager
def workshop(folder: Path, software: Path) -> Iterator[Workshop]:
    """A workshop with a district of eight partners and its site; the software's words are a copy, to be edited."""
    made = Workshop(folder=folder)
    write_district(made.desk.root, setting(partners=8, schools=4))
    shutil.copytree(software / "schema", made.desk.root / "schema")
    shadow = made.desk.words.parent
    shutil.copytree(software / "translations", shadow / "translations", ignore=shutil.ignore_patterns("pages"))
    shutil.copy(software / "requirements.txt", shadow)
    (shadow / "generator").symlink_to(software / "generator")
    with pytest.MonkeyPatch.context() as patch:
        # Imported now, before one takes the copy for it.
        for name in ("frame.kept", "frame.run", "mkdocs_build", "pages.dictionary", "pages.suggest"):
            patch.setattr(f"generator.{name}.SOFTWARE", software)
        patch.setattr("generator.records.folders.SOFTWARE", shadow)
        patch.setattr("generator.records.cache.SOFTWARE", shadow)
        build(made.desk)
        made.keep()
        yield made


def build(desk: Desk, root: Path | None = None, *, jobs: int = 1) -> Built | None:
    """Build the site of a district where it is, or of a copy of it; None when nothing good is left to build from."""
    root = root or desk.root
    checked = quarantined(check(Project(root=root), today=desk.today, cache_folder=root / ".cache"))
    directory = checked.loaded.directory
    if directory is None or not checked.is_good:
        return None
    languages = tuple(code for code in desk.languages if code in directory.district.languages)
    return render(prepare(checked, languages=languages, has_search=desk.has_search, jobs=jobs), root / "site")


def differing(found: Tree, wanted: Tree) -> list[str]:
    """The paths at which two trees differ."""
    return sorted(path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path))


def is_accounted_for(files: Tree) -> bool:
    """Whether the manifest of a site lists its files, all of them, as they are."""
    listed = json.loads(files[NAME])["files"]
    return bool(listed == {path: sha256(content).hexdigest() for path, content in files.items() if path != NAME})
