"""A language's own words that the parts around the network need, out of its words.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_origin

from graph.errors import ConfigError
from graph.records import Modality, Predicate

DENIED = "denied"
MEASURES = {
    Predicate.COSTS: frozenset({"spending", "training_cost", "development_cost"}),
    Predicate.EARNED: frozenset({"revenue", "profit", "margin"}),
    Predicate.VALUED_AT: frozenset({"valuation", "market_cap", "price"}),
    Predicate.SCORES: frozenset({"accuracy", "error_rate"}),
}
"""What is earned, what a firm is valued at, what money is paid for and what was scored are told apart by the nearest
word for it."""
_FIRMNESS = (DENIED, *(modality for modality in Modality if modality is not Modality.ASSERTED))
# The keys of each table.
_TABLES = {
    "firmness": _FIRMNESS,
    "weakens": _FIRMNESS,
    "measures": tuple(sorted(frozenset().union(*MEASURES.values()))),
    "heads": ("nobody", "person", "title", "office", "body", "thing", "either"),
}
_NEVER = r"(?!)"
_LEADS = "leads"  # is told by the language, not by its words
# Where the case of letters counts; words that must stand whole wherever they are; patterns with <parts> in them.
_CASED = frozenset({"definite"})
_SEARCHED = frozenset({"falls", "rises", "accuses", "commands", "firmness", "weakens", "measures"})
_FILLED = frozenset(
    {"authored", "papers", "weakens", "untrue", "unsaid", "undone", "supposed", "cleared", "passed"}
    | {"speaks_before", "speaks_behind", "breaks", "past_before"}
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns of one language; `whole` ones fit a whole phrase, the others are searched in a sentence.

    pronouns  whole: stand for somebody named elsewhere
    mute      whole: words that are no speaker               beyond  in those of a speaker, where others begin
    myself    whole: who speaks                               ours  whole: the speaker's own side
    definite  whole: take up what was named before
    clause    in words that are no party but a sentence, or the end of one and the beginning of another
    the, own  begin a phrase that takes up another name than it holds, one that says whose something is
    it        whole: of the pronouns those that are no person
    several   whole: more than one of those named before
    authored  whole: somebody's paper or statement, and whose (`owner`)
    papers    whole: a paper or a statement                   signed  right behind it, before whose it is
    named     right behind a name that goes on no further: no "Vela critics"
    before, after   what may stand around a name in a phrase
    kinds     whole: behind the name of a thing, what kind of thing it is
    falls, rises    changes to less, to more
    accuses   of which an accusation has one                  commands  speak to the program that reads
    alludes   of which a sentence has one that speaks of an accusation and names neither side: "that is untrue"
    firmness  by modality, and DENIED: words that show it
    weakens   by modality, and DENIED: words that let no claim in their reach be firmer
    negates   right before the words that state a deed (`leads`), else right behind them: it was not done
    until     words of a sentence in which that says less
    not_before, not_behind   right around a side or a figure that it was not: "sued A, not B"
    none      begins the words of a side that stand for nobody and nothing: "bought no chips"
    back_before, back_behind  right around a figure that somebody takes back
    permits   states that something is allowed
    ends      what was agreed is no more
    stands    words of a sentence with which it may be
    untrue    what a sentence says to be untrue (`said`, `figure`: an amount), all around it that tells so, and by whom
              it was said; `verdict`: that it is untrue; `denier`: who says so
    undenied  that somebody does not deny what stands behind it (`leads`), else ahead of it
    unsaid    that somebody does not say, or confirm, something (`said`)
    objects   right behind who is told, after an accusation, only to reject it
    undisclosed  right behind the words that state a deed, that something about it is not told
    negated   in what is said to be untrue, that it was not done: then nothing is known
    aside     in what is said to be untrue, before words that tell of something beside it (`leads`), else behind
              them, from their last letter on
    asks      at the end of a sentence that asks
    undone    a deed that nothing came of (`said`)
    sold      right before what somebody parts with all shares in
    supposed  what is only supposed (`said`)
    gives_before, gives_behind   right around a figure, that somebody (`who`) puts it at so much
    passed    what somebody (`who`) has told another (`said`)
    outputs_before, outputs_behind   right around the name of whose outputs taught a model
    learner_before, learner_behind   right around the name of what learned from them
    buys_behind   right behind whoever buys the other side
    overstated_before, overstated_behind   right around an amount by which somebody made another look larger
    given_before, given_behind   right around whoever something was received or bought from
    closing   what is said (`said`), with who says it right around it (`who`)
    medium    whole: where somebody says something, who is no speaker
    pleading  whole: what says what a plaintiff does
    untold    that somebody does not tell something, which denies nothing
    leads_on  right behind the one side in words for the other, which begin there: "its model on their books"
    speaks_before, speaks_behind  right around a firm that is quoted, or for which somebody quoted speaks
    breaks    beside a quotation, where another clause begins
    past_before   right before a firm behind whose name that says nothing
    courts    a name of a court
    whole_before, whole_behind    right around an amount of which another is a part: 400 of "80 of its 400 employees"
    old_before, old_behind        right around an amount that is so no more: $3 of "from $3 to $2"
    moved_before, moved_behind  right around an amount by which a value moved or is surpassed
    foretold_before, foretold_behind   right around an amount that somebody expected
    estimated right before who has gathered what others expected
    to_come   right behind the words that state a deed, that it is yet to be done
    measures  by measure, words beside an amount that say what it measures
    to_word   whole: between an amount and such a word behind it   to_figure  right behind one whose amount comes yet
    has       between a name and its figure                  joins  between two names of which one thing is told
    within    right before a name that has not what its phrase has: "investors in Vela"
    scored_by between a score and whose it is                priced  between a price and what has it
    rival_before, rival_link, rival_behind   right before an amount, between it and a name, and right behind that: the
              amount is that of whom another is compared with
    relative  between a name and the words of a relative clause about it
    below     in the words that state a comparison, or one letter before them: what is compared is the worse
    cheaper   words of a sentence in which less is better
    sells     begins with the words that state a deal: somebody sells in it
    buyer_before, buyer_behind    right around who buys there
    lifts     begins with the words that state money raised: a forecast is
    cleared   who did not do it, as a court finds, or whom a ruling that it overturns went against (`said`)
    pleads    begins with the words that state a ruling: somebody only asks for it, or is heard
    arrives, departs   right before where somebody goes, and where somebody comes from (`leads`), else right behind it
    favours, faults    the same of a side that a court rules for, and against
    titles    whole: words that state a deed as what somebody is, the founder of a firm
    since     whole: from these to a day, that it was done then
    shares_of, shares   right before and right behind a name whose shares are told of
    own_shares  shares of whom no name says (`whose`)        bare_shares  whole: the words for such shares
    level_before, level_behind    right around a price that is where it stands, not how far it moved
    valued_before, valued_after   what stands right beside the amount that a firm is valued at
    told_before, told_after       right beside a day, that somebody told of the deed then
    compared  right before a day, that the deed is compared with what was then
    longer    words of a sentence by which what moved did so over more than a day, or on another
    first     from a day on, that a deed of its own follows it before another is told
    later     whole: from a deed to a day, that another deed, of that day, follows it
    clause_before, clause_behind   right around a day, that it is that of a clause which only tells of somebody
    day_behind, day_ahead  between an amount and the day that it was so, behind it or ahead of it
    respectively   two lists of a sentence belong together one by one
    heads     whole, by what they take up: a person, a body, a thing, or either of these two
    leads     whether such words stand before what they weaken, as in English, or behind it
    """

    pronouns: re.Pattern[str]
    definite: re.Pattern[str]
    mute: re.Pattern[str]
    beyond: re.Pattern[str]
    myself: re.Pattern[str]
    ours: re.Pattern[str]
    the: re.Pattern[str]
    own: re.Pattern[str]
    it: re.Pattern[str]
    several: re.Pattern[str]
    clause: re.Pattern[str]
    authored: re.Pattern[str]
    papers: re.Pattern[str]
    signed: re.Pattern[str]
    named: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    kinds: re.Pattern[str]
    falls: re.Pattern[str]
    rises: re.Pattern[str]
    accuses: re.Pattern[str]
    commands: re.Pattern[str]
    firmness: Mapping[str, re.Pattern[str]]
    weakens: Mapping[str, re.Pattern[str]]
    negates: re.Pattern[str]
    until: re.Pattern[str]
    not_before: re.Pattern[str]
    not_behind: re.Pattern[str]
    none: re.Pattern[str]
    back_before: re.Pattern[str]
    back_behind: re.Pattern[str]
    permits: re.Pattern[str]
    ends: re.Pattern[str]
    stands: re.Pattern[str]
    untrue: tuple[re.Pattern[str], ...]
    undenied: re.Pattern[str]
    unsaid: re.Pattern[str]
    objects: re.Pattern[str]
    undisclosed: re.Pattern[str]
    negated: re.Pattern[str]
    aside: re.Pattern[str]
    asks: re.Pattern[str]
    undone: tuple[re.Pattern[str], ...]
    sold: re.Pattern[str]
    supposed: tuple[re.Pattern[str], ...]
    gives_before: re.Pattern[str]
    gives_behind: re.Pattern[str]
    passed: tuple[re.Pattern[str], ...]
    outputs_before: re.Pattern[str]
    outputs_behind: re.Pattern[str]
    learner_before: re.Pattern[str]
    learner_behind: re.Pattern[str]
    buys_behind: re.Pattern[str]
    overstated_before: re.Pattern[str]
    overstated_behind: re.Pattern[str]
    given_before: re.Pattern[str]
    given_behind: re.Pattern[str]
    closing: tuple[re.Pattern[str], ...]
    medium: re.Pattern[str]
    pleading: re.Pattern[str]
    alludes: re.Pattern[str]
    untold: re.Pattern[str]
    leads_on: re.Pattern[str]
    speaks_before: re.Pattern[str]
    speaks_behind: re.Pattern[str]
    breaks: re.Pattern[str]
    past_before: re.Pattern[str]
    courts: re.Pattern[str]
    whole_before: re.Pattern[str]
    whole_behind: re.Pattern[str]
    old_before: re.Pattern[str]
    old_behind: re.Pattern[str]
    moved_before: re.Pattern[str]
    moved_behind: re.Pattern[str]
    foretold_before: re.Pattern[str]
    foretold_behind: re.Pattern[str]
    estimated: re.Pattern[str]
    to_come: re.Pattern[str]
    measures: Mapping[str, re.Pattern[str]]
    to_word: re.Pattern[str]
    to_figure: re.Pattern[str]
    has: re.Pattern[str]
    joins: re.Pattern[str]
    within: re.Pattern[str]
    scored_by: re.Pattern[str]
    priced: re.Pattern[str]
    rival_before: re.Pattern[str]
    rival_link: re.Pattern[str]
    rival_behind: re.Pattern[str]
    relative: re.Pattern[str]
    below: re.Pattern[str]
    cheaper: re.Pattern[str]
    sells: re.Pattern[str]
    buyer_before: re.Pattern[str]
    buyer_behind: re.Pattern[str]
    lifts: re.Pattern[str]
    cleared: tuple[re.Pattern[str], ...]
    pleads: re.Pattern[str]
    arrives: re.Pattern[str]
    departs: re.Pattern[str]
    favours: re.Pattern[str]
    faults: re.Pattern[str]
    titles: re.Pattern[str]
    since: re.Pattern[str]
    shares_of: re.Pattern[str]
    shares: re.Pattern[str]
    own_shares: re.Pattern[str]
    bare_shares: re.Pattern[str]
    level_before: re.Pattern[str]
    level_behind: re.Pattern[str]
    valued_before: re.Pattern[str]
    valued_after: re.Pattern[str]
    told_before: re.Pattern[str]
    told_after: re.Pattern[str]
    compared: re.Pattern[str]
    longer: re.Pattern[str]
    first: re.Pattern[str]
    later: re.Pattern[str]
    clause_before: re.Pattern[str]
    clause_behind: re.Pattern[str]
    day_behind: re.Pattern[str]
    day_ahead: re.Pattern[str]
    respectively: re.Pattern[str]
    heads: Mapping[str, re.Pattern[str]]
    leads: bool


def load_lexicon(path: Path, *, spaced: bool) -> Lexicon:
    """The lexicon of a file; `spaced`: words are parted by spaces, so that they must stand whole.

    A key left empty, `[]` or `""`, matches nothing. Raises ConfigError when one is not there or does not compile.
    """
    raw = tomllib.loads(path.read_text("utf-8"))
    if lacking := _find_lacking(raw):
        message = f"{path}: no {', '.join(lacking)}; `Lexicon` in lexicon.py says what each is, and [] or '' is none"
        raise ConfigError(message, subject=str(path))
    edges = (r"(?<![^\W\d_])", r"(?![^\W\d_])") if spaced else ("", "")
    gap = r"\s+" if spaced else ""

    def make(key: str, words: str | list[str]) -> re.Pattern[str]:
        """The pattern of a key, or of one in its table, with the name of that before a dot."""
        name = key.partition(".")[0]
        words = [word for word in _list(words) if word] or [_NEVER]  # nothing in a pattern would match everywhere
        if name in _SEARCHED:
            words = [f"{edges[0]}(?:{word}){edges[1]}" if word[0].isalpha() else word for word in words]
        pattern = "|".join(words)
        if name == "before":
            pattern = rf"(?:(?:{pattern})\.?{gap})+"
        if name == "after":
            pattern = rf"(?:{pattern})+$"
        try:
            pattern = _fill(pattern, raw["parts"]) if name in _FILLED else pattern
            return re.compile(pattern, re.NOFLAG if name in _CASED else re.IGNORECASE)
        except re.error as error:
            raise ConfigError(f"{path}: {key}: {error}", subject=str(path)) from error

    def shape(name: str, kind: Any, words: Any) -> Any:
        """What a key holds, as its field is declared."""
        if kind is Mapping:
            table = words or dict.fromkeys(_TABLES[name], "")
            return {key: make(f"{name}.{key}", one) for key, one in table.items()}
        return tuple(make(name, one) for one in _list(words)) if kind is tuple else make(name, words)

    keys = [one for one in fields(Lexicon) if one.name != _LEADS]
    return Lexicon(**{one.name: shape(one.name, get_origin(one.type), raw[one.name]) for one in keys}, leads=spaced)


def _list(words: str | list[str]) -> list[str]:
    return words if isinstance(words, list) else [words]


def _find_lacking(raw: Mapping[str, Any]) -> list[str]:
    """The keys that are not there, by their names in the file; a table left empty has all of its own."""
    keys = [*(one.name for one in fields(Lexicon) if one.name != _LEADS), "parts"]
    lacking = [key for key in keys if key not in raw]
    return lacking or [
        f"{table}.{key}" for table, keys in _TABLES.items() for key in keys if raw[table] and key not in raw[table]
    ]


_GROUPS = ("said", "figure", "verdict", "denier")
_PART = re.compile(r"(?<!P)<([a-z]+)>")


def _fill(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with each `<part>` filled in; groups that it lacks are there and never match."""
    while names := set(_PART.findall(pattern)):
        if lacking := sorted(names.difference(parts)):
            raise re.error(f"parts has no {', '.join(lacking)}")
        pattern = _PART.sub(lambda match: parts[match[1]] or _NEVER, pattern)
    return pattern + "".join(f"(?P<{name}>(?!))?" for name in _GROUPS if f"(?P<{name}>" not in pattern)
