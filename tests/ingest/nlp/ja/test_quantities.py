"""Amounts as Japanese writes them: value, unit, comparator, range; and numbers that are none."""

import time

import pytest

from ingest.nlp.document import Amount
from ingest.nlp.ja.numbers import read_number
from ingest.nlp.ja.quantities import find_amounts

# text | value or range, unit, comparator
AMOUNTS = """
約560万ドル|5600000 USD ~
１・２兆円|1200000000000 JPY =
２４・６億円|2460000000 JPY =
約１・５億ドル|150000000 USD ~
０・８％|0.8 % =
3・5ポイント|3.5 points =
2・4倍|2.4 x =
一・二兆円|1200000000000 JPY =
１２・５％増|12.5 % =
6,000億ドル|600000000000 USD =
1億ドルを優に超える|100000000 USD >
1億ドルを大きく超え|100000000 USD >
数十億ドル|1000000000..10000000000 USD range
数百万ドル|1000000..10000000 USD range
数千億円|100000000000..1000000000000 JPY range
何百万人|1000000..10000000 people range
数万人|10000..100000 people range
20兆円|20000000000000 JPY =
1兆2000億円|1200000000000 JPY =
2万4千人|24000 people =
5万3000人|53000 people =
二千万円|20000000 JPY =
三億円|300000000 JPY =
百万ドル|1000000 USD =
５０億ドル|5000000000 USD =
１０億ドル超|1000000000 USD >
200 億ドル超|20000000000 USD >
200 億ドル (約 3 兆円) を超える|20000000000 USD >
約6000億ドル(約93兆円)|600000000000 USD ~
600万ドル未満|6000000 USD <
600万ドル以下|6000000 USD <=
42億ドル以上|4200000000 USD >=
推定1億ドル以上|100000000 USD >=
最大1000億ドル|100000000000 USD <=
最大で50億ドル|5000000000 USD <=
少なくとも3億ドル|300000000 USD >=
およそ90億ユーロ|9000000000 EUR ~
ほぼ100億円|10000000000 JPY ~
推定30億ドル|3000000000 USD ~
100億ドル近く|10000000000 USD ~
100億ドル規模|10000000000 USD ~
100億ドル程度|10000000000 USD ~
100億ドル前後|10000000000 USD ~
10億ドル弱|1000000000 USD <
10億ドル強|1000000000 USD >
10億ドル余り|1000000000 USD >
10億ドルを突破|1000000000 USD >
10億ドルを上回る|1000000000 USD >
10億ドルを下回る|1000000000 USD <
10億ドルに満たない|1000000000 USD <
5億〜10億ドル|500000000..1000000000 USD range
10~20億ドル|1000000000..2000000000 USD range
5億ドルから7億ドル|500000000..700000000 USD range
3~5%|3..5 % range
5000億ウォン|500000000000 KRW =
72億元|7200000000 CNY =
10億人民元|1000000000 CNY =
3億ポンド|300000000 GBP =
90億台湾ドル|9000000000 TWD =
1000万米ドル|10000000 USD =
40億豪ドル|4000000000 AUD =
$5.6M|5600000 USD =
$1.5B|1500000000 USD =
US$300|300 USD =
¥500|500 JPY =
3%|3 % =
３％|3 % =
3パーセント|3 % =
三割|30 % =
3割強|30 % >
7割近く|70 % ~
8割弱|80 % <
12.5%|12.5 % =
約17%|17 % ~
マイナス3%|-3 % =
▲2.1%|-2.1 % =
1.5%ポイント|1.5 pp =
3パーセントポイント|3 pp =
120ポイント|120 points =
89.4点|89.4 points =
スコアは89.4で|89.4 points =
2.5倍|2.5 x =
2倍半|2.5 x =
3分の1|0.333333 x =
2,000台|2000 chips =
2048基|2048 chips =
10万個|100000 chips =
約5万基|50000 chips ~
51カ国|51 countries =
35か国|35 countries =
20ヵ国以上|20 countries >=
4カ月|4 months =
4ヵ月|4 months =
4ヶ月|4 months =
4ケ月|4 months =
4箇月|4 months =
5万人|50000 people =
400人超|400 people >
3億ユーザー|300000000 people =
1億アカウント|100000000 people =
1位|1 rank =
第2位|2 rank =
首位に立った|1 rank =
トップの座|1 rank =
20兆のトークン|20000000000000 tokens =
14.8兆トークン|14800000000000 tokens =
12万8000トークン|128000 tokens =
20兆を超えるトークン|20000000000000 tokens >
6710億パラメータ|671000000000 parameters =
6710億のパラメーター|671000000000 parameters =
70Bパラメータ|70000000000 parameters =
パラメータ数は6710億|671000000000 parameters =
1兆個のパラメータ|1000000000000 parameters =
月額20ドル|20 USD/month =
月20ドル|20 USD/month =
20ドル/月|20 USD/month =
年額200ドル|200 USD/year =
100万トークンあたり2ドル|2 USD/1M tokens =
100万トークン当たり0.55ドル|0.55 USD/1M tokens =
0.14ドル/100万トークン|0.14 USD/1M tokens =
出資比率を15%から34%に高めた|34 % =
5兆ドルを割り込んだ|5000000000000 USD <
1000人を割った|1000 people <
1000人を割り当てた|1000 people =
100億円を上回った|10000000000 JPY >
前年同期の100億円を上回った|10000000000 JPY =
Otter 2の34.5%を上回った|34.5 % =
全体の34.5%を上回った|34.5 % >
1億回ダウンロード|100000000 downloads =
500万ダウンロード|5000000 downloads =
1.2ギガワット|1.2 GW =
10GW|10 GW =
10億番目|1000000000 ordinal =
"""


def write_short(amount: Amount) -> str:
    high = "" if amount.high is None else f"..{amount.high:.15g}"
    return f"{amount.value:.15g}{high} {amount.unit} {amount.comparator}"


@pytest.mark.parametrize("row", [line for line in AMOUNTS.split("\n") if line])
def test_amount_is_read(row: str) -> None:
    text, expected = row.split("|")
    assert [write_short(amount) for amount in find_amounts(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "十分な性能",
        "一部の企業",
        "第3世代",
        "一人の研究者",
        "GPT-4",
        "元社員",
        "千葉",
        "一方",
        "万が一",
        "数学",
        "百貨店",
        "H100",
        "1月27日",
        "10日間で_",
        "世界一のモデル",
        "有料と無料アプリ",
        "無料ではない",
        "2012年",
        "2024 年に",
        "23年1月",
        "令和7年度",
        "1990年代",
        "2021〜2023年",
        "会議 2026 のセッション",
        "唯一のポジション",
        "過半数の票",
        "1/29時点",
        "（2026.2）",
        "| 2031 |",
        "１・２号機",
        "3・11の震災",
        "24・25日に",
        "第3・第4四半期",
        "ミナト・カエデ・トウト",
        "1・2月に",
    ],
)
def test_number_that_is_no_amount(text: str) -> None:
    assert [a for a in find_amounts(text) if a.unit not in {"days", "year"}] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("売上は約2億ドルから2027年3月に", ["200000000 USD ~"]),
        ("3,100億円から12%減", ["310000000000 JPY =", "12 % ="]),
        ("約300Kから4倍", ["300000  =", "4 x ="]),
        ("5月の40万回から8月には12万回に減った", ["400000 times =", "120000 times ="]),
        ("| 71.25/64.5 | 1,480 |", ["71.25 points =", "64.5 points =", "1480  ="]),
        ("20分~1時間", ["20 minutes =", "1 hours ="]),
        ("試験2.1（77.5）で", ["2.1 points =", "77.5 points ="]),
        ("パラメータ数は300億～400億", ["30000000000..40000000000 parameters range"]),
        ("K2 $4.65/回", ["4.65 USD ="]),
        ("Otter 2.5 (34b)", ["2.5 points =", "34000000000 parameters ="]),
        ("200億円（約1.3億ドル）", ["20000000000 JPY ="]),
        ("100万トークン当たり入力0.3ドル、出力2ドル", ["0.3 USD/1M tokens =", "2 USD/1M tokens ="]),
        ("入力100万トークンあたり3ドル、出力は15ドル", ["3 USD/1M tokens =", "15 USD/1M tokens ="]),
        ("出力は100万トークン当たり15ドル。月に20ドル", ["15 USD/1M tokens =", "20 USD ="]),
    ],
)
def test_numbers_of_two_things_stand_apart(text: str, expected: list[str]) -> None:
    assert [write_short(amount) for amount in find_amounts(text)] == expected


def test_span_is_that_of_the_text_as_stored() -> None:
    text = "費用は約５６０万ドルだった"
    (amount,) = find_amounts(text)
    assert text[slice(*amount.span)] == amount.text == "約５６０万ドル"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1兆2000億", 1.2e12),
        ("五十", 50),
        ("2,000", 2000),
        ("5万3000", 53000),
        ("三百", 300),
        ("千五百", 1500),
        ("2億5000万", 2.5e8),
        ("0.55", 0.55),
    ],
)
def test_number_is_read(text: str, value: float) -> None:
    assert read_number(text) == (value, None)


@pytest.mark.parametrize("digits", ["1" * 8000, "1," * 4000, "三" * 4000])
def test_a_long_row_of_digits_takes_no_time(digits: str) -> None:
    began = time.process_time()
    find_amounts(f"{digits}人")
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("売上高は300億円（12%増）", [3e10, 12]),
        ("前日比40円（2.1%）安", [40, 2.1]),
        ("300億円（約2億ドル）", [3e10]),
        ("3割（30%）", [30]),
        ("H200の2万基（300億円）", [20_000, 3e10]),
        ("一問一答の形で", []),
        ("総パラメータ数は4000億、うち200億が動く", [4e11, 2e10]),
        ("パラメータは80億から140億に増えた", [8e9, 1.4e10]),
        ("パラメータは公表せず、費用は200億円", [2e10]),
        ("利用者は200億になる", []),
    ],
    ids=["share of a sum", "share of a move", "converted", "converted share", "what it costs", "a word",
         "active of all", "both sizes", "a sum", "nothing to say of what"],
)  # fmt: skip
def test_amounts_that_stand_together(text: str, values: list[float]) -> None:
    assert [amount.value for amount in find_amounts(text)] == values
