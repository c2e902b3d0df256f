"""What stands in the tables of a person, line by line and in words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from bot.blocks.audits import deed
from bot.blocks.own_data import _named as named
from bot.errors import N_
from bot.rules.meetings import FORGOTTEN_AFTER
from bot.rules.own_data import Row, Stored
from bot.rules.practices import TYPED
from bot.rules.reviews import CORRECTED
from bot.rules.statuses import NAMES
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import HOME, months_before
from bot.texts import Texts

MONTHS_KEPT = 24
ANSWERS = {"yes": N_("yes"), "remote": N_("I'll join remotely"), "no": N_("no"), "partly": N_("partly")}
CHANGED = {"yes": N_("yes"), "partly": N_("partly"), "no": N_("no"), "unknown": N_("I cannot say")}
LISTS = {
    "kind": "kind",
    "theme": "theme",
    "area": "area",
    "sector": "sector",
    "client_group": "group",
    "scale": "scale",
}
OPENED, TAKEN = "observation.opened", "observation.taken"
LET_GO, HANDED_OVER = "observation.let_go", "observation.handed_over"
DONE = {  # with an observation, by a coordinator
    OPENED: N_("A coordinator opened it on {day}."),
    TAKEN: N_("A coordinator took it on {day}, to go on with it."),
    LET_GO: N_("A coordinator let go of it on {day}."),
    HANDED_OVER: N_("A coordinator handed it over to another one on {day}."),
}
Lines = Iterator[str]


def lines_of(t: Texts, vocabularies: Vocabularies, found: Stored, table: str) -> list[str]:
    """The person's rows of a table; of one that has no words of its own here, as they stand."""
    rows = found.rows.get(table, ())
    if table == "observation":
        return [line for row in rows for line in _observation(t, vocabularies, found, row)]
    if table == "person":
        return [_person(t, vocabularies, row) for row in rows]
    draw = DRAWN.get(table)
    return [draw(t, found, row) for row in rows] if draw else [_plainly(row) for row in rows]


def _observation(t: Texts, vocabularies: Vocabularies, found: Stored, row: Row) -> Lines:
    chosen = [named.label(t, vocabularies, LISTS[name], row[name]) for name in LISTS if row.get(name)]
    status = NAMES[row["status"]]
    yield " · ".join((row["number"], t.day(row["filed_on"]), t(status), *chosen))
    if row["text"]:
        yield f"  ”{row['text']}”"
    if row["proposal"]:
        yield "  " + t("Proposal: {text}", text=row["proposal"])
    steps = [one for one in found.rows.get("move", ()) if one["subject"] == row["key"]]
    yield from (f"  {_step(t, one)}" for one in steps)
    done = dict.fromkeys(found.deeds.get(row["number"], ()))
    yield from ("  " + t(DONE[what], day=t.day(day)) for what, day in done)
    yield "  " + _until(t, found, row)


def _until(t: Texts, found: Stored, row: Row) -> str:
    if not row["text"]:
        return t("Its words are gone; number and day stay.")
    if closed := found.closed_on.get(row["number"]):
        return t("Its words are kept until {day}.", day=_after(t, closed))
    return t("Its words are kept for 24 months after it has been closed.")


def _after(t: Texts, closed: date) -> str:
    return t.day(months_before(closed, -MONTHS_KEPT))


def _step(t: Texts, row: Row) -> str:
    who = t("coordinator") if row["actor"] else t("you")
    status = NAMES.get(row["status"] or "")
    reason = "" if row["what"] == CORRECTED else row["reason"]
    said = f"”{row['words']}”" if row["words"] else ""
    words = [t(status) if status else "", row["receiver"], reason, said]
    return f"{t.day(row['on_day'])} · {who}: {', '.join(word for word in words if word) or '–'}"


def _person(t: Texts, vocabularies: Vocabularies, row: Row) -> str:
    area = row["area"] and named.label(t, vocabularies, "area", row["area"])
    told = [
        t("Language: {language}", language=named.language(t, row["language"])),
        t("Messages that remind you to report") + ": " + (t("yes") if row["reminders"] else t("no")),
        *([t("Pause until {day}", day=t.day(row["paused_until"]))] if row["paused_until"] else []),
        *([t("Away {start} – {end}", start=_day(t, row["absence_start"]), end=_day(t, row["absence_end"]))]
          if row["absence_start"] else []),
        *([t("Area that is filled in for you") + f": {area}"] if area else []),
    ]  # fmt: skip
    return " · ".join(told)


def _day(t: Texts, day: date | None) -> str:
    return t.day(day) if day else ""


def _titled(found: Stored, row: Row, name: str) -> str:
    return found.names.get(str(row[name]), "–")


def _rsvp(t: Texts, found: Stored, row: Row) -> str:
    met = found.met_on.get(row["meeting"])
    until = [t("The answer is kept until {day}.", day=t.day(met + FORGOTTEN_AFTER))] if met else []
    return " · ".join((_useful(t, found, row), *until))


def _useful(t: Texts, found: Stored, row: Row) -> str:
    answer, met = str(row["answer"]), found.met_on.get(row["meeting"])
    day = [t.day(met)] if met else []
    return " · ".join((_titled(found, row, "meeting"), *day, t(ANSWERS.get(answer, answer))))


def _same(_t: Texts, found: Stored, row: Row) -> str:
    return _titled(found, row, "phenomenon")


def _item(_t: Texts, _found: Stored, row: Row) -> str:
    return f"”{row['text']}”"


def _delivery(t: Texts, _found: Stored, row: Row) -> str:
    at = row["sent_at"] or row["not_before"]
    return f"{_moment(t, at)} · {named.message(t, row['kind'], row['state'])}"


def _audit(t: Texts, _found: Stored, row: Row) -> str:
    return f"{_moment(t, row['at'])} · {deed(t, row['what'], row['subject'])}"


def _moment(t: Texts, at: datetime) -> str:
    local = at.astimezone(HOME)
    return f"{t.day(local.date())} {t.clock(local.time())}"


def _due(t: Texts, _found: Stored, row: Row) -> str:
    return t("On {moment}", moment=_moment(t, row["due_at"]))


def _departure(t: Texts, _found: Stored, row: Row) -> str:
    return t.day(row["on_day"])


def _mark(t: Texts, _found: Stored, _row: Row) -> str:
    return t("One mark")


def _coordinator(t: Texts, _found: Stored, _row: Row) -> str:
    return t("Coordinators have made you one. The day is not stored. It stands until they take your name off.")


def _handling(t: Texts, found: Stored, row: Row) -> str:
    number = _titled(found, row, "observation")
    taken = [day for what, day in found.deeds.get(number, ()) if what in (TAKEN, HANDED_OVER)][-1:]
    closed = found.closed_on.get(number)
    told = [
        *(t("Yours since {day}.", day=t.day(day)) for day in taken),
        *([t("This is kept until {day}.", day=_after(t, closed))] if closed else []),
    ]
    return " · ".join((number, *told))


def _hearing(t: Texts, _found: Stored, row: Row) -> str:
    return t.clock(time.fromisoformat(row["at"])) if row["wanted"] else t("No, App Home is enough")


def _hidden(t: Texts, _found: Stored, row: Row) -> str:
    return f"{row['number']} · {_moment(t, row['until'])} · ”{row['text']}”"


def _number(_t: Texts, _found: Stored, row: Row) -> str:
    return str(row["number"])


def _move(t: Texts, _found: Stored, row: Row) -> str:
    return _step(t, row)


def _plainly(row: Mapping[str, Any]) -> str:
    return " · ".join(f"{name}: {value}" for name, value in row.items() if value not in (None, ""))


def _card(t: Texts, _found: Stored, row: Row) -> str:
    texts = [str(row[name]) for name in TYPED if row[name]]
    said = [t("The coordinator: {words}", words=row["said"])] if row["said"] else []
    return "\n  ".join([f"{row['number']} · ”{texts[0]}”", *(f"”{text}”" for text in texts[1:]), *said])


def _tried(t: Texts, _found: Stored, row: Row) -> str:
    return f"”{row['words']}”" if row["words"] else t("One mark")


def _follower(_t: Texts, found: Stored, row: Row) -> str:
    return _titled(found, row, "phenomenon")


def _changed(t: Texts, _found: Stored, row: Row) -> str:
    said = CHANGED[row["answer"]]
    return " · ".join(part for part in (t.day(row["on_day"]), t(said), row["words"]) if part)


DRAWN: Mapping[str, Callable[[Texts, Stored, Row], str]] = {
    "rsvp": _rsvp,
    "useful": _useful,
    "same": _same,
    "agenda_item": _item,
    "delivery": _delivery,
    "audit": _audit,
    "forgetting": _due,
    "clearing": _due,
    "departure": _departure,
    "answered": _mark,
    "coordinator": _coordinator,
    "news": _mark,
    "hearing": _hearing,
    "channel_gate": _mark,
    "hidden": _hidden,
    "erasure": _number,
    "move": _move,
    "practice": _card,
    "practice_version": _card,
    "practice_draft": _card,
    "practice_tried": _tried,
    "follower": _follower,
    "changed": _changed,
    "handling": _handling,
}
