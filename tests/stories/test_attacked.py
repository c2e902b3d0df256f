"""What an attacker found, held for good: said wrongly, stored wrongly, gone deaf, or lost."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from bot.deps import Deps
from bot.rules import meetings as meeting_rules
from bot.rules.observations import Draft
from bot.rules.weeks import local_day
from bot.services import meetings, observations
from tests.fakes import SECONDS, FakeSlack, Person
from tests.stories.rows import stored
from tests.stories.test_acknowledging import standing_still
from tests.stories.test_triage import opened, presses

FORM = {"kind": "E", "theme": "X-90", "text": "Jonot ovat liian pitkiä kaikille"}


def code_of(aino: Person) -> str:
    """Files without a name and answers the code that is shown."""
    aino.types("/raportoi")
    aino.sees_modal(callback_id="observations.form").fill(**FORM, feedback="anonymous").submit()
    shown = aino.sees_modal(callback_id="observations.code")
    return next(word for word in shown.words.split() if word.count("-") == 2 and len(word) == 14)


def test_a_form_left_open_over_lunch_is_stored_receipted_and_never_said_to_have_broken(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)
    slack.fault("response_url", status=404, times=None)
    assert form.submit().closed
    aino.sees_dm(containing="on kirjattu")
    slack.settles()
    assert len(aino.dms) == 1
    assert len(stored(deps)) == 1


@pytest.mark.parametrize("feedback", ["named", "anonymous"])
def test_a_modal_closed_while_saving_is_not_said_to_have_broken(
    slack: FakeSlack, deps: Deps, aino: Person, feedback: str
) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM, feedback=feedback)
    with standing_still(deps):
        saving = form.submit().view
        assert saving is not None
        saving.close()
    slack.settles()
    assert len(stored(deps)) == 1
    assert not [note for note in [*aino.notes, *aino.dms] if "Jotain meni vikaan" in note.words]
    assert len(aino.dms) == (1 if feedback == "named" else 0)


@pytest.mark.parametrize(
    "frame", ["Ping from applink", "", "[]", "null", '{"type": "hel', '{"envelope_id": "e", "type": "x"}']
)
def test_a_frame_that_is_no_envelope_does_not_make_the_bot_deaf(
    slack: FakeSlack, deps: Deps, aino: Person, frame: str
) -> None:
    slack.sends_frame(frame)
    slack.settles(quiet=1.5)
    slack.wait_until_connected()
    aino.types("/raportoi", FORM["text"])
    aino.sees_dm(containing="on kirjattu")


def test_a_broken_answer_to_the_question_for_a_socket_is_asked_again(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    slack.fault("apps.connections.open", drop="before", times=1)
    opened = len(slack.calls_to("apps.connections.open"))
    slack.drops_sockets()
    slack.waits_for_call("apps.connections.open", times=opened + 1)
    slack.wait_until_connected()
    aino.types("/raportoi", FORM["text"])
    aino.sees_dm(containing="on kirjattu")


@pytest.mark.parametrize(
    "written",
    [
        "koodi {bare}",
        "koodi {dashed}",
        "{spaced} tila",
        "tila:{bare}",
        "koodini{code}",
        "koodi {zero} toimi",
        "x {dots} y",
        "x {wide} y",
        "x {alike} y",
        "x {apart} y",
    ],
)
def test_a_receipt_code_in_any_spelling_is_never_stored_under_a_name(
    slack: FakeSlack, deps: Deps, aino: Person, written: str
) -> None:
    code = code_of(aino)
    spellings = {
        "code": code, "bare": code.replace("-", "").lower(), "dashed": code.replace("-", "–"),
        "spaced": code.replace("-", " "), "dots": code.replace("-", "."), "zero": code.replace("-", "\u200b-"),
        "wide": "".join(chr(ord(sign) + 0xFEE0) for sign in code),
        "alike": code.translate(str.maketrans("AEKMHPT", "АΕКМНРТ")), "apart": " . ".join(code),
    }  # fmt: skip
    aino.types("/raportoi", "Havainto: " + written.format(**spellings))
    aino.sees_modal(containing="tunnuskoodi")
    slack.settles()
    assert [row.author for row in stored(deps)] == [None]


def test_a_receipt_code_is_not_stored_in_two_halves_either(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    code = code_of(aino)
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form")
    errors = form.fill(**FORM | {"text": f"Koodini alkaa näin: {code[:7]}"}, proposal=code[7:]).submit().errors
    assert "tunnuskoodi" in errors["text"]
    assert "tunnuskoodi" in errors["proposal"]
    assert [row.author for row in stored(deps)] == [None]


@pytest.mark.both_databases
def test_an_edit_and_a_withdrawal_at_once_leave_no_words_behind(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    for turn in range(3):
        aino.types("/raportoi", FORM["text"])
        slack.world.wait_for(lambda turn=turn: len(aino.dms) > turn, SECONDS, lambda: "no receipt")
        receipt = aino.dms[-1]
        receipt.press("observations.edit")
        form = aino.sees_modal(callback_id="observations.form").fill(text=f"Uudet sanat kertaa {turn}")
        undoing = threading.Thread(target=receipt.press, args=("observations.undo",))
        undoing.start()
        form.submit()
        undoing.join()
        slack.settles()
    assert [row.text for row in stored(deps) if row.status == "peruttu"] == [""] * 3


@pytest.mark.both_databases
def test_the_form_that_arrives_last_counts(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)
    first = form.payload()
    form.fill(text="Jonot ovat liian pitkiä, ja lisäys")
    second = form.payload()
    form.fill(feedback="anonymous")
    third = form.payload()
    for payload in (first, second):
        slack.send_copies(payload, "interactive", 1, lambda _: None)
    assert [row.text for row in stored(deps)] == ["Jonot ovat liian pitkiä, ja lisäys"]
    slack.send_copies(third, "interactive", 1, lambda _: None)
    slack.settles()
    kept = [row for row in stored(deps) if row.status == "uusi"]
    assert [(row.author, row.text) for row in kept] == [(None, "Jonot ovat liian pitkiä, ja lisäys")]
    assert [row.text for row in stored(deps) if row.status == "peruttu"] == [""]


@pytest.mark.both_databases
def test_a_form_sent_at_once_with_a_name_and_without_stands_in_one_of_the_two_ways(deps: Deps, aino: Person) -> None:
    for turn in range(5):
        both = threading.Barrier(2)

        def send(*, named: bool, nonce: str = f"form {turn}", both: threading.Barrier = both) -> None:
            draft = Draft(**FORM, named=named)
            both.wait()
            observations.file_observation(deps, draft, aino.id, nonce)

        senders = [threading.Thread(target=send, kwargs={"named": named}) for named in (True, False)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
    assert len([row for row in stored(deps) if row.text]) == 5
    assert not [row for row in stored(deps) if row.status == "peruttu" and row.author]


def test_what_the_guard_stops_is_not_repeated_by_an_offer(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "tila on huono kun asiakas 130279-901E soitti")
    note = aino.sees_ephemeral(containing="Onko tämä havainto")
    assert "130279-901E" not in note.words


def test_halves_in_two_fields_are_one_code(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form")
    errors = (
        form.fill(kind="E", theme="X-90", text="Hänen tunnuksensa on 130279", proposal="-901E on loppu").submit().errors
    )
    assert "henkilötunnus" in errors["text"]
    assert not stored(deps)


@pytest.mark.parametrize("text", ["x" * 3000 + " 130279-901E loppu", "<&>" * 1500])
def test_the_end_of_a_long_text_is_given_back_whole(slack: FakeSlack, deps: Deps, aino: Person, text: str) -> None:
    aino.types("/raportoi", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    inside = aino.sees_modal(callback_id="observations.form").values["text"]
    slack.settles()
    escaped = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
    told = "".join(note.words.replace("”\n”", "") for note in aino.notes)
    for sign, plain in escaped.items():
        told = told.replace(sign, plain)
    rest = text[len(inside) :]
    assert rest[:400].strip() in told
    assert rest[-200:].strip() in told


def test_what_went_wrong_is_said_privately_where_the_command_takes_no_answer(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person
) -> None:
    slack.fault("response_url", status=404, times=None)
    slack.fault("views.open", error="expired_trigger_id")
    aino.types("/raportoi", "lyhyt")
    aino.sees_dm(containing="tallessa tunnin")


@pytest.mark.parametrize("what", ["review", "agenda"])
def test_a_coordinators_account_of_another_workspace_is_shown_nothing_of_ours(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, what: str
) -> None:
    aino.types("/raportoi", FORM["text"])
    aino.sees_dm(containing="on kirjattu")
    if what == "review":
        form = opened(bertta, stored(deps)[0].number).fill(reply="Kiitos")
    else:
        start = local_day(deps.now()) + timedelta(days=60)
        key = meetings.plan(deps, bertta.id, meeting_rules.MeetingDraft(title="Kokous", start_date=start), "nonce").key
        meetings.propose(deps, aino.id, FORM["text"], "nonce")
        presses(slack, bertta, "meetings.agenda", key)
        form = bertta.sees_modal(containing=FORM["text"])

    def elsewhere(payload: dict[str, Any]) -> None:
        payload["user"]["team_id"] = payload["team"]["id"] = "T0OTHER001"

    shown = form.submit(change=elsewhere).view
    assert shown is not None
    assert "verkoston jäsenille" in shown.words
    assert FORM["text"] not in shown.words


@pytest.mark.parametrize("version", ["9" * 5000, "²", "-1", ""])
def test_a_button_with_an_odd_version_answers_the_meeting(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, version: str
) -> None:
    start = local_day(deps.now()) + timedelta(days=60)
    key = meetings.plan(deps, bertta.id, meeting_rules.MeetingDraft(title="Kokous", start_date=start), "nonce").key
    presses(slack, aino, "meetings.yes", f"{key}:{version}")
    assert meetings.sight(deps, key, aino.id).own.answer == "yes"


def test_an_unknown_choice_of_name_is_not_taken_for_a_name(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)

    def twist(payload: dict[str, Any]) -> None:
        payload["view"]["state"]["values"]["feedback"]["feedback"]["selected_option"] = {"value": "both"}

    assert "feedback" in form.submit(change=twist, force=True).errors
    assert not stored(deps)
