"""Slack does not take the receipt at the moment of filing: it comes later, once, and never for one without a name."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.app import Bot
from bot.deps import Deps
from storage.models import Delivery
from tests.clocks import TERMS
from tests.fakes import FakeSlack, Person
from tests.stories.rows import stored

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
SOON = replace(TERMS, settle=0.5, poll=0.2, again=timedelta(0), between=timedelta(0), put_off=timedelta(seconds=1))
LATER = 40  # seconds at most: the members are asked for by a knock every ten


@pytest.fixture(autouse=True)
def impatient(slack: FakeSlack, bot: Bot) -> None:
    """The ledger looks and sends again within seconds."""
    bot._sender._terms = SOON
    slack.expects_refusal("called_during_retry_after")
    slack.settles()


def receipts(deps: Deps) -> list[Delivery]:
    with deps.read() as session:
        return list(session.exec(select(Delivery).where(Delivery.kind == "receipt")))


def over(slack: FakeSlack, deps: Deps) -> None:
    """It is known where the receipt stands, and the ledger has no more to do with it."""
    slack.world.wait_for(lambda: stored(deps)[0].receipt_ts and not receipts(deps), LATER, lambda: str(receipts(deps)))


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 503, "times": 3},
        {"status": 500, "drop": "after"},
        {"error": "internal_error", "drop": "after"},
        {"drop": "before"},
        {"drop": "after"},
        {"retry_after": 2},
        {"error": "a_word_of_tomorrow"},
    ],
    ids=str,
)
def test_a_receipt_comes_later_and_once(slack: FakeSlack, deps: Deps, aino: Person, fault: dict[str, Any]) -> None:
    slack.fault("response_url", status=500)
    slack.fault("chat.postMessage", **fault)
    aino.types("/raportoi", WORDS)
    receipt = aino.sees_dm(containing="on kirjattu", within=LATER)
    over(slack, deps)
    slack.settles()
    assert len(aino.dms) == 1
    (row,) = stored(deps)
    assert (row.receipt_channel, row.receipt_ts) == (receipt.channel, receipt.ts)
    receipt.press("observations.undo")
    receipt.waits_for("on peruttu")
    assert WORDS not in receipt.words


def test_the_receipt_of_a_form_comes_later_too(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    slack.fault("*", status=500, when=lambda args: "on kirjattu" in str(args), times=2)
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form")
    assert form.fill(kind="E", theme="SHL11-01", text=WORDS, feedback="named").submit().closed
    aino.sees_dm(containing="on kirjattu", within=LATER)
    over(slack, deps)
    assert len(aino.dms) == 1


def test_what_is_withdrawn_before_gets_none(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    slack.fault("chat.postMessage", status=503, times=2)
    aino.types("/raportoi", WORDS)
    slack.waits_for_call("chat.postMessage")
    slack.world.wait_for(lambda: receipts(deps), 10, lambda: "the receipt is promised")
    aino.types("/raportoi", "omat")
    aino.sees_ephemeral(containing="Asunnottomille").press("observations.withdraw")
    slack.world.wait_for(lambda: stored(deps)[0].status == "peruttu", 10, lambda: "withdrawn")
    slack.world.wait_for(
        lambda: all(row.state in ("skipped", "sent") for row in receipts(deps)), LATER, lambda: str(receipts(deps))
    )
    slack.settles()
    assert not [message for message in aino.dms if WORDS in message.words]


def test_one_without_a_name_leaves_nothing_in_the_ledger(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form")
    slack.fault("chat.postMessage", status=500, times=None)
    slack.fault("response_url", status=500, times=None)
    shown = form.fill(kind="E", theme="SHL11-01", text=WORDS, feedback="anonymous").submit().view
    assert shown is not None
    slack.settles()
    assert stored(deps)[0].author is None
    assert receipts(deps) == []
    assert aino.dms == []


def test_what_could_not_be_said_is_said_later(
    slack: FakeSlack, deps: Deps, aino: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.errors.PAUSES", (0.5, 1.0))
    slack.fault("response_url", status=500)
    slack.fault("chat.postMessage", status=500)
    aino.types("/raportoi", "tila ABCD-EFGH-JKMN")
    aino.sees_ephemeral(containing="ei löydy havaintoa")
    assert aino.dms == []
