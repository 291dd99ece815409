"""The files of a site in the making: written now, or kept from the last build when they would be the same."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from msgspec import Struct

from generator import __version__, site
from generator.building.state import State
from generator.indexing.bundles import BUNDLE, index_all, is_searched
from generator.manifest import NAME, Manifest, encode
from generator.pages.render import templates
from generator.plan import Progress
from generator.staging.stage import Stage


class Before(Struct, frozen=True):
    """The last build into the same folder: its state, and the digests of its files by path."""

    state: State
    files: dict[str, str]


class Tree:
    """What is in a stage so far: `files` maps paths to SHA-256, `stamps` tells what files were made of.

    `searched` are the pages that search finds, `written` the number of pages that are not as they were. A stage that
    is filled holds the files of `before`.
    """

    def __init__(self, stage: Stage, before: Before | None = None) -> None:
        self.stage = stage
        self.before = before if stage.is_filled else None
        self.known: Mapping[str, str] = self.before.files if self.before else {}
        self.files: dict[str, str] = {}
        self.stamps: dict[str, str] = {}
        self.searched: list[str] = []
        self.written = 0

    def add(self, path: str, digest: str, *, is_found: bool) -> None:
        """Note a page that was written."""
        self.files[path] = digest
        if is_found:
            self.searched.append(path)
        if path.endswith(".html") and self.known.get(path) != digest:
            self.written += 1

    def leave(self, paths: Sequence[str], *, are_found: bool) -> None:
        """Note pages of the last build that stay as they are."""
        self.files.update([(path, self.known[path]) for path in paths])
        if are_found:
            self.searched.extend(paths)

    def write(self, path: str, content: bytes) -> None:
        """Write a file."""
        self.stage.write(path, content)
        self.add(path, sha256(content).hexdigest(), is_found=is_searched(path, content))

    def remove(self, path: str) -> None:
        """Remove a file."""
        self.stage.remove(path)
        self.files.pop(path, None)

    def keep(self, paths: Sequence[str], stamp: str) -> bool:
        """Keep files of the last build if they were made of the same; whether they are there."""
        self.stamps[paths[0]] = stamp
        if not self.before or self.before.state.stamps.get(paths[0]) != stamp:
            return False
        self.leave(paths, are_found=False)
        return True

    def invite(self, site_url: str, pages: Sequence[str]) -> None:
        """Write the invitation to search engines: the pages that they may list, by their paths."""
        sitemaps = (path for path in self.known if path.startswith(site.SITEMAPS))
        if not self.keep(("robots.txt", *sitemaps), sha256("\n".join((site_url, *pages)).encode()).hexdigest()):
            addresses = [path.removesuffix("index.html") for path in pages]
            for file in site.invitations(addresses, site_url, templates(None)):
                self.write(file.path, file.content)

    def index(self, languages: Sequence[str], progress: Progress) -> dict[str, str]:
        """Index the languages whose searched pages are not those of the last build.

        Returns the digest of each language's searched pages.
        """
        pages: dict[str, list[str]] = {language: [] for language in languages}
        for path in sorted(self.searched):
            pages[path.partition("/")[0]].append(path)
        digests = {language: self.digest(paths) for language, paths in pages.items()}
        searched = self.before.state.searched if self.before else {}
        same = {language for language, digest in digests.items() if searched.get(language) == digest}
        bundles = tuple(f"{language}/{BUNDLE}/" for language in same)
        if bundles:
            self.leave([path for path in self.known if path.startswith(bundles)], are_found=False)
        changed = {language: paths for language, paths in pages.items() if language not in same}
        index_all(self.stage.folder, changed, self, progress, scratch=self.stage.scratch)
        return digests

    def digest(self, paths: Iterable[str]) -> str:
        """A text that differs whenever one of the files does."""
        return sha256("".join(f"{path}\0{self.files[path]}\n" for path in paths).encode()).hexdigest()

    def finish(self, records: tuple[str, ...]) -> str:
        """Remove what is not of this site any more, and write the manifest; returns the manifest's SHA-256."""
        for path in self.known:
            if path not in self.files:
                self.stage.remove(path)
        manifest = encode(Manifest(version=__version__, records=records, files=self.files))
        self.stage.write(NAME, manifest)
        return sha256(manifest).hexdigest()
