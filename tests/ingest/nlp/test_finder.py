"""What the finder makes of a text has its form, whatever the weights: here they are noise, so that much is found."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import EntityType
from ingest.nlp.document import Span
from ingest.nlp.finder import LearnedFinder, Sight, widen
from ingest.nlp.languages import Language
from ingest.nlp.network import HEADS, Heads, Network, Reading
from ingest.nlp.windows import Passage, Window

_LINES = (
    "Vantor said on Monday that it had paid $40 million for Sablefish, and $3 million for its rival Orrery.",
    "It denied that.",
    "ヴァントルは27日、セーブルフィッシュを40億円で買収したと発表した。",
    "| Quillon-2 | 76.1 | 12 % |",
    "Oh.",
    "Analysts think so, " * 40,
)
_WIDE = 384


class _Noise(Network):
    """A network of noise: it holds much for likely, and always the same in the same window."""

    def __init__(self, network: Network, heads: Path, seed: int) -> None:
        self.version = f"noise {seed}"
        self.pieces, self.proof = network.pieces, network.proof
        self.predicates, self.kinds = network.predicates, network.kinds
        self.measures, self.modalities = network.measures, network.modalities
        chance = np.random.default_rng(seed)
        with np.load(heads) as stored:
            shapes = {name: stored[name].shape for name in stored.files}
        self._heads = Heads({name: chance.normal(0, 0.3, shape).astype(np.float32) for name, shape in shapes.items()})
        self._heads["holds.bias"] += 3
        # One predicate in twenty is looked at further, so that a text is read in a moment.
        self._heads["pp.3.bias"][np.arange(len(self.predicates)) % 20 > 0] = -1000
        self._seed = seed

    def read(self, window: Window) -> Reading:
        chance = np.random.default_rng([self._seed, *window.ids])
        x = chance.normal(0, 0.5, (len(window.ids), _WIDE)).astype(np.float32)
        return Reading(self._heads, window, x, x, np.tanh)


@pytest.fixture(scope="session")
def noise(network: Network, reader_folder: Path) -> Callable[[int], LearnedFinder]:
    return lambda seed: LearnedFinder(_Noise(network, reader_folder / HEADS, seed))


def make_passages(text: str, languages: dict[str, Language]) -> list[Passage]:
    """A passage a line, with its amounts; its first word counts as a day."""
    passages, at = [], 0
    for line in text.split("\n"):
        found = languages["ja" if "。" in line else "en"].find_amounts(line)
        amounts = tuple((amount.span[0] + at, amount.span[1] + at) for amount in found)
        if line.strip():
            passages.append(Passage((at, at + len(line)), amounts, ((at, at + len(line.split()[0])),)))
        at += len(line) + 1
    return passages


@pytest.fixture(scope="session", params=[0, 1])
def sight(
    request: pytest.FixtureRequest, noise: Callable[[int], LearnedFinder], languages: dict[str, Language]
) -> tuple[str, list[Passage], Sight]:
    text = "\n".join(_LINES)
    passages = make_passages(text, languages)
    return text, passages, noise(request.param).find(text, passages)


def test_a_day_ends_where_it_was_said_to(noise: Callable[[int], LearnedFinder]) -> None:
    """A piece may hold the comma behind a year; the year is given without it, and so found again."""
    text = "Vantor, which was founded in 2015, sold it."
    day = (26, 33)
    assert text[slice(*day)] == "in 2015"
    claims = [
        claim for seed in range(6) for claim in noise(seed).find(text, [Passage((0, len(text)), (), (day,))]).claims
    ]
    assert {claim.day for claim in claims} - {None} == {day}


def test_noise_finds_much(sight: tuple[str, list[Passage], Sight]) -> None:
    _, passages, found = sight
    assert len(found.claims) > 3 * len(passages)
    assert found.names
    assert found.stands


def test_claims_come_in_the_order_of_the_text(sight: tuple[str, list[Passage], Sight]) -> None:
    numbers = [claim.passage for claim in sight[2].claims]
    assert numbers == sorted(numbers)


def test_trigger_stands_in_its_sentence(sight: tuple[str, list[Passage], Sight]) -> None:
    _, passages, found = sight
    for claim in found.claims:
        start, end = passages[claim.passage].span
        assert start <= claim.trigger[0] <= claim.trigger[1] <= end


def test_parties_stand_in_the_sentence_or_before(sight: tuple[str, list[Passage], Sight]) -> None:
    _, passages, found = sight
    for claim in found.claims:
        for span in filter(None, (claim.subject, claim.object, claim.benchmark, *claim.speakers)):
            assert 0 <= span[0] <= span[1] <= passages[claim.passage].span[1]


def test_amount_and_day_are_those_of_the_sentence(sight: tuple[str, list[Passage], Sight]) -> None:
    _, passages, found = sight
    for claim in found.claims:
        passage = passages[claim.passage]
        held = [span for span in (claim.amount, claim.day) if span]
        assert all(passage.span[0] <= start <= end <= passage.span[1] for start, end in held)
    assert {claim.amount for claim in found.claims} - {None} <= {span for one in passages for span in one.amounts}


def test_nobody_speaks_twice(sight: tuple[str, list[Passage], Sight]) -> None:
    assert all(len(set(claim.speakers)) == len(claim.speakers) <= 2 for claim in sight[2].claims)


def test_measure_goes_with_an_amount(sight: tuple[str, list[Passage], Sight]) -> None:
    assert all(bool(claim.measure) == bool(claim.amount) for claim in sight[2].claims)


def test_signs_are_plain_numbers(sight: tuple[str, list[Passage], Sight]) -> None:
    for claim in sight[2].claims:
        assert claim.signs
        assert all(type(value) is float and np.isfinite(value) for value in claim.signs.values())


def test_names_are_in_order_and_of_a_kind(sight: tuple[str, list[Passage], Sight]) -> None:
    text, _, found = sight
    spans = [words.span for words in found.names]
    assert spans == sorted(set(spans))
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(words.kind in set(EntityType) for words in found.names)


def test_words_stand_for_what_stands_before_them(sight: tuple[str, list[Passage], Sight]) -> None:
    for words, before in sight[2].stands.items():
        assert all(one.span[0] <= words[0] and one.span[1] <= words[1] for one in before)


def test_words_stand_likeliest_first(sight: tuple[str, list[Passage], Sight]) -> None:
    for before in sight[2].stands.values():
        leads = [one.lead for one in before]
        assert leads == sorted(leads, reverse=True)
    assert any(len(before) > 1 for before in sight[2].stands.values())


def test_the_same_is_found_again(noise: Callable[[int], LearnedFinder], languages: dict[str, Language]) -> None:
    text, finder = "\n".join(_LINES[:3]), noise(1)
    passages = make_passages(text, languages)
    first = finder.find(text, passages)
    finder.find(_LINES[1], make_passages(_LINES[1], languages))
    assert finder.find(text, passages) == first == noise(1).find(text, passages)


def test_finder_is_named_after_its_network(noise: Callable[[int], LearnedFinder], network: Network) -> None:
    assert noise(4).name == "learned noise 4"
    assert LearnedFinder(network).name == f"learned {network.version}"


@pytest.mark.parametrize("text", ["", "\n\n", "\u200b"], ids=["empty", "blank lines", "zero width"])
def test_nothing_is_found_in_nothing(text: str, network: Network, languages: dict[str, Language]) -> None:
    found = LearnedFinder(network).find(text, make_passages(text, languages))
    assert (found.names, found.stands, found.claims) == ((), {}, ())


@settings(max_examples=10)
@given(st.lists(st.sampled_from(_LINES) | st.text(max_size=60), max_size=3).map("\n".join), st.integers(0, 2))
def test_spans_stay_in_any_text(
    noise: Callable[[int], LearnedFinder], languages: dict[str, Language], text: str, seed: int
) -> None:
    passages = make_passages(text, languages)
    found = noise(seed).find(text, passages)
    spans: list[Span] = [words.span for words in found.names] + [*found.stands]
    spans += [one.span for before in found.stands.values() for one in before]
    for claim in found.claims:
        assert 0 <= claim.passage < len(passages)
        named = (claim.subject, claim.object, claim.amount, claim.benchmark, claim.day, claim.trigger, *claim.speakers)
        spans += filter(None, named)
    assert all(0 <= start <= end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    ("text", "piece", "word"),
    [
        ("DeepSeek denied that", "ni", "denied"),
        ("it hasn't said", "has", "hasn't"),
        ("a re-released model", "release", "re-released"),
        ("XがQwenを公開した", "公開", "公開"),
        ("XがQwenを公開した", "wen", "Qwen"),
        ("up 12 % in May", "12", "12"),
        ("denied", "d", "denied"),
    ],
)
def test_a_piece_is_widened_to_its_word(text: str, piece: str, word: str) -> None:
    start = text.rindex(piece)
    begin, end = widen(text, (start, start + len(piece)))
    assert text[begin:end] == word
