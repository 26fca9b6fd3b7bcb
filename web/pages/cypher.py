"""The Cypher console: a query in the address, its answer as table, graph and JSON, the limits in plain sight."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, json, render_template, request, url_for

from graph import schema
from graph.answers.neighbourhood import get_neighbourhood
from graph.cypher.files import parse_query_file, read_parameter
from graph.cypher.guard import find_parameters, find_unknown_names
from graph.errors import ClaimGraphError, QueryError
from graph.store import Table
from web.documents import answer_table
from web.drawing import draw
from web.language.formatting import format_cell
from web.languages import get_page_words
from web.problems import get_status
from web.querying import LIMITS, MAX_QUERY, list_fields, run_query
from web.questions import Question, format_value, list_questions
from web.services import get_services
from web.twins import Twin, make_twins
from web.wanted import get_wanted

pages = Blueprint("cypher", __name__)

# Of a link that we make; the server takes a little more (access.py).
LONGEST_ADDRESS = 8000
# As the guard and the engines name it.
_PLACE = re.compile(r"\bline (\d+), col(?:umn)? (\d+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and, for each of its parameters, what stands in its field."""

    query: str = ""
    fields: dict[str, str] | None = None

    @property
    def arguments(self) -> dict[str, str]:
        """As an address has them: `q`, and each parameter under its name with the `$`."""
        return {"q": self.query, **{f"${name}": text for name, text in (self.fields or {}).items() if text}}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows below the form; `error` is empty when the query was answered.

    unknown  labels and properties in the query that the graph does not have
    place    the line and column of the query that the error is about, both from 1
    """

    table: Table | None = None
    unknown: tuple[str, ...] = ()
    error: str = ""
    place: tuple[int, int] | None = None
    status: int = 200


@pages.get("/cypher")
def show() -> tuple[str, int]:
    asked = get_asked()
    answer = _answer(asked) if asked.query.strip() else Answer(error=get_services().closed)
    page = render_template(
        "cypher/show.html",
        asked=asked,
        answer=answer,
        line=_find_line(asked.query, answer.place),
        data=list_fields(answer.table) if answer.table else None,
        numeric=find_numeric(answer.table) if answer.table else (),
        limits=LIMITS,
        max_query=MAX_QUERY,
        longest_address=LONGEST_ADDRESS,
        questions=list_questions(),
        question_url=make_question_url,
        schema=schema,
        cell=format_cell,
        twins=_make_twins(asked) if answer.table else (),
    )
    return page, answer.status


@pages.get("/cypher.csv")
def show_csv() -> Response:
    asked = get_asked()
    table = run_query(asked.query, _read_fields(asked))
    # No row of a table can say that there are more.
    return answer_table(table, f"answer-first-{len(table.rows)}-rows.csv" if table.truncated else "answer.csv")


@pages.get("/cypher/graph")
def show_graph() -> str:
    """What the console draws of an answer: the nodes that the address names, and what links them."""
    wanted = get_wanted()
    view = get_neighbourhood(get_services().store, wanted)
    return render_template("cypher/graph.html", drawing=draw(view, wanted.starts, get_page_words()))


def get_asked() -> Asked:
    """What the request asks. Values come from its fields, else from the query's own `// param` lines."""
    query = request.args.get("q", "")[: MAX_QUERY + 1]
    given = {key[1:]: text for key, text in request.args.items() if key.startswith("$")}
    try:
        names = find_parameters(query)
        written = {name: format_value(value) for name, value in parse_query_file(query).parameters.items()}
    except QueryError:
        return Asked(query, given)
    return Asked(query, {name: given.get(name) or written.get(name, "") for name in names})


def make_question_url(question: Question) -> str:
    """Where a ready question is asked."""
    return f"{url_for('cypher.show')}?{urlencode(Asked(question.query, question.parameters).arguments)}"


def find_numeric(table: Table) -> tuple[int, ...]:
    """The places of the columns that hold numbers alone, to be set flush right."""
    columns = [[value for value in column if value is not None] for column in zip(*table.rows, strict=True)]
    return tuple(place for place, values in enumerate(columns) if values and all(map(_is_number, values)))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _answer(asked: Asked) -> Answer:
    try:
        return Answer(run_query(asked.query, _read_fields(asked)), find_unknown_names(asked.query))
    except ClaimGraphError as error:
        match = _PLACE.search(str(error))
        place = (int(match[1]), int(match[2])) if match else None
        return Answer(error=str(error), place=place, status=get_status(error).value)


def _read_fields(asked: Asked) -> dict[str, object]:
    fields = asked.fields or {}
    if empty := [f"${name}" for name, text in fields.items() if not text.strip()]:
        raise QueryError(f"{', '.join(empty)}: no value is given; fill in the field", reason="refused")
    return {name: read_parameter(text) for name, text in fields.items()}


def _find_line(query: str, place: tuple[int, int] | None) -> tuple[str, str, str] | None:
    """The line of the query that an error is about: before the place, the word or sign there, and after it."""
    lines = query.replace("\r\n", "\n").split("\n")
    if place is None or place[0] > len(lines):
        return None
    line, start = lines[place[0] - 1], place[1] - 1
    word = re.compile(r"\w+|.|").match(line, start)
    assert word
    return line[:start], word[0], line[word.end() :]


def _make_twins(asked: Asked) -> tuple[Twin, ...]:
    parameters = json.dumps(_read_fields(asked)) if asked.fields else None
    twins = make_twins(
        url_for("api.run_query_in_address", q=asked.query, parameters=parameters),
        f"{url_for('cypher.show_csv')}?{urlencode(asked.arguments)}",
    )
    return tuple(twin for twin in twins if len(twin.url) <= LONGEST_ADDRESS)
