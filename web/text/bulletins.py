"""An edition in words: headlines, one quote a side, reasons; no sentence stands twice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.answers.proposition_views import MatterView
from graph.editions.views import EditionStory, EditionView, RankedView
from graph.records import Polarity
from graph.views import ClaimView
from web.language.headlines import say_headline
from web.language.reasons import list_reasons
from web.language.wording import Words
from web.pictures.bars import Said, draw_sparkline
from web.pictures.marks import Picture

# Of a headline that quotes its sentence so much is enough to know it by.
_KNOWN_BY = 60


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A story in words.

    says, denies  the sentence of a side; None where there is none, or where it stands on the page already
    above         the claim whose sentence, on the page already, tells this one too; None where one stands here
    spark         when it was said; None where all was said on one day
    reasons       why it stands where it does
    more          other matters with their headlines; left: how many there are beside them
    """

    story: EditionStory
    headline: str
    says: ClaimView | None
    denies: ClaimView | None
    above: ClaimView | None
    spark: Picture | None
    reasons: Sequence[str]
    more: Sequence[tuple[RankedView, str]]
    left: int


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page tells of an edition; beside matters stand their headlines.

    left  matters that are told nowhere on it
    """

    stories: Sequence[Bulletin]
    lines: Sequence[Bulletin]
    steps: Sequence[tuple[MatterView, str, str]]
    unanswered: Sequence[tuple[MatterView, str, int]]
    left: int


def write_page(view: EditionView, words: Words) -> Page:
    """The edition in a language, from the first story to what nobody has answered."""
    return _Writer(view, words).write()


class _Writer:
    """Puts one edition into words of one language, and knows what stands there already."""

    def __init__(self, view: EditionView, words: Words) -> None:
        self.view = view
        self.words = words
        self.headlines: set[str] = set()
        self.sentences: dict[str, ClaimView] = {}
        self.dropped = 0

    def write(self) -> Page:
        view = self.view
        stories = list(self._write_stories(view.stories, quoted=True))
        lines = list(self._write_stories(view.lines, quoted=False))
        steps = [
            (one.matter, headline, one.was.value if one.was else "")
            for one in view.steps
            if (headline := self._take_headline(one.matter))
        ]
        unanswered = [
            (one.matter, headline, one.days) for one in view.unanswered if (headline := self._take_headline(one.matter))
        ]
        return Page(stories, lines, steps, unanswered, view.left + self.dropped)

    def _write_stories(self, stories: Sequence[EditionStory], *, quoted: bool) -> Iterator[Bulletin]:
        for story in stories:
            if headline := self._take_headline(story.lead.matter):
                yield self._write_story(story, headline, quoted=quoted)
            else:
                self.dropped += 1 + len(story.more) + story.left

    def _write_story(self, story: EditionStory, headline: str, *, quoted: bool) -> Bulletin:
        claims = self.view.claims
        says = self._pick_says(story, headline) if quoted else None
        denies = self._take_quote(claims.get(story.denies or ""), headline) if quoted else None
        taken = [(one, self._take_headline(one.matter)) for one in story.more] if quoted else []
        more = [(one, text) for one, text in taken if text]
        return Bulletin(
            story,
            headline,
            says,
            denies,
            self._find_above(story) if quoted and not (says or denies) else None,
            draw_spark(story, claims, self.words) if quoted else None,
            list_reasons(story.lead, self.words),
            more,
            story.left + len(story.more) - len(more),
        )

    def _take_headline(self, matter: MatterView) -> str:
        """The matter's headline; empty when another one has it already."""
        text = say_headline(matter.gist, self.view.until, self.words)
        if text in self.headlines:
            return ""
        self.headlines.add(text)
        return text

    def _pick_says(self, story: EditionStory, headline: str) -> ClaimView | None:
        """The sentence in the reader's language, else the best; of those that stand nowhere yet."""
        found = [self.view.claims[id] for id in story.says if id in self.view.claims]
        found.sort(key=lambda claim: claim.lang != self.words.lang)
        return next((claim for claim in found if self._take_quote(claim, headline)), None)

    def _take_quote(self, claim: ClaimView | None, headline: str) -> ClaimView | None:
        if claim is None:
            return None
        text = _fold_space(claim.text)
        if text in self.sentences or text[:_KNOWN_BY] in headline:
            return None
        self.sentences[text] = claim
        return claim

    def _find_above(self, story: EditionStory) -> ClaimView | None:
        """The claim under which a sentence of the story stands on the page already."""
        found = (self.view.claims.get(id or "") for id in (*story.says, story.denies))
        texts = (_fold_space(claim.text) for claim in found if claim)
        return next((self.sentences[text] for text in texts if text in self.sentences), None)


def _fold_space(text: str) -> str:
    return " ".join(text.split())


def draw_spark(story: EditionStory, claims: Mapping[str, ClaimView], words: Words) -> Picture | None:
    """When the lead's claims were reported; None where all were on one day."""
    found = [claims[id] for id in story.claims if id in claims]
    said = [Said(claim.reported_at.date(), claim.polarity is Polarity.DENIED) for claim in found]
    return draw_sparkline(said, words, story.earlier)
