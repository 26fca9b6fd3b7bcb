"""Property tests of ingest know no deadline, as reading a text takes as long as the machine is busy; an archive."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from ingest.archive import Archive, Place

settings.register_profile("ingest", deadline=None)
settings.load_profile("ingest")


@pytest.fixture
def archive(archive_place: Place) -> Iterator[Archive]:
    """An empty archive: in a file, on a server."""
    with Archive(archive_place) as kept:
        yield kept
