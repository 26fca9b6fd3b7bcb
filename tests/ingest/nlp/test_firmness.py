"""How firmly a sentence puts a claim: as the network reads it, never firmer than the words around it allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.policy import WEAKER
from graph.records import CueKind, Modality, Polarity, Predicate
from ingest.nlp.document import Sentence, Zone
from ingest.nlp.finder import Found
from ingest.nlp.firmness import Firmness, read_firmness
from ingest.nlp.languages import Language

# Where the sentence stands in its text.
_AT = 100


def read(
    languages: dict[str, Language],
    text: str,
    trigger: str,
    modality: Modality = Modality.ASSERTED,
    *,
    denied: bool = False,
    predicate: Predicate = Predicate.ACQUIRED,
    amount: str = "",
    other: str = "",
) -> Firmness:
    lang = "ja" if "。" in text else "en"
    start = _AT + text.index(trigger)
    object, figure = (
        (_AT + text.index(words), _AT + text.index(words) + len(words)) if words else None for words in (other, amount)
    )
    found = Found(
        passage=0, predicate=predicate, subject=None, object=object, amount=figure, benchmark=None, day=None,
        speakers=(), modality=modality, denied=denied, measure="",
        trigger=(start, start + len(trigger)),
    )  # fmt: skip
    return read_firmness(found, Sentence((_AT, _AT + len(text)), text, lang, Zone.BODY, 0), languages[lang].lexicon)


def shown(text: str, firmness: Firmness) -> list[tuple[str, str]]:
    return [(kind.value, text[start - _AT : end - _AT]) for kind, (start, end) in firmness.cues]


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("Vantor bought Sablefish.", "bought", Modality.ASSERTED),
        ("Vantor may buy Sablefish.", "buy", Modality.SPECULATED),
        ("Vantor might buy Sablefish.", "buy", Modality.SPECULATED),
        ("Vantor reportedly bought Sablefish.", "bought", Modality.REPORTED),
        ("Vantor is said to have bought Sablefish.", "bought", Modality.REPORTED),
        ("Shares rose on speculation that Vantor had bought Sablefish.", "bought", Modality.REPORTED),
        ("Vantor did not comment on a report that it had bought Sablefish.", "bought", Modality.REPORTED),
        ("Vantor allegedly bought Sablefish.", "bought", Modality.ALLEGED),
        ("We doubt that Vantor bought Sablefish.", "bought", Modality.QUESTIONED),
        ("She doubted the report by the Ledger that Vantor bought Sablefish.", "bought", Modality.QUESTIONED),
        ("There is no doubt that Vantor bought Sablefish.", "bought", Modality.ASSERTED),
        ("ヴァントルがセーブルを買収したとの報道は疑わしい。", "買収", Modality.QUESTIONED),
        ("Vantor plans to buy Sablefish.", "buy", Modality.PREDICTED),
        ("Vantor will buy Sablefish.", "buy", Modality.PREDICTED),
        ("Vantor said it would buy Sablefish.", "buy", Modality.PREDICTED),
        ("Orrery would often say that Vantor bought Sablefish.", "bought", Modality.ASSERTED),
        ("Vantor did not rule out that it had bought Sablefish.", "bought", Modality.SPECULATED),
        ("Vantor is weighing the purchase of Sablefish.", "purchase", Modality.PREDICTED),
        ("A regulator sued to block the purchase of Sablefish.", "block", Modality.PREDICTED),
        ("Vantor's goal is to have bought ten firms.", "bought", Modality.PREDICTED),
        ("Vantor has seemingly bought Sablefish.", "bought", Modality.SPECULATED),
        ("Vantor is believed to own Sablefish.", "own", Modality.REPORTED),
        ("Ota said that, as she understands it, Vantor bought Sablefish.", "bought", Modality.SPECULATED),
        ("To the best of his knowledge, Vantor bought Sablefish.", "bought", Modality.SPECULATED),
        ("As far as Lindgren knows, Vantor bought Sablefish.", "bought", Modality.SPECULATED),
        ("As far as we are aware, Vantor bought Sablefish.", "bought", Modality.SPECULATED),
        ("Ota, who understands chips to perfection, bought Sablefish.", "bought", Modality.ASSERTED),
        ("Vantor, which will list next year, bought Sablefish.", "bought", Modality.ASSERTED),
        ("Vantor bought Sablefish, raising questions about its ability to buy more.", "more", Modality.QUESTIONED),
        ("ヴァントルは買収を検討している。", "買収", Modality.PREDICTED),
        ("ヴァントルが工場を買収へ。", "買収", Modality.PREDICTED),
        ("ヴァントルがサブルへの投資を買収に改めた。", "買収", Modality.ASSERTED),
        ("ヴァントルは買収したとされる。", "買収", Modality.REPORTED),
        ("ヴァントルは買収した可能性がある。", "買収", Modality.SPECULATED),
        ("ヴァントルは買収の可能性を排除していない。", "買収", Modality.SPECULATED),
        ("ヴァントルは買収したとは限らない。", "買収", Modality.QUESTIONED),
        ("ヴァントルは買収したと理解している。", "買収", Modality.SPECULATED),
        ("買収に動いたのは、私の知る限りヴァントルだ。", "買収", Modality.SPECULATED),
        ("買収したのは、同氏の理解ではヴァントルだ。", "買収", Modality.SPECULATED),
        ("ヴァントルは買収する予定だ。", "買収", Modality.PREDICTED),
        ("ヴァントルは買収した。", "買収", Modality.ASSERTED),
    ],
)
def test_words_around_let_nothing_be_firmer(
    languages: dict[str, Language], text: str, trigger: str, modality: Modality
) -> None:
    assert read(languages, text, trigger).modality is modality


@pytest.mark.parametrize(
    ("text", "amount", "modality"),
    [
        ("Vantor earned $5 billion, more than the $4 billion analysts had forecast.", "$5 billion", Modality.ASSERTED),
        ("Vantor earned $5 billion, more than the $4 billion analysts had forecast.", "$4 billion", Modality.PREDICTED),
        ("Vantor earned $5 billion, ahead of estimates of $4 billion.", "$4 billion", Modality.PREDICTED),
        (
            "Vantor earned $3 billion, less than the $4 billion that analysts had assumed.",
            "$4 billion",
            Modality.PREDICTED,
        ),
        ("Vantor earned $5 billion, while Wall Street was looking for $4 billion.", "$4 billion", Modality.PREDICTED),
        ("Vantor earned $5 billion, topping the $4 billion average estimate.", "$4 billion", Modality.PREDICTED),
        ("Vantor earned $5 billion, above the $4 billion consensus.", "$4 billion", Modality.PREDICTED),
        ("Vantor earned $4 billion. Nobody had expected that.", "$4 billion", Modality.ASSERTED),
        ("Vantor posted better than expected revenue of $4 billion.", "$4 billion", Modality.ASSERTED),
        ("Vantor earned $4 billion, as expected by analysts.", "$4 billion", Modality.ASSERTED),
        ("Vantor met its target of $4 billion.", "$4 billion", Modality.ASSERTED),
        ("Vantor earned $4 billion, the market expected $5 billion.", "$4 billion", Modality.ASSERTED),
        ("ヴァントルの純利益は40億円と市場予想を上回った。", "40億円", Modality.ASSERTED),
        ("ヴァントルの売上高は50億円で、市場予想の40億円を上回った。", "50億円", Modality.ASSERTED),
        ("ヴァントルの売上高は50億円で、市場予想の40億円を上回った。", "40億円", Modality.PREDICTED),
        ("ヴァントルの売上高は40億円と予想する。", "40億円", Modality.PREDICTED),
    ],
)
def test_figure_that_somebody_expected_is_foretold(
    languages: dict[str, Language], text: str, amount: str, modality: Modality
) -> None:
    assert read(languages, text, text[:6], amount=amount, predicate=Predicate.EARNED).modality is modality


@pytest.mark.parametrize(
    ("text", "trigger", "predicate", "modality"),
    [
        ("ヴァントルは12月に新型を公表する。", "公表", Predicate.ANNOUNCED, Modality.PREDICTED),
        ("新型は12月に導入されます。", "導入", Predicate.RELEASED, Modality.PREDICTED),
        ("タマキ氏がヴァントルに移ると、サブル紙が伝えた。", "移", Predicate.JOINED, Modality.PREDICTED),
        ("ヴァントルは新型を公表した。", "公表", Predicate.ANNOUNCED, Modality.ASSERTED),
        ("ヴァントルは新型を公開している。", "公開", Predicate.RELEASED, Modality.ASSERTED),
        ("ヴァントルが新型を公開すると、株価は上がった。", "公開", Predicate.RELEASED, Modality.ASSERTED),
        ("ヴァントルによりますと、新型は公開されました。", "より", Predicate.RELEASED, Modality.ASSERTED),
        ("ヴァントルは部品を供給する。", "供給", Predicate.SUPPLIES, Modality.ASSERTED),
        ("Vantor is in discussions with Sablefish about a purchase.", "purchase", None, Modality.REPORTED),
    ],
)
def test_what_is_yet_to_come_or_only_talked_about_is_no_fact(
    languages: dict[str, Language], text: str, trigger: str, predicate: Predicate | None, modality: Modality
) -> None:
    assert read(languages, text, trigger, predicate=predicate or Predicate.ACQUIRED).modality is modality


@pytest.mark.parametrize(
    ("text", "trigger", "predicate", "other", "amount", "denied"),
    [
        ("Argosy has sued Ota, but not Lindgren.", "sued", Predicate.SUED, "Lindgren", "", True),
        ("Argosy has sued Ota, but not Lindgren.", "sued", Predicate.SUED, "Ota", "", False),
        ("Argosy has sued neither Ota nor Lindgren.", "sued", Predicate.SUED, "Ota", "", True),
        ("Argosy has sued neither Ota nor Lindgren.", "sued", Predicate.SUED, "Lindgren", "", True),
        ("Neither Ota nor Lindgren sued Argosy.", "sued", Predicate.SUED, "Argosy", "", False),
        ("Argosy bought no chips from Ota.", "bought", Predicate.SUPPLIES, "no chips", "", True),
        ("Argosy bought not a single board.", "bought", Predicate.SUPPLIES, "not a single board", "", True),
        ("Argosy bought no fewer than 40 boards.", "bought", Predicate.SUPPLIES, "no fewer than 40 boards", "", False),
        ("Argosy bought Nova, no small firm.", "bought", Predicate.ACQUIRED, "Nova", "", False),
        ("Argosy is not suing Ota.", "suing", Predicate.SUED, "Ota", "", True),
        ("Argosy chose Sablefish rather than Ota.", "chose", Predicate.PARTNERED_WITH, "Ota", "", True),
        ("Argosy allied with Sablefish, not with Ota.", "allied", Predicate.PARTNERED_WITH, "Ota", "", True),
        ("Argosy allied with Sablefish, not with Ota.", "allied", Predicate.PARTNERED_WITH, "Sablefish", "", False),
        ("Argosy was bought for the Ota board, not by accident.", "bought", Predicate.ACQUIRED, "Ota", "", False),
        ("Argosy shipped 6,200 boards, not 18,400.", "shipped", Predicate.SUPPLIES, "", "18,400", True),
        ("Argosy shipped 6,200 boards, not 18,400.", "shipped", Predicate.SUPPLIES, "", "6,200", False),
        ("Argosy shipped not only boards but 6,200 racks.", "shipped", Predicate.SUPPLIES, "", "6,200", False),
        ("Argosy shipped not less than 6,200 boards.", "shipped", Predicate.SUPPLIES, "", "6,200", False),
        ("Writers sued Ota, if not Lindgren.", "sued", Predicate.SUED, "Lindgren", "", False),
        ("Whether or not Ota sues, Argosy bought it.", "bought", Predicate.ACQUIRED, "Ota", "", False),
        ("Argosy is not at the mercy of Ota; it bought Ota.", "bought", Predicate.ACQUIRED, "mercy", "", False),
        ("The problem is not the $100 billion it raised.", "raised", Predicate.RAISED, "", "$100 billion", False),
        ("It was not 31 per cent.", "was", Predicate.SCORES, "", "31 per cent", True),
        ("Argosy withdrew its claim of $2 billion in damages.", "claim", Predicate.SUED, "", "$2 billion", False),
        ("Argosy has not withdrawn its score of 78.4.", "score", Predicate.SCORES, "", "78.4", False),
        ("アルゴシーは77.9点を撤回するよう求められた。", "77.9", Predicate.SCORES, "", "77.9点", False),
        ("評価額は5000億ドルではないかと報じられた。", "評価額", Predicate.VALUED_AT, "", "5000億ドル", False),
        ("アルゴシーは買収したと報じましたが、金額は誤りでした。", "買収", Predicate.ACQUIRED, "", "", False),
        ("アルゴシーは買収したと報じましたが、これは誤りでした。", "買収", Predicate.ACQUIRED, "", "", True),
        ("歩留まりは82%ではなく38%だった。", "歩留まり", Predicate.SCORES, "", "82%", True),
        ("歩留まりは82%ではなく38%だった。", "歩留まり", Predicate.SCORES, "", "38%", False),
        ("歩留まりは38%だけではなく、速さも落ちた。", "歩留まり", Predicate.SCORES, "", "38%", False),
        ("Argosy withdrew its score of 78.4.", "score", Predicate.SCORES, "", "78.4", True),
        ("Argosy withdrew the model, with a score of 78.4.", "score", Predicate.SCORES, "", "78.4", False),
        ("アルゴシーは77.9点を撤回した。", "77.9", Predicate.SCORES, "", "77.9点", True),
        ("アルゴシーは77.9点を撤回しない。", "77.9", Predicate.SCORES, "", "77.9点", False),
        ("アルゴシーは77.9点という発表を撤回した。", "撤回", Predicate.WITHDREW, "", "77.9点", False),
        ("The ministry allowed the export of boards.", "allowed", Predicate.RESTRICTS, "boards", "", True),
        ("The ministry has not allowed the export of boards.", "allowed", Predicate.RESTRICTS, "boards", "", False),
        ("The ministry has not lifted its ban on boards.", "ban", Predicate.BANNED, "boards", "", False),
        ("The ministry approved new curbs on boards.", "approved", Predicate.RESTRICTS, "boards", "", False),
        ("If the ministry lifted its curbs on boards, sales would rise.", "curbs", Predicate.RESTRICTS, "", "", False),
        ("同省は調査を終了していない。", "調査", Predicate.INVESTIGATES, "", "", False),
        ("The ministry has cleared the sale of boards.", "cleared", Predicate.RESTRICTS, "boards", "", True),
        ("The ministry approved new curbs on exports of boards.", "approved", Predicate.RESTRICTS, "boards", "", False),
        ("The ministry renewed Orrery's waiver for boards.", "waiver", Predicate.RESTRICTS, "boards", "", True),
        ("The ministry left Orrery no exemption for boards.", "exemption", Predicate.RESTRICTS, "boards", "", False),
        ("Nobody is allowed to sell boards.", "allowed", Predicate.RESTRICTS, "boards", "", False),
        ("輸出には許可を得る必要がある。", "許可", Predicate.RESTRICTS, "輸出", "", False),
        ("同省は輸出を許可していない。", "許可", Predicate.RESTRICTS, "輸出", "", False),
        ("Washington lifted its curbs on boards.", "curbs", Predicate.RESTRICTS, "boards", "", True),
        ("Parliament approved a ban on boards.", "ban", Predicate.BANNED, "boards", "", False),
        ("Parliament approved rules restricting boards.", "restricting", Predicate.RESTRICTS, "boards", "", False),
        ("同省は半導体の輸出を許可した。", "許可", Predicate.RESTRICTS, "半導体", "", True),
        ("同省は半導体の輸出を許可制にした。", "輸出", Predicate.RESTRICTS, "半導体", "", False),
    ],
)
def test_what_is_set_apart_taken_back_or_allowed_is_denied(
    languages: dict[str, Language],
    text: str,
    trigger: str,
    predicate: Predicate,
    other: str,
    amount: str,
    denied: bool,
) -> None:
    firmness = read(languages, text, trigger, predicate=predicate, other=other, amount=amount)
    assert (firmness.polarity is Polarity.DENIED) == denied


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Vantor bought Sablefish in May 2024.", "bought"),
        ("It may rain, but Vantor bought Sablefish.", "bought"),
        ("They might leave; Vantor bought Sablefish.", "bought"),
        ("Vantor bought Sablefish, which may close.", "bought"),
        ("同社は苦戦する可能性があるが、ヴァントルは買収した。", "買収"),
    ],
    ids=["May", "clause before", "semicolon", "clause behind", "ja"],
)
def test_words_of_another_clause_weaken_nothing(languages: dict[str, Language], text: str, trigger: str) -> None:
    assert read(languages, text, trigger).modality is Modality.ASSERTED


def test_of_several_words_the_weakest_counts(languages: dict[str, Language]) -> None:
    assert read(languages, "Vantor reportedly may buy Sablefish.", "buy").modality is Modality.SPECULATED


def test_what_the_network_reads_weaker_stays_so(languages: dict[str, Language]) -> None:
    text = "Vantor reportedly bought Sablefish."
    assert read(languages, text, "bought", Modality.QUESTIONED).modality is Modality.QUESTIONED


@given(modality=st.sampled_from(Modality), predicate=st.sampled_from(Predicate), denied=st.booleans())
@pytest.mark.parametrize(
    "text", ["Vantor might never have bought it.", "Vantor bought it.", "Vantor plans to have bought."]
)
def test_nothing_is_made_firmer(
    languages: dict[str, Language], text: str, modality: Modality, predicate: Predicate, denied: bool
) -> None:
    found = read(languages, text, "bought", modality, denied=denied, predicate=predicate)
    assert WEAKER.index(found.modality) >= WEAKER.index(modality)
    assert found.polarity is Polarity.DENIED or not denied


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Vantor denies that it copied Quillon-2.", "copied"),
        ("Vantor never copied Quillon-2.", "copied"),
        ("There is no evidence that Vantor copied Quillon-2.", "copied"),
        ("ヴァントルは盗用したとの指摘を否定した。", "盗用"),
    ],
)
def test_accusation_beside_a_denial_is_denied(languages: dict[str, Language], text: str, trigger: str) -> None:
    found = read(languages, text, trigger, predicate=Predicate.TOOK_TECHNOLOGY_FROM)
    assert found.polarity is Polarity.DENIED
    assert [kind for kind, _ in found.cues] == [CueKind.POLARITY]


def test_denial_in_another_clause_leaves_the_accusation(languages: dict[str, Language]) -> None:
    text = "Orrery never slept, but Vantor copied Quillon-2."
    assert read(languages, text, "copied", predicate=Predicate.INFRINGED).polarity is Polarity.AFFIRMED


@pytest.mark.parametrize(
    ("text", "trigger", "predicate", "denied"),
    [
        ("Vantor never bought Sablefish.", "bought", Predicate.ACQUIRED, True),
        ("Vantor did not release Quillon-2.", "release", Predicate.RELEASED, True),
        ("Vantor hasn’t yet released Quillon-2.", "released", Predicate.RELEASED, True),
        ("Vantor failed to buy Sablefish.", "buy", Predicate.ACQUIRED, True),
        ("Vantor has not only released Quillon-2 but opened it.", "released", Predicate.RELEASED, False),
        ("Vantor did not merely buy Sablefish; it closed it.", "buy", Predicate.ACQUIRED, False),
        ("Vantor never fails to release a lamp.", "release", Predicate.RELEASED, False),
        ("Vantor has not yet formally released Quillon-2.", "released", Predicate.RELEASED, True),
        ("Vantor will not release Quillon-2 until June.", "release", Predicate.RELEASED, False),
        ("Vantor did not release Quillon-2 until June.", "release", Predicate.RELEASED, False),
        ("If Vantor does not release Quillon-2, all is lost.", "release", Predicate.RELEASED, False),
        ("Vantor did not blink when it bought Sablefish.", "bought", Predicate.ACQUIRED, False),
        ("Vantor does not rank first.", "rank", Predicate.RANKS, True),
        ("Vantor is not valued at $3 billion.", "valued", Predicate.VALUED_AT, True),
        ("Quillon-2 was not based on Petrel-1.", "based", Predicate.BASED_ON, True),
        ("Vantor has ruled out buying Sablefish.", "buying", Predicate.ACQUIRED, True),
        ("Quillon-2 cannot run on Orrery chips.", "run", Predicate.RUNS_ON, True),
        ("Quillon-2 can't run without Orrery chips.", "run", Predicate.RUNS_ON, False),
        ("Vantor won't buy Sablefish.", "buy", Predicate.ACQUIRED, True),
        ("Vantor is unlikely to buy Sablefish.", "buy", Predicate.ACQUIRED, True),
        ("Vantor ruled out a bid for Sablefish.", "bid", Predicate.ACQUIRED, True),
        ("Vantor has not ruled out buying Sablefish.", "buying", Predicate.ACQUIRED, False),
        ("Vantor stopped short of suing Sablefish.", "suing", Predicate.SUED, True),
        ("Vantor avoided a fine.", "fine", Predicate.FINED, True),
        ("A regulator closed its inquiry into Vantor without imposing a fine.", "fine", Predicate.FINED, True),
        ("Quillon-2 was not flagged.", "flagged", Predicate.CANNOT, False),
        ("Vantor was not impressed.", "impressed", Predicate.CRITICIZES, False),
        ("Vantor was not candid.", "candid", Predicate.MISLED, False),
        ("Vantor does not believe it.", "believe", Predicate.DOUBTS, False),
        ("Talks between Vantor and Sablefish on a merger collapsed.", "merger", Predicate.ACQUIRED, True),
        ("Vantor called off its purchase of Sablefish.", "purchase", Predicate.ACQUIRED, True),
        ("Vantor scrapped its partnership with Sablefish.", "partnership", Predicate.PARTNERED_WITH, True),
        ("Vantor scrapped a lamp and bought Sablefish.", "bought", Predicate.ACQUIRED, False),
        ("Vantor scrapped its partnership with Orrery last spring, and now it bought Sablefish.", "bought",
         Predicate.ACQUIRED, False),
        ("Vantor signed a deal with Orrery that ended years of rivalry.", "deal", Predicate.PARTNERED_WITH, False),
        ("Vantor bought Orrery after talks ended.", "bought", Predicate.ACQUIRED, False),
        ("Orrery denied that its acquisition by Vantor was called off.", "acquisition", Predicate.ACQUIRED, False),
        ("Vantor signed a deal to replace dropped supplier Orrery.", "deal", Predicate.PARTNERED_WITH, False),
        ("交渉の決裂を乗り越え、ヴァントルはセーブルと提携した。", "提携", Predicate.PARTNERED_WITH, False),
        ("ヴァントルは提携の解消を否定した。", "提携", Predicate.PARTNERED_WITH, False),
        ("ヴァントルはクイロンを公開していないわけではない。", "公開", Predicate.RELEASED, False),
        ("ヴァントルはクイロンを公開していない。", "公開", Predicate.RELEASED, True),
        ("これまでの報道と違い、ヴァントルはクイロンを公開しておらず、審査中だ。", "公開", Predicate.RELEASED, True),
        ("ヴァントルはクイロンを公開できず、断念した。", "公開", Predicate.RELEASED, True),
        ("ヴァントルはクイロンを公開したことはない。", "公開", Predicate.RELEASED, True),
        ("ヴァントルがクイロンを公開するわけがない。", "公開", Predicate.RELEASED, True),
        ("ヴァントルはクイロンを公開したわけではない。", "公開", Predicate.RELEASED, True),
        ("ヴァントルはすべてのクイロンを公開したわけではない。", "公開", Predicate.RELEASED, False),
        ("楡4はクイロンに劣るわけではない。", "劣", Predicate.UNDERPERFORMS, True),
        ("ヴァントルが買収する可能性は低い。", "買収", Predicate.ACQUIRED, True),
        ("ヴァントルが買収する可能性はある。", "買収", Predicate.ACQUIRED, False),
        ("楡4はクイロンほど速くない。", "ほど", Predicate.OUTPERFORMS, True),
        ("楡4は首位とは言えない。", "首位", Predicate.LEADS, True),
        ("楡4は必ずしも首位とは言えない。", "首位", Predicate.LEADS, False),
        ("ヴァントルはクイロンしか公開していない。", "公開", Predicate.RELEASED, False),
        ("ヴァントルはクイロンを公開せず、論文だけを出した。", "公開", Predicate.RELEASED, True),
        ("ヴァントルはクイロンを公開するかもしれない。", "公開", Predicate.RELEASED, False),
        ("ヴァントルはクイロンを公開しただけでなく、値も下げた。", "公開", Predicate.RELEASED, False),
        ("楡4はクイロンに届かなかった。", "か", Predicate.OUTPERFORMS, True),
        ("楡4はクイロンを超えられなかった。", "超", Predicate.OUTPERFORMS, True),
        ("楡4はクイロンを上回らないまでも、近い。", "回", Predicate.OUTPERFORMS, True),
        ("クイロンに勝るモデルはまだないという。", "勝", Predicate.OUTPERFORMS, True),
        ("クイロンを上回るモデルは少なくない。", "回", Predicate.OUTPERFORMS, False),
        ("楡4はクイロンを上回ると言っても過言ではない。", "回", Predicate.OUTPERFORMS, False),
        ("ヴァントルが公開したクイロンに新しさはない。", "公開", Predicate.RELEASED, False),
        ("ヴァントルは訴えに根拠がないとした。", "根拠が", Predicate.DISPUTES, False),
        ("ヴァントルはクイロンを公開した。", "公開", Predicate.RELEASED, False),
        ("ヴァントルとセーブルの統合協議は決裂した。", "統合", Predicate.ACQUIRED, True),
        ("ヴァントルはセーブルとの提携を解消した。", "提携", Predicate.PARTNERED_WITH, True),
        ("セーブルとヴァントルのパートナーシップも解消された。", "パートナーシップ", Predicate.PARTNERED_WITH, True),
    ],
)  # fmt: skip
def test_other_deeds_are_denied_right_beside_them(
    text: str, trigger: str, predicate: Predicate, denied: bool, languages: dict[str, Language]
) -> None:
    found = read(languages, text, trigger, predicate=predicate).polarity
    assert found is (Polarity.DENIED if denied else Polarity.AFFIRMED)


@pytest.mark.parametrize(
    ("text", "amount", "denied"),
    [
        ("Vantor did not earn $1 billion; it earned $640 million.", "$1 billion", True),
        ("Vantor did not earn $1 billion; it earned $640 million.", "$640 million", False),
        ("Vantor did not earn $1 billion but $640 million.", "$640 million", False),
        ("Vantor did not earn more, but spent $640 million.", "$640 million", True),
    ],
)
def test_a_figure_that_is_told_instead_of_another_is_not_denied(
    text: str, amount: str, denied: bool, languages: dict[str, Language]
) -> None:
    found = read(languages, text, "earn", denied=True, predicate=Predicate.EARNED, amount=amount)
    assert found.polarity is (Polarity.DENIED if denied else Polarity.AFFIRMED)


def test_a_denial_that_the_network_reads_stays_one(languages: dict[str, Language]) -> None:
    assert read(languages, "Vantor bought Sablefish.", "bought", denied=True).polarity is Polarity.DENIED
    text = "Vantor said that the firm that it bought was small and that it could not say how small."
    assert read(languages, text, "bought", denied=True).polarity is Polarity.AFFIRMED


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("ヴァントルはセーブルの買収額を明らかにしていない。", False),
        ("ヴァントルはセーブルを買収した理由は公表していない。", False),
        ("ヴァントルはセーブルを買収していない。", True),
        ("ヴァントルはセーブルの買収を公表していない。", True),
    ],
)
def test_what_is_not_told_about_a_deed_does_not_deny_it(
    text: str, denied: bool, languages: dict[str, Language]
) -> None:
    polarity = read(languages, text, "買収", denied=True).polarity
    assert polarity is (Polarity.DENIED if denied else Polarity.AFFIRMED)


def test_words_that_show_it_are_those_nearest(languages: dict[str, Language]) -> None:
    text = "It may rain, and Vantor may buy it, or may not."
    found = read(languages, text, "buy", Modality.SPECULATED)
    assert shown(text, found) == [("modality", "may")]
    assert found.cues[0][1][0] - _AT == text.index("may buy")


def test_both_are_shown(languages: dict[str, Language]) -> None:
    text = "Vantor reportedly denied it had bought Sablefish."
    found = read(languages, text, "bought", Modality.REPORTED, denied=True)
    assert shown(text, found) == [("modality", "reportedly"), ("polarity", "denied")]


def test_reading_without_words_for_it_is_kept_and_shows_none(languages: dict[str, Language]) -> None:
    found = read(languages, "Vantor bought Sablefish.", "bought", Modality.ALLEGED, denied=True)
    assert (found.modality, found.polarity, found.cues) == (Modality.ALLEGED, Polarity.DENIED, ())


def test_asserted_shows_nothing(languages: dict[str, Language]) -> None:
    assert read(languages, "Vantor bought Sablefish.", "bought").cues == ()
