"""Who gives a figure, and who has told another what that one passes on."""

from collections.abc import Callable

import pytest

from graph.records import Claim, EntityType, Predicate
from tests.hand import HandFinder, Told

Read = Callable[..., tuple[Claim, ...]]
_NAMES = {
    "Vantor": EntityType.COMPANY, "Sablefish": EntityType.COMPANY, "Orrery": EntityType.COMPANY,
    "ヴァントル": EntityType.COMPANY, "セーブル": EntityType.COMPANY, "オーレリ": EntityType.COMPANY,
}  # fmt: skip


def find_speakers(claims: tuple[Claim, ...]) -> list[str]:
    (claim,) = claims
    return [one.party.name for one in claim.claimants]


@pytest.mark.parametrize(
    ("text", "speakers", "left"),
    [
        ("Vantor bought Sablefish, the Orrery Ledger reported on Tuesday.", (), ["Orrery Ledger"]),
        ("Vantor bought Sablefish, the Orrery Ledger reported.", ("Vantor",), ["Orrery Ledger"]),
        ("“Vantor bought Sablefish,” said Orrery, a rival of both.", (), ["Orrery"]),
        ("Vantor bought Sablefish, sources told Orrery, the Ledger reported.", ("sources",), ["sources"]),
        ("Vantor bought Sablefish, which Orrery said was small.", (), []),
        ("ヴァントルはセーブルを買収したとオーレリは報じた。", (), ["オーレリ"]),
        ("オーレリは、ヴァントルがセーブルを買収したと報じた。", (), []),
        ("ヴァントルは12日、Xへの投稿で「セーブルを買収した」と述べた。", ("Xへの投稿",), ["ヴァントル"]),
        ("ヴァントルは12日、Xで「セーブルを買収した」と述べた。", ("X",), ["ヴァントル"]),
        ("ヴァントルは12日、SpaceXが「セーブルを買収した」と述べた。", ("SpaceX",), ["SpaceX"]),
        ("オーレリは会見で「ヴァントルがセーブルを買収した」と述べた。", ("会見",), ["オーレリ"]),
        ("オーレリCEO「ヴァントルがセーブルを買収」", (), ["オーレリ"]),
    ],
)
def test_who_says_it_stands_at_the_end(text: str, speakers: tuple[str, ...], left: list[str], read: Read) -> None:
    ja = "買収" in text
    told = Told(
        Predicate.ACQUIRED,
        "買収" if ja else "bought",
        "ヴァントル" if ja else "Vantor",
        "セーブル" if ja else "Sablefish",
        speakers=speakers,
    )
    assert find_speakers(read(text, HandFinder([told], _NAMES), "ja" if ja else "en")) == left


@pytest.mark.parametrize(
    ("text", "amount", "speakers", "left"),
    [
        ("Vantor has 40 million users, Sablefish said, though trackers put the number at 25 million.", "25 million",
         ("Sablefish",), ["trackers"]),
        ("Vantor has 40 million users, Sablefish said, though trackers put the number at 25 million.",
         "40 million users", ("Sablefish",), ["Sablefish"]),
        ("Orrery estimates the users of Vantor to be 25 million.", "25 million", (), ["Orrery"]),
        ("Orrery said that Sablefish puts the users of Vantor at 25 million.", "25 million",
         ("Orrery", "Sablefish"), ["Orrery", "Sablefish"]),
        ("Vantor puts its users at 25 million.", "25 million", (), []),
    ],
)  # fmt: skip
def test_a_figure_is_of_who_puts_it_at_that(
    text: str, amount: str, speakers: tuple[str, ...], left: list[str], read: Read
) -> None:
    told = Told(Predicate.HAS_USERS, "users", "Vantor", amount=amount, speakers=speakers)
    assert find_speakers(read(text, HandFinder([told], _NAMES))) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ただし調査会社は2500万人と推計している。", ["調査会社"]),
        ("ヴァントルの利用者は2500万人と推計する。", []),
        ("利用者は2500万人と推計している。", []),
    ],
)
def test_a_figure_is_of_who_estimates_it_in_japanese_too(text: str, left: list[str], read: Read) -> None:
    told = Told(Predicate.HAS_USERS, "推計", "ヴァントル", amount="2500万人")
    assert find_speakers(read(f"ヴァントルの話だ。{text}", HandFinder([told], _NAMES), "ja")) == left


@pytest.mark.parametrize(
    ("text", "trigger", "lang", "left"),
    [
        ("Sablefish said that Orrery had told it that Vantor was sold.", "sold", "en", ["Sablefish", "Orrery"]),
        ("Sablefish said that Vantor had told it so and was sold.", "sold", "en", ["Sablefish"]),
        (
            "セーブルは、オーレリから「ヴァントルは売られた」と説明を受けたと話した。",
            "売",
            "ja",
            ["セーブル", "オーレリ"],
        ),
        ("セーブルは、ヴァントルが売られたとオーレリから聞いたと話した。", "売", "ja", ["セーブル", "オーレリ"]),
        ("セーブルは、ヴァントルが売られたと話した。", "売", "ja", ["セーブル"]),
    ],
)
def test_who_told_it_to_the_speaker_is_the_origin(
    text: str, trigger: str, lang: str, left: list[str], read: Read
) -> None:
    told = Told(Predicate.WITHDREW, trigger, "ヴァントル" if lang == "ja" else "Vantor", speakers=(left[0],))
    assert find_speakers(read(text, HandFinder([told], _NAMES), lang)) == left
