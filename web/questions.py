"""Questions ready to be asked in the Cypher console."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words, its query, and its parameters as JSON."""

    title: str
    query: str
    parameters: str = ""


QUESTIONS: tuple[Question, ...] = (
    Question(
        "Who says what about one entity, and how firmly?",
        """MATCH (c:Claim)-[:SUBJECT]->(e:Entity)
WHERE e.name = $name
RETURN c.reported_at AS reported, c.origin AS origin, c.predicate AS predicate, c.modality AS modality,
       c.polarity AS polarity, c.text AS sentence
ORDER BY reported DESC LIMIT 50""",
        '{"name": "DeepSeek"}',
    ),
    Question(
        "Through which speakers did it reach the article?",
        """MATCH (c:Claim)-[said:CLAIMED_BY]->(speaker:Entity)
RETURN c.id AS claim, said.depth AS depth, speaker.name AS speaker, said.cue AS cue
ORDER BY claim, depth LIMIT 100""",
    ),
    Question(
        "Who denies what?",
        """MATCH (a:Article)-[:STATES]->(c:Claim)
WHERE c.polarity = 'denied'
RETURN c.reported_at AS reported, c.subject AS subject, c.predicate AS predicate, c.object AS object,
       c.text AS sentence, a.url AS article
ORDER BY reported DESC LIMIT 50""",
    ),
    Question(
        "Every figure for one measure, side by side",
        """MATCH (s:Source)-[:PUBLISHED]->(:Article)-[:STATES]->(c:Claim)
WHERE c.measure = $measure
RETURN c.subject AS subject, c.comparator AS comparator, c.value AS value, c.unit AS unit,
       s.name AS source, c.reported_at AS reported
ORDER BY subject, value LIMIT 100""",
        '{"measure": "training_cost"}',
    ),
    Question(
        "Which results does a maker claim about its own model?",
        """MATCH (maker:Entity)-[:MAKES]->(model:Entity)<-[:SUBJECT]-(c:Claim)-[:CLAIMED_BY]->(maker)
WHERE c.claim_type = 'benchmark'
RETURN maker.name AS maker, model.name AS model, c.predicate AS predicate, c.object AS compared_with,
       c.text AS sentence
LIMIT 50""",
    ),
    Question(
        "Which accusations come from a rival of the accused?",
        """MATCH (accused:Entity)<-[:SUBJECT]-(c:Claim)-[:CLAIMED_BY]->(accuser:Entity)
WHERE c.claim_type = 'allegation'
MATCH (accuser)-[tie:COMPETES_WITH|INVESTED_IN|PARTNER_OF]-(accused)
RETURN accuser.name AS accuser, accused.name AS accused, c.text AS sentence, tie.source AS known_from
LIMIT 50""",
    ),
    Question(
        "What links two entities?",
        """MATCH (one:Entity)<-[r1:SUBJECT|OBJECT|CLAIMED_BY]-(c:Claim)-[r2:SUBJECT|OBJECT|CLAIMED_BY]->(two:Entity)
WHERE one.name = $one AND two.name = $two
RETURN type(r1) AS first_is, type(r2) AS second_is, c.predicate AS predicate, c.text AS sentence
LIMIT 50""",
        '{"one": "DeepSeek", "two": "OpenAI"}',
    ),
)
