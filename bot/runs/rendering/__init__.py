"""Runs, their cards, questions and watches as messages and forms. Pure values to Block Kit."""
