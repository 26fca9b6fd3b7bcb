"""Words for people in place of the closed sets' codes (English)."""

from graph.records import (
    ArticleKind,
    Barrier,
    ClaimType,
    Comparator,
    CopyKind,
    CueKind,
    EntityType,
    JudgementKind,
    Modality,
    Polarity,
    Predicate,
    Relation,
    SourceKind,
)
from graph.versions import Aspect
from graph.views import JudgementView

PREDICATES: dict[Predicate, str] = {
    Predicate.TOOK_TECHNOLOGY_FROM: "took technology from",
    Predicate.DISTILLED_FROM: "distilled its model from",
    Predicate.EXFILTRATED_DATA_FROM: "took data out of",
    Predicate.INFRINGED: "infringed the rights of",
    Predicate.MISLED: "misled",
    Predicate.EVADED_CONTROLS: "got around controls on",
    Predicate.CAUSED_HARM: "caused harm to",
    Predicate.OUTPERFORMS: "does better than",
    Predicate.MATCHES: "matches",
    Predicate.UNDERPERFORMS: "does worse than",
    Predicate.SCORES: "scores on",
    Predicate.RANKS: "ranks in",
    Predicate.COSTS: "costs",
    Predicate.TRAINED_ON: "was trained on",
    Predicate.RUNS_ON: "runs on",
    Predicate.OWNS_HARDWARE: "has hardware:",
    Predicate.TRAINED_WITH: "was trained with",
    Predicate.HAS_SIZE: "has a size of",
    Predicate.RELEASED: "released",
    Predicate.ANNOUNCED: "announced",
    Predicate.UPDATED: "updated",
    Predicate.OPEN_SOURCED: "opened the source of",
    Predicate.WITHDREW: "withdrew",
    Predicate.BASED_ON: "is based on",
    Predicate.CAN: "can do this",
    Predicate.CANNOT: "cannot do this",
    Predicate.CENSORS: "censors",
    Predicate.STOCK_MOVED: "share price moved",
    Predicate.LOST_VALUE: "lost value",
    Predicate.VALUED_AT: "is valued at",
    Predicate.EARNED: "earned",
    Predicate.HAS_USERS: "has users:",
    Predicate.LEADS: "leads",
    Predicate.INVESTED_IN: "invested in",
    Predicate.ACQUIRED: "acquired",
    Predicate.PARTNERED_WITH: "partnered with",
    Predicate.SUPPLIES: "supplies",
    Predicate.OWNS: "owns",
    Predicate.RAISED: "raised money from",
    Predicate.WORKS_FOR: "works for",
    Predicate.FOUNDED: "founded",
    Predicate.JOINED: "joined",
    Predicate.LEFT: "left",
    Predicate.SUED: "sued",
    Predicate.INVESTIGATES: "investigates",
    Predicate.REGULATES: "regulates",
    Predicate.RESTRICTS: "restricts",
    Predicate.BANNED: "banned",
    Predicate.FINED: "fined",
    Predicate.RULED_FOR: "ruled for",
    Predicate.RULED_AGAINST: "ruled against",
    Predicate.DISPUTES: "disputes",
    Predicate.DOUBTS: "doubts",
    Predicate.SUPPORTS: "supports",
    Predicate.CRITICIZES: "criticizes",
    Predicate.FEARS: "fears",
}

FUTURE: dict[Predicate, str] = {
    Predicate.TOOK_TECHNOLOGY_FROM: "will take technology from",
    Predicate.DISTILLED_FROM: "will distil its model from",
    Predicate.EXFILTRATED_DATA_FROM: "will take data out of",
    Predicate.INFRINGED: "will infringe the rights of",
    Predicate.MISLED: "will mislead",
    Predicate.EVADED_CONTROLS: "will get around controls on",
    Predicate.CAUSED_HARM: "will cause harm to",
    Predicate.OUTPERFORMS: "will do better than",
    Predicate.MATCHES: "will match",
    Predicate.UNDERPERFORMS: "will do worse than",
    Predicate.SCORES: "will score on",
    Predicate.RANKS: "will rank in",
    Predicate.COSTS: "will cost",
    Predicate.TRAINED_ON: "will be trained on",
    Predicate.RUNS_ON: "will run on",
    Predicate.OWNS_HARDWARE: "will have hardware:",
    Predicate.TRAINED_WITH: "will be trained with",
    Predicate.HAS_SIZE: "will have a size of",
    Predicate.RELEASED: "will release",
    Predicate.ANNOUNCED: "will announce",
    Predicate.UPDATED: "will update",
    Predicate.OPEN_SOURCED: "will open the source of",
    Predicate.WITHDREW: "will withdraw",
    Predicate.BASED_ON: "will be based on",
    Predicate.CAN: "will be able to do this",
    Predicate.CANNOT: "will not be able to do this",
    Predicate.CENSORS: "will censor",
    Predicate.STOCK_MOVED: "will move on the market",
    Predicate.LOST_VALUE: "will lose value",
    Predicate.VALUED_AT: "will be valued at",
    Predicate.EARNED: "will earn",
    Predicate.HAS_USERS: "will have users:",
    Predicate.LEADS: "will lead",
    Predicate.INVESTED_IN: "will invest in",
    Predicate.ACQUIRED: "will acquire",
    Predicate.PARTNERED_WITH: "will partner with",
    Predicate.SUPPLIES: "will supply",
    Predicate.OWNS: "will own",
    Predicate.RAISED: "will raise money from",
    Predicate.WORKS_FOR: "will work for",
    Predicate.FOUNDED: "will found",
    Predicate.JOINED: "will join",
    Predicate.LEFT: "will leave",
    Predicate.SUED: "will sue",
    Predicate.INVESTIGATES: "will investigate",
    Predicate.REGULATES: "will regulate",
    Predicate.RESTRICTS: "will restrict",
    Predicate.BANNED: "will ban",
    Predicate.FINED: "will fine",
    Predicate.RULED_FOR: "will rule for",
    Predicate.RULED_AGAINST: "will rule against",
    Predicate.DISPUTES: "will dispute",
    Predicate.DOUBTS: "will doubt",
    Predicate.SUPPORTS: "will support",
    Predicate.CRITICIZES: "will criticize",
    Predicate.FEARS: "will fear",
}
"""How a predicate reads in a claim about the future: a plan is not a deed."""

WITHOUT_OBJECT: dict[Predicate, str] = {
    Predicate.TOOK_TECHNOLOGY_FROM: "took technology from others",
    Predicate.DISTILLED_FROM: "distilled its model from another",
    Predicate.EXFILTRATED_DATA_FROM: "took data out",
    Predicate.INFRINGED: "infringed rights",
    Predicate.EVADED_CONTROLS: "got around controls",
    Predicate.CAUSED_HARM: "caused harm",
    Predicate.OUTPERFORMS: "does better",
    Predicate.UNDERPERFORMS: "does worse",
    Predicate.SCORES: "scores",
    Predicate.RANKS: "ranks",
    Predicate.RAISED: "raised",
    Predicate.OPEN_SOURCED: "opened its source",
}
"""How a predicate reads when nobody stands behind it; the others read the same."""

_WITH_FIGURE = frozenset(
    {
        Predicate.COSTS,
        Predicate.EARNED,
        Predicate.HAS_SIZE,
        Predicate.HAS_USERS,
        Predicate.OWNS_HARDWARE,
        Predicate.RAISED,
        Predicate.SCORES,
        Predicate.VALUED_AT,
    }
)
"""These read as cut off when neither an object nor a figure follows."""

MODALITIES: dict[Modality, str] = {
    Modality.ASSERTED: "said as fact",
    Modality.REPORTED: "hearsay, no named source",
    Modality.ALLEGED: "an accusation not proven",
    Modality.SPECULATED: "said to be possible",
    Modality.PREDICTED: "about the future",
    Modality.QUESTIONED: "asked or left open",
}
"""What each firmness means."""

POLARITIES: dict[Polarity, str] = {Polarity.AFFIRMED: "affirmed", Polarity.DENIED: "denied"}

TYPES: dict[ClaimType, str] = {
    ClaimType.ALLEGATION: "allegation",
    ClaimType.BENCHMARK: "benchmark",
    ClaimType.COST: "cost",
    ClaimType.COMPUTE: "compute",
    ClaimType.RELEASE: "release",
    ClaimType.CAPABILITY: "capability",
    ClaimType.MARKET: "market",
    ClaimType.DEAL: "deal",
    ClaimType.PEOPLE: "people",
    ClaimType.LEGAL: "legal step",
    ClaimType.STANCE: "stance",
}

CUES: dict[CueKind, str] = {
    CueKind.ATTRIBUTION: "credits the speaker",
    CueKind.TRIGGER: "what is claimed",
    CueKind.MODALITY: "how firmly",
    CueKind.POLARITY: "that it is not so",
}
"""What words of each kind tell."""

ENTITY_TYPES: dict[EntityType, str] = {kind: kind.value for kind in EntityType}

ARTICLE_KINDS: dict[ArticleKind, str] = {kind: kind.value for kind in ArticleKind}

BARRIERS: dict[Barrier, str] = {
    Barrier.PAYWALL: "only subscribers may read the page",
    Barrier.LOGIN: "the page asks for an account",
    Barrier.REFUSED: "the site refused to give the page",
    Barrier.LEGAL: "the page may not be shown for legal reasons",
    Barrier.ROBOTS: "the site asks programs not to read the page",
    Barrier.CAPTCHA: "the site asked for proof that a human reads the page",
    Barrier.SCRIPT: "the page shows nothing without its scripts",
}
"""Why an article could be had in part only."""

ASPECTS: dict[Aspect, str] = {
    Aspect.FIRMNESS: "how firmly",
    Aspect.DENIAL: "whether it is so",
    Aspect.NUMBER: "the figure",
    Aspect.SPEAKERS: "who says it",
    Aspect.DATE: "when",
}
"""In what a claim is put otherwise than in the version before."""

SOURCE_KINDS: dict[SourceKind, str] = {
    SourceKind.OUTLET: "news outlet",
    SourceKind.WIRE: "news wire",
    SourceKind.VENDOR: "vendor's own pages",
    SourceKind.BLOG: "blog",
    SourceKind.AGGREGATOR: "aggregator",
    SourceKind.GOVERNMENT: "government",
}

COMPARATORS: dict[Comparator, str] = {
    Comparator.EQUAL: "",
    Comparator.ABOUT: "about",
    Comparator.OVER: "over",
    Comparator.UNDER: "under",
    Comparator.AT_LEAST: "at least",
    Comparator.AT_MOST: "at most",
    Comparator.RANGE: "",
}

RELATIONS: dict[Relation, tuple[str, str]] = {
    Relation.MAKES: ("makes", "made by"),
    Relation.OWNS: ("owns", "owned by"),
    Relation.INVESTED_IN: ("invested in", "has as investor"),
    Relation.WORKS_FOR: ("works for", "employs"),
    Relation.COMPETES_WITH: ("competes with", "competes with"),
    Relation.PARTNER_OF: ("partner of", "partner of"),
    Relation.PART_OF: ("part of", "includes"),
}
"""A tie read from its subject, and from its object."""

LANGUAGES: dict[str, str] = {"en": "English", "ja": "Japanese", "zh": "Chinese", "ko": "Korean", "fr": "French"}

FACETS: dict[str, str] = {
    "type": "Kind",
    "modality": "Firmness",
    "polarity": "Affirmed or denied",
    "lang": "Language",
    "source": "Source",
}


def say_predicate(
    predicate: Predicate, has_object: bool, measure: str | None = None, modality: Modality = Modality.ASSERTED
) -> str:
    """The predicate as it reads between its subject and what follows.

    measure   what the claim's quantity measures; None when the claim has no quantity
    modality  a claim about the future reads as one
    """
    if modality is Modality.PREDICTED:
        return FUTURE[predicate]
    if predicate is Predicate.COSTS and measure:
        return say_measure(measure)
    words = PREDICATES[predicate] if has_object else WITHOUT_OBJECT.get(predicate, PREDICATES[predicate])
    return f"{words} …" if predicate in _WITH_FIGURE and not has_object and measure is None else words


def say_measure(measure: str) -> str:
    """What a quantity measures; empty when that is unnamed."""
    return measure.replace("_", " ")


def say_facet(facet: str, value: str, label: str) -> str:
    """A facet's value for people; `label` where it is a name already."""
    tables: dict[str, dict[str, str]] = {
        "type": {str(key): words for key, words in TYPES.items()},
        "polarity": {str(key): words for key, words in POLARITIES.items()},
        "lang": LANGUAGES,
    }
    return tables.get(facet, {}).get(value, label)


_CLAIM_JUDGEMENTS = {
    JudgementKind.JOIN: "{claims} speak of one proposition",
    JudgementKind.PART: "{claims} do not speak of one proposition",
    JudgementKind.PIN: "{claims} stay with one proposition",
    JudgementKind.DISMISS: "the propositions of {claims} do not contradict each other",
}


def say_judgement(view: JudgementView) -> str:
    """What was judged, in a few words: DS Inc is DeepSeek."""
    names = [entity.name for entity in view.entities]
    spellings = ", ".join(f"“{alias}”" for alias in view.aliases)
    if view.kind is JudgementKind.MERGE:
        return f"{', '.join(names[1:])} {'is' if len(names) == 2 else 'are'} {names[0]}"
    if view.kind is JudgementKind.APART:
        return f"{names[0]} is not {names[1]}"
    if view.kind is JudgementKind.ALIAS_ADDED:
        return f"{names[0]} is also called {spellings}"
    if view.kind is JudgementKind.ALIAS_WITHDRAWN:
        return f"{names[0]} is not called {spellings}"
    if view.kind is JudgementKind.UNDO:
        return f"{view.undoes} is taken back"
    if view.kind in _CLAIM_JUDGEMENTS:
        return _CLAIM_JUDGEMENTS[view.kind].format(claims=_count(len(view.claims), "claim"))
    counts = (_count(len(view.claims), "claim"), _count(len(view.articles), "article"), spellings)
    return f"{', '.join(filter(None, counts))} of {names[0]}: about {names[1]}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def say_copy(kind: CopyKind, is_original: bool) -> str:
    """What the other article is to this one: `copy of`, `also at`."""
    return _COPIES[kind][0 if is_original else 1]


_COPIES = {
    CopyKind.SYNDICATED: ("copy of", "also at"),
    CopyKind.REWRITTEN: ("rewritten from", "rewritten at"),
    CopyKind.TRANSLATED: ("translated from", "translated at"),
}
