"""The prompts of data/prompts, and a text as it is put before a model: framed, its sentences numbered."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ConfigError
from ingest.llm.endpoint import Question, count_tokens
from ingest.nlp.document import Span

_FILE = re.compile(r"(?P<name>[a-z]+)-(?P<version>\d+)\.(?P<lang>[a-z]{2})\.md")
_SPACE = re.compile(r"\s+")
# Tokens that an answer has for each of its text, and for none: by the annotated documents, whose claims written so take
# 2.1 times the tokens of their texts in the mean; then room for a dense one.
_ANSWER, _FEWEST = 3, 1500
# Sentences before those that are read, for what "it" stands for.
_BEFORE = 12


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt of the newest version, by language."""

    version: str
    texts: Mapping[str, str]

    def choose(self, lang: str) -> str:
        """The one of a language; English where there is none."""
        return self.texts.get(lang, self.texts["en"])


def load_prompt(folder: Path, name: str) -> Prompt:
    """The newest version. Raises ConfigError when there is none in English."""
    found = [(match, path) for path in folder.glob("*.md") if (match := _FILE.fullmatch(path.name))]
    mine = [(match, path) for match, path in found if match["name"] == name]
    version = max((int(match["version"]) for match, _ in mine), default=0)
    texts = {m["lang"]: path.read_text("utf-8") for m, path in mine if int(m["version"]) == version}
    if "en" not in texts:
        raise ConfigError(f"{folder}: no prompt {name}; install claimgraph again", subject=str(folder))
    return Prompt(str(version), texts)


def make_question(system: str, text: str, spans: Sequence[Span], window: range) -> Question:
    """The sentences of a window with some before them. Their frame bears a mark that no text can know of itself."""
    first = max(0, window.start - _BEFORE)
    lines = [f"[{n}] {_SPACE.sub(' ', text[slice(*spans[n])])}" for n in range(first, window.stop)]
    body = "\n".join(lines)
    mark = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    task = f"Read sentences [{window.start}] to [{window.stop - 1}]"
    told = f"{task}; those before are there to be understood by.\n" if first < window.start else f"{task}.\n"
    user = f"{told}<text {mark}>\n{body}\n</text {mark}>"
    return Question(system, user, _FEWEST + _ANSWER * count_tokens(body))


def cut_windows(system: str, text: str, spans: Sequence[Span], context: int) -> list[range]:
    """Sentences in as few windows as the model's context allows; at least one sentence in each."""
    room = max(1, (context - count_tokens(system) - _FEWEST) // (1 + _ANSWER))
    windows: list[range] = []
    begin, size = 0, 0
    for n, span in enumerate(spans):
        tokens = count_tokens(text[slice(*span)]) + 3
        if n > begin and size + tokens > room:
            windows.append(range(begin, n))
            # What stands before a window takes of its room.
            begin, size = n, sum(count_tokens(text[slice(*s)]) + 3 for s in spans[max(0, n - _BEFORE) : n])
        size += tokens
    return [*windows, range(begin, len(spans))] if spans else []
