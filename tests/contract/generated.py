"""A graph made by the seed for comparing stores: both languages, hubs, chains, denials, figures, later versions."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from graph.ids import make_article_id, make_claim_id, make_entity_id, make_source_id
from graph.records import (
    PREDICATES,
    Article,
    Claim,
    Claimant,
    ClaimType,
    Comparator,
    Copy,
    CopyKind,
    Entity,
    EntityType,
    Extraction,
    Mention,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    Quantity,
    Relation,
    Source,
    SourceKind,
    Tie,
)

ARTICLES = 200
START = datetime(2025, 1, 20, tzinfo=UTC)

# The names that data/queries asks about, then names of every type.
_KNOWN = (
    ("DeepSeek", EntityType.COMPANY, "ディープシーク"),
    ("OpenAI", EntityType.COMPANY, "オープンAI"),
    ("DeepSeek-R1", EntityType.MODEL, None),
    ("Microsoft", EntityType.COMPANY, "マイクロソフト"),
    ("Huawei", EntityType.COMPANY, "ファーウェイ"),
    ("Alibaba", EntityType.COMPANY, None),
    ("David Sacks", EntityType.PERSON, None),
    ("DeepSeek-V3", EntityType.MODEL, None),
    ("Qwen2.5-Max", EntityType.MODEL, None),
    ("OpenAI o1", EntityType.MODEL, None),
    ("AIME 2024", EntityType.BENCHMARK, None),
)
ENTITIES = tuple(Entity(make_entity_id(name), name, kind, ja, curated=True) for name, kind, ja in _KNOWN) + tuple(
    Entity(make_entity_id(f"Name {n}"), f"Name {n}", kind, None, (f"N-{n}",)) for n, kind in enumerate(EntityType)
)
RAKUTEN = Entity(make_entity_id("Rakuten"), "Rakuten", EntityType.COMPANY, "楽天")
"""Somebody whom only articles in Japanese write about."""
SILENT = Entity(make_entity_id("Silent"), "Silent", EntityType.PLACE)
"""Somebody whom articles name and no claim is about."""
_MODELS = {make_entity_id("DeepSeek-R1"): ENTITIES[0], make_entity_id("DeepSeek-V3"): ENTITIES[0]}

TIES = tuple(
    Tie(make_entity_id(a), relation, make_entity_id(b), "curated")
    for a, relation, b in (
        ("DeepSeek", Relation.MAKES, "DeepSeek-R1"),
        ("DeepSeek", Relation.MAKES, "DeepSeek-V3"),
        ("OpenAI", Relation.MAKES, "OpenAI o1"),
        ("Alibaba", Relation.MAKES, "Qwen2.5-Max"),
        ("Microsoft", Relation.INVESTED_IN, "OpenAI"),
        ("OpenAI", Relation.COMPETES_WITH, "DeepSeek"),
        ("Name 1", Relation.WORKS_FOR, "Huawei"),
    )
)
SOURCES = tuple(
    Source(make_source_id(f"s{n}.example"), f"Source {n}", f"s{n}.example", kind, "ja" if n % 3 == 0 else "en")
    for n, kind in enumerate(SourceKind)
)
_MEASURES = (("training_cost", "USD"), ("chips", ""), ("stock_change", "%"))


def iter_extractions(articles: int = ARTICLES, seed: int = 5) -> Iterator[Extraction]:
    """The same articles for the same seed; each tenth is a later version of the one before it."""
    chance = random.Random(seed)
    earlier: Article | None = None
    for number in range(articles):
        url = earlier.url if earlier and number % 10 == 9 else f"https://s.example/{number}"
        extraction = _make(chance, number, url, version=2 if earlier and url == earlier.url else 1)
        earlier = extraction.article
        yield extraction


def make_copies(extractions: Sequence[Extraction], seed: int = 5) -> list[Copy]:
    """Some articles repeat earlier ones, one of them two; some of these say the same of the same."""
    chance = random.Random(seed)
    ids = [extraction.article.id for extraction in extractions]
    pairs = [sorted(chance.sample(range(len(ids)), 2)) for _ in range(len(ids) // 5)]
    said: dict[tuple[object, ...], int] = {}
    for n, extraction in enumerate(extractions):
        for claim in extraction.claims:
            earlier = said.setdefault((claim.predicate, claim.subject, claim.object), n)
            if earlier != n and chance.random() < 0.5:
                pairs.append([earlier, n])
    return [Copy(ids[b], ids[a], chance.choice(list(CopyKind)), chance.randrange(50, 100) / 100) for a, b in pairs]


def _make(chance: random.Random, number: int, url: str, version: int) -> Extraction:
    source = chance.choice(SOURCES)
    at = START + timedelta(hours=6 * number, seconds=chance.randrange(3))
    pairs = [(_pick(chance), _pick(chance)) for _ in range(chance.randrange(1, 7))]
    if source.lang == "ja":
        pairs.append((RAKUTEN, ENTITIES[0]))
    sentences = [_sentence(source.lang, *pair, chance.randrange(100)) for pair in pairs]
    text = "\n".join(sentences)
    article = Article(make_article_id(url, text), url, source, f"Title {number}", text, source.lang or "en", at, at)
    article = replace(article, version=version)
    starts = [sum(len(sentence) + 1 for sentence in sentences[:n]) for n in range(len(sentences))]
    claims = [
        _claim(chance, article, start, sentence, *pair)
        for start, sentence, pair in zip(starts, sentences, pairs, strict=True)
    ]
    mentions = [
        Mention(entity.id, (start, start + 3), entity.name)
        for start, pair in zip(starts, pairs, strict=True)
        for entity in pair
    ]
    if number % 10 == 3:
        claims.append(_turn(claims[0]))
    if number % 10 == 5:
        claims += _beat(claims[0])
    if number % 4 == 0:
        mentions.append(Mention(SILENT.id, (0, 2), SILENT.name))
    return Extraction(article, (*ENTITIES, RAKUTEN, SILENT), tuple(mentions), tuple(claims))


def _beat(claim: Claim) -> tuple[Claim, Claim]:
    """The two sides of a claim each ahead of the other on one benchmark: the article is at odds with itself."""
    benchmark = Party("AIME 2024", make_entity_id("AIME 2024"))
    sides = ((claim.subject, claim.object or claim.subject), (claim.object or claim.subject, claim.subject))
    one, other = (
        replace(
            claim,
            id=make_claim_id(
                claim.article_id, claim.span, Predicate.OUTPERFORMS, ahead, behind, None, benchmark, Polarity.AFFIRMED
            ),
            type=ClaimType.BENCHMARK,
            predicate=Predicate.OUTPERFORMS,
            subject=ahead,
            object=behind,
            quantity=None,
            benchmark=benchmark,
            polarity=Polarity.AFFIRMED,
        )
        for ahead, behind in sides
    )
    return one, other


def _turn(claim: Claim) -> Claim:
    """The same sentence read as its opposite: the article contradicts itself."""
    polarity = Polarity.AFFIRMED if claim.polarity is Polarity.DENIED else Polarity.DENIED
    parts = (claim.predicate, claim.subject, claim.object, claim.quantity, claim.benchmark, polarity)
    return replace(claim, polarity=polarity, id=make_claim_id(claim.article_id, claim.span, *parts))


def _pick(chance: random.Random) -> Entity:
    """The first names are named most."""
    return ENTITIES[min(int(chance.paretovariate(0.7)) - 1, 10**6) % len(ENTITIES)]


def _sentence(lang: str | None, subject: Entity, object: Entity, number: int) -> str:
    if lang == "ja":
        return f"{subject.name_ja or subject.name}は{object.name}の技術を蒸留したとされる、{number}件目。"
    return f"{subject.name} is said to have distilled {object.name}, case {number}, on NVIDIA Blackwell chips."


def _claim(
    chance: random.Random, article: Article, start: int, sentence: str, subject: Entity, object: Entity
) -> Claim:
    kind = chance.choice([*ClaimType, ClaimType.ALLEGATION, ClaimType.BENCHMARK])
    about, other = Party(subject.name, subject.id), Party(object.name, object.id)
    measure, unit = chance.choice(_MEASURES)
    value = float(chance.randrange(1, 50) * 1_000_000)
    quantity = Quantity(measure, value, unit, chance.choice(list(Comparator))) if chance.random() < 0.5 else None
    polarity = Polarity.DENIED if chance.random() < 0.2 else Polarity.AFFIRMED
    speakers = [_pick(chance) for _ in range(chance.randrange(3))]
    if subject.id in _MODELS and chance.random() < 0.5:  # makers praise their own
        speakers.append(_MODELS[subject.id])
    chain = [Claimant(Party(speaker.name, speaker.id), "said") for speaker in speakers]
    if chance.random() < 0.2:
        chain.append(Claimant(Party("people familiar with the matter"), "told"))
    predicate, span = chance.choice(PREDICATES[kind]), (start, start + len(sentence))
    benchmark = Party("AIME 2024", make_entity_id("AIME 2024")) if kind is ClaimType.BENCHMARK else None
    return Claim(
        make_claim_id(article.id, span, predicate, about, other, quantity, benchmark, polarity),
        article.id,
        span,
        sentence,
        article.lang,
        kind,
        predicate,
        about,
        other,
        quantity,
        benchmark,
        tuple(chain),
        chance.choice(list(Modality)),
        polarity,
        PartialDate("2025-01") if chance.random() < 0.3 else None,
        article.published_at,
    )
