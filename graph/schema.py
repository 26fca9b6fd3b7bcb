"""Labels, relationship types and their properties: the one table that stores, exports, console and docs read."""

from dataclasses import dataclass

from graph.records import EntityType, Relation


@dataclass(frozen=True, slots=True)
class Label:
    """A node label, its properties (the key first) and what it stands for.

    kept  what a Neo4j store keeps on the node for itself; answers leave it out of whole nodes
    """

    name: str
    properties: tuple[str, ...]
    meaning: str
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship type with the labels at its ends; the record at `owner` brings it along."""

    name: str
    start: str
    end: str
    owner: str
    properties: tuple[str, ...] = ()
    meaning: str = ""


ENTITY_LABELS: dict[EntityType, str] = {kind: kind.value.capitalize() for kind in EntityType}
"""The second label of an Entity node."""

LABELS: tuple[Label, ...] = (
    Label(
        "Source",
        ("id", "name", "kind", "lang", "country", "domain", "reliability"),
        "who publishes: an outlet, wire, vendor, blog, aggregator or government",
    ),
    Label(
        "Article",
        ("id", "url", "title", "lang", "published_at", "fetched_at", "text_hash", "version", "kind"),
        "one version of a page as clean text",
        ("key", "record", "body", "judged", "judgements", "lost", "reread"),
    ),
    Label(
        "Entity",
        ("id", "name", "name_ja", "aliases", "wikidata"),
        "what is named; carries a second label, its type",
        ("number", "claims", "curated", "found", "spellings", "judged", "judgements", "maker"),
    ),
    Label(
        "Claim",
        (
            "id",
            "claim_type",
            "predicate",
            "text",
            "lang",
            "start_char",
            "end_char",
            "modality",
            "polarity",
            "date",
            "reported_at",
            "measure",
            "value",
            "high",
            "unit",
            "comparator",
            "subject",
            "object",
            "origin",
            "reader",
            "score",
            "refuted",
            "misread",
        ),
        "one utterance at one place; `subject`, `object` and `origin` are its parties as text, named or not; "
        "`score` is the probability that it is right, 0 to 1",
        (
            *("key", "moment", "record", "article_id", "source_id", "text_en", "text_ja"),
            *("queued", "matter", "open", "rests", "judged", "judgements", "was"),
        ),
    ),
    Label(
        "Proposition",
        (
            "id",
            "label_en",
            "label_ja",
            "claim_type",
            "predicate",
            "status",
            "first_reported_at",
            "last_reported_at",
            "articles",
            "origins",
        ),
        "a matter: what several claims are about, affirmed or denied; its status is that of its last event",
        ("matter", "record", "digest", "last"),
    ),
    Label(
        "Event",
        ("id", "step", "status", "valid_from", "recorded_at", "basis"),
        "a step in the history of a proposition, counted from 0; `basis` are the claims it rests on",
        ("recorded", "valid"),
    ),
)

RELATIONSHIPS: tuple[Relationship, ...] = (
    Relationship("PUBLISHED", "Source", "Article", "Article", meaning="who published the article"),
    Relationship(
        "MENTIONS",
        "Article",
        "Entity",
        "Article",
        ("count", "start_char", "end_char"),
        "the article names the entity, first at start_char",
    ),
    Relationship(
        "COPY_OF",
        "Article",
        "Article",
        "Article",
        ("score", "kind"),
        "the article repeats one published before it: syndicated, translated or rewritten; score 0 to 1",
    ),
    Relationship("STATES", "Article", "Claim", "Claim", meaning="the claim stands in the article"),
    Relationship("SUBJECT", "Claim", "Entity", "Claim", meaning="whom or what the claim is about"),
    Relationship("OBJECT", "Claim", "Entity", "Claim", meaning="the other party of the claim"),
    Relationship("ON", "Claim", "Entity", "Claim", meaning="the benchmark of a comparison"),
    Relationship(
        "CLAIMED_BY",
        "Claim",
        "Entity",
        "Claim",
        ("depth", "cue"),
        "who says it; depth 0 nearest the article's own voice, the greatest depth the origin",
    ),
    Relationship("RESPONDS_TO", "Claim", "Claim", "Claim", meaning="the claim answers the other"),
    Relationship(
        "SAYS", "Claim", "Proposition", "Proposition", ("score",), "the claim speaks of it, affirming or denying it"
    ),
    Relationship("HAD", "Proposition", "Event", "Event", meaning="a step in its history"),
    Relationship(
        "CONTRADICTS",
        "Proposition",
        "Proposition",
        "Proposition",
        ("kind", "score", "state"),
        "both cannot hold; kind: value, order, exclusive; state: open, dismissed",
    ),
    Relationship(
        "PART_OF", "Proposition", "Proposition", "Proposition", meaning="the first is a special case of the second"
    ),
    *(
        Relationship(relation.value, "Entity", "Entity", "Entity", ("source",), "a background tie")
        for relation in Relation
    ),
)
