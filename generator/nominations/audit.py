"""Whether a vault is what its ledger says: the chain, every file, every step; and who decided what, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from generator.nominations.gates import AFTER, BEFORE
from generator.nominations.model import Nomination, held
from generator.problems import SetupError
from generator.vault.canonical import digest
from generator.vault.files import is_open
from generator.vault.ledger import Entry, holds
from generator.vault.leftovers import foreign
from generator.vault.past import is_silent, rewritten
from generator.vault.pending import interrupted
from generator.vault.settings import SETTINGS
from generator.vault.storage import (
    FOLDERS,
    Vault,
    content_of,
    data_of,
    has_new_settings,
    names,
    picture_digest,
    settings_digest,
)

YML = ".yml"
FEWEST_REVIEWERS = 2
"""No district's rules allow fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step as the ledger has it, with the reason where it still stands in the vault."""

    entry: Entry
    grounds: str = ""


def findings(vault: Vault, *, head: str = "") -> Iterator[str]:
    """A sentence for everything that is not as the ledger says; nothing when the vault is whole."""
    if vault.settings.recipients and vault.identity is None:
        raise SetupError("this vault is sealed: give the file with its secret key, --identity FILE")
    yield from (f"ledger.jsonl:{number}: {fault}" for number, fault in vault.ledger.faults)
    if head and (reason := holds(vault.ledger, head)):
        yield f"ledger.jsonl: {reason}"
    for commit in rewritten(vault.folder):
        yield f"ledger.jsonl: the commit {commit[:12]} has lines that are not there any more: the ledger was rewritten"
    if interrupted(vault.folder) is not None:
        yield "a step was stopped in the middle; any next change finishes its work first"
    yield from _settings(vault)
    yield from _files(vault)
    yield from _pictures(vault)
    yield from _steps(vault)


def _content(vault: Vault, path: str) -> bytes | None:
    """The bytes of a file; None when it is a link, is spoilt, or cannot be opened with the vault's key."""
    try:
        return content_of(vault, path)
    except SetupError:
        return None


def _data(vault: Vault, path: str) -> dict[str, Any] | None:
    """The data of a file; None when it cannot be read."""
    content = _content(vault, path)
    return data_of(content, path) if content is not None else None


def _settings(vault: Vault) -> Iterator[str]:
    if has_new_settings(vault):
        yield f"{SETTINGS} was edited since the ledger noted it ({settings_digest(vault)[:12]}…)"


def _files(vault: Vault) -> Iterator[str]:
    """What is wrong with the files that the ledger knows, and those that it does not know."""
    known = {path: each for path, each in vault.ledger.digests.items() if path != SETTINGS}
    there = {path for folder in FOLDERS if folder != "pictures" for path in names(vault, folder)}
    for path in sorted(known.keys() - there):
        yield f"{path}: the file is gone, and no step of the ledger removed it"
    for path in sorted(there - known.keys()):
        removed = any(path in entry.files for entry in vault.ledger.entries)
        yield f"{path}: the file {'is back, though a step removed it' if removed else 'was put there by hand'}"
    for path in sorted(there & known.keys()):
        data = _data(vault, path)
        if data is None or digest(data) != known[path]:
            entry = next(e for e in reversed(vault.ledger.entries) if path in e.files)
            yield f"{path}: the file was changed by hand after line {entry.number} of the ledger ({entry.at})"


def _pictures(vault: Vault) -> Iterator[str]:
    """Photos that no scheduled story has, or that are not as they were."""
    wanted: dict[str, str] = {}
    for path in names(vault, "stories"):
        data = _data(vault, path) or {}
        stem = path.rpartition("/")[2].removesuffix(YML)
        wanted |= {f"pictures/{stem}/{file}": str(each) for file, each in data.get("pictures", {}).items()}
    there = set(names(vault, "pictures"))
    yield from (f"{path}: the photo of a scheduled story is gone" for path in sorted(wanted.keys() - there))
    yield from (f"{path}: the photo belongs to no scheduled story" for path in sorted(there - wanted.keys()))
    for path in sorted(there & wanted.keys()):
        content = _content(vault, path)
        if content is None or picture_digest(content) != wanted[path]:
            yield f"{path}: the photo was changed by hand"


def _steps(vault: Vault) -> Iterator[str]:
    """Steps that no gate would have let pass, and files whose state is not that of their last step."""
    states: dict[str, str] = {}
    before: dict[str, tuple[Entry, ...]] = {}
    stood_back = frozenset(_stood_back(vault))
    for entry in vault.ledger.entries:
        if entry.act in AFTER:
            yield from _step_faults(entry, states.get(entry.of, ""))
            yield from _without_grounds(entry, before.get(entry.of, ()), stood_back)
            states[entry.of] = entry.state
            before[entry.of] = (*before.get(entry.of, ()), entry)
    for path in names(vault, "nominations"):
        data = _data(vault, path)
        if data is None:
            continue
        try:
            nomination = held(Nomination, data, path)
        except SetupError as error:
            yield str(error)
            continue
        if states.get(nomination.number, nomination.state) != nomination.state:
            yield f"{path}: it says {nomination.state}, and the ledger {states[nomination.number]}"


def _step_faults(entry: Entry, before: str) -> Iterator[str]:
    """What is wrong with a step after the state before it; a consent can be taken back in any."""
    place = f"ledger.jsonl:{entry.number}"
    is_same = entry.act == "consent" and entry.state == before
    if before not in BEFORE.get(entry.act, ("",)) and not is_same:
        yield f"{place}: {entry.of} was {before or 'not there'}, and {entry.act} cannot follow"
    if entry.state not in AFTER[entry.act] and not is_same:
        yield f"{place}: {entry.act} cannot make {entry.of} {entry.state}"


def _stood_back(vault: Vault) -> Iterator[tuple[str, str]]:
    """(nomination, person) of everybody who did not judge it, as long as the reviews are kept."""
    for path in names(vault, "reviews"):
        data = _data(vault, path) or {}
        if data.get("conflict"):
            yield str(data.get("of")), str(data.get("by"))


def _without_grounds(entry: Entry, before: tuple[Entry, ...], stood_back: frozenset[tuple[str, str]]) -> Iterator[str]:
    """What a step rests on and the ledger does not have: two people's reviews, a consent."""
    place = f"ledger.jsonl:{entry.number}"
    reviewers = {each.by for each in before if each.act == "review" and (each.of, each.by) not in stood_back}
    reviewers -= {entry.by}
    if entry.act == "decide" and len(reviewers) < FEWEST_REVIEWERS:
        yield f"{place}: {entry.of} was decided with {len(reviewers)} of {FEWEST_REVIEWERS} reviews of others"
    has_consent = any(path.startswith("consents/") for each in before for path in each.files)
    if entry.act in ("schedule", "publish") and not has_consent:
        yield f"{place}: {entry.act} of {entry.of} without any consent"


def notices(vault: Vault) -> Iterator[str]:
    """What should be mended though all is as the ledger says: what others can read, and what would be left behind."""
    yield from _open_modes(vault)
    yield from foreign(vault)
    yield from _twins(vault)
    if is_silent(vault.folder):
        yield "the vault's repository belongs to somebody else, so git does not tell whether the ledger was rewritten"


def _twins(vault: Vault) -> Iterator[str]:
    """Short names of staff that have one e-mail address."""
    present = [each for each in vault.settings.staff if each.email and not each.left]
    for one, other in combinations(present, 2):
        if one.email.casefold() == other.email.casefold():
            yield f"vault.yml: {one.id} and {other.id} have one e-mail address; one person must not judge twice"


def _open_modes(vault: Vault) -> Iterator[str]:
    """Files and folders that others on this computer can read."""
    paths = [vault.folder, *(vault.folder / folder for folder in FOLDERS)]
    for path in paths:
        if path.exists() and is_open(path):
            yield f"{path}: others on this computer may look into it; chmod 700 closes it"


def lines(vault: Vault) -> Iterator[Line]:
    """Every step in order, with its reason where one is kept."""
    reasons: dict[str, Nomination] = {}
    for path in names(vault, "nominations"):
        data = _data(vault, path)
        if data:
            try:
                nomination = held(Nomination, data, path)
            except SetupError:
                continue
            reasons[nomination.number] = nomination
    for entry in vault.ledger.entries:
        yield Line(entry=entry, grounds=_grounds(entry, reasons.get(entry.of)))


def _grounds(entry: Entry, nomination: Nomination | None) -> str:
    """Why a step was taken, as the nomination says; only of the last one of its kind, and until it is anonymised."""
    if nomination is None:
        return ""
    steps = {"triage": nomination.triage, "decide": nomination.decision, "withdraw": nomination.ended}
    step = {**steps, "expire": nomination.ended}.get(entry.act)
    if step is None:
        return ""
    reason = step.reason or ("(anonymised)" if nomination.state == "anonymised" else "")
    return ": ".join(each for each in (step.outcome, reason) if each)
