"""The many ways in which a predicate is worded: idioms, families of verbs, parties without a name."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

CASES = [
    pytest.param("MicrosoftがMaia 200発表", "announced(Microsoft, Microsoft Maia)", id="name-runs-into-noun"),
    pytest.param("Google、Gemini 3 Pro発売", "released(Google, Gemini 3 Pro)", id="name-runs-into-sale"),
    pytest.param("NaverはChatGPTの利用を控えるよう従業員に要請した。", "restricts(Naver, ChatGPT)", id="advice"),
    pytest.param("OracleはDeepSeekを使わないよう社員に通達した。", "banned(Oracle, DeepSeek)", id="order"),
    pytest.param("サカナAIはKDDIの傘下に入った。", "acquired(KDDI, Sakana AI)", id="joins-group"),
    pytest.param("Teslaはチップの生産をSamsungに託した。", "supplies(Samsung, Tesla)", id="entrusted"),
    pytest.param("読売新聞はPerplexityに約21億円の賠償を求めた。", "sued(Yomiuri Shimbun, Perplexity)", id="damages"),
    pytest.param("GoogleはGeminiの料金を月20ドルに据え置いた。", "costs(Gemini)", id="price-set-by-maker"),
    pytest.param("Qwen3はMoEアーキテクチャを採用した。", "trained_with(Qwen3, mixture of experts)", id="method"),
    pytest.param(
        "米国の一部議員は、DeepSeekが漏らす可能性があるという懸念を表明した。", "fears(米国の一部議員, DeepSeek)",
        id="fear-of-what-may-come",
    ),
    pytest.param("GoogleはAnthropicに20億ドルを用立てた。",
                 "invested_in(Google, Anthropic)", id="lent"),
]  # fmt: skip
FIRM = [
    pytest.param("公取委はGoogleの調査に着手する。", "investigates", "predicted", id="step-to-come"),
    pytest.param("公取委はGoogleの調査に着手した。", "investigates", None, id="step-taken"),
    pytest.param("Metaは米国の規制案への懸念を表明した。", "fears", None, id="voiced-is-no-plan"),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_wording_is_known(read: Read, text: str, wanted: str) -> None:
    assert any(claim.startswith(wanted) for claim in read(text)), read(text)


@pytest.mark.parametrize(("text", "predicate", "modality"), FIRM)
def test_firmness_of_a_step(read: Read, text: str, predicate: str, modality: str | None) -> None:
    for claim in read(text):
        if claim.startswith(predicate):
            assert (modality or "asserted") in claim or (modality is None and "predicted" not in claim)


def test_senator_is_not_the_senate(read: Read) -> None:
    claims = read("共和党のジョシュ・ホーリー上院議員はDeepSeekに疑問を呈した。")
    assert any(claim.startswith("doubts(Josh Hawley, DeepSeek") for claim in claims)
