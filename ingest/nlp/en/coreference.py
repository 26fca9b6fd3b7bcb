"""What pronouns and definite descriptions refer to: the most salient recent name of a fitting type.

Salience after Lappin and Leass (1994) in small: own sentence before earlier ones, subjects before the rest.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from graph.ids import fold_name
from graph.records import EntityType, Party
from ingest.nlp.document import Name, Sentence
from ingest.nlp.en.lexicon import find_kinds, find_nation, get_noun, words
from ingest.nlp.en.sections import NOWHERE, Place

Types = frozenset[EntityType]

_PERSON = frozenset({EntityType.PERSON})
_THINGS = frozenset(
    {
        EntityType.COMPANY,
        EntityType.MODEL,
        EntityType.PRODUCT,
        EntityType.INSTITUTION,
        EntityType.HARDWARE,
        EntityType.PLACE,
    }
)
# Too common to tell one from another: the nearest fitting name is meant, not who was called so before.
_GENERIC = frozenset({"company", "firm", "model", "group", "app", "system", "product"})
_PERFORMERS = frozenset({EntityType.MODEL, EntityType.COMPANY})
_REACH = 4
_FAR_REACH = 12
# Named so often, and as often as all others together, somebody is what a story is about under any heading.
_MAIN = 4
_FRESH = 2
_HERO = 3
# Beyond the sentence before, a description means whom the story is about, not who happened to be named last.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class _Mention:
    sentence: int
    token: int
    party: Party
    type: EntityType
    subject: bool
    described: frozenset[str]
    place: Place
    compared: bool
    named: bool = True


@dataclass(slots=True)
class Referents:
    """The names met so far, nearest last. `homes` is the country of each, as far as it is known."""

    homes: Mapping[str, str] = field(default_factory=dict)
    _mentions: list[_Mention] = field(default_factory=list)
    _number: int = 0
    _place: Place = NOWHERE

    def enter(self, sentence: Sentence, names: Mapping[int, Name], place: Place = NOWHERE) -> None:
        """Adds the names of the next sentence."""
        self._number += 1
        self._place = place
        for index in sorted(names):
            token, name = sentence.doc[index], names[index]
            if _is_employer(token):
                continue
            party = Party(name.entity.name, name.entity.id)
            mention = _Mention(
                sentence=self._number,
                token=index,
                party=party,
                type=name.entity.type,
                subject=_is_subject(token),
                described=_find_words(token),
                place=place,
                compared=_is_compared(token),
            )
            self._mentions.append(mention)

    def take_up(self, token: Token, party: Party, kind: EntityType) -> None:
        """Adds whom a pronoun or description stands for, so that the sentences after it go on about him."""
        mention = _Mention(
            sentence=self._number,
            token=token.i,
            party=party,
            type=kind,
            subject=True,
            described=frozenset(),
            place=self._place,
            compared=False,
            named=False,
        )
        self._mentions.append(mention)

    def find(self, token: Token, types: Types) -> Party | None:
        """The referent of a pronoun or of a definite noun, None when nothing fits."""
        lower = token.lower_
        if lower in {"he", "she", "him", "her", "his", "hers", "himself", "herself"}:
            wanted = _PERSON & types if types else _PERSON
            return self._pick(token, wanted, _REACH)
        if token.pos_ == "PRON" and lower not in {"it", "its", "they", "them", "their", "itself"}:
            return None
        if token.pos_ == "PRON":
            wanted = _THINGS & types if types else _THINGS
            if self._is_blocked(token, wanted):
                return None
            if wanted >= _PERFORMERS and (model := self._pick_model(token)):
                return model
            return self._pick_reporter(token, wanted) or self._pick(token, wanted, _REACH)
        return self._pick_described(token, types)

    def is_fresh(self, party: Party) -> bool:
        """Whether somebody was named just now, or is what the passage is headed with: it is plainly who is meant."""
        here = [m for m in self._mentions if m.party == party and m.place.section == self._place.section]
        near = any(self._number - m.sentence <= _FRESH and not m.compared for m in here)
        return (
            near or (self._place.item and self.find_last_topic(_THINGS) == party) or any(m.place.heading for m in here)
        )

    def find_last_topic(self, types: Types) -> Party | None:
        """What the sentences before are about, for one that leaves its subject out.

        In a paragraph that is its last subject; at the start of one, and in a list, what the section is headed with or
        names most; else what was last told about.
        """
        before = [m for m in self._mentions if m.sentence < self._number and m.type in types and not m.compared]
        near = [m for m in before if self._number - m.sentence < _REACH]
        item = self._place.item
        own = [m for m in near if (m.place.line == self._place.line if item else m.place.block == self._place.block)]
        return _pick_last(own) or self._find_section_topic(before) or _pick_last(near)

    def _find_section_topic(self, before: list[_Mention]) -> Party | None:
        """What a section is headed with, or what the line above a list or most of the section tells of."""
        here = [m for m in before if m.place.section == self._place.section]
        led = [m for m in here if m.place.block == self._place.block - 1] if self._place.item else []
        heads = [m for m in here if m.place.heading]
        if led or heads:
            return _pick_last(led) or heads[0].party
        if not self._place.item:
            return None
        counted = Counter(m.party for m in here).most_common(2)
        if counted and (len(counted) == 1 or counted[0][1] > counted[1][1]):
            return counted[0][0]
        return None

    def find_main(self, types: Types) -> Party | None:
        """Whom the story has named most so far: whose "investors" or "customers" stand there without an owner."""
        before = [m.party for m in self._mentions if m.sentence < self._number and m.type in types]
        return Counter(before).most_common(1)[0][0] if before else None

    def find_hero(self, types: Types) -> Party | None:
        """Whom the story is about beyond doubt: named several times, and half as often again as anybody else."""
        counted = Counter(m.party for m in self._mentions if m.type in types).most_common(2)
        if not counted or counted[0][1] < _HERO:
            return None
        return counted[0][0] if len(counted) == 1 or 2 * counted[0][1] >= 3 * counted[1][1] else None

    def is_plain(self, party: Party) -> bool:
        """Whether a pronoun can only mean a party: named just before, alone of late, or most of what a story tells."""
        if any(m.party == party for m in self._mentions if m.sentence >= self._number - 1):
            return True
        things = [m for m in self._mentions if m.type in _THINGS]
        able = {EntityType.MODEL, EntityType.PRODUCT}
        own = [m for m in things if m.type in able and m.place.section == self._place.section]
        late = {m.party for m in own if 1 <= self._number - m.sentence <= _REACH}
        return late == {party} or 2 * sum(m.party == party for m in things) >= max(_MAIN, len(things))

    def find_vendor(self, name: str) -> Party | None:
        """The company of the story whose name is that of the source."""
        wanted = fold_name(name)
        return next((m.party for m in self._mentions if fold_name(m.party.name) == wanted), None)

    def find_topic(self, token: Token, types: Types, barred: set[Party]) -> Party | None:
        """Of what a sentence goes on to tell: its own subject, else that of those before."""
        near = [m for m in self._mentions if m.type in types and self._is_before(m, token) and m.party not in barred]
        near = [m for m in near if m.place.section == self._place.section]
        for number in range(self._number, self._number - _REACH, -1):
            here = [m for m in near if m.sentence == number and not m.compared]
            if here:
                return next((m for m in here if m.subject), here[0]).party
        return None

    def _pick_reporter(self, token: Token, types: Types) -> Party | None:
        """In "X said that it had …" the pronoun is X, whatever else stands nearer."""
        for verb in token.ancestors:
            if verb.dep_ == "ccomp":
                subjects = {child.i for child in verb.head.children if child.dep_ == "nsubj"}
                own = [m for m in self._mentions if m.sentence == self._number and m.token in subjects]
                return next((m.party for m in own if m.type in types), None)
        return None

    def _pick_model(self, token: Token) -> Party | None:
        """Where models are compared, "it" is the model just spoken of rather than its maker."""
        near = [m for m in self._mentions if m.type is EntityType.MODEL and self._is_before(m, token)]
        fresh = [m for m in near if m.sentence >= self._number - 1 and not self._is_excluded(m, token)]
        if self._place.item:
            fresh = [m for m in fresh if m.place.line == self._place.line]
        told = [m for m in fresh if not m.compared]
        if told:
            return told[0].party
        block = [m for m in near if m.place.block == self._place.block and self._is_within(m, _REACH)]
        if self._place.item:
            block = []
        told = [m for m in block if not m.compared and not self._is_excluded(m, token)]
        return _pick_last(told) or (fresh[0].party if fresh else None)

    def _is_blocked(self, token: Token, types: Types) -> bool:
        """In a relative clause "it" is the subject of the sentence; where that does not fit, nothing does."""
        if not any(verb.dep_ == "relcl" for verb in token.ancestors):
            return False
        own = [m for m in self._mentions if m.sentence == self._number and m.subject and m.token < token.i]
        return bool(own) and all(m.type not in types for m in own)

    def _pick_described(self, token: Token, types: Types) -> Party | None:
        noun = get_noun(token)
        same = (
            []
            if noun in _GENERIC
            else [m for m in self._mentions if noun in m.described and m.type in types and self._is_before(m, token)]
        )
        foreign = self._find_foreign(token)
        same = [m for m in same if m.party not in foreign]
        if same and self._number - same[-1].sentence <= _FAR_REACH:
            return same[-1].party
        kinds = find_kinds(noun)
        return self._pick(token, types & kinds if types & kinds else types, _FAR_REACH)

    def _pick(self, token: Token, types: Types, reach: int) -> Party | None:
        barred = self._find_barred(token) | self._find_foreign(token)
        near = [m for m in self._mentions if m.type in types and self._is_before(m, token) and m.party not in barred]
        near = self._keep_section(near)
        if self._place.item and all(m.place.line != self._place.line for m in near):
            before = [m for m in near if not m.compared and self._number - m.sentence <= _FAR_REACH]
            if topic := self._find_section_topic(before):
                return topic
        for number in range(self._number, self._number - reach - 1, -1):
            here = [m for m in near if m.sentence == number and not self._is_excluded(m, token)]
            here = [m for m in here if not m.compared]
            subjects = [m for m in here if m.subject]
            if here and self._number - number < _NEAR:
                taken_up = token.pos_ == "NOUN" and get_noun(token) in _GENERIC and number < self._number
                hero = self.find_hero(types) if taken_up and not subjects else None
                return hero if hero and any(m.party == hero for m in near) else (subjects or here)[0].party
        far = [m for m in near if self._is_within(m, reach) and m.sentence < self._number]
        far = [m for m in far if not m.compared] or far
        own = [m for m in far if m.place.section == self._place.section]
        heads = [m for m in near if m.place.section == self._place.section and m.place.heading]
        if heads and all(m.place.block != self._place.block for m in far):
            return heads[0].party  # a paragraph that names nothing yet goes on about its heading
        if not far:
            return None
        counted = Counter(m.party for m in own or far).most_common(2)
        if len(counted) > 1 and 2 * counted[0][1] < 3 * counted[1][1]:
            return _pick_last(own or far)
        return counted[0][0]

    def _keep_section(self, near: list[_Mention]) -> list[_Mention]:
        """The names of this section, and of those before it only whom the story is about in the main."""
        named = [m.party for m in near if m.named]
        counted = Counter(named).most_common(1)
        main = counted[0][0] if counted and 2 * counted[0][1] >= max(_MAIN, len(named)) else None
        return [m for m in near if m.place.section == self._place.section or m.party == main]

    def _is_within(self, mention: _Mention, reach: int) -> bool:
        """Whether a pronoun still reaches a name; within one paragraph it reaches further."""
        further = _REACH if mention.place.block == self._place.block else 0
        return self._number - mention.sentence <= max(reach, min(reach + further, 2 * _REACH))

    def _find_barred(self, token: Token) -> frozenset[Party]:
        """Whom a phrase cannot stand for: what its own verb is done to, and for a start-up a giant."""
        barred: set[Party] = set()
        if token.dep_ in {"nsubj", "nsubjpass"}:
            own = {child.i for child in token.head.children if child.dep_ in {"dobj", "pobj", "dative"}}
            barred = {m.party for m in self._mentions if m.sentence == self._number and m.token in own}
        barred |= self._find_accusers(token)
        if get_noun(token) in words("nouns", "startup"):
            barred |= {m.party for m in self._mentions if m.party.name in words("nouns", "established")}
        return frozenset(barred)

    def _find_accusers(self, token: Token) -> set[Party]:
        """Who sues is not "it" in what he alleges: "Acme sued Foo, alleging that it had copied"."""
        verb = token.head
        telling = verb.head if token.dep_ == "nsubj" and verb.dep_ == "ccomp" else verb
        if telling.dep_ != "advcl" or telling.lemma_ not in words("reporting", "accuse") | {"say", "claim", "argue"}:
            return set()
        if telling.head.lemma_ not in {"sue", "file", "accuse", "bring", "lodge", "launch"}:
            return set()
        own = {child.i for child in telling.head.children if child.dep_ == "nsubj"}
        return {m.party for m in self._mentions if m.sentence == self._number and m.token in own}

    def _find_foreign(self, token: Token) -> frozenset[Party]:
        """Whom "the Hangzhou lab" or "the Chinese start-up" cannot be: those at home in another country."""
        country = self._find_country(token)
        if not country:
            return frozenset()
        return frozenset(m.party for m in self._mentions if self.homes.get(m.party.name, country) != country)

    def _find_country(self, token: Token) -> str:
        """The country that the words before a noun name, by a place or a nationality; empty when they name none."""
        before = {child.i: child.lower_ for child in token.children if child.i < token.i}
        here = [m for m in self._mentions if m.sentence == self._number and m.token in before]
        places = [self.homes.get(m.party.name, "") for m in here if m.type is EntityType.PLACE]
        nations = [find_nation(word) for word in before.values()]
        return next((country for country in places + nations if country), "")

    def find_rival(self, owner: Party) -> Party | None:
        """Who "its rival" is: the only other company of this sentence and the one before."""
        near = {m.party for m in self._mentions if m.sentence >= self._number - 1 and m.type is EntityType.COMPANY}
        others = near - {owner}
        return others.pop() if len(others) == 1 else None

    def _is_before(self, mention: _Mention, token: Token) -> bool:
        return mention.sentence < self._number or mention.token < token.i

    def _is_excluded(self, mention: _Mention, token: Token) -> bool:
        """A subject pronoun never means what stands in its own clause, "the start-up" never the subject before it."""
        if mention.sentence < self._number:
            return False
        if token.pos_ == "NOUN" and get_noun(token) not in _GENERIC | words("nouns", "shares") and mention.subject:
            return True
        if token.dep_ not in {"nsubj", "nsubjpass"}:
            return False
        return token.doc[mention.token].head == token.head


def _pick_last(mentions: list[_Mention]) -> Party | None:
    """Of the last sentence that names any its subject, else what it names first."""
    here = [m for m in mentions if m.sentence == mentions[-1].sentence]
    return next((m.party for m in here if m.subject), here[0].party) if here else None


def _is_of_law(governor: Token) -> bool:
    """Whether "against" tells of a case and no contest: "filed a suit against", "ruled against"."""
    held = [governor, *(child for child in governor.children if child.dep_ == "dobj")]
    return governor.lemma_ in {"rule", "decide"} or any(get_noun(t) in words("legal", "case") for t in held)


def _is_compared(token: Token) -> bool:
    """Whether a name is only what something else is held against: "cheaper than X", "compared to X", "like X"."""
    node = token
    while node.dep_ in {"compound", "poss", "conj", "nmod", "appos"} and node.head != node:
        node = node.head
    if node.dep_ == "dobj":
        return node.head.lemma_ in words("nouns", "comparing")
    if node.dep_ != "pobj" or (node.head.lower_ == "against" and _is_of_law(node.head.head)):
        return False
    likened = node.head.head.lemma_ in {"compare", "similar", "comparable", "relative", "akin"}
    return likened or node.head.lower_ in {"than", "like", "unlike", "versus", "vs", "vs.", "against"}


def _is_employer(token: Token) -> bool:
    """Whether a name only says where somebody works: "analysts at X" leaves X out of what follows."""
    prep = token.head
    return token.dep_ == "pobj" and prep.lower_ == "at" and prep.head.lemma_.lower() in words("nouns", "agents")


def _is_subject(token: Token) -> bool:
    head = token
    while head.dep_ in {"compound", "poss", "conj", "appos"} and head.head != head:
        head = head.head
    return head.dep_ in {"nsubj", "nsubjpass"}


def _find_words(token: Token) -> frozenset[str]:
    """The nouns a name is introduced with: "X, a Chinese startup", "chipmaker X"."""
    near = [child for child in token.children if child.dep_ in {"appos", "compound", "nmod"}]
    if token.dep_ == "appos":
        near.append(token.head)
    if token.dep_ in {"nsubj", "nsubjpass"} and token.head.lemma_ == "be":
        near.extend(child for child in token.head.children if child.dep_ == "attr")
    return frozenset(word.lemma_.lower() for word in near if word.pos_ == "NOUN")
