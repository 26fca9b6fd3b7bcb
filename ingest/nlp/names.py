"""Names in a text: curated spellings, and the naming grammar of models and chips for what no table lists yet.

Matching is by characters on folded text, so that `Ｑｗｅｎ２.５`, `Qwen 2.5` and `qwen-2.5` are one; offsets are
those of the text as stored.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick

from graph.ids import fold_name, make_entity_id
from graph.records import BODIES, Entity, EntityType
from ingest.nlp.document import Name
from ingest.nlp.folding import fold, is_whole
from ingest.nlp.grammar import Grammar, Shape
from ingest.nlp.hints import has_other_forename, is_headline, is_hinted, opens_sentence, stands_out
from ingest.nlp.tables import Row, Tables

# Up to this length an abbreviation in other case is a word: US and us, AP and ap.
_SHORT = 4
# Names that a text without capitals uses as words more often than as names.
_WORDS = frozenset([
    "alphabet", "android", "azure", "chrome", "discord", "docker", "intel", "oracle", "paramount", "pentagon",
    "perplexity", "sequoia", "stripe", "telegram", "windows", "ironwood", "trillium", "anthropics", "entropic",
])  # fmt: skip
# Behind "open AI" and "open ai": the adjective, not the company.
_NOUN_AFTER = re.compile(
    r"^(?:['’]s)? (?:models?|systems?|research|source|tools?|weights?|ecosystem|community|standard)"
)
_POSSESSIVE = re.compile(r"['’]")
# The part of a web address or a domain that a span lies in.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w@])[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.(?:com|org|net|io|co|jp|cn|dev)\b[\w/.-]*|"
    # an exchange and a ticker behind a name: "Palantir (NASDAQ:PLTR)"
    r"\([A-Z]{3,8}: ?[A-Z0-9.]{1,8}\)"
)
# Behind "MIT" the licence, not the institute.
_LICENCE = re.compile(r"[- ](?:[Ll]icen[sc]|\()")
# A version alone (`R1`, `o3`) and what beside it shows that the sentence is about models.
_VERSION = re.compile(r"[A-Za-z]\d(?:\.\d+)?")
# Behind the name of a firm, a body or a person these make another firm of it (`Thomson Reuters Ventures`).
_BODY_TAIL = re.compile(
    r" (?:Ventures|Capital|Securities|Holdings|Growth|Foundation|Research|Intelligence|Partners)(?![\w-])"
)
# Behind a place: what has its seat there (`Munich Regional Court`, ミュンヘン地裁, 清華大).
_SEAT_OF = re.compile(
    r"(?: (?:[A-Z][a-z]+ ){0,2}(?:Court|Police|Parliament|University|Stock Exchange|Supreme Court)(?![\w-]))|"
    r"(?:地方裁判所|高等裁判所|裁判所|地裁|高裁|中央地検|地検|高検|警察|県警|府警|大学院|大学|大(?=[のでが、。はとに教院])|州議会|市議会|"
    r"議会|証券取引所|税関|年金基金|商工会議所|法院|州政府|市政府|消防|空港公団)"
)
# Prose has a full stop every 10 to 30 words; a transcript may have none at all.
_FEWEST_WORDS = 60
_WORDS_A_STOP = 60
_BODIES_AND_PERSONS = BODIES | {EntityType.PERSON}
_SUPPORT = frozenset({EntityType.MODEL, EntityType.BENCHMARK})


@dataclass(frozen=True, slots=True)
class Context:
    """What a whole story tells about a spelling in one of its sentences.

    names   names of the entities it mentions surely, with those of their makers; they unlock ambiguous spellings
    beside  words in it that unlock spellings which many have
    others  surnames that somebody else has in it: Morita, where it names Kenji Morita
    spoken  it is a transcript without punctuation: lower case says nothing
    """

    names: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class _Target:
    row: Row
    text: str
    contextual: bool
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A place where one spelling or more of the tables stand."""

    span: tuple[int, int]
    surface: str
    targets: tuple[_Target, ...]


class Gazetteer:
    """Finds curated and grammatical names in a text."""

    def __init__(self, tables: Tables) -> None:
        self._targets: dict[str, list[_Target]] = {}
        # As they stand in a text, where a comma parts words: "Ministry of Economy, Trade and Industry".
        forms: dict[str, str] = {}
        for row in tables.rows:
            for spelling in row.spellings:
                target = _Target(row, spelling.text, spelling.contextual, spelling.beside)
                name = fold_name(spelling.text)
                self._targets.setdefault(name, []).append(target)
                if name:
                    forms[fold(spelling.text).text] = name
        self._forms = [forms[form] for form in sorted(forms)]
        self._automaton = AhoCorasick(sorted(forms))
        self._beside = _match_words({word for row in tables.rows for one in row.spellings for word in one.beside})
        self._by_name = {row.entity.name: row for row in tables.rows}
        self._models = [row for row in tables.rows if row.entity.type is EntityType.MODEL]
        self._grammar = Grammar(tables)

    def find_names(self, text: str, context: Context = Context()) -> tuple[Name, ...]:
        """Names in the order of the text, none overlapping.

        context  what the whole story mentions surely; it unlocks spellings that need context
        """
        shapes = [self._name_shape(text, shape) for shape in self._grammar.iter_names(text)]
        context = replace(context, names=context.names | {name.entity.name for name in shapes})
        hits = list(self._iter_hits(text, context.spoken))
        sure = [name for hit in hits if (name := self._choose(text, hit, context))]
        found = _drop_overlaps(shapes + [self._lengthen(text, name) for name in sure])
        return tuple(sorted(self._add_versions(text, hits, found), key=lambda name: name.span))

    def find_context(self, text: str) -> Context:
        """What a story mentions without doubt, and whether it is speech."""
        spoken = _is_spoken(text)
        names = {name.entity.name for name in self.find_names(text, Context(spoken=spoken))}
        owners = {row.of for name in names if (row := self._by_name.get(name)) and row.of}
        others = {
            hit.surface
            for hit in self._iter_hits(text, spoken)
            for target in hit.targets
            if target.row.entity.type is EntityType.PERSON
            and has_other_forename(text, *hit.span, target.row.entity.name)
        }
        beside = frozenset(self._beside.findall(text))
        return Context(frozenset(names | owners), beside, frozenset(others), spoken)

    def get_entity(self, spelling: str) -> Entity | None:
        """The curated entity of an unconditional spelling, None when there is none or several."""
        targets = [target for target in self._targets.get(fold_name(spelling), ()) if not target.contextual]
        return targets[0].row.entity if len(targets) == 1 else None

    def get_name(self, spelling: str) -> str | None:
        """Its name."""
        entity = self.get_entity(spelling)
        return entity.name if entity else None

    def find_spelled(self, spelling: str, kind: EntityType) -> Entity | None:
        """The curated entity of a type that is spelled so, a spelling that needs context included."""
        targets = self._targets.get(fold_name(spelling), ())
        return next((t.row.entity for t in targets if t.row.entity.type is kind), None)

    def find_body(self, spelling: str) -> Entity | None:
        """The one firm or body that is spelled so where a text gives it context, as one that calls it a firm does."""
        targets = [
            t for t in self._targets.get(fold_name(spelling), ()) if t.row.entity.type in BODIES and not t.beside
        ]
        return targets[0].row.entity if len(targets) == 1 and spelling == targets[0].text else None

    def get_maker(self, entity: Entity) -> str:
        """The name of the curated maker, employer or owner; of a model in no table, that of its family's maker."""
        row = self._by_name.get(entity.name)
        if row is None and entity.type is EntityType.MODEL:
            family = [model for model in self._models if _is_variant(entity.name, model.entity.name)]
            row = max(family, key=lambda model: len(model.entity.name), default=None)
        return row.of if row else ""

    def _iter_hits(self, text: str, spoken: bool) -> Iterator[_Hit]:
        folded = fold(text)
        addresses = [match.span() for match in _ADDRESS.finditer(text)]
        begins = [start for start, _ in addresses]
        # Overlapping ones too: folded text has no spaces, and a match across two words would hide the one after it.
        for number, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
            span = (folded.origin[start], folded.origin[end - 1] + 1)
            before = bisect_right(begins, span[0]) - 1
            if not is_whole(text, *span) or (before >= 0 and span[1] < addresses[before][1]):
                continue
            surface = text[span[0] : span[1]]
            spelled = self._targets[self._forms[number]]
            fitting = tuple(t for t in spelled if _fits_case(t.text, surface, spoken, text[span[1] : span[1] + 16]))
            if surface == "MIT" and _LICENCE.match(text, span[1]):
                fitting = tuple(t for t in fitting if t.row.entity.type is EntityType.LAW)
            if fitting:
                yield _Hit(span, surface, fitting)

    def _choose(self, text: str, hit: _Hit, context: Context) -> Name | None:
        """What a spelling means: an ambiguous one needs its maker or full name in the story, or words beside it; a
        version alone is that of the one model of the story that has it: M4 after MiniMax-M4."""
        own = _list_versioned(hit.surface, context.names) if _VERSION.fullmatch(hit.surface) else []
        if len(own) == 1:
            return Name(hit.span, hit.surface, self.get_entity(own[0]) or _make_entity(own[0], EntityType.MODEL))
        plain = [target for target in hit.targets if not target.contextual]
        named = [t for t in hit.targets if t.row.entity.name in context.names]
        told = [t for t in hit.targets if t.row.of in context.names or t.beside & context.beside]
        unlocked = [t for t in told if _may_be_name(text, hit, t) and hit.surface not in context.others]
        target = next(iter(plain or named or unlocked), None)
        if target is None:
            shown = [t for t in hit.targets if is_hinted(text, *hit.span, t.row.entity.type)]
            if not shown and stands_out(text, *hit.span) and not context.spoken:
                shown = [t for t in hit.targets if not t.beside]
            target = shown[0] if len(shown) == 1 and not _is_many(hit, shown[0]) else None
        if target is None or (
            target.row.entity.type is EntityType.PERSON and has_other_forename(text, *hit.span, target.row.entity.name)
        ):
            return None
        return Name(hit.span, hit.surface, target.row.entity)

    def _add_versions(self, text: str, hits: Iterable[_Hit], found: list[Name]) -> list[Name]:
        """The names with the bare versions (`R1`, `o3`) that other models or benchmarks of the sentence support."""
        bare = [
            Name(hit.span, hit.surface, hit.targets[0].row.entity)
            for hit in hits
            if len(hit.targets) == 1 and _VERSION.fullmatch(hit.surface)
        ]
        taken = {place for name in found for place in range(*name.span)}
        free = [name for name in bare if taken.isdisjoint(range(*name.span))]
        supported = any(name.entity.type in _SUPPORT for name in found) or len({n.entity.id for n in free}) > 1
        return found + [self._lengthen(text, name) for name in free] if supported else found

    def _lengthen(self, text: str, name: Name) -> Name:
        """The name with what belongs to it behind it: a variant, a size or a date makes another model of it."""
        if name.entity.type in _BODIES_AND_PERSONS and (tail := _BODY_TAIL.match(text, name.span[1])):
            return self._make_longer(text, (name.span[0], tail.end()), EntityType.COMPANY)
        if name.entity.type is EntityType.PLACE and (head := _SEAT_OF.match(text, name.span[1])):
            return self._make_longer(text, (name.span[0], head.end()), EntityType.INSTITUTION)
        if name.entity.type is not EntityType.MODEL:
            return name
        shape = self._grammar.lengthen(text, name.span[1], name.entity.name)
        return self._name_shape(text, replace(shape, start=name.span[0])) if shape else name

    def _make_longer(self, text: str, span: tuple[int, int], kind: EntityType) -> Name:
        surface = text[slice(*span)]
        return Name(span, surface, self.get_entity(surface) or _make_entity(surface, kind))

    def _name_shape(self, text: str, shape: Shape) -> Name:
        surface = text[shape.start : shape.end]
        entity = self.get_entity(surface) or self.get_entity(shape.name)
        return Name((shape.start, shape.end), surface, entity or _make_entity(shape.name, shape.type))


def _list_versioned(version: str, names: Iterable[str]) -> list[str]:
    """The names that end with a version behind the name of a family."""
    return [name for name in names if re.fullmatch(rf".*[A-Za-z][- ]?{re.escape(version)}", name)]


def _is_spoken(text: str) -> bool:
    """Whether a text is a transcript without punctuation, whose lower case tells nothing."""
    words = len(re.findall(r"[A-Za-z]+", text))
    return words >= _FEWEST_WORDS and words > _WORDS_A_STOP * len(re.findall(r"[.!?。](?=\s|$)", text))


def _match_words(words: Iterable[str]) -> re.Pattern[str]:
    """What finds any of these words in a text, the longest at each place."""
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"(?<![A-Za-z])(?:{listed})(?![A-Za-z])")


def _is_variant(name: str, family: str) -> bool:
    """Whether a model's name is a family's with something behind it that is no further letter: Qwen2, not Qwenta."""
    after = name[len(family) :][:1]
    return name.startswith(family) and not (after.isascii() and after.isalpha())


def _fits_case(spelling: str, surface: str, spoken: bool, after: str) -> bool:
    """Whether the surface may be this spelling: an ordinary word in lower case is no name (`meta`, `the paper`)."""
    if _POSSESSIVE.search(surface) and not _POSSESSIVE.search(spelling):
        return False  # "DeepSeek's" is no slip of the tongue for it ("deep seeks")
    if not surface.isascii() or not any(char.isupper() for char in spelling):
        return True
    if not spoken and _is_sentence_case(spelling, surface):
        return False
    if len(spelling) <= _SHORT and spelling.isupper():
        return surface.isupper()
    if any(char.isdigit() for char in surface):
        return True
    if len(surface.split(" ")) > len(spelling.split(" ")) and _NOUN_AFTER.search(after):
        return False
    if spoken and len(spelling) >= _SHORT and surface not in _WORDS:
        return True
    if any(char.isupper() for char in surface):
        return surface[0].isupper() or not spelling[0].isupper() or _is_split(spelling, surface)
    same_parts = len(re.findall(r"\w+", surface)) == len(re.findall(r"\w+", spelling))
    return same_parts and len(spelling) > 4 and bool(re.search(r"[a-z][A-Z]|[A-Z]{2}", spelling))


def _is_sentence_case(spelling: str, surface: str) -> bool:
    """Whether only the first word kept its capital: `The information` is not The Information."""
    words = list(zip(spelling.split(" "), surface.split(" "), strict=False))
    return words[0] == ("The", "The") and any(a[:1].isupper() and b[:1].islower() for a, b in words[1:])


def _is_split(spelling: str, surface: str) -> bool:
    """Whether the surface is the spelling cut at its inner capital, as transcripts write it: `open AI`, `chat GPT`."""
    return surface.split(" ")[1:] == re.findall(r"[A-Z]+[a-z]*", spelling)[1:] and " " not in spelling


def _may_be_name(text: str, hit: _Hit, target: _Target) -> bool:
    """Whether a plain word may be a name although only its maker is in the story: not where any word has a capital."""
    if target.row.entity.type is EntityType.PERSON or not re.fullmatch(r"[A-Z][a-z]+", hit.surface):
        return True
    return not opens_sentence(text, hit.span[0]) and not is_headline(text)


def _is_many(hit: _Hit, target: _Target) -> bool:
    """Whether a spelling is what many are called: a surname, a version. Nothing beside it says that it is this one."""
    return target.row.entity.type is EntityType.PERSON or bool(_VERSION.fullmatch(hit.surface))


def _make_entity(name: str, kind: EntityType) -> Entity:
    return Entity(make_entity_id(name), name, kind)


def _drop_overlaps(names: Iterable[Name]) -> list[Name]:
    """The longest of overlapping names; of equals the first given."""
    kept: list[Name] = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda name: name.span[0] - name.span[1]):
        places = range(*name.span)
        if taken.isdisjoint(places):
            kept.append(name)
            taken.update(places)
    return kept
