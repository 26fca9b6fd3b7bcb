"""Numbers, days, names and addresses as a reader wants them."""

import json
import math
import re
import unicodedata
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_compact_decimal, format_decimal

from graph.records import Comparator, PartialDate, Quantity
from web.wording import COMPARATORS, LANGUAGES

_LOCALE = "en"
_MINUS = "\N{MINUS SIGN}"
_NO_BREAK = "\N{NO-BREAK SPACE}"

# From here on a number is read more easily with its scale as a word.
_SPELL_FROM = 1_000_000
# Above this the scale words end; longer numbers are written with an exponent.
_SPELL_TO = 1e15

_CURRENCIES = {"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "KRW": "₩", "HKD": "HK$", "TWD": "NT$"}
_CURRENCY = re.compile(r"(?P<code>[A-Z]{3})(?:/(?P<per>.+))?")
_PARTIAL = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")

# Joiners shape letters in Persian and Indic scripts and join emoji; the other format characters only hide or reorder.
_KEPT_FORMAT = "\u200c\u200d"
_CELL_CHARS = 1000
# Longer ones are no names; going through megabytes character by character would take seconds.
_NAME_CHARS = 2000
_NAMELESS = "(no visible name)"


def format_quantity(quantity: Quantity) -> str:
    """`US$5.6 million`, `about 2,000 chips`, `−17%`, `US$1 billion to US$10 billion`."""
    amount = _format_amount(quantity.value, quantity)
    if quantity.comparator is Comparator.RANGE and quantity.high is not None:
        return f"{amount} to {_format_amount(quantity.high, quantity)}"
    words = COMPARATORS[quantity.comparator]
    return f"{words} {amount}" if words else amount


def format_number(value: float) -> str:
    """`2,000`, `0.62`, `5.576 million`; a true minus sign."""
    if not math.isfinite(value):
        return "no number"
    size = abs(value)
    if size >= _SPELL_TO:
        text = f"{value:.4g}"
    elif size >= _SPELL_FROM:
        text = format_compact_decimal(_exact(value), format_type="long", locale=_LOCALE, fraction_digits=3)
    else:
        text = format_decimal(_exact(value), format="#,##0.######", locale=_LOCALE)
    return text.replace("-", _MINUS).replace(" ", _NO_BREAK)


def format_day(moment: datetime) -> str:
    """`29 Jan 2025`, the day in UTC."""
    return format_date(moment, "d MMM y", locale=_LOCALE)


def format_moment(moment: datetime) -> str:
    """`29 Jan 2025, 14:05 UTC`."""
    return format_datetime(moment, "d MMM y, HH:mm", locale=_LOCALE) + " UTC"


def format_distance(moment: datetime, now: datetime) -> str:
    """`3 hours ago`, `in 2 days`; `now` within a minute."""
    if abs(moment - now) < timedelta(minutes=1):
        return "now"
    return format_timedelta(moment - now, add_direction=True, locale=_LOCALE)


def format_span(seconds: float) -> str:
    """`3 hours`, `12 minutes`."""
    return format_timedelta(timedelta(seconds=seconds), locale=_LOCALE)


def format_partial_date(date: PartialDate) -> str:
    """`2025`, `Q2 2025`, `Jan 2025` or `27 Jan 2025`, as far as it is known; as it stands when it is no date."""
    parts = _PARTIAL.fullmatch(date)
    if not parts or not parts["month"]:
        return f"Q{parts['quarter']} {parts['year']}" if parts and parts["quarter"] else date
    try:
        day = datetime(int(parts["year"]), int(parts["month"]), int(parts["day"] or 1))
    except ValueError:
        return date
    return format_date(day, "d MMM y" if parts["day"] else "MMM y", locale=_LOCALE)


def format_language(code: str) -> str:
    """A language's name; its code when we have no name for it."""
    return LANGUAGES.get(code, code)


def format_name(name: str) -> str:
    """A name without the characters that hide or reorder text; never empty, so that a link can be seen."""
    seen = (char for char in name[:_NAME_CHARS] if not _hides(char))
    shown = "".join(" " if unicodedata.category(char) == "Cc" else char for char in seen).strip()
    return shown if shown.strip(_KEPT_FORMAT + " ") else _NAMELESS


def shorten_text(text: str, limit: int) -> str:
    """The text's first characters, with an ellipsis when there is more."""
    return text if len(text) <= limit else text[:limit].rstrip() + "…"


def get_web_url(url: str) -> str:
    """The address when it is a web page's; empty for any other scheme, so that it never becomes a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def format_cell(value: object) -> str:
    """A value of a query's answer as text: JSON for lists and maps, a dash for null."""
    if value is None:
        return "–"
    if isinstance(value, float) and value.is_integer() and abs(value) < _SPELL_TO:
        value = int(value)
    text = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (bool, dict, list, tuple)) else value
    return shorten_text(str(text), _CELL_CHARS)


def _format_amount(value: float, quantity: Quantity) -> str:
    number = format_number(value)
    if value > 0 and quantity.measure.endswith("_change"):
        number = f"+{number}"
    currency = _CURRENCY.fullmatch(quantity.unit)
    if currency:
        return _format_money(number, currency["code"], currency["per"])
    return _format_unit(number, quantity.unit, value)


def _format_money(number: str, code: str, per: str | None) -> str:
    sign, digits = (number[0], number[1:]) if number[0] in f"+{_MINUS}" else ("", number)
    amount = sign + _CURRENCIES.get(code, code + _NO_BREAK) + digits
    return f"{amount} per {per}" if per else amount


def _format_unit(number: str, unit: str, value: float) -> str:
    if unit == "rank":
        return f"no.{_NO_BREAK}{number}"
    if unit in ("%", "x"):
        return number + {"%": "%", "x": "×"}[unit]
    words = {"pp": "percentage points"}.get(unit, unit)
    if value == 1:
        words = {"people": "person", "countries": "country"}.get(words, words.removesuffix("s"))
    return f"{number}{_NO_BREAK}{words}" if words else number


def _exact(value: float) -> Decimal:
    return Decimal(repr(float(value)))


def _hides(char: str) -> bool:
    return unicodedata.category(char) == "Cf" and char not in _KEPT_FORMAT
