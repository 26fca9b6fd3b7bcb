"""Claims that stand in what is side by side, with no verb of their own: "ByteDance-owned TikTok", "R1 (671B)", "up 4%".

The patterns are `phrases.toml` and its like. In a form, {S:org} is the subject, {O:…} the object, {Q:…} the
amount and {B:…} the benchmark, with the kinds they may be of; {S*:org} is a list of several. {@a|b} are words of which
one must stand there, <3> is up to three plain words, <~60> up to sixty characters of anything that denies nothing,
<^60> the same without names and amounts. Everything else is a regular expression over the line (lines.py).
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from ahocorasick_rs import AhoCorasick
from spacy.tokens import Token

from graph.records import ClaimType, EntityType, Party, Predicate, Quantity
from ingest.nlp.document import Amount
from ingest.nlp.en.amounts import make_quantity
from ingest.nlp.en.clauses import Clause
from ingest.nlp.en.lines import Line
from ingest.nlp.en.matching import Match, or_none
from ingest.nlp.en.parties import Parties
from ingest.nlp.en.quantities import set_unit
from ingest.nlp.frames import Frame, read_frame

_KINDS = {
    "org": "ciug",
    "firm": "cg",
    "party": "ciupg",
    "person": "p",
    "state": "li",
    "institution": "i",
    "model": "mg",
    "thing": "mdg",
    "ware": "mdhg",
    "made": "mdh",
    "rated": "mdcg",
    "hardware": "h",
    "product": "d",
    "store": "dcu",
    "benchmark": "b",
    "publication": "u",
    "money": "$",
    "price": "$/",
    "rate": "/",
    "percent": "%",
    "parameters": "r",
    "tokens": "t",
    "chips": "k",
    "times": "x",
    "people": "e",
    "score": "%#",
    "rank": "o",
}
_SLOT = re.compile(r"\{(?P<role>[SOQB])(?P<many>\*?):(?P<kinds>[a-z|]+)\}")
# What tells how deep in groups a slot stands; brackets inside a class or behind a backslash are no groups.
_PARTS = re.compile(rf"{_SLOT.pattern}|\{{[^}}]*\}}|\\.|\[[^\]]*\]|[()|]")
_ANCHOR = re.compile(r"\{@(?P<words>[^}]+)\}")
_GAP = re.compile(r"<(?P<count>\d)>")
_WIDE_GAP = re.compile(r"<(?P<kind>[~^])(?P<count>\d+)>")
# Words that turn what follows into something else than it says.
_BARRED = r"not|no|never|without|former|formerly|ex|once|if|whether|would-be|neither|nor|unlike|than|may|might|could|or"
_DENYING = rf"{_BARRED}|cannot|fails?|failed|instead|rather|nothing|nobody|denie[sd]|doubts?"
_FREE = rf"(?:(?!\b(?:{_DENYING})\b|n't)[^.;!?\n‹]|\.(?=\d))"
_PLAIN = rf"(?:(?!(?:{_BARRED})\b)[\w'&.%$+/-]+|‹l\d+›(?:'s)?)"
_TURNED = re.compile(
    r"\b(?:not|n't|never|no longer|neither|nor|instead of|rather than|former|formerly|ex-|if|without|"
    r"(?:dissolution|end|collapse|cancellation|termination|breakup|unwinding|rejection|lack) of(?: [\w-]+){0,3})\W*$",
    re.I,
)
_COMPARED = frozenset({ClaimType.BENCHMARK, ClaimType.COST})
_MARKS = re.compile(r"‹[^\d›]?(\d+)›")
_LETTER = re.compile(r"‹([^\d›])\d+›")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One form of a frame.

    anchors  words of which one must stand in the line; empty when the form has none
    marks    for each slot the form cannot do without the letters of the marks that fill it
    stated   the form is itself the statement of its sentence, and not something said in passing
    ahead    what the form states is yet to come: a purchase that awaits approval
    """

    frame: Frame
    pattern: re.Pattern[str]
    anchors: frozenset[str]
    marks: tuple[frozenset[str], ...]
    stated: bool
    ahead: bool = False


def load_phrases(path: Path) -> tuple[Phrase, ...]:
    """The forms of a file in order. Raises ConfigError for a frame that is not well formed."""
    tables = tomllib.loads(path.read_text("utf-8"))["phrase"]
    return tuple(phrase for table in tables for phrase in _read_phrases(table, path))


def _read_phrases(table: Mapping[str, object], path: Path) -> Iterator[Phrase]:
    frame = read_frame(table, f"{path.parent.name}/{path.name}")
    for form in frame.triggers:
        anchor = _ANCHOR.search(form)
        anchors = tuple(anchor["words"].lower().split("|")) if anchor else ()
        plain = frozenset(re.split(r"[\\(\[?]", word)[0] for word in anchors)
        plain = plain if all(plain) else frozenset()  # a word that opens with a group may be any
        yield Phrase(
            frame, _compile(form), plain, _find_wanted(form), bool(table.get("stated")), table.get("ahead") is True
        )


def _find_wanted(form: str) -> tuple[frozenset[str], ...]:
    """The letters of the marks of each slot outside every group; a form of alternatives needs none for sure."""
    wanted, depth = [], 0
    for part in _PARTS.finditer(form):
        if part["kinds"] and not depth:
            wanted.append(frozenset(_list_letters(part["kinds"])))
        if part.group() == "|" and not depth:
            return ()
        depth += {"(": 1, ")": -1}.get(part.group(), 0)
    return tuple(wanted)


def _compile(form: str) -> re.Pattern[str]:
    text = _GAP.sub(lambda match: rf"(?:{_PLAIN} ){{0,{match['count']}}}", form)
    text = _WIDE_GAP.sub(_write_gap, text)
    text = _ANCHOR.sub(lambda match: rf"(?:{match['words']})(?!\w)", text)
    return re.compile(_SLOT.sub(_write_slot, text), re.IGNORECASE)


def _write_gap(match: re.Match[str]) -> str:
    free = _FREE if match["kind"] == "^" else rf"(?:{_FREE}|‹)"
    return rf"{free}{{0,{match['count']}}}?"


def _write_slot(match: re.Match[str]) -> str:
    kinds = _list_letters(match["kinds"])
    mark = rf"‹[{re.escape(kinds)}]\d+›"
    if match["role"] == "Q":  # a list of prices says between them what each is for
        more = rf"(?:(?:[,/;+&]| and| or)?[a-z (-]{{0,24}}\)?,? ?(?:and |or )?[a-z -]{{0,16}}{mark})*"
        return rf"(?P<Q>{mark}{more if match['many'] else ''})"
    one = rf"(?:the |a |an )?(?:‹[lci]\d+›(?:'s)? )?{mark}(?!(?:'s)? ‹[mdh])"
    more = rf"(?:(?:,? and |,? as well as | & |/|, ){one})*" if match["many"] else ""
    return rf"(?P<{match['role']}>{one}{more})"


def _list_letters(kinds: str) -> str:
    return "".join(_KINDS[kind] for kind in kinds.split("|"))


class Phrases:
    """Forms with all the words that any of them wants, so that a line is searched for each word once."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = tuple(phrases)
        self._words = AhoCorasick({word for p in self._phrases for word in (*p.anchors, *p.frame.context)})

    def find(self, line: Line, parties: Parties) -> Iterator[tuple[Phrase, Match]]:
        """What the forms find in a line; what a form leaves out is what the passage is about."""
        for phrase in self._select(line):
            for match in phrase.pattern.finditer(line.text):
                if not _TURNED.search(line.text[: match.start()]):
                    yield from ((phrase, found) for found in _fill(phrase.frame, match, line, parties))

    def _select(self, line: Line) -> Iterator[Phrase]:
        """The forms whose words and marks stand in a line."""
        letters = frozenset(_LETTER.findall(line.text))
        held = self._find_words(line.text)
        said = self._find_words(line.tokens[0].doc.text)  # a name that the line shows as a mark is context too
        for phrase in self._phrases:
            if phrase.anchors and phrase.anchors.isdisjoint(held):
                continue
            if phrase.frame.context and said.isdisjoint(phrase.frame.context):
                continue
            if not any(marks.isdisjoint(letters) for marks in phrase.marks):
                yield phrase

    def _find_words(self, text: str) -> frozenset[str]:
        return frozenset(self._words.find_matches_as_strings(text.lower(), overlapping=True))


def _fill(frame: Frame, match: re.Match[str], line: Line, parties: Parties) -> Iterator[Match]:
    groups = match.groupdict()
    quantities = _read_amounts(groups.get("Q"), frame, line)
    benchmarks = _read_slot(groups.get("B"), frozenset({EntityType.BENCHMARK}), line, parties)
    objects = _read_slot(groups.get("O"), frame.object.types, line, parties)
    if "O" not in groups and "object" in frame.needs:
        main = parties.referents.find_main(frame.object.types)
        objects = [main] if main else []
    subjects = (
        _read_slot(groups["S"], frame.subject.types, line, parties)
        if "S" in groups
        else _read_topic(frame.subject.types, parties)
    )
    slots = (
        (objects, "O" in groups or "object" in frame.needs),
        (benchmarks, "B" in groups),
        (quantities, "Q" in groups),
    )
    if any(wanted and not found for found, wanted in slots):
        return
    clause = Clause(_find_token(line, match.start("S") if groups.get("S") else match.start()), False, (), ())
    for subject, object, quantity, benchmark in product(
        subjects, or_none(objects), or_none(quantities), or_none(benchmarks)
    ):
        held = benchmark if frame.predicate is Predicate.SCORES else object
        actor: Party | None = subject
        if frame.predicate is Predicate.OPEN_SOURCED and "O" not in groups:  # a licence is its maker's act
            actor, held = parties.find_maker_of(subject), subject
        if actor and actor != held and not (object and _is_unlike(frame, actor, object, parties)):
            yield Match(frame, clause, actor, held, quantity, benchmark)


def _is_unlike(frame: Frame, subject: Party, object: Party, parties: Parties) -> bool:
    """Whether two cannot be compared: a maker with its own model, a chip with what runs on it."""
    if frame.type not in _COMPARED:
        return False
    chips = parties.has_type(subject, EntityType.HARDWARE), parties.has_type(object, EntityType.HARDWARE)
    return chips[0] != chips[1] or parties.find_maker_of(object) == subject


def _read_topic(types: frozenset[EntityType], parties: Parties) -> list[Party]:
    topic = parties.referents.find_last_topic(types)
    return [topic] if topic else []


def _read_slot(text: str | None, types: frozenset[EntityType], line: Line, parties: Parties) -> list[Party]:
    tokens = [line.tokens[int(number)] for number in _find_numbers(text or "")]
    return list(dict.fromkeys(party for token in tokens for party in parties.resolve(token, types)))


def _find_numbers(text: str) -> list[str]:
    """The numbers of the marks of a slot without those that only say whose or from where something is."""
    return [match[1] for match in _MARKS.finditer(re.sub(r"‹[lci]\d+›(?:'s)? (?=‹)", "", text))]


def _read_amounts(text: str | None, frame: Frame, line: Line) -> list[Quantity]:
    """The amounts of a slot; several prices side by side are for the same measure: "$3 in, $15 out per million"."""
    found = [line.amounts[int(number)].amount for number in _MARKS.findall(text or "")]
    units = frame.quantity.units if frame.quantity else frozenset()
    per = next((unit for amount in found if "/" in (unit := amount.unit)), "").partition("/")[2]
    return [make_quantity(_settle_unit(amount, units, per), frame) for amount in found]


def _settle_unit(amount: Amount, units: frozenset[str], per: str) -> Amount:
    if not amount.unit and len(units) == 1:
        return set_unit(amount, next(iter(units)))
    return set_unit(amount, f"{amount.unit}/{per}") if per and "/" not in amount.unit else amount


def _find_token(line: Line, at: int) -> Token:
    offset = line.origins[min(at, len(line.origins) - 1)]
    return next((token for token in reversed(line.tokens) if token.idx <= offset), line.tokens[0])
