"""An agent as reader: an article laid out for it, and what it proposes held to the words of the text.

The same guideline, grounding and policy as for a model that is asked (finder.py, grounding.py); what is refused is told
with its reason, so that it can be told better.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph.errors import QueryError
from graph.policy import WEAKER
from graph.readers import name_agent
from graph.records import (
    Article,
    Claim,
    Extraction,
    Modality,
    Outcome,
    Polarity,
    Predicate,
    Sheet,
    Verdict,
)
from graph.rulings.heirs import hand_on
from ingest.language import detect_language
from ingest.llm.grounding import Refusal, ground
from ingest.llm.naming import Reading, Same
from ingest.llm.prompts import Prompt, cut_windows, load_prompt, make_question
from ingest.llm.replies import Told, ToldClaim, list_items, read_claim, read_name
from ingest.llm.scoring import ToldScorer
from ingest.nlp.document import Span
from ingest.nlp.extract import Extractor
from ingest.nlp.finder import Found, Sight
from ingest.nlp.languages import Language
from ingest.nlp.load import load_languages
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import load_tables
from ingest.nlp.windows import Passage

# How firmly something may stand, and whether as denied.
Firmness = tuple[Modality, bool]
_OVERRULED = "overruled"
# Signs of a claim under this name say which of those told it comes from.
_TOLD = "told"
# What an agent is told beside the reason; the codes of grounding.py that are not here it gets as they are.
_RENAMED = {"unquoted": "quote_not_found"}
_SPEAKERS = {"unquoted": "speaker_not_named", "unnamed": "speaker_not_named"}
_HINTS = {
    "quote_not_found": "copy words of this very sentence, letter by letter",
    "speaker_not_named": "name a speaker by words of this sentence, NAME=words; NAME=~ where an earlier one names it",
    "unnamed": "spell the name as this sentence or an earlier one does, or give the words of the sentence alone",
    "misnamed": "these words are the name of another one",
    "unsaid": "one party at least must stand in the sentence",
    "other_number": "give the number that the quoted words say, in base units",
    _OVERRULED: "the sentence denies it: propose it as denied, with the words that deny it",
    "accuses_nobody": "the sentence has no word that accuses; take a predicate that accuses nobody",
    "speaks_to_reader": "the sentence gives its reader orders; take no claim from it",
    "no_sentence": "give the number of a sentence of this part",
    "no_subject": "say whom the sentence speaks of",
    "malformed": "write each claim in the form of the guideline: sentence, predicate, subject, by, …",
    "unknown_predicate": "take one of the options, or leave the claim out",
    "unknown_modality": "take one of the options",
    "firmer_than_sentence": "say it no more firmly than its words do, with those words as modality_words",
    "no_claim": "nothing of it may be stored: its predicate needs an amount that the words give, its sides are one and "
    "the same, somebody accuses himself, or another claim of this proposal says the same or more",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What of a proposal stands.

    found     the article with the claims that stand, and the entities that they name
    within    from where to where in the text its part goes
    verdicts  of every claim proposed, in order; those that stand are stored
    parts     how many the article has
    """

    found: Extraction
    within: Span
    verdicts: tuple[Verdict, ...]
    parts: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Lays articles out for agents and checks what they propose.

    context  tokens of a part, guideline and answer included
    """

    gazetteer: Gazetteer
    languages: Mapping[str, Language]
    prompt: Prompt
    context: int

    def lay_out(self, article: Article) -> tuple[Sheet, ...]:
        """The parts of an article to read, most often one; none where no sentence can hold a claim."""
        spans = [passage.span for passage in self._find_passages(article)]
        guideline = self._guide(article)
        windows = cut_windows(guideline, article.text, spans, self.context)
        return tuple(
            Sheet(
                article=article.id,
                title=article.title,
                source=article.source.name,
                url=article.url,
                published_on=article.published_at.date().isoformat(),
                part=number,
                parts=len(windows),
                sentences=(window[0], window[-1]),
                guideline=guideline,
                text=make_question(guideline, article.text, spans, window).user,
            )
            for number, window in enumerate(windows, 1)
        )

    def check(self, article: Article, part: int, names: object, claims: object, reader: str) -> Checked:
        """What of a proposal about one part stands, as claims of such a reader. QueryError for a part there is not."""
        passages = self._find_passages(article)
        windows = cut_windows(self._guide(article), article.text, [one.span for one in passages], self.context)
        if not 1 <= part <= len(windows):
            raise QueryError(
                f"article {article.id} has {len(windows)} parts to read; there is no part {part}",
                subject=article.id,
                reason="no_part",
            )
        window = windows[part - 1]
        told = [read_claim(raw) for raw in list_items(claims)]
        kept = {place: one for place, one in enumerate(told) if one}
        listed = tuple(name for raw in list_items(names) if (name := read_name(raw)))
        finder = _ToldFinder(
            reader, Told(listed, tuple(kept.values()), 0), tuple(kept), window, self.languages, self.gazetteer.get_name
        )
        found, signs = Extractor(self.gazetteer, self.languages, finder, ToldScorer()).weigh(article)
        by_number = {int(signs[claim.id][_TOLD]): claim for claim in found.claims}
        refused = {refusal.number: refusal for refusal in finder.refused}
        raws = list_items(claims)
        verdicts = tuple(
            _judge(place, raws[place], one, refused.get(place), finder.ruled.get(place), by_number.get(place))
            for place, one in enumerate(told)
        )
        stands = {verdict.claim for verdict in verdicts if verdict.claim}
        good = tuple(claim for claim in found.claims if claim.id in stands)
        within = (passages[window[0]].span[0], passages[window[-1]].span[1])
        return Checked(replace(found, claims=good), within, verdicts, len(windows))

    def _guide(self, article: Article) -> str:
        return self.prompt.choose(detect_language(article.text))

    def _find_passages(self, article: Article) -> Sequence[Passage]:
        listener = _Listener()
        Extractor(self.gazetteer, self.languages, listener, ToldScorer()).read(article)
        return listener.passages


def load_desk(data: Path, context: int) -> Desk:
    """A desk over the folder with `entities` and `prompts`. Raises ConfigError when one of them is not well formed."""
    gazetteer = Gazetteer(load_tables(data / "entities"))
    return Desk(gazetteer, load_languages(), load_prompt(data / "prompts", "reading"), context)


def put_in(before: Extraction, checked: Checked, reader: str) -> tuple[Extraction, tuple[Verdict, ...], int]:
    """The article with the proposed claims, the verdicts, and how many claims of this agent are gone.

    What the agent proposed of this part before is replaced. A claim that another reader found stays that reader's.
    Mentions are left to our own reader.
    """
    agent = name_agent(reader)
    mine = [claim for claim in before.claims if name_agent(claim.reader) == agent and _starts(claim, checked.within)]
    ids = {claim.id for claim in mine}
    others = [claim for claim in before.claims if claim.id not in ids]
    known = {claim.id for claim in others}
    new = hand_on(mine, [claim for claim in checked.found.claims if claim.id not in known])
    named = {id for claim in new for id in claim.named}
    after = replace(
        before,
        entities=tuple(entity for entity in checked.found.entities if entity.id in named),
        claims=tuple(sorted((*others, *new), key=lambda claim: claim.span)),
    )
    verdicts = tuple(
        replace(verdict, outcome=Outcome.KNOWN) if verdict.claim in known else verdict for verdict in checked.verdicts
    )
    return after, verdicts, len(ids - {claim.id for claim in new})


def take_out(before: Extraction, reader: str) -> Extraction:
    """The article without what one batch brought."""
    return replace(before, claims=tuple(claim for claim in before.claims if claim.reader != reader))


class _Listener:
    """Finds nothing, and knows which sentences there were to find something in."""

    name = "agent"

    def __init__(self) -> None:
        self.passages: Sequence[Passage] = ()

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        self.passages = passages
        return Sight((), {}, ())


class _ToldFinder:
    """Finds what it was told, as far as the text has it.

    refused  what the text has not
    ruled    what the words of the sentence make of the others; those told more firmly are not found
    """

    def __init__(
        self,
        name: str,
        told: Told,
        places: Sequence[int],
        window: range,
        languages: Mapping[str, Language],
        same: Same,
    ) -> None:
        self.name = name
        self.refused: tuple[Refusal, ...] = ()
        self.ruled: dict[int, Firmness] = {}
        self._told, self._places, self._window = told, places, window
        self._languages, self._same = languages, same

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        found = ground(self._told, Reading(text, passages, self._languages, self._same), self._window)
        self.refused = tuple(replace(one, number=self._places[one.number]) for one in found.refused)
        claims: list[Found] = []
        for number, claim in zip(found.numbers, found.claims, strict=True):
            place = self._places[number]
            self.ruled[place] = claim.modality, claim.denied
            if not _find_excess(self._told.claims[number], self.ruled[place]):
                claims.append(replace(claim, signs={**claim.signs, _TOLD: float(place)}))
        return Sight(found.names, {}, tuple(claims))


def _judge(
    place: int,
    raw: Any,
    told: ToldClaim | None,
    refusal: Refusal | None,
    ruled: Firmness | None,
    claim: Claim | None,
) -> Verdict:
    if told is None:
        return _judge_malformed(place, raw)
    if refusal:
        renamed = _SPEAKERS if refusal.part == "speakers" else _RENAMED
        return _refuse(place, renamed.get(refusal.reason, refusal.reason), refusal.part, refusal.words)
    settled = (claim.modality, claim.polarity is Polarity.DENIED) if claim else None
    for firmness in (ruled, settled):
        if firmness and (excess := _find_excess(told, firmness)):
            options = tuple(modality.value for modality in WEAKER[WEAKER.index(firmness[0]) :])
            part, words = ("denied", told.by) if excess == _OVERRULED else ("modality", told.modality.value)
            return _refuse(place, excess, part, words, options if part == "modality" else ())
    return Verdict(place, Outcome.STORED, claim.id) if claim else _refuse(place, "no_claim")


def _find_excess(told: ToldClaim, firmness: Firmness) -> str:
    """Why a claim says more than may stand of it; empty where it does not."""
    modality, denied = firmness
    if denied and not told.denied:
        return _OVERRULED
    return "firmer_than_sentence" if WEAKER.index(told.modality) < WEAKER.index(modality) else ""


def _judge_malformed(place: int, raw: Any) -> Verdict:
    """Why something is no claim: a word that is none of its set, else its form."""
    for part, reason, kind in (
        ("predicate", "unknown_predicate", Predicate),
        ("modality", "unknown_modality", Modality),
    ):
        word = raw.get(part) if isinstance(raw, dict) else None
        options = tuple(one.value for one in kind)
        if isinstance(word, str) and word and word not in options:
            return _refuse(place, reason, part, word[:80], options)
    return _refuse(place, "malformed")


def _refuse(place: int, reason: str, part: str = "", words: str = "", options: tuple[str, ...] = ()) -> Verdict:
    return Verdict(place, Outcome.REFUSED, None, reason, part, words, _HINTS.get(reason, ""), options)


def _starts(claim: Claim, within: Span) -> bool:
    return within[0] <= claim.span[0] < within[1]
