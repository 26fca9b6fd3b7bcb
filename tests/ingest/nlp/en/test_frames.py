"""Sentences of our own and the claims they hold, one field of the claim model after the other."""

from collections.abc import Callable

import pytest

# (sentence, its claims) in the notation of conftest.format_claim
CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Anthropic released Claude 3.7 Sonnet on Monday.", ("released: Anthropic > Claude 3.7 Sonnet on 2025-02-10",)),
    (
        "Mistral AI has unveiled Mistral Large 2, its most powerful model yet.",
        ("released: Mistral AI > Mistral Large 2",),
    ),
    (
        "xAI's Grok 3 beats GPT-4o on AIME and GPQA.",
        (
            "outperforms: Grok-3 > GPT-4o @AIME",
            "outperforms: Grok-3 > GPT-4o @GPQA",
        ),
    ),
    ("Claude 3.5 Sonnet was outperformed by Gemini 2.0 Pro.", ("outperforms: Gemini 2.0 Pro > Claude 3.5 Sonnet",)),
    (
        "According to Anthropic, Claude 3 Opus outperforms GPT-4 on MMLU.",
        ("outperforms: Claude 3 Opus > GPT-4 @MMLU by Anthropic",),
    ),
    ("Nvidia shares fell 17% on Monday.", ("stock_moved: Nvidia [-17 %] on 2025-02-10",)),
    ("Shares of AMD rose more than 4 percent.", ("stock_moved: AMD [>4 %]",)),
    ("Microsoft's stock dropped as much as 6.2% in premarket trading.", ("stock_moved: Microsoft [>=-6.2 %]",)),
    ("Nvidia lost nearly $600 billion in market value.", ("lost_value: Nvidia [~6e+11 USD]",)),
    (
        "Anthropic is in talks to raise $2 billion at a $60 billion valuation.",
        ("raised: Anthropic [2e+09 USD] predicted", "valued_at: Anthropic [6e+10 USD] predicted"),
    ),
    (
        "Anthropic raised $3.5 billion in a round led by Lightspeed Venture Partners.",
        ("raised: Anthropic [3.5e+09 USD]", "invested_in: Lightspeed Venture Partners > Anthropic"),
    ),
    ("Anthropic was valued at $61.5 billion.", ("valued_at: Anthropic [6.15e+10 USD]",)),
    (
        "SoftBank plans to invest up to $25 billion in OpenAI.",
        ("invested_in: SoftBank > OpenAI [<=2.5e+10 USD] predicted",),
    ),
    ("Amazon has invested $8 billion in Anthropic.", ("invested_in: Amazon > Anthropic [8e+09 USD]",)),
    ("AMD acquired Silo AI for $665 million.", ("acquired: AMD > Silo AI [6.65e+08 USD]",)),
    ("Elon Musk offered to buy OpenAI for $97.4 billion.", ("acquired: Elon Musk > OpenAI [9.74e+10 USD] predicted",)),
    (
        "The FTC is investigating Microsoft over its cloud business.",
        ("investigates: US Federal Trade Commission > Microsoft",),
    ),
    ("Italy banned DeepSeek in January.", ("banned: Italy > DeepSeek on 2025-01",)),
    ("OpenAI accused DeepSeek of distilling its models.", ("distilled_from: DeepSeek > OpenAI by OpenAI alleged",)),
    (
        "DeepSeek denies that it stole technology from OpenAI.",
        ("took_technology_from: DeepSeek > OpenAI by DeepSeek denied",),
    ),
    (
        "OpenAI said DeepSeek may have copied its models.",
        ("took_technology_from: DeepSeek > OpenAI by OpenAI alleged",),
    ),
    ("Did DeepSeek steal OpenAI's technology?", ("took_technology_from: DeepSeek > OpenAI questioned",)),
    ("Ilya Sutskever left OpenAI to found Safe Superintelligence.", ("left: Ilya Sutskever > OpenAI",)),
    ("Mira Murati founded Thinking Machines Lab.", ("founded: Mira Murati > Thinking Machines Lab",)),
    ("John Schulman joined Anthropic.", ("joined: John Schulman > Anthropic",)),
    ("Dario Amodei is the CEO of Anthropic.", ("leads: Dario Amodei > Anthropic",)),
    (
        "Sam Altman, who leads OpenAI, praised DeepSeek.",
        (
            "leads: Sam Altman > OpenAI",
            "supports: Sam Altman > DeepSeek",
        ),
    ),
    (
        "Llama 3.1 405B was trained on 16,000 Nvidia H100 GPUs.",
        ("trained_on: Llama 3.1 405B > Nvidia H100 [16000 chips]",),
    ),
    (
        "Llama 3.1 405B was trained on more than 15 trillion tokens.",
        ("trained_with: Llama 3.1 405B [>1.5e+13 tokens]",),
    ),
    ("DeepSeek-V3 has 671 billion parameters.", ("has_size: DeepSeek-V3 [6.71e+11 parameters]",)),
    ("Gemini 1.5 Pro supports a context window of 2 million tokens.", ("has_size: Gemini 1.5 Pro [2e+06 tokens]",)),
    ("GPT-4 cost more than $100 million to train.", ("costs: GPT-4 [>1e+08 USD]",)),
    ("Training GPT-4 cost more than $100 million, Sam Altman said.", ("costs: GPT-4 [>1e+08 USD] by Sam Altman",)),
    ("Claude 3.5 Sonnet costs $3 per million input tokens.", ("costs: Claude 3.5 Sonnet [3 USD/1M tokens]",)),
    ("ChatGPT Pro is priced at $200 a month.", ("costs: ChatGPT Pro [200 USD/month]",)),
    (
        "Microsoft will spend $80 billion on data centers this year.",
        ("costs: Microsoft [8e+10 USD] predicted on 2025",),
    ),
    ("ChatGPT has 300 million weekly users.", ("has_users: ChatGPT [3e+08 people]",)),
    ("OpenAI's revenue hit $3.7 billion last year.", ("earned: OpenAI [3.7e+09 USD] on 2024",)),
    ("OpenAI expects to lose $5 billion this year.", ("earned: OpenAI [-5e+09 USD] predicted on 2025",)),
    ("xAI has bought 100,000 Nvidia H100 chips.", ("owns_hardware: xAI > Nvidia H100 [100000 chips]",)),
    ("Huawei supplies chips to DeepSeek.", ("supplies: Huawei > DeepSeek",)),
    ("Grok 3 can generate images.", ("can: Grok-3",)),
    ("Claude cannot browse the web.", ("cannot: Claude",)),
    ("DeepSeek's chatbot refuses to answer questions about Tiananmen Square.", ("censors: DeepSeek chatbot",)),
    ("Yann LeCun criticized OpenAI.", ("criticizes: Yann LeCun > OpenAI",)),
    ("Marc Andreessen praised DeepSeek R1 as an amazing breakthrough.", ("supports: Marc Andreessen > DeepSeek-R1",)),
    ("Meta open-sourced Llama 3.", ("open_sourced: Meta > Llama 3",)),
    ("Meta released Llama 3 under an open source license.", ("open_sourced: Meta > Llama 3",)),
    ("Google withdrew Gemma from AI Studio.", ("withdrew: Google > Gemma",)),
    ("DeepSeek-R1-Distill-Qwen-7B is based on Qwen2.5.", ("based_on: DeepSeek-R1-Distill-Qwen-7B > Qwen2.5",)),
    (
        "Gemini ranks first on the Chatbot Arena leaderboard.",
        ("ranks: Gemini > Chatbot Arena [1 rank] @Chatbot Arena",),
    ),
    ("DeepSeek topped the App Store.", ("ranks: DeepSeek > App Store [1 rank]",)),
    ("Nvidia dominates the market for AI chips.", ("leads: Nvidia",)),
    ("Nvidia has a market share of roughly 80%.", ("leads: Nvidia [~80 %]",)),
    ("OpenAI partnered with Broadcom to build a chip.", ("partnered_with: OpenAI > Broadcom",)),
    ("Microsoft owns 49% of OpenAI.", ("owns: Microsoft > OpenAI [49 %]",)),
    ("A judge ruled against Anthropic.", ("ruled_against: judge > Anthropic",)),
    ("A federal judge dismissed a lawsuit against OpenAI.", ("ruled_for: federal judge > OpenAI",)),
    ("The U.S. tightened export controls on China.", ("restricts: United States > China",)),
    ("The European Union passed the AI Act.", ("regulates: European Union > AI Act",)),
    ("Claude 3 Opus scores 86.8% on MMLU.", ("scores: Claude 3 Opus > MMLU [86.8 %] @MMLU",)),
    (
        "GPT-4o achieved 88.7% on MMLU and 76.6% on MATH.",
        (
            "scores: GPT-4o > MMLU [88.7 %] @MMLU",
            "scores: GPT-4o > MATH [76.6 %] @MATH",
        ),
    ),
    ("Gemini 2.0 Flash matches or beats GPT-4o on MMLU-Pro.", ("matches: Gemini 2.0 Flash > GPT-4o @MMLU-Pro",)),
    (
        "Bloomberg reported that researchers at Microsoft believe DeepSeek obtained data from OpenAI.",
        ("exfiltrated_data_from: DeepSeek > OpenAI by Bloomberg / researchers at Microsoft alleged",),
    ),
    (
        "OpenAI told Reuters that Anthropic copied its models.",
        ("took_technology_from: Anthropic > OpenAI by OpenAI alleged",),
    ),
    (
        "A spokesperson for Meta said that Llama 4 will be released this year.",
        ("released: Meta > Llama 4 by Meta predicted on 2025",),
    ),
    (
        "DeepSeek is believed to have 50,000 Hopper GPUs.",
        ("owns_hardware: DeepSeek > Nvidia Hopper [50000 chips] reported",),
    ),
    ("DeepSeek allegedly stole data from OpenAI.", ("exfiltrated_data_from: DeepSeek > OpenAI alleged",)),
    ('"Grok 3 is better than GPT-4o," Musk wrote on X.', ("outperforms: Grok-3 > GPT-4o by Elon Musk",)),
    ("Claude 3.5 Haiku is cheaper than GPT-4o.", ("costs: Claude 3.5 Haiku > GPT-4o",)),
    ("DeepSeek R1 is 20 to 50 times cheaper than OpenAI o1.", ("costs: DeepSeek-R1 > OpenAI o1 [range20..50 x]",)),
    (
        "Analysts expect Nvidia to report revenue of $38 billion.",
        ("earned: Nvidia [3.8e+10 USD] by Analysts predicted",),
    ),
    (
        "Scale AI CEO Alexandr Wang said DeepSeek has about 50,000 H100 GPUs.",
        ("owns_hardware: DeepSeek > Nvidia H100 [~50000 chips] by Alexandr Wang",),
    ),
    ("Cohere, a Canadian startup, raised $500 million.", ("raised: Cohere [5e+08 USD]",)),
    (
        "The lawsuit alleges that Anthropic used copyrighted lyrics to train Claude.",
        ("infringed: Anthropic by lawsuit alleged",),
    ),
    (
        "Gemini 2.5 Pro is now number one on LMArena.",
        ("ranks: Gemini 2.5 Pro > Chatbot Arena [1 rank] @Chatbot Arena",),
    ),
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
        ("banned: South Korea's data protection regulator > DeepSeek by South Korea's data protection regulator",),
    ),
    ("Australia has banned DeepSeek from government devices.", ("banned: Australia > DeepSeek",)),
    (
        "The Commerce Department is looking into whether DeepSeek used restricted chips.",
        ("investigates: US Department of Commerce > DeepSeek",),
    ),
    (
        "U.S. officials are investigating whether DeepSeek bought Nvidia chips through third parties in Singapore.",
        (
            "investigates: U.S. officials > DeepSeek",
            "owns_hardware: DeepSeek > Nvidia chips questioned",
        ),
    ),
    ("DeepSeek, which is owned by hedge fund High-Flyer, employs about 200 people.", ("owns: High-Flyer > DeepSeek",)),
    ("High-Flyer owns DeepSeek.", ("owns: High-Flyer > DeepSeek",)),
    (
        "Musk's xAI raised $6 billion in Series C funding at a valuation of $50 billion.",
        ("raised: xAI [6e+09 USD]", "valued_at: xAI [5e+10 USD]"),
    ),
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
        "Safe Superintelligence is raising $1 billion, Bloomberg reported.",
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
        "OpenAI was accused of violating copyright by The New York Times.",
        ("infringed: OpenAI by The New York Times alleged",),
    ),
    ("DeepSeek claims that R1 was trained for less than $6 million.", ("costs: DeepSeek-R1 [<6e+06 USD] by DeepSeek",)),
    ("DeepSeek spent $5.6 million to train V3.", ("costs: DeepSeek-V3 [5.6e+06 USD]",)),
    ("Kimi k1.5 uses reinforcement learning.", ("trained_with: Kimi k1.5 > reinforcement learning",)),
    (
        "Phi-4 has 14 billion parameters and supports a context length of 16K tokens.",
        (
            "has_size: Phi-4 [1.4e+10 parameters]",
            "has_size: Phi-4 [16000 tokens]",
        ),
    ),
    ("OpenAI cut the price of o3-mini by 63%.", ("costs: o3-mini [-63 %]",)),
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
    ("President Trump revoked Biden's executive order on AI.", ("withdrew: Donald Trump > Joe Biden order",)),
    ("A judge ruled in favor of Thomson Reuters.", ("ruled_for: judge > Thomson Reuters",)),
    ("The court ordered OpenAI to preserve logs.", ("investigates: court > OpenAI",)),
    ("The court ordered OpenAI to publish its contracts.", ("regulates: court > OpenAI",)),
    ("Tencent updated Hunyuan.", ("updated: Tencent > Hunyuan",)),
    ("Cerebras sued Groq for patent infringement in Delaware.", ("sued: Cerebras > Groq",)),
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
        "Huawei evaded US export controls, the Commerce Department said.",
        ("evaded_controls: Huawei > US export controls by US Department of Commerce alleged",),
    ),
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
        ("outperforms: Mistral AI model > GPT-4o by Arthur Mensch", "leads: Arthur Mensch > Mistral AI"),
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
    ("Investors fear that Nvidia's growth will slow.", ("fears: Investors > Nvidia",)),
    ("The Dutch government restricted ASML from selling equipment to China.", ("restricts: Dutch government > ASML",)),
    (
        "China's regulator fined Alibaba 18.2 billion yuan in 2021.",
        ("fined: China's regulator > Alibaba [1.82e+10 CNY] on 2021",),
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
        ("acquired: Samsung > Mistral AI [>1e+09 USD] by people familiar with the matter reported",),
    ),
    ("OpenAI has never sued DeepSeek.", ("sued: OpenAI > DeepSeek denied",)),
    ("Intel could be acquired by Broadcom.", ("acquired: Broadcom > Intel predicted",)),
    ("Mistral AI might raise $1 billion.", ("raised: Mistral AI [1e+09 USD] predicted",)),
    ("Anthropic hopes to release Claude 4 this year.", ("released: Anthropic > Claude 4 predicted on 2025",)),
    ("It is unclear whether DeepSeek owns H100 chips.", ("owns_hardware: DeepSeek > Nvidia H100 questioned",)),
    ("Speculation that Apple will buy Perplexity is growing.", ("acquired: Apple > Perplexity predicted",)),
    ("Grok 3 is as good as GPT-4o.", ("matches: Grok-3 > GPT-4o",)),
    ("Google updated Gemini in March.", ("updated: Google > Gemini on 2024-03",)),
    ("DeepSeek's app refuses to discuss Tiananmen Square.", ("censors: DeepSeek app",)),
    ("Ernie Bot avoids questions about Xi Jinping.", ("censors: Ernie Bot",)),
    ("Qwen censors political topics.", ("censors: Qwen",)),
    (
        "Nvidia circumvented US export controls, a lawmaker said.",
        ("evaded_controls: Nvidia > US export controls by lawmaker alleged",),
    ),
    (
        "Smugglers shipped Nvidia chips to China despite export controls.",
        ("evaded_controls: Smugglers > export controls",),
    ),
    ("Investors doubt that OpenAI can make money.", ("doubts: Investors > OpenAI",)),
    ("Elon Musk doubts OpenAI's numbers.", ("doubts: Elon Musk > OpenAI",)),
    ("Fei-Fei Li works for Stanford University.", ("works_for: Fei-Fei Li > Stanford University",)),
    ("Arthur Mensch worked at Google DeepMind.", ("works_for: Arthur Mensch > Google DeepMind",)),
    (
        "The Commerce Department tightened export controls on Nvidia.",
        ("restricts: US Department of Commerce > Nvidia",),
    ),
    ("A judge dismissed a lawsuit against Stability AI.", ("ruled_for: judge > Stability AI",)),
    (
        "Google said Gemini 2.0 Flash is faster than Gemini 1.5 Pro.",
        ("outperforms: Gemini 2.0 Flash > Gemini 1.5 Pro by Google",),
    ),
    ("Investors worry about Nvidia.", ("fears: Investors > Nvidia",)),
    ("Cohere trained Command R on 10 trillion tokens.", ("trained_with: Command R [1e+13 tokens]",)),
    ("Hackers stole data from OpenAI.", ("exfiltrated_data_from: Hackers > OpenAI",)),
    (
        "Meta exfiltrated data from Snapchat, a lawsuit alleges.",
        ("exfiltrated_data_from: Meta > Snapchat by lawsuit alleged",),
    ),
    ("Character.AI harmed teenagers, the lawsuit says.", ("caused_harm: Character.AI > teenagers by lawsuit alleged",)),
    ("Phi-4 runs on Azure AI Foundry.", ("runs_on: Phi-4 > Azure AI Foundry",)),
    ("Claude 3.5 Sonnet is available on Amazon Bedrock.", ("runs_on: Claude 3.5 Sonnet > Amazon Bedrock",)),
    ("Microsoft owns GitHub.", ("owns: Microsoft > GitHub",)),
    ("Texas sued Google.", ("sued: Texas > Google",)),
    (
        "Ilya Sutskever's startup SSI is raising $1 billion at a valuation of $30 billion, Bloomberg reported.",
        (
            "raised: Safe Superintelligence [1e+09 USD] by Bloomberg predicted",
            "valued_at: Safe Superintelligence [3e+10 USD] by Bloomberg predicted",
        ),
    ),
    (
        "Jo Brandt, an adviser, told Fox News on Tuesday that DeepSeek distilled knowledge out of OpenAI's models.",
        ("distilled_from: DeepSeek > OpenAI by Jo Brandt alleged",),
    ),
    (
        "DeepSeek did not distil R1 from ChatGPT, a person close to the lab told us.",
        ("distilled_from: DeepSeek > ChatGPT by person close to the lab denied",),
    ),
)

# (sentence, its claims, why they are not found yet)
MISSED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "Musk said OpenAI had betrayed its mission.",
        ("misled: OpenAI by Elon Musk alleged",),
        "the gazetteer takes a bare surname for the person only beside a name that goes with it",
    ),
    (
        "Tencent's Hunyuan Turbo matches GPT-4o on MATH.",
        ("matches: Hunyuan Turbo > GPT-4o @MATH",),
        "the gazetteer takes a benchmark called like a common word for one only beside another benchmark",
    ),
)

SILENT = (
    "If DeepSeek copied OpenAI's models, the company could be sued.",
    "Nvidia said it complies with all export rules.",
    "AMD could lose ground.",
    "Senators urged the Commerce Department to restrict Nvidia's H20 sales.",
    "Neither Nvidia nor AMD has released the chip.",
    "If OpenAI releases GPT-5, Google will cut its prices.",
    "Palantir was found guilty of patent infringement.",
    "The startup matched OpenAI.",
)


@pytest.mark.parametrize(("sentence", "claims"), CASES, ids=[sentence[:50] for sentence, _ in CASES])
def test_sentence_holds_these_claims(read: Callable[[str], list[str]], sentence: str, claims: tuple[str, ...]) -> None:
    assert read(sentence) == list(claims)


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        pytest.param(sentence, claims, id=sentence[:50], marks=pytest.mark.xfail(strict=True, reason=reason))
        for sentence, claims, reason in MISSED
    ],
)
def test_sentence_will_hold_these_claims(
    read: Callable[[str], list[str]], sentence: str, claims: tuple[str, ...]
) -> None:
    assert read(sentence) == list(claims)


@pytest.mark.parametrize("sentence", SILENT, ids=[sentence[:50] for sentence in SILENT])
def test_what_is_not_stated_gives_no_claim(read: Callable[[str], list[str]], sentence: str) -> None:
    assert read(sentence) == []
