"""The table of the tokens with which assistants outside Slack ask for a person."""

from typing import Final

# The token itself is kept nowhere: `digest` is its SHA-256, and `prefix` how people know it again.
# `key` is that of the job that made it.
ASSISTANT_TOKENS: Final = (
    """
CREATE TABLE assistant_tokens (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL,
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  digest TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT,
  revoked_at TEXT,
  UNIQUE (workspace, key)
)""",
    "CREATE INDEX assistant_tokens_of_person ON assistant_tokens (workspace, user_id)",
    "CREATE UNIQUE INDEX assistant_tokens_digest ON assistant_tokens (digest)",
)
