"""What the program writes about itself: never a text, a name or a token."""

import logging
import sys
import traceback

OURS = ("bot", "commands", "storage")
LEFT_OUT = "a library's own words, which are left out here"


class Discreet(logging.Formatter):
    """One line a record. Other libraries' words are left out, since they print requests; so are the words of errors."""

    def format(self, record: logging.LogRecord) -> str:
        own = record.name.partition(".")[0] in OURS
        said = record.getMessage() if own else f"{LEFT_OUT} ({record.funcName}:{record.lineno})"
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {said}"
        return line if record.exc_info is None else f"{line} {trace(record.exc_info[1])}"


def trace(error: BaseException | None) -> str:
    """Where an error came from: its type, its causes, and the places it passed; never its message."""
    parts = []
    while error is not None:
        places = traceback.extract_tb(error.__traceback__)
        parts.append(f"{type(error).__name__} at " + " < ".join(f"{p.filename}:{p.lineno}" for p in reversed(places)))
        error = error.__cause__ or error.__context__
    return " caused by ".join(parts)


def set_up(level: str) -> None:
    """Logs go to standard error; only our own loggers follow the level, libraries speak from warnings up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet())
    logging.getLogger("slack_bolt.App").addFilter(_is_news)
    # What Slack's clients could not send they also raise, and who asked says so in words.
    for name in ("slack_sdk.web.base_client", "slack_sdk.webhook.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)


def _is_news(record: logging.LogRecord) -> bool:
    """Bolt warns at each start that it takes the client it was given, though there is a token in the environment."""
    return record.funcName != "__init__"
