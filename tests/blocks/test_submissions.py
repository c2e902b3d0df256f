"""A form that could not be stored comes back with what was typed in it, whatever kind of field it was."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.blocks import feedback, loop, meetings, networks, observations, others, practices, summaries
from bot.blocks.parts import Block, date_input, field, line_input, modal, section, select, text_input
from bot.blocks.submissions import again, value_in
from bot.errors import PersonalDataFound
from bot.rules.feedback import Reply
from bot.rules.loop import Sentence
from bot.rules.meetings import MeetingDraft
from bot.rules.observations import Draft
from bot.rules.others import Told
from bot.rules.practices import Card, Decision, Tried
from bot.rules.summaries import Words
from bot.rules.vocabularies import Vocabularies
from bot.texts import LANGUAGES, Texts
from storage.models import PracticeDraft, Term
from storage.vocabularies import shipped
from tests.fakes._validators import view_is_refused


def form() -> dict[str, Any]:
    blocks = [
        section(":warning: Aiempi huomautus"),
        field("title", "Otsikko", line_input("title", "vanha", 20)),
        field("reply", "Viesti", text_input("reply", "vanha", "Mitä?", 3000), optional=True),
        field("status", "Tila", select("status", [("a", "A"), ("b", "B")], "a", "Valitse")),
        field("review_date", "Päivä", date_input("review_date", date(2026, 11, 25)), optional=True),
    ]
    return {**modal("x.form", "Lomake", "Peruuta", blocks, "Tallenna"), "private_metadata": '{"n":1}', "id": "V1"}


def test_what_was_typed_chosen_and_emptied_stands_in_it() -> None:
    chosen = form()["blocks"][3]["element"]["options"][1]
    values = {
        "title": {"title": {"type": "plain_text_input", "value": "uusi"}},
        "reply": {"reply": {"type": "plain_text_input", "value": None}},
        "status": {"status": {"type": "static_select", "selected_option": chosen}},
        "review_date": {"review_date": {"type": "datepicker", "selected_date": "2026-12-24"}},
    }
    view = again({**form(), "state": {"values": values}}, "Yritä uudelleen.")
    assert view_is_refused(view) == []
    assert [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"] == [
        ":warning: Yritä uudelleen."
    ]
    elements = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert elements["title"]["initial_value"] == "uusi"
    assert "initial_value" not in elements["reply"]
    assert value_in(view, "status") == "b"
    assert elements["review_date"]["initial_date"] == "2026-12-24"
    assert view["private_metadata"] == '{"n":1}'


def test_what_came_back_empty_stands_as_it_was_drawn() -> None:
    view = again({**form(), "state": {"values": {"status": {"status": {"selected_option": None}}}}}, "Yritä uudelleen.")
    assert value_in(view, "status") == "a"


VALUES = {
    "plain_text_input": ("value", "initial_value", "sana"),
    "email_text_input": ("value", "initial_value", "a@example.org"),
    "url_text_input": ("value", "initial_value", "https://example.org"),
    "number_input": ("value", "initial_value", "12"),
    "rich_text_input": ("rich_text_value", "initial_value", {"type": "rich_text", "elements": []}),
    "static_select": ("selected_option", "initial_option", {"value": "a"}),
    "checkboxes": ("selected_options", "initial_options", [{"value": "a"}]),
    "datepicker": ("selected_date", "initial_date", "2026-12-24"),
    "timepicker": ("selected_time", "initial_time", "09:15"),
    "datetimepicker": ("selected_date_time", "initial_date_time", 1798102800),
    "users_select": ("selected_user", "initial_user", "U1"),
    "multi_users_select": ("selected_users", "initial_users", ["U1"]),
    "conversations_select": ("selected_conversation", "initial_conversation", "C1"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", ["C1"]),
    "channels_select": ("selected_channel", "initial_channel", "C1"),
    "multi_channels_select": ("selected_channels", "initial_channels", ["C1"]),
}


@pytest.mark.parametrize("kind", VALUES)
def test_every_kind_of_value_that_slack_knows_comes_back(kind: str) -> None:
    held, initial, value = VALUES[kind]
    view = modal("x", "Lomake", "Peruuta", [field("f", "Kenttä", {"type": kind, "action_id": "f"})], "Tallenna")
    state = {"values": {"f": {"f": {"type": kind, held: value}}}}
    assert again({**view, "state": state}, "Yritä uudelleen.")["blocks"][1]["element"][initial] == value


VOCABULARIES = Vocabularies.of(Term.model_validate({"workspace": "T0RAPORTOI", **row}) for row in shipped())
ASKED = PersonalDataFound({}, {"text": ("email",)}, frozenset({"mark"}))
CARD = PracticeDraft(workspace="T0RAPORTOI", number="M-0001", author="U0AINO0001", name="Nimi", what="Kuvaus")
TEXT, NEW = meetings.TextRead("Kysy", "n"), meetings.MeetingRead(MeetingDraft(), "n")
THAT_ASK: dict[str, tuple[str, Callable[[Texts], Block]]] = {  # what its button says without the guard's question
    "meeting looked at": ("Preview", lambda t: meetings.form(t, NEW, ASKED)),
    "meeting": ("Publish", lambda t: meetings.form(t, NEW, ASKED, [section("x")])),
    "meeting that stands": ("Save", lambda t: meetings.form(t, meetings.MeetingRead(NEW.draft, "", "k"), ASKED)),
    "agenda": ("Save", lambda t: meetings.agenda_form(t, TEXT, ((), ()), ASKED)),
    "proposal": ("Send", lambda t: meetings.propose_form(t, TEXT, ASKED)),
    "what followed": ("Publish", lambda t: meetings.followed_form(t, TEXT, ASKED, [section("x")])),
    "reply": ("Send", lambda t: feedback.form(t, Reply("Kysy"), problem=ASKED)),
    "sentence": ("Send", lambda t: loop.form(t, "2026-0001", Sentence("Kysy"), ASKED)),
    "for others": ("Send", lambda t: others.form(
        t, VOCABULARIES, others.OthersRead(Draft(), Told(), "1", "n", coordinator=True), ASKED)),
    "card": ("Send", lambda t: practices.form(t, VOCABULARIES, practices.PracticeRead(Card(), "n"), ASKED)),
    "draft": ("Save", lambda t: practices.form(
        t, VOCABULARIES, practices.PracticeRead(Card(), "n", is_sent=False), ASKED)),
    "card that waits": ("Save", lambda t: practices.review(t, VOCABULARIES, CARD, Decision(), ASKED)),
    "tried": ("Save", lambda t: practices.tried_form(t, practices.TriedRead(Tried(), "M-0001"), ASKED)),
    "words of the summary": ("Save", lambda t: summaries.form(
        t, summaries.SummaryRead(Words(), "2026-01-01", "fi"), ASKED)),
    "wording": ("Save", lambda t: networks.preview(t, "report_reminder", {}, ASKED)),
}  # fmt: skip


@pytest.mark.parametrize("name", THAT_ASK)
def test_the_guards_question_names_the_forms_own_button_which_still_says_what_it_does(name: str) -> None:
    button, drawn = THAT_ASK[name]
    for language in LANGUAGES:
        t = Texts(language)
        view = drawn(t)
        assert view["submit"]["text"] == observations.submit_label(t, button, warned=True)
        assert view["submit"]["text"] in str(view["blocks"])
        assert view_is_refused(view) == []
