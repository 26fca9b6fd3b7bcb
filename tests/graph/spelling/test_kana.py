"""Whether a text or a line is Japanese; the lines are of our own writing."""

import pytest

from graph.spelling.kana import has_kana, is_japanese


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("新モデルの学習費用は560万ドルだったという。", id="prose"),
        pytest.param("OpenAI、GPT-5 Turboを発表", id="a headline of Latin names"),
        pytest.param("Sakana AI（サカナ）は20億円を調達した。", id="a name and how it is read"),
        pytest.param("費用　1,200円（教材費のほかはかかりません）", id="kana in brackets behind kanji"),
        pytest.param("・電力：870MW（契約済みは3GW）", id="kana in brackets behind Latin letters"),
        pytest.param("（サカナ）", id="nothing but brackets"),
        pytest.param("ｿﾌﾄﾊﾞﾝｸ", id="in half width"),
    ],
)
def test_japanese(text: str) -> None:
    assert has_kana(text)
    assert is_japanese(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Sakana AI（サカナ） raised $135 million in November.", id="how a name is read"),
        pytest.param("Sakana AI (サカナAI) raised it.", id="in narrow brackets"),
        pytest.param("・OpenAI raised $5 billion, Bloomberg・Reuters reported.", id="dots between words"),
        pytest.param("The paper of さくら was read by " + "many of those who work on models, " * 9, id="one name"),
        pytest.param("深度求索公司发布了新的人工智能模型。", id="Chinese"),
        pytest.param("12 %", id="no letters"),
        pytest.param("", id="nothing"),
    ],
)
def test_not_japanese(text: str) -> None:
    assert not is_japanese(text)
