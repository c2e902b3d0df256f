"""The shapes keep Slack's limits, break no character, and let no markup of a person's through."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import parts
from bot.rules import cuts

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=200)


@given(ANY_TEXT, st.integers(2, 60))
def test_what_is_shown_fits_and_carries_no_markup(text: str, limit: int) -> None:
    said = parts.shown(text, limit)
    assert len(said) <= limit
    assert "<" not in said
    assert ">" not in said
    assert not regex.search(r"&(?!amp;|lt;|gt;)", said)
    assert not parts.TURNS.search(said)
    said.encode()


def test_b06_a_whole_family_is_shown_or_none_of_it() -> None:
    for limit in range(2, 30):
        said = parts.shown("abc" + FAMILY + "def", limit)
        assert (FAMILY in said) or not set(said) & set(FAMILY), limit


@given(ANY_TEXT, st.integers(0, 100))
def test_a_text_cut_in_two_loses_nothing(text: str, limit: int) -> None:
    first, rest = cuts.head(text, limit)
    assert first + rest == text
    assert len(first) <= limit


def test_the_cut_is_made_before_escaping_and_counted_after() -> None:
    assert parts.shown("&" * 10, 12) == "&amp;&amp;…"


def test_b08_long_labels_are_cut_and_told_apart() -> None:
    name = "Keskustelutyö koulujen ja nuorisotilojen välisillä siirtymäreiteillä iltaisin"
    block = parts.select("area", [("a1", name + " yksi"), ("a2", name + " kaksi")], "a2", "Valitse")
    labels = [option["text"]["text"] for option in block["options"]]
    assert all(len(label) <= 75 for label in labels)
    assert len(set(labels)) == 2
    assert block["initial_option"]["value"] == "a2"


def test_b08_more_than_a_hundred_choices_come_in_groups_and_all_can_be_reached() -> None:
    block = parts.select("area", [(f"v{n}", f"Yksikkö {n}") for n in range(130)], "v129", "Valitse")
    assert "options" not in block
    assert [len(group["options"]) for group in block["option_groups"]] == [100, 30]
    assert block["initial_option"]["value"] == "v129"


def test_what_was_typed_goes_back_into_its_field_as_it_was() -> None:
    typed = "a < b & <@U0> \n*x*"
    assert parts.text_input("text", typed, "?", 3000)["initial_value"] == typed
    assert len(parts.text_input("text", "ä" * 4000, "?", 3000)["initial_value"]) == 3000
    assert "initial_value" not in parts.text_input("text", "", "?", 3000)


def test_a_text_is_cut_between_words_unless_one_word_would_take_half_of_it() -> None:
    assert parts.shown("Jonot ovat pidentyneet kaikkialla", 20) == "Jonot ovat…"
    assert parts.shown("Jonot ovat pidentyneet kaikkialla", 23) == "Jonot ovat pidentyneet…"
    assert parts.shown("Ei pakkotyöllistämistoimenpiteitä", 20) == "Ei pakkotyöllistämi…"
    assert parts.shown("Jonot ovat\npidentyneet kaikkialla", 20) == "Jonot ovat…"
    assert parts.quotes("Jonot & jonot pidentyvät", most=18)[0]["text"]["text"] == "”Jonot &amp; jonot…”"
    assert cuts.beginning("Jonot & jonot pidentyvät", 16) == "Jonot & jonot…"


def test_what_cannot_be_taken_back_is_red_in_its_question() -> None:
    assert parts.confirm("Perutaanko?", "Tekstiä ei saa takaisin.", "Peru", "Säilytä")["style"] == "danger"
