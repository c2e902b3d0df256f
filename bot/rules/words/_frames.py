"""Frames that tell a kind by how words stand together: what has ended, is denied, compared, begun or doubted."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from bot.rules.words._clauses import Clause
from bot.rules.words._language import Tongue
from bot.rules.words._patterns import Patterns
from bot.rules.words._tables import Clue, Table, rows

_COMPARED = {
    "fi": re.compile(r"\w{3,}(?:mpi|mpi[aä]|mp(?:aa|ää)|mpien|mpin[aä]|mmat|mman|mmin|mm[aä]ksi)|enemmän|vähemmän"),
    "sv": re.compile(r"fler|mera?|färre|mindre|\w{2,}are|yngre|äldre|längre|större|högre|sämre|bättre"),
    "en": re.compile(r"more|fewer|less|\w{3,}er|worse|better"),
}  # fmt: skip
_MORE_AND_MORE = {
    "fi": {"aiempaa", "aikaisempaa", "entistä", "yhä", "tavallista", "ennestään"},
    "sv": {"allt"},
    "en": {"increasingly"},
}
_WONDERS = re.compile(r"\w+(?:kohan|köhän)|\w{2,}isi(?:ko|kö)")
_GOOD, _HINT, _BAD, _PLAIN, _ASKS = 5, 4, 4, 2, 3
_THAN = "+than"
_NEAR, _REACH = 3, 5  # words between a negation and what it denies
_AND = ("ja", "och", "and")
_NONE_AT_ALL = {"en", "ett", "enda", "yhtään", "yhtäkään", "ainuttakaan", "a", "single", "any", "more", "one"}
_NOW = {"nyt", "nu", "now"}
_NOBODY = {"kukaan", "ingen", "nobody", "none"}
_LONGER = ("enää", "längre", "longer", "anymore")
_IS = {"olla", "tulla", "syntyä", "kertyä", "ole", "ollut", "finnas", "finns", "fanns", "är", "is", "are", "was"}


@cache
def _roles(tongue: Tongue) -> Patterns[str]:
    """The roles of the language's words."""
    made = Patterns[str]()
    for row in rows("frames.tsv"):
        if row["language"] == tongue:
            for word in row["words"].split(", "):
                made.add(word, row["role"])
    return made


class _Read:
    """A clause with the places of its roles and the kind that each word speaks for by itself."""

    def __init__(self, clause: Clause, tongue: Tongue, table: Table) -> None:
        self.clause, self.tongue = clause, tongue
        self.clues = [table.kind_of(word) for word in clause]
        self._places = defaultdict[str, list[int]](list)
        for place, word in enumerate(clause):
            for role in {role for form in word.forms for *_, role in _roles(tongue).fitting(form)}:
                self._places[role].append(place)

    def places(self, role: str) -> list[int]:
        return self._places[role]

    def first(self, role: str, since: int = 0) -> int | None:
        return next((place for place in self.places(role) if place >= since), None)

    def named(self, *places: int) -> str:
        return "+".join(self.clause[place].written for place in places)

    def silence(self, *places: int, code: str = "") -> None:
        for place in places:
            clue = self.clues[place]
            if clue and code in ("", clue.points_to):
                self.clues[place] = None


def kinds_of(clauses: list[Clause], tongue: Tongue, table: Table) -> list[Clue]:
    """What the clauses say of the kind. After a "but" it counts twice, after an "although" or a "who" half."""
    found: list[Clue] = []
    before: list[Clue] = []
    for clause in clauses:
        read = _Read(clause, tongue, table)
        said = [*_framed(read), *(clue for clue in read.clues if clue), *_together(read, table)]
        if read.first("contrast") == 0 and any(clue.points_to != "H" for clue in before):
            said = [clue._replace(weight=2 * clue.weight) for clue in said]
        elif read.first("although") == 0 or read.first("who") == 0:
            said = [clue._replace(weight=(clue.weight + 1) // 2) for clue in said]
        found += said
        before = said
    return _doubted(found)


def _doubted(found: list[Clue]) -> list[Clue]:
    """What is only said to be worse than before is a sign where anything else is one."""
    if not any(clue.points_to == "H" for clue in found):
        return found
    return [clue._replace(points_to="H") if clue.lemma.endswith(_THAN) else clue for clue in found]


def _together(read: _Read, table: Table) -> list[Clue]:
    """The rows of words that stand together in the clause; praise that is denied is a fault."""
    denied = read.first("not") is not None
    return [
        clue._replace(points_to="E") if denied and clue.points_to == "M" else clue
        for clue in table.together_in(read.clause)
    ]


def _framed(read: _Read) -> list[Clue]:
    """The frames of a clause; what a frame has understood speaks no more by itself."""
    in_need = [*_in_need(read)]
    return [
        *in_need,
        *_denied(read),
        *_compared(read),
        *_ended(read),
        *_begun(read),
        *([] if in_need else [*_managed(read), *_accessible(read)]),
        *_wondered(read),
    ]


def _in_need(read: _Read) -> Iterator[Clue]:
    """Who asks for help, or has been harmed, tells of nothing good, however quickly: "tarvitsee apua heti"."""
    must = read.places("must")
    if not must and (read.first("reaches") is not None or read.first("gets") is not None):
        return
    helps = read.places("help")
    needs = [place for place in read.places("needs") if helps and not _is_of_those(read, place, helps[0])]
    asked = [*needs, *(must if helps else []), *read.places("begs"), *read.places("harmed")]
    if asked and read.first("not") is None:
        read.silence(*range(len(read.clause)), code="M")
        yield Clue(read.named(asked[0]), "E", _PLAIN)


def _is_of_those(read: _Read, need: int, help_: int) -> bool:
    """Whether it only says who: "apua tarvitsevat" are those who need it, "tarvitsevat apua" says that they do."""
    return help_ < need and read.clause[need].written.endswith("vat")


def _denied(read: _Read) -> Iterator[Clue]:
    """A denied good is bad, a denied burden good, and what never was before is a sign; to the end of the clause."""
    yield from _lacked(read)
    no = read.first("not")
    if no is None:
        return
    after = range(no + 1 if read.tongue == "fi" else max(0, no - 1), len(read.clause))  # "räcker inte"
    read.silence(no)
    if (unknown := _unknown(read, no)) is not None:
        read.silence(*after)
        yield Clue(read.named(no, unknown), "H", _HINT)
    elif (before := _adverb(read, "before")) is not None and read.first("than") is None:
        read.silence(*after)
        yield Clue(read.named(no, before), "H", _HINT)
    elif (spared := _spared(read, no)) is not None:
        read.silence(*range(len(read.clause)), code="E")
        yield Clue(read.named(no, spared), "M", _GOOD)
    else:
        yield Clue(read.clause[no].written, "E", _PLAIN)
        nobody = any(word.written in _NOBODY for word in read.clause)
        denied = "MH" if nobody and not _is_no_longer(read, no) else "M"  # "ingen frågar", too
        for place in after:
            if (clue := read.clues[place]) and clue.points_to in denied:
                read.clues[place] = Clue(read.named(no, place), "E", max(_PLAIN, clue.weight))


def _lacked(read: _Read) -> Iterator[Clue]:
    """Without a burden is good, without anything else a little bad."""
    for place in read.places("without"):
        near = [burden for burden in read.places("bad") if 0 < burden - place <= _NEAR]
        read.silence(*near)
        yield Clue(read.named(place, *near), "M" if near else "E", _GOOD if near else 1)


def _unknown(read: _Read, no: int) -> int | None:
    """The place of what the writer does not know: "en tiedä", "vet inte"."""
    if read.tongue == "fi" and read.clause[no].written not in ("en", "emme"):
        return None
    return next((place for place in read.places("known") if abs(place - no) <= _NEAR), None)


def _spared(read: _Read, no: int) -> int | None:
    """The place of the burden that is denied: nobody needs to, it is no more, there is none."""
    last = next((place for place in range(no + 1, len(read.clause)) if read.clause[place].written in _AND), no + _REACH)
    longer = _is_no_longer(read, no)
    burdens = [place for place in read.places("bad") if no < place < last]
    needless = [place for place in read.places("needless") if -1 <= place - no <= _NEAR]
    spoiled = [place for place in read.places("spoils") if 0 < place - no <= _NEAR]
    is_ = any(_IS & set(word.forms) for word in read.clause[max(0, no - 2) : no + _NEAR])
    if (gone := _gone(read, no)) is not None:
        return gone
    if burdens and (needless or is_ or longer or _is_of_none(read, no, burdens[0])):
        return burdens[0]
    if spoiled:
        return spoiled[0]
    if (grown := read.first("grows", no + 1)) is not None and grown - no <= _NEAR:
        return grown
    if (harmed := _harmed(read, no)) is not None:
        return harmed
    now = any(word.written in _NOW for word in read.clause[: no + 1])  # "nyt ei tarvitse kysyä"
    return needless[0] if needless and (longer or now) else None


def _is_no_longer(read: _Read, no: int) -> bool:
    return any(word.written in _LONGER for word in read.clause[no:])


def _is_of_none(read: _Read, no: int, burden: int) -> bool:
    """Whether the burden is denied as a whole: "ei jonoja", "ei yhtään häätöä", "ingen sitter ensam"."""
    between = [word.written for word in read.clause[no + 1 : burden]]
    return set(between) <= _NONE_AT_ALL or (read.clause[no].written in _NOBODY and len(between) == 1)


def _harmed(read: _Read, no: int) -> int | None:
    """The place of a bad deed right after the negation: "ei kuormita", "ei ole aiheuttanut häiriötä"."""
    place = no + 1
    while place < len(read.clause) and (_IS & set(read.clause[place].forms) or read.clause[place].written in _LONGER):
        place += 1
    if read.tongue != "fi" or place >= len(read.clause) or place in read.places("ends"):
        return None
    clue = read.clues[place]
    return (
        place
        if clue and clue.weight and clue.points_to == "E" and not read.clause[place].written.endswith(("a", "ä"))
        else None
    )


def _gone(read: _Read, no: int) -> int | None:
    """The place of a burden before the negation: "jonoja ei ole", not "jono ei ole lyhentynyt"."""
    burdens = [place for place in read.places("bad") if 0 < no - place <= _REACH - _NEAR]
    is_ = any(_IS & set(word.forms) for word in read.clause[no : no + _NEAR])
    for place in burdens:
        word = read.clause[place]
        is_partitive = word.written.endswith(("a", "ä")) and word.written not in word.forms[:-1]
        if read.tongue == "fi" and is_partitive and is_ and not read.places("ends"):
            return place
    return None


def _adverb(read: _Read, role: str) -> int | None:
    """The place of "before" by itself: "ei ennen ollut", not "ei ennen kesää"."""
    place = read.first(role)
    if place is None or read.clause[place].written not in ("ennen", *_ADVERBS):
        return None
    following = read.clause[place + 1].written if place + 1 < len(read.clause) else ""
    is_alone = read.clause[place].written in _ADVERBS or not following.endswith(("a", "ä", "kuin"))
    return place if is_alone else None


_ADVERBS = ("aiemmin", "aikaisemmin", "förut", "förr", "tidigare", "before", "previously")


def _compared(read: _Read) -> Iterator[Clue]:
    """More than before is a sign, unless what is compared is good or bad by itself, or a queue."""
    measure = _measure(read)
    if measure is None:
        return
    clue = read.clues[measure]
    if clue and clue.points_to != "H":
        read.silence(measure)
        yield clue._replace(lemma=f"{clue.lemma}{_THAN if clue.points_to == 'E' else ''}", weight=_HINT)
    elif read.places("queue"):
        read.silence(measure)
        yield Clue(read.named(measure, read.places("queue")[0]), "E", _BAD)
    else:
        yield Clue(f"{read.clause[measure].written}{_THAN}", "H", _HINT)


def _measure(read: _Read) -> int | None:
    """The place of the word that compares with earlier times."""
    than = read.first("than")
    if than is not None and read.first("before", than) is not None:
        return next((place for place in range(than - 1, -1, -1) if _compares(read, place)), None)
    more = [place for place, word in enumerate(read.clause) if word.written in _MORE_AND_MORE[read.tongue]]
    if read.tongue == "en" and "more and more" in " ".join(word.written for word in read.clause):
        return next(place for place, word in enumerate(read.clause) if word.written == "more")
    return next((place + 1 for place in more if place + 1 < len(read.clause) and _compares(read, place + 1)), None)


def _compares(read: _Read, place: int) -> bool:
    return bool(_COMPARED[read.tongue].fullmatch(read.clause[place].written))


def _ended(read: _Read) -> Iterator[Clue]:
    """The end of something bad is good; a queue that grows is bad."""
    if read.first("not") is not None:
        return
    bad = read.places("bad")
    ends = [place for place in read.places("ends") if place not in bad]
    if bad and ends:
        read.silence(*bad, *ends, code="E")
        yield Clue(read.named(bad[0], ends[0]), "M", _GOOD)
        return
    grows, queue = read.places("grows"), read.places("queue")
    if grows and queue:
        read.silence(*grows)
        yield Clue(read.named(queue[0], grows[0]), "E", _BAD)


def _begun(read: _Read) -> Iterator[Clue]:
    """What has begun to show, to be asked or to be told is a sign; a service that has begun is good."""
    begun = read.first("begins")
    seen = None if begun is None else read.first("seen", begun)
    if begun is None or read.first("not") is not None:
        return
    if seen is not None:
        read.silence(begun, seen)
        yield Clue(read.named(begun, seen), "H", _HINT)
    elif (good := read.first("good")) is not None:
        read.silence(begun)
        yield Clue(read.named(begun, good), "M", _ASKS)


def _managed(read: _Read) -> Iterator[Clue]:
    """What somebody got done is good: "saatiin sovittua"."""
    got = read.first("gets")
    done = None if got is None else read.first("done", got + 1)
    if got is not None and done is not None and read.first("not") is None:
        read.silence(got, done)
        yield Clue(read.named(got, done), "M", _HINT)


def _accessible(read: _Read) -> Iterator[Clue]:
    """What one gets, reaches or finds open now, again or at once is good: "pääsee nyt", "vastataan heti"."""
    at_once, got = read.first("at_once"), read.first("reaches")
    if at_once is not None and got is not None and read.first("not") is None:
        yield Clue(read.named(got, at_once), "M", _ASKS)


def _wondered(read: _Read) -> Iterator[Clue]:
    for word in read.clause:
        if read.tongue == "fi" and _WONDERS.fullmatch(word.written):
            yield Clue(word.written, "H", _HINT)
