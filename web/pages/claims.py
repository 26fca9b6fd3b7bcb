"""A claim: its sentence in the paragraph, the ladder of its speakers, who says the same."""

from flask import Blueprint, render_template, url_for

from graph.answers.queries import get_claim
from graph.judging.selves import ONE_PARTY
from graph.records import ClaimId, Cue, CueKind
from graph.views import ClaimDetail
from web.language.formatting import shorten_text
from web.language.wording import Words
from web.languages import get_page_words
from web.marking import Piece, split_text
from web.services import get_services
from web.twins import make_twins

pages = Blueprint("claims", __name__)

# A "sentence" can be a whole article without a full stop.
_SENTENCE_CHARS = 10_000


@pages.get("/claims/<claim_id>")
def show(claim_id: str) -> str:
    detail = get_claim(get_services().store, ClaimId(claim_id), get_services().tables)
    before, sentence, after = mark_cues(detail)
    return render_template(
        "claims/show.html",
        detail=detail,
        claim=detail.claim,
        before=before,
        sentence=sentence,
        after=after,
        cues=group_cues(detail.claim.cues),
        one_party=ONE_PARTY,
        odds=say_odds(detail.claim.score, get_page_words()),
        twins=make_twins(url_for("api.show_claim", claim_id=claim_id)),
    )


def mark_cues(detail: ClaimDetail) -> tuple[tuple[Piece[Cue], ...], ...]:
    """The words before the claim's sentence, the sentence, and those after it, each as pieces lit by cues."""
    claim = detail.claim
    start, end = claim.span
    text = shorten_text(claim.text, _SENTENCE_CHARS)
    parts = ((detail.before, start - len(detail.before)), (text, start), (detail.after, end))
    return tuple(split_text(text, [(_shift(cue.span, offset), cue) for cue in claim.cues]) for text, offset in parts)


def say_odds(score: float | None, words: Words) -> str:
    """How often claims of such a score are right; empty without one."""
    if score is None:
        return ""
    tenths = round(score * 10)
    return str(words.say("claim.odds_most") if tenths > 9 else words.say("claim.odds", n=tenths))


def group_cues(cues: tuple[Cue, ...]) -> dict[CueKind, tuple[str, ...]]:
    """The words of the cues by kind, each once, in the order of the text."""
    ordered = sorted(cues, key=lambda cue: cue.span)
    words = {kind: tuple(dict.fromkeys(cue.text for cue in ordered if cue.kind == kind)) for kind in CueKind}
    return {kind: found for kind, found in words.items() if found}


def _shift(span: tuple[int, int], offset: int) -> tuple[int, int]:
    return span[0] - offset, span[1] - offset
