"""Ten short texts of both languages, and what the reader as shipped makes of them, one line a text.

`python -m tests.ingest.nlp.stories` reads them from the last to the first.
"""

from pathlib import Path

from ingest.nlp.extract import Extractor
from ingest.nlp.load import load_extractor
from tests.hand import make_article

STORIES = (
    ("en", "Vantor buys Sablefish\nVantor said on Monday that it had bought Sablefish for $40 million."),
    ("en", "OpenAI has accused DeepSeek of training its models on the output of GPT-4o. DeepSeek denied it."),
    ("en", "Nvidia's shares fell 17 % on Monday, wiping out $589 billion. They rose 9 % a day later."),
    ("en", "The model, which Alibaba calls Qwen2.5-Max, beats DeepSeek-V3 on MMLU-Pro with 76.1 points, it says."),
    ("en", "| Model | Score |\n| --- | --- |\n| Claude 3.5 Sonnet | 78.0 |\n| GPT-4o | 74.7 |"),
    ("en", "Analysts at Greyfield think that Orrery may cut 400 jobs. A spokesman declined to comment.\n" * 5),
    ("ja", "アリババが新モデルを公開\nアリババは29日、Qwen2.5-Maxを公開した。DeepSeek-V3を上回るという。"),
    ("ja", "関係者によると、オープンAIは約60億ドルの調達を検討している。同社はコメントを控えた。"),
    ("ja", "エヌビディアの株価は17%下落した。\nThe company said that demand was strong.\n時価総額は6000億ドル減った。"),
    ("ja", "同社の担当者は「データを盗んだ事実はない」と否定した。米商務省が調査している。\n" * 5),
)  # fmt: skip


def read(extractor: Extractor, number: int) -> str:
    """The extraction of a story, whole."""
    lang, text = STORIES[number]
    return repr(extractor.read(make_article(text, lang)))


if __name__ == "__main__":
    _extractor = load_extractor(Path(__file__).parents[3] / "data")
    for _number in reversed(range(len(STORIES))):
        print(read(_extractor, _number))
