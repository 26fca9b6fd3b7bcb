"""Names in kanji beside those in Latin letters; the lists were written by who did not know the table of readings."""

from pathlib import Path

import pytest

from graph.spelling.across import is_japanese, is_said_as, may_sound
from graph.spelling.readings import is_kanji, reads_as

_HERE = Path(__file__).parent


def read_pairs(name: str) -> list[tuple[str, str]]:
    lines = (_HERE / name).read_text("utf-8").splitlines()
    return [(kanji, latin) for kanji, latin in (line.split("\t") for line in lines)]


@pytest.mark.parametrize(
    ("file", "person", "fewest"), [("people_in_kanji.tsv", True, 0.99), ("bodies_in_kanji.tsv", False, 0.95)]
)
def test_most_names_are_read_and_hardly_any_as_another(file: str, person: bool, fewest: float) -> None:
    pairs = read_pairs(file)
    read = [pair for pair in pairs if is_kanji(pair[0]) and reads_as(*pair, person=person)]
    assert len(read) >= fewest * len(pairs)
    others = [(pairs[n][0], pairs[n - step][1]) for step in range(1, 21) for n in range(len(pairs))]
    wrong = [pair for pair in others if reads_as(*pair, person=person)]
    assert len(wrong) <= len(others) / 1_000


@pytest.mark.parametrize(
    ("kanji", "latin"),
    [
        ("森田健司", "Kenji Morita"),
        ("森田健司", "Morita Kenji"),
        ("井上徹", "Tōru Inoue"),
        ("佐々木舞", "Mai Sasaki"),
        ("大野優", "Yu Ohno"),
        ("本間光", "Hikaru Homma"),
        ("梁文鋒", "Liang Wenfeng"),
    ],
    ids=["English order", "Japanese order", "の", "々", "long", "m before m", "Chinese"],
)
def test_a_person_is_read_in_either_order(kanji: str, latin: str) -> None:
    assert reads_as(kanji, latin, person=True)


@pytest.mark.parametrize(
    ("kanji", "latin"),
    [
        ("森田健司", "Takayuki Morita"),
        ("森田健司", "Kenji Moriya"),
        ("森田", "Kenji Morita"),
        ("森田健司", "Kenji"),
        ("森田健司", ""),
        ("森田健司", "Morita Kenji Institute"),
    ],
)
def test_another_person_is_not_read(kanji: str, latin: str) -> None:
    assert not reads_as(kanji, latin, person=True)


@pytest.mark.parametrize(
    ("kanji", "latin", "same"),
    [
        ("白鷺化学", "Shirasagi Chemical", True),
        ("白鷺化学", "Shirasagi", True),
        ("白鷺化学", "Shirasagi Bank", False),
        ("白鷺化学", "Shirasagi of the North and the South", False),
        ("藍海科技", "Lanhai Technology", True),
        ("豊浜鉄鋼", "Fengbin Steel", True),
        ("東亜", "Toa", False),
        ("日立造船", "Hitachi Energy", False),
        ("大阪地裁", "Osaka Gas", False),
    ],
    ids=["whole", "short", "another trade", "too long", "Chinese", "new forms", "too short", "one house", "a court"],
)
def test_a_firm_is_read_by_its_first_word_and_does_no_other_thing(kanji: str, latin: str, same: bool) -> None:
    assert reads_as(kanji, latin, person=False) is same


def test_a_name_is_said_in_kana_or_kanji() -> None:
    assert [is_japanese(name) for name in ("ケンジ・モリタ", "森田健司", "森", "Kenji", "森田のAI")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert all(is_said_as(name, "Kenji Morita", person=True) for name in ("ケンジ・モリタ", "森田健司"))
    assert all(may_sound(name, "Velisk-2", person=False) for name in ("ヴェリスク2", "ヴェリスク"))
    assert not is_said_as("ヴェリスク2", "Velisk-3", person=False)
