"""Propositions in a few words, English and Japanese, composed of names, predicate and number."""

from collections.abc import Mapping

from graph.background import Background
from graph.records import Claim, ClaimType, Comparator, Modality, Party, Predicate, Quantity

# A sentence stands in for what parties do not tell; longer ones are cut.
_LONGEST_SAYING = 80

_TEMPLATES: Mapping[Predicate, tuple[str, str]] = {
    Predicate.TOOK_TECHNOLOGY_FROM: ("{s} took technology from {o}", "{s}が{o}の技術を盗用"),
    Predicate.DISTILLED_FROM: ("{s} distilled {o}", "{s}が{o}を蒸留"),
    Predicate.EXFILTRATED_DATA_FROM: ("{s} took data from {o}", "{s}が{o}のデータを持ち出し"),
    Predicate.INFRINGED: ("{s} infringed the rights of {o}", "{s}が{o}の権利を侵害"),
    Predicate.MISLED: ("{s} misled {o}", "{s}が{o}を欺いた"),
    Predicate.EVADED_CONTROLS: ("{s} evaded controls on {o}", "{s}が{o}の規制を回避"),
    Predicate.CAUSED_HARM: ("{s} harmed {o}", "{s}が{o}に害"),
    Predicate.OUTPERFORMS: ("{s} beats {o}", "{s}が{o}を上回る"),
    Predicate.MATCHES: ("{s} matches {o}", "{s}が{o}に匹敵"),
    Predicate.UNDERPERFORMS: ("{s} is behind {o}", "{s}が{o}に劣る"),
    Predicate.SCORES: ("{s} scores {q} on {o}", "{s}の{o}のスコア{q}"),
    Predicate.RANKS: ("{s} ranks {q} on {o}", "{s}が{o}で{q}"),
    Predicate.COSTS: ("{m} of {s}: {q}", "{s}の{m}{q}"),
    Predicate.TRAINED_ON: ("{s} was trained on {q} {o}", "{s}は{o}{q}で学習"),
    Predicate.RUNS_ON: ("{s} runs on {q} {o}", "{s}は{o}{q}で稼働"),
    Predicate.OWNS_HARDWARE: ("{s} has {q} {o}", "{s}が{o}{q}を保有"),
    Predicate.TRAINED_WITH: ("{s} was trained with {q} {o}", "{s}は{o}{q}で学習"),
    Predicate.HAS_SIZE: ("{s} has {q}", "{s}の規模{q}"),
    Predicate.RELEASED: ("{s} released {o}", "{s}が{o}を公開"),
    Predicate.ANNOUNCED: ("{s} announced {o}", "{s}が{o}を発表"),
    Predicate.UPDATED: ("{s} updated {o}", "{s}が{o}を更新"),
    Predicate.OPEN_SOURCED: ("{s} open-sourced {o}", "{s}が{o}をオープンソース化"),
    Predicate.WITHDREW: ("{s} withdrew {o}", "{s}が{o}を撤回"),
    Predicate.BASED_ON: ("{s} is based on {o}", "{s}は{o}が基盤"),
    Predicate.CAN: ("{s} can", "{s}ができること"),
    Predicate.CANNOT: ("{s} cannot", "{s}ができないこと"),
    Predicate.CENSORS: ("{s} censors {o}", "{s}が{o}を検閲"),
    Predicate.STOCK_MOVED: ("{s} shares moved {q}", "{s}の株価{q}"),
    Predicate.LOST_VALUE: ("{s} lost {q} of value", "{s}の時価総額が{q}減少"),
    Predicate.VALUED_AT: ("{s} is valued at {q}", "{s}の評価額{q}"),
    Predicate.EARNED: ("{s} earned {q}", "{s}の収益{q}"),
    Predicate.HAS_USERS: ("{s} has {q}", "{s}の利用{q}"),
    Predicate.LEADS: ("{s} leads {o}", "{s}が{o}を率いる"),
    Predicate.INVESTED_IN: ("{s} invests {q} in {o}", "{s}が{o}に{q}出資"),
    Predicate.ACQUIRED: ("{s} acquires {o} for {q}", "{s}が{o}を{q}買収"),
    Predicate.PARTNERED_WITH: ("{s} partners with {o}", "{s}と{o}が提携"),
    Predicate.SUPPLIES: ("{s} supplies {o}, {q}", "{s}が{o}に供給{q}"),
    Predicate.OWNS: ("{s} owns {q} {o}", "{s}が{o}{q}を所有"),
    Predicate.RAISED: ("{s} raised {q}", "{s}が{q}調達"),
    Predicate.WORKS_FOR: ("{s} works for {o}", "{s}は{o}に所属"),
    Predicate.FOUNDED: ("{s} founded {o}", "{s}が{o}を創業"),
    Predicate.JOINED: ("{s} joined {o}", "{s}が{o}に加入"),
    Predicate.LEFT: ("{s} left {o}", "{s}が{o}を退社"),
    Predicate.SUED: ("{s} sued {o}", "{s}が{o}を提訴"),
    Predicate.INVESTIGATES: ("{s} investigates {o}", "{s}が{o}を調査"),
    Predicate.REGULATES: ("{s} regulates {o}", "{s}が{o}を規制"),
    Predicate.RESTRICTS: ("{s} restricts {o}", "{s}が{o}を制限"),
    Predicate.BANNED: ("{s} banned {o}", "{s}が{o}を禁止"),
    Predicate.FINED: ("{s} fined {o} {q}", "{s}が{o}に制裁金{q}"),
    Predicate.RULED_FOR: ("{s} ruled for {o}", "{s}が{o}の主張を認めた"),
    Predicate.RULED_AGAINST: ("{s} ruled against {o}", "{s}が{o}の主張を退けた"),
    Predicate.DISPUTES: ("{s} disputes {o}", "{s}が{o}に反論"),
    Predicate.DOUBTS: ("{s} doubts {o}", "{s}が{o}を疑問視"),
    Predicate.SUPPORTS: ("{s} supports {o}", "{s}が{o}を支持"),
    Predicate.CRITICIZES: ("{s} criticizes {o}", "{s}が{o}を批判"),
    Predicate.FEARS: ("{s} fears {o}", "{s}が{o}を懸念"),
}

_MEASURES: Mapping[str, tuple[str, str]] = {
    "training_cost": ("Training cost", "学習費用"),
    "development_cost": ("Development cost", "開発費用"),
    "price": ("Price", "価格"),
    "price_change": ("Price change", "価格の変化"),
    "spending": ("Spending", "支出"),
}
_COMPARATORS: Mapping[Comparator, tuple[str, str]] = {
    Comparator.ABOUT: ("about {}", "約{}"),
    Comparator.OVER: ("over {}", "{}超"),
    Comparator.UNDER: ("under {}", "{}未満"),
    Comparator.AT_LEAST: ("at least {}", "{}以上"),
    Comparator.AT_MOST: ("at most {}", "{}以下"),
}
_SCALES = {
    "en": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")),
    "ja": ((1e12, "兆"), (1e8, "億"), (1e4, "万")),
}
_UNITS_JA = {"USD": "ドル", "JPY": "円", "CNY": "元", "EUR": "ユーロ", "people": "人", "chips": "個", "rank": "位"}
"""Japanese unit words; others stand as they are."""


def make_label(claim: Claim, background: Background, lang: str) -> str:
    """What the claim says, affirmed, whoever says it; what parties do not tell, by the sentence's first words."""
    column = 0 if lang == "en" else 1
    template = _TEMPLATES[claim.predicate][column]
    amount = _format_counted(claim.quantity, claim.object, lang) if claim.quantity else ""
    measure = claim.quantity.measure if claim.quantity else ""
    named = {
        "s": _name(claim.subject, background, lang),
        "o": _name(claim.object or claim.benchmark, background, lang),
        "q": amount,
        "m": _MEASURES.get(measure, ("Cost", "費用"))[column],
    }
    text = " ".join(template.format(**named).split()).rstrip(" ,:")
    if named["o"] and claim.quantity and claim.quantity.unit == "x" and "{o}" not in template:
        text += f" beside {named['o']}" if lang == "en" else f"({named['o']}比)"
    if claim.benchmark and claim.object and claim.benchmark != claim.object:
        benchmark = _name(claim.benchmark, background, lang)
        text += f" on {benchmark}" if lang == "en" else f"({benchmark})"
    if claim.modality is Modality.PREDICTED:
        text += " (expected)" if lang == "en" else "(見込み)"
    if claim.type is ClaimType.CAPABILITY or not (claim.object or claim.quantity):
        text += f": {_cut(claim.text)}"
    return text


def _format_counted(quantity: Quantity, what: Party | None, lang: str) -> str:
    """The amount before what is counted; named chips need not be called chips: 2,048 Nvidia H800."""
    amount = format_amount(quantity, lang)
    return amount.removesuffix(" chips") if what and lang == "en" else amount


def format_amount(quantity: Quantity, lang: str) -> str:
    """The number with its unit in a few characters: "about 600 billion USD", 約6000億ドル."""
    column = 0 if lang == "en" else 1
    text = _format_number(quantity.value, lang)
    if quantity.comparator is Comparator.RANGE and quantity.high is not None:
        text += ("–" if lang == "en" else "〜") + _format_number(quantity.high, lang)
    if quantity.unit == "rank":
        text = f"#{text}" if lang == "en" else f"{text}位"
    elif quantity.unit == "%":
        text += "%"
    else:
        unit = quantity.unit if lang == "en" else _UNITS_JA.get(quantity.unit, quantity.unit)
        text += f" {unit}".rstrip() if lang == "en" else unit
    return _COMPARATORS.get(quantity.comparator, ("{}", "{}"))[column].format(text)


def _format_number(value: float, lang: str) -> str:
    for scale, word in _SCALES[lang]:
        if abs(value) >= scale:
            return f"{value / scale:.4g} {word}" if lang == "en" else f"{value / scale:.6g}{word}"
    return f"{value:,.10g}" if lang == "en" else f"{value:.10g}"


def _name(party: Party | None, background: Background, lang: str) -> str:
    if party is None:
        return ""
    known = party.entity is not None and party.entity in background.entities
    return background.find_name(party.entity, lang) if party.entity and known else party.name


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SAYING else text[: _LONGEST_SAYING - 1].rstrip() + "…"
