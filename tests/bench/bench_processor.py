"""`python -m tests.bench.bench_processor`: what each act costs the processor, beside bare Bolt, in one run by turns.

With a case and a count it does that case so often and nothing else, for callgrind:
`valgrind --tool=callgrind --instr-atstart=no python -m tests.bench.bench_processor file 20`.
"""

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from slack_bolt import Ack, App, BoltRequest, Respond
from slack_sdk import WebClient
from sqlmodel import select

from bot import logs
from bot.app import Bot
from bot.settings import Settings
from storage.models import Observation, Person
from tests.bench import _bare
from tests.bench._load import TEXT
from tests.bench._programs import USER
from tests.bench._sizes import some
from tests.bench._stores import stores
from tests.bench._tables import Goal, conditions, goal, table
from tests.fakes import FakeSlack

KOORD = "U0KOORD001"
EQUAL, EQUAL_FORM = "bare insert, told and placed", "bare form, one value asked for"
WARM, TIMES = 10, some(100)
BLOCKS: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 1000}}] * 12
FELLOWS = {"file": "bare insert", "form": "bare form", "omat": "bare form", "home": "bare form"}
HEADS = ("Database", "Act", "processor time, ms", "÷ bare Bolt")
Do = Callable[[], object]


class AtOnce(Executor):
    """Does everything in the thread that asks, whose processor time is measured; the fake Slack has its own."""

    def submit(self, fn: Callable[..., Any], /, *values: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*values, **named))
        except Exception as error:  # noqa: BLE001 - as an executor does
            done.set_exception(error)
        return done


@contextmanager
def one_thread(url: str) -> Iterator[tuple[FakeSlack, Bot, App]]:
    """The bot on a quiet Slack, with all its work in the thread that asks it; USER is a member, KOORD a coordinator."""
    logs.set_up("WARNING")
    with FakeSlack(validate=False, record=False) as slack, tempfile.TemporaryDirectory() as folder:
        slack.person(USER, "Aino Testinen", locale="fi-FI")
        slack.person(KOORD, "Bertta Kokoaja", locale="fi-FI")
        env = slack.settings_env()
        bot = Bot(
            Settings(
                slack_bot_token=env["SLACK_BOT_TOKEN"],
                slack_app_token=env["SLACK_APP_TOKEN"],
                slack_api_url=env["SLACK_API_URL"],
                database_url=url,
                raportoi_data=Path(folder),
                raportoi_key="k" * 64,
                raportoi_channel="keskustelu",
                raportoi_coordinators=(KOORD,),
            )
        )
        bot.deps = replace(bot.deps, workers=AtOnce(), tellers=AtOnce())
        bot._listeners = AtOnce()  # type: ignore[assignment]  # a pool that needs no threads
        bot.deps.people.warm()
        bot.deps.analyser.warm()
        yield slack, bot, bot._answers()
        bot.deps.forget_words()
        bot.deps.database.close()


@contextmanager
def cases(url: str) -> Iterator[dict[str, Do]]:
    """Each case is one act: what Slack sends, until everything is answered, stored and told."""
    with one_thread(url) as (slack, bot, ours):
        env = slack.settings_env()
        # As it comes, Slack's client writes out all that it sends, for a log that nobody keeps; ours does not.
        as_it_comes = logging.getLogger("slack_sdk as it comes")
        client = WebClient(env["SLACK_BOT_TOKEN"], env["SLACK_API_URL"], logger=as_it_comes)
        insert, form, asked = _bare_insert(url, client), _bare_form(client), _bare_form(client, asks=True)
        told = _bare_insert(url, client, tells=True)
        yield {
            "bare insert": lambda: types(slack, insert, TEXT),
            EQUAL: lambda: types(slack, told, TEXT),
            "file": lambda: types(slack, ours, TEXT),
            "bare form": lambda: types(slack, form, ""),
            EQUAL_FORM: lambda: types(slack, asked, ""),
            "form": lambda: types(slack, ours, ""),
            "omat": lambda: types(slack, ours, "omat"),
            "home": lambda: opens_home(bot, ours),
        }


def types(slack: FakeSlack, app: App, text: str) -> None:
    _sent(app, slack.command_payload(USER, "/raportoi", text))


def opens_home(bot: Bot, app: App, user: str = USER) -> None:
    event = {"type": "app_home_opened", "user": user, "tab": "home", "channel": "D1", "event_ts": "1"}
    _sent(app, {"type": "event_callback", "team_id": bot.deps.workspace, "event": event, "event_id": "E1"})


def _sent(app: App, body: dict[str, Any]) -> None:
    answer = app.dispatch(BoltRequest(body=body, mode="socket_mode"))
    if answer.status != 200:
        raise SystemExit(f"Bolt answered {answer.status}")


def _bare_insert(url: str, client: WebClient, *, tells: bool = False) -> App:
    """Bolt that stores the row; `tells`: and says so at the command and by a message, whose place it stores too."""
    os.environ["DATABASE_URL"] = url
    app = App(name="bare", client=client, listener_executor=AtOnce())
    store, transaction = _bare.inserting(), _bare.opened()

    def store_and_tell(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        store(ack, body)
        respond(text=body["text"], response_type="ephemeral")
        answer = client.chat_postMessage(channel=body["user_id"], text=body["text"], blocks=BLOCKS)
        this = Observation.workspace == body["team_id"], Observation.once == f"line:{body['trigger_id']}:0"
        with transaction() as session:
            row = session.exec(select(Observation).where(*this)).one()
            row.receipt_channel, row.receipt_ts = answer["channel"], answer["ts"]
            session.commit()

    app.command("/raportoi")(store_and_tell if tells else store)
    return app


def _bare_form(client: WebClient, *, asks: bool = False) -> App:
    """Bolt that opens a view of the same size; `asks`: once it has asked for the person's area, as the bot does."""
    app = App(name="bare", client=client, listener_executor=AtOnce())
    transaction = _bare.opened()
    view = {"type": "modal", "callback_id": "bare", "title": {"type": "plain_text", "text": "Bare"}, "blocks": BLOCKS}

    def open_it(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        if asks:
            with transaction() as session:
                session.exec(select(Person.area).where(Person.user == body["user_id"])).first()
        client.views_open(trigger_id=body["trigger_id"], view=view)

    app.command("/raportoi")(open_it)
    return app


def measure(url: str) -> dict[str, float]:
    """Milliseconds of processor time of each case: medians, all by turns."""
    with cases(url) as acts:
        taken: dict[str, list[float]] = {case: [] for case in acts}
        for turn in range(WARM + TIMES):
            for case, act in acts.items():
                started = time.thread_time()
                act()
                if turn >= WARM:
                    taken[case].append((time.thread_time() - started) * 1000)
    return {case: median(found) for case, found in taken.items()}


def measured() -> tuple[list[Goal], str]:
    """The goals that were measured, and the table."""
    goals, rows = [], []
    with stores() as databases:
        for name, fresh in databases.items():
            with fresh() as url:
                took = measure(url)
            filed, form = took["file"], took["form"] / took["bare form"]
            goals += [
                goal(f"processor time of a filed line, × the bare insert, {name}", filed / took["bare insert"], 3),
                goal(f"the same, × bare Bolt that stores and tells as much, {name}", filed / took[EQUAL], 2),
                goal(f"processor time of opening the form, × the bare form, {name}", form, 2),
                goal(f"the same, × bare Bolt that asks for as much, {name}", took["form"] / took[EQUAL_FORM], 2),
            ]
            for case, each in took.items():
                ratio = f"{each / took[FELLOWS[case]]:.1f}" if case in FELLOWS else ""
                rows.append((name, case, f"{each:.2f}", ratio))
            sys.stderr.write(f"processor time, {name}\n")
    return goals, table(HEADS, rows)


def only(case: str, count: int) -> None:
    """One case on SQLite, with callgrind switched on meanwhile."""
    with stores() as databases, databases["SQLite"]() as url, cases(url) as acts:
        for _ in range(WARM):
            acts["file"]()
            acts[case]()
        _callgrind("on")
        for _ in range(count):
            acts[case]()
        _callgrind("off")


def _callgrind(state: str) -> None:
    subprocess.run(["callgrind_control", "-i", state, str(os.getpid())], check=False, stdout=subprocess.DEVNULL)


def main() -> None:
    if sys.argv[1:]:
        only(sys.argv[1], int(sys.argv[2]))
        return
    with stores() as databases, databases["PostgreSQL"]() as url:
        told = conditions(url)
    sys.stdout.write(f"{told}\n\n{measured()[1]}\n")


if __name__ == "__main__":
    main()
