"""Common surnames: in any case form, and those that are no other word and so point at a person alone."""

import re
from collections.abc import Iterator

from bot.rules.privacy._bodies import is_part_of_body
from bot.rules.privacy._findings import Hit
from bot.rules.privacy._words import is_form_of, word_list

SURNAMES = word_list("surnames")
_PLACES = word_list("municipalities") | word_list("small_places") | word_list("places")
_NO_OTHER_WORD = re.compile(r".+(?:nen|sson|qvist|strom|lund|lindroos|gren|roos|berg|holm|enko|blom)")
_WORDS_TOO = word_list("surnames_like_words")
ALONE_SURNAMES = frozenset(name for name in SURNAMES if _NO_OTHER_WORD.fullmatch(name)) - _WORDS_TOO - _PLACES
_END = r"(?:n|ta|a|ksi|ssa|sta|lla|lta|lle|na|s|in|ia|ilta|ille|illa|ista|seen)?(?:kin|kaan|ko|han)?"
_FORM = re.compile(_END)
_CAPITAL = re.compile(r"(?<![A-Za-z0-9'-])(?:[A-Z][a-z]{3,}|[A-Z]{5,})(?![A-Za-z0-9]|-[A-Za-z0-9]|\.[a-z])")


def _stems(names: frozenset[str]) -> frozenset[str]:
    """What takes endings: Nieminen also as Niemise-."""
    return (
        names
        | frozenset(name[:-3] + "se" for name in names if name.endswith("nen"))
        | frozenset(name[:-3] + "s" for name in names if name.endswith("nen"))
    )


_ALONE_STEMS = _stems(ALONE_SURNAMES)
_ALL_STEMS = _stems(SURNAMES)
STARTS_OF_SURNAMES = frozenset(stem[:4] for stem in _ALONE_STEMS)
_SHAPE = re.compile(r"[a-z-]{2,}(?:nen|se(?:n|lla|lle|lta|sta|ssa|ksi)|sson|qvist|strom|lund)s?")


# Ends of surnames that are made of nature: with them a name of two words is known in small letters too.
_NATURE = re.compile(
    r"[a-z]{2,}(?:leh(?:to|do)|harju|luo(?:to|do)|kangas|kankaa|ran(?:ta|na)|maki|mae|niem[ie]|aho|suo|kallio"
    r"|korp?[iv]e?|joki|joe|jarv[ie]"
    r"|lah(?:ti|de)|kosk[ie]|saar[ie]|vuor[ie]|vaara|pel(?:to|lo)|nii(?:tty|ty)|laakso|kiv[ie]|oja|vir(?:ta|ra)"
    r"|metsa|puro|sel(?:ka|a)|orko|orvo|tor(?:ma|man)|luh(?:ta|da)|kun(?:nas|taa)|lam(?:pi|mi)|palo|rinne|ka(?:ll|tte)i?la"
    r"|nurm[ie]|hon(?:ka|ga)|kuus[ie]|koivu|vii(?:ta|da)|vainio|sola)(?:n|ta|a|lla|lle|lta|ssa|sta|ksi)?"
    r"|[a-z]{3,}(?:backa|fors|vik|dal|hall|[kq]varn|rot|lundh|bergh|hult|torp|strand|rosen?|stjerna|heim|felt|hjelm|sund|hed|quist|man(?:n|der)|sten|gard|berg|lund|strom|qvist|kvist|holm|gren|roos|blad|stedt|nas|skog|mark"
    r"|blom|felt|feldt)s?"
)


# What names of people who have moved here end in, or begin with, and no word of ours does.
_MOVED = re.compile(
    r"[a-z]{2,}(?:[ua]llah|zadehi?|zada|zade|[dhmrn]zai|nejad|nezhad|oglu|shvili|poulos|opoulou|[aeiou]?wicz|czyk|escu|uddin"
    r"|eddin|ovich|evich|yeva|enko|iuk|chuk|skyi|skyy|skaya|skaja)(?:n|ia|ta|a|in|s|lla|lle|lta|illa|ille|ilta|ssa|sta)?"
    r"|(?:abdul|abdel|abdir|mohamm|muhamm|ghulam)[a-z]{2,}"
)


def is_of_moved(small: str) -> bool:
    """Whether a word in small letters can be nothing but a name of another language (Ahmadullah, Petrenko)."""
    return _MOVED.fullmatch(small) is not None


def is_surname(word: str) -> bool:
    """Whether a word is a listed surname in some case form, or looks like one."""
    small = word.lower()
    return bool(
        (_SHAPE.fullmatch(small)) or is_form_of(small, _ALL_STEMS) or _NATURE.fullmatch(small) or is_of_moved(small)
    )


def is_made_of_nature(small: str) -> bool:
    """Whether a word in small letters has the shape of Törmälehto or Hällfors."""
    return _NATURE.fullmatch(small) is not None


def may_be_surname(small: str) -> bool:
    """Whether a word in small letters can be nothing but a surname."""
    if small[:4] not in STARTS_OF_SURNAMES:
        return False
    return any(small[:cut] in _ALONE_STEMS and _FORM.fullmatch(small, cut) for cut in range(len(small), 3, -1))


def find_surnames(text: str) -> Iterator[Hit]:
    """A common surname with a capital, in any case form, alone; before what a body is called it is the body's."""
    for found in _CAPITAL.finditer(text):
        small = found[0].lower()
        if not (may_be_surname(small) or is_of_moved(small)) or is_form_of(small, _PLACES):
            continue  # `Turusta` is a town before Turunen
        if not is_part_of_body(text, found.start(), found.end()):
            yield "name", found.start(), found.end()
