"""Every text of a project with its words in a language, and how far each of them is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message

from generator.languages import ENGLISH, fingerprint, state_of
from generator.problems import SetupError
from generator.records.folders import BY_NAME, Project
from generator.records.load import Loaded
from generator.translate.plurals import set_plurals
from generator.words.fidelity import limit
from generator.words.interface import mark_of, read_words, strings
from generator.words.texts import PROSE, texts_of
from generator.words.translations import INTERFACE, PAGES, RECORDS, STATES, Fields

OPEN = ("missing", "stale")
"""States in which a text waits for a translator."""
TITLE, DESCRIPTION, BODY = "title", "description", "text"
FIELDS = (TITLE, DESCRIPTION, BODY)
"""The texts of a hand-written page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One text: its English, and its words in a language, each in one form or in those of a plural.

    `key` names it in every file for translators: `partners/river-food-bank#summary`, `pages/about#title`,
    `interface#3f9a1c2e`. `words` is empty when there are none. `state` is one of human, reviewed, machine, stale and
    missing; `by` says whose the words are, old or not, `on` of which day, and `source` is the fingerprint of the
    English that they stand for. `note` tells translators what the text is, `limit` how many characters it may have.
    """

    key: str
    path: str
    english: tuple[str, ...]
    words: tuple[str, ...] = ()
    forms: int = 1
    state: str = "missing"
    by: str = ""
    on: date | None = None
    source: str = ""
    is_critical: bool = False
    is_long: bool = False
    note: str = ""

    @property
    def store(self) -> str:
        """Which of the three stores it belongs to."""
        return INTERFACE if self.record == INTERFACE else PAGES if self.record.startswith(f"{PAGES}/") else RECORDS

    @property
    def record(self) -> str:
        """The address of the record or page that it is a text of."""
        return self.key.partition("#")[0]

    @property
    def field(self) -> str:
        """The path of the text inside its record."""
        return self.key.partition("#")[2]

    @property
    def limit(self) -> int:
        """Characters at most."""
        return limit(self.english[-1])

    @property
    def size(self) -> int:
        """Words of English."""
        return len(self.english[0].split())


def all_work(loaded: Loaded, language: str) -> tuple[Work, ...]:
    """Every text of a project with its words in a language: the site's own words, records, hand-written pages.

    The site's own words are left out where they are not the project's to change: a district in a folder of its own
    takes them from the software. Raises SetupError for a catalogue that cannot be read.
    """
    return (*interface_work(loaded, language), *record_work(loaded, language), *page_work(loaded, language))


def owns_words(project: Project) -> bool:
    """Whether the site's own words are the project's to change, not those of the software around it."""
    return project.catalogues.resolve() == (project.root / "translations").resolve()


def interface_work(loaded: Loaded, language: str) -> Iterator[Work]:
    """The interface's and the vocabularies' words."""
    if not owns_words(loaded.project):
        return
    path = catalogue_path(language)
    wanted = read_words(loaded.project.catalogues / "interface.pot")
    file = loaded.project.root / path
    if file.exists():
        catalogue = read_words(file, language)
    else:
        catalogue = Catalog(locale=language.replace("-", "_"))
        set_plurals(catalogue, language)
    for message in wanted:
        if message.id:
            yield message_work(message, catalogue, path)


def message_work(message: Message, catalogue: Catalog, path: str) -> Work:
    """One message of the catalogue."""
    found = catalogue.get(message.id, message.context)
    words = strings(found.string) if found is not None and found.string and not found.fuzzy else ()
    forms = catalogue.num_plurals if message.pluralizable else 1
    is_whole = len(words) == forms and all(words)
    by, on = mark_of(found, catalogue) if found is not None else ("", None)
    where = ", ".join(sorted({location.rpartition("/")[2] for location, _ in message.locations}))
    notes = (
        *message.auto_comments,
        f"a term of the vocabulary {message.context}" if message.context else f"in {where}",
    )
    return Work(
        key=message_key(message),
        path=path,
        english=strings(message.id),
        words=words if is_whole else (),
        forms=forms,
        state=by if is_whole else "missing",
        by=by if is_whole else "",
        on=on if is_whole else None,
        note="; ".join(notes),
    )


def message_key(message: Message) -> str:
    """The name of a message: the first 8 hexadecimal digits of SHA-256 of its context and its English."""
    told = "\x04".join((message.context or "", *strings(message.id)))
    return f"{INTERFACE}#{sha256(told.encode()).hexdigest()[:8]}"


def record_work(loaded: Loaded, language: str) -> Iterator[Work]:
    """The texts of every record that passed the check."""
    for kind in BY_NAME:
        for address, record in loaded.by_kind[kind].items():
            known: Fields = loaded.translations.get(language, address)
            path = sidecar_path(language, address)
            for text in texts_of(record):
                found = known.get(text.path)
                yield Work(
                    key=f"{address}#{text.path}",
                    path=path,
                    english=(text.english,),
                    words=(found.text,) if found else (),
                    state=state_of(found, text.english),
                    by=found.by if found else "",
                    on=found.on if found else None,
                    source=found.source if found else "",
                    is_critical=text.is_critical,
                    is_long=text.path.rpartition("/")[2] in PROSE,
                    note=f"{kind}: {getattr(record, 'name', '') or getattr(record, 'title', '')}".rstrip(": "),
                )


def page_work(loaded: Loaded, language: str) -> Iterator[Work]:
    """The texts of hand-written pages; the fingerprint of a page is that of its Markdown."""
    for path, page in loaded.written.items():
        if not path.startswith(f"{PAGES}/"):
            continue
        name = path.removeprefix(f"{PAGES}/").removesuffix(".md")
        file = page_path(language, name)
        own = loaded.written.get(file)
        english = {TITLE: page.front.data.get(TITLE, ""), DESCRIPTION: page.front.data.get(DESCRIPTION, "")}
        words = {key: str(own.front.data.get(key, "")) if own else "" for key in english}
        english[BODY], words[BODY] = page.markdown.strip(), own.markdown.strip() if own else ""
        is_fresh = own is not None and own.front.data.get("source") == fingerprint(page.markdown)
        by, on = (str(own.front.data["by"]), date.fromisoformat(str(own.front.data["on"]))) if own else ("", None)
        for key in filter(english.get, FIELDS):
            state = "missing" if not words[key] else by if is_fresh else "stale"
            yield Work(
                key=f"{PAGES}/{name}#{key}",
                path=file,
                english=(english[key],),
                words=(words[key],) if words[key] else (),
                state=state,
                by=by if words[key] else "",
                on=on if words[key] else None,
                source=str(own.front.data.get("source", "")) if own else "",
                is_long=key == BODY,
                note=f"page: {english[TITLE]}" + (" (Markdown)" if key == BODY else ""),
            )


def catalogue_path(language: str) -> str:
    """Where the interface's words of a language lie."""
    return f"translations/{language}/interface.po"


def sidecar_path(language: str, address: str) -> str:
    """Where the words of a record lie."""
    return f"translations/{language}/{address}.yml"


def page_path(language: str, name: str) -> str:
    """Where a hand-written page lies in a language."""
    return f"translations/{language}/{PAGES}/{name}.md"


def script_of(loaded: Loaded, language: str) -> str:
    """The script (ISO 15924) of a language; a SetupError when there is none to translate into."""
    known = loaded.vocabularies["languages"].get(language)
    if language == ENGLISH:
        raise SetupError("English is what is translated; name another language")
    if known is None:
        raise SetupError(f'there is no language "{language}" in schema/vocabularies/languages.yml')
    return known.script


def tally(work: tuple[Work, ...]) -> Mapping[str, int]:
    """How many texts are in each state."""
    counts = dict.fromkeys(STATES, 0)
    for each in work:
        counts[each.state] += 1
    return counts


def languages_of(loaded: Loaded, root: Path) -> tuple[str, ...]:
    """The languages beside English that the district names, then those that somebody has begun."""
    directory = loaded.directory
    named = tuple(directory.district.languages) if directory else ()
    folder = root / "translations"
    begun = sorted(each.name for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []
    known = loaded.vocabularies["languages"]
    return tuple(dict.fromkeys(code for code in (*named, *begun) if code != ENGLISH and known.get(code)))
