"""The command line: what holds for every command, and which modules of commands there are.

Records go to stdout (`--json`: one object a line), messages and progress to stderr. Exit codes: 0 all well,
1 some items failed, 2 wrong use or a refused query, 3 the store or the broker cannot be used, 130 interrupted.
"""

import io
import os
import sys
from importlib import import_module
from typing import Any

try:
    import click

    from commands.printing import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_STORE, EXIT_USAGE, complain, drop_output, say
    from commands.settings import load_config
    from graph.errors import (
        BrokerError,
        ClaimGraphError,
        ConfigError,
        JudgementRefused,
        NotFound,
        QueryError,
        StoreError,
    )
except KeyboardInterrupt:
    sys.exit(130)  # Ctrl-C while it loads: nothing has begun

# Modules of `commands`; each lists in COMMANDS what it adds.
_MODULES = (
    "reading",
    "feeds",
    "sources",
    "entities",
    "asking",
    "stories",
    "grouping",
    "evaluating",
    "moving",
    "archiving",
    "deriving",
    "rulings",
    "corrections",
    "matters",
    "today",
    "watching",
    "serving",
    "agents",
    "proposals",
    "upkeep",
    "workers",
    "learning",
    "rereading",
    "auditing",
)

# What is cut short here goes on with the next run; the others begin anew.
_GO_ON = {"add", "ingest", "reread"}

# The first that fits counts.
_EXIT_CODES = (
    (ConfigError, EXIT_USAGE),
    (QueryError, EXIT_USAGE),
    (NotFound, EXIT_USAGE),
    (JudgementRefused, EXIT_USAGE),
    (StoreError, EXIT_STORE),
    (BrokerError, EXIT_STORE),
    (ClaimGraphError, EXIT_FAILED),
)


class _Commands(click.Group):
    """Turns errors into messages and exit codes, once, for every command."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ClaimGraphError as error:
            complain(str(error))
            ctx.exit(next(code for kind, code in _EXIT_CODES if isinstance(error, kind)))
        except click.FileError as error:
            complain(f"{error.ui_filename}: {error.message}")
            ctx.exit(EXIT_USAGE)
        except UnicodeEncodeError as error:
            # What the command line gives outside the locale's encoding; no database, address or query can hold it.
            complain(f"{error.object!a}: not text in the encoding of this terminal; try UTF-8")
            ctx.exit(EXIT_USAGE)
        except KeyboardInterrupt:
            rest = "; what was stored stays, the rest is taken up by the next run"
            say(f"interrupted{rest if ctx.invoked_subcommand in _GO_ON else ''}")
            ctx.exit(EXIT_INTERRUPTED)
        except BrokenPipeError:
            drop_output()  # `claimgraph search … | head`: no error
            ctx.exit(0)
        except OSError as error:
            drop_output()
            complain(f"{error.filename or 'input or output'}: {error.strerror}")
            ctx.exit(EXIT_FAILED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--store",
    metavar="ADDRESS",
    help="Where the graph lives: a file, or bolt:// or neo4j:// of a server.  [env: CLAIMGRAPH_STORE]",
)
@click.option("--config", metavar="FILE", help="Settings file in TOML.  [env: CLAIMGRAPH_CONFIG]")
@click.option(
    "--allow-address", metavar="CIDR", multiple=True, help="A private network that may be called all the same."
)
@click.option("-q", "--quiet", is_flag=True, help="Only say what failed.")
@click.version_option(package_name="claimgraph")
@click.pass_context
def main(ctx: click.Context, /, **flags: Any) -> None:
    """Who claims what about whom in AI, through whom, how firmly, in which sentence.

    A first look: `claimgraph demo`. Your own: `claimgraph feeds add URL`, `claimgraph ingest`, `claimgraph serve`.
    """
    if not sys.stdout:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - closed (`>&-`), and stays so to the end
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Japanese gets the rest of the line
    ctx.obj = load_config(flags, os.environ)


try:
    for _name in _MODULES:
        for _command in import_module(f"commands.{_name}").COMMANDS:
            main.add_command(_command)
except KeyboardInterrupt:
    sys.exit(EXIT_INTERRUPTED)


if __name__ == "__main__":
    main(prog_name="claimgraph")
