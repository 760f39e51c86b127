"""Flowbot: reports, exports and runs of five services, asked for and delivered in Slack."""
