"""Stories of our own for comparing articles: copies, rewrites, a translation, and others about the same company."""

from datetime import UTC, datetime, timedelta

from graph.ids import make_article_id, make_source_id
from graph.records import Article, Source

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
STORY = (
    "Nimbus Labs said on Monday that it had raised $6.6 billion at a valuation of $157 billion, the largest round that "
    "a private maker of language models has announced this year. The round was led by Harbour Capital, which put in "
    "$1.25 billion, and was joined by 14 other investors, among them the chip maker Quarrel. Chief executive Mara "
    "Lindqvist told reporters that the money would pay for 3 new data centres in Norway and for the training of Cirrus "
    "5, which she expects in September. Analysts at Greyfield doubted that the company could earn back what it spends: "
    "its revenue of $3.4 billion last year stands against costs of $8.5 billion. A spokesman declined to comment on "
    "reports that Nimbus Labs had asked its investors not to back 5 named rivals. The company was founded in 2019 and "
    "employs 1,700 people in 4 countries."
)
REWRITE = (
    "Harbour Times reports that a maker of language models has raised a fortune. Nimbus Labs said on Monday that it "
    "had raised $6.6 billion at a valuation of $157 billion, the largest round that a private maker of language models "
    "has announced this year. Readers of this page will remember how the firm began in a garage owned by an aunt. "
    "Chief executive Mara Lindqvist told reporters that the money would pay for 3 new data centres in Norway and for "
    "the training of Cirrus 5, which she expects in September. Whether anybody needs so many data centres is another "
    "matter, and one that we have put to several readers over the years. Most of them shrugged and went on with lunch."
)
TRANSLATION = (
    "Nimbus Labsは月曜日、評価額1570億ドルで66億ドルを調達したと発表した。"
    "非公開の言語モデル開発企業が今年発表した調達額としては最大となる。"
    "Harbour Capitalが12億5000万ドルを出資して主導し、半導体メーカーのQuarrelなど14社の投資家が加わった。"
    "Mara Lindqvist CEOは記者団に対し、資金はノルウェーの3カ所の新データセンターと、"
    "9月を見込むCirrus 5の学習に充てると述べた。"
    "Greyfieldのアナリストは、同社が支出を回収できるか疑問視した。昨年の売上高34億ドルに対し、費用は85億ドルに上る。"
    "Nimbus Labsが投資家に競合5社への出資を控えるよう求めたとの報道について、"
    "広報担当者はコメントを控えた。同社は2019年に設立された。"
)
OTHER = (
    "Nimbus Labs will close its office in Porto at the end of the month, according to a letter that its staff received "
    "on Friday. The letter, which 2 employees showed to this paper, offers a move to Oslo or 5 months of pay. About 60 "
    "people work in Porto, most of them on tools that label pictures. Mara Lindqvist, who signed the letter, calls the "
    "step painful and thanks the city for its kindness. The mayor said that he had learned of it from the radio."
)
OTHER_JA = (
    "Nimbus Labsは、ポルトの拠点を今月末に閉鎖する。従業員が金曜日に受け取った書簡で明らかになった。"
    "本紙が2人の従業員から入手した書簡は、オスロへの異動か5カ月分の給与を提示している。ポルトでは約60人が働いている。"
    "書簡に署名したMara Lindqvist氏は、つらい決断だとして市の厚意に感謝した。"
)
FOOTER = " Sign up for our letter. All rights reserved, and no part of it may be used without a licence from us."


def make(name: str, text: str, hours: float = 0, lang: str = "en", title: str = "") -> Article:
    source = Source(make_source_id(f"{name}.example"), name, f"{name}.example")
    url = f"https://{source.domain}/1"
    return Article(
        id=make_article_id(url, text), url=url, source=source, title=title, text=text, lang=lang,
        published_at=NOON + timedelta(hours=hours), fetched_at=NOON + timedelta(days=1),
    )  # fmt: skip


WIRE = make("Harbour Times", STORY, title="Nimbus Labs raises $6.6 billion from Harbour Capital")
JAPANESE = make("Asa", TRANSLATION, 5, "ja", "Nimbus Labs、66億ドルを調達　Harbour Capitalが主導")
STORIES = (
    WIRE,
    JAPANESE,
    make("Mirror", STORY + FOOTER, 3),
    make("Echo", STORY, -2),
    make("Blog", REWRITE, 1),
    make("Paper", OTHER, 1),
    make("Asa", OTHER_JA, 2, "ja"),
)
