"""Asks a model with care: nothing is paid twice, the day has a budget, a server that asks for a pause gets it."""

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from graph.errors import ModelError
from ingest.llm.endpoint import Answer, Endpoint, Question
from ingest.llm.ledger import Ledger

# What another try may not meet again.
_PASSING = frozenset({"timeout", "unreachable", "cut_off", "no_answer", "rate_limited", "http_408", "http_409"})
# What every further question of this run would meet.
_LASTING = frozenset({"key_refused", "no_model", "no_credit"})
# Seconds: a server that asks for a longer pause is left alone for this run.
_LONGEST_PAUSE = 60.0
_FIRST_PAUSE, _PAUSE_GROWS = 0.5, 3.0
# So many articles in a row that could not be read: the server is down, and the rest of the run does without it.
_PATIENCE = 3


class Server(Protocol):
    """What answers questions."""

    def send(self, question: Question, schema: Mapping[str, object]) -> Answer:
        """The answer; raises ModelError."""
        ...


class Asker:
    """Asks one endpoint; safe to use from threads."""

    def __init__(self, server: Server, ledger: Ledger, endpoint: Endpoint, clock: Callable[[], datetime]) -> None:
        self._server, self._ledger, self._endpoint, self._clock = server, ledger, endpoint, clock
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(endpoint.parallel)
        self._asking: dict[str, threading.Lock] = {}
        self._held = 0
        self._free_at = 0.0
        self._lost: ModelError | None = None
        self._failed = 0

    def ask(self, question: Question, schema: Mapping[str, object], share: float = 1.0) -> Answer:
        """The answer, out of the ledger when it was paid for before. Raises ModelError.

        share  of the day's budget; it is not asked when more would be used with it
        """
        key = _make_key(question, schema, self._endpoint.model)
        with self._lock:
            asking = self._asking.setdefault(key, threading.Lock())
        with asking:  # two articles of one text: the second finds what the first paid for
            kept = self._ledger.find_reply(key, self._endpoint.model, self._clock())
            return kept or self._buy(question, schema, key, share)

    def forget(self, question: Question, schema: Mapping[str, object]) -> None:
        """An answer turned out to be of no use: the question may be asked again."""
        self._ledger.drop_reply(_make_key(question, schema, self._endpoint.model))

    def _buy(self, question: Question, schema: Mapping[str, object], key: str, share: float) -> Answer:
        with self._slots:
            self._reserve(question, share)
            try:
                answer = self._try(question, schema)
                self._ledger.keep_reply(key, self._endpoint.model, answer, self._clock())
            except ModelError as error:
                self._note_failure(error)
                raise
            finally:
                with self._lock:
                    self._held -= question.size
        with self._lock:
            self._failed = 0
        return answer

    def _reserve(self, question: Question, share: float) -> None:
        """Sets the tokens aside that an answer may cost at most, so that the budget holds with many on the way."""
        with self._lock:
            if self._lost:
                raise self._lost
            spent = self._ledger.count_spent(self._clock())
            budget = self._endpoint.tokens_a_day
            needed = spent + self._held + question.size
            if needed > budget:
                raise ModelError(
                    f"language model: of {budget:,} tokens a day {spent:,} are used, and {question.size:,} may be "
                    "needed for the next text; it goes on tomorrow (UTC), or raise llm_tokens_a_day",
                    subject=self._endpoint.url,
                    reason="budget",
                )
            if needed > budget * share:
                way = (
                    f"a text that needs up to {question.size:,} waits until llm_tokens_a_day is raised"
                    if question.size > budget * share
                    else "back numbers go on tomorrow (UTC), or raise llm_tokens_a_day"
                )
                raise ModelError(
                    f"language model: of {budget:,} tokens a day {spent:,} are used, the rest is kept for news; {way}",
                    subject=self._endpoint.url,
                    reason="news_first",
                )
            self._held += question.size

    def _try(self, question: Question, schema: Mapping[str, object]) -> Answer:
        pause = _FIRST_PAUSE
        for left in range(self._endpoint.tries - 1, -1, -1):
            self._wait()
            try:
                return self._server.send(question, schema)
            except ModelError as error:
                wanted = error.pause
                passing = error.reason in _PASSING or error.reason.startswith("http_5")
                if not passing or not left or (wanted or 0) > _LONGEST_PAUSE:
                    raise
            # Without a word from the server a little longer each time, and not all at once.
            self._hold(pause * random.uniform(0.5, 1) if wanted is None else wanted)  # noqa: S311
            pause *= _PAUSE_GROWS
        raise AssertionError("the last try returns or raises")

    def _hold(self, seconds: float) -> None:
        """Nobody asks before so many seconds are over: a pause is for the server, not for one question."""
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic() + seconds)

    def _wait(self) -> None:
        while (left := self._free_at - time.monotonic()) > 0:
            time.sleep(left)

    def _note_failure(self, error: ModelError) -> None:
        self._ledger.note_reasons("failed", self._endpoint.model, {error.reason: 1})
        with self._lock:
            self._failed += error.reason in _PASSING or error.reason.startswith("http_5")
            paused = error.pause is not None and error.pause > _LONGEST_PAUSE
            if error.reason in _LASTING or paused or self._failed >= _PATIENCE:
                self._lost = error


def _make_key(question: Question, schema: Mapping[str, object], model: str) -> str:
    """By text, prompt, schema, sampling and model. The form in which a server could take it changes nothing."""
    parts = (question.system, question.user, schema, {"temperature": 0, "max_tokens": question.most}, model)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True, sort_keys=True).encode()).hexdigest()
