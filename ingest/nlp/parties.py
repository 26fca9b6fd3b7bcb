"""Who or what some words of a text stand for: a name, what was named before, or the words themselves."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from graph.records import BODIES, MADE, EntityType, Party
from graph.spelling.forms import is_form
from ingest.nlp.document import Name, Span, lies_in
from ingest.nlp.finder import Stood
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.titles import count_title, is_title

# A name that fills this share of a phrase is what the phrase means ("Alibaba's" is Alibaba, "Alibaba's cloud" is not).
_FILLS = 0.7
_DEEPEST = 6
# Words with a capital behind the name of a thing make another thing of it: "GitHub Copilot CLI", "Gemma Scope 2".
_ANOTHER = re.compile(r"\s(?:[A-Z][\w.+-]*)(?:\s(?:[A-Z][\w.+-]*|\d[\w.]*))*")
# The edition of a benchmark: AIME 2027 is not AIME.
_EDITION = re.compile(r"[ -]?(?:20\d\d|v?\d+(?:\.\d+)?)")
_THINGS = MADE - {EntityType.BENCHMARK}
_MAKERS = frozenset({EntityType.COMPANY, EntityType.INSTITUTION, EntityType.PERSON})
_PERSONS = frozenset({EntityType.PERSON})
# What a phrase may take up, by its head (words.toml).
_KINDS_OF = {
    "person": _PERSONS,
    "title": _PERSONS,
    "office": frozenset({EntityType.INSTITUTION, EntityType.PLACE}),
    "body": BODIES | {EntityType.PRODUCT, EntityType.PLACE},
    "thing": MADE,
    "either": MADE | BODIES,
}
_SPEAKERS = BODIES | _PERSONS
_KINDS_OF_IT = frozenset(EntityType) - {EntityType.PERSON}
# "The agreement" and "the industry" are no firm named before, nor a person, a place or a model.
_KINDS_OF_NOUNS = _KINDS_OF_IT - {*BODIES, EntityType.PLACE, EntityType.MODEL}
# So far below that they stand for nothing there, what fits a head is guessed.
_GUESSED = -1.0
_QUOTES = " \t\n\"'“”‘’「」『』（）()[]、。,.:;*_`#|"
_OPENING = {"(": ")", "（": "）", "「": "」", "『": "』", "[": "]", "“": "”"}
# What may be left around words; brackets in pairs are theirs.
_LOOSE = " \t\n\"'‘’、。,.:;*_`#|"
# A longer phrase says more than what a name before could.
_LONGEST = 60
# Behind a pronoun without making somebody else of it.
_PARTICLES = re.compile("(?:['’]s?|[のはがをも側])*")
# Whom the rest of a sentence is about, where the network took more of it: 同氏 of 同氏は別の投稿.
_TOPIC = re.compile("(?P<who>[^、。]{1,4}?)[はがも].")
# Letters and digits that make one word, and those right before a place.
_RUN, _RUN_BEFORE = re.compile(r"[A-Za-z0-9]+"), re.compile(r"[A-Za-z0-9]+\Z")
# Between a name and what is its own.
_OWNING = re.compile(r"['’]s?\s|の")


class Parties:
    """Resolves spans of one text, by the words of its language.

    names   of the text, in order
    stands  for which words before some words may stand, likeliest first, as the network reads it
    """

    def __init__(
        self, text: str, names: Sequence[Name], stands: Mapping[Span, Sequence[Stood]], lexicon: Lexicon
    ) -> None:
        self.text, self.lexicon, self._stands = text, lexicon, stands
        self._names = sorted(names, key=lambda name: name.span)
        self._starts = [name.span[0] for name in self._names]
        self._kinds = {name.entity.id: name.entity.type for name in names}
        # "Google" of "Google Antigravity" is Google.
        self._makers = {name.text: name for name in names if name.entity.type in _MAKERS}

    def resolve(
        self, span: Span, *, guess: bool = True, describe: bool = True, besides: Party | None = None
    ) -> Party | None:
        """The party that some words mean; None for a pronoun that nothing resolves.

        guess     whether it may be one that the network does not see first there
        describe  whether a description takes up a name ("the chipmaker"), rather than a pronoun or "the company" alone
        besides   whom they do not mean: the other side of what is done
        """
        return self._follow(span, guess, describe, besides)[0]

    def is_guess(self, span: Span) -> bool:
        """Whether whom some words mean is guessed."""
        return self._follow(span, guess=True, describe=True)[1]

    def _follow(
        self, span: Span, guess: bool, describe: bool, besides: Party | None = None, depth: int = 0
    ) -> tuple[Party | None, bool]:
        """The party, and whether it is guessed."""
        name = self.find_name(span)
        if name:
            return name.party, False
        words = self.read_bare(span)
        if not words:
            return None, False
        if self.lexicon.several.fullmatch(words):
            return Party(words), False
        ours = bool(self.lexicon.ours.fullmatch(words))
        if depth < _DEEPEST and (ours or self._takes_up(span, words, describe)):
            found = self._take_up(span, words, guess, describe, besides, depth)
            if found:
                return found
        if ours or self.lexicon.myself.fullmatch(words) or self.lexicon.pronouns.fullmatch(words):
            return None, False
        if self.lexicon.clause.search(words):
            return None, False
        after = (
            None
            if self._find_head(words) == "nobody"
            else self.lexicon.after.search(words, max(0, len(words) - _LONGEST))
        )
        bare = words[: after.start()] if after else ""
        return Party(" ".join((words if not bare or self.lexicon.the.fullmatch(bare) else bare).split())), False

    def _take_up(
        self, span: Span, words: str, guess: bool, describe: bool, besides: Party | None, depth: int
    ) -> tuple[Party, bool] | None:
        """The likeliest of what was named before that words can stand for."""
        head = self._find_head(words)
        kinds = _KINDS_OF.get(head) or self._find_kinds(words)
        # "The OpenAI rival" is not OpenAI.
        others = {besides, *(name.party for name in self._find_near(span))}
        for place, stood in enumerate(self._stands.get(span, ())):
            guessed = place > 0 or stood.lead <= 0
            if stood.lead < (_GUESSED if head else 0) or (guessed and not guess):
                break
            found, further = self._follow(stood.span, guess, describe, None, depth + 1)
            kind = self.find_kind(found) if found else None
            if found and found not in others and (kind in kinds or (kind is None and not place and kinds != _PERSONS)):
                return found, guessed or further
            if not head and not self.lexicon.pronouns.fullmatch(words):
                break  # what no head says the kind of means itself rather than the next
        return None

    def _find_head(self, words: str) -> str:
        """What kind of head a phrase has (words.toml); empty where it does not say what it takes up."""
        if len(words) > _LONGEST:
            return ""
        return next((head for head, these in self.lexicon.heads.items() if these.fullmatch(words)), "")

    def _find_kinds(self, words: str) -> frozenset[EntityType]:
        """What a phrase may take up whose head does not say."""
        if self.lexicon.ours.fullmatch(words) or self.lexicon.myself.fullmatch(words):
            return _SPEAKERS
        if self.lexicon.pronouns.fullmatch(words):
            return _KINDS_OF_IT if self.lexicon.it.fullmatch(words) else frozenset(EntityType)
        return _KINDS_OF_IT if self.lexicon.own.match(words) else _KINDS_OF_NOUNS

    def read_bare(self, span: Span) -> str:
        """The words, a pronoun among them without what stands behind it: これ of これは, 同社 of 同社CEO."""
        words = self.read(span)
        if len(words) > _LONGEST or self._find_head(words) or self._is_pronoun(words):
            return words
        if (topic := _TOPIC.match(words)) and self._is_pronoun(topic["who"]):
            return topic["who"]
        for end in range(len(words) - 1, 0, -1):
            if self.lexicon.after.fullmatch(words, end):
                bare = words[:end]
                if self._is_pronoun(bare) or self._find_head(bare):
                    return bare
        return words

    def _is_pronoun(self, words: str) -> bool:
        return any(these.fullmatch(words) for these in (self.lexicon.pronouns, self.lexicon.myself, self.lexicon.ours))

    def find_owner(self, span: Span) -> Party | None:
        """Whose something is when words say so: OpenAI of "OpenAI's models", None of "the models"."""
        start, end = self._trim(span)
        first = next((name for name in self._find_near(span) if name.span[0] == start and name.span[1] < end), None)
        if first is None or not _OWNING.match(self.text, first.span[1], end):
            return None
        return first.party

    def is_owner(self, span: Span, other: Span) -> bool:
        """Whether words tell only whose the others are: those of "Vela" before "'s Petrel-1"."""
        return bool(_OWNING.fullmatch(self.text, span[1], max(span[1], other[0])))

    def skip_clause(self, span: Span) -> Span:
        """What stands behind the comma of words that begin as a sentence of their own, "its chief" of "it had no proof,
        its chief"; else the words themselves."""
        start, end = span
        comma = max(self.text.rfind(mark, start, end) for mark in ",、") + 1
        return (comma, end) if comma and self.lexicon.clause.search(self.text[start:comma].strip()) else span

    def skip_other(self, span: Span, other: Span | None) -> Span:
        """The words behind the other side that stands at their head: "their books" of "its model on their books"."""
        if other is None or not span[0] <= other[0] < other[1] < span[1] or self.find_name(span):
            return span
        found = self.lexicon.leads_on.match(self.text, other[1], span[1])
        return (found.end(), span[1]) if found and found.end() < span[1] else span

    def find_author(self, span: Span, *, describe: bool) -> Party | None:
        """Who by name has written some words' paper or statement, where they or those behind say so: Vela of "Vela's
        report", and of "a statement" before "from Vela"."""
        start, end = span
        if found := self.lexicon.authored.fullmatch(self.text, start, end):
            owner = self.resolve((found.start("owner"), found.end("owner")), guess=False, describe=describe)
            return owner if owner and owner.entity else None
        signed = self.lexicon.signed.search(self.text, start, end) or self.lexicon.signed.match(self.text, end)
        if not signed or not self.lexicon.papers.fullmatch(self.read((start, signed.start()))):
            return None
        for name in self._find_near((signed.end(), signed.end() + 1)):
            if name.entity.type in _SPEAKERS and self.lexicon.named.match(self.text, name.span[1]):
                return name.party
        return None

    def _takes_up(self, span: Span, words: str, describe: bool) -> bool:
        """Whether words stand for what was named before: a pronoun, or a definite phrase without a name of its own."""
        if len(words) > _LONGEST or (head := self._find_head(words)) == "nobody":
            return False
        if not describe and (
            head == "title"
            or self.lexicon.own.match(words)
            or not self._is_pronoun(words)
            or not _PARTICLES.fullmatch(self.read(span)[len(words) :])
        ):
            return False
        if self.lexicon.pronouns.fullmatch(words) or self.lexicon.myself.fullmatch(words):
            return True
        first = words[:1].lower() + words[1:]
        inside = any(lies_in(name.span, span) for name in self._find_near(span))
        if not inside and self.lexicon.definite.fullmatch(first):
            return True
        # "The ChatGPT maker" is no name, but OpenAI; so is "the Californian firm".
        return bool(self.lexicon.the.match(first)) and head in ("title", "office", "body")

    def find_name(self, span: Span) -> Name | None:
        """The name that a phrase is, but for an article or a title around it."""
        near = self._find_near(span)
        if not near:
            return None
        best = max(near, key=lambda name: min(name.span[1], span[1]) - max(name.span[0], span[0]))
        inside = self._trim(span)
        shared = min(best.span[1], inside[1]) - max(best.span[0], inside[0])
        covers = lies_in(inside, best.span)
        rest = self.text[best.span[1] : inside[1]].strip()
        # "The GPT-4 model" is GPT-4, "the MMLU benchmark" MMLU.
        if best.entity.type in MADE and best.span[0] <= inside[0] and rest and self.lexicon.kinds.fullmatch(rest):
            return best
        if best.entity.type in BODIES and best.span[0] <= inside[0] and rest and is_form(rest):
            return best
        if best.entity.type is EntityType.PERSON and (
            (best.span[0] <= inside[0] and is_title(rest))
            or (best.span[1] >= inside[1] and count_title(self.text[slice(*inside)]) == best.span[0] - inside[0])
        ):
            return best
        if best.entity.type in _THINGS and _ANOTHER.fullmatch(self.text, best.span[1], max(best.span[1], inside[1])):
            return None
        if best.entity.type is EntityType.BENCHMARK and _EDITION.fullmatch(self.text, best.span[1], inside[1]):
            return None
        if covers and (maker := self._makers.get(self.text[slice(*inside)])):
            return maker
        owning = _OWNING.match(self.text, best.span[1], inside[1])
        if covers or (shared >= _FILLS * (inside[1] - inside[0]) and not (owning and owning.end() < inside[1])):
            return best
        return near[0] if self._is_glossed(near, inside) else None

    def _is_glossed(self, names: Sequence[Name], inside: Span) -> bool:
        """Whether words are a name and, in brackets behind it, another of the same: ディープシーク（DeepSeek）."""
        first, second = names[0].span, names[-1].span
        marks = (inside[0], first[0]), (first[1], second[0]), (second[1], inside[1])
        left = re.sub("[「」『』\\s]", "", "".join(self.text[slice(*one)] for one in marks))
        return len(names) == 2 and left in ("（）", "()", "（", "(")

    def find_topic(self, before: int, kinds: frozenset[EntityType]) -> tuple[Span | None, bool]:
        """Where what was named more than any other of these kinds before a place stands last; and whether no other was
        named since."""
        ahead = [name for name in self._names[: bisect_left(self._starts, before)] if name.entity.type in kinds]
        most = Counter(name.entity.id for name in ahead).most_common(2)
        if not most or (len(most) > 1 and most[0][1] == most[1][1]):
            return None, False
        topic = next(name for name in reversed(ahead) if name.entity.id == most[0][0])
        return topic.span, topic is ahead[-1]

    def _find_near(self, span: Span) -> list[Name]:
        """The names that share a character with a span."""
        first = max(0, bisect_right(self._starts, span[0]) - 1)
        names = self._names[first : bisect_left(self._starts, span[1])]
        return [name for name in names if name.span[1] > span[0]]

    def find_kind(self, party: Party) -> EntityType | None:
        """What kind of thing a party is, as far as the text names it."""
        return self._kinds.get(party.entity) if party.entity else None

    def find_type(self, span: Span) -> EntityType | None:
        name = self.find_name(span)
        return name.entity.type if name else None

    def _trim(self, span: Span) -> Span:
        start, end = span
        while start < end and self.text[start] in _QUOTES:
            start += 1
        while end > start and self.text[end - 1] in _QUOTES:
            end -= 1
        start, end = self._balance(start, end)
        if (before := self.lexicon.before.match(self.text, start, end)) and before.end() < end:
            start = before.end()
        if (after := self.lexicon.after.search(self.text, max(start, end - _LONGEST), end)) and after.start() > start:
            end = after.start()
        return start, end

    def _balance(self, start: int, end: int) -> Span:
        """Without what a bracket opens that nothing closes: of "Nvidia (NVDA" what stands before.

        What one closes that nothing opens goes too, but where it opens just before: 「Kite」の料金 is whole.
        """
        opened: list[int] = []
        first = start
        for at in range(start, end):
            char = self.text[at]
            if char in _OPENING:
                opened.append(at)
            elif char in _OPENING.values():
                if opened:
                    opened.pop()
                elif first > 0 and char not in ")）]" and _OPENING.get(self.text[first - 1]) == char:
                    first -= 1
                elif self.text[at + 1 : end].strip(_QUOTES):
                    first = at + 1
        if opened and opened[0] > first:
            end = opened[0]
        text = self.text[first:end]
        return first + len(text) - len(text.lstrip()), first + len(text.rstrip())

    def _widen(self, start: int, end: int) -> Span:
        """The words of which the network saw a part whole: "16,000 people" where it has "6,000 people"."""
        first = (
            _RUN_BEFORE.search(self.text, max(0, start - _LONGEST), start)
            if _RUN.match(self.text, start, end)
            else None
        )
        last = _RUN.match(self.text, end) if start < end and _RUN.match(self.text, end - 1, end) else None
        return first.start() if first else start, last.end() if last else end

    def read(self, span: Span) -> str:
        """The words themselves, whole, without quotes and marks around them."""
        words = self.text[slice(*self._widen(*self._balance(*span)))]
        if not words.isascii():  # nobody sees what has no width
            words = "".join(char for char in words if unicodedata.category(char) != "Cf")
        words = words.strip(_LOOSE)
        return words[1:-1] if words[:1] in _OPENING and _OPENING[words[0]] == words[-1:] else words
