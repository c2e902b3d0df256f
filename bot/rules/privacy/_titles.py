"""Words for a person before a name: `asiakas Nieminen`, `rouvalle Salmiselle`, `Mr. Salo`, `hoitaja Virtanen`."""

import re
from collections.abc import Iterator

from bot.rules.privacy._addresses import is_street
from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen, plain
from bot.rules.privacy._surnames import is_surname, may_be_surname
from bot.rules.privacy._words import is_form_of, rows_of_words, word_list

_NAME = r"[A-Za-z][A-Za-z]+(?:-[A-Za-z]+)*"
_PAIR = re.compile(
    rf"(?<![A-Za-z-])(?P<title>[A-Za-z]+)(?:\.|\b),?\s{{1,2}}(?=(?P<name>{_NAME})(?P<next>(?:\s[A-Z][A-Za-z-]+)?))"
)
_ENDING = r"(?P<end>n|lla|lle|lta|sta|ssa|na|seen|ta|ksi)?(?:ni|mme|nsa)?"
_LOCAL = re.compile(r".+(?:ssa|sta|lla|lta|lle|ksi|(?<!k)aan|een|iin|oon|uun|yyn)")
_FROM_PLACE = re.compile(r".+(?:ssa|sta|lta|een|iin|oon|uun|yyn)")
_AGREES = {
    "n": ("n",),
    "lla": ("lla",),
    "lle": ("lle",),
    "lta": ("lta",),
    "sta": ("sta",),
    "ssa": ("ssa",),
    "ta": ("a",),
    "na": ("na",),
}
# Ends of what the field's offices and services are called, which no surname has.
_FIELD = re.compile(
    r".+(?:keskus|keskukse\w*|paikka|hanke|hankkee\w*|ryhma\w*|kunta|kunna\w*|palvelu\w*|tyo|tyon|virasto\w*|liitto"
    r"|liito\w*|tiimi\w*"
    r"|projekti\w*|toimisto\w*|isuu\w*|tyys|tuus|koulu\w*|lagen|gruppen|centret|arbete\w*|boendet|hemmet|ningen"
    r"|ningar|service\w*)"
)
_LONGEST_ACRONYM = 5
_PLACES = word_list("municipalities") | word_list("small_places") | word_list("places")
_ORGANISATIONS = word_list("organisations")
_LISTED = _PLACES | _ORGANISATIONS
_ORDINARY = word_list("first_words") | word_list("english_words")


_BY_KIND = rows_of_words("titles")
_TITLE = re.compile(
    rf"(?:(?P<sure>{'|'.join(_BY_KIND['sure'])})|(?:{'|'.join(_BY_KIND['role'])})"
    rf"|[a-z]*(?:{'|'.join(_BY_KIND['worker'])})){_ENDING}",
    re.IGNORECASE,
)
_STARTS = frozenset(word[:2] for word in _BY_KIND["sure"] | _BY_KIND["role"])
_WORKER = re.compile("|".join(_BY_KIND["worker"]), re.IGNORECASE)


def is_title(word: str) -> bool:
    """Whether a word, in any case form, is one that stands before a person's name."""
    return _title(word) is not None


def _title(word: str) -> re.Match[str] | None:
    small = plain(word).lower()
    if small[:2] not in _STARTS and not _WORKER.search(small):
        return None
    return _TITLE.fullmatch(small)


def find_titled_names(seen: Seen) -> Iterator[Hit]:
    """A name after a word for a person, when both stand in the same case form; places and offices pass."""
    for pair in _PAIR.finditer(seen.text):
        title = _title(pair["title"])
        if title and _is_name(pair["name"], title):
            last = pair["next"]
            whole = last and pair["name"][0].isupper() and not _is_known(last.strip()) and not last.strip().isupper()
            yield "name", pair.start(), pair.end("next") if whole else pair.end("name")


def _is_name(word: str, title: re.Match[str]) -> bool:
    small, end = word.lower(), title["end"] or ""
    if not word[0].isupper():
        return _is_small_name(small, end, sure=bool(title["sure"]))
    if _is_office(word):
        return False
    if title["sure"] and not _FROM_PLACE.fullmatch(small):
        return True
    if is_form_of(word, _PLACES):
        return _agrees(small, end) and is_surname(word) and end != "n"
    if not end and _FROM_PLACE.fullmatch(small):
        return may_be_surname(small)
    return is_surname(word) or _agrees(small, end) or (not end and small.endswith("lle"))


def _is_office(word: str) -> bool:
    """An abbreviation, a compound (`Kela-asiat`), an ordinary word, an organisation, a street, or a service."""
    small, last = word.lower(), word.rpartition("-")[2]
    short = (word.isupper() and len(word) <= _LONGEST_ACRONYM) or (last != word and last[0].islower())
    return (
        short
        or small in _ORDINARY
        or is_form_of(word, _ORGANISATIONS)
        or is_street(word)
        or _FIELD.fullmatch(small) is not None
    )


def _agrees(small: str, end: str) -> bool:
    """Whether the name stands in the title's case form; what stands in a local case after a plain title is a place."""
    if not end:
        return not _LOCAL.fullmatch(small)
    return small.endswith(_AGREES.get(end, ()))


def _is_small_name(small: str, end: str, *, sure: bool) -> bool:
    """A surname in small letters: one that is no other word, or after a way of addressing any surname."""
    return (may_be_surname(small) and _agrees(small, end)) or (
        sure and is_surname(small) and not _LOCAL.fullmatch(small)
    )


def _is_known(word: str) -> bool:
    return is_form_of(word, _LISTED) or word.lower() in _ORDINARY or is_street(word)
