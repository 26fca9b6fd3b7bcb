"""What the work of a section can do, where the sentence leaves it out: これにより、ユーザーは…できるようになります.

Digests name a work once and then tell what it brings to its users. The sentence must have no other topic: none but
its users, a pointer to the work or its update (この機能は, 今回の更新により), or nothing at all.
"""

import re
from collections.abc import Iterator, Sequence

from graph.readers import RULES
from graph.records import ClaimType, Cue, CueKind, Modality, Predicate
from ingest.nlp.document import Draft, Zone
from ingest.nlp.ja.coreference import Memory
from ingest.nlp.ja.endings import is_negated
from ingest.nlp.ja.links import Link, iter_steps
from ingest.nlp.ja.modality import read_standing
from ingest.nlp.ja.phrases import Clauses, Phrase
from ingest.nlp.ja.sections import WORKS, Matter
from ingest.nlp.ja.standing import Unusable

_USERS = re.compile(
    r"(?:ユーザー|利用者|開発者|学生|企業|チーム|研究者|エンジニア|デザイナー|クリエイター|組織|顧客|管理者|受講者|学習者|誰|だれ)(?:たち|ら|側|自身)?$"
)
# What points to the work itself, or to the change that brought it about.
_POINTER = re.compile(
    r"^(?:(?:これ(?:ら)?|それ)(?:の.*)?$|(?:この|本|同|今回の|これらの|こうした)[^、]{0,16}?"
    r"(?:モデル|機能|ツール|アプリ|サービス|製品|システム|プラットフォーム|API|SDK|エンジン|エディタ|拡張機能|インスタンス|チップ|GPU|エージェント|"
    r"アップデート|更新|強化|改善|改良|統合|連携|リリース|導入|対応|追加|公開|拡張|技術|手法|仕組み|アプローチ|レジストリ|フレームワーク|ライブラリ|"
    r"バージョン|新版|コマンド|コネクタ|モード|変更|デモ|デモンストレーション|最適化|取り組み|アーキテクチャ|インターフェース|ソリューション|新機能)$)"
)
# Several things, which no single work is.
_PLURAL = re.compile(r"^(?:これら|それら|こうした|両)(?!.*(?:機能|強化|更新|変更|改善|改良))")
# Topics that are no party: time, place, manner.
_ADVERBIAL = re.compile(
    r"^(?:現在|今回|今後|これまで|従来|特|特徴|主な特徴|具体的|さらに|まず|第一弾|将来|今|同時|結果|目的|対象|点|中|際|場合|例えば|環境|一方|背景|もの|こと|ため|の|上|現時点|当初|最終的|基本的)$"
)
_ABLE = re.compile(
    r"(?:できる|可能|実現|得られる|行える|受けられる|楽しめる|使える|試せる|選べる|取り組める|組み込める|備える|搭載|対応|サポート|発揮|進められる|"
    r"扱える|動かせる|作れる|生成可能|切り替えられる|受け取れる|見つけられる|確認できる)$"
)
# Behind these a clause before a noun still says what the work does (構築できる|点が特徴です).
_LIGHT_NOUNS = frozenset(
    [
        "点",
        "こと",
        "よう",
        "の",
        "もの",
        "仕組み",
        "設計",
        "機能",
        "ツール",
        "モデル",
        "予定",
        "特徴",
        "ため",
        "状態",
        "環境",
        "形",
    ]
)
_EXPECTED = re.compile(r"(?:期待|見込み|見込む|見込まれる|予定|目指す|計画|狙い|狙う)")
# An aim, or advice, is no ability (支援することを|目的とする, 備えることが|重要だ).
_WISHED = re.compile(r"^(?:目的|目標|狙い|ねらい|重要|必要|不可欠|大切|肝要|課題|望ましい|べき|理想|鍵)")
_BROUGHT = re.compile(r"(?:提供|実現|向上|改善|短縮|削減|高速化|効率化|強化|簡素化)$")
_MEANS = frozenset({"によって", "で", "から"})


def iter_unsaid(clauses: Clauses, memory: Memory, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """At most one claim: that the work of the section can do what the sentence says."""
    matter = memory.section.matter
    if matter is None or clauses.sentence.zone is not Zone.BODY:
        return
    if any(draft.type in (ClaimType.CAPABILITY, ClaimType.RELEASE) for draft in drafts):
        return
    able = _find_ability(clauses)
    if able is None or not _is_about_matter(able, clauses, matter):
        return
    unable = is_negated(able)
    if unable and able is not clauses.phrases[-1]:
        return
    try:
        standing = read_standing(clauses, able, memory)
    except Unusable:
        return
    if standing.denied is not unable or standing.modality not in (Modality.ASSERTED, Modality.PREDICTED):
        return
    modality = Modality.PREDICTED if _is_hoped_for(able, clauses) else standing.modality
    yield Draft(
        lang="ja",
        span=clauses.sentence.span,
        type=ClaimType.CAPABILITY,
        predicate=Predicate.CANNOT if unable else Predicate.CAN,
        subject=matter.party,
        claimants=standing.claimants,
        modality=modality,
        cues=(*standing.cues, Cue(CueKind.TRIGGER, able.span, able.text)),
        reader=RULES,
        rule="unsaid cannot" if unable else "unsaid can",
    )


def _find_ability(clauses: Clauses) -> Phrase | None:
    """The last phrase that says that something can be done; one that only hopes for it when there is no other."""
    found = [phrase for phrase in reversed(clauses.phrases) if _says_ability(phrase, clauses)]
    return min(found, key=lambda phrase: phrase.core == "期待", default=None)


def _says_ability(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a phrase says that something can be done, and the sentence itself states it."""
    if phrase.core == "期待" and phrase.verbal:
        return any(c.case in ("が", "を", "も") and _BROUGHT.search(c.core) for c in clauses.children(phrase.number))
    if _tells_of_work(phrase, clauses):
        return True
    if not _ABLE.search(phrase.core) or not phrase.verbal:
        return False
    for step in iter_steps(clauses, phrase):
        if step.upper.head in ("ため", "よう") and step.upper.tail == "に":
            return False
        if _WISHED.match(step.upper.head) or _WISHED.match(step.upper.core):
            return False
        if step.link is Link.CONDITION or (step.link is Link.ADNOMINAL and step.upper.core not in _LIGHT_NOUNS):
            return False
        if step.link in (Link.BREAK, Link.QUOTE, Link.ASK):
            return step.link is Link.BREAK
    return True


def _tells_of_work(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether the sentence ends in what its topic, a pointer to the work, does (この機能は…を自動生成します)."""
    if phrase is not clauses.phrases[-1]:
        return False
    if _FEATURE.match(clauses.sentence.text):
        return phrase.action
    if not any(p.case == "は" and _POINTER.match(_words(p, clauses)) for p in clauses.phrases):
        return False
    if phrase.core == "もの" and phrase.verbal:
        below = [c for c in clauses.children(phrase.number) if c.verbal and c.adnominal]
        return bool(below) and not _META.search(below[-1].core)
    return phrase.action and bool(_PRESENT.match(phrase.tail)) and not _META.search(phrase.core)


# List items that tell what a work does.
_FEATURE = re.compile(r"^\**(?:特徴|機能|主な機能|主な特徴|強み|できること)\**\s*[:：]")
_LABEL = re.compile(r"^[\s\-*・•]*[^。、:：]{1,40}\**\s*[:：]")
_PRESENT = re.compile(r"^(?:します|しています|する|している|できます)$")
# Verbs that tell of the news itself and not of what the work does.
_META = re.compile(
    r"(?:予定|発表|公開|リリース|開始|注目|期待|示唆|意味|目的|目標|実施|計画|検討|終了|停止|変更|位置|紹介|説明|強調|反映|一環|象徴|存在|登場|関係|依存|達成)$"
)


def _is_about_matter(able: Phrase, clauses: Clauses, matter: Matter) -> bool:
    """Whether nothing else than the work is spoken of, and something shows that it is."""
    before = clauses.phrases[: able.number]
    topics = [p for p in before if p.case in ("は", "が") and not _is_done(p, clauses)]
    if any(_speaks_of_others(phrase, able, clauses, matter) for phrase in topics) or _names_others(
        before, clauses, matter
    ):
        return False
    means = [p for p in before if p.case in _MEANS]
    shown = any(_points(phrase, clauses, matter) for phrase in topics)
    shown = shown or any(_POINTER.match(_words(phrase, clauses)) for phrase in means)
    return shown or not (any(phrase.case == "は" for phrase in topics) or _is_labelled(clauses))


def _is_labelled(clauses: Clauses) -> bool:
    """Whether a list item opens with what it is about, which is not the work itself (推論層:** 推論を高速化)."""
    text = clauses.sentence.text
    return bool(_LABEL.match(text)) and not _FEATURE.match(text)


def _points(topic: Phrase, clauses: Clauses, matter: Matter) -> bool:
    """Whether a topic is the work, a pointer to it, or its users."""
    named = any(name.entity.name == matter.party.name for name in topic.names)
    return named or bool(_POINTER.match(_words(topic, clauses)) or _USERS.search(topic.core))


def _speaks_of_others(topic: Phrase, able: Phrase, clauses: Clauses, matter: Matter) -> bool:
    if _PLURAL.match(_words(topic, clauses)):
        return True
    if _points(topic, clauses, matter):
        return False
    if topic.case == "は":
        return not _ADVERBIAL.match(topic.core)
    return bool(topic.names) or not _is_inner(topic, able, clauses)


def _names_others(before: Sequence[Phrase], clauses: Clauses, matter: Matter) -> bool:
    """Whether another work is what something is done to or by."""
    phrases = [phrase for phrase in before if phrase.case == "を"]
    phrases += [c for p in before if p.case == "によって" for c in (p, *clauses.children(p.number))]
    names = (name.entity for phrase in phrases for name in phrase.names)
    return any(entity.type in WORKS and entity.name != matter.party.name for entity in names)


def _is_done(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a が marks what can be done and nobody who does it (…することが|可能, 提供が|可能, 点が|特徴)."""
    upper = clauses.governor(phrase)
    return phrase.case == "が" and (phrase.action or phrase.core in _LIGHT_NOUNS) and upper is not None


def _is_inner(phrase: Phrase, able: Phrase, clauses: Clauses) -> bool:
    """Whether a が belongs to a clause below the one that says the ability (AIが理解することを|可能にする)."""
    return phrase.governor != able.number or able.core.endswith(("できる", "られる", "える"))


def _words(phrase: Phrase, clauses: Clauses) -> str:
    """A phrase with what stands before it in the same noun group (この + 機能)."""
    before = [c for c in clauses.children(phrase.number) if not c.verbal and c.core in _DEMONSTRATIVES]
    return "".join(c.core + c.tail for c in before) + phrase.core


_DEMONSTRATIVES = frozenset({"この", "これら", "今回", "こうした", "その", "本"})


def _is_hoped_for(able: Phrase, clauses: Clauses) -> bool:
    """Whether the clause itself is only hoped for; what a later clause hopes for does not weaken it."""
    later = clauses.phrases[able.number :]
    end = next((place for place, phrase in enumerate(later, start=1) if phrase.comma), len(later))
    rest = later[:end]
    return any(_EXPECTED.search(phrase.core) and phrase.verbal for phrase in rest if phrase.case == "")
