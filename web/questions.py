"""Questions ready to be asked in the Cypher console: the files of data/queries."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.cypher.files import parse_query_file

_FOLDER = Path(__file__).resolve().parents[1] / "data" / "queries"


@dataclass(frozen=True, slots=True)
class Question:
    """A question in English words, its query, and its parameters as the console's fields have them.

    key  the file's name, by which words in other languages are found
    """

    key: str
    title: str
    query: str
    parameters: dict[str, str]


@cache
def list_questions() -> tuple[Question, ...]:
    """All of them, in the order of their files."""
    return tuple(map(_read_question, sorted(_FOLDER.glob("*.cypher"))))


def _read_question(path: Path) -> Question:
    asked = parse_query_file(path.read_text("utf-8"))
    fields = {name: format_value(value) for name, value in asked.parameters.items()}
    return Question(path.stem, asked.title, asked.query, fields)


def format_value(value: object) -> str:
    """A value as a field shows it, so that reading the field gives it back: text as it is, all else as JSON."""
    text = json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, str) and not _is_json(value) else text


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
