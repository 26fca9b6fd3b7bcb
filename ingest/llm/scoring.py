"""How likely a claim that a language model told is right."""

from graph.grades import FAIR_FROM, TOLD_WEAK
from ingest.nlp.scorer import Signs


class ToldScorer:
    """Gives full statements one score, and what the model calls weak itself a weak one.

    full  of full statements (graph/grades.py): nothing in a reply says how often such a model is right, people's
          judgements do
    """

    def __init__(self, full: float = FAIR_FROM) -> None:
        self._full = full

    def score(self, signs: Signs) -> float:
        """P(right), from 0 to 1."""
        return self._full if signs.get("core", 1.0) else TOLD_WEAK
