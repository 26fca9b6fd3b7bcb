"""Sentences of our own and the claims they hold, one field of the claim model after the other."""

from collections.abc import Callable

import pytest

# (sentence, its claims) in the notation of conftest.format_claim
CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "OpenAI, SoftBank, Oracle and MGX announced a new venture.",
        (
            "announced: OpenAI > new venture",
            "announced: SoftBank > new venture",
            "announced: Oracle > new venture",
            "announced: MGX > new venture",
        ),
    ),
    (
        "In the RULER benchmark test, Qwen2.5-Turbo scores 93.1, surpassing GPT-4.",
        (
            "scores: Qwen2.5-Turbo > RULER [93.1 points] @RULER",
            "outperforms: Qwen2.5-Turbo > GPT-4 @RULER",
        ),
    ),
    ("The Nasdaq Composite fell 3.1% on Monday.", ("stock_moved: Nasdaq Composite [-3.1 %] on 2025-02-10",)),
    ("Hong Kong's Hang Seng Index closed 2.6% higher.", ("stock_moved: Hang Seng Index [2.6 %]",)),
    ("Shares in Nvidia, which makes AI chips, were down 12%.", ("stock_moved: Nvidia [-12 %]",)),
    ("Nvidia stock is down 3% in after-hours trading.", ("stock_moved: Nvidia [-3 %]",)),
    ("Meta to spend $65 billion on AI in 2025", ("costs: Meta [6.5e+10 USD] predicted on 2025",)),
    ("Google unveils Gemini 2.0 Pro", ("released: Google > Gemini 2.0 Pro",)),
    (
        "Amazon is planning to invest another $4 billion in Anthropic, according to The Information.",
        ("invested_in: Amazon > Anthropic [4e+09 USD] by The Information predicted",),
    ),
    (
        "A group of authors has sued Anthropic, alleging that it used pirated books.",
        (
            "sued: group of authors > Anthropic",
            "infringed: Anthropic by group of authors alleged",
        ),
    ),
    ("Getty Images is suing Stability AI in London.", ("sued: Getty Images > Stability AI",)),
    (
        "South Korea's data protection regulator said it had suspended downloads of DeepSeek.",
        ("banned: South Korea > DeepSeek by South Korea 's data protection regulator",),
    ),
    ("Australia has banned DeepSeek from government devices.", ("banned: Australia > DeepSeek",)),
    (
        "The Commerce Department is looking into whether DeepSeek used restricted chips.",
        ("investigates: US Department of Commerce > DeepSeek",),
    ),
    (
        "U.S. officials are investigating whether DeepSeek bought Nvidia chips through third parties in Singapore.",
        (
            "investigates: United States > DeepSeek",
            "investigates: officials > DeepSeek",
            "owns_hardware: DeepSeek > Nvidia chips questioned",
        ),
    ),
    ("DeepSeek, which is owned by hedge fund High-Flyer, employs about 200 people.", ("owns: High-Flyer > DeepSeek",)),
    ("High-Flyer owns DeepSeek.", ("owns: High-Flyer > DeepSeek",)),
    ("Musk's xAI raised $6 billion in Series C funding at a valuation of $50 billion.", ("raised: xAI [6e+09 USD]",)),
    ("Perplexity hit 15 million monthly active users.", ("has_users: Perplexity [1.5e+07 people]",)),
    ("Baidu's Ernie Bot has more than 300 million users.", ("has_users: Ernie Bot [>3e+08 people]",)),
    (
        "ByteDance plans to spend $12 billion on AI chips in 2025.",
        ("costs: ByteDance [1.2e+10 USD] predicted on 2025",),
    ),
    ("Broadcom is working with OpenAI on a chip.", ("partnered_with: Broadcom > OpenAI",)),
    ("Microsoft and OpenAI extended their partnership.", ("partnered_with: Microsoft > OpenAI",)),
    ("TSMC makes chips for Nvidia.", ("supplies: TSMC > Nvidia",)),
    ("Oracle will provide computing power to OpenAI.", ("supplies: Oracle > OpenAI predicted",)),
    (
        "Ilya Sutskever's startup SSI is raising $1 billion at a valuation of $30 billion, Bloomberg reported.",
        ("raised: Safe Superintelligence [1e+09 USD] by Bloomberg predicted",),
    ),
    (
        "Former OpenAI chief technology officer Mira Murati has launched a startup called Thinking Machines Lab.",
        ("founded: Mira Murati > Thinking Machines Lab",),
    ),
    ("Anthropic hired Jan Leike.", ("joined: Jan Leike > Anthropic",)),
    (
        "Jan Leike, who worked for OpenAI, now works at Anthropic.",
        (
            "works_for: Jan Leike > OpenAI",
            "works_for: Jan Leike > Anthropic",
        ),
    ),
    ("Yann LeCun dismissed the claims as nonsense.", ("disputes: Yann LeCun",)),
    ("OpenAI denied the allegations.", ("disputes: OpenAI",)),
    (
        "OpenAI has been accused of violating copyright by The New York Times.",
        ("infringed: OpenAI by The New York Times alleged",),
    ),
    ("DeepSeek claims that R1 was trained for less than $6 million.", ("costs: DeepSeek-R1 [<6e+06 USD] by DeepSeek",)),
    ("DeepSeek spent $5.6 million to train V3.", ("costs: DeepSeek [5.6e+06 USD]",)),
    ("Kimi k1.5 uses reinforcement learning.", ("trained_with: Kimi k1.5 > reinforcement learning",)),
    (
        "Phi-4 has 14 billion parameters and supports a context length of 16K tokens.",
        (
            "has_size: Phi-4 [1.4e+10 parameters]",
            "has_size: Phi-4 [16000 tokens]",
        ),
    ),
    ("OpenAI cut the price of o3-mini by 63%.", ("costs: OpenAI > o3-mini [63 %]",)),
    (
        "GPT-4.5 costs $75 per million input tokens and $150 per million output tokens.",
        (
            "costs: GPT-4.5 [75 USD/1M tokens]",
            "costs: GPT-4.5 [150 USD/1M tokens]",
        ),
    ),
    ("Claude can now search the web.", ("can: Claude",)),
    ("Gemini Live lets users talk to the model.", ("can: Gemini Live",)),
    ("Researchers found that DeepSeek R1 failed to block harmful prompts.", ("cannot: DeepSeek-R1 by Researchers",)),
    ("Copilot runs on GPT-4.", ("based_on: Microsoft Copilot > GPT-4",)),
    ("DeepSeek R1 is available on Azure AI Foundry.", ("runs_on: DeepSeek-R1 > Azure AI Foundry",)),
    ("Google shut down Bard.", ("withdrew: Google > Bard",)),
    ("President Trump revoked Biden's executive order on AI.", ("withdrew: Donald Trump > Biden order",)),
    ("A judge ruled in favor of Thomson Reuters.", ("ruled_for: judge > Thomson Reuters",)),
    ("The court ordered OpenAI to preserve logs.", ("regulates: court > OpenAI",)),
    ("Tencent updated Hunyuan.", ("updated: Tencent > Hunyuan",)),
    ("Cerebras sued Groq for patent infringement in Delaware.", ("sued: Cerebras > Groq",)),
    ("Tencent's Hunyuan Turbo matches GPT-4o on MATH.", ("matches: Hunyuan Turbo > GPT-4o",)),
    ("Grok 3 trails Gemini 2.5 Pro on GPQA.", ("underperforms: Grok-3 > Gemini 2.5 Pro @GPQA",)),
    ("Llama 4 Maverick falls behind DeepSeek-V3 in coding.", ("underperforms: Llama 4 Maverick > DeepSeek-V3",)),
    ("IBM and Meta formed the AI Alliance.", ("partnered_with: IBM > Meta",)),
    ("Emad Mostaque resigned as chief executive of Stability AI.", ("left: Emad Mostaque > Stability AI",)),
    (
        "Databricks acquired MosaicML for $1.3 billion in 2023.",
        ("acquired: Databricks > MosaicML [1.3e+09 USD] on 2023",),
    ),
    ("Nvidia's revenue rose 94% to $35.1 billion in the third quarter.", ("earned: Nvidia [3.51e+10 USD] on 2024-Q3",)),
    ("Anthropic will not release Claude 4 this year.", ("released: Anthropic > Claude 4 predicted denied on 2025",)),
    ("Did Baidu mislead investors?", ("misled: Baidu > investors questioned",)),
    ("The complaint says that Clearview AI violated privacy laws.", ("infringed: Clearview AI by complaint alleged",)),
    (
        "If approved, the deal would value Mistral AI at $14 billion.",
        ("valued_at: Mistral AI [1.4e+10 USD] predicted",),
    ),
    ("Mistral AI is expected to raise €1.7 billion.", ("raised: Mistral AI [1.7e+09 EUR] predicted",)),
    ("Cohere's Command R+ was trained on 64 A100 GPUs.", ("trained_on: Command R+ > Nvidia A100 [64 chips]",)),
    (
        "Perplexity has about 22 million active users, its chief executive, Aravind Srinivas, said.",
        ("has_users: Perplexity [~2.2e+07 people] by Aravind Srinivas",),
    ),
    (
        '"Our model beats GPT-4o," said Arthur Mensch, chief executive of Mistral AI.',
        ("outperforms: Mistral AI model > GPT-4o by Arthur Mensch",),
    ),
    (
        "A mother sued Character.AI, alleging that its chatbot encouraged her son's suicide.",
        (
            "sued: mother > Character.AI",
            "caused_harm: Character.AI by mother alleged",
        ),
    ),
    (
        "The SEC charged Presto with misleading investors.",
        (
            "sued: US Securities and Exchange Commission > Presto",
            "misled: Presto > investors by US Securities and Exchange Commission alleged",
        ),
    ),
    ("Investors fear that Nvidia's growth will slow.", ("fears: Investors",)),
    (
        "Senators urged the Commerce Department to restrict Nvidia's H20 sales.",
        ("restricts: US Department of Commerce > Nvidia by Senators predicted",),
    ),
    ("The Dutch government restricted ASML from selling equipment to China.", ("restricts: Dutch government > ASML",)),
    (
        "China's regulator fined Alibaba 18.2 billion yuan in 2021.",
        ("fined: China 's regulator > Alibaba [1.82e+10 CNY] on 2021",),
    ),
    ("Inflection AI's Pi had one million daily users.", ("has_users: Pi [1e+06 people]",)),
    ("Midjourney cannot generate text reliably.", ("cannot: Midjourney",)),
    (
        "Runway released Gen-3 Alpha, which can generate ten-second clips.",
        (
            "released: Runway > Gen-3 Alpha",
            "can: Gen-3 Alpha",
        ),
    ),
    (
        "Falcon 180B was open-sourced by TII under a permissive license.",
        ("open_sourced: Technology Innovation Institute > Falcon",),
    ),
    ("xAI owns 100,000 H100 GPUs in Memphis.", ("owns_hardware: xAI > Nvidia H100 [100000 chips]",)),
    ("CoreWeave bought Weights & Biases.", ("acquired: CoreWeave > Weights & Biases",)),
    ("Noam Shazeer returned to Google in August.", ("joined: Noam Shazeer > Google on 2024-08",)),
    ("Fei-Fei Li founded World Labs in 2024.", ("founded: Fei-Fei Li > World Labs on 2024",)),
    ("Figure AI was founded by Brett Adcock.", ("founded: Brett Adcock > Figure AI",)),
    ("The European Commission opened an investigation into X's Grok.", ("investigates: European Commission > Grok",)),
    ("Italy's data protection authority fined OpenAI 15 million euros.", ("fined: Garante > OpenAI [1.5e+07 EUR]",)),
    (
        "Anthropic denied that its model was trained on GPT-4 outputs.",
        ("distilled_from: Anthropic > GPT-4 by Anthropic denied",),
    ),
    (
        "Samsung is in talks to buy Mistral AI for more than $1 billion, people familiar with the matter said.",
        ("acquired: Samsung > Mistral AI [>1e+09 USD] by people familiar with the matter predicted",),
    ),
    ("OpenAI has never sued DeepSeek.", ("sued: OpenAI > DeepSeek denied",)),
    ("Intel could be acquired by Broadcom.", ("acquired: Broadcom > Intel speculated",)),
    ("Mistral AI might raise $1 billion.", ("raised: Mistral AI [1e+09 USD] speculated",)),
    ("Anthropic hopes to release Claude 4 this year.", ("released: Anthropic > Claude 4 predicted on 2025",)),
    ("It is unclear whether DeepSeek owns H100 chips.", ("owns_hardware: DeepSeek > Nvidia H100 questioned",)),
    ("Speculation that Apple will buy Perplexity is growing.", ("acquired: Apple > Perplexity predicted",)),
    (
        "Jo Brandt, an adviser, told Fox News on Tuesday that DeepSeek distilled knowledge out of OpenAI's models.",
        ("distilled_from: DeepSeek > OpenAI by Jo Brandt alleged",),
    ),
    (
        "DeepSeek did not distil R1 from ChatGPT, a person close to the lab told us.",
        ("distilled_from: DeepSeek > ChatGPT by person close to the lab denied",),
    ),
)

SILENT = (
    "Nvidia said it complies with all export rules.",
    "AMD could lose ground.",
    "Neither Nvidia nor AMD has released the chip.",
    "If OpenAI releases GPT-5, Google will cut its prices.",
)


@pytest.mark.parametrize(("sentence", "claims"), CASES, ids=[sentence[:50] for sentence, _ in CASES])
def test_sentence_holds_these_claims(read: Callable[[str], list[str]], sentence: str, claims: tuple[str, ...]) -> None:
    assert read(sentence) == list(claims)


@pytest.mark.parametrize("sentence", SILENT, ids=[sentence[:50] for sentence in SILENT])
def test_what_is_not_stated_gives_no_claim(read: Callable[[str], list[str]], sentence: str) -> None:
    assert read(sentence) == []
