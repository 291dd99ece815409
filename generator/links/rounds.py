"""All addresses of a directory, each asked once, with a pause between two questions to the same host."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from generator.links.visit import Manners, Visit, visit

AT_ONCE = 8
"""Hosts that are asked at the same time."""
SEVERAL = 3
"""So many hosts are hardly all gone at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clockwork:
    """How time passes: a way to wait some seconds, and the pause between two questions to one host."""

    sleep: Callable[[float], None]
    delay_s: float = 1


def round_of(
    records: Mapping[str, Iterable[str]], manners: Manners, clockwork: Clockwork, tell: Callable[[int, int], None]
) -> dict[str, tuple[Visit, ...]]:
    """The visits to the addresses of each record, by its path; `tell` gets the numbers of addresses done and in all."""
    wanted = dict.fromkeys(urldefrag(url).url for urls in records.values() for url in urls)
    hosts: dict[str, list[str]] = {}
    for url in wanted:
        hosts.setdefault(_host(url), []).append(url)
    done: dict[str, Visit] = {}

    def ask(urls: list[str]) -> dict[str, Visit]:
        found: dict[str, Visit] = {}
        for url in urls:
            if found:
                clockwork.sleep(clockwork.delay_s)
            found[url] = visit(url, manners, clockwork.sleep)
        return found

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for found in pool.map(ask, hosts.values()):
            done |= found
            tell(len(done), len(wanted))
    return {path: tuple(done[urldefrag(url).url] for url in dict.fromkeys(urls)) for path, urls in records.items()}


def is_offline(visits: Iterable[Visit]) -> bool:
    """Whether no machine of several answered anything, so that the fault is on this side."""
    asked = {_host(each.url): each for each in visits if each.state != "refused"}
    return len(asked) >= SEVERAL and not any(each.status for each in asked.values())


def _host(url: str) -> str:
    """Whose machine an address is; one that cannot be read is a host of its own."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url
