"""What a careful reader replies to our own question about fourteen texts of data/gold: the prompt kept to the letter.

Written by hand for tests and bench/replies.py, before the gold of the texts was looked at; no product's answers. Each
is for one framed text to the letter (`text` is its mark): whoever cuts sentences otherwise has them written anew.
"""

import json
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ingest.llm.replies import Told, parse_reply

ROOT = Path(__file__).parents[3]
LANGUAGES = ("en", "ja")


@cache
def load_replies() -> Mapping[str, Mapping[str, Any]]:
    """The replies by the name of their text."""
    paths = sorted(Path(__file__).with_name("replies").glob("*.json"))
    return {path.stem: json.loads(path.read_text("utf-8")) for path in paths}


def find_reply(question: str) -> Mapping[str, Any]:
    """The reply to a question. Raises LookupError where none was written for its text."""
    for reply in load_replies().values():
        if f"<text {reply['text']}>" in question:
            return reply
    raise LookupError(f"no reply was written for this text, or its sentences are cut otherwise: {question[:200]}")


def list_told(lang: str) -> list[Told]:
    """The replies of a language as they are read."""
    return [parse_reply(json.dumps(reply)) for name, reply in load_replies().items() if name.startswith(lang)]


def find_gold(lang: str) -> Path:
    """The folder with the texts and their gold."""
    return ROOT / "data" / "gold" / lang / "build"


def copy_texts(lang: str, folder: Path) -> list[Path]:
    """The texts that replies were written for, put into a folder with their days."""
    shutil.copy(find_gold(lang) / "MANIFEST.tsv", folder)
    names = [name for name in load_replies() if name.startswith(lang)]
    return [Path(shutil.copy(find_gold(lang) / f"{name}.txt", folder)) for name in names]
