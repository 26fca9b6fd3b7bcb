"""Claims made short: who does what to whom, in which sentence, when."""

from datetime import UTC, datetime, timedelta

from graph.background import Background, make_background
from graph.ids import make_article_id, make_claim_id, make_entity_id
from graph.records import (
    PREDICATES,
    Claim,
    Claimant,
    ClaimId,
    ClaimType,
    Comparator,
    Entity,
    EntityType,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    Quantity,
    Relation,
    Tie,
)

FIRST_DAY = datetime(2025, 1, 27, 9, tzinfo=UTC)

_NAMES = {
    EntityType.COMPANY: ("Aldin", "Borea", "Corvid", "Corvid Cloud", "Dunmore"),
    EntityType.MODEL: ("Aldin-1", "Aldin-2", "Borea X", "Borea Y"),
    EntityType.PRODUCT: ("Aldin Chat", "App Store"),
    EntityType.BENCHMARK: ("MMLU-Pro", "AIME"),
    EntityType.PERSON: ("Ann Lee", "Bo Quist"),
    EntityType.HARDWARE: ("H800", "H100"),
    EntityType.PLACE: ("France",),
    EntityType.INSTITUTION: ("Data Office", "British Data Office"),
}
_ENTITIES = {name: Entity(make_entity_id(name), name, kind) for kind, names in _NAMES.items() for name in names}
_MADE = {"Aldin-1": "Aldin", "Aldin-2": "Aldin", "Aldin Chat": "Aldin", "Borea X": "Borea", "Borea Y": "Borea"}


def make_known() -> Background:
    """Two makers with their models, an owner with its cloud."""
    made = [Tie(make_entity_id(maker), Relation.MAKES, make_entity_id(thing), "test") for thing, maker in _MADE.items()]
    owned = Tie(make_entity_id("Corvid"), Relation.OWNS, make_entity_id("Corvid Cloud"), "test")
    return make_background(_ENTITIES.values(), [*made, owned])


def say(
    subject: str,
    predicate: Predicate,
    other: str | None = None,
    amount: Quantity | None = None,
    *,
    on: str | None = None,
    text: str = "",
    kind: ClaimType | None = None,
    modality: Modality = Modality.ASSERTED,
    polarity: Polarity = Polarity.AFFIRMED,
    date: str | None = None,
    day: int = 0,
    article: str = "",
    by: str | None = None,
    at: int = 0,
) -> Claim:
    """A claim; names that are known become entities, others stay words.

    day      days after FIRST_DAY that its article appeared
    article  its name; without one, each claim has one of its own
    at       where the sentence starts in it
    """
    text = text or f"{subject} {predicate} {other or ''} {amount.value if amount else ''}".strip()
    text = f"{text}."
    name = article or f"{text} {day} {by} {date} {polarity} {modality}"
    article_id, span = make_article_id(name, ""), (at, at + len(text))
    about, object, benchmark, speaker = map(_find, (subject, other, on, by))
    assert about is not None
    return Claim(
        id=make_claim_id(article_id, span, predicate, about, object, amount, benchmark, polarity),
        article_id=article_id,
        span=span,
        text=text,
        lang="en",
        type=kind or next(kind for kind, predicates in PREDICATES.items() if predicate in predicates),
        predicate=predicate,
        subject=about,
        object=object,
        quantity=amount,
        benchmark=benchmark,
        claimants=(Claimant(speaker),) if speaker else (),
        modality=modality,
        polarity=polarity,
        date=PartialDate(date) if date else None,
        reported_at=FIRST_DAY + timedelta(days=day),
    )


def dollars(value: float, measure: str = "training_cost", how: str = "=", high: float | None = None) -> Quantity:
    return Quantity(measure, value, "USD", Comparator(how), high)


def _find(name: str | None) -> Party | None:
    if not name:
        return None
    entity = _ENTITIES.get(name)
    return Party(name, entity.id if entity else None)


def name_claims(*claims: Claim) -> tuple[ClaimId, ...]:
    return tuple(claim.id for claim in claims)
