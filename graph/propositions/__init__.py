"""Claims grouped into propositions: what several utterances are about, affirmed or denied (docs/model.md).

    Claim → matter → Signature → Group

`find_matter` gives the coarse key inside which all is decided, `find_homes` that of a claim which tells the number of
another one; `group_claims` groups the claims of one or more matters.
"""

from graph.propositions.grouping import group_claims
from graph.propositions.groups import Group
from graph.propositions.restated import NEAR, find_homes, find_number, list_doubtful, make_pages
from graph.propositions.rulings import Rulings, derive_rulings
from graph.propositions.signatures import find_matter

__all__ = [
    "NEAR",
    "Group",
    "Rulings",
    "derive_rulings",
    "find_homes",
    "find_matter",
    "find_number",
    "group_claims",
    "list_doubtful",
    "make_pages",
]
