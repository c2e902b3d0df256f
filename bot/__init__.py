"""Raportoi: the machine and the mind of a Slack bot for practitioner networks in social work."""
