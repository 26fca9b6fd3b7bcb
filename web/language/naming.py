"""Who stands in a line, for readers of a language: names as they are known there, never another language's words."""

import re

from graph.views import PartyView
from web.language.formatting import shorten_text
from web.language.wording import Words

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_NAME_CHARS = 60
# What Japanese adds to a name in Latin letters is no part of it: Harbor Ledger紙, Altman氏.
_ADDED = re.compile(r"(?<=[A-Za-z0-9.])\s?(?:紙|誌|社|氏)$")
# A document speaks by itself; people who wrote or saw one are people. The head of the words says which it is.
_HEAD = re.compile(
    r",|\s(?:of|on|by|from|in|for|to|about|at|with|behind|inside|near|around|under|against|"
    r"close|familiar|responsible|that|which|who|whose|\w+ed|given|made|seen|sent|shown|written)\b"
)
_DOCUMENTS = {
    "paper": re.compile(
        r"\b(?:papers?|stud(?:y|ies)|technical reports?|preprints?)$|(?:論文|技術報告書?)$", re.IGNORECASE
    ),
    "document": re.compile(
        r"\b(?:reports?|documents?|filings?|complaints?|lawsuits?|letters?|memos?|statements?|records?"
        r"|presentations?|slides?|spreadsheets?|(?:e-?)mails?|transcripts?|minutes|notes?|notices?|prospectus"
        r"|accounts|ledgers?|registers?|contracts?|agreements?|indictments?"
        r"|(?:model|system) cards?|post)$|"
        r"(?:報告書|文書|資料|訴状|書簡|声明文?|メモ|発表文|決算書|台帳|登記簿?|契約書|合意書|起訴状|議事録|目論見書|メール)$",
        re.IGNORECASE,
    ),
}
# A speaker cut out of 同社は論文で is the paper.
_TOPIC = re.compile(r"^[^は]{1,20}は(?=[\u3400-\u9fff])")
# Of a newspaper as of a study.
_EITHER = re.compile(r"the paper", re.IGNORECASE)
_BARE = re.compile(r"[a-z]+(?<!s)")
_PLURAL = re.compile(r"(?<![su])s$")  # filings, accounts; not "prospectus"
_SINGLE = re.compile(r"(?:an?|one|the)\s", re.IGNORECASE)


def name_party(party: PartyView, kind: str, words: Words) -> str:
    """Its name in the language; whom only words of the other describe is `an unnamed group`.

    kind  the code in [unnamed] of what stands for somebody without a name
    """
    known, name = party.entity, party.name
    if known:
        name = (known.name_ja or known.name) if words.lang == "ja" else known.name
    name = _drop_added(name, words)
    # Japanese readers take names in Latin letters as they are.
    if is_foreign(name, words) and not (known and words.lang == "ja"):
        return words.name("unnamed", known.type.value if known else kind)
    return shorten_text(name, _NAME_CHARS)


def name_publisher(name: str, domain: str, words: Words) -> str:
    """An outlet's name; where that is in kana or kanji, its domain, which all can read, or what stands for it."""
    name = _drop_added(name, words)
    if words.lang != "ja" and _JAPANESE.search(name):
        return domain if "." in domain else words.name("unnamed", "outlet")
    return shorten_text(name, _NAME_CHARS)


def name_people(name: str, words: Words) -> str:
    """The words of a text for somebody without a name; `unnamed people` where they are another language's."""
    if document := name_document(name, words):
        return document
    name = _drop_added(name, words)
    return str(words.find("headline.unnamed")) if is_foreign(name, words) else shorten_text(name, _NAME_CHARS)


def name_document(name: str, words: Words, *, foreign: bool = True) -> str:
    """A document as a text calls it, `a paper` where that is in another language's words; empty for anybody else.

    foreign  what is in another language's words is told too
    """
    kind = next((kind for kind, form in _DOCUMENTS.items() if form.search(_HEAD.split(name, maxsplit=1)[0])), "")
    if not kind:
        return ""
    if is_foreign(name, words):
        return words.name("unnamed", "document" if _EITHER.fullmatch(name) else kind) if foreign else ""
    name = _TOPIC.sub("", name)
    if _BARE.fullmatch(name):  # as headlines write it: "report says"
        return str(words.find("headline.one")).format(what=name)
    return shorten_text(re.sub(r"^(?:The|An?)\b", lambda article: article[0].lower(), name), _NAME_CHARS)


def is_plural(document: str) -> bool:
    """Whether the words for a document are for several, or such as accounts: they say, it says."""
    return bool(_PLURAL.search(_HEAD.split(document, maxsplit=1)[0]))


def _drop_added(name: str, words: Words) -> str:
    return name if words.lang == "ja" else _ADDED.sub("", name)


def is_several(party: PartyView) -> bool:
    """Whether somebody unnamed is more than one: people, analysts; not "a person close to the firm"."""
    return party.entity is None and not _SINGLE.match(party.name)


def is_foreign(text: str, words: Words) -> bool:
    """Whether it is written in the other language."""
    return bool(_JAPANESE.search(text)) is not (words.lang == "ja")
