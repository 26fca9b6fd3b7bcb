"""Gold files: their lines, days and names, and what is said of a bad one."""

import json
from pathlib import Path

import pytest

from graph.errors import ParseError
from ingest.accuracy.gold import (
    Names,
    make_line,
    normalise,
    read_claims,
    read_days,
    read_lines,
    read_names,
    read_outlets,
)

LINE = {"doc": "a.txt", "start": 3, "end": 20, "type": "deal", "predicate": "raised", "subject": "Vantor"}
NAMES = Names(
    [
        {"canonical": "Microsoft", "surface_forms": ["マイクロソフト"], "other_aliases": ["MSFT"]},
        {"canonical": "Mistral", "surface_forms": ["Mistral AI"]},
        {"canonical": "two former employees", "surface_forms": ["the pair"], "descriptor": True},
    ]
)


def test_line_without_more_is_a_plain_assertion() -> None:
    line = make_line(LINE)
    assert (line.span, line.modality, line.polarity, line.claimant, line.core) == (
        (3, 20),
        "asserted",
        "affirmed",
        "",
        True,
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"value": 5600000, "unit": "USD"}, (5.6e6, "usd")),
        ({"value": 2, "unit": "USD/1M tokens"}, (2.0, "usd")),
        ({"value": 300, "unit": "users"}, (300.0, "people")),
        ({"value": 4, "unit": None}, (4.0, "")),
        ({"value": None, "unit": "USD"}, None),
        (None, None),
    ],
    ids=["currency", "what it is per does not count", "users are people", "no unit", "no value", "none"],
)
def test_quantity_is_value_and_unit(raw: object, expected: object) -> None:
    assert make_line(LINE | {"quantity": raw}).quantity == expected


@pytest.mark.parametrize(
    ("raw", "measure"),
    [
        ({"value": 2, "unit": "USD", "measure": "price"}, "price"),
        ({"value": 2, "unit": "USD", "measure": None}, ""),
        ({"value": None, "measure": "price"}, ""),
        (None, ""),
    ],
    ids=["named", "unnamed", "no value", "none"],
)
def test_measure_is_that_of_an_amount(raw: object, measure: str) -> None:
    assert make_line(LINE | {"quantity": raw}).measure == measure


def test_origin_is_the_last_claimant() -> None:
    assert make_line(LINE | {"claimants": ["Harbor Ledger", "two engineers"]}).claimant == "two engineers"


def test_further_readings_are_kept_by_field() -> None:
    assert make_line(LINE | {"also": {"modality": ["reported"]}}).also == {"modality": ("reported",)}


@pytest.mark.parametrize(
    ("raw", "score"), [({}, None), ({"score": None}, None), ({"score": 0}, 0.0), ({"score": 1}, 1.0)]
)
def test_score_is_there_when_the_line_has_one(raw: dict[str, object], score: float | None) -> None:
    assert make_line(LINE | raw).score == score


@pytest.mark.parametrize("score", [-0.1, 1.5, "nan", "sure"])
def test_score_that_is_no_share_is_refused(score: object) -> None:
    with pytest.raises(ParseError, match="claim"):
        make_line(LINE | {"score": score})


@pytest.mark.parametrize("missing", ["doc", "start", "end", "type", "predicate", "subject"])
def test_line_that_lacks_a_field_is_refused(missing: str) -> None:
    with pytest.raises(ParseError, match=r"gold:7.*evaluation format"):
        make_line({key: value for key, value in LINE.items() if key != missing}, "gold:7")


@pytest.mark.parametrize("text", ['{"doc": ', "[1, 2]", '{"doc": "a.txt"}'], ids=["broken", "a list", "too little"])
def test_bad_claim_file_is_named_with_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(f"\n{text}\n", "utf-8")
    with pytest.raises(ParseError, match=r"claims\.jsonl:\d"):
        read_claims(path)


def test_empty_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text('{"a": 1}\n\n{"a": 2}\n', "utf-8")
    assert [line["a"] for line in read_lines(path)] == [1, 2]


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0c"])
def test_a_sentence_may_hold_any_sign(sign: str, tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps({"sentence": f"one{sign}two"}, ensure_ascii=False) + "\r\n", "utf-8")
    assert [line["sentence"] for line in read_lines(path)] == [f"one{sign}two"]


def test_days_are_found_by_column_name(tmp_path: Path) -> None:
    path = tmp_path / "MANIFEST.tsv"
    path.write_text("register\tday\ttext\nwire\t2025-03-05\ta.txt\n\nblog\n", "utf-8")
    assert read_days(path) == {"a.txt": "2025-03-05"}


@pytest.mark.parametrize(
    ("table", "outlets"),
    [
        pytest.param("text\tday\tregister\na.txt\t2025-03-05\twire\n", {"a.txt": "wire"}, id="the third column"),
        pytest.param(
            "text\tsource\tdate\toutlet\na\tx\t2025\tHarbor Ledger\n", {"a": "Harbor Ledger"}, id="by its name"
        ),
        pytest.param("text\tday\toutlet\na.txt\t2025-03-05\nb.txt\t2025-03-05\t\n", {}, id="texts without one"),
        pytest.param("text\tday\na.txt\t2025-03-05\n", {}, id="no such column"),
        pytest.param("size\ttext\tday\n9\ta.txt\t2025-03-05\n", {}, id="a day is no outlet"),
        pytest.param("", {}, id="empty"),
    ],
)
def test_outlet_is_the_column_of_its_name_else_the_third(table: str, outlets: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "MANIFEST.tsv"
    path.write_text(table, "utf-8")
    assert read_outlets(path) == outlets


@pytest.mark.parametrize("text", ["", "a.txt\t2025-03-05\n"], ids=["empty", "no header"])
def test_manifest_without_columns_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "MANIFEST.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(ParseError, match="no columns text and day"):
        read_days(path)


def test_entity_without_canonical_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "entities.jsonl"
    path.write_text('{"surface_forms": ["Vantor"]}\n', "utf-8")
    with pytest.raises(ParseError, match=rf"^{path}: a line without canonical"):
        read_names([path])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Microsoft", "マイクロソフト", True),
        ("Microsoft", "MSFT", True),
        ("mistral-ai", "Mistral AI", True),
        ("Ｍistral", "Mistral", True),
        ("Microsoft", "Mistral", False),
        ("Microsoft", None, False),
        (None, None, True),
        ("a group of former engineers", "former engineers of the lab", True),
        ("a group of investors", "former engineers of the lab", False),
        ("業界の複数の関係者", "複数の業界関係者", True),
        ("業界の関係者", "匿名の従業員", False),
        ("Microsoft researchers", "Microsoft", False),
        ("the pair", "two former employees", True),
    ],
)
def test_which_names_mean_the_same(one: str | None, other: str | None, same: bool) -> None:
    assert NAMES.is_same(one, other) is NAMES.is_same(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "speaks"),
    [
        ("Microsoft security researchers", "Microsoft", True),
        ("Microsoft", "Microsoft security researchers", True),
        ("Mistral", "Microsoft", False),
        ("Microsoft", "", False),
    ],
)
def test_body_inside_an_organisation_speaks_for_it(one: str, other: str, speaks: bool) -> None:
    assert NAMES.speaks_for(one, other) is speaks


def test_descriptor_is_no_name() -> None:
    assert NAMES.is_named("MSFT")
    assert not NAMES.is_named("the pair")


@pytest.mark.parametrize("text", ["GPT-4o", "gpt 4o", "ＧＰＴ－４ｏ", "GPT_4o", "(GPT.4o)"])
def test_spelling_does_not_count(text: str) -> None:
    assert normalise(text) == "gpt4o"
