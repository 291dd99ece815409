"""A server of tests that a browser may ask for much at once, and leave at any time."""

import sys
from http.server import ThreadingHTTPServer


class Server(ThreadingHTTPServer):
    """Serves in threads, and says nothing of those who hang up."""

    request_queue_size = 128
    """Five are the default; whoever comes while a busy machine has not yet greeted those would have to come again."""

    def handle_error(self, request: object, client_address: object) -> None:
        """A page that is closed while it loads is no news; all else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]
