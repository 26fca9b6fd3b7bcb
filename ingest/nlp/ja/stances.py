"""What a stance is about when its verb has no name beside it: …と批判した, …ことを懸念する, 決定 に 反発."""

import re
from collections.abc import Iterator

from ingest.nlp.ja.coreference import Memory
from ingest.nlp.ja.events import Event
from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.links import Link, find_link
from ingest.nlp.ja.parties import Filler, Kinds, find_fillers
from ingest.nlp.ja.phrases import Clauses, Phrase

# Refusing these is no stance: the firm just does not answer.
_UNSAID = ("コメント", "回答", "開示", "取材", "説明", "公表", "言及", "返答", "発言")
# What may come of something: its own topic is the thing spoken of.
_PROSPECTS = ("可能性", "おそれ", "恐れ", "危険", "危険性", "リスク", "懸念")
# What joins a clause to the noun whose content it is.
_SAYS = re.compile(r"(?:という|との|といった)$")
_SAID_CASES = ("を", "に", "に対して", "について", "への")


def find_clause_objects(
    event: Event, clauses: Clauses, kinds: Kinds, memory: Memory, words: str
) -> tuple[Filler, ...] | None:
    """Who a clause under the verb is about; empty when nobody by name, None when there is nothing the verb is about.

    words  the trigger as one word: 懸念, 疑問を呈する
    """
    plain = words in LEXICON.words["plain_stances"] or words.endswith(LEXICON.words["stance_idioms"])
    if not plain or event.passive or event.denial or event.negated:
        return None
    for clause in _iter_contents(event, clauses):
        for topic in _iter_topics(clause, clauses):
            fillers = find_fillers(clauses, topic, kinds, memory)
            if fillers:
                return fillers
        return ()
    about = [a.phrase for a in event.arguments if a.case in _SAID_CASES and a.phrase.core not in words]
    return () if about and not any(phrase.core.endswith(_UNSAID) for phrase in about) else None


def _iter_topics(clause: Phrase, clauses: Clauses) -> Iterator[Phrase]:
    """What a clause speaks of, the last first; of …する可能性が|ある what may happen."""
    for child in list(clauses.children(clause.number))[::-1]:
        if child.case in ("は", "が"):
            yield child
            if child.core in _PROSPECTS:
                yield from (
                    t for below in clauses.children(child.number) if below.verbal for t in _iter_topics(below, clauses)
                )


def _iter_contents(event: Event, clauses: Clauses) -> Iterator[Phrase]:
    """The clauses that say what is criticised or feared: with と, or before こと and its like."""
    if event.noun is not None:  # …という|懸念を|表明
        yield from (child for child in clauses.children(event.noun.number) if child.verbal and _SAYS.search(child.tail))
    for child in clauses.children(event.number):
        if child.verbal and find_link(clauses, child) in (Link.QUOTE, Link.ASK, Link.NOMINAL):
            yield child
        elif child.core in ("こと", "点", "の", "可能性", "おそれ", "恐れ") and child.case in ("を", "に", "と"):
            yield from (below for below in clauses.children(child.number) if below.verbal)
