"""The curated tables as they ship, and what is said of a row that is wrong."""

from collections import Counter
from pathlib import Path

import pytest

from graph.errors import ConfigError
from graph.ids import fold_name
from graph.records import EntityId, EntityType, Relation
from ingest.nlp.tables import Tables, load_tables

_FOLDER = Path(__file__).parents[3] / "data" / "entities"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables(_FOLDER)


def test_the_field_is_covered(tables: Tables) -> None:
    counts = Counter(row.entity.type for row in tables.rows)
    assert counts[EntityType.COMPANY] > 400
    assert counts[EntityType.MODEL] > 400
    assert counts[EntityType.PERSON] > 300
    assert all(counts[kind] >= 50 for kind in EntityType)


def test_names_and_ids_are_unique(tables: Tables) -> None:
    for key in (lambda row: row.entity.name, lambda row: row.entity.id):
        repeated = [name for name, count in Counter(map(key, tables.rows)).items() if count > 1]
        assert repeated == []


def test_every_row_says_where_it_was_checked(tables: Tables) -> None:
    assert [row.entity.name for row in tables.rows if not row.source] == []


def test_every_maker_is_in_the_tables(tables: Tables) -> None:
    names = {row.entity.name for row in tables.rows}
    assert [(row.entity.name, row.of) for row in tables.rows if row.of and row.of not in names] == []


def test_a_spelling_without_a_mark_means_one_entity(tables: Tables) -> None:
    owners: dict[str, set[str]] = {}
    for row in tables.rows:
        for spelling in row.spellings:
            if not spelling.contextual:
                owners.setdefault(fold_name(spelling.text), set()).add(row.entity.name)
    assert {form: names for form, names in owners.items() if len(names) > 1} == {}


def test_makers_and_employers_become_ties(tables: Tables) -> None:
    ties = {(tie.subject, tie.relation, tie.object) for tie in tables.ties}
    assert ("openai", Relation.MAKES, "gpt-4o") in ties
    assert ("sam-altman", Relation.WORKS_FOR, "openai") in ties
    assert ("microsoft", Relation.INVESTED_IN, "openai") in ties


def copy_tables(folder: Path) -> Path:
    for file in _FOLDER.glob("*.tsv"):
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    return folder


def test_a_tie_has_the_days_from_and_to_which_it_holds(tmp_path: Path) -> None:
    head = "name\tname_ja\taliases\tof\tkind\tcountry\tsource\tsince\tuntil"
    row = "Ann Quill\t\t\tOpenAI\tCEO\t\ttable\t2025-06"
    (copy_tables(tmp_path) / "person.tsv").write_text(f"{head}\n{row}\n", "utf-8")
    former = "Ann Quill\tWORKS_FOR\tMeta\ttable\t2024\t2025-06-11"
    (tmp_path / "ties.tsv").write_text(f"from\trelation\tto\tsource\tsince\tuntil\n{former}\n", "utf-8")
    ties = {tie.object: tie for tie in load_tables(tmp_path).ties if tie.subject == "ann-quill"}
    now, then = ties[EntityId("openai")], ties[EntityId("meta")]
    assert (now.source, then.source) == ("table, since 2025-06", "table, since 2024, until 2025-06-11")
    days = ("2023-12-31", "2024-02-01", "2025-06-11", "2025-06-12")
    assert [now.held_on(day) for day in days] == [False, False, True, True]
    assert [then.held_on(day) for day in days] == [False, True, True, False]
    assert (now.is_over, then.is_over) == (False, True)


def test_a_day_that_is_none_is_named_by_file_and_line(tmp_path: Path) -> None:
    tie = "OpenAI\tOWNS\tMeta\ttable\tJune"
    (copy_tables(tmp_path) / "ties.tsv").write_text(f"from\trelation\tto\tsource\tsince\tuntil\n{tie}\n", "utf-8")
    with pytest.raises(ConfigError, match=r"ties\.tsv line 2: since is June; write 2026"):
        load_tables(tmp_path)


def test_a_missing_table_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"company\.tsv: cannot be read .*reinstall"):
        load_tables(tmp_path)


@pytest.mark.parametrize(
    ("row", "problem"),
    [("\tx\t\t\t\t\t", "expected the columns name,"), ("Zed Broken\tx", "no cell for aliases, of, kind, country")],
    ids=["no name", "too few cells"],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path: Path, row: str, problem: str) -> None:
    (copy_tables(tmp_path) / "law.tsv").write_text(
        f"name\tname_ja\taliases\tof\tkind\tcountry\tsource\n{row}\n", "utf-8"
    )
    with pytest.raises(ConfigError, match=rf"law\.tsv line 2: {problem}"):
        load_tables(tmp_path)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Zed-1\t\t\tOpenIA\t\t\ttable", "OpenIA is not known; `of` is the name of a row"),
        ("OpenAI\t\t\t\t\t\ttable", r"OpenAI has a row, company\.tsv line \d+"),
        ("openai\t\t\t\t\t\ttable", r"openai has a row, company\.tsv line \d+"),
    ],
    ids=["no such maker", "the same name", "a name with the same id"],
)
def test_a_mistake_is_named_by_file_and_line(tmp_path: Path, row: str, problem: str) -> None:
    head = "name\tname_ja\taliases\tof\tkind\tcountry\tsource"
    (copy_tables(tmp_path) / "law.tsv").write_text(f"{head}\n{row}\n", "utf-8")
    with pytest.raises(ConfigError, match=rf"law\.tsv line 2: {problem}"):
        load_tables(tmp_path)
