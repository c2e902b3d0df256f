"""Any way of parting, saying and mixing the signs of a number or a name hides nothing."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.privacy import find_personal_data

FIGURES = (
    ("0", "nolla", "noll", "zero"),
    ("1", "yksi", "yks", "ett", "one"),
    ("2", "kaksi", "kaks", "två", "two"),
    ("3", "kolme", "tre", "three"),
    ("4", "neljä", "fyra", "four"),
    ("5", "viisi", "viis", "fem", "five"),
    ("6", "kuusi", "kuus", "sex", "six"),
    ("7", "seitsemän", "seittemän", "sju", "seven"),
    ("8", "kahdeksan", "kaheksan", "åtta", "eight"),
    ("9", "yhdeksän", "yheksän", "nio", "nine"),
)
BETWEEN = (
    *(" ", "  ", "-", ".", "/", "\n", "=", ">", "~", "#", "'", '"', "→", "•", " 🔥 ", "🙂", "<br>", "</b> <b>"),
    *("][", "} {"),
)
LETTERS_APART = st.sampled_from((" ", ".", "-", "/", "|", "\n"))
DASHES = st.sampled_from(("-", " - ", "–", " viiva ", " streck ", " dash ", " miinus "))


def kinds(text: str) -> set[str]:
    return {found.kind for found in find_personal_data(text)}


def said(number: str) -> st.SearchStrategy[str]:
    """The figures one by one, each as a figure or as a word of any language."""
    return st.tuples(*(st.sampled_from(FIGURES[int(figure)]) for figure in number)).map(" ".join)


def parted(*groups: str) -> st.SearchStrategy[str]:
    """The groups with any sign between them."""
    signs = st.lists(st.sampled_from(BETWEEN), min_size=len(groups) - 1, max_size=len(groups) - 1)
    return signs.map(lambda some: "".join(part for pair in zip(groups, (*some, ""), strict=True) for part in pair))


@given(said("0400000012") | said("0501203456") | said("0457896321"))
@settings(max_examples=60)
def test_a_number_to_call_is_stopped_in_any_mix_of_figures_and_words(number: str) -> None:
    assert kinds(f"soita {number} heti") == {"mobile"}


@given(day=said("130279"), dash=DASHES, tail=said("901"))
@settings(max_examples=60)
def test_a_code_is_stopped_in_any_mix_of_figures_and_words(day: str, dash: str, tail: str) -> None:
    assert kinds(f"hetu {day}{dash}{tail} E") == {"identity_code"}


WORDS_OF_NUMBERS = (*("nollaa", "nollor", "tupla", "triple", "sataa", "hundra", "viiva", "iso", "A"), *sum(FIGURES, ()))


@given(st.lists(st.sampled_from(WORDS_OF_NUMBERS), max_size=8).map(" ".join))
@settings(max_examples=200)
def test_words_of_numbers_are_read_without_an_error_in_any_order(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in find_personal_data(text))


@given(parted("040", "000", "0012") | parted("+358", "40", "0000012"))
@settings(max_examples=60)
def test_a_number_to_call_is_stopped_with_any_sign_between_its_groups(number: str) -> None:
    assert kinds(f"soita {number} heti") == {"mobile"}


@given(parted("FI21", "1234", "5600", "0007", "85"))
@settings(max_examples=60)
def test_an_account_is_stopped_with_any_sign_between_its_groups(account: str) -> None:
    assert kinds(f"tili {account} on väärä") == {"iban"}


@given(parted("130279", "-", "901E"))
@settings(max_examples=60)
def test_a_code_is_stopped_with_any_sign_around_its_dash(code: str) -> None:
    assert kinds(f"tunnus {code} on väärä") == {"identity_code"}


@given(parted("Kaskenkatu 5", "B", "12"))
@settings(max_examples=60)
def test_a_home_is_stopped_with_any_sign_before_its_stair_and_flat(home: str) -> None:
    assert kinds(f"asuu {home} ja odottaa") == {"flat_address"}


@given(sign=LETTERS_APART, wide=st.booleans(), case=st.sampled_from((str.lower, str.upper, str.title)))
def test_a_name_is_asked_about_however_its_letters_stand_apart(
    sign: str, wide: bool, case: Callable[[str], str]
) -> None:
    first, last = (sign.join(case(word)) for word in ("kaarlo", "korhonen"))

    assert kinds(f"eilen {first}{sign * (1 + wide)}{last} odotti") == {"name"}


@given(st.lists(st.sampled_from([word for words in FIGURES for word in words]), max_size=2).map(" ".join))
def test_one_or_two_figures_in_words_are_nobodys_number(words: str) -> None:
    assert kinds(f"odotti {words} viikkoa") == set()
