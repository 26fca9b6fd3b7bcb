"""deploy/settings.toml has every setting, as it is when nothing is said."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from commands.settings import load_config
from graph.errors import ConfigError

_ROOT = Path(__file__).parents[2]
_FILE = _ROOT / "deploy" / "settings.toml"
_TEXT = _FILE.read_text("utf-8")
_SAMPLE = tomllib.loads(_TEXT)
# Whole numbers may be 5000, texts an address; these may not.
_OTHERS = {
    "store": '"/srv/other.db"',
    "archive": '"postgresql://db.example/archive"',
    "broker": '"amqps://broker.example/claimgraph"',
    "allow_addresses": '["10.1.0.0/16"]',
    "reader": '"both"',
    "zone": '"Asia/Tokyo"',
    "mail_from": '"news@claims.example"',
    "mail_server": '"smtps://mail.example"',
    "take_reports": "true",
    "graph_articles": '"with-claims"',
    "judgements_wait": "true",
}


def _list_settings(tmp_path: Path) -> set[str]:
    """The settings that there are, as the program names them to whoever names another."""
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("no_such_setting = 1\n")
    with pytest.raises(ConfigError, match="there is no setting no_such_setting") as error:
        load_config({"config": str(wrong)}, {})
    return set(str(error.value).partition("there are ")[2].split(", "))


def test_it_names_every_setting_and_no_other(tmp_path: Path) -> None:
    assert set(_SAMPLE) == _list_settings(tmp_path)


def test_with_it_all_is_as_without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    usual, read = load_config({}, {}), load_config({"config": str(_FILE)}, {})
    # Rules for index pages lie beside the file of settings.
    assert read.scrapers == _FILE.parent / "scrapers"
    assert replace(read, scrapers=usual.scrapers) == usual


@pytest.mark.parametrize("name", _SAMPLE)
def test_each_setting_has_a_comment_and_can_be_found_in_the_docs(name: str) -> None:
    # Two settings may share a comment.
    assert re.search(rf"^# .*\n(?:\w+ = .*\n)?{name} = ", _TEXT, re.MULTILINE)
    assert f"`{name}`" in (_ROOT / "docs" / "command-line.md").read_text("utf-8")


@pytest.mark.parametrize("name", _SAMPLE)
def test_each_setting_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    """One that is changed in a copy changes what the program is told."""
    monkeypatch.setenv("HOME", str(tmp_path))
    value = _OTHERS.get(name, "5000" if isinstance(_SAMPLE[name], int) else '"http://127.0.0.1:1/v1"')
    changed = re.sub(rf"^{name} = .*$", f"{name} = {value}", _TEXT, flags=re.MULTILINE)
    (tmp_path / "settings.toml").write_text(changed)
    (tmp_path / "usual.toml").write_text(_TEXT)
    told, usual = (load_config({"config": str(tmp_path / f"{file}.toml")}, {}) for file in ("settings", "usual"))
    assert told != usual
