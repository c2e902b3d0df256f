"""What coordinators see stays within Slack's limits, whatever was typed: long texts, markup, long histories."""

import html
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import home, phenomena, queues, reviews, several
from bot.blocks.parts import quotes
from bot.rules import queues as queue_rules
from bot.rules.observations import Own
from bot.rules.people import Choices
from bot.rules.phenomena import Listed, Met, PhenomenonDraft, Reviewed, Shown
from bot.rules.privacy import MOST_MARKS
from bot.rules.queues import Counts, Page, Wanted, written
from bot.rules.reminders import Expected
from bot.rules.reviews import Review
from bot.rules.statuses import NAMES, Step
from bot.rules.vocabularies import Vocabularies
from bot.texts import LANGUAGES, Texts
from storage.models import Move, Observation, Phenomenon, Term
from storage.vocabularies import shipped
from tests.fakes._validators import blocks_are_refused, view_is_refused

TODAY = date(2026, 11, 25)
NASTY = ("<!channel> <@U0VICTIM1> & *lihava* `" * 90)[:3000]
SHORT = NASTY[:200]
VOCABULARIES = Vocabularies.of(Term.model_validate({"workspace": "T0RAPORTOI", **row}) for row in shipped())


def observation(number: int = 0, **more: Any) -> Observation:
    values = {"key": f"{number:032}", "workspace": "T0RAPORTOI", "number": f"2026-{number:04}", "once": str(number),
              "author": "U0AINO0001", "filed_on": date(2026, 10, 1), "week": 202640, "kind": "E", "theme": "SHL11-02",
              "theme_set": "SHL11-2023", "text": NASTY, "proposal": "&" * 3000, "area": "853", "scale": "6-20",
              "due_on": date(2026, 10, 15)}  # fmt: skip
    return Observation(**{**values, **more})


def phenomenon(number: int = 0, **more: Any) -> Phenomenon:
    values = {"key": f"f{number:031}", "workspace": "T0RAPORTOI", "number": f"I-{number:04}", "once": str(number),
              "title": NASTY[:150], "text": "<" * 3000, "theme": "SHL11-02", "started_on": TODAY, "noted_on": TODAY,
              "due_on": date(2026, 11, 1)}  # fmt: skip
    return Phenomenon(**{**values, **more})


def moves(count: int) -> list[Move]:
    return [
        Move(key=f"{step}", workspace="T0RAPORTOI", subject="s", step=step, what="status", on_day=TODAY,
             actor="U0KOORD001" if step % 2 else None, status="viety", reason=SHORT, receiver=SHORT, words="&" * 3000)
        for step in range(1, count + 1)
    ]  # fmt: skip


def review_of(row: Observation, count: int = 60) -> Review:
    many = [phenomenon(number) for number in range(92)]
    return Review(row, moves(count), many, None, many[-1], TODAY)


def plain_words(view: Any) -> str:
    return "".join(block["text"]["text"] for block in view["blocks"] if block["type"] == "section")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_observation_with_the_longest_history_opens(language: str) -> None:
    t, review = Texts(language), replace(review_of(observation()), similar=[observation(at) for at in (1, 2, 3)])
    marks = frozenset(f"mark{number:04}" for number in range(MOST_MARKS))
    typed = Step("ohjattu", SHORT, SHORT, TODAY, NASTY, confirmed=marks)
    wanted = written(Wanted("E", "SHL11-02", "853", "kasittelyssa", '"' * 60, 999999, 999999))
    origin = {"q": wanted, "r": "https://hooks.slack.com/" + "x" * 120, reviews.BACK: "x" * 16}
    read = reviews.ReviewRead(review.row.number, 0, 0, typed, origin)
    view = reviews.form(t, VOCABULARIES, review, read, "x" * 1000, warned=True)
    assert view_is_refused(view) == []
    assert html.escape(NASTY, quote=False) in plain_words(view)
    assert "&amp;" * 3000 in plain_words(view).replace("”", "")
    shown = [block for block in view["blocks"] if block["type"] != "input" or block["block_id"] == "phenomenon"]
    assert "<!channel>" not in str(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_as_one_answer_may_go_to_stand_in_one_form_and_are_read_back(language: str) -> None:
    listed = [observation(number, version=999) for number in range(several.MOST)]
    typed = Step("ohjattu", SHORT, SHORT, TODAY, NASTY, confirmed=frozenset(f"m{at:08}" for at in range(MOST_MARKS)))
    origin = {"q": written(Wanted("E", "SHL11-02", "853", "uusi", '"' * 60, 999999)), "r": "https://e.org/" + "x" * 130}
    at = [(one.number, one.version) for one in listed]
    read = reviews.ReviewRead(at[0][0], 999, 0, typed, origin, at[1:])
    many = [phenomenon(number) for number in range(92)]
    view = several.form(Texts(language), listed, many, read, "x" * 1000, warned=True)
    assert view_is_refused(view) == []
    ticked = {name: {name: {"selected_options": [{"value": one.number} for one in listed]}} for name in several.FIELDS}
    again = several.read_form({**view, "state": {"values": ticked}})
    assert (again.several, again.origin, again.step.confirmed) == (at, origin, typed.confirmed)
    assert several.listed_in(view) == [one.number for one in listed]
    assert several.read_form({}).several[0][0] == ""


def test_of_a_long_history_the_last_steps_stand_and_the_rest_is_counted() -> None:
    short = [move.model_copy(update={"words": "", "reason": "", "receiver": ""}) for move in moves(60)]
    drawn = reviews.history(Texts("fi"), short)
    assert len(drawn) == 22
    assert drawn[1]["elements"][0]["text"] == "40 aiempaa vaihetta ei näytetä."


@pytest.mark.parametrize("status", ["uusi", "kasittelyssa", "seurannassa", "viety", "toteutunut", "ei_toimia"])
def test_a_phenomenon_is_offered_only_where_the_observation_can_still_be_joined_to_one(status: str) -> None:
    """Of one that was taken forward the reporter's "same phenomenon" is neither told nor chosen: no save would pass."""
    review = review_of(observation(status=status), 3)
    view = reviews.form(Texts("fi"), VOCABULARIES, review, reviews.unread(review, {}))
    offered = [block for block in view["blocks"] if block.get("block_id") == "phenomenon"]
    told = [block for block in view["blocks"] if "Raportoijan mielestä" in str(block)]
    assert (len(offered), len(told)) == ((0, 0) if status == "viety" else (1, 1))


def test_the_form_holds_what_it_was_drawn_with() -> None:
    review = review_of(observation(), 3)
    typed = Step("ohjattu", "Siksi", "Neuvonta", TODAY, "Kiitos")
    view = reviews.form(Texts("fi"), VOCABULARIES, review, reviews.ReviewRead("", 0, 0, typed, {"q": "x"}))
    state = {"status": "ohjattu", "reason": "Siksi", "receiver": "Neuvonta", "reply": "Kiitos"}
    values = {name: {name: {"value": value}} for name, value in state.items() if name != "status"}
    values["review_date"] = {"review_date": {"selected_date": "2026-11-25"}}
    values["phenomenon"] = {"phenomenon": {"selected_option": {"value": "I-0007"}}}
    read = reviews.read_form({**view, "state": {"values": values}})
    assert read.step == Step("ohjattu", "Siksi", "Neuvonta", TODAY, "Kiitos", "I-0007")
    assert (read.number, read.version, read.last_step, read.origin) == (review.row.number, 0, 3, {"q": "x"})


@pytest.mark.parametrize("odd", [None, {}, {"private_metadata": "]"}, {"private_metadata": "[1]", "blocks": None}])
def test_odd_forms_are_read_as_empty_ones(odd: Any) -> None:
    assert reviews.read_form(odd).step == Step()
    assert reviews.read_form(odd).version == -1
    assert phenomena.read_form(odd).draft == PhenomenonDraft()
    assert phenomena.read_review(odd)[0].number == ""


def page_of(rows: list[Observation], **wanted: Any) -> Page:
    return Page(Wanted(**wanted), rows, frozenset(row.number for row in rows), 60, Counts(60, 60, 60, 60), TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_page_of_a_coordinator_is_drawn(language: str) -> None:
    t = Texts(language)
    rows = [observation(number, area="an_old_code", status=status) for number, status in enumerate(list(NAMES)[:8])]
    queue = page_of(rows, page=3, words='"' * 60, kind="E", status="seurannassa")
    listed = Listed(1, 130, [Shown(phenomenon(number), 12, 5, Met(9, 3)) for number in range(6)], TODAY)
    own = [Own(row, steps=moves(1)) for row in rows[:5]]
    found = home.Page(Choices(), Expected(TODAY), own, is_coordinator=True, desk=home.Desk(queue, listed))
    assert view_is_refused(home.page(t, VOCABULARIES, found, "x")) == []
    message = queues.message(t, VOCABULARIES, queue)
    assert blocks_are_refused(message[1], message[0]) == []
    assert "<!channel>" not in str(message)


def test_what_waits_is_said_in_words() -> None:
    t, page = Texts("fi"), page_of([observation()])
    assert queues.overdue(t, page, observation(filed_on=date(2026, 11, 5), due_on=date(2026, 11, 19))) == (
        "odottanut 20 päivää"
    )
    followed = observation(status="seurannassa", review_on=date(2026, 11, 20), due_on=date(2026, 11, 20))
    assert queues.overdue(t, page, followed) == "asiaan oli tarkoitus palata pe 20.11.2026"
    assert queues.overdue(t, page, observation(due_on=None, status="jaettu")) == ""


@pytest.mark.parametrize("status", ["kasittelyssa", "toteutunut"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_phenomenon_is_posted_and_reviewed(language: str, status: str) -> None:
    t = Texts(language)
    row = phenomenon(title="&" * 150, text="&" * 3000, status=status, receiver="<" * 200, outcome="&" * 3000,
                     published_on=TODAY)  # fmt: skip
    one = Shown(row, 99, 27, Met(106, 27))
    text, blocks = phenomena.post(t, one)
    assert blocks_are_refused(blocks, text) == []
    assert ("phenomena.same" in str(blocks)) == (status == "kasittelyssa")
    found = Reviewed(one, moves(60), TODAY)
    assert view_is_refused(phenomena.review(t, VOCABULARIES, found, phenomena.unread(found, {}))) == []
    assert view_is_refused(phenomena.preview(t, one, blocks, {})) == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=4000))
def test_a_text_in_several_sections_is_whole(text: str) -> None:
    parts = [block["text"]["text"] for block in quotes(text, marks=False)]
    assert "".join(parts) == "".join(block["text"]["text"] for block in quotes(text))[1:-1] or not parts
    assert all(0 < len(part) <= 3000 for part in parts)
    if not set(map(ord, text)) & {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}:
        assert "".join(parts) == html.escape(text, quote=False)


def test_every_state_of_the_queue_fits_in_an_id() -> None:
    longest = Wanted("E", "SHL11-02", "853", "kasittelyssa", '"' * 60, 999999, 999999)
    assert len(queues.block_id("phenomenon5", longest)) <= 255
    assert queues.state_in(queues.block_id("row7", longest)) == longest
    assert queues.state_in("correct.2026-K7QF") is None
    assert queue_rules.read(queues.block_id("row7", longest)) == Wanted()
