"""The outside world: Slack and the vendors. Wire dictionaries stop here."""
