"""English: sentences, amounts, days and words."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from graph.records import PartialDate
from ingest.nlp.en.dates import find_days, settle_date
from ingest.nlp.en.quantities import find_amounts
from ingest.nlp.en.split import split_sentences
from ingest.nlp.languages import Days, Language
from ingest.nlp.lexicon import load_lexicon
from ingest.nlp.zones import load_zone_cues

_FOLDER = Path(__file__).parent


def make_language() -> Language:
    """English as the extractor wants it."""
    return Language(
        code="en",
        split=split_sentences,
        find_amounts=find_amounts,
        find_days=_find_days,
        is_base=lambda words: True,
        settle_day=settle_date,
        lexicon=load_lexicon(_FOLDER / "words.toml", spaced=True),
        zones=load_zone_cues(_FOLDER / "zones.toml"),
    )


def _find_days(sentence: str, today: date, before: Sequence[PartialDate] = ()) -> Days:
    return [(span, PartialDate(day)) for span, day in find_days(sentence, today, before)]
