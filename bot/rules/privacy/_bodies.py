"""Churches, stadiums, cafés and the like that carry a person's name: `Mikaelin seurakunta`, `Paavo Nurmen stadion`."""

import re

_OF = r"(?:n|ssa|sta|lla|lta|lle|an|on|in|un|a|ta|ksi)?\b"
# After a name in the genitive, or joined with a dash.
_AFTER_GENITIVE = re.compile(
    r"(?<=[ns])(?<!nen) (?i:seurakun\w*|(?:kirk(?:ko|o)|tuomiokirk(?:ko|o)|kappeli|hautausmaa|stadion|stadioni|areena|halli|urheiluhalli"
    r"|urheilukentta|kahvila|ravintola|baari|museo|kirjasto|sairaala|saatio|rahasto|akatemia|opisto|lukio|yhdistys|yhdistykse|kilta|puisto"
    r"|leikkipuisto|aukio|tori|silta|sairaskoti|hoivakoti|hoivakodi|hoitokoti|hoitokodi|palvelukoti|palvelukodi|palvelutalo|vanhainkoti"
    r"|vanhainkodi|ryhmakoti|ryhmakodi|leirikeskus|leirikeskukse|kurssikeskus|monitoimitalo|kerhotalo|toimintakeskus|uimahalli|patsas|palkinto"
    rf"|tie|katu|kadu|kuja|polku|polu|kauppa|kioski|teatteri|kartano|linna|festivaali|messu|malja|maja){_OF}"
    r"|(?:kyrka|kapell|forsamling|stadion|arena|cafe|kafe|kafeteria|restaurang|museum|museet|bibliotek|sjukhus|stiftelse|fond|akademi"
    r"|gymnasium|forening|skola|daghem|park|torg|servicehus|vardhem|gata|gard|minnesfond|kyrkogard)(?:n|en|et|s|ns|ens|ets)?\b)"
)
_AFTER = re.compile(
    r"(?: (?i:akatemia|ry|rf|oy|oyj|ab|abp|stadion|arena|areena|church|chapel|parish|stadium|hospital|foundation|museum|cafe|restaurant"
    r"|school|shelter|library|square|park|street|centre|center|house|hall|college|institute|association|society|trust|clinic)\b|-| -[a-z])"
)
_OPENING = (
    r"(?:\b(?i:kahvila|cafe|kafe|kahvio|ravintola|restaurang|restaurant|baari|pubi|hoivakoti|hoitokoti|palvelutalo|palvelukoti|vanhainkoti"
    r"|ryhmakoti|tukikoti|paivakoti|daghemmet|daghem|gruppboende\w*|servicehus\w*|vardhem\w*|koulu|skolan|kerhotalo|klubitalo|sankta|sankt|saint"
    r"|pyha\w{0,4}|galleria|kirjakauppa|kirpputori|kampaamo|parturi|apteekki|laiva|alus|hotelli|hotell|hotel|yokerho|kappeli|kirkko|myrsky|stormen"
    r"|hanke|projekti|projektet|jarjestelma|sovellus|ohjelma|appen|tietojarjestelma)|\b[Ss]:?t[.]?|\b[Ss]t[.]) "
)
_BEFORE, _FIRST = re.compile(rf"{_OPENING}\Z"), re.compile(_OPENING)
# The last word of a name with capitals: `Veritas Stadionin`.
_LAST = re.compile(
    r" (?:Stadion|Stadioni|Areena|Arena|Halli|Kahvila|Ravintola|Kappeli|Kirkko|Kirko|Museo|Lukio|Akatemia|Hotelli|Teatteri|Teatteri|Seurakun\w+"
    rf"|Sairaala|Saatio|Opisto|Koulu|Church|School|Stadium|Chapel|Hospital|Foundation|Cafe|Kyrka|Kapell|Forsamling\w*|Teater){_OF}\Z"
)
# A school or a house of a saint; of anybody else it may be a home.
_SAINT = re.compile(
    r"(?:mikaeli|mikael|marti|martti|maria|maaria|katariina|henriki|olavi|birgita|birgitta|jaako|pietari|paavali|johannes|johannekse|eriki"
    r"|nikolai|lauri|laurentiu[ks]se|tuomaa|yrjo|margareta|ursula|kaarina|heikki|heiki|maunu|hemmingi|sigfridi|kristoffer|kristofferi|anna)[ns]s?",
    re.IGNORECASE,
)
_OF_SAINT = re.compile(
    r" (?i:koulu|paivakoti|paivakodi|talo|koti|kodi|skola|hem|hus)(?:n|ssa|sta|lla|lta|lle|un|in|on|en|et)?\b"
)
_SCHOOL = re.compile(
    r"(?<=[ns])(?<!nen) (?i:koulu|paivakoti|paivakodi|skola|daghem)(?:n|ssa|sta|lla|lta|lle|un|in|en|et)?\b"
)


def is_part_of_body(text: str, start: int, end: int, *, whole: bool = False) -> bool:
    """Whether what stands between the two places is what a body is named after; `whole` for a name of two words."""
    if _AFTER_GENITIVE.match(text, end) or _AFTER.match(text, end) or _BEFORE.search(text, max(0, start - 22), start):
        return True
    if whole and (_SCHOOL.match(text, end) or _FIRST.match(text, start, end) or _LAST.search(text, start, end)):
        return True
    return bool(_SAINT.fullmatch(text, start, end) and _OF_SAINT.match(text, end))
