"""Network meetings: the command, the answers, and what coordinators do with a meeting."""

import re
from functools import partial

from slack_bolt import App

from bot.blocks import meetings as blocks
from bot.deps import Deps
from commands.meetings import _answers, _forms, _managing
from commands.meetings._command import ANSWERS

__all__ = ["ANSWERS", "register"]


def register(app: App, deps: Deps) -> None:
    app.action(re.compile(r"^meetings\.(yes|remote|no)$"))(partial(_answers.answer, deps))
    app.action("meetings.calendar")(partial(_answers.add_to_calendar, deps))
    app.action(re.compile(r"^meetings\.useful_(yes|partly|no)$"))(partial(_answers.was_useful, deps))
    app.action(re.compile(r"^meetings\.link_\w+$"))(_answers.opened_link)
    app.action("meetings.propose")(partial(_forms.open_proposal, deps))
    app.view(blocks.PROPOSE)(partial(_forms.submit_proposal, deps))
    app.action(re.compile(r"^meetings\.plan(_\d)?$"))(partial(_forms.open_new, deps))
    app.action("meetings.edit")(partial(_forms.open_to_edit, deps))
    app.view(blocks.FORM)(partial(_forms.submit, deps))
    app.action("meetings.cancel")(partial(_managing.open_managed, deps, _managing.cancelling))
    app.view(blocks.CANCEL)(partial(_managing.cancel, deps))
    app.action("meetings.attending")(partial(_managing.open_managed, deps, _managing.attending))
    app.action("meetings.agenda")(partial(_managing.open_managed, deps, _managing.agenda))
    app.view(blocks.AGENDA)(partial(_managing.set_agenda, deps))
    app.action("meetings.followed")(partial(_managing.open_managed, deps, _managing.looking_back))
    app.view(blocks.FOLLOWED)(partial(_managing.publish, deps))
    app.action("meetings.minutes")(partial(_managing.open_managed, deps, _managing.minutes))
    app.view(blocks.MINUTES)(partial(_managing.give_minutes, deps))
