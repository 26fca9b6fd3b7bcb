"""Names that no table lists: introduced by the text itself, shaped like one, or voted for by the parser's tagger.

Precision goes first: a name that enters the graph wrongly is seen by every reader. How
names are introduced is in naming.py.
"""

import re
from collections.abc import Iterator

from spacy.lang.en.stop_words import STOP_WORDS

from graph.records import EntityType
from ingest.nlp.document import FreeName, Sentence, Strength
from ingest.nlp.en import naming
from ingest.nlp.en.lexicon import find_nation
from ingest.nlp.hints import opens_sentence

Found = tuple[int, int, str, Strength]

_TAGGED = {"ORG": "company", "PERSON": "person", "LAW": "law"}
_ADVERB = re.compile(r"[A-Z][a-z]+(?:al|ab|ib|ant|ent|et|at|iat|ut|it|es|ing|ed|iv|ar|er|ful|less|ous|in|rt|pt|st)ly")
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b|"
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d"
)
_CONNECTIVES = frozenset(
    {"of", "and", "the", "for", "a", "an", "in", "on", "to", "with", "by", "as", "at", "or", "from", "&"}
)
_CAPITALISED = re.compile(r"[^\W_]*[^\W\d_a-zß-öø-ÿ]\w*")
# From so many words on, a share of capitals this high is a headline's; there every word looks like a name.
_HEADLINE_WORDS = 5
_HEADLINE_SHARE = 0.8


def has_free_capital(sentence: Sentence) -> bool:
    """Whether a word outside the known names has a capital and is no mere "The" or "But"."""
    offset = sentence.span[0]
    taken = [(name.span[0] - offset, name.span[1] - offset) for name in sentence.names]
    free = (
        match.group()
        for match in _CAPITALISED.finditer(sentence.text)
        if not any(start <= match.start() < end for start, end in taken)
    )
    return any(word.lower() not in STOP_WORDS for word in free)


def find_unlisted(sentence: Sentence) -> Iterator[FreeName]:
    """Further names of a sentence: those introduced by patterns first, then by shape, then the tagger's."""
    headline = _is_headline(sentence)
    found = list(_iter_found(sentence, headline))
    for start, end, kind, strength in sorted(found, key=lambda item: (-item[3], item[0] - item[1])):
        start, end = _trim_name(sentence.text, start, end)
        name = sentence.text[start:end]
        if is_plausible(name, kind):
            offset = sentence.span[0]
            yield FreeName((start + offset, end + offset), name, EntityType(kind), strength)


def _iter_found(sentence: Sentence, headline: bool) -> Iterator[Found]:
    text = sentence.text
    if not headline:
        yield from _iter_introduced(text)
        yield from _iter_people(sentence)
        yield from _iter_tagged(sentence)
    yield from _iter_shaped(text, headline)


def _iter_introduced(text: str) -> Iterator[Found]:
    for introductions in naming.INTRODUCTIONS:
        for match in introductions.find(text):
            kind = _type_by_ending(match["name"], introductions.kind)
            yield (*match.span("name"), kind, Strength.INTRODUCED)
    for introductions in naming.BEFORE_NOUN:
        for match in introductions.find(text):
            start, end = _trim_name(text, *match.span("name"))
            if not (opens_sentence(text, start) and re.fullmatch(r"[A-Z][a-z]+", text[start:end])):
                yield start, end, introductions.kind, Strength.INTRODUCED
    for pattern in naming.ACTING:
        for match in pattern.finditer(text):
            yield (*match.span("name"), _type_by_ending(match["name"], "company"), Strength.SHAPED)
    for match in naming.PRINTED.finditer(text):
        if _type_by_ending(match["name"], "") == "publication":
            yield (*match.span("name"), "publication", Strength.INTRODUCED)


def _iter_people(sentence: Sentence) -> Iterator[Found]:
    tagged = {(entity.start_char, entity.end_char) for entity in sentence.doc.ents if entity.label_ == "PERSON"}
    for number, pattern in enumerate(naming.PEOPLE):
        for match in pattern.finditer(sentence.text):
            start, end = _trim_name(sentence.text, *match.span("name"))
            name = sentence.text[start:end]
            if number == _TITLED or _looks_personal(name, any(a <= start < b for a, b in tagged)):
                yield start, end, "person", Strength.INTRODUCED


_TITLED = 2


def _iter_shaped(text: str, headline: bool) -> Iterator[Found]:
    for match in naming.MODEL.finditer(text):
        numbered = re.split(r"[- ]?[vV]?\d", match["name"])[0] in naming.NUMBERED
        if not numbered and (naming.ABOUT_MODELS.search(text) or "-" in match["name"]):
            yield (*match.span("name"), "model", Strength.SHAPED)
    for pattern in naming.ORDINALS:
        for match in pattern.finditer(text):
            if re.split(r"[- ]", match["name"])[0] not in naming.NUMBERED and not _DATED.search(match["name"]):
                yield (*match.span("name"), "model", Strength.SHAPED)
    for match in naming.BENCHMARK.finditer(text):
        yield (*match.span("name"), "benchmark", Strength.SHAPED)
    for kind, pattern in naming.HEADED_PATTERNS:
        for match in pattern.finditer(text):
            if not headline:
                yield (*match.span("name"), kind, Strength.SHAPED)
    for match in naming.CAMEL.finditer(text):
        yield (*match.span("name"), "company", Strength.VOTED)


def _iter_tagged(sentence: Sentence) -> Iterator[Found]:
    for entity in sentence.doc.ents:
        kind = _TAGGED.get(entity.label_)
        if kind is None or not all(
            token.pos_ == "PROPN" or token.lower_ in {"of", "and", "&", "the"} for token in entity
        ):
            continue
        start, end = _trim_name(sentence.text, entity.start_char, entity.end_char)
        name = sentence.text[start:end]
        kind = _type_by_ending(name, kind)
        if kind == "person" and not _looks_personal(name, tagged=True):
            continue
        if kind == "company" and ((name.isupper() and len(name) > _LONGEST_INITIALS) or len(name) < _SHORTEST_VOTE):
            continue
        yield start, end, kind, Strength.VOTED


_SHORTEST_VOTE, _LONGEST_INITIALS = 3, 5
# Words that end what the tagger takes for a person and is none: `Cover Story`, `Solar Mini`.
_IMPERSONAL = frozenset(
    [
        "Story",
        "Mini",
        "Pro",
        "Max",
        "Ultra",
        "Lite",
        "Alpha",
        "Beta",
        "Trader",
        "Routing",
        "Lesson",
        "Journey",
        "Award",
        "Prize",
        "Index",
        "Score",
        "Search",
        "Chat",
        "Cloud",
        "Code",
        "Data",
        "Edge",
        "Engine",
        "Labs",
        "Learning",
        "Model",
        "Models",
        "News",
        "Notes",
        "Platform",
        "Project",
        "Report",
        "Review",
        "Show",
        "Street",
        "Summit",
        "Team",
        "Tech",
        "Test",
        "Tool",
        "Vision",
        "Voice",
        "Week",
        "Weekly",
        "World",
        "Valley",
        "Way",
        "Wars",
        "Machine",
        "Network",
        "Networks",
        "Series",
        "Theorem",
        "Law",
        "Angel",
        "House",
    ]
)


def _type_by_ending(name: str, kind: str) -> str:
    """The type that the last word of a name tells, else the one given."""
    if kind not in {"company", "person", "", "institution", "publication"}:
        return kind
    return next((cued for pattern, cued in naming.ENDINGS if pattern.search(name)), kind)


def _looks_personal(name: str, tagged: bool) -> bool:
    """Whether a name is a person's: a given name before a family name, or two plain words the tagger takes for one."""
    parts = name.split(" ")
    if len(parts) < 2 or re.search(r"[\d&+]", name) or _type_by_ending(name, "person") != "person":
        return False
    if any(
        part in naming.STOP - naming.GIVEN or part in naming.TECHNIQUES or (part.isupper() and len(part.strip(".")) > 2)
        for part in parts
    ):
        return False
    return parts[0] in naming.GIVEN or (
        tagged and not _IMPERSONAL & set(parts) and all(part[0].isupper() for part in parts)
    )


def _trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    """The name without openers that only begin the sentence ("But Acme"), articles, and a possessive."""
    parts = text[start:end].split(" ")
    while len(parts) > 1 and (_is_opener(parts[0]) or _is_adjective(parts[0])):
        start += len(parts[0]) + 1
        parts = parts[1:]
    while len(parts) > 1 and (parts[-1] in _CONNECTIVES or parts[-1] in naming.OPENERS):
        end -= len(parts[-1]) + 1
        parts = parts[:-1]
    name = re.sub(r"(?:['’]s|['’]|[.,-])$", "", text[start:end])
    return start, start + len(name)


def _is_opener(word: str) -> bool:
    return word in naming.OPENERS or word.lower() in STOP_WORDS


def _is_adjective(word: str) -> bool:
    return bool(find_nation(word.lower())) or word in {"European", "Asian", "Western", "African", "Big"}


def _is_headline(sentence: Sentence) -> bool:
    """Whether the sentence is written like a headline, a capital on every word that counts."""
    parts = [part for part in re.findall(r"[A-Za-z][\w’'-]*", sentence.text) if part.lower() not in _CONNECTIVES]
    if len(parts) < _HEADLINE_WORDS:
        return not sentence.text.rstrip().endswith((".", "!", "?", "”", '"', ":"))
    return bool(sum(part[0].isupper() for part in parts) > _HEADLINE_SHARE * len(parts))


def is_plausible(name: str, kind: str) -> bool:
    """Whether a word or phrase can be a name of its type: no sentence opener, technique, unit or common word."""
    if len(name) < 2 or len(name) > 60 or name in naming.STOP or name in naming.TECHNIQUES or not name[0].isupper():
        return False
    if re.search(r"-[a-z]{3,}$", name) and kind not in {"model", "product", "benchmark"}:
        return False
    if re.search(
        r"-(?:level|class|style|based|licensed|powered|driven|native|like|type|only|first|ready|grade|size|sized|digit|backed)$",
        name,
    ):
        return False
    if _DATED.search(name) or re.search(r"[$%€£#@|<>{}\[\]\"“”*]", name) or name.count(" ") > 7:
        return False
    if _ADVERB.fullmatch(name) and kind not in {"person", "place"}:
        return False  # "Additionally, our 72B model …"
    parts = re.split(r"[ -]", name)
    if all(
        part in naming.STOP
        or part.lower() in STOP_WORDS
        or part in naming.TECHNIQUES
        or _is_adjective(part)
        or part.islower()
        for part in parts
    ):
        return False
    return not (len(parts) == 1 and parts[0].lower() in (_COMMON if kind == "company" else _PRESS))


# Alone these are sections and days of a paper, or anybody.
_PRESS = frozenset(
    {"post", "journal", "daily", "times", "review", "news", "press", "weekly", "experts", "ahead", "tonight"}
)
_COMMON = (
    frozenset(
        kind
        for table in naming.TABLES.values()
        for noun in table["nouns"]
        for kind in (noun, noun + "s")
        if " " not in noun
    )
    | {"house", "compute", "healthcare", "company", "berkeley"}
    | _PRESS
)
