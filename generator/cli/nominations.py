"""`partners nominations`: from what neighbours send to a story on the site, in a private vault."""

import click

from generator.cli.later import Later

COMMANDS = {
    "init": ("nominations_vault", "Begin a vault."),
    "settings": ("nominations_vault", "Put a change of vault.yml on record."),
    "key": ("nominations_key", "Make the key to which the form on the site seals what people save."),
    "import": ("nominations_import", "Take in answers of a form, files of the form on the site, and e-mails."),
    "list": ("nominations_vault", "List the nominations, or those that wait for you."),
    "show": ("nominations_vault", "Show one nomination, as far as you may see it."),
    "triage": ("nominations_work", "Say whom a nomination means, or set it aside."),
    "review": ("nominations_work", "Score a nomination, or stand back."),
    "decide": ("nominations_work", "Decide, with a reason."),
    "consent": ("nominations_work", "Note that consent was asked for, given or taken back."),
    "publish": ("nominations_public", "Schedule a story, and write it into the public tree on its day."),
    "withdraw": ("nominations_public", "Take a story back."),
    "expire": ("nominations_public", "End stories without consent, and anonymise what was kept long enough."),
    "anonymise": ("nominations_public", "Delete everything personal of one nomination."),
    "desk": ("nominations_desk", "Do all this in a browser, on this computer only."),
    "audit": ("nominations_books", "Look whether the vault is what its ledger says, and who decided what."),
    "report": ("nominations_books", "Count a season, without anything personal."),
    "guard": ("nominations_books", "Look whether something of a vault has strayed into the public tree."),
}


@click.group(
    cls=Later,
    later=COMMANDS,
    epilog="""\b
Examples:
  export PARTNERS_VAULT=/private/vault PARTNERS_STAFF=alex
  partners nominations init --name "Alex Rivera"
  partners nominations import answers.csv
  partners nominations list --mine
  partners nominations review N-2027-0003 --score impact=4 --score partnership=5 --score what-sustains-it=4 \\
      --reason "The school's own numbers show it."

Exit codes: 0 done, 1 refused (each missing gate is named) or something is wrong, 2 wrong use.
""",
)
def nominations() -> None:
    """Take nominations in, review, decide, ask for consent, and publish a story: all in a private vault.

    The vault is a folder outside the public tree. Every change is a line in its ledger. docs/recognition.md tells how
    staff run a season.
    """
