"""Messages in the thread of another one: they wait until that one stands, and go where it does."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.deliveries import WAITING, PutOff, Send, Skip, Verdict
from storage.deliveries import UNSETTLED
from storage.models import Delivery

A_MOMENT = timedelta(seconds=5)


def after_main(session: Session, row: Delivery, now: datetime) -> Verdict:
    """Lets the row go where it is no reply, or where what it replies to stands."""
    if row.thread_of is None:
        return Send()
    main = session.get(Delivery, row.thread_of)
    if main is not None and main.state == "sent" and main.ts:
        return Send()
    return PutOff(now + A_MOMENT) if main is not None and main.state in WAITING else Skip()


def waits_for_main(deps: Deps, row: Delivery) -> bool:
    """Whether nobody knows yet whether the message stands in whose thread it would be found."""
    if row.thread_of is None:
        return False
    with deps.read() as session:
        main = session.get(Delivery, row.thread_of)
    return main is not None and main.state in UNSETTLED


def place_of(deps: Deps, row: Delivery) -> tuple[str, str]:
    """(conversation, ts of the message whose thread it goes to); no ts for a message that is no reply."""
    if row.thread_of is None:
        return row.channel or row.recipient, ""
    with deps.read() as session:
        main = session.get(Delivery, row.thread_of)
    return (main.channel or row.recipient, main.ts or "") if main else (row.recipient, "")
