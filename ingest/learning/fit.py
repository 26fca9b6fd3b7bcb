"""Fits the reader's weights to rows of windows: `python fit.py FOLDER OUT --sets train,own --steps 4000`.

Needs torch and numpy and the folder alone: SET.jsonl with rows, word.npy, pos.npy, typ.npy with the frozen embeddings,
shape.json with the closed lists. Starts from the weights of `--start FILE`; writes OUT every few minutes, and OUT.log.
"""

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - as everybody calls it

Row = dict[str, Any]
Group = tuple[int, int, int, list[Row]]  # window, unit of the batch, predicate, its claims

WIDE, LAYERS, INNER, EARS = 384, 12, 1536, 12
MARKED_AT = 7  # the layer before which pieces are told what they are
SPAN, LONGEST = 32, 24
PART, ASKED, LABEL, PAIR = 256, 512, 128, 64
STEPS = 15  # how far a candidate stands from the words that state the predicate: doubling steps to either side
ROLES = ("subject", "object", "amount", "speaker", "outer", "benchmark", "day")
PAIRS = (("subject", "object"), ("subject", "amount"), ("object", "amount"))
ARGUMENT, AMOUNT, NOTHING, DAY = range(4)


class Layer(nn.Module):
    """One layer of the encoder, as BERT has it."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.ao = nn.Linear(WIDE, 3 * WIDE), nn.Linear(WIDE, WIDE)
        self.aln, self.oln = nn.LayerNorm(WIDE, 1e-12), nn.LayerNorm(WIDE, 1e-12)
        self.fi, self.fo = nn.Linear(WIDE, INNER), nn.Linear(INNER, WIDE)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        many, long, _ = x.shape
        q, k, v = self.qkv(x).view(many, long, 3, EARS, WIDE // EARS).permute(2, 0, 3, 1, 4)
        # Written out: on a processor the gradient of the fused attention costs four times as much.
        look = (q @ k.transpose(-1, -2) * (WIDE // EARS) ** -0.5).masked_fill(~mask, -1e4).softmax(-1)
        heard = look.to(v.dtype) @ v
        x = self.aln(x + self.ao(heard.transpose(1, 2).reshape(many, long, WIDE)))
        return self.oln(x + self.fo(F.gelu(self.fi(x))))


class Encoder(nn.Module):
    """Embedded pieces and their marks in, [many, long, WIDE] out."""

    def __init__(self, pos: Tensor, typ: Tensor) -> None:
        super().__init__()
        self.pos, self.typ = nn.Parameter(pos, requires_grad=False), nn.Parameter(typ, requires_grad=False)
        self.ln = nn.LayerNorm(WIDE, 1e-12)
        self.low = nn.ModuleList(Layer() for _ in range(MARKED_AT))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS - MARKED_AT))
        self.mark = nn.Embedding(4, WIDE)
        nn.init.normal_(self.mark.weight, std=0.02)

    def forward(self, words: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        seen = mask[:, None, None, :]
        x = self.ln(words + self.pos[None, : words.shape[1]] + self.typ)
        for layer in self.low:
            x = layer(x, seen)
        x = x + self.mark(marks)
        for layer in self.layers:
            x = layer(x, seen)
        return x


class Reader(nn.Module):
    """The encoder and its heads."""

    def __init__(self, pos: Tensor, typ: Tensor, shape: dict[str, list[str]]) -> None:
        super().__init__()
        predicates, kinds = len(shape["predicates"]), 1 + len(shape["kinds"])
        self.encoder = Encoder(pos, typ)
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
        self.md, self.den, self.core = (
            nn.Linear(ASKED, len(shape["modalities"])),
            nn.Linear(ASKED, 1),
            nn.Linear(ASKED, 1),
        )
        self.me, self.mr = nn.Linear(ASKED, len(shape["measures"])), nn.Linear(PART, len(shape["measures"]), bias=False)
        self.fq, self.fk, self.fn = nn.Linear(PART, PART), nn.Linear(PART, PART), nn.Parameter(torch.zeros(PART))
        self.dr, self.dq = nn.Dropout(0.1), nn.Dropout(0.1)

    def find_spans(self, x: Tensor, mask: Tensor) -> Tensor:
        """[many, kinds, long, long]: does a span of a kind begin here and end there."""
        many, long, _ = x.shape
        y = self.sp(x).view(many, long, self.kinds, 2, SPAN)
        z = torch.einsum("bicd,bjcd->bcij", y[..., 0, :], y[..., 1, :]) / SPAN**0.5 + self.spb[None, :, None, None]
        far = torch.arange(long)[None] - torch.arange(long)[:, None]
        z = z + self.lb[:, far.clamp(0, LONGEST - 1)][None]
        may = mask[:, :, None] & mask[:, None, :] & ((far >= 0) & (far < LONGEST))[None]
        return z.masked_fill(~may[:, None], -1e4)

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

    def describe(self, x: Tensor, begin: Tensor, end: Tensor, kind: Tensor) -> Tensor:
        """Candidates [B, K] as [B, K, PART]."""
        row = torch.arange(x.shape[0])[:, None] * x.shape[1]
        flat = x.reshape(-1, WIDE)
        return F.gelu(self.rs(take(flat, row + begin)) + self.re(take(flat, row + end)) + self.kind(kind))

    def point(self, n: int, h: Tensor, r: Tensor, row: Tensor, far: Tensor, kind: Tensor, step: Tensor) -> Tensor:
        """[G, K]: how well each candidate of its window fills a role; r [B, K, PART], row [G] says which window."""
        asked, keys = self.roles[n](h), self.rk[n](r)
        parts = [asked[at] @ keys[b].T for b, at in iter_runs(row)]
        placed = self.rt(h)[:, n * STEPS : (n + 1) * STEPS].gather(1, step)
        return torch.cat(parts) / PART**0.5 + self.rb[n][far] + self.rkind[n][kind] + placed

    def point_nowhere(self, n: int, h: Tensor) -> Tensor:
        return (self.roles[n](h) @ self.none[n])[:, None] / PART**0.5

    def pair(self, n: int, left: Tensor, right: Tensor) -> Tensor:
        """Logits that two parties of one predicate belong together: [..., L, R]."""
        return self.pl[n](left) @ self.pr[n](right).transpose(-1, -2) / PAIR**0.5 + self.pb[n]

    def refer(self, words: Tensor, before: Tensor) -> Tensor:
        """[K + 1]: which candidate some words stand for; last: none."""
        keys = torch.cat([self.fk(before), self.fn[None]])
        return self.fq(words) @ keys.T / PART**0.5


def take(flat: Tensor, index: Tensor) -> Tensor:
    """Rows by number, in the shape of the numbers: its gradient adds up fast, that of plain indexing does not."""
    return flat.index_select(0, index.reshape(-1)).reshape(*index.shape, -1)


def count_steps(begin: Tensor, end: Tensor, at: Tensor) -> Tensor:
    """How far candidates stand from a piece, in doubling steps: 0 far before, 7 there, 14 far behind."""
    off = torch.where(end < at, end - at, torch.where(begin > at, begin - at, torch.zeros_like(begin)))
    return (off.sign() * (off.abs().float() + 1).log2().round()).clamp(-7, 7).long() + 7


def iter_runs(row: Tensor) -> Iterator[tuple[int, slice]]:
    """Groups of one window stand together: each window with the run of its groups."""
    values, counts = torch.unique_consecutive(row, return_counts=True)
    at = 0
    for value, count in zip(values.tolist(), counts.tolist(), strict=True):
        yield value, slice(at, at + count)
        at += count


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

    def __init__(self, rows: Sequence[Row], word: Tensor) -> None:
        self.rows = rows
        long = max(len(row["ids"]) for row in rows)
        ids, marks = torch.ones(len(rows), long, dtype=torch.long), torch.zeros(len(rows), long, dtype=torch.long)
        for n, row in enumerate(rows):
            ids[n, : len(row["ids"])] = torch.tensor(row["ids"])
            marks[n, : len(row["ids"])] = torch.tensor(row["marks"])
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
        sure = torch.zeros(len(self.rows), kinds, long * long, dtype=torch.bool)
        for n, row in enumerate(self.rows):
            for kind, a, b in [*((1 + k, a, b) for k, a, b in row["names"]), *((0, a, b) for a, b in arguments(row))]:
                if b - a < LONGEST:
                    sure[n, kind, a * long + b] = True
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
        x = model.encoder(batch.words, batch.marks, batch.mask)
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
        losses |= role_losses(model, batch, x, spans, stated, groups, w)
    return losses


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
    long = spans.shape[-1]
    value, place = torch.topk(spans[:, 0].detach().reshape(len(rows), -1), 14)
    extra = [
        [(int(i) // long, int(i) % long) for v, i in zip(vs, ps, strict=True) if v > -2.5]
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
    x: Tensor,
    spans: Tensor,
    stated: tuple[Tensor, ...],
    groups: Sequence[Group],
    w: Tensor,
) -> dict[str, Tensor]:
    """What roles, firmness and words cost; `stated` is what `Reader.state` told of the units."""
    _, z, look, sums = stated
    field = lay_out(batch.rows, spans)
    r = model.describe(x, field.begin, field.end, field.kind)
    row_of, s_of, p_of = (torch.tensor([group[i] for group in groups]) for i in range(3))
    h = model.ask(take(sums, s_of), take(z.reshape(-1, WIDE), s_of * z.shape[1] + p_of), p_of)
    core = torch.tensor([float(any(c["core"] for c in claims)) for _, _, _, claims in groups])
    heavy = w[row_of] * torch.where(core > 0, 1.0, 0.3)
    own = torch.tensor([claims[0]["k"] for _, _, _, claims in groups])
    kind, there = field.kind[row_of], field.there[row_of]
    far = (field.unit[row_of] - own[:, None]).clamp(-3, 1) + 3
    nothing = there & (kind == NOTHING) & (field.unit[row_of] == own[:, None])
    at = torch.tensor([batch.units[s][1] for _, s, _, _ in groups]) + look[s_of, p_of].argmax(-1)
    step = count_steps(field.begin[row_of], field.end[row_of], at[:, None])
    score = [model.point(i, h, r, row_of, far, kind, step) for i in range(len(ROLES))]
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
    losses["core"] = 0.3 * (yes(model.core(h)[:, 0], core) * w[row_of]).sum()
    return losses | word_losses(model, batch, field, r, h, look, groups)


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
    model: Reader, batch: Batch, field: Field, r: Tensor, h: Tensor, look: Tensor, groups: Sequence[Group]
) -> dict[str, Tensor]:
    """Who goes with whom, where each predicate looks, what amounts measure, and what words stand for."""
    parts: dict[str, list[Tensor]] = {"pairs": [], "trigger": [], "measure": [], "refer": []}
    for g, (n, s, p, claims) in enumerate(groups):
        row, here = batch.rows[n], field.index[n]
        if len(claims) > 1 and all(claim[key] is not None for claim in claims for key in "soq"):
            parts["pairs"] += pair_losses(model, claims, here, here[nowhere(row, claims[0])], r[n])
        named = {(a, b) for _, a, b in row["names"]}
        _, start, stop = batch.units[s]
        for claim in claims:
            if claim["by"] and start <= claim["by"][0] and claim["by"][1] < stop:
                a, b = claim["by"]
                parts["trigger"].append(-torch.log(look[s, p, a - start : b - start + 1].sum() + 1e-4))
            if claim["q"] and claim["measure"] >= 0:
                logits = model.me(h[g]) + model.mr(r[n, here[tuple(claim["q"])]])
                parts["measure"].append(F.cross_entropy(logits[None], torch.tensor([claim["measure"]])))
            own = [[claim[key], []] for key in "so" if claim[key] and tuple(claim[key]) in named]
            for words, before in [*claim["refs"], *own]:  # a name stands for nothing but itself
                if tuple(words) in here:
                    parts["refer"].append(refer_loss(model, here[tuple(words)], before, field, n, r[n]))
    weights = {"pairs": 0.3, "trigger": 0.2, "measure": 0.5, "refer": 0.7}
    return {name: weights[name] * sum(lost, torch.zeros(())) for name, lost in parts.items()}


def refer_loss(model: Reader, i: int, before: Sequence[Any], field: Field, n: int, r: Tensor) -> Tensor:
    """That candidate `i` of a window stands for one of some places before it, or for none where there are none."""
    logits = model.refer(r[i], r[:i]) + before_mask(field.lists[n][:i])
    right = torch.zeros(i + 1, dtype=torch.bool)
    for place in before:
        at = field.index[n].get(tuple(place), i)
        if at < i and field.lists[n][at][2] == ARGUMENT:
            right[at] = True
    right[i] = not right.any()
    return torch.logsumexp(logits, 0) - torch.logsumexp(logits[right], 0)


def before_mask(found: Sequence[tuple[int, int, int, int]]) -> Tensor:
    return torch.tensor([0.0 if kind == ARGUMENT else -1e4 for _, _, kind, _ in found] + [0.0])


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


@torch.no_grad()
def check(model: Reader, rows: Sequence[Row], word: Tensor) -> str:
    """Figures of held-out rows: predicates by threshold, names, and roles where the predicate is given."""
    model.eval()
    alone = torch.zeros(1, dtype=torch.long)
    counts: dict[str, list[int]] = {}

    def count(name: str, hits: int, said: int, wanted: int) -> None:
        c = counts.setdefault(name, [0, 0, 0])
        c[0], c[1], c[2] = c[0] + hits, c[1] + said, c[2] + wanted

    for at in range(0, len(rows), 8):
        part = rows[at : at + 8]
        batch = Batch(part, word)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = model.encoder(batch.words, batch.marks, batch.mask)
        x = x.float()
        spans = model.find_spans(x, batch.mask)
        logits, z, look, sums = model.state(x, batch.units)
        for n, row in enumerate(part):
            found = {tuple(i) for i in (spans[n] > 0).nonzero().tolist()}
            gold = {(0, *p) for p in arguments(row)} | {(1 + k, a, b) for k, a, b in row["names"]}
            count(
                "names",
                sum(f in gold for f in found if f[0]),
                sum(1 for f in found if f[0]),
                sum(1 for f in gold if f[0]),
            )
            count(
                "arguments",
                sum(f in gold for f in found if not f[0]),
                sum(1 for f in found if not f[0]),
                sum(1 for f in gold if not f[0]),
            )
            wanted = {(batch.unit_of[n, k], p): cs for (k, p), cs in group(row).items()}
            core = {key for key, cs in wanted.items() if any(c["core"] for c in cs)}
            mine = {s for (m, _), s in batch.unit_of.items() if m == n}
            for line in (-2.0, -1.5, -1.0, -0.5, 0.0):
                said = {(s, p) for s, p in (logits > line).nonzero().tolist() if s in mine}
                weak = said & (set(wanted) - core)
                count(f"p{line}", len(said & core), len(said) - len(weak), len(core))
            cs = candidates(row, [f[1:] for f in found], gold=False)
            t = torch.tensor(cs)
            here = {(a, b): i for i, (a, b, _, _) in enumerate(cs)}
            r = model.describe(x[n : n + 1], t[None, :, 0], t[None, :, 1], t[None, :, 2])
            for (s, p), claims in wanted.items():
                h = model.ask(sums[s][None], z[s, p][None], torch.tensor([p]))
                own = claims[0]["k"]
                far = ((t[:, 3] - own).clamp(-3, 1) + 3)[None]
                stated = batch.units[s][1] + look[s, p].argmax()
                step = count_steps(t[None, :, 0], t[None, :, 1], stated)
                for role, key, kinds in ((0, "s", (ARGUMENT,)), (1, "o", (ARGUMENT,)), (2, "q", (AMOUNT,))):
                    v = model.point(role, h, r, alone, far, t[None, :, 2], step)[0]
                    picked = {cs[i][:2] for i in (v > 0).nonzero()[:, 0].tolist() if cs[i][2] in kinds}
                    true = {tuple(c[key]) for c in claims if c[key]}
                    count(key, len(picked & true), len(picked), len(true))
                first = next((c for c in claims if c["core"]), claims[0])
                v = model.point(3, h, r, alone, far, t[None, :, 2], step)[0].masked_fill(t[:, 2] != ARGUMENT, -1e4)
                best = int(torch.cat([v, model.point_nowhere(3, h)[0]]).argmax())
                speaker = cs[best][:2] if best < len(cs) else None
                count("speaker", speaker == (tuple(first["spk"][-1]) if first["spk"] else None), 1, 1)
                count("modality", int(model.md(h).argmax()) == first["m"], 1, 1)
                count("denied", int(model.den(h) > 0 and first["den"]), int(model.den(h) > 0), first["den"])
                for claim in claims:
                    if claim["q"] and claim["measure"] >= 0 and tuple(claim["q"]) in here:
                        logit = model.me(h[0]) + model.mr(r[0, here[tuple(claim["q"])]])
                        count("measure", int(logit.argmax()) == claim["measure"], 1, 1)
                    for words, before in claim["refs"]:
                        if before and tuple(words) in here:
                            i = here[tuple(words)]
                            v = model.refer(r[0, i], r[0, :i]) + before_mask(cs[:i])
                            got = int(v.argmax())
                            count("refer", got < i and list(cs[got][:2]) in [list(b) for b in before], 1, 1)
    model.train()
    f = lambda c: f"{2 * c[0] / max(1, c[1] + c[2]):.3f}({c[0] / max(1, c[1]):.2f}/{c[0] / max(1, c[2]):.2f})"  # noqa: E731
    return " ".join(f"{name} {f(c)}" for name, c in counts.items())


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
    fitting = {n: v.float() for n, v in given.items() if n in own and own[n].shape == v.shape}
    model.load_state_dict(fitting, strict=False)
    return sorted(set(own) - set(fitting))


def load_last(model: Reader, path: Path) -> int:
    """Takes over the weights of a run that was cut off; how many steps it had made."""
    held = torch.load(path, map_location="cpu")
    model.load_state_dict(held["last"])
    return int(held["step"])


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
    parser.add_argument("--swap", type=float, default=0.4, help="share of rows with other names in them")
    parser.add_argument("--resume", action="store_true", help="goes on where the run that wrote OUT was cut off")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    word = torch.from_numpy(np.load(given.folder / "word.npy"))
    pos = torch.from_numpy(np.load(given.folder / "pos.npy")).float()
    typ = torch.from_numpy(np.load(given.folder / "typ.npy")).float()
    model = Reader(pos, typ, json.loads((given.folder / "shape.json").read_text()))
    log = given.out.with_suffix(".log").open("a")

    def say(line: str) -> None:
        print(line, flush=True)
        print(line, file=log, flush=True)

    if given.start:
        say(f"start {given.start.name}; fresh: {', '.join(load_start(model, given.start)) or 'nothing'}")
    first = load_last(model, given.out) if given.resume and given.out.exists() else 0
    if first >= given.steps:
        say(f"{given.out.name} has its {given.steps} steps")
        return
    chance = random.Random(given.seed + first)  # noqa: S311 - no secret
    rows, weights = load_rows(given.folder, given.sets)
    held = load_rows(given.folder, given.held)[0] if given.held else []
    swapper = Swapper(rows, given.swap)
    say(f"{given} {len(rows)} rows, {sum(len(r['ids']) for r in rows)} pieces; held {len(held)}")
    below = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    above = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    rates = [{"params": below, "lr": given.rate}, {"params": above, "lr": given.heads}]
    opt = torch.optim.AdamW(rates, weight_decay=0.01, fused=True)
    plan = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda k: min(1, (k + 1) / given.warm) * max(given.floor, 1 - (first + k) / given.steps)
    )
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
        for ids in batches(rows, given.pieces, chance):
            part = [swapper.swap(rows[i], chance) for i in ids]
            losses = measure_loss(model, Batch(part, word), part, [weights[i] for i in ids])
            loss = sum((2 * v if n == "predicates" else v) for n, v in losses.items()) / len(part)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(below + above, 3.0)
            opt.step()
            plan.step()
            step += 1
            pieces += sum(len(r["ids"]) for r in part)
            for n, v in losses.items():
                sums[n] = sums.get(n, 0.0) + float(v.detach()) / len(part)
            if step > 0.75 * given.steps and step % 8 == 0:  # the mean of the last quarter
                taken += 1
                for n, v in model.state_dict().items():
                    mean[n] = mean[n] + v if n in mean else v.clone()
            if step % 50 == 0:
                told = " ".join(f"{n} {v / 50:.2f}" for n, v in sums.items())
                say(f"{step} {told} | {pieces / (time.time() - began):.0f} pieces/s {time.time() - began:.0f} s")
                sums = {}
            if step % given.check == 0 or step == given.steps:
                save()
                if held:
                    say(check(model, held, word))
            if step >= given.steps:
                break
    if held and taken:
        model.load_state_dict({n: v / taken for n, v in mean.items()})
        say("mean " + check(model, held, word))
    assert math.isfinite(float(loss.detach()))


if __name__ == "__main__":
    main()
