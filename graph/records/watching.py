"""What readers watch, and what is new about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from graph.records.claims import ClaimId
from graph.records.propositions import PropositionId, Status


class News(StrEnum):
    """What may be new about a matter.

    origin         somebody from whom it had not come before, on either side
    status         a step of its status; a plain first report is none
    denial         somebody denies it who had not before
    figure         a number that nobody had given of it
    contradiction  something that cannot hold beside it
    claim          any claim, repetitions among them
    """

    ORIGIN = "origin"
    STATUS = "status"
    DENIAL = "denial"
    FIGURE = "figure"
    CONTRADICTION = "contradiction"
    CLAIM = "claim"


USUAL_NEWS = tuple(news for news in News if news is not News.CLAIM)
"""What counts as new until somebody chooses: whatever happens, without mere repetitions."""


class WatchedKind(StrEnum):
    ENTITY = "entity"
    MATTER = "matter"
    SEARCH = "search"
    CONTRADICTION = "contradiction"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Watched:
    """Something that is watched.

    target  its id; of a search what was typed, of a contradiction the ids of its matters, `one.other`
    news    what counts as new about it, in the order of the set
    """

    kind: WatchedKind
    target: str
    news: tuple[News, ...] = tuple(News)


@dataclass(frozen=True, slots=True)
class Notice:
    """What one claim brought that is new about something watched.

    news     all that it is, as far as it is asked for, in the order of the set; never empty
    at       when the article was fetched that brought it
    claim    that brought it; of a step back the one that was taken back
    status   the step, where it is one
    against  matters that cannot hold beside it
    """

    watched: Watched
    news: tuple[News, ...]
    at: datetime
    matter: PropositionId
    claim: ClaimId
    status: Status | None = None
    against: tuple[PropositionId, ...] = ()


class Channel(StrEnum):
    """How what is new is sent."""

    MAIL = "mail"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Watch:
    """Something watched whose news are sent, and how that goes.

    number      what it is called by
    to          an e-mail address, or that of a web server
    lang        of mails
    daily       at most once a day; else at the end of every run
    told_until  what was fetched before then was sent; None before the first time
    sent        how many notices were
    failures    how often in a row nothing could be sent; failure: why the last time, empty when it could
    """

    number: int
    watched: Watched
    channel: Channel
    to: str
    lang: str
    daily: bool
    made_at: datetime
    told_until: datetime | None = None
    sent: int = 0
    failures: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class WatchCounts:
    """How many watches there are, how many of them could not send the last time, and how many notices were sent."""

    watches: int
    failing: int
    sent: int
