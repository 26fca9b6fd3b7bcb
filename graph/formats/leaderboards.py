"""A leaderboard that a user loads, as an article whose rows are its lines and claims of who runs it.

    model    the only column that must be there
    rank     place, 1 the best          score  points (also `arena_score`, `elo`, `rating`)
    votes, organization, license and any other column stay in the row as text

Columns are separated by commas or tabs; the first row names them.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from graph.errors import ParseError
from graph.ids import make_article_id, make_claim_id, make_entity_id, make_source_id
from graph.readers import BOARDS
from graph.records import (
    Article,
    Claim,
    Claimant,
    ClaimType,
    Entity,
    EntityId,
    EntityType,
    Extraction,
    Mention,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    Quantity,
    Source,
    SourceKind,
)

_CUE = "leaderboard"
_SCORES = ("score", "arena_score", "elo", "rating", "points")


@dataclass(frozen=True, slots=True)
class Board:
    """What a file of results is: the benchmark, who runs it, where it is kept and the day it was taken."""

    benchmark: Entity
    by: Entity
    url: str
    day: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file and what it says; the span is that of the line in the article's text."""

    model: str
    rank: float | None
    score: float | None
    span: tuple[int, int]


def read_leaderboard(text: str, name: str) -> tuple[str, tuple[Row, ...]]:
    """The text as an article keeps it, and its rows. ParseError when it has no column `model`, or a number is none."""
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines:
        raise ParseError(f"{name}: empty; a leaderboard has a row of column names and a row a model", subject=name)
    delimiter = "\t" if "\t" in lines[0] else ","
    columns = [column.strip().lower() for column in next(csv.reader(lines[:1], delimiter=delimiter))]
    if "model" not in columns:
        raise ParseError(f"{name}: no column `model` in its first row", subject=name)
    if not {"rank", *_SCORES}.intersection(columns):
        raise ParseError(f"{name}: neither a column `rank` nor `score` in its first row", subject=name)
    return "\n".join(lines), tuple(_iter_rows(lines, columns, delimiter, name))


def make_board_extraction(
    board: Board, text: str, rows: tuple[Row, ...], find_model: Callable[[str], Entity | None]
) -> Extraction:
    """The article of the board with two claims a row at the most: its rank and its score, as said by who runs it.

    find_model  a model that is known by exactly this spelling; another becomes a new entity
    """
    source = Source(make_source_id(board.url), board.by.name, board.url, SourceKind.AGGREGATOR)
    url = f"https://{board.url}/#{make_entity_id(board.benchmark.name)}-{board.day:%Y-%m-%d}"
    title = f"{board.benchmark.name}, {board.day:%Y-%m-%d}"
    id = make_article_id(url, text)
    article = Article(id, url, source, title, text, "en", board.day, board.day)
    entities: dict[EntityId, Entity] = {entity.id: entity for entity in (board.benchmark, board.by)}
    mentions: list[Mention] = []
    claims: list[Claim] = []
    for row in rows:
        model = find_model(row.model) or Entity(make_entity_id(row.model), row.model, EntityType.MODEL)
        entities.setdefault(model.id, model)
        start = row.span[0] + text[slice(*row.span)].index(row.model)
        mentions.append(Mention(model.id, (start, start + len(row.model)), row.model))
        claims += _make_claims(article, board, row, Party(model.name, model.id))
    return Extraction(article, tuple(entities.values()), tuple(mentions), tuple(claims))


def _iter_rows(lines: list[str], columns: list[str], delimiter: str, name: str) -> Iterator[Row]:
    start = len(lines[0]) + 1
    score = next((column for column in _SCORES if column in columns), None)
    for number, line in enumerate(lines[1:], 2):
        cells = next(csv.reader([line], delimiter=delimiter))
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        span = (start, start + len(line))
        start += len(line) + 1
        if row.get("model") and row["model"] in line:
            place = f"{name}, line {number}"
            yield Row(row["model"], _read(row.get("rank"), place), _read(row.get(score or ""), place), span)


def _read(cell: str | None, place: str) -> float | None:
    if not cell or cell in ("-", "N/A"):
        return None
    try:
        return float(cell.replace(",", ""))
    except ValueError as error:
        raise ParseError(f"{place}: {cell} is no number", subject=place) from error


def _make_claims(article: Article, board: Board, row: Row, model: Party) -> Iterator[Claim]:
    benchmark = Party(board.benchmark.name, board.benchmark.id)
    numbers = ((Predicate.RANKS, row.rank, "rank", "rank"), (Predicate.SCORES, row.score, "score", "points"))
    for predicate, value, measure, unit in numbers:
        if value is None:
            continue
        quantity = Quantity(measure, value, unit, text=f"{value:g}")
        id = make_claim_id(article.id, row.span, predicate, model, benchmark, quantity, benchmark, Polarity.AFFIRMED)
        yield Claim(
            id,
            article.id,
            row.span,
            article.text[slice(*row.span)],
            article.lang,
            ClaimType.BENCHMARK,
            predicate,
            model,
            benchmark,
            quantity,
            benchmark,
            (Claimant(Party(board.by.name, board.by.id), _CUE),),
            Modality.ASSERTED,
            Polarity.AFFIRMED,
            PartialDate(f"{board.day:%Y-%m-%d}"),
            article.published_at,
            reader=BOARDS,
        )
