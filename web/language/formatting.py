"""Numbers, days, names and addresses as a reader of a language wants them."""

import json
import math
import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal
from urllib.parse import urlsplit

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_compact_decimal, format_decimal

from graph.records import Comparator, PartialDate, Quantity
from web.language.wording import Words

_MINUS = "\N{MINUS SIGN}"
_NO_BREAK = "\N{NO-BREAK SPACE}"

# From here on a number is read more easily with its scale as a word: million, 万.
_SPELL_FROM = {"en": 1_000_000, "ja": 100_000}
# Babel has 万 among the short forms only.
_SCALES: dict[str, Literal["short", "long"]] = {"en": "long", "ja": "short"}
# Above this the scale words end; longer numbers are written with an exponent.
_SPELL_TO = 1e15

_CURRENCY = re.compile(r"(?P<code>[A-Z]{3})(?:/(?P<per>.+))?")
_PARTIAL = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")

# A letter of a script that parts words by spaces, and a word of such letters behind a space or one of a script without;
# what is longer is an address or no word.
_LETTER = re.compile(r"[^\W\u2e80-\uffef]")
_LAST_WORD = re.compile(r"(?<=[\s\u2e80-\uffef])[^\s\u2e80-\uffef]{1,24}$")

# Joiners shape letters in Persian and Indic scripts and join emoji; the other format characters only hide or reorder.
_KEPT_FORMAT = "\u200c\u200d"
_CELL_CHARS = 1000
# Longer ones are no names; going through megabytes character by character would take seconds.
_NAME_CHARS = 2000


def format_quantity(quantity: Quantity, words: Words) -> str:
    """`US$5.6 million` or `560万ドル`, `about 2,000 chips`, `−17%`, `US$1 billion to US$10 billion`."""
    amount = _format_amount(quantity.value, quantity, words)
    if quantity.comparator is Comparator.RANGE and quantity.high is not None:
        high = _format_amount(quantity.high, quantity, words)
        return _fill(words, "numbers.range", low=amount, high=high)
    return _fill(words, f"comparators.{quantity.comparator.value}", n=amount)


def format_number(value: float, words: Words) -> str:
    """`2,000`, `0.62`, `5.576 million`, `557.6万`; a true minus sign."""
    if not math.isfinite(value):
        return str(words.find("numbers.none"))
    size = abs(value)
    if size >= _SPELL_TO:
        text = f"{value:.4g}"
    elif size >= _SPELL_FROM[words.lang]:
        text = format_compact_decimal(
            _exact(value), format_type=_SCALES[words.lang], locale=words.locale, fraction_digits=3
        )
    else:
        text = format_decimal(_exact(value), format="#,##0.######", locale=words.locale)
    return text.replace("-", _MINUS).replace(" ", _NO_BREAK)


def format_day(moment: date, words: Words) -> str:
    """`29 Jan 2025`, `2025年1月29日`: the day in UTC."""
    return format_date(moment, words.find("dates.day"), locale=words.locale)


def format_full_day(day: date, words: Words) -> str:
    """`Thursday 30 January 2025`, `2025年1月30日（木）`."""
    return format_date(day, words.find("dates.full"), locale=words.locale)


def format_short_day(day: date, words: Words) -> str:
    """`30 Jan`, `1月30日`."""
    return format_date(day, words.find("dates.short"), locale=words.locale)


def format_moment(moment: datetime, words: Words) -> str:
    """`29 Jan 2025, 14:05 UTC`."""
    return format_datetime(moment, words.find("dates.moment"), locale=words.locale) + " UTC"


def format_clock(moment: datetime, words: Words) -> str:
    """`29 Jan, 14:05`, by the clocks of the moment's own zone."""
    return format_datetime(moment, words.find("dates.clock"), locale=words.locale)


def format_period(start: date, form: str, words: Words) -> str:
    """A `day` or `month` by the day it begins: `29 Jan 2025`, `Jan 2025`."""
    return format_date(start, words.find(f"dates.{form}"), locale=words.locale)


def format_distance(moment: datetime, now: datetime, words: Words) -> str:
    """`3 hours ago`, `in 2 days`; `now` within a minute."""
    if abs(moment - now) < timedelta(minutes=1):
        return str(words.find("dates.now"))
    return format_timedelta(moment - now, add_direction=True, locale=words.locale)


def format_span(seconds: float, words: Words) -> str:
    """`3 hours`, `12 minutes`."""
    return format_timedelta(timedelta(seconds=seconds), locale=words.locale)


def format_partial_date(date: PartialDate, words: Words) -> str:
    """`2025`, `Q2 2025`, `Jan 2025` or `27 Jan 2025`, as far as it is known; as it stands when it is no date."""
    parts = _PARTIAL.fullmatch(date)
    if not parts:
        return date
    month = int(parts["month"] or 3 * int(parts["quarter"] or 1))
    try:
        day = datetime(int(parts["year"]), month, int(parts["day"] or 1))
    except ValueError:
        return date
    form = next((form for form in ("quarter", "day", "month") if parts[form]), "year")
    return format_date(day, words.find(f"dates.{form}"), locale=words.locale)


def format_name(name: str, words: Words) -> str:
    """A name without the characters that hide or reorder text; never empty, so that a link can be seen."""
    shown = name[:_NAME_CHARS]
    # Nearly all are, and going through characters takes a tenth of a page.
    if not shown.isprintable():
        seen = (char for char in shown if not _hides(char))
        shown = "".join(" " if unicodedata.category(char) == "Cc" else char for char in seen)
    shown = shown.strip()
    return shown if shown.strip(_KEPT_FORMAT + " ") else str(words.find("numbers.nameless"))


def shorten_text(text: str, limit: int) -> str:
    """The text's first characters, with an ellipsis when there is more; the last word whole, since `did no…` for `did
    not` says the opposite."""
    if len(text) <= limit:
        return text
    kept = text[:limit]
    return (_LAST_WORD.sub("", kept) if _LETTER.match(text[limit]) else kept).rstrip() + "…"


def get_web_url(url: str) -> str:
    """The address when it is a web page's; empty for any other scheme, so that it never becomes a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def say_count(number: int, noun: str) -> str:
    """`1 claim`, `2 claims`: a noun that takes an s, for a terminal."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def format_cell(value: object) -> str:
    """A value of a query's answer as text: JSON for lists and maps, a dash for null."""
    if value is None:
        return "–"
    if isinstance(value, float) and value.is_integer() and abs(value) < _SPELL_TO:
        value = int(value)
    text = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (bool, dict, list, tuple)) else value
    return shorten_text(str(text), _CELL_CHARS)


def _format_amount(value: float, quantity: Quantity, words: Words) -> str:
    number = format_number(value, words)
    if value > 0 and quantity.measure.endswith("_change"):
        number = f"+{number}"
    currency = _CURRENCY.fullmatch(quantity.unit)
    if currency:
        return _format_money(number, currency["code"], currency["per"], words)
    return _format_unit(number, quantity.unit, value, words)


def _format_money(number: str, code: str, per: str | None, words: Words) -> str:
    sign, digits = (number[0], number[1:]) if number[0] in f"+{_MINUS}" else ("", number)
    name = words.tables["currencies"].get(code)
    if name is None:
        amount = f"{sign}{code}{_NO_BREAK}{digits}"
    else:
        amount = _fill(words, "numbers.money", sign=sign, n=digits, currency=name)
    return _fill(words, "numbers.per", amount=amount, unit=words.name("per", per)) if per else amount


def _format_unit(number: str, unit: str, value: float, words: Words) -> str:
    if unit == "rank":
        return _fill(words, "numbers.rank", n=number)
    form = words.tables["units"].get(unit)
    if form is None:
        return f"{number}{_NO_BREAK}{unit}" if unit else number
    pattern = form if isinstance(form, str) else form.get("one" if value == 1 else "other", form["other"])
    return str(pattern.format(n=number)).replace(" ", _NO_BREAK, 1)


def _fill(words: Words, key: str, **values: str) -> str:
    """The words of a key as plain text."""
    return str(words.find(key).format(**values))


def _exact(value: float) -> Decimal:
    return Decimal(repr(float(value)))


def _hides(char: str) -> bool:
    return unicodedata.category(char) == "Cf" and char not in _KEPT_FORMAT
