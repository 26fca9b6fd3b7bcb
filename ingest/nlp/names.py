"""Names in a text: curated spellings, and the naming grammar of models and chips for what no table lists yet.

Matching is by characters on folded text, so that `Ｑｗｅｎ２.５`, `Qwen 2.5` and `qwen-2.5` are one; offsets are
those of the text as stored.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from graph.ids import fold_name, make_entity_id
from graph.records import Entity, EntityType
from ingest.nlp.document import Name
from ingest.nlp.folding import fold, is_whole
from ingest.nlp.tables import Row, Tables

# Variant words that may follow a model family, as vendors use them (Epoch and LMArena tables).
_VARIANTS = (
    "Max|Plus|Turbo|Pro|Ultra|Nano|Flash|Lite|Mini|mini|Large|Medium|Small|Tiny|High|Low|Instruct|Chat|Base|Coder|Code|"
    "Math|VL|Audio|Omni|Vision|Thinking|Preview|preview|Reasoning|Reasoner|Distill|Zero|Sonnet|Opus|Haiku|Scout|"
    "Maverick|Behemoth|Nemo|Exp|Experimental|Image|Video|TTS|ASR|Next|Air|Codex|Nemotron|Embedding|Guard|Deep Think"
)
_VERSION = r"v?\d+(?:\.\d+)*[a-z]?|[RVMKo]\d+(?:\.\d+)*"
_SIZE = r"\d+(?:\.\d+)?[BbMT](?:-?A\d+(?:\.\d+)?[Bb])?|\d+x\d+[Bb]"
# Up to this length an abbreviation in other case is a word: US and us, AP and ap.
_SHORT = 4
_CHIP = re.compile(
    r"(?<![A-Za-z0-9-])(?:GB|GH|MI|[HABLV])\d{2,3}[A-Z]{0,3}(?![A-Za-z0-9]*[a-rt-z0-9])(?=s?(?![A-Za-z0-9]))"
)
_CHIP_CONTEXT = re.compile(r"GPU|chip|accelerator|Nvidia|NVIDIA|AMD|チップ|半導体|エヌビディア|プロセッサ")


@dataclass(frozen=True, slots=True)
class _Target:
    row: Row
    text: str
    contextual: bool


class Gazetteer:
    """Finds curated and grammatical names in a text."""

    def __init__(self, tables: Tables) -> None:
        self._targets: dict[str, list[_Target]] = {}
        for row in tables.rows:
            for spelling in row.spellings:
                target = _Target(row, spelling.text, spelling.contextual)
                self._targets.setdefault(fold_name(spelling.text), []).append(target)
        self._forms = sorted(form for form in self._targets if form)
        self._automaton = AhoCorasick(self._forms)
        self._by_name = {row.entity.name: row for row in tables.rows}
        self._grammar = _compile_grammar(tables)
        self._joints = _learn_joints(tables)

    def find_names(self, text: str, context: frozenset[str] = frozenset()) -> tuple[Name, ...]:
        """Names in the order of the text, none overlapping.

        context  names of entities that the whole story mentions surely; it unlocks spellings that need context
        """
        models = list(self._iter_grammar(text))
        curated = list(self._iter_curated(text, context))
        return tuple(sorted(_drop_overlaps(models + curated), key=lambda name: name.span))

    def find_context(self, text: str) -> frozenset[str]:
        """Names of the entities that a text mentions without doubt, with those of their makers."""
        names = {name.entity.name for name in self.find_names(text)}
        owners = {row.of for name in names if (row := self._by_name.get(name)) and row.of}
        return frozenset(names | owners)

    def get_entity(self, spelling: str) -> Entity | None:
        """The curated entity of an unconditional spelling, None when there is none or several."""
        targets = [target for target in self._targets.get(fold_name(spelling), ()) if not target.contextual]
        return targets[0].row.entity if len(targets) == 1 else None

    def find_spelled(self, spelling: str, kind: EntityType) -> Entity | None:
        """The curated entity of a type that is spelled so, a spelling that needs context included."""
        targets = self._targets.get(fold_name(spelling), ())
        return next((t.row.entity for t in targets if t.row.entity.type is kind), None)

    def get_maker(self, entity: Entity) -> str:
        """The name of the curated maker, employer or owner; empty when there is none."""
        row = self._by_name.get(entity.name)
        return row.of if row else ""

    def get_country(self, entity: Entity) -> str:
        """The country of a curated row's home (ISO 3166); empty when it is not known."""
        row = self._by_name.get(entity.name)
        return row.country if row else ""

    def _iter_curated(self, text: str, context: frozenset[str]) -> Iterator[Name]:
        folded = fold(text)
        # Overlapping ones too: folded text has no spaces, and a match across two words would hide the one after it.
        for number, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
            span = (folded.origin[start], folded.origin[end - 1] + 1)
            if not is_whole(text, *span):
                continue
            target = _choose(self._targets[self._forms[number]], text[span[0] : span[1]], context)
            if target:
                yield Name(span, text[span[0] : span[1]], target.row.entity)

    def _iter_grammar(self, text: str) -> Iterator[Name]:
        for match in self._grammar.finditer(text):
            if match["tail"]:
                yield self._make_model(match.group().rstrip(" -"), match.start(), match["family"])
        for match in _CHIP.finditer(text):
            window = text[max(0, match.start() - 60) : match.end() + 60]
            if self.get_entity(match.group()) is None and _CHIP_CONTEXT.search(window):
                yield Name(match.span(), match.group(), _make_entity(match.group(), EntityType.HARDWARE))

    def _make_model(self, text: str, start: int, family: str) -> Name:
        first, rest = self._joints.get(family, (" ", " "))
        name = family + _join_parts(text[len(family) :], first, rest)
        entity = self.get_entity(text) or _make_entity(name, EntityType.MODEL)
        return Name((start, start + len(text)), text, entity)


def _compile_grammar(tables: Tables) -> re.Pattern[str]:
    families = {
        spelling.text
        for row in tables.rows
        if row.entity.type is EntityType.MODEL and not re.search(r"\d", row.entity.name)
        for spelling in row.spellings
        if not spelling.contextual and spelling.text.isascii()
    }
    labs = {row.of for row in tables.rows if row.entity.type is EntityType.MODEL and row.of.isascii() and row.of}
    makers = {lab for lab in labs if any(row.entity.name.startswith(lab + "-") for row in tables.rows)}
    family = "|".join(re.escape(name) for name in sorted(families | makers, key=len, reverse=True))
    pattern = (
        rf"(?<![A-Za-z0-9])(?P<family>{family})"
        rf"(?P<tail>(?:[ -]?(?:{_VERSION})(?![A-Za-z0-9]))?(?:[ -](?:{_VARIANTS}|{_SIZE})(?![A-Za-z0-9]))*)"
    )
    return re.compile(pattern)


def _choose(targets: list[_Target], surface: str, context: frozenset[str]) -> _Target | None:
    """The target this surface means, or None: an ambiguous spelling needs its maker or full name in the text."""
    fitting = [target for target in targets if _fits_case(target.text, surface)]
    plain = [target for target in fitting if not target.contextual]
    if plain:
        return plain[0]
    unlocked = [t for t in fitting if t.row.of in context or t.row.entity.name in context]
    named = [t for t in unlocked if t.row.entity.name in context]
    return next(iter(named or unlocked), None)


def _fits_case(spelling: str, surface: str) -> bool:
    """Whether the surface may be this spelling: an ordinary word in lower case is no name (`meta`, `the paper`)."""
    if not surface.isascii() or not any(char.isupper() for char in spelling):
        return True
    if len(spelling) <= _SHORT and spelling.isupper():
        return surface.isupper()
    if any(char.isdigit() for char in surface):
        return True
    if any(char.isupper() for char in surface):
        return surface[0].isupper() or not spelling[0].isupper()
    same_parts = len(re.findall(r"\w+", surface)) == len(re.findall(r"\w+", spelling))
    return same_parts and len(spelling) > 4 and bool(re.search(r"[a-z][A-Z]|[A-Z]{2}", spelling))


def _make_entity(name: str, kind: EntityType) -> Entity:
    return Entity(make_entity_id(name), name, kind)


def _join_parts(tail: str, first: str, rest: str) -> str:
    """What follows a family name with the joints its maker writes (`Qwen 3 Max` is `Qwen3-Max`)."""
    parts = re.split(r"[ -]+", tail.strip(" -"))
    return first + rest.join(parts) if parts[0][:1].isdigit() else rest + rest.join(parts)


def _learn_joints(tables: Tables) -> dict[str, tuple[str, str]]:
    """For each family the joints that its curated models write most: before the version, and after it."""
    seen: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for row in tables.rows:
        match = re.match(r"([A-Za-z]+)([ -]?)\d[\w.]*(?:([ -])[A-Za-z0-9])?", row.entity.name)
        if match and row.entity.type is EntityType.MODEL:
            first, rest = seen.setdefault(match[1], (Counter(), Counter()))
            first[match[2]] += 1
            rest.update(match[3] or ())
    return {
        family: (first.most_common(1)[0][0], rest.most_common(1)[0][0] if rest else " ")
        for family, (first, rest) in seen.items()
    }


def _drop_overlaps(names: Iterable[Name]) -> list[Name]:
    """The longest of overlapping names; of equals the first given."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: name.span[0] - name.span[1]):
        if all(name.span[1] <= other.span[0] or other.span[1] <= name.span[0] for other in kept):
            kept.append(name)
    return kept
