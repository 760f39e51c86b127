"""The tables of installed workspaces: who let Flowbot in, and who is about to."""

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
