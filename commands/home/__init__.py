"""App Home: one's own side, and the coordinators' desk with its queue, reviews, phenomena and trail of deeds."""

import re
from functools import partial

from slack_bolt import App

from bot.deps import Deps
from commands.home import _audits, _deletions, _hand, _page, _phenomena, _queue, _reviews, _several
from commands.home._forms import open_for_coordinators
from commands.home._page import show

__all__ = ["register", "show"]


def register(app: App, deps: Deps) -> None:
    app.event("app_home_opened")(partial(_page.opened, deps))
    app.action("reminders.stop_round")(partial(_page.stop_round, deps))
    app.action("reminders.nudge")(partial(open_for_coordinators, deps, _page.ask_to_nudge))
    app.view("reminders.nudge_form")(partial(_page.nudge, deps))
    app.action("reminders.nothing_at_home")(partial(_page.nothing, deps))
    app.action("observations.queue")(partial(_queue.whisper, deps))
    app.action(re.compile(r"^observations\.queue_(kind|theme|area|status)$"))(partial(_queue.narrow, deps))
    app.action(re.compile(r"^observations\.queue_(previous|next|all|hidden|order|joined)$"))(partial(_queue.turn, deps))
    app.action("observations.queue_words")(partial(_queue.ask_for_words, deps))
    app.view("observations.queue_search")(partial(_queue.search, deps))
    for name in ("observations.review", "phenomena.observation"):
        app.action(name)(partial(open_for_coordinators, deps, _reviews.opened, leads_on=True))
    app.action({"block_id": "status", "action_id": "status"})(partial(_reviews.fit, deps))
    app.view("observations.review")(partial(_reviews.submit, deps))
    app.action("observations.several")(partial(open_for_coordinators, deps, _several.opened))
    app.action(re.compile(r"^others(_\d)?$"))(partial(_several.count_hearers, deps))
    app.view("observations.several")(partial(_several.submit, deps))
    app.action("observations.delete")(partial(_deletions.open_form, deps))
    app.view("observations.delete_form")(partial(_deletions.submit, deps))
    app.action(re.compile(r"^observations\.(take|let_go)$"))(partial(_hand.press, deps))
    app.action("observations.hand_over")(partial(_hand.hand_over, deps))
    app.action("observations.reclassify")(partial(_hand.open_correction, deps))
    app.view("observations.correction")(partial(_hand.submit_correction, deps))
    app.action("observations.redact")(partial(_hand.open_redaction, deps))
    app.view("observations.redaction")(partial(_hand.submit_redaction, deps))
    app.action("observations.restore")(partial(_deletions.restore, deps))
    app.action(re.compile(r"^phenomena\.(previous|next)$"))(partial(_queue.turn, deps))
    app.action("phenomena.take_down")(partial(_phenomena.take_down, deps))
    app.action("phenomena.open_form")(partial(open_for_coordinators, deps, _phenomena.new))
    app.view("phenomena.form")(partial(_phenomena.submit_form, deps))
    app.action("phenomena.review")(partial(open_for_coordinators, deps, _phenomena.review, leads_on=True))
    app.view("phenomena.review")(partial(_phenomena.submit_review, deps))
    app.action("phenomena.publish")(partial(open_for_coordinators, deps, _phenomena.preview))
    app.view("phenomena.publish")(partial(_phenomena.publish, deps))
    app.action("audits.open")(partial(open_for_coordinators, deps, _audits.page))
    app.view("audits.page")(partial(_audits.older, deps))
