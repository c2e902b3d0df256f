"""What sounds like worry about one person, though nobody calls it a notice: "olen huolissani eräästä lapsesta".

Worry about many, or about how things are, is an observation: "olemme huolissamme lasten jaksamisesta". Either the
writer worries, or one who is pointed out ("eräs", "this", "my client's") is harmed. A bare singular speaks of one only
right after the worry: "lapsen asema" and "vanhus ei pärjää verkossa" speak of all.
"""

import re

SOME, FEW = r"(?:\w{1,20} ){0,4}?", r"(?:\w{1,20} ){0,2}?"  # words that may stand between
FIRST = r"^\W{0,5}(?:\w{1,20} )?"
NOT_AS_A_RULE = r"\b(?! (?:om|när|då|medan|kun|jos|when|if|while|unless|by|because)\b)"

# Finnish: stems of the singular, so that "lapsesta" is one and "lapsista" many; who a word points out.
STEM = (
    r"(?:(?:naapurin?|lapsi|(?:esi|ala|ylä)?koulu)?"
    r"(?:lapse|vauva|taapero|poja|tytö|nuore|teini|laise|oppilaa|vanhukse|mummo|papa|miehe|naise|äidi|isä|rouva|tyttäre|vaimo|puoliso|"
    r"vaari|sisko|velje|tuttava|alaikäise|(?:ikä)?ihmise|asiakkaa|asukkaa|potilaa|perhee|naapuri|henkilö|pariskunna))"
)
SUBJECT = (
    r"(?:lapsi|lapset|vauva|taapero|poika|tyttö|nuori|teini|koululainen|oppilas|vanhus|mummo|pappa|mies|nainen|äiti|isä|"
    r"rouva|asiakas|asukas|potilas|tytär|vaimo|puoliso|vaari|sisko|veli|tuttava|alaikäinen|(?:naapuri)?perhe|naapuri|(?:ikä)?ihminen|henkilö|pariskunta)\b"
)
MINE = r"\b(?:asiakkaa|oppilaa|potilaa|naapuri|tuttu|ystävä)(?:ni|mme)\b"
POINTED = (
    rf"(?:\b(?:erä\w{{1,6}}|yksi?|tää|yh[dt]?e\w{{1,4}}|tä(?:mä|män|stä|ssä)|tuo|tuon|tuosta|mun|minun|naapurin|asiakkaan|"
    rf"tiet(?:ty|yn|ystä))|{MINE}) {FEW}"
)
OF_ONE = rf"(?:\bhänestä|{STEM}st[aä]?(?:ni|mme)?|{POINTED}(?:{STEM}n \w{{3,20}}st[aä]|lapsista))\b"
ONE = rf"(?:{POINTED}(?:{SUBJECT}|{STEM}n\b)|{MINE})"
WORRIED = r"\bhuolissa(?:ni|mme)\b"
WORRIES = r"\b(?:huolestuttaa|huolettaa|huolestutti)\b"
HARMED = (
    r"(?:voi(?:vat)? (?:\w+ )?huonosti|ei(?:vät)? (?:enää )?pärjää|heitteill\w+|(?:öisin|öitä|yöt|kotona) yksin|"
    r"yksin (?:öisin|kotona)|kaltoin|laiminlyö\w+|lyödään|lyö (?:lapsi|las|vaimo)\w+|pahoinpid\w+|nälissään|"
    rf"nälkäi\w+){NOT_AS_A_RULE}"
)
SOMEBODY = (
    r"\b(?:lasta|lapsia|vanhu\w{1,3}ia|vanhusta|asiakasta|asuk\w{2,5}a|potilasta|nuorta|poikaa|tyttöä|äitiä|naista)\b"
)
FINNISH = (
    rf"(?:{WORRIED}|\bollaan (?:\w+ )?huolissaan) (?!siitä){FEW}{OF_ONE}",
    rf"{OF_ONE} {FEW}(?:{WORRIED}|\bollaan huolissaan\b)",
    rf"\b(?:(?:minulla|mulla|meillä) on|heräsi) {FEW}huoli {FEW}{OF_ONE}",
    rf"\b(?:kenelle|mihin|minne) (?:soita|kerro|ilmoita)(?:n|mme) {FEW}{OF_ONE}",
    rf"\bhuol(?:i|en) {SOME}{POINTED}{STEM}(?:st[aä]|n \w{{3,20}}st[aä])\b",
    rf"{FIRST}huoli (?:\w+ )?{STEM}st[aä](?:\W*$|,)",
    rf"{WORRIES} {FEW}{ONE}",
    rf"{POINTED}(?:{SUBJECT}|{STEM}n \w{{3,20}}) (?:\w+ )?{WORRIES}",
    rf"(?:{ONE}|{POINTED}{STEM}ss[aä]\b) {SOME}{HARMED}",
    rf"\bepäil(?:en|emme),? {SOME}{SOMEBODY} {SOME}{HARMED}",
    rf"{SUBJECT} (?:on|ovat) (?:\w+ )?(?:jätetty|jätetyt|jääneet|jäänyt) heitteille\b",
)

# Swedish: the article, or the definite form, tells one from many.
A_SWEDISH = (
    r"\b(?:en|ett|min|mitt|vår|vårt|denna|detta|de[nt] här|(?:min |vår )?grannens|grannarnas|klientens|elevens|"
    rf"familjens) {FEW}"
)
ONE_SWEDISH = (
    rf"(?:{A_SWEDISH}(?:barn|pojke|flicka|tonåring|elev|klient|familj|granne|man|kvinna|mamma|pappa|åldring|tant|farbror|dam|herre|"
    r"dotter|son|fru|make|pensionär|person|baby|bebis|patient)|"
    r"\b(?:barnet|pojken|flickan|eleven|klienten|familjen|grannen|mannen|kvinnan|mamman|pappan|tanten))\b"
)
I_SWEDISH = rf"(?:\b(?:jag|vi) {SOME}|{FIRST})"
ILL = (
    r"(?:(?:far|for|fara) illa|vanvårdas|svälter|blir slage[nt]|slår si(?:n|tt|na)|lämnas ensam\w*|"
    r"klarar sig inte (?:\w+ )?(?:längre|ensam|hemma))"
)
SWEDISH = (
    rf"{I_SWEDISH}(?:orolig\w*|bekymra\w+|oro|oroar (?:mig|oss)) (?:för|över|kring|om) (?:honom|henne|{ONE_SWEDISH})",
    rf"{ONE_SWEDISH} (?:\w+ )?oroar (?:mig|oss)\b",
    rf"\b(?:vart|vem) (?:ringer|kontaktar|ska|kan) (?:jag|vi) {FEW}om {ONE_SWEDISH}",
    r"\b(?:barnets|klientens|grannens|familjens) \w{3,20} oroar (?:mig|oss)\b",
    rf"{ONE_SWEDISH} {SOME}{ILL}{NOT_AS_A_RULE}",
    rf"\b{ILL} {FEW}i {A_SWEDISH}(?:familj|hem|hushåll)\b",
)

AN = r"\b(?:an?|one|one of my|one of our|this|that|my|our|the) (?:[\w'’]{1,20} ){0,2}?"
CHILD = (
    r"(?:child|kid|baby|infant|newborn|toddler|boy|girl|teen(?:ager)?|pupil|client|patient|resident|neighbou?r|family|man|woman|mother|father|daughter|son|wife|husband|"
    r"lady)"
)
ITSELF = r"\b(?! (?:welfare|protection|care|centre|benefit|allowance|law|policy|services?|work|cent|support|poverty)\b)"
ONE_ENGLISH = rf"(?:{AN}{CHILD}{ITSELF}(?!['’]s)|\b(?:one|this|that|my|our) {CHILD}['’]s\b)"
I_ENGLISH = rf"(?:\b(?:i|we)(?:['’]m|['’]re| am| are| feel)? (?:\w+ )?|{FIRST})"
HURT = (
    r"(?:neglected|abused|beaten|maltreated|mistreated|starving|not safe at home|left alone at night)"
    rf"{NOT_AS_A_RULE}"
)
ENGLISH = (
    rf"{I_ENGLISH}(?:worried|concern(?:ed|s)?|worry|anxious) about (?:him|her|{ONE_ENGLISH})",
    rf"\b(?:who|whom|where) (?:do|can|should) (?:i|we) {FEW}about {ONE_ENGLISH}",
    rf"(?:{AN}{CHILD}|\bone of (?:my|our) {CHILD}s)\b {SOME}{HURT}",
)

ABOUT_ONE = re.compile("|".join(FINNISH + SWEDISH + ENGLISH))
SENTENCES = re.compile(r"[.!?;\n]+\s*|:\s+")


def worries(text: str) -> set[str]:
    """The words that sound like worry about one; of a text in small letters."""
    return {found[0] for sentence in SENTENCES.split(text) for found in ABOUT_ONE.finditer(sentence)}
