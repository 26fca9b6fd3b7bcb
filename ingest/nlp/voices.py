"""Who says "I" and whose "we" it is: whom a label names before what is said, and whom that person works for."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from graph.records import EntityType, Modality, Party, Predicate
from ingest.nlp.document import Name, Sentence, Span, Zone, shift
from ingest.nlp.finder import Found
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.parties import Parties

# "Mara Quill: …", "**Quill** (host): …", 「比嘉：…」
_LABEL = re.compile(
    r"[\s*_>-]{0,8}(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}|[一-龠ぁ-んァ-ヶー・]{1,12})"
    r"[\s*_]{0,8}(?:[(（][^()（）:：]{1,40}[)）])?[\s*_]{0,8}[:：][\s*_]{0,8}(?=\S)"
)
# 「比嘉　…」, in a talk.
_SPACED = re.compile(r"(?P<name>[一-龠ぁ-んァ-ヶー・]{1,12})\u3000(?=\S)")
# "Q: …", 「――…」, 「記者：…」.
_ASKS = re.compile(
    r"[\s*_>-]{0,8}(?:Q\d{0,2}|Question|Interviewer|Reporter|Moderator|記者|聞き手|司会|編集部|質問|問)"
    r"[\s*_]{0,8}[.:．：]|\s?[―—─]{2}"
)
_ANSWERS = re.compile(r"[\s*_>-]{0,8}(?:A\d{0,2}|Answer|回答|答)[\s*_]{0,8}[.:．：]")
# Ahead of the questions, that somebody is asked; and right before a name, that he asks.
_INTERVIEW = re.compile(
    r"\b(?:interview|spoke (?:with|to)|talk(?:s|ed)? (?:with|to)|sat down with|conversation|answer(?:s|ed)|Q&A|asked)|"
    r"に聞|に話を|尋ね|インタビュー|一問一答|会見|取材に|語[っる]|対談",
    re.IGNORECASE,
)
_ASKER = re.compile(r"(?:\b[Bb]y|\bInterview(?:er)?:|聞き手|取材|文|構成)[\s:：・＝=は]*$")
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|「[^」]*(?:」|$)")
# What is labelled so often is a talk; then what nobody labels goes on with the last.
_TALK = 3
_SERVING = frozenset({Predicate.WORKS_FOR, Predicate.LEADS, Predicate.JOINED})
# A short answer near the head of a text may have been taken for its title.
_SPOKEN = frozenset({Zone.BODY, Zone.TITLE})
# Whose text it is shows in so many sentences.
_OPENING = 12
_FIRMS = frozenset({EntityType.COMPANY, EntityType.INSTITUTION})


class Voices:
    """The speakers of one text.

    makers  who makes, owns or employs what is named, by name, as far as the tables know
    writer  whose text it is, as far as it shows: its "we" where nobody is known to speak

    `plaintiff` is the one that the text says has sued, as far as it names one more than others.
    """

    def __init__(
        self,
        sentences: Sequence[Sentence],
        claims: Iterable[Found],
        parties: Mapping[str, Parties],
        makers: Mapping[str, Party],
    ) -> None:
        self._makers = makers
        self.writer = _find_writer(sentences, makers)
        self._speakers = _find_speakers(sentences, parties)
        self._sides = _find_sides(sentences, claims, parties)
        self.plaintiff = _find_plaintiff(sentences, claims, parties)
        self._guests = _find_guest_side(sentences, self._speakers)

    def find_speaker(self, passage: int) -> Party | None:
        """Who says the sentence of that number, by the label before it."""
        return self._speakers.get(passage)

    def find_side(self, speaker: Party, *, guess: bool) -> Party:
        """Whose "we" it is: the firm that text or tables say the speaker works for, else the speaker's own.

        guess  whether it may be the firm that a talk is about
        """
        known = self._sides.get(speaker) or self._makers.get(speaker.name)
        return known or (self._guests.get(speaker) if guess else None) or speaker


def find_quoted_side(span: Span, sentence: Sentence, lexicon: Lexicon) -> Party | None:
    """The firm that a sentence names as the side of whom it quotes: “We …,” a spokesman for Bramling said."""
    text, (start, _) = sentence.text, sentence.locate(span)
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    place = next((n for n, (first, last) in enumerate(quotes) if first < start < last), None)
    if place is None:
        return None
    first, last = quotes[place]
    begin = max((match.end() for match in lexicon.breaks.finditer(text, 0, first)), default=0)
    begin = max([begin, *(end for _, end in quotes[:place])])
    other = lexicon.breaks.search(text, last)
    end = min([other.start() if other else len(text), *(start for start, _ in quotes[place + 1 :])])
    sides = {
        name.party
        for name in sentence.names
        if name.entity.type in _FIRMS
        for clause in ((begin, first), (last, end))
        if clause[0] <= sentence.locate(name.span)[0] < clause[1] and _speaks(name, clause[0], sentence, lexicon)
    }
    return sides.pop() if len(sides) == 1 else None


def _speaks(name: Name, clause: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a firm says something, or somebody who serves it does, in the clause that begins there."""
    start, end = sentence.locate(name.span)
    before, behind = sentence.text[clause:start], sentence.text[end:]
    if lexicon.speaks_before.search(before):
        return True
    return bool(lexicon.speaks_behind.match(behind)) and not lexicon.past_before.search(before)


def _find_speakers(sentences: Sequence[Sentence], parties: Mapping[str, Parties]) -> dict[int, Party]:
    heads = dict(_iter_heads(sentences, parties))
    labelled = {number: (mark, who) for number, (mark, who) in heads.items() if who}
    if sum(mark is _SPACED for mark, _ in labelled.values()) < _TALK:
        labelled = {number: one for number, one in labelled.items() if one[0] is not _SPACED}
    named = {number: who for number, (_, who) in labelled.items()}
    marks = {number: mark for number, (mark, _) in heads.items()}
    asked = [number for number, mark in marks.items() if mark is _ASKS]
    guest = _find_guest(sentences[: asked[0]]) if len(asked) > 1 and not named else None
    return _answer(sentences, guest, marks) if guest else _spread(sentences, named, asked)


def _iter_heads(
    sentences: Sequence[Sentence], parties: Mapping[str, Parties]
) -> Iterator[tuple[int, tuple[re.Pattern[str], Party | None]]]:
    """By number of the first sentence of a paragraph the mark that it opens with, and the person whom that names."""
    before = -1
    for number, sentence in enumerate(sentences):
        first, before = sentence.paragraph != before, sentence.paragraph
        if not first or sentence.lang not in parties:
            continue
        found = (mark.match(sentence.text) for mark in (_ASKS, _ANSWERS, _LABEL, _SPACED))
        if label := next(filter(None, found), None):
            yield number, (label.re, _find_labelled(label, sentence, parties[sentence.lang]))


def _find_labelled(label: re.Match[str], sentence: Sentence, parties: Parties) -> Party | None:
    if label.re in (_ASKS, _ANSWERS):
        return None
    name = parties.find_name(shift(label.span("name"), sentence.span[0]))
    return name.party if name and name.entity.type is EntityType.PERSON else None


def _spread(sentences: Sequence[Sentence], named: Mapping[int, Party], asked: Collection[int]) -> dict[int, Party]:
    """A label speaks for its paragraph, in a talk for all up to the next one, a question or a heading."""
    speakers: dict[int, Party] = {}
    speaker, paragraph = None, -1
    for number, sentence in enumerate(sentences):
        ends = number in asked or sentence.zone is Zone.HEADING
        if number in named:
            speaker, paragraph = named[number], sentence.paragraph
        elif ends or (len(named) < _TALK and sentence.paragraph != paragraph):
            speaker = None
        if speaker:
            speakers[number] = speaker
    return speakers


def _find_guest(opening: Sequence[Sentence]) -> Party | None:
    """Who is asked where no label names him: the one person named ahead of the questions, if that tells of asking."""
    persons = {
        name.entity.name: name.party
        for sentence in opening
        for name in sentence.names
        if name.entity.type is EntityType.PERSON and not _ASKER.search(sentence.text[: name.span[0] - sentence.span[0]])
    }
    whole = [one for one in persons if not any(one != other and other.startswith(one) for other in persons)]
    told = any(_INTERVIEW.search(sentence.text) for sentence in opening)
    return persons[whole[0]] if told and len(whole) == 1 else None


def _answer(sentences: Sequence[Sentence], guest: Party, marks: Mapping[int, re.Pattern[str]]) -> dict[int, Party]:
    """The guest says what is marked as an answer, else what stands behind a question: all up to the next one, of what
    stands behind the last a paragraph. Where the first answer is in quotes, all are."""
    speakers: dict[int, Party] = {}
    begins = _ANSWERS if _ANSWERS in marks.values() else _ASKS
    last = max(number for number, mark in marks.items() if mark is begins)
    speaks, quoted = False, None
    for _, paragraph in groupby(enumerate(sentences), key=lambda one: one[1].paragraph):
        numbers, (head, *_) = zip(*paragraph, strict=True)
        mark = marks.get(numbers[0])
        if mark or head.zone not in _SPOKEN:
            speaks = mark is begins
        if not speaks or mark is _ASKS:
            continue
        quoted = head.text.startswith("「") if quoted is None else quoted
        if head.text.startswith("「") == quoted:
            speakers |= dict.fromkeys(numbers, guest)
        speaks = numbers[0] < last
    return speakers


def _find_sides(
    sentences: Sequence[Sentence], claims: Iterable[Found], parties: Mapping[str, Parties]
) -> dict[Party, Party]:
    """The one firm that the text says a person works for, leads or has joined, and does not say was left.

    Who founded a firm may be elsewhere by now; whom two firms have is of neither.
    """
    serving: dict[Party, dict[Party, None]] = {}
    left: set[tuple[Party, Party]] = set()
    for found in claims:
        lang = sentences[found.passage].lang
        if found.denied or not (found.subject and found.object):
            continue
        who, firm = parties[lang].find_name(found.subject), parties[lang].find_name(found.object)
        if not (who and firm and who.entity.type is EntityType.PERSON and firm.entity.type in _FIRMS):
            continue
        person, side = who.party, firm.party
        if found.predicate is Predicate.LEFT:
            left.add((person, side))
        elif found.predicate in _SERVING and found.modality is Modality.ASSERTED:
            serving.setdefault(person, {})[side] = None
    kept = {person: [side for side in sides if (person, side) not in left] for person, sides in serving.items()}
    return {person: sides[0] for person, sides in kept.items() if len(sides) == 1}


def _find_plaintiff(
    sentences: Sequence[Sentence], claims: Iterable[Found], parties: Mapping[str, Parties]
) -> Party | None:
    suing = Counter(
        name.party
        for found in claims
        if found.predicate is Predicate.SUED and not found.denied and found.subject
        if (name := parties[sentences[found.passage].lang].find_name(found.subject))
    )
    first, *others = [*suing.most_common(2), (None, 0)]
    return first[0] if others and first[1] > others[0][1] else None


def _find_guest_side(sentences: Sequence[Sentence], speakers: Mapping[int, Party]) -> dict[Party, Party]:
    """Who says more than half of a talk, questions apart, with the firm that it names most by far."""
    firms = Counter(
        name.party for number in speakers for name in sentences[number].names if name.entity.type is EntityType.COMPANY
    )
    telling = Counter(who for number, who in speakers.items() if not sentences[number].text.endswith(("?", "？")))
    if not (firms and telling):
        return {}
    (guest, said), (firm, named) = telling.most_common(1)[0], firms.most_common(1)[0]
    clear = named >= _TALK and all(named > 2 * times for other, times in firms.items() if other != firm)
    return {guest: firm} if clear and 2 * said > telling.total() else {}


def _find_writer(sentences: Sequence[Sentence], makers: Mapping[str, Party]) -> Party | None:
    """Whose text it is where nobody is known to speak: the maker of what it names first and most."""
    counts: dict[Party, int] = {}
    for sentence in sentences[:_OPENING]:
        for name in sentence.names:
            party = name.party if name.entity.type is EntityType.COMPANY else makers.get(name.entity.name)
            if party:
                counts[party] = counts.get(party, 0) + 1
    return max(counts, key=lambda party: counts[party], default=None)
