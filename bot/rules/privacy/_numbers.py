"""Bank accounts, business ids, client and case numbers, object identifiers, and car plates."""

import re
from collections.abc import Iterator

from stdnum import iban
from stdnum.fi import ytunnus

from bot.rules.privacy._counts import counts_persons
from bot.rules.privacy._findings import Hit
from bot.rules.privacy._near import near
from bot.rules.privacy._see_through import AS_DIGITS, Seen
from bot.rules.privacy._words import is_form_of, word_list

_GAP = r"[\s.\-_/,;:|()]{0,3}"
_FINNISH_IBAN = re.compile(rf"F{_GAP}[Il](?:{_GAP}[0-9OoIl]){{16}}(?!\d)|f{_GAP}i(?:{_GAP}[0-9OoIl]){{16}}(?!\d)")
_NAMED_ACCOUNT = re.compile(
    rf"\b(?:tili|iban|konto|account|bank)[a-z]{{0,12}}[^\d\n]{{0,25}}(?P<digits>\d(?:{_GAP}\d){{15}})(?!\d|{_GAP}\d)",
    re.IGNORECASE,
)
# An account in two parts with words between: `alkaa FI21 1234 ja jatkuu 5600 0007 85`.
_PARTED_ACCOUNT = re.compile(r"\bFI ?\d\d(?: ?\d){2,10}[^\d\n]{1,30}\d(?: ?\d){3,11}(?!\d)", re.IGNORECASE)
_OLD_ACCOUNT = re.compile(
    r"\b(?:tilinumero|tilinro|tilin?|tilille|tililta|konto(?:nummer|nr|t)?|account(?: number| no)?)[.:]?\s"
    r"(?:(?:on|oli|ar|is)\s)?(?P<digits>[1-8]\d{5} ?- ?\d{2,8})(?![\d-])",
    re.IGNORECASE,
)
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
    r"\b(?:y[ -]?tunnu|ly-?tunnu|yritys(?:-?id|-?tunnu|nume)|yrityksen (?:tunnu|nume)|toiminime[an]\w{0,3} tunnu"
    r"|fo[ -]?n(?:umm|r)|fo[ -]?signum|foretags- och organisationsnumm|foretagsnumm"
    r"|org(?:anisations)?\.?[ -]?n(?:umm|r)"
    r"|(?:business|company|trade register)[ -]?(?:id|code|num|no)|vat[ -]?(?:id|num|no)|alv[ -]?(?:tunnu|num|nro))"
    r"\w*\.?[\s:=(]{0,3}(?:(?:on|oli|ar|var|is|nro|nr)\s)?(?:FI)?(\d{7}\s?[-./ ]?\s?\d)(?!\d)",
    re.IGNORECASE,
)

# What is numbered, and its number: `asiakasnumero`, `hakemus nro`, `klient-nr`; `asian numero` is an agenda's phrase.
# The first letter stands in a class of its own, so that the search can leap from one to the next.
_CASE_NUMBER = re.compile(
    r"[AaDdHhPpKkBbLlCcJjTt](?<!\w.)(?P<what>(?i:"
    r"(?:siakas|siakkuu(?:s|den)|siakkaan|(?<=a)s\.?|siakirja|sia|iaari|akemus|akemuksen|aatos|aatoksen|otilas"
    r"|otilaan|(?<=p)ot\."
    r"|lient(?:en)?s?"
    r"|und(?:en)?s?"
    r"|rende(?:t)?s?|iarie|nsoknings?|nsokan|esluts?|atient(?:en)?s?|ifecare\w{0,4}|egasos\w{0,4}|ournal|kt"
    r"|ustomers?|ases?|pplication"
    r"|ecision|iary|apau(?:s|ksen)|apahtuman?"
    r"|alvelutapahtuman?)"
    r"(?:\W{0,2}s\b)?(?:[ -]{0,2}|-\n)(?:nro|nmr|numero|n:o|tunnus|tunnukse|nummer|number|numr|num(?![a-z])|nr"
    r"|no(?![a-z])|tunniste"
    r"|koodi|kod(?:en)?(?![a-z])|code(?![a-z])|viite|referens|id(?![a-z])|ref(?![a-z])|#)"
    r"|(?<=d)nro|(?<=d)nr|(?<=d)iaari))"
    r"(?i:(?P<end>[a-z]{0,6})(?:\b|(?=\d)|(?<=#))\.?(?::[a-z]{1,4})?[\s:;=#(|\"'-]{0,4}"
    r"(?:(?:on|oli|ar|var|is|was|nro|nr|no|n:o|numero)\b[\s.:]{0,2})?"
    r"(?P<number>\d(?:[ .-]\d){2,11}(?!\d|[ .,-]\d)"
    r"|(?:VARHA )?[A-Z]{0,10}[/-]?\d[\w/-]*(?:\.\d[\w/-]*)*(?: \d{2,4}\b){0,4}))"
)
# Papers about one client, also as the last part of a word, with five digits or more: `ls-ilmoitus nro 44719`. The first
# ones need no word for their number.
_PAPER_ALONE = (
    r"(?:hakemu(?:s|ksen)|paato(?:s|ksen)|tapau(?:s|ksen)|lahet(?:e|teen)|asiakkuu(?:s|den)|ls-ilmoitus|uma"
    r"|ansok(?:an|nings?)|beslut(?:et)?s?|remiss(?:en)?s?)"
)
_PAPER = (
    r"(?:ilmoitu(?:s|ksen)|sitoumu(?:s|ksen)|vuokrasopimu(?:s|ksen)|asiakirja(?:n)?|oleskelulu(?:pa|van)|passin?"
    r"|kirjau(?:s|ksen)|anmal(?:an|nings?)|hyreskontrakts?|uppehallstillstands?|passport|residence permit|referral|file"
    r"|application|notification)"
)
_PAPERS_NUMBER = r"(?:nro|numero|n:o|nummer|number|nr|no|tunnus|id|ref)[a-z]{0,4}"
_NUMBER_OF_PAPER = re.compile(
    rf"\b(?:[a-z]{{1,24}}-?)??(?:{_PAPER_ALONE}(?:[ -]?{_PAPERS_NUMBER}\.?)?|{_PAPER}[ -]?{_PAPERS_NUMBER}\.?)"
    r"[\s:#=(]{1,3}(?:(?:on|oli|ar|var|is|was)\s)?"
    r"(?P<number>[A-Z]{0,3}\d{5,12}|[A-Z]{0,3}(?:19|20)\d\d[/-]\d{4,9})(?![\d/-]|[.,:]\d|\s?\d)",
    re.IGNORECASE,
)
# The word, a few that say nothing, and the number: `asiakasnumero oli kai 4471982`, `klient med nummer 4471982`.
_NUMBER_LATER = re.compile(
    r"\b(?:asiakas|potilas|hakemus|asiakkuus|klient|kund|patient|arende|ansoknings|client|customer|case"
    r"|application)[ -]?"
    r"(?:numero(?:ni|nsa|mme|lla|ksi)?|nro|nr|numret|nummer|number|num|id)\b[, ]{1,2}(?:[a-z]{1,12},? ){0,4}?"
    r"(?P<number>[1-9]\d{4,11})(?![\d/-]|[.,:]\d|\s?\d)"
    r"|\b(?:asiakas|asiakkaa[a-z]{1,3}|asiakasta|potilas|potilaa[a-z]{1,3}|klient(?:en)?s?|patient(?:en)?s?"
    r"|client)[\s,(]{1,3}"
    r"(?:(?:jonka|jolla on|med|vars|with|whose) )?(?:(?:nro|numero(?:lla|lta|lle|n)?|nummer|number|nr|no)\.?(?: on"
    r"| ar| is)?[ :]{1,2})?"
    r"(?P<theirs>[1-9]\d{5,11})(?![\d/-]|[.,:]\d|\s?\d)",
    re.IGNORECASE,
)
_MANY_NUMBERS = re.compile(
    r"i(?:ta|den|hin|lla|lle|lta|ssa|sta)|t|s|ja|ren|rna", re.IGNORECASE
)  # `numeroita`, `numbers`
_HOW_MANY = re.compile(r"\b(?:maara\w*|lukumaara\w*|antal(?:et)?|number of|amount of)\s(?:\w+\s)?\Z", re.IGNORECASE)
_NUMBERED = re.compile(r"n:?[rmo]|num|tunn|id|ref|#", re.IGNORECASE)
# No word is needed where the number itself says whose it is: the county's diary, a client system, a client.
_BARE_CASE_NUMBER = re.compile(
    r"\b(?P<diary>(?:VARHA|EGVA)[/: _-]\d{1,6}[/: _-][\d./: _-]{0,20}\d{4}(?!\d)|(?:VARHA|EGVA)[/:_-](?:19"
    r"|20)\d\d[/:_-]\d{3,8}"
    r"|(?:asian?|arende|hakemus|hakemuksen|ansokan|case|tapaus) (?:19|20)\d\d[/-]\d{4,7}(?![\d/-]))"
    r"|(?<![\d.,/-])(?P<before>\d{5,12})(?:,?(?: |-| ?= ?)(?:on |ar |is |siis )?(?:hanen |hans |hennes |his |her "
    r"|the )?"
    r"(?:asiakas|potilas|hakemus|asia|klient|arende|client|case) ?-?"
    r"(?:numero(?:ni|nsa|mme)?|nro|nr|nummer|numret|number|no)\b"
    r"|-(?:asiakas|klient|client)\b| \((?:asiakas|klient|client)\w{0,8}\))"
    r"|\b(?:lifecare|pegaso(?:s|kse)|apotti|effica|abilita|sosmeta|consona|asiakas|asiakkaan|potilas|potilaan"
    r"|klient(?:en)?s?"
    r"|as\.?|pot\.|patient(?:en)?s?|client|case)"
    r"(?:ssa|n|sta|lla|lle|in|issa)?(?:-(?:id|tunnus|nro|numero))?[ :#]{1,3}(?P<number>\d{5,12})(?![\d/-]|[.,:]\d"
    r"|\s?\d)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{2,4})?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(
    r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d"
    r"|3[01])"
)
_TOWN_AFTER = re.compile(r",? (?P<town>[A-Za-z]{3,30})")
_CASE_DIGITS = re.compile(r"\d[\w/. -]{2,}")
_FEWEST_CASE_DIGITS, _SURE_CASE_DIGITS = 3, 5
_POSTCODE_DIGITS = 5
_TOWNS = word_list("municipalities") | word_list("small_places") | word_list("places")

_OID = re.compile(
    r"(?<![\d.])1\s?\.\s?2\s?\.\s?246(?:\)?\s?\.\s?\d{1,40})+"
    r"|(?<![\d.,/_-])1(?P<by>[,/_\s\u00b7-]{1,2})2(?P=by)246(?:(?P=by)\d{1,6}){1,8}(?P=by)\d{5,40}"
)

_PLATE = re.compile(r"(?<![A-Za-z0-9-])(?:[A-Z]{2,3}\s?-\s?\d{1,3}|[a-z]{3}-\d{3})(?![A-Za-z0-9]|-\d)")
# After a word for a car or its plates also in small letters, in the form of a neighbour country, or with a space.
_PLATE_SHAPE = r"[A-Z]{2,3}[ ._:/()-]{0,3}\d{1,3}|\d{3} ?[A-Z]{3}|[A-Z]{3} ?\d\d[A-Z0-9]"
# In small letters with a space only what no word looks like.
_SMALL_PLATE = (
    r"[a-z]{2,3}-\d{1,3}|[a-z]{3}\d{3}"
    r"|(?!kpl|klo|hlo|mrd|tkr|pvm|nro|syy|pyy|tms|yms|jms|vkl)(?:[b-df-hj-np-tv-z]{3}|abc) \d{1,3}"
)
_NAMED_PLATE = re.compile(
    r"\b(?:rek(?:isteri|kari)?[. -]{0,2}(?:nro|n:o|nume?r?o?|nr|tunnus|tunnukse|tunn|tun|kilpi|kilve|kyltti)"
    r"|reg(?:ister)?[. -]{0,2}(?:nr|num|no|skylt|plate|plat)|registration(?: num| no| plate| mark)?|licen[cs]e plate"
    r"|number plate|re[kg](?=\.))[a-z]{0,6}\.?[\s:=(\"']{0,3}(?:(?:on|oli|ar|var|is|was|lukee)\s)?"
    r"(?!(?:on|oli|ja|ei|ar|var|och|is|was|no|vm|klo|kl|ei|noin|yli|in|for)\b)"
    rf"({_PLATE_SHAPE}|{_SMALL_PLATE}|[a-z]{{3}} \d{{2,3}})(?![\w-])",
    re.IGNORECASE,
)
_CAR = (
    r"(?:[a-z]{3,10})?auto(?:n|ssa|sta|on|lla|lta|lle|a|t)?(?:ni|si|nsa|mme|nne|an)?|[a-z]{0,8}rekkari\w{0,5}"
    r"|kil(?:pi|ve)\w{0,5}"
    r"|rek|reg|[a-z]{0,8}(?:mopo|skootteri|taksi|taxi|traktori|pyora|mopoauto|karry|vaunu)(?:n|ssa|sta|on|lla|lta"
    r"|lle|a)?"
    r"(?:ni|nsa|an)?|volvo\w{0,3}|toyota\w{0,3}|opel\w{0,3}|skoda\w{0,3}|mersu\w{0,3}|bemari\w{0,3}"
    r"|(?:[a-z]{2,10})?bil(?:en|ens|s|ar)?|moped(?:en)?|skylt\w{0,3}|car|cars|van|vehicle|plates?"
)
_PLATE_OF_CAR = re.compile(
    rf"\b(?i:{_CAR})(?:[.\s:(,\"']{{1,3}}|\s-\s)(?:(?:on|oli|ar|var|is|was|med|with|jonka|lukee|kilvessa)\s)?"
    rf"(?P<plate>{_PLATE_SHAPE}|{_SMALL_PLATE})(?![\w-])"
)
_LETTERS_OF_PLATE = re.compile(r"[A-Za-z]+")
_PLATE_STOPS = word_list("not_plates")


def find_accounts(seen: Seen) -> Iterator[Hit]:
    """Bank accounts in any spacing whose check digits hold (ISO 13616, mod 97); O and l pass for digits."""
    for found in _FINNISH_IBAN.finditer(seen.text):
        if iban.is_valid("FI" + _SEPARATORS.sub("", found[0])[2:].translate(AS_DIGITS)):
            yield "iban", found.start(), found.end()
    for found in _NAMED_ACCOUNT.finditer(seen.digits):
        if iban.is_valid("FI" + _SEPARATORS.sub("", found["digits"])):
            yield "iban", *found.span("digits")
    for found in _PARTED_ACCOUNT.finditer(seen.digits):
        if iban.is_valid("FI" + re.sub(r"\D", "", found[0])):
            yield "iban", found.start(), found.end()
    for found in _OLD_ACCOUNT.finditer(seen.digits):
        yield "iban", *found.span("digits")
    end = 0
    for found in _FOREIGN_IBAN.finditer(seen.text):
        if found.start() >= end and (length := _account_length(found[1])):
            end = found.start() + length
            yield "iban", found.start(), end


def _account_length(candidate: str) -> int | None:
    """How many signs of the candidate, separators too, make a valid account."""
    wanted = _IBAN_LENGTHS.get(_SEPARATORS.sub("", candidate[:8])[:2].upper(), 0)
    kept = [at for at, sign in enumerate(candidate) if sign.isalnum()][:wanted] if wanted else []
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
            if _is_one_number(seen.text, found):
                yield "case_number", *found.span("number")
        for shape in (_BARE_CASE_NUMBER, _NUMBER_OF_PAPER, _NUMBER_LATER):
            for found in shape.finditer(seen.text, start, end):
                if not _is_other_number(seen.text, found):
                    yield "case_number", *found.span(found.lastgroup or 0)


def _is_one_number(text: str, found: re.Match[str]) -> bool:
    """Whether a named number is one client's, not a count of numbers, a date or the year of a diary."""
    number = found["number"]
    digits = [sign for sign in number if sign.isdigit()]
    if len(digits) < _FEWEST_CASE_DIGITS or _DATE.fullmatch(number):
        return False
    if _YEAR.fullmatch(number) and not _NUMBERED.search(found["what"]):
        return False
    if counts_persons(text, found.end()) or _HOW_MANY.search(text, max(0, found.start() - 30), found.start()):
        return False
    many = _MANY_NUMBERS.fullmatch(found["end"]) is not None
    return not many or (len(digits) >= _SURE_CASE_DIGITS and digits[-2:] != ["0", "0"])


def _is_other_number(text: str, found: re.Match[str]) -> bool:
    """`Asiakas 10000 asukasta kohti`, `asiakas 20540 Turku`, `asiakas 010126`: a count, a postcode, a day."""
    number = found[found.lastgroup or 0]
    if found.lastgroup == "diary":
        return False
    if number.endswith("000") or _DAY.fullmatch(number) or counts_persons(text, found.end()):
        return True
    town = _TOWN_AFTER.match(text, found.end()) if len(number) == _POSTCODE_DIGITS else None
    return town is not None and (town["town"][0].isupper() or is_form_of(town["town"], _TOWNS))


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
    for found in _PLATE_OF_CAR.finditer(seen.text):
        if _LETTERS_OF_PLATE.findall(found["plate"])[0].lower() not in _PLATE_STOPS:
            yield "plate", *found.span("plate")
