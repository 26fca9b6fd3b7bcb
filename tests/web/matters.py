"""A matter with all that can follow from it: copies, a denial, replies, numbers that contradict, words that change."""

from datetime import timedelta
from pathlib import Path

from graph.computed import Tables, parse_records
from graph.deriving import derive
from graph.rates import parse_rates
from graph.records import (
    ClaimType,
    Copy,
    CopyKind,
    Extraction,
    Modality,
    Polarity,
    Predicate,
    Quantity,
    Relation,
    Tie,
)
from graph.stores.sqlite import SqliteStore
from tests.contract.builders import DEEPSEEK, MICROSOFT, NOON, OPENAI, R1, Said, make_extraction

_DATA = Path(__file__).parents[2] / "data"


def read_tables() -> Tables:
    """The tables that ship."""
    rates, records = ((_DATA / name).read_text("utf-8") for name in ("rates.tsv", "records.tsv"))
    return Tables(parse_rates(rates), parse_records(records))


def _cost(value: float, unit: str = "USD", modality: Modality = Modality.ASSERTED) -> Said:
    return Said(
        f"R1 cost {value:g} {unit}.",
        subject="DeepSeek-R1",
        type=ClaimType.COST,
        predicate=Predicate.COSTS,
        modality=modality,
        quantity=Quantity("training_cost", value, unit, text=f"{value:g}"),
    )


def _at(name: str, hours: float, *said: Said, lang: str = "en") -> Extraction:
    return make_extraction(
        *said, url=f"https://{name}.example/1", domain=f"{name}.example", at=NOON + timedelta(hours=hours), lang=lang
    )


ACCUSES = Said(
    "OpenAI says DeepSeek distilled its models. DeepSeek did not respond to a request for comment.",
    object="OpenAI",
    speakers=("OpenAI",),
)
FIRST = _at("news", 0, ACCUSES, _cost(5.6e6))
COPIED = _at("copy", 2, ACCUSES)
FIRMER = _at(
    "firm",
    5,
    Said(
        "DeepSeek distilled the models of OpenAI, according to News.",
        object="OpenAI",
        speakers=("News",),
        modality=Modality.ASSERTED,
    ),
)
DENIED = _at(
    "wire",
    53,
    Said(
        "DeepSeek denies that it distilled OpenAI.",
        object="OpenAI",
        speakers=("DeepSeek",),
        modality=Modality.ASSERTED,
        polarity=Polarity.DENIED,
    ),
    _cost(2e9),
    _cost(880e6, "JPY", Modality.REPORTED),
)
SOFTER = _at(
    "late",
    72,
    Said(
        "OpenAI now says DeepSeek may have distilled its models.",
        object="OpenAI",
        speakers=("OpenAI",),
        modality=Modality.SPECULATED,
    ),
)
FELL = _at(
    "market",
    4,
    Said(
        "Shares of Microsoft fell 17% to $118.42 from $142.62.",
        subject="Microsoft",
        type=ClaimType.MARKET,
        predicate=Predicate.STOCK_MOVED,
        modality=Modality.ASSERTED,
        quantity=Quantity("stock_change", -17, "%", text="17%"),
    ),
)
ACCUSATION, COST = (claim.id for claim in FIRST.claims)


def fill(store: SqliteStore) -> None:
    """Puts the matter into the store and derives what follows."""
    ties = [
        Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "table"),
        Tie(OPENAI.id, Relation.COMPETES_WITH, DEEPSEEK.id, "https://ties.example/"),
    ]
    store.add_entities([DEEPSEEK, OPENAI, MICROSOFT, R1], ties)
    store.add([FIRST, COPIED, FIRMER, DENIED, SOFTER, FELL])
    store.add_copies([Copy(COPIED.article.id, FIRST.article.id, CopyKind.SYNDICATED, 0.99)])
    derive(store)
