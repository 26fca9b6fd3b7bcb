"""A second look: a model is shown the sentence of a claim, and asked to refute it."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from heapq import nsmallest

from graph.errors import ModelError
from graph.grades import is_weak
from graph.readers import is_read
from graph.records import Article, Claim, ClaimId, EntityId, Extraction, Mention, Party, Polarity
from ingest.llm.asking import Asker
from ingest.llm.endpoint import Question
from ingest.llm.ledger import Ledger
from ingest.llm.prompts import Prompt
from ingest.llm.replies import find_object
from ingest.nlp.document import lies_in
from ingest.nlp.languages import Language

# An answer is three words and a sentence.
_ANSWER = 400
_LONGEST_WHY = 200
_FAULTS = {
    "says_so": "the sentence does not say so",
    "speaker": "the sentence does not credit it so",
    "firm_enough": "the sentence is less firm",
}
SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {**{name: {"type": "boolean"} for name in _FAULTS}, "why": {"type": "string"}},
    "required": [*_FAULTS, "why"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Audit:
    """How many claims were looked at, how many of them refuted, and why others were not looked at.

    against  by claim why it was refuted, empty where it stood
    """

    asked: int
    refuted: int
    failed: Mapping[str, int]
    against: Mapping[ClaimId, str]


@dataclass(frozen=True, slots=True)
class Auditor:
    """Asks for refutations, some at a time; `name` is that of model and prompt."""

    asker: Asker
    ledger: Ledger
    prompt: Prompt
    languages: Mapping[str, Language]
    name: str
    parallel: int

    def choose(self, stored: Iterable[Extraction], sample: int) -> frozenset[ClaimId]:
        """So many claims that this auditor has not looked at, drawn evenly: their ids are hashes.

        What was given, what is weak as it is and what a person judged is left out.
        """
        seen = self.ledger.list_audited(self.name)
        open_ = (c.id for one in stored for c in one.claims if is_read(c) and not is_weak(c) and c.id not in seen)
        return frozenset(nsmallest(sample, open_))

    def audit(self, stored: Extraction, chosen: Collection[ClaimId]) -> tuple[Extraction, Audit]:
        """The article with what was found against its chosen claims, and the count. What gets no answer stays open."""
        claims = [claim for claim in stored.claims if claim.id in chosen]
        with ThreadPoolExecutor(self.parallel, thread_name_prefix="claimgraph-audit") as pool:
            asked = [(claim, pool.submit(self.refute, claim, stored.article, stored.mentions)) for claim in claims]
        against: dict[ClaimId, str] = {}
        failed: list[str] = []
        for claim, future in asked:
            try:
                why = future.result()
            except ModelError as error:
                failed.append(error.reason)
                continue
            against[claim.id] = why
        found = tuple(replace(claim, refuted=against.get(claim.id) or claim.refuted) for claim in stored.claims)
        refuted = sum(map(bool, against.values()))
        return replace(stored, claims=found), Audit(len(against), refuted, Counter(failed), against)

    def note(self, stored: Extraction, audit: Audit) -> None:
        """Remembers verdicts, once the store has what was found."""
        for claim in stored.claims:
            if claim.id in audit.against:
                self.ledger.note_verdict(claim, self.name, refuted=bool(audit.against[claim.id]))

    def refute(self, claim: Claim, article: Article, mentions: Sequence[Mention]) -> str:
        """Why the claim does not stand in its sentence; empty where it does. Raises ModelError without an answer."""
        language = self.languages.get(claim.lang)
        before = find_before(claim, article.text, language) if language and leans(claim, mentions) else ""
        question = make_question(self.prompt.choose(claim.lang), claim, before)
        answer = self.asker.ask(question, SCHEMA)
        try:
            return read_verdict(answer.text)
        except ModelError:
            self.asker.forget(question, SCHEMA)
            raise


def leans(claim: Claim, mentions: Sequence[Mention]) -> bool:
    """Whether a party of the claim is named outside its sentence."""
    named = {mention.entity for mention in mentions if lies_in(mention.span, claim.span)}
    return any(not _is_named(party, claim.text, named) for party in claim.parties)


def find_before(claim: Claim, text: str, language: Language) -> str:
    """The sentence before that of the claim; empty at the beginning."""
    for line in reversed(text[: claim.span[0]].split("\n")):
        sentences = language.split(line)
        if sentences:
            return line[slice(*sentences[-1])]
    return ""


def make_question(system: str, claim: Claim, before: str) -> Question:
    """The claim beside its framed sentence, and nothing else."""
    lines = [" ".join(part.split()) for part in (before, claim.text) if part]
    body = "\n".join(lines)
    mark = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    told = "\n".join(f"{name}: {value}" for name, value in _tell(claim).items())
    return Question(system, f"<text {mark}>\n{body}\n</text {mark}>\n\nClaim:\n{told}", _ANSWER)


def read_verdict(text: str) -> str:
    """Why a claim was refuted, empty when it was not. Raises ModelError (`broken_reply`)."""
    raw = find_object(text, "says_so", bool)
    faults = [fault for name, fault in _FAULTS.items() if raw.get(name) is False]
    if not faults:
        return ""
    why = raw.get("why")
    said = " ".join("".join(c if c.isprintable() else " " for c in why).split()) if isinstance(why, str) else ""
    return f"{'; '.join(faults)}: {said[:_LONGEST_WHY]}" if said else "; ".join(faults)


def _tell(claim: Claim) -> dict[str, str]:
    """The claim in words, what it leaves out left out."""
    parts = {
        "subject": claim.subject.name,
        "predicate": claim.predicate.value,
        "object": claim.object.name if claim.object else "",
        "amount": _tell_amount(claim),
        "benchmark": claim.benchmark.name if claim.benchmark else "",
        "said by": " > ".join(claimant.party.name for claimant in claim.claimants) or "the text itself",
        "firmness": claim.modality.value,
        "denied": "yes" if claim.polarity is Polarity.DENIED else "no",
    }
    return {name: value for name, value in parts.items() if value}


def _tell_amount(claim: Claim) -> str:
    amount = claim.quantity
    if amount is None:
        return ""
    high = "" if amount.high is None else f" to {amount.high:g}"
    return f"{amount.comparator} {amount.value:g}{high} {amount.unit} ({amount.measure})"


def _is_named(party: Party, sentence: str, named: set[EntityId]) -> bool:
    return party.name in sentence or party.entity in named
