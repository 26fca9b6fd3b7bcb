"""A crontab and systemd units that run `ingest`, as text, quoted as each of them reads it."""

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.errors import ConfigError

# Feeds are read every quarter of an hour at the most (ingest.schedule); a run with nothing due takes about a second.
EVERY = 15
# Those that divide an hour: cron and systemd count minutes within it.
INTERVALS = (1, 5, 10, 15, 20, 30, 60)
# A crontab(5) setting ends with its line, and its quotes cannot be escaped.
_ADDRESS = re.compile(r"[^\s\"'%\\]+")


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be run.

    command      the program and its arguments, in full
    environment  settings that have no flag
    every        minutes from one run to the next, one of INTERVALS
    user         whose account runs it
    mail         where cron sends what a run says; None: to the account
    """

    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    every: int
    user: str
    mail: str | None = None


def format_crontab(job: Job) -> str:
    """A crontab(5) of one job, for `crontab -`. ConfigError when something in it cannot be written there."""
    settings = [f"{name}={shlex.quote(value)}" for name, value in job.environment]
    line = " ".join([*settings, shlex.join(job.command)])
    if not line.isprintable():
        raise ConfigError(f"{line!r}: a crontab cannot hold line breaks; choose another place with --store")
    if job.mail is not None and job.mail and not _ADDRESS.fullmatch(job.mail):
        raise ConfigError(f"--mail {job.mail}: no address", subject=job.mail)
    head = "SHELL=/bin/sh\n" + ("" if job.mail is None else f'MAILTO="{job.mail}"\n')
    # cron makes a line break of %, and one backslash of two, before the shell sees the line.
    escaped = line.replace("\\", "\\\\").replace("%", "\\%")
    return f"{head}{_format_minutes(job.every)} * * * * {escaped}\n"


def format_service(job: Job) -> str:
    """The systemd.service(5) of a run."""
    settings = "".join(f"Environment={_quote_unit(f'{name}={value}')}\n" for name, value in job.environment)
    words = [_quote_unit(word).replace("$", "$$") for word in job.command]
    return f"""\
[Unit]
Description=claimgraph: read the feeds that are due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={job.user}
{settings}ExecStart={" ".join(words)}
# 1: some items failed; they are named in the journal and by `claimgraph status`
SuccessExitStatus=1
TimeoutStartSec=2h
Nice=10
NoNewPrivileges=true
ProtectSystem=full
"""


def format_timer(job: Job) -> str:
    """The systemd.timer(5) that starts the service."""
    return f"""\
[Unit]
Description=claimgraph: read feeds every {job.every} min

[Timer]
OnCalendar={"hourly" if job.every == 60 else f"*:0/{job.every}"}
RandomizedDelaySec=30
Persistent=true

[Install]
WantedBy=timers.target
"""


FORMATS: dict[str, tuple[Callable[[Job], str], str]] = {
    "crontab": (format_crontab, "a crontab: add these lines with `crontab -e`"),
    "service": (format_service, "/etc/systemd/system/claimgraph.service"),
    "timer": (
        format_timer,
        "/etc/systemd/system/claimgraph.timer, then `systemctl enable --now claimgraph.timer`",
    ),
}
"""By name: how the text is made, and where it belongs."""


def format_all(job: Job) -> str:
    """All of them, each under a comment that says where it belongs."""
    return "\n".join(f"# {place}\n{make(job)}" for make, place in FORMATS.values())


def _format_minutes(every: int) -> str:
    return {1: "*", 60: "0"}.get(every, f"*/{every}")


def _quote_unit(word: str) -> str:
    """A word as systemd reads it back: quoted, without C escapes or specifiers. ConfigError for line breaks."""
    if not word.isprintable():
        raise ConfigError(f"{word!r}: a unit file cannot hold line breaks; choose another place with --store")
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def make_command(program: Sequence[str], store: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """The words of a quiet `ingest` over a store."""
    networks = [word for network in allowed for word in ("--allow-address", network)]
    return (*program, "--store", store, *networks, "--quiet", "ingest")
