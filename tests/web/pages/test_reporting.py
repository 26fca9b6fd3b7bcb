"""Reporting a misreading: by whoever may not judge, to whoever may; it waits, and changes no page."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from claimgraph import main
from commands.reports import ArchiveReports
from commands.settings import Config
from graph.deriving import derive
from graph.judging.making import make_judgement
from graph.judging.review import list_due
from graph.records import ClaimId, JudgementKind, Misreading, Report
from graph.stores.sqlite import SqliteStore
from tests.web.judging import HERE, TOKEN
from tests.web.matters import ACCUSATION, SOFTER, fill
from tests.web.story import STATUS
from web.app import create_app
from web.requests.access import Access

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
OPEN = Access(token=TOKEN)
CLAIM = SOFTER.claims[0].id
OURS = {"Origin": "http://localhost"}


@dataclass
class Site:
    """The pages over a store and an archive, taking reports or not."""

    store: SqliteStore
    config: Config
    times: list[datetime] = field(default_factory=lambda: [NOW])

    def open(self, access: Access = OPEN, *, takes: bool = True) -> FlaskClient:
        reports = ArchiveReports(self.config) if takes else None
        writing = partial(SqliteStore, Path(self.config.store))
        app = create_app(
            self.store, lambda: STATUS, lambda: self.times[-1], access=access, writing=writing, reports=reports
        )
        return app.test_client()

    def list(self) -> tuple[Report, ...]:
        return ArchiveReports(self.config).list()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    config = Config(store=str(tmp_path / "graph.db"), archive=tmp_path / "graph.archive.db", data=tmp_path)
    with SqliteStore(Path(config.store)) as store:
        fill(store)
        yield Site(store, config)


def send(client: FlaskClient, claim: str = CLAIM, reason: str = "denial", why: str = "", **more: str) -> TestResponse:
    return client.post("/reports", data={"claim": claim, "reason": reason, "why": why}, headers={**OURS, **more})


def test_a_reader_reports_and_nothing_changes_but_the_thanks(site: Site) -> None:
    client = site.open()
    pages = [f"/claims/{CLAIM}", "/review", "/", f"/articles/{SOFTER.article.id}"]
    before = [client.get(page).text for page in pages]
    assert f'href="/report?claim={CLAIM}"' in before[0]
    assert f'href="/report?claim={CLAIM}"' in before[3]
    form = client.get(f"/report?claim={CLAIM}").text
    assert all(f'value="{reason}"' in form for reason in Misreading)
    assert SOFTER.claims[0].text in form
    answer = send(client, why="  it only says\n “may”\x1b[31m\u202e ")
    assert (answer.status_code, answer.location) == (303, f"/claims/{CLAIM}?reported=1")
    assert "Thank you" in client.get(answer.location).text
    assert site.list() == (Report(CLAIM, Misreading.DENIAL, "it only says “may” [31m", NOW),)
    assert [client.get(page).text for page in pages] == before
    assert site.store.list_judgements() == ()


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_it_is_said_in_both_languages(site: Site, lang: str) -> None:
    client = site.open()
    form = client.get(f"/report?claim={CLAIM}", headers={"Accept-Language": lang}).text
    assert {"en": "Report a misreading", "ja": "誤読を知らせる"}[lang] in form
    assert "<script>" not in form


def test_who_may_judge_finds_it_first_with_its_words(site: Site) -> None:
    reader = site.open()
    assert list_due(site.store)[0].claim != CLAIM
    send(reader, why="it only says “may”")
    send(reader, why="<b>not</b> said")
    judge = site.open(HERE)
    page = judge.get("/review").text
    assert f"/claims/{CLAIM}" in page
    assert "Reported by 1 reader" in page
    assert "&lt;b&gt;not&lt;/b&gt; said" in page
    assert "Report a misreading" not in judge.get(f"/claims/{CLAIM}").text
    assert judge.get(f"/report?claim={CLAIM}").location == f"/judge/misread?claim={CLAIM}"
    assert "Reported by" not in reader.get("/review").text


def test_judged_it_is_done_and_reported_again_it_is_back(site: Site) -> None:
    client = site.open()
    send(client)
    judged = make_judgement(JudgementKind.RIGHT, (), "ann", NOW + timedelta(hours=1), "it does", claims=[CLAIM])
    site.store.judge(judged)
    assert CLAIM not in [one.claim for one in list_due(site.store, site.list())]
    site.times.append(NOW + timedelta(hours=2))
    send(client, reason="number")
    [due] = [one for one in list_due(site.store, site.list()) if one.reports]
    assert (due.claim, [one.reason for one in due.reports]) == (CLAIM, [Misreading.NUMBER])
    misread = make_judgement(JudgementKind.MISREAD, (), "ann", NOW + timedelta(hours=3), "no", claims=[CLAIM])
    site.store.judge(misread)
    derive(site.store)
    assert CLAIM not in [one.claim for one in list_due(site.store, site.list())]
    page = client.get(f"/claims/{CLAIM}").text
    assert "Report a misreading" not in page
    assert send(client).status_code == 400


def test_what_most_reported_comes_first(site: Site) -> None:
    sent = [Report(ClaimId(id), Misreading.DAY, "", NOW) for id in (CLAIM, ACCUSATION, ACCUSATION, "cgone")]
    due = list_due(site.store, sent)
    assert [(one.claim, len(one.reports)) for one in due[:2]] == [(ACCUSATION, 2), (CLAIM, 1)]
    assert len(due) == len({one.claim for one in due})
    assert not any(one.reports for one in due[2:])


def test_the_sixth_of_an_hour_is_refused_and_what_was_typed_is_kept(site: Site) -> None:
    client = site.open()
    claims = [claim.id for stored in site.store.iter_extractions() for claim in stored.claims][:6]
    assert [send(client, claim).status_code for claim in claims[:5]] == [303] * 5
    refused = send(client, claims[5], why="my words")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    assert "Try again in 60 minutes" in refused.text
    assert 'value="my words"' in refused.text
    assert 'value="denial" checked' in refused.text
    assert len(site.list()) == 5
    elsewhere = client.post(
        "/reports", data={"claim": claims[5], "reason": "day"}, headers=OURS, environ_base={"REMOTE_ADDR": "192.0.2.9"}
    )
    assert elsewhere.status_code == 303


def test_without_a_reason_it_is_asked_for(site: Site) -> None:
    answer = send(site.open(), reason="", why="my words")
    assert answer.status_code == 400
    assert "Choose what is wrong." in answer.text
    assert 'value="my words"' in answer.text
    assert site.list() == ()


def test_other_sites_are_refused(site: Site) -> None:
    client = site.open()
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert send(client, **headers).status_code == 403
    api = {"json": {"claim": CLAIM, "reason": "day"}, "headers": {"Origin": "https://evil.example"}}
    assert client.post("/api/v1/reports", **api).status_code == 403
    assert client.post("/api/v1/reports", data={"claim": CLAIM, "reason": "day"}).status_code == 415
    assert site.list() == ()


def test_where_none_are_taken_there_is_no_way_and_it_is_refused(site: Site) -> None:
    client = site.open(takes=False)
    assert "/report?" not in client.get(f"/claims/{CLAIM}").text
    assert client.get(f"/report?claim={CLAIM}").status_code == 403
    assert send(client).status_code == 403
    assert client.post("/api/v1/reports", json={"claim": CLAIM, "reason": "day"}).status_code == 403


def test_what_is_not_there_cannot_be_reported(site: Site) -> None:
    client = site.open()
    assert send(client, "cnowhere").status_code == 404
    assert client.get("/report?claim=cnowhere").status_code == 404
    assert client.post("/api/v1/reports", json={"claim": "cnowhere", "reason": "day"}).status_code == 404


def test_the_api_takes_it_and_shows_it_to_those_who_may_judge(site: Site) -> None:
    client = site.open()
    made = client.post("/api/v1/reports", json={"claim": CLAIM, "reason": "day", "why": "in May"})
    assert made.status_code == 200
    assert made.json == {"claim": CLAIM, "reason": "day", "why": "in May", "at": "2025-02-03T09:00:00Z"}
    assert client.post("/api/v1/reports", json={"claim": CLAIM, "reason": "other"}).status_code == 400
    assert client.get("/api/v1/reports").status_code == 401
    answer = client.get("/api/v1/reports", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.json
    assert [(one["claim"], len(one["reports"])) for one in answer.json["reports"]] == [(CLAIM, 1)]
    assert site.open(HERE).get("/api/v1/reports").json == answer.json


def test_the_command_line_lists_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMGRAPH_STORE", site.config.store)
    derive(site.store)
    nothing = CliRunner().invoke(main, ["judge", "reports"])
    assert "nothing is reported; readers may report where" in nothing.stderr
    send(site.open(), why="it only says “may”")
    told = CliRunner().invoke(main, ["judge", "reports"], catch_exceptions=False).stdout
    assert CLAIM in told
    assert "it only says “may”" in told
    line = json.loads(CliRunner().invoke(main, ["judge", "reports", "--json"]).stdout)
    assert (line["claim"], line["reports"][0]["reason"]) == (CLAIM, "denial")
