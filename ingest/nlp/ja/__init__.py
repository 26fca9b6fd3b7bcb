"""Japanese: sentences, amounts, days and words."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from graph.records import PartialDate
from ingest.nlp.ja.back import is_base
from ingest.nlp.ja.dates import find_dates, settle_day
from ingest.nlp.ja.quantities import find_amounts
from ingest.nlp.ja.split import split_paragraph
from ingest.nlp.languages import Days, Language
from ingest.nlp.lexicon import load_lexicon
from ingest.nlp.zones import load_zone_cues

_FOLDER = Path(__file__).parent


def make_language() -> Language:
    """Japanese as the extractor wants it."""
    return Language(
        code="ja",
        split=split_paragraph,
        find_amounts=find_amounts,
        find_days=_find_days,
        is_base=is_base,
        settle_day=settle_day,
        lexicon=load_lexicon(_FOLDER / "words.toml", spaced=False),
        zones=load_zone_cues(_FOLDER / "zones.toml"),
    )


def _find_days(sentence: str, today: date, before: Sequence[PartialDate] = ()) -> Days:
    return [(when.span, when.value) for when in find_dates(sentence, today, before)]
