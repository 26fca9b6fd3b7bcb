"""Fits the reader's weights to rows of windows: `python fit.py FOLDER OUT --sets train,own --steps 4000`.

Needs torch and numpy and the folder alone: SET.jsonl with rows, word.npy, pos.npy, typ.npy with the frozen embeddings,
shape.json with the closed lists. Starts from the weights of `--start FILE`; writes OUT every few minutes, and OUT.log.
"""

import argparse
import json
import math
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.multiprocessing
from torch import Tensor, nn
from torch import distributed as dist
from torch.nn import functional as F  # noqa: N812 - as everybody calls it

Row = dict[str, Any]
Group = tuple[int, int, int, list[Row]]  # window, unit of the batch, predicate, its claims

WIDE, LAYERS, INNER, EARS = 384, 12, 1536, 12
MARKED_AT = 7  # the layer before which pieces are told what they are
DOUBTED = -4.0  # what is less likely teaches nothing
AGAIN, REACH = 2, 64  # so many of the last layers read a sentence once more for a predicate, with so much before it
SPAN, LONGEST = 32, 24
PART, ASKED, LABEL, PAIR = 256, 512, 128, 64
STEPS = 15  # how far a candidate stands from the words that state the predicate: doubling steps to either side
ROLES = ("subject", "object", "amount", "speaker", "outer", "benchmark", "day")
PAIRS = (("subject", "object"), ("subject", "amount"), ("object", "amount"))
ARGUMENT, AMOUNT, NOTHING, DAY = range(4)
UNKNOWN = 3  # the piece that stands for what is none; those before it are no words


class Layer(nn.Module):
    """One layer of the encoder, as BERT has it."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.ao = nn.Linear(WIDE, 3 * WIDE), nn.Linear(WIDE, WIDE)
        self.aln, self.oln = nn.LayerNorm(WIDE, 1e-12), nn.LayerNorm(WIDE, 1e-12)
        self.fi, self.fo = nn.Linear(WIDE, INNER), nn.Linear(INNER, WIDE)
        self.drop = nn.Dropout(0.0)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        many, long, _ = x.shape
        q, k, v = self.qkv(x).view(many, long, 3, EARS, WIDE // EARS).permute(2, 0, 3, 1, 4)
        # Written out: on a processor the gradient of the fused attention costs four times as much.
        look = (q @ k.transpose(-1, -2) * (WIDE // EARS) ** -0.5).masked_fill(~mask, -1e4).softmax(-1)
        heard = look.to(v.dtype) @ v
        x = self.aln(x + self.drop(self.ao(heard.transpose(1, 2).reshape(many, long, WIDE))))
        return self.oln(x + self.drop(self.fo(F.gelu(self.fi(x)))))


class Encoder(nn.Module):
    """Embedded pieces and their marks in, [many, long, WIDE] out."""

    def __init__(self, pos: Tensor, typ: Tensor) -> None:
        super().__init__()
        self.pos, self.typ = nn.Parameter(pos, requires_grad=False), nn.Parameter(typ, requires_grad=False)
        self.frozen = 0  # so many of the lowest layers stay as they are
        self.ln = nn.LayerNorm(WIDE, 1e-12)
        self.low = nn.ModuleList(Layer() for _ in range(MARKED_AT))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS - MARKED_AT))
        self.mark = nn.Embedding(4, WIDE)
        nn.init.normal_(self.mark.weight, std=0.02)

    def forward(self, words: Tensor, marks: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """The pieces as the last layer has them, and as they come to the last layers but `AGAIN`."""
        seen = mask[:, None, None, :]
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.frozen):
            x = self.ln(words + self.pos[None, : words.shape[1]] + self.typ)
            for layer in self.low[: self.frozen]:
                x = layer(x, seen)
        for layer in self.low[self.frozen :]:
            x = layer(x, seen)
        x = x + self.mark(marks)
        for layer in self.layers[:-AGAIN]:
            x = layer(x, seen)
        below = x
        for layer in self.layers[-AGAIN:]:
            x = layer(x, seen)
        return x, below


class Reader(nn.Module):
    """The encoder and its heads."""

    def __init__(self, pos: Tensor, typ: Tensor, shape: dict[str, list[str]]) -> None:
        super().__init__()
        predicates, kinds = len(shape["predicates"]), 1 + len(shape["kinds"])
        self.encoder = Encoder(pos, typ)
        self.again = nn.ModuleList(Layer() for _ in range(AGAIN))
        self.told, self.lit = nn.Embedding(predicates, WIDE), nn.Parameter(torch.zeros(WIDE))
        nn.init.zeros_(self.told.weight)
        self.kinds = kinds
        self.sp = nn.Linear(WIDE, kinds * 2 * SPAN)
        self.lb, self.spb = nn.Parameter(torch.zeros(kinds, LONGEST)), nn.Parameter(torch.full((kinds,), -3.0))
        self.rs, self.re, self.kind = nn.Linear(WIDE, PART), nn.Linear(WIDE, PART, bias=False), nn.Embedding(4, PART)
        self.pp = nn.Sequential(nn.Linear(3 * WIDE, 512), nn.GELU(), nn.Dropout(0.3), nn.Linear(512, predicates))
        self.lk, self.lq = nn.Linear(WIDE, LABEL), nn.Parameter(torch.randn(predicates, LABEL) * 0.1)
        self.lv = nn.Parameter(torch.zeros(predicates, WIDE))
        self.pe = nn.Embedding(predicates, PART)
        self.q = nn.Linear(3 * WIDE + PART, ASKED)
        self.qz = nn.Linear(WIDE, ASKED, bias=False)
        nn.init.zeros_(self.qz.weight)
        self.roles = nn.ModuleList(nn.Linear(ASKED, PART) for _ in ROLES)
        self.rk = nn.ModuleList(nn.Linear(PART, PART) for _ in ROLES)
        self.rb, self.none = nn.Parameter(torch.zeros(len(ROLES), 5)), nn.Parameter(torch.zeros(len(ROLES), PART))
        self.rkind = nn.Parameter(torch.zeros(len(ROLES), 4))
        self.rt = nn.Linear(ASKED, len(ROLES) * STEPS)
        nn.init.zeros_(self.rt.weight)
        nn.init.zeros_(self.rt.bias)
        self.pl = nn.ModuleList(nn.Linear(PART, PAIR) for _ in PAIRS)
        self.pr = nn.ModuleList(nn.Linear(PART, PAIR) for _ in PAIRS)
        self.pb = nn.Parameter(torch.zeros(len(PAIRS)))
        self.md = nn.Linear(ASKED, len(shape["modalities"]))
        self.den, self.core, self.holds = (nn.Linear(ASKED, 1) for _ in range(3))
        self.me, self.mr = nn.Linear(ASKED, len(shape["measures"])), nn.Linear(PART, len(shape["measures"]), bias=False)
        self.fq, self.fk, self.fn = nn.Linear(PART, PART), nn.Linear(PART, PART), nn.Parameter(torch.zeros(PART))
        self.dr, self.dq = nn.Dropout(0.1), nn.Dropout(0.1)

    def find_spans(self, x: Tensor, mask: Tensor) -> Tensor:
        """[many, kinds, long, LONGEST]: does a span of a kind begin here and end so many pieces further."""
        many, long, _ = x.shape
        y = self.sp(x).view(many, long, self.kinds, 2, SPAN)
        z = torch.einsum("bicd,bjcd->bcij", y[..., 0, :], y[..., 1, :])
        ends = torch.arange(long)[:, None] + torch.arange(LONGEST)
        inside = (ends < long) & mask[:, :, None] & mask[:, ends.clamp(max=long - 1)]
        z = z.gather(3, ends.clamp(max=long - 1).expand(many, self.kinds, -1, -1)) / SPAN**0.5
        return (z + self.spb[:, None, None] + self.lb[:, None]).masked_fill(~inside[:, None], -1e4)

    def state(self, x: Tensor, units: Sequence[tuple[int, int, int]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What sentences state: logits [S, P], what each label looks at [S, P, WIDE], how [S, P, T], sums."""
        longest = max(end - begin + 1 for _, begin, end in units)
        at = torch.zeros(len(units), longest, dtype=torch.long)
        there = torch.zeros(len(units), longest, dtype=torch.bool)
        for n, (_, begin, end) in enumerate(units):
            at[n, : end - begin + 1] = torch.arange(begin, end + 1)
            there[n, : end - begin + 1] = True
        row = torch.tensor([b for b, _, _ in units])
        flat, long = x.reshape(-1, WIDE), x.shape[1]
        t = take(flat, row[:, None] * long + at)
        last = take(flat, row * long + torch.tensor([end for _, _, end in units]))
        mean = (t * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        peak = t.masked_fill(~there[..., None], -1e4).amax(1)
        sums = torch.cat([last, mean, peak], -1)
        look = torch.einsum("std,pd->spt", self.lk(t), self.lq) / LABEL**0.5
        look = look.masked_fill(~there[:, None], -1e4).softmax(-1)
        z = look @ t
        return self.pp(sums) + (z * self.lv).sum(-1), z, look, sums

    def ask(self, sums: Tensor, z: Tensor, predicates: Tensor) -> Tensor:
        """The query of a predicate in a sentence: [G, ASKED]."""
        return self.dq(F.gelu(self.q(torch.cat([sums, self.pe(predicates)], -1)) + self.qz(z)))

    def read_again(self, x: Tensor, below: Tensor, look: Tensor, asked: "Asked") -> "Heard":
        """Sentences once more, told which predicate is asked of them and, by `look` [G, T], where it is stated."""
        long = x.shape[1]
        first = (asked.begin - REACH).clamp(0)
        at = first[:, None] + torch.arange(int((asked.end - first).max()) + 1)
        there = at <= asked.end[:, None]
        own = there & (at >= asked.begin[:, None])
        stated = look.gather(1, (at - asked.begin[:, None]).clamp(0, look.shape[1] - 1)) * own
        with torch.autocast("cpu", dtype=torch.bfloat16):
            y = take(below.reshape(-1, WIDE), asked.row[:, None] * long + at.clamp(max=long - 1))
            y = y + own[..., None] * self.told(asked.predicate)[:, None] + stated[..., None] * self.lit
            for layer in self.again:
                y = layer(y, there[:, None, None, :])
        y = self.dr(y.float())
        last = y[torch.arange(len(y)), asked.end - first]
        mean = (y * own[..., None]).sum(1) / own.sum(1, keepdim=True)
        peak = y.masked_fill(~own[..., None], -1e4).amax(1)
        h = self.ask(torch.cat([last, mean, peak], -1), (stated[:, None] @ y)[:, 0], asked.predicate)
        flat = torch.cat([x.reshape(-1, WIDE), y.reshape(-1, WIDE)])
        return Heard(h, flat, asked.row * long, first, asked.end, len(x) * long, y.shape[1])

    def describe(self, flat: Tensor, begin: Tensor, end: Tensor, kind: Tensor) -> Tensor:
        """Candidates [..., K], by the rows of `flat` that they begin and end at, as [..., K, PART]."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return F.gelu(self.rs(take(flat, begin)) + self.re(take(flat, end)) + self.kind(kind)).float()

    def point(self, n: int, h: Tensor, r: Tensor, far: Tensor, kind: Tensor, step: Tensor) -> Tensor:
        """[G, K]: how well each candidate of its window fills a role; r [G, K, PART]."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            keys = self.rk[n](r)
        match = (keys.float() @ self.roles[n](h)[..., None])[..., 0] / PART**0.5
        placed = self.rt(h)[:, n * STEPS : (n + 1) * STEPS].gather(1, step)
        return match + self.rb[n][far] + self.rkind[n][kind] + placed

    def point_nowhere(self, n: int, h: Tensor) -> Tensor:
        return (self.roles[n](h) @ self.none[n])[:, None] / PART**0.5

    def pair(self, n: int, left: Tensor, right: Tensor) -> Tensor:
        """Logits that two parties of one predicate belong together: [..., L, R]."""
        return self.pl[n](left) @ self.pr[n](right).transpose(-1, -2) / PAIR**0.5 + self.pb[n]

    def refer(self, r: Tensor) -> Tensor:
        """[B, K, K + 1]: which candidate of its window each stands for; last: none."""
        none = self.fn.expand(len(r), 1, -1)
        return self.fq(r) @ torch.cat([self.fk(r), none], 1).transpose(-1, -2) / PART**0.5


def take(flat: Tensor, index: Tensor) -> Tensor:
    """Rows by number, in the shape of the numbers: its gradient adds up fast, that of plain indexing does not."""
    return flat.index_select(0, index.reshape(-1)).reshape(*index.shape, -1)


def count_steps(begin: Tensor, end: Tensor, at: Tensor) -> Tensor:
    """How far candidates stand from a piece, in doubling steps: 0 far before, 7 there, 14 far behind."""
    off = torch.where(end < at, end - at, torch.where(begin > at, begin - at, torch.zeros_like(begin)))
    return (off.sign() * (off.abs().float() + 1).log2().round()).clamp(-7, 7).long() + 7


@dataclass(frozen=True, slots=True)
class Asked:
    """Predicates asked of sentences: the window, the predicate, the sentence's first piece and its `</s>`, each [G]."""

    row: Tensor
    predicate: Tensor
    begin: Tensor
    end: Tensor


@dataclass(frozen=True, slots=True)
class Heard:
    """What was read again: queries [G, ASKED]; `flat` holds the pieces of all windows, then those read again."""

    h: Tensor
    flat: Tensor
    row: Tensor
    first: Tensor
    end: Tensor
    behind: int
    across: int

    def cut(self, count: int) -> "Heard":
        """The first so many."""
        return replace(self, h=self.h[:count], row=self.row[:count], first=self.first[:count], end=self.end[:count])

    def place(self, piece: Tensor) -> Tensor:
        """Pieces [G, K] of a window as rows of `flat`: as read again where they were."""
        again = (piece >= self.first[:, None]) & (piece <= self.end[:, None])
        there = self.behind + torch.arange(len(piece))[:, None] * self.across + piece - self.first[:, None]
        return torch.where(again, there, self.row[:, None] + piece)


def match_loss(z: Tensor, sure: Tensor, may: Tensor) -> Tensor:
    """Sum over rows of log(1 + Σ e^wrong) + log(1 + Σ e^-right): many may be right, nought is the line between."""
    wrong = z.masked_fill(sure | ~may, -1e4)
    right = (-z).masked_fill(~sure, -1e4)
    nought = torch.zeros_like(z[..., :1])
    return torch.logsumexp(torch.cat([nought, wrong], -1), -1) + torch.logsumexp(torch.cat([nought, right], -1), -1)


class Swapper:
    """Puts other names of the same type and language in a row, so that what is learned is not who but what is said."""

    def __init__(self, rows: Sequence[Row], share: float) -> None:
        self._share = share
        pool: dict[tuple[str, int], set[tuple[int, ...]]] = {}
        for row in rows:
            for kind, a, b in row["names"]:
                pool.setdefault((row["lang"], kind), set()).add(tuple(row["ids"][a : b + 1]))
        self._pool = {key: sorted(names) for key, names in pool.items()}

    def swap(self, row: Row, chance: random.Random) -> Row:
        """The row with some of its names changed, or as it is."""
        if not row["names"] or chance.random() > self._share:
            return row
        edges = [place for places in iter_places(row) for place in places]
        chosen: dict[tuple[int, ...], tuple[int, ...]] = {}
        cuts: list[tuple[int, int, tuple[int, ...]]] = []
        for kind, a, b in sorted(row["names"], key=lambda name: name[1]):
            old = tuple(row["ids"][a : b + 1])
            if old not in chosen:
                chosen[old] = chance.choice(self._pool[row["lang"], kind]) if chance.random() < 0.6 else old
            whole = all((s <= a or s > b) and (e >= b or e < a) for s, e in edges)
            if chosen[old] != old and whole and (not cuts or cuts[-1][1] < a):
                cuts.append((a, b, chosen[old]))
        return cut(row, cuts) if cuts else row


def iter_places(row: Row) -> Iterator[list[tuple[int, int]]]:
    """All spans of a row, those of its claims too."""
    yield [(a, b) for _, a, b in row["names"]]
    yield [(a, b) for a, b in (*row["amounts"], *row["days"])]
    for claim in row["claims"]:
        yield [tuple(claim[key]) for key in ("s", "o", "q", "b", "day", "by") if claim[key]]
        yield [tuple(place) for place in claim["spk"]]
        yield [tuple(place) for words, before in claim["refs"] for place in (words, *before)]


def cut(row: Row, cuts: Sequence[tuple[int, int, tuple[int, ...]]]) -> Row:
    """The row with stretches of pieces replaced, and every span moved along."""
    ids: list[int] = []
    marks: list[int] = []
    start, end = [0] * len(row["ids"]), [0] * len(row["ids"])
    at = 0
    for a, b, new in (*cuts, (len(row["ids"]), len(row["ids"]), ())):
        for i in range(at, a):
            start[i] = end[i] = len(ids)
            ids.append(row["ids"][i])
            marks.append(row["marks"][i])
        if a < len(row["ids"]):
            for i in range(a, b + 1):
                start[i], end[i] = len(ids), len(ids) + len(new) - 1
            ids += new
            marks += [row["marks"][a]] * len(new)
        at = b + 1

    def move(place: Any) -> Any:
        return [start[place[0]], end[place[1]]] if place else place

    claims = [
        claim
        | {key: move(claim[key]) for key in ("s", "o", "q", "b", "day", "by")}
        | {"spk": [move(p) for p in claim["spk"]]}
        | {"refs": [[move(words), [move(p) for p in before]] for words, before in claim["refs"]]}
        for claim in row["claims"]
    ]
    return row | {
        "ids": ids,
        "marks": marks,
        "units": [[k, start[a] if a < len(start) else a, start[b], read] for k, a, b, read in row["units"]],
        "amounts": [move(p) for p in row["amounts"]],
        "days": [move(p) for p in row["days"]],
        "names": [[kind, *move((a, b))] for kind, a, b in row["names"]],
        "claims": claims,
    }


class Batch:
    """Rows padded to one length, with their candidates once spans were found."""

    def __init__(self, rows: Sequence[Row], word: Tensor, blank: float = 0.0) -> None:
        self.rows = rows
        long = max(len(row["ids"]) for row in rows)
        ids, marks = torch.ones(len(rows), long, dtype=torch.long), torch.zeros(len(rows), long, dtype=torch.long)
        for n, row in enumerate(rows):
            ids[n, : len(row["ids"])] = torch.tensor(row["ids"])
            marks[n, : len(row["ids"])] = torch.tensor(row["marks"])
        ids[(torch.rand(ids.shape) < blank) & (ids > UNKNOWN)] = UNKNOWN
        self.marks = marks
        self.mask = torch.zeros(len(rows), long, dtype=torch.bool)
        for n, row in enumerate(rows):
            self.mask[n, : len(row["ids"])] = True
        self.words = word[ids].float()
        self.units = [(n, u[1], u[2]) for n, row in enumerate(rows) for u in row["units"] if u[3]]
        self.unit_of = {
            (n, k): s
            for s, (n, k) in enumerate((n, k) for n, row in enumerate(rows) for k, u in enumerate(row["units"]) if u[3])
        }

    def gold_spans(self, kinds: int, long: int) -> Tensor:
        sure = torch.zeros(len(self.rows), kinds, long * LONGEST, dtype=torch.bool)
        for n, row in enumerate(self.rows):
            for kind, a, b in [*((1 + k, a, b) for k, a, b in row["names"]), *((0, a, b) for a, b in arguments(row))]:
                if b - a < LONGEST:
                    sure[n, kind, a * LONGEST + b - a] = True
        return sure


def arguments(row: Row) -> set[tuple[int, int]]:
    found = set()
    for claim in row["claims"]:
        for place in (claim["s"], claim["o"], claim["b"], *claim["spk"], *(r[0] for r in claim["refs"])):
            if place:
                found.add(tuple(place))
    return found


def candidates(row: Row, extra: Sequence[tuple[int, int]], gold: bool) -> list[tuple[int, int, int, int]]:
    """(begin, end, kind, unit) of what may fill a role: `</s>` of each sentence, amounts, days, names, spans found."""
    kinds: dict[tuple[int, int], int] = {}
    for _, _, end, _ in row["units"]:
        kinds[end, end] = NOTHING
    for kind, places in ((AMOUNT, row["amounts"]), (DAY, row["days"])):
        for a, b in places:
            kinds.setdefault((a, b), kind)
    if gold:
        for place in [*arguments(row), *((a, b) for _, a, b in row["names"])]:
            kinds.setdefault(place, ARGUMENT)
        for claim in row["claims"]:
            for _, before in claim["refs"]:
                for place in before:
                    kinds.setdefault(tuple(place), ARGUMENT)
    for place in extra:
        kinds.setdefault(place, ARGUMENT)
    ends = [unit[2] for unit in row["units"]]
    return [(a, b, kind, int(np.searchsorted(ends, a))) for (a, b), kind in sorted(kinds.items())]


def group(row: Row) -> dict[tuple[int, int], list[Row]]:
    found: dict[tuple[int, int], list[Row]] = {}
    for claim in row["claims"]:
        found.setdefault((claim["k"], claim["p"]), []).append(claim)
    return found


def measure_loss(model: Reader, batch: Batch, rows: Sequence[Row], weight: Sequence[float]) -> dict[str, Tensor]:
    """The parts of the loss of a batch, each a sum over windows by their weights, for one window."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x, below = model.encoder(batch.words, batch.marks, batch.mask)
    x = model.dr(x.float())
    many, long = batch.mask.shape
    w = torch.tensor(weight)
    spans = model.find_spans(x, batch.mask)
    flat = spans.reshape(many, model.kinds, -1)
    span_loss = (match_loss(flat, batch.gold_spans(model.kinds, long), flat > -9e3).sum(1) * w).sum()
    stated = model.state(x, batch.units)
    logits = stated[0]
    wanted, heavy = torch.zeros_like(logits), torch.ones_like(logits)
    groups: list[Group] = []
    for n, row in enumerate(rows):
        for (k, p), claims in group(row).items():
            s = batch.unit_of[n, k]
            wanted[s, p] = 1
            core = any(claim["core"] for claim in claims)
            heavy[s, p] = 1.0 if core else 0.3
            groups.append((n, s, p, claims))
    heavy = heavy * w[torch.tensor([n for n, _, _ in batch.units])][:, None]
    losses = {
        "spans": span_loss,
        "predicates": (F.binary_cross_entropy_with_logits(logits, wanted, reduction="none") * heavy).sum(),
    }
    if groups:
        doubted = pick_doubted(batch, logits, wanted, len(groups))
        losses |= role_losses(model, batch, (x, below), spans, stated, groups, doubted, w)
    return losses


def pick_doubted(batch: Batch, logits: Tensor, wanted: Tensor, most: int) -> list[Group]:
    """The likeliest of what no sentence states."""
    value, at = logits.detach().masked_fill(wanted > 0, -99).flatten().topk(most)
    places = [divmod(i, logits.shape[1]) for v, i in zip(value.tolist(), at.tolist(), strict=True) if v > DOUBTED]
    return [(batch.units[s][0], s, p, []) for s, p in places]


@dataclass(frozen=True, slots=True)
class Field:
    """What may fill roles in the windows of a batch, padded to [B, K]; lists and index by window, unpadded."""

    lists: list[list[tuple[int, int, int, int]]]
    index: list[dict[tuple[int, int], int]]
    begin: Tensor
    end: Tensor
    kind: Tensor
    unit: Tensor
    there: Tensor


def lay_out(rows: Sequence[Row], spans: Tensor) -> Field:
    """All that is right, and of what the model takes for an argument the likeliest, right or wrong."""
    value, place = torch.topk(spans[:, 0].detach().reshape(len(rows), -1), 14)
    extra = [
        [(int(i) // LONGEST, int(i) // LONGEST + int(i) % LONGEST) for v, i in zip(vs, ps, strict=True) if v > -2.5]
        for vs, ps in zip(value.tolist(), place.tolist(), strict=True)
    ]
    lists = [candidates(row, extra[n], gold=True) for n, row in enumerate(rows)]
    padded = torch.zeros(4, len(rows), max(map(len, lists)), dtype=torch.long)
    there = torch.zeros(padded.shape[1:], dtype=torch.bool)
    for n, found in enumerate(lists):
        padded[:, n, : len(found)] = torch.tensor(found).T
        there[n, : len(found)] = True
    index = [{(a, b): i for i, (a, b, _, _) in enumerate(found)} for found in lists]
    begin, end, kind, unit = padded
    return Field(lists, index, begin, end, kind, unit, there)


def pick_first(claims: Sequence[Row]) -> Row:
    """The claim that speaks for all of one predicate where a head can say one thing only."""
    return next((claim for claim in claims if claim["core"]), claims[0])


def role_losses(
    model: Reader,
    batch: Batch,
    read: tuple[Tensor, Tensor],
    spans: Tensor,
    stated: tuple[Tensor, ...],
    groups: Sequence[Group],
    doubted: Sequence[Group],
    w: Tensor,
) -> dict[str, Tensor]:
    """What roles, firmness and words cost; `stated` is what `Reader.state` told of the units, of which `doubted` holds
    what it took for likely and is not so.
    """
    look = stated[2]
    field = lay_out(batch.rows, spans)
    asked, s_of = ask_groups(batch, [*groups, *doubted])
    seen = look[s_of, asked.predicate]
    heard = model.read_again(*read, seen, asked)
    holds = model.holds(heard.h)[:, 0]
    count = len(groups)
    heard, row_of, seen = heard.cut(count), asked.row[:count], seen[:count]
    h = heard.h
    kind, there = field.kind[row_of], field.there[row_of]
    begin, end = field.begin[row_of], field.end[row_of]
    r = model.describe(heard.flat, heard.place(begin), heard.place(end), kind)
    core = torch.tensor([float(any(c["core"] for c in claims)) for _, _, _, claims in groups])
    heavy = w[row_of] * torch.where(core > 0, 1.0, 0.3)
    own = torch.tensor([claims[0]["k"] for _, _, _, claims in groups])
    far = (field.unit[row_of] - own[:, None]).clamp(-3, 1) + 3
    nothing = there & (kind == NOTHING) & (field.unit[row_of] == own[:, None])
    step = count_steps(begin, end, (asked.begin[:count] + seen.argmax(-1))[:, None])
    score = [model.point(i, h, r, far, kind, step) for i in range(len(ROLES))]
    sure, known, pointed, told = mark(batch.rows, field, groups)
    losses = {}
    for role, kinds in ((0, ARGUMENT), (1, ARGUMENT), (2, AMOUNT)):
        lost = match_loss(score[role], sure[role], there & (kind == kinds) | nothing) * known[role]
        losses[ROLES[role]] = (lost * heavy).sum()
    for n, role in enumerate((3, 4, 5, 6)):
        may = there & (kind == (DAY if role == 6 else ARGUMENT))
        full = torch.cat([score[role].masked_fill(~may, -1e4), model.point_nowhere(role, h)], 1)
        lost = F.cross_entropy(full, pointed[n], reduction="none")
        losses[ROLES[role]] = (lost * told[n] * heavy).sum() * (1.0 if role in (3, 6) else 0.4)
    firsts = [pick_first(claims) for _, _, _, claims in groups]
    modality, denied = (torch.tensor([first[key] for first in firsts]) for key in ("m", "den"))
    yes = partial(F.binary_cross_entropy_with_logits, reduction="none")
    losses["modality"] = (F.cross_entropy(model.md(h), modality, reduction="none") * heavy).sum()
    losses["denied"] = (yes(model.den(h)[:, 0], denied.float()) * heavy).sum()
    right = (torch.arange(len(holds)) < count).float()
    weighed = w[asked.row] * torch.cat([torch.where(core > 0, 1.0, 0.3), torch.ones(len(doubted))])
    losses["holds"] = (yes(holds, right) * weighed).sum()
    losses["core"] = 0.3 * (yes(model.core(h)[:, 0], core) * w[row_of]).sum()
    plain = place_plain(field, read[0].shape[1])
    alone = model.describe(read[0].reshape(-1, WIDE), *plain, field.kind)
    return losses | word_losses(model, batch, field, (alone, r), h, look, groups)


def ask_groups(batch: Batch, groups: Sequence[Group]) -> tuple[Asked, Tensor]:
    """What is asked of which sentence, and the numbers of the sentences in the batch."""
    row, s_of, predicate = (torch.tensor([group[i] for group in groups]) for i in range(3))
    begin, end = (torch.tensor([batch.units[s][i] for _, s, _, _ in groups]) for i in (1, 2))
    return Asked(row, predicate, begin, end), s_of


def place_plain(field: Field, long: int) -> tuple[Tensor, Tensor]:
    """Where candidates begin and end among the pieces of all windows."""
    behind = torch.arange(len(field.lists))[:, None] * long
    return behind + field.begin, behind + field.end


def mark(rows: Sequence[Row], field: Field, groups: Sequence[Group]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """What is right: `sure` [3, G, K] of subject, object and amount, and where that is `known` [3, G]; where speaker,
    outer speaker, benchmark and day are `pointed` to [4, G], K being nowhere, and where that is `told` [4, G].
    """
    count, width = len(groups), field.begin.shape[1]
    sure = torch.zeros(3, count, width, dtype=torch.bool)
    known, told = torch.ones(3, count, dtype=torch.bool), torch.ones(4, count)
    pointed = torch.full((4, count), width, dtype=torch.long)
    for g, (n, _, _, claims) in enumerate(groups):
        here, found = field.index[n], field.lists[n]
        for claim in claims:
            for role, key in enumerate("soq"):
                if claim[key] is None:
                    known[role, g] = False
                else:
                    sure[role, g, here[tuple(claim[key]) or nowhere(rows[n], claim)]] = True
        first = pick_first(claims)
        one = ((first["spk"][-1:] or [[]])[0], (first["spk"][-2:-1] or [[]])[0], first["b"], first["day"])
        for at, place in enumerate(one):
            if place is None:
                told[at, g] = 0
            elif place and found[here[tuple(place)]][2] == (DAY if at == 3 else ARGUMENT):
                pointed[at, g] = here[tuple(place)]
    return sure, known, pointed, told


def nowhere(row: Row, claim: Row) -> tuple[int, int]:
    """The `</s>` behind a claim's sentence, which means that nothing stands there."""
    end = row["units"][claim["k"]][2]
    return end, end


def word_losses(
    model: Reader,
    batch: Batch,
    field: Field,
    described: tuple[Tensor, Tensor],
    h: Tensor,
    look: Tensor,
    groups: Sequence[Group],
) -> dict[str, Tensor]:
    """Who goes with whom, where each predicate looks, what amounts measure, and what words stand for.

    described  candidates by window, and by group as read again
    """
    alone, r = described
    pairs: list[Tensor] = []
    trigger: list[Tensor] = []
    measured: list[tuple[int, int, int]] = []  # group, candidate, measure
    referring: dict[tuple[int, int], list[int]] = {}  # window and candidate: the candidates that it may stand for
    for g, (n, s, p, claims) in enumerate(groups):
        row, here = batch.rows[n], field.index[n]
        if len(claims) > 1 and all(claim[key] is not None for claim in claims for key in "soq"):
            pairs += pair_losses(model, claims, here, here[nowhere(row, claims[0])], r[g])
        named = {(a, b) for _, a, b in row["names"]}
        _, start, stop = batch.units[s]
        for claim in claims:
            if claim["by"] and start <= claim["by"][0] and claim["by"][1] < stop:
                a, b = claim["by"]
                trigger.append(-torch.log(look[s, p, a - start : b - start + 1].sum() + 1e-4))
            if claim["q"] and claim["measure"] >= 0:
                measured.append((g, here[tuple(claim["q"])], claim["measure"]))
            own = [[claim[key], []] for key in "so" if claim[key] and tuple(claim[key]) in named]
            for words, before in [*claim["refs"], *own]:  # a name stands for nothing but itself
                if tuple(words) in here:
                    referring.setdefault((n, here[tuple(words)]), []).extend(here.get(tuple(b), -1) for b in before)
    lost = {
        "pairs": 0.3 * sum(pairs, torch.zeros(())),
        "trigger": 0.2 * sum(trigger, torch.zeros(())),
        "refer": 0.7 * refer_loss(model, referring, field, alone),
    }
    if measured:
        of, at, right = torch.tensor(measured).T
        lost["measure"] = 0.5 * F.cross_entropy(model.me(h[of]) + model.mr(r[of, at]), right, reduction="sum")
    return lost


def refer_loss(model: Reader, referring: dict[tuple[int, int], list[int]], field: Field, r: Tensor) -> Tensor:
    """That candidates of a window stand for one of some before them, or for none where there are none."""
    if not referring:
        return torch.zeros(())
    n, i = torch.tensor(list(referring)).T
    width = r.shape[1]
    right = torch.zeros(len(n), width + 1, dtype=torch.bool)
    for m, ((_, mine), before) in enumerate(referring.items()):
        right[m, [at for at in before if 0 <= at < mine]] = True
    may = (torch.arange(width) < i[:, None]) & (field.kind[n] == ARGUMENT)
    may = torch.cat([may, torch.ones(len(n), 1, dtype=torch.bool)], 1)
    right &= may
    right[:, -1] = ~right.any(1)
    logits = model.refer(r)[n, i]
    return sum_exp(logits, may) - sum_exp(logits, right)


def sum_exp(logits: Tensor, may: Tensor) -> Tensor:
    """Sum over rows of the logarithm of what the allowed ones weigh together."""
    return torch.logsumexp(logits.masked_fill(~may, -1e4), -1).sum()


def pair_losses(
    model: Reader, claims: Sequence[Row], here: dict[tuple[int, int], int], none: int, r: Tensor
) -> Iterator[Tensor]:
    """Which subject goes with which object and amount, where a predicate has several."""
    filled = [[here[tuple(c[key])] if c[key] else none for c in claims] for key in "soq"]
    for n, (left, right) in enumerate(((0, 1), (0, 2), (1, 2))):
        ls, rs = sorted(set(filled[left])), sorted(set(filled[right]))
        if len(ls) * len(rs) < 2:
            continue
        true = torch.zeros(len(ls), len(rs))
        for a, b in zip(filled[left], filled[right], strict=True):
            true[ls.index(a), rs.index(b)] = 1
        yield F.binary_cross_entropy_with_logits(model.pair(n, r[ls], r[rs]), true, reduction="sum")


class Counts:
    """Hits, what was said and what was wanted, by name."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}

    def add(self, name: str, hits: int, said: int = 1, wanted: int = 1) -> None:
        held = self._counts.setdefault(name, [0, 0, 0])
        for n, more in enumerate((hits, said, wanted)):
            held[n] += more

    def compare(self, name: str, said: set[Any], wanted: set[Any]) -> None:
        self.add(name, len(said & wanted), len(said), len(wanted))

    def __str__(self) -> str:
        """F1, and precision and recall, of each."""
        return " ".join(
            f"{name} {2 * hits / max(1, said + wanted):.3f}({hits / max(1, said):.2f}/{hits / max(1, wanted):.2f})"
            for name, (hits, said, wanted) in self._counts.items()
        )


@torch.no_grad()
def check(model: Reader, rows: Sequence[Row], word: Tensor) -> str:
    """Figures of held-out rows: predicates by threshold, names, and roles where the predicate is given."""
    model.eval()
    counts = Counts()
    for at in range(0, len(rows), 8):
        batch = Batch(rows[at : at + 8], word)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x, below = model.encoder(batch.words, batch.marks, batch.mask)
        x = x.float()
        spans = model.find_spans(x, batch.mask)
        logits, _, look, _ = model.state(x, batch.units)
        for n, row in enumerate(batch.rows):
            found = {(kind, a, a + more) for kind, a, more in (spans[n] > 0).nonzero().tolist()}
            counts.compare("names", {f for f in found if f[0]}, {(1 + k, a, b) for k, a, b in row["names"]})
            counts.compare("arguments", {f[1:] for f in found if not f[0]}, arguments(row))
            check_predicates(model, batch, n, (x, below), logits, look, counts)
            check_roles(model, batch, n, (x, below), look, [f[1:] for f in found], counts)
    model.train()
    return str(counts)


def check_predicates(
    model: Reader, batch: Batch, n: int, read: tuple[Tensor, Tensor], logits: Tensor, look: Tensor, counts: Counts
) -> None:
    """What the sentences of a window state, at once (p) and read again (h), by threshold; weak claims do not count."""
    wanted = {(batch.unit_of[n, k], p): claims for (k, p), claims in group(batch.rows[n]).items()}
    core = {key for key, claims in wanted.items() if any(claim["core"] for claim in claims)}
    weak = set(wanted) - core
    mine = {s for (m, _), s in batch.unit_of.items() if m == n}
    again = [(s, p) for s, p in (logits > -3).nonzero().tolist() if s in mine]
    if again:
        asked, s_of = ask_groups(batch, [(n, s, p, []) for s, p in again])
        sure = model.holds(model.read_again(*read, look[s_of, asked.predicate], asked).h)[:, 0]
        for line in (-1.0, 0.0):
            said = {key for key, v in zip(again, sure.tolist(), strict=True) if v > line}
            counts.compare(f"h{line}", said - weak, core)
    for line in (-2.0, -1.5, -1.0, -0.5, 0.0):
        said = {(s, p) for s, p in (logits > line).nonzero().tolist() if s in mine}
        counts.compare(f"p{line}", said - weak, core)


def check_roles(
    model: Reader,
    batch: Batch,
    n: int,
    read: tuple[Tensor, Tensor],
    look: Tensor,
    found: Sequence[tuple[int, int]],
    counts: Counts,
) -> None:
    """Who fills what in a window where the predicate is given, how firmly, and what words stand for."""
    row = batch.rows[n]
    cs = candidates(row, found, gold=False)
    t = torch.tensor(cs)
    here = {(a, b): i for i, (a, b, _, _) in enumerate(cs)}
    begin, end, kind = (t[None, :, i] for i in range(3))
    referred = model.refer(model.describe(read[0][n], *(t[:, i] for i in range(3)))[None])[0]
    plain = torch.cat([t[:, 2] == ARGUMENT, torch.ones(1, dtype=torch.bool)])
    for (k, p), claims in group(row).items():
        s = batch.unit_of[n, k]
        asked, _ = ask_groups(batch, [(n, s, p, claims)])
        heard = model.read_again(*read, look[s, p][None], asked)
        h = heard.h
        r = model.describe(heard.flat, heard.place(begin), heard.place(end), kind)
        far = ((t[:, 3] - k).clamp(-3, 1) + 3)[None]
        step = count_steps(begin, end, batch.units[s][1] + look[s, p].argmax())
        for role, key, kinds in ((0, "s", ARGUMENT), (1, "o", ARGUMENT), (2, "q", AMOUNT)):
            v = model.point(role, h, r, far, kind, step)[0]
            picked = {cs[i][:2] for i in (v > 0).nonzero()[:, 0].tolist() if cs[i][2] == kinds}
            counts.compare(key, picked, {tuple(claim[key]) for claim in claims if claim[key]})
        first = pick_first(claims)
        v = torch.cat([model.point(3, h, r, far, kind, step)[0], model.point_nowhere(3, h)[0]])
        best = int(v.masked_fill(~plain, -1e4).argmax())
        speaker = cs[best][:2] if best < len(cs) else None
        counts.add("speaker", speaker == (tuple(first["spk"][-1]) if first["spk"] else None))
        counts.add("modality", int(model.md(h).argmax()) == first["m"])
        counts.add("denied", int(model.den(h) > 0 and first["den"]), int(model.den(h) > 0), first["den"])
        for claim in claims:
            if claim["q"] and claim["measure"] >= 0 and tuple(claim["q"]) in here:
                logit = model.me(h[0]) + model.mr(r[0, here[tuple(claim["q"])]])
                counts.add("measure", int(logit.argmax()) == claim["measure"])
            for words, before in claim["refs"]:
                if before and tuple(words) in here:
                    i = here[tuple(words)]
                    may = plain & ((torch.arange(len(cs) + 1) < i) | (torch.arange(len(cs) + 1) == len(cs)))
                    got = int(referred[i].masked_fill(~may, -1e4).argmax())
                    counts.add("refer", got < i and list(cs[got][:2]) in [list(b) for b in before])


def batches(rows: Sequence[Row], most: int, chance: random.Random) -> Iterator[list[int]]:
    order = list(range(len(rows)))
    chance.shuffle(order)
    for at in range(0, len(order), 1024):
        chunk = sorted(order[at : at + 1024], key=lambda i: len(rows[i]["ids"]))
        ready: list[list[int]] = [[]]
        for i in chunk:
            if ready[-1] and (len(ready[-1]) + 1) * len(rows[i]["ids"]) > most:
                ready.append([])
            ready[-1].append(i)
        chance.shuffle(ready)
        yield from ready


def load_rows(folder: Path, sets: str) -> tuple[list[Row], list[float]]:
    """Rows of `name:times:weight,…`, each with its weight; a set named twice counts twice."""
    rows: list[Row] = []
    weights: list[float] = []
    for part in sets.split(","):
        name, times, weight = [*part.split(":"), "1", "1"][:3]
        found = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        found = [row for row in found if any(unit[3] for unit in row["units"])]
        rows += found * int(times)
        weights += [float(weight)] * len(found) * int(times)
    return rows, weights


def load_start(model: Reader, path: Path) -> list[str]:
    """Takes over the weights of a file that fit, a checkpoint or an .npz; names what stays fresh."""
    if path.suffix == ".npz":
        with np.load(path) as stored:
            given = {name: torch.from_numpy(stored[name]) for name in stored.files}
    else:
        given = torch.load(path, map_location="cpu")["model"]
    own = model.state_dict()
    for n in range(AGAIN):  # reading again begins as reading did
        stem, last = f"again.{n}.", f"encoder.layers.{LAYERS - MARKED_AT - AGAIN + n}."
        given = {stem + k.removeprefix(last): v for k, v in given.items() if k.startswith(last)} | given
    fitting = {n: v.float() for n, v in given.items() if n in own and own[n].shape == v.shape}
    model.load_state_dict(fitting, strict=False)
    return sorted(set(own) - set(fitting))


def load_last(model: Reader, path: Path) -> int:
    """Takes over the weights of a run that was cut off; how many steps it had made."""
    held = torch.load(path, map_location="cpu")
    model.load_state_dict(held["last"])
    return int(held["step"])


def share(fitted: Sequence[nn.Parameter]) -> None:
    """Gives every worker the mean of what each has found."""
    found = [p.grad if p.grad is not None else torch.zeros_like(p) for p in fitted]
    flat = torch.cat([one.reshape(-1) for one in found])
    dist.all_reduce(flat)
    flat /= dist.get_world_size()
    for p, one in zip(fitted, flat.split([one.numel() for one in found]), strict=True):
        p.grad = one.view_as(p)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sets", default="practice,gold,train,own")
    parser.add_argument("--held", default="dev")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--pieces", type=int, default=3000, help="of a batch")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--heads", type=float, default=6e-4)
    parser.add_argument("--warm", type=int, default=60)
    parser.add_argument("--floor", type=float, default=0.03)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--check", type=int, default=150)
    parser.add_argument("--frozen", type=int, default=0, help="so many of the lowest layers stay as they are")
    parser.add_argument("--swap", type=float, default=0.4, help="share of rows with other names in them")
    parser.add_argument("--drop", type=float, default=0.0, help="share of what a layer adds that is left out")
    parser.add_argument("--blank", type=float, default=0.0, help="share of pieces that are hidden")
    parser.add_argument("--resume", action="store_true", help="goes on where the run that wrote OUT was cut off")
    parser.add_argument("--workers", type=int, default=1, help="processes that share a batch and the threads")
    given = parser.parse_args()
    if given.workers == 1:
        fit(0, given)
        return
    meeting = given.out.with_suffix(".meet").absolute()
    meeting.unlink(missing_ok=True)
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    torch.multiprocessing.spawn(fit, args=(given, meeting), nprocs=given.workers)


def make_optimizer(
    model: Reader, given: argparse.Namespace, first: int
) -> tuple[list[nn.Parameter], torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    """What is fitted, by what, at which rates from step to step: up to full, then down to a floor in a line."""
    below = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    again = list(model.again.parameters())
    above = [p for n, p in model.named_parameters() if not n.startswith(("encoder.", "again."))]
    parts = ((below, given.rate), (again, 2 * given.rate), (above, given.heads))
    opt = torch.optim.AdamW([{"params": part, "lr": rate} for part, rate in parts], weight_decay=0.01, fused=True)
    plan = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda k: min(1, (k + 1) / given.warm) * max(given.floor, 1 - (first + k) / given.steps)
    )
    return [*below, *again, *above], opt, plan


def fit(rank: int, given: argparse.Namespace, meeting: Path | None = None) -> None:
    """One worker of a run: the first one tells, checks and saves; after each step all have the same weights."""
    if meeting:
        dist.init_process_group("gloo", f"file://{meeting}", rank=rank, world_size=given.workers)
    torch.manual_seed(given.seed)
    torch.set_num_threads(max(1, given.threads // given.workers))
    word = torch.from_numpy(np.load(given.folder / "word.npy"))
    pos = torch.from_numpy(np.load(given.folder / "pos.npy")).float()
    typ = torch.from_numpy(np.load(given.folder / "typ.npy")).float()
    model = Reader(pos, typ, json.loads((given.folder / "shape.json").read_text()))
    log = given.out.with_suffix(".log").open("a")

    def say(line: str) -> None:
        if rank == 0:
            print(line, flush=True)
            print(line, file=log, flush=True)

    model.encoder.frozen = given.frozen
    for layer in model.modules():
        if isinstance(layer, Layer):
            layer.drop.p = given.drop
    if given.start:
        say(f"start {given.start.name}; fresh: {', '.join(load_start(model, given.start)) or 'nothing'}")
    first = load_last(model, given.out) if given.resume and given.out.exists() else 0
    if first >= given.steps:
        say(f"{given.out.name} has its {given.steps} steps")
        return
    chance = random.Random(given.seed + first + 1000 * rank)  # noqa: S311 - no secret
    torch.manual_seed(given.seed + first + 1000 * rank)
    rows, weights = load_rows(given.folder, given.sets)
    held = load_rows(given.folder, given.held)[0] if given.held else []
    swapper = Swapper(rows, given.swap)
    print(given, file=log, flush=True)
    say(f"{len(rows)} rows, {sum(len(r['ids']) for r in rows)} pieces; held {len(held)}")
    fitted, opt, plan = make_optimizer(model, given, first)
    mean: dict[str, Tensor] = {}
    taken, step, pieces = 0, first, 0
    sums: dict[str, float] = {}
    began = time.time()

    def save() -> None:
        state = dict(model.state_dict())
        averaged = {n: (v / taken) for n, v in mean.items()} if taken else state
        torch.save({"model": averaged, "last": state, "step": step}, given.out.with_suffix(".tmp"))
        given.out.with_suffix(".tmp").replace(given.out)

    model.train()
    while step < given.steps:
        for ids in batches(rows, given.pieces // given.workers, chance):
            part = [swapper.swap(rows[i], chance) for i in ids]
            losses = measure_loss(model, Batch(part, word, given.blank), part, [weights[i] for i in ids])
            loss = sum((2 * v if n == "predicates" else v) for n, v in losses.items()) / len(part)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            if meeting:
                share(fitted)
            torch.nn.utils.clip_grad_norm_(fitted, 3.0)
            opt.step()
            plan.step()
            step += 1
            pieces += given.workers * sum(len(r["ids"]) for r in part)
            for n, v in losses.items():
                sums[n] = sums.get(n, 0.0) + float(v.detach()) / len(part)
            if step > 0.75 * given.steps and step % 8 == 0 and rank == 0:  # the mean of the last quarter
                taken += 1
                for n, v in model.state_dict().items():
                    mean[n] = mean[n] + v if n in mean else v.clone()
            if step % 50 == 0:
                told = " ".join(f"{n} {v / 50:.2f}" for n, v in sums.items())
                say(f"{step} {told} | {pieces / (time.time() - began):.0f} pieces/s {time.time() - began:.0f} s")
                sums = {}
            if (step % given.check == 0 or step == given.steps) and rank == 0:
                save()
                if held:
                    say(check(model, held, word))
            if step >= given.steps:
                break
    if held and taken and rank == 0:
        model.load_state_dict({n: v / taken for n, v in mean.items()})
        say("mean " + check(model, held, word))
    assert math.isfinite(float(loss.detach()))


if __name__ == "__main__":
    main()
