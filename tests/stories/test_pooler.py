"""PostgreSQL behind a pooler that gives each transaction another session, as PgBouncer can."""

from typing import Any

import pytest
from sqlalchemy import event

from bot.deps import Deps
from bot.services import handled
from storage.models import Observation
from tests.fakes import FakeSlack, Person
from tests.stories.rows import stored

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def deps(deps: Deps) -> Deps:
    """Whatever a session knew is gone when the next transaction begins; the driver is not told so, as by a pooler."""

    def another_session(connection: Any, *_: Any) -> None:
        connection.pgconn.exec_(b"DISCARD ALL")

    event.listen(deps.database.engine, "checkout", another_session)
    return deps


def test_a_day_and_a_night_of_the_bot(slack: FakeSlack, deps: Deps, aino: Person, bertta: Person) -> None:
    for number in range(8):  # the driver would prepare what it has said five times
        aino.types("/raportoi", f"{WORDS} {number}")
        aino.sees_ephemeral(containing="Kirjattu")
    slack.settles()
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form")
    form.fill(kind="E", theme="X-90", text="Jonot ovat liian pitkiä kaikille", feedback="anonymous").submit()
    aino.sees_modal(callback_id="observations.code")
    aino.dms[0].press("observations.undo")
    aino.dms[0].waits_for("on peruttu")
    aino.types("/raportoi", "haku tukiasunto")
    aino.sees_ephemeral(containing="7 hakutulosta")
    bertta.opens_home()
    bertta.sees_home("Jono")
    handled.forget_old(deps)
    deps.tidy()
    aino.types("/raportoi", f"{WORDS} yöllä")
    aino.sees_dm(containing="yöllä")
    slack.settles()
    assert len(aino.dms) == 9
    assert [type(row) for row in stored(deps)] == [Observation] * 10
