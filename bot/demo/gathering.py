"""The sample network's next meeting, planned and answered by the doors that everybody uses."""

from datetime import timedelta

from bot.demo.network import COORDINATORS, MEMBERS, acting
from bot.deps import Deps
from bot.rules.meetings import MeetingDraft
from bot.rules.weeks import local_day, next_open_day
from bot.services import meetings

IN_FIVE_WEEKS = timedelta(days=35)
TITLE = "Verkostotapaaminen"
AGENDA = "1. Kuulumiset kunnista\n2. Nuorten tuettu asuminen\n3. Seuraava puolivuosi"
ANSWERS = {"yes": MEMBERS[1:6], "remote": MEMBERS[6:9], "no": MEMBERS[9:10]}  # the newcomer has not answered yet


def gather(deps: Deps) -> None:
    """Some have answered, and somebody has proposed a matter that no coordinator has looked at yet."""
    draft = MeetingDraft(
        title=TITLE,
        start_date=next_open_day(local_day(deps.now()) + IN_FIVE_WEEKS),
        start_time="12:00",
        place="Kirjaston sali, Turku",
        link="https://etayhteys.example.org/verkosto",
        capacity="30",
        agenda=AGENDA,
    )
    planned = meetings.plan(deps, acting(deps, COORDINATORS[0]), draft, "sample")
    for answer, users in ANSWERS.items():
        for user in users:
            meetings.take_answer(deps, acting(deps, user), planned.key, answer)
    meetings.propose(deps, acting(deps, MEMBERS[2]), "Miten jonoista kerrotaan asiakkaille?", "sample")
