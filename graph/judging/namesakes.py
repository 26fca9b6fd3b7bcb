"""New Japanese names that are the same as new names in Latin letters: an article writes the one beside the other in
brackets, or they sound alike and the same is said of them, or they appear beside the same others.

What comes out are judgements to merge, made by the program and open to be taken back as any other. A pair that was
judged before, either way, is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from graph.formats.boards import find_exactly
from graph.judging.casts import find_likenesses
from graph.judging.making import make_judgement
from graph.records import (
    BODIES,
    ArticleId,
    Claim,
    ClaimId,
    Entity,
    EntityId,
    EntityType,
    Judgement,
    JudgementKind,
    Party,
)
from graph.spelling.across import is_japanese, is_said_as, may_sound
from graph.store import ClaimQuery, GraphStore

WHO = "claimgraph"
"""Who judges so."""
# A story is told in two languages within days; later the same words may mean another event.
_NEAR = timedelta(days=14)
_MOST = 200
# Of a name that no table has a reader may take the one kind for the other.
_TAKEN_FOR_EACH_OTHER = (
    frozenset({EntityType.MODEL, EntityType.PRODUCT, EntityType.HARDWARE}),
    BODIES,
)
_LATIN = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ0-9&.'’\- ]{1,40}"
_JAPANESE = re.compile(r"[ァ-ヴ一-龠々]")
# No name but what somebody is, or what kind of body: 米政府高官, 新会社, 同大学.
_NO_NAME = re.compile(
    r".{0,4}(?:会社|企業|社|法人|団体|機関|当局|政府|高官|幹部|関係者|研究所|研究室|部門|組織|省庁|陣営|連合|チーム|グループ)|.?大学|.{0,2}"
)


def find_namesakes(store: GraphStore, claims: Sequence[ClaimId]) -> Iterator[Judgement]:
    """Merges of a name in kana or kanji into the one in Latin letters, as these claims tell them; each name once.

    Two names are one when no table has them, they sound alike, are of one kind, and a claim of each says the same
    within 14 days: the same predicate, with the same other party, or one that sounds the same, or with the same
    number. Or when an article of theirs has both, one in brackets behind the other. Or when they appear beside the
    same others within those days (casts.py). Where two fit, none is taken.
    """
    judged = {frozenset(one.entities) for one in store.list_judgements() if len(one.entities) == 2}
    done: set[EntityId] = set()
    told = store.get_claims(claims)
    for judgement in _find_written(store, told):
        if frozenset(judgement.entities) not in judged:
            done.add(judgement.entities[1])
            yield judgement
    new = _read_new(store, told)
    for claim in told:
        for mine, other in _iter_japanese(claim, new):
            if mine.id in done:
                continue
            near = _read_near(store, claim, other)
            found = {party.entity: near_claim for near_claim in near for party in _iter_alike(near_claim, claim, mine)}
            fitting = _leave_curated(store, mine.id, found)
            if len(fitting) == 1 and frozenset((mine.id, *fitting)) not in judged:
                done.add(mine.id)
                why = f"they sound alike, and claims {claim.id} and {found[fitting[0]].id} say the same of them"
                yield _make(mine.id, fitting[0], claim, found[fitting[0]], why)
    for one in find_likenesses(store, told, _NEAR):
        if one.japanese not in done and frozenset((one.japanese, one.latin)) not in judged:
            articles = f"the articles of claims {one.one.id} and {one.other.id}"
            why = f"they sound alike, and {articles} name the same others beside them"
            yield _make(one.japanese, one.latin, one.one, one.other, why)


def list_waiting(store: GraphStore, names: Iterable[str]) -> list[ClaimId]:
    """Of the Japanese claims told last those of a new name that sounds like one of these, or behind which an article
    writes one of them in brackets: told before it, in a run of their own."""
    told = frozenset(names)
    page = store.find_claims(ClaimQuery(langs=("ja",)), limit=_MOST).claims if told else ()
    named = {party.entity for claim in page for party in claim.parties if party.entity and _is_japanese(party.name)}
    new = {one.id: one for one in store.get_entities(sorted(named)) if not one.curated}
    waiting = {claim.id: [party.entity for party in claim.parties if party.entity in new] for claim in page}
    alike = {
        id
        for id, one in new.items()
        if is_japanese(one.name)
        and any(may_sound(one.name, name, person=one.type is EntityType.PERSON) for name in told)
    }
    rest = [claim for claim in page if waiting[claim.id] and alike.isdisjoint(waiting[claim.id])]
    texts = _read_texts(store, rest)
    alike |= {
        party.entity
        for claim in rest
        for party in claim.parties
        if party.entity in new and not told.isdisjoint(_list_beside(party.name, texts[claim.article_id]))
    }
    return [claim for claim, ids in waiting.items() if not alike.isdisjoint(ids)]


def _find_written(store: GraphStore, claims: Sequence[Claim]) -> Iterator[Judgement]:
    """Names that an article writes in both scripts, each once."""
    texts = _read_texts(store, claims)
    told: dict[tuple[ArticleId, EntityId, str], Claim] = {}  # a name is looked for once in each article
    for claim in claims:
        for party in claim.parties:
            if party.entity and _is_japanese(party.name):
                told.setdefault((claim.article_id, party.entity, party.name), claim)
    found: dict[EntityId, dict[EntityId, Claim]] = {}
    for (article, mine, name), claim in told.items():
        for beside in _list_beside(name, texts[article]):
            other = find_exactly(store, beside)
            if other and _leave_curated(store, mine, [other.id]):
                found.setdefault(mine, {}).setdefault(other.id, claim)
    for mine, others in found.items():
        if len(others) == 1:
            [(latin, claim)] = others.items()
            why = f"the article of claim {claim.id} writes the one beside the other in brackets"
            yield make_judgement(JudgementKind.MERGE, (latin, mine), WHO, claim.reported_at, why)


def _read_texts(store: GraphStore, claims: Iterable[Claim]) -> dict[ArticleId, str]:
    return {article.id: article.text for article in store.get_articles(list({one.article_id for one in claims}))}


def _list_beside(name: str, text: str) -> set[str]:
    """Names in Latin letters that stand in brackets behind the Japanese one, or before it in brackets."""
    mine = re.escape(name)
    behind = re.findall(rf"{mine}[」』]?[（(]({_LATIN})[)）、,]", text)
    before = re.findall(rf"({_LATIN}) ?[（(]{mine}[)）、,]", text)
    return {one.strip() for one in (*behind, *before)}


def names_japanese(*parties: Party | None) -> bool:
    """Whether one of the parties has a name in Japanese letters."""
    return any(party is not None and party.entity is not None and _is_japanese(party.name) for party in parties)


def _is_japanese(name: str) -> bool:
    return bool(_JAPANESE.search(name)) and not _NO_NAME.fullmatch(name)


def _read_new(store: GraphStore, claims: Iterable[Claim]) -> dict[EntityId, Entity]:
    """What has a name in kana or kanji in these claims that no table has."""
    named = {one.entity for claim in claims for one in claim.parties if one.entity and is_japanese(one.name)}
    return {one.id: one for one in store.get_entities(sorted(named)) if not one.curated and is_japanese(one.name)}


def _iter_japanese(claim: Claim, new: Mapping[EntityId, Entity]) -> Iterator[tuple[Entity, Party | None]]:
    """A new Japanese name with the other party of its claim, from either side; any where there is a number."""
    for mine, other in ((claim.subject, claim.object), (claim.object, claim.subject)):
        told = (other is not None and other.entity is not None) or claim.quantity is not None
        if mine and mine.entity and mine.entity in new and told:
            yield new[mine.entity], other


def _read_near(store: GraphStore, claim: Claim, other: Party | None) -> Sequence[Claim]:
    """Claims of those days: of the other party where it is known, English ones of that kind where it is not, or is a
    new name too, or where a number is told."""
    since, until = claim.reported_at - _NEAR, claim.reported_at + _NEAR
    queries = []
    if other and other.entity and not is_japanese(other.name):
        queries.append(ClaimQuery(about=(other.entity,), since=since, until=until))
    if not queries or claim.quantity:
        queries.append(ClaimQuery(types=(claim.type,), langs=("en",), since=since, until=until))
    return [one for query in queries for one in store.find_claims(query, limit=_MOST).claims]


def _iter_alike(other: Claim, claim: Claim, mine: Entity) -> Iterator[Party]:
    """Of a claim that says the same, the party on the same side when it sounds like the name."""
    if other.predicate is not claim.predicate or other.polarity is not claim.polarity:
        return
    first = claim.subject.entity == mine.id
    party = other.subject if first else other.object
    beside = (other.object, claim.object) if first else (other.subject, claim.subject)
    same = (any(beside) and _is_same(*beside)) or _is_as_much(other, claim)
    person = mine.type is EntityType.PERSON
    if (
        party
        and party.entity
        and same
        and not is_japanese(party.name)
        and is_said_as(mine.name, party.name, person=person)
    ):
        yield party


def _is_same(one: Party | None, other: Party | None) -> bool:
    """One entity, or a name in either script that sounds like the other."""
    if not (one and other and one.entity and other.entity):
        return False
    if one.entity == other.entity:
        return True
    return is_japanese(other.name) and any(is_said_as(other.name, one.name, person=person) for person in (True, False))


def _is_as_much(one: Claim, other: Claim) -> bool:
    amounts = [(c.quantity.value, c.quantity.unit.partition("/")[0]) if c.quantity else None for c in (one, other)]
    return amounts[0] == amounts[1] is not None


def _leave_curated(store: GraphStore, kana: EntityId, found: Iterable[EntityId | None]) -> list[EntityId]:
    """Those that no table has and that are of the name's kind; none when a table has the name."""
    [name] = store.get_entities([kana])
    others = store.get_entities([id for id in found if id])
    return [one.id for one in others if _may_be(name, one)]


def _may_be(name: Entity, other: Entity) -> bool:
    alike = name.type is other.type or any({name.type, other.type} <= kinds for kinds in _TAKEN_FOR_EACH_OTHER)
    return not (name.curated or other.curated) and alike and name.id != other.id


def _make(kana: EntityId, latin: EntityId, one: Claim, other: Claim, why: str) -> Judgement:
    when = max(one.reported_at, other.reported_at)
    return make_judgement(JudgementKind.MERGE, (latin, kana), WHO, when, why)
