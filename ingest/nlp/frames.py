"""Frames: what a predicate looks like in a language, as data.

Each language keeps its frames in `frames.toml`. A frame says which words trigger it, what may fill its slots and
by which markers (dependency labels in English, case particles in Japanese) a filler is found:

    [[frame]]
    name = "outperform"
    type = "benchmark"
    predicate = "outperforms"
    triggers = ["outperform", "beat"]
    subject = { types = ["model", "product", "company"], markers = ["nsubj"] }
    object = { types = ["model", "product", "company"], markers = ["dobj"] }
    quantity = { units = ["%", "points"], measure = "score" }
    needs = ["object"]

Words that several frames share stand once, in the table `words` at the top of the file; `$rise` in a trigger is all of
the list `rise`.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ConfigError
from graph.records import PREDICATES, ClaimType, EntityType, Predicate

_NO_WORDS: Mapping[str, Sequence[str]] = {}
_SHARED = re.compile(r"\$([a-z]+)")
_NEEDS = ("subject", "object", "quantity", "benchmark")


@dataclass(frozen=True, slots=True)
class Slot:
    """What may fill a role: entity types (empty: any) and the language's markers, best first."""

    types: frozenset[EntityType]
    markers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amounts:
    """Which amounts belong to a frame: units by their head (`USD/month` counts as USD) and what they measure."""

    units: frozenset[str]
    measure: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One way a language states a predicate.

    triggers  lemmas or phrases, as the language's matcher reads them
    quantity  None when numbers beside the trigger are none of its business
    needs     roles without which there is no claim
    context   words of which one must stand in the sentence; empty when none is needed
    beside    stated beside whatever else the same clause states: a round beside its valuation
    ended     the trigger says that it is so no longer ("scrapped the partnership"): the claim is denied
    """

    name: str
    type: ClaimType
    predicate: Predicate
    triggers: tuple[str, ...]
    subject: Slot
    object: Slot
    quantity: Amounts | None = None
    needs: frozenset[str] = frozenset()
    context: tuple[str, ...] = ()
    beside: bool = False
    ended: bool = False


def load_frames(path: Path) -> tuple[Frame, ...]:
    """The frames of a file in order. Raises ConfigError naming the frame and what is wrong with it."""
    content = tomllib.loads(path.read_text("utf-8"))
    shared = content.get("words", {})
    return tuple(read_frame(table, f"{path.parent.name}/{path.name}", shared) for table in content["frame"])


def read_frame(table: Mapping[str, object], file: str, shared: Mapping[str, Sequence[str]] = _NO_WORDS) -> Frame:
    """The frame of one table. Raises ConfigError naming the frame and what is wrong with it.

    shared  the lists that triggers name by `$`
    """
    name = str(table.get("name", "?"))
    try:
        frame = Frame(
            name=name,
            type=ClaimType(_text(table, "type")),
            predicate=Predicate(_text(table, "predicate")),
            triggers=tuple(_spell_out(trigger, shared) for trigger in _texts(table, "triggers")),
            subject=_make_slot(table.get("subject", {})),
            object=_make_slot(table.get("object", {})),
            quantity=_make_amounts(table.get("quantity"), shared),
            needs=frozenset(_texts(table, "needs")),
            context=_texts(table, "context"),
            beside=table.get("beside") is True,
            ended=table.get("ended") is True,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ConfigError(f"{file}: frame {name}: {error}", subject=name) from error
    if frame.predicate not in PREDICATES[frame.type] or not frame.needs <= set(_NEEDS):
        raise ConfigError(f"{file}: frame {name}: predicate or needs do not fit its type", subject=name)
    return frame


def _spell_out(trigger: str, shared: Mapping[str, Sequence[str]]) -> str:
    """The trigger with the words of each list that it names. Raises KeyError for a list that is not there."""
    return _SHARED.sub(lambda match: "|".join(shared[match[1]]), trigger)


def _make_slot(table: object) -> Slot:
    if not isinstance(table, dict):
        raise TypeError("a slot is a table with types and markers")
    return Slot(frozenset(EntityType(kind) for kind in table.get("types", ())), tuple(table.get("markers", ())))


def _make_amounts(table: object, shared: Mapping[str, Sequence[str]]) -> Amounts | None:
    if table is None:
        return None
    if not isinstance(table, dict):
        raise TypeError("quantity is a table with units and measure")
    units = frozenset(unit for written in table.get("units", ()) for unit in _spell_units(written, shared))
    return Amounts(units, str(table.get("measure", "")))


def _spell_units(written: str, shared: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The units that one entry names: itself, or each of a list ("$money/" is every currency with a slash)."""
    named = _SHARED.match(written)
    return [unit + written[named.end() :] for unit in shared[named[1]]] if named else [written]


def _text(table: Mapping[str, object], key: str) -> str:
    return str(table[key])


def _texts(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key, ())
    if isinstance(value, str) or not isinstance(value, (list, tuple)):
        raise TypeError(f"{key} is a list of strings")
    return tuple(str(item) for item in value)
