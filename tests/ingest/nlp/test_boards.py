"""Tables of model cards as claims."""

from pathlib import Path

import pytest

from graph.readers import TABLES
from ingest.nlp.boards import read_grid
from ingest.nlp.document import Draft
from ingest.nlp.grids import find_grids
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import load_tables


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(load_tables(Path("data/entities")))


def read(text: str, gazetteer: Gazetteer) -> list[Draft]:
    return [draft for grid in find_grids(text) for draft, _ in read_grid(grid, gazetteer, "en")]


def tell(draft: Draft) -> tuple[str, str, str | None, float]:
    assert draft.quantity is not None
    return draft.subject.name, draft.predicate.value, draft.object.name if draft.object else None, draft.quantity.value


SCORES = """Results

| Model | MMLU | GPQA (5-shot) | Average |
|:------|-----:|-----:|----:|
| **GPT-4o** | 88.7 | **53.6** | 71.1 |
| Claude 3.5 Sonnet | 88.3 | - | 60 |
"""


def test_each_cell_under_a_benchmark_is_a_score(gazetteer: Gazetteer) -> None:
    assert [tell(draft) for draft in read(SCORES, gazetteer)] == [
        ("GPT-4o", "scores", "MMLU", 88.7),
        ("GPT-4o", "scores", "GPQA", 53.6),
        ("Claude 3.5 Sonnet", "scores", "MMLU", 88.3),
    ]


def test_what_a_table_says_names_its_reader(gazetteer: Gazetteer) -> None:
    assert {draft.reader for draft in read(SCORES, gazetteer)} == {TABLES}


def test_the_span_is_the_row_to_the_letter(gazetteer: Gazetteer) -> None:
    first = read(SCORES, gazetteer)[0]
    assert SCORES[slice(*first.span)] == "**GPT-4o** | 88.7 | **53.6** | 71.1"


def test_models_may_stand_in_the_head(gazetteer: Gazetteer) -> None:
    text = "| Benchmark | GPT-4o | Llama 3.1 405B |\n|---|---|---|\n| MMLU | 88.7 | 87.3 |\n| MATH | 76.6 | 73.8 |"
    assert ("Llama 3.1 405B", "scores", "MATH", 73.8) in [tell(draft) for draft in read(text, gazetteer)]


def test_html_tables_read_like_markdown(gazetteer: Gazetteer) -> None:
    row = "<td>GPT-4o</td>\n <td align='center'>88.7</td>"
    text = f"<table><tr><th>Model</th><th>MMLU</th></tr>\n<tr>\n {row}\n</tr></table>"
    (draft,) = read(text, gazetteer)
    assert tell(draft) == ("GPT-4o", "scores", "MMLU", 88.7)
    assert text[slice(*draft.span)] == row


def test_unlisted_models_and_benchmarks_are_taken_beside_known_ones(gazetteer: Gazetteer) -> None:
    text = (
        "| Model | MMLU | GPQA | ZebraQuiz |\n|---|---|---|---|\n| GPT-4o | 1 | 2 | 3 |\n| Kestrel-2-7B | 4 | 5 | 6.5 |"
    )
    assert ("Kestrel-2-7B", "scores", "ZebraQuiz", 6.5) in [tell(draft) for draft in read(text, gazetteer)]


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("Params", "7.2B", ("has_size", 7.2e9, "parameters")),
        ("Context length", "128K", ("has_size", 128e3, "tokens")),
        ("Input ($/1M tokens)", "$2.50", ("costs", 2.5, "USD/1M tokens")),
        ("Output price", "€3", ("costs", 3, "EUR/1M tokens")),
    ],
)
def test_sizes_and_prices(head: str, cell: str, expected: tuple[str, float, str], gazetteer: Gazetteer) -> None:
    (draft,) = read(f"| Model | {head} |\n|---|---|\n| GPT-4o | {cell} |", gazetteer)
    assert draft.quantity is not None
    assert (draft.predicate.value, draft.quantity.value, draft.quantity.unit) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("| Item | Content |\n|---|---|\n| Date | 2025-01-20 |", id="no model"),
        pytest.param("| Model | Params |\n|---|---|\n| GPT-4o | 7 |", id="size without scale"),
        pytest.param("| Model | MMLU |\n|---|---|\n| GPT-4o | n/a |", id="no figure"),
        pytest.param("| Model | MMLU |", id="head alone"),
        pytest.param("a | b\nGPT-4o | 3", id="no table"),
    ],
)
def test_what_makes_no_claim(text: str, gazetteer: Gazetteer) -> None:
    assert read(text, gazetteer) == []
