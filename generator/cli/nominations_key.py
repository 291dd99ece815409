"""`partners nominations key`: the key to which the form on the site seals what people save."""

from collections.abc import Mapping

import click

from generator.cli.vaults import Access, dry_run, kept, reading, say_json, with_vault, working
from generator.jwk import public_part
from generator.nominations import gates
from generator.nominations.acts import refuse
from generator.nominations.season import Refused
from generator.serialize import serialize
from generator.vault.keys import key_path, keys_of, made, names_of_keys

FILE = "district/recognition.yml"


@click.command(
    epilog="""\b
Examples:
  partners nominations key                 makes the first pair and prints its public part
  partners nominations key --show          prints the public part of the newest key once more
  partners nominations key --another       one more pair; what is sealed to older ones still opens

Paste what it prints into district/recognition.yml. The private part stays in the vault; who loses the vault loses it.
"""
)
@click.option("--show", is_flag=True, help="Print the public part of the newest key, and make none.")
@click.option("--another", is_flag=True, help="Make a new key although there is one.")
@with_vault()
@dry_run
def key(access: Access, show: bool, another: bool, dry_run: bool) -> None:
    """Make the pair of keys for sealed nominations: the private one into the vault, the public one to be published.

    With the public key in district/recognition.yml, the form on the site saves a nomination as a file that nobody but
    this vault can open (import NAME.jwe). No key is ever replaced or deleted here: after --another, the vault
    opens what was sealed to any of its keys.
    """
    pair = newest(access) if show else begun(access, another=another, is_dry=dry_run)
    if pair:
        say(access, pair)
    elif access.form == "json":
        say_json({"done": False})
    else:
        click.echo("A new pair of keys would be made. Nothing was written.")


def newest(access: Access) -> Mapping[str, str]:
    """The key that was made last."""
    vault = reading(access).vault
    if not names_of_keys(vault):
        raise Refused("this vault has no key yet: partners nominations key")
    return [*keys_of(vault).values()][-1]


def begun(access: Access, *, another: bool, is_dry: bool) -> Mapping[str, str]:
    """A new key that the vault has from now on; nothing in a dry run."""
    with working(access) as season:
        refuse(gates.role(season.person(access.by), "coordinator"))
        names = names_of_keys(season.vault)
        if names and not another:
            raise Refused(
                f"this vault has a key already, {names[-1]}; --show prints its public part, --another makes one more"
            )
        change, pair = made(by=access.by)
        kept(season, change, is_dry=is_dry)
    return {} if is_dry else pair


def say(access: Access, pair: Mapping[str, str]) -> None:
    """Print the public part of a key, and what to do with it."""
    public = public_part(pair)
    if access.form == "json":
        say_json({"key": public})
        return
    click.echo(f"# The private part is in the vault ({key_path(pair['kid'])}). Paste this into {FILE}:", err=True)
    click.echo(serialize({"key": public}), nl=False)
