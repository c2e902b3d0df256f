"""How App Home looks: own observations first; to coordinators the queue and the round's numbers; settings last."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.blocks import meetings, news, observations, phenomena, practices, queues
from bot.blocks.deliveries import failed
from bot.blocks.labels import NOTHING
from bot.blocks.moments import moment
from bot.blocks.parts import Block, actions, button, context, divider, home, modal, section
from bot.blocks.people import NAMES
from bot.rules import queues as rules
from bot.rules.meetings import Sight
from bot.rules.news import Counts
from bot.rules.observations import Own
from bot.rules.people import Choices
from bot.rules.phenomena import Listed
from bot.rules.reminders import Coming, Expected, Outlook, Running
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

A_MINUTE = 60  # seconds
NUDGE = "reminders.nudge_form"


@dataclass(frozen=True, slots=True)
class Desk:
    """The coordinators' side of the page: a page of the queue, and one of the phenomena."""

    queue: rules.Page
    phenomena: Listed


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a person's page; `outlook` and `desk` are for coordinators alone."""

    choices: Choices
    next_reminder: Expected
    latest: Sequence[Own]
    is_coordinator: bool = False
    outlook: Outlook | None = None
    undelivered: Sequence[tuple[str, int]] = ()  # (Slack's word, how many)
    desk: Desk | None = None
    meeting: Sight | None = None  # the next one
    cards_waiting: int = 0  # for a coordinator's decision
    news: Counts | None = None  # since a coordinator looked last
    code: str = ""  # ticket of a receipt code that could not be shown yet


def page(t: Texts, vocabularies: Vocabularies, found: Page, said: str = "") -> Block:
    """The whole page; `said` tells what came of the last press."""
    return home(
        [
            *([section(f":information_source: {said}"), divider()] if said else []),
            *([*observations.code_waits(t, found.code), divider()] if found.code else []),
            section(t("*Tell what you have noticed.* One sentence is enough.")),
            actions(*_answers(t, found.next_reminder, coordinator=found.is_coordinator)),
            actions(
                button("search.open", t("Search"), "open"),
                button("digests.open", t("Digest"), "open"),
                button("observations.help", t("Help"), "open"),
            ),
            *(_own_observations(t, vocabularies, found) if found.latest or not found.is_coordinator else []),
            *(_desk(t, vocabularies, found.desk, found.news) if found.desk else []),
            *(_rounds(t, found) if found.is_coordinator else []),
            divider(),
            *meetings.home(t, found.meeting),
            divider(),
            *practices.at_home(t, found.cards_waiting),
            divider(),
            *_own_settings(t, found),
        ]
    )


def _answers(t: Texts, expected: Expected, *, coordinator: bool) -> list[Block]:
    """Who expects a reminder and is not known to have answered may say here, too, that there is nothing to tell."""
    buttons = [button("observations.open_form", t("File an observation"), "new", "primary")]
    if expected.day and not expected.answered:
        buttons.append(button("reminders.nothing_at_home", t(NOTHING), "nothing"))
    another = t("What came another way") if coordinator else t("The team's observation")
    return [*buttons, button("observations.for_others", another, "new")]


def closed(t: Texts, text: str, *, may_choose_channel: bool = False) -> Block:
    """What somebody sees there who is no member of the network, or of whom that is not known."""
    settings = actions(button("network.open_settings", t("Network settings"), "open"))
    return home([section(text), *([settings] if may_choose_channel else [])])


def _own_observations(t: Texts, vocabularies: Vocabularies, found: Page) -> list[Block]:
    return [
        divider(),
        *observations.own_list(t, vocabularies, (found.latest, False), place="home")[1],
        *([context(t("`/raportoi omat` shows all of them."))] if found.latest else []),
    ]


def _desk(t: Texts, vocabularies: Vocabularies, desk: Desk, new: Counts | None) -> list[Block]:
    return [
        divider(),
        *news.since_last_look(t, new),
        *queues.queue(t, vocabularies, desk.queue),
        divider(),
        *phenomena.listed(t, desk.phenomena, desk.queue.wanted),
        actions(
            button("summaries.open", t("Half-year summary"), "latest"),
            button("network.open_replies", t("Ready-made answers"), "open"),
            button("audits.open", t("What has been done"), "open"),
            button("news.open_settings", t("When do I hear of this?"), "open"),
            button("own_data.erase_other", t("Delete somebody's data"), "open"),
        ),
    ]


def _own_settings(t: Texts, found: Page) -> list[Block]:
    own = NAMES.get(found.choices.language or "")
    language = t("Language: {language}", language=own) if own else t("Language: as in Slack")
    title = t("My settings")
    lines = [f"*{title}*", language, _next(t, found.next_reminder)]
    start, end = found.choices.absence_start, found.choices.absence_end
    if start and end:
        lines.append(t("Away {start} – {end}", start=t.day(start), end=t.day(end)))
    buttons = (
        button("people.open_settings", t("Change my settings"), "open"),
        button("own_data.open", t("What is stored of me"), "open"),
    )
    return [section("\n".join(lines)), actions(*buttons)]


def _next(t: Texts, expected: Expected) -> str:
    """The same for who has filed without a name as for who is silent."""
    if expected.day is None:
        return t("No reminder to report is coming.")
    day = t.day(expected.day)
    if expected.in_channel:
        return t("Next reminder to report, in the channel: {day}.", day=day)
    if expected.answered:
        return t("You have answered already, thank you. Next reminder to report: {day} at the earliest.", day=day)
    soon = t("Next reminder to report: {day}, unless you answer before.", day=day)
    unnamed = t("I do not know of what you file without your name, so it comes then too.")
    return f"{soon} {unnamed}"


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
        context(t("You see numbers only, never who has answered. Who has filed without a name is not counted.")),
    ]


def _can_stop(running: Running | None) -> bool:
    return running is not None and running.waiting > 0 and not running.stopped


def _coming(t: Texts, coming: Coming) -> str:
    goes = t("Next round: {moment}.", moment=moment(t, coming.at))
    if not coming.recipients:
        nobody = t("Just now the message goes to nobody.")
        return f"{goes} {nobody}"
    to = t.many(
        "{n} recipient, unless they answer before.", "{n} recipients, unless they answer before.", coming.recipients
    )
    lasts = t("Sending takes {duration}.", duration=_duration(t, coming.seconds))
    if coming.seconds > A_MINUTE:  # within one the last goes out at the time that is told already
        lasts = t("Sending takes {duration}; the last one goes out {last}.", duration=_duration(t, coming.seconds),
                  last=moment(t, coming.last_at))  # fmt: skip
    return f"{goes} {to} {lasts}"


def _running(t: Texts, running: Running) -> str:
    state = t("The round of {day}:", day=t.day(running.opened_on))
    numbers = t("{sent} sent, {waiting} waiting.", sent=running.sent, waiting=running.waiting)
    answered = t.many("One has answered.", "{n} have answered.", running.answered)
    ends = t("The last one goes out {last}.", last=moment(t, running.last_at)) if running.last_at else ""
    stopped = t("It was stopped.") if running.stopped else ""
    return " ".join(part for part in (state, numbers, answered, stopped or ends) if part)


def nudge_form(t: Texts, coming: Coming) -> Block:
    """Asks a coordinator before anybody is nudged: how many, and when."""
    title, first, last = t("One more message"), moment(t, coming.at), moment(t, coming.last_at)
    if not coming.recipients:
        return modal(NUDGE, title, t("Close"), [section(t("Nobody is missing: all have answered or are away."))])
    to = t.many("{n} person gets one more message.", "{n} people get one more message.", coming.recipients)
    goes = t("Sending begins {first}.", first=first)
    if last != first:
        goes = t("Sending begins {first} and ends {last}.", first=first, last=last)
    known = t("Those who filed without a name are among them: nobody knows who they are.")
    moves = t("The buttons go from the earlier message: they are in the new one.")
    return modal(NUDGE, title, t("Cancel"), [section(f"{to} {goes}"), context(f"{known} {moves}")], t("Send"))


def _duration(t: Texts, seconds: int) -> str:
    return t.many("under a minute", "about {n} minutes", max(1, -(-seconds // 60)))
