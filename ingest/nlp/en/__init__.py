"""English: sentences, amounts, days and words."""

from pathlib import Path

from ingest.nlp.en.dates import find_days, settle_day
from ingest.nlp.en.quantities import find_amounts
from ingest.nlp.en.split import split_sentences
from ingest.nlp.languages import Language
from ingest.nlp.lexicon import load_lexicon
from ingest.nlp.zones import load_zone_cues

_FOLDER = Path(__file__).parent


def make_language() -> Language:
    """English as the extractor wants it."""
    return Language(
        code="en",
        split=split_sentences,
        find_amounts=find_amounts,
        find_days=find_days,
        is_base=lambda words: True,
        settle_day=settle_day,
        lexicon=load_lexicon(_FOLDER / "words.toml", spaced=True),
        zones=load_zone_cues(_FOLDER / "zones.toml"),
    )
