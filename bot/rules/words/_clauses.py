"""A text as clauses of words, each word with all its forms: what is said together, and how far a negation reaches."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.rules.words._analysers import Analyser, Reading
from bot.rules.words._tokens import written_words

# A comma, a stop or a joining word ends a clause; people in haste leave the comma out.
_ENDS = re.compile(r"[,;.!?()\n–—]|:\s|\s-\s")
_JOINS = re.compile(
    r"\s(?=(?:mutta|vaan|koska|kun|vaikka|eikä|eivätkä|jotta|sillä|jos|ja nyt|"
    r"joka|jonka|jota|jolle|jolla|jolta|jossa|jotka|joita|joiden|joille|joilla|joilta|"
    r"men|eftersom|när|fast|fastän|trots|medan|sedan|som|och nu|"
    r"but|because|when|although|though|since|while|who|which|and now)\s)"
)
# Words as they are spoken; "kasvanu" has lost its t.
_WRITTEN = {
    "oo": "ole",
    "ku": "kun",
    "et": "että",
    "tiiä": "tiedä",
    "tarvi": "tarvitse",
    "tää": "tämä",
    "enään": "enää",
    "int": "inte",
    "e": "är",
    "va": "var",
    "oxå": "också",
    "nåt": "något",
    "nån": "någon",
    "nåra": "några",
}
_SPOKEN = re.compile(
    rf"(?<![\w-])(?:{'|'.join(_WRITTEN)}|\w{{3,}}(?:nu|ny)|\w{{2,}}(?:llu|lly|ssu|rru))(?![\w-])", re.IGNORECASE
)
_THAN = re.compile(r"\b(\w+(?:mmin|mpi|mpaa|mpia|mmän|semmin))\s+ku\b", re.IGNORECASE)  # "paremmin ku ennen"
_PARTICIPLE = re.compile("n[uy]t$|[^t]t[uy]$|tt[uy]$|v[aä]$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, its forms (that one and its base forms), and the parts of the compound that it is."""

    written: str
    forms: tuple[str, ...]
    parts: tuple[str, ...] = ()


Clause = tuple[Word, ...]


def clauses_of(text: str, analyser: Analyser) -> list[Clause]:
    """The clauses of a text in order, none empty; the words are read as those of the whole text."""
    text = _THAN.sub(r"\1 kuin", text)
    text = _SPOKEN.sub(lambda word: _WRITTEN.get(word[0].lower()) or f"{word[0]}t", text)
    words = iter([_word(reading) for reading in analyser.read(text)])
    counted = [tuple(islice(words, len(written_words(piece)))) for piece in _pieces(text)]
    return [clause for clause in (*counted, tuple(words)) if clause]


def _word(reading: Reading) -> Word:
    """A participle ("estänyt", "saatu") has its verb among its forms; Voikko gives the verb as its only part."""
    is_participle = len(reading.parts) == 1 and any(_PARTICIPLE.search(base) for base in reading.whole)
    forms = (*reading.whole, *(reading.parts if is_participle else ()), reading.written)
    return Word(reading.written, forms, () if is_participle else reading.parts)


def _pieces(text: str) -> Iterator[str]:
    for piece in _ENDS.split(text):
        yield from _JOINS.split(piece.lower())
