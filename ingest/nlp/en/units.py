"""What numbers of English text count: currencies, percent, times and the things of quantities.toml."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

DATA = tomllib.loads(Path(__file__).with_name("quantities.toml").read_text("utf-8"))
SIGNS: dict[str, str] = DATA["signs"]
CURRENCIES: dict[str, str] = DATA["currencies"]
_COUNTED: dict[str, str] = DATA["counted"]
_TIMES = r"times|x(?![\w])|×|-?fold"
_PERCENT_POINTS = r"percentage[ -]points?|ppts?\b"
_PERCENT = r"%|percent(?:age)?\b(?![ -]point)|per cent|pct"
DURATIONS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
# What these are parts of, and how many make one; of which currency cents are, the text tells.
_PARTS = {"pence": ("GBP", 100), "MW": ("GW", 1000), "bp": ("pp", 100)}
_CENTS = "cents"

_CENT = re.compile(r"^(?:[\s-]?(?:euro[ -])?cents?\b|¢|c(?= (?:for|per|in|out)\b|/))")
UNITS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("pp", re.compile(rf"^[ -]?(?:{_PERCENT_POINTS})")),
    ("bp", re.compile(r"^[ -]?basis[ -]points?")),
    ("%", re.compile(rf"^[ -]?(?:{_PERCENT})")),
    (
        "chips",
        re.compile(rf"^ ?[x×] ?(?:(?:Nvidia|NVIDIA|AMD|Intel|Google) )?(?:{DATA['spelled']['chip']})(?![A-Za-z])"),
    ),
    ("x", re.compile(rf"^(?:[ -]?(?:{_TIMES})(?![A-Za-z])|X(?![\w]))")),
    (_CENTS, _CENT),
    ("pence", re.compile(r"^[ -]pence\b")),
    *((code, re.compile(rf"^[ -](?:{text})\b")) for code, text in CURRENCIES.items()),
    ("tokens/s", re.compile(r"^(?: ?tok(?:en)?s?|t) ?(?:per|/|a|every|each) ?s(?:ec(?:ond)?)?\b")),
    *((unit, re.compile(rf"^[ -](?:of )?(?:{text})(?![A-Za-z])")) for unit, text in _COUNTED.items()),
    # How long something takes; "three years ago" is a day.
    *((unit, re.compile(rf"^ {unit}\b(?! (?:ago|earlier|later|before|after|old|from now)\b)")) for unit in DURATIONS),
    *((unit, re.compile(rf"^{unit}\b")) for unit in ("GW", "MW", "GB", "TB", "GHz", "TWh")),
    ("USD", re.compile(r"^\s?\$(?!\d)")),
)
"""Each unit with the words right behind a number that mean it, the first that fits counts."""

# Other currencies whose hundredths are cents.
_CENTED = (
    ("EUR", re.compile(r"€|\beuros?\b|\bEUR\b")),
    ("AUD", re.compile(r"\bAU?\$|\bAUD\b|Australian dollar")),
    ("CAD", re.compile(r"\bCA?\$|\bCAD\b|Canadian dollar")),
    ("SGD", re.compile(r"\bS\$|\bSGD\b|Singapore dollar")),
    ("HKD", re.compile(r"\bHK\$|\bHKD\b|Hong Kong dollar")),
)
_DOLLARS = re.compile(r"(?<![A-Z])\$|US\$|\bUSD\b|\b(?:US|U\.S\.) dollar")


def find_whole(unit: str, text: str) -> tuple[str, int]:
    """The unit that is kept, and how many of this one make one of it."""
    return (_find_currency(text), 100) if unit == _CENTS else _PARTS.get(unit, (unit, 1))


@lru_cache(maxsize=1)  # the same text for each of its numbers
def _find_currency(text: str) -> str:
    """The currency that cents of a text are hundredths of: dollars where it names no other."""
    others = [code for code, words in _CENTED if words.search(text)]
    return others[0] if others and not _DOLLARS.search(text) else "USD"
