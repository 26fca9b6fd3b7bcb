"""Whose post a story is that says "we": the maker of what it says it releases."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from graph.records import EntityType, Party
from ingest.nlp.document import Sentence

# "We release", "we are thrilled to introduce", "we have also open-sourced"; not "we got", as newsletters have it.
_ACT = re.compile(
    r"\b[Ww]e(?:['’](?:re|ve)| are| have)?(?: \w+){0,4}? "
    r"(?:releas|open-?sourc|open sourc|introduc|launch|present|unveil|announc|publish|upgrad|pre-?train|train)\w*"
)
_AT = re.compile(r"(?:^|[.!] |\bhere )[Aa]t $")
_WE_NEXT = re.compile(r",? (?:we\b|our (?:team|mission|goal)\b)")
_WE_AT = re.compile(r"\b[Ww]e at $")
_THINGS = frozenset({EntityType.MODEL, EntityType.PRODUCT, EntityType.HARDWARE})
_QUOTES = re.compile(r"[\"“”]")
# A post says early on what it is about.
_OPENING = 60


def find_vendor(sentences: Sequence[Sentence], makers: Mapping[str, Party]) -> Party | None:
    """Whom "we" stands for in a maker's own post, None in any other text."""
    found: Counter[Party] = Counter()
    for sentence in sentences[:_OPENING]:
        found.update(_iter_at(sentence))
        act = _ACT.search(sentence.text)
        if act is None or _QUOTES.search(sentence.text[: act.start()]):
            continue
        reached = sentence.span[0] + act.end()
        things = (n for n in sentence.names if n.span[0] >= reached and n.entity.type in _THINGS)
        found.update(party for thing in things if (party := makers.get(thing.entity.name)))
    return found.most_common(1)[0][0] if found else None


def _iter_at(sentence: Sentence) -> Iterator[Party]:
    """The firm that a post speaks for by its own words: "At Acme we are releasing", "we at Acme"."""
    for name in sentence.names:
        start, end = (place - sentence.span[0] for place in name.span)
        told = _AT.search(sentence.text[:start]) and _WE_NEXT.match(sentence.text, end)
        if name.entity.type is EntityType.COMPANY and (told or _WE_AT.search(sentence.text[:start])):
            yield Party(name.entity.name, name.entity.id)
