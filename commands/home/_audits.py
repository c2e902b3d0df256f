"""The trail of deeds: a page in a modal, whose button shows the older ones."""

from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import audits as blocks
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.dialogs import put_in_place_of_form
from bot.services import audits
from bot.services.networks import welcome_coordinator
from bot.services.permissions import Actor
from bot.slack import Act, read_act
from bot.texts import Texts


def older(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, after = read_act(body), blocks.read_page(body.get("view") or {})
    put_in_place_of_form(deps, ack, act, partial(page, deps, act, after=after), welcome_coordinator)


def page(deps: Deps, _act: Act, t: Texts, who: Actor, after: tuple[datetime, str] | None = None) -> Block:
    """The newest deeds, or those after a page's last one."""
    return blocks.page(t, audits.page(deps, who, after), audits.PER_PAGE)
