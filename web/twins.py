"""The other forms of a page: the same as JSON, a list also as CSV and RSS, a story as Markdown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Twin:
    """An address with the same in another form; `name` is the key of its word."""

    name: str
    type: str
    url: str


def make_twins(json: str, csv: str = "", rss: str = "", markdown: str = "") -> tuple[Twin, ...]:
    """The forms that have an address."""
    forms = (
        Twin("twins.json", "application/json", json),
        Twin("twins.csv", "text/csv", csv),
        Twin("twins.rss", "application/rss+xml", rss),
        Twin("twins.markdown", "text/markdown", markdown),
    )
    return tuple(form for form in forms if form.url)
