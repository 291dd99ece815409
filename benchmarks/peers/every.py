"""Every peer that there is to compare with."""

from benchmarks.peers.eleventy import ELEVENTY
from benchmarks.peers.hugo import HUGO
from benchmarks.peers.hugo_lists import HUGO_LISTS
from benchmarks.peers.hugo_records import HUGO_RECORDS
from benchmarks.peers.mkdocs import INSIDE, OUT, STATIC_I18N, ZENSICAL
from benchmarks.peers.peer import Peer

EVERY_PEER: tuple[Peer, ...] = (HUGO, HUGO_LISTS, HUGO_RECORDS, ELEVENTY, ZENSICAL, OUT, STATIC_I18N, INSIDE)
