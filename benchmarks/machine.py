"""The machine that figures belong to; nothing that tells whose it is."""

import os
import platform
from pathlib import Path

KIB_PER_GIB = 1024 * 1024


def machine() -> str:
    """Cores, processor, memory, system and Python in one line."""
    names = [line.partition(":")[2].strip() for line in _lines(Path("/proc/cpuinfo")) if line.startswith("model name")]
    sizes = [int(line.split()[1]) for line in _lines(Path("/proc/meminfo")) if line.startswith("MemTotal:")]
    processor = names[0] if names else platform.processor() or platform.machine()
    memory = f"{sizes[0] / KIB_PER_GIB:.0f} GiB of memory, " if sizes else ""
    return f"{os.cpu_count()} cores, {processor}, {memory}{platform.system()}, Python {platform.python_version()}"


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines() if file.is_file() else []
