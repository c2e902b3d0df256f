"""A look at Slack now and then, beside whoever asks: refusals that last, the channel, the coordinators."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

from bot.deps import Deps
from bot.errors import DatabaseUnavailable, PersonUnknown, SlackError
from bot.health._asked import TO_DO, is_in, lasts, left_out, missing_scopes, strangers, unseen
from bot.services.permissions import coordinators

WELL_SECONDS, BAD_SECONDS = 60.0, 10.0  # how old a look may be that found nothing, or something
UNHEARD_SECONDS = 100.0  # for which Slack may leave questions unanswered
FIRST_SECONDS = 5.0  # that the first one who asks waits


class Watch:
    """What Slack said when it was last asked. Asking is the first one's who finds the last look too old."""

    def __init__(self, deps: Deps) -> None:
        self._deps, self._pool = deps, ThreadPoolExecutor(1, "watch")
        self._looking: Future[None] | None = None
        self._found: Sequence[str] = ()
        self.left_out: Sequence[str] = ()  # by whoever installed the app
        self._unanswered = ""
        self._looked = float("-inf")
        self._heard = time.monotonic()

    def reasons(self) -> Iterator[str]:
        """What is not well at Slack, without a person; at most a minute old while somebody asks."""
        if self._is_old() and (self._looking is None or self._looking.done()):
            first, self._looking = self._looking is None, self._pool.submit(self._look)
            wait([self._looking], FIRST_SECONDS if first else 0)
        yield from self._found
        if self._looking and self._looking.done() and (error := self._looking.exception()):
            yield f"Asking Slack failed by a fault of the program ({type(error).__name__})."
        if self._unanswered and (silent := time.monotonic() - self._heard) > UNHEARD_SECONDS:
            yield f"Slack has not answered a question for {silent:.0f} s ({self._unanswered})."

    def _is_old(self) -> bool:
        return time.monotonic() - self._looked > (BAD_SECONDS if self._found or self._unanswered else WELL_SECONDS)

    def _look(self) -> None:
        try:
            self._found, self._unanswered = tuple(self._troubles()), ""
            self._heard = time.monotonic()
        except SlackError as error:
            self._unanswered = error.code
        except (PersonUnknown, DatabaseUnavailable) as error:
            self._unanswered = type(error).__name__
        finally:
            self._looked = time.monotonic()

    def _troubles(self) -> Iterator[str]:
        """Raises SlackError, PersonUnknown where Slack does not answer, DatabaseUnavailable."""
        deps = self._deps
        try:
            me = deps.slack.me()
        except SlackError as error:
            if not lasts(error):
                raise
            if not deps.slack.removed:
                yield f"Slack refuses the bot token ({error.code})."
            return
        self.left_out = left_out(me["scopes"])
        if missing := missing_scopes(me["scopes"]):
            listed = ", ".join(missing)
            yield f"The app lacks scopes ({listed}): paste bot/manifest.yaml and press Reinstall to Workspace."
        if (lost := _lost_channel(deps, str(me["user_id"]))) is not None:
            yield lost
        else:
            yield from _nobodies(deps)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _lost_channel(deps: Deps, bot: str) -> str | None:
    """What is wrong where the bot cannot work in its channel."""
    if not deps.people.channel:
        return None
    try:
        inside = is_in(deps.slack, bot, deps.people.channel)
    except SlackError as error:
        if not lasts(error):
            raise
        return unseen(error.code)
    return None if inside else f"The bot is not in the discussion channel. {TO_DO}"


def _nobodies(deps: Deps) -> Iterator[str]:
    with deps.read() as session:
        everyone = coordinators(session, deps)
    nobody = strangers(deps.people, sorted(everyone))
    if everyone and len(nobody) == len(everyone):
        yield "None of the coordinators can use the bot, so that nobody reads the queue: `doctor` says why."
    elif first := deps.first_coordinators & set(nobody):
        named = f"{len(first)} of {len(deps.first_coordinators)} in RAPORTOI_COORDINATORS"
        yield f"{named} cannot use the bot: `doctor` says who, and why."
