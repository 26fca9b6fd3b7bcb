"""Who says "I" and whose "we" it is: whom a label names before what is said, and whom that person works for."""

import re
from collections.abc import Iterable, Mapping, Sequence

from graph.records import EntityType, Modality, Party, Predicate
from ingest.nlp.document import Name, Sentence, Span, Zone
from ingest.nlp.finder import Found
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.parties import Parties

# "Mara Quill: …", "**Quill** (host): …", 「比嘉：…」
_LABEL = re.compile(
    r"[\s*_>-]{0,8}(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}|[一-龠ぁ-んァ-ヶー・]{1,12})"
    r"[\s*_]{0,8}(?:[(（][^()（）:：]{1,40}[)）])?[\s*_]{0,8}[:：][\s*_]{0,8}(?=\S)"
)
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|「[^」]*(?:」|$)")
# What is labelled so often is a talk; then what nobody labels goes on with the last.
_TALK = 3
_SERVING = frozenset({Predicate.WORKS_FOR, Predicate.LEADS, Predicate.JOINED})
# Whose text it is shows in so many sentences.
_OPENING = 12
_FIRMS = frozenset({EntityType.COMPANY, EntityType.INSTITUTION})


class Voices:
    """The speakers of one text.

    makers  who makes, owns or employs what is named, by name, as far as the tables know
    writer  whose text it is, as far as it shows: its "we" where nobody is known to speak
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

    def find_speaker(self, passage: int) -> Party | None:
        """Who says the sentence of that number, by the label before it."""
        return self._speakers.get(passage)

    def find_side(self, speaker: Party) -> Party:
        """Whose "we" it is: the firm that text or tables say the speaker works for, else the speaker's own."""
        return self._sides.get(speaker) or self._makers.get(speaker.name) or speaker


def find_quoted_side(span: Span, sentence: Sentence, lexicon: Lexicon) -> Party | None:
    """The firm that a sentence names as the side of whom it quotes: “We …,” a spokesman for Bramling said."""
    start, text = sentence.span[0], sentence.text
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    place = next((n for n, (first, last) in enumerate(quotes) if first < span[0] - start < last), None)
    if place is None:
        return None
    first, last = quotes[place]
    begin = max((match.end() for match in lexicon.breaks.finditer(text, 0, first)), default=0)
    begin = max([begin, *(end for _, end in quotes[:place])])
    other = lexicon.breaks.search(text, last)
    end = min([other.start() if other else len(text), *(start for start, _ in quotes[place + 1 :])])
    sides = {
        Party(name.entity.name, name.entity.id)
        for name in sentence.names
        if name.entity.type in _FIRMS
        for clause in ((begin, first), (last, end))
        if clause[0] <= name.span[0] - start < clause[1] and _speaks(name, clause[0], sentence, lexicon)
    }
    return sides.pop() if len(sides) == 1 else None


def _speaks(name: Name, clause: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a firm says something, or somebody who serves it does, in the clause that begins there."""
    start = sentence.span[0]
    before, behind = sentence.text[clause : name.span[0] - start], sentence.text[name.span[1] - start :]
    if lexicon.speaks_before.search(before):
        return True
    return bool(lexicon.speaks_behind.match(behind)) and not lexicon.past_before.search(before)


def _find_speakers(sentences: Sequence[Sentence], parties: Mapping[str, Parties]) -> dict[int, Party]:
    named: dict[int, Party] = {}
    before = -1
    for number, sentence in enumerate(sentences):
        first, before = sentence.paragraph != before, sentence.paragraph
        label = _LABEL.match(sentence.text) if first else None
        if label is None or sentence.lang not in parties:
            continue
        start = sentence.span[0]
        span = start + label.start("name"), start + label.end("name")
        name = parties[sentence.lang].find_name(span)
        if name and name.entity.type is EntityType.PERSON:
            named[number] = Party(name.entity.name, name.entity.id)
    return _spread(sentences, named)


def _spread(sentences: Sequence[Sentence], named: Mapping[int, Party]) -> dict[int, Party]:
    """A label speaks for its paragraph, in a talk for all up to the next one or a heading."""
    speakers: dict[int, Party] = {}
    speaker, paragraph = None, -1
    for number, sentence in enumerate(sentences):
        if number in named:
            speaker, paragraph = named[number], sentence.paragraph
        elif sentence.zone is Zone.HEADING or (len(named) < _TALK and sentence.paragraph != paragraph):
            speaker = None
        if speaker:
            speakers[number] = speaker
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
        person, side = Party(who.entity.name, who.entity.id), Party(firm.entity.name, firm.entity.id)
        if found.predicate is Predicate.LEFT:
            left.add((person, side))
        elif found.predicate in _SERVING and found.modality is Modality.ASSERTED:
            serving.setdefault(person, {})[side] = None
    kept = {person: [side for side in sides if (person, side) not in left] for person, sides in serving.items()}
    return {person: sides[0] for person, sides in kept.items() if len(sides) == 1}


def _find_writer(sentences: Sequence[Sentence], makers: Mapping[str, Party]) -> Party | None:
    """Whose text it is where nobody is known to speak: the maker of what it names first and most."""
    counts: dict[Party, int] = {}
    for sentence in sentences[:_OPENING]:
        for name in sentence.names:
            if name.entity.type is EntityType.COMPANY:
                party = Party(name.entity.name, name.entity.id)
            elif name.entity.name in makers:
                party = makers[name.entity.name]
            else:
                continue
            counts[party] = counts.get(party, 0) + 1
    return max(counts, key=lambda party: counts[party], default=None)
