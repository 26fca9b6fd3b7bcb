"""The claims of an English story: frames over clauses, then who says it and how firmly."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from graph.records import (
    Claimant,
    ClaimType,
    Cue,
    CueKind,
    EntityType,
    Modality,
    Party,
    Polarity,
    Predicate,
)
from ingest.nlp.document import Draft, Sentence, Story
from ingest.nlp.en.amounts import OwnAmounts
from ingest.nlp.en.attribution import Credit, find_chain
from ingest.nlp.en.clauses import find_clauses
from ingest.nlp.en.dates import find_date
from ingest.nlp.en.matching import Match, Matcher
from ingest.nlp.en.modality import Firmness, read_firmness
from ingest.nlp.en.parties import Parties
from ingest.nlp.en.quotes import Quotes
from ingest.nlp.frames import Frame

# A bid or a plan names the completed act (claims.md, section 2).
_PLANS = frozenset({"bid"})
# Not done as long as it "is" being done.
_DEALS = frozenset({"raise", "acquire", "invest"})


class Reader:
    """Reads stories with one set of frames."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def read(self, story: Story) -> Iterator[Draft]:
        """The claims of a story in the order of the text, none twice."""
        parties = Parties(story)
        quotes = Quotes()
        seen: set[tuple[object, ...]] = set()
        for sentence in story.sentences:
            parties.enter(sentence)
            quotes.enter(sentence, parties)
            for draft in self._read_sentence(sentence, parties, quotes, story.article.published_at.date()):
                key = (draft.span, draft.predicate, draft.subject, draft.object, draft.quantity, draft.benchmark)
                if key not in seen:
                    seen.add(key)
                    yield draft

    def _read_sentence(self, sentence: Sentence, parties: Parties, quotes: Quotes, today: date) -> Iterator[Draft]:
        amounts = OwnAmounts(sentence)
        for clause in find_clauses(sentence.doc):
            parties.speaker = quotes.find_inner_speaker(clause.head, parties)
            matches = self._matcher.match(clause, sentence, parties, amounts)
            if not matches:
                continue
            firmness = read_firmness(clause.head)
            if not firmness.usable:
                continue
            chain = find_chain(clause.head, parties)
            claimants = tuple(credit.claimant for credit in chain) or quotes.find_carried(sentence)
            for match in matches:
                draft = _make_draft(match, sentence, firmness, chain, claimants, today)
                if draft:
                    yield draft


def _make_draft(
    match: Match,
    sentence: Sentence,
    firmness: Firmness,
    chain: tuple[Credit, ...],
    claimants: tuple[Claimant, ...],
    today: date,
) -> Draft | None:
    frame, head = match.frame, match.clause.head
    subject = match.subject or Party("unnamed party")
    speakers = _settle_claimants(frame.type, subject, claimants)
    polarity = _settle_polarity(frame.predicate, frame.name, firmness)
    modality = _settle_modality(frame, head, polarity, speakers, firmness)
    return Draft(
        lang=sentence.lang,
        span=sentence.span,
        type=frame.type,
        predicate=frame.predicate,
        subject=subject,
        object=match.object,
        quantity=match.quantity,
        benchmark=match.benchmark,
        claimants=speakers,
        modality=modality,
        polarity=polarity,
        date=find_date(sentence.text, today, head.idx, ahead=modality is Modality.PREDICTED),
        cues=tuple(_iter_cues(match, sentence, firmness, chain)),
        rule=frame.name,
    )


def _settle_claimants(kind: ClaimType, subject: Party, claimants: tuple[Claimant, ...]) -> tuple[Claimant, ...]:
    """A stance is its holder's own; a third party that reports it stays."""
    if kind is not ClaimType.STANCE:
        return claimants
    return tuple(claimant for claimant in claimants if claimant.party.name != subject.name)


def _settle_polarity(predicate: Predicate, rule: str, firmness: Firmness) -> Polarity:
    """The negation that makes `cannot` what it is does not deny it."""
    if predicate is Predicate.CANNOT or rule == "unconfirmed":
        return Polarity.AFFIRMED
    return firmness.polarity


def _settle_modality(
    frame: Frame, head: Token, polarity: Polarity, claimants: tuple[Claimant, ...], firmness: Firmness
) -> Modality:
    """An accusation that somebody makes or passes on is alleged, whatever its verb (claims.md, section 2)."""
    read = firmness.modality
    ongoing = head.tag_ == "VBG" and any(c.lower_ in {"is", "are", "'s", "’s"} for c in head.children)
    if (frame.name in _PLANS or (frame.name in _DEALS and ongoing)) and read in {Modality.ASSERTED, Modality.SPECULATED}:
        return Modality.PREDICTED
    if frame.type is not ClaimType.ALLEGATION or read in {Modality.PREDICTED, Modality.QUESTIONED}:
        return read
    if polarity is Polarity.DENIED:
        return read
    return Modality.ALLEGED if claimants or read is Modality.REPORTED else read


def _iter_cues(match: Match, sentence: Sentence, firmness: Firmness, chain: tuple[Credit, ...]) -> Iterator[Cue]:
    yield _make_cue(CueKind.TRIGGER, match.clause.head, sentence)
    for token in dict.fromkeys(firmness.modal_cues):
        yield _make_cue(CueKind.MODALITY, token, sentence)
    for token in dict.fromkeys(firmness.polar_cues):
        yield _make_cue(CueKind.POLARITY, token, sentence)
    for credit in chain:
        yield _make_cue(CueKind.ATTRIBUTION, credit.cue, sentence)


def _make_cue(kind: CueKind, token: Token, sentence: Sentence) -> Cue:
    start = sentence.span[0] + token.idx
    return Cue(kind, (start, start + len(token.text)), token.text)
