"""What is watched, as pages name it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from graph.answers.proposition_views import view_matters
from graph.records import EntityId, News, PropositionId, SourceId, Watched, WatchedKind
from graph.rulings.renamed import find_renamed
from graph.store import GraphStore
from graph.views import Gist
from web.language.headlines import say_headline
from web.language.wording import Words

_BETWEEN = " ⇄ "
_SIDES = 2
_BY_HEADLINES = (WatchedKind.MATTER, WatchedKind.CONTRADICTION)


@dataclass(frozen=True, slots=True)
class WatchedView:
    """Something watched, and what it goes by.

    news      what counts as new about it
    name      of an entity or a source, its id where it is gone; of a search what was typed; empty for what goes by
              headlines
    matters   of a matter, or of both of a contradiction, the ids that they have now
    gists     and what their headlines are made of
    is_there  False where the store has it no more
    """

    kind: WatchedKind
    target: str
    news: tuple[News, ...]
    name: str = ""
    matters: tuple[PropositionId, ...] = ()
    gists: tuple[Gist | None, ...] = ()
    is_there: bool = True

    @property
    def key(self) -> tuple[WatchedKind, str]:
        """What tells it from others of a list."""
        return self.kind, self.target


def view_watched(store: GraphStore, items: Sequence[Watched]) -> tuple[WatchedView, ...]:
    """Each with what it goes by, in their order."""
    names = {
        WatchedKind.ENTITY: _name_entities(store, _list_targets(items, WatchedKind.ENTITY)),
        WatchedKind.SOURCE: _name_sources(store, _list_targets(items, WatchedKind.SOURCE)),
        WatchedKind.SEARCH: {text: text for text in _list_targets(items, WatchedKind.SEARCH)},
    }
    now, gists = _read_gists(store, [id for one in items for id in split_target(one)])
    return tuple(
        _view_matters(one, now, gists) if one.kind in _BY_HEADLINES else _view_named(one, names[one.kind])
        for one in items
    )


def split_target(one: Watched) -> tuple[PropositionId, ...]:
    """The matters that it is about by itself: one, two of a contradiction, else none."""
    return tuple(map(PropositionId, one.target.split("."))) if one.kind in _BY_HEADLINES else ()


def is_there(store: GraphStore, one: Watched) -> bool:
    """Whether the store has it, and it is written as such a thing is."""
    ids = split_target(one)
    if len(ids) != {WatchedKind.MATTER: 1, WatchedKind.CONTRADICTION: _SIDES}.get(one.kind, 0):
        return False
    return all(view.is_there for view in view_watched(store, [one]))


def say_watched(view: WatchedView, words: Words) -> str:
    """What it goes by, in plain text."""
    if not view.is_there:
        return view.name or str(words.find("watching.gone"))
    return view.name or _BETWEEN.join(say_headline(gist, None, words) for gist in view.gists)


def make_watched_url(view: WatchedView) -> str:
    """The page of it; of a contradiction, that of its first matter."""
    if view.kind is WatchedKind.ENTITY:
        return url_for("entities.show", entity_id=view.target)
    if view.kind is WatchedKind.SOURCE:
        return url_for("sources.show", source_id=view.target)
    if view.kind is WatchedKind.SEARCH:
        return url_for("search.show", q=view.target)
    return url_for("matters.show", matter_id=view.matters[0])


def _list_targets(items: Sequence[Watched], kind: WatchedKind) -> list[str]:
    return [one.target for one in items if one.kind is kind]


def _name_entities(store: GraphStore, ids: Sequence[str]) -> dict[str, str]:
    """The names of those that are there; of one that was merged, that of whom it stands for."""
    if not ids:
        return {}
    names: dict[str, str] = {one.id: one.name for one in store.get_entities(list(map(EntityId, ids)))}
    merged = {id: store.get_entities([EntityId(id)]) for id in ids if id not in names}
    return names | {id: found[0].name for id, found in merged.items() if found}


def _name_sources(store: GraphStore, ids: Sequence[str]) -> dict[str, str]:
    return {one.id: one.name for one in store.get_sources(list(map(SourceId, ids)))} if ids else {}


def _read_gists(
    store: GraphStore, ids: Sequence[PropositionId]
) -> tuple[dict[PropositionId, PropositionId], dict[PropositionId, Gist | None]]:
    """What the ids of those that are there are now, and what headlines are made of by these."""
    if not ids:
        return {}, {}
    found = store.get_propositions(ids)
    now = {one.id: one.id for one in found}
    if gone := [id for id in ids if id not in now]:
        renamed = find_renamed(store, gone)
        found = (*found, *store.get_propositions([id for id in {*renamed.values()} if id not in now]))
        now |= renamed
    return now, {view.id: view.gist for view in view_matters(store, found)}


def _view_named(one: Watched, names: Mapping[str, str]) -> WatchedView:
    return WatchedView(one.kind, one.target, one.news, names.get(one.target, one.target), is_there=one.target in names)


def _view_matters(
    one: Watched, now: Mapping[PropositionId, PropositionId], gists: Mapping[PropositionId, Gist | None]
) -> WatchedView:
    asked = split_target(one)
    ids = tuple(now[id] for id in asked if id in now)
    found = tuple(gists[id] for id in ids if id in gists)
    return WatchedView(one.kind, one.target, one.news, "", ids, found, is_there=len(found) == len(asked))
