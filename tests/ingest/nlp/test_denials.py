"""What a sentence says to be untrue, given up or only supposed."""

from collections.abc import Callable

import pytest

from graph.records import Claim, EntityType, Modality, Polarity, Predicate
from ingest.nlp.document import Sentence, Zone
from ingest.nlp.finder import Found
from ingest.nlp.firmness import read_firmness
from ingest.nlp.languages import Language
from tests.hand import HandFinder, Told

Read = Callable[..., tuple[Claim, ...]]
_NAMES = {
    "Vantor": EntityType.COMPANY, "Sablefish": EntityType.COMPANY, "Orrery": EntityType.COMPANY,
    "Quillon-2": EntityType.MODEL, "Petrel-1": EntityType.MODEL, "Elmsford University": EntityType.INSTITUTION,
    "ヴァントル": EntityType.COMPANY, "セーブル": EntityType.COMPANY,
    "Bramling": EntityType.COMPANY, "Tessaly": EntityType.COMPANY,
    "ブラムリン": EntityType.COMPANY, "テッサ": EntityType.COMPANY,
}  # fmt: skip


def is_denied(
    languages: dict[str, Language], text: str, trigger: str, predicate: Predicate = Predicate.ACQUIRED
) -> bool:
    start = text.index(trigger)
    found = Found(
        passage=0, predicate=predicate, subject=None, object=None, amount=None, benchmark=None, day=None, speakers=(),
        modality=Modality.ASSERTED, denied=False, measure="", trigger=(start, start + len(trigger)),
    )  # fmt: skip
    lang = "ja" if "。" in text else "en"
    sentence = Sentence((0, len(text)), text, lang, Zone.BODY, 0)
    return read_firmness(found, sentence, languages[lang].lexicon).polarity is Polarity.DENIED


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A rumour that Vantor had bought Sablefish turned out to be false.", "bought"),
        (
            "The Ledger reported that Vantor had bought Sablefish, but one of the people said that report was wrong.",
            "bought",
        ),
        (
            "The Ledger said Vantor bought Sablefish, but Orrery spokeswoman Ana Lund said the claim was not true.",
            "bought",
        ),
        ("レジャー紙はヴァントルがセーブルを買収したと報じたが、関係者の1人はこの報道は誤りだと述べた。", "買収"),
        ("A report by The Harbor Ledger on May 11 that Vantor had bought Sablefish was wrong.", "bought"),
        ("She disputed the firm's own estimate, saying that a loss of 900 billion won was far too high.", "loss"),
        ("9000億ウォンの損失との試算は過大だ。", "損失"),
        (
            "ヴァントルは、顧客が800社にとどまるとした米社の分析家、オルム氏の推計についても「根拠がない」と否定した。",
            "とどまる",
        ),
        ("ヴァントルは、セーブルに出資することで合意したとする同紙の報道を否定した。", "出資"),
        ("ヴァントルは、テッサがセーブルを下回るとした大学の測定結果に異議を唱えた。", "下回"),
        ("Reports that Vantor had bought Sablefish were wrong, both firms said.", "bought"),
        ("The report last week that Vantor bought Sablefish is not true.", "bought"),
        ("Claims that Vantor bought Sablefish for $1.5 billion proved to be completely unfounded.", "bought"),
        ("It is simply not true that Vantor bought Sablefish.", "bought"),
        ("There is no truth in the rumours that Vantor bought Sablefish.", "bought"),
        ("Vantor rejected reports that it had bought Sablefish.", "bought"),
        ("Vantor refuted rumours it is buying Sablefish, Orrery reported.", "buying"),
        ("Vantor dismissed as false Orrery's claims that it bought Sablefish.", "bought"),
        ("Vantor called reports that it will buy Sablefish “pure fantasy”.", "buy"),
        ("Vantor denied a newspaper report that it had bought Sablefish.", "bought"),
        ("Orrery called the idea that Vantor bought Sablefish “laughable”.", "bought"),
        ("Orrery wrongly reported that Vantor had bought Sablefish.", "bought"),
        ("Orrery spread false reports that Vantor bought Sablefish.", "bought"),
        ("ヴァントルがセーブルを買収したとの報道は誤りだった。", "買収"),
        ("セーブルを買収したという噂は事実ではない。", "買収"),
        ("ヴァントルはセーブルを買収したとの報道を否定した。", "買収"),
        ("ヴァントルがセーブルを買収した事実はない。", "買収"),
        ("「ヴァントルがセーブルを買収した」とのうわさを否定した。", "買収"),
        ("ヴァントルがセーブルを買収したという報道は事実と異なる。", "買収"),
        ("ヴァントルがセーブルを買収したとの指摘は当たらない。", "買収"),
        ("ヴァントルがセーブルを買収したと誤って報じた。", "買収"),
        ("ヴァントルが買収したとするオーレリの主張は虚偽だと述べた。", "買収"),
        ("Bramling denied reports that after it closed a plant, it sold Tessaly.", "sold"),
        ("It is not true that Bramling bought Tessaly and sold Corvane.", "sold"),
        ("Bramling denied reports of its purchase of Tessaly.", "purchase"),
        ("Bramling denied that it bought Tessaly for $3 billion.", "bought"),
        ("Bramling denied on Monday that it had bought Tessaly.", "bought"),
        ("Bramling denied having bought Tessaly.", "bought"),
        ("Bramling has denied it is buying Tessaly.", "buying"),
        ("Corvane denied Bramling had bought Tessaly.", "bought"),
        ("“That's fake news,” Corvane wrote in response to a report that Bramling had bought Tessaly.", "bought"),
        ("“Not true,” Corvane said when asked whether Bramling had bought Tessaly.", "bought"),
        ("“This is false,” said a spokesman of the report that Bramling bought Tessaly.", "bought"),
        ("It would be wrong to conclude that Bramling bought Tessaly.", "bought"),
        ("It is a mistake to think that Bramling bought Tessaly.", "bought"),
        ("Analysts think it is unlikely that Bramling will buy Tessaly.", "buy"),
        ("ブラムリンは、テッサを今後買収するとの報道を否定した。", "買収"),
        ("ブラムリンは、テッサの買収で基本合意したとの報道を否定した。", "買収"),
        ("ブラムリンは、テッサの買収が決まったとの報道を否定した。", "買収"),
        ("ブラムリンがテッサを買収した疑いがあるとの指摘を否定した。", "買収"),
        ("【訂正】ブラムリンがテッサを買収したとあるのは、出資の誤りでした。", "買収"),
        ("ブラムリンがテッサを買収したと説明していましたが、これは誤りでした。", "買収"),
        ("本記事の旧版ではブラムリンがテッサを買収したとしていましたが、正しくは出資でした。", "買収"),
        ("ブラムリンがテッサを買収したと考えるのは間違いだ。", "買収"),
        ("ブラムリンがテッサを買収したと誰もが言うが、そうではない。", "買収"),
        ("ブラムリンがテッサを買収したと書いたが、実際には交渉中で、買収はしていない。", "買収"),
    ],
)
def test_what_is_said_to_be_untrue_is_denied(text: str, trigger: str, languages: dict[str, Language]) -> None:
    assert is_denied(languages, text, trigger)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Reports that Vantor had bought Sablefish turned out to be true.", "bought"),
        ("Reports that Vantor had bought Sablefish were not wrong, it said.", "bought"),
        ("The report that Vantor bought Sablefish was a false alarm for Orrery's traders.", "bought"),
        ("Vantor bought Sablefish, which critics had called a false start.", "bought"),
        ("Vantor's deal for Sablefish, which critics called false advertising, closed.", "deal"),
        ("The report that Vantor bought Sablefish was wrong about the price.", "bought"),
        ("Vantor bought Sablefish, but Orrery said that the figure was right.", "bought"),
        ("Vantor bought Sablefish, but Orrery said that the market was wrong.", "bought"),
        ("The report said Vantor bought Sablefish; its date was wrong.", "bought"),
        ("Reports that Vantor bought Sablefish after a rumour was false lifted its stock.", "bought"),
        ("Vantor would neither confirm nor deny reports that it had bought Sablefish.", "bought"),
        ("If the reports that Vantor bought Sablefish are false, its stock will fall.", "bought"),
        ("A judge dismissed claims that Vantor had brought after it bought Sablefish.", "bought"),
        ("Vantor denied a report that had shaken a firm which bought Sablefish.", "bought"),
        ("Orrery denied reports that Vantor, which bought Sablefish, would close.", "bought"),
        ("Orrery dismissed the claim that Quillon-2 is a copy, following suits of what Vantor bought.", "bought"),
        ("Vantor denied Orrery a loan that it used when it bought Sablefish.", "bought"),
        ("Vantor did not dispute reports that it had bought Sablefish.", "bought"),
        ("Vantor bought Sablefish and rejected claims that it overpaid.", "bought"),
        ("ヴァントルがセーブルを買収したとの報道は誤りではなかった。", "買収"),
        ("ヴァントルがセーブルを買収したとの報道は間違いない。", "買収"),
        ("ヴァントルがセーブルを買収したとの報道が誤りなら、株は下がる。", "買収"),
        ("ヴァントルは買収したとの報道を肯定も否定もしなかった。", "買収"),
        ("ヴァントルは買収したとの報道を否定しなかった。", "買収"),
        ("ヴァントルはセーブルを買収したが、売却するとの報道は誤りだった。", "買収"),
        ("ヴァントルはセーブルを買収したという報道に喜んだ。", "買収"),
        ("ヴァントルは「セーブルを買収した」と述べ、上場するとの報道を否定した。", "買収"),
        ("セーブルを買収した社長は「上場するという話は事実ではない」と述べた。", "買収"),
        ("ヴァントルが先に買収した会社のものは、提携が見送られた。", "買収"),
        ("Bramling denied claims of bias from workers who came after it bought Tessaly.", "bought"),
        ("Bramling rejected claims about Lumet-3, the model it unveiled in June.", "unveiled"),
        ("Bramling denied that claim of theft of files of a magazine it bought in 2023.", "bought"),
        ("Bramling dismissed the idea of a higher fee after it bought Tessaly on Friday.", "bought"),
        ("Bramling denied reports of cuts a month after it bought Tessaly.", "bought"),
        ("Bramling rejected reports that it paid too much when it bought Tessaly.", "bought"),
        ("Bramling rejected claims about how it bought Tessaly.", "bought"),
        ("Bramling contradicted reports that it bought Tessaly for $3 billion, saying it paid $2 billion.", "bought"),
        ("Bramling rejected the idea of advertising and bought Tessaly.", "bought"),
        ("Bramling dismissed speculation about Lumet-3 and said it bought Tessaly.", "bought"),
        ("Bramling called reports of a loss and said it bought Tessaly wrong.", "bought"),
        ("It is not true that Bramling copied Corvane when it bought Tessaly.", "bought"),
        ("It is not true that only Bramling bought Tessaly.", "bought"),
        ("It was wrong to say that Bramling bought Tessaly for the patents alone.", "bought"),
        ("Bramling refused to deny reports that it bought Tessaly.", "bought"),
        ("Bramling declined to dispute reports that it bought Tessaly.", "bought"),
        ("Bramling has yet to reject reports that it bought Tessaly.", "bought"),
        ("Bramling could neither reject nor deny the report that it bought Tessaly.", "bought"),
        ("No one has denied reports that Bramling bought Tessaly.", "bought"),
        ("Nobody rejects claims that Bramling bought Tessaly.", "bought"),
        ("Few deny the claim that Bramling bought Tessaly.", "bought"),
        ("Did Bramling deny reports that it bought Tessaly?", "bought"),
        ("Nobody has denied that Bramling bought Tessaly.", "bought"),
        ("“That is false,” Corvane said; a day later Bramling bought Tessaly.", "bought"),
        ("Bramling denied that it had kept a plant, and then bought Tessaly.", "bought"),
        ("Denying that it was short of money, Bramling said it bought Tessaly.", "bought"),
        ("Bramling denied a request that Corvane made when it bought Tessaly.", "bought"),
        ("Bramling denied it the loan with which Corvane bought Tessaly.", "bought"),
        ("Bramling denied reports that Tessaly, bought in 2021, will close.", "bought"),
        ("Bramling denied reports that the newly bought Tessaly will close.", "bought"),
        ("Bramling denied reports that its purchase of Tessaly was unlawful.", "purchase"),
        ("Claims that Bramling's purchase of Tessaly broke a law were false.", "purchase"),
        ("Bramling rejected the idea of a sale, buying Tessaly instead.", "buying"),
        ("Bramling rejected the idea of a sale and quickly bought Tessaly.", "bought"),
        ("ブラムリンは買収したばかりのテッサを売却するとの報道を否定した。", "買収"),
        ("ブラムリンによるテッサの買収が違法だとの指摘を否定した。", "買収"),
        ("ブラムリンはテッサを買収してから赤字だとの報道を否定した。", "買収"),
        ("テッサを買収したブラムリンは減産するとの報道を否定した。", "買収"),
        ("テッサを買収したブラムリンは減産するとの報道を否定した。", "買収した"),
        ("ブラムリンは5月にテッサを買収後、減産するとの報道を否定した。", "買収"),
        ("ブラムリンはテッサを買収した際、資料を盗んだとの主張を否定した。", "買収"),
        ("ブラムリンがテッサを買収した後も、料金が変わった事実はない。", "買収"),
        ("ブラムリンがテッサを買収したことで、品質が落ちた事実はないと述べた。", "買収"),
        ("ブラムリンはテッサを買収したとの報道を否定も肯定もしていない。", "買収"),
        ("ブラムリンはテッサを買収したとの報道について否定を避けた。", "買収"),
        ("ブラムリンはテッサを買収したとの報道を否定しきれなかった。", "買収"),
        ("ブラムリンはテッサを買収したとの報道を否定することを拒んだ。", "買収"),
        ("ブラムリンがテッサを買収したとの報道を否定したことはない。", "買収"),
        ("ブラムリンがテッサを買収したとの報道は間違っていなかった。", "買収"),
        ("ブラムリンがテッサを買収したとの報道は虚偽だとは断定できない。", "買収"),
        ("ブラムリンがテッサを買収したとの報道を否定したのか。", "買収"),
        ("ブラムリンがテッサを買収しないという事実はない。", "買収"),
        ("She said that a loss of 900 billion won was far too high for the firm.", "loss"),
        ("30ドルという料金は高すぎる。", "料金"),
    ],
)
def test_what_is_not_said_to_be_untrue_is_not_denied(text: str, trigger: str, languages: dict[str, Language]) -> None:
    assert not is_denied(languages, text, trigger)


def test_that_a_stance_is_taken_is_not_untrue(languages: dict[str, Language]) -> None:
    text = "Vantor rejected reports that Orrery disputes its results."
    assert not is_denied(languages, text, "rejected", Predicate.DISPUTES)


def test_what_does_not_beat_another_is_denied(languages: dict[str, Language]) -> None:
    assert is_denied(languages, "Quillon-2 does not beat Petrel-1.", "beat", Predicate.OUTPERFORMS)
    assert not is_denied(languages, "Quillon-2 does not merely beat Petrel-1.", "beat", Predicate.OUTPERFORMS)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Vantor walked away from a $450 million purchase of Sablefish.", "purchase"),
        ("Vantor almost bought Sablefish.", "bought"),
        ("Vantor came very close to acquiring Sablefish.", "acquiring"),
        ("Vantor was on the verge of a merger with Sablefish.", "merger"),
        ("ヴァントルはセーブルを買収しかけた。", "買収"),
        ("セーブルは買収の寸前まで行った。", "買収"),
        ("Vantor has shelved its plan to acquire Sablefish for $75 million.", "acquire"),
        ("Talks over the sale of Sablefish to Vantor for $75 million have collapsed.", "sale"),
        ("Vantor put its bid for Sablefish on ice.", "bid"),
        ("Vantor abandoned an attempt to buy Sablefish.", "buy"),
        ("Vantor wanted to buy Sablefish last year but walked away from the deal in March.", "buy"),
        ("The merger of Vantor and Sablefish never happened.", "merger"),
        ("Bramling agreed to buy Tessaly, but later it walked away.", "buy"),
        ("Bramling hoped to buy Tessaly but finally gave up the plan.", "buy"),
        ("Vantor gave up on its acquisition of Sablefish.", "acquisition"),
        ("Vantor's purchase of Sablefish was blocked by a regulator.", "purchase"),
        ("Vantor's bid for Sablefish was rejected.", "bid"),
        ("Vantor tried to buy Sablefish but was rebuffed.", "buy"),
        ("Vantor considered buying Sablefish but decided against it.", "buying"),
        ("ヴァントルはセーブルの買収を見送った。", "買収"),
        ("ヴァントルはセーブルを買収する計画を断念した。", "買収"),
        ("ヴァントルとセーブルの提携は白紙になった。", "提携"),
        ("セーブルの買収は破談になった。", "買収"),
        ("ヴァントルによる買収は実現しなかった。", "買収"),
        ("ヴァントルはセーブルの買収を見送る方針だ。", "買収"),
        ("ブラムリンはテッサの買収提案を取り下げた。", "買収"),
    ],
)
def test_what_was_given_up_is_denied(text: str, trigger: str, languages: dict[str, Language]) -> None:
    assert is_denied(languages, text, trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "denied"),
    [
        ("Regulators cleared Vantor of misleading investors.", "misleading", True),
        ("A jury acquitted the firm of misleading investors.", "misleading", True),
        ("Regulators cleared a stock of boards, misleading investors.", "misleading", False),
        ("当局は、ヴァントルが投資家を欺いたとの疑いを晴らした。", "欺いた", True),
        ("当局は、ヴァントルが投資家を欺いたとの疑いを強めた。", "欺いた", False),
    ],
)
def test_who_is_cleared_has_not_done_it(text: str, trigger: str, denied: bool, languages: dict[str, Language]) -> None:
    assert is_denied(languages, text, trigger, Predicate.MISLED) is denied


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Vantor did not walk away from its purchase of Sablefish.", "purchase"),
        ("Vantor bought almost all of Sablefish.", "bought"),
        ("Vantor almost certainly bought Sablefish.", "bought"),
        ("Vantor paid nearly $4 million and bought Sablefish.", "bought"),
        ("Vantor is on the verge of a merger with Sablefish.", "merger"),
        ("Vantor never abandoned its plan to buy Sablefish.", "buy"),
        ("Vantor denied that it had shelved its plan to buy Sablefish.", "buy"),
        ("Vantor abandoned its plan to buy Orrery and acquired Sablefish.", "acquired"),
        ("Vantor walked away from Orrery after it bought Sablefish.", "bought"),
        ("Vantor planned to buy Sablefish but did not name a price.", "buy"),
        ("Vantor bought Sablefish, whose talks with Orrery had collapsed.", "bought"),
        ("Vantor shelved the lamp that Sablefish launched in a deal with Orrery.", "deal"),
        ("ヴァントルはセーブルの買収を断念していない。", "買収"),
        ("ヴァントルは買収を見送る可能性がある。", "買収"),
        ("ヴァントルはセーブルを買収したが、上場は見送った。", "買収"),
        ("ヴァントルは買収を断念せず、交渉を続ける。", "買収"),
        ("ヴァントルはセーブルの買収を発表した。", "買収"),
        ("Bramling agreed to buy Tessaly before its chair gave up her seat.", "buy"),
        ("Bramling tried to buy Tessaly but was delayed.", "buy"),
        ("Bramling agreed to buy Tessaly before he gave up his seat.", "buy"),
        ("Bramling agreed to buy Tessaly, but Corvane walked away from its own offer.", "buy"),
        ("Bramling was set to buy Tessaly, but Corvane failed.", "buy"),
        ("Bramling planned to buy Tessaly in May and bought Corvane but pulled out.", "bought"),
        ("Did Bramling abandon its plan to buy Tessaly?", "buy"),
        ("Bramling dropped its suit over the deal to buy Tessaly.", "buy"),
        ("ブラムリンはテッサの買収を諦めていない。", "買収"),
        ("ブラムリンはテッサの買収も上場は断念した。", "買収"),
    ],
)
def test_what_was_not_given_up_is_not_denied(text: str, trigger: str, languages: dict[str, Language]) -> None:
    assert not is_denied(languages, text, trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "lang"),
    [
        ("If Vantor had bought Sablefish, it would have paid more.", "bought", "en"),
        ("Had Vantor bought Sablefish, it would have paid more.", "bought", "en"),
        ("Sales would have doubled if Vantor had bought Sablefish.", "bought", "en"),
        ("Suppose that Vantor bought Sablefish.", "bought", "en"),
        ("If Vantor were to buy Sablefish, it would own ten mines.", "buy", "en"),
        ("Were Vantor to buy Sablefish, it would own ten mines.", "buy", "en"),
        ("ヴァントルがセーブルを買収していないとしたら驚きだ。", "買収", "ja"),
        ("もしヴァントルがセーブルを買収していたら、売上は倍だった。", "買収", "ja"),
        ("仮にヴァントルがセーブルを買収したなら、売上は倍になる。", "買収", "ja"),
    ],
)
def test_what_is_only_supposed_is_no_claim(text: str, trigger: str, lang: str, read: Read) -> None:
    sides = ("ヴァントル", "セーブル") if lang == "ja" else ("Vantor", "Sablefish")
    assert read(text, HandFinder([Told(Predicate.ACQUIRED, trigger, *sides)], _NAMES), lang) == ()


@pytest.mark.parametrize(
    ("text", "trigger", "lang"),
    [
        ("Vantor had bought Sablefish, which would have closed.", "bought", "en"),
        ("Orrery asked if Vantor had bought Sablefish.", "bought", "en"),
        ("Vantor bought Sablefish, and had it grown, it would be larger.", "bought", "en"),
        ("Vantor bought Sablefish; if it had waited, it would have paid less.", "bought", "en"),
        ("ヴァントルはセーブルを買収していた。", "買収", "ja"),
        ("ヴァントルはセーブルを買収した。もし待っていたら安く済んだ。", "買収", "ja"),
        ("Lawmakers want to know if Bramling had bought Tessaly, which would be unlawful.", "bought", "en"),
        ("Lawmakers asked if a firm that had bought Tessaly, Bramling or not, would be fined.", "bought", "en"),
        ("Lawmakers asked Bramling if it had bought Tessaly, as then a fine would be due.", "bought", "en"),
        ("It is unclear if Bramling had bought Tessaly, which could be a breach.", "bought", "en"),
        ("もしもの場合に備え、ブラムリンはテッサを買収したが、他社なら、しない。", "買収", "ja"),
        ("仮に作った店を、ブラムリンはテッサを買収し、会員なら、使える。", "買収", "ja"),
        ("仮にブラムリンが撤退しても、ブラムリンがテッサを買収し、客なら、残る。", "買収", "ja"),
    ],
)
def test_what_is_so_stays_a_claim(text: str, trigger: str, lang: str, read: Read) -> None:
    sides = ("ヴァントル", "セーブル") if lang == "ja" else ("Vantor", "Sablefish")
    if sides[0] not in text:
        sides = ("ブラムリン", "テッサ") if lang == "ja" else ("Bramling", "Tessaly")
    assert len(read(text, HandFinder([Told(Predicate.ACQUIRED, trigger, *sides)], _NAMES), lang)) == 1


@pytest.mark.parametrize(
    ("text", "speakers", "left"),
    [
        ("Orrery falsely claimed that Vantor bought Sablefish.", ("Orrery",), []),
        ("Vantor was wrongly said by Orrery to have bought Sablefish.", ("Orrery",), []),
        ("Orrery's claim that Vantor bought Sablefish is false, Elmsford University found.",
         ("Elmsford University", "Orrery"), ["Elmsford University"]),
        ("Vantor rejected Orrery's reports that it bought Sablefish.", ("Vantor",), ["Vantor"]),
        ("Vantor rejected Orrery's reports that it bought Sablefish.", ("Vantor", "Orrery"), ["Vantor"]),
        ("Contrary to what Orrery claims, Vantor never bought Sablefish.", ("Orrery",), []),
        ("Orrery claimed that Vantor bought Sablefish.", ("Orrery",), ["Orrery"]),
        ("Elmsford University said Orrery falsely claimed that Vantor bought Sablefish.",
         ("Elmsford University", "Orrery"), ["Elmsford University"]),
        ("Orrery dismissed as false a report that Vantor bought Sablefish.", ("Orrery",), ["Orrery"]),
        ("Orrery spread false reports that Vantor bought Sablefish.", ("Orrery",), []),
        ("Orrery, falsely called small, said that Vantor bought Sablefish.", ("Orrery",), ["Orrery"]),
        ("Orrery denied that Vantor bought Sablefish.", ("Orrery",), ["Orrery"]),
        ("“False,” Orrery said of reports that Vantor bought Sablefish.", ("Orrery",), ["Orrery"]),
        ("Orrery, which sells ads, denied that Vantor bought Sablefish.", (), ["Orrery"]),
    ],
)  # fmt: skip
def test_who_rejects_it_denies_it(text: str, speakers: tuple[str, ...], left: list[str], read: Read) -> None:
    told = Told(Predicate.ACQUIRED, "bought", "Vantor", "Sablefish", speakers=speakers)
    (claim,) = read(text, HandFinder([told], _NAMES))
    assert [one.party.name for one in claim.claimants] == left


def test_of_two_figures_the_rejected_one_is_denied(read: Read) -> None:
    text = "Quillon-2 scores 61 percent on MMLU, not the 74 percent that Vantor claims, Elmsford University found."
    university = ("Elmsford University",)
    told = [
        Told(Predicate.SCORES, "scores", "Quillon-2", "MMLU", "61 percent", speakers=university),
        Told(Predicate.SCORES, "scores", "Quillon-2", "MMLU", "74 percent", speakers=university),
        Told(Predicate.SCORES, "scores", "Quillon-2", "MMLU", "74 percent", speakers=("Vantor",)),
    ]
    found = {
        (claim.quantity.value, claim.polarity.value, *(one.party.name for one in claim.claimants))
        for claim in read(text, HandFinder(told, _NAMES))
        if claim.quantity
    }
    assert (61, "affirmed", "Elmsford University") in found
    assert all(polarity == "denied" and "Vantor" not in rest for value, polarity, *rest in found if value == 74)


@pytest.mark.parametrize(
    ("text", "trigger", "lang"),
    [
        ("Vantor did not deny that it had bought Sablefish.", "bought", "en"),
        ("Vantor hasn't denied reports that it bought Sablefish.", "bought", "en"),
        ("Vantor would neither confirm nor deny that it had bought Sablefish.", "bought", "en"),
        ("Nobody at Vantor disputes that it bought Sablefish.", "bought", "en"),
        ("Vantor declined to deny that it bought Sablefish.", "bought", "en"),
        ("ヴァントルはセーブルの買収を否定しなかった。", "買収", "ja"),
        ("ヴァントルはセーブルを買収したことを否定していない。", "買収", "ja"),
        ("ヴァントルはセーブルを買収したとの報道を肯定も否定もせず、沈黙している。", "買収", "ja"),
    ],
)
def test_who_does_not_deny_it_neither_denies_nor_says_it(text: str, trigger: str, lang: str, read: Read) -> None:
    sides = ("ヴァントル", "セーブル") if lang == "ja" else ("Vantor", "Sablefish")
    told = Told(Predicate.ACQUIRED, trigger, *sides, speakers=sides[:1], denied=True)
    (claim,) = read(text, HandFinder([told], _NAMES), lang)
    assert (claim.polarity, claim.modality, claim.claimants) == (Polarity.AFFIRMED, Modality.REPORTED, ())


def test_another_still_denies_what_one_does_not(read: Read) -> None:
    text = "Vantor denied that it bought Sablefish, which did not deny it."
    told = Told(Predicate.ACQUIRED, "bought", "Vantor", "Sablefish", speakers=("Vantor",), denied=True)
    (claim,) = read(text, HandFinder([told], _NAMES))
    assert (claim.polarity, [one.party.name for one in claim.claimants]) == (Polarity.DENIED, ["Vantor"])


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Vantor did not dispute what Orrery found.", "dispute"),
        ("Vantor has not appealed.", "appealed"),
        ("ヴァントルはオーレリの主張に反論しなかった。", "反論"),
    ],
)
def test_who_does_not_dispute_is_not_against_it(text: str, trigger: str, languages: dict[str, Language]) -> None:
    assert is_denied(languages, text, trigger, Predicate.DISPUTES)


@pytest.mark.parametrize(
    ("text", "trigger", "denied"),
    [
        ("Vantor does not support the bill.", "support", True),
        ("ヴァントルは法案を支持していない。", "支持", True),
        ("Vantor supports the bill.", "supports", False),
    ],
)
def test_who_does_not_support_it_is_not_for_it(
    text: str, trigger: str, denied: bool, languages: dict[str, Language]
) -> None:
    assert is_denied(languages, text, trigger, Predicate.SUPPORTS) is denied


def test_who_disputes_it_is_against_it(languages: dict[str, Language]) -> None:
    assert not is_denied(languages, "Vantor disputed the report, and did not say why.", "disputed", Predicate.DISPUTES)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Vantor has not said whether it bought Sablefish.", "Vantor"),
        ("Vantor never said that it had bought Sablefish.", "Vantor"),
        ("Vantor declined to confirm that it had bought Sablefish.", "Vantor"),
        ("Neither firm has confirmed that Vantor bought Sablefish.", "Neither firm"),
        ("No one at Orrery would say if Vantor had bought Sablefish.", "Orrery"),
        ("Orrery could not independently verify that Vantor bought Sablefish.", "Orrery"),
        ("Nothing in the filing says that Vantor bought Sablefish.", "the filing"),
        ("Orrery said it had never claimed that Vantor bought Sablefish.", "Orrery"),
        ("Orrery stopped short of saying that Vantor bought Sablefish.", "Orrery"),
        ("The court did not decide whether Vantor bought Sablefish.", "The court"),
    ],
)
def test_what_somebody_does_not_say_is_left_open(text: str, speaker: str, read: Read) -> None:
    told = Told(Predicate.ACQUIRED, "bought", "Vantor", "Sablefish", speakers=(speaker,), denied=True)
    (claim,) = read(text, HandFinder([told], _NAMES))
    assert (claim.polarity, claim.modality, claim.claimants) == (Polarity.AFFIRMED, Modality.QUESTIONED, ())


@pytest.mark.parametrize(
    "text",
    [
        "ヴァントルがセーブルを買収したと主張したことはないと、テッサは述べた。",
        "テッサは、ヴァントルがセーブルを買収したとまでは言わなかった。",
        "テッサは、ヴァントルがセーブルを買収したことを認めなかった。",
        "テッサは、ヴァントルがセーブルを買収したかどうかを明らかにしていない。",
        "ヴァントルがセーブルを買収したかどうかは分かっていない。",
        "テッサは、ヴァントルがセーブルを買収したとの情報は確認できていないと話した。",
    ],
)
def test_what_somebody_does_not_say_is_left_open_in_japanese_too(text: str, read: Read) -> None:
    speakers = ("テッサ",) if "テッサ" in text else ()
    told = Told(Predicate.ACQUIRED, "買収", "ヴァントル", "セーブル", speakers=speakers, denied=True)
    (claim,) = read(text, HandFinder([told], _NAMES), "ja")
    assert (claim.polarity, claim.modality) == (Polarity.AFFIRMED, Modality.QUESTIONED)


@pytest.mark.parametrize(
    ("text", "trigger", "lang"),
    [
        ("テッサは、ヴァントルがセーブルを買収したと認めた。", "買収", "ja"),
        ("ヴァントルがセーブルを買収しようとしたら、別の買い手が現れた。", "買収", "ja"),
        ("ヴァントルはセーブルを買収したと、社員に「理由はわからない」まま話した。", "買収", "ja"),
        ("ヴァントルはセーブルを買収したと発表し、額は明らかにしていない。", "買収", "ja"),
        ("Vantor never slept, and claimed that it bought Sablefish.", "bought", "en"),
    ],
)
def test_what_is_said_and_more_is_not_is_said(text: str, trigger: str, lang: str, read: Read) -> None:
    sides = ("ヴァントル", "セーブル") if lang == "ja" else ("Vantor", "Sablefish")
    (claim,) = read(text, HandFinder([Told(Predicate.ACQUIRED, trigger, *sides)], _NAMES), lang)
    assert claim.modality is Modality.ASSERTED


def test_what_is_said_beside_it_is_said(read: Read) -> None:
    text = "Vantor would not say whether it was for sale, but Orrery said that Vantor bought Sablefish."
    told = Told(Predicate.ACQUIRED, "bought", "Vantor", "Sablefish", speakers=("Orrery",))
    (claim,) = read(text, HandFinder([told], _NAMES))
    assert (claim.modality, [one.party.name for one in claim.claimants]) == (Modality.ASSERTED, ["Orrery"])


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Orrery would not say that Vantor misled Sablefish.", "misled"),
        ("Orrery stopped short of accusing Vantor of misleading Sablefish.", "misleading"),
        ("Nobody has accused Vantor of misleading Sablefish.", "misleading"),
    ],
)
def test_nobody_is_accused_by_what_nobody_says(text: str, trigger: str, read: Read) -> None:
    told = Told(Predicate.MISLED, trigger, "Vantor", "Sablefish", speakers=("Orrery",) if "Orrery" in text else ())
    assert read(text, HandFinder([told], _NAMES)) == ()


@pytest.mark.parametrize(
    ("text", "trigger", "lang"),
    [
        ("Vantor did not respond to a suit by Sablefish that it misled users.", "misled", "en"),
        ("The ban did not stop Vantor from misleading Sablefish.", "misleading", "en"),
        ("セーブルはヴァントルに欺かれたと訴え、ヴァントルは回答していない。", "欺", "ja"),
    ],
)
def test_who_does_not_answer_denies_nothing(text: str, trigger: str, lang: str, read: Read) -> None:
    sides = ("ヴァントル", "セーブル") if lang == "ja" else ("Vantor", "Sablefish")
    (claim,) = read(text, HandFinder([Told(Predicate.MISLED, trigger, *sides)], _NAMES), lang)
    assert claim.polarity is Polarity.AFFIRMED


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Vantor is accused of misleading Sablefish; the firm calls it baseless.", "the firm"),
        ("Vantor is accused of misleading Sablefish, Orrery said.", "Orrery"),
    ],
)
def test_who_only_rejects_an_accusation_does_not_accuse(text: str, speaker: str, read: Read) -> None:
    told = Told(Predicate.MISLED, "misleading", "Vantor", "Sablefish", speakers=(speaker,))
    (claim,) = read(text, HandFinder([told], _NAMES, {"the firm": "Vantor"}))
    assert [one.party.name for one in claim.claimants] == (["Orrery"] if speaker == "Orrery" else [])


@pytest.mark.parametrize("predicate", [Predicate.OWNS, Predicate.INVESTED_IN])
@pytest.mark.parametrize(
    ("text", "trigger", "owned"),
    [
        ("Vantor sold its entire $5 billion stake in Sablefish.", "stake", False),
        ("Vantor has sold all of its shares in the chipmaker Sablefish.", "shares", False),
        ("Vantor sold a third of its stake in Sablefish.", "stake", True),
        ("Vantor did not sell its stake in Sablefish.", "stake", True),
        ("Vantor denied selling its stake in Sablefish.", "stake", True),
        ("Vantor sold its stake in Orrery and owns Sablefish.", "owns", True),
    ],
)
def test_what_was_sold_is_owned_no_more(text: str, trigger: str, owned: bool, predicate: Predicate, read: Read) -> None:
    (claim,) = read(text, HandFinder([Told(predicate, trigger, "Vantor", "Sablefish")], _NAMES))
    assert claim.polarity is (Polarity.AFFIRMED if owned else Polarity.DENIED)
    assert owned or claim.predicate is Predicate.OWNS


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Orrery, not Vantor, bought Sablefish.", Polarity.DENIED),
        ("It was not Vantor but Orrery that bought Sablefish.", Polarity.DENIED),
        ("Neither Orrery nor Vantor, which bought Sablefish, answered.", Polarity.AFFIRMED),
        ("Not only Vantor bought Sablefish.", Polarity.AFFIRMED),
    ],
)
def test_who_is_set_apart_did_not_do_it(text: str, polarity: Polarity, read: Read) -> None:
    (claim,) = read(text, HandFinder([Told(Predicate.ACQUIRED, "bought", "Vantor", "Sablefish")], _NAMES))
    assert claim.polarity is polarity


@pytest.mark.parametrize(
    ("text", "trigger", "lang", "cleared"),
    [
        ("A jury found that Vantor did not copy Sablefish.", "found", "en", True),
        ("A jury overturned a ruling that had ordered Vantor to pay Sablefish.", "overturned", "en", True),
        ("A jury found that Vantor copied Sablefish.", "found", "en", False),
        ("A jury reversed the dismissal of a suit against Vantor.", "reversed", "en", False),
        ("A jury ruled against Vantor, which did not appeal.", "ruled", "en", False),
        ("高裁は、ヴァントルが侵害したとは認められないと判断した。", "判断", "ja", True),
        ("ヴァントルは秘密を盗まず　高裁が認定", "認定", "ja", True),
        ("高裁は、ヴァントルに賠償を命じた判決を取り消した。", "取り消", "ja", True),
        ("高裁は、ヴァントルが侵害したと判断した。", "判断", "ja", False),
    ],
)
def test_a_court_rules_for_whom_it_clears(text: str, trigger: str, lang: str, cleared: bool, read: Read) -> None:
    sides = ("高裁", "ヴァントル") if lang == "ja" else ("A jury", "Vantor")
    (claim,) = read(text, HandFinder([Told(Predicate.RULED_AGAINST, trigger, *sides)], _NAMES), lang)
    assert claim.predicate is (Predicate.RULED_FOR if cleared else Predicate.RULED_AGAINST)
    assert claim.polarity is Polarity.AFFIRMED


@pytest.mark.parametrize(
    ("sentence", "trigger", "found"),
    [
        ("It did not disclose the price.", "disclose", 0),
        ("It has not publicly said why.", "said", 0),
        ("It did not provide further details.", "provide", 0),
        ("It did not provide chips to Sablefish.", "provide", 1),
        ("It declined to comment on Sablefish.", "comment", 0),
        ("It did not buy Sablefish, and did not disclose why.", "buy", 1),
        ("価格は明らかにしていない。", "明らかにしていない", 0),
        ("買収していない。", "買収", 1),
    ],
)
def test_who_does_not_tell_denies_nothing(sentence: str, trigger: str, found: int, read: Read) -> None:
    told = Told(Predicate.ACQUIRED, trigger, "Vantor", "Sablefish", denied=True)
    text = f"Vantor bought Sablefish. {sentence}"
    assert len(read(text, HandFinder([told], _NAMES), "ja" if "。" in text else "en")) == found
