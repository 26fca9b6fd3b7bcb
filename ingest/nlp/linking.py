"""Names that no table lists, tied together over a story: introduced once, found wherever they stand.

A surname stands for the full name, `Vireo` for `Vireo Labs`, and a spelling for the form the story gives it.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

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
    r"Bio|Media|Games|Analytics|Security|Photonics|Devices|Machines|Memory|Electronics|Chemicals?|Materials|Mobility|"
    r"Pharma|Industries|Solutions)$"
)
_KATAKANA_FIRM = re.compile(
    r"(?P<short>[ァ-ヶー]{4,})(?:AI|・?(?:ラボ|ラボズ|テクノロジーズ?|システムズ?|ロボティクス|リサーチ|セミコンダクター|ホールディングス|"
    r"キャピタル|ベンチャーズ|グループ|テック|メモリー?|エレクトロニクス|ケミカル|モーターズ?|エナジー|メディア|ソフトウエ?ア|ネットワークス?|"
    r"ヘルス|インテリジェンス|コンピューティング|ダイナミクス|デバイ[スセ]ズ?|ゲームズ?|スタジオズ?|バンク|クラウド|セキュリティー?|パワー|マテリアルズ?))"
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
# Behind the name of a firm such words go on with it: "Ingleby Audio", オリハダ・レクシス, 蓮見沢電機.
_REST = re.compile(
    r" [A-Z&][\w.&'’-]*(?: [\w.&'’-]+)*|(?<=[ァ-ヶー])(?:・[ァ-ヶー・]+|[^ァ-ヶー・]{2,})|(?<=[一-龠々])[^一-龠々]{2,}|"
    r"(?<=.[一-龠々])(?:[一-龠々]{2,}|[行業])"
)
# But these are others: what it has in a land, and those who work there.
_OTHERS = re.compile(
    r"\b(?:Japan|Asia|Europe|Americas?|China|India|Korea|US|USA|UK|Union|Workers|Employees)\b|"
    r"ジャパン|アジア|ヨーロッパ|アメリカ|日本|労組|労働|組合|社員|従業員"
)
# What a body is called by alone, once it was named whole: "the Commission" of the European Commission.
_BODY = re.compile(
    r"(?:The )?(?P<kind>Commission|Department|Ministry|Court|Agency|Bureau|League|Council|Committee|Authority|"
    r"Institute|University|Association|Foundation|Society|Federation|Guild|Alliance|Consortium|Laboratory|Institution|Office|Board)"
)
_FULL = re.compile(
    r"(?P<given>[A-ZÀ-Þ][\w’'-]+)(?: [A-Z]\.)*(?: (?:van|von|de|der|den|la|al|bin|[A-ZÀ-Þ][\w’'-]+))* "
    r"(?P<family>[A-ZÀ-Þ][\w’'-]+)"
)
_GOES_ON = re.compile(r"-\w|\.\w|['’](?!s\b)\w")
_KANJI = re.compile(r"[一-龠々]+")
# A Japanese surname, a name with what is given behind it, and of how many characters that is, by those of the surname.
_SURNAME, _FULL_KANJI = re.compile(r"[一-龠々]{1,3}"), re.compile(r"[一-龠々]{2,6}")
_GIVEN = {1: (1, 2), 2: (2, 3), 3: (2, 3)}
# Behind a name of one kanji these tell who somebody is of it, or what: 楓社, 楓製; but 楓製作所 is another.
_BEHIND = re.compile(r"[社側製氏株系](?![作鋼薬鉄会団])")
FindNames = Callable[[Sentence], Iterable[FreeName]]
# An introduction outweighs any number of other places that a story is likely to hold.
_INTRODUCED = 100


def link_names(sentences: Sequence[Sentence], find: FindNames, gazetteer: Gazetteer) -> tuple[Sentence, ...]:
    """The sentences with further names added; a name already found is never replaced or overlapped."""
    seen = [tuple(_iter_free(sentence, find)) for sentence in sentences]
    alone = {free.name for row in seen for free in row} | {name.text for one in sentences for name in one.names}
    free = _lengthen_firms([tuple(_cut_firm(one, alone) for one in row) for row in seen])
    known = {name.text: name.entity for sentence in sentences for name in sentence.names}
    free = _lengthen_bodies(free, known.values())
    free = _lengthen_people(free, [text for text, entity in known.items() if entity.type is EntityType.PERSON])
    forms = _Forms(gazetteer, known, _settle(free, sentences))
    return tuple(_add(sentence, row, forms) for sentence, row in zip(sentences, free, strict=True))


class _Forms:
    """Every form under which the story's own names may stand, with its entity.

    known  what the tables name in the story, by its spellings there
    told   spellings of the story, each with its whole name and what that names
    """

    def __init__(
        self, gazetteer: Gazetteer, known: Mapping[str, Entity], told: Iterable[tuple[str, str, EntityType]]
    ) -> None:
        self._gazetteer = gazetteer
        self._entities: dict[str, Entity] = {}
        self._forms: dict[str, Entity] = {}
        # Only where the network sees a name there: "Will" and "Grace" are words too.
        self._given: dict[str, set[Entity]] = {}
        for spelling, entity in known.items():
            self._note_given(entity)
            self._entities.setdefault(fold_name(entity.name), entity)
            for short in _iter_short(entity, spelling):
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
        for form in (spelling, name, *_iter_short(entity, entity.name)):
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
        entity = (
            self._entities.get(fold_name(name))
            or self._gazetteer.get_entity(name)
            or (self._gazetteer.find_body(name) if kind in BODIES else None)
        )
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


def _lengthen_firms(free: Sequence[Sequence[FreeName]]) -> list[tuple[FreeName, ...]]:
    """Each firm and body under its longer name, where the story has one such name and no other."""
    names = sorted({one.name for row in free for one in row if one.type in BODIES})
    whole: dict[str, str] = {}
    for n, (short, longer) in enumerate(pairwise(names)):
        ambiguous = any(name.startswith(short) for name in names[n + 2 : n + 3])  # in order, so it would come next
        if longer.startswith(short) and not ambiguous and short not in _BARE and _is_rest(longer, len(short)):
            whole[short] = longer
    return _rename(free, whole)


def _is_rest(name: str, start: int) -> bool:
    """Whether a name goes on from there as those of firms do."""
    return bool(_REST.fullmatch(name, start)) and not _OTHERS.search(name, start)


def _lengthen_bodies(free: Sequence[Sequence[FreeName]], known: Iterable[Entity]) -> list[tuple[FreeName, ...]]:
    """Each body that is called by its kind alone under the name of the one body of that kind in the story."""
    names = {one.name for row in free for one in row if one.type in BODIES}
    bodies = names | {entity.name for entity in known if entity.type in BODIES}
    whole: dict[str, str] = {}
    for name in names:
        if alone := _BODY.fullmatch(name):
            kind = re.compile(rf"\b{alone['kind']}\b")
            if len(fitting := [body for body in bodies if kind.search(body) and not _BODY.fullmatch(body)]) == 1:
                whole[name] = fitting[0]
    return _rename(free, whole)


def _lengthen_people(free: Sequence[Sequence[FreeName]], known: Iterable[str]) -> list[tuple[FreeName, ...]]:
    """Each surname in kanji under the full name of the one person of the story who has it: 森田 of 森田健司."""
    names = {one.name for row in free for one in row if one.type is EntityType.PERSON}
    full = {name for name in (*names, *known) if _FULL_KANJI.fullmatch(name)}
    whole: dict[str, str] = {}
    for name in names:
        if _SURNAME.fullmatch(name):
            having = [one for one in full if one.startswith(name) and one != name]
            fits = len(having) == 1 and len(having[0]) - len(name) in _GIVEN[len(name)]
            whole |= {name: having[0]} if fits else {}
    return _rename(free, whole, frozenset({EntityType.PERSON}))


def _rename(
    free: Sequence[Sequence[FreeName]], whole: Mapping[str, str], kinds: frozenset[EntityType] = BODIES
) -> list[tuple[FreeName, ...]]:
    return [
        tuple(replace(one, name=whole.get(one.name, one.name)) if one.type in kinds else one for one in row)
        for row in free
    ]


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


def _iter_short(entity: Entity, spelling: str) -> Iterator[str]:
    """The shorter forms of a name: the surname of a person, a firm as it is spelled there without its kind."""
    if entity.type is EntityType.PERSON:
        if full := _FULL.fullmatch(entity.name):
            yield full["family"]
        elif "・" in entity.name and not entity.curated:
            yield entity.name.rsplit("・", 1)[1]
    elif entity.type is EntityType.COMPANY:
        firm = _FIRM.fullmatch(spelling) or _KATAKANA_FIRM.fullmatch(spelling)
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
