"""Two runs of `claimgraph ingest` that a real cron started from the table that `schedule show` printed."""

import os
import shlex
import subprocess
from datetime import timedelta

import pytest

from graph.stores import open_store
from ingest.archive import Archive
from tests.cron.daemon import Scheduled

pytestmark = pytest.mark.slow


def test_cron_runs_ingest_twice(scheduled: Scheduled) -> None:
    readings = scheduled.list_readings()
    assert len(readings) == 2, scheduled.log
    first, second = readings
    for run in readings:
        assert (run.feeds_read, run.articles_new) == (1, 1), run
    # Started at whole minutes.
    assert second.started_at - first.started_at > timedelta(seconds=30)
    with Archive(scheduled.archive) as archive:
        assert archive.count_pending() == 0
    with open_store(str(scheduled.store), read_only=True) as store:
        assert store.count().articles == 2
        assert store.count().claims > 0


def test_a_run_with_nothing_to_do_says_nothing(scheduled: Scheduled) -> None:
    line = scheduled.crontab.splitlines()[-1].removeprefix("* * * * * ").replace("\\%", "%")
    done = subprocess.run(
        ["/bin/sh", "-c", line], env={"PATH": "/usr/bin:/bin", "HOME": os.environ.get("HOME", "/")}, cwd="/",
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), shlex.split(line)
