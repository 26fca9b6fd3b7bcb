"""What a text and its translation have in common, though no table has their names."""

from ingest.copies.marks import find_marks, take_plain

ENGLISH = (
    "Brinkwell said that its model Tarnow-3 cost 6.2 million dollars. Ovila Prentice of Calderon Capital doubts it: "
    "1,280 chips for 67 days come to more, she said."
)
JAPANESE = (
    "ブリンクウェルは、モデル「ターノウ3」の費用は620万ドルだったと述べた。カルデロン・キャピタルのオヴィラ・"
    "プレンティス氏は、1280個のチップを67日使えばもっと掛かると疑う。"
)
OTHER = "グランディスは、モデル「メルソン2」の費用は450万ドルだったと述べた。ノーヴァ銀行は9600個を30日とみる。"


def _tell(text: str) -> frozenset[str]:
    marks = find_marks(text)
    return marks - take_plain(marks)


def test_names_sound_and_numbers_are_alike_in_two_languages() -> None:
    shared = _tell(ENGLISH) & _tell(JAPANESE)
    assert {"=6.2e+06", "=1280", "=67"} <= shared
    assert sum(mark.startswith("~") for mark in shared) >= 4


def test_another_story_shares_few() -> None:
    assert len(_tell(ENGLISH) & _tell(OTHER)) <= 1


def test_what_is_written_alike_is_kept_apart_from_what_sounds_so() -> None:
    assert take_plain(find_marks(ENGLISH)) >= {"brinkwell", "tarnow-3", "1280"}
    assert not any(mark[0] in "~=" for mark in take_plain(find_marks(JAPANESE)))
