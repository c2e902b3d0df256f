"""What the clock does for digests: opening the one that is due, drawing its messages, sending the chart after it."""

import logging
from functools import partial

from bot.blocks import digests as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.errors import SlackError
from bot.exports import charts
from bot.exports.content import Table, Times
from bot.jobs.deliveries import Handler, Handlers
from bot.rules.digests import Figures
from bot.rules.kinds import Kind
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import week_label, week_said
from bot.services import deliveries, digests, meetings, networks, people
from bot.texts import Texts
from storage.models import Delivery

log = logging.getLogger(__name__)


def knock(deps: Deps) -> None:
    """Opens the digest that is due, all or nothing. Raises DatabaseUnavailable, SlackError."""
    digests.open_due(deps)


def draw(deps: Deps, row: Delivery) -> Message:
    """The message as it reads now, in the recipient's language."""
    t, found = people.words_for(deps, row.recipient), digests.content_of(deps, row)
    if found.figures is None:
        return blocks.reply(t, deps.vocabularies, found)
    return blocks.main(t, deps.vocabularies, found, next(iter(meetings.coming(deps, row.recipient, 1)), None))


def sent(deps: Deps, row: Delivery) -> None:
    """The main message stands: its chart follows, when a thread is free for it."""
    if row.thread_of is None and not deliveries.stood_before(row):
        deps.run_soon(send_chart, row)


def send_chart(deps: Deps, row: Delivery) -> None:
    """Puts twelve weeks by kind into the message's thread, with what they show in words. Tried once."""
    found = digests.content_of(deps, row).figures
    if found is None or not any(any(kind.weeks) for kind in found.kinds):
        return
    t = people.words_for(deps, row.recipient)
    try:
        networks.send_newest(deps, partial(_send_weeks, deps, row, t, found))
    except SlackError as error:
        log.warning("the chart of a digest could not be sent: %s", error.code)


def _send_weeks(deps: Deps, row: Delivery, t: Texts, found: Figures, new: bool) -> None:  # noqa: FBT001
    place, picture = (row.channel or "", row.ts or ""), _picture(t, deps.vocabularies, found)
    words = charts.told(t, picture)
    if new:
        drawn = blocks.drawn(t, deps.vocabularies, found)
        deps.slack.post(place[0], words, drawn, place[1])
    else:
        png = charts.png(t, picture, picture.table.title)
        deps.slack.upload(*place, f"{week_label(found.span.last)}.png", png, words)


def _picture(t: Texts, vocabularies: Vocabularies, found: Figures) -> Times:
    labels, counts = zip(*blocks.kind_rows(t, vocabularies, found), strict=True)
    weeks = [week_said(week) for week in found.weeks]
    rows = tuple(zip(weeks, *counts, strict=True))
    return Times(Table(blocks.chart_title(t, found), "", (t("Week"), *labels), rows))


HANDLERS: Handlers = {Kind.DIGEST: Handler(draw, digests.still_wanted, sent)}
