"""Words of a text as they are written, lower case and composed (NFC)."""

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")  # soft hyphens and the like, inside words


def written_words(text: str) -> list[str]:
    """The words of a text in order, lower case, NFC; a hyphenated word is one, digits and signs are none."""
    return _WORD.findall(unicodedata.normalize("NFC", _UNSEEN.sub("", text.lower())))
