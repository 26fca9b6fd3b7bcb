"""A store in which every field that a feed or an article can set is a script payload, served on a free port.

python -m tests.browser.hostile STORE     # prints the address once it can be called
"""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from flask import Flask

from graph.deriving import derive
from graph.ids import make_article_id, make_claim_id, make_entity_id, make_source_id
from graph.records import (
    Article,
    Claim,
    Claimant,
    ClaimType,
    Cue,
    CueKind,
    Entity,
    EntityType,
    Extraction,
    Failure,
    Feed,
    FeedState,
    Mention,
    Modality,
    PartialDate,
    Party,
    Polarity,
    Predicate,
    Quantity,
    Relation,
    RunSummary,
    Source,
    Stage,
    Tie,
)
from graph.store import Counts
from graph.stores.sqlite import SqliteStore
from graph.views import StatusView
from web.app import create_app
from web.language.saying import quote_name
from web.server import serve

RUN = "window.pwned=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f'"><script>{RUN}</script>',
    f"'><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</style></script><script>{RUN}</script><!--",
    f"--><script>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    f"<img src=x onerror={RUN}>",
    f'"><img src=x onerror="{RUN}">',
    f"<IMG SRC=x OnErRoR={RUN}//",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f'" autofocus onfocus="{RUN}" x="',
    f"' autofocus onfocus='{RUN}' x='",
    f'<iframe srcdoc="<script>parent.{RUN[7:]}</script>"></iframe>',
    f'<iframe src="javascript:parent.{RUN[7:]}"></iframe>',
    f'<object data="data:text/html,<script>parent.{RUN[7:]}</script>"></object>',
    f'<meta http-equiv="refresh" content="0;url=javascript:{RUN}">',
    f"javascript:{RUN}",
    f" JaVa\tScRiPt:{RUN}//https://a.example",
    f"{{{{constructor.constructor('{RUN}')()}}}}${{{RUN}}}",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
)
NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Attack:
    """The records that one payload is in, from the address to the rule; `answer` says the opposite elsewhere."""

    payload: str
    extraction: Extraction
    answer: Extraction
    entity: Entity
    rival: Entity
    tie: Tie

    @property
    def paths(self) -> dict[str, str]:
        """The page of each record."""
        return {
            "claim": f"/claims/{self.extraction.claims[1].id}",
            "article": f"/articles/{self.extraction.article.id}",
            "entity": f"/entities/{quote(self.entity.id, safe='')}",
            "source": f"/sources/{self.extraction.article.source.id}",
            "story": f"/story?q={quote(quote_name(self.payload), safe='')}",
            "search": f"/search?q=type:{quote(self.payload.replace(' ', ''), safe='')}",
            "ledger": f"/ledger?about={quote(self.payload, safe='')}",
            "figures": f"/figures?q=benchmark&measure={quote(self.payload, safe='')}",
        }


def make_attack(number: int, payload: str) -> Attack:
    """An article of its own source, with two claims about an entity of its own."""
    at = NOW - timedelta(minutes=number)
    name, other = f"{payload}{number}", f"{payload} rival {number}"
    entity = Entity(make_entity_id(name), name, EntityType.COMPANY, payload, (payload, f"also {payload}"), payload)
    rival = Entity(make_entity_id(other), other, EntityType.MODEL, payload, (payload,))
    domain = f"evil{number}.example"
    source = Source(make_source_id(domain), payload, domain, lang=payload, country=payload)
    text = f"{payload}\n{payload} said that {payload} is not so."
    url = payload if ":" in payload[:30] else f"https://{domain}/{payload}"
    article = Article(
        make_article_id(url, text), url, source, payload, text, "en", at, at, authors=(payload, payload), excerpt=True
    )
    first, second = (0, len(payload)), (len(payload) + 1, len(text))
    claims = (
        _make_claim(article, first, payload, entity, rival, Polarity.AFFIRMED),
        _make_claim(article, second, payload, entity, rival, Polarity.DENIED),
    )
    mentions = (Mention(entity.id, first, payload), Mention(rival.id, first, payload))
    return Attack(
        payload,
        Extraction(article, (entity, rival), mentions, claims),
        _make_answer(number, payload, entity, rival),
        entity,
        rival,
        Tie(entity.id, Relation.MAKES, rival.id, payload),
    )


def _make_answer(number: int, payload: str, entity: Entity, rival: Entity) -> Extraction:
    """Another article, in which the rival is ahead: the two matters cannot both hold."""
    at, domain = NOW - timedelta(minutes=number), f"worse{number}.example"
    source = Source(make_source_id(domain), payload, domain)
    url = f"https://{domain}/{payload}"
    text = f"{payload} answers"  # one sentence does not speak against itself
    article = Article(make_article_id(url, text), url, source, payload, text, "en", at, at)
    claim = _make_claim(article, (0, len(text)), payload, rival, entity, Polarity.AFFIRMED)
    return Extraction(article, (entity, rival), (), (claim,))


def _make_claim(
    article: Article, span: tuple[int, int], payload: str, entity: Entity, rival: Entity, polarity: Polarity
) -> Claim:
    subject, object = Party(entity.name, entity.id), Party(rival.name, rival.id)
    quantity = Quantity(payload, 5.0, payload, text=payload)
    cue = (span[0], span[0] + len(payload))
    return Claim(
        id=make_claim_id(article.id, span, Predicate.OUTPERFORMS, subject, object, quantity, None, polarity),
        article_id=article.id,
        span=span,
        text=article.text[slice(*span)],
        lang="en",
        type=ClaimType.BENCHMARK,
        predicate=Predicate.OUTPERFORMS,
        subject=subject,
        object=object,
        quantity=quantity,
        benchmark=Party(payload),
        claimants=(Claimant(subject, payload, payload), Claimant(Party(payload), payload, payload)),
        modality=Modality.ALLEGED,
        polarity=polarity,
        date=PartialDate(payload),
        reported_at=article.published_at,
        cues=tuple(Cue(kind, cue, payload) for kind in CueKind),
        reader=payload,
    )


ATTACKS = tuple(make_attack(number, payload) for number, payload in enumerate(PAYLOADS))
LISTS = (
    "/",
    "/search?limit=100",
    "/matters?limit=100",
    "/story",
    "/sources",
    "/feeds",
    "/status",
    "/contradictions?limit=100",
    "/ledger",
    "/figures",
    f"/figures?measure={quote(PAYLOADS[0], safe='')}",
)


def make_status() -> StatusView:
    """Feeds and a run in which every text is a payload."""
    failures = tuple(Failure(Stage.FEED, payload, payload, payload) for payload in PAYLOADS)
    feeds = tuple(
        FeedState(Feed(failure.subject, failure.message, failure.reason), NOW, NOW, 1, 2, failure)
        for failure in failures
    )
    return StatusView(
        Counts(sources=1, articles=1, entities=1, claims=1, latest=NOW),
        feeds,
        RunSummary(NOW, 1.0, failures=failures),
        pending=1,
    )


def main(path: Path) -> None:
    with SqliteStore(path) as store:
        store.add_entities([entity for attack in ATTACKS for entity in (attack.entity, attack.rival)])
        store.add_entities((), [attack.tie for attack in ATTACKS])
        store.add(part for attack in ATTACKS for part in (attack.extraction, attack.answer))
        derive(store)

    def make_app() -> Flask:
        return create_app(SqliteStore(path), make_status, lambda: NOW)

    serve(make_app, "127.0.0.1", 0, on_ready=lambda address: print(address, flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
