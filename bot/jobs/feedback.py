"""What the ledger asks of feedback: whether it should go, what it tells, and how it reads."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.blocks import feedback as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.jobs.deliveries import Handler, Handlers, NotWanted
from bot.rules.deliveries import NOT_NEEDED, Verdict
from bot.rules.feedback import News, Told
from bot.rules.kinds import Kind
from bot.services import feedback, people
from storage.models import Delivery


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> Verdict:
    """What it tells is chosen here, in the transaction that takes the row: as much as Slack takes in one message."""
    templates = feedback.templates(session, deps)
    t = people.words_for(deps, row.recipient)

    def fits(told: Told) -> bool:
        joined = feedback.joined_by(session, deps, told, row.recipient)
        news = News(row.key, told, (), templates, joined, vocabularies=deps.vocabularies)
        return blocks.fits(blocks.message(t, news))

    return feedback.still_wanted(deps, session, row, now, fits)


def draw(deps: Deps, row: Delivery) -> Message:
    """The message in the recipient's language; what was withdrawn since it was chosen is left out."""
    news = feedback.news(deps, row)
    if not news.told:
        raise NotWanted(NOT_NEEDED)
    return blocks.message(people.words_for(deps, row.recipient), replace(news, gone=()))


HANDLERS: Handlers = {Kind.FEEDBACK: Handler(draw, still_wanted)}
