"""The Cypher console in Chromium: run, stop, share, refuse, parameters, ready questions, views of the answer."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.story import DEEPSEEK
from tests.web.test_leaving import ENDLESS

pytestmark = pytest.mark.browser

NAMED = "MATCH (e:Entity)\nWHERE e.name = $name\nRETURN e.name AS name, e.id AS id"
CLAIMS = "MATCH (c:Claim)-[:SUBJECT]->(:Entity {name: 'DeepSeek'}) RETURN c, c.text AS text"
WRITING = "MATCH (c:Claim)\nSET c.text = 'x'\nRETURN c"


@pytest.fixture
def console(page: Page) -> Page:
    open_console(page)
    return page


def open_console(page: Page) -> None:
    page.goto("/cypher")
    expect(page.locator("textarea#query")).to_be_hidden()  # the editor has taken its place
    expect(page.get_by_role("textbox", name="Query")).to_be_editable()


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Query").fill(text)


def run(page: Page, text: str) -> None:
    write(page, text)
    page.get_by_role("button", name="Run").click()


def test_a_query_is_answered_in_place_and_its_address_asks_it_again(
    console: Page, browser: Browser, address: str
) -> None:
    write(console, NAMED)
    console.get_by_label("$name").fill("DeepSeek")
    console.get_by_role("textbox", name="Query").press("Control+Enter")
    expect(console.get_by_role("cell", name="DeepSeek", exact=True)).to_be_visible()
    expect(console.get_by_role("status")).to_contain_text("1 row")
    assert parse_qs(urlsplit(console.url).query) == {"q": [NAMED], "$name": ["DeepSeek"]}
    with browser.new_context() as colleague:
        other = colleague.new_page()
        other.goto(console.url)
        expect(other.get_by_label("$name")).to_have_value("DeepSeek")
        expect(other.get_by_role("cell", name="DeepSeek", exact=True)).to_be_visible()


def test_back_asks_what_was_asked_before(console: Page) -> None:
    run(console, "RETURN 1 AS one")
    expect(console.get_by_role("columnheader", name="one")).to_be_visible()
    run(console, "RETURN 2 AS two")
    expect(console.get_by_role("columnheader", name="two")).to_be_visible()
    console.go_back()
    expect(console.get_by_role("columnheader", name="one")).to_be_visible()
    expect(console.get_by_role("textbox", name="Query")).to_contain_text("RETURN 1 AS one")


def test_a_running_query_is_stopped_on_the_server_too(console: Page) -> None:
    for _ in range(3):  # more than run side by side, and each would take five seconds
        run(console, ENDLESS)
        expect(console.get_by_role("status")).to_contain_text("Running")
        console.wait_for_timeout(300)
        console.get_by_role("button", name="Stop").click()
        expect(console.get_by_role("status")).to_have_text("Stopped.")
        expect(console.get_by_role("button", name="Run")).to_be_focused()
    run(console, "RETURN 1 AS done")
    expect(console.get_by_role("columnheader", name="done")).to_be_visible(timeout=4000)


def test_writing_is_refused_and_its_place_is_marked(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, locale="en-GB") as context:  # a refusal is an error in its log
        page = context.new_page()
        open_console(page)
        run(page, WRITING)
        expect(page.get_by_role("alert")).to_have_text("line 2, column 1: SET: a query only reads")
        expect(page.locator("mark.wrong")).to_have_text("SET")
        expect(page.locator(".cm-lintRange-error")).to_have_text("SET")
        run(page, "RETURN 1 AS fine")
        expect(page.locator(".cm-lintRange-error")).to_have_count(0)


def test_fields_follow_the_parameters_of_the_query(console: Page) -> None:
    fields = console.locator("[data-fields] input")
    expect(fields).to_have_count(0)
    write(
        console,
        "// param least = 2\nMATCH (e) WHERE e.name IN $names AND e.n > $least AND e.x = '$no' // $nor\nRETURN $names",
    )
    expect(fields).to_have_count(2)
    assert [field.get_attribute("name") for field in fields.all()] == ["$names", "$least"]
    expect(console.get_by_label("$least")).to_have_value("2")
    console.get_by_label("$names").fill('["OpenAI", "DeepSeek"]')
    run(console, "UNWIND $names AS name RETURN name AS name")
    expect(console.get_by_role("cell")).to_have_text(["OpenAI", "DeepSeek"])
    expect(fields).to_have_count(1)


def test_a_ready_question_fills_the_editor_and_is_asked(console: Page) -> None:
    console.get_by_role("link", name=re.compile("^Every figure reported for one measure")).click()
    expect(console.get_by_label("$measure")).to_have_value("training_cost")
    expect(console.get_by_role("textbox", name="Query")).to_contain_text("c.comparator")
    expect(console.get_by_role("columnheader", name="comparator")).to_be_visible()


def test_labels_relationships_and_properties_are_completed(console: Page) -> None:
    editor = console.get_by_role("textbox", name="Query")
    typing = {"MATCH (c:Cl": "Claim", ")-[:CLAIMED_": "CLAIMED_BY", "]-() RETURN c.moda": "modality"}
    for typed, completed in typing.items():
        editor.press_sequentially(typed, delay=20)  # as fast as hands, not faster
        expect(console.get_by_role("option").first).to_contain_text(completed)
        console.wait_for_timeout(150)  # the editor takes an Enter for one only after it was seen
        editor.press("Enter")
    expect(editor).to_have_text("MATCH (c:Claim)-[:CLAIMED_BY]-() RETURN c.modality")


def test_the_answer_is_a_table_a_graph_and_json(console: Page) -> None:
    run(console, CLAIMS)
    tabs = console.get_by_role("tab")
    expect(tabs).to_have_text(["Table", "Graph", "JSON"])
    tabs.first.focus()
    console.keyboard.press("ArrowRight")
    expect(console.locator("#view-graph canvas").first).to_be_visible()
    console.get_by_role("link", name="Open in the explorer").click()
    expect(console.get_by_role("heading", name="Explore")).to_be_visible()
    expect(console.locator("main")).to_contain_text("DeepSeek")
    console.go_back()
    expect(console.get_by_role("tab", name="JSON")).to_be_visible()
    console.get_by_role("tab", name="JSON").click()
    shown = console.get_by_role("region", name="JSON")
    expect(shown).to_contain_text('"claim_type": "allegation"')


def test_an_answer_without_nodes_says_why_there_is_no_graph(console: Page) -> None:
    run(console, "UNWIND [1.5, 2.5] AS n RETURN n AS n")
    console.get_by_role("tab", name="Graph").click()
    expect(console.get_by_text("No column holds an entity")).to_be_visible()


def test_rows_are_saved_as_csv(console: Page) -> None:
    run(console, "RETURN '=1+1' AS sum, [1, 2] AS list")
    with console.expect_download() as download:
        console.get_by_role("contentinfo").get_by_role("link", name="CSV").click()
    assert download.value.path().read_bytes().decode("utf-8-sig") == 'sum,list\r\n\'=1+1,"[1, 2]"\r\n'


def test_slash_in_the_editor_is_text(console: Page) -> None:
    console.get_by_role("textbox", name="Query").press_sequentially("// j?")
    expect(console.get_by_role("textbox", name="Query")).to_be_focused()
    expect(console.get_by_role("textbox", name="Query")).to_have_text("// j?")


def test_the_keyboard_leaves_the_editor(console: Page) -> None:
    console.get_by_role("textbox", name="Query").focus()
    console.keyboard.press("Tab")
    expect(console.get_by_role("button", name="Run")).to_be_focused()


def test_axe_finds_nothing_in_the_other_views_of_an_answer(console: Page) -> None:
    run(console, CLAIMS)
    for tab in ("Graph", "JSON"):
        console.get_by_role("tab", name=tab).click()
        found = Axe().run(console).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == [], tab


def test_without_scripts_the_console_is_a_form(browser: Browser, address: str) -> None:
    with browser.new_context(base_url=address, java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        page.goto("/cypher")
        expect(page.get_by_role("tab")).to_have_count(0)
        page.get_by_label("Query").fill(NAMED)
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("alert")).to_contain_text("$name: no value is given")
        page.get_by_label("$name").fill("DeepSeek")
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("cell", name=DEEPSEEK.id, exact=True)).to_be_visible()
        assert "%24name=DeepSeek" in page.url
