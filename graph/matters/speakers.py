"""Whom the words that credit somebody stand for: the maker's paper, both companies, the outlet itself, or nobody."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.background import Background
from graph.matters.ties import find_makers
from graph.naming import list_names
from graph.records import ArticleId, Claim, ClaimType, Party
from graph.utterances import Utterance

_PAPER = re.compile(
    r"\b(?:papers?|authors?|technical report|team|researchers?)\b|論文|著者|チーム|研究者", re.IGNORECASE
)
# Words for nobody: who "reports" are is not said.
_NOBODY = re.compile(
    r"(?:media |press |news |several |some |earlier |recent |unconfirmed )*(?:reports?|media|rumou?rs?|speculation)"
    r"(?: (?:in|across) (?!the (?-i:[A-Z])(?!S\b|\.S|K\b|nited|etherlands|hilippines)).+)?|"
    r"(?:一部|複数)?の?(?:報道|報道機関|メディア|噂|うわさ|声|指摘|見方)",
    re.IGNORECASE,
)
_THIS_OUTLET = re.compile(
    r"\bthis (?:post|article|story|blog|column|page|newspaper|paper|site)\b|\bour (?:earlier|previous|own)\b|"
    r"本紙|本誌|本記事|当サイト|当ブログ|この記事",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?:both|(?:the )?two) (?:companies|sides|parties|firms|groups)\b|both$|the (?:companies|parties)$|"
    r"両社|両者|双方|両当事者",
    re.IGNORECASE,
)
_COURT_NAME = re.compile(r"\bcourt\b|\btribunal\b|裁判所|地裁|高裁|最高裁", re.IGNORECASE)
_COURT = re.compile(
    r"(?:(?:a|the|federal|district|high|presiding) )*(?:judge|court|tribunal)|"
    r"(?:連邦)?(?:地裁|高裁|裁判所|裁判官|判事)",
    re.IGNORECASE,
)


# Who hides behind such words is not who speaks by name beside them; several are not one.
_HIDDEN = re.compile(
    r"\b(?:sources?|persons?|people|insiders?|some(?:body|one)|staff|police|anonym\w+|unnamed|familiar)\b|"
    r"関係者|筋|人物|匿名|複数|たち|人々|各社|[^か]ら$",
    re.IGNORECASE,
)
_BEHIND_HEAD = re.compile(r",| (?:of|at|from|in|on|with|for|to|by|close|who|that)\b", re.IGNORECASE)
_PLURAL = re.compile(r"[^su'’]s$", re.IGNORECASE)


def name_described(told: Sequence[Utterance], background: Background) -> tuple[Utterance, ...]:
    """The utterances, where a headline only describes who speaks with the one whom its article names instead.

    That is who bears the description in a sentence there ("David Sacks, a White House adviser"), else the only one who
    says it there by name, where nobody else is described; never several, nor who wants no name.
    """
    pages: dict[ArticleId, list[Utterance]] = {}
    for one in told:
        pages.setdefault(one.article.id, []).append(one)
    return tuple(_name_speaker(one, pages[one.article.id], background) for one in told)


def _name_speaker(one: Utterance, page: Sequence[Utterance], background: Background) -> Utterance:
    speaker = one.speaker
    if len(page) == 1 or speaker is None or speaker.entity or not (_is_one(speaker.name) and _is_headline(one)):
        return one
    speakers = dict.fromkeys(other.speaker for other in page if other.speaker and other.speaker != speaker)
    named = {party.entity: party for party in speakers if party.entity}
    called = [party for party in named.values() if _is_called(party, speaker.name, page, background)]
    found = called or (list(named.values()) if all(party.entity for party in speakers) else [])
    if len(found) != 1:
        return one
    claimants = (*one.claim.claimants[:-1], replace(one.claim.claimants[-1], party=found[0]))
    return replace(one, claim=replace(one.claim, claimants=claimants))


def _is_one(words: str) -> bool:
    """Whether words describe one who speaks openly: "a White House adviser", not "advisers" or "an insider"."""
    party = Party(words)
    if _HIDDEN.search(words) or _PAPER.search(words) or is_nobody(party) or is_both(party) or is_outlet(party):
        return False
    return not _PLURAL.search(_BEHIND_HEAD.split(words, maxsplit=1)[0])


def _is_headline(one: Utterance) -> bool:
    return one.claim.span[0] == 0 and one.claim.text in (one.article.title, one.article.text.partition("\n")[0])


def _is_called(party: Party, words: str, page: Iterable[Utterance], background: Background) -> bool:
    """Whether a sentence there puts the words beside a name of the one."""
    entity = background.entities.get(party.entity) if party.entity else None
    names = "|".join(re.escape(name) for name in {party.name, *(list_names(entity) if entity else ())})
    bare = re.escape(re.sub(r"^(?:an?|the)\s+", "", words, flags=re.IGNORECASE))
    beside = re.compile(rf"\b{bare},?\s*(?:{names})|(?:{names}),\s+(?:an?\s+|the\s+)?{bare}\b", re.IGNORECASE)
    return any(beside.search(f"{one.article.text}\n{one.claim.text}") for one in page)


def part_speakers(one: Utterance) -> tuple[Utterance, ...]:
    """The utterance once for each who says it: "both companies" are the two that it is about."""
    claim, other = one.claim, one.claim.object
    if one.speaker is None or not is_both(one.speaker) or other is None or not (claim.subject.entity and other.entity):
        return (one,)
    above = claim.claimants[:-1]
    chains = ((*above, replace(claim.claimants[-1], party=party)) for party in (claim.subject, other))
    return tuple(replace(one, claim=replace(claim, claimants=chain)) for chain in chains)


def is_both(party: Party) -> bool:
    """Whether the words stand for the two that something is about: "both companies", 両社."""
    return party.entity is None and bool(_BOTH.match(party.name))


def is_outlet(party: Party) -> bool:
    """Whether the words stand for who publishes them: "an earlier version of this post"."""
    return party.entity is None and bool(_THIS_OUTLET.search(party.name))


def is_nobody(party: Party) -> bool:
    """Whether the words tell of nobody in particular: "reports", 一部の報道."""
    return party.entity is None and bool(_NOBODY.fullmatch(party.name.strip()))


def name_court(told: Iterable[Utterance]) -> Party | None:
    """The one court that speakers of these name; None where they name none, or two."""
    parties = {claimant.party for one in told for claimant in one.claim.claimants if claimant.party.entity}
    courts = [party for party in parties if _COURT_NAME.search(party.name)]
    return courts[0] if len(courts) == 1 else None


def is_court(party: Party) -> bool:
    """Whether the words are of a court or its judge without a name."""
    return party.entity is None and bool(_COURT.fullmatch(party.name.strip()))


def find_holder(claim: Claim) -> list[Party]:
    """A stance comes from its holder, who need not be credited with it."""
    return [claim.subject] if claim.type is ClaimType.STANCE else []


def find_author(speaker: Party, claim: Claim, background: Background) -> Party:
    """The maker of what a claim is about, where the words are its own paper or team: "the V3 paper"; else as it is."""
    subject = claim.subject
    if speaker.entity or not subject.entity or not _PAPER.search(speaker.name):
        return speaker
    maker = min(find_makers(background, subject.entity), default=subject.entity)
    names = {subject.name, background.find_name(maker, "en"), *subject.name.split("-")}
    words = speaker.name.casefold()
    return Party(background.find_name(maker, "en"), maker) if any(n.casefold() in words for n in names) else speaker
