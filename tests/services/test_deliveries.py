"""What others ask of the ledger: to enter, to take back, and to tell how it stands."""

import json
from datetime import timedelta

import pytest

from bot.errors import SlackError, SlackUnclear
from bot.rules.deliveries import NOT_NEEDED, Due
from bot.services import deliveries as ledger
from storage.deliveries import doubt
from tests.ledger import WORKSPACE, After, Desk

pytestmark = pytest.mark.both_databases


def test_nothing_is_entered_where_the_deed_itself_is_rolled_back(desk: Desk) -> None:
    due = Due("feedback", "1", "U1", desk.now, desk.now + timedelta(hours=1))

    def deed() -> None:
        with desk.deps.write() as session:
            assert ledger.enqueue(session, WORKSPACE, [due]) == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        deed()

    assert desk.states() == {}


def test_a_kind_without_a_policy_is_refused(desk: Desk) -> None:
    with pytest.raises(KeyError):
        desk.due("U1", kind="report_remainder")


def test_the_kind_gives_the_priority_unless_one_is_asked_for(desk: Desk) -> None:
    desk.due("U1", params={"n": "Å", "a": 1})
    desk.due("U2", priority=1)

    assert (desk.row("U1").priority, desk.row("U2").priority) == (7, 1)
    assert json.loads(desk.row("U1").params) == {"a": 1, "n": "Å"}


def test_what_is_cancelled_is_not_sent_and_carries_one_neutral_reason(desk: Desk) -> None:
    desk.due("U1", "U2")
    desk.due("U3", occurrence="2027-01-07", not_before=desk.now + timedelta(hours=1))
    desk.sender().send_one()

    with desk.deps.write() as session:
        assert ledger.cancel(session, WORKSPACE, "report_reminder", "2026-12-03") == 1
        assert ledger.cancel(session, WORKSPACE, "report_reminder", "2026-12-03") == 0

    assert sorted(desk.states().values()) == ["pending", "sent", "skipped"]
    (skipped,) = (one for one in ledger.failures(desk.deps) if one.state == "skipped")
    assert skipped.reason == NOT_NEEDED


@pytest.mark.parametrize(("answer", "becomes"), [(After(SlackUnclear("x")), "sent"), (SlackUnclear("x"), "expired")])
def test_what_is_cancelled_on_its_way_is_not_sent_again(desk: Desk, answer: SlackUnclear | After, becomes: str) -> None:
    desk.slack.answers = [answer]
    desk.due("U1")
    sender = desk.sender()
    sender.send_one()

    with desk.deps.write() as session:
        ledger.cancel(session, WORKSPACE, "report_reminder", "2026-12-03")
    for _ in range(3):
        sender.check_doubtful()
        sender.send_one()

    assert desk.states() == {"U1": becomes}
    assert len(desk.slack.asked) == 1


def test_after_a_restore_only_what_could_have_gone_since_is_looked_for(desk: Desk) -> None:
    desk.due("U1")
    desk.due("U2", not_before=desk.now + timedelta(hours=1))
    backup = desk.now - timedelta(hours=3)

    with desk.deps.write() as session:
        assert doubt(session, backup, desk.now) == 1

    assert desk.states() == {"U1": "unknown", "U2": "pending"}
    assert desk.row("U1").first_intent_at == backup


def test_how_the_ledger_stands_is_told_by_kind_state_and_reason_without_persons(desk: Desk) -> None:
    desk.slack.answers = [SlackError("is_archived"), None]
    desk.due("U1", "U2")
    desk.due("U3", "U4", not_before=desk.now + timedelta(hours=1))
    desk.due("U5", kind="weekly_digest", not_before=desk.now - timedelta(hours=1))
    sender = desk.sender()
    sender.send_one()
    sender.send_one()

    stands = {(one.kind, one.state, one.reason): one for one in ledger.failures(desk.deps)}

    assert {key: one.count for key, one in stands.items()} == {
        ("report_reminder", "failed", "is_archived"): 1,
        ("report_reminder", "sent", None): 1,
        ("report_reminder", "pending", None): 2,
        ("weekly_digest", "pending", None): 1,
    }
    late = stands["weekly_digest", "pending", None]
    assert (late.late, late.oldest) == (1, desk.now - timedelta(hours=1))
    assert not any("U" in str(one.reason) for one in stands.values())
