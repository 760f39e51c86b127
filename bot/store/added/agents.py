"""What is kept of Flowbot as an agent: threads, where people look, how answers were rated."""

from typing import Final

# A session is a thread with Flowbot as an agent; `working` says what Slack shows of it. A look is
# at which channel somebody looks, by Slack's word of the moment `seen`, and what was suggested in
# their `direct` messages. A
# rating is of the answer with an outbox key; nothing of what was said is kept.
AGENTS: Final = (
    """
CREATE TABLE agent_sessions (
  workspace TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL,
  thread_ts TEXT NOT NULL,
  working INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (workspace, channel, thread_ts)
)""",
    "CREATE INDEX agent_sessions_changed ON agent_sessions (workspace, changed_at)",
    """
CREATE TABLE agent_looks (
  workspace TEXT NOT NULL DEFAULT '',
  person TEXT NOT NULL,
  direct TEXT NOT NULL,
  channel TEXT NOT NULL,
  seen TEXT NOT NULL,
  suggested TEXT NOT NULL DEFAULT '',
  suggested_at TEXT,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (workspace, person)
)""",
    """
CREATE TABLE agent_ratings (
  workspace TEXT NOT NULL DEFAULT '',
  answer TEXT NOT NULL,
  good INTEGER NOT NULL,
  rated_at TEXT NOT NULL,
  PRIMARY KEY (workspace, answer)
)""",
    "CREATE INDEX agent_ratings_rated ON agent_ratings (workspace, rated_at)",
    "CREATE INDEX cards_channel ON cards (workspace, channel, created_at)",
)
