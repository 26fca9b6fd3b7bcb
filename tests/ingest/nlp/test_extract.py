"""Articles in, extractions out: what is read, where it stands, and what becomes of a text that cannot be read."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import ParseError
from graph.grades import STORED_FROM
from graph.records import Claim, EntityType, Extraction, Failure, Modality, Predicate, Stage
from ingest.nlp.extract import Extractor
from ingest.nlp.finder import ClaimFinder, Found, Sight, Words
from ingest.nlp.languages import Language
from ingest.nlp.load import find_reader, load_extractor, load_languages
from ingest.nlp.names import Gazetteer
from ingest.nlp.scorer import Scorer
from ingest.nlp.windows import Passage
from tests.hand import DAY, HandFinder, Told, make_article

Make = Callable[[ClaimFinder], Extractor]
Read = Callable[..., tuple[Claim, ...]]
_NAMES = {"Vantor": EntityType.COMPANY, "Sablefish": EntityType.COMPANY}
_DEAL = Told(Predicate.ACQUIRED, "bought", "Vantor", "Sablefish")
_TITLE = "Vantor and its week\n"


class _Eager:
    """Finds that the first word of every passage acquired the last, and takes both for names."""

    name = "eager 1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        self.seen = [text[slice(*passage.span)] for passage in passages]
        claims = [self._find(number, text, passage) for number, passage in enumerate(passages)]
        names = {span for claim in claims for span in (claim.subject, claim.object) if span}
        found = tuple(Words(span, EntityType.COMPANY) for span in sorted(names))
        return Sight(found, {}, tuple(claims))

    def _find(self, number: int, text: str, passage: Passage) -> Found:
        start, end = passage.span
        words = text[start:end].split()
        first, last = (start, start + len(words[0])), (end - len(words[-1]), end)
        return Found(
            passage=number, predicate=Predicate.ACQUIRED, subject=first, object=last,
            amount=passage.amounts[0] if passage.amounts else None, benchmark=None,
            day=passage.days[0] if passage.days else None, speakers=(), modality=Modality.ASSERTED, denied=False,
            measure="price", trigger=first, signs={"predicate": 1.0, "holds": 1.0},
        )  # fmt: skip


class _Broken:
    """Cannot read a text with "!" in it."""

    name = "broken 1"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def find(self, text: str, passages: Sequence[Passage]) -> Sight:
        if "!" in text:
            raise self._error
        return Sight((), {}, ())


def passages_of(text: str, make_extractor: Make, lang: str = "en") -> list[str]:
    """The sentences that a finder is given."""
    eager = _Eager()
    make_extractor(eager).read(make_article(text, lang))
    return eager.seen


@pytest.mark.parametrize(
    "line",
    [
        "Vantor bought Sablefish.",
        "| Vantor | bought | Sablefish |",
        "## Vantor bought Sablefish",
        "- Vantor bought Sablefish.",
    ],
    ids=["text", "table", "heading", "list"],
)
def test_claims_come_from_text_headings_and_tables(line: str, read: Read) -> None:
    (claim,) = read(f"{_TITLE}\n{line}\n\nIt rained.", HandFinder([_DEAL], _NAMES))
    assert claim.subject.name == "Vantor"


def test_claims_come_from_the_title(read: Read) -> None:
    (claim,) = read("Vantor bought Sablefish\nIt rained all day.", HandFinder([_DEAL], _NAMES))
    assert claim.span == (0, 23)


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "This issue is sponsored by Vantor, which bought Sablefish."),
        ("en", "![Vantor bought Sablefish](a.png)"),
        ("ja", "【PR】Vantorはbought Sablefishを公開した"),
        ("ja", "チャンネル登録とbought高評価をお願いします。"),
    ],
    ids=["sponsor", "picture", "advertisement", "appeal"],
)
def test_no_claim_comes_from_elsewhere(lang: str, line: str, make_extractor: Make) -> None:
    title = _TITLE if lang == "en" else "最初の文です。\n"
    assert not [sentence for sentence in passages_of(title + line, make_extractor, lang) if "bought" in sentence]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("la", "Vantor bought Sablefish. Societas die Lunae novum exemplar edidit."),
        ("lzh", "Vantor bought Sablefish。孟子見梁惠王。"),
        ("und", "Vantor bought Sablefish."),
    ],
)
def test_other_languages_give_no_claim(lang: str, text: str, make_extractor: Make) -> None:
    extraction = make_extractor(HandFinder([_DEAL], _NAMES)).read(make_article(text, lang))
    assert (extraction.claims, extraction.mentions) == ((), ())


@pytest.mark.parametrize("ending", [".", ":", ";"])
def test_what_ends_a_sentence_is_no_part_of_a_version(ending: str, make_extractor: Make) -> None:
    extraction = make_extractor(_Eager()).read(make_article(f"{_TITLE}\nVantor bought Sablefish 2.5{ending}", "en"))
    assert "2.5" in {entity.name for entity in extraction.entities}


def test_a_paragraph_is_read_in_its_own_language(make_extractor: Make) -> None:
    text = "会社は買収を発表した。\nVantor bought Sablefish on Monday.\n株価は下がった。"
    extraction = make_extractor(_Eager()).read(make_article(text, "ja"))
    assert [claim.lang for claim in extraction.claims if claim.text.startswith("Vantor")] == ["en"]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("### ⭐ 2025-02-10 — Vantor bought Sablefish", "Vantor bought Sablefish"),
        ("## 2025-02: Vantor bought Sablefish", "Vantor bought Sablefish"),
        ("# Vantor bought Sablefish", "Vantor bought Sablefish"),
        ("## 「Vantor」が買収した", "「Vantor」が買収した"),
    ],
)
def test_mark_and_date_of_a_heading_are_no_part_of_it(heading: str, sentence: str, make_extractor: Make) -> None:
    assert sentence in passages_of(f"The week\n\n{heading}\n\nMore of it below.", make_extractor)


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "\u200b\n"], ids=["empty", "lines", "spaces", "zero width"])
def test_text_of_nothing_holds_nothing(text: str, make_extractor: Make) -> None:
    extraction = make_extractor(HandFinder()).read(make_article(text))
    assert (extraction.claims, extraction.mentions, extraction.entities) == ((), (), ())


def test_a_lone_bracket_is_no_name(make_extractor: Make) -> None:
    finder = HandFinder((), {"』": EntityType.COMPANY})
    assert make_extractor(finder).read(make_article("楓が来た』と言った。", "ja")).mentions == ()


def check(extraction: Extraction) -> None:
    """Every span slices to what it says it is."""
    text = extraction.article.text
    for claim in extraction.claims:
        assert text[slice(*claim.span)] == claim.text != ""
        assert claim.article_id == extraction.article.id
        assert all(text[slice(*cue.span)] == cue.text for cue in claim.cues)
        assert claim.quantity is None or claim.quantity.text in claim.text
    for mention in extraction.mentions:
        assert text[slice(*mention.span)] == mention.text != ""
    assert len({claim.id for claim in extraction.claims}) == len(extraction.claims)
    assert {mention.entity for mention in extraction.mentions} <= {entity.id for entity in extraction.entities}


@pytest.mark.parametrize(
    "text",
    [
        "Van\u200btor bought Sable\u200bfish for $40 million.\nOpen\u200bAI\u200b grew 3 % on Monday.",
        "\ufeffVantor bought the Cafe\u0301 for $40 million.\nCafe\u0301 grew. Poke\u0301mon left.",
        "ヴァントルは27日、 セーフ\u3099ルを約40億円て\u3099 買収した。\nか\u3099くは 増えた。",
        "Vantor 👩\u200d👩\u200d👧 bought 🙂 Sablefish.\r\nIt grew 🇯🇵 3 %.",
        "Vantor\u00a0bought\u2003Sablefish\u00ad.\u2028It grew.\x0bIt\x0cleft.",
        "Ｖａｎｔｏｒ bought ＯｐｅｎＡＩ for ４０ million.",
    ],
    ids=["zero width", "decomposed", "decomposed kana", "emoji", "odd spaces", "full width"],
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_odd_characters_move_nothing(text: str, lang: str, make_extractor: Make) -> None:
    extraction = make_extractor(_Eager()).read(make_article(text, lang))
    assert extraction.claims
    check(extraction)


_ALPHABET = "aA bVantor OpenAI GPT-4o $40 3% \n|#*。「」買収したは27日、\u200b\u0301\u3099🙂.MİLLıON thouſand"


@settings(max_examples=60)
@given(st.text(alphabet=_ALPHABET, max_size=120) | st.text(max_size=80), st.sampled_from(["en", "ja"]))
def test_spans_of_any_text_slice_to_its_words(make_extractor: Make, text: str, lang: str) -> None:
    extractor, article = make_extractor(_Eager()), make_article(text, lang)
    extraction = extractor.read(article)
    check(extraction)
    assert extractor.read(article) == extraction


def test_claim_has_day_reader_and_score(make_extractor: Make) -> None:
    (claim,) = make_extractor(_Eager()).read(make_article("Vantor bought Sablefish on Monday.")).claims
    assert (claim.date, claim.reader) == ("2025-03-10", "eager 1")
    assert claim.reported_at == make_article("").published_at
    assert claim.score
    assert 0 < claim.score <= 1


@pytest.mark.parametrize(
    ("note", "at"),
    [
        ("Correction, March 17: the price was wrong.", datetime(2025, 3, 17, 23, 59, 59, tzinfo=UTC)),
        ("It rained.", DAY + timedelta(days=9)),
    ],
    ids=["day of its note", "day it was fetched"],
)
def test_claim_of_a_later_version_is_reported_when_that_came(note: str, at: datetime, make_extractor: Make) -> None:
    first = make_article(f"Vantor bought Sablefish.\n\n{note}")
    later = replace(first, version=2, fetched_at=DAY + timedelta(days=9))
    assert {claim.reported_at for claim in make_extractor(_Eager()).read(first).claims} == {DAY}
    assert {claim.reported_at for claim in make_extractor(_Eager()).read(later).claims} == {at}


def test_rows_of_a_long_table_are_read_to_the_last(make_extractor: Make) -> None:
    rows = [f"| Model {n} | {n}.5 % | $ {n} |" for n in range(2000)]
    found = passages_of("\n".join([_TITLE, *rows]), make_extractor)
    assert len(found) == 2001
    assert "1999" in found[-1]


@pytest.mark.parametrize(
    ("words", "parts"),
    [(", its rivals", range(1, 2)), (" and its rivals", range(100, 400))],
    ids=["one", "as if spoken"],
)
def test_a_sentence_of_100000_characters_is_read_whole(words: str, parts: range, make_extractor: Make) -> None:
    text = f"Vantor{words * (100_000 // len(words))}, bought Sablefish."
    found = passages_of(text, make_extractor)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert len(found) in parts


def test_what_is_less_likely_than_stored_is_left_out(
    curated: Gazetteer, languages: dict[str, Language], tmp_path: Path
) -> None:
    path = tmp_path / "scorer.json"
    path.write_text(json.dumps({"weights": {"bias": -4, "predicate": 4}, "fits": {}}), "utf-8")
    article = make_article("Vantor bought Sablefish. Sablefish took Vantor over.")
    told = [Told(Predicate.ACQUIRED, "bought", "Vantor", "Sablefish", sure=2),
            Told(Predicate.ACQUIRED, "took", "Sablefish", "Vantor", sure=0)]  # fmt: skip
    extractor = Extractor(curated, languages, HandFinder(told, _NAMES), Scorer(path))
    (kept,) = extractor.read(article).claims
    assert kept.subject.name == "Vantor"
    extraction, signs = extractor.weigh(article)
    assert [claim.subject.name for claim in extraction.claims] == ["Vantor", "Sablefish"]
    assert {claim.id for claim in extraction.claims} == set(signs)
    assert [claim.score and claim.score >= STORED_FROM for claim in extraction.claims] == [True, False]


def test_names_that_the_finder_sees_are_mentioned_wherever_they_stand(make_extractor: Make) -> None:
    text = "Mara Lindqvist leads Vantor. Lindqvist founded it."
    finder = HandFinder(names={"Mara Lindqvist": EntityType.PERSON, "Vantor": EntityType.COMPANY})
    extraction = make_extractor(finder).read(make_article(text))
    assert [mention.text for mention in extraction.mentions] == ["Mara Lindqvist", "Vantor", "Lindqvist"]
    assert len({mention.entity for mention in extraction.mentions}) == 2


def test_listed_name_stays_what_it_is(make_extractor: Make) -> None:
    finder = HandFinder(names={"OpenAI": EntityType.PLACE})
    extraction = make_extractor(finder).read(make_article("OpenAI grew."))
    assert [(entity.name, entity.type, entity.curated) for entity in extraction.entities] == [
        ("OpenAI", EntityType.COMPANY, True)
    ]


def test_longer_name_of_something_made_is_another_one(make_extractor: Make) -> None:
    finder = HandFinder(names={"Kimi Petrel 9": EntityType.MODEL})
    extraction = make_extractor(finder).read(make_article("Moonshot AI released Kimi Petrel 9."))
    assert "Kimi Petrel 9" in [mention.text for mention in extraction.mentions]
    assert "Kimi" not in [mention.text for mention in extraction.mentions]


def test_paper_behind_a_name_in_latin_letters_is_no_part_of_it(make_extractor: Make) -> None:
    finder = HandFinder(names={"Quill Gazette紙": EntityType.PUBLICATION})
    found = make_extractor(finder).read(make_article("Quill Gazette紙によると、雨が降った。", "ja"))
    assert [entity.name for entity in found.entities] == ["Quill Gazette"]


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "Midjourney 9.2 is here, and so is Devstral v6.", ["Midjourney 9.2", "Devstral v6"]),
        ("en", "AlphaFold 2 and Mistral Vibe 2.0 are things of their own.", ["AlphaFold 2", "Mistral Vibe 2.0"]),
        ("ja", "Midjourney 9.2が公開された。AlphaFold 2も。", ["Midjourney 9.2", "AlphaFold 2"]),
    ],
)
def test_a_version_makes_another_thing_of_a_listed_one(
    lang: str, text: str, names: list[str], make_extractor: Make
) -> None:
    found = make_extractor(HandFinder()).read(make_article(text, lang))
    assert [entity.name for entity in found.entities] == names


@pytest.mark.parametrize(
    ("lang", "text", "same"),
    [
        ("en", "Vantor (VNTR) fell. VNTR had risen.", ["Vantor", "VNTR", "VNTR"]),
        ("en", "Vantor (NASDAQ: VN) fell. Holders of VN sold.", ["Vantor", "VN", "VN"]),
        ("ja", "Vantor（VNTR）が下落した。VNTRは先週上昇した。", ["Vantor", "VNTR", "VNTR"]),
        ("en", "Vantor (CEO Mara Lindqvist) fell. The CEO left.", ["Vantor"]),
        ("en", "Vantor (USA) fell. It sells in the USA.", ["Vantor"]),
    ],
)
def test_short_name_in_brackets_is_the_name_before_it(
    lang: str, text: str, same: list[str], make_extractor: Make
) -> None:
    finder = HandFinder(names=dict.fromkeys(("Vantor", "VNTR"), EntityType.COMPANY))
    extraction = make_extractor(finder).read(make_article(text, lang))
    assert [mention.text for mention in extraction.mentions if mention.entity == "vantor"] == same


def test_maker_behind_we_is_an_entity_of_the_article(make_extractor: Make) -> None:
    text = "We release GPT-4o today. GPT-4o is fast."
    extraction = make_extractor(HandFinder([Told(Predicate.RELEASED, "release", "We", "GPT-4o")])).read(
        make_article(text)
    )
    (claim,) = extraction.claims
    assert claim.subject.name == "OpenAI"
    assert claim.subject.entity in {entity.id for entity in extraction.entities}


@pytest.mark.parametrize(
    ("text", "lang", "amounts"),
    [
        ("GPT-4o costs $20.", "en", ["$20"]),
        ("Claude 3.5 Sonnet scored 76.1 %.", "en", ["76.1 %"]),
        ("It raised $20 billion (€18 billion).", "en", ["$20 billion"]),
        ("It raised $20 billion (a rise of 3 %).", "en", ["$20 billion", "3 %"]),
        ("同社は200億ドルと3兆円を調達した。", "ja", ["200億ドル", "3兆円"]),
    ],
    ids=["digits of a name", "version", "once more in brackets", "another in brackets", "two sums"],
)
def test_amounts_that_are_asked(text: str, lang: str, amounts: list[str], make_extractor: Make) -> None:
    found: list[str] = []

    class Asked:
        name = "asked 1"

        def find(self, text: str, passages: Sequence[Passage]) -> Sight:
            found.extend(text[slice(*span)] for passage in passages for span in passage.amounts)
            return Sight((), {}, ())

    make_extractor(Asked()).read(make_article(text, lang))
    assert found == amounts


@pytest.mark.parametrize(
    "error",
    [ParseError("no text"), ValueError("no number"), RecursionError("too deep"), KeyError("no word")],
    ids=lambda e: type(e).__name__,
)
def test_text_that_cannot_be_read_does_not_stop_the_others(error: Exception, make_extractor: Make) -> None:
    articles = [make_article(text) for text in ("One.", "Two!", "Three.")]
    first, failure, last = make_extractor(_Broken(error)).extract(articles)
    assert isinstance(first, Extraction)
    assert isinstance(last, Extraction)
    assert isinstance(failure, Failure)
    assert (failure.stage, failure.subject, failure.reason) == (Stage.EXTRACT, articles[1].id, "extract_failed")
    assert str(error) in failure.message


def test_error_of_the_code_is_no_failure_of_a_text(make_extractor: Make) -> None:
    with pytest.raises(AssertionError):
        list(make_extractor(_Broken(AssertionError())).extract([make_article("Two!")]))


def test_finder_of_ones_own_reads_with_all_languages(data: Path) -> None:
    extractor = load_extractor(data, HandFinder([_DEAL], _NAMES))
    assert [*extractor.languages] == [*load_languages()]
    _, signs = extractor.weigh(make_article("Vantor bought Sablefish."))
    assert len(signs) == 1


def test_reader_of_ones_own_goes_before_the_one_that_came_along(data: Path, tmp_path: Path) -> None:
    assert find_reader(data) == find_reader(data, tmp_path) == data / "models" / "reader"
    (tmp_path / "card.toml").touch()
    assert find_reader(data, tmp_path) == tmp_path


@pytest.mark.parametrize(
    ("text", "told", "sign"),
    [
        (
            "Google DeepMind unveils Gemini.",
            Told(Predicate.RELEASED, "unveils", "Google DeepMind", "Gemini"),
            "its maker",
        ),
        ("Google unveils Gemini.", Told(Predicate.RELEASED, "unveils", "Google", "Gemini"), "its maker"),
        ("Alibaba unveils Gemini.", Told(Predicate.RELEASED, "unveils", "Alibaba", "Gemini"), "another maker"),
        ("Alibaba runs Gemini.", Told(Predicate.RUNS_ON, "runs", "Alibaba", "Gemini"), None),
        ("Alibaba unveils Kestrelwing.", Told(Predicate.RELEASED, "unveils", "Alibaba", "Kestrelwing"), None),
        ("Sam Altman, head of OpenAI.", Told(Predicate.LEADS, "head", "Sam Altman", "OpenAI"), "its maker"),
        ("Sam Altman, head of Alibaba.", Told(Predicate.LEADS, "head", "Sam Altman", "Alibaba"), "another maker"),
    ],
)
def test_score_knows_whether_it_is_the_maker_or_employer_by_the_tables(
    data: Path, text: str, told: Told, sign: str | None
) -> None:
    extractor = load_extractor(data, HandFinder([told], {"Kestrelwing": EntityType.MODEL}))
    _, signs = extractor.weigh(make_article(text))
    (seen,) = signs.values()
    assert {"its maker", "another maker"} & seen.keys() == ({sign} if sign else set())
