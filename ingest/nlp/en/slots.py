"""What fills a slot of a frame: the parties at the places in a clause that its markers name, best marker first."""

from collections.abc import Callable, Iterable, Iterator

from spacy.tokens import Token

from graph.records import EntityType, Party
from ingest.nlp.en import products, standings
from ingest.nlp.en.clauses import Clause, find_holder, find_obliques, iter_companions, iter_conjuncts, make_clause
from ingest.nlp.en.conditions import find_saying
from ingest.nlp.en.descriptions import acts, describe_at, is_person
from ingest.nlp.en.lexicon import get_noun, words
from ingest.nlp.en.methods import find_methods
from ingest.nlp.en.parties import Parties, describe, make_party
from ingest.nlp.frames import Slot

_PERSON = frozenset({EntityType.PERSON})
# Pronouns that stand for no model, whatever was named last.
_PEOPLE = frozenset({"i", "we", "you", "he", "she"})
_BODIES = frozenset({EntityType.COMPANY, EntityType.INSTITUTION, EntityType.PRODUCT})
# What hackers carry off, from whom is said before.
_STOLEN = frozenset({"credential", "password", "login", "account", "database", "record", "dataset"})
_MADE = frozenset({EntityType.HARDWARE, EntityType.PRODUCT})
_COMING_AND_GOING = frozenset({"join", "rejoin", "leave", "quit", "resign", "depart"})
_OWNERS = frozenset({EntityType.COMPANY, EntityType.PUBLICATION})
_PLACE = frozenset({EntityType.PLACE})
_RULINGS = frozenset({"ruling", "verdict", "decision", "fine", "order", "judgment", "judgement", "penalty", "ban"})
_MAKING_METHODS = frozenset({"develop", "build", "create", "make", "introduce", "design", "propose", "gain", "acquire"})
# Who develops a method has not yet used it: only what stands behind these did the making.
_BY_METHODS = frozenset({"with", "using", "by", "through", "via", "on", "from", "under"})
# Below the verb these tell something else.
_OWN_CLAUSES = frozenset({"advcl", "conj", "nsubj", "nsubjpass", "csubj", "relcl", "parataxis"})
_FEELING = frozenset({"panic", "spook", "alarm", "rattle", "unnerve", "concern", "worry", "irk", "scare"})


def find_fillers(
    slot: Slot, clause: Clause, parties: Parties, *, named: bool = False, idiom: frozenset[str] = frozenset()
) -> list[Party]:
    """The parties at the first marker that gives any, those with a name only where one is wanted.

    `idiom` holds the words of the trigger itself, which nobody means: "poured cold water on the plan".
    """
    for marker in slot.markers:
        found = list(dict.fromkeys(_read_marker(marker, slot, clause, parties, idiom)))
        if named:
            found = [party for party in found if party.entity or parties.is_owned(party)]
        if found:
            return found
    return []


def _read_marker(marker: str, slot: Slot, clause: Clause, parties: Parties, idiom: frozenset[str]) -> Iterator[Party]:
    if marker.startswith("~"):
        yield from describe_at(marker[1:], clause, parties, idiom)
        return
    special = _SPECIAL.get(marker)
    if special:
        yield from special(slot, clause, parties)
        return
    for token in find_obliques(clause, marker):
        if token.dep_ == "pobj":
            yield from parties.resolve_all(token, slot.types)


def _read_subjects(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    for token in clause.subjects:
        yield from parties.resolve_all(token, slot.types)


def _read_lone_subjects(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """A subject of a clause without an object: what came out, not who brought something out."""
    if clause.passive or not clause.objects:
        yield from _read_subjects(slot, clause, parties)


def _read_objects(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    for token in clause.objects:
        yield from _spread_object(token, slot, parties)


def _spread_object(token: Token, slot: Slot, parties: Parties) -> Iterator[Party]:
    """An object with its conjuncts; nothing of a wide slot is filled by words that name nothing."""
    for conjunct in iter_conjuncts(token):
        found = parties.resolve(conjunct, slot.types)
        if not found and not slot.types and conjunct.pos_ in {"NOUN", "PROPN"}:
            found = (Party(describe(conjunct)),)
        yield from found


def _read_persons(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """A person as object: whoever is hired or fired."""
    for token in clause.objects:
        yield from (party for party in parties.resolve_all(token, _PERSON) if party.entity)


def _read_hirers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who hires or fires, where the object is a person."""
    if any(True for _ in _read_persons(slot, clause, parties)) or any(is_person(token) for token in clause.objects):
        yield from _read_subjects(slot, clause, parties)


def _read_feeling(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who is afraid: the object of "alarm", the subject of "fear"."""
    tokens = clause.objects if clause.head.lemma_ in _FEELING and clause.objects else clause.subjects
    for token in tokens:
        yield from parties.resolve_all(token, slot.types)


def _read_used(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """What somebody is kept from using: "barred staff from using the app"."""
    for governor in (clause.head, *clause.head.children):
        for verb in governor.children:
            if verb.dep_ in {"pcomp", "xcomp", "ccomp"} and verb.lemma_ in words("legal", "used"):
                for child in verb.children:
                    if child.dep_ == "dobj":
                        yield from parties.resolve_all(child, slot.types)


def _read_whether(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Of whom a question is asked: "looks into whether Acme …"."""
    for verb in clause.head.subtree:
        if any(child.dep_ == "mark" and child.lower_ in {"whether", "if"} for child in verb.children):
            for child in verb.children:
                if child.dep_ in {"nsubj", "nsubjpass"}:
                    yield from parties.resolve_all(child, slot.types)


def _read_content_subject(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whom a feeling is about: "doubts that Acme can make money"."""
    for verb in clause.head.children:
        if verb.dep_ == "ccomp" and any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children):
            for child in verb.children:
                if child.dep_ in {"nsubj", "nsubjpass"}:
                    yield from parties.resolve_all(child, slot.types)


def _read_mood_subject(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whom a mood is about that has its content behind it: "are worried that Acme borrows too much"."""
    moods = [child for child in clause.head.children if child.dep_ in {"acomp", "dobj"}]
    for verb in (child for mood in moods for child in mood.children):
        if verb.dep_ in {"ccomp", "acl"} and verb.pos_ in {"VERB", "AUX"}:
            for child in verb.children:
                if child.dep_ in {"nsubj", "nsubjpass"}:
                    yield from parties.resolve_all(child, slot.types)


def _read_beside_amount(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who stands before a sum: the parser takes "Acme" in "fined Acme 5 million euros" for a part of the sum."""
    for token in clause.objects:
        for child in token.children:
            if child.dep_ in {"nmod", "compound", "npadvmod", "poss"}:
                yield from parties.resolve(child, slot.types)


def _read_small(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """The subject of a small clause: "called R1 impressive"."""
    for adjective in clause.head.children:
        if adjective.dep_ in {"oprd", "ccomp", "acomp"}:
            for child in adjective.children:
                if child.dep_ in {"nsubj", "nsubjpass", "compound", "nmod", "amod"} and parties.name_at(child):
                    yield from parties.resolve(child, slot.types)


def _read_accused(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whom a filing accuses: "filed a lawsuit accusing Acme of …"."""
    for token in clause.head.subtree:
        if token.lemma_ in {"accuse", "allege", "name", "claim"} and token.dep_ in {"acl", "advcl"}:
            for child in token.children:
                if child.dep_ in {"dobj", "nsubj"}:
                    yield from parties.resolve_all(child, slot.types)


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


def _read_direct(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """A subject that is itself a name: "Acme fell 3%" is its share."""
    for token in clause.subjects:
        if parties.name_at(token):
            yield from parties.resolve_all(token, slot.types)


def _read_attribute_owners(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose that is which a subject is said to be: "are our customers", "is its client"."""
    for token in clause.head.children:
        for child in token.children if token.dep_ == "attr" else ():
            if child.dep_ == "poss":
                yield from parties.resolve_all(child, slot.types)


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


def _read_sayers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose opinion a clause is: "Altman said the offer was ridiculous"."""
    saying = find_saying(clause.head)
    for token in make_clause(saying).subjects if saying is not None else ():
        found = tuple(parties.resolve_all(token, slot.types))
        yield from found or ((Party(describe(token)),) if acts(token) and token.pos_ != "PRON" else ())


def _read_told_of(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """What an opinion is about: a name, or a thing in its own words; of "it" nobody knows what it is."""
    for token in clause.subjects:
        if parties.name_at(token):
            yield from parties.resolve(token, slot.types)
        elif token.pos_ in {"NOUN", "PROPN"} and get_noun(token) not in words("nouns", "empty") | {"report"}:
            if any(child.tag_ == "PRP$" or child.dep_ in {"acl", "ccomp", "relcl"} for child in token.children):
                continue  # of what is his own he tells how it was; "the claim that …" is denied itself (denials.py)
            yield from parties.resolve(token, slot.types) or (Party(describe(token)),)


def _read_told_done(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """What should be done something to, in the opinion of whoever speaks: "said the law should be repealed"."""
    for token in clause.objects:
        found = tuple(parties.resolve_all(token, slot.types))
        spare = token.pos_ in {"NOUN", "PROPN"} and get_noun(token) not in words("nouns", "empty")
        yield from found or ((Party(describe(token)),) if spare else ())


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


def _read_plaintiffs(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who has lost what was stolen, where only the accuser is named: "accused Doe of stealing trade secrets"."""
    head = clause.head
    accusing = find_holder(head.head) if head.dep_ == "pcomp" else head.head
    if head.dep_ in {"pcomp", "ccomp"} and accusing.lemma_ in words("reporting", "accuse") | {"sue", "say", "claim"}:
        for token in make_clause(accusing).subjects:
            yield from parties.resolve_all(token, slot.types & _OWNERS)


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


def _read_posts(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose office somebody takes or holds: "becomes Acme's CEO", "took over as Acme's chief executive"."""
    posts = [child for child in clause.head.children if child.dep_ in {"attr", "oprd"}]
    for token in (*posts, *find_obliques(clause, "as")):
        for child in token.children:
            if child.dep_ == "poss" or (child.dep_ in {"compound", "nmod"} and parties.name_at(child)):
                yield from parties.resolve_all(child, slot.types)


def _read_sources(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose answers something is made from: "trained on answers harvested from Claude"."""
    for token in clause.head.subtree:
        if token.dep_ == "pobj" and token.head.lower_ in {"from", "of", "by"} and parties.name_at(token):
            yield from parties.resolve(token, slot.types)


def _read_blocked(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose deed a suit is to undo: "sued to block Acme's purchase of Foo"."""
    for verb in clause.head.children:
        if verb.dep_ in {"xcomp", "advcl"} and verb.lemma_ in {
            "block",
            "stop",
            "halt",
            "undo",
            "unwind",
            "force",
            "break",
        }:
            for child in verb.children:
                if child.dep_ == "dobj":
                    owner = parties.find_owner(child)
                    yield from (owner,) if owner else parties.resolve_all(child, slot.types)


def _read_target(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """For whose share a price is forecast: "the average price target on Acme stock", "Acme's target of $5"."""
    for subject in clause.subjects:
        for token in subject.subtree:
            if token.dep_ in {"pobj", "poss", "compound", "nmod"} and subject.lemma_ in {"target", "price", "forecast"}:
                yield from parties.resolve(token, slot.types)


def _read_attributes(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    for child in clause.head.children:
        if child.dep_ in {"attr", "oprd"}:
            yield from parties.resolve_all(child, slot.types)


def _read_topic(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose a round of funding is that nobody names beside it: the company told about before."""
    party = parties.find_topic(clause.head, slot.types)
    if party:
        yield party


def _read_victims(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose data are taken: who is named in the words for them, or whom the passage is about."""
    held = [token for token in iter_companions(clause.head, 5) if get_noun(token) in _STOLEN]
    for token in (*clause.objects, *held):
        names = [parties.name_at(inner) for inner in token.subtree]
        named = [make_party(name) for name in names if name and name.entity.type in slot.types]
        topic = parties.find_topic(clause.head, slot.types & _BODIES) if get_noun(token) in _STOLEN else None
        yield from named[:1] or ([topic] if topic else [])


def _read_employers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """For whom the person of the clause is known to work."""
    for token in (*clause.subjects, *clause.objects):
        for person in parties.resolve_all(token, _PERSON):
            if person.name in parties.employers:
                yield parties.employers[person.name]


def _read_places(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """The place where an authority acts that nobody names: "charged in Singapore"."""
    for token in find_obliques(clause, "in"):
        yield from parties.resolve_all(token, _PLACE)


def _read_passive_places(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """The country that has done what nobody is named for: "was banned in Italy"."""
    if clause.passive and not clause.subjects:
        yield from _read_places(slot, clause, parties)


def _read_main(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """The firm that the story is about, where a clause of joining or leaving names none: "Doe left in May"."""
    hero = parties.referents.find_hero(slot.types & _BODIES) if clause.head.lemma_ in _COMING_AND_GOING else None
    if hero and not clause.objects:
        yield hero


def _read_list(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Of whom or what a list is: "customers of Acme include", "Acme's backers are"."""
    for token in clause.subjects:
        for child in token.children:
            if child.dep_ == "poss":
                yield from parties.resolve_all(child, slot.types)
            if child.dep_ == "prep" and child.lower_ in {"of", "in", "for", "at"}:
                for held in child.children:
                    yield from parties.resolve_all(held, slot.types)


def _read_case_owners(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose case is thrown out: "the publisher's case"."""
    for token in clause.objects:
        for child in token.children:
            if child.dep_ == "poss":
                found = tuple(parties.resolve_all(child, slot.types))
                yield from found or (Party(describe(child)),)


def _read_named_objects(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Objects with a name: "bought Acme", not "bought chips"."""
    yield from (party for token in clause.objects for party in parties.resolve_all(token, slot.types) if party.entity)


def _read_bought(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """For which firm a sum is paid: "paid $2 billion for Acme", not "for Acme's chips"."""
    for token in find_obliques(clause, "for"):
        if parties.name_at(token):
            yield from parties.resolve_all(token, slot.types)


def _read_accusers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who said or ruled what somebody takes a stand on, where no name stands beside it: "rejected the charge"."""
    for token in clause.objects or tuple(_iter_against(clause)):
        ruled = get_noun(token) in _RULINGS
        said = get_noun(token) in words("nouns", "said") and any(c.lower_ in {"the", "that"} for c in token.children)
        last = parties.last_authority if ruled else parties.last_speaker
        bare = not any(c.dep_ in {"acl", "relcl", "poss", "compound"} or _is_about(c) for c in token.children)
        if (said or ruled) and bare and last and last.entity and not parties.has_type(last, EntityType.PUBLICATION):
            yield last


def _iter_against(clause: Clause) -> Iterator[Token]:
    for preposition in ("against", "with"):
        yield from find_obliques(clause, preposition)


def _is_about(token: Token) -> bool:
    """Whether a preposition says of what or whose the noun before it is; a day or a place says neither."""
    timed = any(child.ent_type_ in {"DATE", "TIME"} for child in token.children)
    return token.dep_ == "prep" and not timed


def _read_authority(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Against whom somebody appeals that says no more: who ruled or ordered last."""
    if parties.last_authority and not clause.objects:
        yield parties.last_authority


def _read_raisers(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose valuation goes with a deal: who raises, or in whom is invested."""
    invested = [token for place in ("in", "into", "of") for token in find_obliques(clause, place)]
    for token in (*invested, *clause.objects, *clause.subjects):
        if parties.name_at(token):
            yield from parties.resolve_all(token, slot.types)
            return
    yield from _read_subjects(slot, clause, parties)


def _read_leaders(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Who led the round that a clause tells of: "raised money in a round led by Acme and Foo"."""
    for token in clause.head.subtree:
        if token.lemma_ in {"lead", "co-lead", "back", "fund", "anchor"} and token.dep_ in {"acl", "relcl", "advcl"}:
            for preposition in token.children:
                if preposition.lower_ == "by":
                    for held in preposition.children:
                        yield from parties.resolve_all(held, slot.types)


def _read_datives(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    for child in clause.head.children:
        if child.dep_ == "dative":
            yield from parties.resolve_all(child, slot.types)


def _read_method(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """A way of training or building, in its own words: "reinforcement learning"."""
    inner = {t for child in clause.head.children if child.dep_ in _OWN_CLAUSES for t in child.subtree}
    making = clause.head.lemma_.lower() in _MAKING_METHODS
    told: set[Token] = set()
    for token, name in find_methods(clause.head.doc):
        above = set(token.ancestors)
        used = not making or any(t.lower_ in _BY_METHODS and clause.head in t.ancestors for t in above)
        if token.i > clause.head.i and clause.head in above and token not in inner and used and not told & above:
            told.add(token)  # "reinforcement learning with verifiable rewards" is one method
            yield Party(name)


def _read_models(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    kinds = slot.types & {EntityType.MODEL, EntityType.PRODUCT} or slot.types
    for token in clause.subjects:
        if token.lower_ not in _PEOPLE:
            yield from parties.resolve_all(token, kinds)


def _read_defied(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """The control that somebody defies, in its own words: "shipped chips despite export controls"."""
    for token in find_obliques(clause, "despite"):
        yield Party(describe(token))


_Reader = Callable[[Slot, Clause, Parties], Iterator[Party]]
_SPECIAL: dict[str, _Reader] = {
    "subject": _read_subjects,
    "object": _read_objects,
    "accused": _read_accused,
    "used": _read_used,
    "whether": _read_whether,
    "that-subject": _read_content_subject,
    "mood-subject": _read_mood_subject,
    "small": _read_small,
    "beside-amount": _read_beside_amount,
    "attribute": _read_attributes,
    "dative": _read_datives,
    "object-person": _read_persons,
    "by-subject": _read_hirers,
    "subject-feel": _read_feeling,
    "subject-alone": _read_lone_subjects,
    "subject-model": _read_models,
    "object-shares": lambda slot, clause, parties: _read_shares(clause.objects, slot, parties),
    "subject-shares": lambda slot, clause, parties: _read_shares(clause.subjects, slot, parties),
    "subject-index": _read_indices,
    "subject-name": _read_direct,
    "subject-earnings": _read_earnings,
    "off-owner": _read_losers,
    "<target-of>": _read_target,
    "<to-block>": _read_blocked,
    "<source>": _read_sources,
    "<sayer>": _read_sayers,
    "<told-of>": _read_told_of,
    "<told-done>": _read_told_done,
    "<maker-of>": _read_makers,
    "<post-of>": _read_posts,
    "<maker-named>": _read_named_makers,
    "<plaintiff>": _read_plaintiffs,
    "<deal-with>": _read_deal_partners,
    "<despite>": _read_defied,
    "<topic>": _read_topic,
    "<victim>": _read_victims,
    "<accuser>": _read_accusers,
    "<authority>": _read_authority,
    "object-name": _read_named_objects,
    "for-name": _read_bought,
    "<case-owner>": _read_case_owners,
    "<raiser>": _read_raisers,
    "<led>": _read_leaders,
    "<employer>": _read_employers,
    "<place>": _read_places,
    "<passive-place>": _read_passive_places,
    "<main>": _read_main,
    "<list>": _read_list,
    "<list-of>": _read_attribute_owners,
    "<method>": _read_method,
    **products.READERS,
    **standings.READERS,
    "<none>": lambda slot, clause, parties: iter(()),
}
