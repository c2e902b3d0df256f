"""simplemma's word lists as it packs them, with an index that needs a fifth of the memory of its own reader's.

The only module that loads simplemma: its modules need each other, so that two threads which began to load it at
different ends found it half loaded.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from threading import Lock
from typing import get_args

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries.dictionary_factory import (
    CachingDictionaryFactory,
    DecodedStrMapping,
    _read_decompressed,
)
from simplemma.strategies.dictionaries.frontcode import _iter_records, _read_header

from bot.rules.words._language import Language

_BLOCK = 32  # words at least between two entries of the index


class WordLists(CachingDictionaryFactory):
    """The lists by language, each read once, when it is asked for first; others who ask for it meanwhile wait."""

    def __init__(self) -> None:
        super().__init__()
        self._reading: dict[str, Lock] = {language: Lock() for language in get_args(Language)}

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        with self._reading[lang]:
            return super().get_dictionary(lang)

    def _get_dictionary_uncached(self, lang: str) -> Mapping[str, str]:
        return _WordList(lang)


@cache
def word_lists() -> WordLists:
    """The lists of the process: they take seconds to read and tens of megabytes, and are never changed."""
    return WordLists()


def lemmatizer() -> Lemmatizer:
    """How simplemma itself reads words, from the lists of the process."""
    return Lemmatizer(cache_max_size=0, lemmatization_strategy=DefaultStrategy(dictionary_factory=word_lists()))


class _WordList(DecodedStrMapping):
    """Form -> base form. A word is stored as what differs from the one before, so blocks of words are read in order."""

    def __init__(self, language: str) -> None:
        self._data = _read_decompressed(language)
        backwards, self._count, self._begin = _read_header(self._data)
        if backwards:
            raise ValueError(f"the words of {language} are packed from their ends")
        self._firsts: list[bytes] = []
        self._places = array("I")
        since, before = _BLOCK, b""
        for place, form, base in _iter_records(self._data, self._begin):
            # Where the base form is also another one than before, the block can be read without what precedes it.
            if since >= _BLOCK and base != before:
                self._firsts.append(form)
                self._places.append(place)
                since = 0
            since, before = since + 1, base

    def _lookup(self, key: str) -> str | None:
        wanted = key.encode()
        block = bisect_right(self._firsts, wanted) - 1
        if block < 0:
            return None
        for _, form, base in _iter_records(self._data, self._places[block], self._firsts[block]):
            if form >= wanted:
                return base.decode() if form == wanted else None
        return None

    def __iter__(self) -> Iterator[str]:
        return (form.decode() for _, form, _ in _iter_records(self._data, self._begin))

    def __len__(self) -> int:
        return self._count
