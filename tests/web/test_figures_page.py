"""Figures for readers: one measure of one thing on one scale, and what cannot both hold among them."""

import csv
import io
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from graph.answers.figures import Figures
from graph.computed import Tables
from graph.deriving import derive
from graph.rates import parse_rates
from graph.records import Claimant, Extraction, Party, Predicate
from graph.stores.sqlite import SqliteStore
from tests.web.rivals import CHEAP, DEAR, EUROS, PAPER, SCORE
from tests.web.story import COST, CURATED, NOW, STATUS
from web.app import create_app
from web.language.saying import say_measured
from web.language.wording import get_words


def read_tables(page: str) -> dict[str, list[list[str]]]:
    """Under what is measured the cells of its rows, as text: under each picture, and in the table of single numbers."""
    found = {}
    for heading, body in re.findall(r'<h2 class="chapter"[^>]*>(.*?)</h2>.*?<tbody>(.*?)</tbody>', page, flags=re.S):
        found[_plain(heading)] = [_read_row(row) for row in re.findall(r"<tr>(.*?)</tr>", body, flags=re.S)]
    _, _, alone = page.partition('<h2 id="alone">')
    for row in re.findall(r"<tr>(.*?)</tr>", alone.partition("<tbody>")[2].partition("</tbody>")[0], flags=re.S):
        [heading] = re.findall(r"<th[^>]*>(.*?)</th>", row, flags=re.S)
        found.setdefault(_plain(heading), []).append(_read_row(row))
    return found


def _read_row(row: str) -> list[str]:
    return [_plain(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, flags=re.S)]


def _plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_one_measure_of_one_thing_side_by_side(rival_client: FlaskClient) -> None:
    page = rival_client.get("/figures?q=deepseek-r1&measure=training_cost").text
    tables = read_tables(page)
    assert list(tables) == ["DeepSeek-R1: training cost"]
    [cheap, dear] = tables["DeepSeek-R1: training cost"]
    assert "Up to 19 times apart. On a log scale.</figcaption>" in page
    assert cheap == ["US$294,000", "$294,000", "says", "DeepSeek", "The Tidewater Ledger", "20 Jan 2025"]
    assert dear[0].replace("\u00a0", " ") == "about US$5.6 million"
    assert dear[1:4] == ["some $5.6 million", "says", "analysts at Quayside"]


def test_different_numbers_are_drawn_and_single_ones_share_a_table(rival_client: FlaskClient) -> None:
    page = rival_client.get("/figures?q=deepseek-r1").text
    drawn, _, alone = page.partition('<h2 id="alone">')
    assert drawn.count('<svg class="drawing scale"') == drawn.count("</figure>") == 1
    assert "<svg class" not in alone.partition("</table>")[0].replace('<svg class="mark"', "")
    assert "DeepSeek-R1: score on AIME 2024" in alone


def test_ranks_and_scores_are_headed_without_their_numbers(rival_client: FlaskClient) -> None:
    english = read_tables(rival_client.get("/figures?q=deepseek-r1").text)
    assert {"DeepSeek-R1: score on AIME 2024", "DeepSeek-R1: rank on Chatbot Arena"} <= set(english)
    japanese = read_tables(rival_client.get("/figures?q=deepseek-r1", headers={"Accept-Language": "ja"}).text)
    assert {"DeepSeek-R1の得点（AIME 2024）", "DeepSeek-R1の順位（Chatbot Arena）"} <= set(japanese)


def test_numbers_lead_to_their_sentences(rival_client: FlaskClient) -> None:
    page = rival_client.get("/figures").text
    for claim in (CHEAP, DEAR, COST, EUROS):
        assert f'<a href="/claims/{claim.id}">' in page


def test_contradictions_among_them_are_side_by_side(rival_client: FlaskClient) -> None:
    page = rival_client.get("/figures?q=deepseek-r1").text
    assert page.count('class="pair"') == 1
    pair = page[page.index('class="pair"') :]
    assert CHEAP.text in pair
    assert DEAR.text in pair


def test_measures_to_choose_from_are_those_of_the_question(rival_client: FlaskClient) -> None:
    page = rival_client.get("/figures?q=deepseek-r1&measure=training_cost").text
    assert re.findall(r'<option value="(\w*)"( selected)?>', page) == [
        ("", ""),
        ("training_cost", " selected"),
        ("score", ""),
        ("rank", ""),
    ]


def test_a_number_of_which_no_measure_was_read_is_shown_and_is_no_choice(empty_store: SqliteStore) -> None:
    assert CHEAP.quantity
    unmeasured = replace(CHEAP, quantity=replace(CHEAP.quantity, measure=""))
    empty_store.add((Extraction(PAPER, CURATED, (), (unmeasured, SCORE)),))
    derive(empty_store)
    page = create_app(empty_store, lambda: STATUS, lambda: NOW).test_client().get("/figures").text
    assert re.findall(r'<option value="(\w*)"( selected)?>', page) == [("", ""), ("score", "")]
    assert f'<a href="/claims/{CHEAP.id}">' in page


def test_as_of_shows_what_was_told_by_then(rival_client: FlaskClient) -> None:
    tables = read_tables(rival_client.get("/figures?q=deepseek-r1&measure=training_cost&as_of=2025-01-20").text)
    assert [row[0] for rows in tables.values() for row in rows] == ["US$294,000"]


def test_what_is_converted_says_from_what_and_at_which_rate(rivals: SqliteStore) -> None:
    rates = parse_rates("month\tcurrency\tper_usd\tsource\n2025-01\tEUR\t0.96\tECB\n")
    client = create_app(rivals, lambda: STATUS, lambda: NOW, tables=Tables(rates)).test_client()
    rows, _ = read_tables(client.get("/figures?q=deepseek-v3&measure=training_cost").text).values()
    assert [row[0].replace("\u00a0", " ") for row in rows] == ["about US$5.6 million", "US$6.25 million"]
    assert rows[1][1].replace("\u00a0", " ") == "6 million euros from €6 million at 0.96 per US$"


def test_what_no_rate_converts_is_told_as_it_stands(rival_client: FlaskClient) -> None:
    rows, _ = read_tables(rival_client.get("/figures?q=deepseek-v3&measure=training_cost").text).values()
    assert rows[1][0].replace("\u00a0", " ") == "€6 million"
    assert rows[1][1] == "6 million euros not converted"


def test_what_is_left_out_is_told(rival_client: FlaskClient) -> None:
    page = rival_client.get("/figures?limit=2").text
    assert len(read_tables(page)) == 2
    assert re.search(r"and \d+ more measures; the CSV has them all", page)


@pytest.mark.parametrize("query", ["q=type:nonsense", "as_of=soon", "q=deepseek&measure=zz"])
def test_wrong_question_is_answered_beside_the_form(rival_client: FlaskClient, query: str) -> None:
    answer = rival_client.get(f"/figures?{query}")
    assert answer.status_code == 400
    assert 'id="error"' in answer.text
    assert rival_client.get(f"/api/v1/figures?{query}").status_code == 400


def test_a_measure_that_there_is_not_is_answered_with_those_that_there_are(rival_client: FlaskClient) -> None:
    for path in ("/figures", "/api/v1/figures", "/figures.csv"):
        answer = rival_client.get(f"{path}?measure=zz")
        assert answer.status_code == 400
        assert "training_cost" in answer.text
    assert rival_client.get("/api/v1/figures?measure=chips&q=deepseek-r1").get_json()["figures"] == []


@pytest.mark.parametrize(
    ("predicate", "said"), [(Predicate.HAS_USERS, "Aldin has users"), (Predicate.OWNS_HARDWARE, "Aldin has hardware")]
)
def test_what_numbers_measure_ends_in_no_colon(predicate: Predicate, said: str) -> None:
    figures = Figures(Party("Aldin"), predicate, "users", None, "%", ())
    assert say_measured(figures, get_words("en")) == said


@pytest.mark.parametrize(("lang", "said"), [("en", "Aldin and Borea: price"), ("ja", "AldinとBorea：価格")])
def test_the_price_of_what_is_only_expected_does_not_read_as_paid(lang: str, said: str) -> None:
    figures = Figures(Party("Aldin"), Predicate.ACQUIRED, "price", Party("Borea"), "USD", ())
    assert say_measured(figures, get_words(lang)) == said


def test_twins_have_the_same(rival_client: FlaskClient) -> None:
    query = "q=deepseek-r1&measure=training_cost"
    [figures] = rival_client.get(f"/api/v1/figures?{query}").get_json()["figures"]
    rows = list(csv.DictReader(io.StringIO(rival_client.get(f"/figures.csv?{query}").get_data().decode("utf-8-sig"))))
    assert [float(row["value"]) for row in rows] == [figure["value"] for figure in figures["figures"]]
    assert [(row["as_written"], row["comparator"], row["voices"]) for row in rows] == [
        ("$294,000", "equal", "DeepSeek"),
        ("some $5.6 million", "about", "analysts at Quayside"),
    ]
    assert [row["claim"] for row in rows] == [CHEAP.id, DEAR.id]


def test_nothing_says_so_and_where_all_is(empty_client: FlaskClient, rival_client: FlaskClient) -> None:
    assert "No number is claimed here" in empty_client.get("/figures").text
    page = rival_client.get("/figures?q=zebra").text
    assert "No number is claimed so" in page
    assert '<a href="/figures">all figures</a>' in page


def test_in_japanese(rival_client: FlaskClient) -> None:
    page = rival_client.get("/figures?q=deepseek-r1&measure=training_cost", headers={"Accept-Language": "ja"}).text
    [(heading, rows)] = read_tables(page).items()
    assert heading.startswith("DeepSeek-R1の訓練費")
    assert [row[0] for row in rows] == ["29.4万ドル", "約560万ドル"]
    assert "すべての尺度" in page


def test_who_says_it_in_another_language_is_marked_so(empty_store: SqliteStore) -> None:
    told = replace(CHEAP, claimants=(Claimant(Party("経済紙")),))
    empty_store.add((Extraction(PAPER, CURATED, (), (told,)),))
    derive(empty_store)
    page = create_app(empty_store, lambda: STATUS, lambda: NOW).test_client().get("/figures").text
    assert '<bdi lang="ja">経済紙</bdi>' in page
