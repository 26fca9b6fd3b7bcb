"""What is furniture, a sponsor's segment or an appeal, and in which language a paragraph is."""

from pathlib import Path

import pytest

import ingest.nlp
from ingest.nlp.document import READABLE, Zone
from ingest.nlp.zones import ZoneCues, load_zone_cues, split_paragraphs

_FOLDER = Path(ingest.nlp.__file__).parent


@pytest.fixture(scope="module")
def cues() -> dict[str, ZoneCues]:
    return {code: load_zone_cues(_FOLDER / code / "zones.toml") for code in ("en", "ja")}


def test_paragraphs_keep_their_offsets(cues: dict[str, ZoneCues]) -> None:
    text = "One.\n\n  Two here.\n三つ目です。\n"
    found = split_paragraphs(text, "en", cues)
    assert [text[start:end] for start, end in (paragraph.span for paragraph in found)] == [
        paragraph.text for paragraph in found
    ]
    assert [paragraph.lang for paragraph in found] == ["en", "en", "ja"]


def test_an_english_line_in_a_japanese_text_is_english(cues: dict[str, ZoneCues]) -> None:
    found = split_paragraphs("会社は発表した。\nThe company said so on Monday.\n次の文。", "ja", cues)
    assert [paragraph.lang for paragraph in found] == ["ja", "en", "ja"]


@pytest.mark.parametrize("name", ["Sakana AI（サカナ）", "Sakana AI (サカナAI)", "・Sakana AI", "Bloomberg・Reuters"])
def test_how_a_name_is_written_in_japanese_leaves_an_english_line_english(cues: dict[str, ZoneCues], name: str) -> None:
    (found,) = split_paragraphs(f"{name} raised $135 million in November, Nikkei reported on Monday.", "en", cues)
    assert found.lang == "en"


def test_a_line_of_a_japanese_text_is_japanese_by_its_signs(cues: dict[str, ZoneCues]) -> None:
    found = split_paragraphs("会社は発表した。\n・GPT-5（エージェント）：64.0%\n・Gemma 3：19", "ja", cues)
    assert [paragraph.lang for paragraph in found] == ["ja", "ja", "ja"]


def test_a_row_of_latin_names_between_japanese_commas_is_japanese(cues: dict[str, ZoneCues]) -> None:
    found = split_paragraphs(
        "会社は発表した。\nGPT-5.2 Thinking、SWE-bench Verified 80.0％\nGPT-5.2, 80.0%", "ja", cues
    )
    assert [paragraph.lang for paragraph in found] == ["ja", "ja", "en"]


def test_an_english_headline_linked_below_a_japanese_text_is_furniture(cues: dict[str, ZoneCues]) -> None:
    text = "オレリーは否定した。\n**元記事:** Orrery executive says report of stake in Vantor is untrue | Harbor Ledger"
    assert [paragraph.zone for paragraph in split_paragraphs(text, "ja", cues)] == [Zone.BODY, Zone.BOILERPLATE]


def test_the_first_line_is_the_title(cues: dict[str, ZoneCues]) -> None:
    found = split_paragraphs("Acme opens a model\nAcme opened a model on Monday.", "en", cues)
    assert [paragraph.zone for paragraph in found] == [Zone.TITLE, Zone.BODY]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "Acme opened a model on Monday.\nThis issue is sponsored by Copperpot, who sell pots.\n"
            "Sign up at the link below and get 20% off with the code POT.\nNow, back to the models. Acme is glad.",
        ),
        (
            "ja",
            "アクメ社は新しいモデルを公開した。\nこの動画は銅鍋スクールの提供でお送りします。\n"
            "登録は下のリンクから、今なら無料でトレーニングに参加できます。\nさて、モデルの話に戻りましょう。アクメ社は喜んでいる。",
        ),
    ],
)
def test_a_sponsor_s_segment_is_set_apart_until_the_topic_resumes(
    cues: dict[str, ZoneCues], lang: str, text: str
) -> None:
    zones = [paragraph.zone for paragraph in split_paragraphs(text, lang, cues)]
    assert zones[0] in READABLE
    assert zones[1:3] == [Zone.SPONSOR, Zone.SPONSOR]
    assert zones[3] in READABLE


@pytest.mark.parametrize(
    "line",
    [
        "Share this article",
        "Subscribe to our newsletter",
        "| --- | --- |",
        "![picture](a.png)",
        "---",
        "The post Acme opened a model appeared first on Tern Letter.",
    ],
)
def test_furniture_is_never_read(cues: dict[str, ZoneCues], line: str) -> None:
    [_, furniture, _] = split_paragraphs(f"Acme opened a model.\n{line}\nIt is small.", "en", cues)
    assert furniture.zone not in READABLE


@pytest.mark.parametrize(
    ("lang", "line"), [("en", "Sign up for the Tern Letter."), ("ja", "感想はコメント欄で教えてください。")]
)
def test_a_short_line_that_asks_for_something_is_an_appeal(cues: dict[str, ZoneCues], lang: str, line: str) -> None:
    _, short, long = split_paragraphs(f"Acme opened a model.\n{line}\n{line * 20}", lang, cues)
    assert (short.zone, long.zone) == (Zone.APPEAL, Zone.BODY)


@pytest.mark.parametrize(
    "line",
    [
        "### What the week brought",
        "### Is the moat gone? A reader asks us for the third time",
        "### 2025-05-06: Doors open The lab said that its agent would be free for students. It is built on two models.",
    ],
)
def test_a_heading_is_read_though_it_goes_on_with_text(line: str, cues: dict[str, ZoneCues]) -> None:
    found = split_paragraphs(f"A digest\n\n{line}\n", "en", cues)
    assert found[-1].zone is Zone.HEADING
    assert Zone.HEADING in READABLE
