"""How an observation looks to a coordinator: its words and history, the form for the next step, and reading it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.blocks.audits import who
from bot.blocks.hand import hand, own_choice
from bot.blocks.loop import changed
from bot.blocks.observations import (
    WHOLE,
    classified,
    details,
    going,
    guard_asked,
    status_inside,
    submit_label,
    words_of_proposal,
)
from bot.blocks.others import told_by
from bot.blocks.parts import (
    Block,
    Option,
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
from bot.blocks.submissions import above, as_typed, carried_in, carrying, confirmed_in, day_of, value_in
from bot.errors import ChangedMeanwhile
from bot.rules.observations import LONGEST
from bot.rules.reviews import CORRECTED, REDACTED, Hearers, Review
from bot.rules.statuses import LONGEST_LINE, NAMES, OPEN, Step, following, joining, needs
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Move, Observation, Phenomenon

CALLBACK = "observations.review"
NONE, NEW = "none", "new"
BACK = "u"  # in a form: the ticket of the one in whose place it stands
LASTING = "m"  # in a form that was opened from a message that lasts, and is edited
OF_STATUS = ("reason", "receiver", "review_date")
MOST_MOVES, MOST_BLOCKS, MOST_NEW = 20, 60, 5


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
    others: Sequence[tuple[str, int]] = ()  # those with which the same is done, as of which version

    @property
    def several(self) -> list[tuple[str, int]]:
        return [(self.number, self.version), *self.others]


def form(
    t: Texts,
    vocabularies: Vocabularies,
    review: Review,
    read: ReviewRead,
    notice: str = "",
    *,
    warned: bool = False,
) -> Block:
    """The observation and the form with what was typed. One whose words are gone is only shown."""
    row = review.row
    blocks = [
        *way_back(t, read.origin),
        *above(notice),
        *_what(t, vocabularies, review),
        *told_by(t, review.row),
        *own_choice(t, vocabularies, review.row),
        *changed(t, review.row.number, review.changed),
        *_similar(t, review),
        *history(t, review.moves),
    ]
    title = row.number
    if not following(row.status):
        back = [actions(button("observations.restore", t("Bring it back"), row.number, "primary"))]
        return carrying(modal(CALLBACK, title, t("Close"), [*blocks, *(back if review.until else [])]), read.origin)
    delete = button("observations.delete", t("Delete the observation…"), row.number)
    ask = button("practice.request", t("Ask for a practice card"), row.number)
    asks = [ask] if row.kind == "M" and row.author else []
    blocks += [*hand(t, review), divider(), *_inputs(t, review, read), divider(), actions(*asks, delete)]
    view = modal(CALLBACK, title, t("Cancel"), blocks, submit_label(t, "Save", warned=warned))
    joined = review.joined.number if review.joined else ""
    return carrying(view, {**carried_of(row, review.last_step, read), "p": joined})


def unread(review: Review, origin: dict[str, str]) -> ReviewRead:
    """A form in which nothing is typed yet; what the reporter takes the observation for is chosen."""
    chosen = review.joined or review.same_as
    step = Step(phenomenon=chosen.number if chosen else "")
    return ReviewRead(review.row.number, review.row.version, review.last_step, step, origin)


def way_back(t: Texts, origin: Mapping[str, str]) -> list[Block]:
    """To the modal in whose place this one stands, with what was typed in it; nothing where Slack leads back itself."""
    return [actions(button("submissions.open_again", t("Back"), origin[BACK]))] if origin.get(BACK) else []


def _what(t: Texts, vocabularies: Vocabularies, review: Review) -> list[Block]:
    gone = [] if review.row.text else [context(going(t, review.until))]
    warned = [context(f":warning: {guard_asked(t)}")] if review.row.warned and review.row.text else []
    return [*words(t, vocabularies, review.row), *gone, *warned, *_phenomenon_lines(t, review)]


def words(t: Texts, vocabularies: Vocabularies, row: Observation) -> list[Block]:
    """The observation whole, with what it is about and who has filed it."""
    who = f"<@{row.author}>" if row.author else t("without a name")
    lines = [f"*{t(NAMES[row.status])}* · {t.day(row.filed_on)} · {who}", classified(t, vocabularies, row)]
    lines += [details(t, vocabularies, row)]
    return [section("\n".join(filter(None, lines))), *quotes(row.text, most=WHOLE), *words_of_proposal(t, row.proposal)]


def _phenomenon_lines(t: Texts, review: Review) -> list[Block]:
    if review.joined:
        number = review.joined.number
        return [section(t("Joined to phenomenon {number}.", number=number), answer_all(t, number))]
    if review.same_as and joining(review.row.status):
        text = t("The reporter takes this for phenomenon {number}. It is chosen below.", number=review.same_as.number)
    else:
        return []
    return [context(text)]


def answer_all(t: Texts, phenomenon: str) -> Block:
    """The way to one message for all who reported it."""
    return button("phenomena.review", t("Answer all its reporters…"), phenomenon)


def _similar(t: Texts, review: Review) -> list[Block]:
    """Those like it, each to be opened, and the way to one answer to all of them."""
    rows = review.similar
    lines = [f"*{row.number}* · {t(NAMES[row.status])} · {t.day(row.filed_on)}" for row in rows]
    opens = [button("phenomena.observation", t("Open"), row.number) for row in rows]
    drawn = zip(lines, opens, rows, strict=True)
    entries = [block for line, one, row in drawn for block in (section(line, one), quote(row.text, 150))]
    heading = t("Similar ones")
    several = button("observations.several", t("Answer several…"), review.row.number)
    return [section(f"*{heading}*", several if review.row.status in OPEN else None), *entries] if rows else []


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
    until = t("to be looked at again {day}", day=t.day(move.review_on)) if move.review_on else ""
    read = t("the reporter has read this") if move.read_on else ""
    return " · ".join(part for part in (t.day(move.on_day), actor, what, until, read) if part)


def _said(move: Move) -> list[Block]:
    reason = "" if move.what == CORRECTED else move.reason
    short = " · ".join(part for part in (move.receiver, reason) if part)
    return [*([unmarked(shown(short))] if short else []), *quotes(move.words)]


def _inputs(t: Texts, review: Review, read: ReviewRead) -> list[Block]:
    step = read.step
    hint = t("The reporter reads this. Left empty with a new status, the reporter gets the ready-made answer.")
    status = review.row.status
    asked = step_inputs(t, as_is(t, status), following(status), step, (t("Message to the reporter"), hint))
    chosen = step.phenomenon or (review.joined.number if review.joined else NONE)
    return [*asked, *([phenomenon_select(t, review.phenomena, chosen)] if joining(status) else [])]


def as_is(t: Texts, status: str) -> Option:
    """The first of the statuses to choose from, which leaves the present one."""
    return status, t("Leave as it is ({status})", status=status_inside(t, status))


def hear(t: Texts, found: Hearers) -> str:
    """How many get a message, and how many read it by their receipt code."""
    named = t.many("The message goes to one reporter.", "The message goes to {n} reporters.", found.named)
    unnamed = t.many(
        "One was filed without a name: it is read with the receipt code.",
        "{n} were filed without a name: they are read with their receipt codes.",
        found.unnamed,
    )
    return " ".join([*([named] if found.named else []), *([unnamed] if found.unnamed else [])])


def step_inputs(t: Texts, stays: Option, steps: Sequence[str], step: Step, reply: tuple[str, str]) -> list[Block]:
    """Status, what it needs, and the reply (its label and hint); the first status, `stays`, leaves it as it is.

    The choice of a status is told at once, so that the form can be fitted to it (`fitted`).
    """
    status = stays[0]
    statuses = [stays, *((code, t(NAMES[code])) for code in steps)]
    chosen = step.status if step.status in steps else status
    ask = t("What do you want to tell?")
    return [
        {**field("status", t("Status"), select("status", statuses, chosen, t("Choose"))), "dispatch_action": True},
        *needed_inputs(t, status, step if step.status in steps else replace(step, status="")),
        field("reply", reply[0], text_input("reply", step.reply, ask, LONGEST), reply[1], optional=True),
    ]  # fmt: skip


def needed_inputs(t: Texts, status: str, step: Step) -> list[Block]:
    """The fields that the chosen status needs, and those that hold something; all three while none is chosen.

    Slack writes "(optional)" beside what may be left out, so what is needed is none.
    """
    wanted = needs(status, step.status)
    held = {"reason": step.reason, "receiver": step.receiver, "review_date": step.review_on}
    drawn = [
        field("reason", t("Reason"), line_input("reason", step.reason, LONGEST_LINE),
              t("Needed where the matter does not lead to action, and where a closed one is opened again."),
              optional="reason" not in wanted),
        field("receiver", t("Taken to, or directed to"), line_input("receiver", step.receiver, LONGEST_LINE),
              t("Needed where the matter is taken forward or directed to another place."),
              optional="receiver" not in wanted),
        field("review_date", t("Looked at again on"), date_input("review_date", step.review_on),
              t("Needed where the matter is followed."), optional="review_date" not in wanted),
    ]  # fmt: skip
    return [one for one in drawn if not step.status or one["block_id"] in wanted or held[one["block_id"]]]


def fitted(t: Texts, view: object) -> Block:
    """The form as it stands, with the fields of the status that was just chosen in it, and all that was typed."""
    carried, form = carried_in(view), as_typed(view)
    fields = needed_inputs(t, str(carried.get("s") or ""), _read_step(view, carried))
    blocks = [block for block in form["blocks"] if block["block_id"] not in OF_STATUS]
    place = next(at for at, block in enumerate(blocks) if block["block_id"] == "status") + 1
    return {**form, "blocks": [*blocks[:place], *fields, *blocks[place:]]}


def phenomenon_select(t: Texts, phenomena: Sequence[Phenomenon], chosen: str) -> Block:
    """None, a new one, or one of these; `chosen` is NONE, NEW or a number."""
    options = [
        (NONE, t("No phenomenon")),
        (NEW, t("New phenomenon…")),
        *((one.number, f"{one.number} · {one.title}") for one in phenomena),
    ]
    menu = select("phenomenon", options, chosen if chosen in dict(options) else NONE, t("Choose"))
    hint = t("A status that you choose with it becomes the phenomenon's, and goes to all its observations.")
    return field("phenomenon", t("Join to a phenomenon"), menu, hint, optional=True)


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
    beside = carried.get("b")
    others = [(one, _whole(seen)) for one, seen in beside.items()] if isinstance(beside, dict) else []
    return ReviewRead(number, version, last, _read_step(view, carried), kept_origin(carried), others)


def kept_origin(carried: Mapping[str, Any]) -> dict[str, str]:
    """What a form carries of the queue or the modal that it was opened from."""
    return {name: str(carried[name]) for name in ("q", "r", BACK, LASTING) if carried.get(name)}


def _read_step(view: object, carried: Mapping[str, Any]) -> Step:
    """The step that the fields ask for; `carried` holds the status as drawn ("s") and the warnings seen ("c")."""
    texts = {name: str(value_in(view, name) or "").strip() for name in ("status", "reason", "receiver", "reply")}
    texts["status"] = texts["status"] or str(carried.get("t") or "")  # of a form that does not ask for it
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
