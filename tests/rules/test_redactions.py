"""Words are taken out of a text wherever they stand, and of no sign a part is left."""

import pytest

from bot.rules.redactions import other_forms, stands_in, without
from bot.rules.words import SimplemmaAnalyser

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"  # one sign on the screen, made of five


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Matti Meikäläinen jonotti.", "Matti Meikäläinen", "[poistettu] jonotti."),
        ("Matti, matti ja MATTI", "matti", "[poistettu], [poistettu] ja [poistettu]"),
        ("Matti\n  Meikäläinen jonotti", "Matti Meikäläinen", "[poistettu] jonotti"),
        ("Soita Matille 040 123 4567 nyt", "Matille 040 123 4567", "Soita [poistettu] nyt"),
        (f"Perhe {FAMILY} jonotti", "\U0001f469", "Perhe [poistettu] jonotti"),
        (f"Perhe {FAMILY} jonotti", f"e {FAMILY[:2]}", "[poistettu] jonotti"),
        (f"Perhe{FAMILY} jonotti", "\U0001f469", "Perhe[poistettu] jonotti"),
        ("Keksitty, Keksityn ja Keksityllä", "Keksity", "Keksitty, [poistettu] ja [poistettu]"),
        ("Ismo Keksitty jonotti", "mo Keksi", "[poistettu] jonotti"),
        ("Aki haki apua Akille", "Aki", "[poistettu] haki apua [poistettu]"),
        ("Numero 0451234567 on", "1234", "Numero [poistettu] on"),
        ("Ismo-niminen tuli", "Ismo", "[poistettu]-niminen tuli"),
        ("Mei\u0308ka\u0308la\u0308inen jonotti", "Meïkäläinen", "[poistettu] jonotti"),
        ("Hyvä (kts. a.b*) näin", "a.b*", "Hyvä (kts. [poistettu]) näin"),
        ("Ei löydy", "jono", "Ei löydy"),
        ("Ei löydy", "   ", "Ei löydy"),
    ],
)
def test_the_words_go_and_the_rest_stands(text: str, words: str, left: str) -> None:
    assert without(text, words) == left


def test_words_are_found_in_other_texts_where_a_word_begins_so() -> None:
    assert stands_in("Soita Akille", "aki")
    assert not stands_in("Hän haki apua", "aki")
    assert not stands_in("Hän haki apua", " ")


def test_other_forms_of_the_words_are_named_once_each() -> None:
    text = "Keksityn ja Keksityllä, Keksityn sekä [poistettu] Turusta"
    assert other_forms(text, "Ismo Keksitty", SimplemmaAnalyser()) == ["Keksityn", "Keksityllä"]
    assert other_forms("Jono on pitkä.", "Keksitty", SimplemmaAnalyser()) == []
