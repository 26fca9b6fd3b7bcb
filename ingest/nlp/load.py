"""Puts the extractor together: curated tables, trained files, and every language there is."""

from pathlib import Path

from ingest.nlp import en, ja
from ingest.nlp.extract import Extractor
from ingest.nlp.names import Gazetteer
from ingest.nlp.recogniser import Recogniser
from ingest.nlp.tables import load_tables
from ingest.nlp.zones import load_zone_cues

_LANGUAGES = (en, ja)


def load_extractor(data: Path) -> Extractor:
    """An extractor for all languages, over the folder with `entities` and `models`.

    Raises ConfigError when a language model is not installed or a table or trained file is not well formed.
    """
    languages = [module.make_language() for module in _LANGUAGES]
    cues = {
        language.code: load_zone_cues(Path(__file__).parent / language.code / "zones.toml") for language in languages
    }
    recognisers = {language.code: Recogniser(data / "models" / f"names_{language.code}.crf") for language in languages}
    return Extractor(Gazetteer(load_tables(data / "entities")), languages, cues, recognisers)
