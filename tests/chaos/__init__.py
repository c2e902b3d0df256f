"""Nothing lost, nothing twice: senders on a Slack that misbehaves, killed again and again (`make chaos`)."""
