"""App Home, one's own settings and a reminder, by hand at the page of a local Slack."""

from datetime import timedelta

import pytest

from bot.deps import Deps
from bot.rules.weeks import local_day
from bot.services.people import choices_of
from tests.e2e.conftest import AINO, BERTTA, CECILIA
from tests.e2e.page import SlackPage
from tests.stories.rounds import answered, opens, waiting

pytestmark = pytest.mark.both_databases


def test_home_and_its_settings_are_drawn_whole_and_stored(page: SlackPage, deps: Deps) -> None:
    page.wait_for_bot()
    home = page.open_home()
    assert "Omat asetukset" in home.inner_text()
    page.press("Muuta asetuksiani")
    form = page.wait_for_modal("Omat asetukset")
    form.choose("Kieli", "Svenska")
    form.choose("Muistutusviestit", "Ei muistutusviestejä")
    form.submit()
    form.wait_until_closed()
    chosen = choices_of(deps, AINO.id)
    assert (chosen.language, chosen.reminders) == ("sv", False)
    assert page.ever_undrawn() == []


def test_a_reminder_is_drawn_whole_and_answered_by_one_press(page: SlackPage, deps: Deps) -> None:
    page.wait_for_bot()
    opens(deps)
    page.open_dm_with_bot()
    page.wait_for_message("Oletko huomannut työssäsi")
    page.press("Ei (muita) havaintoja tällä kertaa", "Oletko huomannut työssäsi")
    page.wait_for_message("Kiitos vastauksestasi")
    assert answered(deps) == [AINO.id]
    assert page.ever_undrawn() == []


def test_each_other_button_of_a_reminder_does_what_it_says(page: SlackPage, deps: Deps) -> None:
    page.wait_for_bot()
    opens(deps)
    page.open_dm_with_bot()
    page.wait_for_message("Oletko huomannut työssäsi")
    page.press("Muistuta huomenna", "Oletko huomannut työssäsi")
    page.wait_for_message("Palaan asiaan")
    assert [(row.kind, row.recipient) for row in waiting(deps)] == [("reminder_tomorrow", AINO.id)]

    page.be(BERTTA.real_name)
    page.open_dm_with_bot()
    page.press("Tauko…", "Oletko huomannut työssäsi")
    until = local_day(deps.now()) + timedelta(days=40)
    form = page.wait_for_modal("Tauko")
    form.write("until", until.isoformat())
    form.submit()
    form.wait_until_closed()
    page.wait_for_message(f"{until.day}.{until.month}.{until.year}")
    assert not choices_of(deps, BERTTA.id).reminders

    page.be(CECILIA.real_name)
    page.open_dm_with_bot()
    page.press("Lopeta muistutusviestit", "Oletko huomannut työssäsi")
    page.wait_for_message("En enää")
    assert not choices_of(deps, CECILIA.id).reminders
    assert "Muistutusviestejä ei ole tulossa" in page.open_home().inner_text()
    assert page.ever_undrawn() == []


def test_a_coordinators_home_is_drawn_whole(page: SlackPage, deps: Deps) -> None:
    page.wait_for_bot()
    page.be(BERTTA.real_name)
    home = page.open_home()
    home.get_by_text("Koordinaattorille").wait_for()
    assert "Seuraava kierros" in home.inner_text()
    assert page.ever_undrawn() == []
