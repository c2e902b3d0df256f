"""How feedback to a reporter looks: the message of what became of observations, and the form for a reply."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.blocks.hand import corrections
from bot.blocks.observations import (
    PRIVACY,
    explained,
    first_words,
    going,
    gone,
    seen_in,
    status_inside,
    step_name,
    submit_label,
    words_told,
)
from bot.blocks.parts import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    field,
    modal,
    quote,
    section,
    shown,
    text_input,
    unmarked,
)
from bot.blocks.submissions import above, carried_in, carrying, confirmed_in, required_in
from bot.errors import Problem
from bot.rules.block_ids import of_gone
from bot.rules.feedback import News, Reply, grouped
from bot.rules.observations import LONGEST
from bot.rules.people import LONGEST_WORDING
from bot.rules.statuses import GONE, REPLIES, Status
from bot.slack import dig
from bot.texts import Texts
from storage.models import Move, Observation

CALLBACK, ABOUT = "feedback.reply_form", "about."
FIRST_WORDS = 80
MOST_BLOCKS, MOST_CHARACTERS = 48, 12_000  # of the 50 and about 13,000 that Slack takes


def message(t: Texts, news: News) -> Message:
    """What became of some observations of one reporter."""
    rows = {row.number: row for _, row in news.told}
    text = t.many("News about your observation", "News about {n} of your observations", len(rows))
    blocks = [section(f"*{text}*")]
    for observations, moves in grouped(news.told):
        blocks += [divider(), *(named(t, row) for row in observations)]
        last = next((move for move in reversed(moves) if move.status), None)
        blocks += [block for move in moves for block in _step(t, move, news, is_last=move is last)]
        blocks += [
            context(going(t, news.hidden.get(row.number))) for row in observations if row.status == Status.DELETED
        ]
    blocks += [{**section(gone(t, *one)), "block_id": of_gone(one[0])} for one in news.gone]
    return text, [*blocks, *([_read(t, news)] if news.told else [])]


def fits(found: Message) -> bool:
    """Whether Slack takes the message."""
    size = sum(len(block["text"]["text"]) for block in found[1] if "text" in block)
    return len(found[1]) <= MOST_BLOCKS and size <= MOST_CHARACTERS


def named(t: Texts, row: Observation) -> Block:
    """Number and first words, with the way to reply; of one that is gone, the number alone and the way to a new one."""
    if row.status in GONE:
        anew = button("observations.open_form", t("File an observation"), "new")
        return {**section(f"*{row.number}*", anew), "block_id": of_gone(row.number)}
    block = first_words(row)
    block["text"]["text"] = f"{row.number} · {block['text']['text']}"
    return {**block, "accessory": button("feedback.reply", t("Reply"), row.number)}


def _step(t: Texts, move: Move, news: News, *, is_last: bool) -> list[Block]:
    """The status and what was said with it; the shipped answer only where no newer status has outdated it."""
    name, day = step_name(t, move), t.day(move.on_day)
    heading = section(f"*{name}* · {day}")
    if move.what == "restored":
        stands = t("The deletion was taken back: your observation is there as it was ({status}).",
                   status=status_inside(t, move.status or ""))  # fmt: skip
        return [heading, section(stands)]
    words = [*_joined_to(t, move, news), *words_told(t, move)]
    own = news.templates.get(move.status or "", {}).get(t.language)
    if (is_last or own) and not move.words and move.status in REPLIES:
        words.append(unmarked(template(t, move.status, news.templates)))
    return [heading, *words, *corrections(t, news.vocabularies, move)]


def _joined_to(t: Texts, move: Move, news: News) -> list[Block]:
    """The phenomenon by its title; others are spoken of only where there are any."""
    one = news.joined.get(move.phenomenon or "") if move.status == Status.JOINED else None
    if one is None:
        return []
    too = [t("Others have noticed this too.")] if one.others else []
    return [unmarked("\n".join([t("Phenomenon: {title}", title=shown(one.title, 800)), *too]))]


def template(t: Texts, status: str, templates: Mapping[str, Mapping[str, str]]) -> str:
    """The coordinators' text of the status in this language, else the shipped one; as it may stand in a message."""
    own = templates.get(status, {}).get(t.language, "")
    return shown(own, LONGEST_WORDING * 5) if own else t(REPLIES[status])


def _read(t: Texts, news: News) -> Block:
    if news.read:
        return {**context(t("Marked as read. Thank you.")), "block_id": "read"}
    return {**actions(button("feedback.read", t("Thank you, I have read this"), news.delivery)), "block_id": "read"}


def form(t: Texts, reply: Reply, about: Sequence[Block] = (), problem: Problem | None = None) -> Block:
    """The form for a reply, with the words in it; what the guard warns of counts as seen the next time."""
    notice, seen = explained(t, problem), seen_in(problem)
    reply = replace(reply, confirmed=seen or reply.confirmed)
    blocks = [
        *above(notice),
        *about,
        context(t(PRIVACY)),
        field("text", t("Your reply to the coordinator"), text_input("text", reply.text, t("Write here"), LONGEST)),
    ]
    is_reply = any(dig(block, "text", "text") == t("The coordinator wrote to you") for block in about)
    title = t("Reply") if is_reply else t("To the coordinator")
    view = modal(CALLBACK, title, t("Cancel"), blocks, submit_label(t, "Send", warned=seen))
    carried = {"n": reply.nonce, "o": reply.number, "k": reply.code, "c": sorted(reply.confirmed), "l": t.language}
    return carrying(view, carried)


def about(t: Texts, row: Observation, question: str) -> list[Block]:
    """What the reply is about: the observation's first words, or what the coordinator said last."""
    asked = [section(t("The coordinator wrote to you")), quote(question)] if question else []
    said = [context(t("Observation {number}", number=row.number)), *(asked or [quote(row.text, FIRST_WORDS)])]
    return [{**block, "block_id": f"{ABOUT}{place}"} for place, block in enumerate(said)]


def about_in(view: object) -> list[Block]:
    """The same, in a form that comes back."""
    return [block for block in dig(view, "blocks") or () if str(dig(block, "block_id")).startswith(ABOUT)]


def read_form(view: object) -> tuple[Reply, str]:
    """The reply as the form holds it, and the language that the form was drawn in."""
    carried = carried_in(view)
    reply = Reply(
        text=required_in(view, "text"),
        nonce=str(carried.get("n") or dig(view, "id") or ""),
        number=str(carried.get("o") or ""),
        code=str(carried.get("k") or ""),
        confirmed=confirmed_in(carried),
    )
    return reply, str(carried.get("l") or "")
