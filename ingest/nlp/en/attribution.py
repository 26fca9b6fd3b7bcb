"""Who says what a clause states: the chain of claimants, outermost first.

Each reporting verb above the clause adds its subject; "according to", "per" and "citing" add theirs; a quotation that
runs over several sentences keeps its speaker. Whoever was told is no claimant.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from graph.records import Claimant, EntityType, Party
from ingest.nlp.en.clauses import find_holder, make_clause
from ingest.nlp.en.denials import find_falsity
from ingest.nlp.en.firmness import iter_up
from ingest.nlp.en.lexicon import get_noun, words
from ingest.nlp.en.parties import Parties, describe

_SPEAKERS = frozenset(
    {EntityType.COMPANY, EntityType.PERSON, EntityType.INSTITUTION, EntityType.PUBLICATION, EntityType.PLACE}
)
_ORGANISATIONS = frozenset({EntityType.COMPANY, EntityType.INSTITUTION})
_CREDITING = ("say", "suspect", "forecast", "deny", "accuse", "own_act")


@dataclass(frozen=True, slots=True)
class Credit:
    """A claimant with the word that credits it."""

    claimant: Claimant
    cue: Token


def find_chain(head: Token, parties: Parties) -> tuple[Credit, ...]:
    """The claimants of the clause of a verb, outermost first, as far as its own sentence names them."""
    chain = [credit for node in _iter_scope(head) if (credit := _read_governor(node, parties))]
    chain.extend(_find_aside(head, parties))
    outer = list(_find_according(head, parties))
    ordered = [*outer, *reversed(chain)]
    cited = [credit for node in iter_up(head) for credit in _find_cited(node.head, parties)]
    return tuple(_drop_repeats([*ordered, *cited]))


def _iter_scope(head: Token) -> Iterator[Token]:
    """The way up to whoever may speak: a circumstance with a reporting verb of its own is nobody else's words."""
    for node in iter_up(head):
        yield node
        if node.dep_ == "advcl" and node != head and is_reporting(node):
            return


def find_speaker(verb: Token, parties: Parties) -> Claimant | None:
    """Who speaks by a reporting verb; None when nobody does, or the author does."""
    clause = make_clause(verb)
    for subject in _find_filers(clause.subjects) or clause.subjects:
        claimant = _make_claimant(subject, verb, parties)
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
                    return _make_claimant(held, verb, parties)
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
            return _make_claimant(token, verb, parties) if name.entity.type in _SPEAKERS else None
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


def _read_governor(node: Token, parties: Parties) -> Credit | None:
    """The credit that the governor of a clause gives for it."""
    if node.dep_ == "ROOT":
        return None
    holding = _find_holding(node)
    if holding is None and not _carries_content(node):
        return None
    verb = holding or (node.head if node.dep_ != "pcomp" else find_holder(node.head))
    if holding is None and (not is_reporting(verb) or _is_own_act(verb, parties)):
        return None
    claimant = find_speaker(verb, parties)
    return Credit(claimant, verb) if claimant else None


def _find_holding(node: Token) -> Token | None:
    """The verb that holds its content by a noun: "denied reports that", "found no evidence that"."""
    noun = node.head.head if node.dep_ == "pcomp" else node.head
    if node.dep_ not in {"acl", "ccomp", "relcl", "appos", "pcomp"} or noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    verb = noun.head
    if noun.dep_ not in {"dobj", "nsubj"} or verb.pos_ != "VERB":
        return None
    calling = verb.lemma_ in words("reporting", "call") and find_falsity(noun) is not None
    held = noun.dep_ == "dobj" and get_noun(noun) in words("reporting", "content_evidence")
    finding = held and verb.lemma_ in words("reporting", "find")
    denying = noun.dep_ == "dobj" and verb.lemma_ in words("reporting", "deny")
    return verb if calling or finding or denying else None


def _carries_content(node: Token) -> bool:
    if node.dep_ == "ccomp":
        return True
    if node.dep_ == "xcomp":
        raised = any(c.dep_ == "dobj" for c in node.head.children) or any(c.dep_ == "nsubj" for c in node.children)
        return node.head.lemma_ in {"claim", "deny"} or raised
    return node.dep_ == "pcomp" and find_holder(node.head).lemma_.lower() in words("reporting", "accuse")


def _is_own_act(verb: Token, parties: Parties) -> bool:
    if verb.lemma_ not in words("reporting", "own_act") or verb.lemma_ in {"agree"}:
        return False
    subjects = make_clause(verb).subjects
    return any(parties.resolve(subject, _ORGANISATIONS) for subject in subjects)


def _make_claimant(token: Token, verb: Token, parties: Parties) -> Claimant | None:
    cue, cue_lemma = verb.text, verb.lemma_.lower()
    if token.lower_ == "i":
        return Claimant(parties.speaker, cue) if parties.speaker else None
    spoken_for = _find_represented(token, parties)
    if spoken_for:
        return Claimant(spoken_for, cue, token.text)
    if token.pos_ == "PRON" and _continues(token, parties):
        return Claimant(parties.last_speaker, cue) if parties.last_speaker else None
    if token.lower_ == "they" and parties.last_people:
        return Claimant(parties.last_people, cue)
    if parties.name_at(token) or token.pos_ == "PRON":
        found = parties.resolve(token, _SPEAKERS)
        return Claimant(found[0], cue) if found else _make_unnamed(token, cue)
    lemma = get_noun(token)
    if (
        lemma not in words("reporting", "unnamed")
        and token.pos_ != "PROPN"
        and cue_lemma not in words("reporting", "speech")
    ):
        return None
    last = parties.last_speaker
    if last and last.entity is None and token.head.pos_ == "VERB" and _repeats(token, last):
        return Claimant(last, cue)
    found = parties.resolve(token, _SPEAKERS)
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


def _find_represented(token: Token, parties: Parties) -> Party | None:
    """The organisation or client of a spokesperson or lawyer."""
    roles = [t for t in (token, *token.children) if t.lemma_.lower() in words("reporting", "spokesperson")]
    for role in roles:
        for near in (*role.subtree, *token.subtree):
            name = parties.name_at(near)
            if name and near != token and name.entity.type in _SPEAKERS and near.head in {role, token, *role.children}:
                return Party(name.entity.name, name.entity.id)
    return None


def _find_aside(head: Token, parties: Parties) -> Iterator[Credit]:
    """A reporting verb hung below the clause it reports: "…, the company said, …"."""
    for node in iter_up(head):
        for child in node.children:
            if child.dep_ in {"parataxis", "intj", "advcl", "ccomp", "conj"} and _is_aside(child, node, head):
                stated = any(c.dep_ == "nsubj" for c in child.children)
                claimant = find_speaker(child, parties) if stated else _read_words_before(child)
                if claimant:
                    yield Credit(claimant, child)


def _read_words_before(verb: Token) -> Claimant | None:
    """The words between the last comma and a verb of speech whose subject the parser lost."""
    start = next((i + 1 for i in range(verb.i - 1, -1, -1) if verb.doc[i].text == ","), None)
    if start is None or not 0 < verb.i - start <= 8:
        return None
    words_before = [t.text for t in verb.doc[start : verb.i] if not (t.i == start and t.dep_ == "det")]
    return Claimant(Party(" ".join(words_before)), verb.text) if words_before else None


def _is_aside(child: Token, node: Token, head: Token) -> bool:
    if child.lemma_.lower() not in words("reporting", "say") or child.i == head.i or child in list(head.ancestors):
        return False
    if child.dep_ == "advcl":
        return any(c.dep_ == "mark" and c.lower_ == "as" for c in child.children)
    content = {"ccomp", "xcomp"} if child.lemma_ in {"tell", "inform"} else {"ccomp", "dobj", "xcomp", "prep"}
    has_content = any(c.dep_ in content for c in child.children)
    has_subject = any(c.dep_ == "nsubj" for c in child.children) or child.lemma_ in {"say", "tell"}
    return not has_content and has_subject and child.i > node.i


def _find_according(head: Token, parties: Parties) -> Iterator[Credit]:
    """Sources of the whole sentence: "according to X", "per X"."""
    for token in head.doc:
        if token.lower_ == "according":
            holders = [t for c in token.children if c.lower_ == "to" for t in c.children if t.dep_ == "pobj"]
        elif token.lower_ == "per" and token.dep_ == "prep":
            holders = [t for t in token.children if t.dep_ == "pobj" and parties.name_at(t)]
        else:
            continue
        for holder in holders:
            yield from _credit_holder(holder, token, parties)


def _credit_holder(holder: Token, cue: Token, parties: Parties) -> Iterator[Credit]:
    spoken_for = _find_represented(holder, parties)
    found = (spoken_for,) if spoken_for else parties.resolve(holder, _SPEAKERS)
    inside = _find_author(holder, parties)
    party = inside or (found[0] if found else Party(describe(holder)))
    yield Credit(Claimant(party, "according to" if cue.lower_ == "according" else cue.text), cue)


def _find_author(holder: Token, parties: Parties) -> Party | None:
    """Who wrote a document: "a report by X", "a report in X", "X's report"."""
    if parties.name_at(holder):
        return None
    for token in holder.subtree:
        name = parties.name_at(token)
        if name and name.entity.type in _SPEAKERS and token.dep_ in {"pobj", "poss", "compound", "nmod"}:
            return Party(name.entity.name, name.entity.id)
    return None


def _find_cited(verb: Token, parties: Parties) -> Iterator[Credit]:
    """The sources that a report cites: "Reuters reported, citing two people"."""
    if not is_reporting(verb):
        return
    for child in verb.children:
        if child.lower_ == "citing":
            for source in child.children:
                if source.dep_ in {"dobj", "pobj"}:
                    found = parties.resolve(source, _SPEAKERS)
                    yield Credit(Claimant(found[0] if found else Party(describe(source)), "citing"), child)


def _drop_repeats(chain: list[Credit]) -> Iterator[Credit]:
    seen: set[str] = set()
    for credit in chain:
        if credit.claimant.party.name not in seen:
            seen.add(credit.claimant.party.name)
            yield credit
