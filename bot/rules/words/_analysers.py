"""The two analysers that know base forms: Voikko where the system has it, simplemma everywhere."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from importlib import import_module
from importlib.metadata import version
from itertools import accumulate, combinations
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from bot.rules.words import _finnish, _swedish
from bot.rules.words._language import Language, Tongue, language_told
from bot.rules.words._tokens import written_words

if TYPE_CHECKING:
    from bot.rules.words._lists import WordLists

_OF_STATE = {"ton": "ttomuus", "tön": "ttömyys", "ttomuus": "ton", "ttömyys": "tön"}
_STATE = re.compile("(?<=\\w{3})(?:" + "|".join(sorted(_OF_STATE, key=len, reverse=True)) + ")$")
_NO_COMPOUND = {"viranomainen"}  # no relative is in it
_CACHED_WORDS = 4096
_LONGEST = 60  # letters; what is longer is no word, and both libraries slow down on it
_LEAD = 2  # one word of a search is not enough to tell the language: then both are asked
_RULES = 6  # raised whenever our own rules find other words, so that what is stored is read anew
_TWO_PARTS = 2  # a joint stands before each part
_SHORTEST_PART = 3  # letters; shorter parts are endings and prefixes that tell nothing


class Reading(NamedTuple):
    """What a word as written is: its base forms (more than one where it is ambiguous), and parts of compounds."""

    written: str
    whole: tuple[str, ...]
    parts: tuple[str, ...] = ()


class Analyser(Protocol):
    """Something that knows the base forms of words; safe to share between threads."""

    @property
    def name(self) -> str:
        """Libraries and rules, as in "simplemma 2.0.0, rules 2": an index made with others is made anew."""
        ...

    def lemmas(self, text: str) -> list[str]:
        """Base forms (lower case, NFC) of the words in order; parts of a compound follow it where they are known."""
        ...

    def read(self, text: str) -> list[Reading]:
        """The same for each written word by itself, whole words and parts told apart."""
        ...

    def variants(self, text: str) -> list[Reading]:
        """The same for a search: where the language is not clear, with the base forms of both languages."""
        ...

    def warm(self) -> None:
        """Reads the word lists of both languages ahead, which takes seconds; the first line would wait otherwise."""
        ...


def analyser() -> Analyser:
    """Voikko for Finnish where libvoikko and its dictionary are installed, else simplemma; Swedish is simplemma's."""
    try:
        return VoikkoAnalyser()
    except VoikkoMissingError:
        return SimplemmaAnalyser()


class VoikkoMissingError(Exception):
    """The system has no libvoikko or no Finnish dictionary for it (Debian: libvoikko1, voikko-fi)."""


class SimplemmaAnalyser:
    """Word lists of simplemma for both languages, unpacked at first use; parts of compounds by rules of our own."""

    def __init__(self) -> None:
        self._known = lru_cache(_CACHED_WORDS)(self._analysed)

    @cached_property
    def name(self) -> str:
        return f"simplemma {version('simplemma')}, rules {_RULES}"

    def lemmas(self, text: str) -> list[str]:
        return _flat(self.read(text))

    def read(self, text: str) -> list[Reading]:
        language = language_told(text, lead=_LEAD)
        if language:
            return [self.word(word, language) for word in written_words(text)]
        return [self._in_either(word) for word in written_words(text)]

    def variants(self, text: str) -> list[Reading]:
        language = language_told(text, lead=_LEAD)
        if language:
            return self.read(text)
        return [
            Reading(word, _once((*self.word(word, "fi").whole, *self.word(word, "sv").whole)))
            for word in written_words(text)
        ]

    def word(self, word: str, language: Tongue) -> Reading:
        """The word as one of the language; one that the list does not know, or English, is its own base form."""
        if language == "en":
            return _in_english(word)
        return _as_written(word) if len(word) > _LONGEST else self._known(word, language)

    def warm(self, languages: Iterable[Language] = ("fi", "sv")) -> None:
        for language in languages:
            self._ask(language, "")

    def _in_either(self, word: str) -> Reading:
        """Swedish where only Swedish knows the word, else Finnish."""
        swedish = self.word(word, "sv")
        finnish = self._ask("fi", word) is not None
        return self.word(word, "fi") if finnish or swedish == _as_written(word) else swedish

    def _analysed(self, word: str, language: Language) -> Reading:
        base = self._lemmatize(word, language).lower()
        ask = partial(self._ask, language)
        if language == "fi":
            if ask(word) is None:
                base = _finnish.base_of_compound(word, ask) or base
            whole = _once((base, *_finnish.other_bases(word, ask)))
            parts = _once(part for one in whole if one not in _NO_COMPOUND for part in _finnish.parts(one, ask))
            return _with_state(Reading(word, whole, tuple(part for part in parts if part not in whole)))
        if ask(word) is None and base == word:
            base = _swedish.base_of_compound(word, ask) or base
        whole = _once((base, *_swedish.other_bases(word, ask), *_swedish.as_first_part(word)))
        parts = _once(part for one in whole for part in _swedish.parts(one, ask))
        return Reading(word, whole, tuple(part for part in parts if part not in whole))

    def _ask(self, language: Language, word: str) -> str | None:
        return self._lists.get_dictionary(language).get(word)

    @cached_property
    def _lists(self) -> "WordLists":
        # Imported here: nothing of it may weigh on a start that never analyses a word.
        from bot.rules.words._lists import word_lists  # noqa: PLC0415

        return word_lists()

    @cached_property
    def _lemmatize(self) -> Callable[[str, str], str]:
        from bot.rules.words._lists import lemmatizer  # noqa: PLC0415

        return lemmatizer().lemmatize


class VoikkoAnalyser:
    """Voikko for Finnish, with the parts of compounds; what it does not know in an undecided text is asked in Swedish.

    Raises VoikkoMissingError where the library or its dictionary is not installed.
    """

    def __init__(self) -> None:
        self._voikko, self._version = _open_voikko()
        self._one_at_a_time = Lock()  # a handle of libvoikko may not be used by two threads at once
        self._swedish = SimplemmaAnalyser()
        self._known = lru_cache(_CACHED_WORDS)(self._analysed)

    @cached_property
    def name(self) -> str:
        return f"voikko {self._version} / {self._swedish.name}"

    def lemmas(self, text: str) -> list[str]:
        return _flat(self.read(text))

    def read(self, text: str) -> list[Reading]:
        language, words = language_told(text, lead=_LEAD), written_words(text)
        if language == "sv":
            return [self._in_swedish(word) for word in words]
        if language == "en":
            return [_in_english(word) for word in words]
        other = self._in_swedish if language is None else _as_written
        return [self._known(word) or other(word) for word in words]

    def variants(self, text: str) -> list[Reading]:
        found = self.read(text)
        if language_told(text, lead=_LEAD):
            return found
        return [Reading(one.written, _once((*one.whole, *self._in_swedish(one.written).whole))) for one in found]

    def warm(self) -> None:
        self._swedish.warm(("sv",))

    def _in_swedish(self, word: str) -> Reading:
        return self._swedish.word(word, "sv")

    def _analysed(self, word: str) -> Reading | None:
        if len(word) > _LONGEST:
            return None
        with self._one_at_a_time:
            analyses = self._voikko.analyze(word)
        if not analyses:
            return None
        # Of "luukulta" as luukku and as luu + kulta, the reader means the one with fewer parts.
        fewest = min(_joints(analysis) for analysis in analyses)
        likely = [analysis for analysis in analyses if _joints(analysis) == fewest]
        whole = _once(analysis["BASEFORM"].lower() for analysis in likely if "BASEFORM" in analysis)
        parts = _once(
            part for analysis in likely for part in (*_parts(analysis), *_runs(analysis), *self._inner(analysis))
        )
        if _NO_COMPOUND.intersection(whole):
            return Reading(word, whole)
        return _with_state(Reading(word, whole, tuple(part for part in parts if part not in whole)))

    def _inner(self, analysis: dict[str, str]) -> Iterator[str]:
        """Base forms of what stands together inside a compound: "omaishoito" of "omaishoidontuki"."""
        if _joints(analysis) <= _TWO_PARTS:
            return  # each is a base form of its own already
        for run in _runs(analysis, inner=True):
            with self._one_at_a_time:
                analyses = self._voikko.analyze(run)
            fewest = min(map(_joints, analyses), default=0)
            yield from (one["BASEFORM"].lower() for one in analyses if _joints(one) == fewest and "BASEFORM" in one)


def _as_written(word: str) -> Reading:
    return Reading(word, (word,))


def _in_english(word: str) -> Reading:
    """English has no list: a word as written, and without its plural's s."""
    singular = word[:-1] if len(word) > _SHORTEST_PART + 1 and re.search("[^su]s$", word) else word
    return Reading(word, _once((singular, word)))


def _with_state(reading: Reading) -> Reading:
    """Who is without something and being without it find each other: "asunnoton", "asunnottomuus"."""
    others = (_STATE.sub(lambda end: _OF_STATE[end[0]], base) for base in reading.whole if _STATE.search(base))
    return reading._replace(parts=_once((*reading.parts, *others)))


def _flat(readings: list[Reading]) -> list[str]:
    return [lemma for reading in readings for lemma in (*reading.whole, *reading.parts)]


def _once(lemmas: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lemmas))


def _open_voikko() -> tuple[Any, str]:
    try:
        libvoikko = import_module("libvoikko")
    except ImportError as missing:
        raise VoikkoMissingError from missing
    try:  # asked beforehand: a handle that was opened in vain complains on standard error when it goes
        if any(dictionary.language == "fi" for dictionary in libvoikko.Voikko.listDicts()):
            return libvoikko.Voikko("fi"), libvoikko.Voikko.getVersion()
    except (OSError, libvoikko.VoikkoException) as missing:
        raise VoikkoMissingError from missing
    raise VoikkoMissingError


def _joints(analysis: dict[str, str]) -> int:
    return analysis.get("STRUCTURE", "").count("=")


def _parts(analysis: dict[str, str]) -> list[str]:
    """Base forms of a word's parts, from "+tuki(tuki)+asunto(asunto)", and "digi" of "+digi+tuki(tuki)".

    Endings are written "+us(+us)" and left out.
    """
    said = analysis.get("WORDBASES", "").lower()
    bases = [piece.split(")")[0].replace("=", "") for piece in said.split("(")[1:]]
    firsts = [piece for piece in said.split("+") if piece in _finnish.FIRST_ONLY]
    return [*firsts, *(base for base in bases if len(base) >= _SHORTEST_PART and not base.startswith("+"))]


def _runs(analysis: dict[str, str], *, inner: bool = False) -> list[str]:
    """What is written together in a compound to its end: "palvelu" of "päihdepalvelu"; or `inner`, before its end."""
    base, pieces = analysis.get("BASEFORM", "").lower(), analysis.get("STRUCTURE", "").split("=")[1:] or [""]
    ends = list(accumulate(map(len, pieces), initial=0))
    ends[-1] = len(base)  # the last piece stands in its base form there
    spans = [(start, end) for start, end in combinations(ends, 2) if (start, end) != (ends[0], ends[-1])]
    runs = [base[start:end].strip("-") for start, end in spans if (end != ends[-1]) is inner]
    return [run for run in runs if len(run) >= _SHORTEST_PART]
