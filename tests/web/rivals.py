"""What the accounts are about, beside the story: numbers and results that cannot both hold, and a leaderboard."""

from datetime import UTC, datetime

from graph.deriving import derive
from graph.formats.leaderboards import Board, make_board_extraction, read_leaderboard
from graph.ids import make_article_id, make_entity_id, make_source_id
from graph.records import (
    Article,
    ClaimType,
    Comparator,
    Entity,
    EntityType,
    Extraction,
    Modality,
    Predicate,
    Quantity,
    Source,
)
from graph.store import GraphStore
from tests.web.story import (
    AIME,
    CURATED,
    DEEPSEEK,
    O1,
    OPENAI,
    R1,
    STORY,
    TIES,
    V3,
    make_claim,
)

EPOCH = Entity(make_entity_id("Epoch AI"), "Epoch AI", EntityType.INSTITUTION, curated=True)
ARENA = Entity(make_entity_id("Chatbot Arena"), "Chatbot Arena", EntityType.BENCHMARK, curated=True)
LMSYS = Entity(make_entity_id("LMSYS"), "LMSYS", EntityType.INSTITUTION, curated=True)
LIANG = Entity(make_entity_id("Liang Wenfeng"), "Liang Wenfeng", EntityType.PERSON, "梁文鋒", curated=True)
CHEN = Entity(make_entity_id("Chen Mei"), "Chen Mei", EntityType.PERSON, curated=True)
_KNOWN = (EPOCH, ARENA, LMSYS, LIANG, CHEN)

LEDGER = Source(make_source_id("ledger.example"), "The Tidewater Ledger", "ledger.example", lang="en")
POST = Source(make_source_id("post.example"), "The Harbour Post", "post.example", lang="en")


def _article(source: Source, slug: str, day: int, *sentences: str) -> Article:
    text, at = "\n".join(sentences), datetime(2025, 1, day, 9, tzinfo=UTC)
    url = f"https://{source.domain}/{slug}"
    return Article(make_article_id(url, text), url, source, f"R1, once more ({slug})", text, "en", at, at)


_PAPER = "Training R1 took $294,000, the start-up wrote."
_SCORE = "R1 scores 79.8% on AIME 2024, the start-up wrote."
_RANK = "R1 ranks 3rd in Chatbot Arena, the start-up wrote."
_SPEED = "R1 matches o1, the start-up wrote."
_BEATEN = "o1 beats R1 on AIME 2024, OpenAI said."
_ANALYSTS = "R1 cost some $5.6 million to train, analysts at Quayside said."
_MEASURED = "R1 scores 79.8% on AIME 2024, Epoch AI found."
_EUROS = "V3 cost 6 million euros to train, Epoch AI found."
_FOUNDER = "Liang Wenfeng founded DeepSeek, a filing says."
_OTHER_FOUNDER = "Chen Mei founded DeepSeek, her publisher says."

PAPER = _article(LEDGER, "paper", 20, _PAPER, _SCORE, _RANK, _SPEED, _FOUNDER)
ANSWER = _article(POST, "answer", 31, _BEATEN, _ANALYSTS, _MEASURED, _EUROS, _OTHER_FOUNDER)

_POINTS = Quantity("score", 79.8, "%", text="79.8%")
CHEAP = make_claim(
    PAPER,
    _PAPER,
    ClaimType.COST,
    R1,
    Predicate.COSTS,
    says=((DEEPSEEK, "wrote"),),
    quantity=Quantity("training_cost", 294_000, "USD", text="$294,000"),
)
DEAR = make_claim(
    ANSWER,
    _ANALYSTS,
    ClaimType.COST,
    R1,
    Predicate.COSTS,
    says=(("analysts at Quayside", "said"),),
    quantity=Quantity("training_cost", 5.6e6, "USD", Comparator.ABOUT, text="some $5.6 million"),
)
SCORE = make_claim(
    PAPER,
    _SCORE,
    ClaimType.BENCHMARK,
    R1,
    Predicate.SCORES,
    AIME,
    says=((DEEPSEEK, ""),),
    quantity=_POINTS,
    benchmark=AIME,
)
MEASURED = make_claim(
    ANSWER,
    _MEASURED,
    ClaimType.BENCHMARK,
    R1,
    Predicate.SCORES,
    AIME,
    says=((EPOCH, ""),),
    quantity=_POINTS,
    benchmark=AIME,
)
RANK = make_claim(
    PAPER,
    _RANK,
    ClaimType.BENCHMARK,
    R1,
    Predicate.RANKS,
    ARENA,
    says=((DEEPSEEK, "wrote"),),
    quantity=Quantity("rank", 3, "rank", text="3rd"),
    benchmark=ARENA,
)
LEVEL = make_claim(PAPER, _SPEED, ClaimType.BENCHMARK, R1, Predicate.MATCHES, O1, says=((DEEPSEEK, "wrote"),))
BEATEN = make_claim(
    ANSWER, _BEATEN, ClaimType.BENCHMARK, O1, Predicate.OUTPERFORMS, R1, says=((OPENAI, "said"),), benchmark=AIME
)
EUROS = make_claim(
    ANSWER,
    _EUROS,
    ClaimType.COST,
    V3,
    Predicate.COSTS,
    says=((EPOCH, "found"),),
    quantity=Quantity("training_cost", 6e6, "EUR", text="6 million euros"),
)
FOUNDER = make_claim(
    PAPER, _FOUNDER, ClaimType.PEOPLE, LIANG, Predicate.FOUNDED, DEEPSEEK, says=(("a filing", "says"),)
)
OTHER_FOUNDER = make_claim(
    ANSWER,
    _OTHER_FOUNDER,
    ClaimType.PEOPLE,
    CHEN,
    Predicate.FOUNDED,
    DEEPSEEK,
    says=(("her publisher", "says"),),
    modality=Modality.REPORTED,
)

_TEXT, _ROWS = read_leaderboard("rank,model,score\n3,DeepSeek-R1,1357\n8,OpenAI o1,1340\n", "board.csv")
_BOARD = Board(ARENA, LMSYS, "lmarena.ai", datetime(2025, 1, 30, tzinfo=UTC))
RIVALS = (
    Extraction(PAPER, CURATED, (), (CHEAP, SCORE, RANK, LEVEL, FOUNDER)),
    Extraction(ANSWER, CURATED, (), (BEATEN, DEAR, MEASURED, EUROS, OTHER_FOUNDER)),
    make_board_extraction(_BOARD, _TEXT, _ROWS, {R1.name: R1, O1.name: O1}.get),
)


def fill(store: GraphStore) -> None:
    """Adds the story and what the accounts are about, and derives what follows."""
    store.add_entities((*CURATED, *_KNOWN), TIES)
    store.add((*STORY, *RIVALS))
    derive(store)
