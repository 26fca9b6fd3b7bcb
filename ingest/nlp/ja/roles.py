"""Who or what fills the roles of a frame in an event: by case, through owners, relative clauses, chains and topics."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from graph.records import ClaimType, Entity, EntityType, Party, Predicate
from ingest.nlp.document import Zone
from ingest.nlp.frames import Frame
from ingest.nlp.ja.acts import ACTS, Act
from ingest.nlp.ja.coreference import Memory, find_anaphor
from ingest.nlp.ja.events import Event
from ingest.nlp.ja.lexicon import LEXICON
from ingest.nlp.ja.parties import Filler, find_descriptor, find_fillers, find_work, is_part
from ingest.nlp.ja.phrases import Clauses, Phrase
from ingest.nlp.ja.sharing import find_gap, iter_shared
from ingest.nlp.ja.unspoken import is_open

# Verbs of comparison that may leave out what the clause before has already compared with.
_COMPARING_ALONE = frozenset(
    {"劣る", "下回る", "上回る", "見劣り", "勝る", "及ぶ", "負ける", "敗れる", "勝つ", "優れる"}
)
_COMPARING_VERBS = _COMPARING_ALONE | {"凌駕", "超える", "凌ぐ", "匹敵", "しのぐ", "抜く"}
# Cases of a subject that may be the noun a clause stands before instead.
_SAID_BY_CLAUSES = frozenset({"が", "を"})
# Cases whose filler may run together with the noun of action instead (Arduino買収 for Arduinoの買収).
_INSIDE_FOR = ("を", "に", "と")
# Cases whose phrase may stand for its owner; a subject's owner is never the object.
_OBJECT_CARRIERS = ("を", "に", "について")
_CARRIERS = ("を", "に", "が", "は", "について")
_PLACE_CASES = frozenset({"で", "での"})
_OWNER_CASES = frozenset({"の", "への", "との", "からの", "による", "での", "についての"})
# Cases of what a passive is done to, and of who does it, in the order in which they are looked for.
_PASSIVE_OBJECT = ("が", "は")
_PASSIVE_SUBJECT = ("によって", "による", "から", "に", "で", "での")
# Types in which people or bodies without a name may be a party.
_OPEN_TYPES = frozenset({ClaimType.STANCE, ClaimType.LEGAL, ClaimType.ALLEGATION, ClaimType.DEAL, ClaimType.PEOPLE})
_WITH_UNNAMED = frozenset({Predicate.ACQUIRED, Predicate.INVESTED_IN, Predicate.PARTNERED_WITH, Predicate.SUPPLIES})
# People without a name of whom news tell that they come and go.
_OFFICES = re.compile(r"(?:C[EFTOP]O|責任者|研究者|幹部|創業者|エンジニア|研究員|科学者|技術者|経営陣|役員)$")
# Nouns that compare with what stands before them (Xと同じ土俵に立つ).
_SAME = ("同じ", "同等", "同様", "互角")
# Who is harmed by data going astray, and never accused of it (ユーザーが情報を共有する).
_USERS = re.compile(r"(?:一般)?(?:ユーザー|利用者|消費者|市民|生徒|学生|読者|参加者)")
# Acts of a maker: without a subject it is the maker's own.
_MAKERS_DO = frozenset({Predicate.RELEASED, Predicate.ANNOUNCED, Predicate.OPEN_SOURCED, Predicate.WITHDREW})
# Predicates whose object may be a product or model without a name.
_OF_WORKS = (_MAKERS_DO | {Predicate.UPDATED}) - {Predicate.OPEN_SOURCED}
# Types whose subject may be one; what can be done is said of kinds of model too often.
_ON_WORKS = frozenset({ClaimType.BENCHMARK, ClaimType.COMPUTE, ClaimType.COST})
# What may follow the name of a way of training.
_OF_KIND = re.compile(
    r"(?:型|系|式)?(?:アーキテクチャ[ーァ]?|方式|手法|構造|構成|技術|アルゴリズム|アプローチ|モデル|フレームワーク|仕組み|の手法|など)$"
)
_USE = re.compile(r"(?:新規)?(?:利用|使用|導入|ダウンロード|インストール|アクセス|提供|配信)")
_MAKING = re.compile(
    r"(?:開発|公開|発表|投入|リリース|構築|提供|発売|実現|作る|作り出す|作り上げる|生み出す|仕上げる|送り出す|持つ|披露|訓練|完成)(?:できる)?$"
)
_MODEL_KINDS = frozenset({EntityType.MODEL, EntityType.PRODUCT, EntityType.HARDWARE})


@dataclass(frozen=True, slots=True)
class Roles:
    """Who fills the roles of a frame in an event."""

    frame: Frame
    verb: str
    event: Event
    clauses: Clauses
    memory: Memory

    def is_itself(self, subject: Party, object: Party) -> bool:
        if self.frame.type is ClaimType.BENCHMARK:
            return _same_thing(subject, object)
        return subject.name == object.name

    def find_objects(self) -> tuple[Filler, ...]:
        kinds = self.frame.object.types
        if self.frame.name == "trained by method":
            return self._find_methods()
        for case in self._object_cases():
            for phrase in self._phrases(case, self._object_carriers()):
                fillers = find_fillers(self.clauses, phrase, kinds, self.memory)
                if fillers:
                    return fillers
        if self.event.passive and self.frame.type is ClaimType.LEGAL:
            for phrase in self.clauses.phrases[: self.event.number][::-1]:
                topics = find_fillers(self.clauses, phrase, kinds, self.memory) if phrase.case == "は" else ()
                if topics:
                    return topics
        gap = find_gap(self.event, self.clauses)
        if gap and self._has_subject() and not self.event.passive:
            return find_fillers(self.clauses, gap, kinds, self.memory)
        if gap and self.event.passive:
            return find_fillers(self.clauses, gap, kinds, self.memory)
        if self.frame.predicate is Predicate.INVESTIGATES:
            return self._find_suspects()
        if self._leaves_object_out():
            return self._find_lead()
        if self.frame.predicate in _WITH_UNNAMED and not self.event.passive:
            return self._find_unnamed()
        if self.frame.predicate in _OF_WORKS and not self.event.passive:
            owners = (
                below
                for phrase in self.event.of("を")
                for below in self.clauses.children(phrase.number)
                if below.case == "の" and self.frame.predicate is Predicate.UPDATED
            )
            return self._find_unnamed_works(("を", "の") if self.event.noun else ("を",)) or self._tell_works(owners)
        return self._find_shared_objects() if self.verb in _COMPARING_ALONE else ()

    def _leaves_object_out(self) -> bool:
        """Whether what is banned or paid is left to the story: 端末での|利用を|禁じた, Xも|出資した."""
        if self.event.passive or self.clauses.sentence.zone is not Zone.BODY or not self._has_subject():
            return False
        if self.frame.predicate is Predicate.BANNED:
            used = [phrase for phrase in self.event.of("を") if _USE.fullmatch(phrase.core)]
            owners = (c for phrase in used for c in self.clauses.children(phrase.number) if c.case in ("の", "への"))
            return bool(used) and not any(owner.names for owner in owners)
        if self.frame.name != "invested" or self.verb not in ("出資", "追加出資"):
            return False
        return not any(
            argument.case in ("に", "への", "に対して", "の", "を", "内") for argument in self.event.arguments
        )

    def _find_lead(self) -> tuple[Filler, ...]:
        named = {name.entity.name for name in self.clauses.sentence.names}
        lead = self.memory.find_lead(self.frame.object.types - {EntityType.INSTITUTION}, named)
        return (Filler(Party(lead.name, lead.id), lead, self.event.phrase),) if lead else ()

    def _object_carriers(self) -> tuple[str, ...]:
        if self.frame.type is ClaimType.COST:
            return (*_CARRIERS, "で")
        return _CARRIERS if self.event.passive or self.frame.name == "regulation grows" else _OBJECT_CARRIERS

    def _find_unnamed(self) -> tuple[Filler, ...]:
        """A party without a name where one must stand (新興企業を|買収)."""
        for case in self.frame.object.markers:
            for phrase in self.event.of(case):
                found = self._describe(phrase) if case in ("を", "に", "と") else ()
                if found:
                    return found
        return ()

    def _find_unnamed_works(self, cases: tuple[str, ...]) -> tuple[Filler, ...]:
        """A product or model without a name (軽量モデルを|公開)."""
        return self._tell_works(phrase for case in cases for phrase in self.event.of(case))

    def _tell_works(self, phrases: Iterable[Phrase]) -> tuple[Filler, ...]:
        told = ((find_work(phrase, self.clauses), phrase) for phrase in phrases)
        return tuple(Filler(party, None, phrase) for party, phrase in told if party)[:1]

    def _find_methods(self) -> tuple[Filler, ...]:
        """Ways of training by the names of lexicon.toml: 強化学習で, 教師あり微調整を."""
        phrases = (phrase for case in self.frame.object.markers for phrase in self.event.of(case))
        named = ((self._read_method(phrase), phrase) for phrase in phrases)
        return tuple(Filler(Party(name), None, phrase) for name, phrase in named if name)

    def _read_method(self, phrase: Phrase) -> str | None:
        """The name of a phrase itself, or before a noun of kind (MoE（…）|アーキテクチャ, 「MoE」という|仕組み)."""
        before = (
            c.core for c in self.clauses.children(phrase.number) if c.case in ("", "の", "という") and not c.verbal
        )
        told = before if _OF_KIND.fullmatch(phrase.core) else ()
        return next((name for name in map(find_method, (phrase.core, *told)) if name), None)

    def _find_suspects(self) -> tuple[Filler, ...]:
        """Who did what is looked into (Xが…した件|について調べる)."""
        for noun in (*self.event.of("について"), *self.event.of("を")):
            for clause in (child for child in self.clauses.children(noun.number) if child.verbal):
                for phrase in self.clauses.children(clause.number):
                    found = self._name_or_describe(phrase) if phrase.case == "が" else ()
                    if found:
                        return found
        return ()

    def _name_or_describe(self, phrase: Phrase) -> tuple[Filler, ...]:
        return find_fillers(self.clauses, phrase, self.frame.object.types, self.memory) or self._describe(phrase)

    def _find_shared_objects(self) -> tuple[Filler, ...]:
        """What the clause before compared with, when this one goes on comparing (Xを上回ったが、Yでは|劣った)."""
        for other in self.clauses.phrases[: self.event.number][::-1]:
            if other.verbal and other.core in _COMPARING_VERBS:
                for child in self.clauses.children(other.number):
                    fillers = find_fillers(self.clauses, child, self.frame.object.types, self.memory)
                    if child.case in ("を", "に") and fillers:
                        return fillers
        return ()

    def _object_cases(self) -> tuple[str, ...]:
        markers = self.frame.object.markers
        if any(case in markers for case in _INSIDE_FOR):
            markers = (*markers, "内")
        if self.event.passive:
            rest = tuple(case for case in markers if case not in ("を", "が", "は"))
            if "を" in self.frame.subject.markers:
                return rest
            return (*_PASSIVE_OBJECT, *rest) if "を" in markers or "の" in markers else rest
        shown = any(a.case == "が" or a.phrase.tail == "も" for a in self.event.arguments)
        return (*markers, "は") if "を" in markers and shown and not any(self.event.of("を")) else markers

    def _phrases(self, case: str, carriers: tuple[str, ...] = _CARRIERS) -> Iterator[Phrase]:
        """The arguments in a case; の and its like also look at the owners of what stands in the carriers' cases."""
        if case == "製":
            yield from self._iter_makers_marks()
            return
        yield from self.event.of(case)
        if case == "と" and self.frame.name == "talks":  # Xと販売に関する|協議を|行う
            nouns = (a.phrase for a in self.event.arguments if a.case in ("を", "に"))
            yield from (c for noun in nouns for c in _descend(noun, self.clauses) if c.case == "と" and c.names)
        if case == "と" and self.frame.type is ClaimType.BENCHMARK:
            same = (a.phrase for a in self.event.arguments if a.phrase.core.startswith(_SAME))
            yield from (c for phrase in same for c in self.clauses.children(phrase.number) if c.case == "と")
        if case in _OWNER_CASES:
            for carrier in self._carriers(carriers):
                yield from (below for below in _descend(carrier, self.clauses) if below.case == case)

    def _iter_makers_marks(self) -> Iterator[Phrase]:
        """Makers by the mark on what is used or bought (エヌビディア製GPU を 採用)."""
        for noun in (phrase for argument in self.event.arguments for phrase in (argument.phrase,)):
            for phrase in (noun, *_descend(noun, self.clauses)):
                for name in phrase.names:
                    if re.search(rf"{re.escape(name.text)}社?製", phrase.text):
                        yield replace(phrase, text=name.text, core=name.text, tail="", span=name.span, names=(name,))

    def _carriers(self, cases: tuple[str, ...]) -> Iterator[Phrase]:
        """The phrases whose owners may fill a role: the noun of action, and what stands in the cases without a name."""
        if self.event.noun:
            yield self.event.noun
        for case in cases:
            yield from (phrase for phrase in self.event.of(case) if not phrase.names)

    def find_subjects(self, taken: set[str]) -> tuple[tuple[Filler, ...], bool]:
        """The subjects, and whether the clause itself names them."""
        for phrase, own in self._iter_subject_phrases():
            fillers = [
                f
                for f in find_fillers(self.clauses, phrase, self.frame.subject.types, self.memory)
                if f.party.name not in taken and not self._is_passing_work(f, phrase)
            ]
            if fillers:
                return tuple(fillers), own or self._is_accused(phrase) or self._is_told_of(phrase)
            if own and phrase.case not in _PLACE_CASES and self._is_stranger(phrase):
                if self.frame.type is ClaimType.ALLEGATION and _USERS.match(phrase.core):
                    return (), True
                return self._describe(phrase), True
        works = self._find_work_subject()
        if works:
            return works, True
        if self.event.passive and self.frame.predicate is Predicate.CENSORS:
            model = self.memory.find_recent(EntityType.MODEL, self.clauses)
            return ((Filler(Party(model.name, model.id), model, self.event.phrase),) if model else ()), False
        undone = self.event.passive and "を" not in self.frame.subject.markers
        if undone or self._is_blocked() or not self._may_be_unsaid():
            return (), False
        topic = None if self._tells_of_its_noun() else self._find_topic()
        if topic and not (self._names_in_topic(topic) or is_open(self.event, self.clauses)):
            topic = None
        if topic and topic.name not in taken:
            return (Filler(Party(topic.name, topic.id), topic, self.event.phrase),), False
        return (), False

    def _is_passing_work(self, filler: Filler, phrase: Phrase) -> bool:
        """Whether a product that no は or が marks would be taken for who brings something out."""
        makes = self.frame.predicate in _OF_WORKS or self.frame.predicate is Predicate.OPEN_SOURCED
        work = filler.entity is not None and filler.entity.type in _MODEL_KINDS
        return makes and work and phrase.case not in ("は", "が") and self.frame.name != "is open"

    def _names_in_topic(self, entity: Entity) -> bool:
        """Whether the sentence's topic has the entity's name in a longer one (Google for Developersは)."""
        topics = (phrase for phrase in self.clauses.phrases[: self.event.number] if phrase.case == "は")
        return any(name.entity.name == entity.name for phrase in topics for name in phrase.names)

    def _tells_of_its_noun(self) -> bool:
        """Whether the clause stands before something named that does what it says (14億人を抱える|インド)."""
        gap = find_gap(self.event, self.clauses)
        return gap is not None and bool(gap.names) and not self._has_own_subject()

    def _is_told_of(self, phrase: Phrase) -> bool:
        """Whether a work is the topic of the whole sentence, which each clause tells of (Xは…し、…できる)."""
        if phrase.case != "は" or not phrase.names:
            return False
        works = all(name.entity.type in _MODEL_KINDS for name in phrase.names)
        return self.frame.name == "spreads widely" or (works and self.frame.subject.types <= _MODEL_KINDS)

    def _is_accused(self, phrase: Phrase) -> bool:
        """Whether a topic is what the verb above says the clause of (Xは|欺いたと|批判された, Xは|疑惑を|否定した)."""
        if phrase.case not in ("は", "が") or phrase.governor is None or phrase.governor <= self.event.number:
            return False
        upper = self.clauses.phrases[phrase.governor]
        if (
            upper.is_passive
            or ACTS.find_verb(upper) is Act.DENIES
            or upper.core in ("受ける", "浴びる", "招く", "ある")
        ):
            return True
        below = self.clauses.phrases[self.event.number + 1 : upper.number]
        return any(other.core in ("ない", "事実無根") for other in below)

    def _find_work_subject(self) -> tuple[Filler, ...]:
        """A model or product without a name that the clause speaks of (軽量モデルは…に匹敵)."""
        markers = self.frame.subject.markers
        if self.frame.type not in _ON_WORKS or not self.frame.subject.types & _MODEL_KINDS:
            return ()
        if "が" not in markers or (self.event.passive and "を" not in markers):
            return ()
        return tuple(f for f in self._find_unnamed_works(("が", "は")) if not f.phrase.core.endswith("機能"))

    def find_maker(self, object: Party) -> Party | None:
        """Who makes what is released when nobody is said to release it (Xがリリースされた)."""
        if self.frame.predicate not in _MAKERS_DO or any(self.event.of("によって")) or any(self.event.of("による")):
            return None
        maker = self.memory.find_maker(object.name) or self._find_version_maker(object) or self._find_poster()
        return maker if self.event.passive or not self._is_blocked() else None

    def _find_version_maker(self, object: Party) -> Party | None:
        """Who makes a release under its number: the firm of that name, or the maker of the product (Ollama 0.15)."""
        for name in self.clauses.sentence.names:
            if object.name.startswith(f"{name.entity.name} "):
                if name.entity.type is EntityType.COMPANY:
                    return Party(name.entity.name, name.entity.id)
                return self.memory.find_maker(name.entity.name)
        return None

    def _find_poster(self) -> Party | None:
        """The company whose post a digest's section passes on (【ollama】…がリリースされ), unless another is named."""
        makers = self.memory.section.makers
        named = {n.entity.name for n in self.clauses.sentence.names if n.entity.type is EntityType.COMPANY}
        if not self.event.passive or len(makers) != 1 or named - {makers[0].name}:
            return None
        return Party(makers[0].name, makers[0].id)

    def _find_topic(self) -> Entity | None:
        """The unspoken subject; what is compared is a model, not the maker who is the topic."""
        kinds = self.frame.subject.types - (_MODEL_KINDS if self.frame.predicate in _MAKERS_DO else frozenset())
        unsaid = self.clauses.sentence.zone is Zone.BODY and is_open(self.event, self.clauses)
        work = self.memory.find_work(kinds, self.clauses) if unsaid and self.frame.type in _ON_WORKS else None
        if work:
            return work
        if self.frame.type is ClaimType.BENCHMARK and "object" in self.frame.needs:
            topic = self.memory.find_topic(kinds, self.clauses, unsaid=unsaid)
            if topic is None or topic.type is EntityType.COMPANY:
                return self.memory.find_recent(EntityType.MODEL, self.clauses)
            return topic
        topic = self.memory.find_topic(kinds, self.clauses, unsaid=unsaid)
        if topic is None and kinds <= _MODEL_KINDS and "quantity" in self.frame.needs:
            return self.memory.find_recent(EntityType.MODEL, self.clauses)
        return topic

    def _iter_subject_phrases(self) -> Iterator[tuple[Phrase, bool]]:
        if self.event.passive and "を" not in self.frame.subject.markers:
            yield from ((phrase, True) for case in _PASSIVE_SUBJECT for phrase in self._phrases(case))
            return
        for case in self.frame.subject.markers:
            yield from ((phrase, True) for phrase in list(self._phrases(case))[:: -1 if case == "が" else 1])
            if case == "を" and self.event.passive:
                yield from ((phrase, True) for phrase in (*self.event.of("が"), *self.event.of("は")))
            if case == "が":
                yield from ((phrase, True) for phrase in (*self._iter_own_topics(), *self.event.of("による")))
        gap = find_gap(self.event, self.clauses) if _SAID_BY_CLAUSES & set(self.frame.subject.markers) else None
        if gap and (not self._has_own_subject() or self.event.passive):
            yield gap, True
            yield from ((phrase, True) for phrase in self._iter_makers_of(gap))
        if not self._is_blocked() and self._may_be_unsaid():
            yield from ((phrase, False) for phrase in iter_shared(self.event, self.clauses, self.frame.subject.markers))

    def _iter_makers_of(self, gap: Phrase) -> Iterator[Phrase]:
        """Who makes the nameless work that a clause compares (Xは…Yに匹敵する|モデルを|開発した): it stands for X."""
        compares = self.frame.type is ClaimType.BENCHMARK and "object" in self.frame.needs
        if not compares or gap.names or gap.case != "を" or not is_part(gap.core) or gap.governor is None:
            return
        if _MAKING.search(self.clauses.phrases[gap.governor].core):
            yield from (c for c in self.clauses.children(gap.governor) if c.case in ("が", "は") and c.names)

    def _iter_own_topics(self) -> Iterator[Phrase]:
        """The は of the event; of two with a clause between them the nearer (Aは…し、Bは|…する)."""
        topics = list(self.event.of("は"))
        if len(topics) > 1:
            between = self.clauses.phrases[topics[0].number + 1 : topics[-1].number]
            if any(p.verbal and p.comma and not p.adnominal for p in between):
                topics = topics[::-1]
        yield from topics

    def _may_be_unsaid(self) -> bool:
        """Whether the clause may leave the subject out: not where only an oblique case brings it (から, 製)."""
        return "が" in self.frame.subject.markers

    def _is_blocked(self) -> bool:
        """Whether the clause has a subject of its own that is neither a name nor a part of one (株価, 売上高)."""
        own = [*self.event.of("が"), *(p for p in self.event.of("は") if LEXICON.has("agent_nouns", p.core))]
        return any(not is_part(phrase.core) and not find_anaphor(phrase, self.clauses) for phrase in own)

    def _has_subject(self) -> bool:
        return any(case in ("が", "は") for case in (a.case for a in self.event.arguments))

    def _has_own_subject(self) -> bool:
        return any(a.case == "が" or a.case == "は" for a in self.event.arguments)

    def _is_stranger(self, phrase: Phrase) -> bool:
        """Whether the phrase speaks of somebody unnamed who acts: nobody else may take his place."""
        return find_descriptor(phrase, self.clauses) is not None

    def _is_owned(self, phrase: Phrase) -> bool:
        """Whether an office is somebody's by name (xAIの|CFO); of others nobody knows who is meant."""
        held = self.frame.type is not ClaimType.PEOPLE and not re.fullmatch(r"C[EFTO]O", phrase.core)
        return held or any(c.case == "の" and c.names for c in self.clauses.children(phrase.number))

    def _describe(self, phrase: Phrase) -> tuple[Filler, ...]:
        words = find_descriptor(phrase, self.clauses)
        if words is None or self.frame.type not in _OPEN_TYPES or self.frame.predicate is Predicate.OWNS:
            return ()
        office = bool(_OFFICES.search(phrase.core))
        if (self.frame.type is ClaimType.PEOPLE and not office) or (office and not self._is_owned(phrase)):
            return ()
        return (Filler(words, None, phrase),)


def find_method(words: str) -> str | None:
    """The name of a way of training (MoEアーキテクチャ is one, 手法 is none)."""
    plain = re.sub(r"[（(「」『』].*?[)）]?|[\s・-]", "", words)
    return LEXICON.methods.get(plain) or LEXICON.methods.get(_OF_KIND.sub("", plain))


def _descend(phrase: Phrase, clauses: Clauses) -> Iterator[Phrase]:
    """The phrases that qualify a noun, those of its qualifiers included; clauses before it are left out."""
    for child in clauses.children(phrase.number):
        if not child.verbal:
            yield child
            yield from _descend(child, clauses)


def _same_thing(one: Party, other: Party) -> bool:
    """Whether two parties are one, or a product and its maker (Nvidia H100 against Nvidia)."""
    return one.name == other.name or one.name.startswith(other.name + " ") or other.name.startswith(one.name + " ")
