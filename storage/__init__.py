"""What is remembered: knows nothing of Slack or wording."""
