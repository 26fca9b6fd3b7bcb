"""Articles in, extractions out: zones, names, parse and claims in order, for every language there is."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph.errors import ClaimGraphError
from graph.ids import make_claim_id
from graph.records import (
    Article,
    Claim,
    Claimant,
    Entity,
    EntityId,
    Extraction,
    Failure,
    Mention,
    Party,
    Stage,
)
from ingest.nlp.asides import find_asides
from ingest.nlp.boards import read_grid
from ingest.nlp.document import READABLE, Draft, FreeName, Language, Name, Paragraph, Sentence, Span, Story
from ingest.nlp.grids import find_grids
from ingest.nlp.linking import link_names
from ingest.nlp.names import Context, Gazetteer
from ingest.nlp.recogniser import Recogniser
from ingest.nlp.zones import ZoneCues, split_paragraphs

# A line this long is no prose (base64, minified code); the parser would take minutes over it.
_MAX_SENTENCE = 2000
_HEADING_MARK = re.compile(r"\s*#{1,6}\s+(?:[^\w\s「『(]+\s+)?(?:\d{4}-\d\d(?:-\d\d)?\s*[—–:-]\s*)?")


class Extractor:
    """Reads articles with the languages given; a paragraph in any other language is passed over."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        languages: Sequence[Language],
        cues: Mapping[str, ZoneCues],
        recognisers: Mapping[str, Recogniser],
    ) -> None:
        self._gazetteer = gazetteer
        self._recognisers = recognisers
        self.languages = {language.code: language for language in languages}
        self._cues = cues

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        """One extraction for each article in order; a Failure in its place when a text cannot be read."""
        for article in articles:
            try:
                yield self.read(article)
            except (ClaimGraphError, ValueError, RecursionError) as error:
                message = f"{article.url}: {type(error).__name__}: {error}; its text is kept and can be read again"
                yield Failure(Stage.EXTRACT, article.id, "extract_failed", message)

    def read(self, article: Article) -> Extraction:
        """What one article holds."""
        paragraphs = split_paragraphs(article.text, article.lang, self._cues)
        context = self._gazetteer.find_context(article.title + "\n" + article.text)
        sentences = self._find_sentences(paragraphs, context)
        tables = tuple(self._read_tables(article))
        names = [name for sentence in sentences for name in sentence.names]
        names += [name for _, found in tables for name in found]
        whole = Story(article, sentences, self._find_makers(names), self._find_homes(names))
        drafts = [draft for code, language in self.languages.items() for draft in language.read(_select(whole, code))]
        drafts = sorted((*drafts, *(draft for draft, _ in tables)), key=lambda draft: draft.span[0])
        mentioned = sorted((*names, *find_asides(paragraphs, self._gazetteer, context)), key=lambda name: name.span)
        known = {name.entity.id: name.entity for name in mentioned} | self._find_entities(drafts)
        claims = {claim.id: claim for claim in (_make_claim(article, draft, known) for draft in drafts)}
        mentions = tuple(dict.fromkeys(Mention(name.entity.id, name.span, name.text) for name in mentioned))
        return Extraction(article, tuple(known.values()), mentions, tuple(claims.values()))

    def _find_sentences(self, paragraphs: Sequence[Paragraph], context: Context) -> tuple[Sentence, ...]:
        parsed = [s for code in self.languages for s in self._parse(paragraphs, code, context)]
        return link_names(sorted(parsed, key=lambda s: s.span), self._find_unlisted, self._gazetteer)

    def _parse(self, paragraphs: Sequence[Paragraph], code: str, context: Context) -> Iterator[Sentence]:
        language = self.languages[code]
        pieces = [
            (number, paragraph, (start, end))
            for number, paragraph in enumerate(paragraphs)
            if paragraph.lang == code and paragraph.zone in READABLE
            for start, end in _split(paragraph, language)
            if end - start <= _MAX_SENTENCE
        ]
        texts = [paragraph.text[start:end] for _, paragraph, (start, end) in pieces]
        names = [self._gazetteer.find_names(text, context) for text in texts]
        docs = language.parse(zip(texts, [[name.span for name in row] for row in names], strict=True))
        for (number, paragraph, span), text, row, doc in zip(pieces, texts, names, docs, strict=True):
            offset = paragraph.span[0] + span[0]
            moved = tuple(Name(_shift(name.span, offset), name.text, name.entity) for name in row)
            yield Sentence(_shift((0, len(text)), offset), text, code, paragraph.zone, number, moved, doc)

    def _find_unlisted(self, sentence: Sentence) -> Iterator[FreeName]:
        """Names that no table has: those the text introduces, then those the trained model sees."""
        language = self.languages[sentence.lang]
        if not language.may_introduce(sentence):
            return
        yield from language.find_names(sentence)
        recogniser = self._recognisers.get(sentence.lang)
        yield from (free for free in (recogniser.find(sentence) if recogniser else ()) if language.may_name(free))

    def _read_tables(self, article: Article) -> Iterator[tuple[Draft, tuple[Name, ...]]]:
        lang = article.lang if article.lang in self.languages else next(iter(self.languages))
        for grid in find_grids(article.text):
            yield from read_grid(grid, self._gazetteer, lang)

    def _find_makers(self, names: Iterable[Name]) -> dict[str, Party]:
        """Who makes, owns or employs the entities named, as far as the tables know."""
        makers = {name.entity.name: self._gazetteer.get_maker(name.entity) for name in names}
        found = {name: self._gazetteer.get_entity(maker) for name, maker in makers.items() if maker}
        return {name: Party(entity.name, entity.id) for name, entity in found.items() if entity}

    def _find_homes(self, names: Iterable[Name]) -> dict[str, str]:
        """The country of each entity named, as far as the tables know."""
        homes = {name.entity.name: self._gazetteer.get_country(name.entity) for name in names}
        return {name: country for name, country in homes.items() if country}

    def _find_entities(self, drafts: Iterable[Draft]) -> dict[EntityId, Entity]:
        """Curated entities that claims speak of without naming them (a maker behind "we", a model behind "it")."""
        parties = [party for draft in drafts for party in _parties_of(draft)]
        found = [self._gazetteer.get_entity(party.name) for party in parties if party.entity]
        return {entity.id: entity for entity in found if entity}


def _split(paragraph: Paragraph, language: Language) -> Iterator[Span]:
    """The sentences of a paragraph; a heading's are those behind its mark and its date."""
    mark = _HEADING_MARK.match(paragraph.text)
    begin = mark.end() if mark else 0
    for start, end in language.split(paragraph.text[begin:]):
        yield begin + start, begin + end


def _select(story: Story, code: str) -> Story:
    return replace(story, sentences=tuple(sentence for sentence in story.sentences if sentence.lang == code))


def _shift(span: Span, offset: int) -> Span:
    return span[0] + offset, span[1] + offset


def _parties_of(draft: Draft) -> Iterator[Party]:
    for party in (draft.subject, draft.object, draft.benchmark):
        if party:
            yield party
    yield from (claimant.party for claimant in draft.claimants)


def _make_claim(article: Article, draft: Draft, known: Mapping[EntityId, Entity]) -> Claim:
    subject = _settle(draft.subject, known)
    object = _settle(draft.object, known) if draft.object else None
    benchmark = _settle(draft.benchmark, known) if draft.benchmark else None
    start, end = draft.span
    return Claim(
        id=make_claim_id(
            article.id, draft.span, draft.predicate, subject, object, draft.quantity, benchmark, draft.polarity
        ),
        article_id=article.id,
        span=draft.span,
        text=article.text[start:end],
        lang=draft.lang,
        type=draft.type,
        predicate=draft.predicate,
        subject=subject,
        object=object,
        quantity=draft.quantity,
        benchmark=benchmark,
        claimants=tuple(Claimant(_settle(c.party, known), c.cue, c.speaker) for c in draft.claimants),
        modality=draft.modality,
        polarity=draft.polarity,
        date=draft.date,
        reported_at=article.published_at,
        cues=draft.cues,
        reader=draft.reader,
    )


def _settle(party: Party, known: Mapping[EntityId, Entity]) -> Party:
    """The party with its entity, or as a bare descriptor when the story has no such entity."""
    return party if party.entity in known else Party(party.name)
