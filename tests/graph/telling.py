"""Short ways to make the utterances that tests of what follows from propositions are about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from graph.background import Background, make_background
from graph.ids import make_article_id, make_claim_id, make_entity_id, make_source_id
from graph.records import (
    Article,
    ArticleKind,
    Claim,
    Claimant,
    ClaimType,
    Comparator,
    Entity,
    EntityId,
    EntityType,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    Quantity,
    Relation,
    Source,
    Tie,
)
from graph.utterances import Utterance

NOON = datetime(2025, 1, 28, 12, tzinfo=UTC)

KINDS = {
    "DeepSeek": EntityType.COMPANY,
    "OpenAI": EntityType.COMPANY,
    "Microsoft": EntityType.COMPANY,
    "Alibaba": EntityType.COMPANY,
    "DeepSeek-R1": EntityType.MODEL,
    "DeepSeek-V3": EntityType.MODEL,
    "OpenAI o1": EntityType.MODEL,
    "Qwen2.5-Max": EntityType.MODEL,
    "Liang Wenfeng": EntityType.PERSON,
    "David Sacks": EntityType.PERSON,
    "Nvidia": EntityType.COMPANY,
    "Fox News": EntityType.PUBLICATION,
    "Bloomberg": EntityType.PUBLICATION,
    "AIME 2024": EntityType.BENCHMARK,
    "Supreme Court": EntityType.INSTITUTION,
    "LMArena": EntityType.COMPANY,
}
_TIES = (
    ("DeepSeek", Relation.MAKES, "DeepSeek-R1"),
    ("DeepSeek", Relation.MAKES, "DeepSeek-V3"),
    ("OpenAI", Relation.MAKES, "OpenAI o1"),
    ("Alibaba", Relation.MAKES, "Qwen2.5-Max"),
    ("Liang Wenfeng", Relation.WORKS_FOR, "DeepSeek"),
    ("Microsoft", Relation.INVESTED_IN, "OpenAI"),
    ("OpenAI", Relation.COMPETES_WITH, "DeepSeek"),
)


def make_world() -> Background:
    """The entities of KINDS and their ties."""
    entities = [Entity(make_entity_id(name), name, kind) for name, kind in KINDS.items()]
    ties = [Tie(make_entity_id(one), relation, make_entity_id(two), "table") for one, relation, two in _TIES]
    return make_background(entities, ties)


WORLD = make_world()


def party(name: str) -> Party:
    """A party of KINDS with its entity, any other by its words."""
    return Party(name, EntityId(make_entity_id(name)) if name in KINDS else None)


def make_article(
    outlet: str = "Harbor Ledger",
    hours: float = 0,
    *,
    slug: str = "1",
    version: int = 1,
    text: str = "",
    lang: str = "en",
    kind: ArticleKind = ArticleKind.NEWS,
) -> Article:
    """An article of an outlet, so many hours after NOON of 28 January 2025."""
    domain = f"{make_entity_id(outlet)}.example"
    url = f"https://{domain}/{slug}"
    at = NOON + timedelta(hours=hours)
    id = make_article_id(url, f"{text}{version}")
    source = Source(make_source_id(domain), outlet, domain)
    return Article(id, url, source, "A title", text, lang, at, at, kind, version)


def tell(
    article: Article,
    *speakers: str,
    text: str = "",
    subject: str = "DeepSeek",
    object: str | None = "OpenAI",
    type: ClaimType = ClaimType.ALLEGATION,
    predicate: Predicate = Predicate.DISTILLED_FROM,
    modality: Modality = Modality.ALLEGED,
    polarity: Polarity = Polarity.AFFIRMED,
    quantity: Quantity | None = None,
    benchmark: str | None = None,
    date: str | None = None,
) -> Utterance:
    """What an article passes on from speakers, outermost first; its sentence stands where `text` does in its text."""
    sentence = text or article.text or f"{subject} {predicate} {object}."
    start = max(article.text.find(sentence), 0)
    span = (start, start + len(sentence))
    parties = (party(subject), party(object) if object else None, party(benchmark) if benchmark else None)
    claim = Claim(
        make_claim_id(article.id, span, predicate, *parties[:2], quantity, parties[2], polarity + "".join(speakers)),
        article.id,
        span,
        sentence,
        article.lang,
        type,
        predicate,
        parties[0],
        parties[1],
        quantity,
        parties[2],
        tuple(Claimant(party(name), "said") for name in speakers),
        modality,
        polarity,
        PartialDate(date) if date else None,
        article.published_at,
    )
    return Utterance(claim, article)


def deny(article: Article, *speakers: str, text: str = "", modality: Modality = Modality.ASSERTED) -> Utterance:
    """A denial of the accusation."""
    return tell(article, *speakers, text=text, modality=modality, polarity=Polarity.DENIED)


def dollars(value: float, measure: str = "training_cost", comparator: Comparator = Comparator.EQUAL) -> Quantity:
    return Quantity(measure, value, "USD", comparator, text=f"${value:,.0f}")


def fetched(article: Article, hours: float) -> Article:
    """The article as fetched so many hours after its publication."""
    return replace(article, fetched_at=article.published_at + timedelta(hours=hours))
