"""The figures of a comparison part by part: by outlet, by claim type."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingest.accuracy.gold import Line
from ingest.accuracy.scoring import Rate, Score


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found in one part, and what of it is right."""

    found: Rate
    right: Rate


def tally_by(score: Score, find_part: Callable[[Line], str]) -> dict[str, Tally]:
    """The figures of each part by its name; added up they are those of the whole.

    What meets counts where its gold belongs, a false prediction where it belongs itself.
    """
    met = Counter(find_part(meeting.gold) for meeting in score.core)
    right = Counter(find_part(meeting.gold) for meeting in score.core if meeting.is_right)
    predicted = met + Counter(map(find_part, score.false))
    wanted = met + Counter(map(find_part, score.misses))
    return {
        name: Tally(Rate(met[name], predicted[name], wanted[name]), Rate(right[name], predicted[name], wanted[name]))
        for name in sorted(predicted | wanted)
    }


def add_up(tallies: Iterable[Tally]) -> Tally:
    """The figures of several parts together."""
    found = right = predicted = wanted = 0
    for tally in tallies:
        found += tally.found.hits
        right += tally.right.hits
        predicted += tally.found.predicted
        wanted += tally.found.wanted
    return Tally(Rate(found, predicted, wanted), Rate(right, predicted, wanted))
