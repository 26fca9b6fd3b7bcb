"""Who speaks at the end of a sentence where the parser lost the verb: "…, Acme estimates", "…, promised Doe"."""

from spacy.tokens import Token

from graph.records import Claimant, Party
from ingest.nlp.en.claimants import Credit, make_claimant
from ingest.nlp.en.lexicon import words
from ingest.nlp.en.parties import Parties

_KINDS = ("say", "suspect", "forecast", "own_act", "exhibit")
_BREAKS = frozenset({",", "”", '"', "—", "–"})
# words of a speaker's name and office; more is a clause of its own
_LONGEST = 9


def find_tail(head: Token, parties: Parties) -> Credit | None:
    """The speaker after the last comma of a sentence whose verb of speech is tagged a noun or has no subject."""
    doc = head.doc
    for verb in reversed(doc[head.i + 1 :]):
        if _may_say(verb) and not parties.lies_in_name(verb):
            first = _find_break(verb)
            if first is not None and first > head.i:
                return _read_before(verb, first, parties) or _read_after(verb, parties)
    return None


def _may_say(token: Token) -> bool:
    spoken = token.lemma_.lower() if token.pos_ != "PROPN" else token.lower_.removesuffix("s")
    if not any(spoken in words("reporting", kind) for kind in _KINDS) or token.tag_ in {"VB", "VBG"}:
        return False
    if any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children) and token.pos_ in {"VERB", "AUX"}:
        return False
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return following is None or following.is_punct or following.dep_ == "prep" or _is_inverted(token)


def _is_inverted(verb: Token) -> bool:
    """Whether the verb stands right after the break and its speaker follows."""
    return verb.i > 0 and verb.doc[verb.i - 1].text in _BREAKS and verb.pos_ == "VERB" and verb.tag_ != "VBN"


def _find_break(verb: Token) -> int | None:
    """The comma or quotation mark that opens the last part of the sentence."""
    for index in range(verb.i - 1, max(-1, verb.i - _LONGEST - 1), -1):
        if verb.doc[index].text in {":", ";"}:
            return None
        if verb.doc[index].text in _BREAKS:
            return index
    return None


def _read_before(verb: Token, first: int, parties: Parties) -> Credit | None:
    """The noun phrase that fills the part between the break and the verb."""
    part = verb.doc[first + 1 : verb.i]
    seen = next((t.i for t in part if t.tag_ in {"VBN", "WDT", "WP"} and t.i > first + 1), None)
    if seen is not None and _is_speaking_noun(verb.doc[seen - 1]):
        part = verb.doc[first + 1 : seen]  # "documents seen by a paper show"
    if not len(part) or any(t.pos_ in {"VERB", "AUX", "SCONJ"} and not parties.name_at(t) for t in part):
        return None
    last = part[-1]
    if parties.name_at(last) or _is_speaking_noun(last):
        claimant = make_claimant(last, verb, parties)
        return Credit(claimant, verb) if claimant else None
    lead = next((t for t in part if t.pos_ in {"NOUN", "PROPN"} and _is_speaking_noun(t)), None)
    if lead is None:
        return None
    spoken = part.text if part[0].pos_ != "DET" else part[1:].text
    return Credit(Claimant(Party(spoken), verb.text), verb)


def _is_speaking_noun(token: Token) -> bool:
    lemma = token.lemma_.lower()
    lists = (("reporting", "unnamed"), ("reporting", "papers_speak"), ("nouns", "agents"), ("nouns", "people"))
    return token.pos_ in {"NOUN", "PROPN"} and any(lemma in words(*names) for names in lists)


def _read_after(verb: Token, parties: Parties) -> Credit | None:
    """The name that follows a verb right after the break: "…, promised its designer, Jo Doe"."""
    if not _is_inverted(verb):
        return None
    held = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    spoken = (held, *(t for t in held.children if t.dep_ == "appos")) if held is not None else ()
    for token in reversed(spoken):
        if parties.name_at(token) or _is_speaking_noun(token):
            claimant = make_claimant(token, verb, parties)
            return Credit(claimant, verb) if claimant else None
    return None
