"""How the queue looks: in App Home and whispered on request it is drawn the same."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.blocks.hand import taken_by
from bot.blocks.observations import classified, going, guard_asked
from bot.blocks.parts import (
    Block,
    Message,
    Option,
    actions,
    button,
    context,
    field,
    line_input,
    modal,
    quote,
    section,
    select,
    shown,
)
from bot.blocks.reviews import LASTING, answer_all
from bot.blocks.submissions import carried_in, carrying, value_in
from bot.errors import N_
from bot.rules.observations import tidy
from bot.rules.queues import ANSWERED, HIDDEN, LONGEST_CODE, MOST_WORDS, Page, Wanted, days_overdue, read, written
from bot.rules.statuses import CLOSED, NAMES, OPEN, Status
from bot.rules.vocabularies import Vocabularies
from bot.slack import Act
from bot.texts import Texts
from storage.models import Observation

SEARCH = "observations.queue_search"
FILTERS = ("kind", "theme", "area", "status")
ANY, FIRST_WORDS = "any", 150
ASK = {"kind": N_("All kinds"), "theme": N_("All themes"), "area": N_("All areas")}


def message(t: Texts, vocabularies: Vocabularies, page: Page) -> Message:
    """The queue as a message to one coordinator alone."""
    return t("The queue"), queue(t, vocabularies, page)


def queue(t: Texts, vocabularies: Vocabularies, page: Page) -> list[Block]:
    """At most 26 blocks. What is asked for travels in them, since any process may get the next press."""
    entries = [block for at, row in enumerate(page.rows) for block in _entry(t, vocabularies, page, row, at)]
    title = t("The queue")
    return [
        *([section(f":white_check_mark: {page.said}")] if page.said else []),
        {
            **section(f"*{title}*\n{_counts(t, page)}", _answer_several(t, page)),
            "block_id": block_id("head", page.wanted),
        },
        {**actions(*_menus(t, vocabularies, page.wanted)), "block_id": block_id("filters", page.wanted)},
        *entries,
        actions(*_pager(t, page)),
        context(
            " ".join(
                [t("Page {page} of {pages}.", page=page.wanted.page + 1, pages=page.pages), _order(t, page.wanted)]
            )
        ),
    ]


def _answer_several(t: Texts, page: Page) -> Block | None:
    """The way to one answer to many, where there is more than one that may get it."""
    several = [row for row in page.rows if row.status in OPEN and row.text]
    return button("observations.several", t("Answer several…"), "queue") if len(several) > 1 else None


def _order(t: Texts, wanted: Wanted) -> str:
    if wanted.newest:
        return t("The newest come first.")
    return t("First those that are most days over their limit: 14 days for the first answer, 60 for the next note.")


def _counts(t: Texts, page: Page) -> str:
    counts = page.counts
    said = [t.many("One is open.", "{n} are open.", counts.waiting) if counts.waiting else t("None is open.")]
    said += overdue_in_all(t, counts.unanswered, counts.unnoted, counts.answered)
    if counts.hidden:
        said.append(t.many("One deleted can be brought back.", "{n} deleted ones can be brought back.", counts.hidden))
    if page.wanted.phenomenon:
        said.append(t("Shown are the observations of phenomenon {number}.", number=page.wanted.phenomenon))
    if page.wanted.words:
        said.append(t("Shown are those with: {words}.", words=shown(page.wanted.words)))
    if _narrowed(page.wanted) != _narrowed(Wanted()):
        said.append(
            t.many("One fits what you chose.", "{n} fit what you chose.", page.total)
            if page.total
            else t("None fits what you chose.")
        )
    return " ".join(said)


def _narrowed(wanted: Wanted) -> Wanted:
    """What is asked for, but for its order and pages."""
    return replace(wanted, page=0, phenomena=0, newest=False)


def overdue_in_all(t: Texts, unanswered: int, unnoted: int, answered: int) -> list[str]:
    """How many wait for the first word, for the next, and for an answer to their reporter; no sentence for nought."""
    first = t.many(
        "{n} observation has waited for a first answer for over 14 days.",
        "{n} observations have waited for a first answer for over 14 days.",
        unanswered,
    )
    next_one = t.many(
        "{n} observation has had no note for over 60 days, or its day of review has come.",
        "{n} observations have had no note for over 60 days, or their day of review has come.",
        unnoted,
    )
    written = t.many(
        "The reporter of {n} observation has answered.",
        "The reporters of {n} observations have answered.",
        answered,
    )
    said = ((unanswered, first), (unnoted, next_one), (answered, written))
    return [sentence for count, sentence in said if count]


def block_id(name: str, wanted: Wanted) -> str:
    return f"queue.{name}.{written(wanted)}"


def state_in(block_id: str) -> Wanted | None:
    """What is asked for where the press came from; None where it came from outside the queue."""
    head, _, rest = block_id.partition(".")
    return read(rest.partition(".")[2]) if head == "queue" else None


def chosen(wanted: Wanted, name: str, value: str) -> Wanted:
    """One filter changed; the pages are counted from the first one again."""
    changes: dict[str, Any] = {name: "" if value == ANY else value[:LONGEST_CODE], "page": 0}
    return replace(wanted, **changes) if name in FILTERS else wanted


def _menus(t: Texts, vocabularies: Vocabularies, wanted: Wanted) -> list[Block]:
    regions = vocabularies.options("subregion", t.language)
    options: dict[str, Sequence[Option]] = {
        "kind": vocabularies.options("kind", t.language),
        "theme": vocabularies.options("theme", t.language),
        "area": [*vocabularies.options("area", t.language), *regions],
    }
    menus = [
        select(f"observations.queue_{name}", [(ANY, t(ASK[name])), *options[name]], getattr(wanted, name) or ANY,
               t(ASK[name]))
        for name in ASK
    ]  # fmt: skip
    closed = [("closed", t("All closed ones")), *_named(t, CLOSED)]
    statuses = [
        ("open", t("All open ones")),
        ("all", t("Open and closed ones")),
        (ANSWERED, t("The reporter's answer waits")),
        *_named(t, OPEN),
        *closed,
    ]
    statuses.append((HIDDEN, t("Deleted, can be brought back")))
    return [*menus, select("observations.queue_status", statuses, wanted.status, t("All open ones"))]


def _named(t: Texts, statuses: tuple[str, ...]) -> list[Option]:
    return [(status, t(NAMES[status])) for status in statuses]


def _entry(t: Texts, vocabularies: Vocabularies, page: Page, row: Observation, at: int) -> list[Block]:
    parts = [f"*{row.number}*", t.day(row.filed_on), t(NAMES[row.status])]
    lines = [" · ".join(parts), classified(t, vocabularies, row)]
    if mark := overdue(t, page, row):
        lines.append(f":hourglass: {mark}")
    if row.warned and row.text:
        lines.append(f":warning: {guard_asked(t)}")
    if row.number in page.answered:
        lines.append(":speech_balloon: " + t("The reporter has answered."))
    if handler := page.handlers.get(row.key):
        lines.append(taken_by(t, handler))
    opens = button("observations.review", t("Open"), row.number)
    if until := page.hidden.get(row.number):
        lines.append(going(t, until))
        opens = button("observations.restore", t("Bring it back"), row.number)
    entry = {**section("\n".join(lines), opens), "block_id": block_id(f"row{at}", page.wanted)}
    return [entry, *([quote(row.text, FIRST_WORDS)] if row.text else [])]


def overdue(t: Texts, page: Page, row: Observation) -> str:
    """In words, for how long it has waited; "" where no word is due yet."""
    since = row.noted_on or row.filed_on
    days = days_overdue(row.status, since, row.review_on, page.today)
    if not days:
        return ""
    if row.status == Status.FOLLOWED and row.review_on:
        return t("to be looked at again since {day}", day=t.day(row.review_on))
    if row.status == Status.RECEIVED:
        return t.many("has waited for one day", "has waited for {n} days", days)
    return t.many("no note for one day", "no note for {n} days", days)


def _pager(t: Texts, page: Page) -> list[Block]:
    wanted = page.wanted
    before, after = replace(wanted, page=wanted.page - 1), replace(wanted, page=wanted.page + 1)
    emptied = Wanted(phenomena=wanted.phenomena, newest=wanted.newest)
    narrowed = _narrowed(wanted) != _narrowed(Wanted())
    return [
        *([button("observations.queue_previous", t("Previous"), written(before))] if wanted.page > 0 else []),
        *([button("observations.queue_next", t("Next"), written(after))] if after.page < page.pages else []),
        button("observations.queue_words", t("Search by words"), written(wanted)),
        button(
            "observations.queue_order",
            t("Most overdue first") if wanted.newest else t("Newest first"),
            written(replace(wanted, newest=not wanted.newest, page=0)),
        ),
        *_to_hidden(t, page),
        *([button("observations.queue_all", t("Show all open"), written(emptied))] if narrowed else []),
        *([answer_all(t, wanted.phenomenon)] if wanted.phenomenon else []),
    ]


def _to_hidden(t: Texts, page: Page) -> list[Block]:
    """The way to what can be brought back, where there is any."""
    if not page.counts.hidden or page.wanted.status == HIDDEN:
        return []
    to = Wanted(status=HIDDEN, phenomena=page.wanted.phenomena)
    return [button("observations.queue_hidden", t("Show deleted ones"), written(to))]


def words_form(t: Texts, wanted: Wanted, response_url: str) -> Block:
    """Asks for words; where the queue stands is carried along, to draw it there."""
    asked = field("words", t("Words"), line_input("words", wanted.words, MOST_WORDS), optional=True)
    view = modal(SEARCH, t("Search the queue"), t("Cancel"), [asked], t("Search"))
    return carrying(view, origin(wanted, response_url))


def read_words_form(view: object) -> tuple[Wanted, str]:
    """What is asked for now, and where the queue stands ("" in App Home)."""
    wanted, response_url = origin_of(carried_in(view))
    words = tidy(str(value_in(view, "words") or ""))[:MOST_WORDS]
    return replace(wanted or Wanted(), words=words, page=0), response_url


def origin(wanted: Wanted | None, response_url: str) -> dict[str, str]:
    """What a modal carries of the queue or the message that it was opened from; nothing of another place."""
    return ({"q": written(wanted)} if wanted else {}) | ({"r": response_url} if response_url else {})


def origin_at(act: Act) -> dict[str, str]:
    """The same, of what was pressed; with whether it stands in a message that lasts, and so is edited."""
    lasting = bool(act.response_url) and not act.ephemeral
    return origin(state_in(act.block_id), act.response_url) | ({LASTING: "yes"} if lasting else {})


def origin_of(carried: Mapping[str, object]) -> tuple[Wanted | None, str]:
    """The queue that a modal was opened from (None: from elsewhere), and the message ("" in App Home)."""
    asked = carried.get("q")
    return (read(asked) if isinstance(asked, str) and asked else None), str(carried.get("r") or "")
