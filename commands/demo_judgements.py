"""What the demo's readers put right: judgements that ship beside its pages, found by words of their sentences."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from graph.judging.making import make_judgement
from graph.records import Claim, Judgement, JudgementKind, Misreading, Quantity
from graph.store import ClaimQuery, GraphStore

FILE = "judgements.tsv"
_WHO = "the demo"
_ALL = 1_000


class Correction(NamedTuple):
    """A row: a piece of the sentence, what was read of it by names, and what is wrong with that.

    object  a name, or a number as the program keeps it; empty: none is asked for
    """

    sentence: str
    predicate: str
    subject: str
    object: str
    reason: str
    why: str

    def fits(self, claim: Claim) -> bool:
        return (
            self.sentence in claim.text
            and (claim.predicate, claim.subject.name) == (self.predicate, self.subject)
            and self.object in ("", claim.object.name if claim.object else "", _write(claim.quantity))
        )


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The rows of a demo's folder, in order. OSError when the file is not there."""
    with (folder / FILE).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Correction(*row) for row in list(rows)[1:])


def iter_judgements(store: GraphStore, corrections: Sequence[Correction], now: datetime) -> Iterator[Judgement]:
    """A judgement for each row whose claims are there; another reader may not have read them."""
    claims = store.find_claims(ClaimQuery(), _ALL).claims
    for row in corrections:
        found = sorted(claim.id for claim in claims if row.fits(claim))
        if found:
            yield make_judgement(
                JudgementKind.MISREAD, (), _WHO, now, row.why, claims=found, reason=Misreading(row.reason)
            )


def _write(quantity: Quantity | None) -> str:
    return f"{quantity.value:g}" if quantity else ""
