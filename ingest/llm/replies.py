"""What a model replies: the schema that it is asked to keep to, and its JSON read whatever it kept to."""

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from graph.errors import ModelError
from graph.records import EntityType, Modality, Predicate

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
# What an amount may be said to measure; anything else is left to its predicate (measuring.py).
_MEASURES = frozenset(
    [
        *("training_cost", "development_cost", "price", "price_change", "spending", "score", "rank", "chips", "tokens"),
        *("parameters", "context", "stock_change", "market_cap", "valuation", "revenue", "revenue_change", "profit"),
        *("users", "users_change", "downloads", "countries", "funding", "fine", "market_share", "power", "memory"),
        *("speed", "stake"),
    ]
)
# Longer ones are no name, no quote and no list of a text; what is behind them is not read.
_LONGEST, _MOST = 2_000, 2_000
# So many beginnings of an object are tried: what nests a thousand deep a thousand times is no reply.
_MOST_TRIES = 50


def _make_object(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


_AMOUNT = _make_object(words=_TEXT, value={"type": "number"}, unit=_TEXT, measure=_TEXT)
SCHEMA: dict[str, object] = _make_object(
    names={
        "type": "array",
        "items": _make_object(
            name=_TEXT,
            type={"type": "string", "enum": [kind.value for kind in EntityType]},
            spellings={"type": "array", "items": _TEXT},
        ),
    },
    claims={
        "type": "array",
        "items": _make_object(
            sentence={"type": "integer"},
            predicate={"type": "string", "enum": [predicate.value for predicate in Predicate]},
            subject=_TEXT,
            object=_MAYBE,
            amount={"anyOf": [_AMOUNT, {"type": "null"}]},
            benchmark=_MAYBE,
            day=_MAYBE,
            speakers={"type": "array", "items": _TEXT},
            modality={"type": "string", "enum": [modality.value for modality in Modality]},
            modality_words=_MAYBE,
            denied={"type": "boolean"},
            denied_words=_MAYBE,
            by=_TEXT,
            weak={"type": "boolean"},
        ),
    },
)


@dataclass(frozen=True, slots=True)
class ToldAmount:
    words: str
    value: float
    measure: str


@dataclass(frozen=True, slots=True)
class ToldName:
    """A name as the model lists it; nothing says yet that the text has it."""

    name: str
    type: EntityType
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """A claim as the model tells it; nothing says yet that the text has its words. Empty: not told."""

    sentence: int
    predicate: Predicate
    subject: str
    object: str
    amount: ToldAmount | None
    benchmark: str
    day: str
    speakers: tuple[str, ...]
    modality: Modality
    modality_words: str
    denied: bool
    denied_words: str
    by: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A whole reply; `malformed` counts claims that are none."""

    names: tuple[ToldName, ...]
    claims: tuple[ToldClaim, ...]
    malformed: int


def parse_reply(text: str) -> Told:
    """The reply in some text, between fences or talk. Raises ModelError (`broken_reply`) where there is none."""
    raw = find_object(text, "claims")
    claims = [read_claim(item) for item in list_items(raw.get("claims"))]
    names = [read_name(item) for item in list_items(raw.get("names"))]
    return Told(
        tuple(name for name in names if name),
        tuple(claim for claim in claims if claim),
        sum(claim is None for claim in claims),
    )


def find_object(text: str, key: str, kind: type = list) -> dict[str, Any]:
    """The first JSON object in a text with a key of a kind. Raises ModelError (`broken_reply`) where there is none."""
    text = _THOUGHT.sub("", text)
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(_MOST_TRIES):
        if at < 0:
            break
        try:
            found, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            # What is cut in the middle holds whole objects too; only one that opens a line may be the reply.
            at = text.find("\n{", at)
            at = at + 1 if at >= 0 else -1
            continue
        if isinstance(found, dict) and isinstance(found.get(key), kind):
            return found
        at = text.find("{", end)
    raise ModelError("the language model's reply is no JSON of the form asked for", reason="broken_reply")


def read_claim(raw: Any) -> ToldClaim | None:
    """A claim as it is told; None where it is none."""
    try:
        return ToldClaim(
            sentence=_read_number(raw["sentence"]),
            predicate=Predicate(raw["predicate"]),
            subject=_read_text(raw.get("subject")),
            object=_read_text(raw.get("object")),
            amount=_read_amount(raw.get("amount")),
            benchmark=_read_text(raw.get("benchmark")),
            day=_read_text(raw.get("day")),
            speakers=tuple(filter(None, map(_read_text, list_items(raw.get("speakers"))))),
            modality=Modality(raw.get("modality") or Modality.ASSERTED),
            modality_words=_read_text(raw.get("modality_words")),
            denied=raw.get("denied") is True,
            denied_words=_read_text(raw.get("denied_words")),
            by=_read_text(raw.get("by")),
            weak=raw.get("weak") is True,
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def read_name(raw: Any) -> ToldName | None:
    """A name as it is listed; None where it is none."""
    try:
        spelled = tuple(filter(None, map(_read_text, list_items(raw.get("spellings")))))
        return ToldName(_read_text(raw["name"]), EntityType(raw["type"]), spelled)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _read_amount(raw: Any) -> ToldAmount | None:
    if raw is None:
        return None
    value = float(raw["value"])
    if isinstance(raw["value"], bool) or not math.isfinite(value):
        raise ValueError("no number")
    measure = raw.get("measure")
    return ToldAmount(_read_text(raw["words"]), value, measure if measure in _MEASURES else "")


def _read_number(raw: Any) -> int:
    if isinstance(raw, bool) or int(raw) != float(raw):
        raise ValueError("no whole number")
    return int(raw)


def _read_text(raw: Any) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        raise ValueError("no text")
    return raw.strip()


def list_items(raw: Any) -> list[Any]:
    """The items of a list, as many as are read; none of anything else."""
    return raw[:_MOST] if isinstance(raw, list) else []
