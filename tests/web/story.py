"""A small invented story for the pages: two languages, chains of speakers, figures, a denial, and a hostile article."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from graph.ids import make_article_id, make_claim_id, make_entity_id, make_source_id
from graph.records import (
    Article,
    Claim,
    Claimant,
    ClaimType,
    Comparator,
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
    SourceKind,
    Stage,
    Tie,
)
from graph.store import Counts
from graph.views import StatusView

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
SCRIPT = "<script>window.pwned = 1</script>"
IMAGE = '"><img src=x onerror="window.pwned = 2">'
HIDDEN = "Deep\u200bSeek\u202ekeeS"


def _entity(name: str, kind: EntityType, name_ja: str | None = None, *aliases: str) -> Entity:
    return Entity(make_entity_id(name), name, kind, name_ja, aliases, curated=True)


DEEPSEEK = _entity("DeepSeek", EntityType.COMPANY, "ディープシーク", "深度求索", "Deep Seek")
OPENAI = _entity("OpenAI", EntityType.COMPANY, "オープンAI")
MICROSOFT = _entity("Microsoft", EntityType.COMPANY, "マイクロソフト")
NVIDIA = _entity("Nvidia", EntityType.COMPANY, "エヌビディア")
WIRE = _entity("Bloomberg", EntityType.PUBLICATION, "ブルームバーグ")
SACKS = _entity("David Sacks", EntityType.PERSON, "デービッド・サックス")
R1 = _entity("DeepSeek-R1", EntityType.MODEL, None, "R1")
V3 = _entity("DeepSeek-V3", EntityType.MODEL, None, "V3")
O1 = _entity("OpenAI o1", EntityType.MODEL, None, "o1")
H800 = _entity("Nvidia H800", EntityType.HARDWARE, None, "H800")
AIME = _entity("AIME 2024", EntityType.BENCHMARK)
CURATED = (DEEPSEEK, OPENAI, MICROSOFT, NVIDIA, WIRE, SACKS, R1, V3, O1, H800, AIME)
TIES = (
    Tie(DEEPSEEK.id, Relation.MAKES, R1.id, "curated"),
    Tie(DEEPSEEK.id, Relation.MAKES, V3.id, "curated"),
    Tie(OPENAI.id, Relation.MAKES, O1.id, "curated"),
    Tie(MICROSOFT.id, Relation.INVESTED_IN, OPENAI.id, "curated"),
    Tie(OPENAI.id, Relation.COMPETES_WITH, DEEPSEEK.id, "curated"),
)

SCRIPT_NAME = Entity(make_entity_id(SCRIPT), SCRIPT, EntityType.COMPANY, IMAGE, (IMAGE,))
HIDDEN_NAME = Entity(make_entity_id(HIDDEN), HIDDEN, EntityType.MODEL)
INVISIBLE_NAME = Entity(make_entity_id("\u200b\u200b"), "\u200b\u200b", EntityType.PERSON)

GAZETTE = Source(make_source_id("gazette.example"), "The Quay Gazette", "gazette.example", lang="en", country="GB")
TIMES = Source(make_source_id("keisan.example"), "計算新聞", "keisan.example", SourceKind.WIRE, "ja", "JP", 0.8)
HOSTILE = Source(make_source_id("evil.example"), IMAGE, "evil.example", SourceKind.BLOG)


def _article(source: Source, url: str, title: str, text: str, lang: str, day: int) -> Article:
    published = datetime(2025, 1, day, 8, 30, tzinfo=UTC)
    return Article(
        make_article_id(url, text), url, source, title, text, lang, published, published, authors=("A. Clerk",)
    )


ENGLISH = _article(
    GAZETTE,
    "https://gazette.example/2025/01/29/probe",
    "Microsoft looks into whether a DeepSeek group took OpenAI’s data",
    "\n".join(
        (
            "The start-up from Hangzhou has had an eventful month. Few had heard of it at the new year.",
            "Last autumn a group linked to DeepSeek allegedly took large amounts of data out of OpenAI’s interface, "
            "Microsoft security researchers told Bloomberg. The group had used many accounts.",
            "People familiar with the matter said that DeepSeek may have copied the answers of OpenAI’s models.",
            "R1 costs less than o1 and beats it on AIME 2024, the start-up said.",
            "DeepSeek-V3 was trained for about $5.6 million on 2,000 Nvidia H800 chips, according to DeepSeek’s paper. "
            "Rivals will spend between $1 billion and $10 billion this year.",
            "A DeepSeek spokesperson denied that the company took data out of OpenAI’s interface.",
        )
    ),
    "en",
    29,
)

JAPANESE = _article(
    TIMES,
    "https://keisan.example/news/0130",
    "ディープシーク、訓練費は560万ドル　盗用疑惑も",
    "\n".join(
        (
            "中国の新興企業ディープシークは、モデルの訓練費が560万ドルだったと発表した。",
            "同社がオープンAIの技術を盗用した疑いがあるとされる。サックス氏は「蒸留の証拠がある」と述べた。",
            "エヌビディアの株価は27日、17%下落した。次の規制はあるのだろうか。",
        )
    ),
    "ja",
    30,
)

_PAYLOAD = f"{SCRIPT} said {IMAGE} that \u202eevil\u202c & <b>bold</b> {{{{ 7 * 7 }}}} happened."
HOSTILE_ARTICLE = _article(
    HOSTILE,
    "javascript:window.pwned=3",
    f"{SCRIPT}{IMAGE} \u202eeltit",
    f"{_PAYLOAD}\n<iframe srcdoc='<script>parent.pwned=4</script>'></iframe>",
    "en",
    28,
)


def _party(who: Entity | str | None) -> Party | None:
    if who is None:
        return None
    return Party(who) if isinstance(who, str) else Party(who.name, who.id)


def make_claim(
    article: Article,
    sentence: str,
    kind: ClaimType,
    subject: Entity | str,
    predicate: Predicate,
    object: Entity | str | None = None,
    *,
    says: Iterable[tuple[Entity | str, str]] = (),
    modality: Modality = Modality.ASSERTED,
    polarity: Polarity = Polarity.AFFIRMED,
    quantity: Quantity | None = None,
    benchmark: Entity | None = None,
    date: str | None = None,
    cues: Iterable[tuple[CueKind, str]] = (),
) -> Claim:
    start = article.text.index(sentence)
    span = (start, start + len(sentence))
    about, other, bench = _party(subject), _party(object), _party(benchmark)
    assert about
    return Claim(
        id=make_claim_id(article.id, span, predicate, about, other, quantity, bench, polarity),
        article_id=article.id,
        span=span,
        text=sentence,
        lang=article.lang,
        type=kind,
        predicate=predicate,
        subject=about,
        object=other,
        quantity=quantity,
        benchmark=bench,
        claimants=tuple(Claimant(party, cue) for who, cue in says if (party := _party(who))),
        modality=modality,
        polarity=polarity,
        date=PartialDate(date) if date else None,
        reported_at=article.published_at,
        cues=tuple(_cue(article, kind_, words) for kind_, words in cues),
        reader="sample 1",
    )


def _cue(article: Article, kind: CueKind, words: str) -> Cue:
    start = article.text.index(words)
    return Cue(kind, (start, start + len(words)), words)


_PROBE = (
    "Last autumn a group linked to DeepSeek allegedly took large amounts of data out of OpenAI’s interface, "
    "Microsoft security researchers told Bloomberg."
)
_TRAINING = "DeepSeek-V3 was trained for about $5.6 million on 2,000 Nvidia H800 chips, according to DeepSeek’s paper."

CHAINED = make_claim(
    ENGLISH,
    _PROBE,
    ClaimType.ALLEGATION,
    DEEPSEEK,
    Predicate.EXFILTRATED_DATA_FROM,
    OPENAI,
    says=((WIRE, ""), ("Microsoft security researchers", "told")),
    modality=Modality.ALLEGED,
    date="2024",
    cues=(
        (CueKind.MODALITY, "allegedly"),
        (CueKind.TRIGGER, "took large amounts of data"),
        (CueKind.ATTRIBUTION, "told"),
    ),
)
DENIAL = make_claim(
    ENGLISH,
    "A DeepSeek spokesperson denied that the company took data out of OpenAI’s interface.",
    ClaimType.ALLEGATION,
    DEEPSEEK,
    Predicate.EXFILTRATED_DATA_FROM,
    OPENAI,
    says=((DEEPSEEK, "denied"),),
    polarity=Polarity.DENIED,
    cues=((CueKind.POLARITY, "denied"),),
)
UNNAMED = make_claim(
    ENGLISH,
    "People familiar with the matter said that DeepSeek may have copied the answers of OpenAI’s models.",
    ClaimType.ALLEGATION,
    DEEPSEEK,
    Predicate.DISTILLED_FROM,
    OPENAI,
    says=(("people familiar with the matter", "said"),),
    modality=Modality.SPECULATED,
    cues=((CueKind.ATTRIBUTION, "People familiar with the matter said"), (CueKind.MODALITY, "may")),
)
CHEAPER = make_claim(
    ENGLISH,
    "R1 costs less than o1 and beats it on AIME 2024, the start-up said.",
    ClaimType.COST,
    R1,
    Predicate.COSTS,
    says=((DEEPSEEK, "said"),),
)
BETTER = make_claim(
    ENGLISH,
    "beats it on AIME 2024",
    ClaimType.BENCHMARK,
    R1,
    Predicate.OUTPERFORMS,
    O1,
    says=((DEEPSEEK, "said"),),
    benchmark=AIME,
    cues=((CueKind.TRIGGER, "beats"),),
)
COST = make_claim(
    ENGLISH,
    _TRAINING,
    ClaimType.COST,
    V3,
    Predicate.COSTS,
    says=((DEEPSEEK, "according to"),),
    quantity=Quantity("training_cost", 5_600_000, "USD", Comparator.ABOUT, text="about $5.6 million"),
    cues=((CueKind.ATTRIBUTION, "according to"),),
)
CHIPS = make_claim(
    ENGLISH,
    _TRAINING,
    ClaimType.COMPUTE,
    V3,
    Predicate.TRAINED_ON,
    H800,
    says=((DEEPSEEK, "according to"),),
    quantity=Quantity("chips", 2000, "chips", text="2,000"),
)
SPENDING = make_claim(
    ENGLISH,
    "Rivals will spend between $1 billion and $10 billion this year.",
    ClaimType.COST,
    "rivals",
    Predicate.COSTS,
    modality=Modality.PREDICTED,
    quantity=Quantity("spending", 1e9, "USD", Comparator.RANGE, 1e10, "between $1 billion and $10 billion"),
    date="2025",
    cues=((CueKind.MODALITY, "will"),),
)
COST_JA = make_claim(
    JAPANESE,
    "中国の新興企業ディープシークは、モデルの訓練費が560万ドルだったと発表した。",
    ClaimType.COST,
    DEEPSEEK,
    Predicate.COSTS,
    says=((DEEPSEEK, "と発表した"),),
    quantity=Quantity("training_cost", 5_600_000, "USD", text="560万ドル"),
    cues=((CueKind.ATTRIBUTION, "と発表した"), (CueKind.TRIGGER, "訓練費")),
)
HEARSAY_JA = make_claim(
    JAPANESE,
    "同社がオープンAIの技術を盗用した疑いがあるとされる。",
    ClaimType.ALLEGATION,
    DEEPSEEK,
    Predicate.TOOK_TECHNOLOGY_FROM,
    OPENAI,
    modality=Modality.ALLEGED,
    cues=((CueKind.MODALITY, "疑いがある"), (CueKind.TRIGGER, "盗用した")),
)
SACKS_JA = make_claim(
    JAPANESE,
    "サックス氏は「蒸留の証拠がある」と述べた。",
    ClaimType.ALLEGATION,
    DEEPSEEK,
    Predicate.DISTILLED_FROM,
    OPENAI,
    says=((SACKS, "と述べた"),),
    modality=Modality.ALLEGED,
    cues=((CueKind.ATTRIBUTION, "と述べた"),),
)
STOCK_JA = make_claim(
    JAPANESE,
    "エヌビディアの株価は27日、17%下落した。",
    ClaimType.MARKET,
    NVIDIA,
    Predicate.STOCK_MOVED,
    quantity=Quantity("stock_change", -17, "%", text="17%下落"),
    date="2025-01-27",
)
QUESTION_JA = make_claim(
    JAPANESE,
    "次の規制はあるのだろうか。",
    ClaimType.LEGAL,
    "規制当局",
    Predicate.REGULATES,
    NVIDIA,
    modality=Modality.QUESTIONED,
    cues=((CueKind.MODALITY, "だろうか"),),
)
PAYLOAD = make_claim(
    HOSTILE_ARTICLE,
    _PAYLOAD,
    ClaimType.STANCE,
    SCRIPT_NAME,
    Predicate.CRITICIZES,
    HIDDEN_NAME,
    says=((INVISIBLE_NAME, IMAGE), (SCRIPT, SCRIPT)),
    quantity=Quantity(SCRIPT, 3, IMAGE, text=SCRIPT),
    modality=Modality.REPORTED,
    cues=((CueKind.MODALITY, "said"), (CueKind.TRIGGER, SCRIPT)),
)

ENGLISH_CLAIMS = (CHAINED, UNNAMED, CHEAPER, BETTER, COST, CHIPS, SPENDING, DENIAL)
JAPANESE_CLAIMS = (COST_JA, HEARSAY_JA, SACKS_JA, STOCK_JA, QUESTION_JA)


def _mentions(article: Article, *entities: Entity) -> tuple[Mention, ...]:
    found = ((entity, name) for entity in entities for name in (entity.name, entity.name_ja) if name)
    places = ((entity, name, article.text.find(name)) for entity, name in found)
    return tuple(Mention(entity.id, (at, at + len(name)), name) for entity, name, at in places if at >= 0)


STORY = (
    Extraction(ENGLISH, CURATED, _mentions(ENGLISH, *CURATED), ENGLISH_CLAIMS),
    Extraction(JAPANESE, CURATED, _mentions(JAPANESE, *CURATED), JAPANESE_CLAIMS),
    Extraction(
        HOSTILE_ARTICLE,
        (SCRIPT_NAME, HIDDEN_NAME, INVISIBLE_NAME),
        _mentions(HOSTILE_ARTICLE, SCRIPT_NAME),
        (PAYLOAD,),
    ),
)

_BROKEN = Failure(
    Stage.FETCH, "https://gazette.example/feed", "http_503", f"HTTP 503 after 3 tries; kept the last copy {SCRIPT}"
)
STATUS = StatusView(
    Counts(sources=3, articles=3, entities=14, claims=14, latest=JAPANESE.published_at),
    (
        FeedState(Feed("https://keisan.example/rss", "計算新聞", "ja"), NOW - timedelta(minutes=25), NOW, 42),
        FeedState(
            Feed("https://gazette.example/feed", "The Quay Gazette"),
            NOW - timedelta(days=2),
            NOW + timedelta(hours=6),
            120,
            3,
            _BROKEN,
        ),
        FeedState(Feed("https://new.example/atom.xml")),
    ),
    RunSummary(NOW - timedelta(minutes=25), 12.34, 3, 1, 1, 1, 2, 0, 0, 13, (_BROKEN,)),
    pending=1,
)
