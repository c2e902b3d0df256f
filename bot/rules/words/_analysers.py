"""The two analysers that know base forms: Voikko where the system has it, simplemma everywhere."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.metadata import version
from itertools import accumulate, combinations
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from bot.rules.words._language import told
from bot.rules.words._tokens import written_words

if TYPE_CHECKING:
    from simplemma import Lemmatizer

_CACHED_WORDS = 4096
_LONGEST = 60  # letters; what is longer is no word, and both libraries slow down on it
_LEAD = 2  # one word of a search is not enough to tell the language: then both are asked
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
        """Library and version, as in "voikko 4.3.1 / simplemma 2.0.0": an index made with another is made anew."""
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


def analyser() -> Analyser:
    """Voikko for Finnish where libvoikko and its dictionary are installed, else simplemma; Swedish is simplemma's."""
    try:
        return VoikkoAnalyser()
    except VoikkoMissingError:
        return SimplemmaAnalyser()


class VoikkoMissingError(Exception):
    """The system has no libvoikko or no Finnish dictionary for it (Debian: libvoikko1, voikko-fi)."""


class SimplemmaAnalyser:
    """Word lists of simplemma for both languages, read as compressed streams at first use; knows no compound parts."""

    def __init__(self) -> None:
        self._loading = Lock()

    @cached_property
    def name(self) -> str:
        return f"simplemma {version('simplemma')}"

    def lemmas(self, text: str) -> list[str]:
        return _flat(self.read(text))

    def read(self, text: str) -> list[Reading]:
        language = told(text, lead=_LEAD)
        languages = (language,) if language else ("fi", "sv")
        return [Reading(word, (self.lemma(word, languages),)) for word in written_words(text)]

    def variants(self, text: str) -> list[Reading]:
        language = told(text, lead=_LEAD)
        asked = (language,) if language else ("fi", "sv")
        return [Reading(word, _once(self.lemma(word, (one,)) for one in asked)) for word in written_words(text)]

    def lemma(self, word: str, languages: tuple[str, ...]) -> str:
        """The base form in the first of the languages that knows the word, else the word itself."""
        if len(word) > _LONGEST:
            return word
        with self._loading:  # two threads that both find the word list missing would both load it
            return self._lemmatizer.lemmatize(word, languages).lower()

    @cached_property
    def _lemmatizer(self) -> "Lemmatizer":
        # Imported here: nothing of it may weigh on a start that never analyses a word.
        from simplemma import Lemmatizer  # noqa: PLC0415
        from simplemma.strategies import DefaultStrategy  # noqa: PLC0415
        from simplemma.strategies.dictionaries import StreamDictionaryFactory  # noqa: PLC0415

        strategy = DefaultStrategy(dictionary_factory=StreamDictionaryFactory(cache_max_size=2))
        return Lemmatizer(cache_max_size=_CACHED_WORDS, lemmatization_strategy=strategy)


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
        language, words = told(text, lead=_LEAD), written_words(text)
        if language == "sv":
            return [self._in_swedish(word) for word in words]
        other = self._in_swedish if language is None else _as_written
        return [self._known(word) or other(word) for word in words]

    def variants(self, text: str) -> list[Reading]:
        found = self.read(text)
        if told(text, lead=_LEAD):
            return found
        return [Reading(one.written, _once((*one.whole, *self._in_swedish(one.written).whole))) for one in found]

    def _in_swedish(self, word: str) -> Reading:
        return Reading(word, (self._swedish.lemma(word, ("sv",)),))

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
        parts = _once(part for analysis in likely for part in (*_parts(analysis), *_runs(analysis)))
        return Reading(word, whole, tuple(part for part in parts if part not in whole))


def _as_written(word: str) -> Reading:
    return Reading(word, (word,))


def _flat(readings: list[Reading]) -> list[str]:
    return [lemma for reading in readings for lemma in (*reading.whole, *reading.parts)]


def _once(lemmas: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lemmas))


def _open_voikko() -> tuple[Any, str]:
    try:
        libvoikko = import_module("libvoikko")
    except ImportError as missing:
        raise VoikkoMissingError from missing
    try:
        return libvoikko.Voikko("fi"), libvoikko.Voikko.getVersion()
    except (OSError, libvoikko.VoikkoException) as missing:
        raise VoikkoMissingError from missing


def _joints(analysis: dict[str, str]) -> int:
    return analysis.get("STRUCTURE", "").count("=")


def _parts(analysis: dict[str, str]) -> list[str]:
    """Base forms of a word's parts, from "+tuki(tuki)+asunto(asunto)"; endings are written "+us(+us)" and left out."""
    pieces = analysis.get("WORDBASES", "").split("(")[1:]
    bases = [piece.split(")")[0].replace("=", "").lower() for piece in pieces]
    return [base for base in bases if len(base) >= _SHORTEST_PART and not base.startswith("+")]


def _runs(analysis: dict[str, str]) -> list[str]:
    """What is written together in a compound: "palvelu" of "päihdepalvelu", "tukihakemus" of "asumistukihakemus"."""
    base, pieces = analysis.get("BASEFORM", "").lower(), analysis.get("STRUCTURE", "").split("=")[1:] or [""]
    ends = list(accumulate(map(len, pieces), initial=0))
    ends[-1] = len(base)  # the last piece stands in its base form there
    spans = [(start, end) for start, end in combinations(ends, 2) if (start, end) != (ends[0], ends[-1])]
    runs = [base[start:end].strip("-") for start, end in spans]
    return [run for run in runs if len(run) >= _SHORTEST_PART]
