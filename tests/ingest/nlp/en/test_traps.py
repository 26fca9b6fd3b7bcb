"""Sentences that say less than their words, and passages whose pronouns mislead.

A claim is never stored more firmly than its sentence, and a denial never as an affirmation.
"""

from collections.abc import Callable

import pytest

Read = Callable[..., list[str]]

# What did not happen, will not happen or is denied by somebody.
DENIED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("A rumor that Apple acquired Perplexity proved false.", ("acquired: Apple > Perplexity denied",)),
    ("A report that Apple acquired Perplexity turned out to be false.", ("acquired: Apple > Perplexity denied",)),
    ("At no time did Baidu copy Llama 3.", ("took_technology_from: Baidu > Llama 3 denied",)),
    ("Cohere has long resisted suing OpenAI.", ("sued: Cohere > OpenAI predicted denied",)),
    (
        "Anthropic has no plans to sue Mistral AI, Dario Amodei said.",
        ("sued: Anthropic > Mistral AI by Dario Amodei predicted denied",),
    ),
    ("Anthropic has no intention of suing Mistral AI.", ("sued: Anthropic > Mistral AI predicted denied",)),
    ("Anthropic never had plans to sue Mistral AI.", ("sued: Anthropic > Mistral AI predicted denied",)),
    ("Google has no plan for acquiring Mistral AI.", ("acquired: Google > Mistral AI predicted denied",)),
    ("Nvidia will not acquire Groq, Jensen Huang said.", ("acquired: Nvidia > Groq by Jensen Huang predicted denied",)),
    ("Apple does not intend to buy Perplexity.", ("acquired: Apple > Perplexity predicted denied",)),
    ("Anthropic is not planning to sue Mistral AI.", ("sued: Anthropic > Mistral AI predicted denied",)),
    ("Samsung ruled out acquiring Mistral AI.", ("acquired: Samsung > Mistral AI predicted denied",)),
    ("Google declined to release Gemini 2.0 Ultra.", ("released: Google > Gemini 2.0 Ultra denied",)),
    ("Microsoft refused to invest in Anthropic.", ("invested_in: Microsoft > Anthropic denied",)),
    ("The FTC stopped short of fining Meta.", ("fined: US Federal Trade Commission > Meta denied",)),
    ("Apple scrapped plans to acquire Perplexity.", ("acquired: Apple > Perplexity predicted denied",)),
    ("Adobe called off its plan to buy Figma.", ("acquired: Adobe > Figma predicted denied",)),
    ("Adobe was planning to buy Figma but abandoned the plan.", ("acquired: Adobe > Figma predicted denied",)),
    ("SoftBank abandoned the plan to invest in Cohere.", ("invested_in: SoftBank > Cohere predicted denied",)),
    ("Amazon made no attempt to acquire Groq.", ("acquired: Amazon > Groq denied",)),
    ("Amazon decided not to invest in Mistral AI.", ("invested_in: Amazon > Mistral AI predicted denied",)),
    ("Italy decided against banning Grok.", ("banned: Italy > Grok predicted denied",)),
    ("Meta failed to acquire Safe Superintelligence.", ("acquired: Meta > Safe Superintelligence denied",)),
    ("Meta tried and failed to acquire Perplexity.", ("acquired: Meta > Perplexity denied",)),
    ("Gemini's maker Google has yet to release Gemini 2.0 Ultra.", ("released: Google > Gemini 2.0 Ultra denied",)),
    ("Llama 4 is far from beating GPT-4o.", ("outperforms: Llama 4 > GPT-4o denied",)),
    (
        "Neither Baidu nor Alibaba sued OpenAI.",
        (
            "sued: Baidu > OpenAI denied",
            "sued: Alibaba > OpenAI denied",
        ),
    ),
    (
        "Grok 3 neither beats Claude 3.5 Sonnet nor matches GPT-4o.",
        (
            "outperforms: Grok-3 > Claude 3.5 Sonnet denied",
            "matches: Grok-3 > GPT-4o denied",
        ),
    ),
    ("Cohere trained Command R without distilling GPT-4.", ("distilled_from: Cohere > GPT-4 denied",)),
    ("Grok 3 hardly outperforms Claude 3.5 Sonnet.", ("outperforms: Grok-3 > Claude 3.5 Sonnet denied",)),
    ("Mistral Large 2 is no better than Llama 3.1 405B.", ("outperforms: Mistral Large 2 > Llama 3.1 405B denied",)),
    ("Claude 3 Haiku is nowhere near as good as GPT-4o.", ("matches: Claude 3 Haiku > GPT-4o denied",)),
    ("Claude 3 Opus does not beat GPT-4o on MMLU.", ("outperforms: Claude 3 Opus > GPT-4o @MMLU denied",)),
    ("Grok 3 cannot beat Claude 3.5 Sonnet on GPQA.", ("outperforms: Grok-3 > Claude 3.5 Sonnet @GPQA denied",)),
    ("Microsoft no longer owns GitHub.", ("owns: Microsoft > GitHub denied",)),
    ("There is no evidence that Alibaba copied Llama 3.", ("took_technology_from: Alibaba > Llama 3 denied",)),
    ("There is no sign that Baidu copied Llama 3.", ("took_technology_from: Baidu > Llama 3 denied",)),
    (
        "Reuters found no evidence that Baidu copied Llama 3.",
        ("took_technology_from: Baidu > Llama 3 by Reuters denied",),
    ),
    ("It is not true that Google acquired Character.AI.", ("acquired: Google > Character.AI denied",)),
    (
        "Baidu said it was false that it copied OpenAI's models.",
        ("took_technology_from: Baidu > OpenAI by Baidu denied",),
    ),
    (
        "Baidu said the claim that it copied OpenAI's models was false.",
        ("took_technology_from: Baidu > OpenAI by Baidu denied",),
    ),
    (
        "The claim that Baidu copied OpenAI's models is false, Robin Li said.",
        ("took_technology_from: Baidu > OpenAI by Robin Li denied",),
    ),
    (
        "The idea that Cohere copied GPT-4 is absurd, Aidan Gomez said.",
        ("took_technology_from: Cohere > GPT-4 by Aidan Gomez denied",),
    ),
    (
        "Alibaba called false a report that it copied OpenAI's models.",
        (
            "disputes: Alibaba > report",
            "took_technology_from: Alibaba > OpenAI by Alibaba denied",
        ),
    ),
    (
        "Baidu dismissed the claim that it copied OpenAI's models.",
        (
            "disputes: Baidu > claim",
            "took_technology_from: Baidu > OpenAI by Baidu denied",
        ),
    ),
    (
        "Mistral AI rejects the allegation that it distilled GPT-4.",
        (
            "disputes: Mistral AI > allegation",
            "distilled_from: Mistral AI > GPT-4 by Mistral AI denied",
        ),
    ),
    (
        "Zhipu AI rejected accusations of stealing Google's technology.",
        (
            "disputes: Zhipu AI > accusations",
            "took_technology_from: Zhipu AI > Google by Zhipu AI denied",
        ),
    ),
    ("Cohere denies having copied OpenAI's models.", ("took_technology_from: Cohere > OpenAI by Cohere denied",)),
    (
        "Google denied reports that it would acquire HubSpot.",
        (
            "disputes: Google > reports",
            "acquired: Google > HubSpot by Google predicted denied",
        ),
    ),
    (
        "Stability AI does not believe that Midjourney copied its models.",
        ("took_technology_from: Midjourney > Stability AI by Stability AI denied",),
    ),
    ("Tesla did not try to acquire OpenAI.", ("acquired: Tesla > OpenAI denied",)),
    (
        "Cohere told Reuters that it was never in talks to acquire Groq.",
        ("acquired: Cohere > Groq by Cohere predicted denied",),
    ),
    (
        "Baidu would never copy OpenAI's models, Robin Li said.",
        ("took_technology_from: Baidu > OpenAI by Robin Li predicted denied",),
    ),
    ("Amazon gave up its attempt to acquire Groq.", ("acquired: Amazon > Groq predicted denied",)),
    ("OpenAI has no evidence that Baidu copied GPT-4.", ("took_technology_from: Baidu > GPT-4 by OpenAI denied",)),
)

# What was only tried, planned, ordered, asked or held possible.
WEAK: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Cohere has no idea whether Baidu copied GPT-4.", ("took_technology_from: Baidu > GPT-4 questioned",)),
    (
        "Google said that groups in Russia were constantly trying to distil the models of American firms.",
        ("distilled_from: groups in Russia > American firms by Google alleged",),
    ),
    (
        "Groups in Russia tried to distil Gemini, Google said.",
        ("distilled_from: Groups in Russia > Gemini by Google alleged",),
    ),
    (
        "Waymo accused Uber of having tried to steal its technology.",
        ("took_technology_from: Uber > Waymo by Waymo alleged",),
    ),
    ("Tesla is said to have tried to steal technology from Waymo.", ("took_technology_from: Tesla > Waymo alleged",)),
    ("Hackers attempted to steal data from OpenAI.", ("exfiltrated_data_from: Hackers > OpenAI alleged",)),
    ("Microsoft sought to acquire Mistral AI in 2024.", ("acquired: Microsoft > Mistral AI predicted on 2024",)),
    ("Meta aims to acquire Perplexity.", ("acquired: Meta > Perplexity predicted",)),
    ("Anthropic considered suing OpenAI.", ("sued: Anthropic > OpenAI predicted",)),
    ("Sony has not abandoned its plan to acquire Cohere.", ("acquired: Sony > Cohere predicted",)),
    ("Sony could sue Udio in 2026, analysts said.", ("sued: Sony > Udio by analysts predicted on 2026",)),
    (
        "Baidu could have bought 10,000 Nvidia H100 chips.",
        ("owns_hardware: Baidu > Nvidia H100 [10000 chips] speculated",),
    ),
    (
        "The court ordered Meta to withdraw Llama 3.",
        (
            "regulates: court > Meta",
            "withdrew: Meta > Llama 3 predicted",
        ),
    ),
    ("Regulators asked whether Google acquired Character.AI.", ("acquired: Google > Character.AI questioned",)),
    (
        "Cohere declined to say whether it had acquired Perplexity.",
        ("acquired: Cohere > Perplexity by Cohere questioned",),
    ),
    ("It is unclear whether Meta acquired Perplexity.", ("acquired: Meta > Perplexity questioned",)),
    ("It is possible that Meta copied Snapchat's technology.", ("took_technology_from: Meta > Snapchat speculated",)),
    (
        "The claim that Baidu copied OpenAI's models could not be verified.",
        ("took_technology_from: Baidu > OpenAI alleged",),
    ),
    (
        "Sundar Pichai was asked about a report that Baidu distilled Gemini.",
        ("distilled_from: Baidu > Gemini alleged",),
    ),
    ("When OpenAI releases GPT-5, Google will be worried about OpenAI.", ("fears: Google > OpenAI predicted",)),
)

# What looks like a trap and is none, or holds another claim than its words suggest.
FIRM: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Command R cost 3 million dollars to train on 512 Nvidia A100 chips.",
        (
            "costs: Command R [3e+06 USD]",
            "trained_on: Command R > Nvidia A100 [512 chips]",
        ),
    ),
    (
        "Mistral AI spent $20 million to train Mistral Large 2 on 1,000 Nvidia H100 chips.",
        (
            "costs: Mistral Large 2 [2e+07 USD]",
            "trained_on: Mistral Large 2 > Nvidia H100 [1000 chips]",
        ),
    ),
    (
        "Command R will cost 3 million dollars to train on 512 Nvidia A100 chips.",
        (
            "costs: Command R [3e+06 USD] predicted",
            "trained_on: Command R > Nvidia A100 [512 chips] predicted",
        ),
    ),
    (
        "Gemini 2.0 Pro not only beats GPT-4o but also outperforms Claude 3.5 Sonnet.",
        (
            "outperforms: Gemini 2.0 Pro > GPT-4o",
            "outperforms: Gemini 2.0 Pro > Claude 3.5 Sonnet",
        ),
    ),
    (
        "Mistral AI trained Mistral Large 2 on A100 chips, not on H100 chips.",
        ("trained_on: Mistral Large 2 > Nvidia A100",),
    ),
    ("Google, not Meta, acquired Character.AI.", ("acquired: Google > Character.AI",)),
    ("Qwen2.5-Max does not outperform but matches GPT-4o.", ("matches: Qwen2.5-Max > GPT-4o",)),
    ("Gemini 2.5 Pro is less accurate than GPT-4o.", ("underperforms: Gemini 2.5 Pro > GPT-4o",)),
    ("Claude 3 Haiku is less expensive than GPT-4o.", ("costs: Claude 3 Haiku > GPT-4o",)),
    ("Rather than sue OpenAI, Getty Images partnered with Perplexity.", ("partnered_with: Getty Images > Perplexity",)),
    ("Reuters could not verify that Baidu copied OpenAI's models.", ("doubts: Reuters",)),
    ("Cohere has yet to confirm that it acquired Perplexity.", ("doubts: Cohere",)),
    ("I would argue that Grok 3 outperforms GPT-4o.", ("outperforms: Grok-3 > GPT-4o",)),
    ("A judge dismissed a lawsuit against Midjourney.", ("ruled_for: judge > Midjourney",)),
    ("The court ordered Meta to keep its records.", ("investigates: court > Meta",)),
)

# What states nothing that can be kept.
SILENT = (
    "Salesforce resisted calls to acquire Cohere.",
    "Meta did not deny copying Snapchat's technology.",
    "Nothing suggests that Baidu copied Llama 3.",
    "What if Apple acquired Perplexity?",
    "Nobody has sued Mistral AI.",
    "None of the regulators fined Meta.",
    "None of these models beats Gemini 2.5 Pro.",
    "Amazon is unlikely to acquire Anthropic.",
    "It is unlikely that Apple acquires Perplexity.",
    "It is doubtful that Baidu distilled Gemini.",
    "Nobody believes that Cohere copied OpenAI's models.",
    "No analyst believes that Cohere copied OpenAI's models.",
    "Few believe that Mistral AI copied Llama 3.",
    "Nobody at Google has said that Gemini 1.5 Pro outperforms GPT-4.",
    "If Baidu distilled GPT-4, the startup broke the law.",
    "Had Google acquired Anthropic, regulators would have sued Google.",
    "Without the chips, Baidu would have lost to Alibaba.",
    '"They might say that Mistral AI copied Llama 3," Yann LeCun said.',
    "Critics could argue that Meta copied Snapchat's technology.",
    "Elon Musk joked that xAI would acquire Anthropic.",
    "Let's say that Apple acquired Perplexity.",
    "Apple nearly acquired Perplexity in 2024.",
    "Italy almost banned ChatGPT.",
    "Meta did not deny that it copied books.",
    "Meta did not say that it had acquired Perplexity.",
    "Cohere declined to say that it acquired Perplexity.",
    "Cohere refused to admit that it copied GPT-4.",
    "Regulators failed to show that Google acquired Groupon.",
    "Zhipu AI has never admitted that it copied Llama 3.",
    "Baidu has not been accused of copying Llama 3.",
    "The lawsuit does not allege that Cohere copied songs.",
    "Sony did not rule out acquiring Cohere.",
    "Meta ruled out a bid for Perplexity.",
    "Meta will wait until OpenAI releases GPT-5.",
    "Once Apple acquires Perplexity, Google will cut prices.",
    "Meta needs to release Llama 4 soon.",
    "It would be wrong to say that Alibaba distilled GPT-4.",
    "The FTC should sue Google.",
)

PASSAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Mistral AI competes with Cohere. The company raised $600 million in June 2024.",
        ("raised: Mistral AI [6e+08 USD] on 2024-06",),
    ),
    (
        "Cohere raised $500 million. Its rival Mistral AI raised $600 million. The company was valued at $6 billion.",
        (
            "raised: Cohere [5e+08 USD]",
            "raised: Mistral AI [6e+08 USD]",
            "valued_at: Mistral AI [6e+09 USD]",
        ),
    ),
    (
        "Cohere sued Mistral AI in March. The company accused its rival of copying Command R.",
        (
            "sued: Cohere > Mistral AI on 2024-03",
            "took_technology_from: Mistral AI > Command R by Cohere alleged",
        ),
    ),
    (
        "Anthropic sued xAI. The company said its rival had stolen its technology.",
        (
            "sued: Anthropic > xAI",
            "took_technology_from: xAI > Anthropic by Anthropic alleged",
        ),
    ),
    (
        "Groq challenged Nvidia last year. The company raised $640 million in August.",
        ("raised: Groq [6.4e+08 USD] on 2024-08",),
    ),
    (
        "Microsoft invested in Inflection AI. The startup was valued at $4 billion.",
        (
            "invested_in: Microsoft > Inflection AI",
            "valued_at: Inflection AI [4e+09 USD]",
        ),
    ),
    (
        "Google bought stakes in Anthropic. The startup raised $2 billion in 2023.",
        (
            "invested_in: Google > Anthropic",
            "raised: Anthropic [2e+09 USD] on 2023",
        ),
    ),
    (
        "Stability AI was sued by Getty Images. The company denied that it infringed copyright.",
        (
            "sued: Getty Images > Stability AI",
            "infringed: Stability AI by Stability AI denied",
        ),
    ),
    (
        "Stability AI was sued by Getty Images. The company accused Stability AI of infringing copyright.",
        (
            "sued: Getty Images > Stability AI",
            "infringed: Stability AI by Getty Images alleged",
        ),
    ),
    (
        "Cerebras was valued at $4 billion. Its rival Groq was valued at $3 billion. The firm sued Cerebras in 2023.",
        (
            "valued_at: Cerebras [4e+09 USD]",
            "valued_at: Groq [3e+09 USD]",
            "sued: Groq > Cerebras on 2023",
        ),
    ),
    (
        "Analysts at Bernstein cut their rating of Nvidia. The company lost $100 billion in market value, they wrote.",
        (
            "doubts: Analysts at Bernstein > Nvidia",
            "lost_value: Nvidia [1e+11 USD] by Analysts at Bernstein",
        ),
    ),
    (
        "Three researchers at Stanford University tested Claude 3 Opus. It outperforms GPT-4, they wrote.",
        ("outperforms: Claude 3 Opus > GPT-4 by Three researchers at Stanford University",),
    ),
    (
        "Dario Amodei and Sam Altman spoke in Paris. xAI has 100,000 Nvidia H100 chips, they said.",
        ("owns_hardware: xAI > Nvidia H100 [100000 chips] by Dario Amodei",),
    ),
    (
        "Mistral AI grows. Microsoft hosts it, and Microsoft likes it. The Paris lab released Codestral on Monday.",
        ("released: Mistral AI > Codestral on 2025-02-10",),
    ),
    (
        "Moonshot AI met Amazon and Amazon's lawyers. OpenAI said that the Chinese start-up had copied GPT-4.",
        ("took_technology_from: Moonshot AI > GPT-4 by OpenAI alleged",),
    ),
    (
        "Analysts met in Paris. Cohere opened an office there. It was valued at $5 billion, they wrote.",
        ("valued_at: Cohere [5e+09 USD] by Analysts",),
    ),
)


@pytest.mark.parametrize(("sentence", "claims"), DENIED, ids=[sentence[:60] for sentence, _ in DENIED])
def test_what_is_not_so_is_denied(read: Read, sentence: str, claims: tuple[str, ...]) -> None:
    assert read(sentence) == list(claims)


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in DENIED])
def test_no_denial_is_kept_as_an_affirmation(read: Read, sentence: str) -> None:
    kept = [line for line in read(sentence) if not line.startswith("disputes:")]
    assert kept
    assert all(" denied" in line for line in kept)


@pytest.mark.parametrize(("sentence", "claims"), WEAK, ids=[sentence[:60] for sentence, _ in WEAK])
def test_what_is_not_done_is_not_asserted(read: Read, sentence: str, claims: tuple[str, ...]) -> None:
    assert read(sentence) == list(claims)


@pytest.mark.parametrize(("sentence", "claims"), FIRM, ids=[sentence[:60] for sentence, _ in FIRM])
def test_what_is_stated_stays_firm(read: Read, sentence: str, claims: tuple[str, ...]) -> None:
    assert read(sentence) == list(claims)


def test_who_finds_something_out_has_not_released_it(read: Read) -> None:
    lines = read("When Grok 3 came out in February, users found that it sometimes called itself Claude.")
    assert not any("users" in line for line in lines)


def test_a_group_is_never_named_by_its_hyphen(read: Read) -> None:
    for line in read("Microsoft and OpenAI look into DeepSeek-linked group, according to Reuters"):
        assert "> DeepSeek-linked group" in line


@pytest.mark.parametrize("sentence", SILENT)
def test_what_is_left_open_gives_no_claim(read: Read, sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(("text", "claims"), PASSAGES, ids=[text[:60] for text, _ in PASSAGES])
def test_description_and_pronoun_mean_the_right_one(read: Read, text: str, claims: tuple[str, ...]) -> None:
    assert read(text) == list(claims)
