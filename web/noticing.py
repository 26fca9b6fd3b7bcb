"""What is new about watched things, in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from graph.records import News, Polarity, WatchedKind
from graph.views import ClaimView
from web.changes import ChangesView, ChangeView
from web.documents import Item
from web.language.acts import lead_claim
from web.language.formatting import shorten_text
from web.language.headlines import say_headline
from web.language.wording import Words
from web.languages import get_page_words
from web.own_list import Items, find_own_items
from web.services import get_services
from web.watched import WatchedView, view_watched

_DAY = timedelta(days=1)
_ON_TODAY = 5
_SENTENCE_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words.

    because  what is watched that it belongs to, but the matter itself
    says, denies  the last sentence of a side that brought something, in the reader's language if there is one
    """

    change: ChangeView
    headline: str
    because: tuple[WatchedView, ...]
    says: ClaimView | None
    denies: ClaimView | None


def find_news(items: Items, since: datetime) -> ChangesView:
    """What is new about these things, from the hour on in which a moment lies."""
    services = get_services()
    # By the hour, so that what is found for one page serves the next.
    hour = since.replace(minute=0, second=0, microsecond=0)
    return services.editions.get_changes(items, hour, services.now())


def find_for_today(before: datetime | None) -> tuple[Sequence[Told], int]:
    """What is new about the list of whoever asks since the visit before, else since a day ago: the newest, and how
    many there are beside them."""
    items = find_own_items()
    if not items:
        return (), 0
    found = find_news(items, before or get_services().now() - _DAY)
    return tell(found, items, _ON_TODAY), max(len(found.changes) - _ON_TODAY, 0)


def tell(found: ChangesView, items: Items, most: int) -> Sequence[Told]:
    """The newest changes of a list, so many."""
    words, changes = get_page_words(), found.changes[:most]
    views = {view.key: view for view in view_watched(get_services().store, items)} if changes else {}
    return tuple(_tell(one, found, views.values(), words) for one in changes)


def list_items(found: ChangesView) -> Iterator[Item]:
    """An item of a feed for each claim that brought something."""
    words = get_page_words()
    for change in found.changes:
        headline = say_headline(change.matter.gist, None, words)
        for brought in change.brought:
            claim = found.claims.get(brought.claim)
            if claim is None:
                continue
            yield Item(
                f"{headline} [{say_news(brought.news, words)}]",
                url_for("claims.show", claim_id=claim.id),
                f"{lead_claim(claim, words)} “{shorten_text(claim.text, _SENTENCE_CHARS)}” {claim.article.source.name}",
                brought.at,
                f"{change.matter.id} {claim.id}",
            )


def say_news(news: Iterable[News], words: Words) -> str:
    """What is new, in a few words: `denial, new number`; that it is a claim only where it is nothing else."""
    named = [words.name("news", one.value) for one in news if one is not News.CLAIM]
    return str(words.find("pictures.comma")).join(named or [words.find("watching.further")])


def say_asked(news: Sequence[News], words: Words) -> str:
    """What counts as new, in a few words."""
    if len(news) == len(News):
        return str(words.find("watching.everything"))
    return str(words.find("pictures.comma")).join(words.name("news", one.value) for one in news)


def _tell(change: ChangeView, found: ChangesView, views: Iterable[WatchedView], words: Words) -> Told:
    keys = {(one.kind, one.target) for one in change.because}
    own = {view.key for view in views if view.kind is WatchedKind.MATTER and change.matter.id in view.matters}
    claims = [found.claims[one.claim] for one in change.brought if one.claim in found.claims]
    return Told(
        change,
        say_headline(change.matter.gist, None, words),
        tuple(view for view in views if view.key in keys - own),
        _pick([claim for claim in claims if claim.polarity is Polarity.AFFIRMED], words.lang),
        _pick([claim for claim in claims if claim.polarity is Polarity.DENIED], words.lang),
    )


def _pick(claims: Sequence[ClaimView], lang: str) -> ClaimView | None:
    return next((claim for claim in claims if claim.lang == lang), next(iter(claims), None))
