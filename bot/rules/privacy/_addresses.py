"""Street addresses in any case ending, with or without a flat, and postcodes."""

import re
from collections.abc import Iterator

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen
from bot.rules.privacy._words import is_form_of, word_list

# Ends of street names, without accents: stems that grades change are listed in both grades.
_STREET_WORD = re.compile(
    r"[a-z'-]*[a-z]{2}(?:kat|kad)u(?:lla|lta|lle|ssa|sta|ksi|n|a|un|na)?"
    r"|[a-z'-]*[a-z]{2}(?:"
    r"tie(?:lla|lta|lle|ssa|sta|ta|n|hen|na)?|kuja(?:lla|lta|lle|ssa|sta|n|a|an|na)?"
    r"|pol(?:ku|u)(?:lla|lta|lle|ssa|sta|n|a|un|na)?|kaar(?:i|e|ta)(?:lla|lta|lle|ssa|sta|n|en)?"
    r"|vayla(?:lla|lta|lle|ssa|sta|n|a|an)?|rait(?:ti|i)(?:lla|lta|lle|ssa|sta|n|a|in)?"
    r"|aukio(?:lla|lta|lle|ssa|sta|n|ta|on)?|rin(?:ne|teella|teelta|teelle|teessa|teesta|teen|netta)"
    r"|puistik(?:ko|o)(?:lla|lta|lle|ssa|sta|n|a|on)?|penger(?:ta)?|penker(?:ella|elta|elle|een|en)"
    r"|port(?:ti|i)(?:lla|lta|lle|ssa|sta|n|a|in)?|bulevardi(?:lla|lta|lle|n|a)?|esplanadi(?:lla|lta|lle|n|a)?"
    r"|(?:gatan?|vagen|vag|grand(?:en)?|stig(?:en)?|allen|svang(?:en)?|bagen?|brink(?:en)?|esplanaden)s?"
    r")",
    re.IGNORECASE,
)
_NOT_STREETS = word_list("not_streets")

_NUMBERED = re.compile(
    r"(?<![A-Za-z'-])(?P<street>[A-Za-z'-]{4,40}+)(?P<dot>\.)?[\s,:;(|]{0,4}"
    r"(?:(?:n:o|no|nro|numero\w{0,4}|nr|nummer|talo\w{0,4}|#)\.?\s?)?"
    r"(?P<house>\d{1,3}(?:[a-z](?![A-Za-z0-9]|\s?[-./]?\s?\d))?)(?!\d)(?![.,:]\d|/\d{4}|/\d+[/.])"
    r"(?:\s?-\s?\d{1,3}(?!\d))?(?::[a-z]{1,4}\b)?"
)
# A street cut short: `Kaskenk. 5`, in small letters only with a flat; `elok. 5` is a day.
_CUT_STREET = re.compile(r"[A-Z][a-z'-]{2,30}n[kt]")
_CUT_STREET_OF_FLAT = re.compile(r"[A-Za-z][a-z'-]{3,30}[kt]")
_CUT_WITHOUT_DOT = re.compile(r"[A-Za-z][a-z'-]{3,30}nk|[A-Z][a-z'-]{2,30}nt")
_MONTH = re.compile(
    r"(?:tammi|helmi|maalis|huhti|touko|kesa|heina|elo|syys|loka|marras|joulu)k|kpl|ark|pvk|kunt|asunt", re.IGNORECASE
)
_WITH_NUMBER = (
    r"as(?:un(?:to|non|nossa|nosta|toon|nolla|nolle))?|bostad(?:en)?|lagenhet(?:en)?|huoneisto(?:n|ssa|sta|on)?"
    r"|ov(?:i|en|essa|elta|ella)|dorr(?:en)?|rap(?:pu|un|ussa|usta)|porra(?:s|ssa)|porta(?:assa|an)"
)
_FLAT = re.compile(
    r"\s?,?\s?(?:as|asunto|bst|bostad|lgh|lagenhet|huoneisto|h|rappu|porras|trappa|rapp|ap)\b\.?\s?[A-Za-z]?\s?\d{0,3}\b"
    rf"|[\s,.(-]{{0,3}}(?i:{_WITH_NUMBER})\.?\s?(?:n:o|nr?o?)?[.:]?\s?[A-Za-z]?\s?\d{{1,3}}(?!\d)\b"
    r"|[\s,.(|:-]{0,6}[A-Za-oq-z][\s./|-]{0,4}\d{1,3}(?!\d|[.,:]\d)\b"
    r"|\s?[/#]\s?\d{1,3}(?!\d)"
    r"|\s?[A-Z]-?(?:rap|por|tal|trap|upp)[a-z]+"
    r"|,?\s{0,2}(?:[A-Z]|(?<=\s)[bcdfgk])(?![A-Za-z0-9'])",
)
_LETTER_AND_NUMBER = re.compile(r"[A-Ga-g]\s?[-./|]?\s?\d")
_FLAT_WORDS_IN_LOWER_CASE = re.compile(r"\s?[bcdfg](?:-| )(?:rap|por|tal|trap|upp)[a-z]+")

_POSTCODE = re.compile(r"(?<![\d.,-])(?:FIN?-?)?(?P<code>\d{5}),?[ \n]{0,2}(?P<town>[A-Za-z]{3,30})")
_FIVE_DIGITS = re.compile(r"[0-9]{5}")
_LOCAL_CODE = re.compile(r"2[0-5]|3[12]")
_TOWNS = word_list("municipalities") | word_list("small_places") | word_list("places")


def is_street(word: str) -> bool:
    """Whether a word is a street's name by its ending; roads with a number of their own (`valtatie`) are not."""
    return bool(_STREET_WORD.fullmatch(word)) and not is_form_of(word, _NOT_STREETS)


def find_addresses(seen: Seen) -> Iterator[Hit]:
    """A street with a house number, and with a stair or flat the more serious kind."""
    for found in _NUMBERED.finditer(seen.text):
        word = found["street"]
        cut = bool(found["dot"]) or _CUT_WITHOUT_DOT.fullmatch(word) is not None
        if not (_may_be_cut(word) if cut else is_street(word)):
            continue
        flat = _FLAT.match(seen.text, found.end()) or _FLAT_WORDS_IN_LOWER_CASE.match(seen.text, found.end())
        if flat and flat[0].strip() and (not cut or _LETTER_AND_NUMBER.search(flat[0])):
            yield "flat_address", found.start(), flat.end()
        elif not cut or (found["dot"] and _CUT_STREET.fullmatch(word)):
            yield "street_address", found.start(), found.end()


def _may_be_cut(word: str) -> bool:
    return _CUT_STREET_OF_FLAT.fullmatch(word) is not None and not _MONTH.fullmatch(word)


def find_postcodes(seen: Seen) -> Iterator[Hit]:
    """A postcode of the county with a capital word, or any with a known town; round thousands are counts."""
    if not _FIVE_DIGITS.search(seen.text):
        return
    for found in _POSTCODE.finditer(seen.text):
        town, code = found["town"], found["code"]
        local = _LOCAL_CODE.match(code) and town[0].isupper()
        if not code.endswith("000") and (local or is_form_of(town, _TOWNS)):
            yield "postcode", found.start(), found.end()
