"""The half-year summary at the coordinators' hands: looked at, filled in, and made into files as often as wanted."""

import logging
import re
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.blocks import summaries as blocks
from bot.blocks.observations import refusal
from bot.blocks.parts import Block
from bot.blocks.submissions import day_of
from bot.blocks.summaries import Choice, SummaryRead
from bot.deps import Deps
from bot.dialogs import Form, answer, open_drawn, redraw_form
from bot.errors import ChangedMeanwhile, CorrectionTooSmall, FilesNotAllowed, NotTaken, Problem, SlackError
from bot.exports import summaries as exports
from bot.rules.commands import Asked
from bot.rules.hashes import marks
from bot.rules.summaries import Period, half_with
from bot.rules.weeks import local_day
from bot.services import handled, networks, people, summaries
from bot.services.permissions import Actor
from bot.slack import Act, dig, read_act
from bot.texts import Texts

log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    app.action("summaries.open")(partial(press_open, deps))
    app.action(re.compile(r"^summaries\.choose_(period|language|preset|by)$"))(partial(choose, deps))
    app.action("summaries.correct")(partial(correct, deps))
    app.action("summaries.fill")(partial(open_form, deps))
    app.view(blocks.FORM)(partial(write, deps))
    app.view(blocks.CALLBACK)(partial(make, deps))


def by_command(deps: Deps, act: Act, _asked: Asked, _context: BoltContext) -> None:
    open_desk(deps, act)


ANSWERS = {"summary": by_command}


def press_open(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    open_desk(deps, read_act(body))


def open_desk(deps: Deps, act: Act) -> None:
    """Opens at once, and shows what stands in the summary of the half-year that ended last."""

    def draw(t: Texts, who: Actor) -> Block:
        language = t.language if t.language in blocks.LANGUAGES else "fi"
        return _desk(deps, replace(_choice(deps, {}), language=language), t, who)

    open_drawn(deps, act, draw, networks.welcome_coordinator)


def _choice(deps: Deps, view: Any) -> Choice:
    return blocks.read_desk(view, local_day(deps.now()))


def _desk(deps: Deps, choice: Choice, t: Texts, who: Actor, said: str = "") -> Block:
    found = summaries.gathered(deps, who, choice.period, choice.language)
    return blocks.desk(t, choice, found, summaries.latest_half(local_day(deps.now())), said)


def choose(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Another choice in one of the menus."""
    ack()
    act = read_act(body)
    choice = blocks.chosen(_choice(deps, body.get("view")), act.action.removeprefix("summaries.choose_"), act.value)
    redraw_form(deps, act, partial(_desk, deps, choice), networks.welcome_coordinator)


def correct(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Counts again, where that points to nobody, and says what came of it."""
    ack()
    choice = _choice(deps, body.get("view"))

    def draw(t: Texts, who: Actor) -> Block:
        try:
            tables = summaries.correct(deps, who, choice.period)
        except CorrectionTooSmall as small:
            return _desk(deps, choice, t, who, t(small.message))
        return _desk(deps, choice, t, who, t("Counted. These numbers are version {version}.", version=tables.version))

    redraw_form(deps, read_act(body), draw, networks.welcome_coordinator)


def open_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    choice = _choice(deps, body.get("view"))

    def draw(t: Texts, who: Actor) -> Block:
        words = summaries.words(deps, who, choice.period, choice.language)
        return blocks.form(t, SummaryRead(words, f"{choice.period.first}", choice.language, marks(words.texts())))

    open_drawn(deps, read_act(body), draw, networks.welcome_coordinator)


def write(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Stores the words; the desk below shows them."""
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    t, below = people.texts(deps, act), str(dig(body, "view", "root_view_id") or "")
    form = Form(partial(_again, deps, act, t, read), t("Saved."))
    stored = answer(deps, ack, body, act, partial(_write, deps, read), form)
    if stored and below:
        choice = Choice(_period(deps, read), read.language)
        redraw_form(deps, replace(act, view_id=below), partial(_desk, deps, choice), networks.welcome_coordinator)


def _write(deps: Deps, read: SummaryRead, who: Actor) -> None:
    summaries.write(deps, who, _period(deps, read), read.language, read.words, read.opened)


def _period(deps: Deps, read: SummaryRead) -> Period:
    """The half-year that the form is for; the one that ended last, where it names none."""
    latest = summaries.latest_half(local_day(deps.now()))
    return half_with(day_of(read.first) or latest.first)


def _again(deps: Deps, act: Act, t: Texts, read: SummaryRead, problem: Problem) -> Block:
    """The form with what was typed; where another coordinator has written meanwhile, sending it again writes over."""
    if isinstance(problem, ChangedMeanwhile):
        _, who = networks.welcome_coordinator(deps, act)
        stands = summaries.words(deps, who, _period(deps, read), read.language)
        read = replace(read, opened=marks(stands.texts()))
    return blocks.form(t, read, problem)


def make(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Makes the files beside, and tells in the modal and in a message when they are there."""
    act, choice = read_act(body), _choice(deps, body.get("view"))
    t = people.texts(deps, act)
    form = Form(partial(refusal, t), lambda _: blocks.made(t), then="show", waiting=blocks.making(t))
    answer(deps, ack, body, act, partial(_make, deps, act, choice), form)


def _make(deps: Deps, act: Act, choice: Choice, who: Actor) -> None:
    with handled.once(deps, "files", act.view_id) as is_first:
        if is_first:
            _send(deps, act, choice, who)


def _send(deps: Deps, act: Act, choice: Choice, who: Actor) -> None:
    found = summaries.gathered(deps, who, choice.period, choice.language, files=True)
    t, spoken = Texts(choice.language), people.texts(deps, act)
    document = exports.document(t, deps.vocabularies, found, choice.preset, choice.by)
    drawn = list(exports.files(document, exports.file_stem(t, found, choice.preset)))
    try:
        place = deps.slack.post(who, *blocks.files_follow(spoken, document.title))
        if refused := exports.send(deps, place, t, document.title, drawn):
            deps.slack.post(who, *blocks.not_sent(spoken, refused))
    except SlackError as error:
        log.warning("the message with a summary's files was refused: %s", error.code)
        raise (FilesNotAllowed if error.no_files else NotTaken) from error
