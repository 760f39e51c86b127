"""Every way into Flowbot from Slack."""
