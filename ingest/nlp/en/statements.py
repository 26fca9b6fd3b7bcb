"""What is claimed without a verb of its own: phrases and nouns of action, each with how firmly and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.records import Claimant, ClaimType, Party
from ingest.nlp.document import Sentence
from ingest.nlp.en.amounts import OwnAmounts
from ingest.nlp.en.attribution import Credit, find_chain
from ingest.nlp.en.firmness import Firmness
from ingest.nlp.en.lines import make_line
from ingest.nlp.en.matching import Match
from ingest.nlp.en.modality import read_firmness
from ingest.nlp.en.parties import Parties
from ingest.nlp.en.phrases import Phrase, find_phrases
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

    def __init__(self, phrases: tuple[Phrase, ...]) -> None:
        self._phrases = phrases

    def find(self, sentence: Sentence, parties: Parties, amounts: OwnAmounts, quotes: Quotes) -> Iterator[Statement]:
        """The statements of a sentence, those of its phrases in the order of the forms."""
        if not sentence.names:
            return
        line = make_line(sentence, parties, amounts)
        people: set[tuple[Party | None, Party | None]] = set()
        for phrase, match in find_phrases(self._phrases, line, parties, None):
            if match.frame.type is ClaimType.PEOPLE:  # who leads a firm or has left it is not named as staff besides
                if (match.subject, match.object) in people:
                    continue
                people.add((match.subject, match.object))
            if not phrase.stated:
                yield Statement(match, Firmness())
                continue
            firmness = read_firmness(match.clause.head)
            if firmness.usable:
                chain = find_chain(match.clause.head, parties)
                claimants = tuple(credit.claimant for credit in chain) or quotes.find_carried(sentence)
                yield Statement(match, firmness, chain, claimants)
