"""What App Home says of a round to come."""

from datetime import UTC, datetime

import pytest

from bot.blocks.home import Page, page
from bot.rules.people import Choices
from bot.rules.reminders import Coming, Expected, Outlook
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

NOON = datetime(2026, 12, 3, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("recipients", "said"),
    [
        (0, "Juuri nyt viestiä ei ole menossa kenellekään."),
        (1, "Viestin saa 1 jäsen, ellei hän vastaa sitä ennen."),
        (2, "Viestin saa 2 jäsentä, elleivät he vastaa sitä ennen."),
    ],
)
def test_a_round_says_to_how_many_it_goes_and_nobody_is_no_number(recipients: int, said: str) -> None:
    outlook = Outlook(Coming(NOON, recipients, NOON), None)
    found = Page(Choices(), Expected(None), [], is_coordinator=True, outlook=outlook)
    drawn = str(page(Texts("fi"), Vocabularies.of([]), found))
    assert f"Seuraava kierros: to 3.12.2026 klo 13.00. {said}" in drawn
    assert ("Lähettäminen kestää" in drawn) == (recipients > 0)
