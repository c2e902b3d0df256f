"""What came another way is filed by who heard it: with the way, and with how many people stand behind it."""

from dataclasses import replace

from bot.deps import Deps
from bot.errors import InvalidDraft
from bot.rules import observations as rules
from bot.rules import others
from bot.rules.deliveries import Due
from bot.rules.kinds import Kind
from bot.rules.observations import Draft
from bot.rules.others import Told
from bot.services.deliveries import enqueue
from bot.services.observations._filing import Filed, file_observation
from bot.services.observations._receipts import OF_USE
from bot.services.permissions import Actor, is_coordinator


def file_for_others(deps: Deps, draft: Draft, told: Told, user: Actor, nonce: str) -> Filed:
    """Stores it once, with the filer's name: receipt and feedback go to them, and nobody else's name stands there.

    A member tells for the team, a coordinator of any way. It counts as at most the network's members. Raises
    InvalidDraft, PersonalDataFound, SlackError where Slack does not tell the members; then nothing was stored.
    """
    draft = replace(draft, named=True)
    wrong = rules.mistakes(rules.tidied(draft), deps.vocabularies)
    if told.people is None:
        wrong["people"] = others.HOW_MANY
    if told.way not in others.open_to(coordinator=is_coordinator(deps, user)):
        wrong["way"] = others.CHOOSE_WAY
    if wrong:
        raise InvalidDraft(wrong)
    people = max(1, min(told.people or 1, len(deps.people.everyone())))
    filed = file_observation(deps, draft, user, nonce, (told.way, people))
    if filed.created:
        number, now = filed.rows[0].number, deps.now()
        with deps.write() as session:
            receipt = Due(Kind.RECEIPT, number, user, now, now + OF_USE, {"number": number})
            enqueue(session, deps.workspace, [receipt])
    return filed
