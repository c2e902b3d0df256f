"""App Home, one's own settings and a reminder, by hand at the page of a local Slack."""

import pytest

from bot.deps import Deps
from tests.e2e.conftest import AINO, BERTTA
from tests.e2e.page import SlackPage
from tests.stories.rounds import answered, opens

pytestmark = pytest.mark.both_databases


def test_a_reminder_is_drawn_whole_and_answered_by_one_press(page: SlackPage, deps: Deps) -> None:
    page.wait_for_bot()
    opens(deps)
    page.open_dm_with_bot()
    page.wait_for_message("Oletko huomannut työssäsi")
    page.press("Ei (muita) havaintoja tällä kertaa", "Oletko huomannut työssäsi")
    page.wait_for_message("Kiitos vastauksestasi")
    assert answered(deps) == [AINO.id]
    assert page.ever_undrawn() == []


def test_a_coordinators_home_is_drawn_whole(page: SlackPage, deps: Deps) -> None:
    page.wait_for_bot()
    page.be(BERTTA.real_name)
    home = page.open_home()
    home.get_by_text("Koordinaattorille").wait_for()
    assert "Seuraava kierros" in home.inner_text()
    assert page.ever_undrawn() == []
