"""What a Finnish compound is made of where Voikko is missing: told by the word list and the forms of first parts."""

import re
from collections.abc import Callable, Iterator

Ask = Callable[[str], str | None]
"""The word list: the one base form that it has for a form, None for what it does not know."""

_LONG = 7  # letters of a known word that is no verb nor particle
_SHORTEST, _LONGER = 3, 4  # letters of a part; of two parts one is longer, else too many words fall apart
_ENDINGS = ("n", "na", "nä", "ssa", "ssä", "ta", "tä", "on", "an", "än", "ja", "jä")
_CASES = ("n", "t", "a", "ä", "ta", "tä", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "na", "nä",
          "en", "ja", "jä", "jen", "nen", "sen", "een", "ihin")  # fmt: skip
_LIKE = (
    "n",
    "t",
    "ssa",
    "ssä",
    "sta",
    "stä",
    "lla",
    "llä",
    "lle",
    "na",
    "nä",
    "ina",
    "inä",
    "ihin",
    "sen",
    "seen",
    "ssa",
)
_DOING = re.compile(
    r"(\w{4,}mi)(?:nen|s(?:en|ta|tä|sa|sä|een|ena|enä|ten|ia|iä|eksi|ella|ellä|elle|essa|essä|esta|estä))$"
)
_WITHOUT = re.compile("t(?:on|ön|tomuus|tömyys)$")  # "asunnottomuus": only the first part says what it is about
FIRST_ONLY = {"sosiaali", "päihde", "perus", "yhteis", "lähi", "etä", "erityis", "ensi", "ylä", "ala", "pika", "oma",
              "digi"}  # fmt: skip
# Words of their own too, but inside a word they are endings or chance.
_NO_PART = {
    "ala", "asti", "asu", "erä", "hän", "ise", "kas", "kin", "käs", "lle", "lta", "nne", "nen", "nta", "ole", "oma",
    "oli", "osa", "ota", "sen", "ssa", "sti", "sto", "taa", "tasa", "ten", "tus", "tös", "van", "vat",
}  # fmt: skip


def other_bases(word: str, ask: Ask) -> list[str]:
    """Nouns that the form may belong to as well: "tuki" of "tukea", where the list has only the verb.

    Its like are asked: the same stem with other endings of nouns. A doing ("kotoutumista") is one of itself, too.
    """
    first = ask(word)
    told = {ask(stem + ending) for stem in _stems_of(word) for ending in _LIKE} if first else set()
    doing = _DOING.match(word)
    nouns = sorted(base for base in told if base and is_noun(base, ask))
    return [base for base in (*nouns, *([f"{doing[1]}nen"] if doing else ())) if base != first]


def _stems_of(form: str) -> set[str]:
    return {form[: -len(ending)] for ending in _CASES if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST}


def base_of_compound(word: str, ask: Ask) -> str | None:
    """The base form of a compound that the list does not have, by its last part: "velkaneuvonta" of "-neuvonnan"."""
    for start in range(_SHORTEST, len(word) - _SHORTEST + 1):
        for base in _bases(word[start:], ask):
            if _fit(word[:start], base) and _first_part(word[:start], ask):
                return word[:start] + base
    return None


def parts(base: str, ask: Ask) -> Iterator[str]:
    """Base forms of the parts of a compound in its base form, and of their parts, wherever it can be split.

    What is written with hyphens is parted there.
    """
    if "-" in base:
        for piece in base.split("-"):
            if len(piece) >= _SHORTEST:
                known = ask(piece) or piece
                yield known
                yield from parts(known, ask)
        return
    if without := _WITHOUT.search(base):
        yield from _bases(base[: without.start()] + "n", ask)
        return
    for start in range(_SHORTEST, len(base) - _SHORTEST + 1):
        last = base[start:]
        if _fit(base[:start], last) and is_noun(last, ask) and (first := _first_part(base[:start], ask)):
            for part in (first, last):
                yield part
                yield from parts(part, ask)


def is_noun(word: str, ask: Ask) -> bool:
    """Whether the list brings one of the forms that only nouns have back to the word, or it ends as only nouns do."""
    itself = ask(word)
    if itself is None:
        return False
    if len(word) >= _LONGER and word.endswith("e") and itself == word:
        return True
    return any(ask(stem + ending) == word for stem in _stems(word) for ending in _ENDINGS)


def _stems(word: str) -> Iterator[str]:
    yield word
    if word.endswith("nen"):
        yield word[:-3] + "se"
    elif word.endswith("i"):
        yield word[:-1] + "e"
    elif word.endswith("e"):
        yield word + "e"
    elif word.endswith("s"):
        yield from (word[:-1] + "kse", word[:-1] + "de", word[:-1] + "te", word[:-1] + word[-2])


def _bases(form: str, ask: Ask) -> Iterator[str]:
    """Nouns that the form may be one of; where the list has another word ("työ": sinä), the form and its like count."""
    known = ask(form)
    if known is None:
        return
    like = ask(form[:-1] + "ssa") or ask(form[:-1] + "ssä") if form.endswith("n") else None
    for base in dict.fromkeys((form, known, like or "")):
        if base and is_noun(base, ask) and not (base == form and form.endswith("t")):
            yield base


def _fit(first: str, last: str) -> bool:
    return max(len(first), len(last)) >= _LONGER and len(last) >= _SHORTEST and last not in _NO_PART


def _first_part(front: str, ask: Ask) -> str | None:
    """The base form of a compound's first part: itself, a genitive ("tuen-", "lasten-"), or what "-nen" has become."""
    if len(front) < _SHORTEST or front in _NO_PART - FIRST_ONLY:
        return None
    # "hammas-", "toimeentulotuki-": their other forms have another stem.
    is_known = ask(front) == front and len(front) > (_LONGER if front.endswith("s") else _LONG)
    if front in FIRST_ONLY or is_known:
        return front
    for base in _bases(front, ask):
        if base == front or front.endswith("n"):
            return base
    if front.endswith("s") and ask(front[:-1] + "nen") == front[:-1] + "nen":
        return front[:-1] + "nen"
    compound = base_of_compound(front, ask) if ask(front) is None else None  # "toimeentulotuen-"
    return compound if compound and (compound == front or front.endswith("n")) else None
