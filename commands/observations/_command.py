"""`/raportoi`: what stands after it decides; and what is written to the bot as a message."""

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.blocks import observations as blocks
from bot.blocks.parts import Block, Message, said
from bot.blocks.submissions import act_in, carried_in
from bot.deps import Deps
from bot.dialogs import open_when_drawn
from bot.errors import N_, InvalidDraft, LineTooShort, PersonalDataFound, Problem, TooManyLines, WordsGone
from bot.rules.commands import ROWS, Asked, Command, understand
from bot.rules.observations import LONGEST, Draft, only_sure, stopped_in
from bot.rules.urgency import notices
from bot.services import observations, people
from bot.services.permissions import Actor
from bot.slack import Act, as_typed, read_act
from bot.texts import Texts
from commands.observations import _search
from commands.observations._codes import whisper_code
from commands.observations._form import new_form, open_form
from commands.observations._receipt import send_receipts, tell_filed

ELSEWHERE = N_("That is what one of my buttons says: please press it where it stands. Nothing was stored.")
NEAR = N_("Did you mean `/raportoi {word}`? Nothing was stored.")
UNFIT = (PersonalDataFound, InvalidDraft, LineTooShort, TooManyLines)  # for one line: the form takes it


def raportoi(deps: Deps, act: Act, asked: Asked, context: BoltContext) -> None:
    if waits := deps.codes.newest(act.user):
        deps.run_soon(whisper_code, act.user, act.response_url, waits)
    text = as_typed(act.text)
    if asked.what == "form":
        open_form(deps, act, Draft())
    elif asked.what == "channels":
        deps.slack.open_view(act.trigger, blocks.routing(people.texts(deps, act)))
    elif asked.what in ("file", "offer") and notices(text[:LONGEST]) and not stopped_in(text):
        _show_channels(deps, act, text)
    elif asked.what == "file":
        context["ticket"] = deps.shelf.put(act.user, Draft(text=text))
        _file(deps, act, text)
        deps.shelf.drop(context["ticket"])
    else:
        t, who = people.welcome(deps, act)
        deps.slack.whisper(act.response_url, *_answer_command(deps, act, who, t, asked.what, asked.rest))


def _file(deps: Deps, act: Act, text: str) -> None:
    """Files the lines, or opens the form with the words in it and the reason above them."""
    try:
        lines = observations.examine_lines(deps, text)
        t, who = people.welcome(deps, act)
        filed = observations.file_lines(deps, lines, who, act.trigger)
    except UNFIT as problem:
        open_form(deps, act, _draft(deps, text, problem), problem)
        return
    if filed.created:
        deps.run_soon(tell_filed, act, t, filed.rows)


def _draft(deps: Deps, text: str, problem: Problem) -> Draft:
    return Draft(text=text) if isinstance(problem, InvalidDraft) else only_sure(observations.guessed(deps, text))


def _show_channels(deps: Deps, act: Act, text: str) -> None:
    """What sounds like a statutory notice is not filed before its writer has seen where notices go."""
    ticket = deps.shelf.put(act.user, Draft(text=text))

    def draw() -> Block:
        return blocks.routing_first(people.welcome(deps, act, at_once=True)[0], ticket, act)

    open_when_drawn(deps, act, draw)


def file_anyway(deps: Deps, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
    """Files what sounded like a notice, once for each ticket; what the guard finds besides comes back in the form."""
    ack()
    act = act_in(body)
    if (kept := deps.shelf.get(act.user, act.value)) is None:
        raise WordsGone
    context["ticket"] = act.value
    act = replace(act, response_url=str(carried_in(body.get("view")).get("r") or ""))
    t, who = people.welcome(deps, act)
    try:
        filed = observations.file_lines(deps, kept.text, who, f"anyway {act.value}", asks_of_urgent=False)
    except UNFIT as problem:
        deps.slack.update_view(act.view_id, new_form(deps, act, t, _draft(deps, kept.text, problem), problem))
        return
    del context["ticket"]
    if filed.created:
        deps.run_soon(send_receipts, act, t, filed.rows)
    deps.slack.update_view(act.view_id, blocks.notice(t, blocks.one_sentence(t, deps.vocabularies, filed.rows)[0]))


def open_help(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """From App Home, where nothing can be whispered."""
    ack()
    act = read_act(body)
    deps.slack.open_view(act.trigger, blocks.help_page(people.texts(deps, act)))


def _answer_command(deps: Deps, act: Act, who: Actor, t: Texts, asked: str, rest: str) -> Message:
    if asked in ("mine", "undo"):  # they can be withdrawn there
        return blocks.own_list(t, deps.vocabularies, observations.latest_of(deps, who))
    if asked == "status":
        return blocks.status_note(t, deps.vocabularies, observations.standing(deps, who, rest), rest)
    if asked == "search":
        return _search.answer(deps, act, who, t, rest)
    if asked == "offer":
        quoted = "" if stopped_in(rest) else rest  # what the guard would stop is not repeated
        return blocks.offer(t, quoted, f"{deps.shelf.put(act.user, Draft(text=rest))} {act.command}")
    if asked in ("near", "elsewhere"):
        return said(t(NEAR, word=rest) if asked == "near" else t(ELSEWHERE))
    return blocks.help_note(t)


ANSWERS = dict.fromkeys((row.asked for row in ROWS if row.story == "observations"), raportoi)


def answer_message(deps: Deps, act: Act) -> None:
    """Answers with a button to the form; the words wait there in memory and are stored nowhere."""
    t, _ = people.welcome(deps, act)
    asked = understand(Command.REPORT, act.text)
    if asked.what == "help" or asked == Asked("meetings"):
        deps.slack.post(act.channel, *blocks.help_note(t))
        return
    ticket = deps.shelf.put(act.user, Draft(text=act.text))
    deps.slack.post(act.channel, *blocks.answer_to_message(t, stopped_in(act.text), ticket))


MESSAGES = {"": answer_message}
