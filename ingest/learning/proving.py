"""Fits what proofreads (ingest/nlp/proof.py) and what scores (ingest/nlp/scorer.py), as one, to claims that were found.

Needs torch. The layers begin as those of the reader that read a sentence again; what they are to see is learned in one
pass and a half: after a second one they know the claims by heart and tell others worse (decision 24).
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from time import monotonic
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - as everybody calls it

from graph.errors import ConfigError
from ingest.learning.examples import Example, Say
from ingest.learning.fit import WIDE, Layer
from ingest.nlp.proof import PARTIES, PARTS, ROLES, VIEWS, Array, lay_out, name_views
from ingest.nlp.scorer import BIAS, CLIP

_UNITS = 64
_PIECES = 3500
# Claims are put together by length within so many, so that little of a batch is filled up.
_SORTED = 1024
_RATE, _HEADS, _DECAY = 1e-4, 7e-4, 0.02
_WARM, _FLOOR = 50, 0.02
_DROP, _HEARD_DROP, _UNITS_DROP = 0.1, 0.2, 0.2
# The mean of the weights goes on from step to step; the last two hundred or so count.
_MEAN = 0.995
# What is right in every part counts half beside what is there, in the fit and in the sum.
_RIGHT = 0.5
# Signs seen less often say nothing; which predicate it is, the layers are told.
_FEWEST, _UNUSED = 30, "predicate="
# An accusation that nobody made harms more than one that is missed, so it counts more often.
_INVENTED = 3.0
# A sign that is always the same says nothing, whatever is a little off it.
_NARROWEST = 0.05
_TOLD = 100


class Layers(nn.Module):
    """The layers that proofread, as `write_proof` has them under `proof.`."""

    def __init__(self, predicates: int, count: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(count))
        self.told, self.lit = nn.Embedding(predicates, WIDE), nn.Parameter(torch.zeros(WIDE))
        self.role = nn.Parameter(torch.randn(PARTS * len(ROLES), WIDE) * 0.1)
        self.none = nn.Parameter(torch.zeros(PARTIES, WIDE))
        self.drop = nn.Dropout(_HEARD_DROP)
        self.seen = nn.Linear((3 + PARTIES) * WIDE, VIEWS)
        for layer in self.layers:
            layer.drop.p = _DROP

    def forward(self, given: Mapping[str, Tensor]) -> Tensor:
        """[claims, VIEWS]; `given` as `lay_out` has it, and `long`, the pieces of each."""
        own, look, marks, long = (given[name] for name in ("own", "look", "marks", "long"))
        y = given["below"] + own[..., None] * self.told(given["predicate"])[:, None] + look[..., None] * self.lit
        y = y + marks.transpose(1, 2) @ self.role
        there = torch.arange(y.shape[1]) < long[:, None]
        for layer in self.layers:
            y = layer(y, there[:, None, None, :])
        end = y[torch.arange(len(y)), long - 1]
        mean = (own[..., None] * y).sum(1) / own.sum(1, keepdim=True)
        of = marks.unflatten(1, (len(ROLES), PARTS)).sum(2)[:, :PARTIES]
        size = of.sum(2, keepdim=True)
        parties = torch.where(size < 1, self.none, of @ y / size.clamp(min=1))
        whole = torch.cat([end, mean, (look[:, None] @ y)[:, 0], parties.flatten(1)], 1)
        return self.seen(self.drop(whole)).tanh()


class _Score(nn.Module):
    """What is seen of a claim and its signs in, [claims, 2] out: logits that it is there, and right in every part."""

    def __init__(self, signs: int) -> None:
        super().__init__()
        self.into, self.drop = nn.Linear(VIEWS + signs, _UNITS), nn.Dropout(_UNITS_DROP)
        self.out, self.straight = nn.Linear(_UNITS, 2), nn.Linear(VIEWS + signs, 2, bias=False)

    def forward(self, views: Tensor, signs: Tensor) -> Tensor:
        x = torch.cat([views, signs], 1)
        return self.out(self.drop(F.gelu(self.into(x)))) + self.straight(x)


class _Both(nn.Module):
    def __init__(self, layers: Layers, score: _Score) -> None:
        super().__init__()
        self.layers, self.score = layers, score


class _Taught:
    """The signs of examples that are seen often enough, and how they usually are."""

    def __init__(self, examples: Sequence[Example]) -> None:
        counts = Counter(name for one in examples for name, value in one.signs.items() if value)
        self.names = sorted(n for n, count in counts.items() if count >= _FEWEST and not n.startswith(_UNUSED))
        x = self._list(examples)
        self.mean, self.wide = x.mean(0), np.maximum(x.std(0), _NARROWEST)

    def _list(self, examples: Sequence[Example]) -> Array:
        return np.array([[one.signs.get(name, 0.0) for name in self.names] for one in examples], np.float32)

    def take(self, examples: Sequence[Example]) -> Tensor:
        """[claims, signs], as the score takes them."""
        return torch.from_numpy(((self._list(examples) - self.mean) / self.wide).clip(-CLIP, CLIP))


def fit_proof(
    examples: Sequence[Example],
    start: Mapping[str, Array],
    passes: float,
    seed: int,
    say: Say,
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Weights of the layers under `proof.`, and those of the score, fitted to the claims that count.

    start   weights of the reader whose layers they begin as
    passes  how often each claim is seen
    Raises ConfigError when none of the claims counts.
    """
    counted = [one for one in examples if one.core]
    if not counted:
        raise ConfigError(f"none of {len(examples)} claims counts; there is nothing to learn to proofread from")
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 - no secret
    taught = _Taught(counted)
    layers = Layers(len(start["told.weight"]), len({n.split(".")[1] for n in start if n.startswith("again.")}))
    layers.load_state_dict(_take_start(start), strict=False)
    both = _Both(layers, _Score(len(taught.names)))
    mean = deepcopy(both).eval()
    steps = max(1, round(passes * sum(1 for _ in _iter_batches(counted, random.Random(0)))))  # noqa: S311
    opt, plan = _make_optimizer(both, steps)
    step, loss_sum, began = 0, 0.0, monotonic()
    while step < steps:
        for batch in _iter_batches(counted, chance):
            both.train()
            loss = _measure_loss(both, batch, taught)
            opt.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
            nn.utils.clip_grad_norm_(both.parameters(), 1.0)
            opt.step()
            plan.step()
            step, loss_sum = step + 1, loss_sum + float(loss.detach())
            _follow(mean, both, min(_MEAN, step / (step + 20)))
            if step % _TOLD == 0 or step == steps:
                say(f"{step} of {steps}: loss {loss_sum / (step % _TOLD or _TOLD):.3f}, {monotonic() - began:.0f} s")
                loss_sum = 0.0
            if step == steps:
                break
    found = {f"proof.{name}": value.numpy() for name, value in mean.layers.state_dict().items()}
    return found, _write_score(mean.score, taught)


def _measure_loss(both: _Both, batch: Sequence[Example], taught: _Taught) -> Tensor:
    logits = both.score(run_layers(both.layers, batch), taught.take(batch))
    wanted = torch.tensor([(float(one.met), float(one.right)) for one in batch])
    often = torch.tensor([_INVENTED if one.signs.get("accuses") and not one.met else 1.0 for one in batch])
    loss = F.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    return (loss * torch.tensor([1.0, _RIGHT]) * often[:, None]).mean()


def _write_score(score: _Score, taught: _Taught) -> dict[str, Any]:
    """The score as scorer.json has it: one sum of both logits, that counts what is right half."""
    both = torch.tensor([1.0, _RIGHT])
    names = [*name_views([0.0] * VIEWS), *taught.names]
    usual = [*[(0.0, 1.0)] * VIEWS, *zip(taught.mean.tolist(), taught.wide.tolist(), strict=True)]
    with torch.no_grad():
        hidden = {
            "signs": [[name, round(mean, 5), round(wide, 5)] for name, (mean, wide) in zip(names, usual, strict=True)],
            "straight": _round(both @ score.straight.weight),
            "into": _round(score.into.weight),
            "bias": _round(score.into.bias),
            "out": _round(both @ score.out.weight),
        }
        return {"weights": {BIAS: round(float(both @ score.out.bias), 5)}, "hidden": hidden}


def _round(values: Tensor) -> Any:
    return np.round(values.numpy().astype(np.float64), 5).tolist()


def _take_start(start: Mapping[str, Array]) -> dict[str, Tensor]:
    again = {name.replace("again.", "layers.", 1): start[name] for name in start if name.startswith("again.")}
    found = again | {"told.weight": start["told.weight"], "lit": start["lit"]}
    return {name: torch.from_numpy(np.array(value)) for name, value in found.items()}


def _make_optimizer(both: _Both, steps: int) -> tuple[Any, Any]:
    begun = ("layers.layers.", "layers.told.", "layers.lit")
    below = [p for name, p in both.named_parameters() if name.startswith(begun)]
    above = [p for name, p in both.named_parameters() if not name.startswith(begun)]
    parts = [{"params": below, "lr": _RATE}, {"params": above, "lr": _HEADS}]
    opt = torch.optim.AdamW(parts, weight_decay=_DECAY)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda k: min(1, (k + 1) / _WARM) * max(_FLOOR, 1 - k / steps))
    return opt, plan


def _iter_batches(examples: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
    order = list(examples)
    chance.shuffle(order)
    for at in range(0, len(order), _SORTED):
        batches: list[list[Example]] = [[]]
        for one in sorted(order[at : at + _SORTED], key=lambda one: len(one.claim.below)):
            if batches[-1] and (len(batches[-1]) + 1) * len(one.claim.below) > _PIECES:
                batches.append([])
            batches[-1].append(one)
        chance.shuffle(batches)
        yield from batches


def run_layers(layers: nn.Module, batch: Sequence[Example]) -> Tensor:
    """[claims, VIEWS]: what is seen of a few claims."""
    claims = [one.claim for one in batch]
    given = {name: torch.from_numpy(value) for name, value in lay_out(claims).items()}
    given["long"] = torch.tensor([len(claim.below) for claim in claims])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        views: Tensor = layers(given)
    return views.float()


def _follow(mean: nn.Module, both: nn.Module, kept: float) -> None:
    with torch.no_grad():
        for one, other in zip(mean.parameters(), both.parameters(), strict=True):
            one.mul_(kept).add_(other, alpha=1 - kept)
