"""Generated claims for bench/stores.py: both languages, a few names in most of them; made once, kept in a file."""

import pickle
import random
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from graph.ids import make_article_id, make_claim_id, make_entity_id, make_source_id
from graph.records import (
    PREDICATES,
    Article,
    Claim,
    Claimant,
    ClaimType,
    Entity,
    EntityType,
    Extraction,
    Mention,
    Modality,
    Party,
    Polarity,
    Quantity,
    Source,
)

CLAIMS_PER_ARTICLE = 8
START = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 500
CHUNK = 1_000
# Raise when the generator makes others.
FORMAT = 2
ENGLISH = (
    "{s} said on Tuesday that {o} had used its chips to train a model of {n} billion parameters",
    "According to people familiar with the matter, {s} is accused of distillation of models by {o}, case {n}",
    "{s} outperforms {o} on the benchmark by {n} points, and NVIDIA Blackwell systems were not used",
    "Shares of {s} fell {n} percent after {o} released an open model that costs far less to train",
)
JAPANESE = (
    "{s}は火曜日、{o}が{n}億パラメータのモデルを蒸留によって学習させたと主張した",
    "関係者によると、{s}は{o}の技術を盗用した疑いで提訴される見通しで、訴訟額は{n}万ドルに上る",
    "{s}の新モデルは{o}を{n}ポイント上回り、NVIDIA Blackwell世代の半導体は使っていないとされる",
    "{o}の発表を受けて{s}の株価は{n}%下落し、規制当局が調査に乗り出したと報じられた",
)


class Generator:
    """Extractions by the seed: the same numbers give the same. They come in so many days: fewer are fuller.

    Entities are skewed: the most named one is in about one claim of seven, as NVIDIA is in such news.
    """

    def __init__(self, claims: int, days: int = DAYS) -> None:
        self._random = random.Random(claims)
        self._claims = claims
        self._days = days
        kinds = list(EntityType)
        self.entities = [
            Entity(make_entity_id(f"Name {n}"), f"Name {n}", kinds[n % len(kinds)], f"名前{n}", (f"N-{n}",))
            for n in range(max(20, claims // 40))
        ]
        self.sources = [
            Source(make_source_id(f"s{n}.example"), f"Source {n}", f"s{n}.example", lang="ja" if n % 3 == 0 else "en")
            for n in range(200)
        ]

    def __iter__(self) -> Iterator[Extraction]:
        for number in range(self._claims // CLAIMS_PER_ARTICLE):
            yield self._make(number)

    def _make(self, number: int) -> Extraction:
        source = self._random.choice(self.sources)
        lang = source.lang or "en"
        pairs = [(self._pick(), self._pick()) for _ in range(CLAIMS_PER_ARTICLE)]
        sentences = [self._sentence(lang, *pair) for pair in pairs]
        text = "\n".join(sentences)
        url = f"https://{source.domain}/{number}"
        at = self._time(number)
        article = Article(make_article_id(url, text), url, source, sentences[0], text, lang, at, at)
        spans = self._spans(sentences)
        claims = tuple(
            self._claim(article, span, sentence, *pair)
            for span, sentence, pair in zip(spans, sentences, pairs, strict=True)
        )
        named = tuple({entity.id: entity for pair in pairs for entity in pair}.values())
        mentions = tuple(Mention(e.id, (0, 1), e.name) for e in named)
        return Extraction(article, named, mentions, claims)

    def _time(self, number: int) -> datetime:
        """As feeds bring articles: those of a day or two in any order, the days one after the other."""
        arrived = number * CLAIMS_PER_ARTICLE / self._claims * self._days * 86_400
        return START + timedelta(seconds=int(arrived) - self._random.randrange(2 * 86_400))

    def _pick(self) -> Entity:
        return self.entities[min(int(self._random.paretovariate(0.5)) - 1, 10**6) % len(self.entities)]

    def _sentence(self, lang: str, subject: Entity, object: Entity) -> str:
        pattern = self._random.choice(JAPANESE if lang == "ja" else ENGLISH)
        return pattern.format(s=subject.name, o=object.name, n=self._random.randrange(10_000))

    def _spans(self, sentences: Sequence[str]) -> list[tuple[int, int]]:
        starts = [sum(len(s) + 1 for s in sentences[:n]) for n in range(len(sentences))]
        return [(start, start + len(s)) for start, s in zip(starts, sentences, strict=True)]

    def _claim(self, article: Article, span: tuple[int, int], sentence: str, subject: Entity, object: Entity) -> Claim:
        kind = self._random.choice(list(ClaimType))
        predicate = self._random.choice(PREDICATES[kind])
        about, other = Party(subject.name, subject.id), Party(object.name, object.id)
        quantity = (
            Quantity("price", float(self._random.randrange(10**6)), "USD") if self._random.random() < 0.4 else None
        )
        polarity = Polarity.DENIED if self._random.random() < 0.05 else Polarity.AFFIRMED
        speaker = self._pick()
        return Claim(
            make_claim_id(article.id, span, predicate, about, other, quantity, None, polarity),
            article.id,
            span,
            sentence,
            article.lang,
            kind,
            predicate,
            about,
            other,
            quantity,
            None,
            (Claimant(Party(speaker.name, speaker.id), "said"), Claimant(Party("people familiar with it"), "told")),
            self._random.choice(list(Modality)),
            polarity,
            None,
            article.published_at,
        )


def iter_chunks(claims: int, days: int = DAYS) -> Iterator[list[Extraction]]:
    """The generated extractions, 1,000 articles at a time; from a file in the temporary folder after the first time."""
    kept = Path(tempfile.gettempdir()) / f"claimgraph-bench-{FORMAT}-{claims}-{days}.pickle"
    if not kept.exists():
        unfinished = kept.with_suffix(".unfinished")
        with unfinished.open("wb") as file:
            extractions = iter(Generator(claims, days))
            while chunk := list(islice(extractions, CHUNK)):
                pickle.dump(chunk, file, pickle.HIGHEST_PROTOCOL)
        unfinished.replace(kept)
    with kept.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return
