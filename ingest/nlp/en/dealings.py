"""The parties to deals and what is earned and traded: who makes for whom, backs, raises, gains or loses."""

from collections.abc import Callable, Iterable, Iterator

from spacy.tokens import Token

from graph.records import EntityType, Party
from ingest.nlp.en.clauses import Clause, find_obliques, iter_conjuncts
from ingest.nlp.en.lexicon import get_noun, words
from ingest.nlp.en.nouns import describe
from ingest.nlp.en.parties import Parties, make_party
from ingest.nlp.frames import Slot

_MADE = frozenset({EntityType.HARDWARE, EntityType.PRODUCT})


def _read_makers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """For whom a thing is made that has another's name: "makes Acme's chips"."""
    for token in clause.objects:
        name = parties.name_at(token)
        thing = make_party(name) if name and name.entity.type in _MADE else None
        own = any(child.dep_ in {"poss", "compound"} for child in token.children)
        maker = parties.find_owner(token) if own else (parties.find_maker_of(thing) if thing else None)
        if maker and parties.has_type(maker, EntityType.COMPANY):
            yield maker


def _read_named_makers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose things somebody buys or rents, where the words say so: "rents Acme's chips"."""
    for token in clause.objects:
        if any(child.dep_ == "poss" for child in token.children):
            yield from _read_makers(slot, clause, parties)


def _read_deal_partners(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """With whom the deal is under which something is supplied: "a deal with Acme to supply chips"."""
    noun = clause.head.head
    deals = [noun] if noun.pos_ == "NOUN" else [child for child in noun.children if child.dep_ == "dobj"]
    for deal in deals:
        if get_noun(deal) in {"deal", "agreement", "contract", "pact", "partnership"}:
            for child in deal.children:
                if child.lower_ == "with":
                    for held in child.children:
                        yield from parties.resolve_all(held, slot.types)


def _read_list(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Of whom or what a list is: "customers of Acme include", "Acme's backers are"."""
    for token in clause.subjects:
        for child in token.children:
            if child.dep_ == "poss":
                yield from parties.resolve_all(child, slot.types)
            if child.dep_ == "prep" and child.lower_ in {"of", "in", "for", "at"}:
                for held in child.children:
                    yield from parties.resolve_all(held, slot.types)


def _read_attribute_owners(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose that is which a subject is said to be: "are our customers", "is its client"."""
    for token in clause.head.children:
        for child in token.children if token.dep_ == "attr" else ():
            if child.dep_ == "poss":
                yield from parties.resolve_all(child, slot.types)


def _read_bought(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """For which firm a sum is paid: "paid $2 billion for Acme", not "for Acme's chips"."""
    for token in find_obliques(clause, "for"):
        if parties.name_at(token):
            yield from parties.resolve_all(token, slot.types)


def _read_raisers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose valuation goes with a deal: who raises, or in whom is invested."""
    invested = [token for place in ("in", "into", "of") for token in find_obliques(clause, place)]
    for token in (*invested, *clause.objects, *clause.subjects):
        if parties.name_at(token):
            yield from parties.resolve_all(token, slot.types)
            return
    for token in clause.subjects:
        yield from parties.resolve_all(token, slot.types)


def _read_leaders(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who led the round that a clause tells of: "raised money in a round led by Acme and Foo"."""
    for token in clause.head.subtree:
        if token.lemma_ in {"lead", "co-lead", "back", "fund", "anchor"} and token.dep_ in {"acl", "relcl", "advcl"}:
            for preposition in token.children:
                if preposition.lower_ == "by":
                    for held in preposition.children:
                        yield from parties.resolve_all(held, slot.types)


def _read_shares(tokens: Iterable[Token], slot: Slot, parties: Parties) -> Iterator[Party]:
    for token in tokens:
        for conjunct in iter_conjuncts(token):
            if conjunct.lemma_.lower() in {"share", "stock", "adr"} | words("nouns", "index"):
                found = parties.resolve(conjunct, slot.types)
                kind = any(child.dep_ in {"amod", "compound", "nmod"} for child in conjunct.children)
                if found or kind:  # "tech stocks", but of bare "shares" nobody knows whose they are
                    yield from found or (Party(describe(conjunct)),)


def _read_indices(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """A stock index by its own words: "the Nasdaq Composite"."""
    for token in clause.subjects:
        name = describe(token)
        if any(word in name.lower() for word in words("nouns", "index") - {"average"}):
            yield Party(name)


def _read_earnings(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose revenue or profit a clause tells of."""
    for token in clause.subjects:
        if get_noun(token) in {"revenue", "sale", "profit", "income", "earnings", "turnover", "loss", "booking"}:
            yield from parties.resolve_all(token, slot.types)


def _read_losers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """From whom value is wiped: "wiped $500B off Nvidia"."""
    for preposition in ("off", "from"):
        for token in find_obliques(clause, preposition):
            yield from parties.resolve_all(token, slot.types)


def _read_target(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """For whose share a price is forecast: "the average price target on Acme stock", "Acme's target of $5"."""
    for subject in clause.subjects:
        for token in subject.subtree:
            if token.dep_ in {"pobj", "poss", "compound", "nmod"} and subject.lemma_ in {"target", "price", "forecast"}:
                yield from parties.resolve(token, slot.types)


READERS: dict[str, Callable[[Slot, Clause, Parties], Iterator[Party]]] = {
    "object-shares": lambda slot, clause, parties: _read_shares(clause.objects, slot, parties),
    "subject-shares": lambda slot, clause, parties: _read_shares(clause.subjects, slot, parties),
    "subject-index": _read_indices,
    "subject-earnings": _read_earnings,
    "off-owner": _read_losers,
    "<target-of>": _read_target,
    "<maker-of>": _read_makers,
    "<maker-named>": _read_named_makers,
    "<deal-with>": _read_deal_partners,
    "for-name": _read_bought,
    "<raiser>": _read_raisers,
    "<led>": _read_leaders,
    "<list>": _read_list,
    "<list-of>": _read_attribute_owners,
}
