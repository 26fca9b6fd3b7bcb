"""What becomes of replies that keep to the prompt: how many of their claims stand, how many are right.

    python bench/replies.py

The replies (tests/ingest/llm/replies) were written by hand for fourteen texts of data/gold; a server on loopback gives
them, and `claimgraph evaluate` reads with it, with the network, and with both. Prints figures only.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.records import ModelUse
from ingest.llm.ledger import Ledger
from tests.ingest.llm.recorded import LANGUAGES, ROOT, copy_texts, find_gold, find_reply, list_told
from tests.server.model_server import reply_to, serving

# The network has learned from these very texts: its figures here say nothing of others.
READERS = ("llm", "learned", "both")


def main() -> None:
    with serving(reply_to(find_reply)) as server:
        for lang in LANGUAGES:
            with tempfile.TemporaryDirectory(prefix="claimgraph-replies-") as name:
                print_language(lang, Path(name), server.url)


def print_language(lang: str, folder: Path, endpoint: str) -> None:
    copy_texts(lang, folder)
    figures = {reader: evaluate(lang, folder, endpoint, reader) for reader in READERS}
    told = [claim for reply in list_told(lang) for claim in reply.claims]
    with Ledger(folder / "graph.llm.db") as ledger:
        use: ModelUse = ledger.sum_up(datetime.now(UTC), 0)
    refused = dict(use.refused)
    full = sum(not one.weak for one in told)
    print(f"{lang}: {figures['llm']['texts']} texts, {len(told)} claims told, {full} of them full statements")
    print(f"  refused {sum(refused.values())}:", ", ".join(f"{why} {n}" for why, n in refused.items()) or "none")
    for reader, one in figures.items():
        rates = (f"{name} {_tell(one[name])}" for name in ("found", "right"))
        print(f"  {reader}:", *rates, f"dangerous {sum(one['dangers'].values())}", sep="\n    ")


def _tell(rate: dict[str, float]) -> str:
    return f"{rate['precision']:.3f} of what is shown, {rate['recall']:.3f} of the gold, F1 {rate['f1']:.3f}"


def evaluate(lang: str, folder: Path, endpoint: str, reader: str) -> dict[str, Any]:
    told = {"STORE": str(folder / "graph.db"), "LLM_ENDPOINT": endpoint, "LLM_MODEL": "hand"}
    told["LLM_TOKENS_A_DAY"] = "1000000"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMGRAPH_")}
    words = ["evaluate", str(find_gold(lang) / "claims.jsonl"), str(folder), "--reader", reader, "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "claimgraph", *words],
        cwd=ROOT,
        env={**clean, **{f"CLAIMGRAPH_{name}": value for name, value in told.items()}},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


if __name__ == "__main__":
    main()
