"""Tables of results: each cell under a benchmark is a score of the model its row names, or the other way round."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.records import ClaimType, EntityType, Party, Predicate, Quantity
from ingest.nlp.document import Sentence, Zone
from ingest.nlp.en.clauses import Clause
from ingest.nlp.en.matching import Match
from ingest.nlp.frames import Amounts, Frame, Slot

_ANY = Slot(frozenset(), ())
_SCORE = Frame(
    name="table-score",
    type=ClaimType.BENCHMARK,
    predicate=Predicate.SCORES,
    triggers=(),
    subject=_ANY,
    object=_ANY,
    quantity=Amounts(frozenset({"%", "points"}), "score"),
)
_PERFORMERS = frozenset({EntityType.MODEL, EntityType.PRODUCT})
_NUMBER = re.compile(r"\*{0,2}(?P<value>\d{1,4}(?:\.\d+)?) ?(?P<percent>%)?\*{0,2}")
# A cell that names no known model may still be the name of one: "Tern 2 72B".
_MODEL_LIKE = re.compile(r"\*{0,2}(?P<name>[A-Z][\w.-]*(?: [\w.()-]+){0,4})\*{0,2}")


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    party: Party | None
    kind: EntityType | None


@dataclass(slots=True)
class Rows:
    """Follows the rows of a story's tables; sentences are shown to it in order."""

    _heads: list[_Cell] = field(default_factory=list)
    _paragraph: int = -9

    def read(self, sentence: Sentence) -> Iterator[Match]:
        """The scores in a row; none in the first row of a table, which heads its columns."""
        if sentence.zone is not Zone.TABLE:
            return
        cells = list(_cut_cells(sentence))
        near = sentence.paragraph - self._paragraph <= 2
        self._paragraph = sentence.paragraph
        if not near:
            self._heads = cells
        elif len(cells) == len(self._heads):
            yield from self._pair(cells, sentence)

    def _pair(self, cells: list[_Cell], sentence: Sentence) -> Iterator[Match]:
        clause = Clause(sentence.doc[0], False, (), ())
        for head, cell in zip(self._heads[1:], cells[1:], strict=True):
            model, benchmark = (cells[0], head) if head.kind is EntityType.BENCHMARK else (head, cells[0])
            amount = _NUMBER.fullmatch(cell.text)
            if amount is None or benchmark.kind is not EntityType.BENCHMARK:
                continue
            performer = _find_performer(model)
            if performer:
                unit = "%" if amount["percent"] else "points"
                quantity = Quantity("score", float(amount["value"]), unit, text=amount.group())
                yield Match(_SCORE, clause, performer, benchmark.party, quantity, benchmark.party)


def _find_performer(cell: _Cell) -> Party | None:
    if cell.kind in _PERFORMERS:
        return cell.party
    match = _MODEL_LIKE.fullmatch(cell.text)
    return Party(match["name"]) if match and cell.kind is None and re.search(r"\d", cell.text) else None


def _cut_cells(sentence: Sentence) -> Iterator[_Cell]:
    start = sentence.span[0]
    for match in re.finditer(r"[^|]+", sentence.text.strip().strip("|")):
        offset = sentence.text.find(match.group())
        own = [n for n in sentence.names if offset <= n.span[0] - start < offset + len(match.group())]
        name = max(own, key=lambda n: len(n.text), default=None)
        party = Party(name.entity.name, name.entity.id) if name else None
        yield _Cell(match.group().strip(), party, name.entity.type if name else None)
