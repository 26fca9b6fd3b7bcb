"""Names that no table lists: introduced by the text itself, shaped like one, or voted for by the parser's tagger.

Precision goes first: a name that enters the graph wrongly is seen by every reader. Words and types are data (names.toml).
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from spacy.lang.en.stop_words import STOP_WORDS

from graph.records import EntityType
from ingest.nlp.document import FreeName, Sentence, Strength
from ingest.nlp.en.lexicon import find_nation, words
from ingest.nlp.hints import opens_sentence

Found = tuple[int, int, str, Strength]

_TABLES = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
_WORDS: dict[str, list[str]] = _TABLES.pop("words")
_GIVEN = frozenset(_TABLES.pop("given")["names"])
_TECHNIQUES = frozenset(_TABLES.pop("never")["techniques"])
_STOP = words("names", "ordinary")
_OPENERS = words("names", "openers")


def _any(items: list[str]) -> str:
    return "|".join(re.escape(item) for item in sorted(items, key=len, reverse=True))


_CAP = r"[A-ZÀ-ÖØ-Þ]"
_WORD = rf"(?<![\w@#/.-]){_CAP}(?:[\w’'&+-]|\.(?=\w))*"
_NUMBER = r"v?\d+(?:\.\d+)*[A-Za-z]?(?![\w%])"
_NAME = rf"{_WORD}(?: (?:{_WORD}|(?:of|and|&|de|for) (?={_CAP})|{_NUMBER}))*"
_FIRM = rf"{_WORD}(?: (?:{_WORD}|&))*"
_PERSON = rf"{_WORD}(?: {_CAP}\.)?(?: (?:van|von|de|der|den|la|al|bin|da|di))*(?: {_WORD}){{1,2}}"
_ADJECTIVES = r"(?:[\w.’'%$&+-]+ ){0,6}?"
_CALLED = _any(_WORDS["called"])
_ROLES = _any(_WORDS["roles"])
_SPEECH = _any(_WORDS["speech"])
_FOLLOWS = r"(?=[\"”’'’,.;:)?!—–-]| (?:that|which|who|on|in|to|for|at|has|have|is|was|and|with|from|as|by|can|will|after|before|when)\b|$)"


def _make_introductions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each type: called, in apposition, behind its noun, said to be, and before its noun."""
    patterns = []
    for kind, table in _TABLES.items():
        nouns = _any(table["nouns"])
        name = _FIRM if kind in ("company", "institution", "publication") else _NAME
        patterns += [
            (kind, rf"\b(?:{nouns})s?(?: [\w’'-]+){{0,2}}?,? (?:{_CALLED}) [\"“‘']?(?P<name>{name}){_FOLLOWS}"),
            (
                kind,
                rf"(?P<name>{name})(?:,| [(—–-]+) ?(?:an?|its|their|our|his|her|one of|another|the) {_ADJECTIVES}"
                rf"(?:{nouns})\b(?! (?:said|says|told|announced|added|wrote|disclosed|confirmed|reported|plans|will))",
            ),
            (kind, rf"\b(?:{nouns}) [\"“‘]?(?P<name>{name})(?!\w)"),
            (
                kind,
                rf"(?P<name>{name}),? (?:is|was|became|has become|remains) (?:an?|our|its|their|one of|the (?:new|first)) "
                rf"{_ADJECTIVES}(?:{nouns})\b",
            ),
        ]
        if kind in ("model", "product", "hardware", "benchmark"):
            patterns.append(
                (
                    kind,
                    rf"\b(?:its|their|our|his|her|an?|the company['’]s|\w+['’]s) {_ADJECTIVES}(?:{nouns}), "
                    rf"[\"“‘]?(?P<name>{name})[\"”’]?(?=[,.;:)—]|$)",
                )
            )
    return tuple((kind, re.compile(pattern)) for kind, pattern in patterns)


_INTRODUCTIONS = _make_introductions()
# The noun behind the name: "the Acme app"; at the head of a sentence any word may stand so ("Smaller models").
_BEFORE_NOUN = tuple(
    (kind, re.compile(rf"(?P<name>{_NAME})[\"”’]? (?:{_any(table['after'])})\b(?![-–])"))
    for kind, table in _TABLES.items()
    if table["after"]
)
# What only firms do or have done to them.
_ACTING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>{_FIRM})(?:['’]s)? (?:CEO|CTO|CFO|COO|chief executive|co-founders?|cofounders?|founders?|shareholders|"
        r"shares|stock|spokes(?:man|woman|person)|investors|valuation|board)\b",
        rf"(?P<name>{_FIRM}),? (?:has |have |had |just )?(?:raised|raises|closed|secured|landed|bagged) "
        r"(?:(?:a|an|its|another|over|about|nearly|more than) )?(?:[\w-]+ )?(?:[$€£¥]|US\$|\d|Series|seed|funding|round)",
        rf"\b(?:CEO|founder|co-founder|cofounder|president|chair|chairman|head|head of [\w ]{{2,20}}|director|partner|"
        rf"analysts?|economist|strategist|executive|officer|employees|engineers?|researchers?|scientist|professor) "
        rf"(?:of|at|for|with) (?P<name>{_FIRM}){_FOLLOWS}",
        rf"\b(?:shares of|stake in|shares in|backed by|owned by|founded|co-founded|acquired|acquires|acquire|acquiring|"
        rf"acquisition of|takeover of|invest in|invested in|investing in|investment in|investment from|"
        rf"investors including|led by|partnership with|partnered with|teamed up with|subsidiary of|rivals? like|"
        rf"startups? like|companies like|startups? such as|companies such as|firms like|firms such as|rivals such as|"
        rf"competitors like|customers include|customers including|clients include|joined|left|spun out of) "
        rf"(?P<name>{_FIRM}){_FOLLOWS}",
        rf"(?P<name>{_FIRM}), which (?:makes|sells|develops|builds|runs|operates|offers|owns|provides|designs|supplies)\b",
        rf"-based (?:[a-z-]+ )?(?P<name>{_FIRM}){_FOLLOWS}",
        rf"(?P<name>{_FIRM}) \((?:NASDAQ|NYSE|TSE|HKEX|LSE|TYO|HKG|Nasdaq|SZSE|SSE|KRX|[A-Z]{{3,5}}|\d{{4,6}}\.[A-Z]{{1,2}})[:)]",
        rf"(?P<name>{_FIRM}),? (?:Inc|Corp|Ltd|LLC|GmbH|PLC|plc|S\.A|AG|AB|Pte|Co)\b\.?",
    )
)
_PEOPLE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>{_PERSON}),? \(?(?:(?:the|a|an|its|his|her|their|our|who is|who was|formerly|former) )?"
        rf"(?:[\w’'&-]+,? ){{0,5}}?(?:{_ROLES})\b",
        rf"\b(?:{_ROLES}),? (?P<name>{_PERSON})",
        rf"\b(?:{_any(_WORDS['titles'])})\.? (?P<name>{_WORD}(?: {_WORD}){{0,2}})",
        rf"(?P<name>{_PERSON}),? (?:{_SPEECH})\b",
        rf"\b(?:said|says|wrote|writes|told|tweeted|asked|added|according to|interview with|accused|sued|hired|poached|by) "
        rf"(?P<name>{_PERSON})(?=[,.;:?!]| (?:of|at|from|in|on|to|who|as|and)\b|$)",
    )
)
_MODEL = re.compile(
    rf"(?<![\w./@#-])(?P<name>{_CAP}[A-Za-zà-ÿ]+[- ]?[vV]?\d+\.\d+(?:[- ](?:{_CAP}[a-z]+|\d+[BbM]))*|"
    r"[A-Z][a-z]*(?:[A-Z][A-Za-z]*)+-(?:[A-Za-z]*\d[\w.]*)(?:-\w+)*|"
    r"[A-Z][A-Za-z]+(?:-[A-Z]?[\w.]+)*-\d+(?:\.\d+)?[BM]|[A-Z][A-Za-z]*(?:BERT|LM|GPT|LLM|VLM)[vV]?\d?)(?![\w])"
)
_RELEASING = (
    r"\b(?:releas|launch|unveil|announc|introduc|ship|debut|open-sourc|train|test|deploy|upgrad|publish|present|built)\w* "
    r"(?:[\w’'-]+ ){0,3}?"
)
_PERFORMING = (
    r"(?: model\b| (?:beats?|outperforms?|outscores?|scores?|matche[sd]|is trained|was trained|costs?|runs?|achieves?|"
    r"surpasses|trails?|beat|scored|outperformed|solves|can|weights|handles|has \d|reaches|cannot|ships|launches)\b)"
)
_ORDINAL = rf"(?P<name>{_CAP}[a-zà-ÿ]{{2,}}(?:-\d{{1,3}}| \d{{1,2}})(?: (?:Pro|Max|Mini|Lite|Ultra|Turbo|mini|\d+B))?)(?![\w%,.-]*\d)(?! (?:percent|per|million|billion|people|years?|months?|days?|hours?|times|of)\b)"
_ORDINALS = tuple(
    re.compile(pattern) for pattern in (_RELEASING + _ORDINAL, rf"{_ORDINAL}{_PERFORMING}", rf"['’]s {_ORDINAL}")
)
# Before a number with a point these are no models: parts of a text, software, standards.
_NUMBERED = frozenset(
    "Version Section Figure Table Chapter Appendix Part Phase Level Windows Android Python Java PyTorch Ubuntu Apache CUDA "
    "HTML USB Bluetooth PCIe Web Node React Linux Rust Go Episode Release Update Article Rule Act Option Step Type Tier "
    "Category Stage Wave Volume Covid Fortune Formula Top Boeing Catch Area Falcon9 Tier Group Round Question Page Day Week Month Year Quarter Line Room Apollo Route Highway Channel Class Grade Season Gen Series iPhone Pixel Galaxy About Around Nearly Over Under From At To Of In On By WER BLEU Only Just Some Roughly "
    "Exactly Approximately Almost Up Down Open Earth Industry Society".split()
)
_ABOUT_MODELS = re.compile(
    r"\b(?:models?|LLMs?|weights|parameters?|tokens|checkpoint|fine-tun\w+|reasoning|benchmarks?)\b", re.I
)
_BENCHMARK = re.compile(
    r"\b(?:scor\w+|achiev\w+|\d+(?:\.\d+)? ?(?:%|percent|points)) (?:[\w.]+ ){0,3}?(?:\d+(?:\.\d+)? ?(?:%|percent|"
    rf"points)? )?(?:on|in) (?:the )?(?P<name>[A-Z][\w-]*[A-Z\d][\w-]*(?: (?:{_CAP}[\w-]+|v?\d+))*)(?![\w-])"
)
# Start-ups write themselves with a capital inside; such a word is no ordinary one.
_CAMEL = re.compile(
    r"(?<![\w./@#-])(?P<name>[A-Z][a-z]+(?:[A-Z][a-z]+)+|[A-Z][a-z]{2,}AI|[A-Z][a-z]+\.ai)(?![\w/]|\.\w|-)"
)
_HEADED = (
    (
        "institution",
        rf"(?:{_WORD} (?:(?:of|for|and) (?:the )?)?){{1,4}}(?:University|Institute|Ministry|Department|Commission|Agency|"
        rf"Authority|Court|Committee|Council|Bureau|Parliament|Senate|Congress|Academy|Laboratory|Hospital|Foundation|"
        rf"Association|Police|Administration|Consortium|Federation)(?: (?:of|for|on) (?:the )?{_WORD}(?: (?:and )?{_WORD})*)?",
    ),
    (
        "institution",
        rf"(?:University|Institute|Ministry|Department|Court|Bank|College|Office|Academy) (?:of|for) (?:the )?{_WORD}"
        rf"(?:(?: and| of)? {_WORD})*",
    ),
    (
        "publication",
        rf"(?:The )?(?:{_WORD} )+(?:News|Times|Post|Journal|Tribune|Herald|Gazette|Magazine|Review|Newswires?|"
        r"Chronicle|Observer|Telegraph|Radio|Wire|Weekly|Daily)\b",
    ),
    (
        "company",
        rf"(?:{_WORD} ){{1,3}}(?:Systems|Robotics|Labs|Ventures|Capital|Technologies|Therapeutics|Semiconductors?|"
        r"Holdings|Compute|Computing|Dynamics|Analytics|Studios?|Securities|Partners|Software|Networks|Motors|"
        r"Electronics|Photonics|Industries|Pharmaceuticals|Biosciences|Equity Partners|Management|Investments?|AI)",
    ),
    (
        "law",
        rf"(?:{_WORD} (?:(?:of|for|and|on) (?:the )?)?){{1,6}}(?:Act|Directive|Regulation|Treaty|Executive Order)\b",
    ),
)
_HEADED_PATTERNS = tuple((kind, re.compile(rf"(?P<name>{pattern})(?![\w-])")) for kind, pattern in _HEADED)
_PRINTED = re.compile(
    rf"(?:first reported by|reported by|told|citing|interview with) (?:the )?(?P<name>{_FIRM})(?= (?:that|on|in|last|this|earlier)\b|[,.])"
)
_ENDINGS = (
    (
        re.compile(
            r"\b(?:Inc|Corp|Ltd|LLC|GmbH|Group|Holdings|Technologies|Labs?|Capital|Partners|Ventures|Securities|Bank|"
            r"Systems|Robotics|Semiconductors?|Electronics|Motors|Networks|Software|Energy|Management|Investments?|"
            r"Advisors|Compute|Cloud|Studios?|Equity|Therapeutics|Dynamics|Computing|Entertainment|AI)\.?$"
        ),
        "company",
    ),
    (
        re.compile(
            r"\b(?:University|Institute|Ministry|Court|Commission|Department|Agency|Authority|Committee|Council|Senate|"
            r"Congress|Bureau|Parliament|Administration|Foundation|Association|Union|Board|Office|Academy|College|School|"
            r"Police|Navy|Army|Center|Centre)\b"
        ),
        "institution",
    ),
    (
        re.compile(
            r"\b(?:News|Times|Post|Journal|Tribune|Herald|Gazette|Magazine|Weekly|Daily|Review|Press|Wire|Chronicle|"
            r"Observer|Guardian|Telegraph|Insider|TV|Radio|Ledger|Newswires?|Podcast|Newsletter)$"
        ),
        "publication",
    ),
    (re.compile(r"\b(?:Act|Law|Bill|Directive|Regulation|Treaty)$"), "law"),
)
_TAGGED = {"ORG": "company", "PERSON": "person", "LAW": "law"}
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b")
_CONNECTIVES = frozenset(
    {"of", "and", "the", "for", "a", "an", "in", "on", "to", "with", "by", "as", "at", "or", "from"}
)
# From so many words on, a share of capitals this high is a headline's; there every word looks like a name.
_HEADLINE_WORDS = 5
_HEADLINE_SHARE = 0.8


def find_unlisted(sentence: Sentence) -> Iterator[FreeName]:
    """Further names of a sentence: those introduced by patterns first, then by shape, then the tagger's."""
    headline = _is_headline(sentence)
    found = list(_iter_found(sentence, headline))
    for start, end, kind, strength in sorted(found, key=lambda item: (-item[3], item[0] - item[1])):
        start, end = _trim_name(sentence.text, start, end)
        name = sentence.text[start:end]
        if _is_plausible(name, kind):
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
    for kind, pattern in _INTRODUCTIONS:
        for match in pattern.finditer(text):
            yield (*match.span("name"), _type_by_ending(match["name"], kind), Strength.INTRODUCED)
    for kind, pattern in _BEFORE_NOUN:
        for match in pattern.finditer(text):
            start, end = _trim_name(text, *match.span("name"))
            if not (opens_sentence(text, start) and re.fullmatch(r"[A-Z][a-z]+", text[start:end])):
                yield start, end, kind, Strength.INTRODUCED
    for pattern in _ACTING:
        for match in pattern.finditer(text):
            yield (*match.span("name"), _type_by_ending(match["name"], "company"), Strength.SHAPED)
    for match in _PRINTED.finditer(text):
        if _type_by_ending(match["name"], "") == "publication":
            yield (*match.span("name"), "publication", Strength.INTRODUCED)


def _iter_people(sentence: Sentence) -> Iterator[Found]:
    tagged = {(entity.start_char, entity.end_char) for entity in sentence.doc.ents if entity.label_ == "PERSON"}
    for number, pattern in enumerate(_PEOPLE):
        for match in pattern.finditer(sentence.text):
            start, end = _trim_name(sentence.text, *match.span("name"))
            name = sentence.text[start:end]
            if number == _TITLED or _looks_personal(name, any(a <= start < b for a, b in tagged)):
                yield start, end, "person", Strength.INTRODUCED


_TITLED = 2


def _iter_shaped(text: str, headline: bool) -> Iterator[Found]:
    for match in _MODEL.finditer(text):
        numbered = re.split(r"[- ]?[vV]?\d", match["name"])[0] in _NUMBERED
        if not numbered and (_ABOUT_MODELS.search(text) or "-" in match["name"]):
            yield (*match.span("name"), "model", Strength.SHAPED)
    for pattern in _ORDINALS:
        for match in pattern.finditer(text):
            if re.split(r"[- ]", match["name"])[0] not in _NUMBERED and not _DATED.search(match["name"]):
                yield (*match.span("name"), "model", Strength.SHAPED)
    for match in _BENCHMARK.finditer(text):
        yield (*match.span("name"), "benchmark", Strength.SHAPED)
    for kind, pattern in _HEADED_PATTERNS:
        for match in pattern.finditer(text):
            if not headline:
                yield (*match.span("name"), kind, Strength.SHAPED)
    for match in _CAMEL.finditer(text):
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
    "Story Mini Pro Max Ultra Lite Alpha Beta Trader Routing Lesson Journey Award Prize Index Score Search Chat Cloud Code "
    "Data Edge Engine Labs Learning Model Models News Notes Platform Project Report Review Show Street Summit Team Tech "
    "Test Tool Vision Voice Week Weekly World Valley Way Wars Machine Network Networks Series Theorem Law Angel House".split()
)


def _type_by_ending(name: str, kind: str) -> str:
    """The type that the last word of a name tells, else the one given."""
    if kind not in {"company", "person", "", "institution", "publication"}:
        return kind
    return next((cued for pattern, cued in _ENDINGS if pattern.search(name)), kind)


def _looks_personal(name: str, tagged: bool) -> bool:
    """Whether a name is a person's: a given name before a family name, or two plain words the tagger takes for one."""
    parts = name.split(" ")
    if len(parts) < 2 or re.search(r"[\d&+]", name) or _type_by_ending(name, "person") != "person":
        return False
    if any(
        part in _STOP - _GIVEN or part in _TECHNIQUES or part.isupper() and len(part.strip(".")) > 2 for part in parts
    ):
        return False
    return parts[0] in _GIVEN or (tagged and not _IMPERSONAL & set(parts) and all(part[0].isupper() for part in parts))


def _trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    """The name without openers that only begin the sentence ("But Acme"), articles, and a possessive."""
    parts = text[start:end].split(" ")
    while len(parts) > 1 and (_is_opener(parts[0]) or _is_adjective(parts[0])):
        start += len(parts[0]) + 1
        parts = parts[1:]
    while len(parts) > 1 and (parts[-1] in _CONNECTIVES or parts[-1] in _OPENERS):
        end -= len(parts[-1]) + 1
        parts = parts[:-1]
    name = re.sub(r"(?:['’]s|['’]|[.,-])$", "", text[start:end])
    return start, start + len(name)


def _is_opener(word: str) -> bool:
    return word in _OPENERS or word.lower() in STOP_WORDS


def _is_adjective(word: str) -> bool:
    return bool(find_nation(word.lower())) or word in {"European", "Asian", "Western", "African", "Big"}


def _is_headline(sentence: Sentence) -> bool:
    """Whether the sentence is written like a headline, a capital on every word that counts."""
    parts = [part for part in re.findall(r"[A-Za-z][\w’'-]*", sentence.text) if part.lower() not in _CONNECTIVES]
    if len(parts) < _HEADLINE_WORDS:
        return not sentence.text.rstrip().endswith((".", "!", "?", "”", '"', ":"))
    return sum(part[0].isupper() for part in parts) > _HEADLINE_SHARE * len(parts)


def _is_plausible(name: str, kind: str) -> bool:
    if len(name) < 2 or len(name) > 60 or name in _STOP or name in _TECHNIQUES or not name[0].isupper():
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
    parts = re.split(r"[ -]", name)
    if all(
        part in _STOP or part.lower() in STOP_WORDS or part in _TECHNIQUES or _is_adjective(part) or part.islower()
        for part in parts
    ):
        return False
    return not (kind == "company" and len(parts) == 1 and parts[0].lower() in _COMMON)


_COMMON = frozenset(
    kind for table in _TABLES.values() for noun in table["nouns"] for kind in (noun, noun + "s") if " " not in noun
) | {"house", "compute", "healthcare", "company", "berkeley"}
