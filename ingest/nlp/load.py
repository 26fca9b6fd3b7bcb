"""Puts the extractor together: curated tables, and every language there is."""

from pathlib import Path

from ingest.nlp import en, ja
from ingest.nlp.extract import Extractor
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import Tables
from ingest.nlp.zones import load_zone_cues

_LANGUAGES = (en, ja)


def load_extractor(tables: Tables) -> Extractor:
    """An extractor for all languages. Raises ConfigError when a language model is not installed."""
    languages = [module.make_language() for module in _LANGUAGES]
    cues = {
        language.code: load_zone_cues(Path(__file__).parent / language.code / "zones.toml") for language in languages
    }
    return Extractor(Gazetteer(tables), languages, cues)
