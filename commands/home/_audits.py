"""The trail of deeds: a page in a modal, whose button shows the older ones."""

from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import audits as blocks
from bot.blocks.observations import loading
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.services import audits
from bot.slack import Act, read_act, update_in_time
from bot.texts import Texts
from commands.home._forms import drawn_or_refused


def older(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, following = read_act(body), partial(page, after=blocks.read_page(body.get("view") or {}))
    drawing = deps.workers.submit(drawn_or_refused, deps, act, following)
    update_in_time(deps.slack, ack, act.view_id, drawing, loading())


def page(deps: Deps, act: Act, t: Texts, after: tuple[datetime, str] | None = None) -> Block:
    """The newest deeds, or those after a page's last one."""
    return blocks.page(t, audits.page(deps, act.user, after), audits.PER_PAGE)
