"""The two analysers that know base forms: Voikko where the system has it, simplemma everywhere."""

from functools import cached_property, lru_cache
from importlib import import_module
from importlib.metadata import version
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from bot.rules.words._language import told
from bot.rules.words._tokens import written_words

if TYPE_CHECKING:
    from simplemma import Lemmatizer

_CACHED_WORDS = 4096
_LONGEST = 60  # letters; what is longer is no word, and both libraries slow down on it
_LEAD = 2  # one word of a search is not enough to tell the language: then both are asked
_SHORTEST_PART = 3  # letters; shorter parts are endings and prefixes that tell nothing


class Analyser(Protocol):
    """Something that knows the base forms of words; safe to share between threads."""

    @property
    def name(self) -> str:
        """Library and version, as in "voikko 4.3.1 / simplemma 2.0.0": an index made with another is made anew."""
        ...

    def lemmas(self, text: str) -> list[str]:
        """Base forms (lower case, NFC) of the words in order; parts of a compound follow it where they are known."""
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

    @property
    def name(self) -> str:
        return f"simplemma {version('simplemma')}"

    def lemmas(self, text: str) -> list[str]:
        language = told(text, lead=_LEAD)
        languages = (language,) if language else ("fi", "sv")
        return [self.lemma(word, languages) for word in written_words(text)]

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

    @property
    def name(self) -> str:
        return f"voikko {self._version} / {self._swedish.name}"

    def lemmas(self, text: str) -> list[str]:
        language, words = told(text, lead=_LEAD), written_words(text)
        if language == "sv":
            return [self._swedish.lemma(word, ("sv",)) for word in words]
        found: list[str] = []
        for word in words:
            forms = self._known(word)
            if not forms:
                forms = (word,) if language else (self._swedish.lemma(word, ("sv",)),)
            found.extend(forms)
        return found

    def _analysed(self, word: str) -> tuple[str, ...]:
        if len(word) > _LONGEST:
            return ()
        with self._one_at_a_time:
            analyses = self._voikko.analyze(word)
        if not analyses:
            return ()
        # Of "luukulta" as luukku and as luu + kulta, the reader means the one with fewer parts.
        fewest = min(_joints(analysis) for analysis in analyses)
        likely = [analysis for analysis in analyses if _joints(analysis) == fewest]
        forms = [analysis["BASEFORM"].lower() for analysis in likely if "BASEFORM" in analysis]
        forms += [part for analysis in likely for part in _parts(analysis)]
        return tuple(dict.fromkeys(forms))


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
