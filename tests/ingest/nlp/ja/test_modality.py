"""How firmly a claim stands, and what states nothing at all."""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

MODALITY = [
    pytest.param("MetaはLlama 4を来月公開する。", ["released(Meta, Llama 4) predicted @2025-04"], id="next-month"),
    pytest.param(
        "EUはMetaに制裁金を科す可能性がある。", ["fined(European Union, Meta) speculated"], id="fine-possible"
    ),
    pytest.param("MetaはLlama 4を公開することができなかった。", ["released(Meta, Llama 4) denied"], id="could-not"),
    pytest.param("Grok 3はGPT-4oを上回る勢いだ。", ["outperforms(Grok-3, GPT-4o) speculated"], id="on-course"),
    pytest.param("Grok 3がGPT-4oを上回るのは確実だ。", ["outperforms(Grok-3, GPT-4o) predicted"], id="certain-to"),
    pytest.param("MetaはLlama 4を公開すると発表した。", ["released(Meta, Llama 4) by Meta predicted"], id="says-will"),
    pytest.param(
        "AppleはMistral AIを買収するよう求められた。", ["acquired(Apple, Mistral AI) predicted"], id="asked-to"
    ),
    pytest.param("AppleはMistral AIを買収したがっている。", ["acquired(Apple, Mistral AI) predicted"], id="wants-to"),
    pytest.param(
        "AppleがMistral AIを買収する前に、Googleが動いた。", ["acquired(Apple, Mistral AI) predicted"], id="before"
    ),
    pytest.param(
        "AppleはMistral AIを買収するために、資金を集めた。", ["acquired(Apple, Mistral AI) predicted"], id="in-order-to"
    ),
    pytest.param("AppleはMistral AIの買収を検討している。", ["acquired(Apple, Mistral AI) predicted"], id="considers"),
    pytest.param("AppleはMistral AIの買収を提案した。", ["acquired(Apple, Mistral AI) predicted"], id="proposes"),
    pytest.param("AppleはMistral AIの買収で合意した。", ["acquired(Apple, Mistral AI) predicted"], id="agrees"),
    pytest.param("AppleはMistral AIの買収を目指している。", ["acquired(Apple, Mistral AI) predicted"], id="aims"),
    pytest.param("AppleはMistral AIの買収を完了した。", ["acquired(Apple, Mistral AI)"], id="completes"),
    pytest.param(
        "Character.AIは利用者に被害を与えたとして、提訴された。",
        ["caused_harm(Character.AI) alleged"],
        id="grounds-suit",
    ),
    pytest.param(
        "イタリアは、DeepSeekがデータを中国に送信したとして、同社を調査している。",
        ["exfiltrated_data_from(DeepSeek) by Italy alleged", "investigates(Italy, DeepSeek)"],
        id="grounds-ban",
    ),
    pytest.param("MetaはLlama 4を近く公開する見通しだ。", ["released(Meta, Llama 4) predicted"], id="predicted-near"),
    pytest.param(
        "AppleがMistral AIを買収するとの観測が広がっている。",
        ["acquired(Apple, Mistral AI) speculated"],
        id="reported-talks",
    ),
    pytest.param("AppleがMistral AIを買収したとの噂がある。", ["acquired(Apple, Mistral AI) reported"], id="rumour"),
    pytest.param(
        "AppleがMistral AIを買収した可能性は低い。",
        ["acquired(Apple, Mistral AI) speculated denied"],
        id="possibility-low",
    ),
    pytest.param(
        "AppleはMistral AIを買収し、Claudeを採用する計画だ。",
        ["acquired(Apple, Mistral AI) predicted"],
        id="serial-weakens",
    ),
    pytest.param(
        "AppleはMistral AIを買収したが、Cohereを買収するかもしれない。",
        ["acquired(Apple, Mistral AI)", "acquired(Apple, Cohere) speculated"],
        id="break-keeps",
    ),
    pytest.param(
        "Zhipu AIがOpenAIの技術を盗んだとの疑惑が浮上している。",
        ["took_technology_from(Zhipu AI, OpenAI) alleged"],
        id="accused",
    ),
    pytest.param("Zhipu AIはOpenAIの技術を盗んだ。", ["took_technology_from(Zhipu AI, OpenAI)"], id="court-found"),
    pytest.param(
        "AppleはMistral AIを買収するとされる。", ["acquired(Apple, Mistral AI) predicted"], id="double-hearsay"
    ),
    pytest.param(
        "AppleはMistral AIを買収するのだろうか。", ["acquired(Apple, Mistral AI) questioned"], id="kamo-questioned"
    ),
    pytest.param("AppleはMistral AIを買収したとされる。", ["acquired(Apple, Mistral AI) reported"], id="hearsay"),
    pytest.param(
        "AppleはMistral AIを買収したと言われている。", ["acquired(Apple, Mistral AI) reported"], id="hearsay-said"
    ),
    pytest.param("AppleはMistral AIを買収したという。", ["acquired(Apple, Mistral AI) reported"], id="hearsay-toiu"),
    pytest.param(
        "AppleはMistral AIを買収したと報じられた。", ["acquired(Apple, Mistral AI) reported"], id="hearsay-reported"
    ),
    pytest.param(
        "AppleはMistral AIを買収したとのことだ。", ["acquired(Apple, Mistral AI) reported"], id="hearsay-koto"
    ),
    pytest.param("Grok 3はGPT-4oを上回るかもしれない。", ["outperforms(Grok-3, GPT-4o) speculated"], id="may"),
    pytest.param("Grok 3がGPT-4oを上回る可能性がある。", ["outperforms(Grok-3, GPT-4o) speculated"], id="possible"),
    pytest.param("Grok 3はおそらくGPT-4oを上回っている。", ["outperforms(Grok-3, GPT-4o) speculated"], id="probably"),
    pytest.param("Grok 3はGPT-4oを上回っているようだ。", ["outperforms(Grok-3, GPT-4o) speculated"], id="seems"),
    pytest.param(
        "アナリストは、Grok 3がGPT-4oを上回ると考えている。",
        ["outperforms(Grok-3, GPT-4o) by アナリスト speculated"],
        id="thought",
    ),
    pytest.param("Grok 3はGPT-4oを上回るとみられる。", ["outperforms(Grok-3, GPT-4o) speculated"], id="mirareru"),
    pytest.param(
        "Grok 3はGPT-4oを上回ったのではないか。", ["outperforms(Grok-3, GPT-4o) speculated"], id="not-unlikely"
    ),
    pytest.param(
        "サム・アルトマン氏は、GPT-4の訓練に1億ドルを費やしたことを示唆した。",
        ["costs(GPT-4) 1e+08 USD by Sam Altman speculated"],
        id="suggests",
    ),
    pytest.param("AppleはMistral AIを買収する計画だ。", ["acquired(Apple, Mistral AI) predicted"], id="plan"),
    pytest.param(
        "AnthropicはClaude 4を5月に公開する予定だ。",
        ["released(Anthropic, Claude 4) predicted @2025-05"],
        id="plan-yotei",
    ),
    pytest.param("Llama 4はGPT-4oを上回るだろう。", ["outperforms(Llama 4, GPT-4o) predicted"], id="will"),
    pytest.param("Llama 4はGPT-4oを上回る見込みだ。", ["outperforms(Llama 4, GPT-4o) predicted"], id="expected"),
    pytest.param("AppleはMistral AIを買収する方針を固めた。", ["acquired(Apple, Mistral AI) predicted"], id="policy"),
    pytest.param("AppleはMistral AIを買収しようとしている。", ["acquired(Apple, Mistral AI) predicted"], id="trying"),
    pytest.param(
        "Zhipu AIにはGPT-4を蒸留した疑いがある。", ["distilled_from(Zhipu AI, GPT-4) alleged"], id="alleged-suspicion"
    ),
    pytest.param(
        "Zhipu AIはOpenAIの技術を盗用したとされる。",
        ["took_technology_from(Zhipu AI, OpenAI) alleged"],
        id="alleged-hearsay",
    ),
    pytest.param(
        "Zhipu AIはOpenAIの技術を盗用したのか。", ["took_technology_from(Zhipu AI, OpenAI) questioned"], id="question"
    ),
    pytest.param(
        "焦点は、Zhipu AIがOpenAIの技術を盗用したかどうかだ。",
        ["took_technology_from(Zhipu AI, OpenAI) questioned"],
        id="question-whether",
    ),
    pytest.param("AppleはMistral AIを買収していない。", ["acquired(Apple, Mistral AI) denied"], id="denied"),
    pytest.param("Grok 1はオープンソースではない。", ["open_sourced(Grok-1) denied"], id="denied-de-wa-nai"),
    pytest.param("GPT-4oの訓練には500万ドルしかかからなかった。", ["costs(GPT-4o) 5e+06 USD"], id="only"),
    pytest.param("AppleがMistral AIを買収したことが明らかになった。", ["acquired(Apple, Mistral AI)"], id="past-fact"),
]

NOTHING = [
    pytest.param("MetaがLlama 4を公開したという証拠はない。", [], id="no-evidence"),
    pytest.param("Grok 3がGPT-4oを上回るにはまだ時間がかかる。", [], id="takes-time"),
    pytest.param("MetaはLlama 4を公開するに至っていない。", [], id="not-come-to"),
    pytest.param("Grok 3がGPT-4oを上回るか注目される。", [], id="watch-whether"),
    pytest.param("AppleがMistral AIを買収したとは考えにくい。", [], id="hardly-thinkable"),
    pytest.param("AppleがMistral AIを買収したというのは誤りだ。", [], id="is-wrong"),
    pytest.param("AppleがMistral AIを買収したというのは事実ではない。", [], id="is-not-true"),
    pytest.param("AppleがMistral AIを買収したとの報道は誤報だった。", [], id="misreport"),
    pytest.param("AppleはMistral AIの買収を断念した。", [], id="gave-up"),
    pytest.param("AppleはMistral AIの買収に失敗した。", [], id="failed"),
    pytest.param("AppleはMistral AIを買収するどころか、出資もしていない。", [], id="let-alone"),
    pytest.param("AppleはMistral AIを買収する必要がある。", [], id="need"),
    pytest.param("Grok 3を公開してください。", [], id="imperative"),
    pytest.param("AppleがMistral AIを買収しても、状況は変わらない。", [], id="even-if"),
    pytest.param("AppleがMistral AIを買収しない限り、状況は変わらない。", [], id="unless"),
    pytest.param("AppleはMistral AIを買収したと述べていない。", [], id="unsaid"),
    pytest.param("仮にAppleがMistral AIを買収したとすれば、大きな話題になる。", [], id="suppose"),
    pytest.param("【PR】OpenAIがGPT-5を公開しました。今だけ無料で登録できます。", [], id="ad-line"),
    pytest.param("OpenAIがGPT-5を公開しました！高評価とチャンネル登録をお願いします。", [], id="like-button"),
    pytest.param("もしAppleがMistral AIを買収すれば、欧州の勢力図は変わる。", [], id="condition"),
    pytest.param("AppleがMistral AIを買収したら、どうなるだろうか。", [], id="condition-if"),
    pytest.param("AppleはMistral AIを買収すべきだ。", [], id="should"),
    pytest.param("Grok 3がGPT-4oを上回るとは限らない。", [], id="not-always"),
    pytest.param("Grok 3がGPT-4oを上回るわけではない。", [], id="not-quite"),
    pytest.param("AppleにはMistral AIを買収してほしい。", [], id="wish"),
    pytest.param("では、AnthropicがOpenAIを上回った理由を見ていきましょう。", [], id="lets"),
    pytest.param("蒸留とは、あるモデルの出力を別のモデルの学習に使う手法を指す。", [], id="definition"),
    pytest.param("Zhipu AIによる技術盗用の疑惑が波紋を広げている。", [], id="nominal"),
    pytest.param("ご視聴ありがとうございました。", [], id="greeting"),
    pytest.param("AnthropicとOpenAIの続報を見逃さないよう、チャンネル登録をお願いします。", [], id="subscribe"),
    pytest.param("Zhipu AIはOpenAIの技術を盗んだと思いますか？コメント欄で教えてください。", [], id="ask-audience"),
    pytest.param("更新日時：2025年3月14日 06:42 OpenAIがGPT-4oを更新した", [], id="furniture"),
    pytest.param("この動画はNordVPNの提供でお送りします。NordVPNは1億人の利用者を抱えています。", [], id="sponsor"),
    pytest.param("AppleがMistral AIを買収したとは確認されていない。", [], id="not-confirmed"),
    pytest.param("東京は昨日、雨が降った。", [], id="weather"),
    pytest.param("AIモデルはさまざまな仕事をこなせる。", [], id="generic"),
    pytest.param("Metaは研究者を引き抜いた。", [], id="engine-pull"),
]


@pytest.mark.parametrize(("text", "expected"), MODALITY)
def test_claim_is_as_firm_as_its_sentence(read: Read, text: str, expected: list[str]) -> None:
    assert read(text) == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), NOTHING)
def test_sentence_states_nothing(read: Read, text: str, expected: list[str]) -> None:
    assert read(text) == sorted(expected)
