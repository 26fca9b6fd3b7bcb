from datetime import UTC, datetime

import pytest

from ingest.network.headers import parse_fresh_for, parse_retry_after

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
SOON, PAST = "Mon, 05 Jan 2026 13:00:00 GMT", "Mon, 05 Jan 2026 11:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None), ("", None), ("120", 120.0), (" 3600 ", 3600.0), ("1000000000000", 86_400.0),
        ("9" * 400, 86_400.0),
        ("-5", None), ("1.5", None), ("soon", None), ("\u0665", None), (SOON, 3600.0), (PAST, None),
        ("Mon, 05 Jan 9999 13:00:00 GMT", 86_400.0), ("Mon, 99 Jan 2026 99:00:00 GMT", None),
        ("Mon, 05 Jan 2026 13:00:00", 3600.0),
    ],
)  # fmt: skip
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"Cache-Control": "max-age=600"}, 600),
        ({"Cache-Control": "public, MAX-AGE=600, must-revalidate"}, 600),
        ({"Cache-Control": "s-maxage=600"}, 0),
        ({"Cache-Control": "max-age=600", "Age": "200"}, 400),
        ({"Cache-Control": "max-age=600", "Age": "9000"}, 0),
        ({"Cache-Control": "max-age=600", "Age": "rubbish"}, 600),
        ({"Cache-Control": "max-age=31536000"}, 86_400),
        ({"Cache-Control": "max-age=" + "9" * 400}, 86_400),
        ({"Cache-Control": "max-age=rubbish"}, 0),
        ({"Cache-Control": "no-cache, max-age=600"}, 0),
        ({"Cache-Control": "no-store", "Expires": SOON}, 0),
        ({"Cache-Control": "max-age=60", "Expires": SOON}, 60),
        ({"Expires": SOON}, 3600),
        ({"Expires": SOON, "Date": "Mon, 05 Jan 2026 12:30:00 GMT"}, 1800),
        ({"Expires": PAST}, 0),
        ({"Expires": "0"}, 0),
    ],
    ids=str,
)
def test_freshness(headers: dict[str, str], seconds: float) -> None:
    assert parse_fresh_for(headers, NOW) == seconds
