"""How vendors write the names of models and chips: family, version, variant, size, date.

It lengthens a known name by what belongs to it (`Qwen2.5-Max` by `-0125`), makes names of families in versions that
no table has (`Qwen 9.7 Max`), and tells by shape alone what can hardly be anything else (`Seed-OSS-36B`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.records import EntityType
from ingest.nlp.tables import Row, Tables

# Variant words that may follow a model family, as vendors use them (Epoch and LMArena tables).
_VARIANTS = (
    "Max|Plus|Turbo|Pro|Ultra|Nano|Flash-Lite|Flash|Lite|Mini|Micro|Large|Medium|Small|Tiny|Instruct|Chat|Base|Coder|"
    "Math|VL|Omni|Vision|Thinking|Preview|Distill|Zero|Sonnet|Opus|Haiku|Scout|Maverick|Behemoth|Nemo|Exp|TTS|ASR|Next|"
    "Air|Codex|Nemotron|Guard|Guardian|Deep Think|Heavy|Speciale|Terminus|Lightning"
)
# Too ordinary to belong to a name behind a space.
_JOINED = (
    "High|Low|Code|Audio|Reasoning|Reasoner|Distilled|Experimental|Image|Video|Embedding|Embed|Embedded|Fast|Realtime|"
    "Live|Open|Edge|Voice|Multimodal|Multilingual|Dense|MoE|Speech|Translate|Long|Hybrid|Research|Search"
)
# In lower case they belong to a name only behind a hyphen, or where vendors write them so (`GPT-4o mini`).
_LOWER = (
    "max|plus|turbo|pro|ultra|nano|flash|lite|mini|large|medium|small|tiny|high|low|instruct|it|chat|base|coder|code|"
    "math|vl|audio|omni|vision|thinking|preview|reasoning|reasoner|distill|zero|sonnet|opus|haiku|exp|latest|image|"
    "video|tts|asr|next|air|codex|embedding|guard|search|realtime|her|gguf|fp8|awq|multimodal"
)
_VERSION = r"v?\d+(?:\.\d+)*[a-z]?|[RVMKo]\d+(?:\.\d+)*"
_SIZE = r"\d+(?:\.\d+)?[BbMT](?:-?[Aa]\d+(?:\.\d+)?[Bb])?|A\d+(?:\.\d+)?B|\d+x\d+[Bb]|\d+[BbKkMm]"
_DATE = r"20\d\d-\d\d-\d\d|20\d{6}|[01]\d[0-3]\d"
_END = r"(?![A-Za-z0-9])(?!\.\d)"
# `-Qwen-7B` behind a distilled model; the family is any word with a capital before a size.
_BASE = rf"Qwen\d*(?:\.\d+)?|Llama\d*(?:\.\d+)?{_END}"
_PART = (
    rf"(?:[ -](?:{_VARIANTS}|{_SIZE}){_END}|-(?:{_LOWER}|{_JOINED}|{_DATE}|{_BASE}){_END}|"
    rf" (?:mini|nano|pro|flash|lite|preview){_END})"
)
# In the texts of data/ a name has three parts at most behind its family or its first word, and none of more than 13
# letters. Without end, a line of capitals or of names joined to each other costs the square of its length.
_FEW = "{0,8}"
# What may follow a name that is whole already; a bare number there is mostly a count, of large ones a score.
_TAIL = re.compile(rf"(?:(?: (?!v?(?:[2-9]\d|\d{{3,}})\.)|-)?v?\d+\.\d+{_END})?{_PART}{_FEW}")
_LETTERS = r"[A-Za-z0-9À-ɏ]{0,40}"
_SIZED = re.compile(
    rf"(?<![A-Za-z0-9./@#-])(?:[A-ZÀ-Þ]{_LETTERS}|[a-z]+[A-Z]{_LETTERS})(?:[- ](?:[a-z]*[A-Z]{_LETTERS}|"
    rf"v?\d+(?:\.\d+)*)){_FEW}?"
    rf"-?(?:-|(?<=\d) | )(?:\d+(?:\.\d+)?B(?:-?A\d+(?:\.\d+)?B)?|\d+x\d+B){_END}(?:-(?:{_VARIANTS}|{_LOWER}){_END})*"
)
_KANJI_SIZED = re.compile(rf"(?<![一-龠々ァ-ヶー])[一-龠々ァ-ヶー]{{2,8}}-\d+(?:\.\d+)?B{_END}")
# What Japanese papers write in katakana between a family and its version, or behind that: クロード・オーパス4.6.
_KANA_VARIANTS = {
    "オーパス": "Opus", "ソネット": "Sonnet", "ハイク": "Haiku", "フラッシュ": "Flash", "プロ": "Pro", "ミニ": "mini",
    "ナノ": "nano", "ウルトラ": "Ultra", "ターボ": "Turbo", "マックス": "Max", "ライト": "Lite",
}  # fmt: skip
_KANA_VARIANT = "|".join(_KANA_VARIANTS)
# Words with a capital before a size that name no model: "Series B", "The 7B".
_NO_FAMILY = re.compile(
    r"(?:The|A|An|Its|Our|Their|This|That|These|Those|Each|Both|Every|New|Of|In|On|At|With|For|From|And|Or|But|To|By|"
    r"Only|About|Over|Under|Nearly|Around|Some|Than|Series|Phase|Model|Models|Step|Version|Size|Total|Raised|Worth|"
    r"Valuation|Funding|Valued|As|If|When|While|All|Small|Large|Tiny|Dense|Base|Smaller|Larger|Even|It|We|He|She|They|"
    r"Achieves|Beats|Boasts|Edges|Exceeds|Features|Introducing|Matches|Outperforms|Powers|Releasing|Rivals|Runs|Scores|"
    r"Supports|Surpasses|Tops|Trails|Uses|Using|Via|Meet|Try)"
)
_CHIP = re.compile(
    r"(?<![A-Za-z0-9-])(?:GB|GH|MI|[HABLV])\d{2,3}[A-Z]{0,3}(?![A-Za-z0-9]*[a-rt-z0-9])(?=s?(?![A-Za-z0-9]))"
)
_CHIP_CONTEXT = re.compile(r"GPU|chip|accelerator|Nvidia|NVIDIA|AMD|チップ|半導体|エヌビディア|プロセッサ")
_CHIP_REACH = 60


@dataclass(frozen=True, slots=True)
class Shape:
    """A name by its shape: where it stands and how its maker would write it."""

    start: int
    end: int
    name: str
    type: EntityType


class Grammar:
    """The naming grammar of the families in the curated tables."""

    def __init__(self, tables: Tables) -> None:
        self._families = _compile_families(tables)
        self._kana = _find_kana(tables)
        self._in_kana = _compile_kana(self._kana)
        self._joints = _learn_joints(tables)

    def iter_names(self, text: str) -> Iterator[Shape]:
        """Versions of known families, sized models of any family, chips near a word for them."""
        for match in self._families.finditer(text):
            tail = _drop_share(match["tail"], text, match.end()).rstrip(" -")
            if tail:
                name = match["family"] + self._join(match["family"], tail)
                yield Shape(match.start(), match.start() + len(match["family"]) + len(tail), name, EntityType.MODEL)
        for match in self._in_kana.finditer(text):
            family = self._kana[match["family"]]
            parts = (_KANA_VARIANTS.get(match["first"]), match["version"], _KANA_VARIANTS.get(match["last"]))
            name = family + self._join(family, " ".join(filter(None, parts)))
            yield Shape(*match.span(), name, EntityType.MODEL)
        for match in (*_SIZED.finditer(text), *_KANJI_SIZED.finditer(text)):
            if not _NO_FAMILY.fullmatch(re.split(r"[- ]", match.group())[0]):
                yield Shape(*match.span(), match.group(), EntityType.MODEL)
        for match in _CHIP.finditer(text):
            if _CHIP_CONTEXT.search(text[max(0, match.start() - _CHIP_REACH) : match.end() + _CHIP_REACH]):
                yield Shape(*match.span(), match.group(), EntityType.HARDWARE)

    def lengthen(self, text: str, end: int, name: str) -> Shape | None:
        """The model named by what follows a known one (`-0125`, ` mini`), from its end on; None for nothing."""
        match = _TAIL.match(text, end)
        tail = _drop_share(match.group(), text, match.end()).rstrip(" -") if match else ""
        if not tail:
            return None
        family = re.match(r"[A-Za-z]*", name)
        longer = name + self._join(family.group() if family else "", tail, whole=name)
        return Shape(end, end + len(tail), longer, EntityType.MODEL)

    def _join(self, family: str, tail: str, whole: str = "") -> str:
        """What follows a name with the joints its maker writes (`Qwen 3 Max` is `Qwen3-Max`)."""
        first, rest = self._joints.get(family, ("-", "-") if "-" in whole else (" ", " "))
        if whole:
            first = rest
        parts = _PIECES.findall(tail)
        joints = ["-" if _DATED.fullmatch(part) else rest for part in parts]
        if parts[0][:1].isdigit() and not _DATED.fullmatch(parts[0]):
            joints[0] = first
        return "".join(joint + part for joint, part in zip(joints, parts, strict=True))


def _drop_share(tail: str, text: str, end: int) -> str:
    """A tail without the number that a percent sign behind it makes a score: "Flash 87.63%"."""
    return re.sub(r"[ -]?[\d.,]+$", "", tail) if text[end : end + 1] in ("%", "％") else tail


_DATED = re.compile(_DATE)
_PIECES = re.compile(rf"(?:{_DATE})(?![A-Za-z0-9])|[^ -]+")


def _compile_families(tables: Tables) -> re.Pattern[str]:
    models = [row for row in tables.rows if row.entity.type is EntityType.MODEL]
    families = {
        spelling.text
        for row in models
        if not re.search(r"\d", row.entity.name)
        for spelling in row.spellings
        if not spelling.contextual and spelling.text.isascii()
    }
    makers = {row.of for row in models if row.of.isascii() and row.of and _has_makers_name(row, models)}
    family = "|".join(re.escape(name) for name in sorted(families | makers, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9])(?P<family>{family})(?P<tail>(?:[ -]?(?:{_VERSION}){_END})?{_PART}{_FEW})")


def _find_kana(tables: Tables) -> dict[str, str]:
    """By its name in katakana, each family, or maker whose name its models have before their version."""
    models = [row.entity.name for row in tables.rows if row.entity.type is EntityType.MODEL]
    heads = {model[: version.start()] for model in models for version in re.finditer(r"(?=[ -]?[RVKM]?\d)", model)}
    return {
        spelling.text: row.entity.name
        for row in tables.rows
        if row.entity.name in heads
        for spelling in row.spellings
        if re.fullmatch("[ァ-ヶー・]+", spelling.text)
    }


def _compile_kana(names: Iterable[str]) -> re.Pattern[str]:
    family = "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"
    return re.compile(
        rf"(?<![ァ-ヶー])(?P<family>{family})(?:[・ ]?(?P<first>{_KANA_VARIANT}))?[・ ]?(?P<version>{_VERSION})"
        r"(?!\.?\d|[人頭匹台個社件回機種つ年月日分万億兆倍割％%])"
        rf"(?:[・ ]?(?P<last>{_KANA_VARIANT})(?![ァ-ヶー]))?"
    )


def _has_makers_name(row: Row, models: list[Row]) -> bool:
    """Whether the row's maker puts its own name before that of a model (`DeepSeek-V3`)."""
    return any(other.entity.name.startswith(row.of + "-") for other in models if other.of == row.of)


def _learn_joints(tables: Tables) -> dict[str, tuple[str, str]]:
    """For each family the joints that its curated models write most: before the version, and after it."""
    seen: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for row in tables.rows:
        match = re.match(r"([A-Za-z]+)([ -]?)\d[\w.]*(?:([ -])[A-Za-z0-9])?", row.entity.name)
        if match and row.entity.type is EntityType.MODEL:
            first, rest = seen.setdefault(match[1], (Counter(), Counter()))
            first[match[2]] += 1
            rest.update(match[3] or ())
    return {
        family: (first.most_common(1)[0][0], rest.most_common(1)[0][0] if rest else " ")
        for family, (first, rest) in seen.items()
    }
