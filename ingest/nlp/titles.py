"""What somebody is called beside his name and is no part of it: Judge Orla Venn, 入澤氏, オオイ最高経営責任者(CEO)."""

import re

_BEFORE = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Judge|Justice|Professor|Senator)\b\.?|(?:Sen|Rep|Gov)\.) (?=\w)|"
    r"(?:(?:U\.S\.|US|U\.K\.|UK|Federal|State|District|Circuit|Magistrate|(?:High|Supreme|Superior) Court|Chief|"
    r"Senior|Deputy|Acting|Former|Vice|Assistant|Prime|Attorney) )*"
    r"(?:(?:Attorney|Secretary) General|(?:Chief )?Executive (?:Officer|Director|Chairman)|"
    r"Judge|Justice|President|Chancellor|Minister|Secretary|Senator|Representative|Commissioner|Chairman|Chairwoman|"
    r"Governor|Mayor|Attorney|Prosecutor|Director|Executive|C[EFT]O) (?=[A-ZÀ-Þ][\w.’'-]+ [A-ZÀ-Þ])"
)
_OFFICE = (
    "(?:総理|国務|財務|外務|防衛|国防|商務|司法|法務|総務|労働|運輸|環境|教育|保健|経済産業|文部科学|厚生労働|"
    "農林水産|国土交通|デジタル|官房|事務|連邦)"
)
_BEHIND = re.compile(
    r"(?<=..)(?:(?:氏|さん|さま|様)|"
    r"(?:元|前|現|新|兼|共同|副|准|助|名誉|筆頭|主席|首席|主任|上級|代表|専務|常務|執行|特別)*"
    rf"(?:{_OFFICE}*(?:大臣|長官|次官|総長|検事|判事)|[会社学院所局部課室次校市議団]長|容疑者|被告|受刑者|"
    r"(?:委員|編集|理事|裁判|事務局|研究所)長|教授|講師|博士|記者|外相|首相|大統領|主席|議員|知事|大使|監督|弁護士|"
    r"代表|取締役|役員|専務|常務|顧問|会頭|総裁|頭取|創業者|創設者|アナリスト|エコノミスト|エンジニア|研究員|研究者|"
    r"(?<=[一-龠々])(?:パートナー|ディレクター|マネー?ジャー|アドバイザー|フェロー)|"
    r"報道官|担当者?|C[A-Z]O|最高[一-龠々]{2,6}責任者)(?:[(（][A-Z]{2,4}[)）])?)+$"
)
_OFFICES = re.compile(f"{_OFFICE}+")
_HALF = re.compile(r"[会社学院所局部室](?=長)|准(?=教授)|副(?=[会社]長)")


def count_title(name: str) -> int:
    """How many characters of a title stand before the name."""
    title = _BEFORE.match(name)
    return title.end() if title else 0


def drop_title(name: str, behind: str) -> str:
    """A Japanese name without the title behind it, or without the half of one that goes on in the words behind.

    An office alone (国務長官) stays whole: that is all that stands there for somebody.
    """
    while (found := _BEHIND.search(name)) and not _OFFICES.fullmatch(name, 0, found.start()):
        name, behind = name[: found.start()], ""
    half = _HALF.match(name + behind, len(name) - 1) if len(name) > 2 else None
    return name[:-1] if half else name


def is_title(words: str) -> bool:
    """Whether words behind a Japanese name are a title and nothing else: 容疑者, 元最高経営責任者(CEO)."""
    found = _BEHIND.search("一一" + words)
    return bool(words) and found is not None and found.start() == 2
