"""The coordinators' list of phenomena, a page at a time."""

from dataclasses import replace
from typing import Any

from bot.blocks.counts import noticed
from bot.blocks.parts import Block, actions, button, confirm, context, section, shown
from bot.blocks.queues import block_id
from bot.rules.phenomena import Listed, Shown
from bot.rules.queues import Wanted, days_overdue, written
from bot.rules.statuses import NAMES
from bot.texts import Texts

# The queue of one phenomenon's observations: all of them, whatever else was asked for.
JOINED: dict[str, Any] = {"kind": "", "theme": "", "area": "", "status": "all", "words": "", "page": 0}


def listed(t: Texts, found: Listed, wanted: Wanted) -> list[Block]:
    """The coordinators' list, at most 17 blocks; its pages go with the queue's, since both stand on one page."""
    title = t("Phenomena")
    head = section(f"*{title}*", button("phenomena.open_form", t("New phenomenon"), "new"))
    head["block_id"] = block_id("phenomena", wanted)
    entries = [
        block
        for at, one in enumerate(found.shown)
        for block in _entry(t, found, one, block_id(f"phenomenon{at}", wanted), wanted)
    ]
    turns = [
        *([_turn(t("Previous"), "previous", wanted, found.page - 1)] if found.page > 0 else []),
        *([_turn(t("Next"), "next", wanted, found.page + 1)] if found.page + 1 < found.pages else []),
    ]
    pages = context(t("Page {page} of {pages}. The most overdue come first.", page=found.page + 1, pages=found.pages))
    return [head, *(entries or [context(t("No phenomena yet."))]), *([actions(*turns), pages] if turns else [])]


def _turn(label: str, way: str, wanted: Wanted, page: int) -> Block:
    return button(f"phenomena.{way}", label, written(replace(wanted, phenomena=page)))


def _entry(t: Texts, found: Listed, one: Shown, place: str, wanted: Wanted) -> list[Block]:
    row = one.row
    lines = [f"*{row.number}* · {t(NAMES[row.status])} · {reach(t, one)}"]
    lines += [noticed(t, one.met)] if one.met.people else []
    if row.unchanged_on:
        lines.append(":speech_balloon: " + t("Somebody says that nothing has changed."))
    if days := days_overdue(row.status, row.noted_on, row.review_on, found.today):
        lines.append(":hourglass: " + t.many("no note for one day", "no note for {n} days", days))
    buttons = [button("phenomena.review", t("Open"), row.number)]
    if one.observations:
        narrowed = replace(wanted, **JOINED, phenomenon=row.number)
        buttons.append(button("observations.queue_joined", t("Show its observations"), written(narrowed)))
    buttons.append(
        taking_down(t, row.number) if row.published_on else button("phenomena.publish", t("Publish…"), row.number)
    )
    return [section(f"{shown(row.title, 400)}\n" + "\n".join(lines)), {**actions(*buttons), "block_id": place}]


def taking_down(t: Texts, number: str) -> Block:
    asks = confirm(
        t("Take the post down?"),
        t("It goes from the channel. The phenomenon and its observations stay, and it can be published again."),
        t("Take it down"),
        t("Keep it"),
    )
    return {**button("phenomena.take_down", t("Take the post down…"), number), "confirm": asks}


def reach(t: Texts, one: Shown) -> str:
    joined = (
        t.many("one observation", "{n} observations", one.observations) if one.observations else t("no observations")
    )
    areas = t.many("one area", "{n} areas", one.areas)
    return f"{joined}, {areas}" if one.areas else joined
