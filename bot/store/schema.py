"""The whole schema, once, for every database; each row belongs to a workspace.

This is the first of the steps that both databases take (bot/store/steps.py): it was released, so it
is never edited. What comes later is a step of its own beside it.

Two words stand for what databases spell differently: IDENTITY is a number that the database gives,
each once for all workspaces together, and TEXT sorts by its bytes. A column is BIGINT where it
holds such a number. `workspace` is the id of the Slack workspace, or of the organisation where the
app is installed for all of it, and comes first in every key and index, so that no workspace's rows
are in the way of another's.
"""

TABLES = {
    "jobs": """
CREATE TABLE jobs (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL,
  lane TEXT NOT NULL,
  name TEXT NOT NULL,
  arguments TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued',
  attempts INTEGER NOT NULL DEFAULT 0,
  run_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  finished_at TEXT,
  error TEXT NOT NULL DEFAULT '',
  suspect INTEGER NOT NULL DEFAULT 0,
  crashes INTEGER NOT NULL DEFAULT 0,
  can_wait INTEGER NOT NULL DEFAULT 0,
  UNIQUE (workspace, key)
)""",
    "ledger": """
CREATE TABLE ledger (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL,
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  priority INTEGER NOT NULL,
  channel TEXT NOT NULL,
  target TEXT NOT NULL,
  payload TEXT NOT NULL,
  question TEXT NOT NULL DEFAULT '',
  parent_key TEXT,
  subscription_id BIGINT,
  state TEXT NOT NULL DEFAULT 'queued',
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  claimed_at TEXT,
  settled_at TEXT,
  posted_channel TEXT,
  ts TEXT,
  error TEXT NOT NULL DEFAULT '',
  UNIQUE (workspace, key)
)""",
    "subscriptions": """
CREATE TABLE subscriptions (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  question TEXT NOT NULL,
  cron TEXT NOT NULL,
  words TEXT NOT NULL,
  zone TEXT NOT NULL,
  creator TEXT NOT NULL,
  created_at TEXT NOT NULL,
  next_run_at TEXT,
  state TEXT NOT NULL DEFAULT 'active',
  snoozed_until TEXT,
  last_ok_at TEXT,
  last_error TEXT NOT NULL DEFAULT '',
  failure_streak INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  consent TEXT NOT NULL DEFAULT '',
  skips_at TEXT,
  terms TEXT NOT NULL DEFAULT '{}',
  trouble_id BIGINT
)""",
    "aliases": """
CREATE TABLE aliases (
  workspace TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL,
  name_key TEXT NOT NULL,
  name TEXT NOT NULL,
  target_id TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (workspace, kind, name_key)
)""",
    "snapshots": """
CREATE TABLE snapshots (
  workspace TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL,
  taken_at TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (workspace, key)
)""",
    "digest_runs": """
CREATE TABLE digest_runs (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL,
  subscription_id BIGINT NOT NULL,
  cause TEXT NOT NULL,
  planned_at TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  asked_by TEXT NOT NULL DEFAULT '',
  noted_at TEXT NOT NULL,
  told_at TEXT,
  channel TEXT NOT NULL DEFAULT '',
  ts TEXT NOT NULL DEFAULT '',
  remembered TEXT NOT NULL DEFAULT '',
  UNIQUE (workspace, key)
)""",
    "past_digests": """
CREATE TABLE past_digests (
  workspace TEXT NOT NULL DEFAULT '',
  id BIGINT NOT NULL,
  ended_at TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (workspace, id)
)""",
    "troubles": """
CREATE TABLE troubles (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  began_at TEXT NOT NULL,
  look_at TEXT NOT NULL,
  looks INTEGER NOT NULL DEFAULT 0,
  UNIQUE (workspace, kind, subject)
)""",
    "flows": """
CREATE TABLE flows (
  workspace TEXT NOT NULL DEFAULT '',
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  input TEXT NOT NULL,
  input_name TEXT NOT NULL,
  PRIMARY KEY (workspace, id)
)""",
    "starts": """
CREATE TABLE starts (
  workspace TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL,
  flow_id TEXT NOT NULL,
  began_at TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  execution_id TEXT NOT NULL DEFAULT '',
  vendor_began_at TEXT,
  PRIMARY KEY (workspace, key)
)""",
    "executions": """
CREATE TABLE executions (
  workspace TEXT NOT NULL DEFAULT '',
  id TEXT NOT NULL,
  flow_id TEXT NOT NULL,
  flow_name TEXT NOT NULL,
  status TEXT NOT NULL,
  percentage INTEGER,
  message TEXT NOT NULL,
  created_at TEXT,
  modified_at TEXT,
  seen_at TEXT NOT NULL,
  ended_at TEXT,
  seconds DOUBLE PRECISION,
  stuck_told INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0,
  alive INTEGER NOT NULL,
  round INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace, id)
)""",
    "cards": """
CREATE TABLE cards (
  workspace TEXT NOT NULL DEFAULT '',
  execution_id TEXT NOT NULL,
  ledger_key TEXT NOT NULL,
  channel TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  followers TEXT NOT NULL DEFAULT '[]',
  living INTEGER NOT NULL DEFAULT 1,
  shown TEXT NOT NULL DEFAULT '',
  shown_at TEXT,
  next_edit_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (workspace, execution_id)
)""",
    "questions": """
CREATE TABLE questions (
  workspace TEXT NOT NULL DEFAULT '',
  execution_id TEXT NOT NULL,
  round INTEGER NOT NULL,
  question TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  answered_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace, execution_id, round)
)""",
    "watches": """
CREATE TABLE watches (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL,
  flow_id TEXT NOT NULL,
  flow_name TEXT NOT NULL,
  conditions TEXT NOT NULL,
  creator TEXT NOT NULL,
  created_at TEXT NOT NULL,
  paused TEXT NOT NULL DEFAULT '',
  consent TEXT NOT NULL DEFAULT '',
  trouble_id BIGINT,
  snoozed_until TEXT,
  parts TEXT NOT NULL DEFAULT '[]',
  UNIQUE (workspace, channel, flow_id)
)""",
    "sweep_marks": """
CREATE TABLE sweep_marks (
  workspace TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (workspace, name)
)""",
    "credentials": """
CREATE TABLE credentials (
  workspace TEXT NOT NULL DEFAULT '',
  vendor TEXT NOT NULL,
  origin TEXT NOT NULL,
  access TEXT NOT NULL,
  refresh TEXT NOT NULL,
  expires_at TEXT,
  kept_at TEXT NOT NULL,
  PRIMARY KEY (workspace, vendor)
)""",
    "change_notes": """
CREATE TABLE change_notes (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL,
  origin TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  UNIQUE (workspace, subject)
)""",
    "home_views": """
CREATE TABLE home_views (
  workspace TEXT NOT NULL DEFAULT '',
  person TEXT NOT NULL,
  hash TEXT NOT NULL DEFAULT '',
  opened_at TEXT NOT NULL,
  toured_at TEXT,
  PRIMARY KEY (workspace, person)
)""",
    "service_health": """
CREATE TABLE service_health (
  workspace TEXT NOT NULL DEFAULT '',
  service TEXT NOT NULL,
  answered_at TEXT,
  failed_at TEXT,
  trouble TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (workspace, service)
)""",
    "policy_rules": """
CREATE TABLE policy_rules (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  right_id TEXT NOT NULL,
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
)""",
    "audit": """
CREATE TABLE audit (
  id IDENTITY,
  workspace TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  action TEXT NOT NULL,
  right_id TEXT NOT NULL,
  came_to TEXT NOT NULL,
  thing TEXT NOT NULL,
  thing_name TEXT NOT NULL,
  channel TEXT NOT NULL,
  by TEXT NOT NULL,
  by_name TEXT NOT NULL,
  reason TEXT NOT NULL
)""",
    "agreements": """
CREATE TABLE agreements (
  workspace TEXT NOT NULL DEFAULT '',
  token TEXT NOT NULL,
  job_id BIGINT NOT NULL,
  job TEXT NOT NULL,
  arguments TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  right_id TEXT NOT NULL,
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
  settled_at TEXT,
  PRIMARY KEY (workspace, token)
)""",
}
"""The tables by their names."""

# What is looked up all the time among the few rows that wait has an index of those alone.
INDEXES = (
    "CREATE INDEX jobs_due ON jobs (workspace, lane, can_wait, run_at) WHERE state = 'queued'",
    "CREATE INDEX jobs_running ON jobs (workspace, lane) WHERE state = 'running'",
    "CREATE INDEX jobs_suspect ON jobs (workspace, lane, state) WHERE suspect = 1",
    "CREATE INDEX jobs_finished ON jobs (workspace, finished_at)",
    """
CREATE INDEX ledger_due ON ledger (workspace, lane, next_try_at)
WHERE state IN ('queued', 'retry')""",
    "CREATE INDEX ledger_sending ON ledger (workspace, lane) WHERE state = 'sending'",
    "CREATE INDEX ledger_parent ON ledger (workspace, parent_key) WHERE parent_key IS NOT NULL",
    "CREATE INDEX ledger_posted ON ledger (workspace, posted_channel, ts)",
    "CREATE INDEX ledger_settled ON ledger (workspace, settled_at)",
    "CREATE INDEX ledger_subscription ON ledger (workspace, subscription_id, id)",
    "CREATE INDEX ledger_files ON ledger (workspace, settled_at) WHERE kind = 'file'",
    "CREATE INDEX subscriptions_due ON subscriptions (workspace, next_run_at)",
    "CREATE INDEX subscriptions_channel ON subscriptions (workspace, channel)",
    "CREATE INDEX subscriptions_owner ON subscriptions (workspace, creator, channel, id)",
    """
CREATE INDEX subscriptions_skips ON subscriptions (workspace, skips_at)
WHERE skips_at IS NOT NULL""",
    """
CREATE INDEX subscriptions_trouble ON subscriptions (workspace, trouble_id)
WHERE trouble_id IS NOT NULL""",
    "CREATE INDEX digest_runs_of ON digest_runs (workspace, subscription_id, planned_at)",
    "CREATE INDEX digest_runs_noted ON digest_runs (workspace, noted_at)",
    "CREATE INDEX past_digests_ended ON past_digests (workspace, ended_at)",
    "CREATE INDEX troubles_look ON troubles (workspace, look_at)",
    "CREATE INDEX executions_alive ON executions (workspace, alive, flow_id, created_at)",
    "CREATE INDEX executions_ended ON executions (workspace, flow_id, status, ended_at)",
    "CREATE INDEX cards_due ON cards (workspace, living, next_edit_at)",
    "CREATE INDEX watches_trouble ON watches (workspace, trouble_id) WHERE trouble_id IS NOT NULL",
    "CREATE INDEX audit_at ON audit (workspace, at)",
    "CREATE INDEX audit_of ON audit (workspace, id)",
    "CREATE INDEX agreements_settled ON agreements (workspace, settled_at)",
)
