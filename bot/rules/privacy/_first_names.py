"""First names that point at a person alone, and first names with surnames in small letters."""

import re
from collections.abc import Iterator

from bot.rules.privacy._bodies import is_part_of_body
from bot.rules.privacy._findings import Hit
from bot.rules.privacy._surnames import ALONE_SURNAMES, is_made_of_nature, is_of_moved
from bot.rules.privacy._words import is_form_of, word_list

FIRST_NAMES = word_list("first_names")
ALONE_FIRST_NAMES = FIRST_NAMES - word_list("names_like_words")
_LIKE_WORDS = word_list("forms_like_words")
_SURNAMES = word_list("surnames")
_PLACES = word_list("municipalities") | word_list("small_places") | word_list("places")
_NOT_FIRST = _PLACES | word_list("organisations") | word_list("first_words") | word_list("english_words")
# A surname that is a town too counts in its basic form only: `toivo salossa` is hope in a town.
_INFLECTED = _SURNAMES - _PLACES
_QUESTIONS = frozenset({"mika", "niina", "milla"})  # mikä, niinä, millä
_SURNAME = re.compile(
    r"[a-z]{3,}(?:nen|sen|se(?:lla|lle|lta|sta|ssa|en))(?:kin|kaan)?|[a-z]{2,}(?:sson|strom|berg|lund|qvist)s?"
)
_FARM = re.compile(r"[a-z]{2,}[aeiouy]l[a]")  # Kujala; in small letters only after a name that is no other word
_NO_FARM = re.compile(r".*(?:vila|tola|vola|sula|raala|tila|sala|jala|kala|asiala|tuntila)|kuula|vala|hela|kela")
_SWEDISH = re.compile(r".+(?:sson|strom|qvist|berg|lund|holm|man|gren|roos|ard|blom|fors)")
_ADJECTIVE = re.compile(r".*(?:mm?ai|mi|toi|nai|hmi|usi|lli|mmoi|lloi)(?:nen|sen|se[a-z]+)")

# Singular only: plurals of names are rare, and plurals of words that look like names are not (`marjoista`).
_ENDING = r"(?:n|a|ta|ksi|tta|ssa|sta|lla|lta|lle|s|na|[aeiouy]n|h[aeiouy]n|seen)?(?:kin|kaan|ko|han)?"
_END = re.compile(_ENDING)
_WEAK_END = re.compile(r"(?:n|ksi|ssa|sta|lla|lta|lle)(?:kin|kaan|ko|han)?")
_CAPITAL = re.compile(r"(?<![A-Za-z0-9'-])[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?(?![A-Za-z0-9]|-[A-Za-z0-9]|\.[a-z])")
_SMALL_WORD = re.compile(r"[a-z]+")
_SMALL_PAIR = re.compile(r"(?<![\w-])([a-z]+(?:-[a-z]+)?)(?= {1,8}([a-z]{4,})(?![\w-]))")
_GRADES = re.compile(r"(?P<first>[kpt])(?P=first)(?P<vowel>[aeiouy])\Z")


def _stems(name: str) -> Iterator[str]:
    yield name
    if name[-1] not in "aeiouy":
        yield name + "i"
    if name.endswith("s"):
        yield name[:-1] + "kse"


def _weak(name: str) -> str:
    return _GRADES.sub(r"\g<first>\g<vowel>", name)


_STEMS = frozenset(stem for name in ALONE_FIRST_NAMES for stem in _stems(name))
_WEAK_STEMS = frozenset(_weak(name) for name in ALONE_FIRST_NAMES) - ALONE_FIRST_NAMES
_OF_FAMILIES = frozenset(
    name[:-3] + "sen" if name.endswith("nen") else name + ("s" if _SWEDISH.fullmatch(name) else "n")
    for name in _INFLECTED
    if name[-1] in "aeiouyn" or _SWEDISH.fullmatch(name)
)
_STARTS = frozenset(stem[:3] for stem in _STEMS)


def is_only_first_name(word: str) -> bool:
    """Whether a word, in its basic form and in any letters, is a first name and no other word."""
    parts = word.lower().split("-")
    return all(part in FIRST_NAMES for part in parts) and (len(parts) > 1 or parts[0] in ALONE_FIRST_NAMES)


def find_first_names(text: str) -> Iterator[Hit]:
    """A known first name with a capital in any case form (`Matille`), and a whole name without capitals."""
    for found in _CAPITAL.finditer(text):
        if is_first_name_form(found[0]) and not is_part_of_body(text, found.start(), found.end()):
            yield "name", found.start(), found.end()
    small = _SMALL_WORD.findall(text)
    if not (FIRST_NAMES.isdisjoint(small) and _OF_FAMILIES.isdisjoint(small) and ALONE_SURNAMES.isdisjoint(small)):
        for found in _SMALL_PAIR.finditer(text):
            if _is_first_with_surname(found[1], found[2]) or _is_of_family(found[1], found[2]):
                yield "name", found.start(), found.end(2)


def is_first_name_form(word: str) -> bool:
    """Whether a word, in any case form, is a first name and no other word or place."""
    first, _, last = word.lower().rpartition("-")
    if last[:3] not in _STARTS or (first and first not in FIRST_NAMES and is_form_of(first, _NOT_FIRST)):
        return False
    named = any(
        (last[:cut] in _STEMS and _END.fullmatch(last, cut))
        or (last[:cut] in _WEAK_STEMS and _WEAK_END.fullmatch(last, cut))
        for cut in range(len(last), 2, -1)
    )
    return named and (bool(first) or (last not in _LIKE_WORDS and not is_form_of(last, _PLACES)))


def _is_of_family(surname: str, first: str) -> bool:
    """A surname before a first name, as registers write it or people say it (`virtanen matti`, `korhosen maijan`)."""
    if surname in ALONE_SURNAMES:
        return first in ALONE_FIRST_NAMES
    return surname in _OF_FAMILIES and (first in ALONE_FIRST_NAMES or is_first_name_form(first))


def _is_first_with_surname(first: str, surname: str) -> bool:
    """An uninflected first name and a surname; where the first is a word too, the surname must be a known one."""
    if not any(one in FIRST_NAMES for one in first.split("-")) or first in _QUESTIONS:
        return False
    if surname in _SURNAMES or is_form_of(surname, _INFLECTED):
        return True
    known = first in ALONE_FIRST_NAMES or "-" in first
    farm = _FARM.fullmatch(surname) and not _NO_FARM.fullmatch(surname)
    shaped = (
        farm
        or is_made_of_nature(surname)
        or is_of_moved(surname)
        or (_SURNAME.fullmatch(surname) and not _ADJECTIVE.fullmatch(surname))
    )
    return known and bool(shaped)
