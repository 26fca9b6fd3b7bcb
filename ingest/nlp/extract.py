"""Articles in, extractions out: zones, sentences, names, what the finder sees, and claims, in order."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from graph.corrections import date_version
from graph.errors import ClaimGraphError
from graph.grades import STORED_FROM
from graph.ids import make_claim_id
from graph.records import (
    BODIES,
    MADE,
    Article,
    ArticleId,
    Claim,
    ClaimId,
    Entity,
    EntityId,
    EntityType,
    Extraction,
    Failure,
    Mention,
    PartialDate,
    Party,
    Stage,
)
from ingest.nlp.asides import find_asides
from ingest.nlp.dating import share_trading_day
from ingest.nlp.document import (
    READABLE,
    Amount,
    Draft,
    FreeName,
    Name,
    Paragraph,
    Sentence,
    Span,
    Strength,
    lies_in,
    shift,
)
from ingest.nlp.drafting import Story, iter_drafts
from ingest.nlp.finder import ClaimFinder, Sight
from ingest.nlp.headed import find_entries, find_headed_days
from ingest.nlp.languages import Language
from ingest.nlp.linking import link_names
from ingest.nlp.names import Context, Gazetteer
from ingest.nlp.scorer import Scores, Signs
from ingest.nlp.told import find_all_days
from ingest.nlp.windows import Passage
from ingest.nlp.zones import split_paragraphs

# What is made, and has its versions named: a longer name of it is another one.
_HEADING_MARK = re.compile(r"\s*#{1,6}\s+(?:[^\w\s「『(]+\s+)?(?:\d{4}-\d\d(?:-\d\d)?\s*[—–:-]\s*)?")
# Behind a comma in a name stands its form ("Inc."), else another name.
_TWO_NAMES = re.compile(r"[,，、]\s*(?!(?:Inc|Ltd|LLC|LLP|LP|Co|Corp|Jr|Sr|PLC|S\.A)\b)\S")
# Behind the version of a name stands what ends its sentence: "Ostler 5."
_END = re.compile(r"(?<=\d)[.,:;]+$")
# What kind of thing it is, is no part of a name in Latin letters: Qwen-R1モデル, Harbor Ledger紙; nor is what makes a
# firm of katakana, or の.
_KIND = re.compile(
    r"(?<=[A-Za-z0-9])(?:モデル|シリーズ|タスク|コンペティション|ベンチマーク|紙|誌)$|(?<=[A-Za-z0-9ァ-ヶー])社$|(?<=[^ぁ-ん])の$"
)
# Behind a name in any letters such words go on with the name of a firm or a body: ソレル演算, 楓証券.
_FIRM = re.compile(
    r"(?:演算|計算|電算|電機|電工|電子|電力|重工業?|工業|産業|製作所|製薬|製鋼|製鉄|化学|化成|造船|紡織|紡績|精機|精密|計器|機械|自動車|商会|商事|物産|"
    r"証券|銀行|生命|海上|火災|保険|信託|不動産|建設|運輸|海運|航空|鉄道|新聞|通信社|出版|書房|食品|飲料|酒造|醸造|知能|総研|(?:総合|工学)?研究[所院]|"
    r"大学|学園|財団|協会|組合)(?=[社側製]|[^一-龠々ァ-ヶー]|$)"
)
# What somebody made is not named by that: 楓製モデル is of 楓, 自社製チップ of nobody named.
_MADE_BY = re.compile(r"(?<!社)(?<!国)製[一-龠々ァ-ヶーA-Z]*$")
# In Japanese a longer name goes on without a space: 日立造船, NTT西日本. What only tells whose it is does not.
_GOES_ON = re.compile(r"[一-龠々ァ-ヶーA-Za-z0-9]+")
_OF_IT = re.compile(r"(?:[社側製氏株系紙誌网網]|日本法人|現地法人|グループ|さん|会長|社長|CEO|政府|当局|両?国)")


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
        languages: Sequence[Language],
        finder: ClaimFinder,
        scorer: Scores,
    ) -> None:
        self._gazetteer, self._finder, self._scorer = gazetteer, finder, scorer
        self.languages = {language.code: language for language in languages}
        self._zones = {language.code: language.zones for language in languages}

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
        weighed = [
            (replace(draft, score=score), signs)
            for draft, signs in iter_drafts(story, sight, self._finder.name)
            if (score := self._scorer.score(signs)) >= least
        ]
        undated = {
            one.span
            for one, days in zip(story.sentences, story.days, strict=True)
            if not days and not self.languages[one.lang].lexicon.longer.search(one.text)
        }
        beside = {
            one.span
            for one, days in zip(story.sentences, story.days, strict=True)
            if not any(self.languages[one.lang].is_base(article.text[slice(*span)]) for span, _ in days)
        }
        told = [draft for draft, _ in weighed]
        drafts = share_trading_day(told, undated, beside, article.published_at.date())
        weighed = [(draft, signs) for draft, (_, signs) in zip(drafts, weighed, strict=True)]
        names = [name for sentence in story.sentences for name in sentence.names]
        mentioned = sorted((*names, *find_asides(paragraphs, self._gazetteer, context)), key=lambda name: name.span)
        known = {name.entity.id: name.entity for name in mentioned} | self._find_entities(d for d, _ in weighed)
        found = {claim.id: (claim, signs) for draft, signs in weighed for claim in [_make_claim(article, draft)]}
        mentions = tuple(dict.fromkeys(Mention(name.entity.id, name.span, name.text) for name in mentioned))
        claims = tuple(claim for claim, _ in found.values())
        extraction = Extraction(article, tuple(known.values()), mentions, claims)
        return extraction, {number: signs for number, (_, signs) in found.items()}

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
        seen = _Seen(sight)
        named = link_names([self._lengthen(s, seen) for s in sentences], seen.iter_free, self._gazetteer)
        return Story(article, named, amounts, days, self.languages, headed, self._find_makers(named)), sight

    def _lengthen(self, sentence: Sentence, seen: "_Seen") -> Sentence:
        """The sentence without listed names that only begin a longer one the network sees: Kimi of "Kimi K3", 日立 of
        日立造船."""
        free = tuple(seen.iter_free(sentence))
        bodies = [one for one in free if any(_goes_on(name, one, sentence) for name in sentence.names)]
        made = [one for one in free if one.type in MADE]
        kept = tuple(
            name
            for name in sentence.names
            if not (name.entity.type in MADE and any(_begins(name.span, one.span) for one in made))
            and not any(lies_in(name.span, one.span) for one in bodies)
        )
        return sentence if len(kept) == len(sentence.names) else replace(sentence, names=kept)

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


class _Seen:
    """The names that the network sees, by the sentence that holds them."""

    def __init__(self, sight: Sight) -> None:
        self._names = sight.names
        self._starts = [words.span[0] for words in sight.names]

    def iter_free(self, sentence: Sentence) -> Iterator[FreeName]:
        for words in self._names[bisect_left(self._starts, sentence.span[0]) :]:
            if words.span[0] >= sentence.span[1]:
                return
            if words.kind and words.span[1] <= sentence.span[1]:
                name = sentence.read(words.span)
                if _TWO_NAMES.search(name):
                    continue
                kind = _KIND.search(name)
                name = name[: kind.start()] if kind else _END.sub("", name)
                if (
                    words.kind in BODIES
                    and not kind
                    and (more := _FIRM.match(sentence.text, words.span[1] - sentence.span[0]))
                ):
                    name += more[0]
                made = _MADE_BY.search(name) if words.kind in MADE else None
                name = name[: made.start()] if made else name
                span = words.span[0], words.span[0] + len(name)
                yield FreeName(span, " ".join(name.split()), EntityType.COMPANY if made else words.kind, Strength.VOTED)


def _split(paragraph: Paragraph, language: Language) -> Iterator[Span]:
    """The sentences of a paragraph; a heading's are those behind its mark and its date."""
    mark = _HEADING_MARK.match(paragraph.text)
    begin = mark.end() if mark else 0
    for start, end in language.split(paragraph.text[begin:]):
        yield begin + start, begin + end


def _begins(short: Span, long: Span) -> bool:
    return short[0] == long[0] and short[1] < long[1]


def _goes_on(name: Name, longer: FreeName, sentence: Sentence) -> bool:
    """Whether the name of a firm or a body begins with a listed one and goes on without a space."""
    if longer.type not in BODIES or not _begins(name.span, longer.span):
        return False
    rest = sentence.read((name.span[1], longer.span[1]))
    return bool(_GOES_ON.fullmatch(rest)) and not _OF_IT.fullmatch(rest)


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
