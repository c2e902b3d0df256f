"""What is asked of the queue stays within what Slack takes, whatever was typed or sent."""

from bot.blocks.queues import block_id, chosen, read_words_form
from bot.rules.queues import Wanted


def test_words_to_look_for_hold_nothing_that_slack_or_a_database_refuses() -> None:
    view = {"state": {"values": {"words": {"words": {"value": " jono\ud83d ja\u0000 muut "}}}}}
    assert read_words_form(view)[0].words == "jono  ja  muut"


def test_a_choice_that_was_not_offered_does_not_make_an_id_too_long() -> None:
    assert len(block_id("filters", chosen(Wanted(words="a" * 60), "theme", "x" * 2000))) <= 255
