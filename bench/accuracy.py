"""Claims and entities beside gold: `python bench/accuracy.py SHARED` with the folder of shared data.

Runs `claimgraph extract` over the seed and the development texts, each with its date, and the scorers over the result.
What they call full asks nothing of the measure; `claimgraph evaluate` does and says right (docs/accuracy.md).
`--show misses|false|wrong` lists those.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

SEED_DAY = "2025-01-31"
# The day each development text was published, as its source gives it.
DAYS = {
    "en_wsj_antitrust": "2025-02-10",
    "en_openai_breach": "2025-02-10",
    "en_positron": "2025-02-12",
    "en_musk_bid": "2025-02-11",
    "en_gpt45": "2025-02-12",
    "en_china_stocks": "2025-02-12",
    "en_caoz_distill": "2025-02-08",
    "en_nate_jan27": "2025-01-27",
    "en_thursdai_r1": "2025-01-23",
    "en_qwen_max": "2024-05-11",
    "en_qwen_turbo": "2024-11-15",
    "en_chronicle": "2025-01-31",
    "en_ainews_r1": "2025-01-20",
    "en_none_beyond": "2025-02-11",
    "ja_akr_bans": "2025-02-07",
    "ja_akr_alibaba": "2025-02-07",
    "ja_cerebras": "2026-04-17",
    "ja_kaede": "2026-01-25",
    "ja_iquest": "2026-01-03",
    "ja_none_python": "2026-01-01",
}


def main(shared: Path, show: list[str]) -> None:
    gold = shared / "eval"
    with tempfile.TemporaryDirectory() as folder:
        report(gold, "seed", {SEED_DAY: sorted((gold / "seed_texts").iterdir())}, Path(folder), show)
        days: dict[str, list[Path]] = {}
        for path in sorted((gold / "devset_texts").iterdir()):
            days.setdefault(DAYS[path.stem], []).append(path)
        report(gold, "devset", days, Path(folder), show)


def report(gold: Path, name: str, texts: dict[str, list[Path]], folder: Path, show: list[str]) -> None:
    """Extracts the texts and prints what the scorers say: all together, then each language."""
    claims, entities = "", ""
    for day, paths in texts.items():
        found = extract(day, paths, folder)
        claims, entities = claims + found[0], entities + found[1]
    for lang in ("", "en_", "ja_") if name == "devset" else ("",):
        print(f"\n== {name} {lang.rstrip('_') or 'all'}")
        score(gold, name, lang, claims, entities, folder, show if not lang else [])


def extract(day: str, paths: list[Path], folder: Path) -> tuple[str, str]:
    """Claim lines and entity lines of texts of one day."""
    claims, entities = folder / "claims.jsonl", folder / "entities.jsonl"
    command = [sys.executable, "-m", "claimgraph", "extract", *map(str, paths), "--date", day]
    subprocess.run([*command, "--claims", str(claims), "--entities", str(entities)], check=True, capture_output=True)
    return claims.read_text("utf-8"), entities.read_text("utf-8")


def score(gold: Path, name: str, lang: str, claims: str, entities: str, folder: Path, show: list[str]) -> None:
    """Prints the scorers' words over the texts of a language."""
    files = {
        "gold.jsonl": (gold / f"{name}_claims.jsonl").read_text("utf-8"),
        "predicted.jsonl": claims,
        "predicted_entities.jsonl": entities,
    }
    for file, lines in files.items():
        (folder / file).write_text(
            "".join(line for line in lines.splitlines(True) if f'"doc": "{lang}' in line), "utf-8"
        )
    names = [*gold.glob("*_entities.jsonl"), *gold.glob("*_aliases.jsonl")]
    options = ["--entities", *map(str, names)]
    options += [] if lang else ["--texts", str(gold / f"{name}_texts")]
    options += [word for kind in show for word in ("--show", kind)]
    run(gold / "score_claims.py", folder / "gold.jsonl", folder / "predicted.jsonl", *options)
    if not lang:
        run(gold / "score_entities.py", gold / f"{name}_entities.jsonl", folder / "predicted_entities.jsonl")


def run(script: Path, *arguments: Path | str) -> None:
    print(
        subprocess.run(
            [sys.executable, str(script), *map(str, arguments)], check=True, capture_output=True, text=True
        ).stdout
    )


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0] if words else "../shared"), [word for word in words[1:] if word in {"misses", "false", "wrong"}])
