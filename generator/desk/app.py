"""The desk as a WSGI application: each request is looked at before anything else, and then finds its page."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from typing import Any

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect

from generator.desk import guard
from generator.desk.forms import objections
from generator.desk.place import Desk, Incoming, reading
from generator.desk.sessions import Session
from generator.desk.visit import TEMPLATES, Visit, plain, shown
from generator.frame.kept import THEME
from generator.nominations.season import Refused
from generator.problems import SetupError

COOKIE = "desk"
ASSETS = {
    "desk.css": (TEMPLATES.parent / "assets/desk.css", "text/css"),
    "dp.css": (THEME / "assets/dp.css", "text/css"),
    "icon.svg": (THEME / "assets/icon.svg", "image/svg+xml"),
}
"""The only files that the desk gives away."""
PAGES = (
    ("/", "queue", "show"),
    ("/audit", "books", "audit"),
    ("/report", "books", "report"),
    ("/incoming", "incoming", "show"),
    ("/n/<number>/", "nomination", "show"),
    ("/n/<number>/triage", "triage", "show"),
    ("/n/<number>/review", "review", "show"),
    ("/n/<number>/decision", "decision", "show"),
    ("/n/<number>/consent", "consent", "show"),
    ("/n/<number>/story", "story", "show"),
    ("/n/<number>/publish", "publish", "show"),
    ("/n/<number>/ending", "ending", "show"),
    ("/n/<number>/preview/<path:rest>", "story", "preview"),
)
"""(path, module, function) of every page; a module with `send` takes the form of its page."""
SENT = {"incoming", "triage", "review", "decision", "consent", "story", "publish", "ending"}
WITH_FILES = {"story", "incoming"}

Handler = Callable[[Visit], Response]


def application(desk: Desk) -> Callable[..., Iterable[bytes]]:
    """The desk's application."""
    routes = Map(
        [
            Rule("/enter", endpoint=("", "enter"), methods=["GET"]),
            Rule("/leave", endpoint=("", "leave"), methods=["POST"]),
            Rule("/assets/<name>", endpoint=("", "asset"), methods=["GET"]),
            *(Rule(path, endpoint=(module, name), methods=["GET"]) for path, module, name in PAGES),
            *(Rule(path, endpoint=(m, "send"), methods=["POST"]) for path, m, n in PAGES if m in SENT and n == "show"),
        ],
        strict_slashes=False,
        merge_slashes=False,
    )

    def run(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        request = Request(environ)
        response = answer(desk, routes, request)
        return response(environ, start)

    return run


def answer(desk: Desk, routes: Map, request: Request) -> Response:
    """The answer to a request, whatever it is."""
    status, sentence = guard.stranger(request, desk.origin)
    if status:
        return guard.guarded(plain("outside.html", sentence, status))
    is_preview = False
    try:
        (module, name), found = _route(desk, routes, request)
        is_preview = name == "preview"
        with desk.busy:
            response = _own(desk, request, name, found) if not module else _page(desk, request, module, name, found)
    except RequestEntityTooLarge:
        response = plain("outside.html", "This form is too long, or its files are too large. Nothing was changed.", 413)
        response.headers["Connection"] = "close"
    except HTTPException as error:
        known = {404: "There is no such page at the desk.", 405: "The desk takes no such request."}
        code = error.code or 400
        response = plain("outside.html", known.get(code, "The desk does not understand this request."), code)
    except (SetupError, OSError) as error:
        response = plain("outside.html", f"{error}", 500)
    return guard.guarded(response, is_preview=is_preview)


def _route(desk: Desk, routes: Map, request: Request) -> tuple[tuple[str, str], dict[str, str]]:
    """Which page a path means; NotFound unless it begins with the desk's own word."""
    path = request.path
    is_inside = path.startswith(desk.base + "/") and "//" not in path
    inside = path.removeprefix(desk.base) if is_inside else "/nowhere/at/all"
    adapter = routes.bind(desk.origin.removeprefix("http://"))
    endpoint, found = adapter.match(inside, method=request.method)
    return endpoint, dict(found)


def _own(desk: Desk, request: Request, name: str, found: dict[str, str]) -> Response:
    """What is no page of the vault: the way in, the way out, and the stylesheets."""
    if name == "asset":
        path, kind = ASSETS.get(found["name"], (None, ""))
        return (
            Response(path.read_bytes(), mimetype=kind) if path else plain("outside.html", "There is no such file.", 404)
        )
    if name == "enter":
        return _enter(desk, request)
    session = _session(desk, request)
    guard.limit(request, guard.BODY_BYTES)
    if session and guard.is_ours(request, session.form):
        desk.sessions.end(session)
        desk.memory.incoming = Incoming()
    response = plain(
        "outside.html", "You have left the desk. The terminal shows an address with which you come back.", 200
    )
    response.delete_cookie(COOKIE, path=desk.base + "/")
    return response


def _enter(desk: Desk, request: Request) -> Response:
    """Exchange the token of the printed address for a cookie, and lead on to an address without it."""
    session = desk.sessions.admit(request.args.get("token", ""))
    if session is None:
        sentence = "This address was used already, or it is an old one. Take the last one in the terminal."
        return plain("outside.html", sentence, 403)
    response = redirect(f"{desk.base}/", 303)
    response.set_cookie(COOKIE, session.secret, path=desk.base + "/", httponly=True, samesite="Strict")
    return response


def _session(desk: Desk, request: Request) -> Session | None:
    secret = request.cookies.get(COOKIE, "")
    return desk.sessions.find(secret) if secret else None


def _page(desk: Desk, request: Request, module: str, name: str, found: dict[str, str]) -> Response:
    """A page of the vault, for whoever has a session."""
    session = _session(desk, request)
    if session is None:
        sentence = "You are not at the desk, or nothing was done for too long. Open the address in the terminal."
        return plain("outside.html", sentence, 403)
    guard.limit(request, guard.FILES_BYTES if module in WITH_FILES else guard.BODY_BYTES)
    if request.method == "POST" and not guard.is_ours(request, session.form):
        return plain("outside.html", "This form is of an earlier visit. Open its page again; nothing was changed.", 403)
    season = reading(desk)
    person = season.person(desk.by)
    number = found.get("number", "")
    if number and number not in season.nominations:
        return plain("outside.html", f"There is no nomination {number} in this vault.", 404)
    visit = Visit(
        desk=desk,
        request=request,
        session=session,
        season=season,
        person=person,
        number=number,
        rest=found.get("rest", ""),
    )
    return handled(visit, getattr(import_module(f"generator.desk.{module}"), name))


def handled(visit: Visit, handler: Handler) -> Response:
    """What a page answers; what refuses a whole page is told on one of its own."""
    try:
        return handler(visit)
    except Refused as refused:
        told = replace(visit, objections=objections(refused.missing))
        return shown(told, "refused.html", {"title": "Not now"}, status=403)
