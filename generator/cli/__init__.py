"""The command `partners`: one module for each of its words, imported only when that word is used."""

import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

import click

from generator import __version__
from generator.cli.later import Later
from generator.problems import SetupError

COMMANDS = {
    "check": ("check", "Check every record and say what is wrong, where, and what to write instead."),
    "build": ("build", "Build the site."),
    "shards": ("shards", "Say in how many parts a site is built well."),
    "merge": ("merge", "Join the parts of a site that was built in parts."),
    "audit": ("audit", "Look through a built site before it is published."),
    "serve": ("serve", "Show the site in a browser while you edit."),
    "new": ("new", "Start a new record."),
    "import": ("import_", "Take partners from spreadsheets, forms and other directories."),
    "translate": ("translate", "Bring texts to translators and back, and say how far each language is."),
    "intake": ("intake", "Take what people propose, by an issue form or a file from the site."),
    "fresh": ("fresh", "List the partners whose records want a new look, and whom to ask."),
    "verify": ("verify", "Record that somebody has confirmed a record."),
    "links": ("links", "Ask whether the links of the records still lead somewhere."),
    "nominations": ("nominations", "Take nominations in, review them, and publish stories, in a private vault."),
    "diff": ("diff", "Say in words what changed between two states of the records."),
    "show": ("show", "Show a record with everything that is linked to it."),
    "sample": ("sample", "Write a complete invented district."),
}

INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM
"""Exit codes of a command that was stopped, as shells have them."""


@click.group(
    cls=Later,
    later=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  partners check
  partners build
  partners new partner "River Food Bank"
  partners sample riverbend --partners 60 --schools 12 --languages en,es,ar
""",
)
@click.version_option(__version__, prog_name="partners")
def partners() -> None:
    """A public directory of a school district's community partners, from YAML files in git to a website.

    Exit codes: 0 all is well, 1 there are problems, 2 wrong use, 130 or 143 stopped.
    """


def main() -> None:
    """Run the command; what is broken outside our records is said in one line, never in a traceback.

    Ctrl-C (exit code 130) and SIGTERM (143) end it in an orderly way: what was begun is cleaned up first.
    """
    open_streams()
    signal.signal(signal.SIGTERM, terminate)
    sys.unraisablehook = heed
    try:
        sys.exit(partners.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        stop(INTERRUPTED)
    except Terminated:
        stop(TERMINATED)
    except SetupError as error:
        fail(str(error))
    except RuntimeError as error:  # Python 3.11 wraps what interrupts the making of a class
        if not isinstance(error.__cause__, Terminated):
            raise
        stop(TERMINATED)
    except MemoryError:
        fail("memory ran out; --jobs 1 needs less of it")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        fail(f"{name}{(error.strerror or str(error)).lower()}")


def open_streams() -> None:
    """Put nothing in the place of each standard stream that is closed, so that no file of ours is taken for it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - until the end


class Terminated(SystemExit):
    """Somebody asked the process to end."""


def terminate(signal_number: int, frame: FrameType | None) -> None:
    """End as after an error: the answer to SIGTERM, which would otherwise leave half-built folders behind."""
    threading.excepthook = unheard
    raise Terminated


def heed(args: "sys.UnraisableHookArgs") -> None:
    """Ask once more to be stopped where Python could not stop, as in the middle of starting another process."""
    if isinstance(args.exc_value, KeyboardInterrupt | Terminated):
        number = signal.SIGTERM if isinstance(args.exc_value, Terminated) else signal.SIGINT
        again = threading.Timer(0.01, os.kill, (os.getpid(), number))
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(args)


def unheard(args: threading.ExceptHookArgs) -> None:
    """Keep quiet about a thread whose work was stopped half-way, such as one that waits for other processes."""


def stop(exit_code: int) -> None:
    """Say that the command was stopped, and leave; whoever asks again while we say it is not heard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    click.echo("Stopped.", err=True)
    sys.exit(exit_code)


def fail(message: str) -> None:
    """Say in one line what stopped the command, and leave with exit code 1."""
    click.echo(click.style("partners: ", fg="red") + message, err=True)
    sys.exit(1)
