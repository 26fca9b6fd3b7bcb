"""The form of a firm in law, which is no part of what others call it: Vireo Inc., 株式会社ヴィレオ."""

import re

_FORM = (
    r"(?:(?i:Inc|Incorporated|Corp|Corporation|Co|Ltd|(?:Private )?Limited|LLC|PLC|GmbH)|LLP|LP|PBC|AG|KGaA|SE|N\.?V|"
    r"B\.?V|S\.?A|SAS|SARL|S\.?p\.?A|Srl|AB|ASA?|Oyj?|A/S|Pte|Pvt|(?:Sdn )?Bhd|K\.?K)\b\.?"
)
_IN_JAPANESE = "(?:株式会社|有限会社|合同会社|㈱|[(（]株[)）])"
# "Dow Jones & Co" is called so as a whole.
_DROPPED = re.compile(rf"(?<!&)(?<! and)(?:(?:, ?| ){_FORM})+$|^{_IN_JAPANESE}|{_IN_JAPANESE}$")
_ALONE = re.compile(rf"(?:,? ?(?:{_FORM}|Company\b))+")
# Without it the rest is a word like any other, or too short to be found: News Corp, X Corp.
_NEEDED = re.compile(r"(?i:News)|.{,2}")


def drop_form(name: str) -> str:
    """The name without its form; whole where that is all that makes a name of it."""
    bare = _DROPPED.sub("", name)
    return name if _NEEDED.fullmatch(bare) else bare


def is_form(words: str) -> bool:
    """Whether words behind a name are nothing but its form: ", Inc."."""
    return bool(_ALONE.fullmatch(words))
