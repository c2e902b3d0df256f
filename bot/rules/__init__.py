"""Decisions: pure; no clock, no database, no Slack."""
