"""Who says what a clause states: the chain of claimants, outermost first.

Each reporting verb above the clause adds its subject; "according to", "per" and "citing" add theirs; a quotation that
runs over several sentences keeps its speaker. Whoever was told is no claimant.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from graph.records import Claimant, EntityType, Party
from ingest.nlp.en.claimants import Credit, find_speaker, is_reporting, make_claimant
from ingest.nlp.en.clauses import find_holder, make_clause
from ingest.nlp.en.denials import find_falsity
from ingest.nlp.en.firmness import foresees, iter_up
from ingest.nlp.en.inserts import find_inserts, is_parted
from ingest.nlp.en.labels import find_label
from ingest.nlp.en.lexicon import get_noun, words
from ingest.nlp.en.parties import Parties
from ingest.nlp.en.refuted import find_rejection
from ingest.nlp.en.sources import find_cited, find_named, find_quoted
from ingest.nlp.en.tails import find_tail

_ORGANISATIONS = frozenset({EntityType.COMPANY, EntityType.INSTITUTION})

# "Expressed frustration that the app crashes": what is so is in the words of whoever minds.
_VOICING = frozenset({"express", "voice"})
_MAKING = frozenset({"make", "repeat", "reiterate", "raise", "push", "float", "advance", "press"})


def find_chain(head: Token, parties: Parties, *, result: bool = False) -> tuple[Credit, ...]:
    """The claimants of the clause of a verb, outermost first, as far as its own sentence names them.

    result  the clause tells what something can do, scores or costs: whoever announces that claims it, while the
            announcement of a release or a deal is the announcer's own act
    """
    inner = [credit for node in _iter_scope(head) if (credit := _read_governor(node, parties, result=result))]
    inner.extend(_find_aside(head, parties))
    if not inner and (tail := find_tail(head, parties)):
        inner.append(tail)
    outer = [*find_label(head, parties), *find_named(head, parties)]
    ordered = [*outer, *reversed(inner)] or list(_find_reckoner(head, parties))
    verbs = (*(node.head for node in iter_up(head)), *(credit.cue for credit in ordered))
    cited = [credit for verb in dict.fromkeys(verbs) for credit in find_cited(verb, parties)]
    if ordered and not cited:
        cited = [credit for credit in find_quoted(head.doc, parties) if credit.cue.i > ordered[0].cue.i]
    return tuple(_drop_repeats([*ordered, *cited]))


def _iter_scope(head: Token) -> Iterator[Token]:
    """The way up to whoever may speak: a circumstance with a reporting verb of its own is nobody else's words."""
    for node in iter_up(head):
        yield node
        if node.dep_ == "advcl" and node != head and is_reporting(node):
            return


def _read_governor(node: Token, parties: Parties, *, result: bool) -> Credit | None:
    """The credit that the governor of a clause gives for it."""
    if node.dep_ == "ROOT" or is_parted(node, node.head):
        return None
    if node.dep_ == "ccomp" and node.head.lemma_.lower() in words("reporting", "sure"):
        return _read_sure(node.head, parties)
    holding = _find_holding(node)
    if holding is None and not _carries_content(node):
        return None
    verb = holding or (node.head if node.dep_ != "pcomp" else find_holder(node.head))
    if holding is None and (not is_reporting(verb) or (not result and _is_own_act(verb, parties))):
        return None
    claimant = find_speaker(verb, parties)
    return Credit(claimant, verb) if claimant else None


def _read_sure(word: Token, parties: Parties) -> Credit | None:
    """ "Is convinced that", "is adamant that": the belief of whoever is so."""
    verb = word if word.pos_ == "VERB" else word.head
    for child in verb.children:
        if child.dep_ == ("nsubjpass" if word.pos_ == "VERB" else "nsubj"):
            claimant = make_claimant(child, word, parties)
            return Credit(claimant, word) if claimant else None
    return None


def _find_holding(node: Token) -> Token | None:
    """The verb that holds its content by a noun: "denied reports that", "found no evidence that"."""
    noun = node.head.head if node.dep_ == "pcomp" else node.head
    if node.dep_ not in {"acl", "ccomp", "relcl", "appos", "pcomp"} or noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    verb = noun.head
    if noun.dep_ == "pobj" and (rejecting := find_rejection(noun)) is not None and rejecting.pos_ == "VERB":
        return rejecting
    if noun.dep_ not in {"dobj", "nsubj"} or verb.pos_ != "VERB":
        return None
    calling = verb.lemma_ in words("reporting", "call") and find_falsity(noun) is not None
    held = noun.dep_ == "dobj" and get_noun(noun) in words("reporting", "content_evidence")
    finding = held and verb.lemma_ in words("reporting", "find")
    denying = find_rejection(noun) == verb
    voicing = noun.dep_ == "dobj" and verb.lemma_ in _VOICING and any(c.lower_ == "that" for c in node.children)
    return verb if calling or finding or denying or voicing or _is_made_point(noun, node) else None


def _is_made_point(noun: Token, node: Token) -> bool:
    """ "Made the point that", "repeated his claim that"."""
    made = noun.dep_ == "dobj" and noun.head.lemma_ in _MAKING and get_noun(noun) in words("reporting", "points")
    return made and any(c.lower_ == "that" and c.dep_ not in {"nsubj", "nsubjpass"} for c in node.children)


def _carries_content(node: Token) -> bool:
    if node.dep_ == "ccomp" or _is_fragment(node):
        return True
    if node.dep_ == "xcomp":
        raised = any(c.dep_ == "dobj" for c in node.head.children) or any(c.dep_ == "nsubj" for c in node.children)
        return node.head.lemma_ in {"claim", "deny"} or raised
    return node.dep_ == "pcomp" and find_holder(node.head).lemma_.lower() in words("reporting", "accuse")


def _is_fragment(node: Token) -> bool:
    """ "Trained on 100 GPUs, says Doe": words without a subject before a verb of speech that stands before its own."""
    speaking = node.head.lemma_.lower() in words("reporting", "speech") and node.head.dep_ == "ROOT"
    inverted = any(c.dep_ == "nsubj" and c.i > node.head.i for c in node.head.children)
    return node.dep_ == "advcl" and node.i < node.head.i and speaking and inverted


def _is_own_act(verb: Token, parties: Parties) -> bool:
    if verb.lemma_ not in words("reporting", "own_act") or verb.lemma_ in {"agree"}:
        return False
    subjects = make_clause(verb).subjects
    return any(parties.resolve(subject, _ORGANISATIONS) for subject in subjects)


def _find_aside(head: Token, parties: Parties) -> Iterator[Credit]:
    """A reporting verb hung below the clause it reports: "…, the company said, …"."""
    for child in find_inserts(head):
        stated = any(c.dep_ == "nsubj" for c in child.children)
        claimant = find_speaker(child, parties) if stated else _read_words_before(child)
        if claimant:
            yield Credit(claimant, child)


def _find_reckoner(head: Token, parties: Parties) -> Iterator[Credit]:
    """Who sets a figure: "Acme puts the bill at 3 million", "expects sales of 3 million"."""
    for verb in (head, head.head):
        lemma = verb.lemma_.lower()
        placed = lemma in words("reporting", "put_at") and any(c.lower_ == "at" for c in verb.children)
        if verb.pos_ == "VERB" and (placed or (verb == head and foresees(verb))):
            claimant = find_speaker(verb, parties)
            if claimant:
                yield Credit(claimant, verb)
                return


def _read_words_before(verb: Token) -> Claimant | None:
    """The words between the last comma and a verb of speech whose subject the parser lost."""
    start = next((i + 1 for i in range(verb.i - 1, -1, -1) if verb.doc[i].text == ","), None)
    if start is None or not 0 < verb.i - start <= 8:
        return None
    if not any(t.pos_ in {"NOUN", "PROPN", "PRON", "ADJ"} for t in verb.doc[start : verb.i]):
        return None  # "but as promised, …"
    words_before = [t.text for t in verb.doc[start : verb.i] if not (t.i == start and t.dep_ == "det")]
    return Claimant(Party(" ".join(words_before)), verb.text) if words_before else None


def _drop_repeats(chain: list[Credit]) -> Iterator[Credit]:
    seen: set[str] = set()
    for credit in chain:
        if credit.claimant.party.name not in seen:
            seen.add(credit.claimant.party.name)
            yield credit
