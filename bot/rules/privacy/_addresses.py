"""Street addresses in any case ending, with or without a flat, and postcodes."""

import re
from collections.abc import Iterator

from bot.rules.privacy._counts import counts_something
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
# Ends that streets share with villages, shores and common nouns: a home only together with a stair or a flat.
_LOOSE_STREET = re.compile(
    r"[a-z'-]*[a-z]{3}(?:"
    r"(?:ran(?:ta|na)|maki|mae|niem[ie]|harju|lai(?:ta|da)|reuna|kallio|kulma|piha|pel(?:to|lo)|nii(?:tty|ty)"
    r"|leh(?:to|do)|metsa|puisto"
    r"|tori|laituri|satama|sil(?:ta|la)|saar[ie]|laakso|linna|ken(?:tta|ta)|kangas|kankaa|kum(?:pu|mu)|vuor[ie]"
    r"|notko|suo|korpi|korve"
    r"|aho|kaar(?:to|ro|re|tee)|lahde|lahtee|oja|pera|puro|ra(?:ta|da)|rivi|salm[ie]|syrja|tanhua|tasan(?:ne|tee)"
    r"|terassi|valli"
    r"|vainio|varsi|varre|veraja|kierros|kierrokse|keha|len(?:kki|ki)|mutka|tor(?:ppa|pa)|haka|alho|lah(?:ti|de)"
    r"|kyla|kan(?:nas|taa)"
    r"|kuusela|koivula|mantyla|pihla|luoto|hauta|kivi|kuru|tormalla|torma|ahde|ahtee|notkelma|uoma|jo(?:ki|e))"
    r"(?:n|lla|lta|lle|ssa|sta|a|ta|ksi)?"
    r"|(?:strand|back|hojd|park|kaj|dal|berg|hag|udd|vik|sund|krok|gard|lund|terrass|passag|kull|bryn"
    r"|skog|hamn)(?:en|et|an|e)?s?|ringen|liden|leden|platsen|angen|asen|torget|slingan|rundan|skogen|hojden|branten)",
    re.IGNORECASE,
)
# Ways of services and clients, and words that only end like a street's name.
_SERVICE_WAY = re.compile(
    r"(?:palvelu|kuntoutu|hoito|hoiva|asiakas|asiakkaan|opinto|opiskelu|oppimis|koulutus|uran?|tyo|tuki|tuen"
    r"|neuvonta|ohjaus|ohjaamo"
    r"|digi|verkko|tieto|kotoutu|paihde|mielenterveys|sosiaali|terveys|hyvinvointi|asumis|asunto|perhe|lapsi|lapsen"
    r"|nuoriso|nuorten"
    r"|vanhus|potilas|toipumis|osallisuus|elaman|arki|arjen|apu|avun|kriisi|asiointi|yhteydenotto|vaikutus|liikunta"
    r"|liikenne|kehit"
    r"|toiminta|tutkimus|arviointi|valmennus|kohtaamis|integraatio|raportointi|ilmoitus|varhais|moniala|seuranta"
    r"|puhelin"
    r"|[a-z]{2,}(?:[aeiou]tus|[aeiy]tys|inti|suus|vuus|tuus|[ltns][yua]mis|oimis|timis))[a-z-]*"
    r"(?:pol(?:ku|u)|vayla|rai(?:tti|ti)|kaar[ie]|por(?:tti|ti)|tori|linja|sil(?:ta|la)|kent?ta|puisto|rinne"
    r"|aukio)[a-z]{0,4}"
    r"|(?:palvelu|hoito|kuntoutus|asiakas|tyollistymis|kotoutumis|toipumis)tie[a-z]{0,3}"
    r"|(?:service|vard|klient|patient|rehab(?:iliterings)?|stod|studie|karriar|integrations|arbets|radgivnings"
    r"|omsorgs|halso|social"
    r"|digital|informations|utbildnings|boende|familje|[a-z]+(?:vards|service|omsorgs|hjalps?|stods|tjanste?"
    r"|[a-z]{3}nings|itets|skaps))"
    r"(?:stig|vag|allen|led|bro|port|torg|ring|plats|lank|park)[a-z]{0,4}"
    r"|sateenkaar[a-z]*|valokaar[a-z]*|[a-z]*raport[a-z]*|(?:[a-z]+f|met|krist)allen|regnbage[a-z]*|armbage[a-z]*",
    re.IGNORECASE,
)
_NOT_STREETS = word_list("not_streets")
# What stands before a number and a letter and is no street: `Ryhmä 3 A 10`.
_NUMBERED_THINGS = word_list("numbered_things")

_NUMBERED = re.compile(
    r"(?<![A-Za-z'-])(?P<street>[A-Za-z'-]{4,40}+)(?P<dot>\.)?[\s,:;(|]{0,4}"
    r"(?:(?:n:o|no|nro|numero\w{0,4}|nr|nummer|talo\w{0,4}|#)\.?\s?)?"
    r"(?P<house>\d{1,4}(?:[a-z](?![A-Za-z0-9]|\s?[-./]?\s?\d))?)(?!\d)(?![.,:]\d|/\d{4}|/\d+[/.])"
    r"(?:\s?-\s?\d{1,3}(?!\d))?(?::[a-z]{1,4}\b)?"
)
# A street cut short: `Kaskenk. 5`, in small letters only with a flat; `elok. 5` is a day.
_CUT_STREET = re.compile(r"[A-Z][a-z'-]{2,30}n[kt]")
_CUT_STREET_OF_FLAT = re.compile(r"[A-Za-z][a-z'-]{3,30}[ktgv]")
_CUT_WITHOUT_DOT = re.compile(r"[A-Za-z][a-z'-]{3,30}nk|[A-Z][a-z'-]{2,30}nt")
_MONTH = re.compile(
    r"(?:tammi|helmi|maalis|huhti|touko|kesa|heina|elo|syys|loka|marras|joulu)k|kpl|ark|pvk|kunt|asunt", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROAD, _ENDS = re.compile(r"[a-z]+(?:tie|vag|vagen)", re.IGNORECASE), re.compile(r"\s*(?:\Z|[.,;)\n])")
_LIVES = re.compile(
    r"\b(?:osoit\w+|os|asuu|asuv\w+|asui|kotonaan|kotiin|address|adress\w*|bor|bodde|lives)\b[^\n.]{0,25}\Z",
    re.IGNORECASE,
)
_POSTCODE_AFTER = re.compile(r"(?:\s?[A-Za-z])?\s?,?\s{0,2}\d{5}\b")

_WITH_NUMBER = (
    r"as(?:un(?:n|to|non|nossa|nosta|toon|nolla|nolle))?|bo?st(?:ad(?:en)?)?|lgh|lagenhet(?:en)?|huon(?:eisto(?:n"
    r"|ssa|sta|on)?)?|hst|h:sto"
    r"|ov(?:i|en|essa|elta|ella)?|solu(?:n|ssa)?|dorr(?:en)?|rp|rap(?:p?u|pu|un|ussa|usta|p)?|porra(?:s|ssa)"
    r"|porta(?:assa|an)|apt"
    r"|apartment|flat|door|unit|ap"
)
_STAIR_WORD = (
    r"rap(?:pu|ussa|usta|un|p)?|rp|porras|portaassa|trapp(?:an?|hus(?:et)?)?|tr|upp(?:gang(?:en)?|g)|ingang(?:en)?"
    r"|stair(?:case|way|well)?|entrance"
)
_FLAT = re.compile(
    r"\s?,?\s?(?:as|asunto|bst|bostad|lgh|lagenhet|huoneisto|h|rappu|porras|trappa|rapp"
    r"|ap)\b\.?\s?[A-Za-z]?\s?\d{0,3}\b"
    rf"|[\s,.(-]{{0,3}}(?i:{_WITH_NUMBER})\.?\s?(?:n:o|nr?o?)?[.:]?\s?[A-Za-z]?\s?\d{{1,3}}(?!\d)\b"
    rf"|[\s,.(-]{{1,3}}(?i:{_STAIR_WORD})\.?\s{{0,2}}[A-Za-h]\b"
    r"|[\s,.(|:-]{0,6}[A-Za-oq-z][\s./|-]{0,4}\d{1,3}(?!\d|[.,:]\d)\b"
    rf"|[\s,.(]{{1,3}}(?i:\d\.? ?(?:kerros|kerroksessa|krs|vaningen|vaning|floor)|(?:kerros|krs|vaning"
    rf"|floor)\.? \d)[\s,.(]{{1,3}}"
    rf"(?:(?i:{_WITH_NUMBER})\.?\s?)?[A-Za-z]?\s?\d{{1,3}}(?!\d|[.,:]\d)\b"
    r"|\s?[/#]\s?\d{1,3}(?!\d)"
    r"|\s?[A-Z]-?(?:rap|por|tal|trap|upp)[a-z]+"
    r"|,?\s{0,2}(?:[A-Z]|(?<=\s)[bcdfgk])(?![A-Za-z0-9'])",
)
_LETTER_AND_NUMBER = re.compile(r"[A-Ga-g]\s?[-./|]?\s?\d")
_TOLD_FLAT = re.compile(rf"\b(?:{_WITH_NUMBER})\.?\s?[a-z]?\s?\d|\b(?:{_STAIR_WORD})\.?\s{{0,2}}[a-h]\b", re.IGNORECASE)
_FLAT_WORDS_IN_LOWER_CASE = re.compile(r"\s?[bcdfg](?:-| )(?:rap|por|tal|trap|upp)[a-z]+")
# A stair and a flat after any capital word and a number: `Kuusela 3 C 12`, `Kuusela 3 as 12`.
_STAIR_AND_FLAT = re.compile(
    r"[ ,]{0,2}[A-HK][ .-]?(?:(?i:as|bo?st|lgh|apt)\.? ?)?\d{1,3}(?!\d|[.,:]\d)\b|[ ,]{1,2}(?i:as|bo?st|lgh|apt"
    r"|asunto)\.? ?\d{1,3}(?!\d)\b"
)

# The flat first: `asunto B 12, Kaskenkatu 5`, `lägenhet 12 på Kaskgatan 5`.
_FLAT_BEFORE = re.compile(
    rf"(?:\b(?i:{_WITH_NUMBER}|yksio|kaksio|kolmio)\.?\s?(?:n:o|nr?o?)?[.:]?\s?[A-Za-z]?\s?\d{{1,3}}"
    r"|(?:(?<![\w-])(?<![a-z] )|(?<=asuu )|(?<=bor i )|(?<=bor ))[A-H] ?\d{1,3})(?::[a-z]{1,4})?"
    r"(?:,? |,? (?i:osoitteessa|osoite|kadulla|talossa|pa|i|at|in|on) )\Z"
)
_HOUSE_BEFORE = re.compile(
    r"\b(?:numero\w{0,4}|nro|nr|nummer|number|no|talo\w{0,4}|hus|house|at)\.? \d{1,3}[a-z]?,? (?:pa |i |at |on |in )?"
    r"(?P<street>[A-Z][A-Za-z'-]{3,40})",
    re.IGNORECASE,
)
_ENGLISH_ORDER = re.compile(
    r"(?<![\w.,-])(?<![a-z] )\d{1,3}[a-z]? (?P<street>[A-Z][A-Za-z'-]{3,40}), (?P<town>[A-Z][a-z]+)"
)
# As English and old cards have it: `flat 12, 5 Kaskenkatu`, `5 A 12 Kaskenkatu`.
_FLAT_AND_HOUSE_BEFORE = re.compile(
    rf"(?:\b(?i:{_WITH_NUMBER})\.? ?[A-Za-z]?\d{{1,3}},? \d{{1,3}}[a-z]?|(?<![\w.,-])\d{{1,3}} ?[A-H] ?\d{{1,3}}),? "
    r"(?P<street>[A-Z][A-Za-z'-]{3,40})"
)
_SPLIT_STREET = re.compile(
    r"\b[A-Z][a-z]{2,20} (?:katu|kadulla|tie|tiella|kuja|kujalla|polku|polulla|gatan|vagen|grand|stigen)"
    r" \d{1,3}(?=[ ,])"
)
# What a stair, a flat or a postcode begins with: without it nothing after a word in small letters needs to be read.
_MAY_BE_HOME = re.compile(
    r"[\s,.(|:/#-]{0,6}(?:[A-Za-z](?![A-Za-z])|\d|(?i:as|bo?st|lgh|lag|huon|h|ov|do|ra|rp|por|ap|fl|un|tr|upp|in|st"
    r"|en))"
)

_POSTCODE = re.compile(r"(?<![\d.,-])(?:FIN?-?)?(?P<code>\d{5})\)?,?[ \n]{0,2}(?P<town>[A-Za-z]{3,30})")
_TOWN_FIRST = re.compile(r"(?<![\w-])(?P<town>[A-Z][a-z]{2,20}),? (?P<code>\d{5})(?!\d|[.,:/-]\d|\s?[a-z%])")
_FIVE_DIGITS = re.compile(r"[0-9]{5}")
_LOCAL_CODE = re.compile(r"2[0-5]|3[12]")
# What else has five digits and a name: cost centres, accounts, projects.
_OTHER_CODE = re.compile(
    r"(?:kustannuspai|tulosyksi|tulosalue|momentti|momentin|\btili|koodi|konto|kostnadsst|resultatenh|projekti"
    r"|hank[ek]|lasku|tuote|tilaus|cost cent)"
    r"\w*[\s:.]{1,2}(?:nro|nr|on)?\s?\Z",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"[a-z]{4,}(?:[aeiouy]va|minen|mista|ning)")
_OF_TOWN = re.compile(r"(?:lais[a-z]+|lainen|bor|borna)\Z")
_NOUN_AFTER = re.compile(
    r" (?:asukkai?|asiakkai?|kuntalai|henkilo|ihmis|perhe|nuor|vanhuk|tyonteki|kotitalou|asunno)[a-z]*"
)
_TOWNS = word_list("municipalities") | word_list("small_places") | word_list("places")
_ORDINARY = word_list("first_words")
_OPENS = re.compile(r"(?:\A|[.!?:;\n])[\s\"'*_(]*\Z")


def is_street(word: str) -> bool:
    """Whether a word is a street's name by its ending; roads with a number of their own (`valtatie`) are not."""
    return (
        bool(_STREET_WORD.fullmatch(word)) and not is_form_of(word, _NOT_STREETS) and not _SERVICE_WAY.fullmatch(word)
    )


def find_addresses(seen: Seen) -> Iterator[Hit]:
    """A street with a house number, and with a stair or flat the more serious kind."""
    text = seen.text
    for found in _NUMBERED.finditer(text):
        word = found["street"]
        cut = bool(found["dot"]) or _CUT_WITHOUT_DOT.fullmatch(word) is not None
        if cut and _may_be_cut(word):
            yield from _cut_street(text, found)
        elif not cut and (is_street(word) or (_STREET_WORD.fullmatch(word) and _is_lived_at(text, found))):
            yield from _street(text, found)
        elif not cut:
            yield from _other_word(text, found)
    yield from _numbers_first(text)
    for found in _SPLIT_STREET.finditer(text):
        flat = _flat(text, found.end())
        if flat and (_LETTER_AND_NUMBER.search(flat[0]) or _TOLD_FLAT.search(flat[0])):
            yield "flat_address", found.start(), flat.end()


def _numbers_first(text: str) -> Iterator[Hit]:
    """A house, or a flat and a house, that stands before its street."""
    for found in _HOUSE_BEFORE.finditer(text):
        if is_street(found["street"]):
            flat = _flat(text, found.end())
            yield "flat_address" if flat else "street_address", found.start(), flat.end() if flat else found.end()
    for found in _ENGLISH_ORDER.finditer(text):
        if is_street(found["street"]) and is_form_of(found["town"], _TOWNS):
            yield "street_address", found.start(), found.end()
    for found in _FLAT_AND_HOUSE_BEFORE.finditer(text):
        if is_street(found["street"]):
            yield "flat_address", found.start(), found.end()


def _flat(text: str, end: int) -> re.Match[str] | None:
    """What names the stair or the flat after a house number, unless it counts something."""
    flat = _FLAT.match(text, end) or _FLAT_WORDS_IN_LOWER_CASE.match(text, end)
    if not flat or not flat[0].strip():
        return None
    return None if flat[0][-1].isdigit() and counts_something(text, flat.end()) else flat


def _street(text: str, found: re.Match[str]) -> Iterator[Hit]:
    flat = _flat(text, found.end())
    if _YEAR.fullmatch(found["house"]) and not (flat or _is_told(text, found) or _is_road_alone(text, found)):
        return
    before = _FLAT_BEFORE.search(text, max(0, found.start() - 45), found.start())
    if flat or before:
        yield "flat_address", before.start() if before else found.start(), flat.end() if flat else found.end()
    elif not counts_something(text, found.end()):
        yield "street_address", found.start(), found.end()


def _cut_street(text: str, found: re.Match[str]) -> Iterator[Hit]:
    flat = _flat(text, found.end())
    if flat and _LETTER_AND_NUMBER.search(flat[0]):
        yield "flat_address", found.start(), flat.end()
    elif found["dot"] and _CUT_STREET.fullmatch(found["street"]) and len(found["house"]) <= len("123"):
        yield "street_address", found.start(), found.end()


def _other_word(text: str, found: re.Match[str]) -> Iterator[Hit]:
    """A word without a street's ending: a home by its stair and flat, asked about by its stair or postcode alone."""
    word = found["street"]
    if word[0].islower() and not _MAY_BE_HOME.match(text, found.end()):
        return
    flat, service = _STAIR_AND_FLAT.match(text, found.end()), _SERVICE_WAY.fullmatch(word)
    loose = not service and _LOOSE_STREET.fullmatch(word) is not None and not is_form_of(word, _NOT_STREETS)
    small = _flat(text, found.end()) if loose and not flat else None
    both = flat or (small if small and _LETTER_AND_NUMBER.search(small[0]) else None)
    capital = word[0].isupper()
    if both and not counts_something(text, both.end()) and (loose or capital):
        kind = _of_stair_and_flat(text, found, loose=loose)
        if kind:
            yield kind, found.start(), both.end()
    elif loose and (_POSTCODE_AFTER.match(text, found.end()) or (capital and (small or _is_lived_at(text, found)))):
        yield "street_address", found.start(), found.end()


def _of_stair_and_flat(text: str, found: re.Match[str], *, loose: bool) -> str | None:
    """The kind of a word with a stair and a flat: in doubt where any noun could open the sentence."""
    word = found["street"]
    if is_form_of(word, _NUMBERED_THINGS) or word.lower() in _ORDINARY:
        return None
    if loose:
        return "flat_address"
    if (
        _SERVICE_WAY.fullmatch(word)
        or is_form_of(word, _NOT_STREETS)
        or _OPENS.search(text, max(0, found.start() - 4), found.start())
    ):
        return "street_address"
    return "flat_address"


def _is_road_alone(text: str, found: re.Match[str]) -> bool:
    """`Kuusistontie 2045.` is a road of the countryside with nothing after it, `Hämeentie 2030 -suunnitelma` a plan."""
    return _ROAD.fullmatch(found["street"]) is not None and _ENDS.match(text, found.end()) is not None


def _is_lived_at(text: str, found: re.Match[str]) -> bool:
    return _LIVES.search(text, max(0, found.start() - 40), found.start()) is not None


def _is_told(text: str, found: re.Match[str]) -> bool:
    """Whether a postcode after it or a word before it says that figures like a year are a house's number."""
    return bool(_POSTCODE_AFTER.match(text, found.end()) or _is_lived_at(text, found))


def _may_be_cut(word: str) -> bool:
    return _CUT_STREET_OF_FLAT.fullmatch(word) is not None and not _MONTH.fullmatch(word)


def find_postcodes(seen: Seen) -> Iterator[Hit]:
    """A postcode of the county with a capital word, or any with a known town; round thousands are counts."""
    if not _FIVE_DIGITS.search(seen.text):
        return
    for found in _POSTCODE.finditer(seen.text):
        town, code = found["town"], found["code"]
        local = _LOCAL_CODE.match(code) and town[0].isupper() and not _is_word(town)
        if (
            code.endswith("000")
            or _OTHER_CODE.search(seen.text, max(0, found.start() - 30), found.start())
            or _OF_TOWN.search(town)
            or (town.endswith("n") and _NOUN_AFTER.match(seen.text, found.end()))
        ):
            continue  # `24100 Salon asukkaasta` are people
        if local or is_form_of(town, _TOWNS):
            yield "postcode", found.start(), found.end()
    for found in _TOWN_FIRST.finditer(seen.text):
        if _LOCAL_CODE.match(found["code"]) and not found["code"].endswith("000") and found["town"].lower() in _TOWNS:
            yield "postcode", found.start(), found.end()


def _is_word(word: str) -> bool:
    return word.lower() in _ORDINARY or _PARTICIPLE.fullmatch(word.lower()) is not None
