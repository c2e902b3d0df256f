"""`/kooste vienti`: a coordinator takes out the observations, nobody else does, and nothing tells who filed them."""

import csv
import tempfile
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import select

from bot.deps import Deps
from storage.models import Audit, Move, Observation, Phenomenon
from tests.digests import filed, observation
from tests.fakes import FakeSlack, Person, SeenMessage

NUMBERS = ("2026-AAAA", "2026-BBBB", "2026-CCCC", "2026-DDDD")
FORM = "exports.form"


@pytest.fixture
def rows(deps: Deps) -> list[Observation]:
    """Two with a name and two without, of two half-years; one is joined and has moved."""
    named = observation(
        deps, NUMBERS[0], "2026-11-03T09:00", "=1+1 on kaava", author="U0SALAINEN1", proposal="Eka\nToka"
    )
    old = observation(deps, NUMBERS[1], "2026-05-03T09:00", "Vanha havainto", author="U0SALAINEN1", kind="M")
    unnamed = observation(deps, NUMBERS[2], "2026-10-17T09:00", "Nimetön havainto", author=None, status="kasittelyssa")
    gone = observation(deps, NUMBERS[3], "2026-11-04T09:00", "", author=None, status="peruttu")
    unnamed.phenomenon = "p" * 32
    days = {"started_on": named.filed_on, "noted_on": named.filed_on}
    with deps.write() as session:
        session.add(Phenomenon(key="p" * 32, workspace=deps.workspace, number="I-AAAA", once="x", title="Ilmiön nimi",
                               text="t", theme="X-90", **days))  # fmt: skip
        for row, day in ((named, "2026-11-05"), (unnamed, "2026-10-19")):
            moved = observation(deps, "x", f"{day}T09:00").filed_on
            known = {
                "workspace": deps.workspace,
                "step": 1,
                "what": "status",
                "status": "kasittelyssa",
                "actor": "U0KOORD001",
            }
            session.add(Move(key=row.key, subject=row.key, on_day=moved, **known))
    filed(deps, named, old, unnamed, gone)
    return [named, old, unnamed, gone]


def file_in(slack: FakeSlack) -> dict:
    """The newest file that stands in a conversation."""
    slack.waits_for_call("files.completeUploadExternal")
    return list(slack.world.files.values())[-1]


def lines(file: dict) -> list[list[str]]:
    text = file["bytes"].decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def takes_out(who: Person, command: str = "/kooste", word: str = "vienti", **values: object) -> None:
    who.types(command, word)
    form = who.sees_modal(callback_id=FORM)
    assert form.fill(**values).submit().closed


def told(bertta: Person) -> SeenMessage:
    return bertta.sees_dm(containing="Tiedosto on ketjussa")


def test_the_half_year_comes_as_a_workbook_into_the_own_conversation(
    slack: FakeSlack, deps: Deps, bertta: Person, rows: list[Observation]
) -> None:
    takes_out(bertta)
    message, file = told(bertta), file_in(slack)
    assert "2 havaintoa" in message.words
    assert (file["name"], file["thread_ts"]) == ("havainnot-2026-10-01-2027-03-31.xlsx", message.ts)
    (sheet,) = openpyxl.load_workbook(BytesIO(file["bytes"])).worksheets
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert table[0][0] == "Vain koordinaattorin työkäyttöön"
    assert [row[0] for row in table[2:]] == [NUMBERS[0], NUMBERS[2]]
    assert table[2][8:10] == ["=1+1 on kaava", "Eka\nToka"]
    assert sheet.cell(3, 9).data_type == "s"


def test_who_filed_is_never_in_it_and_the_day_only_of_who_gave_a_name(
    slack: FakeSlack, deps: Deps, bertta: Person, rows: list[Observation]
) -> None:
    takes_out(bertta, first="2026-05-01", last="2026-11-30", ending="csv")
    told(bertta)
    file = file_in(slack)
    assert b"U0SALAINEN1" not in file["bytes"]
    warning, header, *found = lines(file)
    assert warning == ["Vain koordinaattorin työkäyttöön"]
    by_number = {row[0]: dict(zip(header, row, strict=True)) for row in found}
    assert list(by_number) == [NUMBERS[1], NUMBERS[0], NUMBERS[2]]
    named, unnamed = by_number[NUMBERS[0]], by_number[NUMBERS[2]]
    assert named["Kirjattu"] == "3.11.2026"
    assert named["Vaiheet"].endswith("5.11.2026")
    assert named["Havainto"] == "'=1+1 on kaava"
    assert unnamed["Kirjattu"] == "1.10.2026–31.3.2027"
    assert unnamed["Ilmiö"] == "I-AAAA Ilmiön nimi"
    assert "17.10" not in "".join(unnamed.values())
    assert "19.10" not in "".join(unnamed.values())


def test_no_choice_of_days_tells_the_day_of_one_without_a_name(
    slack: FakeSlack, deps: Deps, bertta: Person, rows: list[Observation]
) -> None:
    takes_out(bertta, first="2026-12-01", last="2026-12-01", ending="csv")
    told(bertta)
    assert [row[0] for row in lines(file_in(slack))[2:]] == [NUMBERS[2]]


def test_kind_theme_and_status_narrow_it(slack: FakeSlack, deps: Deps, bertta: Person, rows: list[Observation]) -> None:
    takes_out(bertta, first="2026-04-01", last="2027-03-31", kind="M", theme="SHL11-02", status="uusi", ending="csv")
    message = told(bertta)
    assert [row[0] for row in lines(file_in(slack))[2:]] == [NUMBERS[1]]
    assert "1 havainto." in message.words


def test_the_trail_says_who_which_days_and_how_many_and_coordinators_read_it(
    slack: FakeSlack, deps: Deps, bertta: Person, rows: list[Observation]
) -> None:
    takes_out(bertta)
    told(bertta)
    with deps.read() as session:
        audits = session.exec(select(Audit).where(Audit.what == "export.rows")).all()
    assert [(one.who, one.subject) for one in audits] == [(bertta.id, "2026-10-01/2027-03-31/2")]


def test_nothing_stays_on_disk_and_the_button_makes_the_same_again(
    slack: FakeSlack,
    deps: Deps,
    bertta: Person,
    rows: list[Observation],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    takes_out(bertta, ending="csv")
    first = told(bertta)
    before = file_in(slack)["bytes"]
    first.press("exports.again")
    slack.waits_for_call("files.completeUploadExternal", times=2)
    slack.waits_for_call("chat.update", times=2)
    assert [one["bytes"] for one in slack.world.files.values()] == [before, before]
    assert [path for path in tmp_path.iterdir() if path.name.startswith("raportoi-")] == []


def test_where_slack_takes_no_file_it_is_said_with_the_way_to_try_again(
    slack: FakeSlack, deps: Deps, bertta: Person, rows: list[Observation]
) -> None:
    slack.fault("files.getUploadURLExternal", error="file_uploads_disabled")
    takes_out(bertta)
    message = bertta.sees_dm(containing="Slack ei ottanut tiedostoa")
    message.press("exports.again")
    told(bertta)


@pytest.mark.parametrize(
    ("command", "word"), [("/kooste", "Vienti"), ("/sammandrag", "export"), ("/kooste", "vienti?")]
)
def test_the_word_is_known_in_every_language(deps: Deps, bertta: Person, command: str, word: str) -> None:
    bertta.types(command, word)
    bertta.sees_modal(callback_id=FORM)


def test_days_the_wrong_way_round_are_told_at_the_field(deps: Deps, bertta: Person) -> None:
    bertta.types("/kooste", "vienti")
    form = bertta.sees_modal(callback_id=FORM)
    assert "last" in form.fill(first="2026-12-02", last="2026-12-01").submit().errors


def test_a_member_gets_no_form_and_no_file(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/kooste", "vienti")
    aino.sees_modal(containing="vain verkoston koordinaattori")
    assert not slack.world.files


def test_who_is_no_coordinator_any_more_gets_nothing_by_an_old_form_or_button(
    slack: FakeSlack, deps: Deps, bertta: Person, rows: list[Observation]
) -> None:
    takes_out(bertta, ending="csv")
    message = told(bertta)
    bertta.types("/kooste", "vienti")
    form = bertta.sees_modal(callback_id=FORM)
    object.__setattr__(deps, "first_coordinators", frozenset())  # the program was started anew without her
    form.submit()
    bertta.sees_modal(containing="vain verkoston koordinaattori")
    message.press("exports.again")
    bertta.sees_ephemeral(containing="vain verkoston koordinaattori")
    slack.settles()
    assert len(slack.world.files) == 1
