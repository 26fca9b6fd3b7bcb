"""Claims as spans made into claims about entities: parties, amount, day, speakers, firmness, and what policy allows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph import policy
from graph.records import (
    Article,
    Claimant,
    ClaimType,
    Cue,
    CueKind,
    EntityType,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    Quantity,
)
from ingest.nlp.benchmarks import Benchmarks
from ingest.nlp.choosing import choose
from ingest.nlp.columns import Columns
from ingest.nlp.dating import Dating
from ingest.nlp.denials import drop_authors, drop_objectors, find_unsaid, is_sold, is_supposed, is_untold
from ingest.nlp.document import Amount, Draft, Sentence, Span
from ingest.nlp.finder import Found, Sight
from ingest.nlp.firmness import drop_estimators, read_firmness
from ingest.nlp.languages import Days, Language
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.measuring import fits, is_anothers, is_valuation, make_quantity, settle_move
from ingest.nlp.owners import settle_subject
from ingest.nlp.parties import Parties
from ingest.nlp.scorer import Signs
from ingest.nlp.taught import settle_teacher
from ingest.nlp.tellers import credit_tellers
from ingest.nlp.told import find_told_quarters
from ingest.nlp.voices import Voices, find_quoted_side

# Predicates whose other side is an amount: without it there is nothing to say.
_NEED_AMOUNT = frozenset(
    {
        Predicate.COSTS,
        Predicate.HAS_SIZE,
        Predicate.VALUED_AT,
        Predicate.EARNED,
        Predicate.HAS_USERS,
        Predicate.LOST_VALUE,
    }
)
# Mostly told with one.
_OF_AMOUNTS = frozenset({Predicate.STOCK_MOVED, Predicate.RAISED, Predicate.SCORES, Predicate.RANKS})
# What only its maker does with a thing, and what people are only to those who employ them: of 65 releases by a firm
# that is neither maker nor owner by the tables 4 are there, of 154 by the maker 121 (read texts, `train` left out).
_BY_MAKERS = frozenset(
    {Predicate.RELEASED, Predicate.UPDATED, Predicate.OPEN_SOURCED, Predicate.ANNOUNCED, Predicate.WITHDREW}
)
_OF_EMPLOYERS = frozenset({Predicate.LEADS, Predicate.WORKS_FOR})
_OWNERS = frozenset({EntityType.COMPANY, EntityType.INSTITUTION})


@dataclass(frozen=True, slots=True)
class Story:
    """One article: its sentences with names, the amounts and days of each.

    headed  by number of the paragraph, the day that its heading gives
    makers  who makes, owns or employs what is named, by name, as far as the tables know
    """

    article: Article
    sentences: tuple[Sentence, ...]
    amounts: tuple[tuple[Amount, ...], ...]
    days: tuple[Days, ...]
    languages: Mapping[str, Language]
    headed: Mapping[int, PartialDate]
    makers: Mapping[str, Party]


def iter_drafts(story: Story, sight: Sight, reader: str) -> Iterator[tuple[Draft, Signs]]:
    """The claims of a story in order, none twice, each with the signs that its score is made from."""
    names = [name for sentence in story.sentences for name in sentence.names]
    parties = {
        code: Parties(story.article.text, names, sight.stands, language.lexicon)
        for code, language in story.languages.items()
    }
    voices = Voices(story.sentences, sight.claims, parties, story.makers)
    drafting = _Drafting(story, parties, voices, reader)
    yield from choose([one for found in sight.claims if (one := drafting.make(found))])


class _Drafting:
    def __init__(self, story: Story, parties: Mapping[str, Parties], voices: Voices, reader: str) -> None:
        self._story, self._parties, self._voices, self._reader = story, parties, voices, reader
        self._columns = columns = Columns(story.article.text)
        self._benchmarks = Benchmarks(story.article.text, columns)
        quarters = find_told_quarters(story.sentences, story.days)
        self._dating = Dating(story.article.text, story.article.published_at.date(), columns, story.headed, quarters)

    def make(self, found: Found) -> tuple[Draft, Signs] | None:
        """The claim; None where it is only supposed, a pronoun in it resolves to nobody, or policy forbids it."""
        placed = self._place(found)
        return self._draft(placed) if placed else None

    def _get_sentence(self, found: Found) -> Sentence:
        return self._story.sentences[found.passage]

    def _get_parties(self, found: Found) -> Parties:
        """Whom words of a claim's language stand for."""
        return self._parties[self._get_sentence(found).lang]

    def _place(self, found: Found) -> Found | None:
        """The claim with the parties that their places in the sentence tell; None where it is only supposed, or accuses
        and nobody says so."""
        sentence, parties = self._get_sentence(found), self._get_parties(found)
        lexicon, amounts = parties.lexicon, self._story.amounts[found.passage]
        in_table = found.amount is not None and self._columns.find_first(found.amount) is not None
        owned = settle_subject(found, sentence, amounts, parties, in_table=in_table)
        if owned is None:
            return None
        placed = settle_teacher(self._benchmarks.place(owned, sentence, amounts, parties), sentence, parties)
        if (
            is_supposed(placed, sentence, lexicon)
            or is_untold(placed, sentence, lexicon)
            or (
                policy.find_type(placed.predicate, None) is ClaimType.ALLEGATION
                and (find_unsaid(placed.trigger, sentence, lexicon) or not _speaks_of(placed, sentence, lexicon))
            )
        ):
            return None
        if placed.predicate is Predicate.INVESTED_IN and is_sold(placed, sentence, lexicon):
            placed = replace(placed, predicate=Predicate.OWNS, measure="price")  # which firmness denies
        told = drop_authors(drop_estimators(placed, sentence, lexicon), sentence, lexicon)
        return credit_tellers(told, sentence, lexicon)

    def _draft(self, found: Found) -> tuple[Draft, Signs] | None:
        sentence, parties = self._get_sentence(found), self._get_parties(found)
        firmness = read_firmness(found, sentence, parties.lexicon)
        accuses = policy.find_type(found.predicate, None) is ClaimType.ALLEGATION
        # Nobody is accused by a guess or a description, nor accuses.
        free = not (accuses and firmness.polarity is Polarity.AFFIRMED)
        if not free:
            found = drop_objectors(found, sentence, parties.lexicon)
        sides = self._find_sides(found, accuses=accuses, free=free)
        amount = self._find_amount(found)
        if sides is None or (amount is None and found.predicate in _NEED_AMOUNT):
            return None
        subject, other = sides
        benchmark = self._benchmarks.find(found.benchmark, parties) if found.benchmark else None
        if found.predicate is Predicate.SCORES:
            if not (other or amount):
                return None
            other = benchmark = self._benchmarks.find_scored(found, parties) or other
        claimants = self._find_claimants(found, describe=free)
        if accuses and found.speakers and not claimants and firmness.modality is not Modality.QUESTIONED:
            return None  # whoever accuses is not known: it is nobody's word that the outlet would seem to give
        kind = parties.find_type(found.subject) if found.subject else None
        draft = Draft(
            lang=sentence.lang,
            span=sentence.span,
            type=policy.find_type(found.predicate, kind),
            predicate=found.predicate,
            subject=subject,
            object=other,
            quantity=self._measure(amount, found) if amount else None,
            benchmark=benchmark,
            claimants=tuple({one.party: one for one in claimants}.values()),
            modality=firmness.modality,
            polarity=firmness.polarity,
            date=self._find_day(found, firmness.modality),
            cues=tuple(dict.fromkeys(self._iter_cues(found, firmness.cues))),
            reader=self._reader,
        )
        settled = policy.settle(draft)
        return (settled, self._sign(found, settled)) if settled else None

    def _find_sides(self, found: Found, *, accuses: bool, free: bool) -> tuple[Party, Party | None] | None:
        """Who does it, and the other side where there is one; None where either is nobody.

        free  whether the subject may be a guess or a description
        """
        parties = self._get_parties(found)
        if found.object:
            found = replace(found, object=parties.skip_other(found.object, found.subject))
        subject = self._resolve(found.subject, found, guess=free, describe=free)
        other = self._resolve(found.object, found)
        if subject and found.subject and found.object and subject == other:  # nobody does it to himself
            if parties.find_name(found.object) is None:
                other = parties.resolve(found.object, guess=free, describe=free, besides=subject)
            else:
                subject = parties.resolve(found.subject, guess=free, describe=free, besides=other)
        if subject is None or (found.object and other is None):
            return None
        if found.predicate is Predicate.SUED and parties.lexicon.courts.search(subject.name):
            return None  # a court rules on what others sue for
        if accuses and found.object and other and not other.entity:
            other = parties.find_owner(found.object) or other  # who is wronged, not what was taken
        return subject, other

    def _resolve(self, span: Span | None, found: Found, *, guess: bool = True, describe: bool = True) -> Party | None:
        """The party that some words mean: "I" is who speaks, "we" whom that one speaks for.

        guess     whether it may be one that the network does not see first, and "we" whose text it is
        describe  whether a description may take up a name
        """
        if span is None:
            return None
        parties = self._get_parties(found)
        words, lexicon = parties.read_bare(span), parties.lexicon
        party = parties.resolve(span, guess=guess, describe=describe)
        if lexicon.myself.fullmatch(words):
            return self._find_speaker(found, guess=guess, describe=describe) or party
        if not lexicon.ours.fullmatch(words):
            return party
        if quoted := find_quoted_side(span, self._get_sentence(found), lexicon):
            return quoted
        if party and parties.find_kind(party) is not EntityType.PERSON:
            return party
        speaker = party or self._find_speaker(found, guess=guess, describe=describe)
        return self._voices.find_side(speaker, guess=guess) if speaker else self._voices.writer if guess else None

    def _find_claimants(self, found: Found, *, describe: bool) -> tuple[Claimant, ...]:
        """Who says it, outermost first, and never by a guess: whom its sentence names, or the label before."""
        sentence, parties = self._get_sentence(found), self._get_parties(found)
        quoted = find_quoted_side(found.trigger, sentence, parties.lexicon)
        named = []
        for span in map(parties.skip_clause, found.speakers):
            if found.subject and parties.is_owner(span, found.subject):
                continue  # "Vela's Petrel-1 harms …": whose it is does not say so
            if quoted and not sentence.has(span):
                named.append(Claimant(quoted, cue=quoted.name))  # its sentence says who is quoted
            elif party := self._resolve(span, found, guess=False, describe=describe):
                author = None if party.entity else parties.find_author(span, describe=describe)
                if not (author or party.entity) and parties.lexicon.pleading.fullmatch(party.name.lower()):
                    author = self._voices.plaintiff
                words = party.name if party.entity else parties.lexicon.beyond.split(party.name)[0]
                if author or not parties.lexicon.mute.fullmatch(words):
                    told = author or replace(party, name=words)
                    named.append(Claimant(told, cue=self._story.article.text[slice(*span)]))
        labelled = None if found.speakers else self._voices.find_speaker(found.passage)
        return (*named, *([Claimant(labelled, cue=labelled.name)] if labelled else []))

    def _find_speaker(self, found: Found, *, guess: bool, describe: bool) -> Party | None:
        """Who says a claim: whom its sentence names, or the label before."""
        parties = self._get_parties(found)
        for span in reversed(found.speakers):
            words = parties.read_bare(span)
            if not (parties.lexicon.myself.fullmatch(words) or parties.lexicon.ours.fullmatch(words)):
                return parties.resolve(span, guess=guess, describe=describe)
        return self._voices.find_speaker(found.passage)

    def _find_amount(self, found: Found) -> Amount | None:
        """The amount, its span in the sentence; None where the predicate cannot be told in it."""
        sentence, lexicon = self._get_sentence(found), self._get_parties(found).lexicon
        amounts = self._story.amounts[found.passage]
        amount = next((a for a in amounts if a.span == found.amount), None)
        if amount is None or not fits(amount, found.predicate, amounts):
            return None
        local = replace(amount, span=sentence.locate(amount.span))
        if is_valuation(local, found.predicate, sentence.text, lexicon):
            return None
        if is_anothers(local, found.predicate, sentence.text, lexicon):
            return None
        return settle_move(local, found.predicate, sentence.text, lexicon)

    def _measure(self, amount: Amount, found: Found) -> Quantity:
        lexicon = self._get_parties(found).lexicon
        return make_quantity(amount, found.predicate, found.measure, self._get_sentence(found).text, lexicon)

    def _find_day(self, found: Found, modality: Modality) -> PartialDate | None:
        sentence = self._get_sentence(found)
        days, amounts = self._story.days[found.passage], self._story.amounts[found.passage]
        return self._dating.find(found, sentence, days, amounts, self._story.languages[sentence.lang], modality)

    def _iter_cues(self, found: Found, firm: Sequence[tuple[CueKind, Span]]) -> Iterator[Cue]:
        text = self._story.article.text
        yield Cue(CueKind.TRIGGER, found.trigger, text[slice(*found.trigger)])
        for kind, span in firm:
            yield Cue(kind, span, text[slice(*span)])
        for span in found.speakers:
            if self._get_sentence(found).has(span):
                yield Cue(CueKind.ATTRIBUTION, span, text[slice(*span)])

    def _sign(self, found: Found, draft: Draft) -> Signs:
        """What the score looks at: the network's logits, and how surely the parts around it know the parties."""
        sentence, parties = self._get_sentence(found), self._get_parties(found)
        signs = dict(found.signs)
        sides = ((found.subject, draft.subject, "subject"), (found.object, draft.object, "object"))
        for span, party, side in sides:
            if span is None or party is None:
                signs[f"{side}=none"] = 1.0
                continue
            named = parties.find_name(span) is not None
            how = "named" if named else "known" if party.entity else "words"
            signs[f"{side}={how}"] = 1.0
            signs[f"{side}:guessed"] = float(not named and parties.is_guess(span))
            signs[f"{side}:away"] = float(not sentence.has(span))
            signs[f"{side} kind={parties.find_kind(party) or 'words'}"] = 1.0
        signs |= self._sign_maker(draft, parties)
        signs[f"predicate={found.predicate}"] = 1.0
        signs["accuses"] = float(draft.type is ClaimType.ALLEGATION and draft.polarity is Polarity.AFFIRMED)
        signs[f"lang={sentence.lang}"] = 1.0
        signs[f"zone={sentence.zone}"] = 1.0
        signs[f"modality={draft.modality}"] = 1.0
        signs["with amount"] = float(draft.quantity is not None)
        signs["lacks amount"] = float(draft.quantity is None and found.predicate in _OF_AMOUNTS)
        signs["with speaker"] = float(bool(draft.claimants))
        signs["denied claim"] = float(draft.polarity is Polarity.DENIED)
        return signs

    def _sign_maker(self, draft: Draft, parties: Parties) -> Signs:
        """Whether the tables know the one side as the maker or employer of the other, or another one."""
        of_maker = draft.predicate in _BY_MAKERS
        maker, made = (draft.subject, draft.object) if of_maker else (draft.object, draft.subject)
        if not (of_maker or draft.predicate in _OF_EMPLOYERS) or maker is None or made is None:
            return {}
        known = self._story.makers.get(made.name)
        if known is None or parties.find_kind(maker) not in _OWNERS:
            return {}
        akin = known in (maker, self._story.makers.get(maker.name)) or self._story.makers.get(known.name) == maker
        return {"its maker" if akin else "another maker": 1.0}


def _speaks_of(found: Found, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a sentence tells of an accusation: it has one of its sides, or a word for it. "It did not explain the
    change" does not, though the network may hear the denial that it waits for."""
    sides = [span for span in (found.subject, found.object) if span]
    near = not sides or any(sentence.has(span) for span in sides)
    return near or bool(lexicon.accuses.search(sentence.text) or lexicon.alludes.search(sentence.text))
