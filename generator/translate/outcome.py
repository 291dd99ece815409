"""What became of the texts of a file that was imported, for people and for machines."""

import json
from collections.abc import Sequence

from generator.text import numbered
from generator.translate.accept import Accepted

OUTCOMES = {
    "taken": "taken",
    "old": "taken, but for an English that has changed since",
    "same": "as they were",
    "empty": "empty",
    "unsure": "still marked as not finished",
    "waits": "waiting for the rest of their page",
    "refused": "refused",
}
SHOWN = 5
"""So many of the files that were written are named."""


def as_data(accepted: Accepted, files: Sequence[str]) -> str:
    """Every row with its outcome, as JSON."""
    rows = [
        {"line": v.row.line, "key": v.row.key, "outcome": v.outcome, "why": v.why, "hint": v.hint}
        for v in accepted.verdicts
    ]
    return json.dumps({"rows": rows, "counts": dict(accepted.counts), "files": list(files)}, indent=2)


def as_text(accepted: Accepted, file: str, files: Sequence[str]) -> str:
    """Every refusal with its line, then how many texts had which outcome."""
    lines = []
    for verdict in accepted.verdicts:
        if verdict.outcome == "refused":
            where = f"{file}:{verdict.row.line}" if verdict.row.line else file
            lines.append(f"{where}: refused: {verdict.row.key or 'a text without a key'}: {verdict.why}")
            lines += [f"    {verdict.hint}"] if verdict.hint else []
    counts = accepted.counts
    told = [f"{counts[outcome]:,} {words}" for outcome, words in OUTCOMES.items() if counts[outcome]]
    lines.append(f"{numbered(len(accepted.verdicts), 'text')}: {', '.join(told) or 'none'}.")
    if files:
        named = f"{', '.join(files[:SHOWN])}{' …' if len(files) > SHOWN else ''}"
        lines.append(f"{numbered(len(files), 'file')} written: {named}")
    return "\n".join(lines)
