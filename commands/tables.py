"""The tables beside the program that claims are computed with."""

from typing import TYPE_CHECKING

from commands.settings import Config

if TYPE_CHECKING:
    from graph.computed import Tables


def read_tables(config: Config) -> "Tables":
    """Exchange rates and records as they stood, from the data folder. OSError when one is not there."""
    from graph.computed import Tables, parse_records
    from graph.rates import parse_rates

    rates, records = ((config.data / name).read_text(encoding="utf-8") for name in ("rates.tsv", "records.tsv"))
    return Tables(parse_rates(rates, "rates.tsv"), parse_records(records, "records.tsv"))
