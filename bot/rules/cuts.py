"""How a text is cut: never within a character, and where a reader sees the end, at a word and with "…"."""

import regex


def head(text: str, limit: int) -> tuple[str, str]:
    """The text in two: at most `limit` characters, none of them broken, and the rest."""
    if len(text) <= limit:
        return text, ""
    end = 0
    for sign in regex.finditer(r"\X", text):
        if sign.end() > limit:
            break
        end = sign.end()
    return text[:end], text[end:]


def beginning(text: str, limit: int) -> str:
    """The text where it has at most `limit` characters, else as many whole words of it with "…" as fit."""
    return text if len(text) <= limit else ended(*head(text, limit - 1))


def ended(kept: str, rest: str) -> str:
    """The beginning `kept` of a text that goes on with `rest`, ended at a word and with "…".

    Where the words before the last one are not even half of it, that one is cut between characters.
    """
    words = kept if rest[:1].isspace() or kept[-1:].isspace() else kept.rsplit(maxsplit=1)[0] if kept.strip() else ""
    return f"{(words if len(words) >= len(kept) // 2 else kept).rstrip()}…"
