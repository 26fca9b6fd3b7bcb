"""An edition as a view: for page, feed, API and command line. Claims are named by id; the view has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from graph.answers.proposition_views import MatterView
from graph.editions.ranking import Reasons
from graph.matters.reply import Answer, Reply
from graph.matters.stake import Stake
from graph.records import ClaimId, Event, Status
from graph.views import ClaimView, EntityRef, PartyView


@dataclass(frozen=True, slots=True)
class RankedView:
    """A matter as known by the end of the window, and why it stands where it does."""

    matter: MatterView
    score: float
    weight: float
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class OriginView:
    """Whom a matter comes from: by name where it has one, an outlet in its own voice, else words for somebody."""

    party: PartyView
    is_outlet: bool


@dataclass(frozen=True, slots=True)
class EditionStory:
    """Matters told together.

    lead     the one that leads it; more: the next ones; left: how many others there are
    was      what had become of the lead before the window; None where it is new
    origins  whom the lead comes from, oldest first, the first five
    says     sentences of its first origin that has one, at most one a language, the best first
    denies   the newest that denies it
    answer   what the accused did, where nobody denies it; None where nobody is asked
    reply    the sentence that shows it, where one says that there was no answer
    stake    of who speaks now, else of who spoke first
    sources  who reported it in the window
    claims   the lead's last ones, oldest first; earlier: how many came before them
    """

    lead: RankedView
    was: Event | None
    origins: tuple[OriginView, ...]
    says: tuple[ClaimId, ...]
    denies: ClaimId | None
    answer: Answer | None
    reply: Reply | None
    stake: Stake | None
    sources: tuple[str, ...]
    claims: tuple[ClaimId, ...]
    earlier: int
    more: tuple[RankedView, ...]
    left: int


@dataclass(frozen=True, slots=True)
class StepView:
    """What became of a matter in the window that no story tells."""

    matter: MatterView
    was: Status | None


@dataclass(frozen=True, slots=True)
class UnansweredView:
    """An accusation that nobody has answered in what was read, for so many days."""

    matter: MatterView
    days: int


@dataclass(frozen=True, slots=True)
class EditionView:
    """What a day brought, or what was fetched since a moment.

    day        in the zone; None where it is no day
    is_last    nothing was reported on the day that runs: it is the last one on which something was
    since, until  its moments; until is None where it goes on
    is_alone   one article is all that was ever read
    articles, sources, matters  how many it has
    stories    those told in full; lines: the next ones, told in a line each
    left       matters in neither, and in no story
    weak       readings that are too weak to be told
    aside      articles that were found not to be about AI
    before, after  the nearest days with reports
    days       claims a day, the last thirty
    """

    day: date | None
    zone: str
    is_last: bool
    since: datetime
    until: datetime | None
    is_alone: bool
    articles: int
    sources: int
    matters: int
    stories: tuple[EditionStory, ...]
    lines: tuple[EditionStory, ...]
    left: int
    steps: tuple[StepView, ...]
    unanswered: tuple[UnansweredView, ...]
    weak: int
    aside: int
    before: date | None
    after: date | None
    days: dict[date, int]
    claims: Mapping[str, ClaimView]
    entities: Mapping[str, EntityRef]
