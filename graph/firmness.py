"""How firm a modality is, and which of two is the firmer."""

from graph.records import Modality

# An accusation that is passed on is hearsay as any other; what is predicted is no matter of firmness.
_DEGREES = {
    Modality.QUESTIONED: 0,
    Modality.SPECULATED: 1,
    Modality.REPORTED: 2,
    Modality.ALLEGED: 2,
    Modality.ASSERTED: 3,
}


def compare_firmness(one: Modality, other: Modality) -> int:
    """Above zero when the first is the firmer, below when the other is; zero for equals and what does not compare."""
    if one not in _DEGREES or other not in _DEGREES:
        return 0
    return _DEGREES[one] - _DEGREES[other]
