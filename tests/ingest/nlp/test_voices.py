"""Whom "I" and "we" stand for, with a finder written by hand."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from graph.records import Claim, Entity, EntityId, EntityType, Modality, Party, Predicate
from ingest.nlp.document import Name, Sentence, Zone
from ingest.nlp.voices import Voices
from tests.hand import HandFinder, Told

Read = Callable[..., tuple[Claim, ...]]
_NAMES = {
    "Vantor": EntityType.COMPANY, "Sablefish": EntityType.COMPANY, "Orrery": EntityType.COMPANY,
    "Mara Lindqvist": EntityType.PERSON, "Jon Ek": EntityType.PERSON, "Quillon-2": EntityType.MODEL,
    "ヴァントル": EntityType.COMPANY, "リンド": EntityType.PERSON, "クイロン": EntityType.MODEL,
}  # fmt: skip
_LEADS = Told(Predicate.LEADS, "leads", "Mara Lindqvist", "Vantor")
_RELEASE = Told(Predicate.RELEASED, "released", "we", "Quillon-2")


def subject(read: Read, text: str, *told: Told, lang: str = "en") -> str | None:
    """The subject of the last claim told."""
    claims = read(text, HandFinder(list(told), _NAMES, {}), lang)
    found = [claim.subject.name for claim in claims if claim.predicate is told[-1].predicate]
    return found[0] if found else None


def test_we_of_a_labelled_speaker_is_whom_he_works_for(read: Read) -> None:
    text = "Orrery and Orrery met.\nMara Lindqvist leads Vantor.\nMara Lindqvist: Today we released Quillon-2."
    assert subject(read, text, _LEADS, _RELEASE) == "Vantor"


def test_we_in_a_quotation_is_the_side_of_who_is_quoted(read: Read) -> None:
    text = 'Orrery fell. Mara Lindqvist leads Vantor.\n"Today we released Quillon-2," Mara Lindqvist said.'
    told = Told(Predicate.RELEASED, "released", "we", "Quillon-2", speakers=("Mara Lindqvist",))
    assert subject(read, text, _LEADS, told) == "Vantor"


def test_we_of_a_speaker_without_a_side_is_not_whose_text_it_is(read: Read) -> None:
    text = "Orrery fell, and Orrery rose.\nJon Ek: Today we released Quillon-2."
    assert subject(read, text, _RELEASE) == "Jon Ek"


def test_we_without_a_speaker_is_whose_text_it_is(read: Read) -> None:
    assert subject(read, "Orrery is glad. Today we released Quillon-2.", _RELEASE) == "Orrery"


def test_who_left_a_firm_or_only_founded_it_does_not_speak_for_it(read: Read) -> None:
    text = "Mara Lindqvist {} Vantor.\nMara Lindqvist: Today we released Quillon-2."
    founded = Told(Predicate.FOUNDED, "founded", "Mara Lindqvist", "Vantor")
    assert subject(read, text.format("founded"), founded, _RELEASE) == "Mara Lindqvist"
    left = Told(Predicate.LEFT, "left", "Mara Lindqvist", "Vantor")
    led = Told(Predicate.LEADS, "left", "Mara Lindqvist", "Vantor")
    assert subject(read, text.format("led and left"), led, left, _RELEASE) == "Mara Lindqvist"


def test_who_serves_two_firms_speaks_for_neither(read: Read) -> None:
    text = "Mara Lindqvist leads Vantor and Orrery.\nMara Lindqvist: Today we released Quillon-2."
    assert (
        subject(read, text, _LEADS, Told(Predicate.LEADS, "leads", "Mara Lindqvist", "Orrery"), _RELEASE)
        == "Mara Lindqvist"
    )


_COPIED = Told(Predicate.INFRINGED, "copied", "we", "Sablefish", modality=Modality.ALLEGED)


def test_nobody_is_accused_by_a_guess_at_whose_text_it_is(read: Read) -> None:
    assert subject(read, "Orrery is glad. A critic says we copied data of Sablefish.", _COPIED) is None
    denied = replace(_COPIED, denied=True)
    assert subject(read, "Orrery is glad. It is false that we copied data of Sablefish.", denied) == "Orrery"


def test_an_accusation_under_a_label_has_its_speaker(read: Read) -> None:
    told = Told(Predicate.INFRINGED, "copied", "Orrery", "Vantor", modality=Modality.ALLEGED)
    (claim,) = read("Jon Ek: Orrery copied the data of Vantor.", HandFinder([told], _NAMES, {}), "en")
    assert [claimant.party.name for claimant in claim.claimants] == ["Jon Ek"]


def test_an_accusation_of_nobody_known_is_left_out(read: Read) -> None:
    told = Told(Predicate.INFRINGED, "copied", "Orrery", "Vantor", speakers=("He",), modality=Modality.ALLEGED)
    assert read("He said that Orrery copied the data of Vantor.", HandFinder([told], _NAMES, {}), "en") == ()


def test_a_long_row_of_marks_is_no_label_and_takes_no_time(read: Read) -> None:
    text = "Ab" + "*" * 20_000 + "x. Last year I left Orrery."
    began = time.process_time()
    assert subject(read, text, Told(Predicate.LEFT, "left", "I", "Orrery")) is None
    assert time.process_time() - began < 1


def test_a_side_that_is_denied_is_none(read: Read) -> None:
    text = "Mara Lindqvist never worked for Vantor.\nMara Lindqvist: Today we released Quillon-2."
    denied = Told(Predicate.WORKS_FOR, "worked", "Mara Lindqvist", "Vantor", denied=True)
    assert subject(read, text, denied, _RELEASE) == "Mara Lindqvist"


def test_i_am_who_the_label_says(read: Read) -> None:
    text = "Mara Lindqvist: Last year I left Orrery."
    assert subject(read, text, Told(Predicate.LEFT, "left", "I", "Orrery")) == "Mara Lindqvist"


def test_i_without_a_speaker_is_nobody(read: Read) -> None:
    assert subject(read, "Last year I left Orrery.", Told(Predicate.LEFT, "left", "I", "Orrery")) is None


def test_a_talk_goes_on_with_its_last_speaker(read: Read) -> None:
    lines = [
        "Mara Lindqvist: Good morning.",
        "Jon Ek: Good morning.",
        "Mara Lindqvist: Well.",
        "Last year I left Orrery.",
    ]
    told = Told(Predicate.LEFT, "left", "I", "Orrery")
    assert subject(read, "\n".join(lines), told) == "Mara Lindqvist"
    assert subject(read, "\n".join(lines[2:]), told) is None


_TALK = [
    "Jon Ek: What is new at Vantor?",
    "Mara Lindqvist: Vantor grew.",
    "It was a good year.",
    "Jon Ek: And what does Vantor plan?",
]


@pytest.mark.parametrize(
    ("before", "speaker", "ours"),
    [
        ("", "Mara Lindqvist", "Vantor"),
        ("", "Jon Ek", "Jon Ek"),
        ("Mara Lindqvist: Orrery and Orrery fell.", "Mara Lindqvist", "Mara Lindqvist"),
        ("Mara Lindqvist: Orrery fell.", "Mara Lindqvist", "Vantor"),
    ],
    ids=["guest", "who asks", "of two firms", "another firm"],
)
def test_we_of_a_guest_is_the_firm_that_a_talk_names_most(read: Read, before: str, speaker: str, ours: str) -> None:
    text = "\n".join([before, *_TALK, f"{speaker}: Today we released Quillon-2."])
    assert subject(read, text, _RELEASE) == ours


def test_we_of_a_guest_is_whom_the_text_says_rather_than_what_it_names_most(read: Read) -> None:
    text = "\n".join(["Mara Lindqvist leads Orrery.", *_TALK, "Mara Lindqvist: Today we released Quillon-2."])
    leads = Told(Predicate.LEADS, "leads", "Mara Lindqvist", "Orrery")
    assert subject(read, text, leads, _RELEASE) == "Orrery"


_TAUGHT = Told(Predicate.RELEASED, "released", "Orrery", "Quillon-2")
_OPENS = "We spoke with Mara Lindqvist in Oslo.\n"


def list_speakers(read: Read, text: str, *told: Told, lang: str = "en") -> list[str]:
    claims = read(text, HandFinder(list(told), _NAMES, {}), lang)
    return [claimant.party.name for claim in claims for claimant in claim.claimants]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (_OPENS + "Q: Who did?\nA: Orrery released Quillon-2.\nQ: When?\nA: Long ago.", ["Mara Lindqvist"]),
        (_OPENS + "Q. Who?\nA. A firm.\nQ. Which?\nA. Well.\nIt was long ago. Orrery released Quillon-2.", []),
        (_OPENS + "Q: Who?\nA: A firm.\nI hear.\nOrrery released Quillon-2.\nQ: Why?\nA: No.", ["Mara Lindqvist"]),
        (_OPENS + "Q: Who did?\nA: A firm.\nQ: Orrery released Quillon-2?\nA: Yes.", []),
        (_OPENS + "Question: Who?\n\nOrrery released Quillon-2.\n\nQuestion: Why?\n\nNo.", ["Mara Lindqvist"]),
        (_OPENS + "Q: Who?\nA: A firm.\nThe Firm: Orrery released Quillon-2.\nQ: Why?\nA: No.", []),
        ("By Jon Ek\n" + _OPENS + "Q: Who?\nA: Orrery released Quillon-2.\nQ: Why?\nA: No.", ["Mara Lindqvist"]),
        ("Jon Ek led it. " + _OPENS + "Q: Who?\nA: Orrery released Quillon-2.\nQ: Why?\nA: No.", []),
        ("Mara Lindqvist led it.\nQ: Who?\nA: Orrery released Quillon-2.\nQ: Why?\nA: No.", []),
        (_OPENS + "Q: Who?\nA: Orrery released Quillon-2.", []),
        ("Mara Lindqvist: A.\nJon Ek: B.\nMara Lindqvist: C.\nQ: Is it so?\nOrrery released Quillon-2.", []),
    ],
    ids=["answer", "behind the last", "goes on", "question", "questions alone", "another label", "who asks",
         "two named", "nobody asks", "one question", "talk"],
)  # fmt: skip
def test_an_answer_is_of_whom_the_interview_is_with(read: Read, text: str, speakers: list[str]) -> None:
    assert list_speakers(read, text, _TAUGHT) == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("リンド社長に聞いた。\n――何を。\n「ヴァントルはクイロンを公開した」\n――いつ。\n「昔だ」", ["リンド"]),
        ("リンド社長に聞いた。\n――何を。\nヴァントルはクイロンを公開した。\n――いつ。\n昔だ。", ["リンド"]),
        ("リンド社長に聞いた。\n――何を。\n「昔だ」\nヴァントルはクイロンを公開した。\n――いつ。\n「昔だ」", []),
        ("リンド社長に聞いた。\n――何を。\n「昔だ」\n――いつ。\n「今だ」\nヴァントルはクイロンを公開した。", []),
        ("リンドは走る。\n――何を。\nヴァントルはクイロンを公開した。\n――いつ。\n昔だ。", []),
        ("リンド社長に聞いた。\n記者：何を。\nＡ氏：ヴァントルはクイロンを公開した。\n記者：いつ。\n昔だ。", []),
        ("リンド社長に聞いた。\nQ：何を。\nA：ヴァントルはクイロンを公開した。\nQ：いつ。\nA：昔だ。", ["リンド"]),
        ("――何を。\nリンド　ヴァントルはクイロンを公開した。\n――いつ。\nリンド　昔だ。\nリンド　今だ。", ["リンド"]),
        ("リンド　ヴァントルはクイロンを公開した。", []),
    ],
    ids=[
        "quotes",
        "no quotes",
        "between quotes",
        "behind the last",
        "nobody asks",
        "another",
        "letters",
        "spaces",
        "no talk",
    ],
)
def test_an_answer_is_of_whom_the_interview_is_with_in_japanese(read: Read, text: str, speakers: list[str]) -> None:
    told = Told(Predicate.RELEASED, "公開", "ヴァントル", "クイロン")
    assert list_speakers(read, text, told, lang="ja") == speakers


def test_a_label_in_japanese(read: Read) -> None:
    text = "リンド：昨年、私はヴァントルを退社した。"
    assert subject(read, text, Told(Predicate.LEFT, "退社", "私", "ヴァントル"), lang="ja") == "リンド"


def test_our_side_in_japanese(read: Read) -> None:
    text = "ヴァントルは喜んでいる。当社はクイロンを公開した。"
    for words in ("当社", "当社は"):
        assert subject(read, text, Told(Predicate.RELEASED, "公開", words, "クイロン"), lang="ja") == "ヴァントル"


def test_i_with_a_particle_am_who_the_label_says(read: Read) -> None:
    text = "リンド：昨年、私はヴァントルを退社した。"
    assert subject(read, text, Told(Predicate.LEFT, "退社", "私は", "ヴァントル"), lang="ja") == "リンド"


def _sentence(number: int, *names: tuple[str, EntityType]) -> Sentence:
    return Sentence((number, number + 1), ".", "en", Zone.BODY, number, tuple(_name(*name) for name in names))


def _name(name: str, kind: EntityType) -> Name:
    return Name((0, 1), name, Entity(EntityId(name.lower()), name, kind))


_VANTOR, _ORRERY = ("Vantor", EntityType.COMPANY), ("Orrery", EntityType.COMPANY)
_MODEL = ("Quillon-2", EntityType.MODEL)


@pytest.mark.parametrize(
    ("sentences", "writer"),
    [
        ([_sentence(0, _VANTOR, _ORRERY, _VANTOR)], "Vantor"),
        ([_sentence(0, _ORRERY), _sentence(1, _VANTOR), _sentence(2, _VANTOR)], "Vantor"),
        ([_sentence(0, _ORRERY), _sentence(1, _VANTOR)], "Orrery"),
        ([_sentence(0, _MODEL, _MODEL, _ORRERY)], "Vantor"),
        ([_sentence(0, ("Oslo", EntityType.PLACE))], None),
        ([_sentence(n) for n in range(12)] + [_sentence(12, _VANTOR)], None),
        ([], None),
    ],
    ids=["most", "most over sentences", "first of equals", "maker of a model", "places only", "far down", "nothing"],
)
def test_whose_text_it_is_shows_in_what_it_names_most(sentences: list[Sentence], writer: str | None) -> None:
    found = Voices(sentences, [], {}, {"Quillon-2": Party("Vantor", EntityId("vantor"))}).writer
    assert (found and found.name) == writer


@pytest.mark.parametrize(
    ("rest", "side"),
    [
        ("“Today we released Quillon-2,” a spokesman for Vantor said.", "Vantor"),
        ("“Today we released Quillon-2,” said a Vantor spokeswoman.", "Vantor"),
        ("“Today we released Quillon-2,” Vantor said in a statement.", "Vantor"),
        ("“Today we released Quillon-2,” Vantor's chief executive, Jon Ek, told reporters.", "Vantor"),
        ('"Today we released Quillon-2," the head of research at Vantor said.', "Vantor"),
        ("“Today we released Quillon-2,” a former spokesman for Vantor said.", "Orrery"),
        ("“Today we released Quillon-2,” a former Vantor executive said.", "Orrery"),
        ("“Today we released Quillon-2,” it told Vantor.", "Orrery"),
        ("“Today we released Quillon-2 for Vantor,” it said.", "Orrery"),
        ("Today we released Quillon-2, a spokesman for Vantor said.", "Orrery"),
        ("“Today we released Quillon-2,” spokesmen of Vantor said and Sablefish said.", "Orrery"),
        ("“Today we released Quillon-2,” a counsel for writers suing Vantor said.", "Orrery"),
        ("“Today we released Quillon-2,” Jon Ek told a Vantor manager.", "Orrery"),
        ("“Today we released Quillon-2,” wrote the poet, and Vantor replied that it had not.", "Orrery"),
        ("“Today we released Quillon-2,” a client who met the founder of Vantor said.", "Orrery"),
        ("“Today we released Quillon-2,” it wrote after Vantor said no.", "Orrery"),
        ("“Today we released Quillon-2,” a union official at Vantor said.", "Orrery"),
        ("“Today we released Quillon-2,” said a Vantor director, and Sablefish said it was late.", "Vantor"),
        ("In a note, the founder of Vantor told staff, “Today we released Quillon-2.”", "Vantor"),
    ],
)
def test_whom_a_sentence_names_beside_a_quotation_is_its_side(rest: str, side: str, read: Read) -> None:
    finder = HandFinder([_RELEASE], _NAMES, {"we": "Orrery"})
    (claim,) = read(f"Orrery accused Vantor.\n{rest}", finder, "en")
    assert claim.subject.name == side


@pytest.mark.parametrize(
    ("rest", "side"),
    [
        ("「当社はクイロンを公開した」とヴァントルは述べた。", "ヴァントル"),
        ("「当社はクイロンを公開した」とヴァントルの広報担当者は話した。", "ヴァントル"),
        ("ヴァントルの社長は「当社はクイロンを公開した」と語った。", "ヴァントル"),
        ("「当社はクイロンを公開した」とヴァントルの元社長は語った。", "セーブル"),
        ("「当社はクイロンを公開した」とヴァントルに述べた。", "セーブル"),
        ("「当社はヴァントルにクイロンを公開した」と同社は述べた。", "セーブル"),
        ("「当社はクイロンを公開した」と詩人は述べ、ヴァントルは「遅い」と述べた。", "セーブル"),
        ("詩人は「当社はクイロンを公開した」と述べたが、ヴァントルは無関係だと説明した。", "セーブル"),
        ("「当社はクイロンを公開した」とヴァントルは述べ、テッサの社長は否定した。", "ヴァントル"),
    ],
)
def test_whom_a_sentence_names_beside_a_quotation_is_its_side_in_japanese(rest: str, side: str, read: Read) -> None:
    told = Told(Predicate.RELEASED, "公開", "当社", "クイロン")
    names = {**_NAMES, "セーブル": EntityType.COMPANY}
    (claim,) = read(f"セーブルは怒った。\n{rest}", HandFinder([told], names, {"当社": "セーブル"}), "ja")
    assert claim.subject.name == side


def test_who_is_quoted_in_a_sentence_says_it_rather_than_one_before(read: Read) -> None:
    text = "Orrery accused Vantor.\n“Today we released Quillon-2,” a spokesman for Vantor said."
    told = replace(_RELEASE, speakers=("Orrery",))
    (claim,) = read(text, HandFinder([told], _NAMES, {"we": "Orrery"}), "en")
    assert [one.party.name for one in claim.claimants] == ["Vantor"]
