"""What is stored of a person reads as words: no table, kind or state stands there by its code."""

import json
import re
from datetime import UTC, date, datetime
from html import unescape

import pytest

from bot.blocks import own_data
from bot.blocks.own_data._named import MESSAGES, STATES
from bot.blocks.own_data._pages import SECTIONS, TABLES, _parts
from bot.blocks.own_data._rows import DRAWN
from bot.rules.deliveries import WAITING
from bot.rules.kinds import Kind
from bot.rules.own_data import Stored
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage import vocabularies
from storage.models import Term, naming

NOON = datetime(2026, 12, 2, 10, tzinfo=UTC)
PERSON = {
    "language": "sv",
    "area": "853",
    "reminders": True,
    "paused_until": None,
    "absence_start": None,
    "absence_end": None,
}
ROWS = {
    "person": [PERSON],
    "delivery": [{"kind": kind, "state": "sent", "sent_at": NOON, "not_before": NOON} for kind in Kind],
    "audit": [{"at": NOON, "what": "observation.opened", "subject": "2026-K7QF"}],
}


def test_every_table_that_names_a_person_has_a_title_and_is_drawn() -> None:
    named = {table.name for table, _, _ in naming()} | {"move"}
    assert named == set(TABLES)
    assert named == set(DRAWN) | {"observation", "person"}


@pytest.mark.parametrize("text", ["&" * 3000, "<script>" * 375, "\x0b\u2028\u202e\u200f" * 700 + "loppu", "ä" * 20000])
def test_pages_show_every_sign_of_what_is_stored_whatever_it_is_made_of(text: str) -> None:
    found = Stored({"agenda_item": [{"text": text, "meeting": "m"}]})
    t, known = Texts("fi"), Vocabularies.of([])
    whole, pages = list[str](), -(-len(list(_parts(own_data.as_text(t, known, found)))) // SECTIONS)
    for number in range(pages):
        view = own_data.page(t, known, found, number)
        whole += [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]
    assert max(map(len, whole)) <= 3000
    assert not [part for part in whole if part.endswith("…")]
    for sign in set(text) & set("&<ä"):
        assert unescape("".join(whole)).count(sign) == own_data.as_text(t, known, found).count(sign)


@pytest.mark.parametrize("number", [-1, 10**9, "2", None, True, [1]])
def test_a_number_of_a_page_that_is_none_leads_to_one(number: object) -> None:
    view = own_data.page(
        Texts("fi"),
        Vocabularies.of([]),
        Stored({}),
        own_data.page_in({"private_metadata": json.dumps({"page": number})}),
    )
    assert "Sivu 1/1" in str(view)


@pytest.mark.parametrize(("wanted", "said"), [(True, "– 9.00"), (False, "– Ei, etusivu riittää")])
def test_how_a_coordinator_hears_of_what_cannot_wait_is_not_told_as_reminders(wanted: bool, said: str) -> None:
    found = Stored({"hearing": [{"wanted": wanted, "at": "09:00"}]})
    assert said in own_data.as_text(Texts("fi"), Vocabularies.of([]), found).splitlines()


def test_every_kind_and_state_of_a_message_has_words() -> None:
    assert set(MESSAGES) == set(Kind)
    assert {*WAITING, "sent", "skipped", "failed", "expired"} == set(STATES)


@pytest.mark.parametrize(("language", "said"), [("fi", ("Kieli: Svenska", "Turku")), ("sv", ("Språk: Svenska", "Åbo"))])
def test_codes_are_told_in_words(language: str, said: tuple[str, ...]) -> None:
    known = Vocabularies.of(
        Term(workspace="T0", **{**row, "position": int(row["position"])}) for row in vocabularies.shipped()
    )
    text = own_data.as_text(Texts(language), known, Stored(ROWS))
    for words in (*said, "2026-K7QF"):
        assert words in text
    for code in (*Kind, "observation.opened", " · sent", "853"):
        assert code not in text, code


def test_every_day_is_told_with_its_weekday() -> None:
    away = {"paused_until": date(2026, 12, 9), "absence_start": date(2026, 12, 10), "absence_end": date(2026, 12, 11)}
    rows = {**ROWS, "person": [{**PERSON, **away}], "departure": [{"on_day": date(2026, 12, 8)}]}
    text = own_data.as_text(Texts("fi"), Vocabularies.of([]), Stored(rows))
    days = re.findall(r"(?:\b(ma|ti|ke|to|pe|la|su) )?\d+\.\d+\.2026", text)
    assert len(days) > len(Kind)
    assert all(days)
