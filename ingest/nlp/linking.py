"""Names that no table lists, tied together over a story: introduced once, found wherever they stand.

A surname stands for the full name, `Vireo` for `Vireo Labs`, and a spelling for the form the story gives it.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from graph.ids import fold_name, make_entity_id
from graph.records import BODIES, MADE, Entity, EntityType
from ingest.nlp.document import FreeName, Name, Sentence, Span, shift
from ingest.nlp.folding import is_whole
from ingest.nlp.names import Gazetteer

# In brackets behind a name stands another name of it: "Nike (NYSE:NKE)", "SoftBank (SFTBF)", 公取委（JFTC）.
_GLOSS = re.compile(r"\s?[(（](?P<exchange>[A-Z]{2,8}: ?)?(?P<short>[A-Z][A-Z0-9.]{0,7})[)）]")
_FEWEST_LETTERS = 3
_NO_GLOSS = frozenset(
    ["AGI", "API", "ASIC", "CEO", "CFO", "COO", "CPU", "CTO", "GPU", "IPO", "LLM", "TPU", "UAE", "USA"]
)
# Kinds of firm behind a name; without it the rest still names the firm.
_FIRM = re.compile(
    r"(?P<short>[A-Z][\w’'&-]{3,}(?: [A-Z][\w&-]+)?)[ ,]+(?:AI|Labs?|Inc\.?|Corp\.?|Ltd\.?|LLC|Technologies|Technology|"
    r"Systems|Robotics|Group|Holdings|Compute|Computing|Networks|Software|Semiconductors?|Intelligence|Studios?|"
    r"Ventures|Capital|Partners|Securities|Therapeutics|Motors|Energy|Dynamics|Research|Microsystems|Cloud|Health|"
    r"Bio|Media|Games|Analytics|Security|Photonics|Devices|Machines)$"
)
_KATAKANA_FIRM = re.compile(
    r"(?P<short>[ァ-ヶー]{4,})(?:AI|・?(?:ラボ|ラボズ|テクノロジーズ?|システムズ?|ロボティクス|リサーチ|セミコンダクター|ホールディングス|"
    r"キャピタル|ベンチャーズ|グループ|テック))"
)
# Words that open the name of a firm but mean nothing alone.
_BARE = frozenset([
    "Advanced", "American", "Applied", "Artificial", "Baron", "Big", "Blue", "British", "China", "Chinese", "Cloud",
    "Data", "Deep", "Digital", "European", "First", "Future", "General", "Global", "Golden", "Grand", "Great", "Green",
    "Hong", "Human", "International", "Japan", "Lightning", "Modern", "National", "New", "North", "Open", "Pacific",
    "Physical", "Planet", "Prime", "Public", "Quantum", "Real", "Red", "Royal", "Safe", "Scale", "Second", "Shanghai",
    "Shenzhen", "Silicon", "Smart", "Social", "Solar", "South", "Standard", "State", "Super", "Thinking", "Third",
    "Tokyo", "True", "United", "Universal", "Urban", "Valley", "West", "White", "World",
])  # fmt: skip
_FULL = re.compile(
    r"(?P<given>[A-ZÀ-Þ][\w’'-]+)(?: [A-Z]\.)*(?: (?:van|von|de|der|den|la|al|bin|[A-ZÀ-Þ][\w’'-]+))* "
    r"(?P<family>[A-ZÀ-Þ][\w’'-]+)"
)
_GOES_ON = re.compile(r"-\w|\.\w|['’](?!s\b)\w")
_KANJI = re.compile(r"[一-龠々]+")
# Behind a name of one kanji these tell who somebody is of it, or what: 楓社, 楓製; but 楓製作所 is another.
_BEHIND = re.compile(r"[社側製氏株系](?![作鋼薬鉄会団])")
FindNames = Callable[[Sentence], Iterable[FreeName]]
# An introduction outweighs any number of other places that a story is likely to hold.
_INTRODUCED = 100


def link_names(sentences: Sequence[Sentence], find: FindNames, gazetteer: Gazetteer) -> tuple[Sentence, ...]:
    """The sentences with further names added; a name already found is never replaced or overlapped."""
    seen = [tuple(_iter_free(sentence, find)) for sentence in sentences]
    alone = {free.name for row in seen for free in row} | {name.text for one in sentences for name in one.names}
    free = [tuple(_cut_firm(one, alone) for one in row) for row in seen]
    known = {name.entity.id: name.entity for sentence in sentences for name in sentence.names}
    forms = _Forms(gazetteer, known.values(), _settle(free, sentences))
    return tuple(_add(sentence, row, forms) for sentence, row in zip(sentences, free, strict=True))


class _Forms:
    """Every form under which the story's own names may stand, with its entity.

    known  what is named in the story by the tables
    told   spellings of the story, each with its whole name and what that names
    """

    def __init__(
        self, gazetteer: Gazetteer, known: Iterable[Entity], told: Iterable[tuple[str, str, EntityType]]
    ) -> None:
        self._gazetteer = gazetteer
        self._entities: dict[str, Entity] = {}
        self._forms: dict[str, Entity] = {}
        # Only where the network sees a name there: "Will" and "Grace" are words too.
        self._given: dict[str, set[Entity]] = {}
        for entity in known:
            self._note_given(entity)
            self._entities.setdefault(fold_name(entity.name), entity)
            for short in _iter_short(entity):
                self._entities.setdefault(fold_name(short), entity)
        for spelling, name, kind in told:
            self._add(spelling, name, kind)
        longest_first = sorted(self._forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def _add(self, spelling: str, name: str, kind: EntityType) -> None:
        """Takes a spelling for the entity of that name: the story's own, a curated one, or a new one."""
        entity = self._find(name, kind) or self._find(spelling, kind) or Entity(make_entity_id(name), name, kind)
        self._entities.setdefault(fold_name(name), entity)
        self._note_given(entity)
        for form in (spelling, name, *_iter_short(entity)):
            self._entities.setdefault(fold_name(form), entity)
            if form and self._entities[fold_name(form)] == entity:
                self._forms.setdefault(form, entity)

    def _note_given(self, entity: Entity) -> None:
        if entity.type is EntityType.PERSON and (full := _FULL.fullmatch(entity.name)):
            self._given.setdefault(fold_name(full["given"]), set()).add(entity)

    def get(self, spelling: str) -> Entity:
        """The entity of a spelling taken before."""
        return self._entities[fold_name(spelling)]

    def iter_in(self, text: str) -> Iterator[tuple[Span, Entity]]:
        """Where forms stand in a text, the longest first at each place."""
        for match in self._pattern.finditer(text):
            if is_whole(text, *match.span()) and not _is_cut(text, *match.span()):
                yield match.span(), self._forms[match.group()]

    def _find(self, name: str, kind: EntityType) -> Entity | None:
        """The entity a name stands for; a lone surname finds its person whoever typed it, and so does a given name that
        one person of the story has."""
        entity = self._entities.get(fold_name(name)) or self._gazetteer.get_entity(name)
        if entity is None and len(called := self._given.get(fold_name(name), set())) == 1:
            (entity,) = called
        return (
            entity if entity and (entity.type is kind or entity.type is EntityType.PERSON or entity.curated) else None
        )


def _iter_free(sentence: Sentence, find: FindNames) -> Iterator[FreeName]:
    """What the sentence introduces beside the names it has; a known name at its head is no part of it."""
    taken = _find_places(sentence.names)
    called = [(name.span[1], name.entity.name, name.entity.type) for name in sentence.names]
    seen = [trimmed for free in find(sentence) if (trimmed := _trim(free, sentence))]
    called += [(free.span[1], free.name, free.type) for free in seen]
    glosses = [gloss for end, name, kind in called if (gloss := _find_gloss(sentence, end, name, kind))]
    for free in (*glosses, *seen):
        if taken.isdisjoint(range(*free.span)):
            taken.update(range(*free.span))
            yield free


def _find_places(names: Iterable[Name]) -> set[int]:
    """Every character that is part of a name."""
    return {place for name in names for place in range(*name.span)}


def _find_gloss(sentence: Sentence, end: int, name: str, kind: EntityType) -> FreeName | None:
    """The short name in brackets behind a name that ends there."""
    match = _GLOSS.match(sentence.text, end - sentence.span[0])
    if match is None or kind not in BODIES:
        return None
    short = match["short"]
    if not match["exchange"] and (len(short) < _FEWEST_LETTERS or short in _NO_GLOSS):
        return None
    return FreeName(shift(match.span("short"), sentence.span[0]), name, kind, introduced=True)


def _trim(free: FreeName, sentence: Sentence) -> FreeName | None:
    """The name without the maker before it (`Cohere Rerank 3.5`, `google/gemma-3`); None when nothing is left."""
    start, end = free.span
    for name in sentence.names:
        if name.span[0] == start and name.span[1] < end:
            rest = sentence.read((name.span[1], end))
            start = end - len(re.sub(r"^(?:['’]s)?\s*/?", "", rest))
    if start == free.span[0]:
        return free
    rest = sentence.read((start, end))
    in_a_repository = sentence.text[start - sentence.span[0] - 1] == "/"
    if free.type in MADE and (in_a_repository or re.match(r"[A-ZÀ-Þ]", rest)) and len(rest) > 2:
        return replace(free, span=(start, end), name=rest)
    return None


def _cut_firm(free: FreeName, alone: Collection[str]) -> FreeName:
    """Without the 社 behind a name that stands alone elsewhere: 楓社 is 楓, 講談社 is itself."""
    name = free.name[:-1]
    if not free.name.endswith("社") or name not in alone:
        return free
    return replace(free, span=(free.span[0], free.span[1] - 1), name=name)


def _settle(free: Sequence[Sequence[FreeName]], sentences: Sequence[Sentence]) -> Iterator[tuple[str, str, EntityType]]:
    """Each spelling of the story with its name and the type most of it speaks for, full names first."""
    votes: dict[tuple[str, str], Counter[EntityType]] = {}
    for sentence, row in zip(sentences, free, strict=True):
        for name in row:
            counter = votes.setdefault((sentence.read(name.span), name.name), Counter())
            counter[name.type] += _INTRODUCED if name.introduced else 1
    for (spelling, full), kinds in sorted(votes.items(), key=lambda item: -len(item[0][1])):
        yield spelling, full, kinds.most_common(1)[0][0]


def _add(sentence: Sentence, row: Sequence[FreeName], forms: _Forms) -> Sentence:
    """The sentence with the names it introduces, and every other form of the story's names that stands free in it."""
    names = list(sentence.names)
    own = [(free.span, forms.get(sentence.read(free.span))) for free in row]
    more = [(shift(span, sentence.span[0]), entity) for span, entity in forms.iter_in(sentence.text)]
    longest = {span[0]: span[1] for span, _ in more}
    own = [(span, entity) for span, entity in own if longest.get(span[0], 0) <= span[1]]
    taken = _find_places(names)
    for span, entity in (*own, *more):
        if taken.isdisjoint(range(*span)):
            taken.update(range(*span))
            names.append(Name(span, sentence.read(span), entity))
    return replace(sentence, names=tuple(sorted(names, key=lambda name: name.span)))


def _iter_short(entity: Entity) -> Iterator[str]:
    """The shorter forms of a name: the surname of a person, a firm without its kind."""
    if entity.curated:
        if entity.type is EntityType.PERSON and (full := _FULL.fullmatch(entity.name)):
            yield full["family"]
        return
    if entity.type is EntityType.PERSON:
        if full := _FULL.fullmatch(entity.name):
            yield full["family"]
        elif "・" in entity.name:
            yield entity.name.rsplit("・", 1)[1]
    elif entity.type is EntityType.COMPANY:
        firm = _FIRM.fullmatch(entity.name) or _KATAKANA_FIRM.fullmatch(entity.name)
        yield from [firm["short"]] if firm and firm["short"] not in _BARE else []


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether a match is part of a longer name or word: `Wren` in `Wren-7`, 三宅 in 三宅島."""
    if _GOES_ON.match(text, end) or (start and text[start - 1] in "@#-/._"):
        return True
    if not _KANJI.fullmatch(text, start, end):
        return False
    behind = _KANJI.match(text, end)
    if behind and (len(behind[0]) > 1 or end - start == 1):
        return end - start > 1 or not _BEHIND.match(text, end)
    return bool(start and _KANJI.match(text[start - 1]))
