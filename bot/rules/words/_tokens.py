"""Words of a text as they are written, lower case and composed (NFC)."""

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def written_words(text: str) -> list[str]:
    """The words of a text in order, lower case, NFC; a hyphenated word is one, digits and signs are none."""
    return _WORD.findall(unicodedata.normalize("NFC", text.lower()))
