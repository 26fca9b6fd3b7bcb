"""What pages show of judgements beside what they are about: the one just made, those that count, and their words."""

from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, request

from graph.answers.judgements import list_about
from graph.answers.previews import EffectView, Standing, preview
from graph.answers.queries import view_judgements
from graph.errors import ClaimGraphError, NoStore
from graph.judging.making import make_judgement
from graph.records import (
    PREDICATES,
    ClaimId,
    Comparator,
    Field,
    JudgementKind,
    Modality,
    Polarity,
    Predicate,
    PropositionId,
)
from graph.views import JudgementView
from web.language.reading import say_act
from web.language.wording import Words
from web.languages import get_page_words, strip_query
from web.requests.rights import find_judge
from web.services import get_services

_LONGEST_ID = 60
CHOICES: dict[Field, tuple[str, ...]] = {
    Field.PREDICATE: tuple(dict.fromkeys(code.value for codes in PREDICATES.values() for code in codes)),
    Field.MODALITY: tuple(code.value for code in Modality),
    Field.POLARITY: tuple(code.value for code in Polarity),
    Field.COMPARATOR: ("", *(code.value for code in Comparator)),
}
"""What fields of a claim with a closed set of values may be."""
_SOMEBODY = "…"
_CHOICE_WORDS = {Field.MODALITY: "modality_names", Field.POLARITY: "polarities"}


def find_just_judged() -> tuple[JudgementView, EffectView | None] | None:
    """The judgement that led to this page, and what it would change to take it back; for those who may."""
    id = request.args.get("judged", "")[:_LONGEST_ID]
    judge = find_judge() if id else None
    if judge is None:
        return None
    try:
        store = get_services().store
    except NoStore:  # this may be the page that says so
        return None
    made = store.list_judgements()
    found = next((view for view in view_judgements(store, made) if view.id == id and view.counts), None)
    if found is None:
        return None
    undo = make_judgement(JudgementKind.UNDO, (), judge.who, get_services().now(), "preview", undoes=found.id)
    try:
        return found, preview(store, undo, get_services().tables.rates)
    except ClaimGraphError:  # what it named is gone
        return found, None


def list_judged(ids: list[str]) -> tuple[JudgementView, ...]:
    """What counts of what was judged of these claims, newest first."""
    store = get_services().store
    return list_about(store, frozenset(map(ClaimId, ids)))


def prepare_templates(app: Flask) -> None:
    """What pages show of judgements beside what they are about."""
    app.jinja_env.globals.update(
        just_judged=find_just_judged,
        judged_of=list_judged,
        stored_matters=_find_stored,
        waits_to_follow=lambda: get_services().store.count_queued() > 0,
        changed=_say_changed,
        choice_word=_name_choice,
        here_again=lambda: strip_judged(request.full_path.rstrip("?")),
    )


def _find_stored(found: Iterable[Standing]) -> frozenset[PropositionId]:
    """Those of these matters that the store has now; what would follow from a judgement it has not."""
    ids = [one.id for one in found]
    return frozenset(one.id for one in get_services().store.get_propositions(ids, bare=True))


def _say_changed(undoing: EffectView) -> str:
    """What a judgement that counts has changed, in numbers: taking it back is the way from after to before."""
    words = get_page_words()
    counted = [
        [sum(getattr(one, name) for one in side) for name in ("claims", "origins")]
        for side in (undoing.after, undoing.before)
    ]
    (said, voices), (said_now, voices_now) = counted
    return str(words.say("judge.changed", said=said, said_now=said_now, voices=voices, voices_now=voices_now))


def _name_choice(field: Field, value: str) -> str:
    """A value of a field for people; itself where it is no code."""
    if field is Field.PREDICATE and value in set(Predicate):
        return say_deed(Predicate(value), get_page_words())
    table = _CHOICE_WORDS.get(field)
    return get_page_words().name(table, value) if table and value else value


def say_deed(predicate: Predicate, words: Words) -> str:
    """What is said, with places for whom: `… took technology from …`."""
    takes_object = "{object}" in words.tables["predicates"][predicate.value]["done"]
    there = {"subject": _SOMEBODY, "object": _SOMEBODY if takes_object else "", "quantity": ""}
    return say_act(predicate, there, words)


def strip_judged(to: str) -> str:
    """The address without the mark of a judgement just made."""
    parts = urlsplit(to)
    return urlunsplit(parts._replace(query=strip_query(parts.query, "judged")))
