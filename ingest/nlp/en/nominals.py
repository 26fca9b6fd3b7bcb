"""Acts that a noun names: whose act it is, and how firmly its sentence puts it."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graph.records import Modality
from ingest.nlp.en.clauses import Clause, make_clause
from ingest.nlp.en.firmness import Firmness
from ingest.nlp.en.lexicon import get_noun, words
from ingest.nlp.en.modality import read_firmness

# Between an act and what says how real it is there stand few nouns: "plans for talks about a takeover of".
_REACH = 4


def find_acts(doc: Doc) -> Iterator[Clause]:
    """Each common noun as a clause whose subject is whose act it is, where the sentence says."""
    for token in doc:
        if token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in {"compound", "nmod", "amod"}:
            yield Clause(token, False, _find_doers(token), ())


def _find_doers(noun: Token) -> tuple[Token, ...]:
    holder = noun
    while holder.dep_ == "pobj" and get_noun(holder.head.head) in words("nominal", "plans"):
        holder = holder.head.head  # "Acme's plans for the purchase": whose the plan is, his the act
    owners = tuple(child for node in (noun, holder) for child in node.children if child.dep_ == "poss")
    if owners:
        return owners
    verb = find_light_verb(noun)
    return make_clause(verb).subjects if verb is not None and not make_clause(verb).passive else ()


def find_light_verb(noun: Token) -> Token | None:
    """The verb that says no more than that the act is done: "made an investment", "filed a suit"."""
    verb = noun.head if noun.dep_ == "dobj" else None
    return verb if verb is not None and verb.lemma_.lower() in words("nominal", "light") else None


def read_act_firmness(noun: Token) -> Firmness:
    """How firmly the sentence puts an act that it names: as a fact, unless a word on the way up says less."""
    verb = find_light_verb(noun)
    firmness = read_firmness(verb) if verb is not None else Firmness()
    if verb is not None and verb.lemma_.lower() in words("nominal", "pursuing"):
        firmness.weaken(Modality.PREDICTED, verb)
    _read_adjectives(noun, firmness)
    if verb is None:
        _read_above(noun, firmness)
    if noun.doc.text.rstrip().endswith("?"):
        firmness.weaken(Modality.QUESTIONED, noun.doc[-1])
    return firmness


def _read_adjectives(noun: Token, firmness: Firmness) -> None:
    for child in noun.children:
        lower = child.lower_
        if lower in words("nominal", "unborn"):
            firmness.weaken(Modality.PREDICTED, child)
        elif lower in words("nominal", "charged"):
            firmness.weaken(Modality.ALLEGED, child)
        elif lower in words("nominal", "told"):
            firmness.weaken(Modality.REPORTED, child)
        elif lower in words("nominal", "void") or (child.dep_ == "det" and lower in {"no", "any"}):
            firmness.usable = False
        elif child.dep_ in {"compound", "nmod"} and get_noun(child) in words("nominal", "plans"):
            firmness.weaken(Modality.PREDICTED, child)
    if get_noun(noun) in words("nominal", "plans"):
        firmness.weaken(Modality.PREDICTED, noun)


def _read_above(noun: Token, firmness: Firmness) -> None:
    """The nouns and the verb that the act stands under: "plans for", "allegations of", "weighing", "blocked"."""
    node = noun
    for _ in range(_REACH):
        if node.dep_ == "ROOT" or node.head == node:
            return
        child, node = node, node.head
        lemma = node.lemma_.lower()
        if node.pos_ in {"NOUN", "PROPN"} and child.dep_ == "prep":
            _read_noun_above(node, lemma, firmness)
        elif node.pos_ in {"VERB", "AUX"}:
            _read_verb_above(node, child, lemma, firmness)
            return
        elif child.dep_ in {"poss", "conj", "appos"}:
            return


def _read_noun_above(noun: Token, lemma: str, firmness: Firmness) -> None:
    if lemma in words("nominal", "plans") | words("modality", "plan_noun"):
        firmness.weaken(Modality.PREDICTED, noun)
    elif lemma in words("nominal", "charges"):
        firmness.weaken(Modality.ALLEGED, noun)
    elif lemma in words("reporting", "content_rumor"):
        firmness.weaken(Modality.REPORTED, noun)
    elif lemma in words("reporting", "content_guess"):
        firmness.weaken(Modality.SPECULATED, noun)
    elif lemma in words("nominal", "ends"):
        firmness.usable = False


def _read_verb_above(verb: Token, child: Token, lemma: str, firmness: Firmness) -> None:
    done_to = child.dep_ in {"dobj", "nsubjpass", "prep"}
    if done_to and lemma in words("nominal", "undoing"):
        firmness.usable = False
    elif done_to and lemma in words("nominal", "pursuing") | words("modality", "consider"):
        firmness.weaken(Modality.PREDICTED, verb)
    elif (child.dep_ in {"nsubj", "nsubjpass"} and lemma in words("nominal", "failing")) or any(
        c.dep_ in {"neg", "mark"} and c.lower_ in {"not", "never", "n't", "if", "unless", "whether"}
        for c in verb.children
    ):
        firmness.usable = False
    elif child.dep_ in {"nsubj", "nsubjpass"} and any(
        c.dep_ == "aux" and c.lower_ in {"would", "could", "might", "may"} for c in verb.children
    ):
        firmness.weaken(Modality.PREDICTED, verb)
