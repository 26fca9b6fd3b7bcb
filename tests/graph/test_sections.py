"""Sections of texts that tell several stories; the texts are of our own writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sections import find_sections

PROSE = (
    "The lab said on Monday that its model costs less than the others, and two analysts who saw the figures doubt it."
)
P = PROSE
PROSE_JA = "同社は月曜日、新しいモデルの費用は他社より低いと発表したが、数字を見た二人のアナリストはこれを疑っている。"


def join(*lines: str) -> str:
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        pytest.param(
            join(
                "# The week",
                PROSE,
                "## Chips",
                PROSE,
                "### Supply",
                PROSE,
                "## **Money** [here](https://a.example)",
                PROSE,
            ),
            ["Chips", "Money here"],
            id="markdown",
        ),
        pytest.param(join("Digest", "1. Chips", PROSE, "2. Money", PROSE), ["Chips", "Money"], id="numbers"),
        pytest.param(join("今週", "■ 半導体", PROSE_JA, "■ 資金", PROSE_JA), ["半導体", "資金"], id="bullets-ja"),
        pytest.param(
            join("今週", "【港研】新モデル", PROSE_JA, "【海研】提携", PROSE_JA),
            ["【港研】新モデル", "【海研】提携"],
            id="brackets-ja",
        ),
        pytest.param(
            join("Talk", "[00:00:10] Chips", PROSE, "[00:12:31] Money", PROSE), ["Chips", "Money"], id="times"
        ),
        pytest.param(
            join("News of the week", PROSE, "Chips are scarce", PROSE, "Money is not", PROSE, "What comes next", PROSE),
            ["Chips are scarce", "Money is not", "What comes next"],
            id="bare-lines",
        ),
        pytest.param(
            join(
                "今週のまとめ",
                PROSE_JA,
                "半導体は足りない",
                PROSE_JA,
                "資金は足りている",
                PROSE_JA,
                "次に来るもの",
                PROSE_JA,
            ),
            ["半導体は足りない", "資金は足りている", "次に来るもの"],
            id="bare-lines-ja",
        ),
    ],
)
def test_each_story_is_a_section(text: str, titles: list[str]) -> None:
    assert [section.title for section in find_sections(text)] == titles


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(join("Title", PROSE, PROSE, PROSE), id="one-story"),
        pytest.param(join("Title", PROSE, "Photo: The lab", PROSE), id="a-caption"),
        pytest.param(join("Title", PROSE, "1. one", "2. two", "3. three", PROSE), id="a-list"),
        pytest.param(
            join("Title", PROSE, "At 10:30 the lab said so.", PROSE, "At 11:30 it did not.", PROSE), id="hours"
        ),
        pytest.param(join("Title", PROSE, "```", "# install", "# run", "```", PROSE), id="code"),
        pytest.param(join("Title", *[f"Short line {n}" for n in range(50)]), id="menu"),
    ],
)
def test_one_story_has_none(text: str) -> None:
    assert find_sections(text) == ()


@pytest.mark.parametrize(
    "line", ["# a" + " " * 300_000 + "x", "# " + "#" * 300_000 + "x", "【" * 300_000, "[" * 300_000, "1:" * 150_000]
)
def test_a_hostile_line_takes_no_time(line: str) -> None:
    assert find_sections("\n".join(["Title", line, line])) == ()


@given(st.text(alphabet="#1.■【】[]:0 \nabcあ。", max_size=400))
def test_sections_follow_each_other_to_the_end(text: str) -> None:
    sections = find_sections(text)
    assert all(section.title for section in sections)
    bounds = [section.span for section in sections]
    assert bounds == sorted(bounds)
    assert [end for _, end in bounds] == [*(start for start, _ in bounds[1:]), len(text)][: len(bounds)]
