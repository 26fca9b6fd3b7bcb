"""Who speaks by a reporting verb: a name, a spokesperson's firm, unnamed people and papers in their own words."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from graph.records import Claimant, EntityType, Party
from ingest.nlp.en.clauses import make_clause
from ingest.nlp.en.lexicon import get_noun, words
from ingest.nlp.en.nouns import describe
from ingest.nlp.en.parties import Parties

SPEAKERS = frozenset(
    {EntityType.COMPANY, EntityType.PERSON, EntityType.INSTITUTION, EntityType.PUBLICATION, EntityType.PLACE}
)
# A chatbot's answer is its own: "ChatGPT told a user that".
_ANSWERING = frozenset({EntityType.MODEL, EntityType.PRODUCT})
_CREDITING = ("say", "suspect", "forecast", "deny", "accuse", "own_act", "exhibit")
_SPEAKING_NOUNS = (("reporting", "unnamed"), ("reporting", "papers_speak"), ("nouns", "agents"), ("nouns", "people"))


@dataclass(frozen=True, slots=True)
class Credit:
    """A claimant with the word that credits it."""

    claimant: Claimant
    cue: Token


def find_speaker(verb: Token, parties: Parties) -> Claimant | None:
    """Who speaks by a reporting verb; None when nobody does, or the author does."""
    clause = make_clause(verb)
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.lemma_ in {"quote", "cite"}:
        clause = make_clause(verb.head.head)  # "quotes her as saying"
        return next((c for c in (make_claimant(t, verb, parties) for t in clause.objects) if c), None)
    for subject in _find_filers(clause.subjects) or clause.subjects:
        claimant = make_claimant(subject, verb, parties)
        if claimant:
            return claimant
    if clause.subjects:
        return None
    return _find_far_agent(verb, parties) if clause.passive else _find_detached(verb, parties)


def _find_far_agent(verb: Token, parties: Parties) -> Claimant | None:
    """The agent of a passive that the parser hung lower down: "accused of copying lyrics by Acme"."""
    for token in verb.subtree:
        if token.lower_ == "by" and token.i > verb.i:
            for held in token.children:
                if held.dep_ == "pobj" and parties.name_at(held):
                    return make_claimant(held, verb, parties)
    return None


def _find_detached(verb: Token, parties: Parties) -> Claimant | None:
    """The name right before a verb of speech that the parser gave no subject: "…, its founder, Jo Doe, said"."""
    if verb.lemma_.lower() not in words("reporting", "speech") or verb.dep_ not in {
        "ROOT",
        "ccomp",
        "conj",
        "parataxis",
    }:
        return None
    for index in range(verb.i - 1, max(-1, verb.i - 4), -1):
        token = verb.doc[index]
        name = parties.name_at(token)
        if name:
            return make_claimant(token, verb, parties) if name.entity.type in SPEAKERS else None
        if token.text != ",":
            return None
    return None


def _find_filers(subjects: tuple[Token, ...]) -> tuple[Token, ...]:
    """Who filed or wrote the paper that speaks: "Musk filed a lawsuit accusing …" is Musk's accusation."""
    for subject in subjects:
        papers = [subject] if subject.dep_ == "dobj" else [t for t in subject.ancestors if t.dep_ == "dobj"][:1]
        for paper in papers:
            if get_noun(subject) in words("reporting", "papers") and paper.head.pos_ == "VERB":
                return make_clause(paper.head).subjects
    return ()


def is_reporting(verb: Token) -> bool:
    """Whether a verb credits its subject with what it governs."""
    lemma = verb.lemma_.lower()
    return verb.pos_ in {"VERB", "AUX"} and any(lemma in words("reporting", name) for name in _CREDITING)


def make_claimant(token: Token, verb: Token, parties: Parties) -> Claimant | None:
    cue, cue_lemma = verb.text, verb.lemma_.lower()
    if token.lower_ == "i":
        return Claimant(parties.speaker, cue) if parties.speaker else None
    if (writer := _find_after_dateline(token, parties)) is not None:
        token = writer
    if any(c.dep_ == "poss" and c.lower_ in {"our", "my"} for c in token.children):
        return Claimant(parties.speaker, cue) if parties.speaker else None
    spoken_for = find_represented(token, parties)
    if spoken_for:
        return Claimant(spoken_for, cue, token.text)
    if token.pos_ == "PRON" and _continues(token, parties):
        return Claimant(parties.last_speaker, cue) if parties.last_speaker else None
    if token.lower_ == "they" and parties.last_people:
        return Claimant(parties.last_people, cue)
    if parties.name_at(token) or token.pos_ == "PRON":
        found = parties.resolve(token, SPEAKERS | _ANSWERING if cue_lemma in words("reporting", "speech") else SPEAKERS)
        return Claimant(found[0], cue) if found else _make_unnamed(token, cue)
    named = _find_named_holder(token, parties) or find_author(token, parties)
    if named:
        return Claimant(named, cue)
    if not speaks(token) and token.pos_ != "PROPN" and cue_lemma not in words("reporting", "speech"):
        return None
    last = parties.last_speaker
    if last and last.entity is None and token.head.pos_ == "VERB" and _repeats(token, last):
        return Claimant(last, cue)
    found = parties.resolve(token, SPEAKERS)
    return Claimant(found[0] if found else Party(describe(token)), cue)


def _repeats(token: Token, last: Party) -> bool:
    """ "The people said" after "people familiar with the matter said"."""
    definite = any(child.lower_ in {"the", "these", "those"} for child in token.children)
    return definite and token.lower_ in last.name.lower().split()


def _continues(token: Token, parties: Parties) -> bool:
    """Whether "they" goes on with speakers whom nobody named; "it" with an organisation that just spoke."""
    last = parties.last_speaker
    return token.lower_ == "they" and last is not None and last.entity is None


def _make_unnamed(token: Token, cue: str) -> Claimant | None:
    """ "Some", "many", "others": words that name nobody but are somebody."""
    return Claimant(Party(token.text.lower()), cue) if token.lower_ in {"some", "many", "others", "several"} else None


def find_represented(token: Token, parties: Parties) -> Party | None:
    """The organisation or client of a spokesperson or lawyer."""
    roles = [t for t in (token, *token.children) if t.lemma_.lower() in words("reporting", "spokesperson")]
    for role in roles:
        for near in (*role.subtree, *token.subtree):
            name = parties.name_at(near)
            if name and near != token and name.entity.type in SPEAKERS and near.head in {role, token, *role.children}:
                return Party(name.entity.name, name.entity.id)
    return None


def _find_after_dateline(token: Token, parties: Parties) -> Token | None:
    """The subject that the parser hung on a dateline: "PARIS, March 5 - Acme said"."""
    name = parties.name_at(token)
    if name is None or name.entity.type is not EntityType.PLACE or token.i > 2 or not token.text.isupper():
        return None
    dash = next((t.i for t in token.doc[: token.i + 10] if t.text in {"-", "–", "—"}), None)
    beside = [t for t in token.subtree if dash is not None and t.i > dash and t.dep_ in {"appos", "conj", "dep"}]
    return beside[0] if beside else None


def speaks(token: Token) -> bool:
    """Whether a noun stands for people, bodies or papers that can say something."""
    return any(get_noun(token) in words(*names) for names in _SPEAKING_NOUNS)


def _find_named_holder(token: Token, parties: Parties) -> Party | None:
    """The person whom an office introduces: "vice chair Jo Doe", "its founder, Jo Doe"."""
    beside = [c for c in token.children if c.dep_ == "appos"]
    if token.i + 1 < len(token.doc) and token.doc[token.i + 1].dep_ in {"appos", "nsubj", "compound", "nmod"}:
        beside.append(token.doc[token.i + 1])
    for near in beside:
        name = parties.name_at(near)
        if name and name.entity.type is EntityType.PERSON:
            return Party(name.entity.name, name.entity.id)
    return None


def find_author(holder: Token, parties: Parties) -> Party | None:
    """Who wrote a document: "a report by X", "a report in X", "X's report", "X data"."""
    own = any(c.dep_ == "poss" and c.lower_ in {"our", "my"} for c in holder.children)
    if own or parties.name_at(holder) or get_noun(holder) not in words("reporting", "papers_speak"):
        return None
    for token in _iter_authors(holder):
        name = parties.name_at(token)
        if name and name.entity.type in SPEAKERS - {EntityType.PLACE}:
            return Party(name.entity.name, name.entity.id)
    return None


def _iter_authors(holder: Token) -> Iterator[Token]:
    """The nouns that a paper hangs on; whoever merely saw it or got it is none."""
    for child in holder.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod"}:
            yield child
        elif child.dep_ == "prep" and child.lower_ in {"by", "from", "of", "in", "at"}:
            yield from (t for t in child.children if t.dep_ == "pobj")
        elif child.dep_ == "acl" and child.lemma_.lower() in words("reporting", "publish"):
            yield from (t for c in child.children if c.dep_ in {"agent", "prep"} for t in c.children)
