"""What a language model read of stored articles, as annotated documents that `learn` takes beside its user's own."""

from collections.abc import Container, Iterable, Iterator, Mapping
from heapq import nsmallest
from pathlib import Path

from graph.grades import TOLD_WEAK
from graph.readers import BOTH, LLM, name_reader
from graph.records import Claim, ClaimId, Comparator, CueKind, EntityId, Extraction, Mention, Party, Polarity, Quantity
from ingest.learning.annotated import UNSAID
from ingest.learning.rows import split_text
from ingest.nlp.document import Span

_LARGE = frozenset({LLM, BOTH})
# What parts the fields of a line, or the members of one.
_SIGNS = ("|", ";", "=", " > ")


def write_told(stored: Iterable[Extraction], folder: Path, most: int) -> int:
    """Writes NAME.txt and NAME.ann for so many of the articles that a language model has read; how many there were.

    Claims that were refuted or judged misread are left out, with those that another reader found alone. Which articles
    they are is drawn evenly, and the same whenever they are stored: their ids are hashes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = nsmallest(most, filter(_is_told, stored), key=lambda one: one.article.id)
    for one in chosen:
        (folder / f"{one.article.id}.txt").write_text(one.article.text, "utf-8", newline="")
        (folder / f"{one.article.id}.ann").write_text(format_told(one), "utf-8")
    return len(chosen)


def format_told(stored: Extraction) -> str:
    """The annotation of an article, which says who made it; a claim that its form cannot hold is left out."""
    readers = sorted({claim.reader for claim in stored.claims if _is_large(claim)})
    note = f"read by {' '.join(', '.join(readers).split())}: no person has looked at it"
    claims = [one for one in stored.claims if _is_large(one) and not one.refuted and not one.misread]
    weak = frozenset(one.id for one in claims if one.score == TOLD_WEAK)
    return format_annotation(stored, claims, weak, "told", note)


def format_annotation(
    stored: Extraction, claims: Iterable[Claim], weak: Container[ClaimId], register: str, note: str
) -> str:
    """The annotation of an article with these claims; one that its form cannot hold is left out.

    weak  those that not every careful reader would list
    """
    lines = [
        f"# {stored.article.published_at:%Y-%m-%d} {register}",
        f"# {note}",
        *_iter_names(stored),
        *_iter_claims(stored, claims, weak),
    ]
    return "".join(f"{line}\n" for line in lines)


def _is_told(stored: Extraction) -> bool:
    return any(map(_is_large, stored.claims))


def _is_large(claim: Claim) -> bool:
    return name_reader(claim.reader) in _LARGE


def _iter_names(stored: Extraction) -> Iterator[str]:
    forms: dict[EntityId, list[str]] = {}
    for mention in stored.mentions:
        forms.setdefault(mention.entity, []).append(mention.text)
    for entity in stored.entities:
        spelled = [form for form in dict.fromkeys(forms.get(entity.id, ())) if _is_plain(form)]
        if spelled and _is_plain(entity.name):
            yield f"E {entity.type.value} | {entity.name} | {'; '.join(spelled)}"


def _iter_claims(stored: Extraction, claims: Iterable[Claim], weak: Container[ClaimId]) -> Iterator[str]:
    sentences = split_text(stored.article.text)
    names = {entity.id: entity.name for entity in stored.entities}
    for claim in claims if sentences else ():
        fields = _list_fields(claim, _Sentence(sentences, claim.span, stored.mentions, names))
        if claim.id in weak:
            fields.append("weak")
        if all(fields):
            yield f"C {' | '.join(filter(None, fields))}"


class _Sentence:
    """The sentence that states a claim: its number, and what stands in it."""

    def __init__(
        self, sentences: list[Span], span: Span, mentions: Iterable[Mention], names: Mapping[EntityId, str]
    ) -> None:
        shared = [min(end, span[1]) - max(start, span[0]) for start, end in sentences]
        self.number = shared.index(max(shared))
        start, end = sentences[self.number]
        self._named = {one.entity for one in mentions if start <= one.span[0] and one.span[1] <= end}
        self._names = names

    def refer(self, party: Party | None) -> str:
        """The party as a line has it; empty when it cannot."""
        if party is None:
            return "-"
        name = self._names.get(party.entity, party.name) if party.entity else party.name
        if not _is_plain(name):
            return ""
        return name if party.entity is None or party.entity in self._named else f"{name}={UNSAID}"


def _list_fields(claim: Claim, sentence: _Sentence) -> list[str]:
    """The fields of a line; one that is empty cannot be told, and with it the claim."""
    told = [
        str(sentence.number),
        claim.predicate.value,
        sentence.refer(claim.subject),
        sentence.refer(claim.object),
        _format_amount(claim.quantity),
        " > ".join(sentence.refer(claimant.party) or "\n" for claimant in claim.claimants) or "-",
        claim.modality.value + (" denied" if claim.polarity is Polarity.DENIED else ""),
    ]
    if claim.benchmark:
        told.append(f"on {claim.benchmark.name}" if _is_plain(claim.benchmark.name) else "")
    if claim.date:
        told.append(f"date={claim.date}")
    trigger = next((cue.text for cue in claim.cues if cue.kind is CueKind.TRIGGER), "")
    if trigger and _is_plain(trigger):
        told.append(f"by={trigger}")
    return ["" if "\n" in field else field for field in told]


def _format_amount(amount: Quantity | None) -> str:
    if amount is None:
        return "-"
    sign = "" if amount.comparator in (Comparator.EQUAL, Comparator.RANGE) else amount.comparator.value
    high = "" if amount.high is None else f"..{amount.high:.15g}"
    unit = amount.unit if amount.unit and " " not in amount.unit and _is_plain(amount.unit) else ""
    return f"{sign}{amount.value:.15g}{high} {unit} {amount.measure}".rstrip() if unit else ""


def _is_plain(text: str) -> bool:
    """Whether it can stand in a field of a line."""
    return len(text.strip().splitlines()) == 1 and not any(sign in text for sign in _SIGNS)
