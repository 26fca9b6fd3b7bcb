"""Names of one thing in two scripts: 森田健司 and ケンジ・モリタ are Kenji Morita."""

from graph.spelling.readings import is_kanji, reads_as
from graph.spelling.sounding import count_sounds, drop_tail, is_kana, list_sounds, sound_alike, sound_nearly_alike


def is_japanese(name: str) -> bool:
    """Whether a name is written in kana or kanji, so that a name in Latin letters may be the same."""
    return is_kana(name) or is_kanji(name)


def is_said_as(japanese: str, latin: str, *, person: bool) -> bool:
    """Whether a name in kana or kanji may be that one in Latin letters; `person`: it is somebody's."""
    return sound_alike(japanese, latin) if is_kana(japanese) else reads_as(japanese, latin, person=person)


def is_said_nearly_as(japanese: str, latin: str) -> bool:
    """Whether a name in katakana sounds nearly like one in Latin letters; kanji are read so or not at all."""
    return is_kana(japanese) and sound_nearly_alike(japanese, latin)


def count_places(japanese: str) -> int:
    """How long a name is: its consonants in kana, its characters in kanji."""
    return count_sounds(japanese) if is_kana(japanese) else len(japanese)


def may_sound(japanese: str, latin: str, *, person: bool) -> bool:
    """As is_said_as, but of katakana by what stays of it without its version."""
    if is_said_as(japanese, latin, person=person):
        return True
    return is_kana(japanese) and not list_sounds(drop_tail(japanese)).isdisjoint(list_sounds(latin, kept=True))
