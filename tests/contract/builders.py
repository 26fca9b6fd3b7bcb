"""Short ways to make the records that tests put into stores."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from graph.ids import make_article_id, make_claim_id, make_entity_id, make_source_id
from graph.records import (
    Article,
    Claim,
    Claimant,
    ClaimType,
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
    Source,
)

NOON = datetime(2025, 1, 29, 12, tzinfo=UTC)

DEEPSEEK = Entity(make_entity_id("DeepSeek"), "DeepSeek", EntityType.COMPANY, "ディープシーク", ("深度求索",))
OPENAI = Entity(make_entity_id("OpenAI"), "OpenAI", EntityType.COMPANY, None, ("Open AI",))
MICROSOFT = Entity(make_entity_id("Microsoft"), "Microsoft", EntityType.COMPANY, "マイクロソフト")
R1 = Entity(make_entity_id("DeepSeek-R1"), "DeepSeek-R1", EntityType.MODEL, None, ("R1",), "Q131577453")
AIME = Entity(make_entity_id("AIME 2024"), "AIME 2024", EntityType.BENCHMARK)
ENTITIES = {entity.name: entity for entity in (DEEPSEEK, OPENAI, MICROSOFT, R1, AIME)}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and what it claims; names in ENTITIES become entities, others stay words."""

    text: str
    subject: str = "DeepSeek"
    object: str | None = None
    benchmark: str | None = None
    speakers: tuple[str, ...] = ()
    type: ClaimType = ClaimType.ALLEGATION
    predicate: Predicate = Predicate.DISTILLED_FROM
    modality: Modality = Modality.ALLEGED
    polarity: Polarity = Polarity.AFFIRMED
    quantity: Quantity | None = None
    date: PartialDate | None = None
    reader: str = "test 1"
    score: float | None = None
    refuted: str = ""
    misread: str = ""


ACCUSED = Said("DeepSeek distilled OpenAI, OpenAI says.", object="OpenAI", speakers=("OpenAI",))
DENIED = replace(
    ACCUSED,
    text="DeepSeek denies that it distilled OpenAI.",
    speakers=("DeepSeek",),
    modality=Modality.ASSERTED,
    polarity=Polarity.DENIED,
)


def make_source(domain: str = "news.example") -> Source:
    return Source(make_source_id(domain), domain.split(".")[0].title(), domain)


def make_extraction(
    *said: Said,
    url: str = "https://news.example/1",
    lang: str = "en",
    at: datetime = NOON,
    domain: str = "news.example",
    version: int = 1,
) -> Extraction:
    """An article of these sentences, one a line, with its claims, and every entity they name."""
    text = "\n".join(sentence.text for sentence in said) or "No claim in here."
    article = Article(
        make_article_id(url, text), url, make_source(domain), f"About {url}", text, lang, at, at, version=version
    )
    claims: list[Claim] = []
    start = 0
    for sentence in said:
        claims.append(_make_claim(article, (start, start + len(sentence.text)), sentence))
        start += len(sentence.text) + 1
    entities = {name: ENTITIES[name] for sentence in said for name in _names(sentence) if name in ENTITIES}
    mentions = tuple(
        Mention(entity.id, (text.find(name), text.find(name) + len(name)), name)
        for name, entity in entities.items()
        if name in text
    )
    return Extraction(article, tuple(entities.values()), mentions, tuple(claims))


def make_party(name: str) -> Party:
    return Party(name, ENTITIES[name].id if name in ENTITIES else None)


def _names(said: Said) -> list[str]:
    return [name for name in (said.subject, said.object, said.benchmark, *said.speakers) if name]


def _make_claim(article: Article, span: tuple[int, int], said: Said) -> Claim:
    subject = make_party(said.subject)
    object, benchmark = (make_party(name) if name else None for name in (said.object, said.benchmark))
    return Claim(
        id=make_claim_id(article.id, span, said.predicate, subject, object, said.quantity, benchmark, said.polarity),
        article_id=article.id,
        span=span,
        text=said.text,
        lang=article.lang,
        type=said.type,
        predicate=said.predicate,
        subject=subject,
        object=object,
        quantity=said.quantity,
        benchmark=benchmark,
        claimants=tuple(Claimant(make_party(name), "said") for name in said.speakers),
        modality=said.modality,
        polarity=said.polarity,
        date=said.date,
        reported_at=article.published_at,
        reader=said.reader,
        score=said.score,
        refuted=said.refuted,
        misread=said.misread,
    )
