"""The tables beside the program that claims are computed with."""

from typing import TYPE_CHECKING

from commands.settings import Config

if TYPE_CHECKING:
    from graph.computed import Tables
    from web.measured import Measured


def read_tables(config: Config) -> "Tables":
    """Exchange rates and records as they stood, from the data folder. OSError when one is not there."""
    from graph.computed import Tables, parse_records
    from graph.rates import parse_rates

    rates, records = ((config.data / name).read_text(encoding="utf-8") for name in ("rates.tsv", "records.tsv"))
    return Tables(parse_rates(rates, "rates.tsv"), parse_records(records, "records.tsv"))


def read_measured(config: Config) -> "Measured":
    """How well the program reads, from the data folder; nothing where the folder is another's and has no such file."""
    from web.measured import NOT_MEASURED, parse_measured

    path = config.data / "accuracy.toml"
    return parse_measured(path.read_text("utf-8")) if path.exists() else NOT_MEASURED
