"""What happens in a sentence: predicates with their arguments, light verbs and noun endings included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.nlp.document import Zone
from ingest.nlp.ja.acts import ACTS, Act
from ingest.nlp.ja.carried import Carried, find_carried, split_compound
from ingest.nlp.ja.comparisons import find_measures, find_times
from ingest.nlp.ja.endings import is_negated
from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.links import Link, find_link
from ingest.nlp.ja.phrases import Clauses, Phrase

# What stands by a noun of action, seen as arguments of its verb.
_NOUN_CASES = {
    "への": "に",
    "との": "と",
    "からの": "から",
    "による": "による",
    "での": "で",
    "についての": "について",
    "の": "の",
}


@dataclass(frozen=True, slots=True)
class Argument:
    """A phrase and the case it has for the event."""

    case: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Event:
    """A predicate that frames are matched against.

    phrase    the phrase whose endings count
    core      the words to match: the verb, or the noun of action that a light verb carries
    noun      the phrase of that noun; None without a light verb
    passive   the grammatical subject is what the action is done to
    denial    the verb denies what the noun says (投資計画 を 否定)
    planned   the action is only planned, discussed or agreed on
    """

    phrase: Phrase
    core: str
    noun: Phrase | None
    arguments: tuple[Argument, ...]
    passive: bool
    negated: bool
    denial: bool = False
    planned: bool = False

    @property
    def number(self) -> int:
        return self.phrase.number

    def of(self, case: str) -> Iterator[Phrase]:
        return (argument.phrase for argument in self.arguments if argument.case == case)


# Verbs that newspapers put behind their subject without が.
_LED = re.compile(r"(?:率いる|擁する|手がける|手掛ける)$")
# Behind a name these make it another thing or a maker's mark, not what is acted on.
_DERIVED = re.compile(r"^(?:製|社製|氏|社|上|版|側|向け|発(?![表売注行足信動覚])|系|流|傘下|主導|出身)")
# What stands by a noun of action that ends a clause.
_STATING = frozenset({"を", "に", "が", "は", "と", "による", "への", "との"})
_FORBIDDING = re.compile(r"(?:通達|指示|命じる|命令|通知)$")
# Asking others not to use something is less than a ban.
_ADVISING = re.compile(r"(?:要請|求める|呼びかける|呼び掛ける|勧告|勧める|促す|推奨)$")
_REFRAINING = re.compile(r"^(?:控える|やめる|避ける|見合わせる|自粛|差し控える)$")
_USING = re.compile(r"(?:使う|使用|利用|用いる|ダウンロード|導入|インストール|アクセス)$")
# Words that compare from before a noun: o1 と 同等 の|性能 を 示す.
_COMPARING = re.compile(r"(?:同等以上|同等|同程度|同水準|同レベル|同格|互角|並み|匹敵)$")


# Said of a clause with こと: 書くことが できる, 書くことが 可能.
_ABILITY = re.compile(r"^(?:できる|出来る|可能|得意|苦手|不可能)$")


def iter_events(clauses: Clauses) -> Iterator[Event]:
    """The events of a sentence in order; a light verb gives one for its noun and one for itself."""
    for phrase in clauses.phrases:
        if not phrase.verbal and _COMPARING.search(phrase.core) and phrase.case in ("の", "か", "や", ""):
            yield from _iter_compared(phrase, clauses)
        yield from _iter_measured(phrase, clauses)
        if not _states(phrase, clauses):
            continue
        if ACTS.find_verb(phrase) is Act.DENIES and not is_negated(phrase):
            yield from _iter_denied(phrase, clauses)
        carried = find_carried(phrase, clauses)
        if carried is not None:
            yield _make_carried(phrase, carried, clauses)
        core, planned = (phrase.core, False) if phrase.verbal else _split(phrase)
        arguments = (*_iter_arguments(phrase, clauses), *_iter_inside(phrase, core))
        turned = phrase.is_passive or LEXICON.has("intransitives", phrase.core)
        yield Event(phrase, core, None, arguments, turned, is_negated(phrase), planned=planned)
        if not phrase.is_passive and not is_negated(phrase):
            yield from _iter_forbidden(phrase, clauses, arguments)
        if phrase.kind not in ("動詞", "形容詞") and not phrase.action and re.search(r"[0-9０-９]", phrase.core):
            yield Event(phrase, "だ", None, arguments, passive=False, negated=is_negated(phrase))
        yield from _iter_offices(phrase, clauses)


def _split(phrase: Phrase) -> tuple[str, bool]:
    """A compound as its action; what stands before 発表 may be what is shown (Maia 200発表), no action."""
    core, planned = split_compound(phrase.core)
    named = any(_plain(name.text) == _plain(core) for name in phrase.names)
    return (phrase.core, False) if named else (core, planned)


def _plain(words: str) -> str:
    return re.sub(r"[\s「」『』]", "", words)


def _iter_offices(phrase: Phrase, clauses: Clauses) -> Iterator[Event]:
    """Who holds an office: Xの|親会社は|Yだ, 社長に|なったのは|Zだ are said of Y and Z."""
    if phrase.action or not phrase.names or phrase.kind in ("動詞", "形容詞"):
        return
    for child in clauses.children(phrase.number):
        if child.case in ("は", "が") and not child.names and not child.verbal and child.kind in ("名詞", "接尾辞"):
            owners = tuple(Argument(c.case, c) for c in clauses.children(child.number) if not c.verbal)
            holder = Argument("が", phrase)
            yield Event(phrase, child.core, None, (*owners, holder), passive=False, negated=is_negated(phrase))


def _iter_forbidden(phrase: Phrase, clauses: Clauses, own: tuple[Argument, ...]) -> Iterator[Event]:
    """アプリ を 使わないよう 通達, アプリ の 利用 を 控えるよう 要請: a ban of what is not to be used, or advice."""
    bans, advises = _FORBIDDING.search(phrase.core), _ADVISING.search(phrase.core)
    if not bans and not advises:
        return
    for child in clauses.phrases[: phrase.number]:
        used = clauses.phrases[child.number - 1] if child.core == "よう" and child.number else None
        unused = tuple(_iter_unused(used, clauses)) if used is not None else ()
        if unused:
            outer = tuple(argument for argument in own if argument.case in ("が", "は"))
            core = "使用禁止" if bans else "利用自粛"
            yield Event(phrase, core, None, (*unused, *outer), passive=False, negated=is_negated(phrase))


def _iter_unused(verb: Phrase, clauses: Clauses) -> Iterator[Argument]:
    """What is not to be used: アプリ を|使わない, アプリ の|利用 を|控える."""
    for child in clauses.children(verb.number):
        if child.case != "を":
            continue
        if _USING.search(verb.core) and is_negated(verb):
            yield Argument("を", child)
        elif _REFRAINING.match(verb.core) and _USING.search(child.core):
            yield from (Argument("を", owner) for owner in clauses.children(child.number) if owner.case == "の")
            yield from _iter_inside(child, child.core)


def _iter_compared(phrase: Phrase, clauses: Clauses) -> Iterator[Event]:
    """同等 before a noun of performance: the verb above says it."""
    above = next((upper for upper in clauses.ancestors(phrase) if upper.verbal), None)
    if above is None:
        return
    before = clauses.phrases[phrase.number - 1 : phrase.number]
    below = {
        child.number: child
        for child in (*clauses.children(phrase.number), *(b for b in before if b.case in ("と", "に")))
    }
    inner = tuple(Argument(_NOUN_CASES.get(child.case, child.case), child) for child in below.values())
    arguments = (*inner, *(a for a in _iter_arguments(above, clauses) if a.phrase.number not in below))
    yield Event(above, phrase.core, phrase, arguments, above.is_passive, is_negated(above))


def _iter_measured(phrase: Phrase, clauses: Clauses) -> Iterator[Event]:
    """GPT-4o並みの 性能を 持つ, GPT-4oの 2倍 速い: the verb above compares with the name."""
    compared = [(verb, case, phrase) for verb, case in find_measures(phrase, clauses)]
    times = find_times(phrase, clauses)
    if times is not None:
        compared.append(("凌駕", "を", times))
    above = phrase if phrase.verbal else next((upper for upper in clauses.ancestors(phrase) if upper.verbal), None)
    if above is None:
        return
    for verb, case, named in compared:
        rest = (a for a in _iter_arguments(above, clauses) if a.phrase.number not in (named.number, phrase.number))
        yield Event(above, verb, None, (Argument(case, named), *rest), passive=False, negated=is_negated(above))


# What may follow a noun of action that is denied: 買収 計画, 盗用 疑惑.
_DENIED_NOUN = re.compile(
    r"(?:の)?(?:計画|報道|疑惑|疑い|説|噂|うわさ|可能性|主張|案|事実|関与|方針|意向|交渉|協議|指摘|行為|問題|訴え)+$"
)


def _iter_denied(phrase: Phrase, clauses: Clauses) -> Iterator[Event]:
    """The action that a denial is about: DeepSeek への 投資計画 を 否定, 買収 の 報道 を 否定."""
    for child in clauses.children(phrase.number):
        if child.verbal or child.case not in ("を", "は", "が", "について"):
            continue
        noun = child
        core = _DENIED_NOUN.sub("", child.core)
        if not core:
            noun = next(
                (below for below in clauses.children(child.number) if below.case in ("の", "との") and below.action),
                child,
            )
            core = _DENIED_NOUN.sub("", noun.core)
        if core and (noun is not child or noun.action or core != child.core):
            inner = tuple(
                Argument(_NOUN_CASES.get(c.case, c.case), c) for c in clauses.children(noun.number) if not c.verbal
            )
            own = () if phrase.is_passive else tuple(_iter_arguments(phrase, clauses))
            outer = tuple(argument for argument in own if argument.phrase.number != child.number)
            yield Event(phrase, core, noun, (*inner, *outer), passive=False, negated=False, denial=True)


def _states(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a phrase states something: a verb, a noun with だ, or a noun of action that ends a clause."""
    if phrase.verbal:
        return True
    if phrase.kind not in ("名詞", "接尾辞", "形状詞"):
        return False
    upper = clauses.governor(phrase)
    bare = phrase.tail in ("", "へ", "か", "も", "を")
    if upper is None and phrase.tail != "を":
        return bare
    return (
        phrase.tail in ("", "へ", "か")
        and phrase.action
        and (phrase.comma or phrase.tail != "" or _ends_line(phrase, clauses) or _quoted(phrase, clauses))
        and any(child.case in _STATING for child in clauses.children(phrase.number))
    ) or _states_amount(phrase, clauses)


def _states_amount(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether an amount before a comma says what its subject comes to (利用料は|月30ドル、…)."""
    counts = phrase.tail == "" and phrase.comma and bool(re.search(r"[0-9０-９]", phrase.core))
    return counts and any(child.case in ("は", "が") for child in clauses.children(phrase.number))


def _ends_line(phrase: Phrase, clauses: Clauses) -> bool:
    return bool(re.search(r"[。.…:：]$", phrase.text.strip())) or clauses.sentence.zone is Zone.TITLE


def _quoted(phrase: Phrase, clauses: Clauses) -> bool:
    return find_link(clauses, phrase) is Link.QUOTE


def _make_carried(phrase: Phrase, carried: Carried, clauses: Clauses) -> Event:
    noun = carried.noun
    own = [argument for argument in _iter_arguments(phrase, clauses) if argument.phrase.number != noun.number]
    inner = list(_iter_beside_noun(noun, clauses))
    turned = phrase.core in LEXICON.words["passive_light_verbs"]
    return Event(
        phrase,
        carried.core,
        noun,
        (*inner, *_iter_inside(noun, carried.core), *own),
        turned and not phrase.is_passive,
        is_negated(phrase),
        planned=carried.planned,
    )


def _iter_beside_noun(noun: Phrase, clauses: Clauses) -> Iterator[Argument]:
    """What stands by a noun of action: its own phrases, and a doer hung on one of them (Xによる|Yへの|出資)."""
    for child in clauses.children(noun.number):
        if child.verbal:
            continue
        if child.case in _NOUN_CASES or child.case in ("について", "に対して", "と", "で", "に", "から"):
            yield Argument(_NOUN_CASES.get(child.case, child.case), child)
            yield from (Argument("による", below) for below in clauses.children(child.number) if below.case == "による")
        elif _case_of(child, clauses) == "は":
            yield Argument("は", child)


def _iter_arguments(phrase: Phrase, clauses: Clauses) -> Iterator[Argument]:
    for child in clauses.children(phrase.number):
        if child.core == "こと" and child.case in ("が", "は") and _ABILITY.search(phrase.core):
            for clause in (below for below in clauses.children(child.number) if below.verbal):
                yield from _iter_arguments(clause, clauses)
            continue
        yield from _iter_between(child, clauses)
        if child.verbal and not child.case:
            if child.tail.startswith("だと") or child.tail == "と":
                yield Argument("と", child)
            continue
        if child.verbal and child.case == "と":  # 数字を|偽りだと|呼ぶ
            yield from (Argument("を", c) for c in clauses.children(child.number) if c.case == "を")
        yield Argument(_case_of(child, clauses), child)


def _iter_between(child: Phrase, clauses: Clauses) -> Iterator[Argument]:
    """The other side of Xとの間で…契約を|結ぶ, seen as Xと; the parser may hang it on the amount before the noun."""
    below = [c for c in clauses.children(child.number) if c.verbal and c.adnominal] if child.case == "を" else []
    for phrase in (child, *(c for verb in below for c in clauses.children(verb.number))):
        if phrase.core == "間" and phrase.case == "で":
            sides = (c for c in clauses.children(phrase.number) if c.case in ("と", "との") and c.names)
            yield from (Argument("と", side) for side in sides)


def _iter_inside(phrase: Phrase, core: str) -> Iterator[Argument]:
    """The name that a noun of action runs together with (Arduino買収, DeepSeek利用): case 内."""
    for name in phrase.names[-1:]:
        action = core[core.rfind(name.text) + len(name.text) :] if name.text in core else ""
        if phrase.kind != "動詞" and action and not _DERIVED.match(action):
            alone = replace(
                phrase, text=name.text, core=name.text, tail="", case="内", span=name.span, names=(name,), verbal=False
            )
            yield Argument("内", alone)


def _case_of(child: Phrase, clauses: Clauses) -> str:
    """The case of an argument; a name before a comma at the head of a title is its topic."""
    if child.case == "" and child.comma and child is clauses.opener and child.names and not child.tail:
        after = clauses.phrases[child.number + 1]
        return "" if after.case == "" and after.comma else "は"
    if child.case == "" and child.names and not child.tail and not child.comma:
        following = clauses.phrases[child.number + 1]
        if following.number == child.governor and following.kind == "動詞":
            return "が" if _LED.search(following.core) or child.kind == "接尾辞" else "を"
    return child.case
