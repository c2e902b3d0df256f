"""Everything that the bot can draw, shown to Slack's own judge: made with invented people, and posted nowhere."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import demo
from bot.app import Bot
from bot.demo.moving import Mover
from bot.demo.walking import LOCALES, Drawn, Walk
from bot.settings import Settings
from bot.slack import Judge


def report(settings: Settings, now: datetime, folder: Path) -> tuple[Path, int]:
    """Writes what Slack refuses into a file of this day; returns it, and how many they are. Raises SlackError."""
    judge, drawn = Judge(settings.slack_bot_token, settings.slack_api_url), everything_drawn(LOCALES, Drawn())
    found = [(name, fault) for name, surface in drawn.items() for fault in judge.faults(surface)]
    refused = len({name for name, _ in found})
    head = f"{now:%Y-%m-%d}: {len(drawn)} messages, modals and homes in {', '.join(LOCALES)}; Slack refuses {refused}."
    file = folder / f"slack-blocks-{now:%Y-%m-%d}.txt"
    file.write_text("\n".join([head, *(f"{name}: {fault}" for name, fault in found), ""]), encoding="utf-8")
    return file, refused


def everything_drawn(languages: Iterable[str], drawn: Drawn) -> dict[str, dict[str, Any]]:
    """What a walk through a practice network in each of the languages shows, by a name for each."""
    with _settings_aside():
        for drawn.language in languages:
            with demo.practice(port=0, opinions=drawn) as running, demo.settings(running) as chosen:
                bot = Bot(chosen, now=running.clock.now, terms=demo.TERMS)
                demo.fill(bot.deps)
                try:
                    bot.start()
                    Walk(running.slack, Mover(bot.deps, running.clock), bot.deps).goes(drawn.language)
                finally:
                    bot.stop()
    return drawn.by_name


@contextmanager
def _settings_aside() -> Iterator[None]:
    """The practice network hears nothing of the settings in the environment, nor of the way out of this machine."""
    before, names = dict(os.environ), {name.upper() for name in Settings.model_fields}
    for name in names & os.environ.keys():
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(before)
