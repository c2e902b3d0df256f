"""Bank accounts, business ids, client and case numbers, object identifiers, and car plates."""

import re
from collections.abc import Iterator

from stdnum import iban
from stdnum.fi import ytunnus

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._near import near
from bot.rules.privacy._see_through import AS_DIGITS, Seen
from bot.rules.privacy._words import word_list

_GAP = r"[\s.\-_/,;:|()]{0,3}"
_FINNISH_IBAN = re.compile(rf"F{_GAP}[Il](?:{_GAP}[0-9OoIl]){{16}}(?!\d)|f{_GAP}i(?:{_GAP}[0-9OoIl]){{16}}(?!\d)")
_FOREIGN_IBAN = re.compile(rf"(?=\b([A-Z]{_GAP}[A-Z](?:{_GAP}\d){{2}}(?:{_GAP}[A-Z0-9]){{11,30}}))", re.IGNORECASE)
_SEPARATORS = re.compile(r"[^A-Za-z0-9]")
# Lengths of accounts by country, from the public IBAN registry of SWIFT.
_IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FK FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV", 29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip

_BUSINESS_ID = re.compile(r"(?<![\d-])(?:\d{7}[ ]?-[ ]?\d|(?<=FI)\d{8})(?!\d|-\d)")
_SEVEN_DIGITS = re.compile(r"[0-9]{7}")
_NAMED_BUSINESS_ID = re.compile(
    r"\b(?:y-?tunnu|fo-?n(?:umm|r)|foretags- och organisationsnumm)\w*[\s:]{0,3}(\d{7}\s?-\s?\d)", re.IGNORECASE
)

# What is numbered, and its number: `asiakasnumero`, `hakemus nro`, `klient-nr`; `asian numero` is an agenda's phrase.
# The first letter stands in a class of its own, so that the search can leap from one to the next.
_CASE_NUMBER = re.compile(
    r"[AaDdHhPpKkBbLl](?<!\w.)(?i:"
    r"(?:siakas|siakkaan|(?<=a)s\.?|sia|iaari|akemus|akemuksen|aatos|aatoksen|otilas|otilaan|lient(?:en)?s?|und(?:en)?s?"
    r"|rende(?:t)?s?|iarie|nsoknings?|nsokan|esluts?|atient(?:en)?s?|ifecare\w{0,4})"
    r"[ -]{0,2}(?:nro|numero|n:o|tunnus|tunnukse|nummer|numr|nr|no\b|tunniste|id\b)"
    r"|(?<=d)nro|(?<=d)nr|iaari)"
    r"(?i:[a-z]{0,6}\b\.?(?::[a-z]{1,4})?[\s:;=#(|\"'-]{0,4}(?:(?:on|oli|ar|var|nro|nr|no|n:o|numero)\b[\s.:]{0,2})?"
    r"((?:VARHA )?[A-Z]{0,10}[/-]?\d[\w/-]*(?:\.\d[\w/-]*)*))"
)
# No word is needed where the number itself says whose it is: the county's diary, a client system, a client.
_BARE_CASE_NUMBER = re.compile(
    r"\b(VARHA/\d{1,6}/[\d./]{0,20}\d{4}(?!\d))"
    r"|\b(?:lifecare|pegasos|effica|abilita|sosmeta|consona|asiakas|asiakkaan|potilas|potilaan|klient(?:en)?s?|patient(?:en)?s?)"
    r"(?:ssa|n|sta|lla|lle|in|issa)?[ :#]{1,3}(\d{5,12})(?![\d/-]|[.,:]\d|\s?(?:euro|eur\b|e\b|\u20ac|kr|mk\b|\d))",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{2,4})?")
_CASE_DIGITS = re.compile(r"\d[\w/.-]{2,}")
_FEWEST_CASE_DIGITS = 3

_OID = re.compile(r"(?<![\d.])1\s?\.\s?2\s?\.\s?246(?:\s?\.\s?\d{1,40})+")

_PLATE = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Z]{2,3}\s?-\s?\d{1,3}|[a-z]{3}-\d{3})(?![A-Za-z0-9]|-\d)")
_NAMED_PLATE = re.compile(
    r"\b(?:rekisteri(?:numero|tunnus|kilpi)\w*|rek\.?\s?(?:nro|n:o)|registernumm\w+|reg\.?\s?nr)[\s.:]{0,3}"
    r"(?:(?:on|ar)\s)?([A-Z]{2,3}[\s-]{0,3}\d{1,3})(?!\d)",
    re.IGNORECASE,
)
_PLATE_STOPS = word_list("not_plates")


def find_accounts(seen: Seen) -> Iterator[Hit]:
    """Bank accounts in any spacing whose check digits hold (ISO 13616, mod 97); O and l pass for digits."""
    for found in _FINNISH_IBAN.finditer(seen.text):
        if iban.is_valid("FI" + _SEPARATORS.sub("", found[0])[2:].translate(AS_DIGITS)):
            yield "iban", found.start(), found.end()
    end = 0
    for found in _FOREIGN_IBAN.finditer(seen.text):
        if found.start() >= end and (length := _account_length(found[1])):
            end = found.start() + length
            yield "iban", found.start(), end


def _account_length(candidate: str) -> int | None:
    """How many signs of the candidate, separators too, make a valid account."""
    wanted = _IBAN_LENGTHS.get(_SEPARATORS.sub("", candidate[:8])[:2].upper(), 0)
    kept = [at for at, sign in enumerate(candidate) if sign.isalnum()][:wanted]
    if not wanted or len(kept) < wanted:
        return None
    account = "".join(candidate[at] for at in kept)
    readings = {account, account[:2] + account[2:].translate(AS_DIGITS)}
    return kept[-1] + 1 if any(iban.is_valid(one, check_country=False) for one in readings) else None


def find_business_ids(seen: Seen) -> Iterator[Hit]:
    """Business ids with a right check digit (weights 7 9 10 5 8 4 2, mod 11), or any that a word names."""
    if not _SEVEN_DIGITS.search(seen.digits):
        return
    for found in _BUSINESS_ID.finditer(seen.digits):
        if ytunnus.is_valid(found[0]):
            yield "business_id", found.start(), found.end()
    for found in _NAMED_BUSINESS_ID.finditer(seen.digits):
        yield "business_id", found.start(1), found.end(1)


def find_case_numbers(seen: Seen) -> Iterator[Hit]:
    """Client, patient, case and diary numbers: no national shape exists, so a word or the county's name must tell."""
    for start, end in near(_CASE_DIGITS, seen.text, before=60):
        for found in _CASE_NUMBER.finditer(seen.text, start, end):
            digits = sum(sign.isdigit() for sign in found[1])
            if digits >= _FEWEST_CASE_DIGITS and not _DATE.fullmatch(found[1]):
                yield "case_number", found.start(1), found.end(1)
        for found in _BARE_CASE_NUMBER.finditer(seen.text, start, end):
            yield "case_number", *found.span(found.lastindex or 0)


def find_object_ids(seen: Seen) -> Iterator[Hit]:
    """Object identifiers under Finland's root 1.2.246, which the national health archive gives to persons too."""
    for found in _OID.finditer(seen.digits):
        yield "oid", found.start(), found.end()


def find_plates(seen: Seen) -> Iterator[Hit]:
    """Car plates, but for abbreviations of law, offices and measures that look the same (`SHL-11`, `EU-27`)."""
    for found in _PLATE.finditer(seen.text):
        if found[0].partition("-")[0].strip().lower() not in _PLATE_STOPS:
            yield "plate", found.start(), found.end()
    for found in _NAMED_PLATE.finditer(seen.text):
        yield "plate", found.start(1), found.end(1)
