"""Where the time of a build goes."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Timings:
    """Seconds by stage, in the order in which the stages began; `--timings` shows them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.started = perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time that the block takes to a stage."""
        began = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - began

    def table(self) -> str:
        """A line for each stage: its name, seconds, and its part of the whole."""
        whole = perf_counter() - self.started
        rows = {**self.seconds, "everything else": whole - sum(self.seconds.values()), "whole build": whole}
        width = max(map(len, rows))
        return "\n".join(f"{name:<{width}} {took:9.2f} s {took / whole:6.0%}" for name, took in rows.items())
