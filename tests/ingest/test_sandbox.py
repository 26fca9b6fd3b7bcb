"""What a parser may do to its process without hurting the run."""

import asyncio
import builtins
import os
import pickle
import signal
import time
from contextlib import suppress
from datetime import timedelta
from enum import Enum
from typing import Any

import pytest

from graph.errors import ParseError
from graph.records import ArticleKind, Barrier
from ingest.parsing.fragment import read_html_fragment
from ingest.sandbox import Sandbox, _read_answer


def test_a_call_gives_what_the_function_gives() -> None:
    with Sandbox() as box:
        assert box.run(read_html_fragment, "<p>a</p>") == "a"
        assert asyncio.run(box.arun(read_html_fragment, "<p>b</p>")) == "b"


def read_kind_by_python_3_11_2() -> ArticleKind:
    """Debian 12's Python pickles members of an Enum by a call of getattr, which no answer may ask for."""

    def reduce(self: Enum, protocol: Any) -> Any:
        return getattr, (type(self), self.name)

    Enum.__reduce_ex__ = reduce  # type: ignore[method-assign, assignment]
    return ArticleKind.NEWS


def test_kinds_come_back_from_any_python() -> None:
    with Sandbox(workers=1) as box:
        assert box.run(read_kind_by_python_3_11_2) is ArticleKind.NEWS


def test_no_answer_changes_a_kind_for_others() -> None:
    kind = b"\x8c\x07Barrier\x8c\x09paywalled\x86Q"
    for name in (b"\x8c\x05value", b"\x8c\x07_value_"):
        with suppress(ParseError):
            _read_answer(b"\x80\x04\x88" + kind + b"N}" + name + b"\x8c\x04evils\x86b\x86.")
    assert (Barrier("paywalled").value, Barrier.PAYWALL.value) == ("paywalled", "paywalled")


class _Evil:
    """Pickles as a call of whatever it is given, with a state to set on what comes out."""

    def __init__(self, *parts: Any) -> None:
        self.parts = parts

    def __reduce__(self) -> Any:
        return self.parts


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(pickle.dumps((True, _Evil(os.getcwd, ()))), id="a call"),
        pytest.param(pickle.dumps((True, ArticleKind.NEWS)), id="a class of members"),
        pytest.param(pickle.dumps((True, _Evil(timedelta, (10**12,)))), id="a time beyond all times"),
        pytest.param(pickle.dumps((False, True)), id="no message"),
        pytest.param(b"\x80\x05\x96" + b"\xff" * 7 + b"\x7f.", id="more bytes than there are"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_an_answer_that_is_none_is_a_failure_of_the_document(answer: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        _read_answer(answer)
    assert caught.value.reason == "crashed"


def test_a_hanging_call_is_killed_and_the_next_one_works() -> None:
    with Sandbox(deadline=0.5, workers=1) as box:
        started = time.monotonic()
        with pytest.raises(ParseError) as caught:
            box.run(time.sleep, 60)
        assert caught.value.reason == "timeout"
        assert time.monotonic() - started < 3
    with Sandbox(workers=1) as box:
        assert box.run(read_html_fragment, "a") == "a"


@pytest.mark.parametrize("first", [True, False], ids=["first call", "later call"])
def test_a_call_is_judged_by_the_processor_time_it_takes(first: bool) -> None:
    with Sandbox(cpu=0.5, workers=1) as box:
        if not first:
            box.run(os.getpid)
        box.run(time.sleep, 0.8)  # waiting, as on a loaded machine, costs none
        worker = box.run(os.getpid)
        before = os.times()
        with pytest.raises(ParseError) as caught:
            box.run(pow, 3, 10**9)  # minutes inside C, where no Python handler runs
        used = os.times().children_user - before.children_user
        assert (caught.value.reason, str(caught.value)) == ("timeout", "gave up after 0.5 s of the processor")
        assert used < 2  # it was not tried a second time
        assert box.run(os.getpid) != worker


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ((os._exit, 3), "crashed"),
        ((os.kill, 0, signal.SIGSEGV), "crashed"),
        ((bytearray, 1 << 40), "too_large"),
        ((int, "x"), "parser_failed"),
        ((builtins.open, "/etc/hostname"), "parser_failed"),
    ],
    ids=["exit", "signal", "memory", "exception", "unpicklable"],
)
def test_what_goes_wrong_has_a_reason(call: tuple[object, ...], reason: str) -> None:
    function, *arguments = call
    with Sandbox() as box:
        if function is os.kill:
            # The worker's own process group is ours: name the worker instead.
            function, arguments = signal.raise_signal, [signal.SIGKILL]
        with pytest.raises(ParseError) as caught:
            box.run(function, *arguments)  # type: ignore[arg-type]
        assert caught.value.reason == reason
        assert box.run(read_html_fragment, "a") == "a"


def test_what_is_no_record_does_not_come_back() -> None:
    with Sandbox() as box, pytest.raises(ParseError) as caught:
        box.run(os.uname)
    assert caught.value.reason == "crashed"


def test_secrets_of_the_environment_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMGRAPH_NEO4J_PASSWORD", "secret")
    with Sandbox() as box:
        assert box.run(os.getenv, "CLAIMGRAPH_NEO4J_PASSWORD", "none") == "none"


def test_a_worker_that_was_killed_is_replaced() -> None:
    with Sandbox(workers=1) as box:
        os.kill(box.run(os.getpid), signal.SIGKILL)
        assert box.run(read_html_fragment, "a") == "a"
