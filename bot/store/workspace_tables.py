"""The tables of installed workspaces, and of the further places in Slack where people meet us."""

from typing import Final

# `vendor` is the name of a feature. `settings` are what is no secret, as JSON; `secrets` are the
# rest, as JSON that is encrypted.
CONNECTIONS: Final = (
    """
CREATE TABLE connections (
  workspace TEXT NOT NULL DEFAULT '',
  vendor TEXT NOT NULL,
  settings TEXT NOT NULL,
  secrets TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at TEXT NOT NULL,
  PRIMARY KEY (workspace, vendor)
)""",
)

# Links to `domain` that fit `pattern` lead to a thing of `kind`, a word of a feature's.
LINK_RULES: Final = (
    """
CREATE TABLE link_rules (
  workspace TEXT NOT NULL DEFAULT '',
  domain TEXT NOT NULL,
  pattern TEXT NOT NULL,
  kind TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at TEXT NOT NULL,
  PRIMARY KEY (workspace, domain, pattern)
)""",
)

INSTALLATIONS: Final = (
    """
CREATE TABLE installations (
  workspace TEXT PRIMARY KEY,
  enterprise_id TEXT NOT NULL,
  team_id TEXT NOT NULL,
  name TEXT NOT NULL,
  bot_user_id TEXT NOT NULL,
  bot_id TEXT NOT NULL,
  scopes TEXT NOT NULL,
  installer TEXT NOT NULL,
  secrets TEXT NOT NULL,
  expires_at TEXT,
  installed_at TEXT NOT NULL,
  gone_at TEXT,
  changed_at TEXT NOT NULL
)""",
    "CREATE INDEX installations_changed ON installations (changed_at)",
    """
CREATE TABLE oauth_states (
  state TEXT PRIMARY KEY,
  until TEXT NOT NULL
)""",
)

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
