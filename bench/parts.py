"""What parts around the network add on `dev`: `python bench/parts.py ../shared`.

One after the other is switched off, all else left as it is: how far found and right F1 fall without it, and how many
more facts are made of less, denials lost and accusations invented there are. Of a text that is cut and marked as before
the network is not asked again. Takes five minutes of one core.
"""

import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.accuracy import ROOT, place
from graph.grades import FAIR_FROM
from graph.records import Polarity
from ingest.accuracy.evaluation import evaluate
from ingest.nlp import (
    benchmarks,
    choosing,
    dating,
    drafting,
    extract,
    firmness,
    linking,
    measuring,
    parties,
    seen,
    voices,
    zones,
)
from ingest.nlp.document import Zone
from ingest.nlp.en import quantities as english
from ingest.nlp.finder import ClaimFinder, LearnedFinder, Sight
from ingest.nlp.ja import quantities as japanese
from ingest.nlp.load import find_reader, load_extractor
from ingest.nlp.network import Network
from ingest.nlp.windows import Passage

Switch = tuple[object, str, object]


def _give(what: object) -> Callable[..., Any]:
    return lambda *_, **__: what


def _trust(found: Any, *_: object) -> firmness.Firmness:
    """Firmness as the network has it."""
    return firmness.Firmness(found.modality, Polarity.DENIED if found.denied else Polarity.AFFIRMED, found.cues)


PARTS: dict[str, tuple[Switch, ...]] = {
    "names that the network sees": ((seen.Seen, "iter_free", _give(())),),
    "what pronouns and descriptions stand for": ((parties.Parties, "_take_up", _give(None)),),
    "one of several predicates for the same parties": ((choosing, "_drop_doubtful", list),),
    "numbers that no unit follows, Japanese": ((japanese, "find_bare", _give(())),),
    "furniture and appeals apart from the text": ((zones, "_find_zone", _give(Zone.BODY)),),
    "listed names within longer ones left out": ((seen.Seen, "drop_begun", lambda _, one: one),),
    "the maker before a name parted from it": ((linking, "_trim", lambda one, _: one),),
    "whom somebody speaks for": ((voices.Voices, "find_side", lambda _, one: one),),
    "multiples, parts, places in words": (
        (english, "find_ratios", _give(())),
        (english, "find_ranks", _give(())),
        (japanese, "find_ratios", _give(())),
    ),
    "makers by the tables": ((extract.Extractor, "_find_makers", _give({})),),
    "what an amount measures, by unit and words": (
        (measuring, "_BY_UNIT", {}),
        (measuring, "_ONLY", {}),
        (measuring, "_find_word", _give("")),
    ),
    "predicates told in fitting units": ((drafting, "fits", _give(True)),),
    "brackets and quotes around parties": ((parties.Parties, "_balance", lambda _, start, end: (start, end)),),
    "benchmarks by column and beside scores": ((benchmarks.Benchmarks, "place", lambda _, found, *__: found),),
    "whose a figure is, by its place": ((drafting, "settle_subject", lambda found, *_, **__: found),),
    "labels of who speaks": ((voices, "_find_speakers", _give({})),),
    "which day belongs to an amount": ((dating.Dating, "_find_beside", _give(None)),),
    "words of doubt and denial": ((drafting, "read_firmness", _trust), (drafting, "is_supposed", _give(False))),
}


class Remembering:
    """A finder that is asked once of the same passages of a text."""

    def __init__(self, finder: ClaimFinder) -> None:
        self._finder, self.name = finder, finder.name
        self._known: dict[tuple[str, tuple[Passage, ...]], Sight] = {}

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        asked = text, tuple(passages)
        if asked not in self._known:
            self._known[asked] = self._finder.find(text, passages)
        return self._known[asked]


def main(shared: Path) -> None:
    if not shared.is_dir():
        sys.exit(f"{shared}: no such folder; the texts measured on do not come with the program")
    finder = Remembering(LearnedFinder(Network(find_reader(ROOT / "data"))))
    with tempfile.TemporaryDirectory() as folder:
        gold = place(shared / "eval", Path(folder), "all", "dev")
        whole = measure(finder, gold, ())
        print(f"{'all parts':50}", *(f"{figure:.3f}" for figure in whole[:2]), *whole[2:])
        for name, switches in PARTS.items():
            without = measure(finder, gold, switches)
            gained = (f"{one - other:+.4f}" for one, other in zip(whole[:2], without[:2], strict=True))
            more = (f"{other - one:+}" for one, other in zip(whole[2:], without[2:], strict=True))
            print(f"{name:50}", *gained, *more, flush=True)


def measure(finder: ClaimFinder, gold: tuple[Path, Path, list[Path]], switches: Sequence[Switch]) -> list[float]:
    """Found and right F1, then the dangers, with some parts switched off."""
    claims, texts, entities = gold
    with ExitStack() as off:
        for where, what, instead in switches:
            off.enter_context(patch.object(where, what, instead))
        result = evaluate(load_extractor(ROOT / "data", finder), claims, texts, entities, None, threshold=FAIR_FROM)
    dangers = (len(found) for found in result.dangers.kinds.values())
    return [result.claims.found.f1 or 0, result.claims.right.f1 or 0, *dangers]


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
