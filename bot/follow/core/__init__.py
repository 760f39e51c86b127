"""Decisions about what somebody follows: what moved, when it is told, how it is typed."""
