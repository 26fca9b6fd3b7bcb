"""Phrases hung anew where the parser errs: statements side by side in a headline, clauses that share a noun.

GiNZA learned from whole sentences; in headlines and digests a space parts statements, which it runs together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.records import EntityType
from ingest.nlp.document import Zone
from ingest.nlp.ja.acts import ACTS
from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.phrases import Clauses, Phrase

_WIDE = "\u3000"
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヶー一-龠々」』）)]")
# Particles that a headline may end in (Xを買収へ, 提携か, 反発も, 首位に).
_STOPS = frozenset({"へ", "か", "も", "に", "を", "で"})
# A statement of so few phrases that ends in a word of saying credits the one before: it is no statement of its own.
_CREDIT_LENGTH = 3


def settle(clauses: Clauses) -> Clauses:
    """The same clauses with each phrase on the one it belongs to."""
    phrases = _open_topics(clauses.phrases, clauses)
    phrases = _cut(phrases, list(_iter_cuts(replace(clauses, phrases=phrases))))
    return replace(clauses, phrases=tuple(_share_noun(phrase, phrases) for phrase in phrases))


def is_credited(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a headline's statement is followed by nothing but who reports it (Xを買収　関係者)."""
    rest = clauses.phrases[phrase.number + 1 :]
    return bool(rest) and _has_space(phrase, clauses) and _credits(rest)


def _open_topics(phrases: Sequence[Phrase], clauses: Clauses) -> tuple[Phrase, ...]:
    """A name before a space that opens a line is its topic, as before a comma (X　新モデルを公開)."""
    first = phrases[0]
    if first.names and not first.tail and not first.action and len(phrases) > 1 and _has_space(first, clauses):
        return (replace(first, comma=True), *phrases[1:])
    return tuple(phrases)


def _iter_cuts(clauses: Clauses) -> Iterator[int]:
    """The numbers of phrases that end a statement before a space."""
    for phrase in clauses.phrases[:-1]:
        if _has_space(phrase, clauses) and _may_end(phrase) and not _credits(clauses.phrases[phrase.number + 1 :]):
            yield phrase.number


def _has_space(phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a wide space follows; a narrow one counts between Japanese words, or in a title."""
    text, offset = clauses.sentence.text, clauses.sentence.span[0]
    end = phrase.span[1] - offset
    inside = text[phrase.span[0] - offset : end]
    gap = inside[len(inside.rstrip()) :] + text[end : end + 1]
    if _WIDE in gap:
        return True
    if not gap.startswith(" "):
        return False
    left, right = inside.rstrip()[-1:], text[end:].lstrip()[:1]
    return bool(_JAPANESE.match(left)) and (bool(_JAPANESE.match(right)) or clauses.sentence.zone is Zone.TITLE)


def _may_end(phrase: Phrase) -> bool:
    if phrase.verbal or phrase.tail in _STOPS:
        return True
    return phrase.tail == "" and (phrase.action or not phrase.names) and phrase.number > 0


def _credits(rest: Sequence[Phrase]) -> bool:
    """Whether what follows only says who reports it (米紙報道, 関係者, a paper's name)."""
    last = rest[-1]
    if len(rest) > _CREDIT_LENGTH:
        return False
    paper = any(name.entity.type is EntityType.PUBLICATION for name in last.names)
    return ACTS.is_speech(last) or LEXICON.has("agent_nouns", last.core) or (paper and not last.tail)


def _cut(phrases: Sequence[Phrase], cuts: Sequence[int]) -> tuple[Phrase, ...]:
    """The phrases with nothing leaning across a cut."""
    made = list(phrases)
    for cut in cuts:
        for phrase in made[: cut + 1]:
            if phrase.governor is not None and phrase.governor > cut:
                made[phrase.number] = replace(phrase, governor=None if phrase.number == cut else cut)
    return tuple(made)


def _share_noun(phrase: Phrase, phrases: Sequence[Phrase]) -> Phrase:
    """A chained clause with its own subject stays with the next one before a noun (Aが支え、Bが興した|C は…)."""
    if phrase.governor is None or not phrase.verbal or not phrase.comma or phrase.adnominal:
        return phrase
    if not _has_subject(phrase, phrases):
        return phrase
    for upper in phrases[phrase.number + 1 : phrase.governor]:
        if upper.verbal:
            shares = upper.adnominal and not upper.comma and _has_subject(upper, phrases)
            return replace(phrase, governor=upper.number) if shares else phrase
        if upper.case == "は":
            return phrase
    return phrase


def _has_subject(verb: Phrase, phrases: Sequence[Phrase]) -> bool:
    return any(p.governor == verb.number and p.case == "が" for p in phrases[: verb.number])
