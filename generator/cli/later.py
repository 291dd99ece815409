"""A group of commands whose modules are imported only when somebody asks for one of them."""

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click


class Later(click.Group):
    """Commands by their names, in the order in which people meet them, each with its module in `generator.cli` and what
    it does. A name that means something else in Python, such as `import` and `list`, ends in `_` in the module.
    """

    def __init__(self, *args: Any, later: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in their order."""
        return list(self.later)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in self.later:
            return None
        module = import_module(f"generator.cli.{self.later[cmd_name][0]}")
        name = f"{cmd_name}_" if iskeyword(cmd_name) or cmd_name == "list" else cmd_name
        command: click.Command = getattr(module, name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in self.later.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name; an unknown one is a wrong use that names the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from generator.nearest import nearest  # slow to import, and most words are right

            near = nearest(args[0], self.later) if args else ""
            hint = f' Did you mean "{near}"?' if near else ""
            raise click.UsageError(f'There is no command "{args[0]}".{hint}', ctx) from error
