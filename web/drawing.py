"""A neighbourhood as the explorer's script draws it: short labels in the reader's language, no more than is drawn."""

from collections.abc import Sequence

from graph.answers.neighbourhood import Kind, Neighbourhood, Node
from graph.records import Polarity
from web.language.acts import lead_claim
from web.language.formatting import format_name, shorten_text
from web.language.wording import Words

_LABEL_CHARS = 70


def draw(view: Neighbourhood, starts: Sequence[str], words: Words) -> dict[str, list[dict[str, object]]]:
    """Nodes and links as plain values.

    A node has `id`, `kind`, `label`, `opened`, `start`; an entity its `type`; a claim `firmness` and `denied`.
    A link has `start`, `end`, `type` and `label`.
    """
    nodes = [_draw_node(node, words) | {"start": node.id in starts} for node in view.nodes]
    links: list[dict[str, object]] = [
        {"start": link.start, "end": link.end, "type": link.type, "label": words.name("links", link.type)}
        for link in view.links
    ]
    return {"nodes": nodes, "links": links}


def _draw_node(node: Node, words: Words) -> dict[str, object]:
    drawn: dict[str, object] = {"id": node.id, "kind": node.kind.value, "opened": node.opened}
    if node.entity:
        return drawn | {"label": _shorten(node.entity.name, words), "type": node.entity.type.value}
    if node.article:
        return drawn | {"label": _shorten(node.article.title, words)}
    assert node.kind is Kind.CLAIM
    assert node.claim
    denied = node.claim.polarity is Polarity.DENIED
    return drawn | {
        "label": _shorten(lead_claim(node.claim, words), words),
        "firmness": node.claim.modality.value,
        "denied": denied,
    }


def _shorten(text: str, words: Words) -> str:
    return shorten_text(format_name(text, words), _LABEL_CHARS)
