"""Amounts that no clause has claimed, by the name beside them: "R1 (671B, 37B active)", "$15/month", "71.4 on MMLU".

Only what is measured in units of the field is read so: prices per something, parameters, context, tokens, scores.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from graph.records import EntityType, Party
from ingest.nlp.document import Amount, Name, Sentence
from ingest.nlp.en.amounts import OwnAmounts, Placed, find_opener
from ingest.nlp.en.parties import make_party

_MODEL = frozenset({EntityType.MODEL})
_SCORED = frozenset({"%", "points", ""})
_SOLD = frozenset({EntityType.MODEL, EntityType.PRODUCT})
# Below so many tokens a text fits a window; above, a model was trained on them.
_LARGEST_WINDOW, _SMALLEST_CORPUS = 1.1e8, 1e9
_WINDOW = re.compile(r"context|window|ctx", re.IGNORECASE)
_TRAINING = re.compile(r"\btrain|\bcorpus|\bpre-?train", re.IGNORECASE)
# What may stand between a name and its size or between a benchmark and its score.
_LIGHT = re.compile(
    r"[\s,:;()\[\]*|=—–-]*(?:(?:is|has|with|at|a|an|the|its|comes|come|in|of|our|new|and|or|total|active|up|to|sizes|"
    r"model|family|series|which|that|offers|features|dense|sparse|open|open-weight|score|accuracy|rate|pass@1|scores|"
    r"scored|on|for|\d+(?:\.\d+)?[BMK]?|parameters?)\b[\s,:;()\[\]*|=—–-]*){0,7}",
    re.IGNORECASE,
)
_TIGHT = re.compile(r"[\s*]*(?:[:(=—–|]|at|of|is|score|scores|with)?[\s*(:=]*", re.IGNORECASE)
_ON = re.compile(r"[\s*]*(?:points?|%|percent)?[\s*]*(?:on|in|at|for)[\s*]+(?:the[\s*]+)?", re.IGNORECASE)
_NEXT = re.compile(r"[\s,*]*(?:(?:the|our|its|new|their)[\s*]+)*", re.IGNORECASE)
# What another is compared with has no part in the amount.
_COMPARED = frozenset(
    {
        "than",
        "versus",
        "vs",
        "vs.",
        "against",
        "over",
        "behind",
        "like",
        "unlike",
        "above",
        "below",
        "with",
        "using",
        "from",
        "on",
    }
)
_BEATING = frozenset(
    {"beat", "outperform", "surpass", "exceed", "top", "best", "match", "rival", "trail", "lead", "edge"}
)
# The size beside what a model is built on is that of the model: "distillations based on Qwen (7B)".
_BASED = frozenset({"base", "build", "found", "model"})
# "GPT-4-class" is no GPT-4.
_LIKENED = re.compile(r"[- ](?:class|level|style|like|era|grade|tier|compatible|based)\b")


@dataclass(frozen=True, slots=True)
class Anchored:
    """An amount with whose it is; `frame` names the frame that it fills."""

    frame: str
    token: Token
    subject: Party
    amount: Amount
    benchmark: Party | None = None


def find_anchored(sentence: Sentence, amounts: OwnAmounts, told: frozenset[str]) -> Iterator[Anchored]:
    """The amounts of a sentence that stand beside a name; those whose words are told already are left out."""
    untold = (placed for placed in amounts.placed if placed.amount.text not in told)
    free = [placed for placed in untold if find_opener(placed) not in {"by", "from"}]  # a lead, or what was before
    for placed in free:
        kind = _find_kind(placed.amount, sentence.text)
        subject = kind and _find_owner(placed, kind, sentence)
        if kind and subject:
            yield Anchored(kind, placed.token, subject, placed.amount)
    yield from _find_scores(sentence, free)


def _find_kind(amount: Amount, text: str) -> str:
    """The frame for an amount by its unit."""
    if "/" in amount.unit:
        return "price"
    if amount.unit == "parameters":
        return "size"
    if amount.unit == "tokens" and amount.value <= _LARGEST_WINDOW and _WINDOW.search(text):
        return "context"
    if amount.unit == "tokens" and amount.value >= _SMALLEST_CORPUS and _TRAINING.search(text):
        return "train-tokens"
    return ""


def _find_owner(placed: Placed, kind: str, sentence: Sentence) -> Party | None:
    """The only thing a price can be for; else the name just before, over nothing but light words."""
    kinds = _SOLD if kind == "price" else _MODEL
    names = [name for name in _iter_names(sentence, kinds) if not _is_compared(name, sentence)]
    if kind == "price" and len({name.entity.name for name in names}) == 1:
        return make_party(names[0])
    start = placed.amount.span[0]
    before = [name for name in names if _end(name, sentence) <= start]
    if before and _LIGHT.fullmatch(sentence.text, _end(before[-1], sentence), start):
        return make_party(before[-1])
    return None


def _find_scores(sentence: Sentence, free: list[Placed]) -> Iterator[Anchored]:
    """Scores beside their benchmark, and those in brackets after a model where one benchmark is named."""
    models = [name for name in _iter_names(sentence, _MODEL) if not _is_compared(name, sentence)]
    benchmarks = list(_iter_names(sentence, frozenset({EntityType.BENCHMARK})))
    if len({name.entity.name for name in benchmarks}) == 1:
        yield from _find_bracketed(sentence, free, benchmarks[0])
    for benchmark in benchmarks:
        for placed in free:
            if placed.amount.unit in _SCORED and _stands_beside(placed.amount, benchmark, sentence):
                subject = _find_scorer(benchmark, placed, models, sentence)
                if subject:
                    yield Anchored("score", placed.token, make_party(subject), placed.amount, make_party(benchmark))


def _find_bracketed(sentence: Sentence, free: list[Placed], benchmark: Name) -> Iterator[Anchored]:
    """ "Trails R1 (71.5) on GPQA" gives the score of R1."""
    for name in _iter_names(sentence, _MODEL):
        for placed in free:
            between = sentence.text[_end(name, sentence) : placed.amount.span[0]]
            closed = sentence.text[placed.amount.span[1] :].lstrip().startswith((")", ",", "]", "on"))
            if placed.amount.unit in _SCORED and re.fullmatch(r"\s*[(\[]\s*", between) and closed:
                yield Anchored("score", placed.token, make_party(name), placed.amount, make_party(benchmark))


def _stands_beside(amount: Amount, benchmark: Name, sentence: Sentence) -> bool:
    start, end = benchmark.span[0] - sentence.span[0], _end(benchmark, sentence)
    if amount.span[0] >= end:
        return _TIGHT.fullmatch(sentence.text, end, amount.span[0]) is not None
    return amount.span[1] <= start and _ON.fullmatch(sentence.text, amount.span[1], start) is not None


def _find_scorer(benchmark: Name, placed: Placed, models: list[Name], sentence: Sentence) -> Name | None:
    """The nearest model named before, or the one that follows at once: "At 79 % on AIME, o1 …"."""
    start = min(placed.amount.span[0], benchmark.span[0] - sentence.span[0])
    before = [name for name in models if _end(name, sentence) <= start]
    if before:
        return before[-1]
    end = max(placed.amount.span[1], _end(benchmark, sentence))
    after = [name for name in models if name.span[0] - sentence.span[0] >= end]
    if after and _NEXT.fullmatch(sentence.text, end, after[0].span[0] - sentence.span[0]):
        return after[0]
    return None


def _iter_names(sentence: Sentence, kinds: frozenset[EntityType]) -> Iterator[Name]:
    for name in sorted(sentence.names, key=lambda name: name.span):
        if name.entity.type in kinds and not _LIKENED.match(sentence.text, _end(name, sentence)):
            yield name


def _end(name: Name, sentence: Sentence) -> int:
    return name.span[1] - sentence.span[0]


def _is_compared(name: Name, sentence: Sentence) -> bool:
    span = sentence.doc.char_span(name.span[0] - sentence.span[0], _end(name, sentence), alignment_mode="expand")
    if span is None or not len(span):
        return False
    node = span.root
    while node.dep_ == "conj" and node.head != node:
        node = node.head
    governor = node.head
    if node.dep_ == "dobj" and governor.lemma_ in _BEATING:
        return True
    based = governor.lower_ in {"on", "upon"} and governor.head.lemma_ in _BASED
    return based or governor.lemma_ == "compare" or governor.lower_ in _COMPARED
