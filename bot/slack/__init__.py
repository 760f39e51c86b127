"""Slack's Web API, and the values that go to it."""
