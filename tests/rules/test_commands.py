"""What is typed after a command is understood by one grammar, from which help and usage hints come too."""

from importlib import import_module
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.labels import MEANT, meant
from bot.rules.commands import (
    ROWS,
    Asked,
    Command,
    Row,
    command_of,
    help_of,
    like_a_sentence,
    row_of,
    understand,
    usage_of,
)

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=100)
MANIFEST = Path(__file__).parents[2] / "bot/manifest.yaml"


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", "form"), ("  ", "form"), ("\u200b", "form"), ("ohje", "help"), ("Ohje", "help"), ("hjälp", "help"),
        ("ohje!", "help"), ("Omat?", "mine"), ("hae asunto", "search"), ("kooste", "help"), ("asetukset?", "settings"),
        ("omat: jonot ovat pitkiä", "offer"),
        ("hja\u0308lp", "help"), ("omat", "mine"), ("mina", "mine"), ("tila ABCD-EFGH-JKMN", "status"),
        ("tila abcd efgh jkmn", "status"),
        ("tila", "status"), ("tila ABCD-EFGH-JKM", "status"),
        ("tila abcd efgh jkm0", "status"), ("tila ABCDEFGHJKM0", "status"), ("tila ei ole ok", "offer"),
        ("tila on huono", "offer"), ("haku kestää liian kauan", "search"),
        ("apua", "help"), ("?", "help"), ("peru", "undo"), ("poista äskeinen havainto", "offer"),
        ("apua ei saa mistään", "file"),
        ("mitä tähän kirjoitetaan?", "offer"), ("kuka näkee tämän", "offer"), ("ABCD-EFGH-JKMN", "status"),
        ("abcdefgh2345", "status"), ("haku", "search"), ("SÖK bostad", "search"),
        ("haku\u00a0asunto", "search"), ("asetukset", "settings"), ("ohjeet puuttuvat monelta", "file"),
        ("Jonot ovat pitkiä", "file"),
        ("omt", "near"), ("Omta?", "near"), ("asetukst", "near"), ("lopeta", "near"), ("tlia ABCD-EFGH-JKMN", "near"),
        ("tilaa puuttuu kaikkialta", "file"), ("asunnottomuus", "file"), ("moi", "offer"), ("ABCD-1234-EFGH", "status"),
    ],
)  # fmt: skip
def test_the_first_word_decides_what_was_asked(typed: str, asked: str) -> None:
    assert understand(Command.REPORT, typed).what == asked


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("haku asunto", False), ("haku asunto jono", False), ("haku kestää liian kauan", True),
        ("sök tar för lång tid", True), ("haku a b c", True), ("haku \u200b \u200b \u200b", False),
    ],
)  # fmt: skip
def test_from_four_words_on_a_search_may_be_a_sentence(typed: str, sentence: bool) -> None:
    assert like_a_sentence(typed) is sentence


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", ("list", "")),
        ("\u200b \u00a0", ("list", "")),
        ("OHJE", ("help", "")),
        ("hjälp", ("help", "")),
        ("ny", ("new", "")),
        ("ehdota\u00a0Asumisen\u00a0jonot", ("propose", "Asumisen jonot")),
        ("föreslå köerna", ("propose", "köerna")),
        ("uusi", ("new", "")),
        ("milloin?", ("unknown", "milloin?")),
    ],
)
def test_the_words_after_the_command(text: str, asked: tuple[str, str]) -> None:
    assert understand(Command.MEETING, text) == Asked(*asked)


@pytest.mark.parametrize(
    ("text", "rest"),
    [("träff", ""), ("Träff ny", "ny"), ("tapaaminen", ""), ("träff föreslå köer", "föreslå köer"),
     ("tapaaminen peruuntui kolmannen kerran", None), ("", None), ("jonot", None)],
)  # fmt: skip
def test_a_sentence_that_begins_with_the_word_is_not_taken_for_it(text: str, rest: str | None) -> None:
    asked = understand(Command.REPORT, text)
    assert (asked.rest if asked.what == "meetings" else None) == rest


@given(ANY_TEXT, st.sampled_from(Command))
def test_whatever_is_typed_after_the_command_is_understood(text: str, command: Command) -> None:
    assert row_of(command, understand(command, text).what)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.command.name}-{row.asked}")
def test_each_row_is_answered_by_its_story_and_by_no_other(row: Row) -> None:
    assert row.asked in import_module(f"commands.{row.story}").ANSWERS


def test_no_story_answers_what_the_grammar_does_not_know() -> None:
    for story in {row.story for row in ROWS}:
        known = {row.asked for row in ROWS if row.story == story}
        assert {*import_module(f"commands.{story}").ANSWERS} == known


def test_no_word_is_of_two_rows_and_none_stands_on_a_button() -> None:
    for one, other in combinations(ROWS, 2):
        if one.command is other.command:
            assert not {*one.all_words, *one.alone} & {*other.all_words, *other.alone}, (one.asked, other.asked)
    said = [(row.asked, word) for row in ROWS for word in (*row.all_words, *row.alone)]
    assert [(asked, word) for asked, word in said if meant(word) not in ("", asked)] == []


def test_the_words_of_a_button_have_their_row() -> None:
    assert all(row_of(Command.REPORT, name) for name in MEANT)


@pytest.mark.parametrize("row", [row for row in ROWS if row.words], ids=lambda row: f"{row.command.name}-{row.asked}")
def test_each_word_of_a_row_asks_for_it_in_three_languages(row: Row) -> None:
    assert {*row.words} == {"fi", "sv", "en"}
    for word in row.all_words:
        assert understand(row.command, word).what == row.asked
        assert understand(row.command, word.upper()).what == row.asked


def test_the_usage_hints_in_slack_are_those_of_the_grammar() -> None:
    declared = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["features"]["slash_commands"]
    assert {one["command"]: one["usage_hint"] for one in declared} == {
        name: usage_of(name) for command in Command for name, _ in command.value
    }


def test_the_help_tells_each_thing_once_and_coordinators_more() -> None:
    assert len(help_of(Command.REPORT)) == len(set(help_of(Command.REPORT))) > 1
    assert help_of(Command.MEETING, coordinator=True)
    assert command_of("/sammandrag") == (Command.DIGEST, "sv")


@pytest.mark.parametrize(
    ("typed", "asked"), [("", "picture"), ("ohje", "help"), ("mitä vain", "help"), ("Asetukset", "settings"),
                         ("inställningar", "settings"), ("asetukset nyt", "help")],
)  # fmt: skip
def test_the_words_after_the_digest(typed: str, asked: str) -> None:
    assert understand(Command.DIGEST, typed).what == asked
