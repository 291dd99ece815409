"""The tables of the benchmark, in the order in which they are measured and printed."""

from benchmarks.table import Table
from benchmarks.tables.check import CHECK
from benchmarks.tables.growth import GROWTH
from benchmarks.tables.incremental import INCREMENTAL
from benchmarks.tables.memory import MEMORY
from benchmarks.tables.parts import PARTS
from benchmarks.tables.peers import PEERS
from benchmarks.tables.phone import PHONE
from benchmarks.tables.search import SEARCH

TABLES: tuple[Table, ...] = (PEERS, GROWTH, MEMORY, INCREMENTAL, SEARCH, PARTS, CHECK, PHONE)
