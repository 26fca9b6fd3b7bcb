import pytest

from graph.spelling.sounding import is_kana, sound_alike, sound_nearly_alike
from ingest.nlp.tables import load_tables
from tests.graph.conftest import ROOT


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("ノートリンク", "Notelink"),
        ("クラウドフレア", "Cloudflare"),
        ("テックニール", "Techneel"),
        ("サムスン", "Samsung"),
        ("トムソン", "Thomson"),
        ("ヴァルカンワークス", "Vulcan Works"),
        ("コンパスライン", "Compassline"),
        ("タルケーナ", "Tarquena"),
        ("ダムビット", "Dambit"),
        ("オスラー・テスク", "Ostler Tesk"),
        ("ヴェリスク2", "Velisk-2"),
        ("コリンA7", "Corrin A7"),
        ("カゲロウ2.5", "Kagerou 2.5"),
        ("ノーベインAI", "Norvane AI"),
        ("ヒビキラボ", "Hibiki Labs"),
        ("バニヤン", "Banyan"),
        ("カゲロウ", "Kagerou"),
        ("バニヤンAI", "Banyan AI"),
        ("ハロー・アンド・パイク", "Harrow & Pike"),
        ("ハロー＆パイク", "Harrow and Pike"),
        ("ラフル・メノン", "Rahul Menon"),
        ("ノーベインAI", "Norvane"),
        ("ノーベイン", "Norvane AI"),
        ("ノートリンクCode", "Notelink Code"),
    ],
)
def test_one_name_in_two_scripts_sounds_alike(kana: str, latin: str) -> None:
    assert is_kana(kana)
    assert sound_alike(kana, latin)


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("ノートリンク", "Nightlamp"),
        ("アップル", "Apple"),
        ("ノートリンク", ""),
        ("ー・ー", "Notelink"),
        ("クラウド", "Planet"),
        ("ヴェリスク2", "Velisk-3"),
        ("ヴェリスク2", "Velisk"),
        ("ヴェリスク", "Velisk-2"),
        ("カゲロウ", "Kagaro"),
        ("マーマー2", "Murmur-2"),
        ("ノートリンクCode", "Notelink"),
        ("ノートリンクCode", "Notelink Chat"),
        ("ヴェリスク2", "Velisk-12"),
    ],
)
def test_others_do_not_nor_what_is_too_short_to_say(kana: str, latin: str) -> None:
    assert not sound_alike(kana, latin)


@pytest.mark.parametrize(
    ("kana", "latin", "alike"),
    [
        ("オディール・ブランヴィク", "Odile Brandvik", True),
        ("ザルヴァイト・キャピタル", "Sallweid Capital", True),
        ("ノートリンク", "Nightlamp", False),
        ("ヴェルカーン", "Velkan Labs", False),
        ("ブランヴィク7", "Brandvik-8", False),
        ("トモシ", "Tomoshin", False),
    ],
)
def test_of_a_long_name_one_place_may_be_another(kana: str, latin: str, alike: bool) -> None:
    assert sound_nearly_alike(kana, latin) is alike


def test_only_katakana_is_a_name_in_katakana() -> None:
    assert not is_kana("ノートリンク社")
    assert not is_kana("Velisk-2")
    assert not is_kana("Notelink")
    assert not is_kana("")


def test_of_the_names_that_tables_have_in_both_scripts_most_are_told() -> None:
    """1,500 spellings in katakana with three sounds or more: those not told say more than the Latin name does."""
    rows = load_tables(ROOT / "data" / "entities").rows
    pairs = [
        [sound_alike(spelling, latin) for latin in (row.entity.name, *row.entity.aliases)]
        for row in rows
        for spelling in (row.entity.name_ja or "", *row.entity.aliases)
        if len(spelling) > 4 and is_kana(spelling)
    ]
    assert sum(map(any, pairs)) / len(pairs) > 0.7
