"""Markers and conditions of the frames about what is made and sold: prices, training runs, platforms, abilities."""

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from graph.records import EntityType, Party
from ingest.nlp.en.clauses import Clause, is_elided, iter_companions
from ingest.nlp.en.lexicon import words
from ingest.nlp.en.nouns import describe
from ingest.nlp.en.parties import Parties
from ingest.nlp.frames import Slot

_PRICES = frozenset({"price", "pricing", "cost", "fee", "rate", "expense", "tariff", "bill", "charge", "outlay"})
_MAKING = frozenset(
    {"train", "pretrain", "pre-train", "training", "pretraining", "pre-training", "develop", "build", "create", "run"}
)
_DATASET = frozenset({EntityType.DATASET})
_MATERIAL_TAKES = frozenset({"on", "with", "using", "from"})
_NO_MATERIAL = frozenset(
    {
        "help",
        "aim",
        "goal",
        "view",
        "focus",
        "eye",
        "ease",
        "release",
        "use",
        "day",
        "own",
        "top",
        "time",
        "scratch",
        "start",
        "beginning",
    }
)
_MULTIPLES = frozenset({"twice", "times", "x", "half", "thrice", "fold"})
# Prepositions that put a model on a platform; "in" is one only beside a verb of motion or being.
_PLACING = frozenset({"on", "to", "in", "inside", "into", "onto", "via", "through"})
# What would be done shows nothing; what may or should not be done is somebody's rule.
_WOULD = frozenset({"would", "could", "should", "'d"})
_BARRED = frozenset({"may", "might", "must", "is", "are", "was", "were", "'s"})
# With a negation they say nothing about what the subject is able to do.
_NO_DEED = frozenset(
    {
        "add", "announce", "appear", "beat", "become", "belong", "change", "charge", "come", "comment", "compete",
        "confirm", "contain", "cost", "count", "depend", "deserve", "differ", "do", "earn", "exceed", "exist", "expect",
        "feel", "fly", "get", "go", "have", "intend", "involve", "launch", "lead", "let", "look", "make", "match",
        "matter", "mean", "name", "need", "outperform", "own", "plan", "rank", "release", "rely", "remain", "require",
        "rival", "say", "seem", "sell", "ship", "stay", "stop", "surpass", "use", "want",
    }
)  # fmt: skip


def _read_made(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """What a sum or a machine went into: "spent $5m training V3", "the training of V3 took 2,000 chips"."""
    for token in (*clause.head.subtree, *(t for s in clause.subjects for t in s.subtree)):
        if token.lemma_.lower() not in _MAKING:
            continue
        for child in token.children:
            if child.dep_ in {"dobj", "nsubjpass", "poss", "compound"} and token != clause.head:
                yield from parties.resolve_all(child, slot.types)
        if token.dep_ in {"compound", "amod"} and parties.name_at(token.head):  # "training V3", taken for a phrase
            yield from parties.resolve_all(token.head, slot.types)
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "for"} and token.pos_ in {"NOUN", "PROPN"}:
                for held in child.children:
                    yield from parties.resolve_all(held, slot.types)


def _read_price_of(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """Whose price it is, or is a share of: "cut the price of X", "a tenth of the price of X", "half X's price"."""
    for token in clause.head.subtree:
        if token.lemma_.lower() not in _PRICES:
            continue
        for child in token.children:
            if child.dep_ in {"poss", "nsubj"} and child.pos_ != "PRON" and child not in clause.subjects:
                yield from parties.resolve_all(child, slot.types)
            if child.dep_ == "prep" and child.lower_ in {"of", "for"}:
                for held in child.children:
                    yield from parties.resolve_all(held, slot.types)


def _read_material(slot: Slot, clause: Clause, parties: Parties) -> Iterator[Party]:
    """What a model learns from, in its own words: "trained on forty years of transcripts"."""
    for preposition in clause.head.children:
        if preposition.dep_ not in {"prep", "advcl"} or preposition.lower_ not in _MATERIAL_TAKES:
            continue
        for noun in preposition.children:
            if noun.dep_ not in {"pobj", "dobj"}:
                continue
            yield from parties.resolve_all(noun, _DATASET)
            if noun.pos_ == "NOUN" and _is_material(noun, parties):
                yield Party(describe(noun))


def _is_material(noun: Token, parties: Parties) -> bool:
    named = any(parties.name_at(token) for token in noun.subtree if token.dep_ in {"compound", "appos", "nmod"})
    kinds = words("nouns", "hardware") | words("nouns", "company") | _NO_MATERIAL | {"token", "parameter", "hour"}
    near = {token.lemma_.lower().removesuffix("s") for token in noun.subtree}
    return not named and not near & kinds and not any(token.is_currency for token in noun.subtree)


READERS: dict[str, Callable[[Slot, Clause, Parties], Iterator[Party]]] = {
    "<made>": _read_made,
    "<price-of>": _read_price_of,
    "<material>": _read_material,
}


def _has_ratio_price(clause: Clause) -> bool:
    """Whether a clause names a price as a share of another: "at a tenth of the price", "is half the price"."""
    heads = {"at", "for"} if clause.head.lemma_ not in {"be", "cost", "have", "charge", "come"} else None
    return any(
        token.lemma_.lower() in _PRICES
        for child in clause.head.children
        if (heads is None or child.lower_ in heads) and child not in clause.subjects
        for token in (child, *iter_companions(child, 5))
    )


def _has_margin(clause: Clause) -> bool:
    """Whether a lead is measured: "leads X by four points"."""
    return any(c.lower_ == "by" and any(t.like_num for t in c.subtree) for c in clause.head.children)


def _has_price_subject(clause: Clause) -> bool:
    return any(token.lemma_.lower() in _PRICES for token in clause.subjects)


def _has_spending_subject(clause: Clause) -> bool:
    said = clause.subjects or clause.objects
    return any(token.lemma_.lower() in {"capex", "expenditure", "spending", "outlay"} for token in said)


def _is_flat(clause: Clause) -> bool:
    """Whether a sum hangs on the verb as its price: "costs $99", "starts at $99", "is $99"."""
    if clause.head.lemma_ in {"cost", "price", "retail", "sell"}:
        return True
    if clause.head.lemma_ == "be":
        return any(c.dep_ == "attr" and any(t.is_currency for t in c.children) for c in clause.head.children)
    return any(
        child.dep_ == "prep" and child.lower_ in {"at", "for", "from"} and any(t.is_currency for t in child.subtree)
        for child in clause.head.children
    )


def _is_beside(clause: Clause) -> bool:
    """Whether the verb itself takes the place: "lands on X", not "is the best model on X"."""
    tokens = [clause.head, *(c for c in clause.head.children if c.dep_ in {"prt", "advmod"})]
    complements = any(c.dep_ in {"attr", "acomp"} for c in clause.head.children)
    placed = any(c.dep_ == "prep" and c.lower_ in _PLACING for token in tokens for c in token.children)
    return placed and not (complements and clause.head.lemma_ == "be")


def _has_multiple(clause: Clause) -> bool:
    return any(token.lower_ in _MULTIPLES or token.lower_.endswith("fold") for token in clause.head.subtree)


def _tells_of_weights(clause: Clause) -> bool:
    return any(token.lemma_.lower() in {"weight", "code", "checkpoint"} for token in clause.subjects + clause.objects)


def _is_named(clause: Clause) -> bool:
    """Whether the subject is no pronoun: what "it" stands for is too often whoever was named last."""
    return any(token.pos_ != "PRON" for token in clause.subjects)


def _is_in_points(clause: Clause) -> bool:
    """Whether what is lost is a comparison, not a customer: "lost to X", "loses two points to X"."""
    return all(token.lemma_ in {"point", "%", "percent", "game", "match", "duel"} for token in clause.objects)


def _tells_of_training(clause: Clause) -> bool:
    return any(token.lemma_.lower() in _MAKING - {"run", "build", "create"} for token in clause.head.subtree)


def _is_doing(clause: Clause) -> bool:
    """Whether a verb tells what its subject does by itself: active, finite, not negated, no verb of saying.

    What it did once shows less: of 18 claims from past tenses in practice 5 were right, of 33 from the present 22.
    """
    head = clause.head
    told = any(c.dep_ in {"neg", "ccomp", "preconj"} or (c.dep_ == "aux" and c.lower_ in _WOULD) for c in head.children)
    if head.i and head.text[:1].isupper():
        return False  # a headline: what tackles, wows or soars in one shows no ability
    named = _is_named(clause) or is_elided(clause)
    tags = {"VBZ", "VBP", "VB"} if is_elided(clause) else {"VBZ"}
    return named and not clause.passive and not told and head.tag_ in tags


def _is_not_doing(clause: Clause) -> bool:
    """Whether a verb of doing is negated: "does not sing", "won't draw", "never phones home"."""
    head = clause.head
    barred = any(c.dep_ == "aux" and c.lower_ in _BARRED | _WOULD for c in head.children)
    negated = any(c.dep_ == "neg" for c in head.children) and not barred
    return (
        negated
        and _is_named(clause)
        and not clause.passive
        and head.pos_ == "VERB"
        and head.lemma_.lower() not in _NO_DEED
    )


CONDITIONS: dict[str, Callable[[Clause], bool]] = {
    "<ratio-price>": _has_ratio_price,
    "<price-subject>": _has_price_subject,
    "<spending-subject>": _has_spending_subject,
    "<flat>": _is_flat,
    "<points>": _is_in_points,
    "<training>": _tells_of_training,
    "<margin>": _has_margin,
    "<passive>": lambda clause: clause.passive,
    "<beside>": _is_beside,
    "<multiple>": _has_multiple,
    "<weights>": _tells_of_weights,
    "<named>": _is_named,
    "<doing>": _is_doing,
    "<not-doing>": _is_not_doing,
}
