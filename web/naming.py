"""Who stands in a line, for readers of a language: names as they are known there, never another language's words."""

import re

from graph.views import PartyView
from web.formatting import shorten_text
from web.wording import Words

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_NAME_CHARS = 60
_SINGLE = re.compile(r"(?:an?|one|the)\s", re.IGNORECASE)


def name_party(party: PartyView, kind: str, words: Words) -> str:
    """Its name in the language; whom only words of the other describe is `an unnamed group`.

    kind  the code in [unnamed] of what stands for somebody without a name
    """
    known, name = party.entity, party.name
    if known:
        name = (known.name_ja or known.name) if words.lang == "ja" else known.name
    # Japanese readers take names in Latin letters as they are.
    if is_foreign(name, words) and not (known and words.lang == "ja"):
        return words.name("unnamed", known.type.value if known else kind)
    return shorten_text(name, _NAME_CHARS)


def name_publisher(name: str, words: Words) -> str:
    """An outlet's name, or what stands for it where it is written in kana or kanji only."""
    hidden = words.lang != "ja" and _JAPANESE.search(name)
    return words.name("unnamed", "outlet") if hidden else shorten_text(name, _NAME_CHARS)


def name_people(name: str, words: Words) -> str:
    """The words of a text for somebody without a name; `unnamed people` where they are another language's."""
    return str(words.find("headline.unnamed")) if is_foreign(name, words) else shorten_text(name, _NAME_CHARS)


def is_several(party: PartyView) -> bool:
    """Whether somebody unnamed is more than one: people, analysts; not "a person close to the firm"."""
    return party.entity is None and not _SINGLE.match(party.name)


def is_foreign(text: str, words: Words) -> bool:
    """Whether it is written in the other language."""
    return bool(_JAPANESE.search(text)) is not (words.lang == "ja")
