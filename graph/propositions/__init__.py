"""Claims grouped into propositions: what several utterances are about, affirmed or denied (propositions.md, section 1).

    Claim → matter → Signature → Group

`find_matter` gives the coarse key inside which all is decided; `group_claims` groups the claims of one or more matters.
"""

from graph.propositions.grouping import group_claims
from graph.propositions.groups import Group
from graph.propositions.rulings import Rulings, derive_rulings
from graph.propositions.signatures import Signature, find_matter, make_signature

__all__ = [
    "Group",
    "Rulings",
    "Signature",
    "derive_rulings",
    "find_matter",
    "group_claims",
    "make_signature",
]
