"""What is new about something watched, as a mail and as JSON: sentences, who says them, through whom, how firmly."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from graph.answers.proposition_views import MatterView
from graph.ids import format_time
from graph.records import News, Watch
from graph.utterances import name_outlet
from graph.views import ClaimView
from graph.watching.noticed import NoticeView
from web.language.acts import find_act, say_act_word
from web.language.formatting import format_day
from web.language.headlines import say_headline
from web.language.naming import name_party, name_publisher
from web.language.wording import LANGUAGES, Words, get_words

_HEX_DIGITS = 20
_UNSHOWN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in words of one language."""

    subject: str
    text: str


def name_delivery(watch: Watch, views: Sequence[NoticeView]) -> str:
    """The id of what is sent: the same when the same is sent again."""
    return "d" + _digest(str(watch.number), *(name_notice(view) for view in views))


def name_notice(view: NoticeView) -> str:
    """The id of a notice: which claim brought what."""
    return "n" + _digest(view.claim.id, *(news.value for news in view.notice.news), view.notice.status or "")


def write_letter(watch: Watch, what: str, views: Sequence[NoticeView], pages: str, words: Words) -> Letter:
    """The mail.

    what   what is watched, in words
    pages  where the pages are, for the links
    """
    headline = _headline(views[0].matter, words)
    subject = headline if len(views) == 1 else _say(words, "letter.subject", n=len(views), what=what)
    lines = [_say(words, "letter.head", what=what), ""]
    for number, view in enumerate(views, 1):
        lines += [*_iter_lines(number, view, pages, words), ""]
    lines += ["-- ", _say(words, "letter.by_program"), _say(words, "letter.end", number=watch.number)]
    return Letter(f"claimgraph: {subject}", "\n".join(lines) + "\n")


def write_event(watch: Watch, views: Sequence[NoticeView], pages: str) -> bytes:
    """The body of a POST: JSON in UTF-8."""
    event = {
        "delivery": name_delivery(watch, views),
        "watch": watch.number,
        "kind": watch.watched.kind.value,
        "target": watch.watched.target,
        "notices": [_show_notice(view, pages) for view in views],
    }
    return json.dumps(event, ensure_ascii=False).encode()


def _iter_lines(number: int, view: NoticeView, pages: str, words: Words) -> Iterator[str]:
    headline = _headline(view.matter, words)
    yield f"{number}. {headline}"
    yield "   " + _say(words, "letter.new", news=_say_news(view, words))
    # Rival numbers of one thing stand in one headline.
    for other in dict.fromkeys(_headline(one, words) for one in view.against):
        if other != headline:
            yield "   " + _say(words, "letter.against", headline=other)
    yield "   " + _say(words, "letter.quote", text=_clean(view.claim.text))
    yield f"   {_credit(view.claim, words)}"
    yield f"   {pages}/claims/{view.claim.id}"


def _headline(matter: MatterView, words: Words) -> str:
    return _clean(say_headline(matter.gist, None, words))


def _credit(claim: ClaimView, words: Words) -> str:
    """`DeepSeek ◂ Signal & Silicon · denies · said as fact · 30 Jan 2025`: who through whom, how firmly, when."""
    chain = [
        *(name_party(speaker.party, "group", words) for speaker in reversed(claim.claimants)),
        _outlet(claim, words),
    ]
    act = say_act_word(claim.modality, claim.polarity, words)
    firmness = words.name("modality_names", claim.modality.value)
    return f"{' ◂ '.join(map(_clean, chain))} · {act} · {firmness} · {format_day(claim.reported_at, words)}"


def _outlet(claim: ClaimView, words: Words) -> str:
    source = claim.article.source
    return name_publisher(name_outlet(source, claim.article.url), source.domain, words)


def _say_news(view: NoticeView, words: Words) -> str:
    """All that it is; that it is a claim only where it is nothing else."""
    named = [_name_news(one, view, words) for one in view.notice.news if one is not News.CLAIM]
    return str(words.find("pictures.comma")).join(named or [str(words.find("watching.further"))])


def _name_news(news: News, view: NoticeView, words: Words) -> str:
    if news is News.STATUS and view.notice.status:
        return _say(words, "letter.step", status=words.name("statuses", view.notice.status.value))
    return words.name("news", news.value)


def _say(words: Words, key: str, **values: object) -> str:
    """The words of a key with values in them; as plain text, nothing is escaped."""
    text = words.find(key)
    return str((text if isinstance(text, str) else text["other"]).format(**values))


def _show_notice(view: NoticeView, pages: str) -> dict[str, object]:
    claim = view.claim
    return {
        "id": name_notice(view),
        "at": format_time(view.notice.at),
        "news": [news.value for news in view.notice.news],
        "status": view.notice.status.value if view.notice.status else None,
        "matter": _show_matter(view.matter, pages),
        "against": [_show_matter(other, pages) for other in view.against],
        "claim": {
            "id": claim.id,
            "text": claim.text,
            "lang": claim.lang,
            "act": find_act(claim.modality, claim.polarity).value,
            "modality": claim.modality.value,
            "polarity": claim.polarity.value,
            "speakers": [speaker.party.name for speaker in claim.claimants],
            "source": claim.article.source.name,
            "article": claim.article.url,
            "reported_at": format_time(claim.reported_at),
            "grade": claim.grade.value,
            "url": f"{pages}/claims/{claim.id}",
        },
    }


def _show_matter(matter: MatterView, pages: str) -> dict[str, object]:
    headlines = {f"headline_{lang}": say_headline(matter.gist, None, get_words(lang)) for lang in LANGUAGES}
    return {"id": matter.id, **headlines, "status": matter.status.value, "url": f"{pages}/matters/{matter.id}"}


def _clean(text: str) -> str:
    """In one line, without signs that a terminal or mail program would obey."""
    return " ".join(_UNSHOWN.sub(" ", text).split())


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:_HEX_DIGITS]
