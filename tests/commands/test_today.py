"""`claimgraph today` from the command line, and the zone whose days it tells of."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimgraph import main
from commands.desk import make_desk
from commands.opening import open_archive
from commands.settings import load_config
from graph.editions.windows import Window
from graph.errors import ConfigError
from graph.records import ArticleId
from graph.stores import open_store
from tests.contract.builders import ACCUSED, DENIED, NOON
from tests.contract.test_editions import DAY, INVESTED, fill, tell


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with open_store(str(tmp_path / "graph.db")) as store:
        fill(store, tell("a", ACCUSED, days=0.4), tell("b", INVESTED), tell("c", DENIED, days=1.2))
    return tmp_path / "graph.db"


def run(store: Path, *words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["--store", str(store), *words], env={"CLAIMGRAPH_CONFIG": None, **environment})


def test_a_day_is_told_with_scores_and_reasons(store: Path) -> None:
    done = run(store, "today", "--day", "2025-01-29")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[:2] == ["Wednesday 29 January 2025", "2 articles of 2 sources, 2 matters"]
    assert " 1. OpenAI accuses DeepSeek of distilling OpenAI’s models  [alleged]" in lines
    assert "    “DeepSeek distilled OpenAI, OpenAI says.” — OpenAI ◂ A, 29 Jan 2025, accuses" in lines
    assert "    no answer in what was read" in lines
    assert any(
        line.startswith("    15: alleged now, first report, a new voice, a rival speaks, allegation counts 1.5 times")
        for line in lines
    )


def test_without_a_day_it_is_the_last_one_with_reports(store: Path) -> None:
    done = run(store, "today")
    assert done.stdout.startswith("Thursday 30 January 2025\n")
    assert "[alleged → denied]" in done.stdout


def test_days_go_by_the_zone(store: Path) -> None:
    here = json.loads(run(store, "today", "--day", "2025-01-30", "--json").stdout)
    tokyo = json.loads(run(store, "today", "--day", "2025-01-30", "--json", CLAIMGRAPH_ZONE="Asia/Tokyo").stdout)
    assert (here["zone"], here["articles"]) == ("UTC", 1)
    assert (tokyo["zone"], tokyo["since"], tokyo["articles"]) == ("Asia/Tokyo", "2025-01-29T15:00:00Z", 1)
    assert here["stories"] != tokyo["stories"]


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", "\x00", "x" * 5_000])
def test_a_zone_that_is_none_is_refused(store: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="no time zone that is known here"):
        load_config({"store": str(store)}, {"CLAIMGRAPH_ZONE": name})


def test_the_zone_stands_in_the_settings_file(tmp_path: Path) -> None:
    file = tmp_path / "claimgraph.toml"
    file.write_text('zone = "Asia/Tokyo"\n', "utf-8")
    assert load_config({"store": "x.db", "config": str(file)}, {}).zone == "Asia/Tokyo"
    assert load_config({"store": "x.db", "config": str(file)}, {"CLAIMGRAPH_ZONE": "UTC"}).zone == "UTC"


def test_nothing_read_yet_is_said(tmp_path: Path) -> None:
    open_store(str(tmp_path / "graph.db")).close()
    done = run(tmp_path / "graph.db", "today")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing has been read yet" in done.stderr


def test_what_was_set_aside_is_counted_by_day_and_by_fetching(store: Path) -> None:
    config = load_config({"store": str(store)}, {})
    with open_archive(config) as archive:
        kept = [
            archive.save_article(tell(name, INVESTED, days=days, fetched=9).article)
            for name, days in (("x", 0.1), ("y", 0.2), ("z", 2))
        ]
        archive.set_aside([ArticleId(article.id) for article in kept])
    desk = make_desk(config)
    assert desk.aside(Window(NOON, NOON + DAY)) == 2
    assert desk.aside(Window(NOON + 8 * DAY, fetched=True)) == 3
    assert desk.aside(Window(NOON + 10 * DAY, fetched=True)) == 0
    told = json.loads(run(store, "today", "--day", "2025-01-29", "--json").stdout)
    assert told["aside"] == 2
    last = [json.loads(line) for line in run(store, "status", "--aside", "2", "--json").stdout.splitlines()]
    assert [one["url"] for one in last] == [kept[2].url, kept[1].url]
    shown = run(store, "status", "--aside", "9").stdout
    assert all(f"{one.title}\n  {one.source.name}, 2025-01-" in shown and one.url in shown for one in kept)
    assert "articles set aside" not in shown
