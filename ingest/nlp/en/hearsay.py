"""What a sentence says of all it tells, beside the verb: "rumour has it", "we are told", "Report: …"."""

from collections.abc import Iterator

from spacy.tokens import Token

from graph.records import Modality
from ingest.nlp.en.firmness import Firmness, iter_up
from ingest.nlp.en.inserts import find_inserts, is_parted
from ingest.nlp.en.labels import find_hedging_label, is_labelled_false
from ingest.nlp.en.lexicon import get_noun, words

# What each kind of reporting verb, put in beside a clause, makes of it.
_INSERTED = (
    ("suspect", Modality.SPECULATED),
    ("forecast", Modality.PREDICTED),
    ("accuse", Modality.ALLEGED),
)
_HUNG = frozenset({"parataxis", "advcl", "ccomp", "conj", "intj"})
_HEARING = frozenset({"hear", "gather", "understand", "learn"})


def read_hearsay(head: Token, firmness: Firmness) -> None:
    """Weakens a clause by what stands beside it or above its line."""
    for insert in find_inserts(head):
        for kind, modality in _INSERTED:
            if insert.lemma_.lower() in words("reporting", kind):
                firmness.weaken(modality, insert)
        if _is_heard(insert):
            firmness.weaken(Modality.REPORTED, insert)
    for token in _iter_told(head):
        firmness.weaken(Modality.REPORTED, token)
    for token in _iter_likely(head):
        firmness.weaken(Modality.SPECULATED, token)
    if (awaited := _find_awaited(head)) is not None:
        firmness.weaken(Modality.PREDICTED, awaited)
    hedged = find_hedging_label(head)
    if hedged is not None:
        label, modality = hedged
        firmness.weaken(modality, label)
    if is_labelled_false(head):
        firmness.usable = False


def _is_heard(verb: Token) -> bool:
    """ "One hears", "I understand": hearsay of nobody."""
    subjects = {c.lower_ for c in verb.children if c.dep_ == "nsubj"}
    return verb.lemma_.lower() in _HEARING and bool(subjects & {"i", "we", "one", "you"})


def _iter_told(head: Token) -> Iterator[Token]:
    """Passives and stories beside a clause: "it is said", "we are told", "as the story goes"."""
    for node in iter_up(head):
        for child in node.children:
            if child.dep_ not in _HUNG or child == head or child in list(head.ancestors) or is_parted(node, child):
                continue
            if any(c.dep_ in {"ccomp", "xcomp", "dobj"} for c in child.children):
                continue
            subjects = [c for c in child.children if c.dep_ in {"nsubj", "nsubjpass"}]
            passive = any(c.dep_ == "auxpass" for c in child.children) and not any(
                c.dep_ == "agent" for c in child.children
            )
            told = child.lemma_.lower() in words("modality", "hearsay_passive") | {"tell"}
            impersonal = any(s.lower_ in {"it", "we", "i", "one"} for s in subjects)
            storied = child.lemma_ in {"go", "run", "have"} and any(
                get_noun(s) in words("reporting", "content_rumor") for s in subjects
            )
            if storied or (passive and told and impersonal):
                yield child


def _iter_likely(head: Token) -> Iterator[Token]:
    """Phrases that leave room for doubt: "in all likelihood", "by the look of it"."""
    for node in iter_up(head):
        for child in node.children:
            if child.dep_ == "prep":
                yield from (t for t in child.children if t.lemma_.lower() in words("modality", "likely_noun"))
                yield from (
                    t for t in child.children if f"{child.lower_} {t.lower_}" in words("modality", "likely_phrases")
                )


def _find_awaited(head: Token) -> Token | None:
    """What an act of the present still waits for: "pending approval, Acme buys Foo"."""
    if head.tag_ not in {"VBZ", "VBP"}:
        return None
    return next((t for t in head.subtree if t.lower_ in words("modality", "awaited") and _awaits(t)), None)


def _awaits(word: Token) -> bool:
    following = [t.lower_ for t in word.doc[word.i + 1 : word.i + 6]]
    return any(t.startswith(("approv", "clearance", "review", "regulat")) for t in following)
