"""What a section of a digest or report is about: the work it introduces, which the sentences below leave unsaid.

## 14. 【MiniMax】MiniMaxがM2-herを発表
MiniMaxは、新しいAIモデル「M2-her」を発表しました。ユーザーはより深い会話を楽しむことが可能になります。
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.records import ClaimType, Entity, EntityType, Party
from ingest.nlp.document import Draft, Name, Zone
from ingest.nlp.ja.phrases import Clauses

WORKS = frozenset({EntityType.MODEL, EntityType.PRODUCT, EntityType.HARDWARE})
# Who posted it, before the heading proper: 【OpenAI】, [Anthropic].
_LABEL = re.compile(r"^[\s#0-9.．]*[【\[][^】\]]*[】\]]")
# A change to a work is told of the work, not of itself.
_CHANGE = re.compile(r"(?:機能|アップデート|更新|対応|プラン|コマンド|モード|オプション|版)$")

# Behind a name in a heading: what is told happens there, to something else.
_PLACE = re.compile(r"[」』\s]*(?:で(?!す|き)|に|へ|から|(?:直接)?(?:公開|対応|連携|統合|上で|向け|互換))")


@dataclass(frozen=True, slots=True)
class Matter:
    """A work that a section is about; `entity` is None when it has no name."""

    party: Party
    entity: Entity | None


@dataclass(frozen=True, slots=True)
class Section:
    """What has been read since the last heading.

    makers  the companies that the heading's label names
    """

    makers: tuple[Entity, ...] = ()
    matter: Matter | None = None


def advance(section: Section, clauses: Clauses, topics: Sequence[Entity], drafts: Sequence[Draft]) -> Section:
    """The section after one more sentence; a heading opens a new one."""
    if clauses.sentence.zone in (Zone.HEADING, Zone.TITLE):
        return _open(clauses)
    found = (
        _find_introduced(clauses, drafts)
        or _only(entity for entity in topics if entity.type in WORKS)
        or _only(_iter_quoted(clauses))
    )
    if found is None and section.matter is None:
        found = _find_told_of(clauses, drafts)
    return replace(section, matter=found) if found else section


def _open(clauses: Clauses) -> Section:
    label = _LABEL.match(clauses.sentence.text)
    end = clauses.sentence.span[0] + (label.end() if label else 0)
    words = re.sub(r"[#0-9.．【】\[\]\s]|\(official\)", "", label.group()).casefold() if label else ""
    inside = [
        name.entity for name in clauses.sentence.names if name.span[0] < end or name.entity.name.casefold() == words
    ]
    return Section(
        tuple(dict.fromkeys(entity for entity in inside if entity.type is EntityType.COMPANY)),
        _only(name.entity for name in clauses.sentence.names if name.span[0] >= end and _is_headed(name, clauses)),
    )


def _is_headed(name: Name, clauses: Clauses) -> bool:
    """Whether a heading can be about a work: not about the place where something happens (App Store公開, Xで)."""
    rest = clauses.sentence.text[name.span[1] - clauses.sentence.span[0] :]
    return name.entity.type in WORKS and not _PLACE.match(rest)


def _find_introduced(clauses: Clauses, drafts: Sequence[Draft]) -> Matter | None:
    """What is brought out; of a change without a name, the work that the sentence names beside it."""
    known = {name.entity.name: name.entity for name in clauses.sentence.names}
    parties = {draft.object: None for draft in drafts if draft.type is ClaimType.RELEASE and draft.object}
    if len(parties) != 1:
        return None
    party = next(iter(parties))
    entity = known.get(party.name)
    if entity is None and _CHANGE.search(party.name):
        return _only(_iter_works(clauses))
    return Matter(party, entity) if entity is None or entity.type in WORKS else None


def _find_told_of(clauses: Clauses, drafts: Sequence[Draft]) -> Matter | None:
    told = {draft.subject.name for draft in drafts}
    return _only(entity for entity in _iter_works(clauses) if entity.name in told)


def _iter_works(clauses: Clauses) -> Iterator[Entity]:
    return (name.entity for name in clauses.sentence.names if name.entity.type in WORKS)


def _iter_quoted(clauses: Clauses) -> Iterator[Entity]:
    """The works in 「」: digests put those they introduce there."""
    text, offset = clauses.sentence.text, clauses.sentence.span[0]
    for name in clauses.sentence.names:
        if name.entity.type in WORKS and text[name.span[0] - offset - 1 : name.span[0] - offset] == "「":
            yield name.entity


def _only(entities: Iterable[Entity]) -> Matter | None:
    """The one work among some; None when there are none or several."""
    found = tuple(dict.fromkeys(entities))
    return Matter(Party(found[0].name, found[0].id), found[0]) if len(found) == 1 else None
