"""The locks of hosts on a server: who has one may ask that host, of all processes that use the archive."""

from ingest.archive.leases import LeaseTable
from ingest.archive.places import Server, open_server


class HostSession:
    """Locks that go with one session: a process that is killed, or cannot be reached any more, holds none.

    Opens it; StoreUnavailable when that cannot be done. Nothing that shares out sessions by transaction may
    stand between it and the server.
    """

    def __init__(self, place: Server) -> None:
        self._database = open_server(place)
        self._leases = LeaseTable(self._database)

    def take(self, host: str) -> str:
        """Empty when the host is ours now; `host_busy` when another session has it, `host_down` when it is at rest."""
        if not self._database.take(_name(host)):
            return "host_busy"
        if self._leases.is_at_rest(host):
            self._database.free(_name(host))
            return "host_down"
        return ""

    def free(self, host: str) -> None:
        """Others may ask the host from now on."""
        self._database.free(_name(host))

    def rest(self, host: str) -> None:
        """Nobody should ask the host for a while."""
        self._leases.rest_host(host)

    def check(self) -> None:
        """Raises StoreUnavailable when the session is gone."""
        self._database.rows("SELECT 1")

    def close(self) -> None:
        self._database.close()


def _name(host: str) -> str:
    return f"host {host}"
