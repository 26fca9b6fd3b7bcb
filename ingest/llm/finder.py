"""Finds claims with a language model: windows asked, replies put on the words of the text (grounding.py)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from graph.errors import ModelError
from ingest.language import detect_language
from ingest.llm.asking import Asker
from ingest.llm.endpoint import Answer, Endpoint, Question
from ingest.llm.grounding import Grounded, ground
from ingest.llm.ledger import Ledger
from ingest.llm.naming import Reading, Same
from ingest.llm.prompts import Prompt, cut_windows, make_question
from ingest.llm.replies import SCHEMA, parse_reply
from ingest.nlp.document import Span
from ingest.nlp.finder import Found, Sight, Words
from ingest.nlp.languages import Language
from ingest.nlp.windows import Passage


class ModelFinder:
    """Finds what a model tells, as far as the text has it. Raises ModelError where the model tells nothing.

    share  of the day's budget that it may bring that to
    """

    def __init__(
        self,
        asker: Asker,
        ledger: Ledger,
        endpoint: Endpoint,
        prompt: Prompt,
        languages: Mapping[str, Language],
        same: Same,
        clock: Callable[[], datetime],
        share: float = 1.0,
    ) -> None:
        self._asker, self._ledger, self._endpoint, self._prompt = asker, ledger, endpoint, prompt
        self._languages, self._same, self._clock, self._share = languages, same, clock, share
        self.name = f"llm {endpoint.model}/{prompt.version}"

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        """The same replies give the same claims."""
        reading = Reading(text, passages, self._languages, self._same)
        system = self._prompt.choose(detect_language(text))
        spans = [passage.span for passage in passages]
        names: dict[Span, Words] = {}
        claims: list[Found] = []
        paid = False
        for window in cut_windows(system, text, spans, self._endpoint.context):
            for found, fresh in self._read(system, reading, spans, window):
                names |= {words.span: words for words in found.names}
                claims += found.claims
                paid |= fresh
        if paid:
            self._ledger.note_article(self._endpoint.model, self._clock())
        return Sight(tuple(sorted(names.values(), key=lambda words: words.span)), {}, tuple(claims))

    def _read(self, system: str, reading: Reading, spans: Sequence[Span], window: range) -> list[tuple[Grounded, bool]]:
        """A window read, and whether it was paid for just now; in halves when it, or its answer, is too long."""
        question = make_question(system, reading.text, spans, window)
        try:
            answer = self._asker.ask(question, SCHEMA, self._share)
        except ModelError as error:
            if error.reason != "too_long" or len(window) == 1:
                raise
            return self._read_halves(system, reading, spans, window)
        if answer.cut:
            if len(window) == 1:
                cut = _explain(answer, question)
                self._ledger.note_reasons("failed", self._endpoint.model, {cut.reason: 1})
                raise cut
            return self._read_halves(system, reading, spans, window)
        try:
            told = parse_reply(answer.text)
        except ModelError:
            self._asker.forget(question, SCHEMA)
            self._ledger.note_reasons("failed", self._endpoint.model, {"broken_reply": 1})
            raise
        found = ground(told, reading, window)
        if answer.fresh and found.refused:
            reasons = Counter(refusal.reason for refusal in found.refused)
            self._ledger.note_reasons("refused", self._endpoint.model, reasons)
        return [(found, answer.fresh)]

    def _read_halves(
        self, system: str, reading: Reading, spans: Sequence[Span], window: range
    ) -> list[tuple[Grounded, bool]]:
        middle = window.start + len(window) // 2
        halves = (range(window.start, middle), range(middle, window.stop))
        return [found for half in halves for found in self._read(system, reading, spans, half)]


def _explain(answer: Answer, question: Question) -> ModelError:
    """Why an answer on one sentence was cut: small models say the same over and over, whatever room they have."""
    if answer.answered >= question.most:
        return ModelError("the language model's reply on one sentence has no end", reason="endless")
    return ModelError("the language model has no room for its reply on one sentence", reason="too_long")
