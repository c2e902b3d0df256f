"""All that the bot can draw is found by a walk through the practice network, and Slack's own judge is asked of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import judging
from bot.demo.slack import Json
from bot.demo.walking import Drawn
from bot.settings import Settings
from tests.fakes import FakeSlack, opinions

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
WELL = {"type": "message", "text": "Hei", "blocks": [{"type": "divider"}]}
BROKEN = {"type": "home", "blocks": [{"type": "divider"}, {"type": "section"}]}


class Judged(Drawn):
    """Asks those who judge in the tests, too."""

    def __call__(self, surface: Json) -> list[str]:
        super().__call__(surface)
        return opinions(surface)


def test_what_slack_refuses_stands_in_the_report_with_its_place(
    tmp_path: Path, settings: Settings, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "everything_drawn", lambda *_: {"fi message #1": WELL, "fi home #1": BROKEN})
    file, refused = judging.report(settings, NOW, tmp_path)
    slack.expects_refusal("invalid_view")
    assert (file.name, refused) == ("slack-blocks-2026-12-01.txt", 1)
    head, line = file.read_text(encoding="utf-8").splitlines()
    assert head == "2026-12-01: 2 messages, modals and homes in fi, sv, en; Slack refuses 1."
    assert line == "fi home #1: /blocks/1: a section needs text or fields"


@pytest.mark.long
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_whatever_is_pressed_in_the_practice_network_nothing_is_drawn_that_slack_refuses(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPORTOI_CHANNEL", "somewhere-else")  # the walk has settings of its own
    drawn = judging.everything_drawn([language], Judged())
    kinds = {name.split()[2] for name in drawn if name.split()[1] == "modal"}
    assert len(kinds) > 35  # of forms and pages
    assert len(drawn) > 120
