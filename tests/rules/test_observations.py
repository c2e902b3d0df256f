"""What an observation must be, what the command was asked, and what receipt codes are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import observations as rules
from bot.rules.observations import Draft
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Term
from storage.vocabularies import shipped

VOCABULARIES = Vocabularies.of(Term.model_validate({"workspace": "T0", **row}) for row in shipped())
GOOD = Draft(text="Jonot ovat pitkiä", kind="E", theme="X-90")
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=100)


def test_a_good_draft_has_no_mistakes() -> None:
    assert rules.mistakes(GOOD, VOCABULARIES) == {}


@pytest.mark.parametrize(
    "text", ["🙂" * 12, ":smiling_face_with_3_hearts: :+1:", "?!?!?!?!?!?!", "123 456 789 000", "👍🏽❤️‍🔥" * 9]
)
def test_what_has_no_letters_is_no_observation(text: str) -> None:
    assert "sanoin" in Texts("fi")(str(rules.text_mistake(text)))
    assert rules.text_mistake(f"{text} jonot") is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", 0), ("abc", 3), ("  abc  ", 3), ("a   b", 3), ("\u200b\u2060\ufeff", 0), ("\u00a0" * 5, 0),
        ("a\u200bb", 2), ("ä", 1), ("a\u0308", 1), ("\u2800\u3164", 0), ("\u202eabc", 3), ("a\nb", 3),
        ("\U0001f469", 1),
    ],
)  # fmt: skip
def test_b10_only_what_can_be_seen_counts(text: str, seen: int) -> None:
    assert rules.visible_length(text) == seen


@given(ANY_TEXT)
def test_a_tidied_text_can_be_stored_anywhere_and_is_tidy_already(text: str) -> None:
    tidy = rules.tidy(text)
    tidy.encode()
    assert "\0" not in tidy
    assert rules.tidy(tidy) == tidy


@given(st.text(st.characters(categories=["L", "N", "P", "Zs", "Mn", "So"]), max_size=100))
def test_ordinary_text_is_left_as_typed(text: str) -> None:
    assert rules.tidy(text) == text.strip()


def test_lines_are_split_wherever_a_line_can_end() -> None:
    assert rules.lines_of("yksi\r\nkaksi\n\n \u200b \nkolme\u2028neljä") == ["yksi", "kaksi", "kolme", "neljä"]


def test_a_receipt_code_is_the_same_for_the_same_form_and_read_however_it_is_typed() -> None:
    code = rules.receipt_code(b"k" * 32, "nonce")
    assert code == rules.receipt_code(b"k" * 32, "nonce")
    assert code != rules.receipt_code(b"k" * 32, "other")
    assert code != rules.receipt_code(b"x" * 32, "nonce")
    for typed in (
        code,
        code.lower(),
        code.replace("-", " "),
        code.replace("-", ""),
        f" {code} ",
        code.replace("-", "–"),
        "".join(chr(ord(sign) + 0xFEE0) for sign in code),
        code.replace("A", "А").replace("E", "Ε").replace("K", "К"),
        code.replace("-", " -\u200b"),
    ):
        assert rules.read_code(typed) == code
        assert code in rules.codes_in(f"tunnus:{typed}.")
    for typed in (" - \n - ".join(code.split("-")), " ".join(code), "*".join(code), code.replace("-", "<|>\n")):
        assert code in rules.codes_in(f"Tunnukseni {typed} ei toimi"), typed


@given(ANY_TEXT)
def test_whatever_is_typed_for_a_code_is_read_or_refused(text: str) -> None:
    code = rules.read_code(text)
    assert code is None or rules.read_code(code) == code


def test_what_is_stored_of_a_code_does_not_give_it_back() -> None:
    code = rules.receipt_code(b"k" * 32, "nonce")
    kept = rules.code_hash(b"k" * 32, code)
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert kept != rules.code_hash(b"x" * 32, code)


def test_a_draft_survives_the_way_into_the_table_and_back() -> None:
    from storage.models import Observation  # noqa: PLC0415

    row = Observation(text="a", proposal="b", kind="E", theme="X-90", area="853", client_group="nuoret", author="U0")
    assert rules.draft_of(row) == Draft(
        text="a", proposal="b", kind="E", theme="X-90", area="853", group="nuoret", named=True
    )
