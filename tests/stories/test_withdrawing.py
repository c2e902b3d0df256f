"""What is withdrawn or deleted goes from the tables and from every message of the bot; and what may still be edited."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import Bot
from bot.blocks.observations import withdrawn
from bot.blocks.parts import Block, quote, section
from bot.deps import Deps
from bot.jobs.observations import knock
from bot.rules.deletions import IDENTIFIES, Deletion
from bot.rules.observations import Draft
from bot.services import observations
from bot.settings import Settings
from storage import observations as table
from storage.models import Delivery, Erasure, Move, Run
from tests.bots import running
from tests.clocks import at
from tests.fakes import SECONDS, FakeSlack, Person
from tests.stories.moves import NOON, acts, goes_out, is_joined, steps
from tests.stories.rows import stored
from tests.stories.test_feedback import WORDS, files

pytestmark = pytest.mark.both_databases

OTHER = "Velkaneuvonnan jonot ovat kasvaneet"

KOORD = "U0KOORD001"


def digests(deps: Deps, slack: FakeSlack, to: Person, numbers: dict[str, str]) -> None:
    """A digest like the weekly one: the first observation in the message, the others in its thread."""
    channel, root = slack.world.dm_of(to.id).id, ""
    for place, (number, words) in enumerate(numbers.items()):
        shows: list[Block] = [section("*Viikkokooste*"), {**quote(words), "block_id": f"words.{number}"},
                              {**section("Avaa"), "block_id": f"open.{number}"}]  # fmt: skip
        thread = {"thread_ts": root} if root else {}
        said = deps.slack._say("chat.postMessage", channel=channel, text="Viikkokooste", blocks=shows, **thread)
        root = root or said["ts"]
        values = {"state": "sent", "channel": channel, "ts": said["ts"], "thread_of": "d0" if place else None}
        values |= {"workspace": deps.workspace, "kind": "weekly_digest", "params": json.dumps({"numbers": [number]})}
        with deps.write() as session:
            session.add(
                Delivery(
                    key=f"d{place}", occurrence=f"2090-W{place}", recipient=to.id, not_before=NOON, expires_at=NOON,
                    **values,
                )
            )  # fmt: skip


def erasures(deps: Deps) -> list[Erasure]:
    with deps.read() as session:
        return list(session.exec(select(Erasure)))


def test_withdrawal_reaches_receipt_feedback_and_digest_also_in_a_thread(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    first, second = files(deps, aino), files(deps, aino, OTHER)
    digests(deps, slack, bertta, {first: WORDS, second: OTHER})
    acts(deps, first, second, status="kasittelyssa")
    goes_out(deps)
    aino.opens_home()
    aino.sees_home(WORDS)

    aino.sees_dm(containing="on kirjattu")
    aino.types("/raportoi", "omat")
    aino.sees_ephemeral(containing="Viimeisimmät").press("observations.withdraw", value=second)
    aino.sees_ephemeral(containing=f"Havainto {second} on peruttu")
    slack.world.wait_for(lambda: not erasures(deps), SECONDS, lambda: "all messages cleaned")
    slack.settles()

    seen = str([one.drawn for one in [*aino.dms, *bertta.dms]])
    assert OTHER not in seen
    assert WORDS in seen
    assert f"Havainto {second} on peruttu" in bertta.dms[1].words
    assert "Avaa" not in bertta.dms[1].words
    assert "Avaa" in bertta.dms[0].words
    assert OTHER not in aino.sees_home().words
    assert erasures(deps) == []
    gone = next(row for row in stored(deps) if row.number == second)
    assert (gone.text, gone.author, gone.due_on, gone.receipt_ts, gone.status) == ("", None, None, None, "peruttu")
    assert all(step.subject != gone.key for step in steps(deps))


def test_a_receipt_that_arrives_after_the_withdrawal_loses_its_words(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    slack.fault("chat.postMessage", hangs=0.8)
    aino.types("/raportoi", WORDS)
    receipt = aino.sees_dm(containing=WORDS)
    observations.withdraw(deps, aino.id, stored(deps)[0].number)
    receipt.waits_for("on peruttu")
    assert WORDS not in receipt.words


def test_a_late_redraw_does_not_bring_the_words_back(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    number = files(deps, aino)
    receipt = aino.sees_dm(containing=WORDS)
    slack.settles()
    slack.fault("chat.update", delay=0.8, times=1)
    receipt.choose("observations.set_kind", "M")
    slack.world.wait_for(lambda: stored(deps)[0].kind == "M", SECONDS, lambda: "corrected")
    observations.withdraw(deps, aino.id, number)
    observations.clean_messages(deps, withdrawn)
    slack.settles()
    assert "on peruttu" in receipt.words
    assert WORDS not in receipt.words
    assert erasures(deps) == []


def test_a_deletion_by_a_coordinator_is_told_and_takes_the_words_along(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    number = files(deps, aino)
    acts(deps, number, status="kasittelyssa", words="Kiitos tästä.")
    there = at(deps, NOON)
    with there.write() as session:
        row = table.lock_by_number(session, deps.workspace, number)
        assert row is not None
        last = Move(workspace=deps.workspace, subject=row.key, step=0, what="status", on_day=NOON.date(),
                    actor="U0KOORD001", status="poistettu")  # fmt: skip
        observations.erase(session, there, row, "poistettu", last)
    goes_out(deps)
    observations.clean_messages(deps, withdrawn)
    message = aino.sees_dm(containing="Uutta havainnostasi")
    assert "Poistettu" in message.words
    assert number in message.words
    assert "Kiitos tästä." not in message.words
    assert "feedback.reply" not in message.actions
    assert WORDS not in str([one.drawn for one in aino.dms])
    message.press("feedback.read")
    message.waits_for("Merkitty luetuksi")


@pytest.mark.parametrize(("why", "said"), [("opened", "on lukenut sen"), ("counted", "viikkokoosteessa"),
                                           ("handled", "käsittely on jo alkanut")])  # fmt: skip
def test_b53_what_can_no_longer_be_edited_says_why_and_offers_to_reply(
    slack: FakeSlack, deps: Deps, aino: Person, why: str, said: str
) -> None:
    number = files(deps, aino)
    receipt = aino.sees_dm(containing=WORDS)
    slack.settles()
    old = list(receipt.drawn["blocks"])
    with deps.write() as session:
        row = table.lock_by_number(session, deps.workspace, number)
        assert row is not None
        row.opened_on = NOON.date() if why == "opened" else None
        row.status = "kasittelyssa" if why == "handled" else "uusi"
        session.add(row)
        if why == "counted":
            counted = f"{row.week // 100}-W{row.week % 100:02}"
            session.add(Run(workspace=deps.workspace, kind="weekly_digest", occurrence=counted, due_at=NOON,
                            expires_at=NOON + timedelta(days=1)))  # fmt: skip
    receipt.choose("observations.set_kind", "M")
    assert said in aino.sees_ephemeral(containing=said).words
    receipt.waits_for(said)
    assert receipt.actions == ["feedback.reply", "observations.open_own", "observations.undo"]
    assert stored(deps)[0].kind == "E"

    receipt.message["blocks"] = old  # a client that has not seen the edit yet
    receipt.press("observations.edit")
    receipt.waits_for(said)
    assert aino.modal is None or aino.modal.callback_id != "observations.form"

    receipt.press("feedback.reply")
    aino.sees_modal(callback_id="feedback.reply_form").fill(text="Tämä koskee myös Raisiota").submit()
    assert steps(deps)[-1].words == "Tämä koskee myös Raisiota"
    receipt.press("observations.undo")
    receipt.waits_for("on peruttu")


def test_an_edit_that_comes_too_late_keeps_the_form_and_its_words(deps: Deps, aino: Person) -> None:
    number = files(deps, aino)
    aino.sees_dm(containing=WORDS).press("observations.edit")
    form = aino.sees_modal(callback_id="observations.form").fill(text="Korjattu havainto jonoista")
    with deps.write() as session:
        row = table.lock_by_number(session, deps.workspace, number)
        assert row is not None
        row.opened_on = NOON.date()
        session.add(row)
    view = form.submit().view
    assert view is not None
    assert "on lukenut sen" in view.words
    assert view.values["text"] == "Korjattu havainto jonoista"
    assert stored(deps)[0].text == WORDS


def test_omat_turns_pages_and_shows_the_last_reply(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    for part in range(2):
        aino.types("/raportoi", "\n".join(f"Havainto jonoista numero {part}{line}" for line in range(10)))
        slack.settles()
    number = files(deps, aino)
    acts(deps, number, status="kasittelyssa", words="Selvitän tätä. " + "x" * 400)
    aino.types("/raportoi", "omat")
    listed = aino.sees_ephemeral(containing="Viimeisimmät")
    assert "Koordinaattori: ”Selvitän tätä." in listed.words
    assert "x" * 201 not in listed.words
    assert listed.actions.count("observations.withdraw") == 10
    seen = {block["block_id"] for block in listed.blocks if block["block_id"].startswith("words.")}
    for action in ("observations.older", "observations.older"):
        listed.press(action)
        slack.settles()
        seen |= {block["block_id"] for block in listed.blocks if block["block_id"].startswith("words.")}
    assert len(seen) == 21
    listed.press("observations.newer")
    slack.settles()
    assert listed.actions.count("observations.withdraw") == 10


def test_what_became_of_the_phenomenon_stands_with_each_of_its_observations(deps: Deps, aino: Person) -> None:
    is_joined(deps, files(deps, aino), "Pitkät jonot", "toteutunut")
    aino.types("/raportoi", "omat")
    assert "Yhdistetty ilmiöön: Toteutunut" in aino.sees_ephemeral(containing="Viimeisimmät").words
    aino.opens_home()
    aino.sees_home("Yhdistetty ilmiöön: Toteutunut")


def test_the_home_list_edits_withdraws_and_is_drawn_anew(deps: Deps, aino: Person) -> None:
    number = files(deps, aino)
    aino.opens_home()
    home = aino.sees_home(WORDS)
    home.press("observations.edit")
    aino.sees_modal(callback_id="observations.form").fill(text="Korjattu havainto jonoista").submit()
    aino.sees_home("Korjattu havainto jonoista").press("observations.withdraw", value=number)
    assert "Korjattu" not in aino.sees_home("Et ole vielä").words


@pytest.mark.parametrize("named", [True, False])
def test_a_withdrawal_that_could_not_be_shown_is_not_said_to_have_broken(
    slack: FakeSlack, deps: Deps, aino: Person, *, named: bool
) -> None:
    draft = Draft(text=WORDS, kind="E", theme="X-90", named=named)
    if named:
        files(deps, aino)
        message, button = aino.sees_dm(containing=WORDS), "observations.undo"
    else:
        code = observations.file_observation(deps, draft, aino.id, "nonce-1").code
        aino.types("/raportoi", f"tila {code}")
        message, button = aino.sees_ephemeral(containing="2026-"), "observations.withdraw_by_code"
    slack.settles()  # the answer to the command comes after the receipt
    before = [*aino.notes, *aino.dms]
    slack.fault("chat.update" if named else "response_url", status=500)
    message.press(button)
    slack.settles()
    assert [row.status for row in stored(deps)] == ["peruttu"]
    assert len([*aino.notes, *aino.dms]) == len(before)
    assert not named or "on peruttu" in message.words


def test_the_writers_home_shows_no_words_that_a_coordinator_has_deleted(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    number = files(deps, aino)
    for person in (aino, bertta):
        person.opens_home()
        assert WORDS in person.sees_home(WORDS).words
    slack.settles()
    slack.fault("views.publish", status=503, when=lambda args: args["user_id"] == aino.id)
    observations.delete(deps, KOORD, number, 0, Deletion(IDENTIFIES, "Tunnistettava"))
    for _ in range(2):  # the first time Slack does not draw the writer's home
        observations.clean_messages(deps, withdrawn)
    for person in (aino, bertta):
        assert WORDS not in person.sees_home("").words
    assert erasures(deps) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # on SQLite one process does everything
def test_the_process_that_does_the_clocks_work_draws_homes_too(
    slack: FakeSlack, settings: Settings, aino: Person
) -> None:
    with running(Bot(settings), slack) as bot:
        slack.wait_until_connected()
        number = files(bot.deps, aino)
        aino.opens_home()
        aino.sees_home(WORDS)
        slack.settles()
    work = Bot(settings, listens=False)
    observations.withdraw(work.deps, aino.id, number)
    knock(work.deps)
    work.stop()
    assert WORDS not in aino.sees_home("").words


def test_who_has_filed_without_a_name_is_not_written_down_when_it_goes(deps: Deps, aino: Person) -> None:
    draft = Draft(text=WORDS, kind="E", theme="X-90", named=False)
    filed = observations.file_observation(deps, draft, aino.id, "nonce")
    with deps.write() as session:
        row = table.lock_by_number(session, deps.workspace, filed.rows[0].number)
        assert row is not None
        observations.erase(session, deps, row, "poistettu")
    assert [one.author for one in erasures(deps)] == [None]
