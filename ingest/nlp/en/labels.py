"""Who a headline credits before a colon or after its last mark: "Reuters: …", "… : sources", "… — FT"."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graph.records import Claimant, EntityType, Modality, Party
from ingest.nlp.en.claimants import Credit
from ingest.nlp.en.lexicon import words
from ingest.nlp.en.parties import Parties, make_party

_VOICES = frozenset({EntityType.PUBLICATION, EntityType.PERSON})
_BODIES = frozenset({EntityType.COMPANY, EntityType.INSTITUTION})
_HEDGING = (
    ("reporting", "content_rumor", Modality.REPORTED),
    ("reporting", "content_claim", Modality.ALLEGED),
    ("modality", "unsure_label", Modality.REPORTED),
    ("modality", "guess_noun", Modality.SPECULATED),
    ("modality", "forecast_noun", Modality.PREDICTED),
)
# tokens of a label: "AI chief Jo Doe:"
_LONGEST = 5


def find_label(head: Token, parties: Parties) -> Iterator[Credit]:
    """The speaker whom a label names for the clause of a verb: before a colon, or after the last dash or colon."""
    for label in (_find_opening(head), _find_closing(head)):
        credit = _read_label(label, parties) if label is not None else None
        if credit:
            yield credit


def find_hedging_label(head: Token) -> tuple[Token, Modality] | None:
    """The label that calls a line hearsay or a guess: "Rumour: …", "My bet: …", "…: report"."""
    for label in (_find_opening(head), _find_closing(head), *_iter_bracketed(head.doc)):
        if label is not None:
            for section, name, modality in _HEDGING:
                if {label.lemma_.lower(), label.lower_} & words(section, name):
                    return label, modality
    return None


def is_labelled_false(head: Token) -> bool:
    """Whether a label takes its line back: "Myth: …", "Hoax: …", "…: false"."""
    labels = (_find_opening(head), _find_closing(head), *_iter_bracketed(head.doc))
    return any(label is not None and label.lemma_.lower() in words("modality", "false") for label in labels)


def _iter_bracketed(doc: Doc) -> Iterator[Token]:
    """A word in brackets that opens or ends a line: "[Rumour] …", "… (unconfirmed)"."""
    if len(doc) > 3:
        for first, word, last in (doc[:3], doc[-3:]):
            if first.text in "([" and last.text in ")]":
                yield word


def _find_opening(head: Token) -> Token | None:
    """The last word before a colon near the start of a line, when a clause with a verb follows it."""
    doc = head.doc
    for token in doc[: _LONGEST + 1]:
        if token.text == ":" and 0 < token.i < head.i:
            own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in head.children) and head.head.i < token.i
            finite = head.pos_ in {"VERB", "AUX"} and (own or head.dep_ in {"ROOT", "ccomp", "conj", "parataxis"})
            plain = all(t.pos_ not in {"VERB", "AUX"} for t in doc[: token.i - 1])
            return doc[token.i - 1] if finite and plain else None
    return None


def _find_closing(head: Token) -> Token | None:
    """The last word of a line after a colon or dash, with nothing but its attributes before it."""
    tokens = [token for token in head.doc if not token.is_space]
    if len(tokens) < 4 or tokens[-1].is_punct:
        return None
    for back in range(2, 5):
        mark = tokens[-back] if back < len(tokens) else tokens[0]
        if mark.text in {":", "—", "–", "-", ";"} and mark.i > head.i:
            return tokens[-1] if all(t.pos_ in {"NOUN", "PROPN", "ADJ", "DET"} for t in tokens[1 - back :]) else None
    return None


def _read_label(label: Token, parties: Parties) -> Credit | None:
    name = parties.name_at(label)
    if name is not None:
        subjects = {t.i for t in label.doc if t.dep_ in {"nsubj", "nsubjpass"}}
        speaks = name.entity.type in _VOICES or (name.entity.type in _BODIES and label.i not in subjects)
        return Credit(Claimant(make_party(name), label.text), label) if speaks else None
    lemma = label.lemma_.lower()
    if lemma in words("reporting", "label") and label.pos_ in {"NOUN", "PROPN"}:
        return Credit(Claimant(Party(label.text.lower()), label.text), label)
    return None
