"""Claims of a side of something with its amount, whatever the verb: Xの評価額は4億ドルに達する, 料金は月20ドル.

The side is a noun of attributes.toml. Whose it is: who owns it by の, who or what the sentence is about, or, where
that is left out, the work or the firm that the story is about.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph.readers import RULES
from graph.records import ClaimType, Cue, CueKind, EntityType, Party, Predicate, Quantity
from ingest.nlp.document import Amount, Draft, Zone
from ingest.nlp.ja.acts import ACTS, Act
from ingest.nlp.ja.coreference import Memory, find_anaphor
from ingest.nlp.ja.dates import When
from ingest.nlp.ja.modality import read_standing
from ingest.nlp.ja.parties import find_fillers
from ingest.nlp.ja.phrases import Clauses, Phrase
from ingest.nlp.ja.standing import Standing, Unusable
from ingest.nlp.ja.unspoken import NARROWING, is_bare, says_nothing

_FILE = Path(__file__).parent / "attributes.toml"
_TOPICS = ("は", "が")
# Behind an amount without に: by how much something changes.
_CHANGE = re.compile(
    r"(?:も|近く|余り|あまり|ほど|超|以上|分)?(?:が|を)?、?(?:増|減|伸|上昇|下落|低下|失|吹き飛|消|縮|拡大|下が|上が|引き上げ|引き下げ|"
    r"値上げ|値下げ|上乗せ|積み増|目減り|安|高|上回|下回|成長|圧縮|削|目減|蒸発|溶)"
)
# Behind an amount: what it was before (120億ドルから30%増).
_OLD = re.compile(r"^(?:前後|程度|余り|超)?(?:から|だった.{0,12}から)")
# Before it: what it is for, so that several make a claim each.
_DIRECTION = re.compile(r"(?:入力|出力|キャッシュ|キャッシュ入力)(?:トークン)?(?:は|が|:|：|が約|は約|約)?$")
# Who speaks of a side is not whose it is.
_SPEAKERS = frozenset({EntityType.PERSON, EntityType.PUBLICATION, EntityType.INSTITUTION})
_WORKS = frozenset({EntityType.MODEL, EntityType.PRODUCT, EntityType.HARDWARE})
# What a verb does to an amount with と: 85万人と|される, 4億ドルと|みられる.
_WEAKENING = frozenset({Act.REPORTED, Act.GUESSES, Act.PREDICTS, Act.ASKS, Act.ACCUSES})
# Verbs that with people foretell, with an amount not (1000万件に|迫る).
_NEARING = frozenset({"迫る", "示す", "決める", "決定", "合意"})
_ESTIMATED = re.compile(r"推定|想定|推計|見込み|予想|目標")
# Change that is told in the present is still to come (売上高は15%増える).
_GROWS = re.compile(
    r"^(?:.*[%％割倍])?(?:増える|減る|伸びる|増加|減少|拡大|成長|倍増|半減|膨らむ|引き上げる|引き下げる|値上げ|値下げ)$"
)
_DONE = re.compile(r"た(?!い)|てい|でい|ており|だ(?!ろう)|ず$|ない")
# A headline ends in what is to come (評価額は60億ユーロに).
_TO_COME = re.compile(r"(?:へ|に)[\s　」』]*$")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One entry of attributes.toml."""

    pattern: re.Pattern[str]
    type: ClaimType
    predicate: Predicate
    measure: str
    units: tuple[str, ...]
    owners: frozenset[EntityType]


def load_attributes(path: Path = _FILE) -> tuple[Attribute, ...]:
    return tuple(_read(entry) for entry in tomllib.loads(path.read_text("utf-8"))["attribute"])


def _read(entry: dict[str, Any]) -> Attribute:
    words = "|".join(map(re.escape, sorted(entry["words"], key=len, reverse=True)))
    return Attribute(
        re.compile(rf"{NARROWING}(?:{words})"),
        ClaimType(entry["type"]),
        Predicate(entry["predicate"]),
        entry["measure"],
        tuple(entry["units"]),
        frozenset(EntityType(kind) for kind in entry["owners"]),
    )


ATTRIBUTES = load_attributes()


def iter_measured(
    clauses: Clauses, amounts: Sequence[Amount], memory: Memory, told: Sequence[Draft], dates: Sequence[When]
) -> Iterator[Draft]:
    """The sides that a sentence gives an amount for, those left out that `told` has already."""
    date = dates[0].value if len(dates) == 1 else None
    known = {(draft.predicate, draft.quantity.value) for draft in told if draft.quantity}
    for phrase in clauses.phrases:
        attribute = next((a for a in ATTRIBUTES if _is_side(phrase, a, clauses)), None)
        if attribute is None:
            continue
        estimated = _ESTIMATED.match(phrase.core) is not None
        for amount in _find_amounts(phrase, attribute, clauses, amounts):
            quantity = _make_quantity(amount, attribute)
            if (attribute.predicate, quantity.value) in known:
                continue
            standing = _stand(amount, clauses, memory)
            if standing is None or standing.denied:
                continue
            if estimated:
                standing.weaken(Act.GUESSES, phrase)
            for owner in _find_owners(phrase, attribute, clauses, memory):
                yield replace(_make_draft(owner, attribute, quantity, phrase, clauses, standing), date=date)


def _is_side(phrase: Phrase, attribute: Attribute, clauses: Clauses) -> bool:
    """Whether a phrase is the side itself, or opens with it before its amount (ARR 4億ドル)."""
    words = _without_names(phrase)
    if phrase.kind not in ("名詞", "接尾辞") or (phrase.tail not in ("", "も") and phrase.case not in _TOPICS):
        return False
    if attribute.pattern.fullmatch(words):
        return phrase.case in _TOPICS or (phrase.number + 1 < len(clauses.phrases) and phrase.tail == "")
    opened = attribute.pattern.match(words)
    return opened is not None and re.match(r"[約0-9０-９]", words[opened.end() :]) is not None


def _without_names(phrase: Phrase) -> str:
    """The content of a phrase without the names that it runs together with (OpenAI評価額)."""
    words = phrase.core
    for name in phrase.names:
        words = words.replace(name.text, "")
    return words


def _find_amounts(side: Phrase, attribute: Attribute, clauses: Clauses, amounts: Sequence[Amount]) -> Iterator[Amount]:
    """The first fitting amount behind the side and before another topic; several where each has its direction."""
    text, offset = clauses.sentence.text, clauses.sentence.span[0]
    later = (p for p in clauses.phrases[side.number + 1 :] if p.case == "は" or (p.case == "が" and p.names))
    end = next((p.span[0] for p in later if not _DIRECTION.search(p.core)), clauses.sentence.span[1])
    fitting = [
        amount
        for amount in amounts
        if side.span[0] <= amount.span[0] < end
        and amount.unit.split("/")[0] in attribute.units
        and not _OLD.match(text[amount.span[1] - offset :])
        and not _is_anothers(amount, side, clauses)
        and not _is_change(amount, clauses)
    ]
    directed = [amount for amount in fitting if _DIRECTION.search(text[: amount.span[0] - offset])]
    yield from directed if len(directed) > 1 else fitting[:1]


def _is_anothers(amount: Amount, side: Phrase, clauses: Clauses) -> bool:
    """Whether an amount is that of another name (売上高がX社の100億ドルを上回った)."""
    place = next((p.number for p in clauses.phrases if p.span[0] <= amount.span[0] < p.span[1]), side.number)
    return any(
        p.names and (p.case in ("の", "と", "や") or find_anaphor(p, clauses))
        for p in clauses.phrases[side.number + 1 : place]
    )


def _is_change(amount: Amount, clauses: Clauses) -> bool:
    """Whether an amount is by how much something changes and not what it comes to (2000億ドル減った, 30億円増)."""
    rest = clauses.sentence.text[amount.span[1] - clauses.sentence.span[0] :]
    return _CHANGE.match(rest) is not None


def _stand(amount: Amount, clauses: Clauses, memory: Memory) -> Standing | None:
    """How firmly the verb over the amount stands; None where the clause states nothing."""
    phrase = next(p for p in clauses.phrases if p.span[0] <= amount.span[0] < p.span[1])
    verb = next((upper for upper in (phrase, *clauses.ancestors(phrase)) if upper.verbal), clauses.phrases[-1])
    try:
        standing = read_standing(clauses, verb, memory)
    except Unusable:
        return None
    act = ACTS.find_verb(verb)
    if (act is Act.PREDICTS and verb.core not in _NEARING) or (phrase.case == "と" and act in _WEAKENING):
        standing.weaken(act, verb)
    elif clauses.governor(verb) is None and _GROWS.search(verb.core) and not _DONE.search(verb.tail):
        standing.weaken(Act.PREDICTS, verb)
    ends = clauses.governor(phrase) is None and clauses.sentence.zone is not Zone.BODY
    if ends and _TO_COME.search(phrase.text):
        standing.weaken(Act.PREDICTS, phrase)
    return standing


def _find_owners(side: Phrase, attribute: Attribute, clauses: Clauses, memory: Memory) -> tuple[Party, ...]:
    own = [name for name in side.names if name.entity.type in attribute.owners]
    if own:
        return (Party(own[0].entity.name, own[0].entity.id),)
    for child in _iter_owners(side, clauses):
        owners = find_fillers(clauses, child, attribute.owners, memory)
        if owners:
            return tuple(filler.party for filler in owners)
        if not is_bare(child) and not _is_place(child):
            return ()
    return _find_topics(side, attribute, clauses, memory)


def _iter_owners(side: Phrase, clauses: Clauses) -> Iterator[Phrase]:
    """What a side belongs to, and what that belongs to (Xの|12月期の|売上高)."""
    for child in clauses.children(side.number):
        if child.case in ("の", "での") and not child.verbal:
            yield child
            yield from _iter_owners(child, clauses)


def _is_place(phrase: Phrase) -> bool:
    return bool(phrase.names) and all(name.entity.type is EntityType.PLACE for name in phrase.names)


def _find_topics(side: Phrase, attribute: Attribute, clauses: Clauses, memory: Memory) -> tuple[Party, ...]:
    """What the sentence is about, else what the story is about when the sentence is about nothing else."""
    before = clauses.phrases[: side.number][::-1]
    opener = clauses.opener if clauses.opener.comma and not clauses.opener.tail else None
    for phrase in before:
        if phrase.case not in _TOPICS and phrase is not opener:
            continue
        owners = find_fillers(clauses, phrase, attribute.owners, memory)
        if owners:
            return tuple(filler.party for filler in owners)
        lent = _find_lent(phrase, attribute, clauses, memory)
        if lent:
            return lent
        if phrase.names and all(name.entity.type in _SPEAKERS for name in phrase.names):
            continue
        if not says_nothing(phrase, clauses):
            return ()
    if clauses.sentence.zone is not Zone.BODY:
        return ()
    work = memory.find_work(attribute.owners, clauses) if attribute.owners <= _WORKS else None
    found = work or memory.find_topic(attribute.owners, clauses, unsaid=True)
    return (Party(found.name, found.id),) if found else ()


def _find_lent(phrase: Phrase, attribute: Attribute, clauses: Clauses, memory: Memory) -> tuple[Party, ...]:
    """The owner of a side that stands before (Xの|売上高は9億円、|最終損失は…)."""
    if not any(other.pattern.fullmatch(phrase.core) for other in ATTRIBUTES):
        return ()
    owners = (find_fillers(clauses, child, attribute.owners, memory) for child in _iter_owners(phrase, clauses))
    return next((tuple(filler.party for filler in found) for found in owners if found), ())


def _make_quantity(amount: Amount, attribute: Attribute) -> Quantity:
    sign = -1 if attribute.measure.startswith("-") and amount.value > 0 else 1
    unit = "downloads" if attribute.measure == "downloads" else amount.unit
    measure = attribute.measure.removeprefix("-")
    return Quantity(measure, sign * amount.value, unit, amount.comparator, amount.high, amount.text)


def _make_draft(
    owner: Party, attribute: Attribute, quantity: Quantity, side: Phrase, clauses: Clauses, standing: Standing
) -> Draft:
    return Draft(
        lang="ja",
        span=clauses.sentence.span,
        type=attribute.type,
        predicate=attribute.predicate,
        subject=owner,
        quantity=quantity,
        claimants=standing.claimants,
        modality=standing.modality,
        cues=(*standing.cues, Cue(CueKind.TRIGGER, side.span, side.text)),
        reader=RULES,
        rule="side with amount",
    )
