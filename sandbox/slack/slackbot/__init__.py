"""Slackbot as the client of the app's MCP server: it signs, says who asks, and is strict."""
