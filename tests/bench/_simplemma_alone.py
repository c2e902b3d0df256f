"""The bot as on a machine without Voikko: `python -m tests.bench._simplemma_alone serve`."""

import sys

sys.modules["libvoikko"] = None  # type: ignore[assignment]  # importing it fails from here on

from bot.__main__ import cli  # noqa: E402 - only after the line above

cli()
