"""`/raportoi haku`: what is found, page by page, and the offer to file what may have been meant as a sentence."""

from typing import Any

from slack_bolt import Ack

from bot.blocks import observations as blocks
from bot.blocks import search as looks
from bot.blocks.parts import Message, divider
from bot.deps import Deps
from bot.dialogs import put_in_place_of_form
from bot.rules.commands import like_a_sentence
from bot.rules.observations import Draft, stopped_in, tidy
from bot.rules.searches import LONGEST, Under
from bot.services import people, search
from bot.services.permissions import Actor, is_coordinator
from bot.slack import Act, as_typed, read_act
from bot.texts import Texts


def answer(deps: Deps, act: Act, who: Actor, t: Texts, words: str) -> Message:
    """What the words find; a sentence that only begins like a search is offered to be filed as well."""
    text, drawn = _page(deps, who, t, tidy(words[:LONGEST]), 0)
    typed = as_typed(act.text)
    if not like_a_sentence(typed):
        return text, drawn
    quoted = "" if stopped_in(typed) else typed  # what the guard would stop is not repeated
    offer = blocks.offer(t, quoted, deps.shelf.put(act.user, Draft(text=typed)))
    return text, [*drawn, divider(), *offer[1]]


def show_more(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The next page: whispered, or in the modal that was opened from App Home."""
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    words, page, under = looks.read_carried(act.value)
    found = _under(deps, who, t, under, page) if under else _page(deps, who, t, words, page)
    if act.response_url:
        deps.slack.whisper(act.response_url, *found)
    else:
        deps.slack.update_view(act.view_id, looks.page(t, found))


def open_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    deps.slack.open_view(act.trigger, looks.form(people.texts(deps, act)))


def submit_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """What is found takes the place of the question."""
    act, words = read_act(body), looks.read_form(body.get("view") or {})
    put_in_place_of_form(deps, ack, act, lambda t, who: looks.page(t, _page(deps, who, t, words, 0)))


def _page(deps: Deps, who: Actor, t: Texts, words: str, page: int) -> Message:
    """The words are neither logged nor stored: only the button to the next page carries them, seen by nobody else."""
    if kinds := stopped_in(words):
        return blocks.not_searched(t, kinds)
    found = search.find(deps, who, words, page)
    if found is None:
        return looks.how(t)
    may_open_all = is_coordinator(deps, who)
    return looks.hits(t, deps.vocabularies, found, looks.carried(words, page + 1), who, coordinates=may_open_all)


def _under(deps: Deps, who: Actor, t: Texts, under: Under, page: int) -> Message:
    found, may_open_all = search.find_under(deps, who, under, page), is_coordinator(deps, who)
    following = looks.carried("", page + 1, under)
    return looks.hits(t, deps.vocabularies, found, following, who, coordinates=may_open_all)
