"""Which of a chapter's sentences stand for all: one of each origin, one of each who denies it."""

from collections.abc import Mapping, Sequence

from graph.answers.chapters import ChapterView
from graph.answers.queries import pick_sentences
from graph.matters.reply import Reply
from graph.records import ClaimId
from graph.views import ClaimView


def pick_affirming(chapter: ChapterView) -> tuple[ClaimId, ...]:
    """The first affirming sentence of each origin, as far as it has one, in their order."""
    affirmed = set(chapter.affirmed)
    found = (next((id for id in voice.claims if id in affirmed), None) for voice in chapter.origins.origins)
    return tuple(id for id in found if id)


def pick_hearsay(chapter: ChapterView) -> tuple[ClaimId, ...]:
    """The first affirming sentence of each outlet that passes it on and names nobody."""
    affirmed = set(chapter.affirmed)
    found = (voice.echoes[0].claims[:1] for voice in chapter.origins.hearsay if voice.echoes)
    return tuple(id for ids in found for id in ids if id in affirmed)


def list_sentences(ids: Sequence[ClaimId], claims: Mapping[str, ClaimView]) -> tuple[ClaimView, ...]:
    """Those of the claims that are there, each sentence once."""
    return pick_sentences(claims[id] for id in ids if id in claims)


def find_reply_language(reply: Reply, claims: Mapping[str, ClaimView]) -> str:
    """The language of the sentence of a reply: of a claim of its article; empty where none is there."""
    return next((claim.lang for claim in claims.values() if claim.article.id == reply.article), "")


def pick_first_of_each_speaker(ids: Sequence[ClaimId], claims: Mapping[str, ClaimView]) -> tuple[ClaimId, ...]:
    """The first of those that come from one speaker, or from one outlet in its own voice."""
    first: dict[str, ClaimId] = {}
    for id in ids:
        first.setdefault(claims[id].voice, id)
    return tuple(first.values())
