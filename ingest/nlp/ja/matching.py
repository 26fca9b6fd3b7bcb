"""Frames of frames.toml held against the events of a sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

from graph.records import ClaimType, EntityType, Party, Predicate, Quantity
from ingest.nlp.document import Amount, Zone
from ingest.nlp.frames import Frame, load_frames
from ingest.nlp.ja.coreference import Memory
from ingest.nlp.ja.events import Event
from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.measures import find_benchmarks, find_quantity
from ingest.nlp.ja.parties import Filler
from ingest.nlp.ja.phrases import Clauses
from ingest.nlp.ja.roles import Roles
from ingest.nlp.ja.stances import find_clause_objects
from ingest.nlp.ja.unspoken import is_open

_FILE = Path(__file__).parent / "frames.toml"
# Frames whose words are too common for a subject that the clause itself does not name.
_EXPLICIT = frozenset(
    {
        "misled is",
        "misled",
        "is open",
        "can",
        "cannot",
        "leads field",
        "spreads",
        "leaks data",
        "has size",
        "fears",
        "evaded",
        "spreads widely",
    }
)


_OF_FIRMS = frozenset({Predicate.ACQUIRED, Predicate.INVESTED_IN})
_GOODS = re.compile(r"(?:製|製品|商品|チップ|GPU|半導体|サーバー|株|株式|社債|モデル|技術|API|サービス|アプリ)$")
# Deals of firms: what somebody has two products do (XをYと連携させる) is none.
_OF_FIRMS_ALONE = frozenset({"partnered"})
# Deals that two sides make alike.
_MUTUAL = frozenset({Predicate.PARTNERED_WITH})
# What the parser runs together with a verb behind it: an adverb (大きく超える) or an amount (50%引き下げる).
_BEFORE_VERB = re.compile(
    r"(?:く|[%％]|ドル|円|倍|割|人|元|ユーロ|ポイント|一歩|わずか|若干|やや|断然|遥か|はるか|一段|圧倒的|大幅|僅差|点|全敗|連勝"
    r"|[0-9０-９万億兆数千百](?:基|枚|台|個|件|社|株|本|回|位|年|[カか]月|日|時間|字|語|億|万|兆|ウォン|ポンド|ルピー|GW)"
    r"(?:近く|余り|あまり|ほど|以上|超|程度|分|も)?|軒並み|自ら|丸ごと|ひそか|一気|いったん|すべて|全て|ほぼ|再び|相次いで|そろって|徐々)$"
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger of a frame: `noun` + `case` must stand before the verb when given."""

    frame: Frame
    verb: str
    noun: str = ""
    case: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits an event, with what fills it. Not yet a claim: nobody has asked how firmly it stands."""

    trigger: Trigger
    event: Event
    subject: Party
    object: Party | None
    quantity: Quantity | None
    benchmark: Party | None
    explicit: bool

    @property
    def frame(self) -> Frame:
        return self.trigger.frame


@dataclass(frozen=True)
class Matcher:
    """All frames, by the verb that triggers them."""

    frames: tuple[Frame, ...]

    @cached_property
    def triggers(self) -> dict[str, list[Trigger]]:
        index: dict[str, list[Trigger]] = {}
        for frame in self.frames:
            for text in frame.triggers:
                for trigger in _read_triggers(frame, text):
                    index.setdefault(trigger.verb, []).append(trigger)
        return index

    def match(self, event: Event, clauses: Clauses, amounts: Sequence[Amount], memory: Memory) -> list[Match]:
        """The frames that fit an event; several when a role has several fillers."""
        return _keep_closest(list(self._iter_matches(event, clauses, amounts, memory)))

    def _iter_matches(
        self, event: Event, clauses: Clauses, amounts: Sequence[Amount], memory: Memory
    ) -> Iterator[Match]:
        seen: set[str] = set()
        for trigger in sorted(self._find(event), key=lambda trigger: trigger.noun == ""):
            frame = trigger.frame
            if _is_vetoed(frame, event, clauses):
                continue
            if frame.name in seen or not _in_context(frame, clauses) or not _has_noun(trigger, event):
                continue
            found = list(_fill(trigger, event, clauses, amounts, memory))
            if found:
                seen.add(frame.name)
            yield from found

    def _find(self, event: Event) -> Iterator[Trigger]:
        core = event.core
        if event.phrase.tail == "とも" and not event.phrase.is_passive:  # 勝るとも|劣らない: the next verb says it
            return
        if event.noun is not None:
            carried = self.triggers.get(event.phrase.core, ())
            yield from (trigger for trigger in carried if trigger.noun and core.endswith(trigger.noun))
        stem = core.removesuffix("できる")
        if stem and stem != core:
            able = self.triggers.get(stem, ())
            yield from (t for t in able if t.frame.type is ClaimType.BENCHMARK and "object" in t.frame.needs)
        for start in range(len(core)):
            if start and len(core) - start < 2:
                break
            for trigger in self.triggers.get(core[start:], ()):
                if start == 0 or _may_be_suffix(event) or _BEFORE_VERB.search(core[:start]) or core[start:] == "できる":
                    yield trigger


def _keep_closest(matches: list[Match]) -> list[Match]:
    """Of one event's matches those that say most: named nouns over bare verbs, anything over mere ability."""
    special = {match.frame.type for match in matches if match.trigger.noun or match.trigger.negated}
    opened = any(match.frame.name != "is open" and match.frame.predicate is Predicate.OPEN_SOURCED for match in matches)
    ranked = any(match.frame.predicate is Predicate.RANKS for match in matches)
    by_somebody = any(match.frame.predicate is Predicate.FOUNDED and match.object for match in matches)
    longest = max((len(match.trigger.noun) for match in matches), default=0)
    other = any(match.frame.type is not ClaimType.CAPABILITY for match in matches)
    return [
        match
        for match in matches
        if (match.trigger.noun or match.trigger.negated or match.frame.type not in special)
        and not (other and match.frame.type is ClaimType.CAPABILITY)
        and (len(match.trigger.noun) in (0, longest) or match.frame.type is not ClaimType.DEAL)
        and not (ranked and match.frame.name == "leads field")
        and not (opened and match.frame.name == "is open")
        and not (by_somebody and match.frame.name == "was founded")
        and (match.explicit or match.frame.name not in _EXPLICIT)
    ]


def load_matcher() -> Matcher:
    return Matcher(load_frames(_FILE))


def _read_triggers(frame: Frame, text: str) -> Iterator[Trigger]:
    """The triggers that an entry stands for; 株/株式 を 取得/買う are four."""
    if text.endswith("_"):
        return
    negated = text.endswith("!")
    parts = [part.split("/") for part in text.rstrip("!").split(" ")]
    if len(parts) == 1:
        yield from (Trigger(frame, verb, negated=negated) for verb in parts[0])
    elif len(parts) == 3:
        for noun, case, verb in product(*parts):
            yield Trigger(frame, verb, noun, case, negated)


def _may_be_suffix(event: Event) -> bool:
    """A longer word ends in a noun of action (新規公開), never in a verb (引き抜く is no 抜く)."""
    return event.phrase.kind not in ("動詞", "形容詞") or event.noun is not None


def _is_vetoed(frame: Frame, event: Event, clauses: Clauses) -> bool:
    """Whether the form of the event speaks against a frame whose words alone say too little."""
    if frame.name == "introduced":
        return not _introduces(event)
    if frame.name == "was founded":
        return not event.passive
    if frame.name == "loss":
        return "時価総額" in clauses.sentence.text  # 時価総額の損失 is value lost, not money
    return frame.name in _OF_FIRMS_ALONE and _makes_do(event)


def _introduces(event: Event) -> bool:
    """Whether what is added is put in 「」, as digests do with what is new."""
    return any("「" in phrase.text for case in ("を", "が", "は") for phrase in event.of(case))


def _makes_do(event: Event) -> bool:
    return event.phrase.tail.startswith("させ")


def _in_context(frame: Frame, clauses: Clauses) -> bool:
    return not frame.context or any(word in clauses.sentence.text for word in frame.context)


def _has_noun(trigger: Trigger, event: Event) -> bool:
    if trigger.negated and not event.negated:
        return False
    if not trigger.noun or (event.noun is not None and event.core.endswith(trigger.noun)):
        return True
    return any(
        _ends_in(argument.phrase.core, trigger.noun) and _same_case(trigger.case, argument.case, event)
        for argument in event.arguments
    )


def _ends_in(core: str, noun: str) -> bool:
    """Whether a word ends in a noun; one of a single sign is cut from no longer word (障害 is no 害, 17%安 is 安)."""
    inside = len(noun) == 1 and bool(re.search(r"[一-龠々ァ-ヶー].$", core))
    return core.endswith(noun) and not inside


def _same_case(wanted: str, case: str, event: Event) -> bool:
    if case == wanted:
        return True
    return (case == "は" and wanted in ("を", "が")) or (event.passive and wanted == "を" and case == "が")


def _fill(
    trigger: Trigger, event: Event, clauses: Clauses, amounts: Sequence[Amount], memory: Memory
) -> Iterator[Match]:
    """A match for each combination of fillers; none when a role that the frame needs stays empty."""
    frame = trigger.frame
    roles = Roles(frame, trigger.verb, event, clauses, memory)
    quantity = find_quantity(frame.quantity, event, clauses, amounts)
    objects = tuple(f for f in roles.find_objects() if not _is_goods(f, trigger)) if frame.object.markers else ()
    if not objects and frame.predicate in _MUTUAL:
        yield from _fill_mutual(trigger, event, roles, quantity)
        return
    about = None
    if not objects and frame.type is ClaimType.STANCE:
        idiom = trigger.noun + trigger.case + trigger.verb if trigger.noun else ""
        about = find_clause_objects(event, clauses, frame.object.types, memory, idiom or trigger.verb)
    elif not objects and frame.type is ClaimType.LEGAL and _has_unnamed_object(trigger, event):
        about = ()
    if ("quantity" in frame.needs and quantity is None) or ("object" in frame.needs and not objects and about is None):
        return
    if frame.name == "is open" and trigger.noun and clauses.sentence.zone is Zone.BODY and is_open(event, clauses):
        yield from _fill_opened(trigger, event, clauses, memory)
    subjects, explicit = roles.find_subjects({filler.party.name for filler in objects})
    if about is not None:
        if not explicit:
            return
        open_subject = frame.type is ClaimType.LEGAL or bool(about)
        subjects = tuple(filler for filler in subjects if filler.entity is not None or open_subject)
        held = {filler.party.name for filler in subjects}
        objects = tuple(filler for filler in about if filler.party.name not in held)
    if frame.type is ClaimType.RELEASE and not explicit and any(filler.entity is None for filler in objects):
        return
    benchmarks = find_benchmarks(event, clauses) if frame.type is ClaimType.BENCHMARK else ()
    if not subjects:
        yield from _fill_makers(trigger, event, roles, objects, quantity)
    for subject in subjects:
        for filler in objects or (None,):
            for benchmark in benchmarks or (None,):
                object = filler.party if filler else None
                if object is None or not roles.is_itself(subject.party, object):
                    yield Match(trigger, event, subject.party, object, quantity, benchmark, explicit)


def _is_goods(filler: Filler, trigger: Trigger) -> bool:
    """Whether a phrase speaks of a firm's goods or shares, which are no firm that could be bought or paid."""
    if (
        trigger.frame.predicate not in _OF_FIRMS
        or filler.entity is None
        or filler.entity.type is not EntityType.COMPANY
    ):
        return False
    core = filler.phrase.core
    if not filler.whole and not trigger.noun:
        return True
    return bool(_GOODS.search(core)) and not (trigger.noun and core.endswith(trigger.noun))


def _fill_opened(trigger: Trigger, event: Event, clauses: Clauses, memory: Memory) -> Iterator[Match]:
    """Who gives away the work that the story is about (重みはMITライセンスで|公開している)."""
    work = memory.find_work(trigger.frame.subject.types, clauses)
    maker = memory.find_maker(work.name) if work else None
    if work and maker:
        yield Match(trigger, event, maker, Party(work.name, work.id), None, None, explicit=True)


def _fill_mutual(trigger: Trigger, event: Event, roles: Roles, quantity: Quantity | None) -> Iterator[Match]:
    """A deal among those that the subject lists: A と B は 提携した."""
    first, *others = roles.find_subjects(set())[0] or (None,)
    if first is not None:
        for other in others:
            yield Match(trigger, event, first.party, other.party, quantity, None, explicit=True)


# Without an owner these are of what the story is about, which is no unnamed thing.
_OWNED = ("利用", "使用", "導入", "ダウンロード", "アクセス", "提供", "配信", "これ", "それ")
_DONE_TO = ("を", "に", "に対して", "への")


def _has_unnamed_object(trigger: Trigger, event: Event) -> bool:
    """Whether a step is taken against somebody or something without a name (3人を起訴した)."""
    if not trigger.noun and trigger.verb not in LEXICON.words["plain_steps"]:
        return False
    if event.passive or event.denial:
        return False
    about = [a.phrase for a in event.arguments if a.case in _DONE_TO and a.phrase.core != trigger.noun]
    return bool(about) and not any(phrase.names or phrase.core in _OWNED for phrase in about)


def _fill_makers(
    trigger: Trigger, event: Event, roles: Roles, objects: Sequence[Filler], quantity: Quantity | None
) -> Iterator[Match]:
    for filler in objects:
        maker = roles.find_maker(filler.party)
        if maker and maker.name != filler.party.name:
            yield Match(trigger, event, maker, filler.party, quantity, None, explicit=False)
