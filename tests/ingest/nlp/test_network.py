"""The network's files are checked before they are used, and a text is read the same wherever it is read."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from graph.errors import ConfigError
from graph.records import Predicate
from ingest.nlp.extract import Extractor
from ingest.nlp.load import load_extractor
from ingest.nlp.network import ARGUMENT, FILES, FORMAT, Candidate, Network, Reading, unpack
from ingest.nlp.windows import Passage, Window, make_windows
from tests.ingest.nlp import stories

_ROOT = Path(__file__).parents[3]
_TEXT = "Vantor said on Monday that it had bought Sablefish.\nIt paid $40 million, its rival Orrery says."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose files are as its card says, though none is what its name says."""
    for name in FILES:
        (tmp_path / name).write_bytes(name.encode() * 9)
    write_card(tmp_path)
    return tmp_path


def write_card(folder: Path, head: str = f'format = {FORMAT}\nversion = "7"\n') -> None:
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    lines = "".join(f'"{name}" = "{known}"\n' for name, known in hashes.items())
    (folder / "card.toml").write_text(f"{head}\n[sha256]\n{lines}", "utf-8")


@pytest.mark.parametrize("name", FILES)
def test_missing_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    with pytest.raises(ConfigError, match=rf"{name}: No such file.*install"):
        Network(folder)


@pytest.mark.parametrize("name", FILES)
def test_cut_file_is_named(name: str, folder: Path) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:-1])
    with pytest.raises(ConfigError, match=rf"{name}: cut, or of another version than card\.toml says"):
        Network(folder)


@pytest.mark.parametrize("name", FILES)
def test_file_of_another_reader_is_named(name: str, folder: Path) -> None:
    (folder / name).write_bytes(b"other".ljust(len(name) * 9))
    with pytest.raises(ConfigError, match=rf"{name}: cut, or of another version"):
        Network(folder)


@pytest.mark.parametrize("name", FILES)
def test_folder_in_place_of_a_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    (folder / name).mkdir()
    with pytest.raises(ConfigError, match=name):
        Network(folder)


@pytest.mark.parametrize("name", FILES)
def test_card_that_leaves_out_a_file_is_named(name: str, folder: Path) -> None:
    card = folder / "card.toml"
    kept = [line for line in card.read_text("utf-8").splitlines() if not line.startswith(f'"{name}"')]
    card.write_text("\n".join(kept), "utf-8")
    with pytest.raises(ConfigError, match=r"card\.toml: not the card of a reader"):
        Network(folder)


@pytest.mark.parametrize(
    "content", [b"", b"format = 1\n", b"= nothing", b"\xff\xfe", b"sha256 = 3\n"],
    ids=["empty", "no hashes", "no TOML", "no text", "hashes are none"],
)  # fmt: skip
def test_card_that_is_none_is_named(content: bytes, folder: Path) -> None:
    (folder / "card.toml").write_bytes(content)
    with pytest.raises(ConfigError, match=r"card\.toml: not the card of a reader.*install claimgraph again"):
        Network(folder)


def test_card_without_a_version_is_named(folder: Path) -> None:
    write_card(folder, f"format = {FORMAT}\n")
    with pytest.raises(ConfigError, match=r"card\.toml: not the card of a reader"):
        Network(folder)


def test_missing_card_is_named(folder: Path) -> None:
    (folder / "card.toml").unlink()
    with pytest.raises(ConfigError, match=r"card\.toml"):
        Network(folder)


def test_reader_of_a_format_with_fewer_files_says_which_is_read(folder: Path) -> None:
    (folder / "card.toml").write_text('format = 2\nversion = "10"\n\n[sha256]\n"words.npz" = "0"\n', "utf-8")
    with pytest.raises(ConfigError, match=rf"of format 2; this claimgraph reads format {FORMAT}"):
        Network(folder)


@pytest.mark.parametrize("head", ['format = 99\nversion = "7"\n', 'version = "7"\n'], ids=["later", "none"])
def test_reader_of_another_format_says_which_is_read(head: str, folder: Path) -> None:
    write_card(folder, head)
    with pytest.raises(ConfigError, match=rf"reads format {FORMAT}"):
        Network(folder)


def test_lists_are_closed(network: Network) -> None:
    for closed in (network.predicates, network.kinds, network.measures, network.modalities):
        assert closed
        assert len(set(closed)) == len(closed)


def test_four_bits_are_low_halves_then_high_ones() -> None:
    scales = np.array([[0.5]], dtype=np.float16)
    nibbles = np.arange(16, dtype=np.uint8)[None] | (np.uint8(8) << 4)
    values = unpack(scales, nibbles)
    assert values.shape == (1, 32)
    assert values[0, :16].tolist() == [(n - 8) / 2 for n in range(16)]
    assert values[0, 16:].tolist() == [0.0] * 16


def test_each_block_has_its_scale() -> None:
    scales = np.array([[1, 2]], dtype=np.float16)
    nibbles = np.full((1, 32), 0x99, dtype=np.uint8)
    assert unpack(scales, nibbles)[0].tolist() == [1.0] * 32 + [2.0] * 32


@pytest.fixture(scope="module")
def window(network: Network) -> Window:
    spans = [(0, _TEXT.index("\n")), (_TEXT.index("\n") + 1, len(_TEXT))]
    (window,) = make_windows(_TEXT, [Passage(span) for span in spans], network.pieces)
    return window


@pytest.fixture(scope="module")
def reading(network: Network, window: Window) -> Reading:
    return network.read(window)


def test_no_span_turns_back_or_leaves_its_sentence(reading: Reading, window: Window) -> None:
    places = np.argwhere(reading.spans.max(0) > -99)
    assert len(places)
    for begin, end in places:
        assert any(unit.begin <= begin <= end < unit.end for unit in window.units)


def test_each_unit_states_by_predicate(reading: Reading, window: Window, network: Network) -> None:
    for unit in window.units:
        logits, look = reading.state(unit)
        assert len(logits) == len(look) == len(network.predicates)
        assert look.shape[1] == unit.end + 1 - unit.begin
        assert look.sum(-1) == pytest.approx(np.ones(len(look)), abs=1e-4)


def test_a_unit_is_heard_once_for_each_predicate_asked(reading: Reading, window: Window, network: Network) -> None:
    acquired = network.predicates.index(Predicate.ACQUIRED)
    unit = window.units[0]
    logits, look = reading.state(unit)
    first, second = reading.hear(unit, np.array([acquired, int(np.argmin(logits))]), look)
    assert first.holds > second.holds
    (alone,) = reading.hear(unit, np.array([acquired]), look)
    assert alone.holds == pytest.approx(first.holds, abs=0.5)
    assert reading.hear(unit, np.array([], dtype=np.int64), look) == []


def test_candidates_outside_what_is_read_again_stay_as_they_were(reading: Reading, window: Window) -> None:
    before, unit = window.units
    _, look = reading.state(before)
    (heard,) = reading.hear(before, np.array([0]), look)
    behind = [Candidate(unit.begin, unit.begin + 1, ARGUMENT, 1)]
    assert (heard.describe(behind) == reading.describe(behind)).all()
    within = [Candidate(before.begin, before.begin + 1, ARGUMENT, 0)]
    assert (heard.describe(within) != reading.describe(within)).any()


def test_a_window_is_read_the_same_twice(reading: Reading, window: Window, network: Network) -> None:
    again = network.read(window)
    assert again.spans.tobytes() == reading.spans.tobytes()
    for unit in window.units:
        assert again.state(unit)[0].tobytes() == reading.state(unit)[0].tobytes()


@pytest.fixture(scope="module")
def extractor(data: Path) -> Extractor:
    return load_extractor(data)


@pytest.fixture(scope="module")
def found(extractor: Extractor) -> list[str]:
    return [stories.read(extractor, number) for number in range(len(stories.STORIES))]


def test_ten_texts_are_read_the_same_in_another_order(extractor: Extractor, found: list[str]) -> None:
    order = (3, 9, 0, 7, 5, 1, 8, 2, 6, 4)
    assert {number: stories.read(extractor, number) for number in order} == dict(enumerate(found))


@pytest.mark.parametrize("number", range(len(stories.STORIES)))
def test_a_text_is_read_the_same_twice_in_a_row(number: int, extractor: Extractor, found: list[str]) -> None:
    assert [stories.read(extractor, number), stories.read(extractor, number)] == [found[number]] * 2


@pytest.mark.slow
@pytest.mark.parametrize("number", [4, 9])
def test_a_text_is_read_alone_as_among_others(number: int, data: Path, found: list[str]) -> None:
    assert stories.read(load_extractor(data), number) == found[number]


@pytest.mark.slow
def test_ten_texts_are_read_the_same_in_another_process(found: list[str]) -> None:
    command = [sys.executable, "-m", "tests.ingest.nlp.stories"]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        command, cwd=_ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert run.stdout.splitlines() == found[::-1]


def test_what_runs_the_network_reports_to_nobody(tmp_path: Path) -> None:
    """Loaded as it comes, onnxruntime names the machine in a file of its own and sends that to its makers."""
    subprocess.run(
        [sys.executable, "-c", "import ingest.nlp.network"], cwd=_ROOT, env={"HOME": str(tmp_path)}, check=True
    )
    assert list(tmp_path.iterdir()) == []
