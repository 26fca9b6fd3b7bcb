"""What is told about matters, row by row, beside the rows expected: replies, stakes, drift, inflation, ledger, sums."""

from collections.abc import Iterable, Iterator, Mapping

from evaluation.counting import Count
from evaluation.matching import Matched
from evaluation.outcome import Outcome
from graph.answers.chapters import ChapterView
from graph.answers.ledger import Entry, Measured
from graph.matters.reply import Reply
from graph.matters.stake import Stake
from graph.records import ClaimId, Party, Predicate, Relation, Tie
from ingest.stories.records import (
    ExpectedDrift,
    ExpectedReply,
    ExpectedRow,
    ExpectedStake,
    PathStep,
    Story,
)

_AN_HOUR = 1.0


def count_replies(story: Story, matched: Matched) -> Count:
    """Replies of matters that are there, in that state and within an hour; too much are those in other states."""
    wanted: dict[str, list[ExpectedReply]] = {}
    for row in story.expect.reply:
        wanted.setdefault(row.proposition, []).append(row)
    found = extra = 0
    for id, rows in wanted.items():
        told = list(matched.there[id].replies) if id in matched.there else []
        states = {row.state.value for row in rows}
        extra += sum(reply.answer.value not in states for reply in told)
        for row in rows:
            if reply := next((one for one in told if _answers(row, one)), None):
                told.remove(reply)
                found += 1
    return Count(found, len(story.expect.reply), extra)


def _answers(row: ExpectedReply, reply: Reply) -> bool:
    near = row.hours is None or abs(reply.hours - row.hours) <= _AN_HOUR
    return reply.answer.value == row.state.value and near


def count_stakes(story: Story, matched: Matched, outcome: Outcome) -> Count:
    """Paths from a claimant; too much are those told of matters that are there and expected of none."""
    also: dict[tuple[str, str], set[Relation]] = {}
    for tie in story.background:
        also.setdefault((tie.start, tie.end), set()).update((tie.relation, *tie.also))
    rows = story.expect.stake
    found = sum(
        any(
            _takes(row, stake, also, outcome)
            for chapter in matched.holding[row.proposition]
            for stake in chapter.stakes
        )
        for row in rows
    )
    told = [(id, stake) for id, chapter in matched.there.items() for stake in chapter.stakes]
    extra = sum(
        not any(row.proposition == id and _takes(row, stake, also, outcome) for row in rows) for id, stake in told
    )
    return Count(found, len(rows), extra)


def _takes(row: ExpectedStake, stake: Stake, also: Mapping[tuple[str, str], set[Relation]], outcome: Outcome) -> bool:
    """Whether the stake goes that way. Of which end a tie speaks first makes no difference."""
    if len(stake.path) != len(row.path):
        return False
    return all(
        tie.relation in {step.relation, *also.get((step.start, step.end), ())} and _joins(tie, step, outcome)
        for tie, step in zip(stake.path, row.path, strict=True)
    )


def _joins(tie: Tie, step: PathStep, outcome: Outcome) -> bool:
    ends = ((tie.subject, tie.object), (tie.object, tie.subject))
    return any(outcome.is_called("", one, step.start) and outcome.is_called("", other, step.end) for one, other in ends)


def count_drift(story: Story, matched: Matched, outcome: Outcome) -> Count:
    """Speakers whose certainty on a matter changed; too much are others told of matters that are there."""
    rows = story.expect.drift
    found = sum(any(_drifts(row, chapter, outcome) for chapter in matched.holding[row.proposition]) for row in rows)
    extra = 0
    for id, chapter in matched.there.items():
        speakers = [row.who for row in rows if row.proposition == id]
        extra += sum(
            not any(outcome.is_called(drift.speaker, drift.entity, who) for who in speakers) for drift in chapter.drifts
        )
    return Count(found, len(rows), extra)


def _drifts(row: ExpectedDrift, chapter: ChapterView, outcome: Outcome) -> bool:
    return any(outcome.is_called(drift.speaker, drift.entity, row.who) for drift in chapter.drifts)


def count_inflation(story: Story, matched: Matched, outcome: Outcome) -> Count:
    """Pairs of sentences of which the later is firmer; too much are others told of matters that are there."""
    wanted = [((row.start, row.from_sentence), (row.end, row.to_sentence)) for row in story.expect.inflation]

    def is_pair(drawn_on: ClaimId, repeat: ClaimId, pair: tuple[tuple[str, str], tuple[str, str]]) -> bool:
        return _stands_in(drawn_on, *pair[0], outcome) and _stands_in(repeat, *pair[1], outcome)

    told = [(item.drawn_on, item.repeat) for chapter in outcome.chapters for item in chapter.inflations]
    found = sum(any(is_pair(*pair, row) for pair in told) for row in wanted)
    listed = {(item.drawn_on, item.repeat) for chapter in matched.there.values() for item in chapter.inflations}
    extra = sum(not any(is_pair(*pair, row) for row in wanted) for pair in listed)
    return Count(found, len(wanted), extra)


def _stands_in(claim: ClaimId, file: str, sentence: str, outcome: Outcome) -> bool:
    """Whether the claim is of that sentence, wherever either of them is cut."""
    place = outcome.places.get(claim)
    return place is not None and place.file == file and (place.sentence in sentence or sentence in place.sentence)


def count_ledger(story: Story, outcome: Outcome) -> Count:
    """Rows with model, other side, benchmark and who says it as what; too much are replications that there were not."""
    found = extra = 0
    for row in story.expect.ledger:
        entries = [entry for entry in outcome.entries if _compares(row, entry, outcome)]
        found += any(_is_told(row, entry, outcome) for entry in entries)
        extra += row.self_reported and row.replicated_by is None and any(entry.replicated for entry in entries)
    return Count(found, len(story.expect.ledger), extra)


def _compares(row: ExpectedRow, entry: Entry, outcome: Outcome) -> bool:
    model, other = entry.subject, None if entry.object == entry.benchmark else entry.object
    if entry.predicate is Predicate.UNDERPERFORMS and other:
        model, other = other, model
    sides = ((model, row.model), (other, row.against), (entry.benchmark, row.benchmark))
    return all(_is_party(party, name, outcome) for party, name in sides)


def _is_party(party: Party | None, name: str | None, outcome: Outcome) -> bool:
    return name is None if party is None else outcome.is_called(party.name, party.entity, name)


def _is_told(row: ExpectedRow, entry: Entry, outcome: Outcome) -> bool:
    if not row.self_reported:
        return _is_among(row.by, (*entry.replicated, *entry.told), outcome)
    replicated = row.replicated_by is None or _is_among(row.replicated_by, entry.replicated, outcome)
    return replicated and _is_among(row.by, entry.claimed, outcome)


def _is_among(name: str, measured: Iterable[Measured], outcome: Outcome) -> bool:
    return any(outcome.is_called(one.by, one.entity, name) for one in measured)


def count_computed(story: Story, outcome: Outcome) -> Count:
    """Sentences with the right verdict; too much are wrong verdicts, and other sentences that are told to be wrong."""
    verdicts: dict[tuple[str, str], list[bool]] = {}
    for key, agrees in _iter_verdicts(outcome):
        verdicts.setdefault(key, []).append(agrees)
    found = extra = 0
    rest = dict(verdicts)
    for row in story.expect.computed:
        told = [key for key in verdicts if key[0] == row.file and (key[1] in row.sentence or row.sentence in key[1])]
        given = [agrees for key in told for agrees in verdicts[key]]
        found += bool(given) and all(given) is row.right
        extra += bool(given) and all(given) is not row.right
        for key in told:
            rest.pop(key, None)
    return Count(found, len(story.expect.computed), extra + sum(not all(given) for given in rest.values()))


def _iter_verdicts(outcome: Outcome) -> Iterator[tuple[tuple[str, str], bool]]:
    for file, sums in outcome.sums.items():
        yield from (((file, item.sentence), item.agrees) for item in sums)
