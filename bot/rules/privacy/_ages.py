"""An age together with a place: in a small municipality that is one person."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from bot.rules.privacy._born import is_of_thing
from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen
from bot.rules.privacy._words import is_form_of, word_list

# One person's age only: `18-29-vuotiaat`, `yli 65-vuotias` and `18-29-åringar` are groups.
_AGE = re.compile(
    r"(?<![\d-])(?<!\d -)(?P<age>\d{1,3})(?:[ -]{0,3}vuotia(?:s|an|sta|aksi|alla|alta|alle|asta|assa|ana|aseen)\b"
    r"| ?vuotta vanha\w*|[ -]{0,3}arig(?:t|)\b|[ -]{0,3}aring(?:en|ens)?\b| ar gammal\b|[ -]{0,2}(?:years?|yrs?"
    r"|y)[ -]old\b| ?y\W?o\b|-?v\.?(?=,? [a-z]))"
    r"|\b(?:den|denna) \d{1,3}[ -]{0,3}arig[ae]\b"
    r"|\b(?:aged?|ialtaan|ika|ikaa|alder(?:n)?)(?: on| ar| is|:)? (?P<told>\d{1,3})\b(?! ?-? ?\d)"
    r"|\b(?:(?:kaksi|kolme|nelja|viisi|kuusi|seitseman|kahdeksan|yhdeksan)(?:kymmenta|toista)?(?:yksi|kaksi|kolme"
    r"|nelja|viisi|kuusi"
    r"|seitseman|kahdeksan|yhdeksan)?|kymmen|yksi(?:toista)?|puoli|pari)vuotia(?:s|an|sta|alla|alta|alle)\b"
    r"|\b\d{1,2} ?-?(?:kk|kuukauden|viikon|vuoden)[ -]?ika(?:inen|isen|ista|isella|iselle)\b|\b\d{1,2}[ -](?:month"
    r"|week)s?[ -]old\b"
    r"|\b\d{1,2} (?:manader|veckor) gammal\b",
    re.IGNORECASE,
)
# Years that may be a span of time as well are an age beside the word for a person: `84 v mies`, `flicka 7 år`.
_WHO = (
    r"(?:mies|nainen|lapsi|poika|tytto|aiti|isa|leski|vanhus|mummo|pappa|vaari|rouva|herra|nuori|henkilo|asiakas"
    r"|potilas|vauva"
    r"|opiskelija|elakelainen|asukas|hakija|teini|taapero|tenava|nuorukainen|neiti|kvinna|pojke|flicka|barn|mamma"
    r"|pappa|mor|far|anka|ankling|klient|person"
    r"|patient"
    r"|bebis|tonaring|yngling|woman|man|boy|girl|child|toddler|teen|teenager|baby|mother|father|widow|client|patient"
    r"|resident)"
)
_WHOSE = (
    r"(?:miehe|naise|lapse|poja|tyto|aidi|isa|leske|vanhukse|mummo|papa|vaari|rouva|herra|nuore|henkilo|asiakkaa"
    r"|potilaa|vauva"
    r"|opiskelija|asukkaa|hakija)(?:n|lla|lle|lta|sta|ssa)|(?:man|kvinna|pojke|flicka|barn|klient|person"
    r"|patient)(?:s|n|en|nen|an|et)"
)
_YEARS = (
    r"(?P<years>\d{1,3})(?:\s?-?v(?:ee)?\b\.?|\s?ars?\b(?: gammal)?|\s?vuotta\b|\s?-?(?:kk|man)\b\.?"
    r"|\s?y(?:rs?|ears?)?\b)"
)
_PERSONS_YEARS = re.compile(
    rf"\b(?:{_WHO}(?: pa )?[ ,(:]{{0,3}}(?<=[ ,(:])|{_WHOSE}(?:, | \())(?<![\d-]){_YEARS}"
    r"(?!\s(?:jono|odot|sitten|ajan|aika|valein|ilman|sedan|utan|i ko|ago"
    rf"|in q|without|vant))"
    rf"|\b{_WHO} \(\d{{1,3}}(?: ?v\.?| ar| years)?\)|\b(?:{_WHO}|{_WHOSE}|mannen|kvinnan), [1-9]\d(?=,)"
    rf"|(?<![\d,.-])(?<!\d -)(?<!\d )(?P<before>\d{{1,3}})(?:\s?-?v(?:ee)?\b\.?|\s?ars?\b|\s?vuotta\b|\s?(?:kk"
    rf"|man)\b\.?),?\s(?:[a-z]+ )?(?:{_WHO}|{_WHOSE})\b",
    re.IGNORECASE,
)
# `Kustavi, mies 84`: figures alone only after a word that is about one person, where nothing follows to count.
_PERSON_AND_FIGURES = re.compile(
    r"\b(?:mies|nainen|rouva|herra|leski|mummo|pappa|vaari|poika|tytto|elakelainen|man|kvinna|anka|ankling|pojke|flicka"
    r"|woman|boy|girl|widow) [1-9]\d(?=\s*(?:[,.;)\n]|\Z))",
    re.IGNORECASE,
)
# A year of birth says the age: `vuonna 1942 syntynyt mies`.
_YEAR_OF_BIRTH = re.compile(
    r"\b(?:syntymavuosi|fodelsear(?:et)?|birth year|year of birth)(?: on| ar| is|:){0,2} (?:19[2-9]\d|20[01]\d)\b"
    r"|\b(?:syntyn(?:yt|ee\w*)|synt\.|fodd\w?|born)(?: (?:vuonna|ar|in|i|year))? (?:19[2-9]\d|20[01]\d)(?![\d.]\d|\d)"
    r"|(?<=[a-z(,] )[sf]\. ?(?:19[2-9]\d|20[01]\d|[-'][2-9]\d)(?!\d|-)"
    r"|\b(?:vuonna|ar|in|year) (?:19[2-9]\d|20[01]\d) (?:syntyn(?:yt|ee\w*)|fodd\w?|born)\b",
    re.IGNORECASE,
)
# `91 v, Kustavi`: without a person only side by side with the place.
_BARE_YEARS = re.compile(
    r"(?<![\d,.-])(?<!\d )(?<!\d -)(?:[1-9]\d\s?-?v\b\.?|[6-9]\d ?ar\b)(?! (?:sitten|ajan|aika|valein|taytt|vanh"
    r"|asti|jalkeen))",
    re.IGNORECASE,
)
_BESIDE = len(" (, ")
# What every age has: without it the text needs no closer look.
_MAY_BE_AGE = re.compile(
    r"[0-9][ -]{0,3}(?:v(?:\b|uot)|ar(?:s?\b|ig|ing)|y(?:\b|o|/|\.|r|ea)|kk\b|man\b)|vuotia|\([0-9]|, [0-9]{2},"
    r"|ika(?:inen|is)|(?:month|week)s?[ -]old|(?:manader|veckor) gam|(?:aged?|ikaa?|ialtaan|aldern?)(?: on| ar| is"
    r"|:)? [0-9]",
    re.IGNORECASE,
)
# Ages in words: `femtiotvaarig`, `kuusikymppinen`, `asiakas on viidenkymmenenkahden`, `in her eighties`.
_FI_ONE = (
    r"(?:yksi|yks|kaksi|kaks|kolme|nelja|viisi|viis|kuusi|kuus|seitseman|seittema?n?|kahdeksan|kaheksan|yhdeksan"
    r"|yheksan)"
)
_FI_OF_ONE = r"(?:yhden|kahden|kolmen|neljan|viiden|kuuden|seitseman|kahdeksan|yhdeksan)"
_FI_AGE = rf"(?:{_FI_ONE}(?:toista|(?:kymmenta|kyt(?:a|ta)?)?{_FI_ONE}?)|kymmenen)"
_FI_OF_AGE = rf"(?:{_FI_OF_ONE}(?:toista|kymmenen){_FI_OF_ONE}?)"
_SV_AGE = (
    r"(?:(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|attio|nittio)(?:en|ett|tva|tre|fyra|fem|sex|sju|atta|nio)?"
    r"|ett|tva|tre|fyra|fem|sex|sju|atta|nio|tio|elva|tolv|(?:tret|fjor|fem|sex|sjut|ar|nit)ton)"
)
_EN_AGE = (
    r"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
)
_AGE_IN_WORDS = re.compile(
    rf"\b(?:{_FI_AGE}[ -]?(?:vuotia(?:s|an|sta|ksi|alla|alta|alle|asta|assa|ana|aseen)|vuotta vanha\w*|v\b)"
    r"|(?:on|oli|tayttaa|taytti|nyt|vasta|jo|ika(?:a|na)?) (?:nyt |vasta |jo |noin |n\. )?"
    rf"(?:{_FI_OF_AGE}|{_FI_ONE}kymmenta{_FI_ONE}?)"
    r"(?=[ ,.]*(?:\Z|[,.;(\n]|vanha|ja|eika|mutta|tayttanyt))"
    rf"|(?:{_FI_ONE}|neli|kolmi|pari|seiska|kasi|ysi)(?:kymppi|kymp|kyppi|kymmenvuotia)"
    r"(?:nen|sen|selle|sella|selta|sesta|sta|s)"
    rf"|{_SV_AGE}[ -]?(?:aring(?:en|ens)?|arig[at]?)|{_SV_AGE} ar gammal"
    r"|i (?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|attio|nittio)arsaldern"
    rf"|{_EN_AGE}[ -]years?[ -]old"
    r"|in (?:his|her) (?:early |late |mid-? ?)?(?:twen|thir|for|fif|six|seven|eigh|nine)ties)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:\b(?:yli|alle|vahintaan|enintaan|over|under|minst|hogst|upp till|above|below|at least|older than|younger than"
    r"|kaikk\w{1,6}|alla|keskimaarin|i snitt|genomsnitt|average(?: of)?|noin alle|jokainen|varje|every)|\d\s?(?:-"
    r"|ja|och|and|to|tai)) ?\Z",
    re.IGNORECASE,
)
# What is old and is nobody: `kaksivuotias hanke`, `viisitoista vuotta vanha rakennus`.
_THING_AFTER = re.compile(
    r" (?:hank|projek|rakennu|talo"
    r"|auto|jarjestelm|laite|laitt|paato|sopimu|suunnitelm|yhdisty|sovellu|tieto|ohje|kampanj"
    r"|kokeilu|pilot|palvelu|plan|avtal|system|byggnad|hus|beslut|building|project|system|agreement)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z])|\n\s*\n")
_WORD = re.compile(r"[A-Za-z]{3,}")
_OF_PLACE = re.compile(r"([a-z]+?)(?:lai(?:nen|s[a-z]+)|bo(?:n|ns)?)")
_REACH = 120  # about one sentence to either side

_SMALL = word_list("small_places")
_LARGE = word_list("municipalities")
_WORDS_TOO = word_list("places_like_words")
_STARTS = frozenset(stem[:3] for stem in _SMALL | _LARGE)

Place = tuple[int, int, str]  # start, end, kind of finding


def find_ages_with_places(seen: Seen) -> Iterator[Hit]:
    """One person's age and a municipality of the county in the same sentence."""
    places = list(_places(seen.text))
    if not places:
        return
    shapes = (_AGE, _PERSONS_YEARS, _BARE_YEARS) if _MAY_BE_AGE.search(seen.text) else ()
    ages = [
        found
        for shape in (*shapes, _PERSON_AND_FIGURES, _YEAR_OF_BIRTH, _AGE_IN_WORDS)
        for found in shape.finditer(seen.text)
    ]
    starts = [start for start, _, _ in places]
    for age in ages:
        group = _GROUP.search(seen.text, max(0, age.start() - 16), age.start())
        if not (group or is_of_thing(seen.text, age) or _THING_AFTER.match(seen.text, age.end())):
            start, end = _sentence(seen.text, age)
            near = places[bisect_left(starts, start) : bisect_left(starts, end)]
            if age.re is _BARE_YEARS:
                near = [one for one in near if max(one[0] - age.end(), age.start() - one[1]) <= _BESIDE]
            if near:
                place = next((one for one in near if one[2] == "age_and_small_place"), near[0])
                yield place[2], min(age.start(), place[0]), max(age.end(), place[1])


def _places(text: str) -> Iterator[Place]:
    for word in _WORD.finditer(text):
        small = word[0].lower()
        if small[:3] in _STARTS:
            of_place = _OF_PLACE.fullmatch(small)
            stem = of_place[1] if of_place else small
            if of_place or word[0][0].isupper() or not is_form_of(stem, _WORDS_TOO):
                for stems, kind in ((_SMALL, "age_and_small_place"), (_LARGE, "age_and_place")):
                    if is_form_of(stem, stems):
                        yield word.start(), word.end(), kind
                        break


def _sentence(text: str, age: re.Match[str]) -> tuple[int, int]:
    start, end = max(0, age.start() - _REACH), min(len(text), age.end() + _REACH)
    before = [found.end() for found in _SENTENCE_END.finditer(text, start, age.start())]
    after = _SENTENCE_END.search(text, age.end(), end)
    return before[-1] if before else start, after.start() if after else end
