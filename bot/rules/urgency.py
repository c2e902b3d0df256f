"""What belongs to other channels: an emergency (112), and a statutory notice about one person or one unit."""

import re
from collections.abc import Iterator

from bot.rules.dangers import dangers
from bot.rules.worries import worries

# Phrases of one case at hand, not of a phenomenon: "löi" but not "väkivalta lisääntyy". Casefolded; a row a phrase.
# What stands between two words has a bound: else a long text of one word over and over takes seconds.
EMERGENCIES = (
    r"tappa\w{0,12} (?:itse|häne|lapse|vaimo|miehe)",
    r"(?:yritti|yrittää|tekee|teki|uhkaa) itsemurha",
    r"uhka(?:a|ilee)\b.{0,200}\b(?:nyt|parhaillaan)\b|\buhkaa hypätä\b",
    r"hengenvaara(?:ssa|n)\b",
    r"\b(?:lapsi|lapset|vauva|vanhus|asiakas|äiti|isä|mies|nainen) (?:on|ovat) (?:\w+ )?vaarassa\b(?! \w+[aä]\b)",
    r"\b(?:löi|potki|hakkasi|hakkaa|hakataan|puukotti)\b",
    r"\b(?:soittakaa|hälyttäkää|lähettäkää) (?:\w+ )?(?:poliisi|ambulanssi|apua|112)",
    r"\b(?:ta|tar|tog) (?:sitt liv|livet av sig)",
    r"\b(?:försöker|försökte|hotar) (?:med |begå )?självmord",
    r"\bhotar\b.{0,200}\bjust nu\b",
    r"\blivsfara\b",
    r"\b(?:barnet|barnen|klienten|mamman|pappan|mannen|kvinnan) är i (?:omedelbar )?fara\b",
    r"\b(?:slog|sparkade|misshandlar|misshandlas|misshandlade)\b",
    r"\b(?:ring|skicka|larma) (?:\w+ )?(?:polisen|ambulans|112)",
    r"\b(?:child|client|mother|father|man|woman) is in (?:immediate )?danger\b",
    r"\b(?:call|send) (?:an? |the )?(?:police|ambulance|112)",
)

# A notice is one: the singular. "Ilmoituksia", "anmälningar" and "notifications" speak of many, so of a phenomenon.
ONE = r"ilmoitu(?:s|sta|kse(?!t\b)\w*)\b"
OF = r"\b(?:lasten ?suojelu|ls|lasu|huoli|epäkohta|rikos|edunvalvonta|omavalvonta|vaaratapahtuma|haipro|spro)[- ]{0,2}"
NOTICES = (
    rf"{OF}(?:{ONE}|ilmo(?:n|a)?\b)",
    r"\b(?:barnskydds|oros|oro-|missförhållande|polis|brotts)anmälan\b",
    r"\bchild (?:welfare|protection) (?:notification|report|notice)\b",
    r"\b(?:notice of concern|(?:police|shortcoming|(?:elder |child )?abuse) report)\b",
)
# Words that become a notice by another word in the same clause: to whom it goes, of what, by which law.
FINNISH = (
    (rf"\b{ONE}", r"\bilmoit(?:an|taisin|taa|amme|takaa)\b", r"\byhteydenot(?:to|on|toa)\b"),
    (
        r"\b(?:lastensuojeluun|lastensuojelulle|sosiaalipäivystykse|sosiaalitoimeen|poliisille|edunvalvo|epäkohdasta)",
        r"\b(?:sosiaalihuollon|palvelun|avun) tarpeesta\b|\b(?:lapse|vanhukse|asiakkaa|perhee|nuore|naapuri)sta\b",
        r"\b(?:huolesta|valviraan|lvv|aluehallintovirast|valvontavirast|väestötietovirast)",
        r"\b(?:shl|lsl|(?:sosiaalihuolto|lastensuojelu|vanhuspalvelu|valvonta|ilmoittajansuojelu)lain)\b",
        r"\d ?§",
    ),
)
SWEDISH = (
    (r"\banmälan\b", r"\banmäl(?:a|er)\b"),
    (
        r"\boro för\b|\b(?:barnskyddet|socialjouren|polisen|lvv|missförhållande\w{0,4}|intressebeva\w{1,12})\b",
        r"\b(?:socialvårds|barnskydds|äldreomsorgs|tillsyns|visselblåsar)lagen\b",
        r"\d ?§",
    ),
)
ENGLISH = (
    (r"\b(?:report|notify)\b",),
    (
        r"\b(?:child protection|child welfare|the police|social services)\b",
        r"\b(?:child|client|man|woman) (?:in danger|at risk)\b",
    ),
)
# What one client needs, though nobody calls it a notice.
CASES = (
    r"\b(?:asiakas|asiakkaani|vanhus|mies|nainen|äiti|isä|nuori|lapsi) tarvitsee (?:\w+ )?(?:edunvalvoj|sijoitu)",
    r"\b(?:klienten|mannen|kvinnan|barnet) behöver (?:en )?(?:intressebevakare|omhändertas|placeras)",
    r"\b(?:client|child) needs (?:an? )?(?:guardian|placement)",
)
# Somebody is about to make one, whatever else the clause says.
MAKERS = (
    r"\b(?:teen|teenkö|tekisin|tein|teimme|tekemässä|jätän|jättäisin|ilmoitan|ilmoittaisin|haluan|haluaisin|aion)\b",
    r"\b(?:pyydän|voinko|voitteko|voisitteko|voisko|voisiko|tarvitsen|onko tämä|minun (?:pitäisi|pitää|täytyy|on))\b",
    r"\bjag (?:vill|ska|måste|borde|behöver|tänker|gör|lämnar|anmäler|är orolig|oroar mig|skulle vilja)\b",
    r"\b(?:gör|vill|ska|måste|borde|kan) (?:jag|ni)\b",
    r"\bi(?:'d| would)? (?:want|need|have|like|must|should|will)\b",
    r"\b(?:do|can|should) (?:i|you) ",
)
# It should be made, or it stands there like a heading, or it is about somebody.
SHOULD = (
    r"\b(?:pitäisi|pitäisikö|pitää|täytyy|täytyisi|syytä|tehtävä|tarvitaan|tarvitsisi|kuuluisi|tulisi)\b",
    r"\b(?:borde|måste|bör|behövs|behöver)\b",
    r"\b(?:needs?|must|should)\b",
)
HEADING = r"^\W{0,5}(?:[^\s,]{1,40} ){0,4}?"
FINNISH_HEADING = HEADING + r"[\w-]{0,40}(?:ilmoitus|ilmo\b|yhteydenotto)"
HEADINGS = (
    FINNISH_HEADING + r"(?:\W*$|,| \w+lain )",
    FINNISH_HEADING + r"(?: \w+n| [\w:]+lle){0,2} \w+st[aä](?:mme|ni|nne)?\b",
    FINNISH_HEADING + r" \w+(?:un|lle|een|aan)\W*$",
    HEADING + r"[\w-]{0,40}anmälan(?:\W*$|,| (?:om|på|gäller|angående|till|enligt)\b)",
    r"\banmälan\W*$",
    HEADING + r"(?:notification|report|notice|concern)(?:\W*$|,| about\b| to\b)",
)
ABOUT = (
    r"\b(?:asiakkaa|perhee|lapse|nuore|vanhukse|miehe|naise|äidi|isä|poja|tytö|naapuri|oppilaa|potilaa)st[aä]\b",
    r"\bom (?:en|ett|min|mitt|barnet|pojken|flickan|familjen|grannen|klienten|mannen|kvinnan)\b",
    r"\babout (?:an?|my|the|our|this)\b",
)
# Signs that it speaks of many, or of how it is done: who in general, how often, how hard, how long.
OF_MANY = (
    r"\b(?!ovat\b|olivat\b)\w{1,20}(?:vat|vät)\b",
    r"\b(?:moni|monet|monen|harva|kukaan|henkilöstö|henkilökunta|väki|nyt voi|voi nyt|jää|jäi)\b",
    r"\bei (?:uskalleta|uskalla|tiedetä|saa|tehdä|osata|haluta|johda|kerrota)",
    r"\b(?:ammattilai|määrä|käsittely|tekemi|kynnys|lomak|harvoin|usein|yleensä|liian|vasta|helppo|helpott|vaikea)",
    r"\b(?:epäselv|kestää|jono|ruuhk|lisään|kasva|vähen|verkossa|enemmän|viive|viivästy|palaut)",
    r"\b(?:personal|skolor|föräldra|anställda|daghem|tröskel|blankett|behandling|rädd|oklar|svår|lätt|våga|öka)",
    r"\b(?:man (?:kan|ska|gör|får|vet|måste|borde|inte|nu)|när man|om man|många|fler|få|ofta|sällan|för sent)\b",
    r"\b(?:på nätet|tar|leder|vet inte|lång|ingen)\b",
    r"\b(?:staff|people|workers|families|many|few|often|seldom|rarely|unclear|hesitate|dare|takes?|late|threshold)\b",
    r"\bincreas",
)
CLAUSES = (
    r"[.!?;\n]+\s*|:\s+",
    r",? \b(?:joka|jota|jonka|jossa|josta|jolla|jolle|jotka|joiden|joissa|joilla|joille)\b[^.!?;\n]*",
    r",? \b(?:som|vars|who|whose)\b[^.!?;\n]*",
)


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases))


EMERGENCY, NAMED, MAKES = _any(*EMERGENCIES), _any(*NOTICES, *CASES), _any(*MAKERS)
ONE_CASE, MANY, CLAUSE = _any(*SHOULD, *HEADINGS, *ABOUT, *CASES), _any(*OF_MANY), _any(*CLAUSES)
BY_ANOTHER = [(_any(*words), _any(*others)) for words, others in (FINNISH, SWEDISH, ENGLISH)]


def urgent(text: str) -> set[str]:
    """The words that sound like an emergency or a notice about one person, rather than an observation."""
    return {found[0] for found in EMERGENCY.finditer(text.casefold())} | dangers(text) | notices(text)


def notices(text: str) -> set[str]:
    """The words that sound like a statutory notice: somebody makes or should make it, or it is about one person.

    A sentence about such notices in general has none: "huoli-ilmoituksia jää käsittelemättä".
    """
    text = text.casefold()
    clauses = (clause for clause in CLAUSE.split(text) if clause and _is_one_case(clause))
    return {word for clause in clauses for word in _named(clause)} | worries(text)


def _is_one_case(clause: str) -> bool:
    if MAKES.search(clause):
        return True
    return not MANY.search(clause) and any(ONE_CASE.search(piece) for piece in clause.split(","))


def _named(clause: str) -> Iterator[str]:
    yield from (found[0] for found in NAMED.finditer(clause))
    for word, other in BY_ANOTHER:
        if other.search(clause):
            yield from (found[0] for found in word.finditer(clause))
