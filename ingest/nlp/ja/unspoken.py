"""Whether a clause leaves its owner or doer to the story: 料金は月20ドル, 評価額は4億ドルに達した, 年内に公開する.

Only then may the work or the firm that the story is about be taken for its subject. A clause that speaks of somebody or
something else, though nameless, is about that.
"""

import re
from collections.abc import Iterator

from ingest.nlp.ja.events import Event
from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.links import Link, find_link
from ingest.nlp.ja.phrases import Clauses, Phrase

# What narrows an attribute and leaves it the same thing's: 年間売上高, 推定パラメーター数.
NARROWING = (
    r"(?:年間|年換算|月間|月次|週間|四半期|通期|累計|総|最大|最終|推定|想定|直近の?|平均|正式|基本|標準|税込|販売|利用|学習|訓練|推論|API|入力|出力|"
    r"月額|年額|本体|全|初期|初回|現在の|世界|国内|開発|今回の)*"
)
_ATTRIBUTE = re.compile(
    rf"{NARROWING}(?:{'|'.join(map(re.escape, sorted(LEXICON.words['attributes'], key=len, reverse=True)))})"
)
# Topics that are no party: time, place, manner, the news itself.
_ADVERBIAL = re.compile(
    r"(?:現在|今回|今後|これまで|従来|今|現時点|当初|一方|背景|今年|昨年|来年|前年|同日|当面|最終的|将来|実際|中|際|場合|うち|目的|理由|特徴|こと|の|これ|それ|もの"
    r"|最大の特徴|結果|[0-9０-９]+(?:年|月|日|割|%|％).*)"
)


def is_attribute(phrase: Phrase) -> bool:
    """Whether a phrase is nothing but a side of something that it does not name (料金, 月間利用者数)."""
    return not phrase.names and _ATTRIBUTE.fullmatch(phrase.core) is not None


def is_open(event: Event, clauses: Clauses) -> bool:
    """Whether neither the clause nor a topic before it speaks of anything but sides of what the story is about."""
    own = [argument.phrase for argument in event.arguments if argument.case in ("が", "は")]
    before = [p for p in clauses.phrases[: event.number] if p.case == "は" or _reaches_over(p, event, clauses)]
    return all(says_nothing(phrase, clauses) for phrase in (*own, *before))


def _reaches_over(phrase: Phrase, event: Event, clauses: Clauses) -> bool:
    """Whether a が belongs to a clause around the event's, or to one before it in the same chain."""
    upper = clauses.governor(phrase)
    if phrase.case != "が" or upper is None:
        return False
    return upper.number > event.number or (upper.verbal and find_link(clauses, upper) is Link.SERIAL)


def says_nothing(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a phrase names no party: a side of something, a time, a manner."""
    if phrase.verbal and not phrase.names:
        return True
    if not is_bare(phrase):
        return False
    return all(is_bare(owner) for owner in _iter_owners(phrase, clauses))


def _iter_owners(phrase: Phrase, clauses: Clauses) -> Iterator[Phrase]:
    for child in clauses.children(phrase.number):
        if child.case == "の" and not child.verbal:
            yield child
            yield from _iter_owners(child, clauses)


def is_bare(owner: Phrase) -> bool:
    """Whether a phrase is a side, a time or a manner, whatever it may belong to."""
    return is_attribute(owner) or _ADVERBIAL.fullmatch(owner.core) is not None or _is_time(owner)


def _is_time(phrase: Phrase) -> bool:
    return (
        not phrase.names
        and re.search(r"(?:年|月|日|期|時点|四半期|上期|下期|週|あたり|当たり)$", phrase.core) is not None
    )
