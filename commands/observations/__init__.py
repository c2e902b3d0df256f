"""Observations: the command, the form, the receipt's buttons, and the search."""

import re
from functools import partial

from slack_bolt import App

from bot.deps import Deps
from commands.observations import _codes, _command, _form, _own, _receipt, _search
from commands.observations._command import ANSWERS, MESSAGES

__all__ = ["ANSWERS", "MESSAGES", "register"]


def register(app: App, deps: Deps) -> None:
    """The listeners of this story; the busiest stand first, since Bolt asks them in order."""
    app.view("observations.form")(partial(_form.submit, deps))
    app.action("observations.open_form")(partial(_form.open_by_button, deps))
    app.action(re.compile(r"^observations\.set_(kind|theme|area)$"))(partial(_receipt.correct, deps))
    app.action(re.compile(r"^observations\.(undo|withdraw)$"))(partial(_receipt.undo, deps))
    app.action("observations.edit")(partial(_form.open_to_edit, deps))
    app.action(re.compile(r"^observations\.(newer|older)$"))(partial(_receipt.turn_page, deps))
    app.action("observations.edit_by_code")(partial(_form.open_to_edit_by_code, deps))
    app.action("observations.withdraw_by_code")(partial(_receipt.withdraw_by_code, deps))
    app.action("observations.open_own")(partial(_own.open_by_number, deps))
    app.action("observations.open_by_code")(partial(_own.open_by_code, deps))
    app.action("observations.show_code")(partial(_codes.show_code, deps))
    app.action(re.compile(r"^search\.(more|under)$"))(partial(_search.show_more, deps))
    app.action("search.open")(partial(_search.open_form, deps))
    app.view("search.form")(partial(_search.submit_form, deps))
    app.action("observations.help")(partial(_command.open_help, deps))
    app.action("observations.file_anyway")(partial(_command.file_anyway, deps))
    app.action("observations.wrong_channel")(partial(_form.show_routing, deps))
    app.shortcut("observations.new")(partial(_form.open_by_shortcut, deps))
    app.shortcut("observations.from_message")(partial(_form.open_from_message, deps))
