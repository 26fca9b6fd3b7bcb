"""Stories and what a graph tells of them, made by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from evaluation.outcome import ClaimPlace, Outcome
from graph.answers.chapters import ChapterView
from graph.matters.origins import Origins, Voice
from graph.records import (
    ClaimId,
    ClaimType,
    ContradictionKind,
    CopyKind,
    EntityId,
    Event,
    PropositionId,
    SourceKind,
    Status,
)
from ingest.stories.records import (
    Expected,
    ExpectedEvent,
    ExpectedMatter,
    LookAlike,
    Opposed,
    Story,
    StoryArticle,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EMPTY = Expected((), (), (), (), (), (), ())


def make_article(
    file: str,
    source: str = "Outlet",
    copy_of: str | None = None,
    kind: CopyKind | None = None,
    version: str | None = None,
) -> StoryArticle:
    url = f"https://{version or file}.example/"
    return StoryArticle(file, source, SourceKind.OUTLET, file[2:4], NOON, url, copy_of, kind, version)


def make_matter(
    id: str,
    anchors: Mapping[str, str],
    *steps: tuple[Status, float],
    label: str = "",
    origins: Sequence[str] = ("Pellow",),
    also: Sequence[str] = (),
    final: Status | None = None,
    opposed: Sequence[tuple[str, ContradictionKind]] = (),
    alike: Sequence[str] = (),
) -> ExpectedMatter:
    """A matter; its steps with the hours after NOON."""
    return ExpectedMatter(
        id,
        label,
        anchors,
        tuple(origins),
        tuple(ExpectedEvent(status, NOON + timedelta(hours=hours)) for status, hours in steps),
        final,
        tuple(Opposed(other, kind) for other, kind in opposed),
        tuple(map(LookAlike, alike)),
        tuple(also),
    )


def make_story(*matters: ExpectedMatter, articles: Sequence[StoryArticle] = (), expect: Expected = EMPTY) -> Story:
    """A story of the matters; without articles given, of one for each file that they name."""
    files = sorted({file for matter in matters for file in matter.anchors})
    found = tuple(articles) or tuple(make_article(file) for file in files)
    return Story(found, (), replace(expect, propositions=matters))


def make_chapter(
    id: str,
    *claims: str,
    denied: Sequence[str] = (),
    label: str = "",
    steps: Sequence[tuple[Status, float]] = (),
    voices: Sequence[Voice] = (),
) -> ChapterView:
    """A matter of the graph that holds such claims."""
    history = tuple(Event(status, NOON + timedelta(hours=hours), NOON, (ClaimId("basis"),)) for status, hours in steps)
    return ChapterView(
        matter=PropositionId(id),
        gist=None,
        label_en=label,
        label_ja="",
        type=ClaimType.COST,
        status=history[-1] if history else None,
        history=history,
        origins=Origins(len(claims), tuple(voices)),
        affirmed=tuple(map(ClaimId, claims)),
        denied=tuple(map(ClaimId, denied)),
        replies=(),
        stakes=(),
        drifts=(),
        inflations=(),
        computations=(),
        part_of=(),
    )


def make_voice(name: str, *claims: str, entity: str | None = None) -> Voice:
    return Voice(name, EntityId(entity) if entity else None, None, "", tuple(map(ClaimId, claims)))


def make_outcome(
    *chapters: ChapterView,
    places: Mapping[str, tuple[str, str]],
    names: Mapping[str, Sequence[str]] | None = None,
) -> Outcome:
    """What is told; places are file and sentence of each claim, names folded spellings by entity."""
    return Outcome(
        chapters,
        places={
            ClaimId(id): ClaimPlace(file, sentence, f"Outlet {file[:1]}") for id, (file, sentence) in places.items()
        },
        names={EntityId(id): frozenset(spellings) for id, spellings in (names or {}).items()},
    )
