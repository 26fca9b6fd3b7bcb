from dataclasses import replace

from graph.answers.accounts import LedgerView
from graph.records import Party
from web.language.wording import get_words
from web.pictures.matrix import Matrix, Result, Standing, make_matrix

EN = get_words()


def find_results(matrix: Matrix, model: str, benchmark: str | None) -> tuple[Result, ...]:
    column = [one.name if one else None for one in matrix.benchmarks].index(benchmark)
    return next(row.cells[column] for row in matrix.rows if row.model.name == model)


def test_a_result_stands_where_its_model_and_benchmark_meet(ledger: LedgerView) -> None:
    matrix = make_matrix(ledger.entries, EN)
    assert matrix
    [arena] = find_results(matrix, "Qwen2.5-Max", "Chatbot Arena")
    assert (arena.text, arena.said, arena.standing) == ("▲ DeepSeek-V3", "better than DeepSeek-V3", Standing.MEASURED)
    [live] = find_results(matrix, "Qwen2.5-Max", "LiveBench")
    assert live.standing is Standing.ALONE
    [score] = find_results(matrix, "DeepSeek-V3", "Arena-Hard")
    assert (score.text, score.standing) == ("85.5\N{NO-BREAK SPACE}points", Standing.TOLD)
    assert find_results(matrix, "DeepSeek-V3", "Chatbot Arena") == ()


def test_those_with_most_results_come_first_and_what_names_no_benchmark_last(ledger: LedgerView) -> None:
    matrix = make_matrix(ledger.entries, EN)
    assert matrix
    assert matrix.rows[0].model.name == "Qwen2.5-Max"
    assert matrix.benchmarks[-1] is None
    assert all(matrix.benchmarks[:-1])
    assert sum(len(cell) for row in matrix.rows for cell in row.cells) + matrix.more == len(ledger.entries)


def test_what_is_owed_and_what_is_said_otherwise(ledger: LedgerView) -> None:
    matrix = make_matrix(ledger.entries, EN)
    assert matrix
    assert matrix.rows[0].owed == sum(one.is_debt for one in ledger.entries if one.subject.name == "Qwen2.5-Max")
    assert any(one.opposed for one in find_results(matrix, "Qwen2.5-Max", "MMLU-Pro"))
    assert not any(one.opposed for one in find_results(matrix, "Qwen2.5-Max", "LiveBench"))


def test_a_matrix_is_no_larger_than_a_page(ledger: LedgerView) -> None:
    one = ledger.entries[0]
    many = [replace(one, subject=Party(f"M{m}"), benchmark=Party(f"B{b}")) for m in range(30) for b in range(15)]
    matrix = make_matrix(many, EN)
    assert matrix
    assert (len(matrix.rows), len(matrix.benchmarks), matrix.more) == (20, 10, 450 - 200)


def test_no_results_give_no_matrix() -> None:
    assert make_matrix((), EN) is None
