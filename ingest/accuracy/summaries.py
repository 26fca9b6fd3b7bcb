"""An evaluation as lines to read and as one JSON object."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from ingest.accuracy.curve import Curve
from ingest.accuracy.evaluation import Evaluation
from ingest.accuracy.firmness_tallies import MODALITIES, count_denied, count_modality
from ingest.accuracy.gold import Line
from ingest.accuracy.intervals import Estimate, Interval, estimate
from ingest.accuracy.scoring import Meeting, Rate, Score
from ingest.accuracy.tallies import Tally, tally_by


def format_evaluation(result: Evaluation, show: Sequence[str], *, totals: bool = False) -> Iterator[str]:
    """The lines of a report.

    Dangerous claims are always listed, `show` asks for misses, false or wrong ones too; `totals` lists nothing at all,
    so that no sentence of a blind set is seen.
    """
    score = result.claims
    yield f"{'':10}  precision  recall    F1"
    for name, rate in (("found", score.found), ("right", score.right), ("entities", result.entities)):
        if rate:
            yield _format_rate(name, rate)
    for name, (right, of) in score.attributes.items():
        yield f"{name:10}  {_share(right / of if of else None):>9}   {right} of {of}"
    yield _format_rate("denied", count_denied(score))
    for name in MODALITIES:
        yield _format_rate(name, count_modality(score, name))
    yield from _format_estimates(result)
    yield "by type     " + ", ".join(f"{kind} {found}/{of}" for kind, (found, of) in score.by_type.items())
    yield f"claims from texts that hold none: {len(score.alarms)}"
    yield f"dangerous among {result.counted} claims: {sum(map(len, result.dangers.kinds.values()))}"
    for name, lines in result.dangers.kinds.items():
        yield f"{name.replace('_', ' ')}: {len(lines)}"
        yield from () if totals else map(_describe, lines)
    if result.curve or result.threshold is not None:
        yield f"claims without a score, under any threshold: {result.unscored}"
    if result.curve:
        yield from _format_curve(result, result.curve)
    for name in () if totals else show:
        yield f"\n{name}:"
        yield from map(_describe, _pick(score, name))


def summarize_evaluation(result: Evaluation) -> dict[str, object]:
    """The figures as one JSON object: shares of 1, null where there was nothing to count."""
    score = result.claims
    rates = {"found": score.found, "right": score.right} | ({"entities": result.entities} if result.entities else {})
    return {
        "texts": result.texts,
        "threshold": result.threshold,
        "counted": result.counted,
        "unscored": result.unscored,
        **{name: _summarize_rate(rate) for name, rate in rates.items()},
        **{name: right / of if of else None for name, (right, of) in score.attributes.items()},
        "denied": _summarize_rate(count_denied(score)),
        "modalities": {name: _summarize_rate(count_modality(score, name)) for name in MODALITIES},
        "by_type": {kind: {"found": found, "of": of} for kind, (found, of) in score.by_type.items()},
        "alarms": len(score.alarms),
        "outlets": len(result.outlets),
        "estimates": {name: asdict(one) for name, one in _estimate(result).items()},
        "dangers": {name: len(lines) for name, lines in result.dangers.kinds.items()},
        "failed": len(result.failures),
        **(_summarize_curve(result, result.curve) if result.curve else {}),
    }


def _estimate(result: Evaluation) -> dict[str, Estimate]:
    return estimate(list(result.outlets.values()))


def _format_estimates(result: Evaluation) -> Iterator[str]:
    yield f"{'':16}  total  95 % interval   mean of {len(result.outlets)} outlets  95 % interval"
    for name, one in _estimate(result).items():
        total = f"{_share(one.total):>5}  {_format_interval(one.total_interval):>13}"
        mean = f"{_share(one.mean):>5}  {_format_interval(one.mean_interval):>13}"
        yield f"{name.replace('_', ' '):16}  {total}   {mean}"


def _format_interval(interval: Interval) -> str:
    return f"{_share(interval[0])} to {_share(interval[1])}" if interval else "-"


def _format_curve(result: Evaluation, curve: Curve) -> Iterator[str]:
    """The curve, the parts at the threshold, and how far scores can be believed."""
    yield from _format_tallies("by threshold", {f"{low:.2f}": tally for low, tally in curve.points.items()})
    at = "all claims" if result.threshold is None else f"from {result.threshold:g} up"
    yield from _format_tallies(f"by outlet, {at}", result.outlets)
    yield from _format_tallies(f"by claim type, {at}", _tally_types(result.claims))
    yield f"\n{'score':12}  claims  mean score  right"
    for one in curve.bins:
        yield f"{one.low:.1f} to {one.high:.1f}    {one.claims:>6}  {_share(one.mean):>10}  {_share(one.right):>5}"
    yield f"calibration error: {_share(curve.calibration_error)}"


def _format_tallies(title: str, tallies: Mapping[str, Tally]) -> Iterator[str]:
    width = max(map(len, (title, *tallies)))
    yield f"\n{title:{width}}  precision  recall    F1  right"
    for name, one in tallies.items():
        cells = f"{_share(one.found.precision):>9} {_share(one.found.recall):>7} {_share(one.found.f1):>5}"
        yield f"{name:{width}}  {cells}  {_share(one.right.precision):>5}   {_describe_counts(one.found)}"


def _summarize_curve(result: Evaluation, curve: Curve) -> dict[str, object]:
    return {
        "curve": [{"threshold": low, **_summarize_tally(tally)} for low, tally in curve.points.items()],
        "by_outlet": {name: _summarize_tally(tally) for name, tally in result.outlets.items()},
        "by_claim_type": {name: _summarize_tally(tally) for name, tally in _tally_types(result.claims).items()},
        "reliability": [asdict(one) for one in curve.bins],
        "calibration_error": curve.calibration_error,
    }


def _summarize_tally(tally: Tally) -> dict[str, float | None]:
    counts = {"found": tally.found.hits, "predicted": tally.found.predicted, "wanted": tally.found.wanted}
    return _summarize_rate(tally.found) | {"right_share": tally.right.precision} | counts


def _tally_types(score: Score) -> dict[str, Tally]:
    return tally_by(score, lambda line: line.type)


def _pick(score: Score, name: str) -> Sequence[Line | Meeting]:
    if name == "wrong":
        return score.wrong
    return score.misses if name == "misses" else (*score.false, *score.alarms)


def _format_rate(name: str, rate: Rate) -> str:
    cells = f"{_share(rate.precision):>9} {_share(rate.recall):>7} {_share(rate.f1):>5}"
    return f"{name:10}  {cells}   {_describe_counts(rate)}"


def _describe_counts(rate: Rate) -> str:
    return f"{rate.hits} of {rate.wanted}, {rate.predicted} predicted"


def _summarize_rate(rate: Rate) -> dict[str, float | None]:
    return {"precision": rate.precision, "recall": rate.recall, "f1": rate.f1}


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _describe(one: Line | Meeting) -> str:
    return _describe_meeting(one) if isinstance(one, Meeting) else _describe_line(one)


def _describe_meeting(meeting: Meeting) -> str:
    off = [key for key in meeting.agreed if not meeting.agreed[key]]
    got = {key: getattr(meeting.claim, key) for key in off}
    return f"{_describe_line(meeting.gold)}\n    got {got or meeting.claim.modality}"


def _describe_line(line: Line) -> str:
    amount = f" {line.quantity[0]:g} {line.quantity[1]}" if line.quantity else ""
    said = f" by {line.claimant}" if line.claimant else ""
    firmness = f"{line.modality}{' denied' if line.polarity == 'denied' else ''}"
    head = f"{line.doc}:{line.span[0]}  {line.subject} {line.predicate} {line.object or '-'}{amount}{said} ({firmness})"
    return f"{head}\n    {' '.join(line.sentence.split())[:200]}"
