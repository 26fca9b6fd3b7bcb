"""Articles in, extractions out: zones, sentences, names, what the finder sees, and claims, in order."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from graph.corrections import date_version
from graph.errors import ClaimGraphError
from graph.grades import STORED_FROM
from graph.ids import make_claim_id
from graph.records import (
    Article,
    ArticleId,
    Claim,
    ClaimId,
    Entity,
    EntityId,
    Extraction,
    Failure,
    Mention,
    PartialDate,
    Party,
    Stage,
)
from ingest.nlp.asides import find_asides
from ingest.nlp.choosing import drop_rivals
from ingest.nlp.dating import share_trading_day
from ingest.nlp.document import READABLE, Amount, Draft, Name, Paragraph, Sentence, Span, shift
from ingest.nlp.drafting import Story, iter_drafts
from ingest.nlp.finder import ClaimFinder, Sight
from ingest.nlp.headed import find_entries, find_headed_days
from ingest.nlp.languages import Language
from ingest.nlp.linking import link_names
from ingest.nlp.names import Context, Gazetteer
from ingest.nlp.scorer import Scores, Signs
from ingest.nlp.seen import Seen
from ingest.nlp.told import find_all_days
from ingest.nlp.windows import Passage
from ingest.nlp.zones import split_paragraphs

# Of a heading: its mark, and the day that it opens with.
_HEADING_MARK = re.compile(r"\s*#{1,6}\s+(?:[^\w\s「『(]+\s+)?(?:\d{4}-\d\d(?:-\d\d)?\s*[—–:-]\s*)?")


class Reader(Protocol):
    """What reads articles: one extractor, or several that stand in for each other."""

    @property
    def reader(self) -> str:
        """Name and version of what finds claims."""
        ...

    @property
    def readers(self) -> frozenset[str]:
        """Every name that a claim read today can carry."""
        ...

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        """One extraction for each article; a Failure in its place when a text cannot be read."""
        ...

    def lacks(self, article: ArticleId) -> bool:
        """Whether it has not read an article although claims of it carry one of its names."""
        ...

    def retry(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        """As extract, for articles that were read by a stand-in: they fail rather than being read so again."""
        ...


class Extractor:
    """Reads articles with the languages given; a paragraph in any other language is passed over."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        languages: Mapping[str, Language],
        finder: ClaimFinder,
        scorer: Scores,
    ) -> None:
        self._gazetteer, self._finder, self._scorer = gazetteer, finder, scorer
        self.languages = languages
        self._zones = {code: language.zones for code, language in languages.items()}

    @property
    def reader(self) -> str:
        """Name and version of what finds claims, as each of them carries it."""
        return self._finder.name

    @property
    def readers(self) -> frozenset[str]:
        """The same, for nothing stands in for it."""
        return frozenset({self.reader})

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        """One extraction for each article in order; a Failure in its place when a text cannot be read."""
        for article in articles:
            try:
                yield self.read(article)
            except (ClaimGraphError, ValueError, LookupError, RecursionError) as error:
                message = f"{article.url}: {type(error).__name__}: {error}; its text is kept and can be read again"
                yield Failure(Stage.EXTRACT, article.id, "extract_failed", message)

    retry = extract

    def lacks(self, article: ArticleId) -> bool:
        """Never: what carries its name it has read."""
        return False

    def read(self, article: Article) -> Extraction:
        """What one article holds."""
        return self.weigh(article, STORED_FROM)[0]

    def weigh(self, article: Article, least: float = 0.0) -> tuple[Extraction, dict[ClaimId, Signs]]:
        """What one article holds, with the claims that score `least` or more, and the signs that each is scored by."""
        paragraphs = split_paragraphs(article.text, article.lang, self._zones)
        context = self._gazetteer.find_context(article.title + "\n" + article.text)
        sentences = tuple(self._iter_sentences(paragraphs, context))
        headed = find_headed_days(paragraphs, self.languages, article.published_at.date())
        years = {number: one.year for number, one in find_entries(paragraphs, article.published_at.date()).items()}
        story, sight = self._look(article, sentences, headed, years)
        weighed = drop_rivals(
            (replace(draft, score=score), signs)
            for draft, signs in iter_drafts(story, sight, self._finder.name)
            if (score := self._scorer.score(signs)) >= least
        )
        told = [draft for draft, _ in weighed]
        drafts = share_trading_day(told, story.sentences, story.days, self.languages, article.published_at.date())
        claims = [_make_claim(article, draft) for draft in drafts]
        names = [name for sentence in story.sentences for name in sentence.names]
        mentioned = sorted((*names, *find_asides(paragraphs, self._gazetteer, context)), key=lambda name: name.span)
        known = {name.entity.id: name.entity for name in mentioned} | self._find_entities(drafts)
        mentions = tuple(dict.fromkeys(Mention(name.entity.id, name.span, name.text) for name in mentioned))
        found = {claim.id: claim for claim in claims}
        extraction = Extraction(article, tuple(known.values()), mentions, tuple(found.values()))
        return extraction, {claim.id: signs for claim, (_, signs) in zip(claims, weighed, strict=True)}

    def _iter_sentences(self, paragraphs: Sequence[Paragraph], context: Context) -> Iterator[Sentence]:
        for number, paragraph in enumerate(paragraphs):
            language = self.languages.get(paragraph.lang)
            if language is None or paragraph.zone not in READABLE:
                continue
            for start, end in _split(paragraph, language):
                text, offset = paragraph.text[start:end], paragraph.span[0] + start
                names = tuple(
                    Name(shift(name.span, offset), name.text, name.entity)
                    for name in self._gazetteer.find_names(text, context)
                )
                yield Sentence((offset, offset + len(text)), text, paragraph.lang, paragraph.zone, number, names)

    def _look(
        self,
        article: Article,
        sentences: tuple[Sentence, ...],
        headed: Mapping[int, PartialDate],
        years: Mapping[int, int],
    ) -> tuple[Story, Sight]:
        """The story with every name in it, and what the finder sees."""
        today = article.published_at.date()
        amounts = tuple(tuple(self._iter_amounts(sentence)) for sentence in sentences)
        days = tuple(
            [(shift(span, s.span[0]), day) for span, day in found]
            for s, found in zip(sentences, find_all_days(sentences, self.languages, today, years), strict=True)
        )
        passages = [
            Passage(
                s.span,
                tuple(a.span for a in some),
                tuple(span for span, _ in when),
                tuple(name.span for name in s.names),
                s.lang,
            )
            for s, some, when in zip(sentences, amounts, days, strict=True)
        ]
        sight = self._finder.find(article.text, passages)
        seen = Seen(sight)
        named = link_names([seen.drop_begun(s) for s in sentences], seen.iter_free, self._gazetteer)
        return Story(article, named, amounts, days, self.languages, headed, self._find_makers(named)), sight

    def _iter_amounts(self, sentence: Sentence) -> Iterator[Amount]:
        """The amounts of a sentence in the text; digits of a name are none, nor is a sum once more in brackets."""
        before: Amount | None = None
        for amount in self.languages[sentence.lang].find_amounts(sentence.text):
            gloss = before and sentence.text[before.span[1] : amount.span[0]].strip() in ("(", "（")
            before = amount
            if gloss and amount.unit.isupper():
                continue
            span = shift(amount.span, sentence.span[0])
            money = "$" in amount.text[:4]
            if money or not any(name.span[0] <= span[0] < name.span[1] for name in sentence.names):
                yield replace(amount, span=span)

    def _find_makers(self, sentences: Iterable[Sentence]) -> dict[str, Party]:
        """Who makes, owns or employs the entities named, and who owns these, as far as the tables know."""
        found: dict[str, Party] = {}
        for named in {n.entity for s in sentences for n in s.names}:
            entity = named
            while entity.name not in found and (maker := self._gazetteer.get_entity(self._gazetteer.get_maker(entity))):
                found[entity.name] = Party(maker.name, maker.id)
                entity = maker
        return found

    def _find_entities(self, drafts: Iterable[Draft]) -> dict[EntityId, Entity]:
        """Curated entities that claims speak of without naming them (a maker behind "we")."""
        parties = [party for draft in drafts for party in _parties_of(draft)]
        found = [self._gazetteer.get_entity(party.name) for party in parties if party.entity]
        return {entity.id: entity for entity in found if entity}


def _split(paragraph: Paragraph, language: Language) -> Iterator[Span]:
    """The sentences of a paragraph; a heading's are those behind its mark and its date."""
    mark = _HEADING_MARK.match(paragraph.text)
    begin = mark.end() if mark else 0
    for start, end in language.split(paragraph.text[begin:]):
        yield begin + start, begin + end


def _parties_of(draft: Draft) -> Iterator[Party]:
    for party in (draft.subject, draft.object, draft.benchmark):
        if party:
            yield party
    yield from (claimant.party for claimant in draft.claimants)


def _make_claim(article: Article, draft: Draft) -> Claim:
    start, end = draft.span
    return Claim(
        id=make_claim_id(
            article.id,
            draft.span,
            draft.predicate,
            draft.subject,
            draft.object,
            draft.quantity,
            draft.benchmark,
            draft.polarity,
        ),
        article_id=article.id,
        span=draft.span,
        text=article.text[start:end],
        lang=draft.lang,
        type=draft.type,
        predicate=draft.predicate,
        subject=draft.subject,
        object=draft.object,
        quantity=draft.quantity,
        benchmark=draft.benchmark,
        claimants=draft.claimants,
        modality=draft.modality,
        polarity=draft.polarity,
        date=draft.date,
        reported_at=date_version(article),
        cues=draft.cues,
        reader=draft.reader,
        score=draft.score,
    )
