"""How App Home looks: own observations first; to coordinators the queue and the round's numbers; settings last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.blocks import meetings, observations, phenomena, queues
from bot.blocks.deliveries import failed
from bot.blocks.parts import Block, actions, button, context, divider, home, section
from bot.blocks.people import NAMES
from bot.rules import queues as rules
from bot.rules.meetings import Sight
from bot.rules.people import Choices
from bot.rules.phenomena import Listed
from bot.rules.reminders import Coming, Outlook, Running
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import HOME
from bot.texts import Texts

A_MINUTE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Desk:
    """The coordinators' side of the page: a page of the queue, and one of the phenomena."""

    queue: rules.Page
    phenomena: Listed


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a person's page; `outlook` and `desk` are for coordinators alone."""

    choices: Choices
    next_reminder: date | None
    latest: Sequence[observations.Own]
    is_coordinator: bool = False
    outlook: Outlook | None = None
    undelivered: Sequence[tuple[str, int]] = ()  # (Slack's word, how many)
    desk: Desk | None = None
    meeting: Sight | None = None  # the next one
    code: str = ""  # ticket of a receipt code that could not be shown yet


def page(t: Texts, vocabularies: Vocabularies, found: Page, said: str = "") -> Block:
    """The whole page; `said` tells what came of the last press."""
    return home(
        [
            *([section(f":information_source: {said}"), divider()] if said else []),
            *([*observations.code_waits(t, found.code), divider()] if found.code else []),
            section(t("*Tell what you have noticed.* One sentence is enough.")),
            actions(button("observations.open_form", t("File an observation"), "new", "primary")),
            *(_own(t, vocabularies, found) if found.latest or not found.is_coordinator else []),
            *(_desk(t, vocabularies, found.desk) if found.desk else []),
            *(_rounds(t, found) if found.is_coordinator else []),
            divider(),
            *meetings.home(t, found.meeting),
            divider(),
            *_own_settings(t, found),
        ]
    )


def closed(t: Texts, text: str, *, may_choose_channel: bool = False) -> Block:
    """What somebody sees there who is no member of the network, or of whom that is not known."""
    settings = actions(button("network.open_settings", t("Network settings"), "open"))
    return home([section(text), *([settings] if may_choose_channel else [])])


def _own(t: Texts, vocabularies: Vocabularies, found: Page) -> list[Block]:
    return [
        divider(),
        *observations.own_list(t, vocabularies, (found.latest, False), place="home")[1],
        *([context(t("`/raportoi omat` shows all of them."))] if found.latest else []),
    ]


def _desk(t: Texts, vocabularies: Vocabularies, desk: Desk) -> list[Block]:
    return [
        divider(),
        *queues.queue(t, vocabularies, desk.queue),
        divider(),
        *phenomena.listed(t, desk.phenomena, desk.queue.wanted),
        actions(
            button("network.open_replies", t("Ready-made answers"), "open"),
            button("audits.open", t("What has been done"), "open"),
        ),
    ]


def _own_settings(t: Texts, found: Page) -> list[Block]:
    own = NAMES.get(found.choices.language or "")
    language = t("Language: {language}", language=own) if own else t("Language: as in Slack")
    title = t("My settings")
    lines = [f"*{title}*", language, _next(t, found)]
    start, end = found.choices.absence_start, found.choices.absence_end
    if start and end:
        lines.append(t("Away {start} – {end}", start=t.date(start), end=t.date(end)))
    return [section("\n".join(lines)), actions(button("people.open_settings", t("Change my settings"), "open"))]


def _next(t: Texts, found: Page) -> str:
    if found.next_reminder is None:
        return t("No reminder to report is coming.")
    return t("Next reminder to report: {day}, unless you answer before.", day=t.day(found.next_reminder))


def _rounds(t: Texts, found: Page) -> list[Block]:
    """Numbers only, never who."""
    outlook = found.outlook
    title = t("For coordinators: reminders to report")
    lines = [f"*{title}*"]
    if outlook is None:
        lines.append(t("The numbers cannot be shown just now."))
    else:
        lines += [_running(t, outlook.running)] if outlook.running else []
        lines.append(_coming(t, outlook.coming) if outlook.coming else t("No round is coming."))
    running = outlook.running if outlook else None
    buttons = [
        *([button("reminders.stop_round", t("Stop this round"), "stop", "danger")] if _can_stop(running) else []),
        *([button("reminders.nudge", t("Nudge those missing"), "nudge")] if running and running.may_nudge else []),
        button("network.open_wording", t("Wording"), "open"),
        button("network.open_settings", t("Network settings"), "open"),
    ]
    return [
        divider(),
        section("\n".join(lines)),
        actions(*buttons),
        *(section(f":warning: {line}") for line in failed(t, found.undelivered)),
        context(t("You see numbers only, never who has answered.")),
    ]


def _can_stop(running: Running | None) -> bool:
    return running is not None and running.waiting > 0 and not running.stopped


def _coming(t: Texts, coming: Coming) -> str:
    goes = t("Next round: {moment}.", moment=_moment(t, coming.at))
    to = t.many(
        "{n} recipient, unless they answer before.", "{n} recipients, unless they answer before.", coming.recipients
    )
    lasts = t("Sending takes {duration}.", duration=_duration(t, coming.seconds))
    if coming.seconds > A_MINUTE:  # within one the last goes out at the time that is told already
        lasts = t("Sending takes {duration}; the last one goes out {last}.", duration=_duration(t, coming.seconds),
                  last=_moment(t, coming.last_at))  # fmt: skip
    return f"{goes} {to} {lasts}"


def _running(t: Texts, running: Running) -> str:
    state = t("The round of {day}:", day=t.date(running.opened_on))
    numbers = t("{sent} sent, {waiting} waiting.", sent=running.sent, waiting=running.waiting)
    answered = t.many("One has answered.", "{n} have answered.", running.answered)
    ends = t("The last one goes out {last}.", last=_moment(t, running.last_at)) if running.last_at else ""
    stopped = t("It was stopped.") if running.stopped else ""
    return " ".join(part for part in (state, numbers, answered, stopped or ends) if part)


def _duration(t: Texts, seconds: int) -> str:
    return t.many("under a minute", "about {n} minutes", max(1, -(-seconds // 60)))


def _moment(t: Texts, moment: datetime) -> str:
    local = moment.astimezone(HOME)
    return t("{day} at {clock}", day=t.day(local.date()), clock=t.clock(local.time()))
