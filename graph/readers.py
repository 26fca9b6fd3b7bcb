"""What found a claim: the name of a reader and its version, `rules 1`. The version is raised when its claims change."""

import re
from datetime import datetime

from graph.records import Claim

RULES = "rules 1"
TABLES = "tables 1"
BOARDS = "leaderboards 1"
"""Of leaderboards that a user loads; tables amid an article are its own words."""

HAND = "hand 1"
"""Of what a person put in the place of a misread claim (by_hand.py)."""

FORMER = {"table": TABLES, "leaderboard": BOARDS}
"""Readers by what stood in their place before format 4, the name of a rule; of all other rules the reader is RULES."""


LLM = "llm"
BOTH = "both"
"""Of what the learned reader and a language model state alike: `both learned 5 + llm MODEL/1`."""

AGENT = "agent"
"""Of what a user's own agent read and proposed: `agent NAME/VERSION@RUN`. The run names the batch."""

_STRANGE = re.compile(r"[^\w.+:-]+")
_LONGEST = 60

_OF_TEXTS = frozenset({"rules", "tables", "learned", LLM, BOTH, AGENT})
"""Names of readers that read sentences; what others brought was given, by a person or a loaded table."""


def name_reader(reader: str) -> str:
    """Its name without the version."""
    return reader.partition(" ")[0]


def is_read(claim: Claim) -> bool:
    """Whether a program found it in its text."""
    return name_reader(claim.reader) in _OF_TEXTS


def is_told(claim: Claim) -> bool:
    """Whether a language model alone found it: of what both found, the learned reader tells how likely it is right."""
    return name_reader(claim.reader) == LLM


def is_proposed(claim: Claim) -> bool:
    """Whether an agent proposed it: it goes when the agent or a person takes it back, whatever else reads its text."""
    return name_reader(claim.reader) == AGENT


def name_reading_agent(name: str, version: str) -> str:
    """`agent NAME/VERSION` of what an agent calls itself, whatever signs that has; empty when it has no name."""
    told, number = (_STRANGE.sub("-", text.strip())[:_LONGEST].strip("-") for text in (name, version))
    return f"{AGENT} {told}/{number or 0}" if told else ""


def name_run(agent: str, started: datetime) -> str:
    """The reader that claims carry which an agent proposed in one run of the server."""
    return f"{agent}@{started:%Y%m%dT%H%M%S}"


def name_agent(reader: str) -> str:
    """Who read, whatever the batch: `agent NAME/VERSION`."""
    return reader.partition("@")[0]


def is_by_hand(claim: Claim) -> bool:
    """Whether a person put it in the place of a misread claim."""
    return name_reader(claim.reader) == name_reader(HAND)


def is_board_row(claim: Claim) -> bool:
    """Whether it is a row of a loaded leaderboard."""
    return name_reader(claim.reader) == name_reader(BOARDS)
