"""An e-mail as somebody saved it: who sent it, its plain text, and the form in it if there is one."""

import re
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

WRITTEN = (".nomination.yml", ".nomination.json", ".jwe")
"""How the names of files end that the form on the site has written."""
FORM = re.compile(r"^form: nomination\s*$", re.MULTILINE)
_FORM_FIRST = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*form: nomination\s*$", re.MULTILINE)
END = re.compile(r"^(?:--\s*|-{3,}.*|_{3,}\s*)$", re.MULTILINE)
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_HEADERS = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+\r?\n")
_TOO_LONG = re.compile(
    rb"^(?:From|Subject|Content-[A-Za-z-]{1,40}):(?:[^\r\n]|\r?\n[ \t]){4000}", re.MULTILINE | re.IGNORECASE
)
"""A header as no letter needs it: what reads headers takes minutes for one of a megabyte."""
MOST_PARTS = 200
_PART = re.compile(rb"^Content-Type:", re.MULTILINE | re.IGNORECASE)
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is taken of an e-mail; `form` is the text of the form, "" where there is none.

    `attached` is (name, content) of the first file that the form on the site has written; `attachments` are all.
    """

    name: str
    address: str
    subject: str
    text: str
    form: str
    attachments: int
    attached: tuple[str, bytes] | None = None


def read_letter(content: bytes, *, files: tuple[str, ...] = WRITTEN) -> Letter | None:
    """The e-mail or plain text that a file holds; None when it has no plain text. `files` are the endings of ours."""
    if _FORM_FIRST.match(content) or not _HEADERS.match(content):  # the form itself looks like headers
        text = content.decode("utf-8-sig", "replace")
        return _letter("", "", "", text, 0)
    if _TOO_LONG.search(content) or len(_PART.findall(content)) > MOST_PARTS:
        return None
    try:
        message = message_from_bytes(content, policy=policy.default)
        return _read(message, files)
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ):  # what strangers' headers do to parsers
        return None


def _read(message: EmailMessage, files: tuple[str, ...]) -> Letter | None:
    body = message.get_body(preferencelist=("plain",))
    attached = _attached(message, files)
    if body is None and attached is None:
        return None
    sender = str(message.get("From", ""))
    address = _ADDRESS.search(sender)
    name = re.sub(r"<[^>]*>", "", sender).strip().strip('"').strip() if "<" in sender else ""
    count = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    subject = str(message.get("Subject", ""))
    text = _text_of(body) if body else ""
    found = _letter(name[:120], address[0] if address else "", subject, text, count)
    return replace(found, attached=attached)


def _text_of(body: MIMEPart) -> str:
    """The text of an e-mail as it was written, with the lines whole that were broken on the way (RFC 3676)."""
    text = str(body.get_content()).replace("\r\n", "\n")
    if str(body.get_param("format", "")).lower() != "flowed":
        return text
    lines: list[str] = []
    is_open = False
    for line in text.split("\n"):
        bare = line.removeprefix(" ")
        if is_open:
            lines[-1] += bare
        else:
            lines.append(bare)
        is_open = bare.endswith(" ") and bare != "-- "
        if is_open and str(body.get_param("delsp", "")).lower() == "yes":
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _attached(message: EmailMessage, files: tuple[str, ...]) -> tuple[str, bytes] | None:
    """The first attached file that the form on the site has written."""
    for part in message.iter_attachments() if message.is_multipart() else ():
        name = part.get_filename() or ""
        content = part.get_payload(decode=True)
        if name.lower().endswith(files) and isinstance(content, bytes):
            return name, content
    return None


def _letter(name: str, address: str, subject: str, text: str, attachments: int) -> Letter:
    text = text.replace("\r\n", "\n")
    return Letter(name=name, address=address, subject=subject, text=text, form=_form(text), attachments=attachments)


def _form(text: str) -> str:
    """The lines of the form in a text, also where they are quoted."""
    bare = _QUOTED.sub("", text)
    found = FORM.search(bare)
    if found is None:
        return ""
    end = END.search(bare, found.end())
    return bare[found.start() : end.start() if end else len(bare)].rstrip() + "\n"
