"""What sounds like worry about one person, though nobody calls it a notice: "olen huolissani eräästä lapsesta".

Worry about many, or about how things are, is an observation: "olemme huolissamme lasten jaksamisesta". Either the
writer worries, or one who is pointed out ("eräs", "this", "my client's") is harmed. A bare singular speaks of one only
right after the worry: "lapsen asema" and "vanhus ei pärjää verkossa" speak of all.
"""

SOME, FEW = r"(?:\w{1,20} ){0,4}?", r"(?:\w{1,20} ){0,2}?"  # words that may stand between
FIRST = r"^\W{0,5}"
NOT_AS_A_RULE = r"\b(?! (?:om|när|då|medan|kun|jos|when|if|while|unless|by|because)\b)"

# Finnish: stems of the singular, so that "lapsesta" is one and "lapsista" many; who a word points out.
STEM = (
    r"(?:(?:naapurin?|lapsi|(?:esi|ala|ylä)?koulu)?"
    r"(?:lapse|vauva|taapero|poja|tytö|nuore|teini|laise|oppilaa|vanhukse|mummo|papa|miehe|naise|äidi|isä|rouva|asiakkaa|"
    r"asukkaa|potilaa|perhee|naapuri|ihmise|henkilö|pariskunna))"
)
SUBJECT = (
    r"(?:lapsi|lapset|vauva|taapero|poika|tyttö|nuori|teini|koululainen|oppilas|vanhus|mummo|pappa|mies|nainen|äiti|isä|"
    r"rouva|asiakas|asukas|potilas|(?:naapuri)?perhe|naapuri|ihminen|henkilö|pariskunta)\b"
)
MINE = r"\b(?:asiakkaa|oppilaa|potilaa|naapuri)(?:ni|mme)\b"
POINTED = (
    rf"(?:\b(?:erä\w{{1,6}}|yksi|yh[dt]?e\w{{1,4}}|tä(?:mä|män|stä|ssä)|tuo|tuon|tuosta|mun|minun|naapurin|asiakkaan|"
    rf"tiet(?:ty|yn|ystä))|{MINE}) {FEW}"
)
OF_ONE = rf"(?:{STEM}st[aä]?(?:ni|mme)?|{POINTED}(?:{STEM}n \w{{3,20}}st[aä]|lapsista))\b"
ONE = rf"(?:{POINTED}(?:{SUBJECT}|{STEM}n\b)|{MINE})"
WORRIED = r"\bhuolissa(?:ni|mme)\b"
WORRIES = r"\b(?:huolestuttaa|huolettaa|huolestutti)\b"
HARMED = (
    r"(?:voi(?:vat)? (?:\w+ )?huonosti|ei(?:vät)? (?:enää )?pärjää|heitteill\w+|(?:öisin|öitä|kotona) yksin|kaltoin|"
    rf"yksin (?:öisin|kotona)|laiminlyö\w+|lyödään|pahoinpid\w+|nälissään|nälkäi\w+){NOT_AS_A_RULE}"
)
SOMEBODY = (
    r"\b(?:lasta|lapsia|vanhu\w{1,3}ia|vanhusta|asiakasta|asuk\w{2,5}a|potilasta|nuorta|poikaa|tyttöä|äitiä|naista)\b"
)
FINNISH = (
    rf"(?:{WORRIED}|\bollaan (?:\w+ )?huolissaan) (?!siitä){FEW}{OF_ONE}",
    rf"{OF_ONE} {FEW}(?:{WORRIED}|\bollaan huolissaan\b)",
    rf"\b(?:minulla|mulla|meillä) (?:on|heräsi) {FEW}huoli {FEW}{OF_ONE}",
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
    rf"(?:{A_SWEDISH}(?:barn|pojke|flicka|tonåring|elev|klient|familj|granne|man|kvinna|mamma|pappa|åldring|tant|farbror|"
    r"person|baby|bebis|patient)|"
    r"\b(?:barnet|pojken|flickan|eleven|klienten|familjen|grannen|mannen|kvinnan|mamman|pappan|tanten))\b"
)
I_SWEDISH = rf"(?:\b(?:jag|vi) {SOME}|{FIRST})"
ILL = (
    r"(?:(?:far|for|fara) illa|vanvårdas|svälter|blir slage[nt]|lämnas ensam\w*|"
    r"klarar sig inte (?:\w+ )?(?:längre|ensam|hemma))"
)
SWEDISH = (
    rf"{I_SWEDISH}(?:orolig\w*|bekymra\w+|oro|oroar (?:mig|oss)) (?:för|över|kring|om) {ONE_SWEDISH}",
    rf"{ONE_SWEDISH} (?:\w+ )?oroar (?:mig|oss)\b",
    r"\b(?:barnets|klientens|grannens|familjens) \w{3,20} oroar (?:mig|oss)\b",
    rf"{ONE_SWEDISH} {SOME}{ILL}{NOT_AS_A_RULE}",
    rf"\b{ILL} {FEW}i {A_SWEDISH}(?:familj|hem|hushåll)\b",
)

AN = r"\b(?:an?|one|one of my|one of our|this|that|my|our|the) (?:[\w'’]{1,20} ){0,2}?"
CHILD = (
    r"(?:child|baby|toddler|boy|girl|teen(?:ager)?|pupil|client|patient|resident|neighbou?r|family|man|woman|mother|father|"
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
    rf"{I_ENGLISH}(?:worried|concerned|worry|anxious) about {ONE_ENGLISH}",
    rf"(?:{AN}{CHILD}|\bone of (?:my|our) {CHILD}s)\b {SOME}{HURT}",
)

ABOUT_ONE = FINNISH + SWEDISH + ENGLISH
