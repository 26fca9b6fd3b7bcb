"""Every word in every language, none left in a template, and claims that read as people of the language write."""

import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import click
import pytest
from markupsafe import Markup

from commands.watching import add_watch
from graph.answers.finding import Ranking
from graph.answers.neighbourhood import SAYS_OPPOSITE, SAYS_SAME
from graph.grades import Grade
from graph.list_store import ArticleFacet
from graph.matters.drift import Change
from graph.matters.inflation import RETOLD, UNCREDITED
from graph.matters.reply import Answer
from graph.parties import Role, Way
from graph.proposition_store import MatterFacet, Order
from graph.propositions.scopes import SCOPES
from graph.records import (
    PREDICATES,
    ArticleKind,
    Barrier,
    ClaimType,
    Comparator,
    ContradictionKind,
    CopyKind,
    CueKind,
    EntityType,
    Field,
    JudgementKind,
    Misreading,
    Modality,
    News,
    Polarity,
    Predicate,
    Relation,
    SourceKind,
    Status,
    WatchedKind,
)
from graph.searching.language import KEYS
from graph.store import Facet
from graph.sums.making import Check
from graph.versions import Aspect
from web.language.acts import Act
from web.language.wording import LANGUAGES, get_words
from web.measured import Reading
from web.pictures.matrix import Standing
from web.rulings import KINDS

WEB = Path(__file__).parents[3] / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
# What a person types or reads in every language alike.
UNTRANSLATED = {"claimgraph", "Wikidata"}
SCORED = (Grade.SURE, Grade.FAIR, Grade.WEAK)
OPEN_SETS = ("failure_reasons.", "measures.", "measure_words.", "questions.", "schema.")
TABLES = {
    "predicates": Predicate,
    "doings": PREDICATES[ClaimType.ALLEGATION],
    "acts": Act,
    "acts_led": (*Act, "before"),
    "modality_names": Modality,
    "modalities": Modality,
    "grade_names": SCORED,
    "grades": SCORED,
    "polarities": Polarity,
    "types": ClaimType,
    "cues": CueKind,
    "entity_types": EntityType,
    "article_kinds": ArticleKind,
    "barriers": Barrier,
    "aspects": Aspect,
    "copies_of": CopyKind,
    "copies_at": CopyKind,
    "source_kinds": SourceKind,
    "comparators": Comparator,
    "relations": Relation,
    "facets": Facet,
    "links": ("SUBJECT", "OBJECT", "ON", "CLAIMED_BY", "STATES", SAYS_SAME, SAYS_OPPOSITE, *Relation),
    "statuses": Status,
    "contradiction_kinds": ContradictionKind,
    "contradiction_reasons": ContradictionKind,
    "standings": Standing,
    "results": PREDICATES[ClaimType.BENCHMARK],
    "checks": Check,
    "changes": Change,
    "answers": Answer,
    "hows": ("cites", RETOLD, UNCREDITED, *CopyKind),
    "orders": Order,
    "rankings": Ranking,
    "list_facets": (*MatterFacet, *ArticleFacet, "kind"),
    "parts_read": ("part", "whole"),
    "claims_found": ("some", "none"),
    "source_orders": ("weight", "newest"),
    "chips": (*KEYS, "name"),
    "scopes": SCOPES,
    "watched_kinds": WatchedKind,
    "news": News,
    "judgement_kinds": JudgementKind,
    "judging": KINDS,
    "judging_leads": KINDS,
    "misreadings": Misreading,
    "how_read_rows": Reading.__dataclass_fields__,
    "roles": Role,
    "ways": Way,
    "claim_fields": Field,
    "picture_key": ("solid", "hollow", "dashed", "question", "denied", "crossed", "count"),
}

every_language = pytest.mark.parametrize("lang", LANGUAGES)


def test_mails_are_in_the_languages_of_the_pages() -> None:
    kind = next(option.type for option in add_watch.params if option.name == "lang")
    assert isinstance(kind, click.Choice)
    assert tuple(kind.choices) == LANGUAGES


def iter_texts(tables: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a language under its key; the two numbers of one text have one key."""
    for name, value in tables.items():
        if isinstance(value, str):
            yield path + name, value
        elif "one" in value and "other" in value and set(value) == {"one", "other"}:
            yield path + name, value["other"]
        else:
            yield from iter_texts(value, f"{path}{name}.")


def read_texts(lang: str) -> dict[str, str]:
    found = dict(iter_texts(dict(get_words(lang).tables)))
    return {key.removesuffix(".other"): text for key, text in found.items() if not key.startswith(OPEN_SETS)}


@every_language
def test_languages_have_the_same_keys_and_places(lang: str) -> None:
    own, english = read_texts(lang), read_texts("en")
    assert set(own) == set(english)
    # A plural says its number in one language and a unit in another.
    for key in own:
        if not key.startswith(("predicates.", "headline_acts.", "relations.")):
            places = [set(re.findall(r"\{(\w+)\}", texts[key])) for texts in (own, english)]
            assert places[0] == places[1] or places == [places[0], places[0] - {"n"}], key


@every_language
@pytest.mark.parametrize("table", TABLES)
def test_every_code_has_words(lang: str, table: str) -> None:
    assert set(get_words(lang).tables[table]) == set(TABLES[table])


@every_language
@pytest.mark.parametrize("kind", JudgementKind)
def test_every_judgement_has_words(lang: str, kind: StrEnum) -> None:
    assert kind.value in get_words(lang).tables["judgements"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_words_stand_in_a_template(template: Path) -> None:
    text = re.sub(
        r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<code>.*?</code>|<kbd>.*?</kbd>", "", template.read_text(), flags=re.S
    )
    shown = re.findall(r'(?:title|placeholder|aria-label|alt|value)="([^"]*)"', text) + re.findall(r">([^<]+)<", text)
    words = {word for part in shown for word in re.findall(r"[A-Za-z]{2,}|[\u3041-\u9fff]+", part)}
    assert words <= UNTRANSLATED


def test_every_key_that_is_said_is_there_and_no_other() -> None:
    texts = read_texts("en")
    files = [*TEMPLATES, *WEB.rglob("*.py")]
    said = {key for file in files for key in re.findall(r'"([a-z_]+(?:\.\w+)+)"', file.read_text()) if key in texts}
    asked = {
        key for file in TEMPLATES for key in re.findall(r'(?:say|nothing)\("([a-z_]+\.[\w.]+)"[,)]', file.read_text())
    }
    assert asked <= set(texts)
    # Looked up by a code, or put together from parts.
    built = (
        *TABLES,
        "table_names",
        "headline",
        "headline_acts",
        "doings",
        "doings_to_made",
        "doings_to_words",
        "unnamed",
        "inputs",
        "languages",
        "currencies",
        "units",
        "per",
        "judgements",
        "problem",
        "troubles",
        "reading",
        "dates",
        "keys",
    )
    assert {key for key in texts if key.split(".")[0] not in built} - said - {
        "entity.activity_days",
        "entity.activity_months",
        "switch.name",
    } == set()


def test_what_texts_count_is_named_in_either_language() -> None:
    japanese, english = (
        tomllib.loads((WEB.parent / "ingest" / "nlp" / file).read_text("utf-8"))
        for file in ("ja/units.toml", "en/quantities.toml")
    )
    counted = {*japanese["units"].values(), *english["counted"]}
    # Signs such as GW and currencies are written alike; a rank has a form of its own, a tenth is told in percent.
    words = {unit for unit in counted if re.fullmatch(r"[a-z ]{3,}", unit)} - {"rank"}
    assert "items" in words
    for lang in LANGUAGES:
        assert words - set(get_words(lang).tables["units"]) == set()


def test_values_are_escaped_and_numbers_written() -> None:
    words = get_words("en")
    assert words.say("search.without", term="<b>") == "without &lt;b&gt;"
    assert words.say("search.without", term=Markup("<b>")) == "without <b>"
    assert words.say("article.claims", n=1) == "1 claim"
    assert words.say("article.claims", n=2000) == "2,000 claims"
    assert get_words("ja").say("article.claims", n=1) == "主張 1件"


def test_unknown_code_is_shown_as_it_is() -> None:
    assert get_words("ja").name("languages", "xx") == "xx"
    assert get_words("en").name("measures", "training_cost") == "training cost"
