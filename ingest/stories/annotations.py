"""The annotated claims of a story in the place of a reader: what grouping makes of right claims."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from graph.corrections import date_version
from graph.errors import ParseError
from graph.ids import make_claim_id, make_entity_id
from graph.policy import find_type
from graph.records import (
    Article,
    ArticleId,
    Claim,
    Claimant,
    ClaimId,
    Cue,
    CueKind,
    Entity,
    EntityType,
    Extraction,
    Failure,
    PartialDate,
    Party,
    Polarity,
    Quantity,
    Stage,
)
from ingest.learning.annotated import Amount, Document, Reference, Statement, read_document
from ingest.learning.rows import split_document
from ingest.nlp.names import Gazetteer
from ingest.stories.articles import make_articles
from ingest.stories.parsing import find_text
from ingest.stories.records import Story

_READER = "annotated 1"
# The subject of an act that nobody is named for (a theft by somebody unknown).
_UNNAMED = Party("unnamed")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Annotated:
    """A document whose text is that of the article, with its sentences; names by canonical form."""

    document: Document
    sentences: tuple[Span, ...]
    names: Mapping[str, Entity]


class AnnotatedReader:
    """Gives of each article of a story the claims that its annotation has; it reads no other.

    A name is who the tables know by it, else one of the story's own by its canonical form. A party that stands under
    a name which only other articles of the story have is who it is there.
    Raises ParseError naming the file, and the line, when an annotation is missing or not well formed.
    """

    reader = _READER
    readers = frozenset({_READER})

    def __init__(self, folder: Path, story: Story, gazetteer: Gazetteer) -> None:
        read = {
            article.id: _read(find_text(folder, file), article.text, gazetteer)
            for file, article in make_articles(story).items()
        }
        everybody: dict[str, Entity] = {}
        for known in read.values():
            everybody = {**known.names, **everybody}
        self._known: dict[ArticleId, _Annotated] = {id: _add_names(known, everybody) for id, known in read.items()}

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction | Failure]:
        """One extraction for each article; a Failure in the place of one that is not of the story."""
        for article in articles:
            known = self._known.get(article.id)
            if known is None:
                yield Failure(Stage.EXTRACT, article.id, "not_annotated", f"{article.url}: no annotation of this text")
                continue
            made = (_make_claim(article, known, told) for told in known.document.statements)
            claims = {claim.id: claim for claim in made}
            yield Extraction(article, tuple(known.names.values()), (), tuple(claims.values()))

    retry = extract

    def list_propositions(self, article: Article) -> dict[ClaimId, str]:
        """The id of what each claim of an article speaks of, as far as its annotation says so."""
        known = self._known[article.id]
        told = known.document.statements
        return {_make_claim(article, known, one).id: one.proposition for one in told if one.proposition}

    def lacks(self, article: ArticleId) -> bool:
        """Never: what carries its name it has read."""
        return False


def _read(path: Path, text: str, gazetteer: Gazetteer) -> _Annotated:
    annotation = path.with_suffix(".ann")
    try:
        document = read_document(path, annotation)
    except OSError as error:
        message = f"{annotation}: {error.strerror}; the claims of {path.name} must stand in it"
        raise ParseError(message, subject=str(annotation), reason="bad_story") from error
    document = replace(document, name=str(annotation), text=text)
    names = {name: _find_entity(name, *about, gazetteer) for name, about in document.names.items()}
    return _Annotated(document, tuple(split_document(document)), names)


def _add_names(known: _Annotated, everybody: Mapping[str, Entity]) -> _Annotated:
    """With the names of other articles under which its statements have their parties."""
    named = dict.fromkeys(_list_canonical(known.document.statements))
    others = {name: everybody[name] for name in named if name in everybody and name not in known.names}
    return replace(known, names={**known.names, **others})


def _list_canonical(statements: Iterable[Statement]) -> Iterator[str]:
    for told in statements:
        yield told.benchmark
        yield from (party.canonical for party in (told.subject, told.object, *told.claimants) if party)


def _find_entity(name: str, kind: EntityType, forms: tuple[str, ...], gazetteer: Gazetteer) -> Entity:
    if known := gazetteer.find_spelled(name, kind):
        return known
    japanese = next((form for form in forms if _JAPANESE.search(form) and form != name), None)
    # An entity that an earlier article brought keeps its Japanese name or lack of one; further spellings it takes.
    return Entity(make_entity_id(name), name, kind, japanese, tuple(form for form in forms if form != name))


def _make_claim(article: Article, known: _Annotated, told: Statement) -> Claim:
    subject = _refer(told.subject, known.names) or _UNNAMED
    other = _refer(told.object, known.names)
    benchmark = _refer(Reference(told.benchmark) if told.benchmark else None, known.names)
    span = known.sentences[told.sentence]
    quantity = _make_quantity(told.amount)
    polarity = Polarity.DENIED if told.denied else Polarity.AFFIRMED
    speakers = (_refer(party, known.names) for party in told.claimants)
    entity = known.names.get(told.subject.canonical) if told.subject else None
    return Claim(
        id=make_claim_id(article.id, span, told.predicate, subject, other, quantity, benchmark, polarity),
        article_id=article.id,
        span=span,
        text=article.text[slice(*span)],
        lang=article.lang,
        type=find_type(told.predicate, entity.type if entity else None),
        predicate=told.predicate,
        subject=subject,
        object=other,
        quantity=quantity,
        benchmark=benchmark,
        claimants=tuple(Claimant(party) for party in speakers if party),
        modality=told.modality,
        polarity=polarity,
        date=PartialDate(told.day) if told.day else None,
        reported_at=date_version(article),
        cues=tuple(_find_cues(article, told, span)),
        reader=_READER,
    )


def _refer(party: Reference | None, names: Mapping[str, Entity]) -> Party | None:
    """Who it is; words that are no name of the text describe somebody."""
    if party is None:
        return None
    entity = names.get(party.canonical)
    return Party(entity.name, entity.id) if entity else Party(party.canonical)


def _make_quantity(amount: Amount | None) -> Quantity | None:
    if amount is None:
        return None
    return Quantity(amount.measure, amount.value, amount.unit, amount.comparator, amount.high)


def _find_cues(article: Article, told: Statement, span: Span) -> Iterator[Cue]:
    at = article.text.find(told.trigger, *span) if told.trigger else -1
    if at >= 0:
        yield Cue(CueKind.TRIGGER, (at, at + len(told.trigger)), told.trigger)
