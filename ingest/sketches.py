"""What is kept of an article to compare it by, when its text may be gone."""

from dataclasses import dataclass
from datetime import datetime

from graph.records import ArticleId


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of an article to compare it by.

    runs       how many different runs of words it has
    signature  MinHash of them
    marks      names and figures in its first 20,000 characters, as find_marks has them
    lead       title and first sentences
    """

    article: ArticleId
    url: str
    source: str
    lang: str
    published_at: datetime
    fetched_at: datetime
    runs: int
    signature: bytes
    marks: frozenset[str]
    lead: tuple[str, ...]
