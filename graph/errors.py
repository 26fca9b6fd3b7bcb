"""What can go wrong, for callers that treat it differently.

    ClaimGraphError
    ├── ConfigError            a setting or an argument cannot be used
    ├── FetchError             an address could not be read
    ├── DeliveryError          what is new could not be sent to whom it is for
    ├── ParseError             bytes or text are not what they should be
    ├── StoreError             the store refused or failed
    │   ├── NotFound           no such record
    │   ├── JudgementRefused   it contradicts what is judged already, or says nothing
    │   └── StoreUnavailable   the store cannot be opened or reached
    │       └── NoStore        there is none yet
    ├── BrokerError            the broker that tells workers what to do cannot be reached, or takes nothing
    ├── QueryError             a query was refused, failed or ran out of its limits
    └── ModelError             a language model could not be asked, or its reply is of no use

Each carries its subject (an address, a file, an id) and, where programs count it, a stable reason.
A message says what, on which thing, and what to do.
"""


class ClaimGraphError(Exception):
    """The root of the tree. `str()` is the message for people."""

    def __init__(self, message: str, *, subject: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.subject = subject
        self.reason = reason


class ConfigError(ClaimGraphError):
    """A setting, argument or file given by the user cannot be used."""


class FetchError(ClaimGraphError):
    """An address could not be read; `reason` says how (`timeout`, `http_503`, `too_large`, …)."""


class DeliveryError(ClaimGraphError):
    """A mail or webhook was not taken; `reason` says how (`timeout`, `http_503`, `refused`, …)."""


class ParseError(ClaimGraphError):
    """A document is not what it should be; `reason` says how (`not_a_feed`, `no_text`, …)."""


class StoreError(ClaimGraphError):
    """The store refused or failed."""


class NotFound(StoreError):
    """There is no record of that id."""


class JudgementRefused(StoreError):
    """A judgement about identity contradicts an earlier one that counts, or changes nothing."""


class StoreUnavailable(StoreError):
    """The store cannot be opened, is of another version, or does not answer."""


class NoStore(StoreUnavailable):
    """Nothing has been stored at the address yet: no file, or one or a server without a graph."""


class BrokerError(ClaimGraphError):
    """The broker does not answer (`unreachable`), refuses the account (`refused`), or takes no more (`full`)."""


class QueryError(ClaimGraphError):
    """A Cypher or search query was refused (`refused`), failed (`failed`) or hit a limit (`timeout`, `memory`).

    `abandoned`: stopped, since nobody waited for it. `closed`: Cypher is not answered to this reader.
    """


class ModelError(ClaimGraphError):
    """A language model was not asked or gave nothing of use; `reason` says why (`budget`, `timeout`, …).

    `pause`: seconds that the server asked to be left alone; None when it did not.
    """

    def __init__(self, message: str, *, subject: str = "", reason: str = "", pause: float | None = None) -> None:
        super().__init__(message, subject=subject, reason=reason)
        self.pause = pause
