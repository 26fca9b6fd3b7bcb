from enum import StrEnum

import pytest

from graph.records import (
    ArticleKind,
    Barrier,
    ClaimType,
    Comparator,
    CueKind,
    EntityType,
    Modality,
    Polarity,
    Predicate,
    Relation,
    SourceKind,
)
from graph.store import Facet
from graph.versions import Aspect
from web import wording
from web.wording import say_facet, say_predicate

TABLES = [
    (Predicate, wording.PREDICATES),
    (Predicate, wording.FUTURE),
    (Modality, wording.MODALITIES),
    (Polarity, wording.POLARITIES),
    (ClaimType, wording.TYPES),
    (CueKind, wording.CUES),
    (EntityType, wording.ENTITY_TYPES),
    (ArticleKind, wording.ARTICLE_KINDS),
    (Barrier, wording.BARRIERS),
    (Aspect, wording.ASPECTS),
    (SourceKind, wording.SOURCE_KINDS),
    (Comparator, wording.COMPARATORS),
    (Relation, wording.RELATIONS),
    (Facet, wording.FACETS),
]


@pytest.mark.parametrize(
    ("codes", "table"), TABLES, ids=[f"{codes.__name__}-{place}" for place, (codes, _) in enumerate(TABLES)]
)
def test_every_code_has_words(codes: type[StrEnum], table: dict[StrEnum, object]) -> None:
    assert set(table) == set(codes)


def test_predicate_reads_differently_without_object() -> None:
    assert say_predicate(Predicate.TOOK_TECHNOLOGY_FROM, True) == "took technology from"
    assert say_predicate(Predicate.TOOK_TECHNOLOGY_FROM, False) == "took technology from others"


def test_a_plan_does_not_read_like_a_deed() -> None:
    assert say_predicate(Predicate.SUED, True, modality=Modality.PREDICTED) == "will sue"
    assert say_predicate(Predicate.SUED, True, modality=Modality.ASSERTED) == "sued"


def test_cost_is_named_by_its_measure() -> None:
    assert say_predicate(Predicate.COSTS, False, "training_cost") == "training cost"
    assert say_predicate(Predicate.COSTS, False, "") == "costs"
    assert say_predicate(Predicate.COSTS, False) == "costs …"


def test_facet_values_fall_back_to_their_label() -> None:
    assert say_facet("type", "legal", "legal") == "legal step"
    assert say_facet("source", "a.example", "A Gazette") == "A Gazette"
    assert say_facet("lang", "xx", "xx") == "xx"
