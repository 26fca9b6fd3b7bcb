"""Exchange rates of a table that ships: amounts of several currencies in one, each marked with its rate."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from graph.errors import ParseError


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of a currency for one US dollar in a month, and whose figure that is."""

    month: str
    currency: str
    per_usd: float
    source: str


Rates = Mapping[tuple[str, str], Rate]
"""By month and currency; a month that is not there has no rate."""
NO_RATES: Rates = {}
DOLLAR = "USD"


def parse_rates(text: str, name: str = "rates") -> Rates:
    """The rates of a table with the columns `month`, `currency`, `per_usd`, `source`, separated by tabs.

    ParseError when a row has no number above zero.
    """
    rates: dict[tuple[str, str], Rate] = {}
    for number, row in enumerate(csv.DictReader(text.splitlines(), delimiter="\t"), 2):
        try:
            rate = Rate(row["month"], row["currency"], float(row["per_usd"]), row["source"])
        except (KeyError, TypeError, ValueError) as error:
            raise ParseError(
                f"{name}, line {number}: month, currency, per_usd, source expected", subject=name
            ) from error
        if not rate.per_usd > 0:
            raise ParseError(f"{name}, line {number}: a rate is above zero", subject=name)
        rates[rate.month, rate.currency] = rate
    return rates


def find_rate(rates: Rates, currency: str, at: datetime, date: str | None = None) -> Rate | None:
    """The rate of the month of a date, of the report when there is none; None for a year alone and for months and
    currencies that are not in the table."""
    month = date[:7] if date and len(date) >= 7 and date[5] != "Q" else f"{at:%Y-%m}" if not date else ""
    return rates.get((month, currency))


def convert(value: float, rate: Rate) -> float:
    """A sum of the rate's currency in US dollars."""
    return value / rate.per_usd
