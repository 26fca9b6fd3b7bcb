"""How firmly a sentence puts a clause, and whether it denies it: read on the way from the clause up to the root.

Every step can only weaken.
"""

from spacy.tokens import Token

from graph.records import Modality
from ingest.nlp.en.firmness import Firmness, find_mark, find_trusted, iter_up, read_own
from ingest.nlp.en.governors import read_step
from ingest.nlp.en.hearsay import read_hearsay


def read_firmness(head: Token) -> Firmness:
    """How firmly the clause of a verb is stated by its sentence."""
    firmness = Firmness()
    read_own(head, firmness)
    node = head
    _read_whether(head, firmness)
    while node.dep_ != "ROOT" and node.head != node and firmness.usable:
        read_step(node, firmness)
        node = node.head
    read_hearsay(head, firmness)
    _read_condition(head, firmness)
    _read_question(head, firmness)
    return firmness


def _read_whether(head: Token, firmness: Firmness) -> None:
    """What stands after "whether" is open, whatever the parser hangs it on."""
    mark = find_mark(head)
    if mark is not None and mark.lower_ == "whether":
        firmness.weaken(Modality.QUESTIONED, mark)


def _read_condition(head: Token, firmness: Firmness) -> None:
    """What holds only under a condition is not stated as a fact."""
    for node in iter_up(head):
        for child in node.children:
            if child.dep_ in {"advcl", "prep", "mark"} and child.i != head.i and child not in list(iter_up(head)):
                mark = find_mark(child) if child.dep_ == "advcl" else None
                if mark is not None and mark.lower_ in {"if", "unless", "provided"} and find_trusted(mark) is None:
                    firmness.weaken(Modality.SPECULATED, mark)
        if node.dep_ in {"ROOT", "ccomp", "conj", "relcl", "advcl"}:
            return


def _read_question(head: Token, firmness: Firmness) -> None:
    ends = [t for t in head.doc[head.i :] if t.text in {"?", "."} and _closes(t)]
    last = ends[0] if ends else None
    if last is not None and last.text == "?":
        firmness.weaken(Modality.QUESTIONED, last)


def _closes(mark: Token) -> bool:
    """Whether nothing follows a mark but quotation marks, or a new sentence, or it ends the words of a link."""
    following = next((t for t in mark.doc[mark.i + 1 :] if not t.is_space and not t.is_quote), None)
    return following is None or following.text[:1].isupper() or following.text[:1] == "]"
