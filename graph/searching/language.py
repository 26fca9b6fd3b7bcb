"""The search language: `speaker:sacks about:deepseek type:allegation since:7d "exact words" -source:x`.

A word must occur in the sentence, words in double quotes as they stand, `-word` must not; `key:value` narrows; a value
with spaces is quoted. `claimgraph search` and agents ask so, and what is wrong is an error. Pages and API read names
and measures out of the words too, and answer what they understand (typed.py, finding.py).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from graph.errors import QueryError
from graph.ids import make_source_id
from graph.records import ClaimType, Entity, EntityId, Modality, Polarity, Status
from graph.store import ClaimQuery

_TERM = re.compile(r'(?P<minus>-)?(?:(?P<key>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))')
# Wide signs, as a Japanese keyboard types them, and curly quotes are the plain ones; one for one, so that places stay.
_SIGNS = {**{wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}, ord("“"): '"', ord("”"): '"'}
MAX_LENGTH = 1000
_MAX_TERMS = 40
_PERIOD = re.compile(r"(\d{1,4})([hdwmy])")
# What readers call a key, beside what the graph calls it.
_SAID = {"firmness": "modality"}
_PERIOD_DAYS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}


class Switch(StrEnum):
    """Only those of a kind, all but those, or both."""

    YES = "yes"
    NO = "no"
    ALL = "all"


_SWITCHED = {Switch.YES: True, Switch.NO: False, Switch.ALL: None}
_Choice = TypeVar("_Choice", bound=StrEnum)
FindEntities = Callable[[str], tuple[Entity, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """One piece of a search text; `key` is empty for plain words. `place` is where it stands there, end exclusive."""

    key: str
    value: str
    quoted: bool = False
    minus: bool = False
    place: tuple[int, int] = field(default=(0, 0), compare=False)


PLAIN = ClaimQuery(weak=False)
"""What is asked where nothing is said: every claim but those that were read weakly."""


def parse_search(text: str, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    """The claims a search text asks for.

    Names behind `about:` and `speaker:` are looked up with `find_entities`, the first answer wins.
    Raises QueryError naming the term that cannot be understood.
    """
    query = PLAIN
    for term in parse_terms(text):
        query = apply_term(query, term, find_entities, now)
    return query


def parse_terms(text: str) -> tuple[Term, ...]:
    """The terms of a search text in order. An unknown `key:` is read as plain words, so that URLs can be pasted."""
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the search is longer than {MAX_LENGTH} characters; shorten it", reason="refused")
    terms = tuple(_read_term(match, text) for match in _TERM.finditer(text.translate(_SIGNS)))
    if len(terms) > _MAX_TERMS:
        raise QueryError(f"the search has more than {_MAX_TERMS} terms; shorten it", reason="refused")
    return terms


def format_terms(terms: Iterable[Term]) -> str:
    """The text that parses back to the same terms."""
    return " ".join(_format_term(term) for term in terms)


def _read_term(match: re.Match[str], text: str) -> Term:
    """Words stay as they were typed: in quotes they are looked for so."""
    key = (match["key"] or "").lower()
    key = _SAID.get(key, key)
    quoted = match["quoted"] is not None
    group = "quoted" if quoted else "bare"
    value = match[group]
    if key not in KEYS:
        typed = text[slice(*match.span(group))]
        key, value = "", f"{match['key']}:{typed}" if key else typed
    return Term(key, value, quoted and not key, bool(match["minus"]), match.span())


def _format_term(term: Term) -> str:
    value = f'"{term.value}"' if term.quoted or not term.value or re.search(r"\s", term.value) else term.value
    return ("-" if term.minus else "") + (f"{term.key}:" if term.key else "") + value


def apply_term(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    """The query narrowed by one more term. QueryError when it cannot be understood."""
    if not term.key:
        return _apply_words(query, term)
    if term.minus and term.key != "source":
        raise QueryError(f"-{term.key}: only words and source: can be excluded", subject=term.value, reason="refused")
    return KEYS[term.key](query, term, find_entities, now)


def _apply_words(query: ClaimQuery, term: Term) -> ClaimQuery:
    if not term.value.strip():
        return query
    if term.minus:
        return replace(query, without=(*query.without, term.value))
    if term.quoted:
        return replace(query, phrases=(*query.phrases, term.value))
    return replace(query, words=(*query.words, term.value))


def _about(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    return replace(query, about=(*query.about, _find_entity(term, find_entities)))


def _speaker(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    return replace(query, speakers=(*query.speakers, _find_entity(term, find_entities)))


def _type(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    return replace(query, types=(*query.types, _member(ClaimType, term)))


def _modality(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    return replace(query, modalities=(*query.modalities, _member(Modality, term)))


def _polarity(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    return replace(query, polarities=(*query.polarities, _member(Polarity, term)))


def _status(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    return replace(query, statuses=(*query.statuses, _member(Status, term)))


def _measure(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    return replace(query, measures=(*query.measures, term.value.lower().replace(" ", "_")))


def _lang(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    return replace(query, langs=(*query.langs, term.value.lower()))


def _source(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    source = make_source_id(term.value)
    if term.minus:
        return replace(query, not_sources=(*query.not_sources, source))
    return replace(query, sources=(*query.sources, source))


def _since(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    return replace(query, since=parse_moment(term.value, now))


def _until(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    return replace(query, until=_parse_end(term.value, now))


def _misread(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    chosen = _switch(term)
    # Who looks for them wants them whatever their score.
    return replace(query, misread=chosen, weak=query.weak if chosen is False else None)


def _weak(query: ClaimQuery, term: Term, find_entities: FindEntities, now: datetime) -> ClaimQuery:
    return replace(query, weak=_switch(term))


def _switch(term: Term) -> bool | None:
    return _SWITCHED[_member(Switch, term)]


KEYS: dict[str, Callable[[ClaimQuery, Term, FindEntities, datetime], ClaimQuery]] = {
    "about": _about,
    "speaker": _speaker,
    "type": _type,
    "modality": _modality,
    "polarity": _polarity,
    "status": _status,
    "measure": _measure,
    "lang": _lang,
    "source": _source,
    "since": _since,
    "until": _until,
    "misread": _misread,
    "weak": _weak,
}


CHOICES: dict[str, type[StrEnum]] = {
    "type": ClaimType,
    "modality": Modality,
    "polarity": Polarity,
    "status": Status,
    "weak": Switch,
    "misread": Switch,
}
"""The keys of closed sets."""


def parse_moment(value: str, now: datetime) -> datetime:
    """`7d`, `12h`, `2w`, `3m`, `1y` before now, or the start of a day `2025-01-28` (UTC). QueryError otherwise."""
    period = _PERIOD.fullmatch(value.lower())
    if period:
        try:
            return now - timedelta(days=int(period[1]) * _PERIOD_DAYS[period[2]])
        except OverflowError:
            message = f"{value} reaches back before the year 1; write a shorter period such as 7d"
            raise QueryError(message, subject=value, reason="refused") from None
    try:
        return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        message = f"{value!r} is not a time; write a day such as 2025-01-28 or a period such as 7d"
        raise QueryError(message, subject=value, reason="refused") from None


def _parse_end(value: str, now: datetime) -> datetime:
    """The same, but of a day its end: `until:` leaves none of it out."""
    moment = parse_moment(value, now)
    if _PERIOD.fullmatch(value.lower()):
        return moment
    try:
        return moment + timedelta(days=1)
    except OverflowError:
        return moment


def _find_entity(term: Term, find_entities: FindEntities) -> EntityId:
    found = find_entities(term.value)
    if not found:
        message = f"{term.key}:{term.value}: nothing of that name is known; search for the word alone instead"
        raise QueryError(message, subject=term.value, reason="unknown_name")
    return found[0].id


def _member(choices: type[_Choice], term: Term) -> _Choice:
    try:
        return choices(term.value.lower().replace("_", " "))
    except ValueError:
        message = f"{term.key}:{term.value}: choose one of {', '.join(choices)}"
        raise QueryError(message, subject=term.value, reason="refused") from None
