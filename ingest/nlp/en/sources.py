"""Sources that a phrase names: "according to X", "per X", "citing X", "by X's count", "if X is right"."""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from graph.records import Claimant, Party
from ingest.nlp.en.claimants import SPEAKERS, Credit, find_author, find_represented, is_reporting, speaks
from ingest.nlp.en.firmness import find_trusted
from ingest.nlp.en.lexicon import words
from ingest.nlp.en.nouns import describe
from ingest.nlp.en.parties import Parties


def find_named(head: Token, parties: Parties) -> Iterator[Credit]:
    """Sources of the whole sentence that a preposition or a condition of trust names."""
    for token in head.doc:
        for find in _FINDERS:
            for holder in find(token, parties):
                yield from _credit_holder(holder, token, parties)


def _find_according(token: Token, parties: Parties) -> list[Token]:
    if token.lower_ != "according":
        return []
    return [t for c in token.children if c.lower_ == "to" for t in c.children if t.dep_ == "pobj"]


def _find_per(token: Token, parties: Parties) -> list[Token]:
    """ "Per Reuters", "per two employees", not "per month"."""
    if token.lower_ != "per" or token.dep_ != "prep":
        return []
    return [t for t in token.children if t.dep_ == "pobj" and (parties.name_at(t) or speaks(t))]


def _find_account(token: Token, parties: Parties) -> list[Token]:
    """ "By Omdia's count", "by its own account", "in the words of the report"."""
    if token.dep_ != "prep" or token.lower_ not in {"by", "on", "in"}:
        return []
    accounts = [t for t in token.children if t.dep_ == "pobj" and t.lemma_.lower() in words("reporting", "accounts")]
    owners = [c for account in accounts for c in account.children if c.dep_ == "poss"]
    told = [account for account in accounts if account.lemma_.lower() in {"word", "view", "opinion", "account"}]
    of = [c for account in told for c in account.children if c.lower_ == "of"]
    return owners or [t for preposition in of for t in preposition.children if t.dep_ == "pobj"]


def _find_trust(token: Token, parties: Parties) -> list[Token]:
    """ "If the filing is right", "if you believe the vendor"."""
    holder = find_trusted(token)
    return [holder] if holder is not None and (parties.name_at(holder) or speaks(holder)) else []


_FINDERS: tuple[Callable[[Token, Parties], list[Token]], ...] = (
    _find_according,
    _find_per,
    _find_account,
    _find_trust,
)


def _credit_holder(holder: Token, cue: Token, parties: Parties) -> Iterator[Credit]:
    spoken_for = find_represented(holder, parties)
    found = (spoken_for,) if spoken_for else parties.resolve(holder, SPEAKERS)
    inside = find_author(holder, parties)
    if holder.pos_ == "PRON" and not found:
        return
    party = inside or (found[0] if found else Party(describe(holder)))
    yield Credit(Claimant(party, "according to" if cue.lower_ == "according" else cue.text), cue)


def find_cited(verb: Token, parties: Parties) -> Iterator[Credit]:
    """The sources that a report cites: "Reuters reported, citing two people", "learned from two people"."""
    if not is_reporting(verb):
        return
    for child in verb.children:
        heard = child.lower_ == "from" and verb.lemma_ in {"learn", "hear"}
        if child.lower_ in {"citing", "quoting"} or heard:
            yield from _read_sources(child, parties, loose=not heard)


def find_quoted(doc: Doc, parties: Parties) -> Iterator[Credit]:
    """The sources that "citing" or "quoting" names, wherever the parser hung it."""
    for token in doc:
        if token.lower_ in {"citing", "quoting"}:
            yield from _read_sources(token, parties, loose=True)


def _read_sources(cue: Token, parties: Parties, *, loose: bool) -> Iterator[Credit]:
    """Whoever is the object of a cue; only what can speak where it is not loose."""
    for source in cue.children:
        if source.dep_ in {"dobj", "pobj"} and (loose or parties.name_at(source) or speaks(source)):
            found = parties.resolve(source, SPEAKERS)
            party = find_author(source, parties) or (found[0] if found else Party(describe(source)))
            yield Credit(Claimant(party, cue.text), cue)
