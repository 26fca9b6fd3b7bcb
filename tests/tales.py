"""Two tiny stories for the tests of `evaluate-stories`, written to a folder: firms and people in them are invented."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

Raw = dict[str, Any]

_WIRE = """Pellow's model cost $3 million, company says

Pellow said on Monday that training its model Tarn cost $3 million.
"""
_BLOG = """Tarn in numbers

Brisco writes that Tarn cost $90 million, thirty times what Pellow told.
Pellow did not respond to questions.
"""
_JAPANESE = """ターンの学習費用

ペロー社によると、ターンの学習費用は300万ドルだった。
"""
_QUARRY = """Quarry copied us, Wexley says

Wexley alleges that Quarry copied its model Lumen.
"""
_QUARRY_LATER = """Quarry answers Wexley

Quarry denies that it copied Lumen.
"""

_WIRE_CLAIMS = """\
# 2026-03-02 agency
E company | Pellow | Pellow
E model | Tarn | Tarn
C 1 | costs | Tarn=its model Tarn | - | 3e6 USD training_cost | Pellow | asserted | by=cost | p=cost-3m
"""
_BLOG_CLAIMS = """\
# 2026-03-03 blog
E company | Pellow | Pellow
E model | Tarn | Tarn
E person | Brisco | Brisco
C 1 | costs | Tarn | - | 9e7 USD training_cost | Brisco | asserted | by=cost | p=cost-90m
"""
_JAPANESE_CLAIMS = """\
# 2026-03-03 news
E company | Pellow | ペロー社; ペロー
E model | Tarn | ターン
C 1 | costs | Tarn | - | 3e6 USD training_cost | Pellow | asserted | by=費用は | p=cost-3m
"""
_QUARRY_CLAIMS = """\
# 2026-03-02 news
E company | Quarry | Quarry
E company | Wexley | Wexley
E model | Lumen | Lumen
C 1 | took_technology_from | Quarry | Wexley | - | Wexley | alleged | by=copied | p=copied
"""
_QUARRY_LATER_CLAIMS = """\
# 2026-03-04 news
E company | Quarry | Quarry
E company | Wexley | Wexley
E model | Lumen | Lumen
C 1 | took_technology_from | Quarry | Wexley=~ | - | Quarry | asserted denied | by=denies | p=copied
"""


def _article(file: str, source: str, kind: str, hour: str, **more: object) -> Raw:
    host = source.lower().replace(" ", "")
    return {
        "file": file,
        "source": source,
        "source_kind": kind,
        "lang": file[3:5],
        "published_at": f"2026-03-{hour}:00:00Z",
        "url": f"https://{host}.example/{file[:2]}",
        "copy_of": None,
        "copy_kind": None,
        "version_of": None,
        **more,
    }


def _matter(id: str, label: str, anchors: Raw, origins: list[str], events: list[Raw], **more: object) -> Raw:
    return {
        "id": id, "label": label, "articles": list(anchors), "anchors": anchors, "origins": origins,
        "status_events": events, "final_status": events[-1]["status"], "denied_by": [], "contradicts": [],
        "not_contradicting": [], **more,
    }  # fmt: skip


def _event(status: str, hour: str, file: str) -> Raw:
    return {"status": status, "valid_from": f"2026-03-{hour}:00:00Z", "basis": [file]}


TARN: Raw = {
    "articles": [
        _article("01.en.txt", "Marl Wire", "wire", "02T09"),
        _article("02.ja.txt", "夕凪新聞", "outlet", "03T01", url="https://yunagi.example/2"),
        _article("03.en.txt", "Brisco Notes", "blog", "03T10"),
    ],
    "background": [{"from": "Pellow", "rel": "MAKES", "to": "Tarn", "source": "01.en.txt"}],
    "expect": {
        "propositions": [
            _matter(
                "cost-3m", "Training Tarn cost $3 million",
                {"01.en.txt": "training its model Tarn cost $3 million", "02.ja.txt": "学習費用は300万ドル"},
                ["Pellow"], [_event("reported", "02T09", "01.en.txt")],
                contradicts=[{"id": "cost-90m", "kind": "value"}],
            ),
            _matter(
                "cost-90m", "Training Tarn cost $90 million", {"03.en.txt": "Tarn cost $90 million"},
                ["Brisco"], [_event("reported", "03T10", "03.en.txt")],
                contradicts=[{"id": "cost-3m", "kind": "value"}],
            ),
        ],
        "inflation": [], "drift": [], "stake": [], "reply": [], "ledger": [],
        "computed": [
            {"file": "03.en.txt", "right": True,
             "sentence": "Brisco writes that Tarn cost $90 million, thirty times what Pellow told."},
        ],
    },
}  # fmt: skip
QUARRY: Raw = {
    "articles": [
        _article("01.en.txt", "Dell Post", "outlet", "02T09"),
        _article("02.en.txt", "Fell Post", "outlet", "04T09"),
    ],
    "background": [],
    "expect": {
        "propositions": [
            _matter(
                "copied", "Quarry copied Wexley's model",
                {"01.en.txt": "Quarry copied its model", "02.en.txt": "it copied Lumen"}, ["Wexley"],
                [_event("alleged", "02T09", "01.en.txt"), _event("denied", "04T09", "02.en.txt")],
            ),
        ],
        "inflation": [], "drift": [], "stake": [], "ledger": [], "computed": [],
        "reply": [{"proposition": "copied", "accused": "Quarry", "state": "denied", "hours": 48, "file": "02.en.txt"}],
    },
}  # fmt: skip
_TEXTS = {
    "01-tarn": {"01.en": (_WIRE, _WIRE_CLAIMS), "02.ja": (_JAPANESE, _JAPANESE_CLAIMS), "03.en": (_BLOG, _BLOG_CLAIMS)},
    "02-quarry": {"01.en": (_QUARRY, _QUARRY_CLAIMS), "02.en": (_QUARRY_LATER, _QUARRY_LATER_CLAIMS)},
}


def write_stories(folder: Path, change: Callable[[Raw], object] = lambda tarn: None) -> Path:
    """The folder with both stories; `change` may spoil the first."""
    tarn = deepcopy(TARN)
    change(tarn)
    for name, raw in (("01-tarn", tarn), ("02-quarry", QUARRY)):
        articles = folder / name / "articles"
        articles.mkdir(parents=True)
        (folder / name / "story.json").write_text(json.dumps(raw, ensure_ascii=False), "utf-8")
        for stem, (text, claims) in _TEXTS[name].items():
            (articles / f"{stem}.txt").write_text(text, "utf-8")
            (articles / f"{stem}.ann").write_text(claims, "utf-8")
    return folder
