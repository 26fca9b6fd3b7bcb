"""The ledger for readers: one row a result, each name leads to its sentence, debts and boards beside."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from tests.web.rivals import BEATEN, LEVEL, MEASURED, RANK, SCORE
from tests.web.story import BETTER, DEEPSEEK


def read_rows(page: str) -> list[list[str]]:
    """The cells of each row of the results, as text."""
    [table] = re.findall(r'<table class="stack ledger">.*?</table>', page, flags=re.S)
    rows = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], flags=re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S) for row in rows]
    return [[_plain(cell) for cell in row] for row in cells]


def _plain(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", cell.replace("<div", " <div")).split())


def test_a_result_stands_in_its_columns(rival_client: FlaskClient) -> None:
    rows = {(row[0], row[1], row[2]): row[3:] for row in read_rows(rival_client.get("/ledger").text)}
    assert rows["DeepSeek-R1", "scores", "AIME 2024"][:3] == ["79.8%", "DeepSeek", "Epoch AI"]
    assert rows["DeepSeek-R1", "ranks", "Chatbot Arena"][:3] == ["no. 3", "DeepSeek", "LMSYS"]
    assert rows["DeepSeek-R1", "level with OpenAI o1", "none named"][1:3] == [
        "DeepSeek",
        "nobody known elsewhere: OpenAI",
    ]
    assert rows["OpenAI o1", "better than DeepSeek-R1", "AIME 2024"][3] == "otherwise: DeepSeek"


def test_every_name_leads_to_its_sentence(rival_client: FlaskClient) -> None:
    page = rival_client.get("/ledger").text
    for claim in (BETTER, BEATEN, LEVEL, MEASURED, RANK, SCORE):
        assert f'href="/claims/{claim.id}"' in page
        assert rival_client.get(f"/claims/{claim.id}").status_code == 200


def test_newest_come_first(rival_client: FlaskClient) -> None:
    days = [row[-1] for row in read_rows(rival_client.get("/ledger").text)]
    assert days == ["31 Jan 2025", "29 Jan 2025", "20 Jan 2025", "20 Jan 2025", "20 Jan 2025"]


def test_what_each_vendor_owes(rival_client: FlaskClient) -> None:
    page = rival_client.get("/ledger").text
    [table] = re.findall(r'<table class="debts">.*?</table>', page, flags=re.S)
    text = " ".join(re.sub(r"<[^>]+>", " ", table).split())
    assert text.endswith("DeepSeek 2 4 1 OpenAI 1 1 –")
    assert 'href="/ledger?about=DeepSeek"' in table


def test_boards_stand_beside_the_claims_that_they_check(rival_client: FlaskClient) -> None:
    page = rival_client.get("/ledger").text
    checks = page[page.index('id="checks"') :]
    assert f'href="/claims/{RANK.id}"' in checks
    assert "as the claim says" in checks


def test_about_and_as_of_narrow(rival_client: FlaskClient) -> None:
    assert {row[0] for row in read_rows(rival_client.get("/ledger?about=openai").text)} == {"OpenAI o1", "DeepSeek-R1"}
    early = rival_client.get("/ledger?as_of=2025-01-20").text
    assert [row[1] for row in read_rows(early)] == ["level with OpenAI o1", "ranks", "scores"]
    assert 'value="2025-01-20"' in early
    assert "Epoch AI" not in early


def test_debts_are_of_all_and_what_is_left_out_is_told(rival_client: FlaskClient) -> None:
    page = rival_client.get("/ledger?limit=2").text
    assert len(read_rows(page)) == 2
    assert "and 3 more results" in page
    answer = rival_client.get("/api/v1/ledger?limit=2").get_json()
    assert (len(answer["entries"]), answer["more"], answer["debts"][0]["claimed"]) == (2, 3, 4)


@pytest.mark.parametrize(
    "query", ["about=-type:nonsense", "about=type:nonsense", "as_of=yesterday", "as_of=2025-13-01"]
)
def test_wrong_question_is_answered_beside_the_form(rival_client: FlaskClient, query: str) -> None:
    answer = rival_client.get(f"/ledger?{query}")
    assert answer.status_code == 400
    assert 'id="error"' in answer.text
    assert rival_client.get(f"/api/v1/ledger?{query}").status_code == 400


def test_twins_have_the_same(rival_client: FlaskClient) -> None:
    answer = rival_client.get("/api/v1/ledger?about=deepseek").get_json()
    rows = list(
        csv.DictReader(io.StringIO(rival_client.get("/ledger.csv?about=deepseek").get_data().decode("utf-8-sig")))
    )
    assert [row["subject"] for row in rows] == [entry["subject"]["name"] for entry in answer["entries"]]
    row = next(row for row in rows if row["predicate"] == "scores")
    assert (row["vendor"], row["value"], row["unit"]) == ("DeepSeek", "79.8", "%")
    assert (row["self_reported_by"], row["measured_by"], row["owed"]) == ("DeepSeek", "Epoch AI", "no")
    assert row["claim"] == SCORE.id
    assert DEEPSEEK.id in answer["entities"]


def test_empty_ledger_tells_how_to_load_a_board(empty_client: FlaskClient, rival_client: FlaskClient) -> None:
    page = empty_client.get("/ledger").text
    assert "No result is claimed here" in page
    assert "claimgraph ledger import FILE --date DAY" in page
    assert "No result is claimed so" in rival_client.get("/ledger?about=zebra").text


def test_in_japanese(rival_client: FlaskClient) -> None:
    rows = read_rows(rival_client.get("/ledger", headers={"Accept-Language": "ja"}).text)
    assert ["OpenAI o1", "DeepSeek-R1を上回る", "AIME 2024"] in [row[:3] for row in rows]
    assert "3位" in {row[3] for row in rows}
