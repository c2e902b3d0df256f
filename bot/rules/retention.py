"""When the night's work is due, and when somebody must be told that it is not done."""

from datetime import date, datetime, time, timedelta

from bot.rules.weeks import DAY, local_day, local_instant

NIGHT = time(3)  # in Helsinki; an hour that is there twice in autumn, and not at all one night in spring
TOLD_AFTER = timedelta(days=1)
TEXTS_KEPT, LEAVERS_KEPT = 24, 12  # months: texts after they were closed, people after they have left
FIRST = "first"  # the occurrence of the message before texts go for the first time
TOLD_AHEAD = timedelta(days=21)


def last_night(now: datetime) -> date:
    """The local day whose night was the last to come, however long ago."""
    today = local_day(now)
    return today if local_instant(today, NIGHT) <= now else today - DAY
