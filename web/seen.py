"""What a reader saw on an earlier visit, and what was put right of it since."""

from collections.abc import Iterable

from flask import Flask, g

from graph.records import PropositionId
from web.services import get_services
from web.visits import find_visit


def prepare_templates(app: Flask) -> None:
    """What stories ask."""
    app.jinja_env.globals.update(is_revised=_is_revised)


def _is_revised(matters: Iterable[PropositionId]) -> bool:
    """Whether people put one of these right since the visit before this one began."""
    return not _find_revised().isdisjoint(matters)


def _find_revised() -> frozenset[PropositionId]:
    if "revised" not in g:
        services = get_services()
        before = find_visit(services.now()).before
        # By the hour, so that many readers ask one thing.
        since = before.replace(minute=0, second=0, microsecond=0) if before else None
        found = services.editions.find_revised(since, services.tables.rates) if since else frozenset()
        g.revised = found
    return frozenset(g.revised)
