"""Parts of a matter that speak of one thing though their sentences leave something out, or describe it otherwise.

    parts of a matter → Face of each → the fullest first, each with those before it with which it is likely one

What two parts say differently keeps them apart (comparing.py); of the rest a judge says how likely they are one.
"""

from collections import defaultdict
from collections.abc import Sequence

from graph.background import Background
from graph.propositions.bonds import is_orphan
from graph.propositions.comparing import Known, Pair, are_others, compare_faces
from graph.propositions.currencies import NONE_TOLD, find_rates
from graph.propositions.faces import Face, list_voices, make_face, order_face
from graph.propositions.judge import judge
from graph.propositions.members import Member
from graph.propositions.signatures import is_named
from graph.records import EntityId, Polarity

# Parts of a matter that are compared with each new one; a matter of more is no single story.
_MOST_COMPARED = 60
# Of one that has many parts the fullest tell what it is about.
_MOST_FACES = 12
# From here on two are taken to be one: a little above even, as one of two matters is worse than two of one. Nearly as
# likely with another, it is with neither.
_LIKELY = 0.52
_NO_CHOICE = 0.01
# So is an answer that leaves out to what, unless it shares a word or an article with those it is likelier of.
_NO_CHOICE_OF_ANSWER = 0.1
_JOINED = 0.7
_REASON = "said with other words, or with something left out"


def join_parts(parts: Sequence[Sequence[Member]], background: Background) -> list[list[Member]]:
    """The parts of a matter, those that speak of one thing together; the same in whatever order they come."""
    split = split_parts(parts)
    if len(split) == 1:
        return split
    known = read_known(split, background)
    clusters: list[list[Face]] = []
    by_object: dict[str, list[list[Face]]] = defaultdict(list)
    for face in list_faces(split, background):
        # Two objects that are named are one only where they have one root.
        thing = _find_ground(face, background)
        near = [*by_object[thing][:_MOST_COMPARED], *by_object[""][:_MOST_COMPARED]] if thing else clusters
        home = _find_home(face, near[:_MOST_COMPARED], known)
        if home is None:
            home = []
            clusters.append(home)
            by_object[thing].append(home)
        home.append(face)
    return [_unite(cluster, split) for cluster in clusters]


def split_parts(parts: Sequence[Sequence[Member]]) -> list[list[Member]]:
    """The parts as they are compared: claims without a number by themselves where they may be of another thing."""
    return [piece for part in parts for piece in _split_number(part)]


def list_faces(parts: Sequence[Sequence[Member]], background: Background) -> list[Face]:
    """The faces of the parts, the fullest first."""
    return sorted((make_face(n, part, background) for n, part in enumerate(parts)), key=order_face)


def read_known(parts: Sequence[Sequence[Member]], background: Background) -> Known:
    """What their sentences tell of rates and numbers."""
    members = [member for part in parts for member in part]
    amounts = {m.signature.amount for m in members if m.signature.amount}
    units = {amount.unit for amount in amounts}
    told = find_rates(dict.fromkeys(m.claim.text for m in members)) if len(units) > 1 else NONE_TOLD
    return Known(background, told, len({amount.stated for amount in amounts}) > 1)


def _find_ground(face: Face, background: Background) -> str:
    thing = face.signature.object
    if not is_named(thing) or is_orphan(EntityId(thing), background):
        return ""
    return background.find_root(EntityId(thing))


def _unite(cluster: Sequence[Face], parts: Sequence[Sequence[Member]]) -> list[Member]:
    first, *others = (parts[face.place] for face in cluster)
    return [*first, *(m.moved(_JOINED * m.score, _REASON) for part in others for m in part)]


def _split_number(part: Sequence[Member]) -> list[list[Member]]:
    """Claims without a number apart from the one number, where a voice denies the one and gives the other."""
    bare = [m for m in part if not m.signature.amount]
    numbered = [m for m in part if m.signature.amount]
    if not bare or not numbered:
        return [list(part)]
    if numbered[0].signature.family.faceless:
        return [numbered, bare]
    denying = list_voices(bare, Polarity.DENIED)
    return [numbered, bare] if denying & list_voices(numbered, Polarity.AFFIRMED) else [list(part)]


def _find_home(face: Face, clusters: Sequence[list[Face]], known: Known) -> list[Face] | None:
    """The cluster with which it is likeliest one; None where it is with none, or as likely with another."""
    if _only_denies(face) and (answered := _find_answered(face, clusters, known)):
        return answered
    clusters = [cluster for cluster in clusters if not are_others(face, cluster[0])]
    weights = ((_weigh(face, cluster, known), -n) for n, cluster in enumerate(clusters))
    found = sorted((one for one in weights if one[0]), reverse=True)
    if face.answers and face.denying:
        told = [(weight, n) for weight, n in found if weight >= _LIKELY and _is_told_by(face.days.last, clusters[-n])]
        found = told or found
    if not found or found[0][0] < _LIKELY:
        return None
    home = clusters[-found[0][1]]
    second = found[1][0] if len(found) > 1 else 0.0
    if found[0][0] - second >= _find_least_lead(face, home, known):
        return home
    alike = [clusters[-n] for weight, n in found if weight >= max(_LIKELY, found[0][0] - _NO_CHOICE)]
    if len(own := [cluster for cluster in alike if _tells_very_number(face, cluster)]) == 1:
        return own[0]
    if not _only_denies(face):
        return None
    least = max(_LIKELY, found[0][0] - _NO_CHOICE_OF_ANSWER)
    return _find_most_told(face, [clusters[-n] for weight, n in found if weight >= least])


def _is_told_by(day: int, cluster: Sequence[Face]) -> bool:
    """Whether somebody affirms it by then: a denial answers what was told, not what will be."""
    return any(not one.answers and one.days.first <= day for one in cluster)


def _tells_very_number(face: Face, cluster: Sequence[Face]) -> bool:
    """Whether its number stands there as it is, and not only rounded, or in another currency."""
    own = face.signature.amount
    told = (other.signature.amount for other in cluster)
    return own is not None and any(one and (one.stated, one.unit) == (own.stated, own.unit) for one in told)


def _only_denies(face: Face) -> bool:
    """Whether it says of something that others tell that it is not so, and names nothing more."""
    return face.answers and bool(face.denying) and not face.signature.object and not face.signature.amount


def _find_answered(face: Face, clusters: Sequence[list[Face]], known: Known) -> list[Face] | None:
    """Of several numbers the one denied by who has given another himself: of those that others gave before, the one
    that most articles tell."""
    if face.signature.family.faceless or face.doubtful:
        return None
    told = [c for c in clusters if any(one.signature.amount and one.days.first <= face.days.last for one in c)]
    others = [cluster for cluster in told if not _is_own(face, cluster)]
    if len(others) == len(told):
        return None
    fitting = [cluster for cluster in others if _weigh(face, cluster, known)]
    return _find_most_told(face, fitting) if fitting else None


def _is_own(face: Face, cluster: Sequence[Face]) -> bool:
    """Whether who denies has affirmed it by then."""
    by = face.days.first
    return any(one.named.get(who, by + 1) <= by for one in cluster for who in face.deniers)


def _find_most_told(face: Face, clusters: Sequence[list[Face]]) -> list[Face] | None:
    """Of several that are as likely denied, the one that most articles affirm, but none that is told of other things of
    the same maker."""
    counts = [_count_affirming(cluster) if _may_be_of(face, cluster) else 0 for cluster in clusters]
    most = max(counts)
    return clusters[counts.index(most)] if most and counts.count(most) == 1 else None


def _count_affirming(cluster: Sequence[Face]) -> int:
    return len({article for face in cluster for article, _ in face.affirming})


def _may_be_of(face: Face, cluster: Sequence[Face]) -> bool:
    """Whether one names no things, or both some of the same."""
    things = frozenset().union(*(one.things for one in cluster))
    return not face.things or not things or not face.things.isdisjoint(things)


def _find_least_lead(face: Face, home: Sequence[Face], known: Known) -> float:
    """By how much likelier it must be one with these than with any others."""
    if not face.answers or face.signature.object:
        return _NO_CHOICE
    pairs = (compare_faces(face, other, known) for other in home[:_MOST_FACES])
    told = any(pair and (pair.words or pair.is_of_one_article) for pair in pairs)
    return _NO_CHOICE if told else _NO_CHOICE_OF_ANSWER


def _weigh(face: Face, cluster: Sequence[Face], known: Known) -> float:
    """How likely it is one with those of a cluster, on average; 0 when anything there keeps it apart, or nothing links
    it with any."""
    pairs: list[Pair] = []
    for other in cluster[:_MOST_FACES]:
        pair = compare_faces(face, other, known)
        if pair is None:
            return 0.0
        pairs.append(pair)
    if not any(pair.is_linked for pair in pairs):
        return 0.0
    return sum(judge(pair, known) for pair in pairs) / len(pairs)
