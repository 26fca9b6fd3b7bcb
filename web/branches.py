"""The tree of who has it from whom, cut to what a page can show."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.matters.origins import Voice

_MOST_SHOWN = 80
# Below this nobody follows the lines any more.
_DEEPEST = 6


@dataclass(slots=True)
class Branch:
    """A voice with those of its echoes that are shown; `more` counts those right under it that are not."""

    voice: Voice
    branches: list["Branch"] = field(default_factory=list)
    more: int = 0


def cut_tree(voices: Sequence[Voice], most: int = _MOST_SHOWN) -> Branch:
    """The voices under a trunk that stands for nobody, level by level, until so many are shown."""
    trunk = Branch(Voice("", None, None, "", (), tuple(voices)))
    waiting = deque([(trunk, 0)])
    left = most
    while waiting:
        branch, depth = waiting.popleft()
        shown = branch.voice.echoes[: left if depth < _DEEPEST else 0]
        left -= len(shown)
        branch.branches = [Branch(voice) for voice in shown]
        branch.more = len(branch.voice.echoes) - len(shown)
        waiting.extend((one, depth + 1) for one in branch.branches)
    return trunk
