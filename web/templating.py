"""The words, marks and formats that templates use, in the language of the request."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import quote

from flask import Flask, request, url_for
from markupsafe import Markup, escape

from graph.records import Cue, CueKind
from graph.searching.language import Term, format_terms
from graph.store import Facet
from graph.views import ClaimView, FacetValue, Gist, JudgementView
from web.assets import find_asset
from web.language import acts, formatting, naming, saying
from web.language.headlines import say_headline
from web.language.quoting import find_reply_language, list_sentences
from web.language.reading import Part, read_claim
from web.language.wording import LANGUAGES, Words, get_words, say_judgement
from web.languages import find_script_language, get_page_words, mark_script, strip_query
from web.marking import Piece, split_text
from web.pictures.figures import draw_figures
from web.requests.arguments import get_told_by, keep_days
from web.services import get_services

NAVIGATION = (
    ("today.show", "nav.today"),
    ("matters.show_all", "nav.matters"),
    ("contradictions.show", "nav.contradictions"),
    ("figures.show", "nav.figures"),
    ("ledger.show", "nav.ledger_short"),
    ("entities.show_all", "entities.title"),
)
"""What the head of every page leads to: endpoints and the keys of their words."""

MORE_NAVIGATION = (
    ("today.show_days", "nav.days"),
    ("search.show", "nav.claims"),
    ("articles.show_all", "articles.title"),
    ("sources.show_all", "nav.sources"),
    ("explore.show", "nav.explore"),
    ("cypher.show", "nav.cypher"),
    ("feeds.show", "nav.feeds"),
    ("status.show", "nav.status"),
    ("audit.show", "audit.title"),
    ("how_read.show", "how_read.title"),
    ("reference.show", "api.title"),
)
"""What it leads to behind "More"."""

MATTERS_NAVIGATION = (
    ("matters.show_all", "nav.matters"),
    ("stories.show", "story.title"),
    ("contradictions.show", "nav.contradictions"),
    ("ledger.show", "nav.ledger"),
    ("figures.show", "nav.figures"),
)
"""What the pages about matters lead to, beside each other."""

_Said = TypeVar("_Said")

_SENTENCE_CHARS = 500

# Longer ones are refused; they need not be carried back.
_LONGEST_QUERY = 4000

_FACET_TABLES: dict[str, str] = {
    Facet.TYPE: "types",
    Facet.MODALITY: "modality_names",
    Facet.POLARITY: "polarities",
    Facet.LANG: "languages",
}

_LOCAL_FILTERS: dict[str, Callable[..., str]] = {
    "quantity": formatting.format_quantity,
    "number": formatting.format_number,
    "day": formatting.format_day,
    "moment": formatting.format_moment,
    "partial_date": formatting.format_partial_date,
    "span": formatting.format_span,
    "clock": formatting.format_clock,
    "full_day": formatting.format_full_day,
    "short_day": formatting.format_short_day,
    "name": formatting.format_name,
}
_FILTERS: dict[str, Callable[..., str]] = {
    "shorten": formatting.shorten_text,
    "web_url": formatting.get_web_url,
}


def prepare_templates(app: Flask) -> None:
    """Filters and globals for the templates; blocks leave no blank lines behind."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(_FILTERS)
    app.jinja_env.filters.update({name: _localise(format) for name, format in _LOCAL_FILTERS.items()})
    app.jinja_env.filters["mark_script"] = mark_script
    app.jinja_env.filters["period"] = _format_period
    app.jinja_env.filters["local"] = _find_local
    app.jinja_env.globals.update(
        asset=find_asset,
        say=_say,
        word=_name,
        translated=_translate,
        page_lang=lambda: get_page_words().lang,
        reading=_read,
        judgement=_say_judgement,
        distance=_format_distance,
        search_url=make_search_url,
        here=_find_here,
        navigation=NAVIGATION,
        more_navigation=MORE_NAVIGATION,
        matters_navigation=MATTERS_NAVIGATION,
        lit_sentence=light_speakers,
        facet_word=_say_facet,
        codes=_list_codes,
        matter_url=_make_matter_url,
        headline=_say_headline,
        act_word=_localise_saying(acts.say_act_word),
        led=_localise_saying(acts.lead_claim),
        sentences=list_sentences,
        reply_lang=find_reply_language,
        written_in=find_script_language,
        led_by=_localise_saying(acts.lead_by),
        people=_localise_saying(naming.name_people),
        story_text=saying.quote_name,
        measured=_localise_saying(saying.say_measured),
        converted=saying.convert_amount,
        turns=saying.list_turns,
        figures_picture=_localise_saying(draw_figures),
        input_label=_localise_saying(saying.say_input),
        result=_localise_saying(saying.say_result),
        other_languages=_list_other_languages,
        installation=lambda: get_services().installation,
    )


def make_search_url(*terms: tuple[str, str]) -> str:
    """The address of the search for these keys and values."""
    # A double quote cannot be written inside a quoted value.
    text = format_terms(Term(key, value.replace('"', " ")) for key, value in terms)
    return url_for("search.show", q=text)


def light_speakers(claim: ClaimView) -> tuple[Piece[Cue], ...]:
    """The claim's sentence, cut to a readable length, with the words that credit its speakers marked."""
    start = claim.span[0]
    spans = [(cue.span, cue) for cue in claim.cues if cue.kind is CueKind.ATTRIBUTION]
    return split_text(
        formatting.shorten_text(claim.text, _SENTENCE_CHARS), [((a - start, b - start), cue) for (a, b), cue in spans]
    )


def _localise(format: Callable[..., str]) -> Callable[..., str]:
    def show(value: object) -> str:
        return format(value, get_page_words())

    return show


def _localise_saying(say: Callable[..., _Said]) -> Callable[..., _Said]:
    def show(*values: object) -> _Said:
        return say(*values, get_page_words())

    return show


def _make_matter_url(matter_id: str) -> str:
    """The address of a matter's page, as on the days that this page is asked for."""
    return url_for("matters.show", matter_id=matter_id, **keep_days())


def _say_headline(gist: Gist | None) -> str:
    """The headline of a matter, as known by the day that this page is asked for."""
    return say_headline(gist, get_told_by(), get_page_words())


def _say(key: str, /, **values: object) -> Markup:
    return get_page_words().say(key, **values)


def _name(table: str, code: str) -> str:
    return get_page_words().name(table, code)


def _translate(table: str, key: str, english: str) -> Markup:
    """The words of an open set in the interface's language; the English ones, marked as such, where it has none."""
    words = get_page_words()
    found = words.tables[table].get(key)
    if found is None and words.lang != "en":
        return Markup('<span lang="en">{}</span>').format(english)
    return escape(found or english)


def _format_period(start: date, form: str) -> str:
    """A day, or the month that begins with it, as the interface's language has it."""
    return formatting.format_period(start, form, get_page_words())


def _find_local(moment: datetime) -> datetime:
    """The moment by the clocks of the zone whose days are told of."""
    return moment.astimezone(get_services().editions.desk.zone)


def _say_facet(facet: str, value: FacetValue) -> str:
    """A facet's value for people; its label where it is a name already."""
    table = _FACET_TABLES.get(facet)
    return get_page_words().name(table, value.value) if table else value.label


def _list_codes(table: str) -> str:
    """The codes of a closed set, each with its word where that is another one."""
    names = get_page_words().tables[table]
    return ", ".join(code if names[code] == code else f"{code} ({names[code]})" for code in names)


def _read(claim: ClaimView) -> tuple[Part, ...]:
    return read_claim(claim, get_page_words())


def _say_judgement(view: JudgementView) -> str:
    return say_judgement(view, get_page_words())


def _format_distance(moment: datetime) -> str:
    return formatting.format_distance(moment, get_services().now(), get_page_words())


def _list_other_languages() -> list[Words]:
    return [get_words(lang) for lang in LANGUAGES if lang != get_page_words().lang]


def _find_here() -> str:
    """The path and query of this page, to come back to; without the mark of what was just watched."""
    query = strip_query(request.query_string.decode("ascii", "replace"), "starred")
    path = quote(request.path)
    return f"{path}?{query}" if 0 < len(query) < _LONGEST_QUERY else path
