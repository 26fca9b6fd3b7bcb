"""The docs name everything there is: commands, labels, relationships, properties, routes, search keys."""

import re
from pathlib import Path

import click
import pytest

from claimgraph import main
from graph.schema import ENTITY_LABELS, LABELS, RELATIONSHIPS
from graph.search import parse_terms

_DOCS = Path(__file__).parents[1] / "docs"
_README = _DOCS.parent / "README.md"


def _iter_commands(group: click.Group, path: str = "") -> list[str]:
    names = []
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            names += _iter_commands(command, f"{path}{name} ")
        else:
            names.append(f"{path}{name}")
    return names


@pytest.mark.parametrize("command", _iter_commands(main))
def test_every_command_is_described(command: str) -> None:
    assert f"`{command}" in (_DOCS / "command-line.md").read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        *(label.name for label in LABELS),
        *ENTITY_LABELS.values(),
        *(relationship.name for relationship in RELATIONSHIPS),
        *(name for label in LABELS for name in (*label.properties, *label.kept)),
    ],
)
def test_every_name_of_the_graph_is_described(name: str) -> None:
    assert re.search(rf"`{name}\b", (_DOCS / "model.md").read_text("utf-8"))


@pytest.mark.parametrize(
    "key", ["about", "speaker", "type", "modality", "polarity", "lang", "source", "since", "until"]
)
def test_every_search_key_is_described(key: str) -> None:
    assert parse_terms(f"{key}:x")[0].key == key
    assert f"`{key}:" in (_DOCS / "command-line.md").read_text("utf-8")


def test_links_between_documents_lead_somewhere() -> None:
    for page in (_README, *_DOCS.glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
