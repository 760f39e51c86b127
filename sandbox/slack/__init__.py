"""A local Slack: its Web API, its signed deliveries, its Socket Mode and its limits."""
