"""Who may use a desk: whoever opened the printed address once, until nothing was done for a while."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from hmac import compare_digest
from threading import Lock

BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser at the desk: the secret of its cookie, that of its forms, and when it was last seen."""

    secret: str
    form: str
    seen: float


class Sessions:
    """The sessions of a desk, which many threads ask.

    An address is used once. When the last session has ended, `tell` gets a new token, for a new address.
    """

    def __init__(self, idle_seconds: float, clock: Callable[[], float], tell: Callable[[str], None]) -> None:
        self.idle_seconds = idle_seconds
        self.clock = clock
        self.tell = tell
        self.token = ""
        self.living: dict[str, Session] = {}
        self.lock = Lock()

    def invite(self) -> str:
        """A new token, which the next visitor has to bring; an older one is worth nothing any more."""
        self.token = secrets.token_urlsafe(BYTES)
        return self.token

    def admit(self, token: str) -> Session | None:
        """A session for whoever brings the token, which is used up then; None when it is not the right one."""
        with self.lock:
            if not self.token or not is_same(token, self.token):
                return None
            self.token = ""
            session = Session(secret=secrets.token_urlsafe(BYTES), form=secrets.token_urlsafe(BYTES), seen=self.clock())
            self.living[session.secret] = session
            return session

    def find(self, secret: str) -> Session | None:
        """The session with that secret, seen now; None when there is none, or none any more."""
        with self.lock:
            self.forget_idle()
            found = next((each for each in self.living.values() if is_same(secret, each.secret)), None)
            if found is None:
                return None
            self.living[found.secret] = replace(found, seen=self.clock())
            return found

    def end(self, session: Session) -> None:
        """End a session; when it was the last one, a new address is told."""
        with self.lock:
            self.living.pop(session.secret, None)
            self.renew()

    def forget_idle(self) -> None:
        """Forget the sessions in which nothing was done for too long."""
        before = len(self.living)
        oldest = self.clock() - self.idle_seconds
        self.living = {secret: each for secret, each in self.living.items() if each.seen >= oldest}
        if len(self.living) < before:
            self.renew()

    def renew(self) -> None:
        """Tell a new token when nobody is left and none is open."""
        if not self.living and not self.token:
            self.tell(self.invite())


def is_same(given: str, wanted: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing about how far they are."""
    return compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())
