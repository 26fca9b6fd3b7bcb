"""Text without what no store, page or parser can hold."""

import re
import unicodedata

# Every C0 and C1 control except tab and newline, and DEL: none belongs in prose, NUL breaks C strings.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_ENDS = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_SPACE_BEFORE_NEWLINE = re.compile(r"[^\S\n]+(?=\n|$)")


def clean_text(text: str) -> str:
    """Text in NFC with `\\n` line ends, no controls, no lone surrogates and no space at a line's end.

    NFC, not NFKC: full-width letters and ㎏ are what the page said, and quotes must match it.
    """
    if text.isprintable():  # most titles, names and addresses: one line, no control, no space but the common one
        return unicodedata.normalize("NFC", text).rstrip()
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROLS.sub("", drop_surrogates(text))
    return _SPACE_BEFORE_NEWLINE.sub("", unicodedata.normalize("NFC", text))


def clean_line(text: str, limit: int) -> str:
    """Text on one line, runs of space as one space, cut to `limit` characters."""
    # Cut before cleaning as well: a 20 MB title need not be normalised to keep 1,000 characters of it.
    return " ".join(clean_text(text[: 4 * limit]).split())[:limit].rstrip()


def drop_surrogates(text: str) -> str:
    """Text that can be written as UTF-8: lone surrogates are left out."""
    return text.encode("utf-8", "ignore").decode("utf-8")
