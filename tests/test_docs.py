"""The docs name everything there is: commands, labels, relationships, properties, routes, search keys."""

import ast
import re
import shlex
from pathlib import Path

import click
import pytest

from claimgraph import main
from graph.records.predicates import PREDICATES, ClaimType, Predicate
from graph.schema import ENTITY_LABELS, LABELS, RELATIONSHIPS
from graph.searching.language import parse_terms
from graph.stores.sqlite import SqliteStore
from ingest.llm.prompts import load_prompt
from tests.web.story import CURATED, NOW, STATUS, STORY, TIES
from web.api.endpoints import ROUTES
from web.api.routes import Route
from web.app import create_app
from web.requests.access import Access

_DOCS = Path(__file__).parents[1] / "docs"
_ROOT = _DOCS.parent
_README = _ROOT / "README.md"
_PAGES = [
    page
    for names in ("*.md", "docs/**/*.md", "bench/*.md", "data/*.md", "data/*/*.md", "deploy/**/*.md")
    for page in sorted(_ROOT.glob(names))
]


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


@pytest.mark.parametrize("type", ClaimType)
def test_every_predicate_is_described_with_its_type(type: ClaimType) -> None:
    row = re.search(rf"^\| `{type}` \| .*", (_DOCS / "model.md").read_text("utf-8"), re.MULTILINE)
    assert row
    assert {name for name in PREDICATES[type] if f"`{name}`" not in row[0]} == set()


def _chooses_among_types(module: Path) -> bool:
    """Whether a collection in it names several claim types."""
    text, groups = module.read_text("utf-8"), (ast.Tuple, ast.Set, ast.List, ast.Dict)
    return "ClaimType." in text and any(
        sum(isinstance(part, ast.Attribute) and ast.unparse(part.value) == "ClaimType" for part in ast.walk(node)) > 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, groups)
    )


def test_every_choice_among_claim_types_is_told_to_who_adds_one() -> None:
    told = (_DOCS / "adding.md").read_text("utf-8")
    modules = [path for package in ("graph", "ingest", "web") for path in (_ROOT / package).rglob("*.py")]
    names = {str(path.relative_to(_ROOT)) for path in modules if _chooses_among_types(path)}
    assert len(names) > 8
    assert {name for name in names if f"`{name}`" not in told} == set()


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_language_model_is_told_of_every_predicate(lang: str) -> None:
    text = load_prompt(_ROOT / "data" / "prompts", "reading").texts[lang]
    assert {name for name in Predicate if not re.search(rf"(?<![a-z_]){name}(?![a-z_])", text)} == set()


@pytest.mark.parametrize(
    "key", ["about", "speaker", "type", "modality", "polarity", "lang", "source", "since", "until"]
)
def test_every_search_key_is_described(key: str) -> None:
    assert parse_terms(f"{key}:x")[0].key == key
    assert f"`{key}:" in (_DOCS / "command-line.md").read_text("utf-8")


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(_ROOT)))
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for name, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", page.read_text("utf-8")):
        target = page.parent / name if name else page
        assert target.exists(), name
        assert not anchor or anchor in _list_anchors(target), f"{name}#{anchor}"


def _list_anchors(page: Path) -> list[str]:
    """The headings of a page, as links to them are written."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles]


def test_the_first_screen_says_what_it_is_for_whom_how_well_it_reads_and_what_it_needs() -> None:
    lines = _README.read_text("utf-8").splitlines()
    screen = "\n".join(lines[:30])
    parts = (
        "claimgraph follows AI news",
        "**For** ",
        "of a hundred claims in English",
        "| Python |",
        "| disk |",
        "| memory |",
    )
    assert [part for part in (*parts, "| network |") if part not in screen] == []
    (least,) = re.findall(
        r'^requires-python = ">=([\d.]+)"', (_README.parent / "pyproject.toml").read_text("utf-8"), re.M
    )
    assert f"| Python | {least} or newer" in screen
    targets = re.findall(r"^(\w[\w-]*):", (_README.parent / "Makefile").read_text("utf-8"), re.M)
    assert set(re.findall(r"^    make (\w+)", screen, re.M)) == {"demo", "test"} <= set(targets)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_is_described(route: Route) -> None:
    address = re.sub(r"\{\w+\}", "ID", route.path)
    assert re.search(rf"`{route.method} {address}[`?]", (_DOCS / "http-api.md").read_text("utf-8"))


@pytest.mark.parametrize(
    "option", [option for command in ["serve", "mcp"] for option in main.commands[command].params], ids=str
)
def test_every_option_of_the_server_is_described(option: click.Parameter) -> None:
    assert f"`{option.opts[0]}" in (_DOCS / "command-line.md").read_text("utf-8")


def test_examples_of_the_api_run(tmp_path: Path) -> None:
    token = "a-token-of-the-docs"
    with SqliteStore(tmp_path / "graph.db") as store:
        store.add_entities(CURATED, TIES)
        store.add(STORY)
        app = create_app(
            store,
            lambda: STATUS,
            lambda: NOW,
            access=Access(token=token),
            writing=lambda: SqliteStore(tmp_path / "graph.db"),
        )
        text = (_DOCS / "http-api.md").read_text("utf-8").replace("$CLAIMGRAPH_API_TOKEN", token)
        commands = re.findall(r"^    curl ((?:.*\\\n)*.*)$", text, re.MULTILINE)
        assert len(commands) >= 4
        for command in commands:
            *options, address = shlex.split(command.replace("\\\n", " "))
            given = list(zip(options[::2], options[1::2], strict=True))
            headers = dict(value.split(": ", 1) for name, value in given if name == "-H")
            body = next((value for name, value in given if name == "-d"), None)
            answer = app.test_client().open(address, method="POST" if body else "GET", headers=headers, data=body)
            assert answer.status_code in (200, 201), (command, answer.text)
