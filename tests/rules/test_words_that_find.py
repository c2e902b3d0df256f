"""How surely an inflected word finds its other forms, and how often the texts that look alike tell of the same."""

import csv
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import words

HERE = Path(__file__).parent
AROUND = {
    "fi": "Meillä on nyt monesti {} liian usein ja se näkyy työssä",
    "sv": "Vi ser ofta {} och det är för mycket för oss alla",
}


@pytest.fixture(scope="module")
def voikko() -> words.Analyser:
    found = words.analyser()
    if not isinstance(found, words.VoikkoAnalyser):
        pytest.skip("Voikko is missing; on Debian: apt install libvoikko1 voikko-fi")
    return found


@pytest.fixture(scope="module")
def simplemma() -> words.Analyser:
    return words.SimplemmaAnalyser()


@pytest.fixture(scope="module", params=["voikko", "simplemma"])
def analyser(request: pytest.FixtureRequest) -> words.Analyser:
    found: words.Analyser = request.getfixturevalue(request.param)
    return found


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def finds(query: str, text: str, analyser: words.Analyser) -> bool:
    found = words.indexed(text, analyser)
    groups = words.asked(query, analyser)
    return bool(groups) and all(any(lemma in found for lemma in group) for group in groups)


FLOORS = {"voikko": {"fi": 0.99, "sv": 0.80}, "simplemma": {"fi": 0.90, "sv": 0.80}}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_any_form_of_a_word_finds_texts_with_any_other(analyser: words.Analyser, language: str) -> None:
    floor = FLOORS["voikko" if isinstance(analyser, words.VoikkoAnalyser) else "simplemma"][language]
    told = [
        finds(query, AROUND[language].format(form), analyser)
        for row in rows("inflected_words.tsv")
        if row["language"] == language
        for query, form in permutations(row["forms"].split(), 2)
    ]
    assert sum(told) / len(told) >= floor


def test_the_words_are_enough_to_tell() -> None:
    lemmas = [row for row in rows("inflected_words.tsv") if row["language"] == "fi"]
    assert len(lemmas) >= 25
    assert all(len(row["forms"].split()) >= 6 for row in lemmas)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("asunto", "tukiasuntoja puuttuu", True),
        ("palvelu", "päihdepalveluihin ei pääse", True),
        ("toimeentulotuki", "toimeentulotukihakemusten käsittely kestää", True),
        ("asunto", "asunnottomuus lisääntyy", True),
        ("asunnottomuus", "asuntoja puuttuu", False),
        ("tukiasunto", "asuntoja puuttuu", False),
        ("asunto jono", "asuntojen jonot kasvavat", True),
        ("asunto jono", "asuntoja puuttuu", False),
        ("asunnot ja jonot", "asuntojen jonot kasvavat", True),
        ("asun\u00adto", "asunnot puuttuvat", True),
    ],
)
def test_voikko_keeps_words_together_and_apart_as_a_reader_would(
    voikko: words.Analyser, query: str, text: str, found: bool
) -> None:
    assert finds(query, text, voikko) is found


def test_whole_words_and_parts_are_told_apart(voikko: words.Analyser) -> None:
    assert words.indexed("tukiasunnon jono", voikko) == {
        "tukiasunto": False,
        "tuki": True,
        "asunto": True,
        "jono": False,
    }
    assert words.indexed("tukiasunnon asunto", voikko)["asunto"] is False


def test_words_that_say_nothing_are_not_looked_for(analyser: words.Analyser) -> None:
    assert words.asked("ja on ei", analyser) == ()
    assert words.asked("123 !?", analyser) == ()


@given(text=st.text())
def test_any_text_can_be_stored_and_asked(simplemma: words.Analyser, text: str) -> None:
    found = [*words.indexed(text, simplemma), *(one for group in words.asked(text, simplemma) for one in group)]
    assert all(0 < len(lemma) <= 60 for lemma in found)
    assert len(words.asked(text, simplemma)) <= 8


def test_no_word_is_too_long_for_an_index(analyser: words.Analyser) -> None:
    assert [len(lemma) for lemma in words.indexed("asunto" * 500, analyser)] == [60]


# --- texts that are alike -------------------------------------------------------------------------------------------

PARAPHRASES = rows("paraphrases.tsv")
TEXTS = [row["text"] for row in PARAPHRASES]


def nearest(place: int, analyser: words.Analyser) -> list[tuple[float, bool]]:
    """How alike each other text is, the likest first, and whether it has the same subject."""
    others = PARAPHRASES[:place] + PARAPHRASES[place + 1 :]
    alike = words.likeness(PARAPHRASES[place]["text"], [row["text"] for row in others], analyser)
    subject = PARAPHRASES[place]["subject"]
    return sorted(zip(alike, (row["subject"] == subject for row in others), strict=True), reverse=True)


def test_of_the_three_likest_texts_four_of_five_have_the_same_subject(analyser: words.Analyser) -> None:
    found = [same for place in range(len(TEXTS)) for _, same in nearest(place, analyser)[:3]]
    assert sum(found) / len(found) >= 0.85


def test_above_the_cut_are_mostly_texts_of_the_same_subject(analyser: words.Analyser) -> None:
    pairs = [pair for place in range(len(TEXTS)) for pair in nearest(place, analyser)]
    above = [same for alike, same in pairs if alike >= words.ALIKE]
    assert sum(above) / len(above) >= 0.8
    assert sum(above) / sum(same for _, same in pairs) >= 0.8


def test_a_text_is_most_like_itself_and_unlike_one_without_words(analyser: words.Analyser) -> None:
    same, none = words.likeness(TEXTS[0], [TEXTS[0], "123"], analyser)
    assert same == pytest.approx(1)
    assert none == 0


@given(one=st.text(), other=st.text())
def test_likeness_is_a_share(simplemma: words.Analyser, one: str, other: str) -> None:
    (alike,) = words.likeness(one, [other], simplemma)
    assert -1e-9 <= alike <= 1 + 1e-9
