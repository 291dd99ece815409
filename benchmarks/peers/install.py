"""The peers' tools: found where an earlier benchmark installed them, or installed with exactly the version named."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.peers.peer import Tool

DONE = ".complete"
"""A file beside what was installed: without it, an installation was interrupted."""
LIMIT_S = 900
SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """How to run a tool: the beginning of its command, and what to add to the environment."""

    command: tuple[str, ...]
    surroundings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Why a tool is not there."""

    reason: str


def provide(tool: Tool, folder: Path, *, may_install: bool) -> Installed | Missing:
    """The tool, installed below `folder` when it is not there yet."""
    home = folder / f"{tool.package.strip('@').replace('/', '-')}-{tool.version}"
    if tool.manager != "own" and not (home / DONE).is_file():
        if not may_install:
            return Missing(reason="not installed, and --no-install was said")
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        fault = install(tool, home)
        if fault:
            return Missing(reason=f"could not be installed: {fault}")
        (home / DONE).touch()
    return located(tool, home)


def install(tool: Tool, home: Path) -> str:
    """Install a tool into its own folder; what went wrong, or nothing."""
    for command in commands(tool, home):
        if shutil.which(command[0]) is None:
            return f"there is no {command[0]} here"
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, errors="replace", timeout=LIMIT_S, check=False
            )
        except subprocess.TimeoutExpired:
            return f"{command[0]} took more than {LIMIT_S} seconds"
        if done.returncode:
            return last_words(done.stderr or done.stdout)
    return ""


def commands(tool: Tool, home: Path) -> tuple[tuple[str, ...], ...]:
    """The commands that install a tool; each package manager finds its registry as this machine is set up."""
    if tool.manager == "npm":
        options = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
        return (("npm", "install", "--prefix", str(home), *options, f"{tool.package}@{tool.version}"),)
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{tool.package}=={tool.version}")
    if tool.manager == "beside":
        return ((sys.executable, *pip, "--no-deps", "--target", str(home)),)
    return ((sys.executable, "-m", "venv", str(home)), (str(home / "bin/python"), *pip))


def located(tool: Tool, home: Path) -> Installed | Missing:
    """How to run what is installed."""
    if tool.manager in ("own", "beside"):
        surroundings = {"PYTHONPATH": str(home) if tool.manager == "beside" else ""}
        return Installed(command=(sys.executable, "-m", tool.program), surroundings=surroundings)
    program = next(home.glob(tool.program), None)
    if program is None:
        return Missing(reason=f"its program {tool.program} is not in the package")
    if tool.manager == "pip":
        return Installed(command=(str(program),))
    node = shutil.which("node")
    return Installed(command=(node, str(program))) if node else Missing(reason="there is no node here")


def last_words(output: str) -> str:
    """The last line that says what went wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    wrong = [line for line in lines if "error" in line.lower()] or lines or ["no reason given"]
    return wrong[-1][:SHOWN]
