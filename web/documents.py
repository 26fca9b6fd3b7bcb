"""Lists of claims to take away: as CSV for spreadsheets, as RSS for feed readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as ET

from flask import Response, json, request, url_for

from graph.formats.graph_xml import clean_xml
from graph.formats.tables import format_line
from graph.ids import format_time
from graph.store import Table
from graph.views import ClaimView
from web.language.acts import lead_claim
from web.language.formatting import shorten_text
from web.language.wording import Words

CSV_ROWS = 1000
RSS_ITEMS = 50

_ATOM = "http://www.w3.org/2005/Atom"
_TITLE_CHARS = 200
# A "sentence" can be a whole article without a full stop.
_SENTENCE_CHARS = 10_000
# Spreadsheets take a text for UTF-8 by this mark.
_MARK = "\ufeff"

_COLUMNS = (
    "id",
    "reported_at",
    "source",
    "lang",
    "type",
    "subject",
    "predicate",
    "object",
    "benchmark",
    "measure",
    "comparator",
    "value",
    "high",
    "unit",
    "speakers",
    "modality",
    "polarity",
    "date",
    "sentence",
    "article",
    "grade",
    "score",
    "reader",
)


def answer_csv(claims: Iterable[ClaimView]) -> Response:
    """A row for each claim, to be saved; text that a spreadsheet would run is disarmed."""
    return _answer_csv([format_line(_COLUMNS), *(format_line(_list_cells(claim)) for claim in claims)], "claims.csv")


def answer_table(table: Table, name: str) -> Response:
    """A row for each of the answer to a query; lists and maps as JSON, nothing for null."""
    return _answer_csv([format_line(table.columns), *(format_line(map(_flatten, row)) for row in table.rows)], name)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an RSS document.

    page  path of the page that it leads to
    key   another one tells that it is news again; empty where its page tells it from others
    """

    title: str
    page: str
    text: str
    at: datetime
    key: str = ""


def answer_rss(claims: Iterable[ClaimView], title: str, page: str, words: Words) -> Response:
    """An RSS 2.0 document with an item for each claim.

    page  path of the page that shows the same
    """
    items = (_make_item(claim, words) for claim in claims)
    return answer_items(items, title, str(words.say("feed_document.description")), page, words)


def answer_items(items: Iterable[Item], title: str, description: str, page: str, words: Words) -> Response:
    """An RSS 2.0 document with these items."""
    ET.register_namespace("atom", _ATOM)
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    _put(channel, "title", title)
    _put(channel, "link", _absolute(page))
    _put(channel, "description", description)
    _put(channel, "language", words.lang)
    own = {"href": _absolute(request.full_path.rstrip("?")), "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{_ATOM}}}link", own)
    for item in items:
        _add_item(channel, item)
    return Response(ET.tostring(rss, encoding="utf-8", xml_declaration=True), content_type="application/rss+xml")


def _answer_csv(lines: Iterable[str], name: str) -> Response:
    answer = Response(_MARK + "".join(lines), content_type="text/csv; charset=utf-8; header=present")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _flatten(value: object) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _list_cells(claim: ClaimView) -> list[str | float]:
    quantity = claim.quantity
    return [
        claim.id,
        format_time(claim.reported_at),
        claim.article.source.name,
        claim.lang,
        claim.type.value,
        claim.subject.name,
        claim.predicate.value,
        claim.object.name if claim.object else "",
        claim.benchmark.name if claim.benchmark else "",
        quantity.measure if quantity else "",
        # A comparator is what a spreadsheet takes for a formula; its name is not.
        quantity.comparator.name.lower() if quantity else "",
        quantity.value if quantity else "",
        quantity.high if quantity and quantity.high is not None else "",
        quantity.unit if quantity else "",
        " > ".join(speaker.party.name for speaker in claim.claimants),
        claim.modality.value,
        claim.polarity.value,
        claim.date or "",
        claim.text,
        claim.article.url,
        claim.grade.value,
        "" if claim.score is None else claim.score,
        claim.reader,
    ]


def _make_item(claim: ClaimView, words: Words) -> Item:
    speakers = [claim.article.source.name, *(speaker.party.name for speaker in claim.claimants)]
    return Item(
        shorten_text(lead_claim(claim, words), _TITLE_CHARS),
        url_for("claims.show", claim_id=claim.id),
        f"“{shorten_text(claim.text, _SENTENCE_CHARS)}” {' ▸ '.join(speakers)}",
        claim.reported_at,
    )


def _add_item(channel: ET.Element, one: Item) -> None:
    item = ET.SubElement(channel, "item")
    link = _absolute(one.page)
    _put(item, "title", one.title)
    _put(item, "link", link)
    # Feed readers take a description for HTML, so its text is escaped twice.
    _put(item, "description", escape(one.text, quote=False))
    _put(item, "pubDate", format_datetime(one.at))
    _put(item, "guid", one.key or link, **({"isPermaLink": "false"} if one.key else {}))


def _put(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = clean_xml(text)


def _absolute(path: str) -> str:
    return request.host_url.rstrip("/") + path
