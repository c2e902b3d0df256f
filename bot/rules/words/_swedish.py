"""What a Swedish word may also be besides the base form that a word list gives: other readings, parts of compounds."""

import re
from collections.abc import Callable, Iterator

Ask = Callable[[str], str | None]
"""The word list: the one base form that it has for a form, None for what it does not know."""

_SHORTEST, _LONGER = 3, 4  # letters of a part; of two parts one is longer, else too many words fall apart
_DEFINITE = ("en", "et", "n", "t")
_ENDINGS = re.compile("(?P<a>or|orna)$|(?:arna|erna|ar|er|en|et|na|n|t)$")
# Words of their own too, but at the end of a word they are endings, and at its beginning they are chance.
_NO_LAST_PART = frozenset(
    "aktig ande bar barhet dom else ende era full gen het ing ion ism jon lik mässig ring rik sam sel skap ten tet tik".split()
)
_NO_FIRST_PART = frozenset("app dis fria gen jon kap kon mas men ode oms opp outa pro tam tex trea tvär van".split())
_WITHOUT = ("lös", "löshet")  # "bostadslös": only the first part says what the word is about


def other_bases(word: str, ask: Ask) -> list[str]:
    """Nouns that a form of the list may belong to as well: "tolk" of "tolkar", where the list has only "tolkare"."""
    first = ask(word)
    if first is None:
        return []
    found = [base for base in _stripped(word) if _is_noun(base, ask)] if first != word else []
    found += [base[:-4] + "an" for base in (first, *found) if base.endswith("ning") and ask(base[:-4] + "an")]
    return [base for base in dict.fromkeys(found) if base != first]


def base_of_compound(word: str, ask: Ask) -> str | None:
    """The base form of a compound that the list does not have, by its last part: "bankkod" of "bankkoderna"."""
    for start in range(_SHORTEST, len(word) - _SHORTEST + 1):
        base = ask(word[start:])
        if base and _fit(word[:start], base) and _is_noun(base, ask) and _first_part(word[:start], ask):
            return word[:start] + base
    return None


def parts(base: str, ask: Ask) -> Iterator[str]:
    """Base forms of the parts of a compound in its base form, and of their parts: the longest last part counts."""
    for start in range(_SHORTEST, len(base) - _SHORTEST + 1):
        last = base[start:]
        if last in _WITHOUT or (_fit(base[:start], last) and ask(last) and _is_noun(last, ask)):
            if first := _first_part(base[:start], ask):
                told = (first,) if last in _WITHOUT else (first, last)
                for part in told:
                    yield part
                    yield from parts(part, ask)
                return


def _stripped(word: str) -> Iterator[str]:
    """The word itself and what is left of it without the endings of nouns, with or without the genitive's s."""
    for form in (word, word[:-1]) if word.endswith("s") else (word,):
        yield form
        if ending := _ENDINGS.search(form):
            yield form[: ending.start()] + ("a" if ending["a"] else "")


def _fit(first: str, last: str) -> bool:
    return max(len(first), len(last)) >= _LONGER and len(last) >= _SHORTEST and last not in _NO_LAST_PART


def _first_part(front: str, ask: Ask) -> str | None:
    """The base form of a compound's first part: itself, with a linking letter, or without its last vowel."""
    for base in _fronts(front, ask):
        if len(base) >= _SHORTEST and base not in _NO_FIRST_PART and _is_noun(base, ask):
            return base
    return None


def _fronts(front: str, ask: Ask) -> Iterator[str]:
    yield front
    if front.endswith("s"):  # bostads-, hyres-
        yield front[:-1]
        yield ask(front) or ""
    if front.endswith("ar"):  # invandrar-
        yield front + "e"
    yield front + "a"  # skol-
    if front[-1] in "eou":  # låne-, kvinno-, gatu-
        yield front[:-1]
        yield front[:-1] + "a"


def _is_noun(word: str, ask: Ask) -> bool:
    """Whether the list brings a definite form (or a genitive, or an adjective's neuter) back to the word."""
    forms = [word + ending for ending in _DEFINITE]
    if word[-1] in "mn":  # hemmet
        forms += [word + word[-1] + "et", word + word[-1] + "en"]
    if word[-1] != "a":  # else it may be a verb's passive
        forms.append(word + "s")
    return any(ask(form) == word for form in forms)
