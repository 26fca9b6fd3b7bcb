"""What people judged of an article's readings, as an annotated document that `learn` takes."""

from collections.abc import Mapping
from pathlib import Path

from graph.grades import is_weak
from graph.readers import is_by_hand
from graph.records import Claim, ClaimId, Extraction
from ingest.learning.told import format_annotation

_NOTE = "judged by people where a claim is not weak; what they said nothing of is as it was read"


def write_judged(stored: Extraction, verdicts: Mapping[ClaimId, Claim | None], folder: Path) -> None:
    """Writes NAME.txt and NAME.ann of an article, NAME its id.

    verdicts  of the claims that people judged: as they should be, None where none should be there. What nobody judged
              counts as what not every careful reader would list, so that nothing is taught of it; weak claims are out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = (claim for claim in stored.claims if not is_by_hand(claim))  # verdicts have those
    read = [claim for claim in found if claim.id in verdicts or not is_weak(claim)]
    claims = [one for claim in read if (one := verdicts.get(claim.id, claim)) is not None]
    weak = frozenset(claim.id for claim in read if claim.id not in verdicts)
    (folder / f"{stored.article.id}.txt").write_text(stored.article.text, "utf-8", newline="")
    annotation = format_annotation(stored, claims, weak, "judged", _NOTE)
    (folder / f"{stored.article.id}.ann").write_text(annotation, "utf-8")
