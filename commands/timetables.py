"""A crontab and systemd units that run `ingest`, and workers, as text, quoted as each of them reads it."""

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.errors import ConfigError

# Feeds are read every quarter of an hour at the most (ingest.sources.schedule); a run with nothing due takes a second.
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
    workers      the program and its arguments that start workers, up to the name of their queue; none without a broker
    """

    command: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    every: int
    user: str
    mail: str | None = None
    workers: tuple[str, ...] = ()


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
    return f"""\
[Unit]
Description=claimgraph: read the feeds that are due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={job.user}
{_format_settings(job)}ExecStart={_format_words(job.command)}
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


def format_workers(job: Job) -> str:
    """The systemd.service(5) of workers, a template: the instance is the name of their queue. ConfigError without a
    broker."""
    if not job.workers:
        raise ConfigError("workers need a broker: set CLAIMGRAPH_BROKER (docs/scale-out.md)", subject="broker")
    return f"""\
[Unit]
Description=claimgraph: workers that %i
Wants=network-online.target
After=network-online.target

[Service]
User={job.user}
{_format_settings(job)}ExecStart={_format_words(job.workers)} "%i"
Restart=always
RestartSec=10
# what is under way is finished first
TimeoutStopSec=150
KillMode=mixed
Nice=10
NoNewPrivileges=true
ProtectSystem=full

[Install]
WantedBy=multi-user.target
"""


FORMATS: dict[str, tuple[Callable[[Job], str], str]] = {
    "crontab": (format_crontab, "a crontab: add these lines with `crontab -e`"),
    "service": (format_service, "/etc/systemd/system/claimgraph.service"),
    "timer": (
        format_timer,
        "/etc/systemd/system/claimgraph.timer, then `systemctl enable --now claimgraph.timer`",
    ),
    "workers": (
        format_workers,
        "/etc/systemd/system/claimgraph-workers@.service, then `systemctl enable --now claimgraph-workers@read` …",
    ),
}
"""By name: how the text is made, and where it belongs."""


def format_all(job: Job) -> str:
    """All of them, each under a comment that says where it belongs; workers where there is a broker."""
    parts = [part for name, part in FORMATS.items() if name != "workers" or job.workers]
    return "\n".join(f"# {place}\n{make(job)}" for make, place in parts)


def _format_minutes(every: int) -> str:
    return {1: "*", 60: "0"}.get(every, f"*/{every}")


def _format_settings(job: Job) -> str:
    return "".join(f"Environment={_quote_unit(f'{name}={value}')}\n" for name, value in job.environment)


def _format_words(command: Sequence[str]) -> str:
    return " ".join(_quote_unit(word).replace("$", "$$") for word in command)


def _quote_unit(word: str) -> str:
    """A word as systemd reads it back: quoted, without C escapes or specifiers. ConfigError for line breaks."""
    if not word.isprintable():
        raise ConfigError(f"{word!r}: a unit file cannot hold line breaks; choose another place with --store")
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def make_command(
    program: Sequence[str], store: str, allowed: Sequence[str], command: Sequence[str] = ("--quiet", "ingest")
) -> tuple[str, ...]:
    """The words of a command over a store, a quiet `ingest` unless another is given."""
    networks = [word for network in allowed for word in ("--allow-address", network)]
    return (*program, "--store", store, *networks, *command)
