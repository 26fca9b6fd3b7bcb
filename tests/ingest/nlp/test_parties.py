"""Whom some words of a text mean: a name, what was named before, the writer's side, or the words themselves."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ids import make_entity_id
from graph.records import Entity, EntityType, Party
from ingest.nlp.document import Name, Span
from ingest.nlp.finder import Stood
from ingest.nlp.lexicon import Lexicon
from ingest.nlp.parties import Parties

_KINDS = {"Mara Lindqvist": EntityType.PERSON, "Quillon-2": EntityType.MODEL, "三宅": EntityType.PERSON}
_NAMES = ("Vantor", "Sablefish", "Mara Lindqvist", "Quillon-2", "ヴァントル", "三宅")


def find(text: str, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return at, at + len(words)


def make(text: str, lexicon: Lexicon, stands: Mapping[str, str] | None = None) -> Parties:
    """The parties of a text in which every one of _NAMES is known; words stand for others by first place."""
    names = [
        Name(find(text, name, nth), name, Entity(make_entity_id(name), name, _KINDS.get(name, EntityType.COMPANY)))
        for name in _NAMES
        for nth in range(text.count(name))
    ]
    spans = {find(text, words): (Stood(find(text, before), 1.0),) for words, before in (stands or {}).items()}
    return Parties(text, names, spans, lexicon)


def party(name: str) -> Party:
    return Party(name, make_entity_id(name))


@pytest.mark.parametrize("text", ["ヴァントル（Vantor）は黙る。", "「ヴァントル」(Vantor)は黙る。"])
def test_a_name_and_another_of_it_in_brackets_are_one_party(text: str, japanese: Lexicon) -> None:
    parties = make(text, japanese)
    assert parties.resolve((0, text.index("は"))) == party("ヴァントル")


def test_who_a_sentence_is_about_is_no_more_than_the_pronoun(japanese: Lexicon) -> None:
    text = "ヴァントルは小さい。同社は別の報道を否定した。"
    parties = make(text, japanese, {"同社は別の報道": "ヴァントル"})
    assert parties.resolve(find(text, "同社は別の報道")) == party("ヴァントル")


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("It lost 16,000 people.", "6,000 people", "16,000 people"),
        ("It lost 160 people.", "60 peo", "160 people"),
        ("Few doubt it.", "Fe", "Few"),
        ("Vantor has a new CEO\nA report says so.", "A report", "A report"),
        ("It's fine.", "It", "It"),
        ("OpenLabの人", "OpenLab", "OpenLab"),
    ],
)
def test_a_part_of_a_word_is_the_word(text: str, words: str, whole: str, english: Lexicon) -> None:
    assert make(text, english).read(find(text, words)) == whole


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Vantor grew.", "Vantor", "Vantor"),
        ("“Vantor” grew.", "“Vantor”", "Vantor"),
        ("The Vantor grew.", "The Vantor", "Vantor"),
        ("its rival Vantor grew.", "its rival Vantor", "Vantor"),
        ("Vantor (VNT) grew.", "Vantor (VNT", "Vantor"),
        ("Vantor's grew.", "Vantor's", "Vantor"),
        ("Vantor Corp. grew.", "Vantor Corp", "Vantor"),
        ("Vantor Co., Ltd. grew.", "Vantor Co., Ltd.", "Vantor"),
        ("Vantor’s grew.", "Vantor’s", "Vantor"),
        ("CEO Mara Lindqvist left.", "CEO Mara Lindqvist", "Mara Lindqvist"),
        ("Gov. Mara Lindqvist left.", "Gov. Mara Lindqvist", "Mara Lindqvist"),
        ("Vice President Mara Lindqvist left.", "Vice President Mara Lindqvist", "Mara Lindqvist"),
        ("U.S. District Judge Mara Lindqvist left.", "U.S. District Judge Mara Lindqvist", "Mara Lindqvist"),
        ("Mara Lindqvist left.", "Lindqvist", "Mara Lindqvist"),
        ("**Quillon-2** is out.", "**Quillon-2**", "Quillon-2"),
    ],
    ids=[
        "itself",
        "quoted",
        "article",
        "rival",
        "ticker",
        "possessive",
        "form",
        "forms",
        "curly",
        "title",
        "short title",
        "title of two words",
        "title of a court",
        "part of a name",
        "bold",
    ],
)
def test_a_phrase_that_is_a_name_means_it(text: str, words: str, name: str, english: Lexicon) -> None:
    assert make(text, english).resolve(find(text, words)) == party(name)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("ヴァントルは27日、発表した。", "ヴァントルは", "ヴァントル"),
        ("米ヴァントルが発表した。", "米ヴァントル", "ヴァントル"),
        ("ヴァントル社が発表した。", "ヴァントル社", "ヴァントル"),
        ("「ヴァントル」が発表した。", "「ヴァントル」", "ヴァントル"),
        ("三宅氏が述べた。", "三宅氏", "三宅"),
        ("三宅容疑者が述べた。", "三宅容疑者", "三宅"),
        ("三宅教授が述べた。", "三宅教授", "三宅"),
        ("三宅会長兼社長が述べた。", "三宅会長兼社長", "三宅"),
        ("三宅最高経営責任者（CEO）が述べた。", "三宅最高経営責任者（CEO）", "三宅"),
        ("日本のヴァントルが発表した。", "日本のヴァントル", "ヴァントル"),
    ],
)
def test_a_japanese_phrase_that_is_a_name_means_it(text: str, words: str, name: str, japanese: Lexicon) -> None:
    assert make(text, japanese).resolve(find(text, words)) == party(name)


def test_so_many_firms_stay_firms(japanese: Lexicon) -> None:
    text = "対象に中国系80社を加えた。"
    assert make(text, japanese).resolve(find(text, "中国系80社")) == Party("中国系80社")


@pytest.mark.parametrize("words", ["外部の調査会社", "地元の出版社", "大手商社"])
def test_what_kind_of_firm_it_is_stays_whole(words: str, japanese: Lexicon) -> None:
    text = f"{words}が推計した。"
    assert make(text, japanese).resolve(find(text, words)) == Party(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two former moderators of the site spoke.", "Two former moderators of the site"),
        ("Vantor's cloud unit of forty people grew.", "Vantor's cloud unit of forty people"),
        ("Analysts at Sablefish think so.", "Analysts at Sablefish"),
    ],
)
def test_words_that_name_nobody_stay_words(text: str, words: str, english: Lexicon) -> None:
    assert make(text, english).resolve(find(text, words)) == Party(words)


@pytest.mark.parametrize(("words", "name"), [("PuzzleArc", "PuzzleArc"), ("PuzzleArc 2027", ""), ("PuzzleArc v3", "")])
def test_another_edition_of_a_benchmark_is_not_that_benchmark(words: str, name: str, english: Lexicon) -> None:
    text = f"It leads on {words}."
    benchmark = Entity(make_entity_id("PuzzleArc"), "PuzzleArc", EntityType.BENCHMARK)
    known = Name(find(text, "PuzzleArc"), "PuzzleArc", benchmark)
    found = Parties(text, [known], {}, english).find_name(find(text, words))
    assert (found.text if found else "") == name


@pytest.mark.parametrize(
    "words",
    [
        "The office, created in 2022, has forty people",
        "The screen is bright, but it",
        "We’re the first people",
        "people who",
    ],
)
def test_a_sentence_is_nobody(words: str, english: Lexicon) -> None:
    assert make(f"{words} moved.", english).resolve((0, len(words))) is None


@pytest.mark.parametrize("words", ["people who have left the firm", "the plan that was dropped", "a firm of its kind"])
def test_a_clause_that_says_which_is_part_of_the_words(words: str, english: Lexicon) -> None:
    assert make(f"{words} moved.", english).resolve((0, len(words))) == Party(words)


@pytest.mark.parametrize("words", ["文書の存在を、地方の新聞", "社員の春日は、三年前に別の会社"])
def test_a_japanese_sentence_is_nobody(words: str, japanese: Lexicon) -> None:
    assert make(f"{words}が報じた。", japanese).resolve((0, len(words))) is None


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("his firm had no proof, its chief", " its chief"),
        ("Lindqvist, who has left, its chief", "Lindqvist, who has left, its chief"),
        ("two people", "two people"),
    ],
)
def test_what_stands_behind_a_sentence_is_whom_it_means(words: str, whom: str, english: Lexicon) -> None:
    text = f"It is so, {words} said."
    assert text[slice(*make(text, english).skip_clause(find(text, words)))] == whom


def test_what_stands_behind_a_japanese_sentence_is_whom_it_means(japanese: Lexicon) -> None:
    text = "文書の存在を、地方の新聞が報じた。"
    assert text[slice(*make(text, japanese).skip_clause(find(text, "文書の存在を、地方の新聞")))] == "地方の新聞"


def test_white_space_in_words_is_one_space(english: Lexicon) -> None:
    text = "Two former\n  moderators spoke."
    assert make(text, english).resolve((0, text.index(" spoke"))) == Party("Two former moderators")


def test_words_are_without_the_quotes_around_them(english: Lexicon) -> None:
    text = "He fears “two rogue agents”, he says."
    assert make(text, english).resolve(find(text, "“two rogue agents”,")) == Party("two rogue agents")


@pytest.mark.parametrize("words", ["it", "They", "the company", "The startup", "these models", "who", "his"])
def test_pronoun_that_nothing_resolves_is_nobody(words: str, english: Lexicon) -> None:
    assert make(f"{words} grew.", english).resolve((0, len(words))) is None


@pytest.mark.parametrize("words", ["同社", "同氏", "このモデル", "それ", "両社"])
def test_japanese_pronoun_that_nothing_resolves_is_nobody(words: str, japanese: Lexicon) -> None:
    assert make(f"{words}が発表した。", japanese).resolve((0, len(words))) is None


@pytest.mark.parametrize("words", ["", " ", "“”", "...", "|"])
def test_nothing_is_nobody(words: str, english: Lexicon) -> None:
    text = f"a{words}b"
    assert make(text, english).resolve((1, 1 + len(words))) is None


@pytest.mark.parametrize("words", ["it", "the company", "its next plant", "the firm from abroad"])
def test_what_takes_up_a_name_means_it(words: str, english: Lexicon) -> None:
    text = f"Vantor grew. Later {words} left."
    assert make(text, english, {words: "Vantor"}).resolve(find(text, words)) == party("Vantor")


def test_japanese_words_take_up_a_name(japanese: Lexicon) -> None:
    text = "ヴァントルは発表した。同社は成長した。"
    assert make(text, japanese, {"同社": "ヴァントル"}).resolve(find(text, "同社")) == party("ヴァントル")


def test_name_stands_for_itself_whatever_the_network_says(english: Lexicon) -> None:
    text = "Vantor grew. Sablefish left."
    assert make(text, english, {"Sablefish": "Vantor"}).resolve(find(text, "Sablefish")) == party("Sablefish")


def test_pronoun_of_a_pronoun_is_followed(english: Lexicon) -> None:
    text = "Vantor grew. It said that they left."
    assert make(text, english, {"they": "It", "It": "Vantor"}).resolve(find(text, "they")) == party("Vantor")


def test_pronouns_in_a_circle_are_nobody(english: Lexicon) -> None:
    text = "It said that they left."
    assert make(text, english, {"they": "It", "It": "they"}).resolve(find(text, "they")) is None


def test_we_without_a_known_side_is_nobody(english: Lexicon) -> None:
    text = "Today we release a model."
    assert make(text, english).resolve(find(text, "we")) is None


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("They call it a lamp (a small one) here.", "a lamp (a small", "a lamp"),
        ("新しい弱点（ジャクテン）を見つけた。", "新しい弱点（ジャ", "新しい弱点"),
        ("「灯火」の料金が上がる。", "灯火」の料金", "「灯火」の料金"),
        ("[灯火] 灯火が出た。", "灯火] 灯火", "灯火"),
        ("a lamp (small) is out", "a lamp (small)", "a lamp (small)"),
    ],
)
def test_brackets_stand_in_pairs(text: str, words: str, name: str, english: Lexicon) -> None:
    assert make(text, english).resolve(find(text, words)) == Party(name)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the Quillon-2 model", "Quillon-2"),
        ("the Quillon-2 lamp", "the Quillon-2 lamp"),
        ("Vantor models", "Vantor models"),
    ],
)
def test_what_kind_of_thing_it_is_is_no_part_of_a_name(words: str, name: str, english: Lexicon) -> None:
    text = f"They use {words} here."
    found = make(text, english).resolve(find(text, words))
    assert found
    assert found.name == name


def test_the_maker_in_a_longer_name_is_the_maker(english: Lexicon) -> None:
    names = [("Vantor", EntityType.COMPANY, 0), ("Vantor Quill", EntityType.PRODUCT, 8)]
    text = "Vantor. Vantor Quill sells."
    parties = Parties(
        text,
        [Name((at, at + len(name)), name, Entity(make_entity_id(name), name, kind)) for name, kind, at in names],
        {},
        english,
    )
    assert parties.resolve((8, 14)) == party("Vantor")
    assert parties.resolve((8, 20)) == party("Vantor Quill")


def test_kind_is_that_of_the_name(english: Lexicon) -> None:
    text = "Mara Lindqvist leads Vantor, analysts say."
    parties = make(text, english)
    assert parties.find_type(find(text, "Mara Lindqvist")) is EntityType.PERSON
    assert parties.find_type(find(text, "analysts")) is None
    assert parties.find_kind(party("Vantor")) is EntityType.COMPANY
    assert parties.find_kind(Party("analysts")) is None


def test_a_phrase_of_two_names_is_neither(english: Lexicon) -> None:
    text = "Vantor and Sablefish left."
    assert make(text, english).resolve(find(text, "Vantor and Sablefish")) == Party("Vantor and Sablefish")


def test_names_far_before_do_not_matter(english: Lexicon) -> None:
    text = "Vantor. " * 50 + "Sablefish grew."
    assert make(text, english).resolve(find(text, "Sablefish")) == party("Sablefish")


_ANY = "Vantor’s rival, the “Sablefish”, grew; it said that Mara Lindqvist’s team had left us. Quillon-2 is theirs."
_WORD = 10  # no longer one is there


@given(st.integers(0, len(_ANY)), st.integers(0, 30))
def test_any_stretch_is_nobody_a_name_or_its_own_words(english: Lexicon, start: int, length: int) -> None:
    end = min(len(_ANY), start + length)
    found = make(_ANY, english).resolve((start, end))
    if found and not found.entity:
        # With the mark that opens what it closes, and the rest of a word.
        assert found.name in _ANY[max(0, start - _WORD) : end + _WORD]
    if found and found.entity:
        assert found.name in _NAMES


def test_a_thing_with_more_to_its_name_is_another_thing(english: Lexicon) -> None:
    text = "Vantor ships Quillon-2 SDK Lite for Quillon-2 users."
    parties = make(text, english)
    assert parties.resolve(find(text, "Quillon-2 SDK Lite")) == Party("Quillon-2 SDK Lite")
    assert parties.resolve(find(text, "Quillon-2", 1)) == party("Quillon-2")


def test_a_model_called_so_is_the_model(japanese: Lexicon) -> None:
    text = "新しいDMS-R1モデルとQuillon-2モデルを比べた。"
    parties = make(text, japanese)
    assert parties.resolve(find(text, "DMS-R1モデル")) == Party("DMS-R1")
    assert parties.resolve(find(text, "Quillon-2モデル")) == party("Quillon-2")


@pytest.mark.parametrize(
    ("text", "words", "owner"),
    [
        ("It copied Vantor's models.", "Vantor's models", "Vantor"),
        ("It copied the Vantor’s data.", "the Vantor’s data", "Vantor"),
        ("It copied Vantor data.", "Vantor data", None),
        ("It copied the models.", "the models", None),
    ],
)
def test_whose_something_is(text: str, words: str, owner: str | None, english: Lexicon) -> None:
    assert make(text, english).find_owner(find(text, words)) == (party(owner) if owner else None)


def test_whose_something_is_in_japanese(japanese: Lexicon) -> None:
    text = "ヴァントルのモデルを写した。"
    assert make(text, japanese).find_owner(find(text, "ヴァントルのモデル")) == party("ヴァントル")


@pytest.mark.parametrize(
    ("words", "found"), [("it\u200b", "Vantor"), ("\u200bthe\ufeff company", "Vantor"), ("\u200b\u200d", None)]
)
def test_what_has_no_width_is_not_read(words: str, found: str | None, english: Lexicon) -> None:
    text = f"Vantor grew. Later {words} left."
    meant = make(text, english, {words: "Vantor"}).resolve(find(text, words))
    assert meant == (party(found) if found else None)


@pytest.mark.parametrize(
    ("text", "words", "author"),
    [
        ("It is fast, according to Vantor's own measurements.", "Vantor's own measurements", "Vantor"),
        ("It is fast, a statement from Vantor said.", "a statement", "Vantor"),
        ("It is fast, a new report by Vantor said.", "a new report", "Vantor"),
        ("It is fast, a statement from Vantor critics said.", "a statement", None),
        ("A lawsuit filed by Vantor says so.", "A lawsuit filed by Vantor", "Vantor"),
        ("A lawsuit filed by Vantor says so.", "A lawsuit", "Vantor"),
        ("It is fast, a report by Vantor-backed Orrery said.", "a report", None),
        ("It is fast, a statement said.", "a statement", None),
        ("It is fast, a report on Vantor said.", "a report", None),
        ("It is fast, a rival from Vantor said.", "a rival", None),
        ("It is fast, Vantor's rival said.", "Vantor's rival", None),
    ],
)
def test_whose_paper_it_is_says_it(text: str, words: str, author: str | None, english: Lexicon) -> None:
    found = make(text, english).find_author(find(text, words), describe=True)
    assert found == (party(author) if author else None)


@pytest.mark.parametrize(
    ("text", "words", "author"),
    [
        ("ヴァントルの決算資料によると、増益だ。", "ヴァントルの決算資料", "ヴァントル"),
        ("ヴァントル の新型論文が示した。", "ヴァントル の新型論文", "ヴァントル"),
        ("ヴァントルの競合によると、増益だ。", "ヴァントルの競合", None),
        ("ヴァントルの元社員のブログが伝えた。", "ヴァントルの元社員のブログ", None),
        ("ヴァントルの不正に関する当局の発表が出た。", "ヴァントルの不正に関する当局の発表", None),
    ],
)
def test_in_japanese_too(text: str, words: str, author: str | None, japanese: Lexicon) -> None:
    found = make(text, japanese).find_author(find(text, words), describe=True)
    assert found == (party(author) if author else None)
