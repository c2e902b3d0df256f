"""The two analysers of words, each read once; a test that asks for `analyser` runs with both."""

import pytest

from bot.rules import words


@pytest.fixture(scope="session")
def voikko() -> words.Analyser:
    found = words.analyser()
    if not isinstance(found, words.VoikkoAnalyser):
        pytest.skip("Voikko is missing; on Debian: apt install libvoikko1 voikko-fi")
    return found


@pytest.fixture(scope="session")
def simplemma() -> words.Analyser:
    return words.SimplemmaAnalyser()


@pytest.fixture(scope="session", params=["voikko", "simplemma"])
def analyser(request: pytest.FixtureRequest) -> words.Analyser:
    found: words.Analyser = request.getfixturevalue(request.param)
    return found
