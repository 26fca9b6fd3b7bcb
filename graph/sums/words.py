"""What words around a number make of it: the marks that relations are searched by, whatever the language."""

import re
from dataclasses import dataclass

from graph.sums.numerals import Numeral

_NEVER = r"(?!)"
# How far words may stand from the number that they mark.
_REACH = 64


@dataclass(frozen=True, slots=True)
class Around:
    """Words that mark a number by standing right before or right behind it, with what hedges it left out."""

    before: re.Pattern[str]
    behind: re.Pattern[str]

    def marks(self, text: str, one: Numeral) -> bool:
        """Whether they stand by the number."""
        return bool(self.before.search(text[max(0, one.lead - _REACH) : one.lead]) or self.behind.match(text, one.end))


def around(before: str = _NEVER, behind: str = _NEVER) -> Around:
    """The words of two patterns: what a text before a number ends with, what a text behind it begins with."""
    return Around(re.compile(rf"(?:{before})$", re.IGNORECASE), re.compile(behind, re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class Words:
    """The relation words of a language.

    whole     a number that others are parts of: of the 1,200; 1,200のうち
    origin    a number that another is set against: from 400, than 400; 400から
    anchor    all that may stand between a ratio and its base; `base_first`: the base stands before
    shares    an anchor that makes any ratio a share: "cut 15 percent of its 8,000"
    compares  an anchor that no share has: "68 percent from 87"
    unnamed   what a ratio is of when that is no number: 前年同期の2.3倍
    up, down  a number that something grew or fell by
    way       any word of growth or fall
    step      what makes a ratio behind which its base stands one of growth: 20 percent more than
    link      a number that tells again what was told: ", or 15 percent"; 15%にあたる
    apposed   all that may stand between a ratio and the amount that says the same
    back      a share of what was told before: 15 percent of them; 全体の15%
    named     what names the thing that a share is of: of the project's cost
    refers    what a sentence begins with that is about the one before
    apart     how far two numbers are from each other
    rest      what is left of a whole
    worth     where something is reckoned: 3,800 at $30,000 would be worth $114 million
    implies   words by which a sentence says that it draws on what stands before; `reckons`: those that say how it does
    averages  those that say a mean anywhere in it; `priced`: all at the price told, `held`: from first to last
    every     so many in each of others
    manifold  a multiple with what makes it one: three times as high, not three times a day
    besides   what tells of more than the numbers before: since Saturday, charging included, 日産も
    narrows   words behind a rest that make it one of something else: 450 patents in dispute
    splits    what tells a whole's parts: in groups, consists of
    total     a sum; `average`: a mean; `each`: what one piece costs, or one day brings
    period    what an amount is told for: a month
    clause    where another clause begins; `parted`: one that a ratio is not said across; `joined`: one that tells of
              another thing
    joint     names of those that hold a share together
    moved     an amount that something grew or fell by; `reached`: one that it came to; `rate`: a ratio that is named
              as one
    part      a number that is itself taken from a whole
    listing   what joins two parts of a whole
    listed    what tells several things at once: respectively
    staff     nouns for one thing: those that work somewhere
    best      a largest or smallest ever; `passes`: a number that is beaten; `lists`: what tells the record before
    ahead     the names of those that come before a place in a list
    """

    whole: Around
    origin: Around
    anchor: re.Pattern[str]
    base_first: bool
    shares: re.Pattern[str]
    compares: re.Pattern[str]
    unnamed: Around
    up: Around
    down: Around
    way: re.Pattern[str]
    step: re.Pattern[str]
    link: Around
    apposed: re.Pattern[str]
    back: Around
    named: re.Pattern[str]
    refers: re.Pattern[str]
    apart: Around
    rest: Around
    worth: re.Pattern[str]
    implies: re.Pattern[str]
    reckons: re.Pattern[str]
    averages: re.Pattern[str]
    priced: re.Pattern[str]
    held: re.Pattern[str]
    every: re.Pattern[str]
    manifold: re.Pattern[str]
    besides: re.Pattern[str]
    narrows: re.Pattern[str]
    splits: re.Pattern[str]
    total: Around
    average: Around
    each: Around
    period: re.Pattern[str]
    clause: re.Pattern[str]
    parted: re.Pattern[str]
    joined: re.Pattern[str]
    joint: re.Pattern[str]
    moved: Around
    reached: Around
    rate: Around
    part: Around
    listing: re.Pattern[str]
    listed: re.Pattern[str]
    staff: re.Pattern[str]
    best: re.Pattern[str]
    passes: Around
    lists: re.Pattern[str]
    ahead: re.Pattern[str]
