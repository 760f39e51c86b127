"""Answers that are kept for who waits for them, in the place of being told in Slack."""
