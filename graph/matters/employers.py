"""Whom a speaker works for, as articles say beside the name: "A's chief executive, B", "B of A", A広報のB氏."""

import re
from collections.abc import Iterable, Iterator

from graph.background import Background
from graph.matters.ties import find_employers
from graph.matters.witnesses import is_own_page, publishes
from graph.naming import list_names, match_names
from graph.records import EntityId, EntityType, Relation, Tie
from graph.utterances import Utterance

_EMPLOYERS = (EntityType.COMPANY, EntityType.INSTITUTION, EntityType.PUBLICATION)
_WORD = (
    r"(?:(?!(?:former|ex|one-time|then|rival|customer|client|user|critic|and|or|but|while|told|said|says|asked|that|by)\b)"
    r"[\w-]+ )"
)
# What one is there: "chief operating officer", "head of research", "co-founder and chief executive".
_POST = (
    rf"{_WORD}{{0,3}}"
    r"(?:analyst|boss|C[EFOT]O|chair(?:man|woman|person)?|chief|counsel|director|economist|editor|engineer|executive"
    r"|(?:co-)?founder|head|lawyer|lead|lecturer|manager|minister|officer|owner|partner|president|professor|researcher"
    r"|scientist|secretary|spokes(?:man|woman|person))\b"
    rf"(?: (?:of|for|and) {_WORD}{{0,3}}(?!former\b)[\w-]+)?"
)
_TITLE = r"(?:(?:Dr|Prof|Mrs?|Ms)\.? )?"
# From the firm to the person. In Japanese nothing but what one is to the firm stands between the two.
_BEFORE = re.compile(
    rf"(?:['’]s?)? {_POST},? {_TITLE}"
    r"|社?の?(?:(?!元|前|競合|ライバル|対抗|顧客|利用|株主)[^\s.,:;!?()、。「」『』（）はがをにでと]){0,16}、?"
)
# From the person to the firm, and the firm's right behind the person: "B, A's head of research".
_AFTER = re.compile(
    rf"(?: |, )(?:(?:an?|the) )?(?:{_POST} )?(?:of|at|with|for) (?:the )?"
    r"|, who (?:leads|heads|runs|chairs|founded|works (?:for|at)|speaks for) (?:the )?"
)
_BEHIND = re.compile(rf"['’]s? {_POST}")
# On the firm's own page: "our head of research, B", "B, our head of research".
_OURS_BEFORE = re.compile(rf"\b[Oo]ur {_POST},? {_TITLE}$")
_OURS_BEHIND = re.compile(rf", our {_POST}")
# Characters between the two names.
_REACH = 60


def find_named_employers(
    told: Iterable[Utterance], background: Background, others: Iterable[EntityId] = ()
) -> tuple[Tie, ...]:
    """Ties `WORKS_FOR` that articles say by their sentences, or texts as far as they are there, by their addresses: of
    persons who speak in the utterances and of whom no employer is known, for firms that are named there; in order.

    others  firms for which they may work beside the parties of the utterances
    """
    known = {one.id: one for _, one in sorted((one.id, one) for one in told)}.values()
    persons = background.list_typed((one.who for one in known if one.who), (EntityType.PERSON,))
    speakers = [person for person in persons if not find_employers(background, person.id)]
    if not speakers:
        return ()
    parties = {id for one in known for id in one.claim.named}
    firms = background.list_typed(parties.union(others), _EMPLOYERS)
    names = {name: firm.id for firm in firms for name in list_names(firm)}
    pattern = match_names(names)
    found: dict[Tie, None] = {}
    for text, one in {one.article.text or one.claim.text: one for one in known}.items():
        own = [firm.id for firm in firms if publishes(one, firm.id, background)] if is_own_page(one) else []
        for person in speakers:
            for span in (hit.span() for hit in match_names(list_names(person)).finditer(text)):
                employers = [names[name] for name in _find_employers(text, span, pattern)]
                for firm in (*employers, *(own if _is_ours(text, span) else ())):
                    found[Tie(person.id, Relation.WORKS_FOR, firm, one.article.url)] = None
    return tuple(found)


def _is_ours(text: str, person: tuple[int, int]) -> bool:
    start, end = person
    return bool(_OURS_BEFORE.search(text[max(start - _REACH, 0) : start]) or _OURS_BEHIND.match(text, end))


def _find_employers(text: str, person: tuple[int, int], names: re.Pattern[str]) -> Iterator[str]:
    """The names beside that of a person whose bearers are said to employ him."""
    start, end = person
    before = list(names.finditer(text, max(start - _REACH, 0), start))
    if before and before[-1].end() < start and _BEFORE.fullmatch(text, before[-1].end(), start):
        yield before[-1][0]
    after = names.search(text, end, end + _REACH)
    if after is None:
        return
    apposed = text[end : after.start()] == ", " and _BEHIND.match(text, after.end())
    if apposed or _AFTER.fullmatch(text, end, after.start()):
        yield after[0]
