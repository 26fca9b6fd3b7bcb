"""cron counts in minutes: its runs are started when tests have been collected, and looked at last.

REQUIRE_CRON=1 makes a missing cron a failure.
"""

import os

import pytest

from tests.cron.daemon import CannotStart, Scheduled

_FOLDER = "tests/cron/"
_started = pytest.StashKey[Scheduled | str]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.nodeid.startswith(_FOLDER))


def pytest_collection_finish(session: pytest.Session) -> None:
    selected = any(item.nodeid.startswith(_FOLDER) for item in session.items)
    if selected and not session.config.option.collectonly:
        try:
            session.config.stash[_started] = Scheduled()
        except CannotStart as error:
            session.config.stash[_started] = str(error)


@pytest.fixture(scope="session")
def scheduled(request: pytest.FixtureRequest) -> Scheduled:
    """What cron has run since the tests began; waits for the second run."""
    found = request.config.stash[_started]
    if isinstance(found, Scheduled):
        found.wait()
        return found
    if os.environ.get("REQUIRE_CRON"):
        pytest.fail(f"cron is required: {found}", pytrace=False)
    pytest.skip(f"cron: {found}")


def pytest_unconfigure(config: pytest.Config) -> None:
    found = config.stash.get(_started, None)
    if isinstance(found, Scheduled):
        found.close()
