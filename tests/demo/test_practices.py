"""The sample practice cards: each fits the form, the guard has nothing to ask, and there are eight in each language."""

import pytest

from bot.demo.practices import TRIED, samples
from bot.rules.practices import QUESTIONS, Card, guard, tidied

ANSWERED = {"Yksilöllinen sosiaalinen kuntoutus": 6, "Individuell social rehabilitering": 6}  # of the seven


@pytest.mark.parametrize("card", samples(), ids=lambda card: card.name)
def test_each_sample_fits_and_passes_the_guard(card: Card) -> None:
    assert tidied(card) == card
    assert sum(bool(getattr(card, name)) for name in QUESTIONS) == ANSWERED.get(card.name, 7)
    guard({**card.texts(), "said": TRIED}, b"k" * 32)


def test_there_are_eight_models_in_two_languages() -> None:
    assert len({card.name for card in samples()}) == 16
