"""Claims that stand in what is side by side, with no verb of their own: "ByteDance-owned TikTok", "R1 (671B)", "up 4%".

The patterns are `phrases.toml`. In a form, {S:org} is the subject, {O:…} the object, {Q:…} the amount and {B:…} the
benchmark, with the kinds they may be of; {S*:org} is a list of several. {@a|b} are words of which one must stand there,
<3> is up to three plain words. Everything else is a regular expression over the line (lines.py).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from spacy.tokens import Token

from graph.records import EntityType, Party, Quantity
from ingest.nlp.en.amounts import make_quantity
from ingest.nlp.en.clauses import Clause
from ingest.nlp.en.lines import LETTERS, Line
from ingest.nlp.en.matching import Match
from ingest.nlp.en.parties import Parties
from ingest.nlp.en.quantities import set_unit
from ingest.nlp.frames import Frame, read_frame

_KINDS = {
    "org": "ciug",
    "firm": "cg",
    "party": "ciupg",
    "person": "p",
    "state": "li",
    "model": "mg",
    "thing": "mdg",
    "ware": "mdhg",
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
    "number": "#n",
    "rank": "o",
}
_SLOT = re.compile(r"\{(?P<role>[SOQB])(?P<many>\*?):(?P<kinds>[a-z|]+)\}")
_ANCHOR = re.compile(r"\{@(?P<words>[^}]+)\}")
_GAP = re.compile(r"<(?P<count>\d)>")
# Words that turn what follows into something else than it says.
_BARRED = r"not|no|never|without|former|formerly|ex|once|if|whether|would-be|neither|nor|unlike|than|may|might|could|or"
_PLAIN = rf"(?:(?!(?:{_BARRED})\b)[\w'&.%$+/-]+|‹l\d+›(?:'s)?)"
_TURNED = re.compile(
    r"\b(?:not|n't|never|no longer|neither|nor|instead of|rather than|former|formerly|ex-|if|without|"
    r"(?:dissolution|end|collapse|cancellation|termination|breakup|unwinding|rejection|lack) of(?: [\w-]+){0,3})\W*$",
    re.I,
)
_MARKS = re.compile(r"‹[^\d›]?(\d+)›")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One form of a frame. `anchors` are words of which one must stand in the line; `stated` when the form is itself the
    statement of its sentence, and not something said in passing."""

    frame: Frame
    pattern: re.Pattern[str]
    anchors: tuple[str, ...]
    stated: bool


def load_phrases(path: Path) -> tuple[Phrase, ...]:
    """The forms of a file in order. Raises ConfigError for a frame that is not well formed."""
    tables = tomllib.loads(path.read_text("utf-8"))["phrase"]
    return tuple(phrase for table in tables for phrase in _read_phrases(table, path))


def _read_phrases(table: Mapping[str, object], path: Path) -> Iterator[Phrase]:
    frame = read_frame(table, f"{path.parent.name}/{path.name}")
    for form in frame.triggers:
        anchor = _ANCHOR.search(form)
        anchors = tuple(anchor["words"].lower().split("|")) if anchor else ()
        plain = tuple(re.split(r"[\\(\[?]", word)[0] for word in anchors)
        yield Phrase(frame, _compile(form), plain, bool(table.get("stated")))


def _compile(form: str) -> re.Pattern[str]:
    text = _GAP.sub(lambda match: rf"(?:{_PLAIN} ){{0,{match['count']}}}", form)
    text = _ANCHOR.sub(lambda match: rf"(?:{match['words']})", text)
    return re.compile(_SLOT.sub(_write_slot, text), re.IGNORECASE)


def _write_slot(match: re.Match[str]) -> str:
    kinds = "".join(_KINDS[kind] for kind in match["kinds"].split("|"))
    one = rf"(?:the |a |an )?(?:‹[lci]\d+›(?:'s)? )?‹[{re.escape(kinds)}]\d+›(?!(?:'s)? ‹[mdh])"
    if not match["many"]:
        return rf"(?P<{match['role']}>{one})"
    return rf"(?P<{match['role']}>{one}(?:(?:,? and |,? as well as | & |/|, ){one})*)"


def find_phrases(
    phrases: tuple[Phrase, ...], line: Line, parties: Parties, topic: Party | None
) -> Iterator[tuple[Phrase, Match]]:
    """What the forms find in a line, with the topic as subject where a form has none."""
    lowered = line.text.lower()
    for phrase in phrases:
        if phrase.anchors and not any(word in lowered for word in phrase.anchors):
            continue
        if "S" not in phrase.pattern.groupindex and topic is None:
            continue
        for match in phrase.pattern.finditer(line.text):
            if not _TURNED.search(line.text[: match.start()]):
                yield from ((phrase, found) for found in _fill(phrase.frame, match, line, parties, topic))


def _fill(frame: Frame, match: re.Match[str], line: Line, parties: Parties, topic: Party | None) -> Iterator[Match]:
    groups = match.groupdict()
    subjects = _read_slot(groups["S"], frame.subject.types, line, parties) if "S" in groups else [topic]
    objects = _read_slot(groups.get("O"), frame.object.types, line, parties)
    benchmarks = _read_slot(groups.get("B"), frozenset({EntityType.BENCHMARK}), line, parties)
    quantities = _read_amounts(groups.get("Q"), frame, line)
    wanted = {"object": "O", "benchmark": "B", "quantity": "Q"}
    filled = {"object": objects, "benchmark": benchmarks, "quantity": quantities}
    if any(groups.get(group) and not filled[role] for role, group in wanted.items()):
        return
    head = _find_token(line, match.start("S") if groups.get("S") else match.start())
    clause = Clause(head, False, (), ())
    for subject, object, quantity, benchmark in product(
        subjects, objects or [None], quantities or [None], benchmarks or [None]
    ):
        if subject is not None and subject != object:
            yield Match(
                frame,
                clause,
                subject,
                object or (benchmark if frame.predicate == "scores" else None),
                quantity,
                benchmark,
            )


def _read_slot(text: str | None, types: frozenset[EntityType], line: Line, parties: Parties) -> list[Party]:
    tokens = [line.tokens[int(number)] for number in _find_numbers(text or "")]
    return list(dict.fromkeys(party for token in tokens for party in parties.resolve(token, types)))


def _find_numbers(text: str) -> list[str]:
    """The numbers of the marks of a slot without those that only say whose or from where something is."""
    return [match[1] for match in _MARKS.finditer(re.sub(r"‹[lci]\d+›(?:'s)? (?=‹)", "", text))]


def _read_amounts(text: str | None, frame: Frame, line: Line) -> list[Quantity]:
    placed = [line.amounts[int(number)] for number in _MARKS.findall(text or "")]
    found = []
    for one in placed:
        amount = one.amount
        if frame.quantity and frame.quantity.units and not amount.unit:
            amount = set_unit(amount, next(iter(frame.quantity.units)), 1)
        found.append(make_quantity(amount, frame))
    return found


def _find_token(line: Line, at: int) -> Token:
    offset = line.origins[min(at, len(line.origins) - 1)]
    return next((token for token in reversed(line.tokens) if token.idx <= offset), line.tokens[0])
