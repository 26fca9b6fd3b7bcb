"""What the parser hung on a circumstance, put back under its verb: "denied in a letter that …", "denied …, having …".

Left where it was, the content of a denial would read as said in the article's own voice.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ingest.nlp.en.lexicon import words

_CLAUSES = frozenset({"relcl", "acl", "ccomp", "advcl"})
# Of a relative clause "that" is an object or the subject: "in a report that it published".
_OPENERS = frozenset({"mark", "advmod", "nsubj"})
_SPEECH = ("say", "deny", "suspect", "forecast", "own_act")
_TELL = frozenset({"tell", "inform", "assure", "warn", "notify", "remind", "persuade", "convince"})
_CONTENTS = ("content_claim", "content_rumor", "content_guess", "content_question", "content_evidence")
_TOLD = frozenset({"ccomp", "xcomp", "dobj"})


def put_back_contents(doc: Doc) -> None:
    """Hangs each such clause on its verb; the rest of the parse stays."""
    for clause, verb in [*_iter_that_clauses(doc), *_iter_denied_gerunds(doc)]:
        clause.head = verb
        clause.dep_ = "ccomp"


def _iter_that_clauses(doc: Doc) -> Iterator[tuple[Token, Token]]:
    for clause in doc:
        holder = _skip_participle(clause.head)
        if clause.dep_ in _CLAUSES and holder.pos_ in {"NOUN", "PROPN", "NUM", "PRON"}:
            opener = next((child for child in clause.children if child.lower_ == "that"), None)
            verb = _find_verb(holder)
            if opener and verb and _opens(opener, clause) and not _has_content(verb):
                opener.dep_ = "mark"
                yield clause, verb


def _opens(that: Token, clause: Token) -> bool:
    """Whether the clause has a subject of its own after "that"."""
    subjects = [child for child in clause.children if child.dep_ in {"nsubj", "nsubjpass", "expl"} and child != that]
    spare = that.dep_ == "dobj" and sum(child.dep_ == "dobj" for child in clause.children) > 1
    return (spare or that.dep_ in _OPENERS) and any(subject.i > that.i for subject in subjects)


def _skip_participle(holder: Token) -> Token:
    """The memo of "wrote in a memo seen by Reuters that …"."""
    told = any(holder.lemma_.lower() in words("reporting", kind) for kind in _SPEECH)
    return holder.head if holder.dep_ == "acl" and holder.tag_ == "VBN" and not told else holder


def _find_verb(noun: Token) -> Token | None:
    """The verb of speech before a noun that tells when, where or to whom: "denied for the first time"."""
    if noun.lower_ == "it" and noun.dep_ == "dobj" and noun.head.lemma_ == "have":
        return noun.head  # "rumour has it that"
    if noun.dep_ == "dobj" and noun.head.lemma_ in _TELL and noun.i > noun.head.i:
        return noun.head  # "told a user that"
    node = noun
    while node.dep_ in {"pobj", "prep", "npadvmod", "dative"} and node.head.i < node.i:
        if any(node.lemma_.lower() in words("reporting", kind) for kind in _CONTENTS):
            return None
        node = node.head
    said = any(node.lemma_.lower() in words("reporting", kind) for kind in _SPEECH)
    return node if node != noun and node.pos_ == "VERB" and said else None


def _iter_denied_gerunds(doc: Doc) -> Iterator[tuple[Token, Token]]:
    for clause in doc:
        verb = clause.head
        if clause.dep_ != "advcl" or clause.i < verb.i or verb.lemma_.lower() not in words("reporting", "deny"):
            continue
        gerund = clause.tag_ == "VBG" or any(c.dep_ == "aux" and c.lower_ == "having" for c in clause.children)
        marked = any(child.dep_ in {"mark", "nsubj"} for child in clause.children)
        if gerund and not marked and not _has_content(verb):
            yield clause, verb


def _has_content(verb: Token) -> bool:
    told = verb.lemma_ in _TELL
    return any(c.dep_ in _TOLD and c.lower_ != "it" and not (told and c.dep_ == "dobj") for c in verb.children)
