"""The trail of deeds: a page in a modal, whose button shows the older ones."""

from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import audits as blocks
from bot.blocks.observations import loading
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.errors import Problem
from bot.services import audits, networks
from bot.slack import Act, open_and_fill, read_act, update_in_time
from commands.home import _forms


def open_page(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    open_and_fill(deps.slack, act.trigger, loading(), partial(drawn, deps, act))


def older(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, after = read_act(body), blocks.read_page(body.get("view") or {})
    update_in_time(deps.slack, ack, act.view_id, deps.workers.submit(drawn, deps, act, after), loading())


def drawn(deps: Deps, act: Act, after: tuple[datetime, str] | None = None) -> Block:
    """The newest deeds, or those after a page's last one; who is no coordinator is told so."""
    try:
        t = networks.speak_to_coordinator(deps, act)
        return blocks.page(t, audits.page(deps, act.user, after), audits.PER_PAGE)
    except Problem as problem:
        return _forms.refused(deps, act, problem)
