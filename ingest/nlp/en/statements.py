"""What is claimed without a verb of its own: phrases and nouns of action, each with how firmly and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.records import Claimant, ClaimType, Modality, Party
from ingest.nlp.document import Sentence
from ingest.nlp.en.amounts import OwnAmounts
from ingest.nlp.en.attribution import find_chain
from ingest.nlp.en.claimants import Credit
from ingest.nlp.en.firmness import Firmness
from ingest.nlp.en.lines import make_line
from ingest.nlp.en.matching import Match, Matcher
from ingest.nlp.en.modality import read_firmness
from ingest.nlp.en.nominals import find_acts, find_light_verb, read_act_firmness
from ingest.nlp.en.parties import Parties
from ingest.nlp.en.phrases import Phrases
from ingest.nlp.en.quotes import Quotes


@dataclass(frozen=True, slots=True)
class Statement:
    """A match with all that is needed to make a claim of it."""

    match: Match
    firmness: Firmness
    chain: tuple[Credit, ...] = ()
    claimants: tuple[Claimant, ...] = ()


class Statements:
    """Finds the verbless statements of sentences."""

    def __init__(self, phrases: Phrases, acts: Matcher) -> None:
        self._phrases = phrases
        self._acts = acts

    def find(self, sentence: Sentence, parties: Parties, amounts: OwnAmounts, quotes: Quotes) -> Iterator[Statement]:
        """The statements of a sentence: acts first, then its phrases in the order of the forms."""
        yield from self._find_acts(sentence, parties, amounts, quotes)
        yield from self._find_phrases(sentence, parties, amounts, quotes)

    def _find_acts(
        self, sentence: Sentence, parties: Parties, amounts: OwnAmounts, quotes: Quotes
    ) -> Iterator[Statement]:
        for clause in find_acts(sentence.doc):
            matches = self._acts.match(clause, sentence, parties, amounts)
            firmness = read_act_firmness(clause.head) if matches else Firmness(usable=False)
            if not firmness.usable:
                continue
            told = find_light_verb(clause.head) or (clause.head if firmness.modalities else None)
            chain = find_chain(told, parties) if told is not None else ()
            claimants = tuple(credit.claimant for credit in chain) or quotes.find_carried(parties)
            for match in matches:
                yield Statement(match, firmness, chain, claimants)

    def _find_phrases(
        self, sentence: Sentence, parties: Parties, amounts: OwnAmounts, quotes: Quotes
    ) -> Iterator[Statement]:
        line = make_line(sentence, parties, amounts)
        people: set[tuple[Party | None, Party | None]] = set()
        for phrase, match in self._phrases.find(line, parties):
            if match.frame.type is ClaimType.PEOPLE:  # who leads a firm or has left it is not named as staff besides
                if (match.subject, match.object) in people:
                    continue
                people.add((match.subject, match.object))
            if not phrase.stated:
                passing = Firmness()
                if phrase.ahead:
                    passing.weaken(Modality.PREDICTED, match.clause.head)
                yield Statement(match, passing)
                continue
            firmness = read_firmness(match.clause.head)
            if firmness.usable:
                chain = find_chain(match.clause.head, parties)
                claimants = tuple(credit.claimant for credit in chain) or quotes.find_carried(parties)
                yield Statement(match, firmness, chain, claimants)
