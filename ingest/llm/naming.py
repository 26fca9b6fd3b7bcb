"""Where a text names those whom a model speaks of: as the model lists them and as the tables do."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ingest.llm.quoting import Quotes
from ingest.llm.replies import ToldName
from ingest.nlp.document import Span, lies_in
from ingest.nlp.finder import Words
from ingest.nlp.languages import Language
from ingest.nlp.windows import Passage

_LONGEST_NAME = 80
# No text has more of them; what a reply lists beyond is not looked for.
_MOST_SPELLINGS = 2_000
_NAMES = re.compile(r"[A-ZÀ-Þ0-9]|[a-z][A-Z]|[ァ-ヶー]{2}|[一-龠々]{2}|[가-힣]{2}")
# Words that are a name by their form: capitals throughout, or katakana.
_PROPER = re.compile(r"[A-ZÀ-Þ][\w.&’'-]*(?: [A-ZÀ-Þ0-9][\w.&’'-]*)*|[ァ-ヶー・]{2,}")
_PART = re.compile(r"[^\W_]{3,}")
Same = Callable[[str], str | None]
"""Which listed entity a spelling means beyond doubt."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to ground on: a text cut into passages, and what is known of languages and names."""

    text: str
    passages: Sequence[Passage]
    languages: Mapping[str, Language]
    same: Same


class Naming:
    """The names of a text up to the end of a window; `names` are those that a model told, within it."""

    def __init__(self, told: Sequence[ToldName], reading: Reading, window: range, quotes: Quotes) -> None:
        self._reading, self._quotes = reading, quotes
        self._starts = [passage.span[0] for passage in reading.passages]
        self._listed = [
            (span, entity)
            for passage in reading.passages
            for span in passage.names
            if (entity := reading.same(reading.text[slice(*span)]))
        ]
        self._spellings: dict[str, tuple[str, ...]] = {}
        for name in told:
            known = self._spellings.get(name.name, ())
            self._spellings[name.name] = tuple(dict.fromkeys((*known, name.name, *name.spellings)))
        self._told = {one for told in self._spellings.values() for one in told if may_name(one)}
        begin, end = (reading.passages[window[n]].span[n] for n in (0, -1)) if window else (0, 0)
        places = self._find_places(told, end)
        self._whole = {*places, *(span for span, _ in self._listed)}
        self.names = tuple(Words(span, places[span].type) for span in sorted(places) if span[0] >= begin)

    def names_itself(self, words: str, canonical: str, place: Span, sentence: Span) -> bool:
        """Whether words are a name by themselves, listed by the model or by their form, whatever else they should mean.

        "Mr. Liang" shares a part with Liang Wenfeng; what merely begins a sentence may be any word.
        """
        if words in self._told:
            return True
        if not _PROPER.fullmatch(words) or self._stands_for_others(words):
            return False
        if place[0] == sentence[0] and " " not in words and words[0] < "\u0250":
            return False
        meant = " ".join((canonical, *self._spellings.get(canonical, ()))).casefold()
        return not any(part in meant for part in _PART.findall(words.casefold()))

    def find_here(self, words: str, sentence: Span, spellings: Sequence[str]) -> Span | None:
        """Where a sentence has some words, or else one of the spellings; rather not as a part of a longer name."""
        places = [place for one in (words, *spellings) for place in self._quotes.iter(one, sentence)]
        return next((place for place in places if not self._is_part(place)), next(iter(places), None))

    def find_before(self, canonical: str, number: int) -> Span | None:
        """Where one is named at last, up to the end of a sentence: by its own name, else by another spelling."""
        end = self._reading.passages[number].span[1]
        places = [
            place
            for spelling in (canonical, *self.list_spellings(canonical, number))
            for place in reversed(list(self._quotes.iter(spelling, (0, end))))
            if self._is_read(place)
        ]
        return next((place for place in places if not self._is_part(place)), next(iter(places), None))

    def list_spellings(self, canonical: str, number: int) -> list[str]:
        """How else the text spells a name: as the model lists it, and as the tables do."""
        end, meant = self._reading.passages[number].span[1], self._reading.same(canonical)
        # Names of hiragana look like any other words: they are looked up, and not taken for names wherever they stand.
        spelled = self._spellings.get(canonical, ())
        told = [one for one in spelled if may_name(one) or (len(one) > 2 and not one.isascii())]
        places = [span for span, entity in self._listed if entity == meant and span[1] <= end]
        known = [self._reading.text[slice(*span)] for span in places]
        return list(dict.fromkeys((*told, *known)))

    def find_listed(self, place: Span) -> tuple[Span, str] | None:
        """The listed entity that some words are, but for a title or an article beside it, and where it stands."""
        for span, entity in self._listed:
            shared = min(span[1], place[1]) - max(span[0], place[0])
            if shared >= 0.7 * (place[1] - place[0]):
                return span, entity
        return None

    def _is_part(self, place: Span) -> bool:
        """Whether a place is inside a longer name: Kagari 2 of "Kagari 2 mini" is not named there."""
        return any(lies_in(place, span) and span != place for span in self._whole)

    def _is_read(self, place: Span) -> bool:
        at = bisect_right(self._starts, place[0]) - 1
        return at >= 0 and place[1] <= self._reading.passages[at].span[1]

    def _find_places(self, told: Sequence[ToldName], end: int) -> dict[Span, ToldName]:
        """Every place of every told name that is one and stands in what is read, the longest of overlapping ones."""
        spelled = {one: name for name in told for one in (name.name, *name.spellings) if may_name(one)}
        names = [one for one in spelled if not self._stands_for_others(one)][:_MOST_SPELLINGS]
        places = {
            span: spelled[one] for one in names for span in self._quotes.iter(one, (0, end)) if self._is_read(span)
        }
        taken: set[int] = set()
        kept: dict[Span, ToldName] = {}
        for span in sorted(places, key=lambda span: (span[0] - span[1], span)):
            if taken.isdisjoint(range(*span)):
                taken.update(range(*span))
                kept[span] = places[span]
        return kept

    def _stands_for_others(self, words: str) -> bool:
        """Whether some words name nobody by themselves, in any language."""
        lexicons = [language.lexicon for language in self._reading.languages.values()]
        return any(one.fullmatch(words) for lexicon in lexicons for one in (lexicon.pronouns, lexicon.ours))


def may_name(spelling: str) -> bool:
    """Whether some words look like a name."""
    return 1 < len(spelling) <= _LONGEST_NAME and bool(_NAMES.search(spelling))
