"""The SQL of the schema's steps about who may do what, and who did."""

from bot.store.older.tables import ID

# Who may do what: rules by right, person or user group, channel and thing; an empty one is any.
POLICY = f"""
CREATE TABLE policy_rules (
  {ID} AUTOINCREMENT,
  right TEXT NOT NULL,
  effect TEXT NOT NULL,
  kind TEXT NOT NULL,
  who TEXT NOT NULL,
  who_name TEXT NOT NULL,
  channel TEXT NOT NULL,
  channel_name TEXT NOT NULL,
  thing TEXT NOT NULL,
  thing_name TEXT NOT NULL,
  asks_in TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL
)"""

AUDIT = (
    f"""
CREATE TABLE audit (
  {ID} AUTOINCREMENT,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  user_name TEXT NOT NULL,
  action TEXT NOT NULL,
  right TEXT NOT NULL,
  came_to TEXT NOT NULL,
  thing TEXT NOT NULL,
  thing_name TEXT NOT NULL,
  channel TEXT NOT NULL,
  by TEXT NOT NULL,
  by_name TEXT NOT NULL,
  reason TEXT NOT NULL
)""",
    "CREATE INDEX audit_at ON audit (at)",
)

# What waits for a second person, with the job that it is to become.
AGREEMENTS = (
    """
CREATE TABLE agreements (
  token TEXT PRIMARY KEY,
  job_id INTEGER NOT NULL,
  job TEXT NOT NULL,
  arguments TEXT NOT NULL,
  user TEXT NOT NULL,
  user_name TEXT NOT NULL,
  right TEXT NOT NULL,
  action TEXT NOT NULL,
  words TEXT NOT NULL,
  channel TEXT NOT NULL,
  thing TEXT NOT NULL,
  thing_name TEXT NOT NULL,
  card TEXT NOT NULL,
  state TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  by TEXT NOT NULL DEFAULT '',
  by_name TEXT NOT NULL DEFAULT '',
  settled_at TEXT
)""",
    "CREATE INDEX agreements_settled ON agreements (settled_at)",
)
