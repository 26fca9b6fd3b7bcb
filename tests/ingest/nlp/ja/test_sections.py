"""What is said of a work or a deal without naming it: over a section, by a pointer, by a label."""

from collections.abc import Callable

import pytest

Read = Callable[[str], list[str]]

_NEWS = "## 【Mistral】Codestral 3を公開\nMistral AIは、コード生成モデル「Codestral 3」を公開しました。"
_DEAL = "## 提携\n両社の動きを追う。\nMicrosoftがAnthropicと契約を締結した。"

UNSAID = [
    pytest.param(
        "これにより、開発者は長いコードを一度に書き換えることが可能になります。", "can(Codestral 3)", id="users"
    ),
    pytest.param("この機能により、手作業なしでテストを実行できるようになります。", "can(Codestral 3)", id="means"),
    pytest.param("単なる補完ではなく、設計全体を提案できるのが特徴です。", "can(Codestral 3)", id="no-topic"),
    pytest.param("このモデルは、質問を分析して図を自動生成します。", "can(Codestral 3)", id="what-it-does"),
    pytest.param("この更新により、音声体験の提供が期待されます。", "can(Codestral 3) predicted", id="hoped-for"),
    pytest.param(
        "これにより要約が可能になり、利便性の向上が期待されます。", "can(Codestral 3)", id="hope-of-a-later-clause"
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), UNSAID)
def test_work_of_a_section_can_do_what_is_told_without_it(read: Read, sentence: str, expected: str) -> None:
    assert expected in read(f"{_NEWS}{sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("競合各社は同じことができるようになります。", id="another-topic"),
        pytest.param("これに対応するために、強力なサーバーが必要です。", id="purpose"),
        pytest.param("これらのツールは、要約を自動化できます。", id="several"),
        pytest.param("条件がそろえば、書き換えが可能になれば便利です。", id="condition"),
    ],
)
def test_sentence_about_something_else_is_not_told_of_the_work(read: Read, sentence: str) -> None:
    assert not any(claim.startswith("can(Codestral 3)") for claim in read(f"{_NEWS}{sentence}"))


def test_work_ends_with_its_section(read: Read) -> None:
    text = f"{_NEWS}\n## 市場の反応\nこれにより、要約が可能になります。"
    assert not any(claim.startswith("can(") for claim in read(text))


def test_lines_of_a_table_of_contents_share_no_topic(read: Read) -> None:
    assert read("1. OpenAIの新方針について\n2. Claude Codeを公開") == read("1. 新方針について\n2. Claude Codeを公開")


RESTATED = [
    pytest.param("本契約は、1月に発表された複数年契約である。", "partnered_with(Microsoft, Anthropic)", id="noun"),
    pytest.param("- **契約規模:** 200 億ドル超", "partnered_with(Microsoft, Anthropic) >2e+10 USD", id="label"),
]


@pytest.mark.parametrize(("line", "expected"), RESTATED)
def test_deal_is_told_again(read: Read, line: str, expected: str) -> None:
    found = read(f"{_DEAL}\n{line}")
    assert any(claim.startswith(expected) for claim in found[1:] or found), found
    assert len(found) == 2


def test_other_kind_of_deal_is_not_told_again(read: Read) -> None:
    assert len(read(f"{_DEAL}\n本買収は1月に発表された。")) == 1


def test_section_with_one_topic_keeps_it_over_its_paragraphs(read: Read) -> None:
    text = "## 会社の概要\nMistral AIは、フランスの企業である。\n2025年時点で、企業価値は60億ユーロと評価されている。"
    assert "valued_at(Mistral AI) 6e+09 EUR" in [claim.split(" @")[0] for claim in read(text)]
