"""Who or what a noun phrase stands for: a name, what a pronoun or description refers to, or its own words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from graph.ids import make_entity_id
from graph.records import EntityType, Party, SourceKind
from ingest.nlp.document import Name, Sentence, Story
from ingest.nlp.en.clauses import iter_conjuncts
from ingest.nlp.en.coreference import Referents
from ingest.nlp.en.interviews import Interview, find_interview
from ingest.nlp.en.lexicon import find_kinds, get_noun, words
from ingest.nlp.en.nouns import (
    are_people,
    describe,
    describes,
    is_another,
    is_bare,
    is_definite,
    is_ours,
    is_past,
    is_several,
    is_share,
    iter_inner_compounds,
)
from ingest.nlp.en.sections import Sections
from ingest.nlp.en.vendor import find_vendor

Types = frozenset[EntityType]

_WE = frozenset({"we", "us", "our", "ours", "i", "my", "me"})
_TAKING_UP = frozenset({"he", "she"})
_I = frozenset({"i", "my", "me"})
_MAKERS = frozenset({EntityType.COMPANY, EntityType.INSTITUTION})
_EMPLOYERS = _MAKERS | {EntityType.PUBLICATION}
_ACTORS = frozenset({EntityType.COMPANY, EntityType.INSTITUTION, EntityType.PERSON})
_THINGS = frozenset({EntityType.MODEL, EntityType.PRODUCT})
_NAMED_KINDS = _THINGS | {EntityType.COMPANY}
# "Shares in Acme", "sales at Acme".
_EARNED_BY = frozenset({"of", "in", "at"})
_HOUSEHOLD = frozenset({"family", "system", "release", "site"})
_EXAMPLES = frozenset({"as", "like", "including"})
_NO_OWNERS = frozenset({EntityType.PLACE, EntityType.LAW})
# For so many sentences "they" are still the people last told about.
_PEOPLE_REACH = 2
# Who is a firm's no longer does not act for it: "two former Acme researchers".
_BYGONE = frozenset({"former", "ex", "onetime", "erstwhile"})


@dataclass(slots=True)
class Parties:
    """Resolves tokens of a story's sentences to parties; sentences are shown to it in order."""

    story: Story
    referents: Referents = field(init=False)
    speaker: Party | None = None
    employers: dict[str, Party] = field(default_factory=dict)
    last_speaker: Party | None = None
    last_people: Party | None = None
    last_authority: Party | None = None
    _types: dict[str, EntityType] = field(default_factory=dict)
    _names: Mapping[int, Name] = field(default_factory=dict)
    _sentence: Sentence | None = None
    _silence: int = 0
    _sections: Sections = field(init=False)
    _vendor: Party | None = None
    _interview: Interview | None = None
    _owned: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.referents = Referents(self.story.homes)
        self._sections = Sections(self.story.article.text, self.story.sentences)
        self._vendor = find_vendor(self.story.sentences, self.story.makers)
        if self._vendor is None:
            self._interview = find_interview(self.story.article.text, self.story.sentences)

    def enter(self, sentence: Sentence) -> None:
        """Moves to a sentence; what was before is what pronouns can refer to."""
        self._note_people()
        self._sentence = sentence
        self._names = index_names(sentence)
        self._types.update((name.entity.name, name.entity.type) for name in sentence.names)
        self.referents.enter(sentence, self._names, self._sections.find(sentence))
        self._note_employers()
        self._note_taken_up(sentence)

    def _note_taken_up(self, sentence: Sentence) -> None:
        """Remembers whom the subject of a sentence stands for that has no name: "The company is small. It …".

        What "it" stands for is left to each sentence: of what it named wrongly the next would be wrong too.
        """
        for token in sentence.doc:
            told = token.dep_ in {"nsubj", "nsubjpass"} and token.head.dep_ == "ROOT" and self.name_at(token) is None
            described = token.pos_ == "NOUN" and bool(find_kinds(get_noun(token))) and is_definite(token)
            if not told or not (described or token.lower_ in _TAKING_UP):
                continue
            found = self.resolve(token, find_kinds(get_noun(token)) if described else frozenset())
            party = found[0] if found else None
            kind = self._types.get(party.name) if party else None
            if party and kind and kind not in _THINGS:
                self.referents.take_up(token, party, kind)
            return

    def name_at(self, token: Token) -> Name | None:
        """The name that a token is the head of or lies in."""
        return self._names.get(token.i)

    def lies_in_name(self, token: Token) -> bool:
        """Whether a token is a part of a name, its head or not: "Ventures" in "Type One Ventures"."""
        at = token.idx + (self._sentence.span[0] if self._sentence else 0)
        return any(name.span[0] <= at < name.span[1] for name in self._names.values())

    def find_type(self, party: Party) -> EntityType | None:
        """What kind of thing a party is, as far as the story has named it."""
        return self._types.get(party.name)

    def resolve_all(self, token: Token, types: Types) -> Iterator[Party]:
        """The parties of a noun phrase and of what is coordinated with it."""
        seen: set[Party] = set()
        for conjunct in (*iter_conjuncts(token), *self._iter_listed(token)):
            for party in self.resolve(conjunct, types):
                if party not in seen:
                    seen.add(party)
                    yield party

    def _iter_listed(self, token: Token) -> Iterator[Token]:
        """The names that stand in one list with a name, whatever the parser makes of the commas: "A, B and C"."""
        if self.name_at(token) is None:
            return
        run = [token]
        for step in (1, -1):
            node = self._next_listed(token, step)
            while node is not None:
                run.append(node)
                node = self._next_listed(node, step)
        first, last = min(t.i for t in run), max(t.i for t in run)
        if len(run) > 2 and any(t.lower_ in {"and", "or"} for t in token.doc[first:last]):
            yield from (t for t in run if t != token)

    def _next_listed(self, token: Token, step: int) -> Token | None:
        """The next name of the same type over nothing but commas and "and"."""
        index = token.i + step
        joined = False
        while 0 <= index < len(token.doc) and token.doc[index].lower_ in {",", "and", "or"}:
            index += step
            joined = True
        name, other = self._names.get(token.i), self._names.get(index)
        same = name is not None and other is not None and name.entity.type == other.entity.type
        return token.doc[index] if joined and same else None

    def resolve(self, token: Token, types: Types) -> tuple[Party, ...]:
        """The party of one noun phrase that fits the types (any when empty); empty when there is none."""
        name = self.name_at(token)
        if name:
            return (make_party(name),) if _fits(name, types) else self._read_modifiers(token, types)
        if token.lower_ in _WE:
            guest = self.find_guest() if token.lower_ in _I and self.speaker is None else None
            return _one(guest or self.find_maker())
        if token.pos_ == "PRON":
            compared = EntityType.HARDWARE in types  # there "it" is rather the model just spoken of
            reporter = None if compared else self._find_unnamed_reporter(token)
            return self.resolve(reporter, types) if reporter else _one(self.referents.find(token, types))
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "DET"}:
            return ()
        return self._read_noun(token, types)

    def _find_unnamed_reporter(self, pronoun: Token) -> Token | None:
        """The noun that "it" repeats in "the regulator said it had …", where no name stands there."""
        if pronoun.lower_ not in {"it", "they"}:
            return None
        verb = next((verb for verb in pronoun.ancestors if verb.dep_ == "ccomp"), None)
        if verb and any(c.dep_ in {"nsubj", "nsubjpass"} and c != pronoun and c.pos_ != "PRON" for c in verb.children):
            return None  # what is reported has a subject of its own, which the pronoun takes up
        subjects = [c for c in verb.head.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"] if verb else []
        return next((c for c in subjects if self.name_at(c) is None and c.i < pronoun.i), None)

    def find_topic(self, verb: Token, types: Types) -> Party | None:
        """Whom a sentence goes on about at a verb that names others: the nearest other name of the types."""
        own = {party for token in verb.children for party in self.resolve_all(token, types)}
        return self.referents.find_topic(verb, types, own)

    def find_elided(self, types: Types) -> Party | None:
        """What a line without a subject tells about: the topic, a model or product before its maker."""
        things = types & _THINGS
        return (self.referents.find_last_topic(things) if things else None) or self.referents.find_last_topic(types)

    def find_maker_of(self, party: Party) -> Party | None:
        """Who makes a model or product, as far as the curated tables know."""
        return self.story.makers.get(party.name)

    def find_maker(self) -> Party | None:
        """Whom "we" stands for: the speaker's firm inside a quote, the vendor in its own post."""
        if self.speaker:
            known = self.story.makers.get(self.speaker.name)
            return self.employers.get(self.speaker.name) or known or self.speaker
        source = self.story.article.source
        if source.kind is SourceKind.VENDOR:
            return self.referents.find_vendor(source.name) or Party(source.name, make_entity_id(source.name))
        return self._vendor or (self._interview.firm if self._interview and self.find_guest() else None)

    def find_guest(self) -> Party | None:
        """Whose words the sentence is in an interview; None where it is a question or the text none."""
        answering = self._interview and self._sentence and self._interview.is_answer(self._sentence)
        return self._interview.guest if self._interview and answering else None

    def is_owned(self, party: Party) -> bool:
        """Whether a party without a name is a thing of somebody who has one: "Acme app"."""
        return party.name in self._owned

    def _read_noun(self, token: Token, types: Types) -> tuple[Party, ...]:
        beside = (
            self._find_beside(token, types) or self._find_identified(token, types) or self._look_through(token, types)
        )
        if beside:
            return beside
        examples = tuple(self._iter_examples(token, types))
        if examples:
            return examples
        noun = get_noun(token)
        owner = self.find_owner(token)
        if noun in words("nouns", "shares"):
            return self._read_shares(token, owner, types)
        kinds = find_kinds(noun)
        if kinds & _THINGS and is_ours(token) and not is_several(token):
            found = self.referents.find(token, kinds & _THINGS & types if types else kinds & _THINGS)
            if found:
                return (found,)
        if owner:
            return self._read_owned(token, owner, types, kinds)
        acts = noun in words("nouns", "agents") and not kinds and (not types or bool(types & _ACTORS))
        if types and not types & kinds and not acts:
            return ()
        if kinds and is_definite(token) and not is_several(token) and not is_another(token):
            found = self.referents.find(token, kinds & types if types else kinds)
            if found or kinds <= _NAMED_KINDS:
                return _one(found)
        return (Party(describe(token)),) if describes(token) else ()

    def _read_shares(self, token: Token, owner: Party | None, types: Types) -> tuple[Party, ...]:
        """What is traded or earned stands for whose it is."""
        if owner is None and token.lemma_ in {"share", "stock"} and (is_definite(token) or is_bare(token)):
            firm = frozenset({EntityType.COMPANY})
            bare = token.left_edge == token and token.i == 0  # "Shares rose 3%": whose the report is about
            owner = (self.referents.find_main(firm) if bare else None) or self.referents.find(token, firm)
        return _one(owner) if owner and self._suits(owner, types) else ()

    def _read_owned(self, token: Token, owner: Party, types: Types, kinds: Types) -> tuple[Party, ...]:
        """A thing that belongs to somebody: the owner where a part acts for the whole, else "owner's thing"."""
        noun = get_noun(token)
        if any(child.lower_ in _BYGONE for child in token.children):
            return (Party(describe(token)),) if not types or types & kinds else ()
        is_part = noun in words("nouns", "part")
        if is_past(token):
            return (Party(describe(token)),) if not types or types & (kinds or _ACTORS) else ()
        if is_part and self._types.get(owner.name) in _THINGS:
            return (owner,) if self._suits(owner, types) else ()
        if is_part and (not types & kinds or EntityType.INSTITUTION in types):
            return (owner,) if self._suits(owner, types) else ()  # a slot for institutions wants whoever acts
        if types and not types & kinds and not (noun in words("nouns", "agents") and types & _ACTORS):
            return ()
        if noun in words("nouns", "rivals") and is_definite(token):
            rival = self.referents.find_rival(owner)
            if rival:
                return (rival,)
        if kinds <= {EntityType.PERSON} and kinds and is_definite(token) and not is_several(token):
            found = self.referents.find(token, kinds)
            if found:
                return (found,)
        party = Party(f"{owner.name} {token.text}")
        if self._types.get(owner.name) in _MAKERS | _THINGS and kinds & _THINGS and noun not in _HOUSEHOLD:
            self._owned.add(party.name)
        return (party,)

    def _suits(self, party: Party, types: Types) -> bool:
        kind = self._types.get(party.name)
        return not types or kind is None or kind in types

    def _find_beside(self, token: Token, types: Types) -> tuple[Party, ...]:
        """A name in apposition or in front: "its new model, R1", "the Mistral Large 2 model", "a model called X"."""
        for child in (*token.children, *iter_inner_compounds(token)):
            name = self.name_at(child)
            if (
                name
                and child.dep_ in {"appos", "compound", "nmod", "acl", "amod", "npadvmod", "nummod"}
                and _fits(name, types)
            ):
                kinds = find_kinds(get_noun(token))
                timed = name.entity.type is EntityType.HARDWARE and get_noun(token) == "hour"  # "2m H800 GPU hours"
                if timed or child.dep_ == "appos" or name.entity.type in kinds or is_share(token):
                    return (make_party(name),)
            if child.dep_ == "acl" and child.lemma_ in {"call", "name", "dub", "know", "title", "code", "codename"}:
                found = [self.name_at(t) for t in child.subtree if self.name_at(t)]
                fitting = [n for n in found if n and _fits(n, types)]
                if fitting:
                    return (make_party(fitting[0]),)
        return ()

    def _look_through(self, token: Token, types: Types) -> tuple[Party, ...]:
        """The name behind a noun that only says in what shape it is meant: "versions of X", "access to X"."""
        if get_noun(token) not in words("nouns", "through"):
            return ()
        held = [
            t for child in token.children if child.lower_ in {"of", "to"} for t in child.children if t.dep_ == "pobj"
        ]
        found = (party for noun in held for party in self._resolve_named(noun, types))
        owned = (t for t in token.children if t.dep_ == "poss" and get_noun(token) in {"access", "use", "ability"})
        return tuple(found) or tuple(party for owner in owned for party in self._resolve_named(owner, types))

    def _iter_examples(self, token: Token, types: Types) -> Iterator[Party]:
        """Those whom several are named by: "customers such as A, B and C", "critics, including A"."""
        if not is_several(token):
            return
        for child in token.children:
            for held in child.children if child.lower_ in _EXAMPLES else ():
                if held.dep_ in {"pobj", "dobj"} and self.name_at(held):
                    yield from (party for party in self.resolve_all(held, types) if party.entity)

    def _find_identified(self, token: Token, types: Types) -> tuple[Party, ...]:
        """What a noun is said to be the same as: "R1, a model", "R1 is a model", "A and B are among the investors"."""
        if token.dep_ == "appos":
            name = self._find_last_named(token) or self.name_at(token.head)
            return (make_party(name),) if name and _fits(name, types) else ()
        node = token
        while node.dep_ in {"pobj", "prep"} and (node.dep_ != "prep" or node.lower_ in {"among", "of"}):
            node = node.head
        if node != token and node.lemma_ in {"part", "member", "subset", "result", "goal"}:
            return ()  # who is part of a project is not the project
        if node.dep_ != "attr" and not (node.lemma_ == "be" and token.dep_ == "pobj"):
            return ()
        verb = node if node.lemma_ == "be" else node.head
        subjects = [child for child in verb.children if child.dep_ == "nsubj" and child != token]
        return tuple(party for subject in subjects for party in self._resolve_named(subject, types))

    def _find_last_named(self, token: Token) -> Name | None:
        """The name right before the comma of an apposition, the last one of a list: "A, B and C, a firm led by"."""
        before = token.left_edge.i - 1
        if before > 0 and token.doc[before].text == ",":
            return self._names.get(before - 1)
        return None

    def _resolve_named(self, token: Token, types: Types) -> Iterator[Party]:
        for conjunct in iter_conjuncts(token):
            name = self.name_at(conjunct)
            if name and _fits(name, types):
                yield make_party(name)

    def has_type(self, party: Party, kind: EntityType) -> bool:
        """Whether a party was named as one of a type."""
        return self._types.get(party.name) is kind

    def is_maker(self, party: Party) -> bool:
        """Whether a party is a firm or an institution by its name."""
        return self._types.get(party.name) in _MAKERS

    def is_thing(self, party: Party) -> bool:
        """Whether a party is a model or a product by its name."""
        return self._types.get(party.name) in _THINGS

    def is_vendor(self, party: Party) -> bool:
        """Whether a party is the maker whose own post the story is."""
        return party == self._vendor

    def find_owner(self, token: Token) -> Party | None:
        """Whose a thing is: "Acme's chips", "the chips of Acme"; a place or licence owns nothing ("the Austin lab")."""
        for child in token.children:
            name = self.name_at(child)
            if name and child.dep_ in {"poss", "compound", "nmod"} and name.entity.type not in _NO_OWNERS:
                return make_party(name)
            if child.dep_ == "poss" and name is None:
                found = self.resolve(child, _ACTORS) or self.resolve(child, _THINGS)
                return found[0] if found else None
        joins = _EARNED_BY if get_noun(token) in words("nouns", "shares") else {"of"}
        for child in token.children:
            held = next((t for t in child.children if t.dep_ == "pobj" and self.name_at(t)), None)
            if child.dep_ == "prep" and child.lower_ in joins and held is not None:
                return make_party(self._names[held.i])
        return None

    def _read_modifiers(self, token: Token, types: Types) -> tuple[Party, ...]:
        """A name of another type whose own name stands beside it ("DeepSeek's R1" where a company is wanted)."""
        for child in token.children:
            name = self.name_at(child)
            if name and child.dep_ in {"poss", "appos"} and _fits(name, types):
                return (make_party(name),)
        return ()

    def _note_people(self) -> None:
        """Remembers the several people that the sentence now left tells about: who "they" will be."""
        for token in self._sentence.doc if self._sentence else ():
            if token.dep_ not in {"nsubj", "nsubjpass"} or token.pos_ == "PRON":
                continue
            name = self.name_at(token)
            several = [
                t for t in iter_conjuncts(token) if (n := self.name_at(t)) and n.entity.type is EntityType.PERSON
            ]
            if name and len(several) > 1:
                self.last_people = make_party(name)
            elif token.tag_ == "NNS" and not name and are_people(token):
                self.last_people = Party(describe(token))
            else:
                continue
            self._silence = 0
            return
        self._silence += 1
        if self._silence > _PEOPLE_REACH:
            self.last_people = None

    def _note_employers(self) -> None:
        """Remembers for whom persons work: "Acme CEO Jo Doe", "Jo Doe, head of Acme"."""
        for token_index, name in self._names.items():
            if name.entity.type is not EntityType.PERSON or self._sentence is None:
                continue
            token = self._sentence.doc[token_index]
            for near in token.subtree:
                other = self._names.get(near.i)
                if other and other.entity.type in _EMPLOYERS:
                    self.employers.setdefault(name.entity.name, make_party(other))


def index_names(sentence: Sentence) -> dict[int, Name]:
    """The names of a sentence by the token that heads each."""
    index: dict[int, Name] = {}
    for name in sentence.names:
        start, end = name.span[0] - sentence.span[0], name.span[1] - sentence.span[0]
        span = sentence.doc.char_span(start, end, alignment_mode="expand")
        if span is not None and len(span):
            index[span.root.i] = name
    return index


def make_party(name: Name) -> Party:
    return Party(name.entity.name, name.entity.id)


def _fits(name: Name, types: Types) -> bool:
    return not types or name.entity.type in types


def _one(party: Party | None) -> tuple[Party, ...]:
    return (party,) if party else ()
