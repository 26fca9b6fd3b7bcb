"""What somebody typed into the search box, read as far as it can be: a question, what each part of it means, and what
was not understood, with what may have been meant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from graph.answers.evidence import find_made
from graph.answers.viewing import refer
from graph.errors import QueryError
from graph.searching.language import CHOICES, KEYS, PLAIN, Term, apply_term, format_terms, parse_terms
from graph.searching.meaning import Meant, read_meaning
from graph.spelling.likeness import rank_alike
from graph.store import ClaimQuery, GraphStore
from graph.views import EntityRef

# Keys as readers are told of them: firmness is what the graph calls modality.
SHOWN_KEYS = tuple("firmness" if key == "modality" else key for key in KEYS)


class Fault(StrEnum):
    """Why a part of a search text was not understood."""

    KEY = "key"
    VALUE = "value"
    NAME = "name"
    TIME = "time"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A part that was not understood. What stands behind a wrong key was searched as words, any other was left out.

    place    where it stands in the text, end exclusive
    nearest  keys or values that could stand there, the likeliest first; all values of a closed set
    instead  search texts with the likeliest in its place
    """

    fault: Fault
    text: str
    key: str
    place: tuple[int, int]
    nearest: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of what was typed and what it was read as; `rest` is the search text without it.

    key      of the search language; `name` for a name and `word` for words
    value    as the graph has it: a code, an id, or the words
    typed    a name or measure was read out of plain words
    """

    key: str
    value: str
    text: str
    rest: str
    minus: bool = False
    typed: bool = False
    entity: EntityRef | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """The question that a text asks.

    places   of the chips in the text, ends exclusive
    names    entities named in plain words, which stand for what they make and own too; measures likewise
    literal  the text that asks the same words as they stand; empty where nothing was read out of them
    words    and phrases that sentences must have; doubted: those of them that stand behind a wrong key
    """

    text: str
    query: ClaimQuery
    chips: tuple[Chip, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    troubles: tuple[Trouble, ...] = ()
    names: tuple[EntityRef, ...] = ()
    measures: tuple[str, ...] = ()
    literal: str = ""
    words: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    query: ClaimQuery = PLAIN
    parts: list[tuple[tuple[int, int], Chip]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    names: list[EntityRef] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)


def read_typed(store: GraphStore, text: str, now: datetime, measures: Mapping[str, str]) -> Typed:
    """The question, read as far as it can be. QueryError for a text that is too long to be read.

    measures  the measure of each folded spelling
    """
    reading = _Reading()
    for is_plain, group in groupby(parse_terms(text), key=lambda term: not (term.key or term.quoted or term.minus)):
        run = list(group)
        if is_plain:
            _read_plain(store, reading, text, run, measures)
        else:
            for term in run:
                _read_term(store, reading, text, term, now)
    return _finish(text, reading)


def _read_plain(
    store: GraphStore, reading: _Reading, text: str, run: Sequence[Term], measures: Mapping[str, str]
) -> None:
    for meant in read_meaning(text, run, store.find_spelled, measures):
        chip = Chip("word", meant.text, meant.text, "")
        if meant.entity:
            ref = refer(meant.entity)
            family = (ref.id, *sorted(find_made(store, ref.id) - {ref.id}))
            reading.query = replace(reading.query, named=(*reading.query.named, family))
            reading.names.append(ref)
            chip = replace(chip, key="name", value=ref.id, typed=True, entity=ref)
        elif meant.measure:
            reading.query = replace(reading.query, measures=(*reading.query.measures, meant.measure))
            chip = replace(chip, key="measure", value=meant.measure, typed=True)
        else:
            word = meant.text
            if trouble := _doubt_key(text, meant):
                reading.troubles.append(trouble)
                word = word.partition(":")[2]
                reading.doubted.append(word)
            reading.query = replace(reading.query, words=(*reading.query.words, word))
        reading.parts.append((meant.place, chip))


def _read_term(store: GraphStore, reading: _Reading, text: str, term: Term, now: datetime) -> None:
    try:
        reading.query = apply_term(reading.query, term, store.find_entities, now)
    except QueryError:
        reading.troubles.append(_explain(text, term))
        return
    entity = None
    if term.key in ("about", "speaker"):
        entity = refer(store.find_entities(term.value)[0])
    if term.key or term.value.strip():
        shown = text[slice(*term.place)]
        chip = Chip(
            term.key or "word", term.value.lower() if term.key in CHOICES else term.value, shown, "", term.minus
        )
        reading.parts.append((term.place, replace(chip, entity=entity)))


def _doubt_key(text: str, meant: Meant) -> Trouble | None:
    """What looks like `key:value` and is searched as words; addresses are not doubted."""
    key, colon, value = meant.text.partition(":")
    if not colon or not value or value.startswith("//") or not (key.isascii() and key.isalpha()):
        return None
    nearest = rank_alike(key.lower(), SHOWN_KEYS, near=True)
    instead = _put(text, meant.place, f"{nearest[0]}:{value}") if nearest else ""
    return Trouble(Fault.KEY, meant.text, key, meant.place, nearest[:1], instead)


def _explain(text: str, term: Term) -> Trouble:
    """Why a term cannot be understood."""
    key = "firmness" if term.key == "modality" else term.key
    shown = text[slice(*term.place)]
    if term.minus and term.key != "source":
        return Trouble(Fault.EXCLUDED, shown, key, term.place)
    if term.key in CHOICES:
        values = rank_alike(term.value.lower(), [value.value for value in CHOICES[term.key]])
        instead = _put(text, term.place, format_terms([Term(key, values[0])]))
        return Trouble(Fault.VALUE, shown, key, term.place, values, instead)
    return Trouble(Fault.TIME if term.key in ("since", "until") else Fault.NAME, shown, key, term.place)


def _finish(text: str, reading: _Reading) -> Typed:
    places = [place for place, _ in reading.parts]
    chips = tuple(replace(chip, rest=_put(text, place, "")) for place, chip in reading.parts)
    read = [chip for chip in chips if chip.typed]
    return Typed(
        text,
        reading.query,
        chips,
        tuple(places),
        tuple(reading.troubles),
        tuple(dict.fromkeys(reading.names)),
        tuple(chip.value for chip in read if chip.key == "measure"),
        _quote_typed(text, zip(places, chips, strict=True)) if read else "",
        (*reading.query.words, *reading.query.phrases),
        tuple(reading.doubted),
    )


def _quote_typed(text: str, parts: Iterable[tuple[tuple[int, int], Chip]]) -> str:
    """The text with each run that was read in quotes, and so searched as it stands."""
    quoted = text
    for place, chip in sorted(parts, reverse=True, key=lambda part: part[0]):
        if chip.typed:
            quoted = f'{quoted[: place[0]]} "{chip.text}" {quoted[place[1] :]}'
    return " ".join(quoted.split())


def _put(text: str, place: tuple[int, int], words: str) -> str:
    """The text with words in the place of some of it."""
    return " ".join(f"{text[: place[0]]} {words} {text[place[1] :]}".split())
