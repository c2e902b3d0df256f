"""How own observations look to their writer: the list of those with a name, and one without by its code."""

from collections.abc import Sequence
from datetime import datetime

from bot.blocks.moments import moment
from bot.blocks.observations._receipt import change, classified, first_words, withdrawing
from bot.blocks.parts import Block, Message, actions, button, context, quote, quotes, said, section, shown, unmarked
from bot.errors import N_
from bot.rules.observations import PER_PAGE, Own
from bot.rules.reviews import CORRECTED, REDACTED
from bot.rules.statuses import GONE, NAMES, Status
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Move, Observation, Phenomenon

LAST_WORDS = 200
MOST_BLOCKS, MOST_CHARACTERS = 38, 9000  # of a history; the rest of the message needs some too


def own_list(
    t: Texts, vocabularies: Vocabularies, found: tuple[Sequence[Own], bool], beyond: int = 0, place: str = "own"
) -> Message:
    """A person's own observations, the newest first, with status, the last reply, and the ways to change them.

    `found`: ten of them, `beyond` so many newer ones, and whether there are older ones.
    """
    owns, more = found
    if not owns and not beyond:
        text = t("You have not filed observations with your name yet. Start with `/raportoi`.")
        return said(text)
    text = t("Your latest observations")
    blocks = [block for own in owns for block in _one(t, vocabularies, own, place)]
    pages = [
        *([button("observations.newer", t("Newer"), str(max(0, beyond - PER_PAGE)))] if beyond else []),
        *([button("observations.older", t("Older"), str(beyond + PER_PAGE))] if more else []),
    ]
    return text, [section(f"*{text}*"), *blocks, *([actions(*pages)] if pages else [])]


def _one(t: Texts, vocabularies: Vocabularies, own: Own, place: str) -> list[Block]:
    said = own.last_words
    return [
        section(line(t, vocabularies, own.row, own.phenomenon)),
        first_words(own.row),
        *([_with(t("Coordinator:"), said)] if said else []),
        change(t, own.row, "observations.withdraw", editable=own.fixed is None, place=place),
    ]


def _with(label: str, text: str) -> Block:
    block = quote(text, LAST_WORDS)
    block["text"]["text"] = f"{label} {block['text']['text']}"
    return block


def line(t: Texts, vocabularies: Vocabularies, row: Observation, joined: Phenomenon | None = None) -> str:
    """Number, day and classification, and the status: of a joined one its phenomenon's too."""
    status = ": ".join(status_name(t, one.status) for one in (row, joined) if one)
    return f"*{row.number}* · {t.day(row.filed_on)} · {status}\n{classified(t, vocabularies, row)}"


def status_name(t: Texts, status: str) -> str:
    return t(NAMES[status]) if status in NAMES else status


def status_inside(t: Texts, status: str) -> str:
    """The same within a sentence or brackets."""
    return status_name(t, status).lower()


def status_note(t: Texts, vocabularies: Vocabularies, own: Own, code: str) -> Message:
    """How a no-name observation proceeds, told to whoever has its code: history, words and questions, own replies.

    The code goes along in the buttons: this is whispered, and never a message that stays.
    """
    text = line(t, vocabularies, own.row)
    blocks = [section(text), *joined_to(t, own.phenomenon), *history(t, own.steps)]
    if own.row.status == Status.DELETED:
        blocks += [context(going(t, own.until)), section(t(Status.DELETED.traits.reply)), *_gone_actions(t, own, code)]
    elif own.row.status not in GONE:
        edit = [button("observations.edit_by_code", t("Edit"), code)] if own.fixed is None else []
        blocks.append(
            actions(
                button("observations.answer_by_code", t("Write to the coordinator"), code),
                button("observations.open_by_code", t("Open"), code),
                *edit,
                withdrawing(t, "observations.withdraw_by_code", code),
            )
        )
    return text, blocks


def going(t: Texts, until: datetime | None) -> str:
    """What becomes of the words of a deleted one: hidden until then, or not stored any more."""
    if until is None:
        return t("Its words are no longer stored.")
    return t("Its text is hidden from everybody, and goes for good {moment}.", moment=moment(t, until))


def _gone_actions(t: Texts, own: Own, code: str) -> list[Block]:
    """A new one; and while the deletion could be taken back, withdrawing, which it cannot be."""
    buttons = [button("observations.open_form", t("File an observation"), "new")]
    if own.until:
        buttons.append(withdrawing(t, "observations.withdraw_by_code", code))
    return [actions(*buttons)]


def joined_to(t: Texts, one: Phenomenon | None) -> list[Block]:
    if one is None:
        return []
    label = t("Joined to a phenomenon ({status}):", status=status_inside(t, one.status))
    return [section(label), quote(one.title, 300)]


def history(t: Texts, steps: Sequence[Move]) -> list[Block]:
    """The latest steps that fit, the first one first."""
    kept: list[Block] = []
    for step in reversed(steps):
        drawn = [section(f"*{t.day(step.on_day)}* · {_what(t, step)}"), *words_told(t, step)]
        if len(kept) + len(drawn) > MOST_BLOCKS or _size([*drawn, *kept]) > MOST_CHARACTERS:
            return [context(t("Earlier steps do not fit here.")), *kept]
        kept = [*drawn, *kept]
    return kept


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block["text"]["text"]) for block in blocks if "text" in block)


def _what(t: Texts, step: Move) -> str:
    return t("Your reply") if step.actor is None else step_name(t, step)


OF_HAND = {  # what a coordinator does to an observation itself: the heading, and what the reporter is told of it
    CORRECTED: (
        N_("The classification was corrected"),
        N_("A coordinator corrected the classification, so that it is counted right. Your own choice is kept too."),
    ),
    REDACTED: (
        N_("Words were taken out"),
        N_(
            "A coordinator took out words by which somebody might be known. They are stored nowhere any more. The rest"
            " stands as you wrote it, and you may answer."
        ),
    ),
}


def step_name(t: Texts, step: Move) -> str:
    """What a coordinator has done, as the reporter reads it."""
    if step.what == "restored":
        return t("Brought back")
    if step.what in OF_HAND:
        named = OF_HAND[step.what][0]
        return t(named)
    return status_name(t, step.status) if step.status else t("The coordinator wrote to you")


def words_told(t: Texts, step: Move) -> list[Block]:
    """What goes with a step: receiver, reason and review date, and the words."""
    facts = [
        *([t("To: {receiver}", receiver=shown(step.receiver, 1200))] if step.receiver else []),
        *([t("Reason: {reason}", reason=shown(step.reason, 1200))] if step.reason else []),
        *([t("Looked at again on {day}.", day=t.day(step.review_on))] if step.review_on else []),
    ]
    if step.what in OF_HAND:
        said = OF_HAND[step.what][1]
        return [unmarked(t(said))]
    return [*([unmarked("\n".join(facts))] if facts else []), *quotes(step.words)]
