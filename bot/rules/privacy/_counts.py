"""Whether a number counts something (`1 200 asukasta`, `3 000 suoritetta`): then it is nobody's number."""

import re

# Units and nouns without accents, the Finnish ones as they stand after a number.
_COUNTED = re.compile(
    r"\s{0,2}(?:%|(?:prosent|procent|percent|euro|kronor|milj|mrd|tuhat|tuhan|thousand|million)\w*"
    r"|(?:e|eur|\u20ac|kr|mk|tkr|kpl|st|stycken|pcs|hlo|km|m2|m3|kg|per|kohti|kohden|vuodessa|viikossa|kuukaudessa"
    r"|paivassa)\b"
    r"|\u20ac|(?:ihmi|asuka|asiaka|potila|hakemu|paato|vastau|tapau|ilmoitu|oppila|osasto)s(?:ta|sa)\w*"
    r"|(?:henkilo|hakija|opiskelija|osallistuja|kavija|kayttaja|tyontekija|vastaaja|tapahtuma|kerta|paiva|asunto"
    r"|puhelu|kuntalais|tilaus"
    r"|suori(?:te|tus)|kaynti|tunti|minuutti|viikko|kuukau|vuo|perhe|nuor|la(?:p?s)|jasen|lahete|kilometri|metri"
    r"|nelio|litra|kilo|sivu"
    r"|kotitalou|talou|yhteydenotto|soitto|hen[gk]e|kappale|paikka|ruokakunta|annos|kysely|kirje|tapaami"
    r"|jakso)(?:s?t?ta|ta|ita|ia|a)\b"
    r"|(?:invanare|personer|klienter|ansokningar|besok|ganger|gang|timmar|minuter|dagar|veckor|manader|barn"
    r"|familjer|samtal|hushall"
    r"|svar|deltagare|prestationer|arenden|elever|studerande|anstallda|patienter|kunder|arbetsdagar|handelser)\b"
    r"|(?:people|persons|residents|clients|visits|visitors|applications|cases|times|hours|days|weeks|months|years"
    r"|inhabitants|calls"
    r"|households|families|customers|children|pupils|students|employees|contacts|reports|decisions)\b)",
    re.IGNORECASE,
)
# `Hakemusnumero 1200 hakijalta puuttui`: a count in another case than the first.
_COUNTED_PERSONS = re.compile(
    r"\s{1,2}(?:asiakkaa|hakija|potilaa|asukkaa|henkilo|perhee|lapse|nuore|tyontekija|opiskelija|kayttaja"
    r"|vastaaja)(?:lta|lla|lle|sta|ssa|n)\b",
    re.IGNORECASE,
)


def counts_something(text: str, end: int) -> bool:
    """Whether what follows a number that ends here is what it counts; the text is given without accents."""
    return _COUNTED.match(text, end) is not None


def counts_persons(text: str, end: int) -> bool:
    """The same, and persons in any case form: not for a house, whose residents may be told in the same way."""
    return counts_something(text, end) or _COUNTED_PERSONS.match(text, end) is not None
