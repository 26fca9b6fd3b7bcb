"""Names that no table lists: introduced by the text itself, or voted for by the parser's entity tagger.

Precision goes first: a name that enters the graph wrongly is seen by every reader.
"""

import re
from collections.abc import Iterator

from graph.records import EntityType
from ingest.nlp.document import Sentence, Span
from ingest.nlp.en.lexicon import words

Found = tuple[Span, str, str]

_WORD = r"[A-Z][\w&’'-]*"
_NAME = rf"{_WORD}(?:[ ](?:{_WORD}|of|and|&|\d+(?:\.\d+)?))*?"
_MODEL = re.compile(
    r"(?<![\w./@#-])(?P<name>[A-Z][A-Za-z]+(?:[A-Z][a-z]+)*[- ]?(?:v|V)?\d+(?:\.\d+)+(?:[- ](?:[A-Z][a-z]+|"
    r"\d+[BbM]))*|"
    r"[A-Z][a-z]*(?:[A-Z][A-Za-z]*)+-(?:[A-Za-z]*\d[\w.]*)(?:-\w+)*|"
    r"[A-Z][A-Za-z]+(?:-[A-Z]?[\w.]+)*-\d+(?:\.\d+)?[BM])(?![\w])"
)
_CALLED = re.compile(
    rf"\b(?P<noun>model|chatbot|LLM|assistant|app|agent|tool|startup|start-up|company|firm|lab|chip|processor|"
    rf"accelerator|benchmark|platform|service)s?"
    rf",? (?:is |was )?(?:called|named|dubbed|known as|codenamed|code-named|"
    rf"branded) [\"“‘]?(?P<name>{_NAME})(?=[\"”’,.;:)]| (?:that|which|on|in|to|for|at|has|is|was|and|with|from)\b|$)"
)
_APPOSED = re.compile(
    rf"(?P<name>{_WORD}(?: (?:{_WORD}|&))*), (?:an?|the|one of) (?:[\w.’'-]+ ){{0,5}}?(?P<noun>startup|start-up|"
    rf"company|firm|lab|chipmaker|maker|"
    rf"developer|group|unicorn|model|chatbot|app|publisher|broker|consultancy|agency|nonprofit|benchmark|fund|"
    rf"law firm|hedge fund|think tank|newspaper|website)\b"
)
_BEFORE = re.compile(
    rf"(?:\b(?:startup|start-up|chipmaker|developer|firm|broker|brokerage|unicorn|consultancy|automaker|"
    rf"hedge fund|think tank|nonprofit|maker) )(?P<name>{_WORD}(?: {_WORD})*)"
)
_BENCHMARK = re.compile(
    r"\b(?:scor\w+|achiev\w+|\d+(?:\.\d+)? ?(?:%|percent|points)) (?:\d+(?:\.\d+)? ?(?:%|percent|"
    r"points)? )?on (?:the )?(?P<name>[A-Z][\w-]*[A-Z\d][\w-]*)(?![\w-])"
)
# Start-ups write themselves with a capital inside; such a word is no ordinary one.
_CAMEL = re.compile(
    r"(?<![\w./@#-])(?P<name>[A-Z][a-z]+(?:[A-Z][a-z]+)+|[A-Z][a-z]{2,}AI|[A-Z][a-z]+\.ai)(?![\w/]|\.\w)"
)
_ROLE = re.compile(
    r"(?P<name>[A-Z][a-zé]+(?: [A-Z]\.)?(?: [A-Z][a-zé]+(?:-[A-Z][a-z]+)?){1,2}), (?:the |a |"
    r"an )?(?:[\w’'-]+ ){0,4}(?:CEO|chief|founder|co-founder|president|"
    r"director|analyst|spokesperson|spokesman|spokeswoman|professor|researcher|partner|chairman|head|manager|"
    r"lawyer|attorney|minister|senator)\b"
)
_TESTED = re.compile(
    r"\b(?:the |on )(?P<name>[A-Z][\w-]*[A-Z\d][\w-]*(?: [A-Z][\w-]*)?) (?:benchmark|leaderboard|test set|eval)\b"
)
_NOUN_TYPES = {
    "model": "model",
    "llm": "model",
    "chatbot": "product",
    "assistant": "product",
    "app": "product",
    "agent": "product",
    "tool": "product",
    "platform": "product",
    "service": "product",
    "chip": "hardware",
    "processor": "hardware",
    "accelerator": "hardware",
    "benchmark": "benchmark",
    "newspaper": "publication",
    "website": "publication",
    "agency": "institution",
    "nonprofit": "institution",
    "think tank": "institution",
}
_ENDINGS = (
    (
        re.compile(
            r"\b(?:Inc|Corp|Ltd|LLC|GmbH|Group|Holdings|Technologies|Labs?|Capital|Partners|Ventures|"
            r"Securities|Bank|Systems|Robotics|"
            r"Semiconductor|Electronics|Motors|Networks|Software|Energy|Management|Investments?|Advisors|"
            r"AI)\.?$"
        ),
        "company",
    ),
    (
        re.compile(
            r"\b(?:University|Institute|Ministry|Court|Commission|Department|Agency|Authority|Committee|"
            r"Council|Senate|Congress|Bureau|"
            r"Parliament|Administration|Foundation|Association|Union|Board|Office|Academy|College|School|"
            r"Police|Navy|Army|Center|Centre)\b"
        ),
        "institution",
    ),
    (
        re.compile(
            r"\b(?:News|Times|Post|Journal|Tribune|Herald|Gazette|Magazine|Weekly|Daily|Review|Press|Wire|"
            r"Chronicle|Observer|Guardian|"
            r"Telegraph|Insider|TV|Radio|Ledger)$"
        ),
        "publication",
    ),
    (re.compile(r"\b(?:Act|Law|Bill|Directive|Regulation|Treaty)$"), "law"),
)
_STOP = words("names", "ordinary")
_OPENERS = words("names", "openers")
_TAGGED = {"ORG": "company", "PERSON": "person", "PRODUCT": "product", "LAW": "law"}
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b")


def find_unlisted(sentence: Sentence) -> Iterator[Found]:
    """Further names of a sentence: those introduced by patterns first, then the tagger's."""
    for start, end, kind in (*_iter_patterns(sentence.text), *_iter_tagged(sentence)):
        name = sentence.text[start:end].strip()
        if _is_plausible(name):
            offset = sentence.span[0]
            yield (start + offset, start + offset + len(name)), name, kind


def _iter_patterns(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _CALLED.finditer(text):
        yield (*_trim_name(text, *match.span("name")), _NOUN_TYPES.get(match["noun"].lower(), "company"))
    for match in _APPOSED.finditer(text):
        yield (*_trim_name(text, *match.span("name")), _NOUN_TYPES.get(match["noun"].lower(), "company"))
    for match in _BEFORE.finditer(text):
        yield (*_trim_name(text, *match.span("name")), "company")
    for match in _ROLE.finditer(text):
        yield (*_trim_name(text, *match.span("name")), "person")
    for match in _MODEL.finditer(text):
        yield (*match.span("name"), "model")
    for match in _CAMEL.finditer(text):
        yield (*match.span("name"), "company")
    for match in (*_BENCHMARK.finditer(text), *_TESTED.finditer(text)):
        yield (*match.span("name"), "benchmark")


def _trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    """The name without an opener that only begins the sentence ("But Acme") and without a possessive."""
    words = text[start:end].split(" ")
    while len(words) > 1 and words[0] in _OPENERS:
        start += len(words[0]) + 1
        words = words[1:]
    name = re.sub(r"(?:['’]s|['’])$", "", text[start:end])
    return start, start + len(name)


def _iter_tagged(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    for entity in sentence.doc.ents:
        kind = _TAGGED.get(entity.label_)
        if kind is None or not all(
            token.pos_ == "PROPN" or token.lower_ in {"of", "and", "&", "the"} for token in entity
        ):
            continue
        start, end = _trim_name(sentence.text, *_drop_article(sentence.text, entity.start_char, entity.end_char))
        name = sentence.text[start:end]
        kind = next((cued for pattern, cued in _ENDINGS if pattern.search(name)), kind)
        if kind == "person" and (" " not in name or re.search(r"[\d&]", name)):
            continue
        if kind == "product" or (kind == "company" and name.isupper() and len(name) > 5):
            continue
        yield start, end, kind


def _drop_article(text: str, start: int, end: int) -> Span:
    for article in ("the ", "The ", "a ", "A "):
        if text.startswith(article, start):
            return start + len(article), end
    return start, end


def _is_plausible(name: str) -> bool:
    if len(name) < 2 or len(name) > 60 or name in _STOP or not name[0].isupper():
        return False
    if _DATED.search(name) or re.search(r"[$%€£#@|<>{}\[\]\"“”]", name):
        return False
    words = name.split()
    return not all(word in _STOP for word in words) and EntityType is not None
