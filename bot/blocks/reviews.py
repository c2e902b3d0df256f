"""How an observation looks to a coordinator: its words and history, the form for the next step, and reading it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.blocks.audits import who
from bot.blocks.hand import hand, own_choice
from bot.blocks.observations import classified, going, status_inside
from bot.blocks.parts import (
    Block,
    actions,
    button,
    context,
    date_input,
    divider,
    field,
    line_input,
    modal,
    quote,
    quotes,
    section,
    select,
    shown,
    text_input,
    unmarked,
)
from bot.blocks.submissions import above, carried_in, carrying, confirmed_in, day_of, value_in
from bot.errors import ChangedMeanwhile
from bot.rules.observations import LONGEST
from bot.rules.reviews import CORRECTED, REDACTED, Review
from bot.rules.statuses import LONGEST_LINE, NAMES, Step, following, joining
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Move, Observation, Phenomenon

CALLBACK = "observations.review"
NONE, NEW = "none", "new"
MOST_MOVES, MOST_BLOCKS, MOST_NEW = 20, 60, 5
WHOLE = 20_000  # characters as sent, of a text: a modal is limited by its blocks alone


@dataclass(frozen=True, slots=True)
class ReviewRead:
    """A submitted review: which observation or phenomenon as of which version and last step, and what was typed.

    `origin` says which queue it was opened from, as blocks.queues writes it.
    """

    number: str
    version: int
    last_step: int
    step: Step
    origin: dict[str, str]


def form(
    t: Texts,
    vocabularies: Vocabularies,
    review: Review,
    read: ReviewRead,
    notice: str = "",
    *,
    warned: bool = False,
    similar: Sequence[Observation] = (),
) -> Block:
    """The observation and the form with what was typed. One whose words are gone is only shown."""
    row = review.row
    blocks = [
        *above(notice),
        *_what(t, vocabularies, review),
        *own_choice(t, vocabularies, review.row),
        *_similar(t, similar),
        *history(t, review.moves),
    ]
    title = row.number
    if not following(row.status):
        back = [actions(button("observations.restore", t("Bring it back"), row.number, "primary"))]
        return carrying(modal(CALLBACK, title, t("Close"), [*blocks, *(back if review.until else [])]), read.origin)
    delete = button("observations.delete", t("Delete the observation…"), row.number)
    ask = button("practice.request", t("Ask for a practice card"), row.number)
    asks = [ask] if row.kind == "M" and row.author else []
    blocks += [*hand(t, review), divider(), *_inputs(t, review, read.step), divider(), actions(*asks, delete)]
    view = modal(CALLBACK, title, t("Cancel"), blocks, t("Send anyway") if warned else t("Save"))
    joined = review.joined.number if review.joined else ""
    return carrying(view, {**carried_of(row, review.last_step, read), "p": joined})


def unread(review: Review, origin: dict[str, str]) -> ReviewRead:
    """A form in which nothing is typed yet; what the reporter takes the observation for is chosen."""
    chosen = review.joined or review.same_as
    step = Step(phenomenon=chosen.number if chosen else "")
    return ReviewRead(review.row.number, review.row.version, review.last_step, step, origin)


def _what(t: Texts, vocabularies: Vocabularies, review: Review) -> list[Block]:
    gone = [] if review.row.text else [context(going(t, review.until))]
    return [*words(t, vocabularies, review.row), *gone, *_phenomenon_lines(t, review)]


def words(t: Texts, vocabularies: Vocabularies, row: Observation) -> list[Block]:
    """The observation whole, with what it is about and who has filed it."""
    who = f"<@{row.author}>" if row.author else t("without a name")
    lines = [f"*{t(NAMES[row.status])}* · {t.date(row.filed_on)} · {who}", classified(t, vocabularies, row)]
    codes = (("sector", row.sector), ("group", row.client_group), ("scale", row.scale))
    labels = [vocabularies.label(name, code, t.language) for name, code in codes]
    lines += [" · ".join(label for label in labels if label)] if any(labels) else []
    heading = t("Proposal for action")
    proposal = [section(f"*{heading}*"), *quotes(row.proposal, most=WHOLE)] if row.proposal else []
    return [section("\n".join(lines)), *quotes(row.text, most=WHOLE), *proposal]


def _phenomenon_lines(t: Texts, review: Review) -> list[Block]:
    if review.joined:
        text = t("Joined to phenomenon {number}.", number=review.joined.number)
    elif review.same_as and joining(review.row.status):
        text = t("The reporter takes this for phenomenon {number}. It is chosen below.", number=review.same_as.number)
    else:
        return []
    return [context(text)]


def _similar(t: Texts, rows: Sequence[Observation]) -> list[Block]:
    lines = [f"*{row.number}* · {t(NAMES[row.status])} · {t.date(row.filed_on)}" for row in rows]
    entries = [block for line, row in zip(lines, rows, strict=True) for block in (section(line), quote(row.text, 150))]
    heading = t("Similar ones")
    return [section(f"*{heading}*"), *entries] if rows else []


def history(t: Texts, moves: Sequence[Move]) -> list[Block]:
    """The last steps, the latest last, as far as a modal has room; what is left out is said."""
    kept: list[list[Block]] = []
    room = MOST_BLOCKS
    for move in reversed(moves[-MOST_MOVES:]):
        drawn = [section(move_line(t, move)), *_said(move)]
        if len(drawn) > room:
            break
        room -= len(drawn)
        kept.insert(0, drawn)
    left_out = len(moves) - len(kept)
    missing = t.many("One earlier step is not shown.", "{n} earlier steps are not shown.", left_out)
    heading = t("History")
    head = [section(f"*{heading}*"), *([context(missing)] if left_out else [])]
    return [*head, *(block for drawn in kept for block in drawn)] if moves else []


def meanwhile(t: Texts, moves: Sequence[Move], last_step: int) -> str:
    """What others have done since the step that was the last one when the form was drawn."""
    lines = [move_line(t, move) for move in moves if move.step > last_step][-MOST_NEW:]
    return "\n".join([t(ChangedMeanwhile.message), *(f"• {line}" for line in lines)])


def move_line(t: Texts, move: Move) -> str:
    """Day, who, and what, in one line."""
    actor = who(t, move.actor) if move.actor else t("The reporter")
    if move.what == "status":
        what = t(NAMES.get(move.status or "", move.status or ""))
    else:
        said = {"words": t("wrote to the reporter"), "answer": t("answered"), "restored": t("brought it back")}
        said |= {CORRECTED: t("corrected the classification"), REDACTED: t("took words out of the text")}
        what = said.get(move.what, t("edited the text"))
    until = t("to be looked at again {day}", day=t.date(move.review_on)) if move.review_on else ""
    read = t("the reporter has read this") if move.read_on else ""
    return " · ".join(part for part in (t.date(move.on_day), actor, what, until, read) if part)


def _said(move: Move) -> list[Block]:
    reason = "" if move.what == CORRECTED else move.reason
    short = " · ".join(part for part in (move.receiver, reason) if part)
    return [*([unmarked(shown(short))] if short else []), *quotes(move.words)]


def _inputs(t: Texts, review: Review, step: Step) -> list[Block]:
    hint = t("The reporter reads this. Left empty with a new status, the reporter gets the ready-made answer.")
    status = review.row.status
    asked = step_inputs(t, status, following(status), step, hint)
    return [*asked, *([_phenomenon_select(t, review, step)] if joining(status) else [])]


def step_inputs(t: Texts, status: str, steps: Sequence[str], step: Step, hint: str) -> list[Block]:
    """Status, reason, receiver, review date and reply; the first status leaves it as it is."""
    stays = t("Leave as it is ({status})", status=status_inside(t, status))
    statuses = [(status, stays), *((code, t(NAMES[code])) for code in steps)]
    chosen = step.status if step.status in steps else status
    ask = t("What do you want to tell?")
    return [
        field("status", t("Status"), select("status", statuses, chosen, t("Choose"))),
        field("reason", t("Reason"), line_input("reason", step.reason, LONGEST_LINE),
              t("Needed where the matter does not lead to action, and where a closed one is opened again."),
              optional=True),
        field("receiver", t("Taken to, or directed to"),
              line_input("receiver", step.receiver, LONGEST_LINE), optional=True),
        field("review_date", t("Looked at again on"), date_input("review_date", step.review_on), optional=True),
        field("reply", t("Message to the reporter"), text_input("reply", step.reply, ask, LONGEST), hint,
              optional=True),
    ]  # fmt: skip


def _phenomenon_select(t: Texts, review: Review, step: Step) -> Block:
    options = [
        (NONE, t("No phenomenon")),
        (NEW, t("New phenomenon…")),
        *((one.number, f"{one.number} · {one.title}") for one in review.phenomena),
    ]
    joined = review.joined.number if review.joined else NONE
    menu = select("phenomenon", options, step.phenomenon or joined, t("Choose"))
    return field("phenomenon", t("Join to a phenomenon"), menu, optional=True)


def carried_of(row: Observation | Phenomenon, last_step: int, read: ReviewRead) -> dict[str, Any]:
    """What a review's form carries: which one as of when, the warnings that were seen, and where it was opened."""
    seen = sorted(read.step.confirmed)
    return {"n": row.number, "v": row.version, "h": last_step, "s": row.status, "c": seen, **read.origin}


def read_form(view: object) -> ReviewRead:
    """What the form holds, whatever is missing or odd in it. The present status and phenomenon stand for no change."""
    read, joined = read_review(view), carried_in(view).get("p")
    chosen = str(value_in(view, "phenomenon") or "")
    if chosen in ("", NONE, joined):
        return read
    return replace(read, step=replace(read.step, phenomenon=chosen))


def read_review(view: object) -> ReviewRead:
    """The same of any form that `carried_of` went along with."""
    carried = carried_in(view)
    number, version, last = str(carried.get("n") or ""), _whole(carried.get("v")), _whole(carried.get("h"))
    return ReviewRead(number, version, last, _read_step(view, carried), kept_origin(carried))


def kept_origin(carried: Mapping[str, Any]) -> dict[str, str]:
    """What a form carries of the queue that it was opened from."""
    return {name: str(carried[name]) for name in ("q", "r") if carried.get(name)}


def _read_step(view: object, carried: Mapping[str, Any]) -> Step:
    """The step that the fields ask for; `carried` holds the status as drawn ("s") and the warnings seen ("c")."""
    texts = {name: str(value_in(view, name) or "").strip() for name in ("status", "reason", "receiver", "reply")}
    return Step(
        status="" if texts["status"] == carried.get("s") else texts["status"],
        reason=texts["reason"],
        receiver=texts["receiver"],
        review_on=day_of(value_in(view, "review_date")),
        reply=texts["reply"],
        confirmed=confirmed_in(carried),
    )


def _whole(value: object) -> int:
    """A version or a step; -1, which none has, for anything odd."""
    return value if type(value) is int else -1
