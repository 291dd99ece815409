"""Scripts and styles as phones get them: without comments and indentation, which only their readers need."""

from rcssmin import cssmin
from rjsmin import jsmin

ASSETS = "assets/"


def lean(path: str, content: bytes) -> bytes:
    """A file of the theme as it is published; what is no script or style of pages stays as it is."""
    if not path.startswith(ASSETS):
        return content
    if path.endswith(".js"):
        return str(jsmin(content.decode("utf-8"))).encode()
    if path.endswith(".css"):
        return str(cssmin(content.decode("utf-8"))).encode()
    return content
