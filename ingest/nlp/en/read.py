"""The claims of an English story: frames over clauses, then who says it and how firmly."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Token

from graph.readers import RULES
from graph.records import (
    Claimant,
    ClaimType,
    Cue,
    CueKind,
    EntityType,
    Modality,
    PartialDate,
    Polarity,
    Predicate,
)
from ingest.nlp.document import Draft, Sentence, Story
from ingest.nlp.en.amounts import OwnAmounts
from ingest.nlp.en.attribution import find_chain
from ingest.nlp.en.claimants import Credit, is_reporting
from ingest.nlp.en.clauses import Clause, find_clauses, is_elided
from ingest.nlp.en.dates import find_dates, find_headings, settle_date
from ingest.nlp.en.doubtful import is_doubtful
from ingest.nlp.en.firmness import Firmness
from ingest.nlp.en.matching import Match, Matcher, find_verb
from ingest.nlp.en.modality import read_firmness
from ingest.nlp.en.parties import Parties
from ingest.nlp.en.quotes import Quotes
from ingest.nlp.en.settling import is_advice, settle_claimants, settle_modality, settle_polarity
from ingest.nlp.en.statements import Statements

_UNDATED = frozenset({ClaimType.COMPUTE, ClaimType.STANCE, ClaimType.COST})
# "Nearly matches" and "almost doubled" still say how much.
_MEASURED = frozenset({ClaimType.BENCHMARK, ClaimType.MARKET, ClaimType.COST, ClaimType.COMPUTE})
# What is claimed of a thing even where its maker announces it.
_RESULTS = frozenset({ClaimType.BENCHMARK, ClaimType.CAPABILITY, ClaimType.COST})
_STEPS_OF_LAW = frozenset(
    {
        Predicate.FINED,
        Predicate.BANNED,
        Predicate.RULED_FOR,
        Predicate.RULED_AGAINST,
        Predicate.REGULATES,
        Predicate.RESTRICTS,
    }
)
_VIEWS = frozenset({ClaimType.STANCE, ClaimType.LEGAL, ClaimType.ALLEGATION})
_MADE_OF = frozenset({Predicate.TRAINED_WITH, Predicate.TRAINED_ON, Predicate.HAS_SIZE, Predicate.BASED_ON})
_MODEL = frozenset({EntityType.MODEL})
_BARE_METHODS = frozenset({"method", "methods", "technique", "techniques", "approach", "approaches", "mechanism"})
# Of a hundred claims drawn at random "it can …" was right for two of eight: these want a subject that is sure.
_OWN_NAMES = frozenset({"can", "lead-field"})
_MODELS = frozenset({"model", "llm"})
_TAKEN_UP = _MODELS | {"company", "firm", "startup", "start-up", "lab", "giant", "group", "maker", "chipmaker"}


class Reader:
    """Reads stories with one set of frames for verbs, and one of statements without."""

    def __init__(self, matcher: Matcher, statements: Statements) -> None:
        self._matcher = matcher
        self._statements = statements

    def read(self, story: Story) -> Iterator[Draft]:
        """The claims of a story in the order of the text, none twice."""
        parties = Parties(story)
        quotes = Quotes()
        headings = find_headings(story.article.text)
        seen: set[tuple[object, ...]] = set()
        for sentence in story.sentences:
            parties.enter(sentence)
            quotes.enter(sentence, parties)
            today = story.article.published_at.date()
            for draft in _drop_lesser(tuple(self._read_sentence(sentence, parties, quotes, today))):
                draft = _date_by_heading(draft, headings)
                key = (draft.span, draft.predicate, draft.subject, draft.object, draft.quantity, draft.benchmark)
                if key not in seen:
                    seen.add(key)
                    yield draft

    def _read_sentence(self, sentence: Sentence, parties: Parties, quotes: Quotes, today: date) -> Iterator[Draft]:
        amounts = OwnAmounts(sentence)
        verbal = list(self._read_verbs(sentence, parties, quotes, amounts, today))
        yield from verbal
        parties.speaker = quotes.find_speaker()
        for found in self._statements.find(sentence, parties, amounts, quotes):
            if is_doubtful(found.match, sentence, parties):
                continue
            draft = _make_draft(found.match, sentence, found.firmness, found.chain, found.claimants, today)
            if draft and not any(_says_as_much(other, draft) for other in verbal):
                yield draft

    def _read_verbs(
        self, sentence: Sentence, parties: Parties, quotes: Quotes, amounts: OwnAmounts, today: date
    ) -> Iterator[Draft]:
        told: set[str] = set()
        for clause in find_clauses(sentence.doc):
            parties.speaker = quotes.find_inner_speaker(clause.head, parties)
            matches = self._matcher.match(clause, sentence, parties, amounts)
            told |= {match.quantity.text for match in matches if match.quantity}
            yield from self._settle(matches, sentence, parties, quotes, today)
        for match in self._matcher.match_anchored(sentence, amounts, frozenset(told)):
            yield from self._settle((match,), sentence, parties, quotes, today)

    def _settle(
        self, matches: tuple[Match, ...], sentence: Sentence, parties: Parties, quotes: Quotes, today: date
    ) -> Iterator[Draft]:
        """The drafts of one clause's matches: who says it and how firmly."""
        if not matches:
            return
        head = matches[0].clause.head
        firmness = read_firmness(head)
        if not firmness.usable:
            return
        carried = quotes.find_carried(parties)
        for match in matches:
            if is_doubtful(match, sentence, parties):
                continue
            chain = find_chain(head, parties, result=match.frame.type in _RESULTS)
            claimants = tuple(credit.claimant for credit in chain) or carried
            draft = _make_draft(match, sentence, firmness, chain, claimants, today)
            draft = draft and _give_to_model(draft, match.clause, parties)
            if draft and _is_meant(draft, match.clause, sentence, parties):
                _note_authority(draft, parties)
                yield draft


def _note_authority(draft: Draft, parties: Parties) -> None:
    """Remembers who took a step of law, for the ruling or the fine that the text goes on about."""
    if draft.predicate in _STEPS_OF_LAW and draft.subject.entity:
        parties.last_authority = draft.subject


def _is_meant(draft: Draft, clause: Clause, sentence: Sentence, parties: Parties) -> bool:
    """Whether a claim about somebody whom its sentence does not name is plainly about him."""
    if draft.type in _VIEWS and parties.is_vendor(draft.subject) and _is_we(clause):
        return False  # "we investigate how to", "we prefer": a maker at work
    things = {draft.subject, draft.object} if draft.rule == "released-thing" else {draft.subject}
    if draft.type is not ClaimType.CAPABILITY and draft.rule not in {"released-thing", "lead-field"}:
        return True
    named = {name.entity.id for name in sentence.names}
    if draft.rule == "released-thing":
        things = {party for party in things if party and parties.is_thing(party)}
    unnamed = [party for party in things if party and party.entity and party.entity not in named]
    return all(parties.referents.is_fresh(party) for party in unnamed)


def _give_to_model(draft: Draft, clause: Clause, parties: Parties) -> Draft | None:
    """What a maker did in training ("we used sparse attention") is told of the model its post is about.

    Nothing is when the words only announce it: "we developed a method".
    """
    if not (parties.is_vendor(draft.subject) and _is_we(clause)):
        return draft
    if draft.predicate not in _MADE_OF:
        return None if draft.type is ClaimType.BENCHMARK else draft
    model = parties.referents.find_main(_MODEL)
    bare = draft.object is not None and draft.object.name.lower().split()[-1] in _BARE_METHODS
    return replace(draft, subject=model) if model and model != draft.object and not bare else None


def _is_we(clause: Clause) -> bool:
    return bool(clause.subjects) and all(token.lower_ == "we" for token in clause.subjects)


def _says_as_much(verbal: Draft, other: Draft) -> bool:
    """Whether a verb already states what a phrase repeats, or has told its amount of something else."""
    if other.quantity and verbal.quantity and other.quantity.text == verbal.quantity.text:
        return not (other.object and verbal.object is None and _tells_of_the_same(verbal, other))
    if other.object and (verbal.type, verbal.subject, verbal.object) == (other.type, other.subject, other.object):
        return True
    parties = {party for party in (other.subject, other.object) if party}
    held = {party for party in (verbal.subject, verbal.object) if party}
    amount = other.quantity is None or verbal.quantity is None or verbal.quantity.value == other.quantity.value
    fuller = verbal.object is None and other.object is not None and _tells_of_the_same(verbal, other)
    return verbal.predicate is other.predicate and (parties <= held or held <= parties) and amount and not fuller


def _tells_of_the_same(one: Draft, other: Draft) -> bool:
    return (one.predicate, one.subject) == (other.predicate, other.subject)


def _drop_lesser(drafts: tuple[Draft, ...]) -> Iterator[Draft]:
    """The drafts of a sentence without those that only leave out the object of another."""
    for draft in drafts:
        fuller = (
            other
            for other in drafts
            if other.object
            and (other.predicate, other.subject) == (draft.predicate, draft.subject)
            and draft.quantity in {None, other.quantity}
        )
        if draft.rule == "accuse-any" and any(_is_accused_of(other, draft) for other in drafts):
            continue
        if draft.object or draft.benchmark or not any(fuller):
            yield draft


def _is_accused_of(other: Draft, accusing: Draft) -> bool:
    """Whether a draft says of what somebody is accused, which says more than that he is."""
    return other.type in {ClaimType.ALLEGATION, ClaimType.LEGAL} and other.subject == accusing.object


def _date_by_heading(draft: Draft, headings: tuple[tuple[int, str], ...]) -> Draft:
    """The draft with the day its section of a digest is headed with, when its sentence gives none."""
    above = [day for offset, day in headings if offset < draft.span[0]]
    if draft.date or draft.type in _UNDATED or draft.modality is Modality.PREDICTED or not above or not above[-1]:
        return draft
    return replace(draft, date=PartialDate(above[-1]))


def _make_draft(
    match: Match,
    sentence: Sentence,
    firmness: Firmness,
    chain: tuple[Credit, ...],
    claimants: tuple[Claimant, ...],
    today: date,
) -> Draft | None:
    frame, head = match.frame, match.clause.head
    suffered = match.clause.passive and frame.predicate is not Predicate.EXFILTRATED_DATA_FROM
    subject = match.subject or (match.object if suffered else None)
    if subject is None or (firmness.missed and frame.type not in _MEASURED) or is_advice(frame, head):
        return None
    object = match.object if match.object != subject else None
    speakers = settle_claimants(frame.type, subject, claimants, head)
    boasts = frame.predicate is Predicate.EXFILTRATED_DATA_FROM and subject.entity is None
    himself = bool(speakers) and speakers[-1].party == subject and not boasts
    if frame.type is ClaimType.ALLEGATION and himself and not firmness.denied:
        return None  # nobody accuses himself: a pronoun was read wrongly
    if frame.type is ClaimType.ALLEGATION and _is_yet_to_come(frame.predicate, firmness):
        return None  # a wrong that is yet to be done is no accusation: "ordered Acme to stop using the books"
    if firmness.denied and (frame.ended or head.lemma_ == "deny"):
        return None  # what has not ended or is not denied may be so or not
    unnamed = subject.entity is not None and all(name.entity.id != subject.entity for name in sentence.names)
    if frame.name in _OWN_NAMES and unnamed and not _is_taken_up(match.clause):
        return None
    if frame.name == "can-do" and firmness.modality is Modality.QUESTIONED:
        return None  # "Who remembers Clippy?" asks of no ability
    polarity = Polarity.DENIED if frame.ended else settle_polarity(frame.predicate, frame.name, head, firmness)
    modality = settle_modality(frame, head, polarity, speakers, firmness)
    return Draft(
        lang=sentence.lang,
        span=sentence.span,
        type=frame.type,
        predicate=frame.predicate,
        subject=subject,
        object=object,
        quantity=match.quantity,
        benchmark=match.benchmark,
        claimants=speakers,
        modality=modality,
        polarity=polarity,
        date=_find_own_date(head, sentence.text, today, ahead=modality is Modality.PREDICTED),
        cues=tuple(_iter_cues(match, sentence, firmness, chain)),
        reader=RULES,
        rule=frame.name,
    )


def _is_taken_up(clause: Clause) -> bool:
    """Whether a model named before is plainly meant: "it can", "the model is able to", a line without a subject."""
    if is_elided(clause):
        return True
    subjects = [token for token in clause.subjects if token.lower_ == "it" or token.lemma_.lower() in _TAKEN_UP]
    led = any(token.lemma_.lower() not in _MODELS and token.lower_ != "it" for token in subjects)
    return bool(subjects) and (led or clause.head.lemma_ not in {"let", "be", "have"})


def _is_yet_to_come(predicate: Predicate, firmness: Firmness) -> bool:
    """Whether a deed is only to come; harm is feared beforehand, and that one never will is a denial."""
    open_yet = firmness.modality is Modality.PREDICTED and not firmness.attempted and not firmness.denied
    return open_yet and predicate is not Predicate.CAUSED_HARM


def _find_own_date(head: Token, text: str, today: date, *, ahead: bool) -> PartialDate | None:
    """The date that goes with a verb; the day on which something was merely said is none."""
    own = [
        (abs(at - head.idx), value) for at, value in find_dates(text, today) if _dates(_token_at(head.doc, at), head)
    ]
    return settle_date(min(own)[1], text, today, ahead=ahead) if own else None


def _token_at(doc: Doc, offset: int) -> Token:
    return next((token for token in reversed(doc) if token.idx <= offset), doc[0])


def _dates(token: Token, head: Token) -> bool:
    """Whether a date hangs on the verb, or on one that shares its subject with it and reports nothing."""
    verb = head if token == head else find_verb(token)
    if verb == head:
        return True
    below = verb.head == head and verb.dep_ in {"xcomp", "advcl", "pcomp", "acl"}
    above = head.head == verb and head.dep_ in {"xcomp", "conj", "advcl", "acl"} and not is_reporting(verb)
    return below or above or (verb.dep_ == "ROOT" and verb.pos_ not in {"VERB", "AUX"})


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
