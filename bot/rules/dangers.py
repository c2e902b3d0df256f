"""Somebody is in danger now, as it is told in haste: who, what was done to them, and that help is needed at once.

Many, or one whom help has reached, are an observation: "pahoinpidelty nainen sai turvakotipaikan".
"""

import re

# One person, or the children of one home. Casefolded.
WHO = (
    r"\b(?:lapsi|lapset|vauva|taapero|vanhus|asiakas|potilas|oppilas|äiti|isä|mies|nainen|vaimo|nuori|tyttö|poika|isoisä|isoäiti|mummo"
    r"|mummi|pappa|ukki|naapuri|barnet|barn|bebis(?:en)?|klient(?:en)?|patient(?:en)?|man(?:nen)?|kvinna(?:n)?"
    r"|mamma(?:n)?|pappa(?:n)?|flicka(?:n)?|pojke(?:n)?|gumma(?:n)?|gubbe(?:n)?|åldring(?:en)?|grann(?:e|en)|child|baby"
    r"|client|patient|man|woman|mother|father|girl|boy|neighbour)\b"
)
VIOLENCE = (
    r"\b(?:pahoinpidelty|hakattu|puukotettu|raiskattu|heitteillä|tajuton|tajuttomana|misshandla[dt]|knivhugg(?:en|et)"
    r"|våldtag(?:en|et)|medvetslöst?|beaten|stabbed|raped|unconscious)\b"
)
HARMED = (
    r"\b(?:pahoinpidelty|pahoinpidellään|hakattu|lyöty(?! (?:jono|laimin|vetoa))|potkittu|puukotettu|raiskattu"
    r"|kuristettu|heitteillä|jätetty (?:\w+ )?yksin(?! \w+ (?:kanssa|jälkeen))|jäänyt (?:\w+ )?yksin|lukittu"
    r"|tajuton|tajuttomana|kaatunut|loukkaantunut"
    r"|misshandla[dt]|slag(?:en|et)|knivhugg(?:en|et)|våldtag(?:en|et)|lämna[dt] (?:\w+ )?ensamt?|övergiv(?:en|et)"
    r"|inlåst|medvetslöst?|beaten|abused|stabbed|raped|strangled|left (?:\w+ )?alone|abandoned|locked in|unconscious)\b"
)
WITHOUT = (
    r"\b(?:ilman|vailla) (?:ruokaa|lääk\w+|lääkity\w+|vettä|lämmity\w+|sähköä|valvontaa)\b"
    r"|\butan (?:mat|medicin(?:er)?|vatten|värme|el|tillsyn)\b"
    r"|\bwithout (?:food|medicines?|medication|water|heating)\b"
)
ASKS = (
    r"\b(?:tarvitsee|tarvitaan|pyytää|tarvitsisi) (?:\w+ )?apua|\bap(?:u|ua) (?:tarvitaan|heti|nyt)\b|\bapua\W*$"
    r"|\b(?:auttakaa|hälyttäkää)\b|\b(?:behöver|ber om) (?:\w+ )?hjälp\b|\bhjälp (?:behövs|genast|nu)\b|\bhjälp\W*$"
    r"|\bneeds? (?:\w+ )?help\b|\bhelp (?:is )?needed\b|\bplease help\b|\bhelp\W*$"
)
AT_ONCE = r"\b(?:heti|nyt|parhaillaan|välittömästi|genast|nu|omedelbart|now|immediately|right away|at once|urgently)\b"
# Help is there already, or nobody is left so any more, or it is told what is done whenever it happens.
HELP = r"\w{0,20}(?:apua?|avun|paikan|paikka|tukea|hoitoa|hoitoon|turvaan|hjälp\w{0,2}|plats|help|place)\b"
HELPED = (
    rf"\b(?:sai|saa|saatiin|tuli|pääsi|löytyi|järjestyi|fick|får|kom|kommer|got|gets|came) (?:\w+ ){{0,3}}{HELP}"
    rf"|\b{HELP} (?:\w+ ){{0,2}}(?:sai|saa|saatiin|tuli|löytyi|järjestyi|kom|kommer|came|arrived)\b"
    r"|\b(?:auttoi|autettiin|hoidettiin|hjälpte|helped)\b|\bei (?:\w+ )?enää\b|\binte längre\b|\bno longer\b"
    r"|\b(?:jos|kun|om|när|if|when) (?:\w+ )?" + WHO
)
DENIED = re.compile(r"\b(?:ei|eikä|kukaan|inte|ingen|not|nobody|didn't) (?:\w+ ){0,2}(?:saa|saanut|saatu|får|fått)\b")
SENTENCES = re.compile(r"[.!?;\n]+")
HARM, WANT, ASKED, NOW, REACHED = (re.compile(one) for one in (HARMED, WITHOUT, ASKS, AT_ONCE, HELPED))
ONE = re.compile(WHO)
VIOLENT = re.compile(VIOLENCE)
DONE_TO_ONE = re.compile(rf"{WHO} (?:(?:on|ovat|är|is|are|has been) )?(?:\w+ )?{VIOLENCE}")


def dangers(text: str) -> set[str]:
    """The words that tell of somebody in danger now: harm to one person, or want, where help is asked for at once."""
    return {word for sentence in SENTENCES.split(text.casefold()) for word in _told(sentence)}


def _told(sentence: str) -> set[str]:
    if not ONE.search(sentence) or REACHED.search(DENIED.sub("", sentence)):
        return set()
    harms, wants = ({found[0] for found in some.finditer(sentence)} for some in (HARM, WANT))
    if ASKED.search(sentence):
        return harms | wants
    is_now = NOW.search(sentence) and (wants or VIOLENT.search(sentence))
    return harms if is_now or DONE_TO_ONE.search(sentence) else set()
