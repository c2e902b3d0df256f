"""E-mail addresses, also those written out with words, and links."""

import re
from collections.abc import Iterator

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen

_AT = re.compile(
    r"\s?[(\[{<]\s?(?:at|@|a|miuku\w*)\s?[)\]}>]\s?|\s?@\s?| (?:at|miukumauku|snabel-?a|kissanhanta) ", re.IGNORECASE
)
_DOT = r"\s?(?:[(\[{]\s?(?:dot|piste|punkt|\.)\s?[)\]}]|\.)\s?|\s(?:dot|piste|punkt)\s"
_LOCAL = re.compile(r"[\w.+'-]{1,64}\Z")
_DOMAIN = re.compile(rf"[a-z0-9-]{{1,63}}(?:(?:{_DOT})[a-z0-9-]{{1,63}}){{0,5}}?(?:{_DOT})[a-z]{{2,24}}", re.IGNORECASE)
_TIGHT_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.[a-z]{2,24}", re.IGNORECASE)

_HAS_LINK_SIGN = re.compile(r"[a-z0-9:]/[a-z/]|[Ww]{3}\.|\\", re.IGNORECASE)
_URL = re.compile(
    r"\b(?:https?|hxxps?|ftps?|file|sftp)://[^\s<>|]+|\bwww\.[a-z0-9-]{1,63}\.[^\s<>|]+"
    r"|(?<![\w.@-])(?:[a-z0-9-]{1,63}\.){1,5}(?:fi|com|org|net|se|eu|io|app|dev|info|local|cloud)(?::\d+)?/[^\s<>|]+"
    r"|\\\\[a-z0-9.-]+\\[^\s<>|]+",
    re.IGNORECASE,
)


def find_emails(seen: Seen) -> Iterator[Hit]:
    """E-mail addresses: the usual writing, and `nimi (at) talo piste fi` with its kin."""
    text = seen.text
    for at in _AT.finditer(text):
        local = _LOCAL.search(text, max(0, at.start() - 64), at.start())
        domain = _TIGHT_DOMAIN.match(text, at.end()) or _DOMAIN.match(text, at.end())
        if local and domain:
            yield "email", local.start(), domain.end()


def find_urls(seen: Seen) -> Iterator[Hit]:
    """Links that lead to a page or a folder; the bare name of a site (`varha.fi`) passes."""
    if not _HAS_LINK_SIGN.search(seen.text):
        return
    for found in _URL.finditer(seen.text):
        yield "url", found.start(), found.end()
