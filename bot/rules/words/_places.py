"""Municipalities that a text names, in the forms of both languages; parishes and districts count as theirs."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bot.rules.words._tables import Clue, rows
from bot.rules.words._tokens import written_words

WHOLE, SEVERAL = "koko", "useita"
_SENTENCE_END = ".!?:;•–-"
_LOCAL_CASES = ("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle")
_BETWEEN = " \t\r\n\"'”(*_"  # what may stand between one sentence and the next
_SAINT = re.compile(r"^(?:sankt|s[:.]?t|st)\.?\s+")

# "Enemmän kuin Turussa" tells of another place; "niin Turussa kuin Salossa" of both.
_OTHER_BEFORE = re.compile(
    r"(?:\b(?:kuin|niinku|än|than|utom|paitsi|except|unlike|\w+(?:mmin|mpi|mpaa|mmän)\s+ku)|"
    r"jämfört med|till skillnad från|compared (?:to|with))"
    r"\s+(?:\w+\s+)?$"
)
_BOTH = re.compile(r"\b(?:niin|samoin|sekä|lika väl|as well)\b")
_OTHER_AFTER = re.compile(r"\s+(?:verrattuna|verraten)\b")
# What bears a place's name and is none: institutions, goods, a saying ("kuin Naantalin aurinko").
_INSTITUTION = re.compile(
    r"\s*(?:sanomat|sanomi|yliopisto|ammattikorkea|amk|kauppakorkea|akademi|underrättelser|hovioikeu|käräjäoikeu|"
    r"hallinto-oikeu|palloseura|university|universitet|"
    r"aurin|hiutale|sinap|jauho|margariin|murre|murte|dialekt)"
)
# Somebody or something is called so: "heter Nagu", "Lieto niminen".
_CALLED = re.compile(
    r"\b(?i:heter|hette|kallas|vid namn|med namnet|namnet är|nimelt\w+|nimi (?:on|oli)|named)"
    r"\s+(?:[A-ZÅÄÖ]\w+\s+)?$"
)
_SO_CALLED = re.compile(r"\s+nimi(?:nen|s[ei])")
# "Turku-laiva" is a ship, but "Turku-alue" a place, and so are "Turku-Salo-bussi" and the inflected
# "Naantalin-toimipiste".
_HYPHENED = re.compile(
    r"-(?!alue|seutu|seudu|kaupun|kun[tn]a|taajama|väli|region|trakt|nejd|områd|bor?\b|borna)(?=[^\W\d_])"
)
_INFLECTED = ("n", "s", *_LOCAL_CASES)
_TOWARDS = re.compile(r"\s*päin\b")
# Whom a name that people bear, too, belongs to.
_TITLE = re.compile(
    r"(?:rouva|herra|neiti|tohtori|lääkäri|hoitaja|työntekijä|ohjaaja|asiakas|potilas|naapuri|serkku|täti|setä|mummo|"
    r"vaari|esihenkilö|johtaja|opettaja|ystävä|kollega|koordinaattori|fru|herr|doktor|läkare|klient|mr|mrs|ms)\w{0,4}\s+$"
)
_FIRST_NAME = re.compile(r"(?<=[^\W\d_]\s)[A-ZÅÄÖ][a-zåäö]+\s+$")
_KIN = re.compile(
    r"\s+(?:äi[td]i|isä|po[ij]ka|poja|tyt[tä]|mies|miehe|vaimo|perhe|laps|puoliso|sisko|velj|mummo|luona|luokse|kotona|"
    r"mielestä|soitto|nimi|mamma|pappa|son\b|dotter|man\b|fru\b|familj|barn)"
)
_JOINED = re.compile(r"(?::\w+)?\s*(?:,|/|\+|&|-|(?:ja|sekä|tai|eikä|och|eller|and|or)\b)\s*")
_ENDS_HERE = re.compile(r"\s*(?:[,.;:!?)\"”]|$)")
_PREPOSITION = re.compile(r"\b(?:i|från|till|på|vid|kring|runt|mellan|in|from|near|around)\s+$")


class _Form(NamedTuple):
    area: str
    place: str  # its Finnish name, lower case
    bare: bool  # the name itself, not inflected
    ambiguous: str  # "yes": a common word as well, "person": a name that people bear as well; "" for neither


def named(text: str) -> list[Clue]:
    """The area codes that the words of a text name, each once, in order; the text is NFC.

    A place that is only compared with ("kuin Turussa") does not count, nor one in the name of something else. A name
    that is also a common word (salo, aura) or that people bear (Kaarina, Salo) counts where it is written as a place:
    with a capital in a case of its own, in a local case (salossa) by somebody who writes no capitals, or beside another
    place of the same case ("Kaarinassa ja liedossa").
    """
    found: dict[str, Clue] = {}
    here = [
        one for one in _mentions(text) if not _is_elsewhere(text, *one) and not _TITLE.search(_lower(text)[: one[0]])
    ]
    sure = [not form.ambiguous or _is_place(text, start, end, form) for start, end, form in here]
    for at, (start, end, form) in enumerate(here):
        if sure[at] or any(
            sure[by] and _are_joined(text, here, at, by) for by in (at - 1, at + 1) if by in range(len(here))
        ):
            found.setdefault(form.area, Clue(_lower(text)[start:end], form.area, 1))
    return list(found.values())


def place_names(text: str) -> list[str]:
    """The Finnish names of the places that a text may mention, lower case, by whichever name: what is searched by."""
    return list(dict.fromkeys(form.place for _, _, form in _mentions(text) if form.area.isdecimal()))


def place_words(text: str) -> set[str]:
    """The words by which the text names places, as they are written, lower case; the text is NFC."""
    return {
        word
        for start, end, form in _mentions(text)
        if not form.ambiguous or _is_place(text, start, end, form)
        for word in written_words(text[start:end])
    }


def with_plain_places(text: str) -> str:
    """The text with names of several words ("S:t Karins") as one word, the Finnish name; the text is NFC."""
    for start, end, form in reversed(list(_mentions(text))):
        if " " in text[start:end] and form.area.isdecimal():
            text = f"{text[:start]}{form.place.split()[0]}{text[end:]}"
    return text


def area_of(places: list[Clue]) -> str | None:
    """One code for the places named: the whole county if it is, several if they are many, None if there are none."""
    codes = {place.points_to for place in places}
    if WHOLE in codes:
        return WHOLE
    if len(codes) > 1:
        return SEVERAL
    return codes.pop() if codes else None


def _mentions(text: str) -> Iterator[tuple[int, int, _Form]]:
    pattern, forms = _forms()
    for match in pattern.finditer(_lower(text)):
        yield match.start("form"), match.end(), forms[_form_of(_SAINT.sub("s:t ", match["form"]), forms)]


def _lower(text: str) -> str:
    """The text in lower case with every letter in its place: what would grow (İ) stays."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _is_elsewhere(text: str, start: int, end: int, form: _Form) -> bool:
    before, after = _lower(text)[:start], _lower(text)[end:]
    if form.ambiguous and _TOWARDS.match(after):  # "salossa päin" is in a wood, "mynämäkeen päin" a direction
        return True
    compared = _OTHER_BEFORE.search(before) and not _BOTH.search(before)
    is_in_a_name = _INSTITUTION.match(after) or _is_a_name(text, start, end, form)
    return bool(compared or _OTHER_AFTER.match(after) or is_in_a_name)


def _is_a_name(text: str, start: int, end: int, form: _Form) -> bool:
    """Whether something else is called so, or by a word that begins so."""
    after = _lower(text)[end:]
    if _CALLED.search(text[:start]) or _SO_CALLED.match(after):
        return True
    if text[:start].endswith("-") or (not form.bare and _lower(text)[start:end].endswith(_INFLECTED)):
        return False
    return bool(_HYPHENED.match(after)) and not _forms()[0].match(after, 1)


def _are_joined(text: str, here: list[tuple[int, int, _Form]], *places: int) -> bool:
    """Whether nothing but an "and" or "or" stands between the two, and both are in a case of their own, or neither."""
    (_, end, one), (start, _, other) = (here[place] for place in sorted(places))
    return one.bare == other.bare and bool(_JOINED.fullmatch(_lower(text)[end:start]))


def _is_place(text: str, start: int, end: int, form: _Form) -> bool:
    before, after = text[:start], text[end:]
    if not text[start].isupper():
        return text[start:end].endswith(_LOCAL_CASES) and text.lstrip(_BETWEEN)[:1].islower()
    if form.ambiguous == "person" and _is_person(before, after):
        return False
    if not form.bare:
        return True
    if _PREPOSITION.search(before.lower()) or after.startswith(":"):
        return True
    return not _begins_a_sentence(text, start) and (form.ambiguous == "yes" or bool(_ENDS_HERE.match(after)))


def _is_person(before: str, after: str) -> bool:
    return bool(_FIRST_NAME.search(before) or _KIN.match(after.lower()))


def _begins_a_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(_BETWEEN)
    return not before or before[-1] in _SENTENCE_END or "\n" in text[len(before) : start]


def _form_of(written: str, forms: dict[str, _Form]) -> str:
    """The form as the table has it; a form that ends in a star there stands for all that begin so."""
    if written in forms:
        return written
    return next(written[:end] + "*" for end in range(len(written), 0, -1) if written[:end] + "*" in forms)


@cache
def _forms() -> tuple[re.Pattern[str], dict[str, _Form]]:
    forms: dict[str, _Form] = {}
    for row in rows("places.tsv"):
        some = row["forms"].lower().split(", ")
        is_person = row["also_a_word"] == "person"
        cases = () if row["same_as"] or is_person else _other_cases(some)
        for form in (*some, *cases, *_spoken(some), *_around(some[0])):
            # A derived form such as "salolai*" is never the common word.
            ambiguous = "" if form.endswith("*") else row["also_a_word"]
            if form in forms:
                continue
            forms[form] = _Form(row["area"], row["same_as"].lower() or some[0], form == some[0], ambiguous)
    begun: dict[str, list[str]] = {}  # by two letters, so that few are tried at each word; the longest first
    for form in sorted(forms, key=len, reverse=True):
        begun.setdefault(form[:2], []).append(_pattern_of(form))
    one_of = "|".join(f"(?:{'|'.join(some)})" for some in begun.values())
    ends = "kin|kaan|kään|han|hän|s|i?(?:ssa|ssä|sta|stä)|illa|ilta|ille|i?in"  # also "Pargasissa"
    return re.compile(rf"(?<!\w)(?P<form>{one_of})(?:{ends})?(?!\w)"), forms


def _other_cases(forms: list[str]) -> Iterator[str]:
    """The local cases that the row does not have: "vahdolla" beside "vahdossa"; people say either of most places."""
    stem = next((form[:-1] for form in forms[1:2] if form.endswith("n") and " " not in form), None)
    a = "ä" if any(form.endswith(("ssä", "llä")) for form in forms) else "a"
    if stem:
        yield from (stem + end for end in (f"ss{a}", f"st{a}", f"ll{a}", f"lt{a}", "lle"))


def _around(name: str) -> Iterator[str]:
    """What is made of a name in Swedish: "pargastrakten", "nådendalarna"."""
    yield from (f"{name}{end}" for end in ("trakt*", "nejd*", "gäng*", "bor*", "arna", "bygden"))


def _spoken(forms: list[str]) -> Iterator[str]:
    """Local cases as they are spoken: "turus", "pyhärannast"."""
    for form in forms:
        if form.endswith(("ssa", "ssä")):
            yield form[:-2]
        elif form.endswith(("sta", "stä", "lta", "ltä")):
            yield form[:-1]


def _pattern_of(form: str) -> str:
    saint, name = ("(?:sankt|s[:.]?t|st)\\.?\\s+", form[4:]) if form.startswith("s:t ") else ("", form)
    return saint + re.escape(name).replace(r"\*", r"\w*")
