"""The ledger's tables, on both databases."""

from datetime import timedelta
from threading import Barrier, Thread

from bot.rules.deliveries import Terms
from bot.services import deliveries as ledger
from storage import deliveries as table
from storage.models import Delivery
from tests.ledger import AT_ONCE, WORKSPACE, Desk

WANTED = {"report_reminder": lambda *_: None, "feedback": lambda *_: None}


def test_a_key_is_entered_once_however_often_it_is_planned(desk: Desk) -> None:
    assert desk.due("U1", "U2") == 2
    assert desk.due("U1", "U2", "U3") == 1
    assert desk.due() == 0
    assert len(desk.states()) == 3


def test_ten_thousand_are_entered_in_one_go(desk: Desk) -> None:
    assert desk.due(*(f"U{number}" for number in range(10_000))) == 10_000


def test_two_who_claim_at_once_get_different_rows(desk: Desk) -> None:
    desk.due(*(f"U{number}" for number in range(20)))
    taken: list[str] = []
    together = Barrier(4)

    def claim() -> None:
        together.wait()
        for _ in range(5):
            row = ledger.claim(desk.deps, AT_ONCE, "owner", WANTED)
            if isinstance(row, Delivery):
                taken.append(row.key)

    threads = [Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == len(set(taken)) == 20


def test_the_next_is_the_most_urgent_then_the_longest_due(desk: Desk) -> None:
    desk.due("U1")
    desk.due("U2", not_before=desk.now - timedelta(hours=1))
    desk.due("U3", kind="feedback")
    desk.due("U4", kind="feedback", not_before=desk.now + timedelta(seconds=1))

    rows = [ledger.claim(desk.deps, AT_ONCE, "owner", WANTED) for _ in range(4)]

    assert [row.recipient if isinstance(row, Delivery) else row for row in rows] == ["U3", "U2", "U1", AT_ONCE.poll]


def test_one_recipient_gets_one_message_a_second_and_does_not_hold_up_others(desk: Desk) -> None:
    terms = Terms(pace=10_000, poll=0.5)
    for occurrence in ("a", "b"):
        desk.due("C1", "U1", occurrence=occurrence)

    rows = [ledger.claim(desk.deps, terms, "owner", WANTED) for _ in range(3)]

    assert {row.recipient for row in rows if isinstance(row, Delivery)} == {"C1", "U1"}
    assert rows[2] == 0.5


def test_a_negative_answer_counts_only_from_who_holds_the_row(desk: Desk) -> None:
    desk.due("U1")
    row = ledger.claim(desk.deps, AT_ONCE, "owner", WANTED)
    assert isinstance(row, Delivery)
    with desk.deps.write() as session:
        table.void_leases(session, WORKSPACE)
    (taken,) = ledger.take_doubtful(desk.deps, AT_ONCE, "another")

    ledger.never(desk.deps, row, "too_late")

    assert desk.row("U1").state == "verifying"
    assert taken.fence == row.fence + 1


def test_a_yes_counts_whoever_brings_it_and_is_news_once(desk: Desk) -> None:
    desk.due("U1")
    row = ledger.claim(desk.deps, AT_ONCE, "owner", WANTED)
    assert isinstance(row, Delivery)
    with desk.deps.write() as session:
        table.void_leases(session, WORKSPACE)
    (taken,) = ledger.take_doubtful(desk.deps, AT_ONCE, "another")

    assert ledger.sent(desk.deps, row, "D1", "1795000000.000100", "reply")
    ledger.absent(desk.deps, AT_ONCE, taken)

    assert not ledger.sent(desk.deps, taken, "D1", "1795000000.000100", "history")
    assert (desk.row("U1").state, desk.row("U1").evidence) == ("sent", "reply")


def test_a_row_that_is_held_is_left_alone_until_its_lease_is_over(desk: Desk) -> None:
    desk.due("U1")
    ledger.claim(desk.deps, Terms(lease=timedelta(seconds=60)), "owner", WANTED)
    assert ledger.take_doubtful(desk.deps, AT_ONCE, "another") == []

    desk.due("U2")
    ledger.claim(desk.deps, Terms(lease=timedelta(seconds=-1)), "owner", WANTED)
    assert [row.recipient for row in ledger.take_doubtful(desk.deps, AT_ONCE, "another")] == ["U2"]


def test_a_lease_of_a_wrong_clock_does_not_hold_a_row_for_years(desk: Desk) -> None:
    desk.due("U1")
    ledger.claim(desk.deps, Terms(lease=timedelta(days=400)), "owner", WANTED)

    assert [row.recipient for row in ledger.take_doubtful(desk.deps, Terms(), "another")] == ["U1"]
