"""Webinars, their people and their reports as messages and forms. Pure values to Block Kit."""
