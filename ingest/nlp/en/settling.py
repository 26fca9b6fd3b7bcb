"""How a match is settled: who claims it, how firmly, and whether it is affirmed."""

from spacy.tokens import Token

from graph.records import Claimant, ClaimType, Modality, Party, Polarity, Predicate
from ingest.nlp.en.firmness import Firmness
from ingest.nlp.en.lexicon import get_noun, words
from ingest.nlp.frames import Frame

# What may or should come is what is feared or wanted, not how firmly: "said the rule could hurt start-ups".
_FEARED = frozenset({"said-harm", "said-undo", "said-further"})
# A bid or a plan names the completed act (claims.md, section 2).
_PLANS = frozenset({"bid", "bid-invest", "upside", "downside"})
# Acts: what may be done is yet to come (claims.md, section 2).
_ACTS = frozenset(
    {
        Predicate.RELEASED,
        Predicate.ANNOUNCED,
        Predicate.UPDATED,
        Predicate.OPEN_SOURCED,
        Predicate.WITHDREW,
        Predicate.INVESTED_IN,
        Predicate.ACQUIRED,
        Predicate.RAISED,
        Predicate.JOINED,
        Predicate.LEFT,
        Predicate.SUED,
        Predicate.BANNED,
        Predicate.FINED,
        Predicate.RESTRICTS,
    }
)
# Not done as long as it "is" being done.
_DEALS = frozenset({"raise", "raise-bare", "raise-from", "valued-beside", "acquire", "invest"})
_ONGOING = frozenset(
    {Predicate.ACQUIRED, Predicate.INVESTED_IN, Predicate.RAISED, Predicate.LEFT, Predicate.JOINED, Predicate.WITHDREW}
)
# Verbs that mean their predicate only when they are negated: not letting is banning, not sharing a view disputes it.
_NEGATED = {
    Predicate.BANNED: frozenset({"let", "allow", "permit"}),
    Predicate.DISPUTES: frozenset({"sign", "share", "buy", "agree", "accept"}),
    Predicate.DOUBTS: frozenset({"buy", "believe", "trust", "convince", "persuade", "share"}),
}
# Who finds a breach as a court does: what it finds is no mere accusation (claims.md, section 2).
_RULINGS = frozenset({"find", "rule", "hold", "conclude", "decide", "determine", "convict"})
_CHARGING = frozenset(
    {"claim", "claims", "claimed", "allege", "alleges", "alleged", "suspect", "suspects", "suspected"}
)


def settle_claimants(
    kind: ClaimType, subject: Party, claimants: tuple[Claimant, ...], head: Token
) -> tuple[Claimant, ...]:
    """A stance is its holder's own; a third party that reports it stays. An office named in passing is the text's."""
    if kind is ClaimType.PEOPLE and head.dep_ in {"acl", "relcl", "appos"}:
        return ()
    if kind is not ClaimType.STANCE:
        return claimants
    return tuple(claimant for claimant in claimants if claimant.party.name != subject.name)


def settle_polarity(predicate: Predicate, rule: str, head: Token, firmness: Firmness) -> Polarity:
    """The negation that makes `cannot` what it is, or "does not let them use it" a ban, does not deny it."""
    negative = head.lemma_ in _NEGATED.get(predicate, frozenset())
    if predicate is Predicate.CANNOT or rule == "unconfirmed" or negative:
        return Polarity.AFFIRMED
    return firmness.polarity


def settle_modality(
    frame: Frame, head: Token, polarity: Polarity, claimants: tuple[Claimant, ...], firmness: Firmness
) -> Modality:
    """An accusation that somebody makes or passes on is alleged, whatever its verb (claims.md, section 2)."""
    read = _read_plain_modality(frame, head, firmness)
    if frame.name in _FEARED and read in {Modality.SPECULATED, Modality.PREDICTED}:
        return Modality.ASSERTED
    if (
        firmness.discussed
        and Modality.PREDICTED not in firmness.modalities
        and read
        in {
            Modality.ASSERTED,
            Modality.REPORTED,
            Modality.PREDICTED,
        }
    ):
        return Modality.REPORTED if claimants or read is Modality.REPORTED else Modality.PREDICTED
    ongoing = head.tag_ == "VBG" and any(
        c.lower_ in {"is", "are", "'s", "’s", "’re", "'re", "'m"} for c in head.children
    )
    pending = ongoing and polarity is Polarity.AFFIRMED and (frame.name in _DEALS or frame.predicate in _ONGOING)
    if (frame.name in _PLANS or pending) and read in {
        Modality.ASSERTED,
        Modality.SPECULATED,
    }:
        return Modality.PREDICTED
    if frame.predicate is Predicate.OWNS_HARDWARE and read is Modality.ASSERTED and _is_charge(claimants):
        return Modality.ALLEGED
    if frame.type is not ClaimType.ALLEGATION or read in {Modality.PREDICTED, Modality.QUESTIONED}:
        return read
    if polarity is Polarity.DENIED:
        return read
    if read is Modality.ASSERTED and _is_ruling(head):
        return read
    return Modality.ALLEGED if claimants or read is Modality.REPORTED else read


def _is_charge(claimants: tuple[Claimant, ...]) -> bool:
    """Whether chips are what somebody is charged with holding: "the company, they claim, has 900 H200s"."""
    return bool(claimants) and claimants[-1].cue.lower() in _CHARGING and claimants[-1].party.entity is None


def _is_ruling(head: Token) -> bool:
    """Whether a court states it: "the judges held that Acme infringed"; not what it heard or was told."""
    if (
        head.dep_ not in {"ccomp", "conj"}
        or head.head.lemma_ not in _RULINGS
        or head.head.dep_ not in {"ROOT", "ccomp", "conj"}
    ):
        return False
    if any(child.tag_ == "MD" for child in head.head.children):
        return False
    subjects = [token for token in head.head.children if token.dep_ == "nsubj"]
    return any(
        token.lower_ in words("legal", "judges") or get_noun(token) in words("legal", "judges")
        for subject in subjects
        for token in (subject, *subject.children)
    )


def _read_plain_modality(frame: Frame, head: Token, firmness: Firmness) -> Modality:
    """What was read, where an attempt is no deed and an act that may happen is yet to come."""
    read = firmness.modality
    if firmness.attempted and read is not Modality.PREDICTED and not firmness.denied:
        return Modality.ALLEGED if frame.type is ClaimType.ALLEGATION else Modality.PREDICTED
    if read is Modality.SPECULATED and frame.predicate in _ACTS and _may_come(head):
        return Modality.PREDICTED
    return read


def _may_come(head: Token) -> bool:
    """Whether a verb stands bare under may, might or could: "could merge", not "could have merged"."""
    auxiliaries = {child.lower_ for child in head.children if child.dep_ in {"aux", "auxpass"}}
    ongoing = head.tag_ == "VBG" or (head.tag_ == "VBN" and "be" not in auxiliaries)
    return bool(auxiliaries & words("modality", "may")) and not ongoing and "have" not in auxiliaries


def is_advice(frame: Frame, head: Token) -> bool:
    """What an authority should do is somebody's wish, not a step of it."""
    return frame.type is ClaimType.LEGAL and any(c.dep_ == "aux" and c.lower_ == "should" for c in head.children)
