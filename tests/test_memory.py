"""How much memory there is: as the kernel says, and as the groups of processes around this one allow."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.machine.memory import UNKNOWN_BYTES, available_bytes

KERNEL = {"proc/meminfo": "MemTotal:  8000000 kB\nMemFree:  100 kB\nMemAvailable:    5000 kB\n"}
V2 = {
    "proc/self/cgroup": "0::/build/job\n",
    "sys/fs/cgroup/build/job/memory.max": "max\n",
    "sys/fs/cgroup/build/job/memory.current": "1000\n",
    "sys/fs/cgroup/build/memory.max": "3000000\n",
    "sys/fs/cgroup/build/memory.current": "1000000\n",
    "sys/fs/cgroup/build/memory.stat": "anon 900000\ninactive_file 4000\nslab 7\n",
}
V1 = {
    "proc/self/cgroup": "9:cpu,cpuacct:/elsewhere\n4:memory:/hidden/in/a/container\n0::/\n",
    "sys/fs/cgroup/memory/memory.limit_in_bytes": "2000000\n",
    "sys/fs/cgroup/memory/memory.usage_in_bytes": "500000\n",
    "sys/fs/cgroup/memory/memory.stat": "inactive_file 1\ntotal_inactive_file 100\n",
}
NO_LIMIT = {"sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (KERNEL, 5_120_000),
        (KERNEL | V2, 2_004_000),
        (KERNEL | V1, 1_500_100),
        (KERNEL | V1 | NO_LIMIT, 5_120_000),
        (KERNEL | V1 | {"sys/fs/cgroup/memory/memory.usage_in_bytes": "2500000\n"}, 0),
        (V2, 2_004_000),
    ],
    ids=["kernel", "version 2, by the group above", "version 1", "no limit", "all used", "groups only"],
)
def test_the_least_that_anything_allows(files: Mapping[str, str], expected: int, tmp_path: Path) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert available_bytes(tmp_path) == expected


def test_a_system_that_says_nothing_has_some_all_the_same(tmp_path: Path) -> None:
    assert available_bytes(tmp_path) >= min(UNKNOWN_BYTES, 64 << 20)


def test_this_machine_has_some() -> None:
    assert 0 < available_bytes() < 1 << 50
