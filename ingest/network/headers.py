"""When a server wishes to be asked again, from the headers of its answer."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# A longer wait than a day is a mistake (or 10^12): the schedule asks daily anyway.
LONGEST_WAIT = 86_400.0
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,20})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[,\s])no-(?:cache|store)(?=$|[,;=\s])", re.IGNORECASE)


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait, at most a day; None for nothing, the past and rubbish (RFC 9110, section 10.2.3)."""
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:20]), LONGEST_WAIT)
    wait = _seconds_until(value, now)
    return wait if wait > 0 else None


def parse_fresh_for(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds for which an answer holds, at most a day; 0 when it says nothing, the past or rubbish.

    RFC 9111: `max-age` less `Age` goes before `Expires` (sections 4.2.1 and 5.2.2), which counts from `Date`.
    """
    control = headers.get("Cache-Control", "")
    if _NOT_KEPT.search(control):
        return 0.0
    if found := _MAX_AGE.search(control):
        age = headers.get("Age", "").strip()
        return _clamp(float(found[1]) - (float(age[:20]) if age.isascii() and age.isdigit() else 0.0))
    if "Expires" not in headers:
        return 0.0
    return _clamp(_seconds_until(headers["Expires"], _parse_date(headers.get("Date", "")) or now))


def _seconds_until(value: str, now: datetime) -> float:
    moment = _parse_date(value)
    return _clamp((moment - now).total_seconds()) if moment else 0.0


def _parse_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _clamp(seconds: float) -> float:
    return max(0.0, min(seconds, LONGEST_WAIT))
