"""The tables of reminders to those who are overdue."""

from typing import Final

# Who was to be reminded of which flow, on which day of theirs: a row for each of these. `state` is
# waiting, held (until they agree, with no day), going, sent, finished, stopped, refused or lost.
# `token` is that of the order: who wanted it, and with which words.
REMINDERS: Final = (
    """
CREATE TABLE reminders (
  workspace TEXT NOT NULL DEFAULT '',
  user_id TEXT NOT NULL,
  flow_id TEXT NOT NULL,
  day TEXT NOT NULL,
  token TEXT NOT NULL,
  state TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (workspace, user_id, flow_id, day)
)""",
    "CREATE INDEX reminders_of ON reminders (workspace, token)",
    """
CREATE TABLE reminder_orders (
  workspace TEXT NOT NULL DEFAULT '',
  token TEXT NOT NULL,
  sender TEXT NOT NULL,
  flow_id TEXT NOT NULL,
  flow TEXT NOT NULL,
  note TEXT NOT NULL,
  state TEXT NOT NULL,
  made_at TEXT NOT NULL,
  PRIMARY KEY (workspace, token)
)""",
)
