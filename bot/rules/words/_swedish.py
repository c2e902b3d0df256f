"""What a Swedish word may also be besides the base form that a word list gives: other readings, parts of compounds."""

import re
from collections.abc import Callable, Iterator

Ask = Callable[[str], str | None]
"""The word list: the one base form that it has for a form, None for what it does not know."""

_COMPOUND = 6  # letters of a first part that may be a compound itself
_SHORTEST, _LONGER = 3, 4  # letters of a part; of two parts one is longer, else too many words fall apart
_DEFINITE = ("en", "et", "n", "t")
_ENDINGS = re.compile("(?P<a>or|orna)$|(?:arna|erna|ar|er|en|et|na|n|t)$")
# Words of their own too, but at the end of a word they are endings, and at its beginning they are chance.
_NO_LAST_PART = re.compile(
    "aktig|ande|bar|barhet|dom|dra|else|ende|era|ess|full|gen|het|ing|ion|ism|jon|kap|lad|lett|lik|lin|men|mässig|nit|"
    "rad|ren|rik|ring|ris|rist|sam|sel|skap|slig|ten|tet|tik|årig"
)
_NO_FIRST_PART = re.compile(
    "all|ana|ans|ansa|apa|app|bal|dess|dia|dis|est|fal|fon|fria|gen|han|het|hit|ide|isa|jon|kal|kap|kar|kat|kem|kon|"
    "kont|kor|kry|lat|lut|mas|mem|men|min|missa|myt|nys|ode|oms|opp|outa|pik|pol|pro|prog|rap|rea|sal|sub|tam|tex|trea|"
    "tri|tvär|van|ven"
)
# No nouns, and begin compounds: "småbarnsförälder", "långtidsarbetslös".
_NO_NOUN_FIRST = {
    "små",
    "äldre",
    "lång",
    "hög",
    "låg",
    "ny",
    "ung",
    "gammal",
    "stor",
    "kort",
    "fri",
    "grov",
    "svår",
    "hel",
    "halv",
    "digi",
}
_WITHOUT = ("lös", "löshet")  # "bostadslös": only the first part says what the word is about


def other_bases(word: str, ask: Ask) -> list[str]:
    """Nouns that a form of the list may belong to as well: "tolk" of "tolkar", where the list has only "tolkare"."""
    first = ask(word)
    if first is None:
        return []
    found = [base for base in _stripped(word) if _is_noun(base, ask)] if first != word else []
    found += [base[:-4] + "an" for base in (first, *found) if _is_deed(base, ask)]
    return [base for base in dict.fromkeys(found) if base != first]


def as_first_part(word: str) -> tuple[str, ...]:
    """The word itself where compounds begin with it as it is: who looks for "äldre" means "äldreboende" as well."""
    return (word,) if word in _NO_NOUN_FIRST else ()


def base_of_compound(word: str, ask: Ask) -> str | None:
    """The base form of a compound that the list does not have, by its last part: "bankkod" of "bankkoderna"."""
    for start in range(_SHORTEST, len(word) - _SHORTEST + 1):
        base = ask(word[start:])
        if base and _fit(word[:start], base) and _is_noun(base, ask) and _first_part(word[:start], ask):
            return word[:start] + base
    return None


def parts(base: str, ask: Ask) -> Iterator[str]:
    """Base forms of the parts of a compound in its base form, and of their parts: the longest last part counts.

    Where its s may be a linking one, both readings do: "hyresvärd" has a värd, though "svärd" is a word as well. What
    is written with hyphens is parted there.
    """
    if "-" in base:
        for piece in base.split("-"):
            if len(piece) >= _SHORTEST:
                yield piece
                yield from parts(piece, ask)
        return
    for start in range(_SHORTEST, len(base) - _SHORTEST + 1):
        if found := _split(base, start, ask):
            found += _split(base, start + 1, ask) if base[start] == "s" else ()
            for part in found:
                yield part
                yield from parts(part, ask)
            return


def _split(base: str, start: int, ask: Ask) -> tuple[str, ...]:
    """The two parts that a compound has if its last begins there; none if it does not."""
    last = base[start:]
    if last in _WITHOUT:
        first = _first_part(base[:start], ask)
        return (first,) if first else ()
    is_known = _is_noun(last, ask) or (last.endswith(_WITHOUT[0]) and ask(last) == last)
    if not (_fit(base[:start], last) and is_known):
        return ()
    first = _first_part(base[:start], ask)
    return (first, last) if first else ()


def _is_deed(base: str, ask: Ask) -> bool:
    """Whether there is an "ansökan" whose plural is the "ansökningar" that the list knows as forms of "ansökning"."""
    deed = base[:-4] + "an"
    return base.endswith("ning") and ask(deed) == deed


def _stripped(word: str) -> Iterator[str]:
    """The word itself and what is left of it without the endings of nouns, with or without the genitive's s."""
    for form in (word, word[:-1]) if word.endswith("s") else (word,):
        if len(form) >= _SHORTEST:
            yield form
        if ending := _ENDINGS.search(form):
            stem = form[: ending.start()] + ("a" if ending["a"] else "")
            if len(stem) >= _LONGER:
                yield stem


def _fit(first: str, last: str) -> bool:
    return max(len(first), len(last)) >= _LONGER and len(last) >= _SHORTEST and not _NO_LAST_PART.fullmatch(last)


def _first_part(front: str, ask: Ask) -> str | None:
    """The base form of a compound's first part: itself, with a linking letter, or without its last vowel."""
    if front in _NO_NOUN_FIRST:
        return front
    for base in _fronts(front, ask):
        if len(base) >= _SHORTEST and not _NO_FIRST_PART.fullmatch(base) and _is_noun(base, ask):
            return base
    whole = front.removesuffix("s")
    if len(whole) >= _COMPOUND and ask(whole) is None and next(parts(whole, ask), None):
        return whole  # a compound itself, which the list does not have: "utkomststöds-"
    return None


def _fronts(front: str, ask: Ask) -> Iterator[str]:
    yield front
    if front.endswith("s"):  # bostads-, hyres-
        yield front[:-1]
        yield ask(front) or ""
    if front.endswith("ar"):  # invandrar-
        yield front + "e"
    if len(front) >= _LONGER:  # skol-, gatu-, kvinno-, låne-
        yield front + "a"
        if front[-1] in "ou":
            yield front[:-1] + "a"
        if front[-1] == "e":
            yield front[:-1]
            yield front[:-1] + "a"


def _is_noun(word: str, ask: Ask) -> bool:
    """Whether the list brings a definite form (or a genitive, or an adjective's neuter) back to the word."""
    if ask(word) is None:
        return False
    forms = [word + ending for ending in _DEFINITE]
    if word[-1] in "mn":  # hemmet
        forms += [word + word[-1] + "et", word + word[-1] + "en"]
    if word[-1] != "a":  # else it may be a verb's passive
        forms.append(word + "s")
    return any(ask(form) == word for form in forms)
