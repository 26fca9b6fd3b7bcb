"""Quotations that run over several sentences, and whose words they are."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from graph.records import Claimant, Party
from ingest.nlp.document import Sentence
from ingest.nlp.en.claimants import find_speaker, is_reporting
from ingest.nlp.en.firmness import iter_up
from ingest.nlp.en.parties import Parties

_OPENING, _CLOSING = "“", "”"


@dataclass(slots=True)
class Quotes:
    """Follows quotation marks through a story; sentences are shown to it in order.

    A sentence that is all quotation and names no speaker keeps the speaker of the sentence before it, or of the
    reporting phrase that introduces it ("He said:").
    """

    _open: bool = False
    _quoted: bool = False
    _speaker: Claimant | None = None
    _paragraph: int = -1
    _announced: bool = False
    _own: bool = False
    _starts: list[int] = field(default_factory=list)

    def enter(self, sentence: Sentence, parties: Parties) -> None:
        """Moves to a sentence and finds who speaks in it."""
        far = sentence.paragraph - self._paragraph
        if far > 2 or (far > 0 and not self._announced and not self._open):
            self._open = self._open and far <= 2
            if far > 1:
                self._speaker = None
        self._paragraph = sentence.paragraph
        text = sentence.text
        begins = text.lstrip()[:1] in '"“'
        was_open = self._open
        self._follow(text)
        self._quoted = begins or was_open
        own = self._find_own_speaker(sentence, parties)
        self._own = own is not None
        if own is not None:
            self._speaker = own
            parties.last_speaker = own.party
        elif not self._quoted and not self._announced:
            self._speaker = None
        self._announced = own is not None and text.rstrip().endswith((",", ":"))

    def find_carried(self, parties: Parties) -> tuple[Claimant, ...]:
        """The speaker of a sentence that stands in a quotation or an interview and credits nobody itself."""
        if self._quoted and not self._own and self._speaker:
            return (self._speaker,)
        guest = parties.find_guest()
        return (Claimant(guest, ""),) if guest else ()

    def find_inner_speaker(self, head: Token, parties: Parties) -> Party | None:
        """Who "we" and "I" are in a clause: the one who speaks it, in the sentence or carried over."""
        for node in iter_up(head):
            if node.dep_ == "ccomp" and is_reporting(node.head):
                speaker = find_speaker(node.head, parties) if node.head.i != head.i else None
                if speaker:
                    return speaker.party
        return self.find_speaker()

    def find_speaker(self) -> Party | None:
        """Whose words the sentence is as a whole; None where it is the text's own."""
        return self._speaker.party if self._quoted and self._speaker else None

    def _follow(self, text: str) -> None:
        for char in text:
            if char == _OPENING:
                self._open = True
            elif char == _CLOSING:
                self._open = False
            elif char == '"':
                self._open = not self._open

    def _find_own_speaker(self, sentence: Sentence, parties: Parties) -> Claimant | None:
        roots = [
            token for token in sentence.doc if token.dep_ == "ROOT" or token.dep_ in {"parataxis", "conj", "ccomp"}
        ]
        for root in roots:
            if is_reporting(root) and root.lemma_.lower() not in {"announce", "unveil", "introduce", "launch"}:
                speaker = find_speaker(root, parties)
                if speaker:
                    return speaker
        return None
