"""The tables of what people follow, and of when they are told."""

from typing import Final

# `next_at` is when somebody is told next in the morning, `look_at` when what they follow is looked
# at next. `told` are the figures that they know, `asked` stands for a question and its days' zone.
FOLLOWS: Final = (
    """CREATE TABLE followers (
  workspace TEXT NOT NULL DEFAULT '',
  person TEXT NOT NULL,
  zone TEXT NOT NULL,
  at TEXT NOT NULL,
  days TEXT NOT NULL,
  says_nothing INTEGER NOT NULL DEFAULT 0,
  rests_until TEXT,
  next_at TEXT NOT NULL,
  look_at TEXT,
  alarms INTEGER NOT NULL DEFAULT 0,
  alarms_on TEXT NOT NULL DEFAULT '',
  refused TEXT NOT NULL DEFAULT '',
  noted_at TEXT NOT NULL,
  PRIMARY KEY (workspace, person)
)""",
    "CREATE INDEX followers_due ON followers (workspace, next_at)",
    "CREATE INDEX followers_looked_at ON followers (workspace, look_at) WHERE look_at IS NOT NULL",
    """CREATE TABLE follows (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  person TEXT NOT NULL,
  kind TEXT NOT NULL,
  question TEXT NOT NULL,
  measure TEXT NOT NULL,
  digest BIGINT NOT NULL DEFAULT 0,
  asked TEXT NOT NULL,
  zone TEXT NOT NULL,
  at_once INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  told TEXT NOT NULL DEFAULT '{}',
  told_at TEXT,
  trouble TEXT NOT NULL DEFAULT '',
  UNIQUE (workspace, person, asked, measure, digest)
)""",
    "CREATE INDEX follows_of_a_question ON follows (workspace, asked, person)",
)
