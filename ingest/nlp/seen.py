"""The names that the network sees in a text, each as far as it goes, and which listed ones are none beside them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from graph.records import BODIES, MADE, EntityType
from graph.spelling.forms import drop_form
from ingest.nlp.document import FreeName, Name, Sentence, Span, lies_in
from ingest.nlp.finder import Sight
from ingest.nlp.titles import count_title, drop_title

# Behind a comma in a name stands its form ("Inc."), else another name.
_TWO_NAMES = re.compile(r"[,，、]\s*(?!(?:Inc|Ltd|LLC|LLP|LP|Co|Corp|Jr|Sr|PLC|S\.A)\b)\S")
# Behind the version of a name stands what ends its sentence: "Ostler 5."
_END = re.compile(r"(?<=\d)[.,:;]+$")
# What closes at its end something that opens before it: "(Ostler 5)".
_CLOSED = {")": "(", "）": "（", "]": "[", "」": "「", "』": "『", "”": "“"}
# What kind of thing it is, is no part of a name in Latin letters: Qwen-R1モデル, Harbor Ledger紙; nor is what makes a
# firm of katakana, or の.
_KIND = re.compile(
    r"(?<=[A-Za-z0-9]) ?(?:モデル|シリーズ|タスク|コンペティション|ベンチマーク)$|(?<=[A-Za-z0-9ァ-ヶー])[社紙誌]$|"
    r"(?<=[^ぁ-ん])の$"
)
# Behind a name in any letters such words go on with the name of a firm or a body: ソレル演算, 楓証券.
_FIRM = re.compile(
    r"(?:演算|計算|電算|電機|電工|電子|電力|重工業?|工業|産業|製作所|製薬|製鋼|製鉄|化学|化成|造船|紡織|紡績|精機|精密|計器|機械|自動車|商会|商事|物産|"
    r"証券|銀行|生命|海上|火災|保険|信託|不動産|建設|運輸|海運|航空|鉄道|新聞|通信社|出版|書房|食品|飲料|酒造|醸造|知能|総研|(?:総合|工学)?研究[所院]|"
    r"大学|学園|財団|協会|組合)(?=[社側製]|[^一-龠々ァ-ヶー]|$)"
)
# Behind a name in Japanese letters stands in brackets how else it is written, or where it is: 朔言智能（サクゲン）;
# before it the land, in one letter: 蘭ハルムストラ; and a particle is no part of it.
_GLOSS = re.compile(r"(?<=[ぁ-んァ-ヶー一-龠々])[（(][^（）()]{1,30}[）)]$|(?<=[^ぁ-ん])[がはをも]$")
_LAND = re.compile(r"[米英独仏蘭伊印韓露豪](?=[ァ-ヶA-Z])")
# What somebody made is not named by that: 楓製モデル is of 楓, 自社製チップ of nobody named.
_MADE_BY = re.compile(r"(?<!社)(?<!国)製[一-龠々ァ-ヶーA-Z]*$")
# Two names make a firm, no person: "Harrow & Pike", ハロー・アンド・パイク.
_AND = re.compile(r"[&＆]|・(?:アンド|エンド)・")
# In Japanese a longer name goes on without a space: 日立造船, NTT西日本. What only tells whose it is does not.
_GOES_ON = re.compile(r"[一-龠々ァ-ヶーA-Za-z0-9]+")
_OF_IT = re.compile(r"(?:[社側製氏株系紙誌网網]|日本法人|現地法人|グループ|さん|会長|社長|CEO|政府|当局|両?国)")


class Seen:
    """The names that the network sees, by the sentence that holds them."""

    def __init__(self, sight: Sight) -> None:
        self._names = sight.names
        self._starts = [words.span[0] for words in sight.names]

    def iter_free(self, sentence: Sentence) -> Iterator[FreeName]:
        """The names that stand in a sentence, whole, in order."""
        for words in self._names[bisect_left(self._starts, sentence.span[0]) :]:
            if words.span[0] >= sentence.span[1]:
                return
            if words.kind and words.span[1] <= sentence.span[1] and not _TWO_NAMES.search(sentence.read(words.span)):
                name = _make_name(words.span, words.kind, sentence)
                if name.name:  # a lone bracket leaves nothing
                    yield name

    def drop_begun(self, sentence: Sentence) -> Sentence:
        """The sentence without listed names that only begin a longer one the network sees: Kimi of "Kimi K3", 日立 of
        日立造船."""
        free = tuple(self.iter_free(sentence))
        bodies = [one for one in free if any(_goes_on(name, one, sentence) for name in sentence.names)]
        made = [one for one in free if one.type in MADE]
        kept = tuple(
            name
            for name in sentence.names
            if not (name.entity.type in MADE and any(_begins(name.span, one.span) for one in made))
            and not any(lies_in(name.span, one.span) for one in bodies)
        )
        return replace(sentence, names=kept)


def _make_name(span: Span, kind: EntityType, sentence: Sentence) -> FreeName:
    """The name with what is part of it behind those words, and without what is none at their end."""
    name = _drop_closing(sentence.read(span))
    kind = EntityType.COMPANY if kind is EntityType.PERSON and _AND.search(name) else kind
    if kind is EntityType.PERSON:
        start = count_title(name)
        name = drop_title(name[start:], sentence.text[sentence.locate(span)[1] :][:2])
    else:
        start = land.end() if kind in BODIES and (land := _LAND.match(name)) else 0
        name = name[start:]
    name = _GLOSS.sub("", name)
    told = _KIND.search(name)
    name = name[: told.start()] if told else _END.sub("", name)
    end = sentence.locate(span)[1]
    span = span[0] + start, span[1]
    if kind in BODIES and not told and (more := _FIRM.match(sentence.text, end)):
        name += more[0]
    made = _MADE_BY.search(name) if kind in MADE else None
    name = name[: made.start()] if made else name
    span = span[0], span[0] + len(name)
    name = " ".join(name.split())
    return FreeName(span, drop_form(name) if kind in BODIES else name, EntityType.COMPANY if made else kind)


def _drop_closing(name: str) -> str:
    """The name without brackets and quotes at its end that open before it."""
    while (opens := _CLOSED.get(name[-1:])) and name.count(opens) < name.count(name[-1]):
        name = name[:-1].rstrip()
    return name


def _begins(short: Span, long: Span) -> bool:
    return short[0] == long[0] and short[1] < long[1]


def _goes_on(name: Name, longer: FreeName, sentence: Sentence) -> bool:
    """Whether the name of a firm or a body begins with a listed one and goes on without a space."""
    if longer.type not in BODIES or not _begins(name.span, longer.span):
        return False
    rest = sentence.read((name.span[1], longer.span[1]))
    return bool(_GOES_ON.fullmatch(rest)) and not _OF_IT.fullmatch(rest)
