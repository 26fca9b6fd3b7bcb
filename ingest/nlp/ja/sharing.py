"""Roles that a clause leaves to others: the noun it stands before, the subjects of clauses it is chained to."""

import re
from collections.abc import Iterator

from ingest.nlp.ja.acts import ACTS
from ingest.nlp.ja.events import Event
from ingest.nlp.ja.links import Link, find_link, iter_steps
from ingest.nlp.ja.parties import is_part
from ingest.nlp.ja.phrases import Clauses, Phrase


def iter_shared(event: Event, clauses: Clauses, markers: tuple[str, ...]) -> Iterator[Phrase]:
    """Subjects of the clauses that this one is chained to: は holds through the sentence, が through a て-chain."""
    number = event.number
    for other in clauses.phrases[:number][::-1]:
        link = find_link(clauses, other) if other.verbal else Link.CASE
        if link is Link.SERIAL or (link is Link.BREAK and other.governor == number):
            yield from (c for c in clauses.children(other.number) if c.case in ("は", "が"))
        elif link is Link.BREAK:
            break
    yield from _iter_around_noun(event, clauses)
    for step in iter_steps(clauses, event.phrase):
        cases = ("は", "が") if step.link in (Link.SERIAL, Link.QUOTE) else ("は",)
        yield from (c for c in clauses.children(step.upper.number) if c.case in cases and c.number < number)
    first = clauses.opener
    if first.names and (re.search(r"[:：]", first.text) or _is_title_topic(first, clauses)):
        yield first
    left = clauses.phrases[:number][::-1]
    yield from (p for p in left if (p.case == "は" and p.tail != "も") or p.tail == "には")
    yield from _iter_lent(left, event, clauses)
    if "で" in markers:
        yield from (phrase for phrase in left if phrase.tail == "では")
    if any(is_part(phrase.core) for phrase in (*event.of("は"), *event.of("が"))):
        yield from (phrase for phrase in left if phrase.case == "が")


def _iter_around_noun(event: Event, clauses: Clauses) -> Iterator[Phrase]:
    """A が that the parser gave to the verb above the noun of a clause (Xが|盗んだ証拠を|つかむ)."""
    for step in iter_steps(clauses, event.phrase):
        if step.link is Link.ADNOMINAL and ACTS.is_noun_act(step.upper.head) and step.upper.governor is not None:
            children = clauses.children(step.upper.governor)
            yield from (c for c in children if c.case == "が" and c.number < event.number)
        return


def _iter_lent(left: tuple[Phrase, ...], event: Event, clauses: Clauses) -> Iterator[Phrase]:
    """A が that the parser gave to a later verb which has one of its own (Xが盗んだとの疑惑が浮上)."""
    for phrase in left:
        if phrase.verbal and phrase.case == "" and not phrase.adnominal:
            return
        if phrase.case == "が" and phrase.governor is not None and phrase.governor > event.number:
            others = clauses.children(phrase.governor)
            if any(other.case in ("が", "は") and other.number > event.number for other in others):
                yield phrase


def find_gap(event: Event, clauses: Clauses) -> Phrase | None:
    """The noun that the clause stands before, which is one of its roles (OpenAI が 開発した|モデル)."""
    for step in iter_steps(clauses, event.phrase):
        if step.link is Link.ADNOMINAL and not ACTS.is_noun_act(step.upper.head):
            return _name_gap(step.upper, clauses)
        if step.link is Link.NOMINAL and step.lower.tail.endswith(("のは", "のが")) and step.upper.names:
            return step.upper
        if step.link is not Link.QUOTE:
            return None
    return None


def _name_gap(noun: Phrase, clauses: Clauses) -> Phrase:
    """The noun itself, or for a noun with だ what it is said of (Xは…が運営する|アプリだ)."""
    above = clauses.governor(noun)
    if noun.tail == "である" and not noun.names and above is not None and noun.adnominal and above.names:
        return above
    if noun.case in ("は", "が") and not noun.names and above is not None and above.verbal and above.names:
        return above
    if noun.case == "の" and not noun.names and above is not None and above.names and above.number == noun.number + 1:
        return above
    if noun.verbal and not noun.names:
        own = next((child for child in clauses.children(noun.number) if child.case == "は"), None)
        return own or _find_chained_topic(noun, clauses) or noun
    return noun


def _find_chained_topic(noun: Phrase, clauses: Clauses) -> Phrase | None:
    """The は of an earlier clause that a noun with だ goes on about (Xは…であり、…をリードする|存在だ)."""
    for other in clauses.phrases[: noun.number][::-1]:
        if other.verbal and other.governor == noun.number and find_link(clauses, other) is Link.SERIAL:
            return next((c for c in clauses.children(other.number) if c.case == "は" and c.names), None)
    return None


def _is_title_topic(first: Phrase, clauses: Clauses) -> bool:
    """Whether a name before a comma opens the sentence as its topic, not as one of a list (X、Y、Zを…)."""
    if first.case or not first.comma or first.tail or first.number + 1 == len(clauses.phrases):
        return False
    after = clauses.phrases[first.number + 1]
    return after.case != "" or not after.comma
