"""Japanese: sentences, amounts, days and words."""

from pathlib import Path

from ingest.nlp.ja.back import is_base
from ingest.nlp.ja.dates import find_days, settle_day
from ingest.nlp.ja.quantities import find_amounts
from ingest.nlp.ja.split import split_sentences
from ingest.nlp.languages import Language
from ingest.nlp.lexicon import load_lexicon
from ingest.nlp.zones import load_zone_cues

_FOLDER = Path(__file__).parent


def make_language() -> Language:
    """Japanese as the extractor wants it."""
    return Language(
        code="ja",
        split=split_sentences,
        find_amounts=find_amounts,
        find_days=find_days,
        is_base=is_base,
        settle_day=settle_day,
        lexicon=load_lexicon(_FOLDER / "words.toml", spaced=False),
        zones=load_zone_cues(_FOLDER / "zones.toml"),
    )
