"""Workflows and their exports as messages, sheets and forms. Pure values to Block Kit."""
