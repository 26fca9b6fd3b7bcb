"""What a story holds: its articles, the ties that they state, and what a careful reader makes of them.

The fields are those of `story.json` (docs/stories.md); what nothing here scores is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic import Field as Named

from graph.records import ContradictionKind, CopyKind, Relation, SourceKind, Status
from graph.spelling.kana import LANGUAGES


def _check_language(lang: str) -> str:
    if lang not in LANGUAGES:
        raise ValueError(f"{lang} is none of {', '.join(LANGUAGES)}")
    return lang


Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
Lang = Annotated[str, AfterValidator(_check_language)]
# A story writes `under_investigation`.
Became = Annotated[Status, BeforeValidator(lambda text: str(text).replace("_", " "))]


class ReplyState(StrEnum):
    """What the accused did."""

    ASKED = "asked"
    ANSWERED = "answered"
    DENIED = "denied"
    NO_RESPONSE = "did not respond"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article by its file. `copy_of` and `version_of` name other files: who reads it has to find that out."""

    file: str
    source: str
    source_kind: SourceKind
    lang: Lang
    published_at: Moment
    url: str
    copy_of: str | None
    copy_kind: CopyKind | None
    version_of: str | None


@dataclass(frozen=True, slots=True)
class StatedTie:
    """A tie that an article states; `also` are relations that would be right too."""

    start: Annotated[str, Named(alias="from")]
    relation: Annotated[Relation, Named(alias="rel")]
    end: Annotated[str, Named(alias="to")]
    also: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectedEvent:
    """A step of a matter's history, of its day."""

    status: Became
    valid_from: Moment


@dataclass(frozen=True, slots=True)
class Opposed:
    """The other matter of a contradiction."""

    id: str
    kind: ContradictionKind


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A matter that is likely to be taken for contradicting, and does not."""

    id: str


@dataclass(frozen=True, slots=True)
class ExpectedMatter:
    """A matter that the articles speak of.

    anchors       of each article that speaks of it, a piece of the sentence
    origins_also  names that may stand beside or instead of the origins
    final_status  the status at the end, where any careful reader would agree
    """

    id: str
    label: str
    anchors: Mapping[str, str]
    origins: tuple[str, ...]
    status_events: tuple[ExpectedEvent, ...]
    final_status: Became | None
    contradicts: tuple[Opposed, ...]
    not_contradicting: tuple[LookAlike, ...]
    origins_also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectedInflation:
    """A later sentence that is firmer than the one it draws on."""

    proposition: str
    start: Annotated[str, Named(alias="from")]
    end: Annotated[str, Named(alias="to")]
    from_sentence: str
    to_sentence: str


@dataclass(frozen=True, slots=True)
class SaidStep:
    """A sentence of somebody whose certainty changed."""

    file: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ExpectedDrift:
    """A speaker whose certainty on a matter changed."""

    proposition: str
    who: str
    steps: tuple[SaidStep, ...]


@dataclass(frozen=True, slots=True)
class PathStep:
    """A tie on the way from a claimant to a rival."""

    start: Annotated[str, Named(alias="from")]
    relation: Annotated[Relation, Named(alias="rel")]
    end: Annotated[str, Named(alias="to")]


@dataclass(frozen=True, slots=True)
class ExpectedStake:
    """Why a claimant may not be indifferent to a matter."""

    proposition: str
    claimant: str
    path: tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class ExpectedReply:
    """What the accused did about a matter; `hours` after its earliest article, None for never."""

    proposition: str
    accused: str
    state: ReplyState
    hours: float | None
    file: str


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """A row of the benchmark ledger.

    by             who says it; of itself when `self_reported`
    replicated_by  an outside party that measured the same and found the same order
    """

    proposition: str
    model: str
    against: str | None
    benchmark: str | None
    by: str
    self_reported: bool
    replicated_by: str | None


@dataclass(frozen=True, slots=True)
class ExpectedSum:
    """A sentence that arithmetic can check, and whether it holds."""

    file: str
    sentence: str
    right: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """All that should come of the articles."""

    propositions: tuple[ExpectedMatter, ...]
    inflation: tuple[ExpectedInflation, ...]
    drift: tuple[ExpectedDrift, ...]
    stake: tuple[ExpectedStake, ...]
    reply: tuple[ExpectedReply, ...]
    ledger: tuple[ExpectedRow, ...]
    computed: tuple[ExpectedSum, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Articles in order of time, and what should come of them.

    name   of its folder
    texts  of the articles by file: the title, then a paragraph a line
    """

    articles: tuple[StoryArticle, ...]
    background: tuple[StatedTie, ...]
    expect: Expected
    name: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
