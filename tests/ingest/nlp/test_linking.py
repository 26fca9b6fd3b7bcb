"""How far the names of a story reach, with a finder written by hand."""

from collections.abc import Callable

import pytest

from graph.records import EntityType
from ingest.nlp.document import FreeName, Sentence, Zone
from ingest.nlp.extract import Extractor
from ingest.nlp.finder import ClaimFinder
from ingest.nlp.linking import link_names
from ingest.nlp.names import Gazetteer
from tests.hand import HandFinder, make_article

FIRM, MODEL = EntityType.COMPANY, EntityType.MODEL


@pytest.mark.parametrize(
    ("text", "seen", "found"),
    [
        ("楓演算は赤字だ。", {"楓": FIRM}, ["楓演算"]),
        ("裁判所はソレル演算に命じた。", {"ソレル": FIRM}, ["ソレル演算"]),
        ("Orlo計器側は争う。", {"Orlo": FIRM}, ["Orlo計器"]),
        ("ミオリ証券社員は黙る。", {"ミオリ": FIRM}, ["ミオリ証券"]),
        ("日立造船とNTT西日本が組む。", {"日立造船": FIRM, "NTT西日本": FIRM}, ["日立造船", "NTT西日本"]),
        ("日立側とNTT日本法人が組む。", {"日立側": FIRM, "NTT日本法人": FIRM}, ["Hitachi", "NTT", "Japan"]),
    ],
    ids=["kanji", "katakana", "latin", "before 社", "listed", "listed, beside"],
)
def test_a_name_is_not_cut_where_it_goes_on(
    make_extractor: Callable[[ClaimFinder], Extractor], text: str, seen: dict[str, EntityType], found: list[str]
) -> None:
    assert list_names(make_extractor(HandFinder((), seen)), text) == found


@pytest.mark.parametrize(
    ("text", "seen", "found"),
    [
        ("楓は黒字だ。楓社は黙る。", {"楓社": FIRM, "楓": FIRM}, ["楓", "楓"]),
        ("ソレル社は黙る。", {"ソレル社": FIRM}, ["ソレル"]),
        ("梓談社は黙る。", {"梓談社": FIRM}, ["梓談社"]),
        ("楓側は争う。楓製の机だ。楓株が動く。", {"楓": FIRM}, ["楓", "楓", "楓"]),
        ("楓製モデルは3位だ。", {"楓製モデル": MODEL}, ["楓"]),
        ("自社製チップは3位だ。", {"自社製チップ": EntityType.HARDWARE}, ["自社製チップ"]),
        ("ソレル計算機部は黙る。", {"ソレル": FIRM}, ["ソレル"]),
        ("ソレルの社長は黙る。", {"ソレルの": FIRM}, ["ソレル"]),
        ("The firm (Sorrel 5) is silent.", {"Sorrel 5)": FIRM}, ["Sorrel 5"]),
        ("「ソレル（海外）」は黙る。", {"ソレル（海外）」": FIRM}, ["ソレル"]),
        ("朔智能(サクチ)は黙る。", {"朔智能(サクチ)": FIRM}, ["朔智能"]),
        ("蘭ソレルは黙る。", {"蘭ソレル": FIRM}, ["ソレル"]),
        ("楓林商事は、黙る。", {"楓林商事は": FIRM}, ["楓林商事"]),
        ("ソレル紙が報じた。", {"ソレル紙": EntityType.PUBLICATION}, ["ソレル"]),
    ],
    ids=[
        "社",
        "katakana 社",
        "a name in 社",
        "kanji",
        "made by",
        "made by itself",
        "another word",
        "の",
        ")",
        "）」",
        "a gloss",
        "a land",
        "a particle",
        "a paper",
    ],
)
def test_what_stands_behind_a_name_is_no_part_of_it(
    make_extractor: Callable[[ClaimFinder], Extractor], text: str, seen: dict[str, EntityType], found: list[str]
) -> None:
    assert list_names(make_extractor(HandFinder((), seen)), text) == found


@pytest.mark.parametrize(
    ("text", "seen", "found"),
    [
        ("Mr. Vasko left. Ana Vasko stayed.", ["Mr. Vasko", "Ana Vasko"], ["Ana Vasko", "Ana Vasko"]),
        ("Dr Vasko left.", ["Dr Vasko"], ["Vasko"]),
        ("Judge Orla Venn ruled.", ["Judge Orla Venn"], ["Orla Venn"]),
        ("High Court Judge Orla Venn ruled.", ["High Court Judge Orla Venn"], ["Orla Venn"]),
        ("Will Marek spoke. Will it do?", ["Will Marek"], ["Will Marek"]),
        ("Sen. Li left. Sen Varo stayed.", ["Sen. Li", "Sen Varo"], ["Li", "Sen Varo"]),
    ],
    ids=["title", "title alone", "title of a full name", "a longer title", "a word", "a given name"],
)
def test_a_title_is_no_part_of_a_name(
    make_extractor: Callable[[ClaimFinder], Extractor], text: str, seen: list[str], found: list[str]
) -> None:
    finder = HandFinder((), dict.fromkeys(seen, EntityType.PERSON))
    assert list_names(make_extractor(finder), text, "en") == found


@pytest.mark.parametrize(
    ("seen", "behind", "who"),
    [
        ("入沢氏", "は黙る。", "入沢"),
        ("ミノルさん", "は黙る。", "ミノル"),
        ("ハル・オルロ最高経営責任者(CEO)", "は黙る。", "ハル・オルロ"),
        ("オルロCEO兼社長", "は黙る。", "オルロ"),
        ("オルロ国務長官", "は黙る。", "オルロ"),
        ("入沢紗帆会", "長は黙る。", "入沢紗帆"),
        ("入沢紗帆准", "教授は黙る。", "入沢紗帆"),
        ("入沢学", "は黙る。", "入沢学"),
        ("国務長官", "は黙る。", "国務長官"),
        ("事務総長", "は黙る。", "事務総長"),
        ("社長", "は黙る。", "社長"),
        ("入沢紗帆容疑者", "は黙る。", "入沢紗帆"),
        ("入沢被告", "は黙る。", "入沢"),
        ("入沢紗帆パートナー", "は黙る。", "入沢紗帆"),
        ("イアン・グッドフェロー", "は黙る。", "イアン・グッドフェロー"),
    ],
)
def test_a_title_behind_a_japanese_name_is_no_part_of_it(
    make_extractor: Callable[[ClaimFinder], Extractor], seen: str, behind: str, who: str
) -> None:
    finder = HandFinder((), {seen: EntityType.PERSON})
    assert list_names(make_extractor(finder), seen + behind) == [who]


@pytest.mark.parametrize("name", ["Harrow & Pike", "ハロー・アンド・パイク", "ハロー＆パイク"])
def test_two_names_make_a_firm_whatever_the_network_takes_them_for(
    make_extractor: Callable[[ClaimFinder], Extractor], name: str
) -> None:
    read = make_extractor(HandFinder((), {name: EntityType.PERSON})).read(make_article(f"{name}は黙る。", "ja"))
    assert [(one.name, one.type) for one in read.entities] == [(name, FIRM)]


@pytest.mark.parametrize(
    ("seen", "who"),
    [
        ("Vireo Labs Inc.", "Vireo Labs"),
        ("Vireo, Inc.", "Vireo"),
        ("Vireo Pte Ltd", "Vireo"),
        ("Vireo Private Limited", "Vireo"),
        ("VIREO INC.", "VIREO"),
        ("Vireo S.p.A.", "Vireo"),
        ("株式会社楓林堂", "楓林堂"),
        ("楓林堂株式会社", "楓林堂"),
        ("ヴィレオ（株）", "ヴィレオ"),
        ("Vireo Company", "Vireo Company"),
        ("Vireo & Co.", "Vireo & Co."),
        ("News Corp", "News Corp"),
        ("Q Corp", "Q Corp"),
        ("SE", "SE"),
    ],
)
def test_the_form_of_a_firm_is_no_part_of_its_name(
    make_extractor: Callable[[ClaimFinder], Extractor], seen: str, who: str
) -> None:
    assert list_names(make_extractor(HandFinder((), {seen: FIRM})), f"{seen} was silent.", "en") == [who]


@pytest.mark.parametrize(
    ("seen", "who"),
    [
        (["Ana", "Ana Vasko"], ["Ana Vasko", "Ana Vasko"]),
        (["Ana", "Ana Vasko", "Ana Marek"], ["Ana", "Ana Vasko", "Ana Marek"]),
        (["Vasko", "Ana Vasko", "Vasko Marek"], ["Ana Vasko", "Ana Vasko", "Vasko Marek"]),
    ],
    ids=["one has it", "two have it", "a surname first"],
)
def test_a_given_name_is_the_one_person_who_has_it(curated: Gazetteer, seen: list[str], who: list[str]) -> None:
    sentences = [make_sentence(f"{name} spoke.", number) for number, name in enumerate(seen)]
    linked = link_names(
        sentences, lambda one: find_name(one, one.text.removesuffix(" spoke."), EntityType.PERSON), curated
    )
    assert [name.entity.name for sentence in linked for name in sentence.names] == who


@pytest.mark.parametrize(
    ("seen", "who"),
    [
        (["入沢", "入沢紗帆"], ["入沢紗帆", "入沢紗帆"]),
        (["入沢", "入沢紗帆", "入沢亮"], ["入沢", "入沢紗帆", "入沢亮"]),
        (["王健", "王健林"], ["王健", "王健林"]),
        (["紗", "紗帆", "紗彦宏"], ["紗", "紗帆", "紗彦宏"]),
        (["紗帆", "入沢紗帆"], ["紗帆", "入沢紗帆"]),
        (["孫", "孫正義"], ["Masayoshi Son", "Masayoshi Son"]),
    ],
    ids=["one has it", "two have it", "another name", "a short name", "a given name", "one in the tables"],
)
def test_a_surname_in_kanji_is_the_one_person_who_has_it(curated: Gazetteer, seen: list[str], who: list[str]) -> None:
    sentences = [make_sentence(f"{name}は黙る。", number) for number, name in enumerate(seen)]
    linked = link_names(
        sentences, lambda one: find_name(one, one.text.removesuffix("は黙る。"), EntityType.PERSON), curated
    )
    assert [name.entity.name for sentence in linked for name in sentence.names] == who


@pytest.mark.parametrize(
    ("name", "cut"), [("青嶺知研", "青嶺"), ("ソレル電脳", "ソレル"), ("Sorrelリサーチ", "Sorrel"), ("楓総本舗", "楓")]
)
def test_a_name_that_stands_whole_elsewhere_is_not_cut(curated: Gazetteer, name: str, cut: str) -> None:
    seen = {f"{name}は黒字だ。": name, f"{name}に命じた。": cut, f"{cut}は黙る。": cut}
    assert link(curated, seen) == [[name], [name], [cut]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("楓林は遠い。", []),
        ("紅楓は赤い。", []),
        ("楓社長は黙る。", ["楓"]),
        ("楓は黙る。", ["楓"]),
        ("楓製作所は古い。", []),
    ],
)
def test_a_name_of_one_kanji_is_not_found_in_other_words(curated: Gazetteer, text: str, found: list[str]) -> None:
    assert link(curated, {"楓が勝つ。": "楓", text: ""}) == [["楓"], found]


@pytest.mark.parametrize(
    ("seen", "who"),
    [
        (["Corvane Media Group sued.", "Corvane", "the Corvane"], ["Corvane Media Group"] * 3),
        (["Corvane Media Group sued.", "Corvane", "Corvane Bank"], ["Corvane Media Group", "Corvane", "Corvane Bank"]),
        (["Corvane Japan sued.", "Corvane"], ["Corvane Japan", "Corvane"]),
        (["European Commission", "The Commission"], ["European Commission"] * 2),
        (["European Commission", "Corvane Commission", "The Commission"],
         ["European Commission", "Corvane Commission", "The Commission"]),
    ],
    ids=["a firm", "two", "its arm in a land", "a body", "two bodies"],
)  # fmt: skip
def test_the_first_word_of_the_one_name_that_a_story_has_means_it(
    curated: Gazetteer, seen: list[str], who: list[str]
) -> None:
    names = [text.removesuffix(" sued.").removeprefix("the ") for text in seen]
    linked = link_names(
        [make_sentence(f"{text} {number}", number) for number, text in enumerate(seen)],
        lambda one: find_name(one, names[one.paragraph]),
        curated,
    )
    assert [sentence.names[0].entity.name for sentence in linked] == who


@pytest.mark.parametrize(
    ("seen", "who"),
    [(["メタ"], ["Meta"]), (["ムーンショットAI", "ムーンショット"], ["Moonshot AI"] * 2), (["メタン"], ["メタン"])],
)
def test_what_the_network_takes_for_a_firm_is_the_one_listed_so(
    curated: Gazetteer, seen: list[str], who: list[str]
) -> None:
    sentences = [make_sentence(f"{text}は黙る。", number) for number, text in enumerate(seen)]
    linked = link_names(sentences, lambda one: find_name(one, seen[one.paragraph]), curated)
    assert [sentence.names[0].entity.name for sentence in linked] == who


def link(curated: Gazetteer, seen: dict[str, str]) -> list[list[str]]:
    """The names of sentences, of each of which one name is seen, or none."""
    sentences = [make_sentence(text, number) for number, text in enumerate(seen)]
    linked = link_names(sentences, lambda one: find_name(one, seen[one.text]), curated)
    return [[name.text for name in sentence.names] for sentence in linked]


def find_name(sentence: Sentence, name: str, kind: EntityType = FIRM) -> list[FreeName]:
    start = sentence.span[0] + sentence.text.index(name)
    return [FreeName((start, start + len(name)), name, kind)] if name else []


def list_names(extractor: Extractor, text: str, lang: str = "ja") -> list[str]:
    read = extractor.read(make_article(text, lang))
    names = {entity.id: entity.name for entity in read.entities}
    return [names[mention.entity] for mention in read.mentions]


def make_sentence(text: str, number: int) -> Sentence:
    return Sentence((number * 100, number * 100 + len(text)), text, "ja", Zone.BODY, number, ())
