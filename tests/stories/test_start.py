"""Right after the socket's hello, before anybody asks, what the first to ask would wait for is read."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.app import Bot
from bot.rules.words import SimplemmaAnalyser, VoikkoAnalyser, _lists, analyser
from bot.settings import Settings
from tests.bots import running
from tests.fakes import FakeSlack, Person

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"


class Lists(_lists.WordLists):
    """The lists, which remember whether a socket stood when they were read."""

    def __init__(self, slack: FakeSlack) -> None:
        super().__init__()
        self.slack, self.read = slack, list[tuple[str, bool]]()

    def _get_dictionary_uncached(self, lang: str) -> Mapping[str, str]:
        with self.slack.world.changed:
            self.read.append((lang, self.slack.live_sockets > 0))
            self.slack.world.changed.notify_all()
        return {}


@pytest.mark.parametrize(("kind", "wanted"), [(VoikkoAnalyser, {"sv"}), (SimplemmaAnalyser, {"fi", "sv"})])
def test_both_languages_are_read_after_the_hello_and_not_again_for_the_first_line(
    slack: FakeSlack, settings: Settings, aino: Person, monkeypatch: pytest.MonkeyPatch, kind: Any, wanted: set[str]
) -> None:
    if not isinstance(analyser(), VoikkoAnalyser):
        pytest.skip("Voikko is missing; on Debian: apt install libvoikko1 voikko-fi")
    lists = Lists(slack)
    monkeypatch.setattr(_lists, "word_lists", lambda: lists)
    monkeypatch.setattr("bot.app._parts.analyser", kind)
    with running(Bot(settings), slack):
        slack.world.wait_for(lambda: {lang for lang, _ in lists.read} == wanted, 10, lambda: f"{lists.read}")
        read = list(lists.read)
        aino.types("/raportoi", WORDS)
        aino.types("/rapportera", "Det finns för få stödbostäder för unga i Pargas")
        slack.waits_for_call("chat.postMessage", times=2)
    assert lists.read == read
    assert all(connected for _, connected in read)
