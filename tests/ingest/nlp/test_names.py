"""Curated spellings and the naming grammar, in both languages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.nlp.folding import fold
from ingest.nlp.names import Gazetteer
from ingest.nlp.tables import load_tables

_FOLDER = Path(__file__).parents[3] / "data" / "entities"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(load_tables(_FOLDER))


def _find(gazetteer: Gazetteer, text: str) -> list[tuple[str, str]]:
    return [(name.text, name.entity.name) for name in gazetteer.find_names(text, gazetteer.find_context(text))]


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("MiniMaxは「MiniMax-M4」を公開した。M4の費用は安い。", "MiniMax M4"),
        ("AppleのMacは速い。M4の費用は安い。", "Apple M4"),
        ("DeepSeek-R1 and Velisk-R1 are out. R1 is cheap.", "DeepSeek-R1"),
    ],
)
def test_a_version_alone_is_of_the_model_that_the_story_has(gazetteer: Gazetteer, text: str, whose: str) -> None:
    assert _find(gazetteer, text)[-1][1] == whose


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Alibaba", "Alibaba"),
        ("アリババ", "Alibaba"),
        ("阿里巴巴", "Alibaba"),
        ("ＯｐｅｎＡＩ", "OpenAI"),
        ("GPT4", "GPT-4"),
        ("GPT-4", "GPT-4"),
        ("gpt-4o", "GPT-4o"),
        ("Qwen 2.5 Max", "Qwen2.5-Max"),
        ("Qwen2.5-Max", "Qwen2.5-Max"),
        ("サム・アルトマン", "Sam Altman"),
        ("サムアルトマン", "Sam Altman"),
    ],
)
def test_one_entity_under_its_spellings(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert _find(gazetteer, f"… {text} …") == [(text, name)]


@pytest.mark.parametrize(
    "text",
    [
        "They told us that meta analysis is hard, and that claude is a name.",
        "メタバースの話とモデルの話",
        "He read the paper at noon.",
        "An apple a day; an oracle; a runway; let us go.",
        "The chipset is called AH100X.",
    ],
)
def test_ordinary_words_are_no_names(gazetteer: Gazetteer, text: str) -> None:
    assert _find(gazetteer, text) == []


def test_a_version_needs_its_maker_in_the_text(gazetteer: Gazetteer) -> None:
    assert _find(gazetteer, "R1 is a street in our town.") == []
    assert ("R1", "DeepSeek-R1") in _find(gazetteer, "DeepSeek says that R1 is out.")


def test_a_plural_is_the_same_thing(gazetteer: Gazetteer) -> None:
    assert ("H800", "Nvidia H800") in _find(gazetteer, "It has 2,000 H800s from Nvidia.")


def test_the_longest_name_wins(gazetteer: Gazetteer) -> None:
    assert _find(gazetteer, "Claude 3.5 Sonnet") == [("Claude 3.5 Sonnet", "Claude 3.5 Sonnet")]
    assert _find(gazetteer, "東京大学で") == [("東京大学", "University of Tokyo")]


def test_a_version_nobody_listed_is_a_model_named_as_its_maker_would(gazetteer: Gazetteer) -> None:
    [(text, name)] = _find(gazetteer, "Qwen 9.7 Max is out.")
    assert (text, name) == ("Qwen 9.7 Max", "Qwen9.7-Max")
    [found] = gazetteer.find_names("Claude 9.9 Opus")
    assert (found.entity.name, found.entity.type) == ("Claude 9.9 Opus", "model")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ジェミニ3は", [("ジェミニ3", "Gemini 3")]),
        ("クロード・オーパス4.6は", [("クロード・オーパス4.6", "Claude Opus 4.6")]),
        ("キミK2.5は", [("キミK2.5", "Kimi K2.5")]),
        ("ディープシークV3は", [("ディープシークV3", "DeepSeek-V3")]),
        ("ジェミニ9.7プロは", [("ジェミニ9.7プロ", "Gemini 9.7 Pro")]),
        ("ジェミニ3は2年目の", [("ジェミニ3", "Gemini 3")]),
        ("ジェミニ3年目の", [("ジェミニ", "Gemini")]),
        ("クロード100万回", [("クロード", "Claude")]),
        ("クロードの3倍", [("クロード", "Claude")]),
    ],
)
def test_a_family_in_katakana_has_its_versions_too(
    gazetteer: Gazetteer, text: str, found: list[tuple[str, str]]
) -> None:
    assert _find(gazetteer, text) == found


def test_a_chip_nobody_listed_needs_the_word_near_it(gazetteer: Gazetteer) -> None:
    assert ("H777", "H777") in _find(gazetteer, "It runs on 10 H777 GPUs.")
    assert _find(gazetteer, "Take the H777 road.") == []


def test_names_stand_beside_japanese_without_spaces(gazetteer: Gazetteer) -> None:
    found = _find(gazetteer, "米OpenAIは27日、GPT-4oをマイクロソフトのAzureで提供すると発表した。")
    assert [name for _, name in found] == ["OpenAI", "GPT-4o", "Microsoft", "Azure"]


@given(st.text(max_size=200))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(0 <= index < len(text) for index in folded.origin)


@given(
    st.lists(st.sampled_from(["GPT-4o", "Qwen2.5", "アリババ", "OpenAI", "s", "・", "-", ",", "。", " "])).map("".join)
)
def test_names_are_slices_that_never_overlap(gazetteer: Gazetteer, text: str) -> None:
    end = 0
    for name in gazetteer.find_names(text):
        assert name.span[0] >= end
        assert text[name.span[0] : name.span[1]] == name.text != ""
        end = name.span[1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Figure said its robots are ready.", [("Figure", "Figure AI")]),
        ("The start-up Figure raised money.", [("Figure", "Figure AI")]),
        ("He left for Figure in May.", [("Figure", "Figure AI")]),
        ("Figure 3 shows the loss.", []),
        ("She wrote in a post on X that it works.", [("X", "X")]),
        ("Take the letter X and move it.", []),
        ("社長は自身のXに投稿した。", [("X", "X")]),
        ("メタは設備投資を増やすと発表した。", [("メタ", "Meta")]),
        ("開発にはCursorを使った。", [("Cursor", "Cursor")]),
    ],
    ids=["acts", "introduced", "capital inside", "a figure", "post on", "a letter", "ja post", "ja acts", "ja latin"],
)
def test_an_ambiguous_name_counts_where_the_words_beside_it_want_one(
    gazetteer: Gazetteer, text: str, found: list[tuple[str, str]]
) -> None:
    assert _find(gazetteer, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The ministry opened an AI office in Lusaka. Staff of the AI Office advise schools.", set()),
        ("Sorrel Systems said that the AI Office will hire.", set()),
        ("総務省のAIオフィスは人を増やす。", {"MIC"}),
        ("Members of the Senate of the college want a Supreme Court and an AI Act.", set()),
        ("European makers must answer. They wrote to the AI Office.", {"European AI Office"}),
        ("Talks in Brussels went on until the AI Office gave in.", {"Brussels", "European AI Office"}),
        ("EUの当局は広い。AIオフィスは調べる。", {"European Union", "European AI Office"}),
        ("欧州の当局は広い。AIオフィスは調べる。", {"Europe", "European AI Office"}),
        ("Washington waits: it is for the Senate to vote.", {"US Senate"}),
        ("House prices fell in Washington State.", {"Washington State"}),
    ],
)
def test_what_many_have_is_somebodys_only_beside_a_word_that_tells_whose(
    gazetteer: Gazetteer, text: str, found: set[str]
) -> None:
    assert {name for _, name in _find(gazetteer, text)} == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Qwen-Max-0428", "Qwen-Max-0428"),
        ("Qwen1.5-110B-Chat", "Qwen1.5-110B-Chat"),
        ("Qwen2.5-Max-0125", "Qwen2.5-Max-0125"),
        ("GPT-4o-2024-08-06", "GPT-4o-2024-08-06"),
        ("GPT-9.1 mini", "GPT-9.1 mini"),
        ("DeepSeek-R1-Distill-Qwen-7B", "DeepSeek-R1-Distill-Qwen-7B"),
        ("Heron-OSS-36B", "Heron-OSS-36B"),
        ("鳴門-7B", "鳴門-7B"),
    ],
)
def test_a_variant_a_size_or_a_date_makes_a_model_of_its_own(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert _find(gazetteer, f"… {text} …") == [(text, name)]


@pytest.mark.parametrize(
    "text", ["The 7B version is out.", "They closed a Series B.", "It raised 3B.", "See Version 3.1 of the text."]
)
def test_a_number_alone_is_no_model(gazetteer: Gazetteer, text: str) -> None:
    assert _find(gazetteer, text) == []


def test_versions_support_each_other(gazetteer: Gazetteer) -> None:
    assert _find(gazetteer, "Our test ranks o3 and R1 alike.") == [("o3", "OpenAI o3"), ("R1", "DeepSeek-R1")]


def test_a_model_no_table_has_is_of_its_familys_maker(gazetteer: Gazetteer) -> None:
    [found] = gazetteer.find_names("Qwen2.5-Max-0125")
    assert gazetteer.get_maker(found.entity) == "Alibaba"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kimbal Musk opened a restaurant.", []),
        ("In 2015 Elon Musk left.", [("Elon Musk", "Elon Musk")]),
        ("The information is public.", []),
        ("Read it at https://www.openai.com/blog today.", []),
        ("I've seen it.", []),
        ("Thomson Reuters Ventures paid.", [("Thomson Reuters Ventures", "Thomson Reuters Ventures")]),
        ("ミュンヘン地裁が認めた。", [("ミュンヘン地裁", "ミュンヘン地裁")]),
        ("清華大の研究者が述べた。", [("清華大", "Tsinghua University")]),
    ],
)
def test_a_part_of_something_else_is_no_name(gazetteer: Gazetteer, text: str, found: list[tuple[str, str]]) -> None:
    assert _find(gazetteer, text) == found


def test_a_transcript_without_punctuation_is_read_in_any_case(gazetteer: Gazetteer) -> None:
    talk = (
        "so yeah anthropic and open AI are both at it again and nvidia is down today " + "and we all keep talking " * 12
    )
    assert {name for _, name in _find(gazetteer, talk)} == {"Anthropic", "OpenAI", "Nvidia"}
    assert _find(gazetteer, "An open AI model is welcome.") == []


@pytest.mark.parametrize(
    "text",
    [
        "AMD sued Kenji Morita on Monday. It says that Morita took its files, and NEC hired none of its people.",
        "The board asked Morita to answer by Friday.",
        "Corvane will ship its K2 chip in September.",
        "コーベインのAI半導体「K2」は9月に出荷される。",
    ],
)
def test_what_many_are_called_is_nobody_of_the_tables_without_more(gazetteer: Gazetteer, text: str) -> None:
    assert not {"Takayuki Morita", "Kimi K2"} & {name for _, name in _find(gazetteer, text)}


def test_a_surname_is_who_is_named_in_full_or_with_his_firm(gazetteer: Gazetteer) -> None:
    assert ("Morita", "Takayuki Morita") in _find(gazetteer, "NEC is run by Takayuki Morita. Morita was asked.")
    assert ("Morita", "Takayuki Morita") in _find(gazetteer, "NEC invests in chips, as its chief Morita said.")
