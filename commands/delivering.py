"""What is new about what is watched, sent to those who asked for it: at the end of `ingest`, and by `watch run`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from commands.mail_settings import split_server
from commands.opening import read_secret
from commands.printing import tell
from commands.settings import Config, find_zone
from graph.answers.proposition_views import view_matters
from graph.batches import iter_batches
from graph.editions.windows import find_day
from graph.errors import ConfigError, DeliveryError, NotFound
from graph.records import (
    Channel,
    ClaimId,
    EntityId,
    Failure,
    News,
    Notice,
    PropositionId,
    SourceId,
    Stage,
    Watch,
    Watched,
    WatchedKind,
)
from graph.rulings.renamed import find_renamed
from graph.store import GraphStore
from graph.watching.noticed import NoticeView, view_notices
from graph.watching.since import find_notices

if TYPE_CHECKING:
    from ingest.archive import Archive

# What was fetched long before it could be stored and grouped is looked at again: after a weekend without a reader, too.
_OVERLAP = timedelta(days=4)
# What could not be sent for longer is not sent any more; what was sent is remembered for longer still.
_LONGEST = timedelta(days=14)
_REMEMBERED = timedelta(days=30)
# So many notices to a mail or POST.
_MOST = 50

Told = frozenset[tuple[ClaimId, str]]


def deliver(config: Config, store: GraphStore, archive: "Archive", now: datetime) -> tuple[Failure, ...]:
    """Sends what is new, of each watch what was fetched since it was made or last told of; what could not be, and why.

    Each is sent once. What was sent is noted after it was taken: whoever is killed in between sends it once more.
    """
    from web.language.measures import spell_measures

    due = [watch for watch in archive.list_watches() if _is_due(watch, now, config)]
    if not due:
        return ()
    starts = {watch.number: _find_start(watch, now) for watch in due}
    watched = dict.fromkeys(watch.watched for watch in due)
    found = find_notices(store, watched, min(starts.values()), now, spell_measures())
    failures = []
    for watch in due:
        own = [one for one in found if one.watched == watch.watched and one.at >= starts[watch.number]]
        try:
            _deliver_to(config, store, archive, watch, own, now)
        except (DeliveryError, ConfigError) as error:
            archive.note_unsent(watch.number, str(error))
            subject = f"watch {watch.number}"
            failures.append(Failure(Stage.DELIVER, subject, error.reason or "not_set_up", f"{subject}: {error}"))
    return tuple(failures)


def name_watched(store: GraphStore, watched: Watched, lang: str) -> str:
    """What is watched, in words; NotFound when it is not there."""
    from web.language.headlines import say_headline
    from web.language.wording import get_words

    if watched.kind is WatchedKind.SEARCH:
        return watched.target
    if watched.kind is WatchedKind.ENTITY:
        named = [one.name for one in store.get_entities([EntityId(watched.target)])]
    elif watched.kind is WatchedKind.SOURCE:
        named = [one.name for one in store.get_sources([SourceId(watched.target)])]
    else:
        asked = [PropositionId(id) for id in watched.target.split(".")]
        there = {one.id for one in store.get_propositions(asked, bare=True)}
        renamed = find_renamed(store, [id for id in asked if id not in there])
        ids = [renamed.get(id, id) for id in asked]
        matters = view_matters(store, store.get_propositions(ids))
        named = [say_headline(one.gist, None, get_words(lang)) for one in matters]
        named = named if len(named) == len(ids) else []
    if not named:
        raise NotFound(f"{watched.kind} {watched.target}: there is none", subject=watched.target)
    return " / ".join(named)


def _is_due(watch: Watch, now: datetime, config: Config) -> bool:
    """Whether it is told of at once, or was not told of today."""
    zone = find_zone(config.zone)
    return not watch.daily or find_day(now, zone) > find_day(watch.told_until or watch.made_at, zone)


def _find_start(watch: Watch, now: datetime) -> datetime:
    told = watch.told_until or watch.made_at
    return max(watch.made_at, told - _OVERLAP, now - _LONGEST)


def _deliver_to(
    config: Config, store: GraphStore, archive: "Archive", watch: Watch, found: Sequence[Notice], now: datetime
) -> None:
    told = archive.list_told(watch.number)
    new = list(_leave_told(found, _follow(store, told)))
    views = view_notices(store, new)
    sent = 0
    for batch in iter_batches(views, _MOST):
        _send(config, store, archive, watch, batch, now)
        archive.note_sent(watch.number, [one for view in batch for one in _list_told(view.notice)], len(batch), now)
        sent += len(batch)
    archive.note_told(watch.number, now, now - _REMEMBERED)
    if sent:
        tell(config, f"watch {watch.number}: {sent} {'notice' if sent == 1 else 'notices'} sent to {watch.to}")


def _follow(store: GraphStore, told: Told) -> Told:
    """What was told, also by the claims that took the place of those that brought it."""
    heirs: Mapping[ClaimId, ClaimId] = store.list_heirs(sorted({claim for claim, _ in told})) if told else {}
    return told | {(heirs[claim], what) for claim, what in told if claim in heirs}


def _leave_told(notices: Sequence[Notice], told: Told) -> Iterator[Notice]:
    """What of the notices was not told yet."""
    for one in notices:
        news = tuple(news for news in one.news if (one.claim, _name(news, one)) not in told)
        if news:
            yield replace(one, news=news)


def _list_told(notice: Notice) -> list[tuple[ClaimId, str]]:
    return [(notice.claim, _name(news, notice)) for news in notice.news]


def _name(news: News, notice: Notice) -> str:
    """What is new, so that a later step of the same claim is another."""
    return f"{news}:{notice.status}" if news is News.STATUS else news.value


def _send(
    config: Config, store: GraphStore, archive: "Archive", watch: Watch, views: Sequence[NoticeView], now: datetime
) -> None:
    from web.language.wording import get_words
    from web.text.letters import name_delivery, write_event, write_letter

    if watch.channel is Channel.WEBHOOK:
        from ingest.sending.webhooks import Limits, post

        post(
            watch.to, write_event(watch, views, config.pages), archive.get_secret(watch.number), Limits(config.allowed)
        )
        return
    from ingest.sending.mailing import MailServer, make_mail, send

    settings = config.mail
    if not settings.sender:
        raise ConfigError("mail_from: no mail is sent without it; set it, or CLAIMGRAPH_MAIL_FROM", subject="mail_from")
    server = MailServer()
    if settings.server:
        host, port, secure = split_server(settings.server)
        password = read_secret(settings.password_file, "mail_password_file") if settings.password_file else ""
        server = MailServer(host, port, secure, settings.user, password)
    letter = write_letter(watch, _name_or_id(store, watch), views, config.pages, get_words(watch.lang))
    delivery = name_delivery(watch, views)
    send(make_mail(settings.sender, watch.to, letter.subject, letter.text, delivery, now), server)


def _name_or_id(store: GraphStore, watch: Watch) -> str:
    try:
        return name_watched(store, watch.watched, watch.lang)
    except NotFound:
        return watch.watched.target
