"""What keeps a reader without an account from a page: paywalls, captchas, questions for consent, pages that only a
script fills."""

import re
from typing import Any

from graph.records import Barrier

# By the reason of a failure; the others say nothing of who may read the page.
BY_REASON = {
    "http_401": Barrier.LOGIN,
    "http_402": Barrier.PAYWALL,
    "http_403": Barrier.REFUSED,
    "http_451": Barrier.LEGAL,
    "robots": Barrier.ROBOTS,
    **{str(barrier): barrier for barrier in (Barrier.PAYWALL, Barrier.CAPTCHA, Barrier.SCRIPT, Barrier.CONSENT)},
}
# A page that says "for subscribers" and still prints so much has printed the article; teasers end after two or three
# paragraphs. Japanese says in one character what takes English two or three.
_WHOLE_TEXT = 2_500
_WHOLE_JAPANESE = 1_000
# Shells say little else than what they are.
_LONGEST_SHELL = 600
_MOST_WORDS = 200_000
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|keep|read)|(?:to (?:continue|keep) reading|continue reading).{0,60}subscri"
    r"|(?:this|the) (?:article|story|content|post) is (?:only )?(?:for|available to|reserved for) (?:paid |paying )?"
    r"(?:subscribers|members)|(?:subscribers?|members?)[- ]only (?:article|story|content|post)"
    r"|already a (?:subscriber|member)\?|you(?:'ve| have) (?:reached|read) (?:your|all|the) .{0,30}free article"
    r"|この(?:記事|続き)は.{0,12}(?:有料|会員|購読者)(?:会員)?(?:限定|専用|登録)|有料会員(?:限定|になると)|会員限定(?:記事|です|の記事)"
    r"|残り\s?[\d０-９,]+\s?(?:文字|字)|続きを(?:読む|お読み).{0,20}(?:会員登録|ログイン|購読)|ここから先は.{0,12}(?:有料|会員)",
    re.IGNORECASE,
)
_CAPTCHA = re.compile(
    r"verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|i'?m not a robot|checking your browser before"
    r"|unusual (?:traffic|activity) from your|attention required! \| cloudflare|just a moment\.\.\."
    r"|complete the captcha"
    r"|press (?:and|&) hold|ロボットではありません|人間であることを確認|不審なアクセス|アクセスが制限されています",
    re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"(?:enable|turn on|requires?|needs?|without) java ?script|java ?script (?:is )?(?:disabled|required|to be enabled)"
    r"|java ?scriptを有効|java ?scriptが(?:無効|必要)",
    re.IGNORECASE,
)
# "We and our 845 partners store …": who asks this asks for cookies.
_CONSENT = re.compile(
    r"\bwe(?:,| and| &) (?:our|up to|\d)(?: [\w.,]+){0,4}? (?:partners|vendors),? (?:may )?"
    r"(?:store|use|access|process)\b.{0,80}\b(?:cookies|your (?:device|data|consent)|personal data)"
    r"|\b(?:store|access)(?: and(?:/or)?| or|/) (?:access|store) information on (?:a|your) device"
    r"|(?:弊社|当社|当サイト|私たち)(?:と|および|及び|や).{0,30}(?:パートナー|提携先|第三者).{0,40}(?:クッキー|cookie|端末|デバイス)"
    r"|(?:クッキー|cookie).{0,20}(?:使用|利用)(?:する)?(?:こと)?に同意(?:して|する|いただ)",
    re.IGNORECASE,
)
# Before it stands a heading at the most: an article has begun where more does.
_LONGEST_HEADING = 80
# The other lines of who asks speak of the same, to the reader; an article on such questions does not. What else is left
# beside them is buttons and the like.
_OF_CONSENT = re.compile(
    r"cookies?|consent|partners|vendors|privacy|personal data|your (?:data|device|choices?|preferences)"
    r"|クッキー|同意|プライバシー|個人情報|個人データ|パートナー|提携先|端末|デバイス",
    re.IGNORECASE,
)
_TO_READER = re.compile(
    r"\b(?:we|our|us|you|your)\b|当社|弊社|当サイト|私たち|あなた|お客様|ます|ません|ください", re.IGNORECASE
)
_MOST_LEFT = 300
_MOST_LEFT_JAPANESE = 120
_FRAMES = "//iframe[contains(@src, 'captcha') or contains(@src, 'challenges.cloudflare')] | //*[@id='challenge-form']"


def find_barrier(tree: Any, text: str, lang: str, is_free: bool | None) -> Barrier | None:
    """What keeps us from the article, given its text as found; None when nothing does.

    tree     the page parsed by lxml
    is_free  what the page says of itself (ingest.parsing.metadata)
    """
    short = len(text) <= _LONGEST_SHELL
    whole = len(text) > (_WHOLE_JAPANESE if lang == "ja" else _WHOLE_TEXT)
    if whole:
        return None
    shown = _read_shown(tree)
    if is_free is False or (is_free is None and _PAYWALL.search(shown)):
        return Barrier.PAYWALL
    if short and (_CAPTCHA.search(shown) or tree.xpath(_FRAMES)):
        return Barrier.CAPTCHA
    if _asks_consent(text, lang):
        return Barrier.CONSENT
    # Behind a real teaser the advice to enable scripts is about comments and videos.
    if short and _SCRIPT.search(shown) and (not text or _SCRIPT.search(text) or len(text) < len(shown) // 2):
        return Barrier.SCRIPT
    return None


def _asks_consent(text: str, lang: str) -> bool:
    """Whether a text begins with the question for consent and has little else."""
    asked = _CONSENT.search(text)
    if asked is None or asked.start() > _LONGEST_HEADING:
        return False
    lines = text.split("\n")
    others = [line for line in lines if not (_OF_CONSENT.search(line) and _TO_READER.search(line))]
    most = _MOST_LEFT_JAPANESE if lang == "ja" else _MOST_LEFT
    return len(others) < len(lines) and sum(map(len, others)) <= most


def _read_shown(tree: Any) -> str:
    """The words of a page, those for readers without scripts included."""
    parts = tree.xpath("//text()[not(parent::script or parent::style)]")
    return " ".join(" ".join(parts)[:_MOST_WORDS].split())
