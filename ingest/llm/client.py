"""The official client of `/chat/completions`, imported here alone: one request out, one answer or ModelError back."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx2
import openai
from openai import DefaultHttpxClient, Omit, OpenAI

from graph.errors import ModelError
from ingest.llm.endpoint import Answer, Endpoint, Question, count_tokens
from ingest.llm.streams import is_stream, join_stream
from ingest.network.headers import parse_retry_after

# Bytes as they come: a longer answer is none of ours, and of what a server says of an error the beginning will do.
_LARGEST, _LARGEST_ERROR = 8_000_000, 64_000
# What servers say when a text is too long for them; no word of it is common to all.
_TOO_LONG = ("context", "too long", "too large", "maximum length", "max_model_len", "n_ctx")
# Further reasons than those that the status tells, by the code in the body.
_NO_MONEY = "insufficient_quota"


class Client:
    """Asks one endpoint. A server that answers only without a part of the request is asked without it from then on."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._form, self._lock = 0, threading.Lock()
        # Without what the environment holds for other programs: the user has named this endpoint and this key.
        self._client = OpenAI(
            base_url=endpoint.url,
            api_key=endpoint.key or "none",
            organization="",
            project="",
            max_retries=0,
            timeout=endpoint.timeout,
            default_headers={"OpenAI-Organization": Omit(), "OpenAI-Project": Omit()},  # type: ignore[dict-item]
            http_client=DefaultHttpxClient(
                follow_redirects=False, timeout=endpoint.timeout, event_hooks={"response": [self._bound]}
            ),
        )

    def send(self, question: Question, schema: Mapping[str, object]) -> Answer:
        """The answer. Raises ModelError whose reason says what became of the request."""
        form = self._form
        while True:
            try:
                answer = self._send(question, _FORMS[form](question, schema))
            except ModelError as error:
                if error.reason not in ("http_400", "http_415", "http_422") or form + 1 == len(_FORMS):
                    raise
                form += 1
            else:
                with self._lock:
                    self._form = max(self._form, form)
                return answer

    def close(self) -> None:
        self._client.close()

    def _bound(self, response: httpx2.Response) -> None:
        """Holds a body to its length and time. The client itself reads that of an error to its end, if it has one."""
        assert isinstance(response.stream, httpx2.SyncByteStream)
        most = _LARGEST if response.is_success else _LARGEST_ERROR
        response.stream = _Bounded(response.stream, most, time.monotonic() + self._endpoint.timeout)

    def _send(self, question: Question, form: dict[str, Any]) -> Answer:
        messages = [{"role": "system", "content": question.system}, {"role": "user", "content": question.user}]
        limit = time.monotonic() + self._endpoint.timeout
        try:
            with self._client.chat.completions.with_streaming_response.create(
                model=self._endpoint.model,
                messages=messages,  # type: ignore[arg-type]
                **form,
            ) as response:
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > _LARGEST:
                        raise self._fail("too_large", "answers without end")
                    if time.monotonic() > limit:
                        raise self._fail("timeout", f"took more than {self._endpoint.timeout:g} s")
        except openai.APITimeoutError as error:
            raise self._fail("timeout", f"said nothing for {self._endpoint.timeout:g} s") from error
        except openai.APIStatusError as error:
            raise self._explain(error) from error
        except openai.APIConnectionError as error:
            raise self._fail("unreachable", f"cannot be reached ({error.__cause__ or error})") from error
        except openai.OpenAIError as error:
            raise self._fail("failed", str(error)) from error
        except httpx2.TimeoutException as error:  # of a body held to its time
            raise self._fail("timeout", f"took more than {self._endpoint.timeout:g} s") from error
        except (
            httpx2.HTTPError,
            httpx2.StreamError,
        ) as error:  # of a body on its way, which the client does not translate
            raise self._fail("cut_off", f"broke off its answer ({error})") from error
        return self._read(bytes(body), response.headers.get("content-type", ""), question)

    def _read(self, body: bytes, kind: str, question: Question) -> Answer:
        try:
            raw = join_stream(body) if is_stream(kind) else json.loads(body)
            choice = raw["choices"][0]
            text = choice["message"].get("content") or ""
            used = raw.get("usage") or {}
            if not isinstance(text, str):
                raise TypeError("no text")
            asked = _count(used.get("prompt_tokens"), question.system + question.user)
            return Answer(
                text, choice.get("finish_reason") == "length", asked, _count(used.get("completion_tokens"), text)
            )
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
            raise self._fail("no_answer", "answers with something else than a chat completion") from error

    def _explain(self, error: openai.APIStatusError) -> ModelError:
        status, said = error.status_code, str(error.message)
        code = str(error.code or "")
        if status in (400, 413, 422) and (status == 413 or any(word in said.lower() for word in _TOO_LONG)):
            return self._fail("too_long", "takes no text of this length")
        if status in (401, 403):
            return self._fail("key_refused", "refuses the key; check llm_key_file")
        if status == 404:
            return self._fail("no_model", "knows no such model or address; check llm_endpoint and llm_model")
        if status == 429 and _NO_MONEY in (code, str(error.type)):
            return self._fail("no_credit", "says that the account has nothing left")
        pause = parse_retry_after(error.response.headers.get("retry-after"), datetime.now(UTC))
        if status == 429:
            return self._fail("rate_limited", "asks for a pause", pause)
        return self._fail(f"http_{status}", f"answers HTTP {status}", pause)

    def _fail(self, reason: str, what: str, pause: float | None = None) -> ModelError:
        place = f"language model {self._endpoint.model} at {self._endpoint.url}"
        return ModelError(f"{place} {what}", subject=self._endpoint.url, reason=reason, pause=pause)


class _Bounded(httpx2.SyncByteStream):
    """A body that ends once it is too long, and fails once it has taken too long."""

    def __init__(self, body: httpx2.SyncByteStream, most: int, limit: float) -> None:
        self._body, self._left, self._limit = body, most, limit

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._body:
            if time.monotonic() > self._limit:
                raise httpx2.ReadTimeout("the answer takes too long")
            yield chunk
            self._left -= len(chunk)
            if self._left < 0:
                return

    def close(self) -> None:
        self._body.close()


def _ask_whole(question: Question, schema: Mapping[str, object]) -> dict[str, Any]:
    form = {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": schema}}
    return {"response_format": form, "temperature": 0, "max_tokens": question.most}


def _ask_json(question: Question, schema: Mapping[str, object]) -> dict[str, Any]:
    return {"response_format": {"type": "json_object"}, "temperature": 0, "max_tokens": question.most}


def _ask_text(question: Question, schema: Mapping[str, object]) -> dict[str, Any]:
    return {"temperature": 0, "max_tokens": question.most}


def _ask_bare(question: Question, schema: Mapping[str, object]) -> dict[str, Any]:
    return {"max_completion_tokens": question.most}


# By what a server may not know, the most useful first; the last is what models that think before they answer take.
_FORMS = (_ask_whole, _ask_json, _ask_text, _ask_bare)


def _count(said: Any, text: str) -> int:
    return said if isinstance(said, int) and not isinstance(said, bool) and said >= 0 else count_tokens(text)
