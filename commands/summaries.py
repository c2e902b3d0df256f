"""The half-year summary at the coordinators' hands: looked at, filled in, and made into files as often as wanted."""

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import summaries as blocks
from bot.blocks.observations import field_errors, loading, notice, refusal, saving
from bot.blocks.parts import Block
from bot.blocks.submissions import day_of
from bot.blocks.summaries import Choice, FormRead
from bot.deps import Deps
from bot.errors import ChangedMeanwhile, CorrectionTooSmall, NotAMember, NotTaken, Problem, SlackError
from bot.exports import summaries as exports
from bot.rules.hashes import marks
from bot.rules.observations import asks_for_summary
from bot.rules.summaries import Period, half_with
from bot.rules.weeks import local_day
from bot.services import networks, people, summaries
from bot.slack import Act, answer_in_time, dig, open_and_fill, push_and_fill, read_act
from bot.texts import Texts

Drawn = Callable[[Texts], Block]
log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    app.command(re.compile(r"^/(kooste|sammandrag)$"), matchers=[for_summary])(partial(open_desk, deps))
    app.action("summaries.open")(partial(open_desk, deps))
    app.action(re.compile(r"^summaries\.choose_(period|language|preset|by)$"))(partial(choose, deps))
    app.action("summaries.correct")(partial(correct, deps))
    app.action("summaries.fill")(partial(open_form, deps))
    app.view(blocks.FORM)(partial(write, deps))
    app.view(blocks.CALLBACK)(partial(make, deps))


def for_summary(body: dict[str, Any]) -> bool:
    return asks_for_summary(read_act(body).text)


def open_desk(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Opens at once, and shows what stands in the summary of the half-year that ended last."""
    ack()
    act = read_act(body)
    if body.get("command") == "/sammandrag":
        deps.people.speaks(act.user, "sv")

    def draw(t: Texts) -> Block:
        language = t.language if t.language in blocks.LANGUAGES else "fi"
        return _desk(deps, act, t, replace(_choice(deps, {}), language=language))

    open_and_fill(deps.slack, act.trigger, loading(), partial(_drawn, deps, act, draw))


def _choice(deps: Deps, view: Any) -> Choice:
    return blocks.read_desk(view, local_day(deps.now()))


def _desk(deps: Deps, act: Act, t: Texts, choice: Choice, said: str = "") -> Block:
    found = summaries.gathered(deps, act.user, choice.period, choice.language)
    return blocks.desk(t, choice, found, summaries.latest_half(local_day(deps.now())), said)


def _drawn(deps: Deps, act: Act, draw: Drawn) -> Block:
    """To who is no coordinator, or where it is not to be had, why not."""
    try:
        return draw(networks.speak_to_coordinator(deps, act))
    except Problem as problem:
        return refusal(people.texts(deps, act), problem)


def choose(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Another choice in one of the menus."""
    ack()
    act = read_act(body)
    choice = blocks.chosen(_choice(deps, body.get("view")), act.action.removeprefix("summaries.choose_"), act.value)
    deps.slack.update_view(act.view_id, _drawn(deps, act, lambda t: _desk(deps, act, t, choice)))


def correct(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Counts again, where that points to nobody, and says what came of it."""
    ack()
    act, choice = read_act(body), _choice(deps, body.get("view"))

    def draw(t: Texts) -> Block:
        try:
            tables = summaries.correct(deps, act.user, choice.period)
        except CorrectionTooSmall as small:
            return _desk(deps, act, t, choice, t(small.message))
        return _desk(deps, act, t, choice, t("Counted. These numbers are version {version}.", version=tables.version))

    deps.slack.update_view(act.view_id, _drawn(deps, act, draw))


def open_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act, choice = read_act(body), _choice(deps, body.get("view"))

    def draw(t: Texts) -> Block:
        words = summaries.words(deps, act.user, choice.period, choice.language)
        return blocks.form(t, FormRead(words, f"{choice.period.first}", choice.language, marks(words.texts())))

    push_and_fill(deps.slack, act.trigger, loading(), partial(_drawn, deps, act, draw))


def write(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Stores the words; the desk below shows them."""
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    t, below = people.texts(deps, act), str(dig(body, "view", "root_view_id") or "")
    storing = deps.workers.submit(_write, deps, act, read)

    def drawn(problem: Problem | None) -> Block:
        if problem is None:
            return notice(t, t("Saved."))
        return refusal(t, problem) if isinstance(problem, NotAMember) else _again(deps, act, t, read, problem)

    answer_in_time(deps.slack, ack, act.view_id, storing, saving(t), drawn, partial(field_errors, t))
    if storing.exception() is None and below:
        choice = Choice(_period(deps, read), read.language)
        deps.slack.update_view(below, _drawn(deps, act, lambda t: _desk(deps, act, t, choice)))


def _write(deps: Deps, act: Act, read: FormRead) -> None:
    people.member(deps, act)
    summaries.write(deps, act.user, _period(deps, read), read.language, read.words, read.opened)


def _period(deps: Deps, read: FormRead) -> Period:
    """The half-year that the form is for; the one that ended last, where it names none."""
    latest = summaries.latest_half(local_day(deps.now()))
    return half_with(day_of(read.first) or latest.first)


def _again(deps: Deps, act: Act, t: Texts, read: FormRead, problem: Problem) -> Block:
    """The form with what was typed; where another coordinator has written meanwhile, sending it again writes over."""
    if isinstance(problem, ChangedMeanwhile):
        stands = summaries.words(deps, act.user, _period(deps, read), read.language)
        read = replace(read, opened=marks(stands.texts()))
    return blocks.form(t, read, problem)


def make(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Makes the files beside, and tells in the modal and in a message when they are there."""
    act, choice = read_act(body), _choice(deps, body.get("view"))
    t = people.texts(deps, act)
    making = deps.workers.submit(_make, deps, act, choice)
    answer_in_time(
        deps.slack,
        _shown(ack, blocks.made(t)),
        act.view_id,
        making,
        blocks.making(t),
        lambda problem: refusal(t, problem) if problem else blocks.made(t),
    )


def _shown(ack: Ack, view: Block) -> Callable[..., None]:
    """Where it was done in time, the modal says so in place of closing."""

    def acknowledge(**answer: Any) -> None:
        ack(**(answer or {"response_action": "update", "view": view}))

    return acknowledge


def _make(deps: Deps, act: Act, choice: Choice) -> None:
    people.member(deps, act)
    found = summaries.gathered(deps, act.user, choice.period, choice.language, files=True)
    t, spoken = Texts(choice.language), people.texts(deps, act)
    document = exports.document(t, deps.vocabularies, found, choice.preset, choice.by)
    drawn = list(exports.files(document, exports.file_stem(t, found, choice.preset)))
    try:
        place = deps.slack.post(act.user, *blocks.files_follow(spoken, document.title))
        if refused := exports.send(deps, place, t, document.title, drawn):
            deps.slack.post(act.user, *blocks.not_sent(spoken, refused))
    except SlackError as error:
        log.warning("the message with a summary's files was refused: %s", error.code)
        raise NotTaken from error
