"""Who or what a phrase puts in a role: names, several when coordinated, what 同社 stands for, or its own words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.ids import make_entity_id
from graph.records import Entity, EntityType, Party
from ingest.nlp.document import Name, Zone
from ingest.nlp.ja.coreference import Memory, find_anaphor
from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.phrases import Clauses, Phrase

Kinds = frozenset[EntityType]

_BRACKETS = re.compile(r"[（(][^（）()]*[)）]|[「」『』【】“”\"'\s・,、:：*]")
_TAILS = re.compile(rf"^(?:{'|'.join(map(re.escape, sorted(LEXICON.words['name_tails'], key=len, reverse=True)))})*$")
_GENERIC = re.compile(
    r"(?:モデル|AI|企業|会社|サービス|アプリ|チップ|ツール|製品|プロジェクト|手法|システム|エージェント)$"
)
_LATIN_BEFORE = re.compile(r"(?<![A-Za-z0-9])(?P<word>[A-Za-z][A-Za-z0-9.\-]*) $")
# Latin words that tell of what kind the name behind them is.
_KIND_WORDS = frozenset(
    {
        "AI",
        "LLM",
        "API",
        "GPU",
        "CPU",
        "CEO",
        "CTO",
        "SNS",
        "IT",
        "EV",
        "SaaS",
        "VLM",
        "The",
        "the",
        "vs",
        "vs.",
        "VS",
        "and",
        "or",
        "by",
    }
)
# What makers make, at the end of a noun.
_WORK = re.compile(
    r"(?:モデル|AI|サービス|機能|チップ|半導体|GPU|端末|アプリ|製品|ツール|エージェント|サーバー|版|チャットボット|ロボット|ブラウザ[ーァ]?"
    r"|ソフト|API|プラットフォーム|システム|LLM|クラスター|スパコン|スマートグラス|試作機|新型機|ガイド|データセット"
    r"|コネクタ|プラグイン|SDK|ライブラリ|フレームワーク|ベンチマーク|拡張機能|コマンド)$"
)
# A title has a capital or a digit, or is katakana: 「Economic Index」, but not 「重大な懸念」.
_TITLE = re.compile(r"[「『](?P<title>(?=[^「」『』]*[A-Z0-9ァ-ヶ])[^「」『』。、]{2,40})[」』]")
_GLOSS = re.compile(r"[（(][^（）()]*[）)]")
_VERSION = re.compile(r"(?:[vV]?[0-9]+(?:\.[0-9]+)+(?:[ab-][A-Za-z0-9.]*)?|[A-Z][0-9]{1,2}[a-z]{0,2})(?:インスタンス)?")
_VERSIONED = frozenset({EntityType.PRODUCT, EntityType.COMPANY})
# Xが|提供する|サービス is X's.
_PROVIDING = frozenset(
    {"提供", "提供できる", "開発", "運営", "手がける", "手掛ける", "誇る", "販売", "展開", "公開", "運用"}
)
# Words that tell a work apart from nothing: 新しいAI, 新モデル.
_ANY_WORK = re.compile(
    r"(?:しかし|また|さらに)?(?:新しい|新たな|新|最新の?|別の|他の)?"
    r"(?:AI|生成AI|AIモデル|モデル|基盤モデル|機能|サービス|ツール|技術|AI ?機能|新機能)"
)
# A、B、Cの|3社.
_COUNTED = re.compile(r"(?:[0-9０-９二三四五六]+|両)\s?(?:社|名|人|氏|モデル|製品|カ国|か国|者|つ)$")
_CHAMBERS = frozenset({EntityType.INSTITUTION, EntityType.PLACE})
_COORDINATORS = frozenset({"と", "や", "か", "を含む", ""})


@dataclass(frozen=True, slots=True)
class Filler:
    """Somebody in a role.

    entity  None for words that name nobody (関係者)
    whole   False when only a part or a work of the named one stands there (OpenAI の モデル)
    """

    party: Party
    entity: Entity | None
    phrase: Phrase
    whole: bool = True


def find_fillers(clauses: Clauses, phrase: Phrase, kinds: Kinds, memory: Memory) -> tuple[Filler, ...]:
    """Those of the fitting types that a phrase and what is coordinated with it name, in the order of the text."""
    found = list(_iter_fillers(clauses, phrase, kinds, memory, depth=0))
    return tuple({filler.party: filler for filler in found}.values())


def find_descriptor(phrase: Phrase, clauses: Clauses) -> Party | None:
    """The phrase's own words when it speaks of people or bodies without a name (事情に詳しい関係者)."""
    if not LEXICON.has("agent_nouns", _strip(phrase.core)):
        return None
    start = min([phrase.number, *(_iter_modifiers(phrase, clauses))])
    words = clauses.sentence.text[
        clauses.phrases[start].span[0] - clauses.sentence.span[0] : _content_end(phrase, clauses)
    ]
    return Party(words.strip("、。 　")) if words else None


def find_work(phrase: Phrase, clauses: Clauses) -> Party | None:
    """The phrase's own words when it tells a product or model apart without naming it (軽量モデル, 画面のない端末)."""
    title = _find_title(phrase)
    if title:
        return Party(title)
    if phrase.names or not _WORK.search(phrase.core) or find_anaphor(phrase, clauses):
        return None
    owners = [child for child in clauses.children(phrase.number) if child.case == "の"]
    if is_part(phrase.core) and any(owner.names or find_anaphor(owner, clauses) for owner in owners):
        return None
    told = [
        c
        for c in clauses.children(phrase.number)
        if c.case == "の" or (c.adnominal and c.kind != "動詞" and not c.action)
    ]
    inner = [below for c in told if c.kind == "形容詞" for below in clauses.children(c.number)]
    before = [c.number for c in (*told, *(below for below in inner if below.case in ("の", "が")))]
    start = clauses.phrases[min(before, default=phrase.number)]
    offset = clauses.sentence.span[0]
    words = clauses.sentence.text[start.span[0] - offset : _content_end(phrase, clauses)].strip("、。「」 　")
    return Party(words) if not _WORK.fullmatch(words) and not _ANY_WORK.fullmatch(words) else None


def _find_title(phrase: Phrase) -> str:
    """What stands in 「」 when it is a title of its own, not a name that is known, nor something said."""
    quoted = _TITLE.search(phrase.text)
    title = _GLOSS.sub("", quoted["title"]).strip() if quoted else ""
    if not title or any(name.text == title for name in phrase.names):
        return ""
    return title if not phrase.names or all(name.text in title and name.text != title for name in phrase.names) else ""


def is_part(word: str) -> bool:
    """Whether a noun behind の leaves the one before it the party (OpenAI の モデル)."""
    return LEXICON.has("part_nouns", word) and not LEXICON.has("agent_nouns", word)


def find_head_name(phrase: Phrase, clauses: Clauses, kinds: Kinds) -> Name | None:
    """The name that the phrase is about: its last one, unless another noun follows it."""
    text, offset = clauses.sentence.text, clauses.sentence.span[0]
    end = _content_end(phrase, clauses)
    for name in reversed(phrase.names):
        rest = _BRACKETS.sub("", text[name.span[1] - offset : end])
        if _in_brackets(text[phrase.span[0] - offset : name.span[0] - offset]):
            continue
        if _is_tail(name, clauses):
            return None
        if _VERSION.fullmatch(rest) and name.entity.type in _VERSIONED:
            release = _name_version(name, text[name.span[0] - offset : end].strip())
            return release if release.entity.type in kinds else None
        if _TAILS.match(rest):
            if "議員" in rest and name.entity.type in _CHAMBERS:  # 上院|議員 is somebody else
                continue
            return name if name.entity.type in kinds else None
        return name if name.entity.type in kinds and is_part(rest) else None
    return None


def _is_tail(name: Name, clauses: Clauses) -> bool:
    """Whether a name is but the end of a longer Latin one that we do not know (Kestrel for Slack, Harbor Studio)."""
    offset = clauses.sentence.span[0]
    before = _LATIN_BEFORE.search(clauses.sentence.text[: name.span[0] - offset])
    if before is None or not name.text[:1].isascii() or before["word"] in _KIND_WORDS:
        return False
    start = before.start("word") + offset
    return not any(other.span[0] <= start < other.span[1] for other in clauses.sentence.names)


def _name_version(name: Name, words: str) -> Name:
    """A release of a product under its number: a thing of its own (Ollama 0.15)."""
    full = f"{name.entity.name} {words.removeprefix(name.text).removesuffix('インスタンス').strip()}"
    return Name(
        (name.span[0], name.span[0] + len(words)), words, Entity(make_entity_id(full), full, EntityType.PRODUCT)
    )


def _iter_fillers(clauses: Clauses, phrase: Phrase, kinds: Kinds, memory: Memory, depth: int) -> Iterator[Filler]:
    if depth > 5:
        return
    name = find_head_name(phrase, clauses, kinds)
    anaphor = None if name else find_anaphor(phrase, clauses)
    if name:
        yield from _iter_coordinated(clauses, phrase, kinds, memory, depth)
        yield Filler(Party(name.entity.name, name.entity.id), name.entity, phrase)
    elif anaphor:
        fitting = [entity for entity in memory.resolve(anaphor, phrase, clauses) if entity.type in kinds]
        yield from (Filler(Party(entity.name, entity.id), entity, phrase) for entity in fitting)
    else:
        yield from _iter_named_by_others(clauses, phrase, kinds, memory, depth)


def _iter_coordinated(clauses: Clauses, phrase: Phrase, kinds: Kinds, memory: Memory, depth: int) -> Iterator[Filler]:
    """What is joined to the phrase by と, や or a comma."""
    seen = set()
    for child in clauses.children(phrase.number):
        if child.case in _COORDINATORS and not child.verbal and (child.names or child.case) and _joins(child, phrase):
            if child.case == "" and (_is_cut_off(child, phrase, clauses) or _heads_title(child, clauses)):
                continue
            seen.add(child.number)
            yield from _iter_fillers(clauses, child, kinds, memory, depth + 1)
    before = clauses.phrases[phrase.number - 1] if phrase.number else None
    while before is not None and before.number > 0 and _is_unknown_item(before):
        before = clauses.phrases[before.number - 1]
    if before is not None and before.number not in seen and _stands_beside(before, phrase, clauses):
        yield from _iter_fillers(clauses, before, kinds, memory, depth + 1)


def _heads_title(child: Phrase, clauses: Clauses) -> bool:
    """Whether a name before a comma opens a headline: who it is about (X、Yに出資), unless a list goes on."""
    if child is not clauses.opener:
        return False
    following = clauses.phrases[child.number + 1]
    listed = following.comma and following.case == ""
    return clauses.is_headline or (clauses.sentence.zone is Zone.TITLE and not child.tail and not listed)


def _is_unknown_item(phrase: Phrase) -> bool:
    """A Latin word in a list that is no name we know: the list goes on before it."""
    return phrase.comma and not phrase.tail and not phrase.names and phrase.core.isascii()


def _is_cut_off(child: Phrase, phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a subject or object stands between two names, so that they are no list."""
    return any(other.case in ("が", "は", "を") for other in clauses.phrases[child.number + 1 : phrase.number])


def _stands_beside(before: Phrase, phrase: Phrase, clauses: Clauses) -> bool:
    """Whether the phrase before belongs to a list with と or a comma, though the parser hung it elsewhere."""
    if (
        before.case in ("と", "や")
        and before.names
        and phrase.case in ("を", "の", "や")
        and before.tail in ("と", "や", "および", "及び", "ならびに", "並びに")
    ):
        return True
    if before is clauses.opener and (clauses.is_headline or clauses.sentence.zone is Zone.TITLE):
        return False
    return before.case == "" and before.comma and bool(before.names) and not before.verbal and not before.tail


def _joins(child: Phrase, phrase: Phrase) -> bool:
    return child.case != "" or child.comma or child.text.endswith(("・", "／", "/"))


def _iter_named_by_others(
    clauses: Clauses, phrase: Phrase, kinds: Kinds, memory: Memory, depth: int
) -> Iterator[Filler]:
    """A noun that its modifiers name: R1 という モデル, V3 と呼ばれる モデル, OpenAI の モデル."""
    if phrase.kind not in ("名詞", "接尾辞", "代名詞", "形状詞"):
        return
    head = _strip(phrase.core)
    if _GENERIC.search(head):
        yield from _iter_announced(clauses, phrase, kinds, memory, depth)
    for child in clauses.children(phrase.number):
        if (
            child.case in ("という", "といった", "を含む")
            or child.tail.startswith("など")
            or "はじめと" in child.tail
            or "始めと" in child.tail
            or (child.core == "よう" and child.tail == "な")
        ):
            yield from _iter_fillers(clauses, _below(child, clauses), kinds, memory, depth + 1)
        elif child.core in ("呼ぶ", "称する", "名付ける", "名づける", "冠する", "いう") and child.verbal:
            for named in clauses.children(child.number):
                if named.case == "と" or named.tail == "って":
                    yield from _iter_fillers(clauses, named, kinds, memory, depth + 1)
        elif child.case in ("の", "での", "からの", "による") and not child.verbal and is_part(head):
            for filler in _iter_fillers(clauses, child, kinds, memory, depth + 1):
                yield Filler(filler.party, filler.entity, filler.phrase, whole=False)
        elif child.case == "の" and child.names and _COUNTED.search(head):
            yield from _iter_fillers(clauses, child, kinds, memory, depth + 1)
        elif child.adnominal and child.core in _PROVIDING and is_part(head):
            for maker in (below for below in clauses.children(child.number) if below.case == "が" and below.names):
                for filler in _iter_fillers(clauses, maker, kinds, memory, depth + 1):
                    yield Filler(filler.party, filler.entity, filler.phrase, whole=False)
        elif (
            child.case in _COORDINATORS and child.names and not child.verbal and _joins(child, phrase) and is_part(head)
        ):
            yield from _iter_fillers(clauses, child, kinds, memory, depth + 1)


def _iter_announced(clauses: Clauses, phrase: Phrase, kinds: Kinds, memory: Memory, depth: int) -> Iterator[Filler]:
    """The name of "Xという、…するモデル": a comma parts it from its noun, and the parser loses it."""
    for other in clauses.phrases[: phrase.number]:
        if other.case == "という" and other.comma and other.names and other.governor != phrase.number:
            yield from _iter_fillers(clauses, other, kinds, memory, depth + 1)


def _below(child: Phrase, clauses: Clauses) -> Phrase:
    """For Xのような the phrase of X, else the phrase itself."""
    if child.core != "よう":
        return child
    return next((below for below in clauses.children(child.number) if below.case == "の"), child)


def _iter_modifiers(phrase: Phrase, clauses: Clauses) -> Iterator[int]:
    for child in clauses.children(phrase.number):
        if child.case in ("の", "") or child.adnominal:
            yield child.number
            yield from _iter_modifiers(child, clauses)
            yield from (below.number for below in clauses.children(child.number) if below.case in ("に", "と", "が"))


def _content_end(phrase: Phrase, clauses: Clauses) -> int:
    """Where the content of a phrase ends, as an offset into the sentence."""
    offset = clauses.sentence.span[0]
    text = clauses.sentence.text[phrase.span[0] - offset : phrase.span[1] - offset].rstrip("、。，,！？!? 　")
    return phrase.span[0] - offset + len(text) - (len(phrase.tail) if phrase.tail and text.endswith(phrase.tail) else 0)


def _in_brackets(before: str) -> bool:
    return before.count("(") + before.count("（") > before.count(")") + before.count("）")


def _strip(core: str) -> str:
    plain = re.sub(
        r"(?:計|約)?[0-9０-９数十百千万]+(?:人|名|社|団体|機関|[カか]国|組)(?:超|余り|以上|近く)?$", "", core
    )
    return re.sub(r"(?:ら|たち|達|等|など|自身|側)$", "", plain or core)
