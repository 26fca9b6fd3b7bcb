"""What is sent: attributed sentences in two languages, in one line each whatever a text holds."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from graph.deriving import derive
from graph.records import Channel, News, Watch, Watched, WatchedKind
from graph.stores import open_store
from graph.watching.noticed import NoticeView, view_notices
from graph.watching.since import find_notices
from tests.contract.builders import DEEPSEEK, NOON, OPENAI, Said, make_extraction
from web.language.wording import get_words
from web.text.letters import name_delivery, write_event, write_letter

SAID = Said("OpenAI says that\r\nDeepSeek \x1b[31mdistilled\u202e OpenAI.", object="OpenAI", speakers=("OpenAI",))
OTHER = Said("DeepSeek distilled OpenAI, Microsoft thinks.", object="OpenAI", speakers=("people close to it",))
WATCH = Watch(
    3, Watched(WatchedKind.SEARCH, "about:deepseek"), Channel.MAIL, "ana@a.example", "en", daily=False, made_at=NOON
)


@pytest.fixture
def views(tmp_path: Path) -> Sequence[NoticeView]:
    """Of an accusation, then of one by somebody unnamed."""
    with open_store(str(tmp_path / "graph.db")) as store:
        store.add_entities([DEEPSEEK, OPENAI])
        store.add([make_extraction(SAID), make_extraction(OTHER, url="https://b.example/1", at=NOON + timedelta(1))])
        derive(store)
        notices = find_notices(store, [WATCH.watched], NOON, NOON + timedelta(9), {})
        return view_notices(store, notices)


def test_a_mail_says_who_says_what_and_how_firmly(views: Sequence[NoticeView]) -> None:
    letter = write_letter(WATCH, "about:deepseek", views, "https://claims.example", get_words())
    assert letter.subject == "claimgraph: about:deepseek: 2 new"
    lines = letter.text.splitlines()
    assert lines[:3] == [
        "about:deepseek: what is new",
        "",
        "1. OpenAI accuses DeepSeek of distilling OpenAI’s models",
    ]
    assert lines[3] == "   It brings: new voice, now alleged"
    assert lines[4] == "   “OpenAI says that DeepSeek [31mdistilled OpenAI.”"
    assert lines[5] == "   OpenAI ◂ News · accuses · unproven · 29 Jan 2025"
    assert lines[6] == f"   https://claims.example/claims/{views[0].claim.id}"
    assert lines[-1] == "To end these mails: claimgraph watch remove 3"


def test_a_japanese_mail_has_no_english_words_for_somebody_unnamed(views: Sequence[NoticeView]) -> None:
    letter = write_letter(WATCH, "about:deepseek", views[1:], "https://claims.example", get_words("ja"))
    assert letter.subject.startswith("claimgraph: OpenAI、ディープシークに")
    assert "people close to it" not in letter.text
    assert "疑い" in letter.text


def test_what_is_only_a_claim_is_called_so(views: Sequence[NoticeView]) -> None:
    only = replace(views[0], notice=replace(views[0].notice, news=(News.CLAIM,), status=None))
    text = write_letter(WATCH, "x", [only], "https://claims.example", get_words()).text
    assert "It brings: a further claim\n" in text


def test_json_has_the_sentence_to_the_letter_and_the_same_id_again(views: Sequence[NoticeView]) -> None:
    event = json.loads(write_event(WATCH, views, "https://claims.example"))
    assert event["delivery"] == name_delivery(WATCH, views) != name_delivery(WATCH, views[1:])
    assert (event["watch"], event["kind"], event["target"]) == (3, "search", "about:deepseek")
    first, second = event["notices"]
    assert first["claim"]["text"] == SAID.text
    assert first["matter"]["headline_ja"].startswith("OpenAI、")
    assert second["claim"]["speakers"] == ["people close to it"]
    assert first["id"] != second["id"]
