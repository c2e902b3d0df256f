"""Practice cards: `/raportoi malli`, App Home, and the buttons of posts and messages."""

import re
from functools import partial

from slack_bolt import App, BoltContext

from bot.blocks import practices as blocks
from bot.deps import Deps
from bot.rules.commands import Asked
from bot.slack import Act
from commands.practices import _cards, _files, _forms, _lists


def register(app: App, deps: Deps) -> None:
    app.action("practice.list")(partial(_lists.press_open, deps))
    app.action(re.compile(r"^practice\.(previous|next)$"))(partial(_lists.turn, deps))
    app.view(blocks.LIST)(partial(_lists.search, deps))
    app.action("practice.new")(partial(_forms.open_new, deps))
    app.action("practice.start")(partial(_forms.open_from_observation, deps))
    app.action("practice.edit")(partial(_forms.open_draft, deps))
    app.action("practice.version")(partial(_forms.open_next_version, deps))
    app.view("practice.form")(partial(_forms.submit, deps))
    app.action("practice.read")(partial(_cards.press_read, deps))
    app.action("practice.earlier")(partial(_cards.press_earlier, deps))
    app.action("practice.drop_versions")(partial(_cards.drop_versions, deps))
    app.action("practice.tried")(partial(_cards.open_tried, deps))
    app.view("practice.tried_form")(partial(_cards.submit_tried, deps))
    app.action("practice.ask")(partial(_cards.ask, deps))
    app.action("practice.conversation")(_cards.opened_conversation)
    app.action("practice.take_down")(partial(_cards.take_down, deps))
    app.action("practice.drop")(partial(_forms.drop, deps))
    app.action("practice.review")(partial(_cards.open_review, deps))
    app.view("practice.review")(partial(_cards.submit_review, deps))
    app.action("practice.request")(partial(_cards.request, deps))
    app.action(re.compile(r"^practice\.(files|innokyla)$"))(partial(_files.send, deps))


def by_command(deps: Deps, act: Act, _asked: Asked, _context: BoltContext) -> None:
    _lists.open_list(deps, act)


ANSWERS = {"practices": by_command}
