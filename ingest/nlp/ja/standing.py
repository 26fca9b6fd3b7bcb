"""What has been gathered about a clause: who says it, how firmly, and whether it is denied."""

from dataclasses import dataclass, field

from graph.records import Claimant, Cue, CueKind, Modality, Polarity
from ingest.nlp.ja.acts import Act
from ingest.nlp.ja.attribution import Speaker
from ingest.nlp.ja.phrases import Phrase

_STRENGTH = (Modality.PREDICTED, Modality.QUESTIONED, Modality.ALLEGED, Modality.SPECULATED, Modality.REPORTED)
_MODALITIES = {
    Act.REPORTED: Modality.REPORTED,
    Act.GUESSES: Modality.SPECULATED,
    Act.PREDICTS: Modality.PREDICTED,
    Act.ACCUSES: Modality.ALLEGED,
    Act.ASKS: Modality.QUESTIONED,
}


class Unusable(Exception):
    """The clause states nothing: a condition, a wish, an order, half a negation."""


@dataclass(slots=True)
class Standing:
    """What has been gathered about a clause; `speakers` innermost first while climbing."""

    speakers: list[Speaker] = field(default_factory=list)
    modalities: set[Modality] = field(default_factory=set)
    denied: bool = False
    cues: list[Cue] = field(default_factory=list)
    hearsay: bool = False

    @property
    def modality(self) -> Modality:
        return next((one for one in _STRENGTH if one in self.modalities), Modality.ASSERTED)

    @property
    def polarity(self) -> Polarity:
        return Polarity.DENIED if self.denied else Polarity.AFFIRMED

    @property
    def claimants(self) -> tuple[Claimant, ...]:
        """Outermost first, each once, with the outermost word that credits him."""
        unique: dict[str, Claimant] = {}
        for speaker in self.speakers:
            unique.setdefault(speaker.claimant.party.name, speaker.claimant)
        return tuple(unique.values())

    def note(self, kind: CueKind, phrase: Phrase) -> None:
        self.cues.append(Cue(kind, phrase.span, phrase.text))

    def weaken(self, act: Act, phrase: Phrase) -> None:
        if act in _MODALITIES:
            self.modalities.add(_MODALITIES[act])
            self.note(CueKind.MODALITY, phrase)
