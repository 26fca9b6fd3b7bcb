"""How English text introduces a name: patterns, and the words of names.toml in them.

The noun may stand before ("the start-up X"), behind ("the X app") or in apposition ("X, a start-up"); people have roles
and speak; firms act; models are released and measured; bodies and papers carry their kind in their name.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.nlp.en.lexicon import words

TABLES = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
_WORDS: dict[str, list[str]] = TABLES.pop("words")
GIVEN = frozenset(TABLES.pop("given")["names"])
TECHNIQUES = frozenset(TABLES.pop("never")["techniques"])
STOP = words("names", "ordinary")
OPENERS = words("names", "openers")


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
_FOLLOWS = (
    r"(?=[\"”’'’,.;:)?!—–-]| (?:that|which|who|on|in|to|for|at|has|have|is|was|and|with|from|as|by|can|will|"
    r"after|before|when)\b|$)"
)


@dataclass(frozen=True, slots=True)
class Introductions:
    """How nouns of one type introduce a name; where none of the nouns stands nothing is introduced.

    Looking for the nouns first spares nine of ten searches, each of which tries every word with a capital.
    """

    kind: str
    nouns: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """The introductions in a text, pattern by pattern."""
        if any(map(text.__contains__, self.nouns)):
            for pattern in self.patterns:
                yield from pattern.finditer(text)


def _make_introductions() -> Iterator[Introductions]:
    """For each type: called, in apposition, behind its noun, said to be, and before its noun."""
    for kind, table in TABLES.items():
        nouns = _any(table["nouns"])
        name = _FIRM if kind in ("company", "institution", "publication") else _NAME
        patterns = [
            rf"\b(?:{nouns})s?(?: [\w’'-]+){{0,2}}?,? (?:{_CALLED}) [\"“‘']?(?P<name>{name}){_FOLLOWS}",
            rf"(?P<name>{name})(?:,| [(—–-]+) ?(?:an?|its|their|our|his|her|one of|another|the) {_ADJECTIVES}"
            rf"(?:{nouns})\b(?! (?:said|says|told|announced|added|wrote|disclosed|confirmed|reported|plans|will))",
            rf"\b(?:{nouns}) [\"“‘]?(?P<name>{name})(?!\w)",
            rf"(?P<name>{name}),? (?:is|was|became|has become|remains) (?:an?|our|its|their|one of|"
            rf"the (?:new|first)) "
            rf"{_ADJECTIVES}(?:{nouns})\b",
        ]
        if kind in ("model", "product", "hardware", "benchmark"):
            patterns.append(
                rf"\b(?:its|their|our|his|her|an?|the company['’]s|\w+['’]s) {_ADJECTIVES}(?:{nouns}), "
                rf"[\"“‘]?(?P<name>{name})[\"”’]?(?=[,.;:)—]|$)",
            )
        yield Introductions(kind, tuple(table["nouns"]), tuple(map(re.compile, patterns)))


INTRODUCTIONS = tuple(_make_introductions())
# The noun behind the name: "the Acme app"; at the head of a sentence any word may stand so ("Smaller models").
BEFORE_NOUN = tuple(
    Introductions(
        kind,
        tuple(table["after"]),
        (re.compile(rf"(?P<name>{_NAME})[\"”’]? (?:{_any(table['after'])})\b(?![-–])"),),
    )
    for kind, table in TABLES.items()
    if table["after"]
)
# What only firms do or have done to them.
ACTING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>{_FIRM})(?:['’]s)? (?:CEO|CTO|CFO|COO|chief executive|co-founders?|cofounders?|"
        rf"founders?|shareholders|"
        r"shares|stock|spokes(?:man|woman|person)|investors|valuation|board)\b",
        rf"(?P<name>{_FIRM}),? (?:has |have |had |just )?(?:raised|raises|closed|secured|landed|bagged) "
        r"(?:(?:a|an|its|another|over|about|nearly|more than) )?(?:[\w-]+ )?(?:[$€£¥]|US\$|\d|Series|"
        r"seed|funding|round)",
        rf"\b(?:CEO|founder|co-founder|cofounder|president|chair|chairman|head|head of [\w ]{{2,20}}|director|partner|"
        rf"analysts?|economist|strategist|executive|officer|employees|engineers?|researchers?|scientist|professor) "
        rf"(?:of|at|for|with) (?P<name>{_FIRM}){_FOLLOWS}",
        rf"\b(?:shares of|stake in|shares in|backed by|owned by|founded|co-founded|acquired|acquires|acquire|acquiring|"
        rf"acquisition of|takeover of|invest in|invested in|investing in|investment in|investment from|"
        rf"investors including|led by|partnership with|partnered with|teamed up with|subsidiary of|rivals? like|"
        rf"startups? like|companies like|startups? such as|companies such as|firms like|firms such as|rivals such as|"
        rf"competitors like|customers include|customers including|clients include|joined|left|spun out of) "
        rf"(?P<name>{_FIRM}){_FOLLOWS}",
        rf"(?P<name>{_FIRM}), which (?:makes|sells|develops|builds|runs|operates|offers|owns|provides|"
        rf"designs|supplies)\b",
        rf"-based (?:[a-z-]+ )?(?P<name>{_FIRM}){_FOLLOWS}",
        rf"(?P<name>{_FIRM}) \((?:NASDAQ|NYSE|TSE|HKEX|LSE|TYO|HKG|Nasdaq|SZSE|SSE|KRX|[A-Z]{{3,5}}|"
        rf"\d{{4,6}}\.[A-Z]{{1,2}})[:)]",
        rf"(?P<name>{_FIRM}),? (?:Inc|Corp|Ltd|LLC|GmbH|PLC|plc|S\.A|AG|AB|Pte|Co)\b\.?",
    )
)
PEOPLE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>{_PERSON}),? \(?(?:(?:the|a|an|its|his|her|their|our|who is|who was|formerly|former) )?"
        rf"(?:[\w’'&-]+,? ){{0,5}}?(?:{_ROLES})\b",
        rf"\b(?:{_ROLES}),? (?P<name>{_PERSON})",
        rf"\b(?:{_any(_WORDS['titles'])})\.? (?P<name>{_WORD}(?: {_WORD}){{0,2}})",
        rf"(?P<name>{_PERSON}),? (?:{_SPEECH})\b",
        rf"\b(?:said|says|wrote|writes|told|tweeted|asked|added|according to|interview with|accused|sued|"
        rf"hired|poached|by) "
        rf"(?P<name>{_PERSON})(?=[,.;:?!]| (?:of|at|from|in|on|to|who|as|and)\b|$)",
    )
)
MODEL = re.compile(
    rf"(?<![\w./@#-])(?P<name>{_CAP}[A-Za-zà-ÿ]+[- ]?[vV]?\d+\.\d+(?:[- ](?:{_CAP}[a-z]+|\d+[BbM]))*|"
    r"[A-Z][a-z]*(?:[A-Z][A-Za-z]*)+-(?:[A-Za-z]*\d[\w.]*)(?:-\w+)*|"
    r"[A-Z][A-Za-z]+(?:-[A-Z]?[\w.]+)*-\d+(?:\.\d+)?[BM]|[A-Z][A-Za-z]*(?:BERT|LM|GPT|LLM|VLM)[vV]?\d?)(?![\w])"
)
_RELEASING = (
    r"\b(?:releas|launch|unveil|announc|introduc|ship|debut|open-sourc|train|test|deploy|upgrad|publish|"
    r"present|built)\w* "
    r"(?:[\w’'-]+ ){0,3}?"
)
_PERFORMING = (
    r"(?: model\b| (?:beats?|outperforms?|outscores?|scores?|matche[sd]|is trained|was trained|costs?|runs?|achieves?|"
    r"surpasses|trails?|beat|scored|outperformed|solves|can|weights|handles|has \d|reaches|cannot|ships|launches)\b)"
)
_ORDINAL = (
    rf"(?P<name>{_CAP}[a-zà-ÿ]{{2,}}(?:-\d{{1,3}}| \d{{1,2}})(?: (?:Pro|Max|Mini|Lite|Ultra|Turbo|mini|"
    rf"\d+B))?)(?![\w%,.-]*\d)(?! (?:percent|per|million|billion|people|years?|months?|days?|hours?|times|of)\b)"
)
ORDINALS = tuple(
    re.compile(pattern)
    for pattern in (
        _RELEASING + _ORDINAL,
        rf"{_ORDINAL}{_PERFORMING}",
        rf"['’]s {_ORDINAL}",
        rf"{_ORDINAL}(?=, (?:available|out (?:now|today)|its|our|the successor|the next|an? (?:[\w-]+ )?model\b))",
        rf"{_ORDINAL}(?= at \d{{1,3}}(?:\.\d+)?% on )",
    )
)
# Before a number with a point these are no models: parts of a text, software, standards.
NUMBERED = frozenset(
    [
        "Version",
        "Section",
        "Figure",
        "Table",
        "Chapter",
        "Appendix",
        "Part",
        "Phase",
        "Level",
        "Windows",
        "Android",
        "Python",
        "Java",
        "PyTorch",
        "Ubuntu",
        "Apache",
        "CUDA",
        "HTML",
        "USB",
        "Bluetooth",
        "PCIe",
        "Web",
        "Node",
        "React",
        "Linux",
        "Rust",
        "Go",
        "Episode",
        "Release",
        "Update",
        "Article",
        "Rule",
        "Act",
        "Option",
        "Step",
        "Type",
        "Tier",
        "Category",
        "Stage",
        "Wave",
        "Volume",
        "Covid",
        "Fortune",
        "Formula",
        "Top",
        "Boeing",
        "Catch",
        "Area",
        "Falcon9",
        "Tier",
        "Group",
        "Round",
        "Question",
        "Page",
        "Day",
        "Week",
        "Month",
        "Year",
        "Quarter",
        "Line",
        "Room",
        "Apollo",
        "Route",
        "Highway",
        "Channel",
        "Class",
        "Grade",
        "Season",
        "Gen",
        "Series",
        "iPhone",
        "Pixel",
        "Galaxy",
        "About",
        "Around",
        "Nearly",
        "Over",
        "Under",
        "From",
        "At",
        "To",
        "Of",
        "In",
        "On",
        "By",
        "WER",
        "BLEU",
        "Only",
        "Just",
        "Some",
        "Roughly",
        "Exactly",
        "Approximately",
        "Almost",
        "Up",
        "Down",
        "Open",
        "Earth",
        "Industry",
        "Society",
    ]
)
ABOUT_MODELS = re.compile(
    r"\b(?:models?|LLMs?|weights|parameters?|tokens|checkpoint|fine-tun\w+|reasoning|benchmarks?)\b", re.I
)
BENCHMARK = re.compile(
    r"\b(?:scor\w+|achiev\w+|\d+(?:\.\d+)? ?(?:%|percent|points)) (?:[\w.]+ ){0,3}?(?:\d+(?:\.\d+)? ?(?:%|percent|"
    rf"points)? )?(?:on|in) (?:the )?(?P<name>[A-Z][\w-]*[A-Z\d][\w-]*(?: (?:{_CAP}[\w-]+|v?\d+))*)(?![\w-])"
)
# Start-ups write themselves with a capital inside; such a word is no ordinary one.
CAMEL = re.compile(
    r"(?<![\w./@#-])(?P<name>[A-Z][a-z]+(?:[A-Z][a-z]+)+|[A-Z][a-z]{2,}AI|[A-Z][a-z]+\.ai)(?![\w/]|\.\w|-)"
)
_HEADED = (
    (
        "institution",
        rf"(?:{_WORD} (?:(?:of|for|and) (?:the )?)?){{1,4}}(?:University|Institute|Ministry|Department|"
        rf"Commission|Agency|"
        rf"Authority|Court|Committee|Council|Bureau|Parliament|Senate|Congress|Academy|Laboratory|Hospital|Foundation|"
        rf"Association|Police|Administration|Consortium|Federation)(?: (?:of|for|on) (?:the )?{_WORD}(?: "
        rf"(?:and )?{_WORD})*)?",
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
HEADED_PATTERNS = tuple((kind, re.compile(rf"(?P<name>{pattern})(?![\w-])")) for kind, pattern in _HEADED)
PRINTED = re.compile(
    rf"(?:first reported by|reported by|told|citing|interview with) (?:the )?(?P<name>{_FIRM})(?= "
    rf"(?:that|on|in|last|this|earlier)\b|[,.])"
)
ENDINGS = (
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
