"""How likely a claim that a language model told is right."""

from graph.grades import FAIR_FROM, STORED_FROM
from ingest.nlp.scorer import Signs

_WEAK = (STORED_FROM + FAIR_FROM) / 2


class ToldScorer:
    """Gives what a model tells as full statements as fair, and what it calls weak itself as weak.

    Nothing in a reply says how often such a model is right: until 50 claims of this reader are judged, fair is all that
    may be said of it. From then on their share that was judged right takes the place of FAIR_FROM here.
    """

    def score(self, signs: Signs) -> float:
        """P(right), from 0 to 1."""
        return FAIR_FROM if signs.get("core", 1.0) else _WEAK
