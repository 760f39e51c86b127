"""Tokens with which assistants outside Slack ask for a person, made in the Home tab."""
