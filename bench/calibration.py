"""How often claims are right as their score says: `python bench/calibration.py ../shared`.

For `dev` and `test`, each language and both, as tables of docs/accuracy.md: the calibration error with its interval
over outlets, and ten bins of as many claims, with their mean score and the share right. Claims that are stored, so weak
ones too. Of `dev` the score knows two numbers, which set it to the share that is right there.
Totals only: no sentence is printed. Takes two minutes of one core.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.accuracy import ROOT, place
from bench.reliability import Judged, measure_reliability
from graph.grades import STORED_FROM
from ingest.accuracy.curve import judge
from ingest.accuracy.gold import Line
from ingest.accuracy.scoring import score_claims
from ingest.learning.weighing import Texts, iter_shown, read_texts
from ingest.nlp.load import load_extractor

_LANGUAGES = {"English": "en", "Japanese": "ja", "both": ""}


def main(shared: Path) -> None:
    if not shared.is_dir():
        sys.exit(f"{shared}: no such folder; the texts measured on do not come with the program")
    extractor = load_extractor(ROOT / "data")
    with tempfile.TemporaryDirectory() as folder:
        dev, *tests = (
            read_texts(gold, texts)
            for part, lang in (("dev", "all"), ("test", "en"), ("test", "ja"))
            for gold, texts, _ in [place(shared / "eval", Path(folder), lang, part)]
        )
    judged = {
        name: [one for texts in parts for one in judge_texts(texts, list(iter_shown(extractor, texts, STORED_FROM)))]
        for name, parts in (("dev", [dev]), ("test", tests))
    }
    print("| | claims | error | 95 % over outlets | by chance alone |", "|---|---|---|---|---|", sep="\n")
    for name, claims in judged.items():
        for title, lang in _LANGUAGES.items():
            print(tell_error(f"{title}: {name}", [one for spoken, one in claims if lang in ("", spoken)]))
    for name, claims in judged.items():
        print("", f"| {name}, scores | claims | mean | right |", "|---|---|---|---|", sep="\n")
        print(*tell_bins([one for _, one in claims]), sep="\n")


def judge_texts(texts: Texts, lines: Sequence[Line]) -> list[tuple[str, Judged]]:
    """The claims that are stored and count, each with the language of its text."""
    stored = [line for line in lines if (line.score or 0) >= STORED_FROM]
    return [
        (texts.articles[line.doc].lang, Judged(line.score or 0, right, texts.outlets.get(line.doc) or line.doc))
        for line, right in judge(score_claims(texts.gold, stored, texts.names))
    ]


def tell_error(name: str, judged: Sequence[Judged]) -> str:
    figures = measure_reliability(judged)
    if figures is None:
        return f"| {name} | 0 | – | – | – |"
    interval = "–".join(map(_format, figures.interval)) if figures.interval else "–"
    cells = (str(len(judged)), _format(figures.error), interval, _format(figures.by_chance))
    return f"| {name} | {' | '.join(cells)} |"


def tell_bins(judged: Sequence[Judged]) -> Iterator[str]:
    figures = measure_reliability(judged)
    for one in figures.bins if figures else ():
        scores = f"{_format(one.low)}–{_format(one.high)}"
        yield f"| {scores} | {one.claims} | {_format(one.mean or 0)} | {_format(one.right or 0)} |"


def _format(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
