"""Suggestions for the search box while somebody types: a list of options for its script, the same as JSON."""

from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request, url_for

from graph.answers.suggesting import Hints, NameHint, suggest
from web.language.measures import spell_measures
from web.languages import get_page_words
from web.pages.cypher import make_question_url
from web.questions import Question, list_questions
from web.services import get_services

pages = Blueprint("suggest", __name__)

# What is asked of a name, or of a measure: a question of data/queries and its parameter.
_OF_NAME, _OF_MEASURE = ("09-any-spelling", "name"), ("05-figures", "measure")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Asking:
    """A ready question with the words that it is asked about in place of its example."""

    title: str
    about: str
    url: str


@pages.get("/suggest")
def show() -> str:
    """Options for the list below the box. No page of its own: pages without scripts search."""
    hints = find_hints()
    return render_template("suggest/options.html", hints=hints, hint_url=make_hint_url, asking=find_question(hints))


def find_hints() -> Hints:
    services = get_services()
    return suggest(services.store, request.args.get("q", ""), services.now(), spell_measures())


def make_hint_url(hint: NameHint) -> str:
    """The page of a name that is all of the text, else the search for the text with it."""
    whole = hint.text == hint.spelling
    return url_for("entities.show", entity_id=hint.entity.id) if whole else url_for("search.show", q=hint.text)


def find_question(hints: Hints) -> Asking | None:
    """A ready question: of a measure that is meant, of the first name, else one that has the text in its words."""
    by_key = {question.key: question for question in list_questions()}
    if hints.measures:
        return _ask(by_key[_OF_MEASURE[0]], _OF_MEASURE[1], hints.measures[0], hints.measures[0].replace("_", " "))
    if hints.names:
        entity = hints.names[0].entity
        return _ask(by_key[_OF_NAME[0]], _OF_NAME[1], entity.name, entity.name)
    text = hints.query.casefold()
    if len(text) < _SHORTEST:
        return None
    found = next((one for one in list_questions() if text in _say_title(one).casefold()), None)
    return Asking(_say_title(found), "", make_question_url(found)) if found else None


def _ask(question: Question, name: str, value: str, shown: str) -> Asking:
    asked = replace(question, parameters={**question.parameters, name: value})
    return Asking(_say_title(question), shown, make_question_url(asked))


def _say_title(question: Question) -> str:
    titles: dict[str, str] = get_page_words().tables["questions"]
    return titles.get(question.key, question.title)
