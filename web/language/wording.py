"""The words of the pages in each language, read from `words/LANGUAGE.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup

from graph.records import JudgementKind
from graph.views import CopyView, JudgementView

LANGUAGES = ("en", "ja")
"""The interface's languages; the first is spoken where nobody asked for another."""

_FOLDER = Path(__file__).resolve().parents[1] / "words"


@dataclass(frozen=True, slots=True)
class Words:
    """What the interface says in one language."""

    lang: str
    locale: Locale
    tables: Mapping[str, Any]

    def say(self, key: str, /, **values: object) -> Markup:
        """The words of a key such as `claim.ladder` with the values put in, escaped. KeyError for an unknown key.

        A text with `one` and `other` is chosen by the value `n`. Whole numbers are written as the language does.
        """
        text = self.find(key)
        if not isinstance(text, str):
            number = values.get("n", 0)
            text = text[self.locale.plural_form(number)] if number in (0, 1) else text["other"]
        return Markup(text).format(**{name: self._show(value) for name, value in values.items()})  # noqa: S704

    def name(self, table: str, code: str) -> str:
        """The word for a code of a closed set; the code without underscores where there is none."""
        found = self.tables[table].get(code)
        return found if isinstance(found, str) else code.replace("_", " ")

    def find(self, key: str) -> Any:
        """What stands under a dotted key. KeyError."""
        found: Any = self.tables
        for step in key.split("."):
            found = found[step]
        return found

    def _show(self, value: object) -> object:
        if isinstance(value, int) and not isinstance(value, bool):
            return format_decimal(value, locale=self.locale)
        return value


@lru_cache
def get_words(lang: str = LANGUAGES[0]) -> Words:
    """The words of one of LANGUAGES."""
    tables = tomllib.loads((_FOLDER / f"{lang}.toml").read_text("utf-8"))
    return Words(lang, Locale.parse(lang), tables)


def say_copy(view: CopyView, words: Words) -> str:
    """What another article is to this one: `copy of The Harbor Ledger:`. Plain text: the name in it is not escaped."""
    table = "copies_of" if view.is_original else "copies_at"
    text: str = words.find(f"{table}.{view.kind.value}")
    return text.format(source=view.article.source.name)


def say_judgement(view: JudgementView, words: Words) -> str:
    """What was judged, in a few words: `DS Inc is DeepSeek`. Plain text: the names in it are not escaped."""
    names = [entity.name for entity in view.entities]
    between = words.find("judgements.and")
    slots = {
        "one": names[0] if names else "",
        "other": names[1] if len(names) > 1 else "",
        "others": between.join(names[1:]),
        "spellings": between.join(words.find("judgements.spelling").format(name=alias) for alias in view.aliases),
        "judgement": say_judgement(view.undone, words) if view.undone else view.undoes or "",
        "what": between.join(_list_moved(view, words)),
    }
    text: str = words.find(f"judgements.{view.kind.value}{_is_many(view)}")
    return text.format(**slots)


def _is_many(view: JudgementView) -> str:
    return "_many" if view.kind is JudgementKind.MERGE and len(view.entities) > 2 else ""


def _list_moved(view: JudgementView, words: Words) -> list[str]:
    counted = (("judgements.claims", view.claims), ("judgements.articles", view.articles))
    moved = [str(words.say(key, n=len(ids))) for key, ids in counted if ids]
    return [*moved, *(words.find("judgements.spelling").format(name=alias) for alias in view.aliases)]
