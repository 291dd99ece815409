"""What a request must be before anything looks at what it wants: from this computer's browser, at this desk, by us."""

from collections.abc import Mapping

from werkzeug import Request, Response

from generator.desk.sessions import is_same

FORM = "form-key"
"""The hidden field in which each form brings the session's second secret."""
BODY_BYTES = 300_000
"""No form without files is longer: the longest texts of a story, in any script."""
FILES_BYTES = 14_000_000
"""A form with files: six photos of the largest size that is taken, and its texts."""
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""A preview is the site's own page, and none of its scripts runs."""
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Not `no-referrer`: with it, browsers do not say where a form comes from. Nothing is told to other sites.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PREVIEW_HEADERS: Mapping[str, str] = {"Content-Security-Policy": PREVIEW_POLICY, "X-Frame-Options": "SAMEORIGIN"}


def stranger(request: Request, origin: str) -> tuple[int, str]:
    """(status, sentence) for a request that is none of this desk's own; (0, "") when it is.

    The name in `Host` is looked at because a foreign page can have its own name lead to this computer; `Origin` and
    `Sec-Fetch-Site`, which no page can forge, say which page has sent a request.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return 405, "The desk takes no such request."
    if request.headers.getlist("Host") != [origin.removeprefix("http://")]:
        return 421, f"This desk is at {origin} and has no other name."
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return 403, "Another page has asked for this. Open the desk at the address in the terminal."
    if "Transfer-Encoding" in request.headers:  # browsers say how long a form is, and this would go around the limit
        return 411, "The desk takes forms only."
    if request.method != "POST":
        return 0, ""
    if request.headers.getlist("Origin") != [origin]:
        return 403, "This form was not sent from a page of this desk, so nothing was changed."
    if request.mimetype not in FORM_TYPES:
        return 415, "The desk takes forms only."
    return 0, ""


def limit(request: Request, limit_bytes: int) -> None:
    """Let a request have so many bytes; what is longer raises RequestEntityTooLarge as soon as it is read."""
    request.max_content_length = limit_bytes
    request.max_form_memory_size = BODY_BYTES
    request.max_form_parts = 400


def is_ours(request: Request, secret: str) -> bool:
    """Whether a form brings the second secret of its session."""
    return is_same(request.form.get(FORM, ""), secret)


def guarded(response: Response, *, is_preview: bool = False) -> Response:
    """The response with what browsers are told to keep to."""
    response.headers.update(HEADERS)
    if is_preview:
        response.headers.update(PREVIEW_HEADERS)
    return response
