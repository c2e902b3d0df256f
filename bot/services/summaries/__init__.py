"""The half-year summary: numbers counted once, the coordinators' words, and what the document is made from."""

from bot.services.summaries._tables import correct, counted_now, published, working_paper

__all__ = ["correct", "counted_now", "published", "working_paper"]
