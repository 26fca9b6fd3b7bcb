"""Whether a matter is confirmed: by the one it is about, by both sides of a deal, by a court, by papers of record."""

import re
from collections.abc import Collection, Sequence

from graph.background import Background
from graph.matters.speakers import is_both
from graph.matters.witnesses import find_concerned, is_own_page, publishes, speaks_for
from graph.records import Claim, ClaimType, EntityId, EntityType, Modality, Polarity, SourceKind
from graph.utterances import Utterance

# What one says of these binds oneself.
_BINDING = (ClaimType.ALLEGATION, ClaimType.DEAL, ClaimType.PEOPLE, ClaimType.LEGAL)
# Acts of parties: what either side says of them it knows.
_ACTS = (ClaimType.DEAL, ClaimType.PEOPLE, ClaimType.LEGAL)
# Of its own results and prices a maker's word confirms nothing, whoever said so before.
_OWN_WORK = (ClaimType.BENCHMARK, ClaimType.CAPABILITY, ClaimType.COST, ClaimType.STANCE)
_PAYERS = (EntityType.COMPANY, EntityType.PERSON, EntityType.INSTITUTION)
_HEDGED = (Modality.REPORTED, Modality.ALLEGED, Modality.SPECULATED, Modality.PREDICTED)
_COURT = re.compile(r"\bcourts?\b|\btribunal\b|\bjudges?\b|裁判所|地裁|高裁|裁判官|判事", re.IGNORECASE)
_PAPERS = re.compile(
    r"\b(?:documents?|records?|logs?|filings?|files|notifications?|declarations?|invoices?|returns)\b"
    r"|文書|記録|資料|書類|届け?出|申告|請求書",
    re.IGNORECASE,
)
# What one of these hands in is a word like any other, on whatever page it stands.
_PRIVATE = re.compile(
    r"\b(?:complain\w*|victims?|(?:employee|worker|clerk|customer|consumer|witness|whistle-?blower)(?:s|es)?|staff"
    r"|users?(?! (?:documents?|records?|logs?|files)))\b"
    r"|被害者|申立人|告発者|通報者|利用者|ユーザー|顧客|従業員|社員|職員|証人",
    re.IGNORECASE,
)
_ADMITS = re.compile(
    r"\b(?:admit|conced|acknowledg|own(?:s|ed) up)|"
    r"\baccept(?:s|ed)? the (?:\d[\d,.]* (?:[a-z]+illion|crore|lakh|percent)|"
    r"(?:[\w'’-]{1,20} ){0,2}(?:findings?|conclusions?|rulings?|verdict|criticisms?|blame|figures?|counts?|account))\b"
    r"|認め(?:た|て|る|、)|認めました|(?:指摘|結論|結果|批判|判決|判断|認定|責任|数字)を[^。、]{0,6}受け入れ(?:た|る|、|まし)",
    re.IGNORECASE,
)

# What others told, in words that make it one's own: "confirmed that it is in talks".
_CONFIRMS = re.compile(
    r"\b(?:confirm(?:s|ed|ing)?|acknowledge[sd]?|admit(?:s|ted)?|conced\w+)\b(?! nor)|認め(?:た|て|る|、|まし)",
    re.IGNORECASE,
)
_PASSED_ON = (Modality.REPORTED, Modality.ALLEGED)


def find_confirmation(told: Sequence[Utterance], background: Background) -> Utterance | None:
    """The first that confirms the matter, in `sort_utterances`' order; None without one.

    That is a court's finding, what an authority has from papers or, by its name, of what others accused somebody of, or
    the word of the one whom the matter is about: on what binds it, on what others had told or suspected of it, or as an
    admission; or who is to act announces what others had told of his plans. What a maker says of its own results
    confirms nothing, nor does what a victim is the first to tell.
    """
    concerned = find_concerned(told, background)
    for place, one in enumerate(told):
        if one.claim.polarity is Polarity.DENIED:
            continue
        if _announces(one, told[:place], background):
            return one
        confirms = one.claim.modality in _PASSED_ON and bool(_CONFIRMS.search(one.claim.text))
        if one.claim.modality is not Modality.ASSERTED and not confirms:
            continue
        if _is_found(one) or _is_finding(one, told[:place], concerned, background):
            return one
        if _is_own_word(one, told[:place], concerned, background):
            return one
    return None


def _is_found(one: Utterance) -> bool:
    """Whether a court says so, or an authority on its own page out of papers that it has."""
    if one.speaker is None:
        return False
    if _COURT.search(one.speaker.name):
        return True
    words = "" if one.speaker.entity else one.speaker.name
    papers = bool(_PAPERS.search(words)) and not _PRIVATE.search(words)
    return papers and one.article.source.kind is SourceKind.GOVERNMENT


def _is_finding(
    one: Utterance, before: Sequence[Utterance], concerned: Collection[EntityId], background: Background
) -> bool:
    """Whether an authority names itself on its own page as who found what others accused somebody of before, or told
    of somebody who denied it."""
    own = one.article.source.kind is SourceKind.GOVERNMENT
    accuses = one.claim.type is ClaimType.ALLEGATION or any(
        other.claim.polarity is Polarity.DENIED and speaks_for(other, concerned, background) for other in before
    )
    if not (accuses and own and one.who and publishes(one, one.who, background)):
        return False
    source = one.article.source.id
    return any(
        other.at < one.at and other.claim.polarity is Polarity.AFFIRMED and other.article.source.id != source
        for other in before
    )


def _is_own_word(
    one: Utterance, before: Sequence[Utterance], concerned: Collection[EntityId], background: Background
) -> bool:
    claim = one.claim
    if one.speaker and one.speaker.entity is None:
        return _is_binding(claim, background) and is_both(one.speaker)
    parties = {party.entity for party in (claim.subject, claim.object) if party and party.entity}
    if claim.type in _ACTS and speaks_for(one, parties, background):
        return True
    told = [other for other in before if other.at < one.at and other.claim.polarity is Polarity.AFFIRMED]
    if _pays(claim, background) and speaks_for(one, parties, background):
        return any(_tells_of_another(other, parties, background) for other in told)
    if not speaks_for(one, concerned, background):
        return False
    accused = claim.type is ClaimType.ALLEGATION and claim.subject.entity is not None
    if accused or _ADMITS.search(claim.text):
        return True
    return claim.type not in _OWN_WORK and any(_tells_of_another(other, concerned, background) for other in told)


def _announces(one: Utterance, before: Sequence[Utterance], background: Background) -> bool:
    """Whether who is to do it says that he will, after others told so: a bid, a lawsuit, a change at the top."""
    who = one.claim.subject.entity
    if who is None or one.claim.modality is not Modality.PREDICTED or one.claim.type not in _ACTS:
        return False
    told = (other for other in before if other.at < one.at and other.claim.polarity is Polarity.AFFIRMED)
    return speaks_for(one, {who}, background) and any(not speaks_for(other, {who}, background) for other in told)


def _is_binding(claim: Claim, background: Background) -> bool:
    """Whether a word on it binds who gives it; a price does when it is what one pays another."""
    return claim.type in _BINDING or _pays(claim, background)


def _pays(claim: Claim, background: Background) -> bool:
    return claim.type is ClaimType.COST and _find_type(claim, background) in _PAYERS


def _find_type(claim: Claim, background: Background) -> EntityType | None:
    return background.find_type(claim.object.entity) if claim.object and claim.object.entity else None


def _tells_of_another(other: Utterance, concerned: Collection[EntityId], background: Background) -> bool:
    """Whether somebody else suspected or told it, who is named, or an authority found it."""
    if speaks_for(other, concerned, background):
        return False
    return other.claim.modality in _HEDGED or other.who is not None or is_own_page(other)
