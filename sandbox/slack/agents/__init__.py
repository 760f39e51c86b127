"""Slack's container for agents: sessions and their statuses, prompts, and what people look at."""
