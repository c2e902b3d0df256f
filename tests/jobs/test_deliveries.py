"""One message through all that can happen to it: sent, refused, unclear, looked for, put off, held, resent."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import DatabaseUnavailable, No, SlackError, SlackLater, SlackUnclear, SlackUnreachable
from bot.jobs import deliveries as jobs
from bot.jobs.deliveries import NotWanted
from bot.rules.deliveries import NEVER_SEEN, NOT_NEEDED, STALE, UNCLEAR, PutOff, Skip, Terms
from bot.services import deliveries as ledger
from storage.models import Delivery, RateGate
from tests.clocks import BUSY
from tests.ledger import AT_ONCE, WORKSPACE, After, Desk

pytestmark = pytest.mark.both_databases

ONCE_MORE = [SlackUnclear("internal_error"), SlackUnclear("TimeoutError"), SlackUnclear("not_slack")]


def work(desk: Desk, sender: jobs.Sender, turns: int = 10) -> None:
    """So many turns of a sender and a verifier, while the gate opens by itself."""
    for _ in range(turns):
        with desk.deps.write() as session:  # what Slack asked to wait is over by the next turn
            if gate := session.get(RateGate, (WORKSPACE, "chat.postMessage")):
                gate.blocked_until = None
        sender.send_one()
        sender.check_doubtful()


def test_a_message_is_sent_once_and_its_place_is_kept(desk: Desk) -> None:
    desk.due("U1")

    work(desk, desk.sender())

    row = desk.row("U1")
    assert (row.state, row.channel, row.evidence, row.attempts) == ("sent", "D1", "reply", 1)
    assert desk.slack.posted == [("U1", row.key, row.ts)]
    assert desk.arrived == ["U1"]


def test_b14_one_bad_recipient_does_not_stop_the_rest(desk: Desk) -> None:
    bad = ["is_archived", "messages_tab_disabled", "account_inactive", "restricted_action"]
    desk.slack.answers = [None, *map(SlackError, bad), None]
    desk.due(*(f"U{number}" for number in range(1, 7)))

    work(desk, desk.sender())
    work(desk, desk.sender())

    assert len(desk.slack.asked) == 6
    assert sorted(desk.states().values()) == ["failed"] * 4 + ["sent"] * 2
    assert sorted(one.reason for one in ledger.failures(desk.deps) if one.reason) == sorted(bad)


def test_b17_too_many_requests_is_a_sure_no_and_nothing_goes_while_it_lasts(desk: Desk) -> None:
    desk.slack.answers = [SlackLater("ratelimited", 7)]
    desk.due("U1", "U2")
    sender = desk.sender()

    sender.send_one()

    assert sender.send_one() == pytest.approx(7, abs=1)
    assert desk.states() == {"U1": "pending", "U2": "pending"}
    work(desk, sender)
    assert len(desk.slack.asked) == 3
    assert set(desk.states().values()) == {"sent"}


def test_b17_no_number_of_refusals_for_now_makes_a_message_fail(desk: Desk) -> None:
    desk.slack.answers = [SlackLater("ratelimited", 1)] * 20
    desk.due("U1")

    work(desk, desk.sender(), turns=21)

    assert (desk.row("U1").state, desk.row("U1").attempts) == ("sent", 1)


WAITS = [
    SlackError("channel_not_found", no=No.CHANNEL),
    SlackError("messages_tab_disabled", no=No.APP),
    SlackError("rollup_error", no=No.NOW),
]


@pytest.mark.parametrize("error", WAITS, ids=lambda error: error.code)
def test_what_passes_or_somebody_may_mend_waits_alone_however_long_that_takes(desk: Desk, error: SlackError) -> None:
    desk.slack.answers = [error] * 20
    desk.due("C1")
    desk.due("U2", occurrence="2026-12-04")
    sender = desk.sender()

    work(desk, sender)
    row = desk.row("C1")
    assert (row.state, row.error, row.attempts) == ("pending", error.code, 0)

    work(desk, sender, turns=20)
    assert set(desk.states().values()) == {"sent"}
    assert desk.row("C1").error is None


@pytest.mark.parametrize("error", WAITS, ids=lambda error: error.code)
def test_what_was_refused_until_it_was_of_no_use_has_failed(desk: Desk, error: SlackError) -> None:
    desk.slack.answers = [error] * 20
    desk.due("C1", expires_at=desk.now + timedelta(hours=1))
    work(desk, desk.sender(), turns=3)

    desk.now += timedelta(hours=2)
    work(desk, desk.sender(replace(AT_ONCE, most_skew=timedelta.max)))

    assert (desk.row("C1").state, desk.row("C1").error) == ("failed", error.code)


def test_a_post_that_a_coordinator_can_ask_for_again_is_given_back_where_its_channel_refuses_it(desk: Desk) -> None:
    desk.slack.answers = [SlackError("not_in_channel", no=No.CHANNEL)]
    desk.due("C1", kind="phenomenon", occurrence="I-AAAA")

    work(desk, desk.sender(kinds=("phenomenon",)))

    assert (desk.row("C1").state, desk.row("C1").error) == ("failed", "not_in_channel")


def test_a_word_that_nobody_knows_is_believed_after_some_tries(desk: Desk) -> None:
    desk.slack.answers = [SlackError("a_word_of_tomorrow", no=No.NOW)] * 20
    desk.due("U1")

    work(desk, desk.sender(), turns=20)

    assert (desk.row("U1").state, desk.row("U1").error) == ("failed", "a_word_of_tomorrow")
    assert len(desk.slack.asked) == AT_ONCE.most_attempts


def test_while_the_app_is_refused_nothing_goes_and_the_others_go_first_then(desk: Desk) -> None:
    """Its word may after all be about this one message, which must not keep the others back for ever."""
    desk.slack.answers = [SlackLater("access_denied", 300, no=No.APP)]
    desk.due("U1")
    desk.due("U2", occurrence="2026-12-04", not_before=desk.now)
    sender = desk.sender()

    sender.send_one()
    assert sender.send_one() == pytest.approx(300, abs=2)
    assert (desk.row("U1").state, desk.row("U1").error) == ("pending", "access_denied")

    desk.slack.answers = [SlackLater("access_denied", 300, no=No.APP)]
    desk.now += timedelta(seconds=301)
    work(desk, desk.sender(replace(AT_ONCE, most_skew=timedelta.max)), turns=1)
    assert desk.slack.asked == ["U1", "U2"]


@pytest.mark.parametrize("no", [No.APP, No.CHANNEL])
def test_what_may_stand_is_not_sent_again_while_a_refusal_hides_it(desk: Desk, no: No) -> None:
    desk.slack.answers = [After(SlackUnclear("internal_error"))]
    desk.slack.unreadable = SlackError("invalid_auth", no=no)
    desk.due("U1", kind="feedback")

    work(desk, desk.sender(), turns=20)
    assert desk.row("U1").state == "unknown"

    desk.slack.unreadable = None
    desk.now += timedelta(minutes=10)
    work(desk, desk.sender(replace(AT_ONCE, most_skew=timedelta.max)))
    assert (desk.row("U1").state, desk.row("U1").evidence) == ("sent", "history")
    assert len(desk.slack.asked) == 1


@pytest.mark.parametrize("error", ONCE_MORE, ids=lambda error: error.code)
def test_what_arrived_without_an_answer_is_found_and_not_sent_again(desk: Desk, error: SlackUnclear) -> None:
    desk.slack.answers = [After(error)]
    desk.due("U1")

    work(desk, desk.sender())

    assert (desk.row("U1").state, desk.row("U1").evidence) == ("sent", "history")
    assert len(desk.slack.asked) == 1
    assert desk.arrived == ["U1"]


@pytest.mark.parametrize("error", ONCE_MORE, ids=lambda error: error.code)
def test_what_did_not_arrive_is_sent_again_once_that_is_sure(desk: Desk, error: SlackUnclear) -> None:
    desk.slack.answers = [error]
    desk.due("U1")

    work(desk, desk.sender())

    assert (desk.row("U1").state, desk.row("U1").evidence) == ("sent", "reply")
    assert (len(desk.slack.asked), len(desk.slack.posted)) == (2, 1)


def test_where_nothing_left_the_machine_it_is_tried_again_without_looking(desk: Desk) -> None:
    desk.slack.answers = [SlackUnreachable("ConnectionRefusedError")] * 12
    desk.slack.unreadable = SlackUnclear("nobody should read")
    desk.due("U1")

    work(desk, desk.sender(), turns=13)

    assert (desk.row("U1").state, desk.row("U1").attempts) == ("sent", 1)


@pytest.mark.parametrize("error", ONCE_MORE, ids=lambda error: error.code)
def test_what_never_arrives_is_tried_as_long_as_it_is_of_use(desk: Desk, error: SlackUnclear) -> None:
    tries = 2 * AT_ONCE.most_attempts
    desk.slack.answers = [error] * tries
    desk.due("U1", expires_at=desk.now + timedelta(hours=1))
    sender = desk.sender()

    work(desk, sender, turns=tries)
    assert (desk.row("U1").state, desk.row("U1").error) == ("pending", NEVER_SEEN)

    work(desk, sender)
    row = desk.row("U1")
    assert (row.state, row.error, row.attempts) == ("sent", None, tries + 1)
    assert desk.slack.posted == [("U1", row.key, row.ts)]


def test_what_never_arrived_has_failed_once_it_is_of_no_use(desk: Desk) -> None:
    tries = 2 * AT_ONCE.most_attempts
    desk.slack.answers = [SlackUnclear("internal_error")] * (tries + 1)
    desk.due("U1", expires_at=desk.now + timedelta(hours=1))
    work(desk, desk.sender(), turns=tries)

    desk.now += timedelta(hours=2)
    work(desk, desk.sender(replace(AT_ONCE, most_skew=timedelta.max)))

    assert (desk.row("U1").state, desk.row("U1").error) == ("failed", NEVER_SEEN)
    assert len(desk.slack.asked) == tries


def test_what_arrives_at_last_without_an_answer_is_not_sent_once_more(desk: Desk) -> None:
    tries = 2 * AT_ONCE.most_attempts
    desk.slack.answers = [*[SlackUnclear("internal_error")] * tries, After(SlackUnclear("internal_error"))]
    desk.due("U1")

    work(desk, desk.sender(), turns=tries + 10)

    assert (desk.row("U1").state, desk.row("U1").evidence) == ("sent", "history")
    assert len(desk.slack.posted) == 1


def test_a_reminder_is_held_where_nobody_can_know(desk: Desk) -> None:
    desk.slack.answers = [After(SlackUnclear("internal_error"))]
    desk.slack.unreadable = SlackError("missing_scope")
    desk.due("U1", expires_at=desk.now + timedelta(hours=1))
    sender = desk.sender()
    work(desk, sender, turns=20)
    assert desk.row("U1").state == "unknown"

    desk.now += timedelta(hours=2)
    work(desk, desk.sender(replace(AT_ONCE, most_skew=timedelta.max)))

    assert (desk.row("U1").state, desk.row("U1").error) == ("failed", UNCLEAR)
    assert len(desk.slack.asked) == 1


def test_feedback_is_sent_again_where_nobody_can_know(desk: Desk) -> None:
    desk.slack.answers = [SlackUnclear("internal_error")]
    desk.slack.unreadable = SlackError("missing_scope")
    desk.due("U1", kind="feedback")

    work(desk, desk.sender(), turns=20)

    assert desk.row("U1").state == "sent"
    assert len(desk.slack.asked) == 2


def test_a_history_that_can_be_read_again_settles_it(desk: Desk) -> None:
    desk.slack.answers = [After(SlackUnclear("internal_error"))]
    desk.slack.unreadable = SlackUnclear("internal_error")
    desk.due("U1")
    sender = desk.sender()
    work(desk, sender, turns=5)

    desk.slack.unreadable = None
    work(desk, sender)

    assert (desk.row("U1").state, desk.row("U1").evidence) == ("sent", "history")


def test_what_is_no_longer_wanted_is_skipped_for_one_neutral_reason(desk: Desk) -> None:
    desk.due("U1", "U2")
    desk.verdicts["U1"] = Skip()
    desk.drawn["U2"] = NotWanted(NOT_NEEDED)

    work(desk, desk.sender())

    assert desk.slack.asked == []
    assert [(desk.row(user).state, desk.row(user).error) for user in ("U1", "U2")] == [("skipped", NOT_NEEDED)] * 2


def test_outside_working_hours_it_waits_and_what_has_become_stale_goes_nowhere(desk: Desk) -> None:
    desk.due("U1", "U2", expires_at=desk.now + timedelta(hours=2))
    desk.due("U3", expires_at=desk.now)
    opens = desk.now + timedelta(hours=1)
    desk.verdicts |= {"U1": PutOff(opens), "U2": PutOff(desk.now + timedelta(hours=3))}

    work(desk, desk.sender())

    assert desk.states() == {"U1": "pending", "U2": "expired", "U3": "expired"}
    assert (desk.row("U1").not_before, desk.row("U3").error) == (opens, STALE)


@pytest.mark.parametrize("where", ["verdicts", "drawn"])
def test_what_cannot_be_judged_or_drawn_fails_by_itself(desk: Desk, where: str) -> None:
    desk.due("U1", "U2")
    getattr(desk, where)["U1"] = KeyError("a mistake of ours")

    work(desk, desk.sender(), turns=20)

    assert desk.states() == {"U1": "failed", "U2": "sent"}
    assert desk.row("U1").error in ("check", "draw")


def test_a_database_that_is_away_while_drawing_is_no_mistake(desk: Desk) -> None:
    desk.due("U1")
    desk.drawn["U1"] = DatabaseUnavailable()
    sender = desk.sender()
    work(desk, sender, turns=12)
    assert desk.row("U1").state == "pending"

    desk.drawn.clear()
    work(desk, sender)

    assert desk.row("U1").state == "sent"


def test_a_thread_that_was_frozen_after_its_claim_does_not_post(desk: Desk) -> None:
    desk.due("U1")
    terms = replace(AT_ONCE, frozen=-1.0)

    desk.sender(terms).send_one()

    assert desk.slack.asked == []
    assert (desk.row("U1").state, desk.row("U1").attempts) == ("pending", 0)


@pytest.mark.parametrize("apart", [timedelta(seconds=-61), timedelta(days=40)])
def test_nothing_is_sent_while_slack_has_another_time_than_we(desk: Desk, apart: timedelta) -> None:
    desk.due("U1")
    desk.slack.shows = desk.now + apart
    sender = desk.sender()

    assert sender.send_one() > 0
    assert "Slack" in sender.trouble
    desk.slack.shows = desk.now + timedelta(seconds=59)
    work(desk, sender)

    assert desk.row("U1").state == "sent"
    assert sender.trouble == ""


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_nothing_is_sent_while_the_database_has_another_time_than_we(desk: Desk) -> None:
    desk.due("U1")
    desk.now += timedelta(minutes=2)
    sender = desk.sender()

    sender.send_one()

    assert desk.slack.asked == []
    assert "database" in sender.trouble


def test_b19_with_a_withdrawn_token_nothing_is_asked_and_nothing_fails(desk: Desk) -> None:
    desk.due("U1")
    desk.slack.removed = "token_revoked"

    work(desk, desk.sender())

    assert desk.slack.asked == []
    assert desk.row("U1").state == "pending"


def test_b20_after_an_outage_the_message_goes_once_if_it_is_still_of_use(desk: Desk) -> None:
    desk.due("U1", not_before=desk.now - timedelta(hours=1))

    work(desk, desk.sender())
    work(desk, desk.sender())

    assert desk.slack.asked == ["U1"]


def test_b26_a_kind_that_this_release_does_not_know_is_left_for_one_that_does(desk: Desk) -> None:
    desk.due("U1")

    work(desk, desk.sender(kinds=("feedback",)))
    assert desk.row("U1").state == "pending"

    work(desk, desk.sender())
    assert desk.row("U1").state == "sent"


def test_what_follows_a_message_may_fail_without_harm(desk: Desk) -> None:
    desk.due("U1")
    desk.arrived = None  # type: ignore[assignment]  # so that noting it down fails

    work(desk, desk.sender())

    assert desk.row("U1").state == "sent"


def test_threads_send_from_start_to_stop(desk: Desk) -> None:
    sender = desk.sender()
    sender.start()
    desk.due(*(f"U{number}" for number in range(20)))
    deadline = time.monotonic() + BUSY
    while set(desk.states().values()) != {"sent"} and time.monotonic() < deadline:
        time.sleep(0.02)
    sender.stop()

    assert sorted(desk.slack.asked) == sorted({f"U{number}" for number in range(20)})
    desk.due("U99")
    time.sleep(0.1)
    assert desk.row("U99").state == "pending"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_b21_on_sqlite_one_of_two_processes_sends_and_the_other_follows_when_it_is_gone(desk: Desk) -> None:
    first, second = ledger.OnlySender(desk.deps), ledger.OnlySender(desk.deps)

    assert [first.granted(), second.granted(), first.granted()] == [True, False, True]
    first.release()
    assert second.granted()
    second.release()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_sqlite_what_a_dead_process_held_is_looked_for_at_once(desk: Desk) -> None:
    desk.due("U1")
    ledger.claim(desk.deps, Terms(), "dead", {"report_reminder": lambda *_: None})
    assert ledger.take_doubtful(desk.deps, AT_ONCE, "another") == []

    right = ledger.OnlySender(desk.deps)
    assert right.granted()

    assert [row.recipient for row in ledger.take_doubtful(desk.deps, AT_ONCE, "another")] == ["U1"]
    right.release()


@pytest.mark.parametrize("dies", ["before drawing", "before posting", "after posting", "before writing down"])
def test_wherever_a_sender_dies_the_next_one_ends_with_one_message(desk: Desk, dies: str) -> None:
    desk.due("U1")
    dying = desk.sender(replace(AT_ONCE, lease=timedelta(seconds=-1)))  # so that the next need not wait for its end
    if dies == "before drawing":
        desk.drawn["U1"] = KeyboardInterrupt()
    elif dies == "before writing down":
        dying._write_down = _die  # type: ignore[method-assign]
    else:
        desk.slack.dies = dies
    with pytest.raises(KeyboardInterrupt):
        dying.send_one()
    desk.drawn.clear()

    work(desk, desk.sender())

    assert desk.row("U1").state == "sent"
    assert len(desk.slack.posted) == 1


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def replies(desk: Desk) -> None:
    desk.due("U1", key="a" * 32)
    desk.due("U1", occurrence="2026-12-03:2", key="b" * 32, thread_of="a" * 32, not_before=desk.now)
    desk.verdict = ledger.after_main


def test_a_reply_goes_to_the_thread_of_its_main_message_once_that_stands(desk: Desk) -> None:
    replies(desk)

    work(desk, desk.sender())

    assert [key for _, key, _ in desk.slack.posted] == ["a" * 32, "b" * 32]
    assert desk.slack.threads == ["", desk.slack.posted[0][2]]
    assert desk.slack.asked == ["U1", "D1"]


def test_a_reply_waits_while_its_main_message_is_in_doubt_and_is_not_needed_without_it(desk: Desk) -> None:
    replies(desk)
    desk.slack.answers = [SlackUnclear("internal_error")]
    sender = desk.sender()
    for _ in range(3):
        sender.send_one()
    assert desk.slack.asked == ["U1"]

    desk.slack.answers = [SlackError("account_inactive")]
    sender.check_doubtful()
    desk.now += timedelta(seconds=6)
    for _ in range(3):
        sender.send_one()

    with desk.deps.read() as session:
        states = [session.get(Delivery, letter * 32).state for letter in "ab"]
    assert states == ["failed", "skipped"]
    assert desk.slack.posted == []
