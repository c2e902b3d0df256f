"""E-mail addresses, also those written out with words, links, and the names that people use in other channels."""

import re
from collections.abc import Iterator

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen
from bot.rules.privacy._words import is_form_of, word_list

_AT = re.compile(
    r"\s?[(\[{<]\s?(?:at|@|a|miuku\w*)\s?[)\]}>]\s?|\s?@\s?| (?:at|at[ -]?merkki|miuku(?:mauku|merkki)?|miumau"
    r"|snabel-?a|kissanhanta\w{0,6}|alfaslang) "
    r"|(?<=[a-z0-9])[_.-]at[_.-](?=[a-z0-9])|\s?[#|~-]\s?at\s?[#|~-]\s?",
    re.IGNORECASE,
)
# A dot that ends a sentence is no dot of an address.
_DOT = (
    r"\s?(?:[(\[{]\s?(?:dot|piste|punkt|\.)\s?[)\]}]|\.(?!\s(?-i:[A-Z])))\s?|\s(?:dot|piste|punkt)\s|[_-]dot[_-]"
    r"|\s-\s?dot\s?-\s?"
)
_LOCAL = re.compile(r"[\w.+'-]{1,64}\Z")
_DOMAIN = re.compile(
    rf"[a-z0-9-]{{1,63}}(?:(?:{_DOT})[a-z0-9-]{{1,63}}){{0,5}}?(?:{_DOT})[a-z]{{2,24}}(?![a-z0-9_])", re.IGNORECASE
)
_TIGHT_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.[a-z]{2,24}(?![a-z0-9_])", re.IGNORECASE)

_WITHOUT_END = re.compile(r"(?<![\w.+'-])[A-Za-z][\w.+'-]{1,63}@[A-Za-z][\w-]{2,62}")  # `nimi@talo`

_HAS_LINK_SIGN = re.compile(r"[/\\]|[Ww]{3}\.|\.[A-Za-z]{2,24}[?#]")
# Ends of the names of sites, since the path after them may begin with anything.
_SITE_END = (
    r"(?:fi|com|org|net|edu|gov|int|info|biz|name|pro|mobi|app|dev|io|ai|co|me|ly|be|gl|gd|gg|cc|tv|fm|am|im|sh|st"
    r"|pw|to|ws|us"
    r"|uk|eu|se|no|dk|de|ee|lv|lt|pl|nl|fr|es|it|ax|is|ru|su|ua|by|ch|at|nu|ms|xyz|page|link|site|online|cloud"
    r"|local|chat|team"
    r"|gle|goo|google|example|test|invalid|localhost|internal|intra|lan|blog|live|news|social|health|tools|services"
    r"|support|one|space|website|tech|video|photos)"
)
_URL = re.compile(
    r"\b(?:https?|hxxps?|ftps?|file|sftp|[a-z][a-z0-9+.-]{2,20})://[^\s<>|]+|\bhttps?\s{0,2}:\s{0,2}/\s?/\s?[a-z0-9.-]+"
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?/[A-Za-z][^\s<>|]*|\bwww\.[a-z0-9-]{1,63}\.[^\s<>|]+"
    rf"|(?<![\w.@-])(?:[a-z0-9-]{{1,63}}\.){{1,5}}{_SITE_END}(?::\d{{1,5}})?(?:/[\w@%?#~!+$&=:-]|[?#][\w%!/-])[^\s<>|]*"
    r"|\\\\[a-z0-9.-]+\\[^\s<>|]+|\b[a-z]:\\[^\s<>|]+",
    re.IGNORECASE,
)

_HANDLE = re.compile(r"(?<![\w.@/<+:-])@(?P<name>[A-Za-z][A-Za-z0-9_.-]{1,29}[A-Za-z0-9_])")
_SPACED_HANDLE = re.compile(r"(?<![\w.])@ (?P<name>[A-Za-z][A-Za-z0-9.]{1,28}(?:_|\d)[A-Za-z0-9_]*)|(?<![\w/])u/\w{3,}")
# A first name with figures at its end: `masa90`, `elli_90`, in whatever channel.
_NAME_WITH_FIGURES = re.compile(
    r"(?<![\w.@/-])(?P<name>[A-Za-z]{3,20})(?:[._]?[a-z]{0,3})[._]?\d{1,4}(?![\w-]|[.,:]\d)"
)
_NUMBERED_HANDLE = re.compile(r"\b[A-Za-z][\w.]{2,30}#\d{4}\b")
# Where a channel or a word tells that a name follows, the name is one that no ordinary word looks like.
_CHANNEL = re.compile(
    r"\b(?:ig|fb|insta|snap|tiktok|telegram|discord|twitter|threads|signal|whatsapp|facebook|jodel|kik|tinder"
    r"|twitch|steam"
    r"|reddit|youtube|skype|roblox|fortnite|nimimerk|kayttajatunnu|kayttajanim|nick|anvandarnamn|pseudonym|signatur"
    r"|username"
    r"|user name|handle)[a-z]{0,12}(?:[ :=(-]{1,3}(?:on|ar|is|tili\w{0,4}|tunnus\w{0,4}|nimella|nimi|kanava\w{0,4}"
    r"|konto\w{0,3}"
    r"|account|user|namn\w{0,2})){0,2}[ :=(\"'-]{1,3}(?P<name>[A-Za-z][A-Za-z0-9._]{3,29})",
    re.IGNORECASE,
)
_MAY_BE_HANDLE = re.compile(r"[@_#/]|[a-z.]\d|\d[a-z]", re.IGNORECASE)
_NO_WORD = re.compile(r".*(?:[a-z_.]\d|\d[a-z_]|_)", re.IGNORECASE)
_EVERYBODY = word_list("not_handles")
_NOT_PERSONS = word_list("organisations") | word_list("municipalities") | word_list("places") | word_list("first_words")
_FIRST_NAMES = word_list("first_names")
_ONLY_FIRST_NAMES = _FIRST_NAMES - word_list("names_like_words") - word_list("forms_like_words")
_PARTS = re.compile(r"[A-Za-z]+")


def find_emails(seen: Seen) -> Iterator[Hit]:
    """E-mail addresses: the usual writing, and `nimi (at) talo piste fi` with its kin."""
    text = seen.text
    for at in _AT.finditer(text):
        local = _LOCAL.search(text, max(0, at.start() - 64), at.start())
        domain = _TIGHT_DOMAIN.match(text, at.end()) or _DOMAIN.match(text, at.end())
        if local and domain:
            yield "email", local.start(), domain.end()
    for found in _WITHOUT_END.finditer(text):
        yield "email", found.start(), found.end()


def find_urls(seen: Seen) -> Iterator[Hit]:
    """Links that lead to a page or a folder; the bare name of a site (`varha.fi`) passes."""
    if not _HAS_LINK_SIGN.search(seen.text):
        return
    for found in _URL.finditer(seen.text):
        yield "url", found.start(), found.end()


def find_handles(seen: Seen) -> Iterator[Hit]:
    """The names that people use in other channels: `@nimi`, and a name after a channel's; those of bodies pass."""
    if not _MAY_BE_HANDLE.search(seen.text):
        return
    for found in (*_HANDLE.finditer(seen.text), *_NUMBERED_HANDLE.finditer(seen.text)):
        first = _PARTS.search(found[0])
        if first and first[0].lower() not in _EVERYBODY and not _is_body(first[0]):
            yield "handle", found.start(), found.end()
    for found in _SPACED_HANDLE.finditer(seen.text):
        yield "handle", found.start(), found.end()
    for found in _NAME_WITH_FIGURES.finditer(seen.text):
        if found["name"].lower() in _ONLY_FIRST_NAMES:
            yield "handle", found.start(), found.end()
    for found in _CHANNEL.finditer(seen.text):
        if _NO_WORD.match(found["name"]):
            yield "handle", found.start("name"), found.end("name")


def _is_body(word: str) -> bool:
    """Whether a handle begins with a town or an office; a first name may look like a form of one (`Ville`)."""
    return word.lower() not in _FIRST_NAMES and is_form_of(word, _NOT_PERSONS)
