"""A confirmed warning of the privacy guard covers the very words that were seen in their field, and nothing more."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import PersonalDataFound
from bot.rules.observations import Draft, guard
from bot.rules.privacy import examine

KEY = b"k" * 32
MAILS = [f"henkilo{number}@example.org" for number in range(120)]


def asked(texts: dict[str, str], confirmed: frozenset[str] = frozenset(), key: bytes = KEY) -> PersonalDataFound | None:
    try:
        examine(texts, key, confirmed)
    except PersonalDataFound as problem:
        return problem
    return None


def seen(texts: dict[str, str], confirmed: frozenset[str] = frozenset()) -> frozenset[str]:
    problem = asked(texts, confirmed)
    assert problem is not None
    return problem.seen


def test_what_was_confirmed_passes_and_another_name_is_asked_about() -> None:
    confirmed = seen({"text": "Toimija on Kirjava Kulma"})
    assert asked({"text": "Toimija on  Kirjava\nKulma, ja se toimii hyvin"}, confirmed) is None
    again = asked({"text": "Toimija on Kirjava Kulma, asiakas Kaija Keksitty"}, confirmed)
    assert again is not None
    assert again.warned == {"text": ("name",)}
    assert asked({"text": "Toimija on Kirjava Kulma, asiakas Kaija Keksitty"}, again.seen) is None


def test_the_same_words_in_another_field_are_asked_about() -> None:
    text = "Kysy: neuvonta@example.org"
    again = asked({"text": "", "proposal": text}, seen({"text": text, "proposal": ""}))
    assert again is not None
    assert again.warned == {"proposal": ("email",)}


def test_another_emergency_is_asked_about() -> None:
    with pytest.raises(PersonalDataFound) as first:
        guard(Draft(text="Asiakas löi äitiään"), KEY)
    guard(Draft(text="Jonot kasvavat. Asiakas löi äitiään", confirmed=first.value.seen), KEY)
    with pytest.raises(PersonalDataFound) as second:
        guard(Draft(text="Perheessä lapsia hakataan", confirmed=first.value.seen), KEY)
    assert second.value.warned == {"text": ("urgent",)}


def test_words_that_may_never_be_stored_cannot_be_confirmed() -> None:
    text = {"text": "Asiakas 130279-901E kysyi osoitteesta neuvonta@example.org"}
    again = asked(text, seen(text))
    assert again is not None
    assert again.blocked == {"text": ("identity_code",)}
    assert again.warned == {}


@given(st.lists(st.sampled_from(MAILS), min_size=1, unique=True), st.data())
def test_what_was_seen_passes_as_it_was_and_nothing_else_does(mails: list[str], data: st.DataObject) -> None:
    confirmed = seen({"text": " ja ".join(mails)})
    assert asked({"text": " tai ".join(mails)}, confirmed) is None
    assert len(json.dumps(sorted(confirmed))) < 1100
    other = data.draw(st.sampled_from([mail for mail in MAILS if mail not in mails] or ["joku@example.com"]))
    assert asked({"text": " ja ".join([*mails, other])}, confirmed) is not None


def test_a_mark_tells_nothing_without_the_key() -> None:
    text = {"text": "Kysy: neuvonta@example.org"}
    (mark,) = seen(text)
    other = asked(text, key=b"o" * 32)
    assert other is not None
    assert len(mark) == 8
    assert mark not in other.seen
