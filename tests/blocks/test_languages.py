"""A message in two languages: what a person wrote once, everything else twice, and all of it within Slack's limits."""

from datetime import date

import pytest

from bot.blocks import meetings, practices, reminders
from bot.blocks.languages import in_each
from bot.blocks.parts import Message, actions, button, header, section
from bot.rules.meetings import Sight
from bot.rules.reminders import KINDS
from bot.texts import Texts
from storage.models import Practice
from tests.blocks.test_meetings import MEETING

TWO = (Texts("fi"), Texts("sv"))
CARD = Practice(key="k", workspace="T", number="T-K7QF", author="U0AINO0001", name="Asiakasraati",
                what="Näin se toimii. " * 150, started_on=date(2026, 9, 1), published_on=date(2026, 9, 2))  # fmt: skip


def words(message: Message) -> list[str]:
    return [block["text"]["text"] for block in message[1] if "text" in block]


def labels(message: Message) -> list[str]:
    found = (block["elements"] for block in message[1] if block["type"] == "actions")
    return [one["text"]["text"] for elements in found for one in elements]


def test_one_language_is_drawn_as_it_is() -> None:
    assert in_each(TWO[:1], lambda t: meetings.post(t, Sight(MEETING))) == meetings.post(TWO[0], Sight(MEETING))


def test_a_meeting_is_told_of_in_both_and_its_title_stands_once() -> None:
    drawn = in_each(TWO, lambda t: meetings.post(t, Sight(MEETING)))
    assert sum(MEETING.title[:30] in said for said in words(drawn)) == 1
    assert labels(drawn)[-4:-2] == ["Tulen / Jag kommer", "Tulen etänä / Jag deltar på distans"]
    assert any("Pääsetkö mukaan?" in said and "Kommer du?" in said for said in words(drawn))


def test_a_card_and_a_reminder_are_too() -> None:
    card = in_each(TWO, lambda t: practices.post(t, CARD))
    assert sum("Näin se toimii." in said for said in words(card)) == 1
    assert "Toimintamalli verkostosta" in words(card)[0]
    own = {"fi": "Mitä olet huomannut?", "sv": "Vad har du märkt?"}
    reminder = in_each(TWO, lambda t: reminders.reminder(t, KINDS[0], "2026-12-03", own, private=False))
    assert words(reminder) == ["Mitä olet huomannut? / Vad har du märkt?"]
    assert all(" / " in label for label in labels(reminder))


@pytest.mark.parametrize("length", [74, 149, 2990])
def test_what_does_not_fit_in_one_block_stands_in_two(length: int) -> None:
    def draw(t: Texts) -> Message:
        said = t.language * (length // 2)
        return said, [header(said[:150]), section(said), actions(button("a", said[:75], "v"))]

    drawn = in_each(TWO, draw)
    assert all(len(said) <= 3000 for said in words(drawn))
    assert all(len(block["text"]["text"]) <= 150 for block in drawn[1] if block["type"] == "header")
    assert all(len(label) <= 75 for label in labels(drawn))
    joined = "".join(words(drawn))
    assert joined.count("fi") == joined.count("sv")
