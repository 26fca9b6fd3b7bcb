"""The kinds of claim and the predicates of each (docs/model.md, Types and predicates)."""

from enum import StrEnum


class ClaimType(StrEnum):
    ALLEGATION = "allegation"
    BENCHMARK = "benchmark"
    COST = "cost"
    COMPUTE = "compute"
    RELEASE = "release"
    CAPABILITY = "capability"
    MARKET = "market"
    DEAL = "deal"
    PEOPLE = "people"
    LEGAL = "legal"
    STANCE = "stance"


GRAVE = frozenset({ClaimType.ALLEGATION, ClaimType.LEGAL})
"""An accusation or a lawsuit is no footnote to something else."""


class Predicate(StrEnum):
    TOOK_TECHNOLOGY_FROM = "took_technology_from"
    DISTILLED_FROM = "distilled_from"
    EXFILTRATED_DATA_FROM = "exfiltrated_data_from"
    INFRINGED = "infringed"
    MISLED = "misled"
    EVADED_CONTROLS = "evaded_controls"
    CAUSED_HARM = "caused_harm"
    OUTPERFORMS = "outperforms"
    MATCHES = "matches"
    UNDERPERFORMS = "underperforms"
    SCORES = "scores"
    RANKS = "ranks"
    COSTS = "costs"
    TRAINED_ON = "trained_on"
    RUNS_ON = "runs_on"
    OWNS_HARDWARE = "owns_hardware"
    TRAINED_WITH = "trained_with"
    HAS_SIZE = "has_size"
    RELEASED = "released"
    ANNOUNCED = "announced"
    UPDATED = "updated"
    OPEN_SOURCED = "open_sourced"
    WITHDREW = "withdrew"
    BASED_ON = "based_on"
    CAN = "can"
    CANNOT = "cannot"
    CENSORS = "censors"
    STOCK_MOVED = "stock_moved"
    LOST_VALUE = "lost_value"
    VALUED_AT = "valued_at"
    EARNED = "earned"
    HAS_USERS = "has_users"
    LEADS = "leads"
    INVESTED_IN = "invested_in"
    ACQUIRED = "acquired"
    PARTNERED_WITH = "partnered_with"
    SUPPLIES = "supplies"
    OWNS = "owns"
    RAISED = "raised"
    WORKS_FOR = "works_for"
    FOUNDED = "founded"
    JOINED = "joined"
    LEFT = "left"
    SUED = "sued"
    INVESTIGATES = "investigates"
    REGULATES = "regulates"
    RESTRICTS = "restricts"
    BANNED = "banned"
    FINED = "fined"
    RULED_FOR = "ruled_for"
    RULED_AGAINST = "ruled_against"
    DISPUTES = "disputes"
    DOUBTS = "doubts"
    SUPPORTS = "supports"
    CRITICIZES = "criticizes"
    FEARS = "fears"


PREDICATES: dict[ClaimType, tuple[Predicate, ...]] = {
    ClaimType.ALLEGATION: (
        Predicate.TOOK_TECHNOLOGY_FROM,
        Predicate.DISTILLED_FROM,
        Predicate.EXFILTRATED_DATA_FROM,
        Predicate.INFRINGED,
        Predicate.MISLED,
        Predicate.EVADED_CONTROLS,
        Predicate.CAUSED_HARM,
    ),
    ClaimType.BENCHMARK: (
        Predicate.OUTPERFORMS,
        Predicate.MATCHES,
        Predicate.UNDERPERFORMS,
        Predicate.SCORES,
        Predicate.RANKS,
    ),
    ClaimType.COST: (Predicate.COSTS,),
    ClaimType.COMPUTE: (
        Predicate.TRAINED_ON,
        Predicate.RUNS_ON,
        Predicate.OWNS_HARDWARE,
        Predicate.TRAINED_WITH,
        Predicate.HAS_SIZE,
    ),
    ClaimType.RELEASE: (
        Predicate.RELEASED,
        Predicate.ANNOUNCED,
        Predicate.UPDATED,
        Predicate.OPEN_SOURCED,
        Predicate.WITHDREW,
        Predicate.BASED_ON,
    ),
    ClaimType.CAPABILITY: (Predicate.CAN, Predicate.CANNOT, Predicate.CENSORS),
    ClaimType.MARKET: (
        Predicate.STOCK_MOVED,
        Predicate.LOST_VALUE,
        Predicate.VALUED_AT,
        Predicate.EARNED,
        Predicate.HAS_USERS,
        Predicate.LEADS,
    ),
    ClaimType.DEAL: (
        Predicate.INVESTED_IN,
        Predicate.ACQUIRED,
        Predicate.PARTNERED_WITH,
        Predicate.SUPPLIES,
        Predicate.OWNS,
        Predicate.RAISED,
    ),
    ClaimType.PEOPLE: (
        Predicate.WORKS_FOR,
        Predicate.LEADS,
        Predicate.FOUNDED,
        Predicate.JOINED,
        Predicate.LEFT,
    ),
    ClaimType.LEGAL: (
        Predicate.SUED,
        Predicate.INVESTIGATES,
        Predicate.REGULATES,
        Predicate.RESTRICTS,
        Predicate.BANNED,
        Predicate.FINED,
        Predicate.RULED_FOR,
        Predicate.RULED_AGAINST,
    ),
    ClaimType.STANCE: (
        Predicate.DISPUTES,
        Predicate.DOUBTS,
        Predicate.SUPPORTS,
        Predicate.CRITICIZES,
        Predicate.FEARS,
    ),
}
"""The predicates of each type. `leads` stands twice: a company leads the field, a person leads a company."""
