"""What a careful reader would not sign, although a frame fits: a stand on nothing, a pronoun too far from its name.

Found by judging claims drawn at random from real digests, of which most of these kinds were wrong.
"""

import re

from spacy.tokens import Token

from graph.records import ClaimType, EntityType, Predicate
from ingest.nlp.document import Sentence
from ingest.nlp.en.lexicon import words
from ingest.nlp.en.matching import Match
from ingest.nlp.en.parties import Parties

_OWNED = frozenset({"its", "their", "his", "her", "our", "my", "your"})
_PRONOUNS = frozenset({"it", "they"})
# Not what a model is better at: "generates six times more reasoning tokens than o1".
_SPENT = re.compile(r"\b(?:more|fewer|less) (?:\w+ )?(?:tokens|memory|energy|VRAM|time)\W+than\b")
# "Members", "a few community members", "the community".
_CHAT_END = re.compile(rf"\b(?:{'|'.join(sorted(words('nouns', 'chatters')))})s?\s*$", re.IGNORECASE)
_ABLE = frozenset({Predicate.CAN, Predicate.CANNOT})
# "Questioned whether the model needs a template" asks something and takes no stand on the model.
_ASKING = frozenset({"question", "wonder", "doubt", "advocate", "suggest"})


def is_doubtful(match: Match, sentence: Sentence, parties: Parties) -> bool:
    """Whether a match is more often wrong than right."""
    if match.frame.type is ClaimType.STANCE and _stands_on_nothing(match):
        return True
    if match.frame.predicate is Predicate.OUTPERFORMS and _SPENT.search(sentence.text):
        return True
    if match.frame.name == "loss" and match.quantity and _is_revenue(match.quantity.text, sentence.text):
        return True
    if match.frame.name == "infringe" and match.clause.head.lemma_ == "use" and _has_no_name(match):
        return True  # "users can use the voice": no wrong, where neither side has a name
    return _is_far_fetched(match, sentence, parties)


def _has_no_name(match: Match) -> bool:
    return not any(party and party.entity for party in (match.subject, match.object))


def _is_revenue(amount: str, text: str) -> bool:
    """Whether an amount is what came in, whatever loss is told of beside it: "revenue of $1m, with a net loss"."""
    return bool(amount) and re.search(rf"\b(?:revenues?|sales) of (?:\w+ )?{re.escape(amount)}", text) is not None


def _stands_on_nothing(match: Match) -> bool:
    """Whether nobody holds a stance, or it is taken on nothing that has a name: "a member praised the idea"."""
    holder, thing, head = match.subject, match.object, match.clause.head
    vague = thing is None or thing.entity is None
    if thing and vague and (not thing.name.strip() or thing.name.split()[0].lower() in _OWNED):
        return True
    if vague and head.lemma_ == "support" and head.tag_ == "VBG" and head.dep_ in {"advcl", "acl"}:
        return True  # "supporting three languages" is an ability
    if vague and head.lemma_ == "uphold":
        return True  # a court upholds a law; it takes no stand
    if vague and any(token.lower_ in {"we", "i"} for token in match.clause.subjects):
        return True
    if holder is None or holder.entity or not _CHAT_END.search(holder.name):
        return False
    return vague or (head.lemma_ in _ASKING and any(child.dep_ == "ccomp" for child in head.children))


def _is_far_fetched(match: Match, sentence: Sentence, parties: Parties) -> bool:
    """Whether a pronoun stands for what was named too long ago, or for a maker where a model is compared."""
    pronoun = next((token for token in match.clause.subjects if token.lower_ in _PRONOUNS), None)
    subject = match.subject
    if pronoun is None or subject is None or not subject.entity or _is_named(subject.entity, sentence, pronoun):
        return False
    makers = EntityType.COMPANY, EntityType.MODEL
    compared = match.object and (parties.find_type(subject), parties.find_type(match.object)) == makers
    strict = match.frame.predicate in _ABLE or (match.frame.type is ClaimType.BENCHMARK and compared)
    return bool(strict) and not parties.referents.is_plain(subject)


def _is_named(entity: str, sentence: Sentence, pronoun: Token) -> bool:
    """Whether a name stands before the pronoun in its own sentence."""
    at = sentence.span[0] + pronoun.idx
    return any(name.entity.id == entity and name.span[0] < at for name in sentence.names)
