"""Command lines that docs, pages and files tell people to type, held beside what there is to type."""

from collections.abc import Sequence

import click

from claimgraph import main


def check(words: Sequence[str]) -> None:
    """Fails when `claimgraph` has no such command, or the command no such options and arguments."""
    name, *rest = words
    assert name.rsplit("/")[-1] == "claimgraph"
    command: click.Command = main
    context: click.Context | None = None
    while isinstance(command, click.Group):
        context = click.Context(command, parent=context, info_name=name)
        _, (name, *rest), _ = command.make_parser(context).parse_args(list(rest))
        assert name in command.commands, f"there is no command {name}"
        command = command.commands[name]
    command.make_context(name, list(rest), parent=context)
