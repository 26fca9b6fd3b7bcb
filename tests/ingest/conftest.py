"""Property tests of ingest know no deadline: reading a text takes as long as the machine is busy."""

from hypothesis import settings

settings.register_profile("ingest", deadline=None)
settings.load_profile("ingest")
