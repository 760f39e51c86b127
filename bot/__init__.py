"""Flowbot: reports, exports and runs of outside services, asked for and delivered in Slack."""
