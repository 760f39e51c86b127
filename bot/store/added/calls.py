"""The table of those who wait for an answer themselves, in the place of its being told in Slack."""

from typing import Final

# `key` stands in the key of the job. The `answer` is JSON, kept only until it was fetched or told;
# whoever waits does so `until` a moment.
CALLS: Final = (
    """
CREATE TABLE calls (
  workspace TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL,
  user_id TEXT NOT NULL,
  state TEXT NOT NULL,
  answer TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  until TEXT NOT NULL,
  PRIMARY KEY (workspace, key)
)""",
    "CREATE INDEX calls_of_person ON calls (workspace, user_id)",
)
# Asked each second for what nobody fetched, and each minute for what is over.
CALLS_BY_TIME: Final = ("CREATE INDEX calls_until ON calls (workspace, until)",)
