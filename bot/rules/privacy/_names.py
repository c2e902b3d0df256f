"""Names of persons: capital letters in words that stand in no list of places, organisations or ordinary words."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.rules.privacy._addresses import is_street
from bot.rules.privacy._bodies import is_part_of_body
from bot.rules.privacy._findings import Hit
from bot.rules.privacy._first_names import find_first_names, is_only_first_name
from bot.rules.privacy._joined_names import find_joined_names
from bot.rules.privacy._see_through import Seen
from bot.rules.privacy._surnames import find_surnames, is_of_moved, is_surname
from bot.rules.privacy._titles import find_titled_names, is_title
from bot.rules.privacy._words import is_form_of, word_list

_WORD = r"[A-Z][A-Za-z]+(?:-[A-Za-z]+)*"
_RUN = re.compile(rf"(?<![A-Za-z0-9-]){_WORD}(?:(?: {{1,8}}|\s{{1,2}})(?:(?:von|af|de|al|el|bin) )?{_WORD})+")
_ONE = re.compile(_WORD)
_INITIALS = re.compile(r"(?<![A-Za-z.])[A-Z]\.(?:[ -]?[A-Z]\.|[A-Z]\b| ?[A-Z]:[a-z])(?![A-Za-z]?\d)")
_WORD_BEFORE = re.compile(r"([A-Za-z]{2,24}) \Z")
_NO_INITIALS = word_list("not_initials")
_INITIAL_AND_SURNAME = re.compile(r"(?<![A-Za-z.])[A-Z]\. ?(?P<surname>[A-Z][a-z]+)\b")
_NAME_AND_INITIAL = re.compile(r"(?<![A-Za-z0-9-])([A-Z][a-z]+(?:-[A-Z][a-z]+)?) [A-Z]\b\.?(?![A-Za-z0-9-]|\s\d)")
_SURNAME_AND_INITIALS = re.compile(
    rf"(?<![A-Za-z0-9-])(?P<surname>{_WORD}),\s{{1,3}}[A-Z]\.(?:[ -]?[A-Z]\.)*(?![A-Za-z0-9])"
)
_SURNAME_FIRST = re.compile(rf"(?<![A-Za-z0-9-])({_WORD}),\s{{1,3}}({_WORD})(?![A-Za-z-])")

# `Törmälehdon perhe`, `Hällfors familj`: a surname of one family.
_WHOSE_FAMILY = re.compile(
    r"(?<![A-Za-z0-9-])(?P<surname>[A-Z][a-z]{3,}[ns]) (?:perhe(?:en|elle|ella|elta|esta|tta)?|pariskun\w+"
    r"|rouva\w{0,3}|herra\w{0,3}|isanta\w{0,3}"
    r"|familj(?:en)?|familys?)\b"
)
# `Torolfin äiti`, `Ann-Sofis mamma`, `Torolf's mother`: whose the person is, is a name unless it is an ordinary word.
_WHOSE_KIN = re.compile(
    r"(?<![A-Za-z0-9-])(?P<name>[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)(?:(?<=[ns])|'s?) (?:(?:aiti|aidi|isa|veli|velje|sisko"
    r"|poika"
    r"|poja|tytar|tyttare|vaimo|aviomies|aviomiehe|puoliso|avopuoliso|mummo|mummi|mummu|pappa|papa|ukki|vaari|tati"
    r"|tadi|seta"
    r"|eno|serkku|anoppi|appi|leski|leske|isapuoli|aitipuoli|tyttoysta\w+|poikaysta\w+)(?:n|lla|lle|lta|a|ta|na|kin)?"
    r"|(?:mamma|mor|mamman|pappa|papa|far|bror|syster|son|dotter|fru|man|sambo|make|maka|mormor|farmor|morfar|farfar"
    r"|moster"
    r"|faster|morbror|farbror|kusin|svarmor|svarfar|ex|anka|mother|father|brother|sister|daughter|wife|husband|mum|mom"
    r"|dad|aunt|uncle|grandmother|grandfather|partner|cousin|widow)s?)\b"
)
# `Kerttu-mummo`, `Elsa-tant`, `pikku-Emma`: a known first name with a word for kin.
_JOINED_KIN = re.compile(
    r"\b(?:(?P<name>[A-Z][a-z]{2,})-(?:mummo|mummu|mummi|tati|tadi|seta|eno|vaari|ukki|pappa|papa|aiti|aidi|isa|tant"
    r"|faster"
    r"|moster|mormor|farmor|morfar|farfar|mamma|farbror|morbror"
    r"|tytto|tyto|poika|poja|vauva|flicka|pojke|bebis|rouva|herra)\w{0,5}|(?:pikku|lill"
    r"|lilla)-(?P<small>[A-Z][a-z]{2,}))\b"
)
# `Kaskelo-niminen asiakas`, `tyttö nimeltä Venla`, `nimikirjaimet TK`: only where a person is told of.
_CALLED = re.compile(
    r"(?<![A-Za-z0-9-])(?P<before>[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?) ?-ni(?:minen|mi[sn]\w+) (?P<who>[a-z]+)"
    r"|\b(?P<person>[a-z]+),? (?:jo(?:nka|iden) nimi on|nimelta(?:an|nsa)?|vid namn|som heter|called|named"
    r"|by the name of)"
    r" (?P<name>[A-Z][a-z]{2,})"
)
_LETTERS = re.compile(
    r"\b(?:nimikirjaim\w+|nimikirj\.|initial\w{0,5})(?: on| ovat| ar| are)? [A-Z](?:[. -]{0,2}[A-Z]){1,2}\b",
    re.IGNORECASE,
)
_PERSONS = word_list("persons")
_OPENS = re.compile(r"(?:\A|[.!?:;\n]|\d\.|[\n][*-]|\")[\s\"'*_(#]*\Z")
_ORGANISED = re.compile(r"\s(?:sr|rp|saatio|yhdistys|kaupunki|kunta|-[a-z]+)\b|-[a-z]", re.IGNORECASE)

_GOES_ON = re.compile(r",? (?:ja|och|and|seka|samt|tai|eller|eli)\b|,? ?[A-Z]|/")

_FIRST_NAMES = word_list("first_names")
_PLACES = word_list("municipalities") | word_list("small_places") | word_list("places")
_LISTED = _PLACES | word_list("organisations")
_ORDINARY = word_list("first_words")
_ENGLISH = word_list("english_words")
_COMMON_END = re.compile(
    r".+(?:talo|keskus|paikka|hanke|ryhma|koti|kunta|palvelu|palvelut|johtaja|tyo|tyontekija|ohjaaja|hoitaja|koulu|laki"
    r"|virasto|liitto|tiimi|projekti|toimisto|ssa|sta|lla|lta|lle|minen|isuus|tyys|tuus|ksi|mme|lagen|gruppen|centret"
    r"|arbetaren?|arbete|boendet|hemmet|ningen|ningar)",
)

# Ends of what bodies are called. Some end surnames too (Uusitalo), so a known first name before them counts for more.
_BODY_END = re.compile(
    r"oyj?|ab|ry|rf|.+(?:forbund\w*|forening\w*|fonden|opisto\w*|keskus|keskukse\w*|talo\w*|lii?to\w*|linja\w*|seura\w*"
    r"|yhdisty\w*|saatio\w*|virasto\w*|instituut\w*|jarjesto\w*|osasto\w*|sairaala\w*|kirkko|koti|kodi\w*|centralen"
    r"|verket|stiftelsen?|skolan|huset|neuvola\w*|klinik(?:ka|a)\w*|asema\w*|piste|pistee\w*|palvelu\w*|puheli(?:n"
    r"|me)\w*|vastaanot\w+"
    r"|paivysty\w*|toimin(?:ta|na)\w*|tupa|pysak\w+|kahvila\w*|ravintola\w*|areena\w*|stadion\w*|teatteri\w*"
    r"|museo\w*|verstas|lehti"
    r"|kilpailu\w*|kampanja\w*|viikko|paiva|messut|projekti\w*|malli\w*|kortti\w*|chat|liike|verkosto\w*|kerho\w*"
    r"|piiri\w*|raati\w*"
    r"|platsen|rummet|koket|bussen|linjen|byran|enheten|teamet|stugan|garden|telefonen|jouren|mottagning(?:en)?"
    r"|stationen|salen|porten|lotsen"
    r"|slussen|verkstaden|affaren|butiken|barnen|ungdomen|kyrkan|hemmet|tjansten|radet|namnden|styrelsen"
    r"|verksamheten|tidningen|veckan|dagen"
    r"|modellen|gruppen|cafeet|boendet|stodet|natverket|klubben|banken|puoti|tori|kylpyla|koru)"
    r"|yo|kylpyla|koru|puhelin|neuvola|klinikka|asema|piste|linja|info|chat|apu|tuki|hanke|kortti|teatern|kiosken"
    r"|[a-z]{5,}[aiuy]va(?:n|a|lla|lle|ssa|sta)?"  # Päivystävä, Liikkuva
)


def find_names(seen: Seen) -> Iterator[Hit]:
    """Two names in a row, a name after a title, initials, or a name that is no other word; names of bodies pass."""
    text = seen.text
    bodies = bytearray(len(text))
    runs = []
    for run in _RUN.finditer(text):
        if _ORGANISED.match(text, run.end()) or is_part_of_body(text, run.start(), run.end(), whole=True):
            bodies[run.start() : run.end()] = b"\x01" * (run.end() - run.start())
        else:
            runs.append(run)
    yield from (
        hit for hit in (*find_first_names(text), *find_surnames(text), *find_joined_names(text)) if not bodies[hit[1]]
    )
    for run in runs:
        yield from _in_run(text, run)
    yield from find_titled_names(seen)
    yield from _with_initials(text)
    yield from _of_kin(text)
    for found in _SURNAME_FIRST.finditer(text):
        if _is_surname_first(text, found):
            yield "name", found.start(), found.end()


def _of_kin(text: str) -> Iterator[Hit]:
    """A name that a word for a family or for kin stands beside."""
    for found in _WHOSE_FAMILY.finditer(text):
        if is_surname(found["surname"]) and not _is_known(found["surname"]):
            yield "name", found.start(), found.end()
    for found in _WHOSE_KIN.finditer(text):
        if not (_is_known(found["name"]) or is_title(found["name"]) or _opens(text, found.start())):
            yield "name", found.start(), found.end()
    for found in _CALLED.finditer(text):
        if is_form_of(found["who"] or found["person"], _PERSONS) and not _is_listed(found["before"] or found["name"]):
            yield "name", found.start(), found.end()
    for found in _LETTERS.finditer(text):
        yield "name", found.start(), found.end()
    for found in _JOINED_KIN.finditer(text):
        if _is_first_name(found["name"] or found["small"]):
            yield "name", found.start(), found.end()


def _is_surname_first(text: str, found: re.Match[str]) -> bool:
    """A known first name after any word that is no other, or any first name after what must be a surname."""
    last, first = found.groups()
    if _is_first_name(first):
        return not _is_body(last) and (is_surname(last) or not _is_ordinary(last))
    return is_surname(last) and _is_alone(text, found) and not (_is_no_name(last) or _is_no_name(first))


def _opens(text: str, start: int) -> bool:
    return _OPENS.search(text, max(0, start - 6), start) is not None


def _is_alone(text: str, found: re.Match[str]) -> bool:
    """Whether two names with a comma stand by themselves, not in a list of villages or offices."""
    listed = text[max(0, found.start() - 2) : found.start()].strip() == "," or _GOES_ON.match(text, found.end())
    return not listed and not is_surname(found[2])


def _is_no_name(word: str) -> bool:
    return _is_body(word) or _is_ordinary(word) or is_title(word)


def _with_initials(text: str) -> Iterator[Hit]:
    for found in _INITIALS.finditer(text):
        titled = _WORD_BEFORE.search(text, max(0, found.start() - 25), found.start())
        if "".join(filter(str.isupper, found[0])).lower() not in _NO_INITIALS or (titled and is_title(titled[1])):
            yield "name", found.start(), found.end()
    for found in _INITIAL_AND_SURNAME.finditer(text):
        opens = _OPENS.search(text, max(0, found.start() - 6), found.start())
        if is_surname(found["surname"]) or not (opens or _is_known(found["surname"])):
            yield "name", found.start(), found.end()
    for found in _SURNAME_AND_INITIALS.finditer(text):
        word = found["surname"]
        if is_surname(word) or not (_is_body(word) or _is_ordinary(word)):
            yield "name", found.start(), found.end()
    for found in _NAME_AND_INITIAL.finditer(text):
        if _is_first_name(found[1]) or is_surname(found[1]):
            yield "name", found.start(), found.end()


def _in_run(text: str, run: re.Match[str]) -> Iterator[Hit]:
    words = list(_ONE.finditer(text, run.start(), run.end()))
    named = _after_first_name(words) or _in_capitals(words)
    if named is None and "\n" not in run[0]:
        named = _unlisted(text, words)
    if named:
        yield "name", named[0].start(), named[-1].end()


def _after_first_name(words: list[re.Match[str]]) -> list[re.Match[str]] | None:
    """A known first name and what follows; a town in its basic form may be a surname (Salo), in another form not."""
    for at, word in enumerate(words[:-1]):
        after = words[at + 1][0]
        if _is_first_name(word[0]) and not _is_listed(word[0]) and (after.lower() in _PLACES or not _is_listed(after)):
            rest = [one for one in words[at + 2 :] if not _is_listed(one[0])]
            return [word, words[at + 1], *rest]
    return None


def _in_capitals(words: list[re.Match[str]]) -> list[re.Match[str]] | None:
    """`TUULIHARJU MIRJA-LEENA`, as a register prints it; a first name in ordinary letters is known alone."""
    for before, word in pairwise(words):
        if not (word[0].isupper() and before[0].isupper()) or _is_known(before[0]):
            continue
        moved = is_of_moved(before[0].lower()) or is_of_moved(word[0].lower())
        if is_only_first_name(word[0]) or (moved and not _is_known(word[0])):
            return [before, word]
    return None


def _unlisted(text: str, words: list[re.Match[str]]) -> list[re.Match[str]] | None:
    """Two words or more of which none is known; the first word of a sentence counts unless it is an ordinary one."""
    opens = _OPENS.search(text, max(0, words[0].start() - 6), words[0].start())
    if opens and (_is_ordinary(words[0][0]) or is_title(words[0][0])):
        words = words[1:]
    if len(words) < len("ab") or any(_is_body(word[0]) for word in words):
        return None
    return words


def _is_first_name(word: str) -> bool:
    return all(part.lower() in _FIRST_NAMES for part in word.split("-"))


def _is_listed(word: str) -> bool:
    """A place, an organisation, a street, or a compound whose last part is a common noun (`Kela-asiat`)."""
    last = word.rpartition("-")[2]
    compound = "-" in word and last[0].islower()
    return compound or is_street(word) or any(is_form_of(one, _LISTED) for one in {word, last})


def _is_body(word: str) -> bool:
    return _is_listed(word) or word.isupper() or word.lower() in _ENGLISH or bool(_BODY_END.fullmatch(word.lower()))


def _is_known(word: str) -> bool:
    return _is_listed(word) or _is_ordinary(word) or word.lower() in _ENGLISH


def _is_ordinary(word: str) -> bool:
    return word.lower() in _ORDINARY or bool(_COMMON_END.fullmatch(word.lower()))
